//! `cargo xtask test`: every suite, one after the other, then the rules, then the sum.

use crate::problem::Problem;
use crate::results::{Outcome, Results};
use crate::rules;
use crate::suites::{self, Report, Run};
use crate::terminal::{columns, say, step, strong};
use crate::toolchain::ci;
use crate::workspace::Workspace;

/// Runs the tests. Its last line is `N passed, N failed`.
pub fn test(filter: Option<String>, keep_going: bool) -> Result<(), Problem> {
    let workspace = Workspace::find()?;
    Results::forget(&workspace.target)?;
    let run = Run { workspace, filter };
    suites::forget_exchanges(&run)?;
    let keep_going = keep_going || ci();

    let mut reports: Vec<Report> = Vec::new();
    let mut not_run: Vec<&str> = Vec::new();
    for suite in suites::all() {
        if run.filter.is_some() && !suite.filters() {
            continue;
        }
        if broken(&reports) && !keep_going {
            not_run.push(suite.name());
            continue;
        }
        let mut played = suites::play(suite.as_ref(), &run);
        played
            .iter_mut()
            .flat_map(|report| &mut report.tests)
            .for_each(|test| suites::judge(test, ci()));
        reports.extend(played);
    }

    let mut results = Results {
        filter: run.filter.clone(),
        complete: false,
        ..Results::default()
    };
    reports
        .iter()
        .flat_map(|report| &report.tests)
        .for_each(|test| results.add(test.clone()));
    if let Some(filter) = run.filter.as_deref().filter(|_| results.tests.is_empty()) {
        return Err(Problem::Usage(format!("no test has {filter:?} in its path")));
    }

    let rules_run = run.filter.is_none() && not_run.is_empty();
    if rules_run {
        results.complete = true;
        step("rules: core/RULES.md against the tests that passed");
        let report = match rules::check(&run.workspace, &mut results, rules::Show::Problems) {
            Ok(()) => Report::of_step("rules", Outcome::Passed, None),
            Err(problem) => {
                say(&problem.to_string());
                Report::of_step("rules", Outcome::Failed, Some(problem.to_string()))
            }
        };
        report.tests.iter().for_each(|test| results.add(test.clone()));
        reports.push(report);
    } else if run.filter.is_none() {
        not_run.push("rules");
    }
    results.save(&run.workspace.target)?;
    close(&reports, &not_run, &results)
}

fn broken(reports: &[Report]) -> bool {
    reports.iter().any(|report| report.count(Outcome::Failed) > 0)
}

/// The closing words: a table of suites, what failed, what was left out, the sum.
fn close(reports: &[Report], not_run: &[&str], results: &Results) -> Result<(), Problem> {
    step("in all");
    let mut rows = vec![["suite", "passed", "failed", "left out"].map(str::to_owned).to_vec()];
    for report in reports.iter().filter(|report| !report.tests.is_empty()) {
        let count = |outcome| report.count(outcome).to_string();
        rows.push(vec![
            report.name.clone(),
            count(Outcome::Passed),
            count(Outcome::Failed),
            count(Outcome::LeftOut),
        ]);
    }
    columns(&rows, &[1, 2, 3]).iter().for_each(|line| say(line));
    tell("left out", results, Outcome::LeftOut);
    tell("failed", results, Outcome::Failed);
    if !not_run.is_empty() {
        let names = not_run.join(", ");
        say(&format!(
            "\nnot run after that failure: {names} (--keep-going runs them all the same)"
        ));
    }
    if let Some(filter) = &results.filter {
        say(&format!(
            "\nonly tests with {filter:?} in their path; format, lints and rules not run"
        ));
    }
    say("");
    say(&strong(&format!(
        "{} passed, {} failed",
        results.passed, results.failed
    )));
    if results.failed == 0 {
        Ok(())
    } else {
        Err(Problem::Failed(String::new()))
    }
}

fn tell(head: &str, results: &Results, outcome: Outcome) {
    let mut tests = results
        .tests
        .iter()
        .filter(|(_, test)| test.outcome == outcome)
        .peekable();
    if tests.peek().is_some() {
        say(&format!("\n{head}:"));
    }
    for (id, test) in tests {
        let why = test.why.as_deref().and_then(|why| why.lines().next());
        say(&format!(
            "  {id}{}",
            why.map(|why| format!(": {why}")).unwrap_or_default()
        ));
    }
}
