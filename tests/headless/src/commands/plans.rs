//! `care plans`: what is on sale here, with what a screen must show (U1–U4).

use crate::args::Sheet;
use crate::commands::rows;
use crate::failure::Failure;
use crate::output::Paint;
use crate::shell::Shell;
use crate::words;
use tapo_care::message::Message;

/// Lists the plans.
///
/// # Errors
/// The catalogue or the store cannot be asked, and nothing is kept from before.
pub async fn run(shell: &Shell) -> Result<u8, Failure> {
    let running = shell.open_signed_in(Sheet::Pay).await?;
    let busy = shell.output.busy("busy-plans");
    let plans = running.care.plans().await;
    drop(busy);
    running.care.close().await;
    let plans = plans?;
    let output = shell.output;
    if output.json {
        output.document(&plans);
        return Ok(0);
    }
    output.line(output.paint(
        Paint::Title,
        &words::say(&Message::new("plans-on-sale").text("storefront", &plans.storefront)),
    ));
    let (header, table) = rows::plans(&plans.plans);
    output.table(&header, table, "");
    for terms in rows::terms(&plans.plans) {
        output.line(terms);
    }
    let links = Message::new("links")
        .text("terms", &plans.terms_url)
        .text("privacy", &plans.privacy_url);
    output.line(words::say(&links));
    if let Some(portal) = &plans.portal {
        output.line(words::say(portal));
    }
    if let Some(first) = plans.plans.first() {
        let command = format!("`care subscribe {}`", first.id);
        let buy = words::say(&Message::new("buy-one").text("command", command));
        output.line(output.paint(Paint::Quiet, &buy));
    }
    Ok(0)
}
