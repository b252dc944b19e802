// What the boundary costs in Swift. `care-bench [EMPTY_LIBRARY CRATE]` prints one line of JSON: for 3, 30 and 300 cameras
// the time to read a snapshot beside that of the same rows by hand, and the first call beside that of an empty library.
//
// By hand means: an object of the same library hands over rows that it only keeps, through the same runtime.

import CareSandbox
import Foundation
import TapoCare

struct Reading: Encodable {
    var cameras: Int
    var bindingUs: Double
    var byHandUs: Double
    var ratio: Double
}

struct FirstCall: Encodable {
    /// Loading the core's library and calling it.
    var loadUs: Double
    /// Comparing every checksum and handing over the ports' tables, which UniFFI does before the first call.
    var checkUs: Double
    /// Loading the empty library and calling it.
    var emptyUs: Double
    var ratio: Double
}

struct Report: Encodable {
    var language = "swift"
    var snapshot: [Reading]
    var firstCall: FirstCall?
}

let rounds = 41

func microseconds(_ work: () throws -> Void) rethrows -> Double {
    try ContinuousClock().measure(work) / .microseconds(1)
}

func median(_ times: [Double]) -> Double {
    times.sorted()[times.count / 2]
}

/// Both sides in turn, so that what disturbs one disturbs the other.
func reading(_ cameras: Int) async throws -> Reading {
    let world = try await World.start()
    try await world.control("POST", "accounts", ["name": "bench"])
    for number in 1...cameras {
        let camera: JSON = ["account": "bench", "name": .text("Camera \(number)"), "model": "C210"]
        try await world.control("POST", "cameras", camera)
    }
    let phone = Phone(world)
    let batch = max(4, 600 / cameras)
    var (binding, byHand): ([Double], [Double]) = ([], [])
    try await phone.app(as: "bench") { care in
        try await care.sweep()
        let snapshot = care.snapshot()
        precondition(snapshot.cameras.count == cameras)
        var (read, handed) = (0, 0)
        let kept = SandboxRows(rows: snapshot)
        for _ in 0..<rounds {
            binding.append(microseconds { for _ in 0..<batch { read += care.snapshot().cameras.count } })
            byHand.append(microseconds { for _ in 0..<batch { handed += kept.rows().cameras.count } })
        }
        precondition(read == handed && read == rounds * batch * cameras)
    }
    _ = await world.end()
    try phone.forget()
    let (bindingUs, byHandUs) = (median(binding) / Double(batch), median(byHand) / Double(batch))
    return Reading(cameras: cameras, bindingUs: bindingUs, byHandUs: byHandUs, ratio: bindingUs / byHandUs)
}

/// Each load in a process of its own, one after the other.
func firstCall(checkUs: Double, empty: String, crate: String) async throws -> FirstCall {
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("first-call")
    func load(_ library: String, _ crate: String) async throws -> Double {
        let said = try await output(of: program, library, crate)
        guard let nanoseconds = Double(said.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            preconditionFailure("first-call \(library): \(said)")
        }
        return nanoseconds / 1000
    }
    let core = CareSandbox.Environment.folder.appendingPathComponent("libtapo_care_ffi.so").path
    var (full, none): ([Double], [Double]) = ([], [])
    for _ in 0..<rounds {
        full.append(try await load(core, "tapo_care_ffi"))
        none.append(try await load(empty, crate))
    }
    let (loadUs, emptyUs) = (median(full), median(none))
    return FirstCall(loadUs: loadUs, checkUs: checkUs, emptyUs: emptyUs, ratio: (loadUs + checkUs) / emptyUs)
}

let checkUs = microseconds { uniffiEnsureTapoCareFfiInitialized() }
var report = Report(snapshot: [])
for cameras in [3, 30, 300] { report.snapshot.append(try await reading(cameras)) }
if CommandLine.arguments.count == 3 {
    report.firstCall = try await firstCall(
        checkUs: checkUs, empty: CommandLine.arguments[1], crate: CommandLine.arguments[2])
}
let encoder = JSONEncoder()
encoder.keyEncodingStrategy = .convertToSnakeCase
encoder.outputFormatting = .sortedKeys
print(String(decoding: try encoder.encode(report), as: UTF8.self))
