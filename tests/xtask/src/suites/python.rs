//! The boundary suite in Python: the real library, a real sandbox process, pytest.

use std::path::PathBuf;
use std::process::Stdio;

use super::{Report, Run, Suite, account_for};
use crate::problem::Problem;
use crate::results::{Outcome, TestResult};
use crate::terminal::{say, step};
use crate::toolchain::{self, Toolchain};
use crate::workspace::{Workspace, outside_cargo};

/// `tests/contract/python`
pub struct Python;

const FOLDER: &str = "tests/contract/python";

impl Suite for Python {
    fn name(&self) -> &'static str {
        "python"
    }
    fn needs(&self) -> Vec<Toolchain> {
        vec![toolchain::PYTHON, toolchain::PYTEST]
    }
    fn filters(&self) -> bool {
        false
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        let environment = [("CARE_TARGET_DIR", run.workspace.target.clone()), run.ledger()];
        let tests = pytest(&run.workspace, FOLDER, "python", &environment)?;
        let name = "boundary (python)".to_owned();
        Ok(vec![Report { name, tests }])
    }
}

/// Runs the tests of a folder. Where pytest ends badly and no test failed, that is the failure.
pub fn pytest(
    workspace: &Workspace,
    folder: &str,
    target: &str,
    environment: &[(&str, PathBuf)],
) -> Result<Vec<TestResult>, Problem> {
    step(&format!("{target}: python3 -m pytest {folder}"));
    let output = outside_cargo("python3")
        .args(["-m", "pytest", folder, "-v", "--color=no", "-p", "no:cacheprovider"])
        .current_dir(&workspace.root)
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Problem::Failed(format!("python3: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    say(&text);
    let mut tests = read(&text, target);
    let ended = match output.status.success() {
        true => Ok(()),
        false => Err(Problem::Failed(format!("pytest: {}", output.status))),
    };
    account_for(&mut tests, target, ended);
    Ok(tests)
}

/// A line of `pytest -v` is `file::test PASSED [ 10%]`; the same name may come again in the summary and counts once.
fn read(text: &str, target: &str) -> Vec<TestResult> {
    let mut tests: Vec<TestResult> = Vec::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let (Some(id), Some(word)) = (words.next(), words.next()) else {
            continue;
        };
        let Some((file, name)) = id.split_once("::") else {
            continue;
        };
        let outcome = match word {
            "PASSED" => Outcome::Passed,
            "FAILED" | "ERROR" => Outcome::Failed,
            "SKIPPED" => Outcome::LeftOut,
            _ => continue,
        };
        let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".py");
        let test = TestResult::step(&format!("{stem}::{name}"), outcome, None).within("contract", target);
        if !tests.iter().any(|known| known.path == test.path) {
            tests.push(test);
        }
    }
    tests
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_pytest_that_names_a_test_counts_once() {
        let text = "collected 3 items\n\n\
                    tests/contract/python/test_buying.py::test_buy PASSED    [ 33%]\n\
                    tests/contract/python/test_buying.py::test_two FAILED    [ 66%]\n\
                    tests/contract/python/test_life.py::test_rest ERROR      [100%]\n\
                    FAILED tests/contract/python/test_buying.py::test_two - assert 1\n\
                    1 passed, 1 failed, 1 error in 1.00s\n";
        let found: Vec<_> = read(text, "python")
            .into_iter()
            .map(|test| (test.path, test.outcome))
            .collect();
        assert_eq!(
            found,
            [
                ("test_buying::test_buy".to_owned(), Outcome::Passed),
                ("test_buying::test_two".to_owned(), Outcome::Failed),
                ("test_life::test_rest".to_owned(), Outcome::Failed),
            ]
        );
    }
}
