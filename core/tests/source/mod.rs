//! Source that ships, read as text by tests that hold it against a table of names.

use std::path::{Path, PathBuf};

/// What of these folders ships, file by file, without its unit tests; files of those names are left out.
pub fn shipped(folders: &[PathBuf], beside: &[&str]) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    folders.iter().for_each(|folder| sources(folder, beside, &mut files));
    let read = |path: PathBuf| {
        let source = std::fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]\nmod").next().unwrap().to_owned();
        (path, code)
    };
    files.into_iter().map(read).collect()
}

fn sources(folder: &Path, beside: &[&str], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            sources(&path, beside, found);
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") && !beside.contains(&&*name) {
            found.push(path);
        }
    }
}

/// The arguments of every call of that name.
pub fn calls<'a>(code: &'a str, name: &str) -> Vec<&'a str> {
    let ours = |at: &usize| {
        let before = code[..*at].chars().next_back().unwrap_or(' ');
        !before.is_alphanumeric() && before != '_' && !code[..*at].ends_with("fn ")
    };
    let starts = code.match_indices(name).map(|(at, _)| at).filter(ours);
    starts.map(|at| arguments(&code[at + name.len()..])).collect()
}

/// The text up to the bracket that closes the one before it.
pub fn arguments(rest: &str) -> &str {
    let mut depth = 1;
    let end = rest.char_indices().find(|(_, c)| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    });
    &rest[..end.map_or(rest.len(), |(end, _)| end)]
}

/// The literals of a text that look like keys or names.
pub fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}
