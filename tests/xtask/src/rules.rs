//! `cargo xtask rules`: joins the rule book with the tests that cite it and with how they came out.

use std::collections::BTreeMap;
use std::path::Path;

use crate::citations::{self, Citation, Found};
use crate::files;
use crate::problem::Problem;
use crate::results::{Outcome, Results, TestResult};
use crate::rulebook::{self, Claim, Enforcer, RuleBook, RuleId};
use crate::terminal::{columns, say};
use crate::workspace::Workspace;

const BOOK: &str = "core/RULES.md";

/// How much is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// The sums, and what is wrong.
    Problems,
    /// Also every claimed rule with its tests.
    Claimed,
    /// Also the rules nothing is claimed of.
    All,
}

/// The command: judges by the last run of the tests.
pub fn command(all: bool) -> Result<(), Problem> {
    let workspace = Workspace::find()?;
    let Some(mut results) = Results::load(&workspace.target)? else {
        return Err(Problem::Usage(
            "no test run to go by; first run: cargo xtask test".to_owned(),
        ));
    };
    if !results.complete {
        let why = results
            .filter
            .as_ref()
            .map_or("stopped early".to_owned(), |filter| format!("kept to {filter:?}"));
        say(&format!("note: the last run {why}; what it left out proves nothing\n"));
    }
    check(&workspace, &mut results, if all { Show::All } else { Show::Claimed })
}

/// Prints the table, notes in the results what each test cites, and fails where the book claims more than passed.
pub fn check(workspace: &Workspace, results: &mut Results, show: Show) -> Result<(), Problem> {
    let text = files::read(&workspace.root.join(BOOK))?;
    let book = rulebook::parse(BOOK, &text).map_err(|problems| Problem::Failed(problems.join("\n")))?;
    let found = citations::scan(&workspace.root)?;
    let folders: Vec<(String, String)> = workspace
        .packages
        .iter()
        .map(|p| (workspace.relative(p.folder()), p.name.clone()))
        .collect();
    let judgement = judge(&book, &found, results, &folders);
    print(&book, &judgement, show);
    if judgement.problems.is_empty() {
        return Ok(());
    }
    say("");
    judgement
        .problems
        .iter()
        .for_each(|problem| say(&format!("  {problem}")));
    Err(Problem::Failed(format!(
        "{} problems with the rules",
        judgement.problems.len()
    )))
}

type Proofs = BTreeMap<(RuleId, Enforcer), Vec<String>>;

struct Judgement {
    /// The tests that passed, by what they prove.
    passed: Proofs,
    /// What is wrong.
    problems: Vec<String>,
}

fn judge(book: &RuleBook, found: &Found, results: &mut Results, folders: &[(String, String)]) -> Judgement {
    let mut judgement = Judgement {
        passed: Proofs::new(),
        problems: found.problems.clone(),
    };
    let mut missed = Proofs::new();
    for citation in &found.citations {
        let proves = match citation.proves(book) {
            Ok(proves) => proves,
            Err(why) => {
                judgement.problems.push(why);
                continue;
            }
        };
        let ids = match link(citation, found, results, folders) {
            Ok(ids) => ids,
            Err(why) => {
                judgement.problems.push(why);
                continue;
            }
        };
        let outcomes: Vec<Outcome> = ids
            .iter()
            .filter_map(|id| results.tests.get(id))
            .map(|test| test.outcome)
            .collect();
        for id in &ids {
            if let Some(test) = results.tests.get_mut(id) {
                test.rules = proves
                    .iter()
                    .map(|(rule, enforcer)| format!("{rule} ({enforcer})"))
                    .collect();
            }
        }
        let verdict = match outcomes[..] {
            [] => Some("not run"),
            _ if outcomes.contains(&Outcome::Failed) => Some("failed"),
            _ if outcomes.contains(&Outcome::LeftOut) => Some("left out"),
            _ => None,
        };
        for proof in proves {
            match verdict {
                None => judgement.passed.entry(proof).or_default().extend(ids.iter().cloned()),
                Some(why) => missed
                    .entry(proof)
                    .or_default()
                    .push(format!("{} {why}", citation.place())),
            }
        }
    }
    for (rule, enforcer, claim) in book.claims() {
        if claim != Claim::Later && !judgement.passed.contains_key(&(rule, enforcer)) {
            let why = missed
                .get(&(rule, enforcer))
                .map_or("no test cites it".to_owned(), |tests| tests.join(", "));
            judgement.problems.push(format!(
                "{rule} ({enforcer}) is claimed `{claim}` without a passing test: {why}"
            ));
        }
    }
    judgement
}

/// The ids of the results that belong to a citation; empty if it did not run.
fn link(
    citation: &Citation,
    found: &Found,
    results: &Results,
    folders: &[(String, String)],
) -> Result<Vec<String>, String> {
    let last = |test: &TestResult| test.path.rsplit("::").next() == Some(citation.test.as_str());
    let named: Vec<(&String, &TestResult)> = results.tests.iter().filter(|(_, test)| last(test)).collect();
    if citation.story {
        return Ok(named.into_iter().map(|(id, _)| id.clone()).collect());
    }
    let package = folders
        .iter()
        .filter(|(folder, _)| Path::new(&citation.file).starts_with(folder))
        .max_by_key(|(folder, _)| folder.len())
        .map(|(_, name)| name.as_str());
    let in_package = named.iter().filter(|(_, test)| Some(test.package.as_str()) == package);
    let moved = found.moved.contains(&citation.file);
    let mut ids: Vec<String> = Vec::new();
    let mut targets: Vec<&str> = Vec::new();
    for (id, test) in in_package.filter(|(_, test)| moved || is_in_file(citation, test)) {
        if targets.contains(&test.target.as_str()) {
            return Err(format!(
                "{}: more than one test is called {}; rename one",
                citation.place(),
                citation.test
            ));
        }
        targets.push(&test.target);
        ids.push((*id).clone());
    }
    Ok(ids)
}

/// Whether a test's path fits the file: the modules the file stands for, then modules written out in it, then the name.
fn is_in_file(citation: &Citation, test: &TestResult) -> bool {
    let (file, source) = (Path::new(&citation.file), Path::new(&test.source));
    let mut modules: Vec<String> = Vec::new();
    if file != source {
        let Some(inside) = source.parent().and_then(|folder| file.strip_prefix(folder).ok()) else {
            return false;
        };
        modules = inside
            .with_extension("")
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        if modules.last().is_some_and(|last| last == "mod") {
            modules.pop();
        }
    }
    let path: Vec<&str> = test.path.split("::").collect();
    let Some(between) = path.len().checked_sub(1).and_then(|end| path.get(modules.len()..end)) else {
        return false;
    };
    path.iter().zip(&modules).all(|(a, b)| a == b)
        && between.iter().all(|module| citation.inline_modules.contains(*module))
}

fn print(book: &RuleBook, judgement: &Judgement, show: Show) {
    let mut rows = vec![["rule", "enforcer", "claimed", "is", "by"].map(str::to_owned).to_vec()];
    let (mut claimed, mut proved) = (0, 0);
    for (rule, enforcer, claim) in book.claims() {
        let tests = judgement
            .passed
            .get(&(rule, enforcer))
            .map(Vec::as_slice)
            .unwrap_or_default();
        claimed += usize::from(claim != Claim::Later);
        proved += usize::from(claim != Claim::Later && !tests.is_empty());
        let shown = match show {
            Show::Problems => false,
            Show::Claimed => claim != Claim::Later,
            Show::All => true,
        };
        if !shown {
            continue;
        }
        let is = match (claim, tests.is_empty()) {
            (Claim::Later, true) => "",
            (_, true) => "UNPROVED",
            (Claim::Later, false) => "tested",
            (_, false) => "proved",
        };
        let head = [rule.to_string(), enforcer.to_string(), claim.to_string(), is.to_owned()].to_vec();
        let first = tests.first().cloned().unwrap_or_default();
        rows.push([head, vec![first]].concat());
        rows.extend(
            tests
                .iter()
                .skip(1)
                .map(|test| [vec![String::new(); 4], vec![test.clone()]].concat()),
        );
    }
    if rows.len() > 1 {
        columns(&rows, &[]).iter().for_each(|line| say(line));
        say("");
    }
    let later = book.claims().count() - claimed;
    say(&format!("{proved} of {claimed} claims proved, {later} left for later"));
}

#[cfg(test)]
mod tests;
