//! The table of problems against the source: what is raised is in it, in its variant, and the page is the table's.

#[path = "../../tests/source/mod.rs"]
mod source;

use super::*;
use crate::error::Problem;
use source::{calls, literals, shipped};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Calls in whose arguments a problem is named.
const MAKERS: [&str; 4] = ["Problem::new(", "problem(", "refused(", "confirmation("];

/// Files whose refusals are no problems: why a signature is not believed, and this table.
const BESIDE: [&str; 2] = ["signature.rs", "known.rs"];

/// The calls of `Care`, which stand beside the names.
const CALLS: [&str; 5] = ["open", "subscribe", "restore", "fold", "explain"];

fn code() -> Vec<(PathBuf, String)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    shipped(&["src", "../bindings/ffi/src"].map(|folder| here.join(folder)), &BESIDE)
}

#[test]
fn every_problem_that_is_raised_is_in_the_table_and_none_is_there_for_nothing() {
    let names: BTreeSet<&str> = KNOWN.iter().map(|known| known.name).collect();
    assert_eq!(names.len(), KNOWN.len(), "a name stands twice");
    let mut raised = BTreeSet::new();
    for (path, code) in &code() {
        for call in MAKERS {
            for text in calls(code, call).into_iter().flat_map(literals) {
                if text.contains(['{', ' ', '.']) || CALLS.contains(&text) {
                    continue;
                }
                assert!(
                    names.contains(text),
                    "{} raises {text}, which the table does not know",
                    path.display()
                );
                raised.insert(text.to_owned());
            }
        }
    }
    // A question may be called by the name of its call, which stands in a constant.
    let named = |name: &str| code().iter().any(|(_, code)| code.contains(&format!("\"{name}\"")));
    let silent: Vec<_> = names
        .iter()
        .filter(|name| !raised.contains(**name) && !named(name))
        .collect();
    assert!(silent.is_empty(), "never raised: {silent:?}");
}

#[test]
fn each_problem_is_raised_in_its_variant() {
    let variants = ["Refused", "SignIn", "TryAgain", "Busy", "Storage", "Bug"];
    let mut looked_at = 0;
    for (path, code) in &code() {
        for variant in variants {
            for raised in calls(code, &format!("CareError::{variant}(")) {
                for row in literals(raised).filter_map(known) {
                    looked_at += 1;
                    assert_eq!(
                        format!("{:?}", row.variant),
                        variant,
                        "{} in {}",
                        row.name,
                        path.display()
                    );
                }
            }
        }
    }
    assert!(looked_at > 30, "only {looked_at} were found");
}

#[test]
fn a_problem_says_by_itself_what_its_row_says() {
    for row in KNOWN {
        let problem = Problem::new("open", row.name);
        let said = (
            problem.money,
            problem.retry,
            &problem.user_action,
            problem.message.key.as_str(),
        );
        assert_eq!(
            said,
            (row.money[0], row.retry[0], &row.actions[0], row.messages[0]),
            "{}",
            row.name
        );
        assert!(row.happened.ends_with('.') && !row.calls.is_empty(), "{}", row.name);
        let tries = row
            .retry
            .iter()
            .any(|retry| matches!(retry, Retry::After(_) | Retry::UserAction));
        let may_be_tried = matches!(row.variant, Variant::TryAgain);
        assert!(tries || !may_be_tried, "{} is to be tried again, and never", row.name);
    }
}

#[test]
fn the_page_of_errors_is_the_tables() {
    let checked_in = include_str!("../../ERRORS.md");
    assert!(
        checked_in == page(),
        "core/ERRORS.md is not the table's any more: cargo run -p tapo-care --example errors > core/ERRORS.md"
    );
}
