//! `care status`: the account as the app shows it.

use crate::args::Sheet;
use crate::commands::{outcome, rows, with_core};
use crate::failure::Failure;
use crate::output::{Output, Paint};
use crate::shell::Shell;
use crate::state::Person;
use crate::words;
use std::time::Duration;
use tapo_care::message::Message;
use tapo_care::snapshot::{Freshness, Picker, Snapshot};

/// How often a watch asks the cloud: another process may have moved the world.
const ASKED_AGAIN: Duration = Duration::from_secs(2);

/// Shows the snapshot once.
///
/// # Errors
/// The core cannot be opened. A cloud that is down is none: the last snapshot is shown, marked stale.
pub async fn run(shell: &Shell) -> Result<u8, Failure> {
    with_core(shell, async |running| {
        let snapshot = running.care.snapshot();
        if shell.output.json {
            shell.output.document(&snapshot);
        } else {
            show(shell.output, &snapshot, running.person.as_ref());
            outcome::tell_those_left(shell.output, &running.care).await?;
        }
        Ok(0)
    })
    .await
}

/// Shows the last snapshot beside whoever has the folder, also while another `care` runs. Asks nobody, writes nothing.
///
/// # Errors
/// The folder is a newer version's.
pub fn peek(shell: &Shell) -> Result<u8, Failure> {
    let snapshot = shell.peek()?;
    if shell.output.json {
        shell.output.document(&snapshot);
    } else {
        show(shell.output, &snapshot, None);
    }
    Ok(0)
}

/// Shows the snapshot with every change, until Ctrl-C.
///
/// # Errors
/// As [`run`].
pub async fn watch(shell: &Shell) -> Result<u8, Failure> {
    let running = shell.open_signed_in(Sheet::Pay).await?;
    let changes = running.care.changes();
    let asking = async {
        loop {
            running.settle().await;
            tokio::time::sleep(ASKED_AGAIN).await;
        }
    };
    let showing = async {
        while let Some(snapshot) = changes.next().await {
            if shell.output.json {
                shell.output.document(&snapshot);
            } else {
                show(shell.output, &snapshot, running.person.as_ref());
                shell.output.line("");
            }
        }
    };
    tokio::select! {
        () = showing => {}
        () = asking => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    changes.close();
    running.care.close().await;
    Ok(0)
}

/// The snapshot in words.
fn show(output: Output, snapshot: &Snapshot, person: Option<&Person>) {
    let account = snapshot
        .account
        .as_ref()
        .map_or_else(|| words::line("nobody"), ToString::to_string);
    let who = person.map_or_else(|| account.clone(), |person| format!("{} ({account})", person.name));
    let as_of = snapshot.as_of.map(words::moment).unwrap_or_default();
    let (paint, freshness) = match snapshot.freshness {
        Freshness::Fresh => (Paint::Good, Message::new("fresh").text("moment", as_of)),
        Freshness::Stale => (Paint::Bad, Message::new("stale").text("moment", as_of)),
        Freshness::NotLoaded => (Paint::Bad, Message::new("not-loaded")),
    };
    let title = words::say(&Message::new("status-of").text("who", who));
    output.line(format!(
        "{} · {}",
        output.paint(Paint::Title, &title),
        output.paint(paint, &words::say(&freshness))
    ));
    if let Some(sentence) = words::clock(snapshot.clock) {
        output.line(sentence);
    }
    for notice in &snapshot.notices {
        output.line(format!("! {}", words::say(notice)));
    }
    if snapshot.subscriptions.is_empty() {
        output.line(words::line("no-plan"));
    }
    let (header, table) = rows::subscriptions(snapshot);
    output.table(&header, table, "");
    for subscription in &snapshot.subscriptions {
        let says = Message::new("plan-says")
            .text("plan", &subscription.title)
            .text("terms", words::say(&subscription.terms))
            .text("manage", words::manage(subscription.manage));
        output.line(words::say(&says));
        if subscription.flags.iter().any(|flag| flag == "double_paid") {
            output.line(output.paint(Paint::Bad, &words::line("paid-twice")));
        }
    }
    let (header, table) = rows::purchases(&snapshot.purchases);
    output.table(&header, table, "");
    let (header, table) = rows::cameras(&snapshot.cameras);
    output.table(&header, table, "");
    if let Some(trial) = &snapshot.account_trial {
        output.line(words::say(&trial.message));
    }
    match &snapshot.add_plan.reason {
        Some(reason) if !snapshot.add_plan.available => {
            let off = Message::new("add-plan-off").text("reason", words::say(reason));
            output.line(words::say(&off));
        }
        _ if snapshot.add_plan.available => output.line(words::line("add-plan-on")),
        _ => {}
    }
    if let Some(picker) = &snapshot.picker {
        show_picker(output, picker, "");
    }
}

/// The camera picker in words (R16, R18).
pub fn show_picker(output: Output, picker: &Picker, indent: &str) {
    let message = words::say(&picker.message);
    output.line(format!("{indent}{message} {}", words::line("choose-with")));
    let (header, table) = rows::choices(picker);
    output.table(&header, table, indent);
    output.line(format!("{indent}{}", words::say(&picker.help)));
}
