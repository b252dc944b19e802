//! `care purchases`: what is under way, and what was verified of each receipt.

use crate::commands::{outcome, rows, with_core};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::words;
use serde_json::json;
use tapo_care::ReceiptRow;

/// Lists purchases and receipts.
///
/// # Errors
/// The core cannot be opened.
pub async fn run(shell: &Shell) -> Result<u8, Failure> {
    with_core(shell, async |running| {
        let (open, receipts) = (running.care.snapshot().purchases, running.care.receipts());
        let output = shell.output;
        if output.json {
            output.document(&json!({ "purchases": open, "receipts": receipts }));
            return Ok(0);
        }
        if open.is_empty() && receipts.is_empty() {
            output.line("No purchase yet.");
        }
        let (header, table) = rows::purchases(&open);
        output.table(&header, table, "");
        output.table(&HEADER, receipts.iter().map(row).collect(), "");
        outcome::tell_those_left(output, &running.care).await?;
        Ok(0)
    })
    .await
}

const HEADER: [&str; 7] = [
    "Receipt",
    "Product",
    "Ledger",
    "Verified here",
    "Paid until",
    "The cloud says",
    "At the store",
];

fn row(receipt: &ReceiptRow) -> Vec<String> {
    let verified = match (&receipt.refused_by, receipt.verified) {
        (_, true) => "yes".to_owned(),
        (Some(check), false) => format!("no: {check}"),
        (None, false) => "no".to_owned(),
    };
    vec![
        receipt.transaction.to_string(),
        receipt.product.as_ref().map(ToString::to_string).unwrap_or_default(),
        receipt
            .environment
            .as_ref()
            .map(|environment| format!("{environment:?}"))
            .unwrap_or_default(),
        verified,
        receipt.expires_at.map(words::date).unwrap_or_default(),
        receipt
            .answer
            .as_deref()
            .map(words::answer)
            .unwrap_or("nothing yet")
            .to_owned(),
        if receipt.finished { "finished" } else { "open" }.to_owned(),
    ]
}
