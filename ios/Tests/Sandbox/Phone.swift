// A phone in a world: the five ports in Swift, a folder and a vault that outlive the app, and the hands that hold it.

import Foundation
import TapoCare

/// What survives the app, and what the person in front of it does.
public final class Phone: Sendable {
    public let world: World
    public let kind: StoreKind
    public let store: DeviceStore
    public let vault = DeviceVault()
    public let session: DeviceSession
    public let clock: WorldClock
    public let log = Lines()
    private let folder: URL

    public init(_ world: World, _ kind: StoreKind = .appStore) {
        self.world = world
        self.kind = kind
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("care-\(UUID().uuidString)")
        store = DeviceStore(world, kind)
        session = DeviceSession(world)
        clock = WorldClock(world)
    }

    /// Removes the folder.
    public func forget() throws {
        try FileManager.default.removeItem(at: folder)
    }

    /// What the app is configured with; over a sandbox what it believes comes along in `sandbox`.
    public func config(cloud: String? = nil) -> Config {
        let trust = world.trust
        let app = trust["app_store"]
        let play = trust["play"]
        return Config(
            folder: folder.path,
            cloudUrl: cloud ?? trust["cloud"]["url"].text,
            cloudKeys: trust["cloud"]["keys"].list.map { CloudKey(id: $0["id"].text, public: $0["public"].bytes) },
            appStore: AppStoreApp(bundleId: app["bundle_id"].text, appId: app["app_id"].number),
            play: kind == .play ? PlayApp(package: play["package"].text, licenseKey: play["key"].text) : nil,
            store: kind,
            platform: "linux",
            locale: "en")
    }

    /// As `config`, with this world's trust.
    public var sandbox: Sandbox {
        Sandbox(config: config(), trust: SandboxTrust(appStoreRoot: world.trust["app_store"]["root"].bytes))
    }

    /// What a widget beside the app reads of the folder.
    public func peek() async throws -> Snapshot {
        try await Care.peek { [self] in
            let sandbox = sandbox
            return try await peekSandbox(config: sandbox.config, trust: sandbox.trust, vault: vault, clock: clock)
        }
    }

    public func ports(store: (any TapoCareFFI.Store)? = nil) -> Ports {
        Ports(store: store ?? self.store, vault: vault, session: session, clock: clock, log: log)
    }

    /// The app while it runs, signed in; shut down at the end.
    ///
    /// What was under way when the app before it ended may still write its one line: `.busy`, try again.
    public func app(
        as account: String? = nil, store: (any TapoCareFFI.Store)? = nil,
        _ story: (Care) async throws -> Void
    ) async throws {
        let care = try await started(store)
        do {
            if let account { try await care.signIn(world.account(account)["id"].text) }
            try await story(care)
        } catch {
            await care.shutdown()
            throw error
        }
        await care.shutdown()
    }

    private func started(_ store: (any TapoCareFFI.Store)?) async throws -> Care {
        while true {
            do {
                return try await Care.open(sandbox, ports: ports(store: store))
            } catch {
                guard case .busy = error else { throw error }
                await Task.yield()
            }
        }
    }
}

/// What an app over a sandbox is opened with, where a shipped one has its `Config`.
public struct Sandbox: Sendable {
    public var config: Config
    public var trust: SandboxTrust
}

extension Care {
    /// As `open(_:ports:)`, over a sandbox; there is none in the library that ships.
    public static func open(_ sandbox: Sandbox, ports: Ports) async throws(CareError) -> Care {
        try await open { try await openSandbox(config: sandbox.config, trust: sandbox.trust, ports: ports) }
    }

    /// The next outcome, handled.
    public func ended() async throws -> Outcome {
        for try await outcome in outcomes {
            try await handled(outcome)
            return outcome
        }
        preconditionFailure("the core ended first")
    }

    /// Buys a plan and waits for its end, which is handled.
    public func buy(_ plan: PlanId = "tapo-3-monthly") async throws -> Outcome {
        try await subscribe(SubscribeRequest(plan: plan))
        return try await ended()
    }

    /// The first snapshot of which that holds.
    public func until(_ holds: (Snapshot) -> Bool) async -> Snapshot {
        for await snapshot in changes where holds(snapshot) {
            return snapshot
        }
        preconditionFailure("the core ended first")
    }
}
