//! Finds the tests that cite rules: a line `// Rules: R2, X5 (cloud)` directly above a test's attributes or above the
//! `both_stores!` that makes two tests of a story, or the key `rules` of a story in tests/scenarios.

use std::collections::BTreeSet;
use std::path::Path;

use crate::files;
use crate::problem::Problem;
use crate::rulebook::{Enforcer, RuleBook, RuleId};

/// Where tests are looked for. A folder that is not there is no error: others come later.
const FOLDERS: [&str; 3] = ["core", "bindings", "tests"];
/// What `both_stores!(story)` calls its two tests, in a module of the story's name.
const STORES: [&str; 2] = ["app_store", "play"];
/// Purchase stories as data.
const STORIES: &str = "tests/scenarios";
/// Tests in here prove the other side of the wire.
const OTHER_SIDE: &str = "tests/sandbox/";
/// Folders with nothing of ours in them.
const SKIPPED: [&str; 3] = ["target", "node_modules", ".git"];

/// A test and the rules it cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Its file, from the workspace root, with `/`.
    pub file: String,
    /// The line of the citation.
    pub line: usize,
    /// The test function, or the name of the story.
    pub test: String,
    /// Whether it is a story and not a function.
    pub story: bool,
    /// Modules written out in the file, any of which the test may be in.
    pub inline_modules: BTreeSet<String>,
    /// The rules, and the enforcers named with them, if any.
    pub rules: Vec<(RuleId, Vec<Enforcer>)>,
}

impl Citation {
    /// Where a person finds it.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }

    /// What it proves if it passes. Where no enforcer is named, a test of the sandbox proves cloud and store, every
    /// other one core.
    pub fn proves(&self, book: &RuleBook) -> Result<Vec<(RuleId, Enforcer)>, String> {
        let mut proved = Vec::new();
        for (rule, named) in &self.rules {
            let Some(claims) = book.get(*rule) else {
                return Err(format!("{}: there is no rule {rule} in the book", self.place()));
            };
            let meant: Vec<Enforcer> = if !named.is_empty() {
                named.clone()
            } else if self.file.starts_with(OTHER_SIDE) {
                [Enforcer::Cloud, Enforcer::Store]
                    .into_iter()
                    .filter(|e| claims.contains_key(e))
                    .collect()
            } else {
                vec![Enforcer::Core]
            };
            let wrong = meant.iter().find(|enforcer| !claims.contains_key(enforcer));
            if wrong.is_some() || meant.is_empty() {
                let wrong = wrong.map_or("cloud or store".to_owned(), Enforcer::to_string);
                let right = claims.keys().map(Enforcer::to_string).collect::<Vec<_>>().join(", ");
                return Err(format!(
                    "{}: {rule} is not enforced by {wrong} but by {right}; write `{rule} ({right})` if that is proved",
                    self.place()
                ));
            }
            proved.extend(meant.into_iter().map(|enforcer| (*rule, enforcer)));
        }
        Ok(proved)
    }
}

/// Everything found in the workspace.
#[derive(Debug, Default)]
pub struct Found {
    /// The citations, by file and line.
    pub citations: Vec<Citation>,
    /// Citations that cannot be read.
    pub problems: Vec<String>,
    /// Files that a module names by `#[path = "…"]`, so that their place does not tell their module.
    pub moved: BTreeSet<String>,
}

/// Reads every file that may cite.
pub fn scan(root: &Path) -> Result<Found, Problem> {
    let mut found_files = Vec::new();
    for folder in FOLDERS {
        let folder = root.join(folder);
        if folder.is_dir() {
            found_files.extend(files::below(&folder, &SKIPPED)?);
        }
    }
    found_files.sort();
    let mut found = Found::default();
    for path in found_files {
        let file = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        let story = Path::new(&file).starts_with(STORIES);
        if story && path.extension().is_some_and(|e| e != "md") {
            read_story(&file, &files::read(&path)?, &mut found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            read_rust(&file, &files::read(&path)?, &mut found);
        }
    }
    Ok(found)
}

fn read_rust(file: &str, text: &str, found: &mut Found) {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let inline_modules: BTreeSet<String> = lines.iter().filter_map(|line| inline_module(line)).collect();
    found
        .moved
        .extend(lines.iter().filter_map(|line| moved_file(file, line)));
    for (index, line) in lines.iter().enumerate() {
        let Some(list) = line.strip_prefix("// Rules:") else {
            continue;
        };
        let place = format!("{file}:{}", index + 1);
        let cited = parse_list(list).map_err(|why| format!("{place}: {why}"));
        let below = &lines[index + 1..];
        let tests = match (told_twice_below(below), test_below(below)) {
            (Some(told), _) => Ok(STORES.map(|store| (store.to_owned(), Some(told.clone()))).to_vec()),
            (None, Some(test)) => Ok(vec![(test, None)]),
            (None, None) => Err(format!("{place}: no test directly below this citation")),
        };
        match (cited, tests) {
            (Ok(rules), Ok(tests)) => found.citations.extend(tests.into_iter().map(|(test, module)| Citation {
                file: file.to_owned(),
                line: index + 1,
                test,
                story: false,
                inline_modules: inline_modules.iter().cloned().chain(module).collect(),
                rules: rules.clone(),
            })),
            (cited, tests) => found.problems.extend(cited.err().into_iter().chain(tests.err())),
        }
    }
}

fn read_story(file: &str, text: &str, found: &mut Found) {
    for (index, line) in text.lines().enumerate() {
        let key = line.trim().trim_start_matches('"');
        let Some(rest) = key
            .strip_prefix("rules")
            .map(|rest| rest.trim_start_matches('"').trim_start())
        else {
            continue;
        };
        let Some(list) = rest.strip_prefix([':', '=']) else {
            continue;
        };
        let list = list
            .trim()
            .trim_end_matches(',')
            .trim_start_matches('[')
            .trim_end_matches(']')
            .replace(['"', '\''], "");
        let stem = Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
        match parse_list(&list) {
            Ok(rules) => found.citations.push(Citation {
                file: file.to_owned(),
                line: index + 1,
                test: stem.replace('-', "_"),
                story: true,
                inline_modules: BTreeSet::new(),
                rules,
            }),
            Err(why) => found.problems.push(format!("{file}:{}: {why}", index + 1)),
        }
    }
}

/// `R2, X5 (cloud), R7 (core, cloud)`
fn parse_list(text: &str) -> Result<Vec<(RuleId, Vec<Enforcer>)>, String> {
    let mut rules = Vec::new();
    let mut rest = text.trim();
    loop {
        let end = rest.find([',', '(']).unwrap_or(rest.len());
        let rule: RuleId = rest[..end].trim().parse()?;
        rest = &rest[end..];
        let mut enforcers = Vec::new();
        if let Some(inside) = rest.strip_prefix('(') {
            let (named, after) = inside
                .split_once(')')
                .ok_or(format!("{rule}: the bracket is not closed"))?;
            enforcers = named
                .split(',')
                .map(|e| e.trim().parse())
                .collect::<Result<_, String>>()?;
            rest = after.trim_start();
        }
        rules.push((rule, enforcers));
        match rest.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None if rest.is_empty() => return Ok(rules),
            None => return Err(format!("{rest:?} after {rule}: rules are set apart by commas")),
        }
    }
}

/// The name of the test whose attributes follow, if they do so directly.
fn test_below(lines: &[&str]) -> Option<String> {
    let mut is_test = false;
    let mut open_brackets = 0_i32;
    for line in lines {
        if open_brackets > 0 || line.starts_with("#[") {
            if open_brackets == 0 {
                let path = line
                    .trim_start_matches("#[")
                    .split(['(', ']', ' '])
                    .next()
                    .unwrap_or_default();
                is_test |= path.rsplit("::").next() == Some("test");
            }
            open_brackets += line.matches('[').count() as i32 - line.matches(']').count() as i32;
        } else if !line.starts_with("//") {
            let (_, name) = line.split_once("fn ").filter(|_| is_test)?;
            let end = name
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(name.len());
            return Some(name[..end].to_owned());
        }
    }
    None
}

/// The story that `both_stores!(story);` tells of each store, where that follows directly.
fn told_twice_below(lines: &[&str]) -> Option<String> {
    let line = lines.iter().find(|line| !line.starts_with("//"))?;
    Some(line.strip_prefix("both_stores!(")?.strip_suffix(");")?.to_owned())
}

fn inline_module(line: &str) -> Option<String> {
    let (before, after) = line.split_once("mod ")?;
    let name = after.strip_suffix('{')?.trim();
    (before.is_empty() || before.starts_with("pub")).then(|| name.to_owned())
}

/// The file that `#[path = "x.rs"]` names, beside this one.
fn moved_file(file: &str, line: &str) -> Option<String> {
    let (name, _) = line.strip_prefix("#[path")?.split_once('"')?.1.split_once('"')?;
    Some(Path::new(file).with_file_name(name).display().to_string())
}

#[cfg(test)]
mod tests;
