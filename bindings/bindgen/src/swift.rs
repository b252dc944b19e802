//! What UniFFI's Swift lacks: asking whether library and bindings belong together, without ending the process.

use anyhow::{Context, Result, bail};
use camino::Utf8Path;

const FILE: &str = "TapoCareFFI.swift";

/// What UniFFI 0.32.2 keeps to itself, and ends the process over at the first call.
const KEPT: &str = "private let initializationResult: InitializationResult = {";

/// Where its own words end.
const LAST_LINE: &str = "// swiftlint:enable all";

const QUESTION: &str = "/**
 * How the linked library differs from the one these bindings were generated from, or `nil` where it does not. To be
 * asked before the first call, which would end the process.
 */
public func uniffiMismatchTapoCareFfi() -> String? {
    switch initializationResult {
    case .ok:
        return nil
    case .contractVersionMismatch:
        return \"UniFFI's contract version\"
    case .apiChecksumMismatch:
        return \"the checksum of a call\"
    }
}
";

/// Adds the question to the generated file.
///
/// # Errors
/// The file cannot be read or written, or is not of the UniFFI this was written for.
pub(crate) fn let_versions_be_asked(folder: &Utf8Path) -> Result<()> {
    let file = folder.join(FILE);
    let text = std::fs::read_to_string(&file).with_context(|| file.to_string())?;
    std::fs::write(&file, with_question(&text)?).with_context(|| file.to_string())
}

fn with_question(text: &str) -> Result<String> {
    let Some((before, after)) = text.rsplit_once(LAST_LINE) else {
        bail!("{FILE} does not end as UniFFI 0.32.2 ends it");
    };
    if !text.contains(KEPT) {
        bail!("{FILE} does not keep its version check where UniFFI 0.32.2 keeps it");
    }
    Ok(format!("{before}{QUESTION}\n{LAST_LINE}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_is_added_before_the_last_line_and_only_where_it_can_be_answered() {
        let text = format!("import Foundation\n{KEPT}\n}}()\n{LAST_LINE}\n");
        let asked = with_question(&text).unwrap();
        assert!(asked.starts_with("import Foundation\n"));
        assert!(asked.contains("public func uniffiMismatchTapoCareFfi() -> String? {"));
        assert!(asked.ends_with(&format!("}}\n\n{LAST_LINE}\n")));
        assert!(with_question(LAST_LINE).is_err(), "of another version of UniFFI");
        assert!(with_question(KEPT).is_err(), "cut off");
    }
}
