//! `care status`: the account as the app shows it.

use crate::args::Sheet;
use crate::commands::{outcome, rows, with_core};
use crate::failure::Failure;
use crate::output::{Output, Paint};
use crate::shell::Shell;
use crate::state::Person;
use crate::words;
use std::time::Duration;
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
        .map_or_else(|| "nobody".to_owned(), ToString::to_string);
    let who = person.map_or_else(|| account.clone(), |person| format!("{} ({account})", person.name));
    let (paint, freshness) = match snapshot.freshness {
        Freshness::Fresh => (Paint::Good, "fresh from the cloud"),
        Freshness::Stale => (Paint::Bad, "stale: the cloud could not be asked just now"),
        Freshness::NotLoaded => (Paint::Bad, "nothing loaded yet: the cloud could not be asked"),
    };
    let as_of = snapshot
        .as_of
        .map(|at| format!(", as of {}", words::moment(at)))
        .unwrap_or_default();
    output.line(format!(
        "{} · {}",
        output.paint(Paint::Title, &format!("Tapo Care of {who}")),
        output.paint(paint, &format!("{freshness}{as_of}"))
    ));
    if let Some(sentence) = words::clock(snapshot.clock) {
        output.line(sentence);
    }
    for notice in &snapshot.notices {
        output.line(format!("! {}", words::say(notice)));
    }
    if snapshot.subscriptions.is_empty() {
        output.line("No plan.");
    }
    let (header, table) = rows::subscriptions(snapshot);
    output.table(&header, table, "");
    for subscription in &snapshot.subscriptions {
        output.line(format!(
            "{}: {} {}",
            subscription.title,
            words::say(&subscription.terms),
            words::manage(subscription.manage)
        ));
        if subscription.flags.iter().any(|flag| flag == "double_paid") {
            let says = "It is paid twice: `care purchases --return` gives one back.";
            output.line(output.paint(Paint::Bad, says));
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
            output.line(format!("+ Add Plan is off: {}", words::say(reason)))
        }
        _ if snapshot.add_plan.available => output.line("+ Add Plan: `care plans` shows what is on sale."),
        _ => {}
    }
    if let Some(picker) = &snapshot.picker {
        show_picker(output, picker, "");
    }
}

/// The camera picker in words (R16, R18).
pub fn show_picker(output: Output, picker: &Picker, indent: &str) {
    output.line(format!(
        "{indent}{} With `care cameras set NAME,…`:",
        words::say(&picker.message)
    ));
    let (header, table) = rows::choices(picker);
    output.table(&header, table, indent);
    output.line(format!("{indent}{}", words::say(&picker.help)));
}
