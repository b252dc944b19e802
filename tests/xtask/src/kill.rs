//! `cargo xtask kill`: the kill suites of the desktop shell, longer than CI plays them, in release.

use crate::problem::Problem;
use crate::terminal::step;
use crate::workspace::{Workspace, run};

/// Kills so often at random instants, at both stores together, and so often at each named point.
pub fn kill(rounds: u32, each: u32, seed: Option<u64>) -> Result<(), Problem> {
    let workspace = Workspace::find()?;
    let at_each_store = rounds.div_ceil(2).to_string();
    step(&format!(
        "kill: {at_each_store} rounds at each store, and {each} at each named point"
    ));
    let mut command = workspace.cargo();
    command.args(["test", "--release", "-p", "care-headless", "--test", "process", "--"]);
    command.args(["killed::", "--nocapture", "--test-threads", "1"]);
    command.env("CARE_KILL_ROUNDS", at_each_store);
    command.env("CARE_KILL_EACH", each.to_string());
    if let Some(seed) = seed {
        command.env("CARE_KILL_SEED", seed.to_string());
    }
    if run(command, "cargo test")?.success() {
        Ok(())
    } else {
        Err(Problem::Failed(String::new()))
    }
}
