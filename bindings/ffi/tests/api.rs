//! What the library exports is what `bindings/api.txt` says, and each item of it is explained.
#![expect(
    clippy::unwrap_used,
    reason = "a failed expectation is how a test speaks, in its helpers too"
)]

use tapo_care_bindgen::{exported, undocumented};

/// The library this test was built beside.
fn library() -> String {
    let name = format!(
        "{}tapo_care_ffi{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let beside = std::env::current_exe().unwrap().with_file_name(name);
    beside.into_os_string().into_string().unwrap()
}

#[test]
fn the_exported_api_is_the_one_checked_in() {
    let checked_in = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../api.txt")).unwrap();
    let exported = exported(library().as_str().into()).unwrap();
    let gone = checked_in.lines().filter(|line| !exported.contains(line));
    let new = exported.lines().filter(|line| !checked_in.contains(line));
    let changes: Vec<String> = gone
        .map(|line| format!("- {line}"))
        .chain(new.map(|line| format!("+ {line}")))
        .collect();
    assert!(
        exported == checked_in,
        "the foreign API changed; if that is meant: cargo run -p tapo-care-bindgen -- api --library {} > bindings/api.txt\n{}",
        library(),
        changes.join("\n")
    );
}

#[test]
fn everything_exported_is_documented() {
    assert_eq!(undocumented(library().as_str().into()).unwrap(), Vec::<String>::new());
}

#[test]
fn no_method_is_called_as_kotlin_calls_its_own() {
    let exported = exported(library().as_str().into()).unwrap();
    let taken = ["close(", "destroy(", "uniffi"];
    let methods = exported.lines().map(|line| line.trim().trim_start_matches("async "));
    let clashes: Vec<&str> = methods
        .filter(|line| taken.iter().any(|name| line.starts_with(name)))
        .collect();
    assert_eq!(clashes, Vec::<&str>::new());
}
