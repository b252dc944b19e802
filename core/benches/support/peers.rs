//! Apple's Node and Python libraries, each timed by itself over the same receipt.

use crate::authority::{APP_ID, BUNDLE, Chain};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Verifies 300 times after 50, offline as the others, and prints the microseconds of the median.
const NODE: &str = r#"
import { Environment, SignedDataVerifier } from "@apple/app-store-server-library";
import { readFileSync } from "node:fs";
const { root, bundle, app, jws } = JSON.parse(readFileSync(0, "utf8"));
const verifier = new SignedDataVerifier([Buffer.from(root, "base64")], false, Environment.PRODUCTION, bundle, app);
const took = [];
for (let n = 0; n < 350; n++) {
  const start = process.hrtime.bigint();
  await verifier.verifyAndDecodeTransaction(jws);
  if (n >= 50) took.push(Number(process.hrtime.bigint() - start) / 1000);
}
console.log(took.sort((one, other) => one - other)[150]);
"#;

const PYTHON: &str = r#"
import base64, json, sys, time
from appstoreserverlibrary.models.Environment import Environment
from appstoreserverlibrary.signed_data_verifier import SignedDataVerifier
asked = json.load(sys.stdin)
verifier = SignedDataVerifier([base64.b64decode(asked["root"])], False, Environment.PRODUCTION, asked["bundle"], asked["app"])
took = []
for n in range(350):
    start = time.perf_counter_ns()
    verifier.verify_and_decode_signed_transaction(asked["jws"])
    if n >= 50:
        took.append((time.perf_counter_ns() - start) / 1000)
print(sorted(took)[150])
"#;

/// Measures both, where they are.
pub fn measure(chain: &Chain, jws: &str) {
    println!("\nApple's own libraries");
    let Some(folder) = std::env::var_os("CARE_PEERS").map(PathBuf::from) else {
        println!("left out: CARE_PEERS names no folder that core/tests/receipts/peers/run filled");
        return;
    };
    let root = STANDARD.encode(chain.root_der());
    let asked = json!({ "root": root, "bundle": BUNDLE, "app": APP_ID, "jws": jws }).to_string();
    let script = folder.join("bench.mjs");
    std::fs::write(&script, NODE).unwrap();
    said(
        "Apple's Node library",
        Command::new("node").arg(&script),
        &folder,
        &asked,
    );
    let python = folder.join("venv/bin/python");
    said(
        "Apple's Python library",
        Command::new(python).args(["-c", PYTHON]),
        &folder,
        &asked,
    );
}

fn said(name: &str, command: &mut Command, folder: &Path, asked: &str) {
    let input = folder.join("bench.json");
    std::fs::write(&input, asked).unwrap();
    let stdin = std::fs::File::open(&input).unwrap();
    match command
        .current_dir(folder)
        .stdin(stdin)
        .stderr(Stdio::inherit())
        .output()
    {
        Ok(output) if output.status.success() => {
            let median: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap();
            println!("{median:>10.1} µs  {name}");
        }
        _ => println!("left out: {name} does not run"),
    }
}
