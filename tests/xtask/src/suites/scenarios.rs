//! The stories of tests/scenarios, played by `care run`: each story at each store is a test.

use std::process::Stdio;

use serde_json::Value;

use super::{Report, Run, Suite};
use crate::files;
use crate::problem::Problem;
use crate::results::{Outcome, TestResult};
use crate::terminal::{say, step};
use crate::toolchain::Toolchain;
use crate::workspace::succeed;

/// `tests/scenarios`
pub struct Scenarios;

const FOLDER: &str = "tests/scenarios";

impl Suite for Scenarios {
    fn name(&self) -> &'static str {
        "scenarios"
    }
    fn needs(&self) -> Vec<Toolchain> {
        Vec::new()
    }
    fn filters(&self) -> bool {
        true
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        let workspace = &run.workspace;
        let mut stories = files::below(&workspace.root.join(FOLDER), &[])?;
        stories.retain(|story| story.extension().is_some_and(|ending| ending == "toml"));
        if let Some(filter) = &run.filter {
            stories.retain(|story| path_of(&story.file_stem().unwrap_or_default().to_string_lossy()).contains(filter));
        }
        if stories.is_empty() {
            return Ok(Vec::new());
        }
        step(&format!("scenarios: care run {FOLDER}"));
        let mut build = workspace.cargo();
        build.args(["build", "--quiet", "-p", "care-headless"]);
        succeed(build, "cargo build -p care-headless")?;
        let care = workspace
            .target
            .join("debug")
            .join(format!("care{}", std::env::consts::EXE_SUFFIX));
        let junit = workspace.target.join("xtask").join("scenarios.xml");
        junit.parent().map_or(Ok(()), files::make)?;
        let output = std::process::Command::new(care)
            .args(["--json", "run", "--junit"])
            .arg(&junit)
            .args(&stories)
            .current_dir(&workspace.root)
            .envs([run.ledger()])
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| Problem::Failed(format!("care: {error}")))?;
        let tests = read(&String::from_utf8_lossy(&output.stdout));
        for test in tests.iter().filter(|test| test.outcome == Outcome::Failed) {
            say(&format!("{}\n{}", test.id(), test.why.as_deref().unwrap_or_default()));
        }
        let explained = tests.iter().any(|test| test.outcome == Outcome::Failed);
        if !output.status.success() && !explained {
            return Err(Problem::Failed(format!("care run: {}", output.status)));
        }
        let name = "scenarios".to_owned();
        Ok(vec![Report { name, tests }])
    }
}

/// A story's name as that of a test, the same as in its citation.
fn path_of(story: &str) -> String {
    story.replace('-', "_")
}

/// Each line of `care --json run` is one story at one store.
fn read(text: &str) -> Vec<TestResult> {
    let told = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    told.filter_map(|told| {
        let outcome = match told["outcome"].as_str()? {
            "passed" => Outcome::Passed,
            _ => Outcome::Failed,
        };
        let why = (outcome == Outcome::Failed).then(|| why(&told));
        let test = TestResult::step(&path_of(told["scenario"].as_str()?), outcome, why);
        Some(test.within("scenarios", told["store"].as_str()?))
    })
    .collect()
}

fn why(told: &Value) -> String {
    let mut lines = vec![format!(
        "line {}, step {}: {}",
        told["line"],
        told["step"],
        told["verb"].as_str().unwrap_or_default()
    )];
    lines.extend(told["why"].as_str().map(|why| format!("  {why}")));
    for each in told["differences"].as_array().into_iter().flatten() {
        let field = each["field"].as_str().unwrap_or_default();
        lines.push(format!(
            "  {field}: expected {}, found {}",
            each["expected"], each["found"]
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_story_at_each_store_is_a_test_of_the_name_that_its_rules_are_cited_under() {
        let text = concat!(
            r#"{"scenario":"second-plan-refused","store":"app-store","outcome":"passed"}"#,
            "\n",
            r#"{"scenario":"second-plan-refused","store":"play","outcome":"failed","line":9,"step":2,"verb":"look","why":null,"#,
            r#""differences":[{"field":"sheets","expected":0,"found":1}]}"#,
            "\n"
        );
        let tests = read(text);
        let ids: Vec<_> = tests.iter().map(TestResult::id).collect();
        assert_eq!(
            ids,
            [
                "scenarios/app-store/second_plan_refused",
                "scenarios/play/second_plan_refused"
            ]
        );
        assert_eq!((tests[0].outcome, tests[0].why.as_deref()), (Outcome::Passed, None));
        assert_eq!(
            tests[1].why.as_deref(),
            Some("line 9, step 2: look\n  sheets: expected 0, found 1")
        );
    }
}
