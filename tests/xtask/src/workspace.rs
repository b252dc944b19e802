//! The workspace as cargo describes it, and how its commands are started.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use serde::Deserialize;

use crate::problem::Problem;

/// What `cargo metadata` says, as far as it is needed here.
#[derive(Clone, Debug, Deserialize)]
pub struct Workspace {
    /// The folder of the root Cargo.toml.
    #[serde(rename = "workspace_root")]
    pub root: PathBuf,
    /// Where cargo builds; obeys `CARGO_TARGET_DIR`.
    #[serde(rename = "target_directory")]
    pub target: PathBuf,
    /// The members.
    pub packages: Vec<Package>,
}

/// A member of the workspace.
#[derive(Clone, Debug, Deserialize)]
pub struct Package {
    /// Its name in Cargo.toml.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Cargo's id for it, as in the messages of a build.
    pub id: String,
    /// The path of its Cargo.toml.
    pub manifest_path: PathBuf,
    /// What it builds.
    pub targets: Vec<Target>,
}

/// A library, binary, test or bench of a package.
#[derive(Clone, Debug, Deserialize)]
pub struct Target {
    /// `lib`, `bin`, `test`, `bench`, …
    pub kind: Vec<String>,
    /// Its name.
    pub name: String,
    /// Its root file.
    pub src_path: PathBuf,
    /// Whether its documentation has examples that run.
    #[serde(default)]
    pub doctest: bool,
}

impl Package {
    /// The folder of its Cargo.toml.
    pub fn folder(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(Path::new("."))
    }
}

impl Workspace {
    /// Asks cargo about the workspace this was called in.
    pub fn find() -> Result<Workspace, Problem> {
        let mut command = cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        let text = output(command, "cargo metadata")?;
        serde_json::from_str(&text).map_err(|error| Problem::Failed(format!("cargo metadata: {error}")))
    }

    /// Cargo, started at the workspace root.
    pub fn cargo(&self) -> Command {
        let mut command = cargo();
        command.current_dir(&self.root);
        command
    }

    /// A path as seen from the root, for messages and results.
    pub fn relative(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}

/// Cargo as a person would call it.
fn cargo() -> Command {
    outside_cargo(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program as a person would call it.
///
/// `cargo xtask` runs inside `cargo run`, which describes *this* package in the environment. Build scripts (ring's) ask
/// to run again when that changes, so it is taken away: else each turn between `cargo build` and `cargo xtask` would
/// compile ring and all that stands on it anew. It also lets the loader find every library that was just built, which
/// would hide one that is missing.
pub fn outside_cargo(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name.starts_with("CARGO_BIN_") {
            command.env_remove(name.as_ref());
        }
    }
    let built = std::env::current_exe()
        .ok()
        .and_then(|exe| Some(exe.parent()?.to_owned()));
    if let (Some(searched), Some(built)) = (std::env::var_os(LOADER_PATH), built) {
        let others = std::env::split_paths(&searched).filter(|folder| !folder.starts_with(&built));
        if let Ok(others) = std::env::join_paths(others) {
            command.env(LOADER_PATH, others);
        }
    }
    command
}

/// Where the system's loader looks first.
const LOADER_PATH: &str = match cfg!(target_os = "macos") {
    true => "DYLD_FALLBACK_LIBRARY_PATH",
    false => "LD_LIBRARY_PATH",
};

/// Runs a command on the terminal's own streams.
pub fn run(mut command: Command, what: &str) -> Result<ExitStatus, Problem> {
    command.status().map_err(Problem::io(format!("starting {what}")))
}

/// Runs a command on the terminal's own streams, and takes any end but a good one for a problem.
pub fn succeed(command: Command, what: &str) -> Result<(), Problem> {
    match run(command, what)? {
        status if status.success() => Ok(()),
        status => Err(Problem::Failed(format!("{what}: {status}"))),
    }
}

/// Runs a command and hands back its standard output; standard error goes to the terminal.
pub fn output(mut command: Command, what: &str) -> Result<String, Problem> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(Problem::io(format!("starting {what}")))?;
    if !output.status.success() {
        return Err(Problem::Failed(format!("{what} failed ({})", output.status)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
