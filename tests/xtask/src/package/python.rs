//! A wheel for this machine: the typed package, the generated module, the library.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::problem::Problem;
use crate::shipped::{self, Shipped, copy};
use crate::toolchain::{BINUTILS, PYTHON};
use crate::workspace::{Workspace, output};

const SOURCES: &str = "tests/contract/python";

/// Builds the library and its wheel, and hands back the folder.
pub fn package(workspace: &Workspace) -> Result<PathBuf, Problem> {
    shipped::need(&BINUTILS)?;
    shipped::need(&[PYTHON])?;
    let shipped = shipped::build(workspace)?;
    let wheel = wheel(workspace, &shipped)?;
    Ok(wheel.parent().unwrap_or(Path::new(".")).to_owned())
}

/// The wheel of a library that is built already.
pub fn wheel(workspace: &Workspace, shipped: &Shipped) -> Result<PathBuf, Problem> {
    let folder = shipped::package_folder(workspace, "python")?;
    let content = folder.join("content");
    shipped::bindings(workspace, &shipped.unstripped, "python", &content)?;
    let name = shipped.stripped.file_name().unwrap_or_default();
    copy(&shipped.stripped, &content.join(name))?;
    let package = workspace.root.join(SOURCES).join("tapo_care_shell");
    for file in shipped::files(&package)? {
        let relative = file.strip_prefix(package.parent().unwrap_or(&package)).unwrap_or(&file);
        if !relative.components().any(|part| part.as_os_str() == "__pycache__") {
            copy(&file, &content.join(relative))?;
        }
    }
    let mut command = Command::new("python3");
    command.arg(workspace.root.join(SOURCES).join("wheel.py"));
    command
        .args(["--version", shipped::version(workspace)?, "--content"])
        .arg(&content);
    command.arg("--out-dir").arg(&folder);
    let path = output(command, "wheel.py")?;
    std::fs::remove_dir_all(&content).map_err(Problem::io(format!("emptying {}", content.display())))?;
    Ok(PathBuf::from(path.trim()))
}
