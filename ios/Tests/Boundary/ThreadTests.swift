// The calling thread is free: disk and cloud are held shut, and every call has suspended before they open.

import CareSandbox
import Foundation
import TapoCare
import Testing

extension Boundary {
    @Suite struct Threads {
        @Test func whileTheDiskIsHeldOpeningGivesTheThreadUp() async throws {
            try await story { phone in
                let (reached, gate) = (Signal(), Signal())
                phone.vault.before.with {
                    $0 = {
                        #expect(!Thread.isMainThread, "the vault is called on the disk's thread")
                        reached.give()
                        gate.block()
                    }
                }
                let opened = Signal()
                let opening = Task { @MainActor in
                    let care = try await Care.open(phone.sandbox, ports: phone.ports())
                    opened.give()
                    return care
                }
                await reached.wait()
                #expect(!opened.isGiven)
                gate.give()
                await (try opening.value).shutdown()
            }
        }

        @Test func whileDiskAndCloudAreHeldEveryCallReturnsOrSuspends() async throws {
            try await story { phone in
                try await phone.app(as: "anna") { care in
                    try await care.sweep()
                    let account = try await phone.world.account("anna")["id"].text
                    try await phone.world.control("POST", "sessions/expire", ["account": .text(account)])
                    let (disk, diskReached) = (Signal(), Signal())
                    let (cloud, cloudReached) = (Signal(), Signal())
                    phone.session.before.with {
                        $0 = {
                            cloudReached.give()
                            await cloud.wait()
                        }
                    }
                    phone.store.before(.storefront, .products, .owned, .unfinished) {
                        cloudReached.give()
                        await cloud.wait()
                    }
                    phone.vault.before.with {
                        $0 = {
                            diskReached.give()
                            disk.block()
                        }
                    }
                    let held = await begun([{ try await care.suspend() }])
                    await diskReached.wait()
                    let waiting = await begun([
                        { try await care.signIn(account) },
                        { try await care.refresh() },
                        { try await care.sweep() },
                        { _ = try await care.plans() },
                        { try await care.subscribe(SubscribeRequest(plan: "tapo-3-monthly")) },
                        { try await care.selectCameras(["cam_porch"], for: "sub_none") },
                        { try await care.startTrial("cam_porch") },
                        { try await care.restore() },
                        { try await care.signOut() },
                        { for try await _ in care.outcomes {} },
                    ])
                    #expect(care.snapshot().account == account, "what needs neither has returned")
                    #expect(care.receipts() == [])
                    #expect(await care.until { _ in true }.account == account)
                    disk.give()
                    await cloudReached.wait()
                    #expect((held + waiting).contains { !$0.ended.isGiven })
                    cloud.give()
                    // How each ends depends on who came first: the disk was closed under them. That it ends is what counts.
                    waiting.last?.task.cancel()
                    for call in held + waiting { await call.ended.wait() }
                }
            }
        }

        @Test func tenThousandStreamsLeaveNoThreadAndNoHandle() async throws {
            try await story { phone in
                try await phone.app(as: "anna") { care in
                    try await care.sweep()
                    for _ in 0..<100 { await oneRound(care) }
                    let before = Held.now()
                    for _ in 0..<10_000 { await oneRound(care) }
                    let after = Held.now()
                    #expect(after.threads <= before.threads && after.files <= before.files)
                    #expect(after.megabytes < before.megabytes + 20, "a stream that stays keeps its snapshot")
                    #expect(uniffiForeignFutureHandleCountTapoCareFfi() == 0)
                }
            }
        }

        @Test func aHundredStartsLeaveNoThreadAndNoHandle() async throws {
            try await story { phone in
                for _ in 0..<3 { try await phone.app { _ in } }
                let before = Held.now()
                for _ in 0..<100 { try await phone.app { _ in } }
                // A thread that was told to end may still be on its way out.
                while Held.now().threads > before.threads || Held.now().files > before.files { await Task.yield() }
            }
        }
    }
}

/// A call that was begun on the main actor.
struct Call {
    let task: Task<Void, Never>
    let ended: Signal
}

/// Begins every call on the main actor and comes back, which it can only where each of them gave the thread up. They are
/// more than the tasks' threads: where one of them blocked its thread, nothing would run any more.
@MainActor func begun(_ calls: [@Sendable () async throws -> Void]) async -> [Call] {
    let begun = Locked(0)
    let tasks = calls.map { call in
        let ended = Signal()
        let task = Task { @MainActor in
            begun.with { $0 += 1 }
            try? await call()
            ended.give()
        }
        return Call(task: task, ended: ended)
    }
    while begun.value < calls.count { await Task.yield() }
    await Task.detached {}.value
    #expect(tasks.allSatisfy { !$0.ended.isGiven }, "each waits for what is held")
    return tasks
}

func oneRound(_ care: Care) async {
    for await _ in care.changes { break }
    let ended = Task { for await _ in care.changes {} }
    ended.cancel()
    await ended.value
}

/// What this process holds of the system. Where the system does not show it there is nothing to compare.
struct Held {
    var threads: Int
    /// Files, pipes and the like. Connections come and go with what the cloud is asked meanwhile.
    var files: Int
    var megabytes: Int

    static func now() -> Held {
        let files = entries("/proc/self/fd").filter { file in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(file)")
            return target.map { !$0.hasPrefix("socket:") } ?? false
        }
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        let resident = pages.flatMap { Int($0[1]) } ?? 0
        return Held(threads: entries("/proc/self/task").count, files: files.count, megabytes: resident * 4 / 1024)
    }

    private static func entries(_ folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
}
