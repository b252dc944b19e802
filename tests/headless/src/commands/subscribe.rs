//! `care subscribe`: from the tap to the end of the purchase.

use crate::args::Subscribe;
use crate::commands::{outcome, rows, status, with_sheet, with_yes};
use crate::failure::{Failure, PENDING};
use crate::output::Paint;
use crate::shell::{Running, Shell};
use crate::words;
use serde_json::json;
use std::time::Duration;
use tapo_care::error::CareError;
use tapo_care::id::{IntentId, PlanId, SubscriptionId};
use tapo_care::message::Message;
use tapo_care::{ChangePlanRequest, Outcome, OutcomeKind, SubscribeRequest};

/// Buys a plan and says how it went.
///
/// # Errors
/// Everything that is refused before the sheet opens.
pub async fn run(shell: &Shell, wish: Subscribe) -> Result<u8, Failure> {
    with_sheet(shell, wish.sheet, async |running| {
        let intent = open_the_sheet(shell, running, &wish).await?;
        let busy = shell.output.busy("busy-sheet");
        let patience = Duration::from_secs(wish.wait);
        let ended = outcome::wait_for(shell.output, &running.care, &intent, patience).await?;
        if ended.as_ref().is_some_and(|ended| ended.kind == OutcomeKind::Granted) {
            // Cameras named at purchase are put on the plan right after the grant.
            running.settle().await;
        }
        drop(busy);
        match ended {
            Some(ended) => tell(shell, running, &wish, &ended).await,
            None => Ok(tell_open(shell, running, &intent)),
        }
    })
    .await
}

async fn open_the_sheet(shell: &Shell, running: &Running, wish: &Subscribe) -> Result<IntentId, Failure> {
    let cameras = rows::cameras_named(&running.care.snapshot(), &wish.cameras);
    with_yes(shell.output, wish.yes, async |confirmation| {
        let _busy = confirmation.is_none().then(|| shell.output.busy("busy-asking"));
        let request = SubscribeRequest {
            plan: PlanId::from(wish.plan.as_str()),
            cameras: cameras.clone(),
            trial: wish.trial,
            confirmation,
        };
        ask(running, wish, request).await
    })
    .await
}

/// A new plan, or one for another.
async fn ask(running: &Running, wish: &Subscribe, request: SubscribeRequest) -> Result<IntentId, CareError> {
    match &wish.replace {
        None => running.care.subscribe(request).await,
        Some(subscription) => {
            let SubscribeRequest { plan, confirmation, .. } = request;
            let subscription = SubscriptionId::from(subscription.as_str());
            let change = ChangePlanRequest {
                subscription,
                plan,
                confirmation,
            };
            running.care.change_plan(change).await
        }
    }
}

async fn tell(shell: &Shell, running: &Running, wish: &Subscribe, ended: &Outcome) -> Result<u8, Failure> {
    let output = shell.output;
    if output.json {
        output.document(&outcome::document(ended));
    } else {
        outcome::tell(output, ended);
        if matches!(
            ended.kind,
            OutcomeKind::Granted | OutcomeKind::Scheduled | OutcomeKind::Kept
        ) {
            show_what_is_next(shell, running, wish);
        }
    }
    // Only now: killed before this line, the same outcome comes again.
    outcome::handled(&running.care, ended).await?;
    Ok(outcome::exit_code(ended.kind))
}

fn show_what_is_next(shell: &Shell, running: &Running, wish: &Subscribe) {
    let output = shell.output;
    let snapshot = running.care.snapshot();
    let on_a_plan = |id| snapshot.subscriptions.iter().any(|plan| plan.cameras.contains(id));
    for id in rows::cameras_named(&snapshot, &wish.cameras)
        .iter()
        .filter(|id| !on_a_plan(*id))
    {
        let row = snapshot.cameras.iter().find(|camera| &camera.id == id);
        let left_out = Message::new("left-out").text("camera", row.map_or(id.as_str(), |row| row.name.as_str()));
        let left_out = match row.and_then(|row| row.blocked.as_ref()) {
            Some(reason) => left_out.text("reason", words::say(reason)),
            None => left_out,
        };
        output.line(output.paint(Paint::Bad, &words::say(&left_out)));
    }
    match &snapshot.picker {
        Some(picker) => {
            output.line(words::line("next-choose"));
            status::show_picker(output, picker, "");
        }
        None => {
            let (header, table) = rows::subscriptions(&snapshot);
            output.table(&header, table, "");
        }
    }
}

/// The sheet is closed or the time is over, and the purchase goes on without this process.
fn tell_open(shell: &Shell, running: &Running, intent: &IntentId) -> u8 {
    let output = shell.output;
    let snapshot = running.care.snapshot();
    let row = snapshot
        .purchases
        .iter()
        .find(|purchase| purchase.intent.as_ref() == Some(intent));
    let state = row.map_or("checking", |row| row.state.as_str());
    let money = match state {
        "confirming" => "charged",
        "pending" | "sheet_open" => "not_charged",
        _ => "maybe_charged",
    };
    if output.json {
        // Paid as far as this phone can tell, or not known yet: the next call carries on.
        let outcome = if state == "pending" { "pending" } else { "confirming" };
        output.document(&json!({
            "outcome": outcome, "answer": null, "intent": intent, "subscription": null, "money": money,
        }));
    } else {
        output.line(output.paint(Paint::Bad, &words::line("not-finished")));
        if let Some(row) = row {
            output.line(words::say(&row.message));
        }
        output.line(words::line("nothing-is-lost"));
    }
    PENDING
}
