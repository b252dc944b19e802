//! What a run of the tests left behind: `target/xtask/results.json`, which `cargo xtask rules` reads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files;
use crate::problem::Problem;

/// How a test came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It ran, and what it says holds.
    Passed,
    /// It ran, and what it says does not hold.
    Failed,
    /// It did not do its work, and said why. Counted neither as passed nor as failed.
    LeftOut,
}

/// One test of one suite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestResult {
    /// How it came out.
    pub outcome: Outcome,
    /// The package it belongs to; `workspace` for a step over all of them.
    pub package: String,
    /// The suite within the package: `lib`, `bin care`, `test stories`, `doc`.
    pub target: String,
    /// Its path within the target: `purchase::slot::tests::second_plan_is_refused`.
    pub path: String,
    /// The root file of the target, from the workspace root; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Why it failed or was left out, where a sentence is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The rules it cites, with the enforcers they prove: `R2 (core)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
}

impl TestResult {
    /// A test that stands for a whole step, such as the format.
    pub fn step(name: &str, outcome: Outcome, why: Option<String>) -> TestResult {
        TestResult {
            outcome,
            package: "workspace".to_owned(),
            target: "step".to_owned(),
            path: name.to_owned(),
            source: String::new(),
            why,
            rules: Vec::new(),
        }
    }

    /// As [`TestResult::step`], by how the step ended.
    pub fn of_end(name: &str, ended: Result<(), Problem>) -> TestResult {
        match ended {
            Ok(()) => TestResult::step(name, Outcome::Passed, None),
            Err(problem) => TestResult::step(name, Outcome::Failed, Some(problem.to_string())),
        }
    }

    /// The same test in a suite of its own.
    pub fn within(self, package: &str, target: &str) -> TestResult {
        TestResult {
            package: package.to_owned(),
            target: target.to_owned(),
            ..self
        }
    }

    /// The name under which results.json keeps it: `tapo-care/lib/purchase::slot::tests::…`.
    pub fn id(&self) -> String {
        format!("{}/{}/{}", self.package, self.target, self.path)
    }
}

/// A whole run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Results {
    /// Whether every suite ran: no filter, and nothing stopped early.
    pub complete: bool,
    /// What the tests were filtered by.
    pub filter: Option<String>,
    /// The sums over all suites.
    pub passed: usize,
    /// See `passed`.
    pub failed: usize,
    /// See `passed`.
    pub left_out: usize,
    /// Every test by its id.
    pub tests: BTreeMap<String, TestResult>,
}

impl Results {
    /// Adds a test and counts it. Two of the same id (doc tests of one line) are both kept.
    pub fn add(&mut self, test: TestResult) {
        match test.outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::LeftOut => self.left_out += 1,
        }
        let mut id = test.id();
        while self.tests.contains_key(&id) {
            id.push('\'');
        }
        self.tests.insert(id, test);
    }

    /// Where results lie in a target folder.
    pub fn file(target: &Path) -> PathBuf {
        target.join("xtask").join("results.json")
    }

    /// Reads the last run; `None` if there was none.
    pub fn load(target: &Path) -> Result<Option<Results>, Problem> {
        let file = Results::file(target);
        if !file.exists() {
            return Ok(None);
        }
        serde_json::from_str(&files::read(&file)?).map(Some).map_err(|error| {
            Problem::Failed(format!(
                "{} is unreadable ({error}); run cargo xtask test",
                file.display()
            ))
        })
    }

    /// Writes the run down.
    pub fn save(&self, target: &Path) -> Result<(), Problem> {
        let text = serde_json::to_string_pretty(self).map_err(|error| Problem::Failed(format!("results: {error}")))?;
        files::write(&Results::file(target), &(text + "\n"))
    }

    /// Forgets the last run, so that a run cut short proves nothing.
    pub fn forget(target: &Path) -> Result<(), Problem> {
        files::forget(&Results::file(target))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_written_down_reads_back_with_its_sums() {
        let folder = tempfile::tempdir().unwrap();
        let mut results = Results {
            complete: true,
            ..Results::default()
        };
        results.add(TestResult::step("format", Outcome::Passed, None));
        results.add(TestResult::step(
            "lints",
            Outcome::Failed,
            Some("clippy said no".to_owned()),
        ));
        results.add(TestResult::step("kotlin", Outcome::LeftOut, None));
        results.save(folder.path()).unwrap();
        let back = Results::load(folder.path()).unwrap().unwrap();
        assert_eq!(
            (back.passed, back.failed, back.left_out, back.complete),
            (1, 1, 1, true)
        );
        assert_eq!(
            back.tests["workspace/step/lints"].why.as_deref(),
            Some("clippy said no")
        );
        Results::forget(folder.path()).unwrap();
        assert!(Results::load(folder.path()).unwrap().is_none());
    }

    #[test]
    fn two_tests_of_one_name_both_count() {
        let mut results = Results::default();
        results.add(TestResult::step("same", Outcome::Passed, None));
        results.add(TestResult::step("same", Outcome::Failed, None));
        assert_eq!((results.passed, results.failed, results.tests.len()), (1, 1, 2));
    }
}
