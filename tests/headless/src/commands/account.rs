//! `care sign-in`, `care sign-out` and `care erase`.

use crate::args::Sheet;
use crate::commands::with_yes;
use crate::failure::Failure;
use crate::shell::Shell;
use crate::words;
use serde_json::json;

/// Signs in by name and shows what there is.
///
/// # Errors
/// The name is unknown, or nothing could be asked.
pub async fn sign_in(shell: &Shell, name: &str) -> Result<u8, Failure> {
    let mut running = shell.open(Sheet::Pay).await?;
    let signed_in = running.sign_in(name).await;
    if signed_in.is_ok() {
        // What the account holds is kept for the next command; without an answer now, that command asks.
        let _ = running.care.refresh().await;
    }
    running.care.close().await;
    let person = signed_in?;
    if shell.output.json {
        shell
            .output
            .document(&json!({ "account": person.account, "name": person.name }));
    } else {
        shell.output.line(words::signed_in(&person.name, &person.account));
    }
    Ok(0)
}

/// Signs out.
///
/// # Errors
/// The folder cannot be used.
pub async fn sign_out(shell: &Shell) -> Result<u8, Failure> {
    let mut running = shell.open(Sheet::Pay).await?;
    let signed_out = running.sign_out().await;
    running.care.close().await;
    signed_out?;
    if shell.output.json {
        shell.output.document(&json!({ "account": null }));
    } else {
        shell.output.line(words::line("signed-out"));
    }
    Ok(0)
}

/// Removes everything of the signed-in account from this phone, after a yes to what still bills (X18).
///
/// # Errors
/// A yes is missing, the cloud cannot say what bills, or the folder cannot be used.
pub async fn erase(shell: &Shell, yes: bool) -> Result<u8, Failure> {
    let mut running = shell.carry_on(Sheet::Pay).await?;
    let erased = async {
        with_yes(shell.output, yes, async |confirmation| {
            running.care.erase_account(confirmation).await
        })
        .await?;
        running.sign_out().await
    }
    .await;
    running.care.close().await;
    erased?;
    if shell.output.json {
        shell.output.document(&json!({ "account": null }));
    } else {
        shell.output.line(words::line("erased"));
    }
    Ok(0)
}
