// Vault, session, clock and log of a phone in a world.

import Foundation
import TapoCare

/// A keychain that outlives the app. `before` runs first, on the core's disk thread.
public final class DeviceVault: Vault {
    public typealias Before = @Sendable () throws(VaultError) -> Void

    private let kept = Locked<[String: String]>([:])
    public let before = Locked<Before?>(nil)

    public func read(key: String) throws(VaultError) -> String? {
        try before.value?()
        return kept.value[key]
    }

    public func write(key: String, value: String) throws(VaultError) {
        try before.value?()
        kept.with { $0[key] = value }
    }
}

/// The TP-Link ID service, played by the sandbox.
public final class DeviceSession: Session {
    public typealias Before = @Sendable () async throws(SessionError) -> Void

    private let world: World
    public let before = Locked<Before?>(nil)

    init(_ world: World) {
        self.world = world
    }

    public func token(account: AccountId, fresh: Bool) async throws(SessionError) -> String {
        try await before.value?()
        do {
            let known = try await world.control("GET", "accounts")["accounts"].list
            guard let name = known.first(where: { $0["id"].text == account })?["name"] else {
                throw SessionError.SignInNeeded
            }
            return try await ask("POST", "\(world.trust["cloud"]["url"].text)/session", ["name": name])["token"].text
        } catch let error as SessionError {
            throw error
        } catch {
            throw .Unavailable
        }
    }
}

/// The world's clock.
public final class WorldClock: Clock {
    private let world: World
    public let broken = Locked(false)

    init(_ world: World) {
        self.world = world
    }

    public func read() throws(PortError) -> ClockReading {
        if broken.value { throw .Threw }
        let time = world.time
        return ClockReading(
            wall: time.nowMs, utcOffsetS: 0, elapsedMs: time.nowMs - time.startedMs, bootId: "boot-1")
    }
}

/// The names of the core's steps.
public final class Lines: Log {
    private let lines = Locked<[String]>([])

    public var events: [String] {
        lines.value
    }

    public func line(line: LogLine) {
        lines.with { $0.append(line.event) }
    }
}
