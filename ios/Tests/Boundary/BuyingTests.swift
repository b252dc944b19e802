// From the plans to covered cameras, through the foreign boundary.

import CareSandbox
import TapoCare
import Testing

extension Boundary {
    @Suite struct Buying {
        @Test(arguments: [StoreKind.appStore, .play])
        func aPlanIsBoughtGrantedAndPutOnCameras(on store: StoreKind) async throws {
            try await story(on: store) { phone in
                try await phone.app(as: "anna") { care in
                    let plans = try await care.plans().plans
                    #expect(!plans.isEmpty && plans.map(\.capacity) == plans.map(\.capacity).sorted())
                    let outcome = try await care.buy()
                    #expect((outcome.kind, outcome.money) == (.granted, .charged))
                    try await care.sweep()
                    let subscription = try #require(outcome.subscription)
                    try await care.selectCameras(["cam_porch", "cam_garden"], for: subscription)
                    let covered = care.snapshot().cameras.filter { $0.cover == .covered }
                    #expect(covered.map(\.name) == ["Porch", "Garden"])
                    let receipts = care.receipts()
                    #expect(receipts.map(\.verified) == [true] && receipts.map(\.finished) == [true])
                    #expect(receipts.map(\.bound) == ["ours"])
                }
                #expect(try await phone.world.counts() == World.Counts(1, 1, 1))
            }
        }

        @Test(arguments: [StoreKind.appStore, .play])
        func aSecondPlanIsRefusedWithItsTypedErrorBeforeTheSheet(on store: StoreKind) async throws {
            try await story(on: store) { phone in
                try await phone.app(as: "anna") { care in
                    _ = try await care.buy()
                    try await care.sweep()
                    let refused = await error {
                        try await care.subscribe(SubscribeRequest(plan: "tapo-10-monthly"))
                    }
                    #expect(kind(refused) == "refused")
                    let problem = try #require(refused?.problem)
                    #expect((problem.name, problem.operation) == ("slot_taken", "subscribe"))
                    #expect((problem.money, problem.retry) == (.notCharged, .userAction))
                    #expect(phone.store.sheets == 1)
                    #expect(!care.snapshot().addPlan.available)
                }
            }
        }

        @Test(arguments: [StoreKind.appStore, .play])
        func pendingIsAnOutcomeThatHoldsTheSlot(on store: StoreKind) async throws {
            try await story(on: store) { phone in
                phone.store.answerSheets("pending")
                try await phone.app(as: "anna") { care in
                    let outcome = try await care.buy()
                    #expect((outcome.kind, outcome.money) == (.pending, .notCharged))
                    #expect(care.snapshot().purchases.map(\.state) == ["pending"])
                    let second = SubscribeRequest(plan: "tapo-10-monthly")
                    #expect(kind(await error { try await care.subscribe(second) }) == "refused")
                }
                #expect(try await phone.world.counts() == World.Counts(0, 0, 0))
            }
        }

        @Test(arguments: [StoreKind.appStore, .play])
        func aStoresFreeTrialIsChosenOnTheCardAndNothingIsCharged(on store: StoreKind) async throws {
            try await story(on: store) { phone in
                _ = try await phone.world.control("POST", "catalogue", ["store_trials": .bool(true)])
                try await phone.app(as: "anna") { care in
                    try await care.refresh()
                    let card = try #require(try await care.plans().plans.first { $0.id == "tapo-3-monthly" })
                    #expect((card.trial.state, card.terms.key) == ("eligible", "trial-then-renews"))
                    try await care.subscribe(SubscribeRequest(plan: card.id, trial: true))
                    let outcome = try await care.ended()
                    #expect((outcome.kind, outcome.money) == (.granted, .notCharged))
                    #expect(outcome.soldOtherwise == nil)
                }
                #expect(try await phone.world.counts() == World.Counts(0, 1, 1))
            }
        }

        @Test(arguments: [StoreKind.appStore, .play])
        func aLargerPlanTakesOverAtOnceAndASmallerOneAtTheRenewal(on store: StoreKind) async throws {
            try await story(on: store) { phone in
                try await phone.app(as: "anna") { care in
                    let bought = try #require(try await care.buy().subscription)
                    try await care.sweep()
                    try await care.changePlan(ChangePlanRequest(subscription: bought, plan: "tapo-10-monthly"))
                    let larger = try await care.ended()
                    #expect((larger.kind, larger.money) == (.granted, .charged))
                    try await care.sweep()
                    #expect(care.snapshot().subscriptions.map(\.plan) == ["tapo-10-monthly"])
                    try await care.changePlan(ChangePlanRequest(subscription: bought, plan: "tapo-3-monthly"))
                    let smaller = try await care.ended()
                    #expect((smaller.kind, smaller.money) == (.scheduled, .notCharged))
                    try await care.sweep()
                    #expect(care.snapshot().subscriptions.map { $0.scheduled?.plan } == ["tapo-3-monthly"])
                    #expect(kind(await error { try await care.returnDoublePayment() }) == "refused")
                }
            }
        }

        @Test func aPlanOnTheWebAsksForAYesAndTakesIt() async throws {
            try await story { phone in
                try await phone.world.control(
                    "POST", "subscriptions",
                    ["account": "anna", "plan": "tapo-3-monthly", "channel": "web", "cameras": ["cam_porch"]])
                try await phone.app(as: "anna") { care in
                    let asked = await error {
                        try await care.subscribe(SubscribeRequest(plan: "tapo-3-monthly", cameras: ["cam_porch"]))
                    }
                    guard case .confirmationNeeded(let confirmation) = asked else {
                        Issue.record("\(String(describing: asked))")
                        return
                    }
                    #expect(confirmation.kind == .alreadyCovered && !confirmation.facts.isEmpty)
                    #expect(phone.store.sheets == 0)
                    try await care.subscribe(
                        SubscribeRequest(
                            plan: "tapo-3-monthly", cameras: ["cam_porch"], confirmation: confirmation.token))
                    #expect(try await care.ended().kind == .granted)
                }
            }
        }

        @Test func anOutcomeComesUntilTheLoopAsksForTheOneAfterIt() async throws {
            try await story { phone in
                try await phone.app(as: "anna") { care in
                    phone.store.answerSheets("cancel")
                    try await care.subscribe(SubscribeRequest(plan: "tapo-3-monthly"))
                    var left = care.outcomes.makeAsyncIterator()
                    let first = try await left.next()
                    var ends: [Outcome] = []
                    for try await outcome in care.outcomes {
                        ends.append(outcome)
                        if ends.count == 2 { break }
                        #expect(outcome == first, "the loop was left before it was handled")
                        phone.store.answerSheets("pay")
                        try await care.subscribe(SubscribeRequest(plan: "tapo-3-monthly"))
                    }
                    #expect(ends.map(\.kind) == [.cancelled, .granted])
                    try await care.handled(ends[0])
                    #expect(try await care.ended() == ends[1], "what was handled twice is handled once")
                }
            }
        }
    }
}
