//! The journal of purchases: an append-only log that decides about money.
//!
//! Its promises:
//! 1. A step is durable before its effect is visible: the intent before the sheet, the grant before the finish.
//! 2. Nothing unsettled is ever removed. A settled purchase folds into one row that carries the last sequence it replaces.
//! 3. Replaying it gives the state that running gave: `due(fold(journal))` is the restart.
//! 4. A row from a newer version stops the driver with a typed error and is kept; it is never skipped.
//! 5. A file that cannot be read is set aside whole and a new one starts; the store's unfinished transactions refill it.
//! 6. A row carries the account and tag it belongs to, no name, no e-mail. It is shown to that account only, and may be
//!    posted under any session.
//!
//! A log and not a table of states, because after a crash the question is always "how far did it get?", and only what
//! happened can answer it.

use super::event::Event;
use super::machine::apply;
use super::state::{Purchase, PurchaseId};
use crate::cache::JournalRow;
use crate::error::{CareError, Problem, Retry, UserAction};
use crate::money::Money;
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
    CareError::Storage(
        Problem::new("open", "journal_from_newer_version")
            .money(Money::MaybeCharged)
            .retry(Retry::UserAction)
            .action(UserAction::UpdateApp)
            .id(format!("row {seq}")),
    )
}

fn unwritable(operation: &str) -> CareError {
    CareError::Bug(Problem::new(operation, "event_unwritable"))
}
