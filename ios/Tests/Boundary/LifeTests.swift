// Cancelled, shut down, restarted, suspended: what was begun goes on, and is done once.

import CareSandbox
import Foundation
import TapoCare
import Testing

extension Boundary {
    @Suite struct Life {
        @Test(arguments: [StoreKind.appStore, .play])
        func aTaskCancelledInMidPurchaseDoesNotTearIt(on store: StoreKind) async throws {
            try await story(on: store) { phone in
                let (asked, mayAnswer) = (Signal(), Signal())
                try await phone.app(as: "anna") { care in
                    phone.store.before(.owned) {
                        asked.give()
                        await mayAnswer.wait()
                    }
                    let tap = Task { try await care.subscribe(SubscribeRequest(plan: "tapo-3-monthly")) }
                    await asked.wait()
                    tap.cancel()
                    #expect(phone.store.sheets == 0)
                    mayAnswer.give()
                    let outcome = try await care.ended()
                    #expect(outcome.kind == .granted)
                    #expect(try await tap.value == outcome.intent, "the call still says what it began")
                    try await care.sweep()
                }
                #expect(try await phone.world.counts() == World.Counts(1, 1, 1))
            }
        }

        @Test func aLoopEndsWithItsTaskAndNoOtherLoopDoes() async throws {
            try await story { phone in
                try await phone.app { care in
                    var other = care.changes.makeAsyncIterator()
                    #expect(await other.next()?.account == nil)
                    let begun = Signal()
                    let changes = Task { for await _ in care.changes { begun.give() } }
                    let outcomes = Task { for try await _ in care.outcomes {} }
                    await begun.wait()
                    changes.cancel()
                    outcomes.cancel()
                    await changes.value
                    try await outcomes.value
                    let account = try await phone.world.account("anna")["id"].text
                    try await care.signIn(account)
                    #expect(await other.next()?.account == account)
                }
            }
        }

        @Test(arguments: [StoreKind.appStore, .play])
        func shutDownDuringAPurchaseTheNextStartCarriesOn(on store: StoreKind) async throws {
            try await story(on: store) { phone in
                try await phone.world.fault("purchases", "down", times: 1000)
                let anna = try await phone.world.account("anna")["id"].text
                try await phone.app(as: "anna") { care in
                    try await care.subscribe(SubscribeRequest(plan: "tapo-3-monthly"))
                    _ = await care.until { $0.purchases.map(\.state) == ["confirming"] }
                    let reading = Signal()
                    let changes = Task { for await _ in care.changes { reading.give() } }
                    let outcomes = Task { for try await _ in care.outcomes {} }
                    await reading.wait()
                    await care.shutdown()
                    await changes.value
                    try await outcomes.value
                    #expect(kind(await error { try await care.plans() }) == "busy")
                }
                #expect(try await phone.world.counts() == World.Counts(1, 0, 0))
                try await phone.world.heal()
                try await phone.app { care in
                    #expect(care.snapshot().account == anna, "signed in still")
                    #expect(try await care.ended().kind == .granted)
                    try await care.sweep()
                }
                #expect(try await phone.world.counts() == World.Counts(1, 1, 1))
            }
        }

        @Test func suspendedTheCoreGivesTheFolderBackAndResumedItGoesOn() async throws {
            try await story { phone in
                try await phone.app(as: "anna") { care in
                    _ = try await care.buy()
                    try await care.sweep()
                    let second = await error { try await Care.open(phone.sandbox, ports: phone.ports()) }
                    #expect(kind(second) == "busy")
                    try await care.suspend()
                    try await phone.app { beside in #expect(beside.snapshot().subscriptions.count == 1) }
                    try await care.resume()
                    try await care.sweep()
                    #expect(care.snapshot().subscriptions.count == 1)
                }
            }
        }

        @Test func plainHttpAndARootThatIsNotApplesAreRefusedByWhatShips() async throws {
            try await story { phone in
                let plain = await error { try await Care.open(phone.config(), ports: phone.ports()) }
                #expect(kind(plain) == "refused")
                let care = try await Care.open(phone.config(cloud: "https://care.invalid"), ports: phone.ports())
                let bought: JSON = ["device": "phone", "product": "care.tapo.3.monthly"]
                let outside = try await phone.world.control("POST", "purchases/outside", bought)
                try await care.onStoreTransactions([transaction(outside)])
                let receipts = care.receipts()
                #expect(receipts.map(\.verified) == [false] && receipts.map(\.finished) == [false])
                // The chain's names do not lead to Apple's root.
                #expect(receipts.map(\.refusedBy) == ["names"])
                await care.shutdown()
                let counts = try await phone.world.counts()
                #expect((counts.grants, counts.finishes) == (0, 0))
            }
        }

        #if os(Linux)
            @Test func anotherVersionOfTheLibraryIsAnErrorAtTheFirstUse() async throws {
                let binary = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
                let said = try await output(of: binary.appendingPathComponent("other-version"))
                #expect(said.contains("bug: library_mismatch (open)"))
                #expect(said.contains("different versions") && said.contains("generate the bindings again"))
            }
        #endif
    }
}
