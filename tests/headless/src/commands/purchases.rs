//! `care purchases`: what is under way, what was verified of each receipt, and a double payment given back.

use crate::args::{Purchases, RefundSheet, Sheet};
use crate::commands::{outcome, rows, with_core, with_sheet, with_yes};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::words;
use serde_json::json;
use tapo_care::id::SubscriptionId;
use tapo_care::{ReturnRequest, Returned};

/// Lists purchases and receipts, or gives a double payment back.
///
/// # Errors
/// The core cannot be opened, or says no.
pub async fn run(shell: &Shell, wish: Purchases) -> Result<u8, Failure> {
    match &wish.give_back {
        Some(subscription) => give_back(shell, &wish, subscription.as_deref()).await,
        None => list(shell, &wish).await,
    }
}

async fn give_back(shell: &Shell, wish: &Purchases, subscription: Option<&str>) -> Result<u8, Failure> {
    let sheet = match wish.sheet {
        RefundSheet::Ask => Sheet::Pay,
        RefundSheet::Cancel => Sheet::Cancel,
    };
    with_sheet(shell, sheet, async |running| {
        let returned = with_yes(shell.output, wish.yes, async |confirmation| {
            let request = ReturnRequest {
                subscription: subscription.map(SubscriptionId::from),
                confirmation,
            };
            running.care.return_double_payment(request).await
        })
        .await?;
        if shell.output.json {
            shell.output.document(&json!({ "returned": returned }));
        } else {
            shell.output.line(words::returned(returned));
        }
        Ok(u8::from(returned == Returned::Cancelled))
    })
    .await
}

/// Lists them; a pending purchase named is dismissed before.
async fn list(shell: &Shell, wish: &Purchases) -> Result<u8, Failure> {
    with_core(shell, async |running| {
        if let Some(intent) = &wish.dismiss {
            running.care.dismiss_pending(intent.as_str().into()).await?;
        }
        let (open, receipts) = (running.care.snapshot().purchases, running.care.receipts());
        let output = shell.output;
        if output.json {
            output.document(&json!({ "purchases": open, "receipts": receipts }));
            return Ok(0);
        }
        if open.is_empty() && receipts.is_empty() {
            output.line(words::line("no-purchase"));
        }
        let (header, table) = rows::purchases(&open);
        output.table(&header, table, "");
        let (header, table) = rows::receipts(&receipts);
        output.table(&header, table, "");
        outcome::tell_those_left(output, &running.care).await?;
        Ok(0)
    })
    .await
}
