//! `cargo xtask size`: what the shipped library weighs, against the ledger that is checked in.
//!
//! The library's symbols say whose the bytes are; its stripped copy says how many there are. Whoever makes it more than
//! 2 % heavier enters that in `bindings/size.json`, so that a reviewer reads it; over the limit it is never right.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::files;
use crate::ledger::{self, Entry, OTHER_ROW, Owners};
use crate::problem::Problem;
use crate::shipped::{self, Shipped};
use crate::terminal::{columns, grouped, say, strong};
use crate::toolchain::{self, BINUTILS};
use crate::workspace::{Workspace, output};

/// The ledger, from the root.
const LEDGER: &str = "bindings/size.json";
/// Never heavier than this, in bytes, entered or not.
const LIMIT: u64 = 5_500_000;
/// How much heavier than the ledger it may be, in thousandths.
const GROWTH: u64 = 20;

/// What the ledger holds, in bytes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Size {
    /// The library as it ships, without symbols.
    pub stripped: u64,
    /// By section.
    sections: Vec<Entry>,
    /// By crate, and C code by the crate that brings it; adds up to `stripped`.
    crates: Vec<Entry>,
    /// The compiler that made it.
    rustc: String,
    /// What it was made for.
    target: String,
}

/// Builds, weighs and shows it; then compares it with the ledger, or enters it there.
pub fn size(enter: bool) -> Result<(), Problem> {
    toolchain::need(&BINUTILS)?;
    let workspace = Workspace::find()?;
    let size = weigh(&workspace, &shipped::build(&workspace)?)?;
    let ledger = workspace.root.join(LEDGER);
    let before = if enter && !ledger.exists() {
        Size::default()
    } else {
        entered(&ledger)?
    };
    show(&size, &before);
    if enter {
        under_limit(&size)?;
        let text =
            serde_json::to_string_pretty(&size).map_err(|error| Problem::Failed(format!("{LEDGER}: {error}")))?;
        files::write(&ledger, &(text + "\n"))?;
        say(&format!("entered in {LEDGER}"));
        return Ok(());
    }
    judge(&size, &before)
}

/// Weighs a library and compares it with the ledger: what the test run does.
pub fn check(workspace: &Workspace, shipped: &Shipped) -> Result<(), Problem> {
    let size = weigh(workspace, shipped)?;
    let before = entered(&workspace.root.join(LEDGER))?;
    show(&size, &before);
    judge(&size, &before)
}

fn entered(ledger: &Path) -> Result<Size, Problem> {
    serde_json::from_str(&files::read(ledger)?).map_err(|error| Problem::Failed(format!("{LEDGER}: {error}")))
}

fn under_limit(size: &Size) -> Result<(), Problem> {
    if size.stripped <= LIMIT {
        return Ok(());
    }
    let (is, limit) = (grouped(size.stripped), grouped(LIMIT));
    Err(Problem::Failed(format!(
        "the shipped library has {is} bytes; the limit is {limit}"
    )))
}

fn judge(size: &Size, before: &Size) -> Result<(), Problem> {
    under_limit(size)?;
    if size.target != before.target {
        return Ok(());
    }
    if size.stripped * 1000 > before.stripped * (1000 + GROWTH) {
        let (is, was) = (grouped(size.stripped), grouped(before.stripped));
        return Err(Problem::Failed(format!(
            "the shipped library grew from {was} to {is} bytes, more than 2 %; if that is right, \
             enter it with `cargo xtask size --enter`"
        )));
    }
    Ok(())
}

fn weigh(workspace: &Workspace, shipped: &Shipped) -> Result<Size, Problem> {
    let owners = owners(workspace, &shipped.scripts)?;
    let symbols = output(nm(&["--print-size", "--defined-only", "-C"], &shipped.unstripped), "nm")?;
    let mut sections = Command::new("size");
    sections.arg("-A").arg(&shipped.stripped);
    let mut rustc = Command::new("rustc");
    rustc.current_dir(&workspace.root).arg("-vV");
    let rustc = output(rustc, "rustc")?;
    let target = rustc
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap_or_default();
    let mut size = Size {
        stripped: files::bytes(&shipped.stripped)?,
        sections: ledger::by_section(&output(sections, "size")?),
        crates: ledger::by_crate(&symbols, &owners),
        rustc: rustc.lines().next().unwrap_or_default().to_owned(),
        target: target.to_owned(),
    };
    let named: u64 = size.crates.iter().map(|entry| entry.bytes).sum();
    let rest = size.stripped.saturating_sub(named);
    size.crates.push(Entry {
        name: "(no symbol: constants, unwinding, relocations)".to_owned(),
        bytes: rest,
    });
    Ok(size)
}

/// The crates that may be in the library, and the names in every archive that a build script compiled.
fn owners(workspace: &Workspace, scripts: &Path) -> Result<Owners, Problem> {
    let mut owners = Owners::default();
    let lock = files::read(&workspace.root.join("Cargo.lock"))?;
    let names = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    owners.crates = names.map(|name| name.replace('-', "_")).collect();
    for script in files::entries(scripts)? {
        let folder = script.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let owner = folder.rsplit_once('-').map_or(folder.as_str(), |(name, _)| name);
        let out = script.join("out");
        if !out.is_dir() {
            continue;
        }
        let archives = files::entries(&out)?.into_iter();
        for archive in archives.filter(|file| file.extension().is_some_and(|e| e == "a")) {
            let symbols = output(nm(&["--defined-only"], &archive), "nm")?;
            for symbol in ledger::symbols_of_archive(&symbols) {
                owners.c_symbols.insert(symbol.to_owned(), owner.to_owned());
            }
        }
    }
    if owners.c_symbols.is_empty() {
        let where_ = workspace.relative(scripts);
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

fn show(size: &Size, before: &Size) {
    if size.target != before.target {
        say(&format!(
            "the ledger is of {}, this is {}: not compared",
            before.target, size.target
        ));
    }
    let table = |head: &str, entries: &[Entry], before: &[Entry]| {
        let was: BTreeMap<&str, u64> = before.iter().map(|entry| (entry.name.as_str(), entry.bytes)).collect();
        let mut rows = vec![[head, "bytes", "share", "since the ledger"].map(str::to_owned).to_vec()];
        rows.extend(entries.iter().map(|entry| {
            let share = entry.bytes as f64 * 100.0 / size.stripped.max(1) as f64;
            let was = was.get(entry.name.as_str()).copied().unwrap_or_default();
            let name = entry.name.clone();
            vec![
                name,
                grouped(entry.bytes),
                format!("{share:.1} %"),
                difference(entry.bytes, was),
            ]
        }));
        say("");
        columns(&rows, &[1, 2, 3]).iter().for_each(|line| say(line));
    };
    table("section", &size.sections, &before.sections);
    table("crate", &size.crates, &before.crates);
    say("");
    let (stripped, since) = (grouped(size.stripped), difference(size.stripped, before.stripped));
    say(&strong(&format!(
        "{stripped} bytes stripped ({since} since the ledger)"
    )));
}

/// `+1 024`, `-7`, or nothing where nothing changed.
fn difference(is: u64, was: u64) -> String {
    match is.cmp(&was) {
        std::cmp::Ordering::Less => format!("-{}", grouped(was - is)),
        std::cmp::Ordering::Equal => "±0".to_owned(),
        std::cmp::Ordering::Greater => format!("+{}", grouped(is - was)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(stripped: u64) -> Size {
        Size {
            stripped,
            target: "here".to_owned(),
            ..Size::default()
        }
    }

    #[test]
    fn a_library_over_two_percent_heavier_than_its_ledger_fails_until_it_is_entered() {
        assert!(judge(&of(1_020_000), &of(1_000_000)).is_ok());
        let problem = judge(&of(1_020_001), &of(1_000_000)).unwrap_err().to_string();
        assert!(problem.contains("--enter"), "{problem}");
    }

    #[test]
    fn a_library_over_the_limit_fails_whatever_the_ledger_says() {
        assert!(judge(&of(LIMIT), &of(LIMIT)).is_ok());
        assert!(judge(&of(LIMIT + 1), &of(LIMIT + 1)).is_err());
    }

    #[test]
    fn another_machines_library_is_held_to_the_limit_only() {
        let mut before = of(1_000_000);
        before.target = "there".to_owned();
        assert!(judge(&of(2_000_000), &before).is_ok());
        assert!(judge(&of(LIMIT + 1), &before).is_err());
    }

    #[test]
    fn what_changed_is_shown_with_its_sign() {
        assert_eq!(
            [difference(1500, 500), difference(1, 3), difference(4, 4)],
            ["+1 000", "-2", "±0"]
        );
    }
}
