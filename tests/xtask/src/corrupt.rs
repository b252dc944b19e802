//! `cargo xtask corrupt`: builds the corruption suite in release, where it is many times faster, and runs it on the terminal.

use crate::problem::Problem;
use crate::terminal::step;
use crate::workspace::{Workspace, run};

/// Damages what was asked for.
pub fn corrupt(arguments: &[String]) -> Result<(), Problem> {
    let workspace = Workspace::find()?;
    let shown = format!("cargo run --release -p care-corruption -- {}", arguments.join(" "));
    step(&format!("corrupt: {shown}"));
    let mut command = workspace.cargo();
    command.args(["run", "--quiet", "--release", "-p", "care-corruption", "--"]);
    command.args(arguments);
    match run(command, "cargo run")?.code() {
        Some(0) => Ok(()),
        Some(2) => Err(Problem::Usage(String::new())),
        _ => Err(Problem::Failed(String::new())),
    }
}
