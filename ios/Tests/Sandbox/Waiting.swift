// What tests wait with: signals and gates instead of time.

import Foundation

/// A value behind a lock.
public final class Locked<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var held: Value

    public init(_ value: Value) {
        held = value
    }

    public var value: Value {
        with { $0 }
    }

    @discardableResult
    public func with<Answer>(_ work: (inout Value) throws -> Answer) rethrows -> Answer {
        lock.lock()
        defer { lock.unlock() }
        return try work(&held)
    }
}

/// Something that happens once. Tasks wait for it without a thread, threads wait for it without a task.
public final class Signal: Sendable {
    private struct State {
        var given = false
        var waiting: [UUID: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Locked(State())
    private let threads = NSCondition()

    public init() {}

    public var isGiven: Bool {
        state.with { $0.given }
    }

    /// It has happened. Twice is once.
    public func give() {
        let waiting = state.with { state in
            state.given = true
            defer { state.waiting = [:] }
            return state.waiting
        }
        threads.lock()
        threads.broadcast()
        threads.unlock()
        waiting.values.forEach { $0.resume() }
    }

    /// Suspends until it has happened, or the task is cancelled: a test past its time limit ends.
    public func wait() async {
        let id = UUID()
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiting in
                let goesOn = state.with { state in
                    if state.given || Task.isCancelled { return true }
                    state.waiting[id] = waiting
                    return false
                }
                if goesOn { waiting.resume() }
            }
        } onCancel: {
            state.with { $0.waiting.removeValue(forKey: id) }?.resume()
        }
    }

    /// Blocks this thread until it has happened. Not on a task's thread.
    public func block() {
        threads.lock()
        while !isGiven { threads.wait() }
        threads.unlock()
    }
}
