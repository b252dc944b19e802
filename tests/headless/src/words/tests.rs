//! The table against the core's own source: no key without words.

use super::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Calls whose text argument becomes a message key.
const MAKERS: [&str; 6] = [
    "Message::new(",
    "Problem::new(",
    "problem(",
    "refused(",
    "dated(",
    "confirmation(",
];

/// Files whose refusals are not said to a user: samples for tests, and why a signature is not believed.
const BESIDE: [&str; 2] = ["samples.rs", "signature.rs"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            sources(&path, found);
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") && !BESIDE.contains(&&*name) {
            found.push(path);
        }
    }
}

/// The literals of a text that look like keys or names.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

fn keys_of(source: &str) -> BTreeSet<String> {
    let code = source.split("#[cfg(test)]\nmod").next().unwrap();
    let mut keys = BTreeSet::new();
    for maker in MAKERS {
        for (at, _) in code.match_indices(maker) {
            let before = code[..at].chars().next_back().unwrap_or(' ');
            if before.is_alphanumeric() || before == '_' || code[..at].ends_with("fn ") {
                continue;
            }
            // `Problem::new(operation, "name")`: the last literal of the call's own arguments.
            let mut depth = 1;
            let rest = &code[at + maker.len()..];
            let end = rest.char_indices().find(|(_, c)| {
                depth += match c {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
                depth == 0
            });
            let arguments = &rest[..end.map_or(rest.len(), |(end, _)| end)];
            // `confirmation` takes the name of its problem before other texts.
            let literal =
                literals(arguments).filter(|text| *text != "subscribe" && *text != "open" && *text != "restore");
            if let Some(key) = literal
                .last()
                .filter(|_| !arguments.contains("format!") && !arguments.contains("replace("))
            {
                keys.insert(key.replace('_', "-"));
            }
        }
    }
    for chosen in code.split("let key =").skip(1) {
        keys.extend(literals(chosen.split(';').next().unwrap_or_default()).map(str::to_owned));
    }
    keys
}

/// States of a purchase become keys as well.
fn purchase_keys(source: &str) -> BTreeSet<String> {
    let after = |name: &str| source.split(name).nth(1).unwrap_or_default().to_owned();
    let rows = after("fn purchase_row");
    let rows = rows.split("let title").next().unwrap();
    let states = after("fn delivery_state");
    let states = states.split("\n}").next().unwrap();
    literals(rows)
        // A planted bug has a name, and no words.
        .filter(|text| !rows.contains(&format!("planted::is(\"{text}\")")))
        .chain(literals(states))
        .map(|state| format!("purchase-{}", state.replace('_', "-")))
        .collect()
}

// Rules: U5
#[test]
fn every_message_and_problem_of_the_core_has_words() {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/src");
    let mut files = Vec::new();
    sources(&core, &mut files);
    let mut keys = BTreeSet::new();
    for file in &files {
        let source = std::fs::read_to_string(file).unwrap();
        keys.extend(keys_of(&source));
        if file.ends_with("snapshot/project.rs") {
            keys.extend(purchase_keys(&source));
        }
    }
    for sure in [
        "slot-taken",
        "folder-in-use",
        "trial-ends-today",
        "slot-pending",
        "purchase-refused-here",
        "bind-purchase",
    ] {
        assert!(keys.contains(sure), "the search no longer finds {sure}");
    }
    let known: BTreeSet<_> = SENTENCES.iter().map(|(key, _)| (*key).to_owned()).collect();
    let silent: Vec<_> = keys.difference(&known).collect();
    assert!(silent.is_empty(), "without words: {silent:?}");
    let unused: Vec<_> = known.difference(&keys).collect();
    assert!(unused.is_empty(), "words for nothing: {unused:?}");
}

#[test]
fn a_sentence_is_filled_with_names_numbers_and_dates() {
    let message = Message::new("trial-active")
        .count("days", 1)
        .date("date", Timestamp(1_767_603_600_000));
    assert_eq!(
        say(&message),
        "Free trial: 1 day left, ends on 5 Jan 2026. You will not be charged."
    );
    assert_eq!(
        say(&Message::new("trial-active").count("days", 3)),
        "Free trial: 3 days left. You will not be charged."
    );
    let slot = Message::new("slot-taken")
        .text("plan", "P")
        .text("channel", "app_store")
        .text("phase", "active");
    assert!(say(&slot).contains("P, bought through the App Store, active"));
}

#[test]
fn a_key_nobody_knows_is_still_readable() {
    assert_eq!(
        say(&Message::new("solar-flare").text("where", "sky")),
        "Solar flare (where sky)."
    );
}

#[test]
fn amounts_dates_and_periods_read_well() {
    assert_eq!(
        amount(&Price {
            micros: 9_999_167,
            currency: "USD".into()
        }),
        "10.00 USD"
    );
    assert_eq!(
        amount(&Price {
            micros: 833_333_334,
            currency: "JPY".into()
        }),
        "834 JPY"
    );
    assert_eq!(each(Period::parse("P1Y").unwrap()), "a year");
    assert_eq!(each(Period::parse("P3M").unwrap()), "every 3 months");
    assert_eq!(moment(Timestamp(1_767_603_600_000)), "5 Jan 2026, 09:00 UTC");
}
