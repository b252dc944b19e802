//! Whose bytes a library is made of: symbols by crate, and sections.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// A row of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The crate, the C code of a crate, or the section.
    pub name: String,
    /// How many bytes of the file are its.
    pub bytes: u64,
}

/// The names by which symbols are told apart.
#[derive(Debug, Default)]
pub struct Owners {
    /// Crates that may be in the library, with underscores.
    pub crates: BTreeSet<String>,
    /// C and assembler symbols, with the crate whose build script compiled them.
    pub c_symbols: BTreeMap<String, String>,
}

/// What Rust itself brings.
const STD: [&str; 14] = [
    "std",
    "core",
    "alloc",
    "compiler_builtins",
    "panic_unwind",
    "hashbrown",
    "gimli",
    "addr2line",
    "object",
    "memchr",
    "miniz_oxide",
    "rustc_demangle",
    "std_detect",
    "cfg_if",
];
/// The row of Rust's own code.
pub const STD_ROW: &str = "std";
/// The row of symbols that nobody owns.
pub const OTHER_ROW: &str = "(other symbols)";

impl Owners {
    /// The row a symbol belongs to.
    ///
    /// A generic of std written out for a crate's type is that crate's doing, so the first crate named that is not
    /// Rust's own has it: `drop_in_place<reqwest::Client>` is reqwest's.
    pub fn row(&self, symbol: &str) -> String {
        if let Some(owner) = self.c_symbols.get(symbol) {
            return format!("{owner} (C)");
        }
        let mut std = false;
        for name in crate_names(symbol) {
            if self.crates.contains(name) && !STD.contains(&name) {
                return name.to_owned();
            }
            std |= STD.contains(&name);
        }
        // A crate that both std and we use (hashbrown, memchr): ours if cargo lists it and nothing else of std is named.
        match symbol_root(symbol).filter(|root| self.crates.contains(*root)) {
            Some(root) => root.to_owned(),
            None if std || symbol.starts_with("__rust") || symbol.starts_with("rust_") || symbol.contains("::") => {
                STD_ROW.to_owned()
            }
            None => OTHER_ROW.to_owned(),
        }
    }
}

fn symbol_root(symbol: &str) -> Option<&str> {
    crate_names(symbol).next()
}

/// The first parts of all paths in a symbol: `<a::B as c::D>::e` names `a` and `c`.
fn crate_names(symbol: &str) -> impl Iterator<Item = &str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = symbol;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(is_word)?;
            let word = &rest[start..];
            let end = word.find(|c| !is_word(c)).unwrap_or(word.len());
            let starts_path = !rest[..start].ends_with("::");
            let (name, after) = word.split_at(end);
            rest = after;
            // v0 names show a crate's hash in brackets: `tapo_care[1f2e…]::open`.
            let after = match after.strip_prefix('[') {
                Some(hash) => hash.split_once(']').map_or(after, |(_, after)| after),
                None => after,
            };
            if starts_path && after.starts_with("::") {
                return Some(name);
            }
        }
    })
}

/// Sums what `nm --print-size --defined-only -C` prints. Several names for one place count once; memory that is only
/// zeroed at start (`b`) takes nothing in the file.
pub fn by_crate(nm: &str, owners: &Owners) -> Vec<Entry> {
    let mut seen = BTreeSet::new();
    let mut rows: BTreeMap<String, u64> = BTreeMap::new();
    for line in nm.lines() {
        let mut parts = line.splitn(4, ' ');
        let (Some(address), Some(size), Some(kind), Some(name)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let Ok(bytes) = u64::from_str_radix(size, 16) else {
            continue;
        };
        if !kind.eq_ignore_ascii_case("b") && seen.insert((address.to_owned(), bytes)) {
            *rows.entry(owners.row(name)).or_default() += bytes;
        }
    }
    largest_first(rows)
}

/// Reads `size -A`: every section that takes room in the file.
pub fn by_section(size: &str) -> Vec<Entry> {
    let rows = size
        .lines()
        .filter_map(|line| {
            let mut parts = line.split_whitespace();
            let (name, bytes) = (parts.next()?, parts.next()?.parse().ok()?);
            (name.starts_with('.') && ![".bss", ".tbss", ".relro_padding"].contains(&name))
                .then(|| (name.to_owned(), bytes))
        })
        .collect();
    largest_first(rows)
}

/// The names in an archive, as `nm --defined-only` prints them.
pub fn symbols_of_archive(nm: &str) -> impl Iterator<Item = &str> {
    nm.lines().filter_map(|line| {
        let mut parts = line.split_whitespace();
        let (address, _, name) = (parts.next()?, parts.next()?, parts.next()?);
        address.bytes().all(|b| b.is_ascii_hexdigit()).then_some(name)
    })
}

fn largest_first(rows: BTreeMap<String, u64>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = rows
        .into_iter()
        .filter(|(_, bytes)| *bytes > 0)
        .map(|(name, bytes)| Entry { name, bytes })
        .collect();
    entries.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owners() -> Owners {
        Owners {
            crates: ["tapo_care", "reqwest", "memchr"].map(str::to_owned).into(),
            c_symbols: [("pagerWrite".to_owned(), "libsqlite3-sys".to_owned())].into(),
        }
    }

    #[test]
    fn a_symbol_belongs_to_the_first_crate_it_names() {
        let row = |symbol| owners().row(symbol);
        assert_eq!(row("tapo_care::care::Care::open"), "tapo_care");
        assert_eq!(row("<tapo_care::id::Id as core::fmt::Display>::fmt"), "tapo_care");
        assert_eq!(row("core::ptr::drop_in_place::<reqwest::client::Client>"), "reqwest");
        assert_eq!(row("<alloc::vec::Vec<reqwest::Url>>::push"), "reqwest");
        assert_eq!(row("reqwest[3f2a]::client::get"), "reqwest");
        assert_eq!(row("memchr::arch::find"), "memchr");
    }

    #[test]
    fn what_no_crate_of_ours_has_is_rusts_own_or_named_as_other() {
        let row = |symbol| owners().row(symbol);
        assert_eq!(row("core::fmt::write"), "std");
        assert_eq!(row("<std::io::Stdout>::lock"), "std");
        assert_eq!(row("_init"), OTHER_ROW);
        // The word is a module here, not the crate of that name.
        assert_eq!(row("std::sys::reqwest::x"), "std");
    }

    #[test]
    fn c_code_stands_in_a_row_of_the_crate_that_compiled_it() {
        assert_eq!(owners().row("pagerWrite"), "libsqlite3-sys (C)");
    }

    #[test]
    fn two_names_for_one_place_count_once_and_zeroed_memory_not_at_all() {
        let nm = "0000000000001000 0000000000000010 t tapo_care::a\n0000000000001000 0000000000000010 T tapo_care::b\n\
                  0000000000002000 0000000000000008 r reqwest::TABLE of <x as y>\n\
                  0000000000003000 0000000000009000 b tapo_care::CACHE\n0000000000004000 t no_size\n";
        let entry = |name: &str, bytes| Entry {
            name: name.to_owned(),
            bytes,
        };
        assert_eq!(by_crate(nm, &owners()), [entry("tapo_care", 16), entry("reqwest", 8)]);
    }

    #[test]
    fn sections_are_read_without_those_that_take_no_room() {
        let size = "lib.so  :\nsection  size  addr\n.text  200  4096\n.bss  900  8192\n.rodata  300  1\nTotal  1400\n";
        let names: Vec<String> = by_section(size)
            .into_iter()
            .map(|entry| format!("{} {}", entry.name, entry.bytes))
            .collect();
        assert_eq!(names, [".rodata 300", ".text 200"]);
    }

    #[test]
    fn an_archive_gives_the_names_it_defines() {
        let nm = "\nsqlite3.o:\n0000000000000010 t pagerWrite\n0000000000000000 T sqlite3_open\n";
        assert_eq!(
            symbols_of_archive(nm).collect::<Vec<_>>(),
            ["pagerWrite", "sqlite3_open"]
        );
    }
}
