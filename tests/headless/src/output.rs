//! What is printed: one document, friendly lines and tables, and what is under way.

use crate::args::Colour;
use crate::failure::Failure;
use crate::words;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::time::Duration;
use tapo_care::message::Message;
use unicode_width::UnicodeWidthStr;

/// Where and how to print.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// One JSON document instead of words.
    pub json: bool,
    colour: bool,
    error_colour: bool,
    terminal: bool,
}

/// What a word is painted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// A heading.
    Title,
    /// Something went well.
    Good,
    /// Something was refused or waits.
    Bad,
    /// Beside the point.
    Quiet,
}

impl Output {
    /// As the options and the environment say.
    pub fn new(json: bool, when: Colour) -> Self {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let wanted = |terminal: bool| match when {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => terminal && !no_colour,
        };
        Self {
            json,
            colour: wanted(std::io::stdout().is_terminal()),
            error_colour: wanted(std::io::stderr().is_terminal()),
            terminal: std::io::stderr().is_terminal() && !json,
        }
    }

    /// One line of words on stdout.
    pub fn line(&self, text: impl AsRef<str>) {
        // A reader that has gone, such as `head`, is no error.
        let _ = writeln!(std::io::stdout().lock(), "{}", text.as_ref());
    }

    /// One JSON document on stdout, on one line.
    pub fn document(&self, document: &impl Serialize) {
        match serde_json::to_string(document) {
            Ok(text) => self.line(text),
            Err(error) => self.note(format!("The document cannot be written: {error}.")),
        }
    }

    /// A line for people, beside the result; nothing with `--json`.
    pub fn note(&self, text: impl AsRef<str>) {
        if !self.json {
            let _ = writeln!(std::io::stderr().lock(), "{}", text.as_ref());
        }
    }

    /// Painted, where colours are on.
    pub fn paint(&self, paint: Paint, text: &str) -> String {
        painted(self.colour, paint, text)
    }

    /// A table of these rows; nothing where there is none. Where the terminal is too narrow for it, each row by itself, a line for
    /// each of its cells.
    pub fn table(&self, header: &[impl AsRef<str>], rows: Vec<Vec<String>>, indent: &str) {
        if rows.is_empty() {
            return;
        }
        let room = width().saturating_sub(u16::try_from(indent.len()).unwrap_or(0));
        let least: usize = (0..header.len())
            .map(|nth| least_width(header, &rows, nth) + BETWEEN)
            .sum();
        if least > usize::from(room) {
            return self.rows(header, &rows, indent);
        }
        let mut table = Table::new();
        table
            .load_style(presets::UTF8_BORDERS_ONLY)
            .set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(room);
        table.set_header(header.iter().map(|name| -> &str { name.as_ref() }));
        let whole: Vec<usize> = (0..header.len())
            .filter(|nth| is_of_single_words(&rows, *nth))
            .collect();
        table.add_rows(rows);
        for nth in whole {
            if let Some(column) = table.column_mut(nth) {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        for line in table.to_string().lines() {
            self.line(format!("{indent}{}", line.trim_end()));
        }
    }

    /// Each row by itself; what is empty is not said.
    fn rows(&self, header: &[impl AsRef<str>], rows: &[Vec<String>], indent: &str) {
        for row in rows {
            for (name, cell) in header.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                let said = Message::new("field-says")
                    .text("name", name.as_ref())
                    .text("value", cell);
                self.line(format!("{indent}{}", words::say(&said)));
            }
            self.line("");
        }
    }

    /// Says what is under way, by the key of a line: a spinner on a terminal, a line in a pipe.
    pub fn busy(&self, key: &str) -> Busy {
        if self.json {
            return Busy(None);
        }
        let text = words::line(key);
        if !self.terminal {
            self.note(format!("{text}…"));
            return Busy(None);
        }
        let spinner = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            spinner.set_style(style);
        }
        spinner.set_message(format!("{text}…"));
        spinner.enable_steady_tick(Duration::from_millis(80));
        Busy(Some(spinner))
    }

    /// Says why a command failed: on stderr, as one document with `--json`.
    pub fn failure(&self, failure: &Failure) {
        if matches!(failure, Failure::Said(_)) {
            return;
        }
        let mut stderr = std::io::stderr().lock();
        if self.json {
            let _ = writeln!(stderr, "{}", failure.json());
            return;
        }
        let _ = writeln!(
            stderr,
            "{} {}",
            painted(self.error_colour, Paint::Bad, "care:"),
            failure.sentence()
        );
        for hint in failure.hints() {
            let _ = writeln!(stderr, "      {hint}");
        }
    }
}

/// What a border and the spaces beside it take of each column.
const BETWEEN: usize = 3;

/// Whether a column is of ids and the like: they are copied, and so never cut in two.
fn is_of_single_words(rows: &[Vec<String>], nth: usize) -> bool {
    const LONGEST: usize = 24;
    let is_one = |cell: &String| cell.is_ascii() && !cell.contains(' ') && cell.len() <= LONGEST;
    rows.iter().filter_map(|row| row.get(nth)).all(is_one)
}

/// The columns of a terminal that a column of a table needs: its longest word, and as much of a long one as still reads well.
fn least_width(header: &[impl AsRef<str>], rows: &[Vec<String>], nth: usize) -> usize {
    const READABLE: usize = 12;
    let longest = |text: &str| text.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let cells = rows
        .iter()
        .filter_map(|row| row.get(nth))
        .map(|cell| longest(cell))
        .max()
        .unwrap_or(0);
    let head = longest(header[nth].as_ref());
    if is_of_single_words(rows, nth) {
        head.max(cells)
    } else {
        head.max(cells).min(READABLE)
    }
}

/// What is under way, until dropped.
pub struct Busy(Option<ProgressBar>);

impl Drop for Busy {
    fn drop(&mut self) {
        if let Some(spinner) = self.0.take() {
            spinner.finish_and_clear();
        }
    }
}

fn painted(colour: bool, paint: Paint, text: &str) -> String {
    let code = match paint {
        _ if !colour => return text.to_owned(),
        Paint::Title => "1",
        Paint::Good => "32",
        Paint::Bad => "31",
        Paint::Quiet => "2",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

/// Columns of the terminal. A pipe has no edge, and an id is not to be cut in two.
fn width() -> u16 {
    let from_environment = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    from_environment
        .or_else(terminal_width)
        .filter(|width| *width >= 40)
        .unwrap_or(160)
}

#[cfg(unix)]
fn terminal_width() -> Option<u16> {
    rustix::termios::tcgetwinsize(std::io::stdout())
        .ok()
        .map(|size| size.ws_col)
}

#[cfg(not(unix))]
fn terminal_width() -> Option<u16> {
    None
}
