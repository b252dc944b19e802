//! Jars for this machine: the Kotlin package, and its bindings with the library inside, where JNA finds it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::boundary::Boundary;
use crate::files::copy;
use crate::problem::Problem;
use crate::shipped::{self, Shipped};
use crate::terminal::step;
use crate::toolchain::{self, BINUTILS, JDK, MAVEN};
use crate::workspace::{Workspace, outside_cargo, succeed};

const PROJECT: &str = "android";
const MODULES: [(&str, &str); 2] = [("bindings", "tapo-care-bindings"), ("care", "tapo-care")];

/// Builds the library and its jars, and hands back the folder.
pub fn package(workspace: &Workspace) -> Result<PathBuf, Problem> {
    toolchain::need(&BINUTILS)?;
    toolchain::need(&[JDK, MAVEN])?;
    let shipped = shipped::build(workspace)?;
    let mut command = maven(workspace, &Boundary::build(workspace)?, &shipped)?;
    command.arg("-DskipTests");
    succeed(command, "mvn")?;
    jars(workspace)
}

/// Maven over a library that is built already, as far as `package`: the jars, and behind them their test.
pub fn maven(workspace: &Workspace, boundary: &Boundary<'_>, shipped: &Shipped) -> Result<Command, Problem> {
    let folder = shipped::package_folder(workspace, "jvm-sources")?;
    let generated = folder.join("kotlin");
    boundary.bindings(&shipped.unstripped, "kotlin", &generated)?;
    let resources = folder.join("resources");
    let name = shipped.stripped.file_name().unwrap_or_default();
    copy(&shipped.stripped, &resources.join(prefix()).join(name))?;
    step(&format!("jars: mvn -q -B -f {PROJECT}/pom.xml -Pshipped package"));
    let mut command = outside_cargo("mvn");
    command.args(["-q", "-B", "-Pshipped", "-f"]);
    command.arg(workspace.root.join(PROJECT).join("pom.xml")).arg("package");
    for (name, path) in [
        ("generated", generated),
        ("resources", resources),
        ("native", boundary.folder.clone()),
    ] {
        command.arg(format!("-Dcare.{name}={}", path.display()));
    }
    command.current_dir(&workspace.root);
    Ok(command)
}

/// Copies the jars that Maven made to where packages lie.
pub fn jars(workspace: &Workspace) -> Result<PathBuf, Problem> {
    let folder = shipped::package_folder(workspace, "jvm")?;
    let version = shipped::version(workspace)?;
    for (module, artifact) in MODULES {
        let file = format!("{artifact}-{version}.jar");
        let built = workspace
            .root
            .join(PROJECT)
            .join(module)
            .join("target/shipped")
            .join(&file);
        copy(&built, &folder.join(&file))?;
    }
    Ok(folder)
}

/// Where the test's reports are.
pub fn reports(workspace: &Workspace) -> PathBuf {
    workspace
        .root
        .join(PROJECT)
        .join("shipped/target/shipped/surefire-reports")
}

/// The folder in which JNA looks inside a jar, for this machine.
fn prefix() -> &'static Path {
    Path::new(match (std::env::consts::OS, std::env::consts::ARCH) {
        ("macos", "aarch64") => "darwin-aarch64",
        ("macos", _) => "darwin-x86-64",
        ("windows", _) => "win32-x86-64",
        (_, "aarch64") => "linux-aarch64",
        _ => "linux-x86-64",
    })
}
