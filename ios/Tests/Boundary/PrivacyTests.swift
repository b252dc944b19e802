// Erased, looked at from beside, and fresh enough: what a shell sees of somebody who goes, and of an answer that is young.

import CareSandbox
import TapoCare
import Testing

extension Boundary {
    @Suite struct Privacy {
        @Test(arguments: [StoreKind.appStore, .play])
        func anAccountIsErasedOnlyAfterReadingWhatStillBillsAndWhatIsNotSettled(on store: StoreKind) async throws {
            try await story(on: store) { phone in
                try await phone.world.fault("purchases", "down", times: 1000)
                let web: JSON = ["account": "anna", "plan": "kasa-premium-yearly", "channel": "web"]
                try await phone.world.control("POST", "subscriptions", web)
                try await phone.app(as: "anna") { care in
                    var request = SubscribeRequest(plan: "tapo-10-monthly")
                    let covered = try #require(await question { try await care.subscribe(request) })
                    request = SubscribeRequest(plan: "tapo-10-monthly", confirmation: covered.token)
                    try await care.subscribe(request)
                    _ = await care.until { $0.purchases.contains { $0.state == "confirming" } }
                    let asked = try #require(await question { try await care.eraseAccount() })
                    #expect(asked.kind == .eraseAccount)
                    #expect(asked.facts.map(\.key) == ["erase-still-bills", "erase-unsettled"])
                    #expect(care.snapshot().account != nil, "nothing is erased without a yes")
                    try await care.eraseAccount(confirmed: asked.token)
                    #expect(care.snapshot().account == nil)
                    #expect(try await phone.peek().cameras.isEmpty)
                }
            }
        }

        @Test func aPeekBesideTheAppShowsWhatTheAppShowsAndNothingOnceSomebodySignedOut() async throws {
            try await story { phone in
                #expect(try await phone.peek().account == nil)
                try await phone.app(as: "anna") { care in
                    _ = try await care.buy()
                    try await care.sweep()
                    let (shown, peeked) = (care.snapshot(), try await phone.peek())
                    #expect(shown.account != nil && peeked.account == shown.account)
                    #expect(peeked.subscriptions == shown.subscriptions && peeked.picker == shown.picker)
                    #expect(peeked.cameras.map(\.id) == shown.cameras.map(\.id))
                    #expect(peeked.freshness == .stale)
                    try await care.signOut()
                    #expect(try await phone.peek().cameras.isEmpty)
                }
            }
        }

        @Test func anAnswerThatIsFreshEnoughIsNotAskedForAgainAndTheNextBackgroundTaskIsNamed() async throws {
            try await story { phone in
                try await phone.app(as: "anna") { care in
                    try await care.sweep()
                    let asOf = try #require(care.snapshot().asOf)
                    try await phone.world.fault("account", "down", times: 1000)
                    let due = try #require(try await care.freshen(.foreground))
                    #expect((1...25 * 60 * 60 * 1000).contains(due - asOf))
                    #expect(care.snapshot().freshness == .fresh, "it was not asked")
                    #expect(kind(await error { try await care.refresh() }) == "try again")
                }
            }
        }
    }
}

/// What a call asks a yes for.
private func question<Answer>(of call: () async throws -> Answer) async -> TapoCareFFI.Confirmation? {
    guard case .confirmationNeeded(let asked) = await error(of: call) else { return nil }
    return asked
}
