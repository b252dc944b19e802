//! Whether the foreign library compiles for the phones. Nothing is linked: the C in it is not compiled, because the
//! phones' headers are not to be had on every machine; `cargo xtask package apple|android` links.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Report, Run, Suite};
use crate::package::targets;
use crate::problem::{self, Problem};
use crate::results::Outcome;
use crate::terminal::step;
use crate::toolchain::{MISSING, Toolchain};
use crate::workspace::{Workspace, output, run as start};

/// Checked for each of these.
pub struct Phones;

const TARGETS: [&str; 2] = ["aarch64-linux-android", "aarch64-apple-ios"];

/// A compiler and an archiver at once: it writes an empty file wherever one is asked for.
const STUB: &str = "#!/bin/sh\n\
    for argument do\n\
    \x20 case $last in -o) : >\"$argument\" ;; esac\n\
    \x20 case $argument in *.a) : >\"$argument\" ;; esac\n\
    \x20 last=$argument\n\
    done\n";

impl Suite for Phones {
    fn name(&self) -> &'static str {
        "phones"
    }
    fn needs(&self) -> Vec<Toolchain> {
        Vec::new()
    }
    fn filters(&self) -> bool {
        false
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        let stub = stub(&run.workspace)?;
        TARGETS
            .iter()
            .map(|target| check(&run.workspace, target, &stub))
            .collect()
    }
}

fn check(workspace: &Workspace, target: &str, stub: &Path) -> Result<Report, Problem> {
    let name = format!("check {target}");
    if !targets::present(target)? {
        let why = format!("{MISSING} {}", targets::lack(&[target]));
        step(&format!("{name}: left out, {why}"));
        return Ok(Report::of_step(&name, Outcome::LeftOut, Some(why)));
    }
    let shown = format!("cargo check -p tapo-care-ffi --target {target}");
    step(&format!("{name}: {shown}"));
    let mut command = workspace.cargo();
    command.args(["check", "-p", "tapo-care-ffi", "--target", target]);
    let named = target.replace('-', "_");
    for tool in ["CC", "AR"] {
        command.env(format!("{tool}_{named}"), stub);
    }
    command.env("CRATE_CC_NO_DEFAULTS", "1");
    Ok(match start(command, &shown)? {
        status if status.success() => Report::of_step(&name, Outcome::Passed, None),
        status => Report::of_step(&name, Outcome::Failed, Some(format!("{shown}: {status}"))),
    })
}

fn stub(workspace: &Workspace) -> Result<PathBuf, Problem> {
    let file = workspace.target.join("xtask").join("stub-cc");
    problem::write(&file, STUB)?;
    let mut command = Command::new("chmod");
    command.arg("+x").arg(&file);
    output(command, "chmod")?;
    Ok(file)
}
