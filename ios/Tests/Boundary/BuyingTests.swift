// From the plans to covered cameras, through the foreign boundary.

import CareSandbox
import TapoCare
import Testing

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
}
