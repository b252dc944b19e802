// `Changes` and `Outcomes`: what the core has to say, as asynchronous sequences.

import TapoCareFFI

/// Snapshots as they change, the current one first. What changed while nobody asked is one change.
///
/// Each loop has a stream of its own, which ends with the loop, with its task, or with the core.
public struct Changes: AsyncSequence, Sendable {
    public typealias Element = Snapshot
    public typealias Failure = Never

    let core: TapoCareFFI.Care

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(stream: core.changes())
    }

    /// One loop over the changes.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        let stream: TapoCareFFI.Changes

        /// The next snapshot; `nil` once the core was shut down or the task was cancelled.
        public mutating func next() async -> Snapshot? {
            await withTaskCancellationHandler { [stream] in
                await stream.next()
            } onCancel: { [stream] in
                stream.end()
            }
        }
    }
}

/// How purchases ended, in order, of the account that is signed in.
///
/// An outcome counts as handled once the loop asks for the one after it. Where a loop is left before that, or the app
/// ends, the same one comes again: `Care.handled(_:)` says that it need not.
public struct Outcomes: AsyncSequence, Sendable {
    public typealias Element = Outcome
    public typealias Failure = CareError

    let core: TapoCareFFI.Care

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(stream: core.outcomes())
    }

    /// One loop over the outcomes.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        let stream: TapoCareFFI.Outcomes
        var given: Outcome.ID?

        /// The next outcome; `nil` once the core was shut down or the task was cancelled.
        ///
        /// - Throws: `CareError.storage` where it cannot be remembered that the last one was handled: that one comes again.
        public mutating func next() async throws(CareError) -> Outcome? {
            if let given {
                try await CareError.told(by: "handled") { [stream] in try await stream.handled(id: given) }
                self.given = nil
            }
            let outcome = await withTaskCancellationHandler { [stream] in
                await stream.next()
            } onCancel: { [stream] in
                stream.end()
            }
            given = outcome?.id
            return outcome
        }
    }
}

extension Outcome: Identifiable {}
