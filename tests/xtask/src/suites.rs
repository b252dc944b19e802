//! The suites of the project. A new language joins by another `Suite` in `all`.

mod contract;
mod executables;
mod fuzz;
mod kotlin;
mod phones;
mod property;
mod python;
mod scenarios;
mod shipped;
pub mod swift;

use std::path::PathBuf;
use std::process::Command;

use crate::files;
use crate::problem::Problem;
use crate::results::{Outcome, TestResult};
use crate::terminal::step;
use crate::toolchain::{self, Toolchain};
use crate::workspace::{Workspace, succeed};

/// What the suites of one run share.
pub struct Run {
    /// The workspace they test.
    pub workspace: Workspace,
    /// Only tests whose path contains this.
    pub filter: Option<String>,
}

impl Run {
    /// What every suite that asks a sandbox is started with, and where the sandbox then enters each exchange.
    pub fn ledger(&self) -> (&'static str, PathBuf) {
        let file = self.workspace.target.join("xtask").join("contract.ledger");
        ("CARE_CONTRACT_LEDGER", file)
    }
}

/// The result of one line in the closing table.
#[derive(Debug, Default)]
pub struct Report {
    /// Its name there.
    pub name: String,
    /// Its tests.
    pub tests: Vec<TestResult>,
}

impl Report {
    /// A report of one test that stands for the whole step.
    pub fn of_step(name: &str, outcome: Outcome, why: Option<String>) -> Report {
        Report {
            name: name.to_owned(),
            tests: vec![TestResult::step(name, outcome, why)],
        }
    }

    /// As [`Report::of_step`], by how the step ended.
    pub fn of_end(name: &str, ended: Result<(), Problem>) -> Report {
        Report {
            name: name.to_owned(),
            tests: vec![TestResult::of_end(name, ended)],
        }
    }

    /// How many of its tests came out like this.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.tests.iter().filter(|test| test.outcome == outcome).count()
    }
}

/// Something that runs and comes out as tests.
pub trait Suite {
    /// Its name on the terminal.
    fn name(&self) -> &'static str;
    /// The tools without which it is left out.
    fn needs(&self) -> Vec<Toolchain>;
    /// Whether it has tests to filter by name. Without, a filtered run leaves it out.
    fn filters(&self) -> bool;
    /// Runs it. An error is a failure to run at all; tests that fail are in the reports.
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem>;
}

/// Begins the count of exchanges anew.
pub fn forget_exchanges(run: &Run) -> Result<(), Problem> {
    let (_, ledger) = run.ledger();
    files::forget(&ledger)?;
    ledger.parent().map_or(Ok(()), files::make)
}

/// Every suite, in the order in which they run: what fails soonest comes first.
pub fn all() -> Vec<Box<dyn Suite>> {
    vec![
        Box::new(Format),
        Box::new(Lints),
        Box::new(executables::RustTests),
        Box::new(executables::DocTests),
        Box::new(scenarios::Scenarios),
        Box::new(phones::Phones),
        Box::new(python::Python),
        Box::new(kotlin::Kotlin),
        Box::new(swift::Swift),
        Box::new(shipped::Shipped),
        Box::new(property::Property),
        Box::new(fuzz::Fuzz),
        Box::new(contract::Contract),
    ]
}

/// Runs a suite, or says which tool it lacks. Whatever stops it is a failed test of that suite.
pub fn play(suite: &dyn Suite, run: &Run) -> Vec<Report> {
    if let Some(why) = toolchain::lacking(&suite.needs()) {
        return vec![left_out(suite.name(), why)];
    }
    suite.run(run).unwrap_or_else(|problem| {
        crate::terminal::say(&problem.to_string());
        vec![Report::of_step(
            suite.name(),
            Outcome::Failed,
            Some(problem.to_string()),
        )]
    })
}

/// A step that did not run, and says why.
fn left_out(name: &str, why: String) -> Report {
    step(&format!("{name}: left out, {why}"));
    Report::of_step(name, Outcome::LeftOut, Some(why))
}

/// Under CI nothing may be missing: a test left out for want of a tool has failed.
pub fn judge(test: &mut TestResult, ci: bool) {
    let lacks_tool = test
        .why
        .as_deref()
        .is_some_and(|why| why.starts_with(toolchain::MISSING));
    if ci && test.outcome == Outcome::LeftOut && lacks_tool {
        test.outcome = Outcome::Failed;
    }
}

/// `cargo fmt --check`
struct Format;

impl Suite for Format {
    fn name(&self) -> &'static str {
        "format"
    }
    fn needs(&self) -> Vec<Toolchain> {
        vec![toolchain::RUSTFMT]
    }
    fn filters(&self) -> bool {
        false
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        let mut command = run.workspace.cargo();
        command.args(["fmt", "--all", "--check"]);
        one_step("format", "cargo fmt --all --check", command)
    }
}

/// `cargo clippy`, where a warning is a failure.
struct Lints;

impl Suite for Lints {
    fn name(&self) -> &'static str {
        "lints"
    }
    fn needs(&self) -> Vec<Toolchain> {
        vec![toolchain::CLIPPY]
    }
    fn filters(&self) -> bool {
        false
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        let mut command = run.workspace.cargo();
        command.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        one_step(
            "lints",
            "cargo clippy --workspace --all-targets -- -D warnings",
            command,
        )
    }
}

fn one_step(name: &str, shown: &str, command: Command) -> Result<Vec<Report>, Problem> {
    step(&format!("{name}: {shown}"));
    Ok(vec![Report::of_end(name, succeed(command, shown))])
}

/// A runner of tests that ended badly, where none of its tests says why, has failed itself; and so has one that ran none.
fn account_for(tests: &mut Vec<TestResult>, target: &str, ended: Result<(), Problem>) {
    let told = tests.iter().any(|test| test.outcome == Outcome::Failed);
    let ended = match ended {
        Ok(()) if tests.is_empty() => Err(Problem::Failed("it ran no test".to_owned())),
        ended => ended,
    };
    if ended.is_err() && !told {
        tests.push(TestResult::of_end("the whole suite", ended).within("contract", target));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_tool_fails_in_ci_and_a_missing_folder_does_not() {
        let left_out = |why: &str| TestResult::step("swift", Outcome::LeftOut, Some(why.to_owned()));
        let (mut tool, mut folder) = (left_out("missing toolchain: swift (…)"), left_out("no Apple vectors"));
        judge(&mut tool, true);
        judge(&mut folder, true);
        assert_eq!((tool.outcome, folder.outcome), (Outcome::Failed, Outcome::LeftOut));
    }

    #[test]
    fn at_home_a_missing_tool_is_only_named() {
        let mut test = TestResult::step(
            "swift",
            Outcome::LeftOut,
            Some("missing toolchain: swift (…)".to_owned()),
        );
        judge(&mut test, false);
        assert_eq!(test.outcome, Outcome::LeftOut);
    }

    #[test]
    fn a_runner_that_failed_without_a_failing_test_has_failed_itself() {
        let broke = || Err(Problem::Failed("it broke".to_owned()));
        let passed = TestResult::step("a test", Outcome::Passed, None);
        let failed = TestResult::step("a test", Outcome::Failed, None);
        let added = |mut tests: Vec<TestResult>, ended| {
            let before = tests.len();
            account_for(&mut tests, "kotlin", ended);
            tests.split_off(before)
        };
        assert_eq!(added(vec![passed.clone()], Ok(())), []);
        assert_eq!(added(vec![failed.clone()], broke()), []);
        for told in [
            added(vec![passed], broke()),
            added(Vec::new(), broke()),
            added(Vec::new(), Ok(())),
        ] {
            assert_eq!(told.len(), 1);
            assert_eq!((told[0].outcome, told[0].target.as_str()), (Outcome::Failed, "kotlin"));
        }
    }
}
