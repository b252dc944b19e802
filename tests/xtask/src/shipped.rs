//! The library as it ships: `tapo-care-ffi` built alone in the profile `dist`, so that no other package's features
//! come into it, the feature `sandbox` least of all.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::boundary::library_file;
use crate::files;
use crate::problem::Problem;
use crate::terminal::{grouped, say, step};
use crate::workspace::{Workspace, output, succeed};

/// The package and the library it makes.
const PACKAGE: &str = "tapo-care-ffi";
const LIBRARY: &str = "tapo_care_ffi";
const BUILD: &str = "cargo rustc -p tapo-care-ffi --profile dist";

/// How it is compiled beyond the profile. Names in the newer scheme tell for whose type a generic was written out, which
/// the ledger of `size` reads; they weigh nothing once the library is stripped.
const FLAGS: [&str; 1] = ["-Csymbol-mangling-version=v0"];
/// How it is linked on Linux: equal functions once. (Relocations in the short form would save 0.3 MB more, and need a
/// glibc of 2.36.)
const LINUX_FLAGS: [&str; 1] = ["-Clink-arg=-Wl,--icf=all"];
/// SQLite and ring never unwind: a panic does not pass through C.
const C_FLAGS: &str = "-fno-asynchronous-unwind-tables -fno-unwind-tables";

/// What a build for this machine left.
pub struct Shipped {
    /// The shared library as the linker left it: bindings are generated from this one.
    pub unstripped: PathBuf,
    /// The shared library that ships.
    pub stripped: PathBuf,
    /// Where build scripts left the archives they compiled.
    pub scripts: PathBuf,
}

/// Builds it for this machine and strips a copy.
pub fn build(workspace: &Workspace) -> Result<Shipped, Problem> {
    step(&format!("build: {PACKAGE} alone, profile dist"));
    let mut command = cargo(workspace, "cdylib");
    command.args(["--config", &rustflags(workspace, cfg!(target_os = "linux"))?]);
    if cfg!(target_os = "linux") {
        command.env("CFLAGS", C_FLAGS);
    }
    succeed(command, BUILD)?;
    let folder = folder(workspace).join("dist");
    let file = library_file(LIBRARY);
    let unstripped = folder.join(&file);
    let stripped = folder.join("stripped").join(&file);
    strip(Path::new("strip"), &unstripped, &stripped)?;
    Ok(Shipped {
        unstripped,
        stripped,
        scripts: folder.join("build"),
    })
}

/// Builds it for another machine as a `cdylib` or a `staticlib`, with what that needs in the environment, and hands back
/// the folder it is in.
pub fn build_for(
    workspace: &Workspace,
    target: &str,
    form: &str,
    environment: &[(String, PathBuf)],
) -> Result<PathBuf, Problem> {
    step(&format!("build: {PACKAGE} alone, profile dist, for {target}"));
    let mut command = cargo(workspace, form);
    let flags = remapped(workspace)?;
    // Under the target's name they join what `.cargo/config.toml` says of it; under `build` they would be left out.
    command.args([
        "--target",
        target,
        "--config",
        &value(&format!("target.{target}.rustflags"), &flags)?,
    ]);
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    succeed(command, BUILD)?;
    Ok(folder(workspace).join(target).join("dist"))
}

/// A copy without symbols, made by the `strip` of that machine.
pub fn strip(tool: &Path, from: &Path, to: &Path) -> Result<(), Problem> {
    to.parent().map_or(Ok(()), files::make)?;
    let mut command = Command::new(tool);
    command.args(["--strip-all", "-o"]).arg(to).arg(from);
    output(command, "strip").map(drop)
}

/// Where packages come to lie, emptied.
pub fn package_folder(workspace: &Workspace, kind: &str) -> Result<PathBuf, Problem> {
    let folder = folder(workspace).join(kind);
    files::forget(&folder)?;
    files::make(&folder)?;
    Ok(folder)
}

/// The version of the package, which the packages carry.
pub fn version(workspace: &Workspace) -> Result<&str, Problem> {
    let package = workspace.packages.iter().find(|package| package.name == PACKAGE);
    package
        .map(|package| package.version.as_str())
        .ok_or_else(|| Problem::Failed(format!("the workspace has no package {PACKAGE}")))
}

/// What a package is made of, for the person who asked for it.
pub fn list(workspace: &Workspace, folder: &Path) -> Result<(), Problem> {
    for file in files::below(folder, &[])? {
        let weight = grouped(files::bytes(&file)?);
        say(&format!("  {weight:>10}  {}", workspace.relative(&file)));
    }
    Ok(())
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("package")
}

/// A target folder of its own: what is built there was never built together with anything else. One form at a time: where a
/// shared and a static library are made in one go, neither leaves out what only the other needs.
fn cargo(workspace: &Workspace, form: &str) -> Command {
    let mut command = workspace.cargo();
    command.args([
        "rustc",
        "-p",
        PACKAGE,
        "--lib",
        "--crate-type",
        form,
        "--profile",
        "dist",
    ]);
    command
        .arg("--target-dir")
        .arg(folder(workspace))
        .env_remove("RUSTFLAGS");
    command
}

/// The compiler's flags for this machine, as a value for cargo's configuration.
fn rustflags(workspace: &Workspace, linux: bool) -> Result<String, Problem> {
    let chosen = FLAGS.iter().chain(LINUX_FLAGS.iter().filter(|_| linux));
    let mut flags: Vec<String> = chosen.map(|&flag| flag.to_owned()).collect();
    flags.extend(remapped(workspace)?);
    value("build.rustflags", &flags)
}

/// Sources are named from where they lie in their package or workspace: no path of the machine that built it ships.
fn remapped(workspace: &Workspace) -> Result<Vec<String>, Problem> {
    let folders = sources(workspace)?;
    Ok(folders
        .iter()
        .map(|folder| format!("--remap-path-prefix={}/=", folder.display()))
        .collect())
}

fn value(key: &str, flags: &[String]) -> Result<String, Problem> {
    let quoted = serde_json::to_string(flags).map_err(|error| Problem::Failed(format!("{key}: {error}")))?;
    Ok(format!("{key}={quoted}"))
}

/// The workspace, and each folder in which cargo keeps the sources of packages.
fn sources(workspace: &Workspace) -> Result<Vec<PathBuf>, Problem> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let mut folders = vec![workspace.root.clone()];
    if let Some(registries) = home
        .map(|home| home.join("registry").join("src"))
        .filter(|src| src.is_dir())
    {
        folders.extend(files::entries(&registries)?);
    }
    folders.sort();
    Ok(folders)
}
