// `CareError`: what every call may throw, its cases chosen by what a screen does next.

import TapoCareFFI

/// Why a call did not do what was asked. A `switch` over it is complete; cancelled and pending are outcomes, not errors.
///
/// Nothing of it is shown as it is: `problem.message` names the words, `problem.money` says what happened to the money.
public enum CareError: Error, Equatable, Sendable {
    /// A rule says no; the problem names the rule's reason and the way out.
    case refused(Problem)
    /// The user has to sign in again.
    case signIn(Problem)
    /// The user has to say yes: call again with the token.
    case confirmationNeeded(Confirmation)
    /// Could not be asked now; nothing is wrong with the request.
    case tryAgain(Problem)
    /// Another process or call holds what this one needs.
    case busy(Problem)
    /// The folder or a database cannot be used.
    case storage(Problem)
    /// The core contradicts itself, or the library is not the one these bindings were generated from.
    case bug(Problem)

    /// The common part of every case.
    public var problem: Problem {
        switch self {
        case .refused(let problem), .signIn(let problem), .tryAgain(let problem), .busy(let problem),
            .storage(let problem), .bug(let problem):
            problem
        case .confirmationNeeded(let confirmation):
            confirmation.problem
        }
    }
}

extension CareError: CustomStringConvertible {
    /// For a developer's log: the case, the problem's name and call, and what support may need.
    public var description: String {
        let kind =
            switch self {
            case .refused: "refused"
            case .signIn: "sign in needed"
            case .confirmationNeeded: "confirmation needed"
            case .tryAgain: "try again"
            case .busy: "busy"
            case .storage: "storage"
            case .bug: "bug"
            }
        return (["\(kind): \(problem.name) (\(problem.operation))"] + problem.ids).joined(separator: "; ")
    }
}

extension CareError {
    /// As the core said it.
    init(_ said: TapoCareFFI.CareError) {
        self =
            switch said {
            case .Refused(let problem): .refused(problem)
            case .SignIn(let problem): .signIn(problem)
            case .ConfirmationNeeded(let confirmation): .confirmationNeeded(confirmation)
            case .TryAgain(let problem): .tryAgain(problem)
            case .Busy(let problem): .busy(problem)
            case .Storage(let problem): .storage(problem)
            case .Bug(let problem): .bug(problem)
            }
    }

    /// A call of the core, with nothing thrown but `CareError`.
    package static func told<Answer: Sendable>(
        by operation: String, _ call: () async throws -> Answer
    ) async throws(CareError) -> Answer {
        do {
            return try await call()
        } catch let error as TapoCareFFI.CareError {
            throw CareError(error)
        } catch {
            // A panic in the core. Its words may quote anything and go no further; a purchase is found again by a sweep.
            throw .bug(Problem("panicked", in: operation, money: .maybeCharged, userAction: .contactSupport))
        }
    }
}

extension Problem {
    init(_ name: String, in operation: String, money: Money, userAction: UserAction, ids: [String] = []) {
        self.init(
            name: name, money: money, retry: .never, userAction: userAction,
            message: Message(key: name.replacing("_", with: "-"), args: []), operation: operation, ids: ids)
    }
}
