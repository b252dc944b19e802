//! The machine against the table written by hand: every state × every event, at both stores, fresh and with nothing left owed.

use super::machine::{Effect, due};
use super::state::Purchase;
use crate::id::StoreKind;
use crate::time::{Timestamp, TrustedTime};
use std::collections::BTreeSet;

#[path = "table_reading.rs"]
mod reading;
#[path = "table_states.rs"]
mod states;

use reading::{Cell, Table};
use states::{DAY_MS, Happening, MINUTE_MS, OPENED, Row, words};

fn rows(table: &Table) -> Vec<Row> {
    let mut rows = Vec::new();
    for (wish, transaction) in &table.pairs {
        for store in [StoreKind::AppStore, StoreKind::Play] {
            rows.extend(
                [true, false]
                    .into_iter()
                    .filter_map(|owes| Row::new(wish, transaction, store, owes)),
            );
        }
    }
    rows
}

fn happens(event: &str, at: Option<StoreKind>, row: &Row) -> bool {
    // A sheet that hands something over is some wish's.
    let needs_a_wish = event == "sheet_hands_broken";
    at.is_none_or(|at| at == row.store) && !(needs_a_wish && row.wish == "none")
}

/// What has nothing to do with the words: a reservation stays gone, an end changed is told anew, and what was not granted has
/// no cameras to select.
fn owes_what_it_should(event: &str, before: &Purchase, after: &Purchase) -> Result<(), String> {
    let (Some(was), Some(is)) = (&before.intent, &after.intent) else {
        return Ok(());
    };
    let told = event == "end_handled" && is.end.is_some();
    let expected = if is.end == was.end {
        was.end_handled || told
    } else {
        false
    };
    if is.end_handled != expected {
        return Err(format!(
            "its end is told: {}, and should be: {expected}",
            is.end_handled
        ));
    }
    if was.reservation.is_none() && is.reservation.is_some() {
        return Err("a reservation came back".to_owned());
    }
    let ended_without = is.end != was.end && matches!(&is.end, Some(end) if end.word() != "granted");
    if ended_without && !is.cameras_dealt_with {
        return Err("cameras are to be selected for what was not granted".to_owned());
    }
    Ok(())
}

// Rules: R2, X10
#[test]
fn every_state_becomes_by_every_event_what_the_table_says() {
    let table = Table::read();
    let mut wrong = Vec::new();
    let mut tried = 0;
    for row in rows(&table) {
        for (event, at) in &table.events {
            if !happens(event, *at, &row) {
                continue;
            }
            tried += 1;
            let (wish, transaction) = table.cells(event, &row.wish, &row.transaction);
            let after = row.after(event);
            let expected = (wish.next(&row.wish), transaction.next(&row.transaction));
            let found = words(&after);
            let ignored = matches!((wish, transaction), (Cell::Ignored, Cell::Ignored));
            let mut note = |what: String| {
                wrong.push(format!(
                    "{}+{} at {:?} by {event}: {what}",
                    row.wish, row.transaction, row.store
                ));
            };
            if found != expected {
                note(format!("{found:?}, by the table {expected:?}"));
            } else if ignored && after != row.purchase {
                note("ignored by the table, and something changed".to_owned());
            } else if let Err(what) = owes_what_it_should(event, &row.purchase, &after) {
                note(what);
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 3000, "only {tried} were tried");
}

#[test]
fn each_state_is_due_what_the_table_says() {
    let table = Table::read();
    let asked_at = OPENED + 2 * MINUTE_MS;
    for row in rows(&table) {
        let wish = table.due_wish(&row.wish);
        let transaction = table.due_transaction(&row.transaction);
        let owes = |word: &str| match (&row.purchase.intent, word) {
            (Some(intent), "release") => intent.reservation.is_some(),
            (Some(intent), "select_cameras") => !intent.cameras_dealt_with,
            _ => true,
        };
        let at = |ms: i64| Some(TrustedTime::vouched(Timestamp(ms)));
        for (now, includes_later) in [(None, false), (at(asked_at), false), (at(OPENED + 400 * DAY_MS), true)] {
            let expected: Vec<&str> = wish
                .iter()
                .chain(&transaction)
                .filter(|due| includes_later || !due.later)
                .map(|due| due.effect.as_str())
                .filter(|word| owes(word))
                .collect();
            let found = due(&row.purchase, now);
            let names: Vec<&str> = found.effects.iter().map(effect_word).collect();
            assert_eq!(names, expected, "{}+{} at {now:?}", row.wish, row.transaction);
            let waits = !includes_later && wish.iter().chain(&transaction).any(|due| due.later);
            assert_eq!(
                found.wake_at.is_some(),
                waits,
                "{}+{} at {now:?}",
                row.wish,
                row.transaction
            );
        }
    }
}

fn effect_word(effect: &Effect) -> &'static str {
    match effect {
        Effect::ResolveSheet => "resolve_sheet",
        Effect::GiveUpPending => "give_up_pending",
        Effect::Post { .. } => "post",
        Effect::Finish { .. } => "finish",
        Effect::Release { .. } => "release",
        Effect::SelectCameras { .. } => "select_cameras",
    }
}

#[test]
fn the_table_names_every_event_and_no_state_that_nothing_leads_to() {
    let table = Table::read();
    // By its name in the journal, which a new event cannot be without.
    let row = Row::new("granted", "seen", StoreKind::Play, true).unwrap();
    let of_the_journal: BTreeSet<&str> = table
        .events
        .iter()
        .map(|(event, _)| match row.happening(event) {
            Happening::Event(event) => event.name(),
            Happening::Shown { .. } => "seen",
        })
        .collect();
    let source = include_str!("event.rs");
    let names = source.split("pub fn name(&self)").nth(1).unwrap();
    let names = names.split("\n    }").next().unwrap();
    let all: BTreeSet<&str> = names.split('"').skip(1).step_by(2).collect();
    assert_eq!(of_the_journal, all);

    let mut reached = BTreeSet::from([("none".to_owned(), "none".to_owned())]);
    loop {
        let before = reached.len();
        for (wish, transaction) in reached.clone() {
            for (event, at) in &table.events {
                for store in [StoreKind::AppStore, StoreKind::Play] {
                    let row = Row::new(&wish, &transaction, store, true);
                    if let Some(row) = row.filter(|row| happens(event, *at, row)) {
                        let (wishes, transactions) = table.cells(event, &row.wish, &row.transaction);
                        reached.insert((wishes.next(&wish), transactions.next(&transaction)));
                    }
                }
            }
        }
        if reached.len() == before {
            break;
        }
    }
    let listed: BTreeSet<_> = table.pairs.iter().cloned().collect();
    let unlisted: Vec<_> = reached.difference(&listed).collect();
    let unreached: Vec<_> = listed.difference(&reached).collect();
    assert!(unlisted.is_empty(), "reached and not in the table: {unlisted:?}");
    assert!(unreached.is_empty(), "in the table and never reached: {unreached:?}");
}
