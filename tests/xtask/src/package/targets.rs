//! Machines that are not this one: whether Rust can build for them here.

use std::path::{Path, PathBuf};
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

/// Which C compiler and archiver build scripts take for that machine.
pub fn c_tools(target: &str, cc: &Path, ar: &Path) -> Vec<(String, PathBuf)> {
    let named = target.replace('-', "_");
    vec![
        (format!("CC_{named}"), cc.to_owned()),
        (format!("AR_{named}"), ar.to_owned()),
    ]
}

/// Whether Rust's standard library for that machine is installed.
pub fn present(target: &str) -> Result<bool, Problem> {
    let mut command = Command::new("rustc");
    command.args(["--print", "target-libdir", "--target", target]);
    Ok(PathBuf::from(output(command, "rustc")?.trim()).is_dir())
}
