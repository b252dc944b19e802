//! Prints every message in a locale, to be read against the English: `cargo xtask phrases --locale ru`. With a folder as
//! second argument it writes each locale there instead.

use std::process::ExitCode;
use tapo_care_phrases::{CORE, Phrases, samples::read_through};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [flag, folder] if flag == "--write" => write_all(folder),
        [locale] => read(locale).map(|text| println!("{text}")),
        _ => Err("usage: read_through LOCALE | --write FOLDER".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn read(locale: &str) -> Result<String, String> {
    let phrases = Phrases::open(locale, &[CORE], &[]).map_err(|error| error.to_string())?;
    Ok(read_through(&phrases, &[CORE]))
}

fn write_all(folder: &str) -> Result<(), String> {
    for (locale, _) in CORE.texts {
        let path = std::path::Path::new(folder).join(format!("{locale}.txt"));
        std::fs::write(&path, read(locale)?).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}
