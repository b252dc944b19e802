//! Whether the foreign library compiles for the phones. Nothing is linked: the C in it is not compiled, because the
//! phones' headers are not to be had on every machine; `cargo xtask package apple|android` links.

use std::path::Path;

use super::{Report, Run, Suite, left_out};
use crate::files;
use crate::package::targets;
use crate::problem::Problem;
use crate::terminal::step;
use crate::toolchain::{MISSING, Toolchain};
use crate::workspace::{Workspace, succeed};

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
        let stub = run.workspace.target.join("xtask").join("stub-cc");
        files::write_script(&stub, STUB)?;
        TARGETS
            .iter()
            .map(|target| check(&run.workspace, target, &stub))
            .collect()
    }
}

fn check(workspace: &Workspace, target: &str, stub: &Path) -> Result<Report, Problem> {
    let name = format!("check {target}");
    if !targets::present(target)? {
        return Ok(left_out(&name, format!("{MISSING} {}", targets::lack(&[target]))));
    }
    let shown = format!("cargo check -p tapo-care-ffi --target {target}");
    step(&format!("{name}: {shown}"));
    let mut command = workspace.cargo();
    command.args(["check", "-p", "tapo-care-ffi", "--target", target]);
    command
        .envs(targets::c_tools(target, stub, stub))
        .env("CRATE_CC_NO_DEFAULTS", "1");
    Ok(Report::of_end(&name, succeed(command, &shown)))
}
