// `first-call LIBRARY CRATE`: loads a UniFFI library and calls it for the first time, and prints how many nanoseconds that
// took. It links neither the core nor Foundation, so nothing is loaded before the clock runs.

import Glibc

func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

let arguments = CommandLine.arguments
let before = now()
guard let library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL),
    let symbol = dlsym(library, "ffi_\(arguments[2])_uniffi_contract_version")
else {
    print(String(cString: dlerror()))
    exit(1)
}
_ = unsafeBitCast(symbol, to: (@convention(c) () -> UInt32).self)()
print(now() - before)
