//! Machines that are not this one: whether Rust can build for them here.

use std::path::PathBuf;
use std::process::Command;

use crate::problem::Problem;
use crate::workspace::output;

/// The first of these targets without a standard library here, as wrong usage that says how to get it.
pub fn need(targets: &[&str]) -> Result<(), Problem> {
    let mut lacking = Vec::new();
    for target in targets {
        if !present(target)? {
            lacking.push(*target);
        }
    }
    if lacking.is_empty() {
        return Ok(());
    }
    Err(Problem::Usage(lack(&lacking)))
}

/// The sentence for a person who lacks them.
pub fn lack(targets: &[&str]) -> String {
    format!(
        "Rust cannot build for {} here: rustup target add {}",
        targets.join(", "),
        targets.join(" ")
    )
}

/// Whether Rust's standard library for that machine is installed.
pub fn present(target: &str) -> Result<bool, Problem> {
    let mut command = Command::new("rustc");
    command.args(["--print", "target-libdir", "--target", target]);
    Ok(PathBuf::from(output(command, "rustc")?.trim()).is_dir())
}
