//! `care cameras`: which cameras a plan covers.

use crate::args::{Cameras, Choice, Chosen};
use crate::commands::{rows, status, with_core};
use crate::failure::Failure;
use crate::output::Paint;
use crate::shell::Shell;
use crate::words;
use serde_json::json;
use tapo_care::id::SubscriptionId;
use tapo_care::message::Message;
use tapo_care::snapshot::{Cover, Snapshot, SubscriptionRow};

/// Lists the cameras, or changes a selection.
///
/// # Errors
/// The selection is refused, or it is not clear which plan is meant.
pub async fn run(shell: &Shell, wish: Cameras) -> Result<u8, Failure> {
    with_core(shell, async |running| {
        let snapshot = running.care.snapshot();
        let Some(action) = &wish.action else {
            list(shell, &snapshot);
            return Ok(0);
        };
        if matches!(action, Choice::Close) {
            running.care.close_picker().await?;
            list(shell, &running.care.snapshot());
            return Ok(0);
        }
        let plan = meant(&snapshot, wish.subscription.as_deref())?;
        let named = |chosen: &Chosen| rows::cameras_named(&snapshot, &chosen.cameras);
        let selection = match action {
            Choice::Set(chosen) => named(chosen),
            Choice::Add(chosen) => {
                let mut selection = plan.cameras.clone();
                selection.extend(named(chosen).into_iter().filter(|id| !plan.cameras.contains(id)));
                selection
            }
            Choice::Remove(chosen) => {
                let gone = named(chosen);
                plan.cameras.iter().filter(|id| !gone.contains(id)).cloned().collect()
            }
            Choice::Tick(chosen) => {
                running.care.tick_cameras(plan.id.clone(), named(chosen)).await?;
                list(shell, &running.care.snapshot());
                return Ok(0);
            }
            Choice::Open | Choice::Close => {
                running.care.open_picker(plan.id.clone()).await?;
                list(shell, &running.care.snapshot());
                return Ok(0);
            }
        };
        let busy = shell.output.busy("busy-telling");
        let selected = running.care.select_cameras(plan.id.clone(), selection).await;
        drop(busy);
        selected?;
        tell(shell, &running.care.snapshot(), &plan.id);
        Ok(0)
    })
    .await
}

fn list(shell: &Shell, snapshot: &Snapshot) {
    let output = shell.output;
    if output.json {
        let plans: Vec<_> = snapshot
            .subscriptions
            .iter()
            .map(|plan| json!({ "subscription": plan.id, "title": plan.title, "capacity": plan.capacity, "cameras": plan.cameras }))
            .collect();
        output.document(&json!({ "cameras": snapshot.cameras, "plans": plans, "picker": snapshot.picker }));
        return;
    }
    let (header, table) = rows::cameras(&snapshot.cameras);
    if table.is_empty() {
        output.line(words::line("no-camera"));
    }
    output.table(&header, table, "");
    match &snapshot.picker {
        Some(picker) => status::show_picker(output, picker, ""),
        None => output.line(words::line("dont-see-your-camera")),
    }
}

fn tell(shell: &Shell, snapshot: &Snapshot, plan: &SubscriptionId) {
    let output = shell.output;
    let row = snapshot.subscriptions.iter().find(|row| &row.id == plan);
    let cameras = row.map(|row| row.cameras.clone()).unwrap_or_default();
    if output.json {
        output.document(&json!({ "subscription": plan, "cameras": cameras }));
        return;
    }
    let title = row.map_or_else(|| plan.to_string(), |row| row.title.clone());
    let covers = Message::new("plan-covers")
        .text("plan", title)
        .text("cameras", rows::names(snapshot, &cameras));
    output.line(output.paint(Paint::Good, &words::say(&covers)));
}

/// The plan that is meant: the one named, the one whose picker is open, or the only one with access.
fn meant<'a>(snapshot: &'a Snapshot, named: Option<&str>) -> Result<&'a SubscriptionRow, Failure> {
    let plans = &snapshot.subscriptions;
    if let Some(id) = named {
        let known = plans.iter().find(|plan| plan.id.as_str() == id);
        return known
            .ok_or_else(|| Failure::Usage(words::say(&listed(Message::new("no-such-plan").text("id", id), plans))));
    }
    let waiting = snapshot.picker.as_ref().map(|picker| &picker.subscription);
    if let Some(plan) = plans.iter().find(|plan| Some(&plan.id) == waiting) {
        return Ok(plan);
    }
    let usable: Vec<_> = plans.iter().filter(|plan| plan.cover != Cover::NotCovered).collect();
    match usable[..] {
        [plan] => Ok(plan),
        [] => Err(Failure::refused("no_plan", words::line("no-plan-for-cameras"))),
        _ => Err(Failure::Usage(words::say(&listed(Message::new("which-plan"), plans)))),
    }
}

/// With the plans that there are, where there are any.
fn listed(message: Message, plans: &[SubscriptionRow]) -> Message {
    let each: Vec<_> = plans
        .iter()
        .map(|plan| format!("{} ({})", plan.id, plan.title))
        .collect();
    if each.is_empty() {
        message
    } else {
        message.text("plans", words::list(&each))
    }
}
