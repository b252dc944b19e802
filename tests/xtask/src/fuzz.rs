//! `cargo xtask fuzz`: the targets of care-fuzz under libFuzzer, on the Rust that is there. No nightly is needed: the
//! coverage libFuzzer goes by is an option of the stable compiler, which `tests/fuzz/instrument` gives to this
//! workspace's packages alone.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::files;
use crate::problem::Problem;
use crate::terminal::{say, step};
use crate::toolchain;
use crate::workspace::{Workspace, output};

/// How long each target runs where nobody says.
pub const SECONDS: u32 = 15;

/// Runs one target or all, each for so many seconds.
pub fn command(name: Option<&str>, seconds: u32) -> Result<(), Problem> {
    toolchain::need(&[toolchain::CPP])?;
    let workspace = Workspace::find()?;
    let fuzzer = Fuzzer::build(&workspace)?;
    let known = fuzzer.targets()?;
    let chosen: Vec<&String> = known
        .iter()
        .filter(|known| name.is_none_or(|name| name == *known))
        .collect();
    if chosen.is_empty() {
        let name = name.unwrap_or("at all");
        return Err(Problem::Usage(format!(
            "no fuzz target {name}: there are {}",
            known.join(", ")
        )));
    }
    let mut failed = Vec::new();
    for target in chosen {
        if let Err(why) = fuzzer.run(target, seconds)? {
            say(&why);
            failed.push(target.as_str());
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Problem::Failed(format!("failed: {}", failed.join(", "))))
    }
}

/// The built targets.
pub struct Fuzzer<'w> {
    workspace: &'w Workspace,
    executable: PathBuf,
}

impl<'w> Fuzzer<'w> {
    /// Builds them: this workspace's packages with coverage, what they depend on as for the tests.
    pub fn build(workspace: &'w Workspace) -> Result<Self, Problem> {
        step("fuzz: cargo build --workspace --test libfuzzer --features care-fuzz/libfuzzer");
        let mut command = workspace.cargo();
        command
            .args([
                "build",
                "--workspace",
                "--test",
                "libfuzzer",
                "--features",
                "care-fuzz/libfuzzer",
            ])
            .args(["--message-format", "json-render-diagnostics"])
            .env("RUSTC_WORKSPACE_WRAPPER", workspace.root.join("tests/fuzz/instrument"))
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1");
        let messages = output(command, "cargo build --test libfuzzer")?;
        let executable = messages.lines().find_map(executable);
        let executable = executable.ok_or_else(|| Problem::Failed("cargo built no test libfuzzer".to_owned()))?;
        Ok(Self { workspace, executable })
    }

    /// Their names: each has a folder in the corpus.
    pub fn targets(&self) -> Result<Vec<String>, Problem> {
        let corpus = self.workspace.root.join("tests/fuzz/corpus");
        let named = |entry: &PathBuf| Some(entry.file_name()?.to_str()?.to_owned());
        Ok(files::entries(&corpus)?.iter().filter_map(named).collect())
    }

    /// Runs one. What it finds on the way is kept in the target folder; an input it fails on is named.
    pub fn run(&self, target: &str, seconds: u32) -> Result<Result<(), String>, Problem> {
        let found = self.workspace.target.join("fuzz");
        let (inputs, failures) = (found.join(target), found.join("failures"));
        for folder in [&inputs, &failures] {
            files::make(folder)?;
        }
        let mut command = Command::new(&self.executable);
        command
            .env("CARE_FUZZ_TARGET", target)
            .args([
                format!("-max_total_time={seconds}"),
                "-timeout=10".to_owned(),
                "-rss_limit_mb=1024".to_owned(),
            ])
            .arg(format!("-artifact_prefix={}/{target}-", failures.display()))
            .args([&inputs, &self.workspace.root.join("tests/fuzz/corpus").join(target)])
            .stdout(Stdio::null());
        let ended = command.output().map_err(Problem::io("starting libFuzzer".to_owned()))?;
        let told = String::from_utf8_lossy(&ended.stderr);
        if ended.status.success() {
            say(&format!("fuzz {target}: {}", runs(&told)));
            return Ok(Ok(()));
        }
        Ok(Err(failure(target, &told, &failures)))
    }
}

fn executable(line: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(line).ok()?;
    (message["target"]["name"] == "libfuzzer").then_some(())?;
    message["executable"].as_str().map(PathBuf::from)
}

/// `Done 2025 runs in 9 second(s)` in its own words.
fn runs(told: &str) -> &str {
    told.lines()
        .rev()
        .find(|line| line.starts_with("Done "))
        .unwrap_or("done")
}

/// The last words before it ended, and what to do with the input.
fn failure(target: &str, told: &str, failures: &Path) -> String {
    let lines: Vec<&str> = told.lines().filter(|line| !line.starts_with('#')).collect();
    let last = lines.iter().skip(lines.len().saturating_sub(30));
    let last: Vec<&str> = last.copied().collect();
    format!(
        "{}\nfuzz {target}: an input fails; it is in {}. Put it into tests/fuzz/corpus/{target} under a name that says \
         what it is, and `cargo test -p care-fuzz` replays it.",
        last.join("\n"),
        failures.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_executable_is_found_among_cargos_messages() {
        let line = r#"{"reason":"compiler-artifact","target":{"name":"libfuzzer"},"executable":"/t/libfuzzer-1"}"#;
        assert_eq!(executable(line), Some(PathBuf::from("/t/libfuzzer-1")));
        assert_eq!(executable(&line.replace("\"libfuzzer\"", "\"replay\"")), None);
        assert_eq!(executable("no JSON"), None);
    }

    #[test]
    fn a_failure_says_where_the_input_is_and_what_to_do_with_it() {
        let said = failure(
            "jws",
            "#1 NEW\nthread panicked at 'x'\n",
            Path::new("target/fuzz/failures"),
        );
        assert!(
            said.contains("thread panicked") && said.contains("tests/fuzz/corpus/jws"),
            "{said}"
        );
        assert!(!said.contains("#1 NEW"));
        assert_eq!(
            runs("#2 INITED\nDone 7 runs in 1 second(s)\n"),
            "Done 7 runs in 1 second(s)"
        );
    }
}
