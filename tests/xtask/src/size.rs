//! `cargo xtask size`: what core weighs as a phone would carry it.
//!
//! A probe, a library with one exported function over core, is built alone in the profile `dist`, so that no other
//! package's features come into it. Its symbols say whose the bytes are; a stripped copy says how many there are.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Serialize;

use crate::ledger::{self, Entry, OTHER_ROW, Owners};
use crate::problem::{self, Problem};
use crate::terminal::{columns, grouped, say, step, strong};
use crate::toolchain::BINUTILS;
use crate::workspace::{Workspace, output, run};

/// The probe's code, so that the linker keeps core. Everything that ships has to be reachable from it.
const PROBE: &str = include_str!("../probe/lib.rs");

/// What `target/xtask/size.json` holds, in bytes.
#[derive(Debug, Serialize)]
struct Size {
    /// The library as it ships, without symbols.
    stripped: u64,
    /// The library as the linker left it.
    unstripped: u64,
    /// By crate, and C code by the crate that brings it; adds up to `stripped`.
    crates: Vec<Entry>,
    /// By section.
    sections: Vec<Entry>,
    /// The compiler that made it.
    rustc: String,
}

/// Builds, weighs, prints and writes it down.
pub fn size() -> Result<(), Problem> {
    if let Some(tool) = BINUTILS.iter().find(|tool| !tool.present()) {
        return Err(Problem::Usage(format!(
            "{} is not installed: {}",
            tool.name, tool.install
        )));
    }
    let workspace = Workspace::find()?;
    let probe = workspace.target.join("xtask").join("size-probe");
    lay_out(&workspace, &probe)?;
    step("build: the library over core, profile dist, alone");
    let library = build(&workspace, &probe)?;

    let stripped = probe.join("stripped.so");
    let mut strip = Command::new("strip");
    strip.args(["--strip-all", "-o"]).arg(&stripped).arg(&library);
    output(strip, "strip")?;

    let owners = owners(&workspace, &probe)?;
    let symbols = output(nm(&["--print-size", "--defined-only", "-C"], &library), "nm")?;
    let mut sections = Command::new("size");
    sections.arg("-A").arg(&stripped);
    let mut rustc = Command::new("rustc");
    rustc.current_dir(&workspace.root).arg("--version");
    let mut size = Size {
        stripped: bytes(&stripped)?,
        unstripped: bytes(&library)?,
        crates: ledger::by_crate(&symbols, &owners),
        sections: ledger::by_section(&output(sections, "size")?),
        rustc: output(rustc, "rustc")?.trim().to_owned(),
    };
    let named: u64 = size.crates.iter().map(|entry| entry.bytes).sum();
    let rest = size.stripped.saturating_sub(named);
    size.crates.push(Entry {
        name: "(no symbol: constants, unwinding, relocations)".to_owned(),
        bytes: rest,
    });

    show(&size);
    let text = serde_json::to_string_pretty(&size).map_err(|error| Problem::Failed(format!("size.json: {error}")))?;
    let file = workspace.target.join("xtask").join("size.json");
    problem::write(&file, &(text + "\n"))?;
    say(&format!("\nwritten to {}", workspace.relative(&file)));
    Ok(())
}

/// Writes the probe: a workspace of its own with the root's versions and the root's profiles.
fn lay_out(workspace: &Workspace, probe: &Path) -> Result<(), Problem> {
    let root = problem::read(&workspace.root.join("Cargo.toml"))?;
    let profiles: String = ["profile.release", "profile.dist"]
        .iter()
        .filter_map(|name| section(&root, name))
        .collect();
    if !profiles.contains("[profile.dist]") {
        return Err(Problem::Failed("the root Cargo.toml has no [profile.dist]".to_owned()));
    }
    let core = serde_json::to_string(&workspace.root.join("core"))
        .map_err(|error| Problem::Failed(format!("the path of core: {error}")))?;
    let manifest = format!(
        "# Written by cargo xtask size.\n[workspace]\n\n[package]\nname = \"size-probe\"\nversion = \"0.0.0\"\n\
         edition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\ntapo-care = {{ path = {core} }}\n\
         tokio = {{ version = \"1\", default-features = false }}\n\n{profiles}"
    );
    problem::write(&probe.join("Cargo.toml"), &manifest)?;
    problem::write(&probe.join("src").join("lib.rs"), PROBE)?;
    problem::write(
        &probe.join("Cargo.lock"),
        &problem::read(&workspace.root.join("Cargo.lock"))?,
    )
}

/// A table of a TOML file as it stands there, without any `strip`: symbols are needed for the ledger.
fn section(toml: &str, name: &str) -> Option<String> {
    let head = format!("[{name}]");
    let mut lines = toml.lines().skip_while(|line| line.trim() != head);
    let mut text = format!("{}\n", lines.next()?);
    for line in lines.take_while(|line| !line.starts_with('[')) {
        if !line.starts_with("strip") && !line.starts_with('#') {
            text = text + line + "\n";
        }
    }
    Some(text)
}

/// Builds the probe. Its own names are in Rust's newer scheme, which tells for whose type a generic was written out.
fn build(workspace: &Workspace, probe: &Path) -> Result<PathBuf, Problem> {
    let target = probe.join("target");
    let mut command = workspace.cargo();
    command
        .args(["build", "--profile", "dist", "--manifest-path"])
        .arg(probe.join("Cargo.toml"));
    command
        .arg("--target-dir")
        .arg(&target)
        .env("RUSTFLAGS", "-C symbol-mangling-version=v0");
    let status = run(command, "cargo build")?;
    if !status.success() {
        return Err(Problem::Failed(format!(
            "the size probe did not build ({status}); does tests/xtask/probe/lib.rs still fit core?"
        )));
    }
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    Ok(target.join("dist").join(format!("{prefix}size_probe{suffix}")))
}

/// The crates that may be in the library, and the names in every archive that a build script compiled.
fn owners(workspace: &Workspace, probe: &Path) -> Result<Owners, Problem> {
    let mut owners = Owners::default();
    let lock = problem::read(&probe.join("Cargo.lock"))?;
    let names = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    owners.crates = names.map(|name| name.replace('-', "_")).collect();
    let built = probe.join("target").join("dist").join("build");
    for script in entries(&built)? {
        let folder = script.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let owner = folder.rsplit_once('-').map_or(folder.as_str(), |(name, _)| name);
        for archive in entries(&script.join("out"))?
            .iter()
            .filter(|file| file.extension().is_some_and(|e| e == "a"))
        {
            let symbols = output(nm(&["--defined-only"], archive), "nm")?;
            for symbol in ledger::symbols_of_archive(&symbols) {
                owners.c_symbols.insert(symbol.to_owned(), owner.to_owned());
            }
        }
    }
    if owners.c_symbols.is_empty() {
        let where_ = workspace.relative(&built);
        say(&format!(
            "note: no C archives under {where_}; C code stands under {OTHER_ROW}"
        ));
    }
    Ok(owners)
}

fn nm(arguments: &[&str], file: &Path) -> Command {
    let mut command = Command::new("nm");
    command.args(arguments).arg(file);
    command
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let reading = || format!("reading {}", folder.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Problem::io(reading()))? {
        paths.push(entry.map_err(Problem::io(reading()))?.path());
    }
    paths.sort();
    Ok(paths)
}

fn bytes(file: &Path) -> Result<u64, Problem> {
    Ok(std::fs::metadata(file)
        .map_err(Problem::io(format!("reading {}", file.display())))?
        .len())
}

fn show(size: &Size) {
    let table = |head: &str, entries: &[Entry]| {
        let mut rows = vec![[head, "bytes", "share"].map(str::to_owned).to_vec()];
        rows.extend(entries.iter().map(|entry| {
            let share = entry.bytes as f64 * 100.0 / size.stripped.max(1) as f64;
            vec![entry.name.clone(), grouped(entry.bytes), format!("{share:.1} %")]
        }));
        say("");
        columns(&rows, &[1, 2]).iter().for_each(|line| say(line));
    };
    table("section", &size.sections);
    table("crate", &size.crates);
    say("");
    let (stripped, unstripped) = (grouped(size.stripped), grouped(size.unstripped));
    say(&strong(&format!(
        "{stripped} bytes stripped ({unstripped} with symbols)"
    )));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_probe_takes_the_profile_and_keeps_its_symbols() {
        let toml = "[profile.dist]\ninherits = \"release\"\n# why\nstrip = true\nlto = \"fat\"\n\n[other]\nx = 1\n";
        assert_eq!(
            section(toml, "profile.dist").unwrap(),
            "[profile.dist]\ninherits = \"release\"\nlto = \"fat\"\n\n"
        );
        assert_eq!(section(toml, "profile.release"), None);
    }
}
