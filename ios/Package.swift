// swift-tools-version: 6.0
// The Swift side of Tapo Care's core. An app takes TapoCareStore; TapoCare alone is the core without Apple's store.
//
// For Apple's platforms `cargo xtask package apple` lays this package and the core, an XCFramework, into one folder. Where
// TAPO_CARE_LIBRARY names the folder of a library built with the feature `sandbox`, the package is built over that one,
// on Linux too, and brings its tests along.

import Foundation
import PackageDescription

let here = Context.packageDirectory
let framework = "TapoCareFFI.xcframework"
let library = Context.environment["TAPO_CARE_LIBRARY"]

/// Ends the build with what to do, before the linker says what is missing in words of its own.
func require(_ file: String, _ remedy: String) {
    guard !FileManager.default.fileExists(atPath: file) else { return }
    FileHandle.standardError.write(Data("Tapo Care: \(file) is missing. \(remedy)\n".utf8))
    exit(1)
}

require(
    "\(here)/Generated/TapoCareFFI.swift",
    "Generate the bindings: cargo run -p tapo-care-bindgen -- generate --library LIBRARY --language swift "
        + "--out-dir ios/Generated")

let swift6: [SwiftSetting] = [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]
var core: Target
var linking: [LinkerSetting] = []

if let library {
    #if os(macOS)
        let file = "libtapo_care_ffi.dylib"
    #else
        let file = "libtapo_care_ffi.so"
    #endif
    require(
        "\(library)/\(file)",
        "Build the core into the folder TAPO_CARE_LIBRARY names: cargo build -p tapo-care-ffi --features sandbox")
    core = .systemLibrary(name: "CTapoCareFFI", path: "Sources/CTapoCareFFI")
    linking = [
        .linkedLibrary("tapo_care_ffi"),
        .unsafeFlags(["-L\(library)", "-Xlinker", "-rpath", "-Xlinker", library]),
    ]
} else {
    require(
        "\(here)/\(framework)",
        "Take the package that `cargo xtask package apple` makes; or let TAPO_CARE_LIBRARY name the folder of a library "
            + "built with: cargo build -p tapo-care-ffi --features sandbox")
    core = .binaryTarget(name: "CTapoCareFFI", path: framework)
}

let package = Package(
    name: "TapoCare",
    platforms: [.iOS(.v16), .macOS(.v13)],
    products: [.library(name: "TapoCare", targets: ["TapoCare"])],
    targets: [
        core,
        // UniFFI's Swift is not ready for Swift 6: its asynchronous ports do not compile in that mode.
        .target(
            name: "TapoCareFFI",
            dependencies: ["CTapoCareFFI"],
            path: "Generated",
            exclude: library == nil ? [] : ["CTapoCareFFI.h", "CTapoCareFFI.modulemap", "Readme"],
            sources: ["TapoCareFFI.swift"],
            swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: linking),
        .target(name: "TapoCare", dependencies: ["TapoCareFFI"], swiftSettings: swift6),
    ])

#if os(macOS)
    // StoreKit is only there: elsewhere these files are parsed and linted, not compiled.
    package.products.append(.library(name: "TapoCareStore", targets: ["TapoCareStore"]))
    package.targets.append(.target(name: "TapoCareStore", dependencies: ["TapoCare"], swiftSettings: swift6))
#endif

if library != nil {
    let strict = swift6 + [.unsafeFlags(["-warnings-as-errors"])]
    package.targets += [
        .target(name: "CareSandbox", dependencies: ["TapoCare"], path: "Tests/Sandbox", swiftSettings: strict),
        // README's lines of Swift, between two braces: `cargo xtask test` writes them.
        .target(
            name: "Readme", dependencies: ["CareSandbox"], path: "Generated/Readme", swiftSettings: strict),
        .testTarget(
            name: "BoundaryTests",
            dependencies: ["CareSandbox", "Readme"],
            path: "Tests/Boundary",
            swiftSettings: strict),
    ]
}

#if os(Linux)
    if library != nil {
        // An app whose library is of another version: the linker takes the checksum of `subscribe` from the shim.
        let wrap = "--wrap=uniffi_tapo_care_ffi_checksum_method_care_subscribe"
        package.targets += [
            .target(name: "OtherVersionShim", path: "Tests/OtherVersionShim"),
            .executableTarget(
                name: "other-version",
                dependencies: ["CareSandbox", "OtherVersionShim"],
                path: "Tests/OtherVersion",
                swiftSettings: swift6,
                linkerSettings: [.unsafeFlags(["-Xlinker", wrap])]),
            .executableTarget(name: "first-call", path: "Tests/FirstCall", swiftSettings: swift6),
            .executableTarget(
                name: "care-bench", dependencies: ["CareSandbox"], path: "Tests/Bench", swiftSettings: swift6),
        ]
    }
#endif
