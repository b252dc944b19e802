//! `care restore`: looks for purchases of this phone's store account, when the user asks (U6).

use crate::commands::{ask_for_yes, with_core};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::words;
use serde_json::json;
use tapo_care::error::CareError;

/// Restores.
///
/// # Errors
/// The store or the cloud cannot be asked, or a yes is missing.
pub async fn run(shell: &Shell, yes: bool) -> Result<u8, Failure> {
    with_core(shell, async |running| {
        let busy = shell.output.busy("Looking for purchases");
        let asked = running.care.restore(None).await;
        drop(busy);
        let restored = match asked {
            Err(error @ CareError::ConfirmationNeeded(_)) => {
                let token = ask_for_yes(shell.output, yes, error)?;
                running.care.restore(Some(token)).await?
            }
            asked => asked?,
        };
        if shell.output.json {
            shell.output.document(&json!({
                "found": restored.found, "granted": restored.granted, "waiting": restored.waiting,
            }));
        } else if restored.found == 0 {
            shell
                .output
                .line("This phone's store account has no purchase to restore.");
        } else {
            shell.output.line(format!(
                "Found {}: {} granted, {} waiting.",
                words::count(i64::from(restored.found), "purchase", "purchases"),
                restored.granted,
                restored.waiting
            ));
        }
        Ok(0)
    })
    .await
}
