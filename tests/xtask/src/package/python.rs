//! A wheel for this machine: the typed package, the generated module, the library.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::boundary::Boundary;
use crate::files::{self, copy};
use crate::problem::Problem;
use crate::shipped::{self, Shipped};
use crate::toolchain::{self, BINUTILS, PYTHON};
use crate::workspace::{Workspace, output};

const SOURCES: &str = "tests/contract/python";

/// Builds the library and its wheel, and hands back the folder.
pub fn package(workspace: &Workspace) -> Result<PathBuf, Problem> {
    toolchain::need(&BINUTILS)?;
    toolchain::need(&[PYTHON])?;
    let shipped = shipped::build(workspace)?;
    let wheel = wheel(workspace, &Boundary::build(workspace)?, &shipped)?;
    Ok(wheel.parent().unwrap_or(Path::new(".")).to_owned())
}

/// The wheel of a library that is built already.
pub fn wheel(workspace: &Workspace, boundary: &Boundary<'_>, shipped: &Shipped) -> Result<PathBuf, Problem> {
    let folder = shipped::package_folder(workspace, "python")?;
    let content = folder.join("content");
    boundary.bindings(&shipped.unstripped, "python", &content)?;
    let name = shipped.stripped.file_name().unwrap_or_default();
    copy(&shipped.stripped, &content.join(name))?;
    let sources = workspace.root.join(SOURCES);
    for file in files::below(&sources.join("tapo_care_shell"), &["__pycache__"])? {
        copy(&file, &content.join(file.strip_prefix(&sources).unwrap_or(&file)))?;
    }
    let mut command = Command::new("python3");
    command.arg(sources.join("wheel.py"));
    command
        .args(["--version", shipped::version(workspace)?, "--content"])
        .arg(&content);
    command.arg("--out-dir").arg(&folder);
    let path = output(command, "wheel.py")?;
    files::forget(&content)?;
    Ok(PathBuf::from(path.trim()))
}
