//! What the boundary suites and benches run on: the library with the feature `sandbox`, care-sandbox, and the generator of
//! bindings. Kotlin's and Python's own builds ask cargo for the same packages and features, so nothing is built twice.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::problem::Problem;
use crate::workspace::{Workspace, output, succeed};

/// The packages of every boundary suite.
const PACKAGES: [&str; 3] = ["tapo-care-ffi", "care-sandbox", "tapo-care-bindgen"];

/// Built, and where it is.
pub struct Boundary<'w> {
    workspace: &'w Workspace,
    /// The folder of libraries and programs.
    pub folder: PathBuf,
}

impl<'w> Boundary<'w> {
    /// For the suites.
    pub fn build(workspace: &'w Workspace) -> Result<Self, Problem> {
        Self::of(workspace, "debug", &[])
    }

    /// For the benches, with an empty library to compare with.
    pub fn release(workspace: &'w Workspace) -> Result<Self, Problem> {
        Self::of(workspace, "release", &["--release", "-p", "tapo-care-empty"])
    }

    fn of(workspace: &'w Workspace, folder: &str, more: &[&str]) -> Result<Self, Problem> {
        let mut command = workspace.cargo();
        command
            .args(["build", "--features", "tapo-care-ffi/sandbox"])
            .args(more);
        command.args(PACKAGES.iter().flat_map(|package| ["-p", package]));
        succeed(
            command,
            "cargo build -p tapo-care-ffi -p care-sandbox -p tapo-care-bindgen",
        )?;
        let folder = workspace.target.join(folder);
        Ok(Self { workspace, folder })
    }

    /// A shared library of that name.
    pub fn library(&self, name: &str) -> PathBuf {
        self.folder.join(library_file(name))
    }

    /// A program of that name.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// Writes the bindings of one language, read out of an unstripped library.
    pub fn bindings(&self, library: &Path, language: &str, into: &Path) -> Result<(), Problem> {
        let mut command = Command::new(self.program("uniffi-bindgen"));
        command.current_dir(&self.workspace.root);
        command.args(["generate", "--language", language, "--library"]);
        command.arg(library).arg("--out-dir").arg(into);
        output(command, "uniffi-bindgen").map(drop)
    }
}

/// What a shared library of that name is called on this machine.
pub fn library_file(name: &str) -> String {
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    format!("{prefix}{name}{suffix}")
}
