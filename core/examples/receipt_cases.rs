//! Prints the attack matrix as JSON, so that other languages' libraries can be asked about the same bytes.
//!
//! `core/tests/receipts/peers/run` feeds it to Apple's libraries and writes down what they say.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    dead_code,
    unused_imports
)]

#[path = "../tests/receipts/authority.rs"]
mod authority;
#[path = "../tests/receipts/der.rs"]
mod der;
#[path = "../tests/receipts/matrix/mod.rs"]
mod matrix;
#[path = "../tests/receipts/oracle.rs"]
mod oracle;
#[path = "../tests/receipts/play.rs"]
mod play;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

fn main() {
    let oracle = oracle::Oracle::new();
    let cases: Vec<_> = matrix::all()
        .iter()
        .filter_map(|case| {
            let (kind, jws) = case.sent.jws()?;
            let answer = oracle.answer(kind, jws);
            Some(json!({ "name": case.name, "kind": kind.name(), "jws": jws, "crate": answer }))
        })
        .collect();
    let root = STANDARD.encode(authority::Chain::like_apples().root_der());
    let document = json!({ "root": root, "bundle": authority::BUNDLE, "app": authority::APP_ID, "cases": cases });
    println!("{document}");
}
