//! `cargo xtask simulate`: builds the simulation in release, where it is many times faster, and runs it on the terminal.

use crate::problem::Problem;
use crate::terminal::step;
use crate::workspace::{Workspace, run};

/// Plays the schedules asked for.
pub fn simulate(arguments: &[String]) -> Result<(), Problem> {
    let workspace = Workspace::find()?;
    let shown = format!("cargo run --release -p care-simulation -- {}", arguments.join(" "));
    step(&format!("simulate: {shown}"));
    let mut command = workspace.cargo();
    command.args(["run", "--quiet", "--release", "-p", "care-simulation", "--"]);
    command.args(arguments);
    match run(command, "cargo run")?.code() {
        Some(0) => Ok(()),
        Some(2) => Err(Problem::Usage(String::new())),
        _ => Err(Problem::Failed(String::new())),
    }
}
