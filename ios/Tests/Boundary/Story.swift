// How a test is told: on a phone in a world of its own, which has to end cleanly.

import CareSandbox
import TapoCare
import Testing

/// The suites, one test after the other: some count the threads and handles of the whole process.
@Suite(.serialized, .timeLimit(.minutes(2))) enum Boundary {}

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

/// The error a call ends with; `nil` where it ends well.
func error<Answer>(of call: () async throws -> Answer) async -> CareError? {
    do {
        _ = try await call()
    } catch let error as CareError {
        return error
    } catch {
        Issue.record("a call threw what it did not declare: \(error)")
    }
    return nil
}

/// What an error asks a screen to do next, in words.
func kind(_ error: CareError?) -> String? {
    switch error {
    case .refused: "refused"
    case .signIn: "sign in"
    case .confirmationNeeded: "confirmation"
    case .tryAgain: "try again"
    case .busy: "busy"
    case .storage: "storage"
    case .bug: "bug"
    case nil: nil
    }
}
