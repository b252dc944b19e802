//! In every language the commands of the app's flow say nothing in English: each word of Latin letters that they print is a name,
//! or stands in that language's own texts, which say nothing as English does.

use crate::support::{PLAN, Phone};
use std::collections::BTreeSet;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The languages written as English is: a word may be theirs as well, and then stands in their texts.
const LATIN: [&str; 2] = ["fr", "pl"];

/// What is called the same everywhere: brands, the stores' names of their ledgers, the world's people, cameras and plans, the
/// keys of a terminal.
const NAMES: &str = "Tapo Care App Store Google Play TP-Link ID Kasa Plus Premium Apple microSD Sandbox Production USD UTC USA yearly \
    anna ben cara Porch Garden Hallway Nursery Shed cameras camera Nowhere y N";

/// Every command of the flow, in an order in which each has something to say; the code it ends with is another test's matter.
const STORY: [&[&str]; 30] = [
    &["sign-in", "nobody-at-all"],
    &["plans"],
    &["status"],
    &["purchases"],
    &["restore"],
    &["cameras"],
    &["cameras", "set", "Porch"],
    &["subscribe", "no-such-plan"],
    &["subscribe", PLAN, "--sheet", "cancel"],
    &["subscribe", PLAN, "--sheet", "fail"],
    &["subscribe", PLAN, "--cameras", "Porch,Shed"],
    &["subscribe", "tapo-10-monthly"],
    &["status"],
    &["status", "--peek"],
    &["cameras", "open"],
    &["cameras", "set", "Porch,Nursery"],
    &["cameras", "set", "Porch,Garden"],
    &["cameras", "set", "Porch", "--for", "sub-of-nobody"],
    &["trial"],
    &["trial", "start", "Hallway"],
    &["trial", "cancel", "Hallway"],
    &["trial", "cancel", "Hallway", "--yes"],
    &["trial", "hide", "Nursery"],
    &["explain", "Porch"],
    &["explain", "Nursery"],
    &["explain", "Nowhere"],
    &["purchases"],
    &["purchases", "--return"],
    &["erase"],
    &["sign-out"],
];

/// The words of Latin letters in a text, apart from commands, options, ids and addresses.
fn words(text: &str) -> BTreeSet<String> {
    // Between two backticks stands what is to be typed.
    let said: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let between = |c: char| c.is_whitespace() || (!c.is_ascii() && !c.is_alphabetic());
    let is_id = |part: &str| {
        let inside = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        part.starts_with("--") || inside.contains(|c: char| "_./".contains(c) || c.is_ascii_digit())
    };
    said.split(between)
        .filter(|part| !is_id(part))
        .flat_map(|part| part.split(|c: char| !c.is_alphabetic() && c != '-'))
        .filter(|word| word.len() > 1 && word.is_ascii())
        .map(|word| word.trim_matches('-').to_owned())
        .collect()
}

/// A language's texts, line by line: what stands after the keys, outside of placeables.
fn texts(locale: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for path in [
        format!("{ROOT}/core/phrases/locales/{locale}.ftl"),
        format!("{ROOT}/tests/headless/src/words/lines/{locale}.ftl"),
    ] {
        let file = std::fs::read_to_string(path).unwrap();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let value = line.split_once(" = ").map_or(line, |(_, value)| value);
            // A variant's name stands in brackets before its text.
            let variant = value.trim_start().trim_start_matches('*').strip_prefix('[');
            let text = variant.and_then(|rest| rest.split_once(']'));
            let mut depth = 0_i32;
            let outside = text.map_or(value, |(_, text)| text).chars().filter(|c| {
                depth += i32::from(*c == '{');
                let kept = depth == 0;
                depth -= i32::from(*c == '}');
                kept
            });
            texts.push(outside.collect());
        }
    }
    texts
}

fn tells_nothing_in_english(locale: &str) {
    let mut known = words(NAMES);
    if LATIN.contains(&locale) {
        let english: BTreeSet<String> = texts("en").into_iter().collect();
        for text in texts(locale) {
            let said = words(&text);
            assert!(
                said.is_subset(&words(NAMES)) || said.len() < 2 || !english.contains(&text),
                "{locale} says in English: {text}"
            );
            known.extend(said);
        }
        // The months, each between two quotation marks.
        let months = std::fs::read_to_string(format!("{ROOT}/tests/headless/src/words/dates.rs")).unwrap();
        known.extend(months.split('"').skip(1).step_by(2).flat_map(words));
    }
    let phone = Phone::alone();
    let mut foreign = Vec::new();
    for command in STORY {
        let mut arguments = vec!["--locale", locale];
        arguments.extend(command);
        let said = phone.care(&arguments);
        let typed: BTreeSet<String> = command.iter().flat_map(|typed| words(typed)).collect();
        for line in said.out.lines().chain(said.err.lines()) {
            // How a command is typed is said in English, as `care --help` is.
            let line = line.strip_prefix("care: ").unwrap_or(line);
            let new: Vec<String> = words(line)
                .into_iter()
                .filter(|word| !known.contains(word) && !typed.contains(word))
                .collect();
            if !new.is_empty() && !line.contains("`care --help`") {
                foreign.push(format!("{command:?}: {new:?} in: {line}"));
            }
        }
    }
    assert_eq!(foreign, Vec::<String>::new(), "{locale}");
}

// Rules: U5, U17
#[test]
fn no_command_of_the_flow_falls_back_to_english_in_french() {
    tells_nothing_in_english("fr");
}

// Rules: U5, U17
#[test]
fn no_command_of_the_flow_falls_back_to_english_in_polish() {
    tells_nothing_in_english("pl");
}

// Rules: U5, U17
#[test]
fn no_command_of_the_flow_falls_back_to_english_in_russian() {
    tells_nothing_in_english("ru");
}

// Rules: U5, U17
#[test]
fn no_command_of_the_flow_falls_back_to_english_in_arabic() {
    tells_nothing_in_english("ar");
}

// Rules: U5, U17
#[test]
fn no_command_of_the_flow_falls_back_to_english_in_japanese() {
    tells_nothing_in_english("ja");
}
