// The check before the first call: the linked library is the one these bindings were generated from.

import TapoCareFFI

/// The native library behind the bindings.
enum Library {
    /// Compares contract version and checksums. UniFFI would end the process at the first call; asked here, it is an
    /// error before anything is opened, and no money has moved.
    static func check() throws(CareError) {
        guard let difference = uniffiMismatchTapoCareFfi() else { return }
        let remedy =
            "the library tapo_care_ffi and its Swift bindings are of different versions (\(difference)): generate the "
            + "bindings again from the library that is linked"
        throw .bug(
            Problem("library_mismatch", in: "open", money: .notCharged, userAction: .updateApp, ids: [remedy]))
    }
}
