//! The journal of purchases: an append-only log that decides about money.
//!
//! Its promises, and the tests that prove them:
//! 1. A step is durable before its effect is visible: the intent before the sheet, the grant before the finish.
//!    `the_wish_is_on_the_disk_before_the_sheet_and_the_grant_before_the_finish`,
//!    `the_journal_survives_reopening_and_a_kill_without_closing`
//! 2. Nothing unsettled is ever removed, however much there is.
//!    `however_many_purchases_wait_none_is_dropped`, `a_full_disk_is_said_and_what_was_there_stays`
//! 3. A settled purchase folds into one row that carries the last sequence it replaces; no sequence is used again.
//!    `a_purchase_that_is_over_is_one_row_of_the_journal`,
//!    `a_fold_leaves_one_row_at_the_last_sequence_and_no_sequence_is_used_again`
//! 4. Replaying it gives the state that running gave: `due(fold(journal))` is the restart.
//!    `a_purchase_that_is_over_is_one_row_of_the_journal`, `folding_a_purchase_into_one_row_keeps_all_of_it`
//! 5. Each row has a checksum, and a row that changed, moved or vanished is noticed.
//!    `a_changed_a_moved_and_a_vanished_row_each_set_the_journal_aside_with_its_wal`
//! 6. A file that cannot be read is set aside whole, with its WAL, and a new one starts; the store's unfinished transactions
//!    refill it. `no_damaged_wal_keeps_the_journal_from_opening`,
//!    `a_journal_that_is_gone_is_refilled_from_the_stores_unfinished_transactions`
//! 7. A journal of another installation is swept, not replayed. `a_journal_of_another_installation_is_not_replayed`
//! 8. A row from a newer version stops the driver with a typed error and is kept; it is never skipped, and a version that
//!    knows it reads it. `an_event_of_a_newer_version_stops_the_core_and_is_kept_for_it`
//! 9. A row carries the account and tag it belongs to, no name, no e-mail. It is shown to that account only, and may be
//!    posted under any session. `the_journal_holds_no_name`, `another_account_signs_in_while_a_purchase_is_open`
//!
//! A log and not a table of states, because after a crash the question is always "how far did it get?", and only what
//! happened can answer it.

use super::event::Event;
use super::machine::apply;
use super::state::{Purchase, PurchaseId};
use crate::cache::JournalRow;
use crate::error::{CareError, Problem};
use crate::planted;
use crate::storage::Storage;
use std::collections::BTreeMap;

/// Folds the whole journal into the purchases it tells of.
///
/// # Errors
/// [`CareError::Storage`] where a row was written by a newer version, or the file cannot be read.
pub(crate) async fn load(storage: &Storage) -> Result<BTreeMap<PurchaseId, Purchase>, CareError> {
    let rows = storage.journal("open", |journal| journal.rows()).await?;
    let mut purchases = purchases_of(rows)?;
    while planted::is("queue_trimmed") && purchases.len() > 1 {
        purchases.pop_first();
    }
    Ok(purchases)
}

/// Folds rows into the purchases they tell of.
///
/// # Errors
/// [`CareError::Storage`] where a row was written by a newer version.
pub(crate) fn purchases_of(rows: Vec<JournalRow>) -> Result<BTreeMap<PurchaseId, Purchase>, CareError> {
    let mut purchases: BTreeMap<PurchaseId, Purchase> = BTreeMap::new();
    for row in rows {
        let event: Event = serde_json::from_slice(&row.body).map_err(|_| unknown_event(row.seq))?;
        let id = PurchaseId(row.purchase);
        let before = purchases.remove(&id).unwrap_or_default();
        purchases.insert(id, apply(before, &event));
    }
    Ok(purchases)
}

/// Appends one event durably and gives its sequence.
///
/// # Errors
/// [`CareError::Storage`]; then nothing was written.
pub(crate) async fn append(
    storage: &Storage,
    operation: &'static str,
    purchase: &PurchaseId,
    event: &Event,
) -> Result<u64, CareError> {
    let body = serde_json::to_vec(event).map_err(|_| unwritable(operation))?;
    let purchase = purchase.0.clone();
    storage
        .journal(operation, move |journal| journal.append(&purchase, &body))
        .await
}

/// Folds the rows of a settled purchase, up to and including `through`, into one.
///
/// # Errors
/// As [`append`].
pub(crate) async fn fold(
    storage: &Storage,
    id: &PurchaseId,
    purchase: &Purchase,
    through: u64,
) -> Result<(), CareError> {
    let event = Event::Folded {
        purchase: Box::new(purchase.clone()),
    };
    let body = serde_json::to_vec(&event).map_err(|_| unwritable("fold"))?;
    let id = id.0.clone();
    storage
        .journal("fold", move |journal| journal.fold(&id, through, &body))
        .await
}

fn unknown_event(seq: u64) -> CareError {
    CareError::Storage(Problem::new("open", "journal_from_newer_version").id(format!("row {seq}")))
}

fn unwritable(operation: &str) -> CareError {
    CareError::Bug(Problem::new(operation, "event_unwritable"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    fn tests_of(folder: &Path, found: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                tests_of(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn every_promise_of_the_journal_names_tests_that_there_are() {
        let promises: Vec<String> = include_str!("journal.rs")
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .skip_while(|line| !line.contains("Its promises"))
            .skip(1)
            .take_while(|line| !line.trim().is_empty())
            .fold(Vec::new(), |mut promises, line| {
                match line.trim_start().split_once(". ") {
                    Some((number, _)) if number.parse::<u32>().is_ok() => promises.push(line.to_owned()),
                    _ => promises.last_mut().unwrap().push_str(line),
                }
                promises
            });
        assert!(promises.len() >= 9, "{promises:?}");
        let mut source = String::new();
        for folder in ["src", "tests"] {
            tests_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut source);
        }
        for promise in promises {
            let named = promise.split('`').skip(1).step_by(2);
            let tests: Vec<&str> = named.filter(|name| name.contains("_") && !name.contains('(')).collect();
            assert!(!tests.is_empty(), "nothing proves: {promise}");
            for test in tests {
                assert!(source.contains(&format!("fn {test}(")), "there is no test {test}");
            }
        }
    }
}
