//! `care restore`: looks for purchases of this phone's store account, when the user asks (U6).

use crate::commands::{with_core, with_yes};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::words;
use serde_json::json;
use tapo_care::message::Message;

/// Restores.
///
/// # Errors
/// The store or the cloud cannot be asked, or a yes is missing.
pub async fn run(shell: &Shell, yes: bool) -> Result<u8, Failure> {
    with_core(shell, async |running| {
        let restored = with_yes(shell.output, yes, async |confirmation| {
            let _busy = confirmation.is_none().then(|| shell.output.busy("busy-restore"));
            running.care.restore(confirmation).await
        })
        .await?;
        if shell.output.json {
            shell.output.document(&json!({
                "found": restored.found, "granted": restored.granted, "waiting": restored.waiting,
            }));
        } else if restored.found == 0 {
            shell.output.line(words::line("nothing-to-restore"));
        } else {
            let counted = [
                ("found", restored.found),
                ("granted", restored.granted),
                ("waiting", restored.waiting),
            ];
            let said = counted.iter().fold(Message::new("restored"), |said, (name, count)| {
                said.count(name, i64::from(*count))
            });
            shell.output.line(words::say(&said));
        }
        Ok(0)
    })
    .await
}
