//! care
fn main() {}
