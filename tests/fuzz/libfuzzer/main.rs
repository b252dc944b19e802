//! One target under libFuzzer: the one that `CARE_FUZZ_TARGET` names.
#![no_main]

use std::sync::LazyLock;

static TARGET: LazyLock<&care_fuzz::Target> = LazyLock::new(|| {
    let name = std::env::var("CARE_FUZZ_TARGET").expect("CARE_FUZZ_TARGET names a target");
    care_fuzz::target(&name).expect("CARE_FUZZ_TARGET names a target")
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| (TARGET.run)(data));
