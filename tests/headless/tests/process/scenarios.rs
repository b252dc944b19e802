//! Stories as data: what `care run` says of one that does not hold, of a file that is none, and several phones on one world.

use crate::support::{PLAN, Phone, plain};
use serde_json::Value;
use std::path::PathBuf;

const STORY: &str = r#"title = "Two are charged for one plan."
rules = ["R2"]

[[step]]
subscribe = { plan = "tapo-3-monthly" }
expect = { ledger = { charges = 2, grants = 1 } }
"#;

/// A story in a folder of its own.
fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-story.toml");
    std::fs::write(&file, text).unwrap();
    (folder, file)
}

#[test]
fn a_story_that_does_not_hold_is_told_field_by_field_and_the_command_ends_with_1() {
    let (folder, file) = written(STORY);
    let junit = folder.path().join("stories.xml");
    let said = plain(&["run", file.to_str().unwrap(), "--junit", junit.to_str().unwrap()]).ended(1);
    for line in [
        "NOT   a-story · app-store: Two are charged for one plan.",
        "      step 1, line 4: subscribe",
        "        ledger.charges",
        "          expected 2",
        "          found    1",
        "NOT   a-story · play",
        "0 held, 2 did not",
    ] {
        assert!(said.out.contains(line), "{line}: {}", said.out);
    }
    assert!(!said.out.contains("ledger.grants"), "{}", said.out);
    let written = std::fs::read_to_string(junit).unwrap();
    assert!(written.contains("tests=\"2\" failures=\"2\""), "{written}");
    assert!(written.contains("ledger.charges: expected 2, found 1"), "{written}");
}

#[test]
fn a_story_that_holds_ends_with_0_and_is_one_object_a_line_for_each_store() {
    let (folder, _) = written(&STORY.replace("charges = 2", "charges = 1"));
    let said = plain(&["--json", "run", folder.path().to_str().unwrap(), "--seed", "3"]).ended(0);
    let told: Vec<Value> = said
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let stores: Vec<_> = told.iter().map(|told| told["store"].as_str().unwrap()).collect();
    assert_eq!(stores, ["app-store", "play"]);
    assert!(
        told.iter()
            .all(|told| told["outcome"] == "passed" && told["rules"][0] == "R2")
    );
    let one = plain(&["--json", "--store", "play", "run", folder.path().to_str().unwrap()]).ended(0);
    assert_eq!(one.out.lines().count(), 1);
}

#[test]
fn a_file_that_is_no_story_is_refused_with_its_line_and_column_before_any_is_played() {
    let (folder, file) = written(&STORY.replace("charges = 2", "charged = 2"));
    std::fs::write(folder.path().join("a-good-one.toml"), STORY).unwrap();
    let said = plain(&["--json", "run", folder.path().to_str().unwrap()]).ended(2);
    assert_eq!(said.out, "");
    let message = said.error()["message"].as_str().unwrap().to_owned();
    let place = format!("{}:6:23: unknown field `charged`", file.display());
    assert!(message.starts_with(&place), "{message}");
}

#[test]
fn a_scenario_that_is_not_there_and_a_folder_without_any_are_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.toml");
    plain(&["run", missing.to_str().unwrap()]).ended(2);
    plain(&["run", folder.path().to_str().unwrap()]).ended(2);
}

// Rules: R2
#[test]
fn several_phones_of_one_world_have_each_its_own_folder_and_whoever_is_signed_in_there() {
    let phone = Phone::alone();
    let tablet = phone.beside("tablet");
    phone.care(&["subscribe", PLAN]).ended(0);
    tablet.care(&["sign-in", "ben"]).ended(0);
    let bens: Value = tablet.care(&["--json", "status"]).ended(0).json();
    assert_eq!(
        (&bens["account"], &bens["subscriptions"]),
        (&"acc_ben".into(), &serde_json::json!([]))
    );
    assert_eq!(phone.status()["account"], "acc_anna");
    tablet.care(&["sign-in", "anna"]).ended(0);
    let refused = tablet.care(&["--json", "subscribe", PLAN]).ended(1).error();
    assert_eq!(refused["error"], "slot_taken");
    assert_eq!(
        phone.care(&["--json", "purchases"]).ended(0).json()["receipts"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        tablet.care(&["--json", "purchases"]).ended(0).json()["receipts"],
        serde_json::json!([])
    );
}

#[test]
fn a_phone_has_one_store_and_a_name_that_stays_inside_the_state_folder() {
    let phone = Phone::alone();
    phone.care(&["--store", "both", "status"]).ended(2);
    for name in ["..", ".hidden", "a/b", ""] {
        phone.beside(name).care(&["status"]).ended(2);
    }
}
