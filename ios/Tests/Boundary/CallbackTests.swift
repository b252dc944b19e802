// Ports that throw, hang, call back, answer late and answer twice: typed results, no deadlock, no panic, no lost money.

import CareSandbox
import TapoCare
import Testing

extension Boundary {
    @Suite struct Callbacks {
        @Test func aSheetThatThrowsIsAPurchaseThatFailed() async throws {
            try await story { phone in
                let careless = Careless(phone.store, throwing: [.buy])
                try await phone.app(as: "anna", store: careless) { care in
                    let outcome = try await care.buy()
                    #expect((outcome.kind, outcome.storeCode) == (.failed, "shell_threw"))
                    #expect(outcome.money == .notCharged)
                    careless.throwing.with { $0 = [] }
                    #expect(try await care.buy().kind == .granted, "the next tap works")
                }
            }
        }

        @Test func aStoreThatFailsSaysSoInItsOwnWords() async throws {
            try await story { phone in
                phone.store.answerSheets("fail")
                try await phone.app(as: "anna") { care in
                    let outcome = try await care.buy()
                    #expect(outcome.kind == .failed)
                    #expect(![nil, "shell_threw"].contains(outcome.storeCode))
                }
            }
        }

        @Test(arguments: [DeviceStore.Call.storefront, .products])
        func aStoreThatThrowsIsAskedAgainLater(at call: DeviceStore.Call) async throws {
            try await story { phone in
                let careless = Careless(phone.store, throwing: [call])
                try await phone.app(as: "anna", store: careless) { care in
                    let late = await error { try await care.plans() }
                    #expect(kind(late) == "try again" && late?.problem.money == .notCharged)
                    careless.throwing.with { $0 = [] }
                    let plans = try await care.plans().plans
                    #expect(!plans.isEmpty)
                }
            }
        }

        @Test func aVaultThatThrowsRemembersNobodyAndOneThatIsBackDoes() async throws {
            try await story { phone in
                phone.vault.before.with { $0 = { () throws(VaultError) in throw .Failed(code: "-25308") } }
                try await phone.app { care in
                    let account = try await phone.world.account("anna")["id"].text
                    let refused = await error { try await care.signIn(account) }
                    #expect(kind(refused) == "storage" && refused?.problem.name == "vault_unavailable")
                    phone.vault.before.with { $0 = nil }
                    try await care.signIn(account)
                    #expect(try await care.buy().kind == .granted)
                }
            }
        }

        @Test func aSessionThatThrowsLeavesWhatWasKnown() async throws {
            try await story { phone in
                try await phone.app(as: "anna") { care in
                    try await care.sweep()
                    // A trial is offered on the cloud's fresh word alone.
                    let covers = { care.snapshot().cameras.map { [$0.id, "\($0.cover)", $0.subscription ?? ""] } }
                    let before = covers()
                    phone.session.before.with { $0 = { () throws(SessionError) in throw .Unavailable } }
                    let account = try await phone.world.account("anna")["id"]
                    try await phone.world.control("POST", "sessions/expire", ["account": account])
                    #expect(["try again", "sign in"].contains(kind(await error { try await care.refresh() })))
                    #expect(covers() == before)
                    phone.session.before.with { $0 = nil }
                    try await care.refresh()
                    #expect(care.snapshot().freshness == .fresh)
                }
            }
        }

        @Test func aClockThatThrowsMakesCoverUnknown() async throws {
            try await story { phone in
                try await phone.app(as: "anna") { care in
                    _ = try await care.buy()
                    try await care.sweep()
                    #expect(care.snapshot().subscriptions.map(\.cover) == [.covered])
                    phone.clock.broken.with { $0 = true }
                    #expect(care.snapshot().subscriptions.map(\.cover) == [.unknown])
                    phone.clock.broken.with { $0 = false }
                    #expect(care.snapshot().subscriptions.map(\.cover) == [.covered])
                }
                #expect(!phone.log.events.isEmpty)
            }
        }

        @Test func aSheetThatHangsHoldsUpNothingAndTheNextStartClearsIt() async throws {
            try await story { phone in
                let never = Signal()
                phone.store.holdSheets(until: never)
                try await phone.app(as: "anna") { care in
                    try await care.subscribe(SubscribeRequest(plan: "tapo-3-monthly"))
                    await phone.store.sheetOpened.wait()
                    #expect(care.snapshot().purchases.map(\.state) == ["sheet_open"])
                    try await care.refresh()
                    let plans = try await care.plans().plans
                    #expect(!plans.isEmpty)
                }
                try await phone.app { care in
                    try await care.sweep()
                    #expect(try await care.ended().kind == .cancelled)
                }
                #expect(try await phone.world.counts() == World.Counts(0, 0, 0))
                phone.store.answerSheets("cancel")
                never.give()
            }
        }

        @Test(arguments: [DeviceStore.Call.storefront, .owned, .unfinished, .buy, .finish])
        func aPortMayCallBackIntoTheCore(from call: DeviceStore.Call) async throws {
            try await story { phone in
                try await phone.app(as: "anna") { care in
                    let called = Signal()
                    phone.store.before(call) {
                        #expect(care.snapshot().account != nil)
                        _ = await error { try await care.refresh() }
                        _ = await care.until { _ in true }
                        called.give()
                    }
                    #expect(try await care.buy().kind == .granted)
                    try await care.sweep()
                    #expect(called.isGiven)
                    phone.store.before(call, do: nil)
                }
            }
        }

        @Test(arguments: [StoreKind.appStore, .play])
        func aSheetThatAnswersAfterTheEndIsFoundAndGrantedAtTheNextStart(on store: StoreKind) async throws {
            try await story(on: store) { phone in
                let mayClose = Signal()
                phone.store.holdSheets(until: mayClose)
                try await phone.app(as: "anna") { care in
                    try await care.subscribe(SubscribeRequest(plan: "tapo-3-monthly"))
                    await phone.store.sheetOpened.wait()
                }
                mayClose.give()
                while try await phone.world.counts().charges == 0 { await Task.yield() }
                #expect(try await phone.world.counts() == World.Counts(1, 0, 0), "after the end nothing new is begun")
                try await phone.app { care in
                    #expect(try await care.ended().kind == .granted)
                    try await care.sweep()
                    #expect(care.snapshot().subscriptions.count == 1)
                }
                #expect(try await phone.world.counts() == World.Counts(1, 1, 1))
            }
        }

        @Test(arguments: [StoreKind.appStore, .play])
        func aStoreThatAnswersTwiceIsGrantedAndFinishedOnce(on store: StoreKind) async throws {
            try await story(on: store) { phone in
                try await phone.world.fault("purchases", "down", times: 1000)
                try await phone.app(as: "anna") { care in
                    try await care.subscribe(SubscribeRequest(plan: "tapo-3-monthly"))
                    _ = await care.until { $0.purchases.map(\.state) == ["confirming"] }
                    // What the sheet answered comes unasked as well, and more than once at a time.
                    let again = try await phone.store.unfinished()
                    #expect(again.count == 1)
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<4 {
                            group.addTask { try await care.onStoreTransactions(again + again) }
                        }
                        try await group.waitForAll()
                    }
                    try await phone.world.heal()
                    try await care.refresh()
                    let outcome = try await care.ended()
                    #expect(outcome.kind == .granted)
                    try await care.onStoreTransactions(again)
                    try await care.sweep()
                    #expect(care.receipts().count == 1)
                    #expect(care.snapshot().subscriptions.count == 1 && care.snapshot().purchases.isEmpty)
                }
                #expect(try await phone.world.counts() == World.Counts(1, 1, 1))
            }
        }
    }
}

/// A store over the generated protocol, which may throw what nobody declared; `TapoCare.Store` cannot.
private final class Careless: TapoCareFFI.Store {
    struct Undeclared: Error {}

    let throwing: Locked<Set<DeviceStore.Call>>
    private let store: DeviceStore

    init(_ store: DeviceStore, throwing calls: Set<DeviceStore.Call>) {
        self.store = store
        throwing = Locked(calls)
    }

    private func answer<Answer>(_ call: DeviceStore.Call, _ ask: () async throws -> Answer) async throws -> Answer {
        if throwing.value.contains(call) { throw Undeclared() }
        return try await ask()
    }

    func storefront() async throws -> Storefront {
        try await answer(.storefront) { try await store.storefront() }
    }

    func products(ids: [ProductId]) async throws -> [StoreProduct] {
        try await answer(.products) { try await store.products(ids: ids) }
    }

    func buy(order: Order) async throws -> SheetResult {
        try await answer(.buy) { try await store.buy(order: order) }
    }

    func unfinished() async throws -> [StoreTransaction] {
        try await answer(.unfinished) { try await store.unfinished() }
    }

    func owned() async throws -> [StoreTransaction] {
        try await answer(.owned) { try await store.owned() }
    }

    func finish(id: TransactionId) async throws {
        try await answer(.finish) { try await store.finish(id: id) }
    }

    func requestRefund(id: TransactionId) async throws -> RefundSheet {
        try await answer(.requestRefund) { try await store.requestRefund(id: id) }
    }
}
