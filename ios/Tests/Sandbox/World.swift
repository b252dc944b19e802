// One `care-sandbox up` process, and the hand that moves its world.

import Foundation
import TapoCare

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Why an exchange of JSON came to nothing.
public enum ExchangeError: Error {
    /// The connection broke off.
    case noAnswer
    /// An answer that is an error.
    case refused(status: Int, String)
}

/// One exchange of JSON. Once begun it is brought to its end, also where its task is cancelled: a sheet that was paid in
/// has taken the money.
public func ask(
    _ method: String, _ url: String, _ body: JSON? = nil, token: String? = nil
) async throws(ExchangeError) -> JSON {
    let exchange = Task { await exchanged(method, url, body, token) }
    return try await exchange.value.get()
}

private func exchanged(
    _ method: String, _ url: String, _ body: JSON?, _ token: String?
) async -> Result<JSON, ExchangeError> {
    var request = URLRequest(url: URL(string: url)!, timeoutInterval: 30)
    request.httpMethod = method
    request.setValue("application/json", forHTTPHeaderField: "content-type")
    if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "authorization") }
    do {
        if let body { request.httpBody = try JSONEncoder().encode(body) }
        let (answer, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard (200..<300).contains(status) else {
            return .failure(.refused(status: status, String(decoding: answer, as: UTF8.self)))
        }
        return .success(answer.isEmpty ? .null : try JSONDecoder().decode(JSON.self, from: answer))
    } catch {
        return .failure(.noAnswer)
    }
}

/// An isolated world in a process of its own.
public final class World: Sendable {
    public struct Time: Sendable {
        public var nowMs: Int64
        public var startedMs: Int64

        init(_ said: JSON) {
            nowMs = said["now_ms"].number
            startedMs = said["started_ms"].number
        }
    }

    /// How many charges, grants and finishes there are.
    public struct Counts: Equatable, Sendable {
        public var charges: Int
        public var grants: Int
        public var finishes: Int

        public init(_ charges: Int, _ grants: Int, _ finishes: Int) {
            (self.charges, self.grants, self.finishes) = (charges, grants, finishes)
        }
    }

    /// Where everything is, and whom to believe.
    public let trust: JSON
    private let clock: Locked<Time>
    private let process: Process
    private let said: Pipe
    private let ended = Signal()

    /// Starts one and returns once it says where it is.
    public static func start() async throws -> World {
        let process = Process()
        process.executableURL = Environment.folder.appendingPathComponent("care-sandbox")
        process.arguments = ["up"]
        let said = Pipe()
        let line = try await CareSandbox.start(process, saying: said, until: { $0.last == UInt8(ascii: "\n") })
        return try await World(process, said, JSONDecoder().decode(JSON.self, from: line))
    }

    private init(_ process: Process, _ said: Pipe, _ trust: JSON) async throws {
        self.process = process
        self.said = said
        self.trust = trust
        let control = trust["control"]
        let said = try await ask("GET", "\(control["url"].text)/control/clock", token: control["token"].text)
        clock = Locked(Time(said))
        process.terminationHandler = { [ended] _ in ended.give() }
    }

    /// Asks the process to end, and waits for it. Whether it ended cleanly.
    public func end() async -> Bool {
        process.terminate()
        await ended.wait()
        try? said.fileHandleForReading.close()
        return process.terminationStatus == 0
    }

    /// One call to the control API.
    @discardableResult
    public func control(_ method: String, _ path: String, _ body: JSON? = nil) async throws(ExchangeError) -> JSON {
        let control = trust["control"]
        return try await ask(method, "\(control["url"].text)/control/\(path)", body, token: control["token"].text)
    }

    /// What phones read.
    public var time: Time {
        clock.value
    }

    /// Moves the world's clock.
    public func advance(_ by: String) async throws {
        let moved = Time(try await control("POST", "clock/advance", ["by": .text(by)]))
        clock.with { $0 = moved }
    }

    /// Makes calls of an endpoint go wrong.
    public func fault(_ endpoint: String, _ kind: String, times: Int64 = 1) async throws {
        try await control(
            "POST", "faults", ["endpoint": .text(endpoint), "kind": .text(kind), "times": .number(times)])
    }

    /// Clears every fault.
    public func heal() async throws {
        try await control("DELETE", "faults")
    }

    /// An account by its name: `id`, `tag`.
    public func account(_ name: String) async throws -> JSON {
        let known = try await control("GET", "accounts")["accounts"].list
        guard let account = known.first(where: { $0["name"].text == name }) else {
            preconditionFailure("nobody is called \(name)")
        }
        return account
    }

    public func counts() async throws -> Counts {
        let ledger = try await control("GET", "ledger")
        return Counts(ledger["charges"].list.count, ledger["grants"].list.count, ledger["finishes"].list.count)
    }
}

/// Everything a program prints until it ends.
public func output(of program: URL, _ arguments: String...) async throws -> String {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    let said = Pipe()
    let text = try await start(process, saying: said, until: { _ in false })
    try? said.fileHandleForReading.close()
    return String(decoding: text, as: UTF8.self)
}

/// Starts a process and reads what it prints, until that is enough or its end.
private func start(
    _ process: Process, saying said: Pipe, until enough: @escaping @Sendable (Data) -> Bool
) async throws -> Data {
    process.standardOutput = said
    return try await withCheckedThrowingContinuation { read in
        // A thread of its own: reading blocks, and the tasks' threads are few.
        Thread.detachNewThread {
            do {
                // The tasks' threads block every signal, and what they start would never hear SIGTERM.
                var none = sigset_t()
                sigemptyset(&none)
                pthread_sigmask(SIG_SETMASK, &none, nil)
                try process.run()
                var text = Data()
                while !enough(text) {
                    let more = said.fileHandleForReading.availableData
                    if more.isEmpty { break }
                    text += more
                }
                read.resume(returning: text)
            } catch {
                read.resume(throwing: error)
            }
        }
    }
}

/// Where the build under test is.
public enum Environment {
    /// The folder of library and sandbox.
    public static var folder: URL {
        guard let folder = ProcessInfo.processInfo.environment["TAPO_CARE_LIBRARY"] else {
            preconditionFailure("TAPO_CARE_LIBRARY names the folder of the library and of care-sandbox")
        }
        return URL(fileURLWithPath: folder)
    }
}
