//! Every field that a snapshot hands to a shell is read from Kotlin, Swift and Python. The three suites play one story,
//! `tests/contract/snapshot/story.json`, take every record apart by reflection and compare with one file, `said.txt`, so that a
//! field that a record has and the file has not fails there. Here the file is held against the exported API: each field
//! under a snapshot says something in it, and each flag both.
#![expect(
    clippy::unwrap_used,
    reason = "a failed expectation is how a test speaks, in its helpers too"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The exported records, each with its fields and their types, and the cases of the enumerations.
struct Api {
    records: BTreeMap<String, Vec<(String, String)>>,
    enums: BTreeMap<String, BTreeSet<String>>,
}

impl Api {
    fn checked_in() -> Self {
        let (mut records, mut enums) = (BTreeMap::new(), BTreeMap::new());
        let (mut section, mut item) = (String::new(), String::new());
        for line in read("bindings/api.txt").lines().filter(|line| !line.is_empty()) {
            if let Some(name) = line.strip_prefix("# ") {
                section = name.to_owned();
            } else if let Some(member) = line.strip_prefix("    ") {
                match section.as_str() {
                    "Records" => {
                        let (name, kind) = member.split_once(": ").unwrap();
                        let field = (name.to_owned(), bare(kind).to_owned());
                        records.entry(item.clone()).or_insert_with(Vec::new).push(field);
                    }
                    "Enums" => {
                        let case = snake(member.split('(').next().unwrap());
                        enums.entry(item.clone()).or_insert_with(BTreeSet::new).insert(case);
                    }
                    _ => {}
                }
            } else {
                line.clone_into(&mut item);
            }
        }
        Self { records, enums }
    }

    /// Every field under a record, as `Record.field`, with its type.
    fn fields_under(&self, record: &str, found: &mut BTreeMap<String, String>) {
        for (field, kind) in self.records.get(record).into_iter().flatten() {
            let new = found.insert(format!("{record}.{field}"), kind.clone()).is_none();
            if new {
                self.fields_under(kind, found);
            }
        }
    }

    /// The fields on the way to a value under a snapshot, and the type of the last.
    fn on_the_way(&self, path: &str) -> Result<(Vec<String>, String), String> {
        let (mut passed, mut kind) = (Vec::new(), "Snapshot".to_owned());
        for step in path.split('.') {
            let name = step.split('[').next().unwrap_or(step);
            let fields = self
                .records
                .get(&kind)
                .ok_or_else(|| format!("{path}: {kind} has no fields"))?;
            let field = fields.iter().find(|(field, _)| field == name);
            let (_, of) = field.ok_or_else(|| format!("{path}: {kind} has no field {name}"))?;
            passed.push(format!("{kind}.{name}"));
            kind.clone_from(of);
        }
        Ok((passed, kind))
    }
}

/// `[T]?` is of type `T`; a default says nothing about it.
fn bare(kind: &str) -> &str {
    kind.split(" = ").next().unwrap_or(kind).trim_matches(['[', ']', '?'])
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn every_field_under_a_snapshot_says_something_that_kotlin_swift_and_python_compare() {
    let api = Api::checked_in();
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in read("tests/contract/snapshot/said.txt").lines() {
        let Some((path, value)) = line.split_once(" = ") else {
            continue;
        };
        let (mut passed, kind) = api.on_the_way(path).unwrap();
        if let Some(cases) = api.enums.get(&kind).filter(|_| value != "nil") {
            let case = value.split('(').next().unwrap_or(value);
            assert!(cases.contains(case), "{line}: {kind} has no case {case}");
        }
        if matches!(value, "nil" | "[]") {
            passed.pop();
        }
        for field in passed {
            said.entry(field).or_default().insert(value.to_owned());
        }
    }
    let mut fields = BTreeMap::new();
    api.fields_under("Snapshot", &mut fields);
    let silent = fields.iter().filter(|(field, kind)| {
        let values = said.get(*field).map_or(0, BTreeSet::len);
        values < if *kind == "boolean" { 2 } else { 1 }
    });
    assert_eq!(
        silent.map(|(field, _)| field).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    assert!(
        fields.contains_key("SubscriptionRow.resumes_at"),
        "the fields are found"
    );
}

#[test]
fn each_suite_plays_the_story_and_compares_with_the_file() {
    for suite in [
        "tests/contract/python/snapshots.py",
        "android/care/src/test/kotlin/com/tplink/tapocare/SnapshotStory.kt",
        "ios/Tests/Boundary/SnapshotStory.swift",
    ] {
        let text = read(suite);
        assert!(text.contains("story.json") && text.contains("said.txt"), "{suite}");
    }
}
