//! `cargo xtask bench ffi`: what the boundary costs in each language: a snapshot against the same rows by hand, and the first
//! call against that of an empty UniFFI library.

use std::process::Command;

use serde::Deserialize;

use crate::boundary::{Boundary, library_file};
use crate::files;
use crate::problem::Problem;
use crate::suites;
use crate::swift::Swift;
use crate::terminal::{columns, say, step};
use crate::toolchain::{self, JDK, MAVEN, PYTEST, PYTHON};
use crate::workspace::{Workspace, output, outside_cargo, succeed};

/// What a language's bench prints.
#[derive(Deserialize)]
struct Report {
    snapshot: Vec<Reading>,
    first_call: Option<FirstCall>,
}

#[derive(Deserialize)]
struct Reading {
    cameras: u32,
    #[serde(alias = "binding_us")]
    snapshot_us: f64,
    by_hand_us: f64,
    ratio: f64,
}

#[derive(Deserialize)]
struct FirstCall {
    ratio: f64,
}

/// Runs the bench in every language whose tools are there, and shows them beside each other.
pub fn bench(workspace: &Workspace) -> Result<(), Problem> {
    step("build: the library, the empty one and care-sandbox, release");
    let boundary = Boundary::release(workspace)?;
    let mut rows = vec![
        ["", "cameras", "snapshot µs", "by hand µs", "ratio"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for (language, bench) in [("python", python as Bench), ("kotlin", kotlin), ("swift", swift)] {
        match bench(workspace, &boundary)? {
            Ok(report) => rows.extend(shown(language, &report)),
            Err(why) => say(&format!("{language}: left out, {why}")),
        }
    }
    say("");
    columns(&rows, &[1, 2, 3, 4]).iter().for_each(|line| say(line));
    Ok(())
}

/// A report, or why there is none on this machine.
type Bench = fn(&Workspace, &Boundary<'_>) -> Result<Result<Report, String>, Problem>;

fn python(workspace: &Workspace, boundary: &Boundary<'_>) -> Result<Result<Report, String>, Problem> {
    if let Some(why) = toolchain::lacking(&[PYTHON, PYTEST]) {
        return Ok(Err(why));
    }
    step("python: bench.py");
    let folder = workspace.target.join("xtask").join("bench-python");
    let mut command = Command::new("python3");
    command.arg(workspace.root.join("tests/contract/python/bench.py"));
    for (option, library) in [("--bindings", "tapo_care_ffi"), ("--empty", "tapo_care_empty")] {
        let (built, into) = (boundary.library(library), folder.join(library));
        boundary.bindings(&built, "python", &into)?;
        files::copy(&built, &into.join(library_file(library)))?;
        command.arg(option).arg(into);
    }
    command.arg("--sandbox").arg(boundary.program("care-sandbox"));
    parse(&output(command, "bench.py")?).map(Ok)
}

fn kotlin(workspace: &Workspace, _: &Boundary<'_>) -> Result<Result<Report, String>, Problem> {
    if let Some(why) = toolchain::lacking(&[JDK, MAVEN]) {
        return Ok(Err(why));
    }
    step("kotlin: mvn -q -B -f android/pom.xml -Pbench process-test-classes");
    let mut command = outside_cargo("mvn");
    command
        .args(["-q", "-B", "-Pbench", "-f"])
        .arg(workspace.root.join("android/pom.xml"));
    command.arg("process-test-classes").current_dir(&workspace.root);
    command.env("CARGO_TARGET_DIR", &workspace.target);
    succeed(command, "mvn")?;
    parse(&files::read(&workspace.root.join("android/care/target/bench.json"))?).map(Ok)
}

fn swift(workspace: &Workspace, boundary: &Boundary<'_>) -> Result<Result<Report, String>, Problem> {
    let Some(swift) = Swift::find() else {
        return Ok(Err(crate::swift::SWIFT.lacking()));
    };
    step("swift: swift run -c release care-bench");
    suites::swift::lay_out(workspace, boundary)?;
    let mut command = swift.command(workspace, "ios", "swift");
    command.env("TAPO_CARE_LIBRARY", &boundary.folder);
    command.args(["run", "--disable-sandbox", "-c", "release", "--scratch-path"]);
    command.arg(workspace.target.join("swift-bench")).arg("care-bench");
    command.arg(boundary.library("tapo_care_empty")).arg("tapo_care_empty");
    parse(&output(command, "swift run care-bench")?).map(Ok)
}

/// The report is the last line that is JSON: builds speak too.
fn parse(said: &str) -> Result<Report, Problem> {
    let line = said
        .lines()
        .rev()
        .find(|line| line.starts_with('{'))
        .unwrap_or_default();
    serde_json::from_str(line).map_err(|error| Problem::Failed(format!("the bench said {line:?}: {error}")))
}

fn shown(language: &str, report: &Report) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for reading in &report.snapshot {
        let figures = [reading.snapshot_us, reading.by_hand_us].map(|figure| format!("{figure:.0}"));
        let [read, by_hand] = figures;
        rows.push(vec![
            language.to_owned(),
            reading.cameras.to_string(),
            read,
            by_hand,
            format!("{:.2}", reading.ratio),
        ]);
    }
    if let Some(first) = &report.first_call {
        let label = format!("{language}, first call against an empty library's");
        rows.push(vec![
            label,
            String::new(),
            String::new(),
            String::new(),
            format!("{:.2}", first.ratio),
        ]);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_found_behind_what_the_build_said() {
        let said = "Compiling\n{\"snapshot\":[{\"cameras\":3,\"binding_us\":9.0,\"by_hand_us\":6.0,\"ratio\":1.5}],\
                    \"first_call\":{\"ratio\":1.1}}\n";
        let report = parse(said).unwrap();
        assert_eq!(shown("swift", &report)[0], ["swift", "3", "9", "6", "1.50"]);
        assert!(parse("no report").is_err());
    }
}
