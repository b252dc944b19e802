//! The boundary suite in Swift: the package in `ios` over the real library and a real sandbox process.

mod example;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Report, Run, Suite};
use crate::junit::{self, Case};
use crate::problem::{self, Problem};
use crate::results::{Outcome, TestResult};
use crate::swift::{SWIFT, Swift as Toolchain};
use crate::terminal::{say, step};
use crate::toolchain;
use crate::workspace::run;

/// `ios`
pub struct Swift;

const FOLDER: &str = "ios";

/// What SwiftPM reads first, and what only Apple's SDK compiles.
const APPLE_ONLY: &str = "Sources/TapoCareStore";

impl Suite for Swift {
    fn name(&self) -> &'static str {
        "swift"
    }
    fn needs(&self) -> Vec<toolchain::Toolchain> {
        match Toolchain::find() {
            Some(_) => Vec::new(),
            None => vec![SWIFT],
        }
    }
    fn filters(&self) -> bool {
        false
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        let swift = Toolchain::find().ok_or_else(|| Problem::Failed(SWIFT.lacking()))?;
        let package = Package { run, swift };
        package.prepare()?;
        let mut tests = package.checks()?;
        tests.extend(package.tests()?);
        Ok(vec![Report {
            name: "boundary (swift)".to_owned(),
            tests,
        }])
    }
}

/// The package, and the Swift that builds it.
struct Package<'a> {
    run: &'a Run,
    swift: Toolchain,
}

impl Package<'_> {
    /// Where cargo leaves library and sandbox.
    fn built(&self) -> PathBuf {
        self.run.workspace.target.join("debug")
    }

    /// Where Swift builds.
    fn scratch(&self) -> PathBuf {
        self.run.workspace.target.join("swift")
    }

    /// The library with the feature `sandbox`, its Swift side, and README's example.
    fn prepare(&self) -> Result<(), Problem> {
        let workspace = &self.run.workspace;
        let mut build = workspace.cargo();
        build.args([
            "build",
            "-p",
            "tapo-care-ffi",
            "-p",
            "care-sandbox",
            "-p",
            "tapo-care-bindgen",
        ]);
        build.args(["--features", "tapo-care-ffi/sandbox"]);
        succeed(build, "cargo build -p tapo-care-ffi --features sandbox")?;

        let generated = workspace.root.join(FOLDER).join("Generated");
        // The generator as it was just built with the others: `cargo run` would build it once more, by itself.
        let mut generate = Command::new(self.built().join("uniffi-bindgen"));
        generate.current_dir(&workspace.root);
        generate.args(["generate", "--language", "swift", "--library"]);
        generate.arg(self.library()).arg("--out-dir").arg(&generated);
        succeed(generate, "uniffi-bindgen generate --language swift")?;
        let example = example::source(&problem::read(&workspace.root.join("README.md"))?)?;
        problem::write(&generated.join("Readme/Example.swift"), &example)?;
        std::fs::create_dir_all(self.scratch()).map_err(Problem::io("making a folder to build in"))
    }

    fn library(&self) -> PathBuf {
        let name = format!(
            "{}tapo_care_ffi{}",
            std::env::consts::DLL_PREFIX,
            std::env::consts::DLL_SUFFIX
        );
        self.built().join(name)
    }

    /// Swift, over the library in that folder.
    fn swift(&self, library: &Path) -> Command {
        let mut command = self.swift.command(&self.run.workspace, FOLDER, "swift");
        command
            .env("TAPO_CARE_LIBRARY", library)
            .env("RUST_BACKTRACE", "0")
            .envs([self.run.ledger()]);
        command
    }

    /// What is not a test of Swift's own: each counts as one.
    fn checks(&self) -> Result<Vec<TestResult>, Problem> {
        step("swift: swift format lint, and parse what only Apple's SDK compiles");
        let mut lint = self.swift(&self.built());
        lint.args([
            "format",
            "lint",
            "--strict",
            "--recursive",
            "Package.swift",
            "Sources",
            "Tests",
        ]);
        let mut parse = self.swift(&self.built());
        parse.args(["-frontend", "-parse", "-swift-version", "6"]);
        parse.args(self.sources(APPLE_ONLY)?);
        Ok(vec![
            judged("sources_are_formatted", succeed(lint, "swift format lint")),
            judged("apples_files_parse", succeed(parse, "swift -frontend -parse")),
            self.missing_library()?,
        ])
    }

    fn sources(&self, folder: &str) -> Result<Vec<PathBuf>, Problem> {
        let folder = self.run.workspace.root.join(FOLDER).join(folder);
        let entries = std::fs::read_dir(&folder).map_err(Problem::io(format!("reading {}", folder.display())))?;
        let mut sources: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        sources.sort();
        Ok(sources)
    }

    /// Over an empty folder the package says what to do, in words of its own.
    fn missing_library(&self) -> Result<TestResult, Problem> {
        step("swift: swift package describe, over a folder without the library");
        let empty = self.scratch().join("without-library");
        std::fs::create_dir_all(&empty).map_err(Problem::io("making an empty folder"))?;
        let mut describe = self.swift(&empty);
        describe.args([
            "package",
            "--disable-sandbox",
            "--manifest-cache",
            "none",
            "--scratch-path",
        ]);
        describe.arg(empty.join("scratch")).arg("describe");
        let output = describe.output().map_err(Problem::io("swift package describe"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        let told =
            !output.status.success() && said.contains("is missing") && said.contains("cargo build -p tapo-care-ffi");
        Ok(judged(
            "a_missing_library_says_what_to_do",
            if told {
                Ok(())
            } else {
                Err(Problem::Failed(format!("it said: {said}")))
            },
        ))
    }

    /// `swift test`, its results as Swift Testing writes them down.
    fn tests(&self) -> Result<Vec<TestResult>, Problem> {
        step(&format!("swift: swift test, in {FOLDER}"));
        let asked = self.scratch().join("results.xml");
        // Swift Testing's own; a package's other tests would be in the file that was asked for.
        let written = self.scratch().join("results-swift-testing.xml");
        let _ = std::fs::remove_file(&written);
        let mut test = self.swift(&self.built());
        test.args(["test", "--disable-sandbox", "--scratch-path"]);
        test.arg(self.scratch()).arg("--xunit-output").arg(asked);
        let ended = succeed(test, "swift test");
        let mut tests = match std::fs::read_to_string(&written) {
            Ok(text) => junit::cases(&text).into_iter().map(of_case).collect(),
            Err(_) => Vec::new(),
        };
        let told = tests.iter().any(|test| test.outcome == Outcome::Failed);
        match ended {
            Err(problem) if !told => tests.push(judged("the_whole_suite", Err(problem))),
            Ok(()) if tests.is_empty() => {
                let problem = Problem::Failed("swift test wrote no results".to_owned());
                tests.push(judged("the_whole_suite", Err(problem)));
            }
            _ => {}
        }
        Ok(tests)
    }
}

/// Runs a command to its end; one that fails has said why.
fn succeed(mut command: Command, shown: &str) -> Result<(), Problem> {
    command.stdin(Stdio::null());
    let status = run(command, shown)?;
    match status.success() {
        true => Ok(()),
        false => Err(Problem::Failed(format!("{shown}: {status}"))),
    }
}

/// A test of that name.
fn result(name: &str, outcome: Outcome, why: Option<String>) -> TestResult {
    TestResult {
        package: "contract".to_owned(),
        target: "swift".to_owned(),
        ..TestResult::step(name, outcome, why)
    }
}

/// `BoundaryTests.Boundary.Buying`, `aPlanIsBought(on:)`
fn of_case(case: Case) -> TestResult {
    let suite = case.class.rsplit(['.', '/']).next().unwrap_or_default();
    let name = case.name.split('(').next().unwrap_or_default();
    result(&format!("{suite}::{name}"), case.outcome, case.why)
}

fn judged(name: &str, ended: Result<(), Problem>) -> TestResult {
    match ended {
        Ok(()) => result(name, Outcome::Passed, None),
        Err(problem) => {
            say(&problem.to_string());
            result(name, Outcome::Failed, Some(problem.to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="TestResults" errors="0" tests="2" failures="1" skipped="0" time="0.1">
    <testcase classname="BoundaryTests.Boundary.Buying" name="aPlanIsBought(on:)" time="0.2" />
    <testcase classname="BoundaryTests.Boundary.Life" name="itRests()" time="0.2">
      <failure message="Expectation failed: (a &#8594; &quot;b&quot;) == &quot;c&quot;" />
    </testcase>
  </testsuite>
</testsuites>
"#;

    #[test]
    fn swift_testings_results_are_read_by_suite_and_name() {
        let found: Vec<_> = junit::cases(TEXT).into_iter().map(of_case).collect();
        let ids: Vec<String> = found.iter().map(TestResult::id).collect();
        assert_eq!(
            ids,
            ["contract/swift/Buying::aPlanIsBought", "contract/swift/Life::itRests"]
        );
        let why = Some("Expectation failed: (a → \"b\") == \"c\"".to_owned());
        assert_eq!((found[1].outcome, found[1].why.clone()), (Outcome::Failed, why));
    }
}
