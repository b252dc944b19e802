//! Rust's own tests: every test executable of the workspace, run by itself, and the examples in the documentation.
//!
//! `cargo test` mixes the names of the executables (standard error) with their tests (standard output). So cargo only
//! builds them and says where they are; each is then run from its package's folder, as cargo would run it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use serde::Deserialize;

use super::{Report, Run, Suite};
use crate::libtest::{Reader, Transcript, Verdict};
use crate::problem::Problem;
use crate::results::{Outcome, TestResult};
use crate::terminal::{say, step};
use crate::toolchain::Toolchain;
use crate::workspace::{Package, output, run};

/// Unit and integration tests of every package.
pub struct RustTests;

/// Examples in the documentation of every library.
pub struct DocTests;

impl Suite for RustTests {
    fn name(&self) -> &'static str {
        "tests"
    }
    fn needs(&self) -> Vec<Toolchain> {
        Vec::new()
    }
    fn filters(&self) -> bool {
        true
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        build(run)?;
        let mut reports = Vec::new();
        for executable in executables(run)? {
            let name = format!("{} ({})", executable.package.name, executable.target);
            step(&format!("test {name}"));
            let (transcript, status) = listen(executable.command(run))?;
            let tests = judged(&transcript, status, &executable.origin(run));
            reports.push(Report { name, tests });
        }
        Ok(reports)
    }
}

impl Suite for DocTests {
    fn name(&self) -> &'static str {
        "doc tests"
    }
    fn needs(&self) -> Vec<Toolchain> {
        Vec::new()
    }
    fn filters(&self) -> bool {
        true
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        if !run
            .workspace
            .packages
            .iter()
            .any(|package| package.targets.iter().any(|target| target.doctest))
        {
            return Ok(Vec::new());
        }
        step("test the examples in the documentation");
        let mut command = run.workspace.cargo();
        // All at once: a package alone has other features, and half the dependencies would be built again.
        command
            .args(["test", "--doc", "--workspace", "--no-fail-fast", "--", "--show-output"])
            .args(&run.filter);
        let (transcript, status) = listen(command)?;
        let origin = Origin {
            package: "workspace".to_owned(),
            target: "doc".to_owned(),
            source: String::new(),
        };
        let mut tests = judged(&transcript, status, &origin);
        for test in &mut tests {
            // `core/src/lib.rs - Care (line 4)`
            let of_file =
                |package: &&Package| Path::new(&test.path).starts_with(run.workspace.relative(package.folder()));
            if let Some(package) = run.workspace.packages.iter().find(of_file) {
                test.package.clone_from(&package.name);
            }
        }
        Ok(vec![Report {
            name: "documentation".to_owned(),
            tests,
        }])
    }
}

/// A test executable that cargo built.
struct Executable {
    package: Package,
    target: String,
    file: PathBuf,
    source: PathBuf,
}

impl Executable {
    fn command(&self, run: &Run) -> Command {
        let mut command = Command::new(&self.file);
        command
            .current_dir(self.package.folder())
            .arg("--show-output")
            .args(&run.filter);
        command
            .env("CARGO_MANIFEST_DIR", self.package.folder())
            .env("CARGO_MANIFEST_PATH", &self.package.manifest_path);
        command
            .env("CARGO_PKG_NAME", &self.package.name)
            .env("CARGO_PKG_VERSION", &self.package.version);
        command.envs([run.ledger()]);
        command
    }

    fn origin(&self, run: &Run) -> Origin {
        Origin {
            package: self.package.name.clone(),
            target: self.target.clone(),
            source: run.workspace.relative(&self.source),
        }
    }
}

/// Where a test comes from.
struct Origin {
    package: String,
    target: String,
    source: String,
}

impl Origin {
    fn test(&self, path: &str, outcome: Outcome, why: Option<String>) -> TestResult {
        TestResult {
            outcome,
            package: self.package.clone(),
            target: self.target.clone(),
            path: path.to_owned(),
            source: self.source.clone(),
            why,
            rules: Vec::new(),
        }
    }
}

/// Builds the programs that integration tests start (`care`, `care-sandbox`), into the folder where those look.
fn build(test: &Run) -> Result<(), Problem> {
    step("build: cargo build --workspace --bins --tests");
    let mut command = test.workspace.cargo();
    // With the tests, so that both have the same features and nothing is built twice. Not this very program: it runs.
    command.args(["build", "--workspace", "--bins", "--tests", "--exclude", "xtask"]);
    let status = run(command, "cargo build")?;
    if status.success() {
        Ok(())
    } else {
        Err(Problem::Failed(format!(
            "cargo build --workspace --bins --tests: {status}"
        )))
    }
}

#[derive(Deserialize)]
struct Message {
    reason: String,
    package_id: Option<String>,
    target: Option<crate::workspace::Target>,
    profile: Option<Profile>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

/// Builds the tests and asks cargo where they are.
fn executables(run: &Run) -> Result<Vec<Executable>, Problem> {
    step("build: cargo test --workspace --no-run");
    let mut command = run.workspace.cargo();
    command.args([
        "test",
        "--workspace",
        "--no-run",
        "--message-format",
        "json-render-diagnostics",
    ]);
    let messages = output(command, "cargo test --no-run")?;
    let mut found: Vec<Executable> = messages
        .lines()
        .filter_map(|line| executable(line, &run.workspace.packages))
        .collect();
    found.sort_by_key(|e| (e.package.name.clone(), e.target.clone()));
    Ok(found)
}

fn executable(line: &str, packages: &[Package]) -> Option<Executable> {
    let message: Message = serde_json::from_str(line).ok()?;
    if message.reason != "compiler-artifact" || !message.profile?.test {
        return None;
    }
    let (target, file, id) = (message.target?, message.executable?, message.package_id?);
    let package = packages.iter().find(|package| package.id == id)?.clone();
    let kind = target.kind.first().map_or("test", String::as_str);
    let name = match kind {
        "bin" | "test" | "example" | "bench" => format!("{kind} {}", target.name),
        _ => "lib".to_owned(),
    };
    Some(Executable {
        package,
        target: name,
        file,
        source: target.src_path,
    })
}

/// Runs a test executable, shows what a person wants to see as it comes, and reads all of it.
fn listen(mut command: Command) -> Result<(Transcript, ExitStatus), Problem> {
    let what = format!("{}", command.get_program().display());
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(Problem::io(format!("starting {what}")))?;
    let mut reader = Reader::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(Problem::io(format!("reading from {what}")))?;
            let line = String::from_utf8_lossy(&line);
            if reader.line(&line) {
                say(&line);
            }
        }
    }
    let status = child.wait().map_err(Problem::io(format!("waiting for {what}")))?;
    Ok((reader.finish(), status))
}

/// The tests of an executable with their outcomes. Where it contradicts itself, a failed test says so.
fn judged(transcript: &Transcript, status: ExitStatus, origin: &Origin) -> Vec<TestResult> {
    let mut tests: Vec<TestResult> = transcript
        .tests
        .iter()
        .map(|(path, verdict)| match verdict {
            Verdict::Failed => origin.test(path, Outcome::Failed, transcript.panic(path).map(str::to_owned)),
            Verdict::Ignored(why) => {
                let why = why.clone().unwrap_or_else(|| "marked #[ignore]".to_owned());
                origin.test(path, Outcome::LeftOut, Some(why))
            }
            Verdict::Ok => match transcript.left_out(path) {
                Some(why) => origin.test(path, Outcome::LeftOut, Some(why.to_owned())),
                None => origin.test(path, Outcome::Passed, None),
            },
        })
        .collect();
    if !transcript.announced && status.success() {
        // `harness = false`: the exit code is all it says. A filter does not reach it.
        tests.push(origin.test("main", Outcome::Passed, None));
    } else if let Some(why) = transcript.contradiction() {
        tests.push(origin.test("(the whole suite)", Outcome::Failed, Some(format!("{why} ({status})"))));
    } else if !status.success() && tests.iter().all(|test| test.outcome != Outcome::Failed) {
        let why = format!("it ended with {status} though no test failed");
        tests.push(origin.test("(the whole suite)", Outcome::Failed, Some(why)));
    }
    tests
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    fn outcomes(text: &str, code: i32) -> Vec<(String, Outcome)> {
        let mut reader = Reader::default();
        for line in text.lines() {
            reader.line(line);
        }
        let origin = Origin {
            package: "p".into(),
            target: "lib".into(),
            source: String::new(),
        };
        let tests = judged(&reader.finish(), ExitStatus::from_raw(code << 8), &origin);
        tests.into_iter().map(|test| (test.path, test.outcome)).collect()
    }

    #[test]
    fn a_test_that_left_its_work_out_is_not_counted_as_passed() {
        let text = "running 1 test\ntest a ... ok\n\nsuccesses:\n\n---- a stdout ----\nleft out: no vectors\n\n\n\
                    successes:\n    a\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\n";
        assert_eq!(outcomes(text, 0), [("a".to_owned(), Outcome::LeftOut)]);
    }

    #[test]
    fn a_suite_that_aborts_is_a_failure_beside_the_tests_that_passed() {
        let told = outcomes("running 2 tests\ntest a ... ok\n", 101);
        assert_eq!(
            told,
            [
                ("a".to_owned(), Outcome::Passed),
                ("(the whole suite)".to_owned(), Outcome::Failed)
            ]
        );
    }

    #[test]
    fn a_suite_without_a_harness_goes_by_its_exit_code() {
        assert_eq!(
            outcomes("seed 7, all well\n", 0),
            [("main".to_owned(), Outcome::Passed)]
        );
        assert_eq!(outcomes("seed 7, broken\n", 1)[0].1, Outcome::Failed);
    }

    #[test]
    fn an_exit_code_that_no_test_explains_is_a_failure() {
        let text = "running 1 test\ntest a ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\n";
        assert_eq!(
            outcomes(text, 1).last().map(|(_, outcome)| *outcome),
            Some(Outcome::Failed)
        );
    }

    #[test]
    fn an_executable_is_found_by_its_package_and_kind() {
        let package = Package {
            name: "tapo-care".into(),
            version: "0.1.0".into(),
            id: "path+file:///w/core#tapo-care@0.1.0".into(),
            manifest_path: "/w/core/Cargo.toml".into(),
            targets: Vec::new(),
        };
        let line = |test: bool| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"path+file:///w/core#tapo-care@0.1.0","profile":{{"test":{test}}},
                "target":{{"kind":["test"],"name":"stories","src_path":"/w/core/tests/stories.rs"}},"executable":"/t/stories-1"}}"#
            )
        };
        let found = executable(&line(true), std::slice::from_ref(&package)).map(|e| (e.package.name, e.target));
        assert_eq!(found, Some(("tapo-care".to_owned(), "test stories".to_owned())));
        assert!(executable(&line(false), &[package]).is_none());
    }
}
