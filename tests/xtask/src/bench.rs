//! `cargo xtask bench`: the benches of every package, one after the other, on the terminal; `ffi` is the one
//! in other languages.

mod ffi;

use crate::problem::Problem;
use crate::terminal::step;
use crate::workspace::{Workspace, run};

/// Runs the bench of this name, or all.
pub fn bench(name: Option<&str>) -> Result<(), Problem> {
    let workspace = Workspace::find()?;
    if name == Some("ffi") {
        return ffi::bench(&workspace);
    }
    let known: Vec<(&str, &str)> = workspace
        .packages
        .iter()
        .flat_map(|package| package.targets.iter().map(move |target| (package, target)))
        .filter(|(_, target)| target.kind.iter().any(|kind| kind == "bench"))
        .map(|(package, target)| (package.name.as_str(), target.name.as_str()))
        .collect();
    let chosen: Vec<_> = known
        .iter()
        .filter(|(_, bench)| name.is_none_or(|name| name == *bench))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = known.iter().map(|(_, bench)| *bench).collect();
        let there = if names.is_empty() {
            "no package has one".to_owned()
        } else {
            format!("there are {} and ffi", names.join(", "))
        };
        return Err(Problem::Usage(format!(
            "no bench {}: {there}",
            name.unwrap_or("at all")
        )));
    }
    let mut failed = Vec::new();
    for (package, bench) in chosen {
        step(&format!("bench {bench}: cargo bench -p {package} --bench {bench}"));
        let mut command = workspace.cargo();
        command.args(["bench", "-p", package, "--bench", bench]);
        if !run(command, "cargo bench")?.success() {
            failed.push(*bench);
        }
    }
    if name.is_none() {
        ffi::bench(&workspace)?;
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Problem::Failed(format!("failed: {}", failed.join(", "))))
    }
}
