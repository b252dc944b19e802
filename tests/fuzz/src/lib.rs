//! Fuzz targets of everything that reads bytes from outside: a store's JWS, its certificates, Play's data, the cloud's
//! JSON. Each takes any bytes; what it must never do is panic, loop, or allocate more than its input allows.
//!
//! `cargo xtask fuzz` drives them with libFuzzer. The test `replay` runs the corpus and random mutations of it without.

#[path = "../../../core/tests/receipts/authority.rs"]
#[allow(dead_code, missing_docs)]
mod authority;
mod chain;
#[path = "../../../core/tests/receipts/der.rs"]
#[allow(dead_code, missing_docs)]
mod der;
mod jws;
mod play;
#[path = "../../../core/tests/receipts/seed.rs"]
#[allow(missing_docs)]
pub mod seed;
mod wire;

use std::path::{Path, PathBuf};

/// A target: its name, which is also its corpus's folder, and what it does with bytes.
pub struct Target {
    /// `jws`, `chain`, `play` or `wire`.
    pub name: &'static str,
    /// Runs it.
    pub run: fn(&[u8]),
}

/// Every target.
pub const TARGETS: [Target; 4] = [
    Target {
        name: "jws",
        run: jws::run,
    },
    Target {
        name: "chain",
        run: chain::run,
    },
    Target {
        name: "play",
        run: play::run,
    },
    Target {
        name: "wire",
        run: wire::run,
    },
];

/// The target of that name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Inputs worth starting from, in files of any name.
pub fn corpus(target: &Target) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name)
}

/// Runs `read` and holds it to its bound: four times the input and 64 KiB.
fn bounded(input: usize, read: impl FnOnce()) {
    let found = allocation_counter::measure(read).bytes_total;
    let most = 4 * input as u64 + 64 * 1024;
    assert!(found <= most, "{found} bytes allocated for {input} of input");
}
