//! How the commands speak: a line before each step, tables in columns, colour on a terminal only.

use std::io::{IsTerminal, Write};
use std::sync::OnceLock;

/// Announces the step that comes next.
pub fn step(text: &str) {
    say(&format!("\n{}", strong(&format!("==> {text}"))));
}

/// Writes one line to standard output. A reader that went away (`| head`) is no error.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// Bold on a terminal, plain in a log, in a pipe or with `NO_COLOR`.
pub fn strong(text: &str) -> String {
    static COLOUR: OnceLock<bool> = OnceLock::new();
    let colour = *COLOUR
        .get_or_init(|| std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()));
    if colour {
        format!("\x1b[1m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

/// Lays rows out in columns two blanks apart. The first row is the head; columns named in `right` are flush right.
pub fn columns(rows: &[Vec<String>], right: &[usize]) -> Vec<String> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|r| r.get(column))
            .map(|c| c.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    rows.iter()
        .map(|row| {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let blanks = " ".repeat(widths[column].saturating_sub(cell.chars().count()));
                if right.contains(&column) {
                    line = line + &blanks + cell + "  ";
                } else {
                    line = line + cell + &blanks + "  ";
                }
            }
            line.trim_end().to_owned()
        })
        .collect()
}

/// Bytes with the thousands apart: `1 234 567`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_keeps_its_columns_under_their_heads() {
        let rows = [["suite", "passed"], ["a long one", "7"]].map(|r| r.map(str::to_owned).to_vec());
        assert_eq!(columns(&rows, &[1]), ["suite       passed", "a long one       7"]);
    }

    #[test]
    fn a_large_number_is_read_in_groups_of_three() {
        assert_eq!(
            [grouped(7), grouped(1234), grouped(1_234_567)],
            ["7", "1 234", "1 234 567"]
        );
    }
}
