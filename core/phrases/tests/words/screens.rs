//! What every state of an account reads like in every language: the messages of `core/tests/goldens/said.jsonl` in words, held
//! against `core/phrases/tests/screens/*.txt`. A sentence stands there once, in the first state that says it. After a change that is meant, `CARE_GOLDENS=write cargo test -p
//! tapo-care-phrases screens` writes them anew; read what changed.

use crate::{LOCALES, phrases};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use tapo_care::message::{Message, MessageArg, MessageValue};

fn states() -> Vec<(String, Vec<Message>)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/goldens/said.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    let state = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let says = serde_json::from_value(line["says"].clone()).unwrap();
        (line["state"].as_str().unwrap().to_owned(), says)
    };
    text.lines().map(state).collect()
}

/// A date as no language writes it, so that a text that lost it is seen; the shells format their own.
fn dated(arg: &MessageArg) -> Option<String> {
    match &arg.value {
        MessageValue::Date(at) => at.rfc3339().get(..10).map(str::to_owned),
        MessageValue::Text(_) | MessageValue::Count(_) => None,
    }
}

// Rules: U5, U17, U18
#[test]
fn every_state_of_an_account_reads_in_every_language_as_it_was_read_through() {
    let states = states();
    assert!(states.len() > 60, "{}", states.len());
    for locale in LOCALES {
        let (phrases, mut text, mut read) = (phrases(locale), String::new(), BTreeSet::new());
        for (state, says) in &states {
            assert!(!says.is_empty(), "{state} says nothing");
            writeln!(text, "# {state}").unwrap();
            for message in says {
                assert_eq!(phrases.misfit(message), None, "{state}");
                let sentence = phrases.say(message, dated);
                if !read.contains(&sentence) {
                    writeln!(text, "{sentence}").unwrap();
                    read.insert(sentence);
                }
            }
            writeln!(text).unwrap();
        }
        compare(locale, &text);
    }
}

fn compare(locale: &str, text: &str) {
    let path = format!("{}/tests/screens/{locale}.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("CARE_GOLDENS").is_some_and(|what| what == "write") {
        std::fs::write(&path, text).unwrap();
    }
    let agreed = std::fs::read_to_string(&path).unwrap_or_default();
    for (agreed, now) in agreed.split("\n\n").zip(text.split("\n\n")) {
        assert_eq!(now, agreed, "{locale}");
    }
    assert_eq!(text.len(), agreed.len(), "{locale}");
}
