// How a test is told: on a phone in a world of its own, which has to end cleanly.

import CareSandbox
import TapoCare
import Testing

func story(on store: StoreKind = .appStore, _ tell: (Phone) async throws -> Void) async throws {
    let world = try await World.start()
    let phone = Phone(world, store)
    do {
        try await tell(phone)
    } catch {
        _ = await world.end()
        throw error
    }
    #expect(await world.end(), "care-sandbox ends cleanly")
    try phone.forget()
}
