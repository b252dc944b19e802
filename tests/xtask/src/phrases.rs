//! `cargo xtask phrases`: every message of a language on the terminal, or all languages into the files checked in as read.

use crate::problem::Problem;
use crate::workspace::{Workspace, run};

/// What was read through, from the root.
const READ: &str = "core/phrases/tests/read";

/// Prints one language, or writes all of them.
pub fn phrases(locale: Option<&str>) -> Result<(), Problem> {
    let workspace = Workspace::find()?;
    let mut command = workspace.cargo();
    command.args([
        "run",
        "--quiet",
        "-p",
        "tapo-care-phrases",
        "--example",
        "read_through",
        "--",
    ]);
    match locale {
        Some(locale) => command.arg(locale),
        None => command.arg("--write").arg(workspace.root.join(READ)),
    };
    match run(command, "cargo run")?.success() {
        true => Ok(()),
        false => Err(Problem::Failed(String::new())),
    }
}
