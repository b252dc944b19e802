//! From text to a story. Every mistake is told with its file, line and column.

use super::format::{Action, PhoneSetup, Step, Story, words};
use super::hand::KillAt;
use crate::args::StoreName;
use crate::failure::Failure;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The phone of every story.
pub const PHONE: &str = "phone";

/// A story, read and found in order.
#[derive(Debug)]
pub struct Scenario {
    /// Its file's name, without the ending.
    pub name: String,
    /// Its sentence.
    pub title: String,
    /// The rules it shows.
    pub rules: Vec<String>,
    /// Where it is told.
    pub stores: Vec<StoreName>,
    /// TP-Link IDs that are testers.
    pub testers: Vec<String>,
    /// Its phones.
    pub phones: BTreeMap<String, PhoneSetup>,
    /// What happens.
    pub steps: Vec<Scene>,
}

/// One step, ready to play.
#[derive(Debug)]
pub struct Scene {
    /// Where it begins in its file.
    pub line: usize,
    /// Its key.
    pub verb: &'static str,
    /// What it does.
    pub action: Action,
    /// On which phone.
    pub on: String,
    /// Where it is left out elsewhere.
    pub only: Option<StoreName>,
    /// Where the app dies.
    pub dies_at: Option<KillAt>,
    /// What is then to be there.
    pub expect: super::format::expect::Expect,
}

/// The scenario files that these paths name, each folder's in the order of their names.
///
/// # Errors
/// [`Failure::Usage`]: a path cannot be read, or holds none.
pub fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        let before = found.len();
        collect(path, &mut found)
            .map_err(|error| Failure::Usage(format!("{} cannot be read: {error}.", path.display())))?;
        if found.len() == before {
            return Err(Failure::Usage(format!(
                "{} holds no scenario (*.toml).",
                path.display()
            )));
        }
    }
    Ok(found)
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !path.is_dir() {
        // Asked for by name: a file that is not there is said so when it is read.
        found.push(path.to_owned());
        return Ok(());
    }
    let mut inside = std::fs::read_dir(path)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    inside.sort();
    for path in inside {
        if path.is_dir() || path.extension().is_some_and(|ending| ending == "toml") {
            collect(&path, found)?;
        }
    }
    Ok(())
}

/// Reads one file.
///
/// # Errors
/// [`Failure::Usage`]: it cannot be read, or is no story, with the place of the first mistake.
pub fn read(path: &Path) -> Result<Scenario, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Usage(format!("{} cannot be read: {error}.", path.display())))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    parse(name, &text).map_err(|mistake| Failure::Usage(mistake.told(&path.display().to_string(), &text)))
}

/// What is wrong, and where.
#[derive(Debug)]
struct Mistake {
    at: Option<Range<usize>>,
    what: String,
}

impl Mistake {
    fn new(at: Range<usize>, what: impl Into<String>) -> Self {
        Self {
            at: Some(at),
            what: what.into(),
        }
    }

    fn told(&self, file: &str, text: &str) -> String {
        let (line, column) = place(text, self.at.as_ref().map_or(0, |at| at.start));
        format!("{file}:{line}:{column}: {}", self.what)
    }
}

/// Line and column of a byte, both from 1; a column counts characters.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

fn parse(name: String, text: &str) -> Result<Scenario, Mistake> {
    let story: Story = toml::from_str(text).map_err(|error| Mistake {
        at: error.span(),
        what: error.message().trim().to_owned(),
    })?;
    let mut rules = Vec::new();
    for rule in story.rules.get_ref() {
        if !is_rule(rule.get_ref()) {
            let what = format!("`{}` is no rule such as `R2` or `X5 (cloud)`", rule.get_ref());
            return Err(Mistake::new(rule.span(), what));
        }
        rules.push(rule.get_ref().clone());
    }
    if rules.is_empty() {
        return Err(Mistake::new(story.rules.span(), "a story names the rules it shows"));
    }
    let mut phones = BTreeMap::from([(PHONE.to_owned(), PhoneSetup::default())]);
    for (phone, setup) in story.phones {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if phone.get_ref().is_empty() || !phone.get_ref().chars().all(fits) {
            let what = "a phone's name has letters, digits, `-` and `_`";
            return Err(Mistake::new(phone.span(), what));
        }
        phones.insert(phone.into_inner(), setup);
    }
    let mut steps = Vec::new();
    for step in &story.steps {
        steps.push(scene(step.get_ref(), step.span(), text, &phones)?);
    }
    Ok(Scenario {
        name,
        title: story.title,
        rules,
        stores: story
            .stores
            .unwrap_or_else(|| vec![words::Shop::AppStore, words::Shop::Play])
            .into_iter()
            .map(StoreName::from)
            .collect(),
        testers: story.testers,
        phones,
        steps,
    })
}

fn scene(step: &Step, span: Range<usize>, text: &str, phones: &BTreeMap<String, PhoneSetup>) -> Result<Scene, Mistake> {
    let mut actions = step.actions();
    let (Some((verb, action)), true) = (actions.pop(), actions.is_empty()) else {
        let verbs: Vec<_> = step.actions().iter().map(|(verb, _)| *verb).collect();
        let what = match verbs[..] {
            [] => "a step does something: it has one verb".to_owned(),
            _ => format!("a step does one thing, and this one does {}", verbs.join(", ")),
        };
        return Err(Mistake::new(span, what));
    };
    if let Some(on) = step.on.as_ref().filter(|on| !phones.contains_key(on.get_ref())) {
        let what = format!("there is no phone `{}`; the story has {}", on.get_ref(), listed(phones));
        return Err(Mistake::new(on.span(), what));
    }
    if let Action::Clock(clock) = &action
        && super::hand::off_by_ms(clock.off_by.get_ref()).is_none()
    {
        let what = "by how much a clock is wrong is said as `2d`, `-3h`, `90m` or `10s`";
        return Err(Mistake::new(clock.off_by.span(), what));
    }
    let dies_at = match &step.dies_at {
        None => None,
        Some(word) => Some(
            KillAt::read(word.get_ref())
                .ok_or_else(|| Mistake::new(word.span(), "where an app dies is said as `event` or `event#2`"))?,
        ),
    };
    Ok(Scene {
        line: place(text, span.start).0,
        verb,
        action,
        on: step.on.as_ref().map_or(PHONE, |on| on.get_ref()).to_owned(),
        only: step.only.map(StoreName::from),
        dies_at,
        expect: step.expect.clone(),
    })
}

fn listed(phones: &BTreeMap<String, PhoneSetup>) -> String {
    phones.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// `R2`, `X5 (cloud)`, `U9 (core, cloud)`; whether the book has it is for `cargo xtask rules`.
fn is_rule(text: &str) -> bool {
    let (rule, by) = text
        .split_once(" (")
        .map_or((text, None), |(rule, by)| (rule, Some(by)));
    let number = rule.strip_prefix(['R', 'T', 'U', 'X']).unwrap_or("");
    let enforcers = ["core", "cloud", "store", "portal"];
    let by_known = |by: &str| {
        by.strip_suffix(')')
            .is_some_and(|by| by.split(", ").all(|each| enforcers.contains(&each)))
    };
    !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) && by.is_none_or(by_known)
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
