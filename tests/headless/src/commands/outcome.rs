//! How purchases ended, told once each.

use crate::failure::Failure;
use crate::output::{Output, Paint};
use crate::words;
use serde_json::{Value, json};
use std::time::Duration;
use tapo_care::id::IntentId;
use tapo_care::message::Message;
use tapo_care::{Care, Outcome, OutcomeKind};

/// What is told at once and needs no waiting.
const AT_ONCE: Duration = Duration::from_millis(50);

/// The document of `subscribe`.
pub fn document(outcome: &Outcome) -> Value {
    json!({
        "outcome": outcome.kind, "answer": outcome.answer, "intent": outcome.intent,
        "subscription": outcome.subscription, "money": outcome.money,
        "sold_otherwise": outcome.sold_otherwise,
    })
}

/// The exit code of `subscribe`: 0 granted or a change that waits for the renewal, 3 pending, 1 else.
pub fn exit_code(kind: OutcomeKind) -> u8 {
    match kind {
        OutcomeKind::Granted | OutcomeKind::Scheduled | OutcomeKind::Kept => 0,
        OutcomeKind::Pending => crate::failure::PENDING,
        OutcomeKind::Cancelled | OutcomeKind::Failed | OutcomeKind::NotGranted | OutcomeKind::NotApproved => 1,
    }
}

/// Says how it ended.
pub fn tell(output: Output, outcome: &Outcome) {
    let paint = if matches!(
        outcome.kind,
        OutcomeKind::Granted | OutcomeKind::Scheduled | OutcomeKind::Kept
    ) {
        Paint::Good
    } else {
        Paint::Bad
    };
    output.line(output.paint(paint, &words::outcome(outcome)));
    if let Some(otherwise) = &outcome.sold_otherwise {
        output.line(words::say(otherwise));
    }
    output.line(words::money(outcome.money));
}

/// Tells what ended since somebody last looked, and marks it handled after it was told.
///
/// # Errors
/// The journal cannot be written.
pub async fn tell_those_left(output: Output, care: &Care) -> Result<(), Failure> {
    let outcomes = care.outcomes();
    while let Ok(Some(outcome)) = tokio::time::timeout(AT_ONCE, outcomes.next()).await {
        output.line(words::say(&Message::new("news-of").text("plan", outcome.plan.as_str())));
        tell(output, &outcome);
        outcomes.handled(&outcome.id).await?;
    }
    outcomes.close();
    Ok(())
}

/// Waits for the end of one wish. What ended before it is told on the way.
///
/// # Errors
/// The journal cannot be written.
pub async fn wait_for(
    output: Output,
    care: &Care,
    intent: &IntentId,
    patience: Duration,
) -> Result<Option<Outcome>, Failure> {
    let outcomes = care.outcomes();
    let end = tokio::time::Instant::now() + patience;
    let found = loop {
        match tokio::time::timeout_at(end, outcomes.next()).await {
            Err(_) | Ok(None) => break None,
            Ok(Some(outcome)) if &outcome.intent == intent => break Some(outcome),
            Ok(Some(earlier)) => {
                let news = Message::new("earlier-news").text("plan", earlier.plan.as_str());
                output.note(words::say(&news.text("outcome", words::outcome(&earlier))));
                outcomes.handled(&earlier.id).await?;
            }
        }
    };
    outcomes.close();
    Ok(found)
}

/// Marks an outcome handled, once it was printed.
///
/// # Errors
/// The journal cannot be written.
pub async fn handled(care: &Care, outcome: &Outcome) -> Result<(), Failure> {
    let outcomes = care.outcomes();
    outcomes.handled(&outcome.id).await?;
    outcomes.close();
    Ok(())
}
