//! The boundary suite in Swift: the package in `ios` over the real library and a real sandbox process.

mod example;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Report, Run, Suite, account_for};
use crate::boundary::Boundary;
use crate::files;
use crate::junit::{self, Case};
use crate::problem::Problem;
use crate::results::TestResult;
use crate::swift::{SWIFT, Swift as Toolchain};
use crate::terminal::{say, step};
use crate::toolchain;
use crate::workspace::{Workspace, succeed};

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
        let boundary = Boundary::build(&run.workspace)?;
        lay_out(&run.workspace, &boundary)?;
        let package = Package { run, swift, boundary };
        files::make(&package.scratch())?;
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
    boundary: Boundary<'a>,
}

/// Writes what the package in `ios` is built of beside what stands there: the library's Swift side, and README's example.
pub fn lay_out(workspace: &Workspace, boundary: &Boundary<'_>) -> Result<(), Problem> {
    let generated = workspace.root.join(FOLDER).join("Generated");
    boundary.bindings(&boundary.library("tapo_care_ffi"), "swift", &generated)?;
    let example = example::source(&files::read(&workspace.root.join("README.md"))?)?;
    files::write(&generated.join("Readme/Example.swift"), &example)
}

impl Package<'_> {
    /// Where Swift builds.
    fn scratch(&self) -> PathBuf {
        self.run.workspace.target.join("swift")
    }

    /// Swift, over the library in that folder.
    fn swift(&self, library: &Path) -> Command {
        let mut command = self.swift.command(&self.run.workspace, FOLDER, "swift");
        command
            .env("TAPO_CARE_LIBRARY", library)
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null())
            .envs([self.run.ledger()]);
        command
    }

    /// What is not a test of Swift's own: each counts as one.
    fn checks(&self) -> Result<Vec<TestResult>, Problem> {
        step("swift: swift format lint, and parse what only Apple's SDK compiles");
        let mut lint = self.swift(&self.boundary.folder);
        lint.args([
            "format",
            "lint",
            "--strict",
            "--recursive",
            "Package.swift",
            "Sources",
            "Tests",
        ]);
        let mut parse = self.swift(&self.boundary.folder);
        parse.args(["-frontend", "-parse", "-swift-version", "6"]);
        parse.args(files::entries(&self.run.workspace.root.join(FOLDER).join(APPLE_ONLY))?);
        Ok(vec![
            result("sources_are_formatted", succeed(lint, "swift format lint")),
            result("apples_files_parse", succeed(parse, "swift -frontend -parse")),
            self.missing_library()?,
        ])
    }

    /// Over an empty folder the package says what to do, in words of its own.
    fn missing_library(&self) -> Result<TestResult, Problem> {
        step("swift: swift package describe, over a folder without the library");
        let empty = self.scratch().join("without-library");
        files::make(&empty)?;
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
        let ended = match told {
            true => Ok(()),
            false => Err(Problem::Failed(format!("it said: {said}"))),
        };
        Ok(result("a_missing_library_says_what_to_do", ended))
    }

    /// `swift test`, its results as Swift Testing writes them down.
    fn tests(&self) -> Result<Vec<TestResult>, Problem> {
        step(&format!("swift: swift test, in {FOLDER}"));
        let asked = self.scratch().join("results.xml");
        // Swift Testing's own; a package's other tests would be in the file that was asked for.
        let written = self.scratch().join("results-swift-testing.xml");
        files::forget(&written)?;
        let mut test = self.swift(&self.boundary.folder);
        test.args(["test", "--disable-sandbox", "--scratch-path"]);
        test.arg(self.scratch()).arg("--xunit-output").arg(asked);
        let ended = succeed(test, "swift test");
        let text = if written.exists() {
            files::read(&written)?
        } else {
            String::new()
        };
        let mut tests = junit::cases(&text).into_iter().map(of_case).collect();
        account_for(&mut tests, "swift", ended);
        Ok(tests)
    }
}

/// `BoundaryTests.Boundary.Buying`, `aPlanIsBought(on:)`
fn of_case(case: Case) -> TestResult {
    let suite = case.class.rsplit(['.', '/']).next().unwrap_or_default();
    let name = case.name.split('(').next().unwrap_or_default();
    TestResult::step(&format!("{suite}::{name}"), case.outcome, case.why).within("contract", "swift")
}

fn result(name: &str, ended: Result<(), Problem>) -> TestResult {
    if let Err(problem) = &ended {
        say(&problem.to_string());
    }
    TestResult::of_end(name, ended).within("contract", "swift")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::Outcome;

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
