//! The demo: what `cargo run` tells.

use crate::support::{Phone, care, plain};
use serde_json::Value;
use std::path::Path;

fn steps(said: &str) -> Vec<Value> {
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

// Rules: R1, R2, R3, R5, R6, R8, R9 (store), R10, R16, R18, X10, T1
#[test]
fn the_demo_tells_the_whole_story_and_each_step_goes_as_expected() {
    let output = care()
        .args(["--json", "demo"])
        .env("CARE_APPLE_VECTORS", "/nowhere")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    let steps = steps(&text);
    let names: Vec<_> = steps.iter().map(|step| step["step"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "plans",
            "choose",
            "sheet",
            "granted",
            "verified",
            "cameras",
            "second_plan",
            "forged",
            "offline",
            "renewed",
            "trial",
            "play_plan",
            "play_sheet",
            "play_verified",
            "play_granted",
            "play_second_plan",
            "play_pending",
            "play_completed"
        ]
    );
    assert!(steps.iter().all(|step| step["ok"] == true), "{text}");
    assert_eq!(steps[7]["facts"]["refused_by"], "signature");
    assert_eq!(steps[8]["facts"]["freshness"], "stale");
    let checks = steps[13]["facts"]["checks"].as_array().unwrap();
    for check in ["signature", "payload", "package"] {
        assert!(checks.contains(&check.into()), "{check} in {checks:?}");
    }
    assert_eq!(steps[13]["facts"]["respaced_refused_by"], "signature");
    assert_eq!(steps[14]["facts"]["acknowledged_by"], "cloud");
    assert_eq!(steps[15]["facts"]["channel"], "play");
    assert_eq!(steps[17]["facts"]["money"], "charged");
}

#[test]
fn the_demo_shows_a_receipt_that_apple_signed_where_the_folder_is_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/apple");
    let folder = std::env::var_os("CARE_APPLE_VECTORS").map_or(folder, Into::into);
    if !folder.join("02-did-renew.jws").exists() {
        println!("left out: no folder of Apple's vectors at {}", folder.display());
        return;
    }
    let output = care()
        .args(["--json", "demo"])
        .env("CARE_APPLE_VECTORS", &folder)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    let told = steps(&text);
    let apple = told.iter().find(|step| step["step"] == "apple").unwrap();
    assert_eq!(apple["ok"], true);
    assert_eq!(apple["facts"]["transaction"], "2000001024998954");
}

#[test]
fn the_demo_in_words_ends_well_and_keeps_a_named_folder() {
    let said = plain(&["demo"]).ended(0);
    assert!(said.out.contains("each as expected"), "{}", said.out);
    let phone = Phone::alone();
    phone.care(&["demo"]).ended(0);
    let snapshot = phone.status();
    assert_eq!(
        (&snapshot["account"], &snapshot["subscriptions"][0]["plan"]),
        (&"acc_anna".into(), &"tapo-3-monthly".into())
    );
    // A second story in the same folder would tell of a world that is no longer new.
    phone.care(&["--json", "demo"]).ended(2);
}
