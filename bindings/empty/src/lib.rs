//! One function that does nothing: `cargo xtask bench ffi` measures the first call of the real library against this one's.

uniffi::setup_scaffolding!();

/// Does nothing.
#[uniffi::export]
pub fn nothing() {}
