//! The driver: writes each event down, then lets the machine say what is due, and does it.
//!
//! One lock orders appends, so that the journal's order is the memory's order. Foreign calls are made with no lock held.
//! What is due is run by `pump`.

use super::event::Event;
use super::journal;
use super::machine::{Effect, apply};
use super::outcome::{self, Outcome};
use super::reading::Verifiers;
use super::state::{Purchase, PurchaseId};
use crate::account::held::HeldAccount;
use crate::catalogue::held::HeldCatalogue;
use crate::cloud::Cloud;
use crate::error::{CareError, Problem};
use crate::id::{AccountId, InstallationId, IntentId, StoreKind};
use crate::storage::Storage;
use crate::time::Timestamp;
use crate::time::trusted::TrustedClock;
use crate::work::Platform;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, watch};

/// Runs purchases. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Driver(pub(crate) Arc<DriverParts>);

/// What the driver works with.
pub(crate) struct DriverParts {
    pub platform: Platform,
    pub storage: Storage,
    pub cloud: Arc<Cloud>,
    pub verifiers: Verifiers,
    pub clock: Arc<TrustedClock>,
    pub account: Arc<HeldAccount>,
    pub catalogue: Arc<HeldCatalogue>,
    pub store: StoreKind,
    pub installation: InstallationId,
    pub ledger: Mutex<Ledger>,
    /// Orders appends, and whatever must see no append between looking and writing.
    pub appending: tokio::sync::Mutex<()>,
    /// One purchase is prepared at a time: a second tap waits here and then finds the first one's intent.
    pub preparing: tokio::sync::Mutex<()>,
    /// A reservation is renewed or given back, never both at once.
    pub reserving: tokio::sync::Mutex<()>,
    /// Counts up whenever a snapshot may have changed.
    pub changed: watch::Sender<u64>,
    /// Wakes every waiting retry, the one that has waited longest first, so that a run can be repeated.
    pub nudge: Arc<Notify>,
    /// Counts up whenever an effect starts, waits or ends.
    pub moved: watch::Sender<u64>,
}

/// All purchases in memory, and what is being done about them.
#[derive(Default)]
pub(crate) struct Ledger {
    pub purchases: BTreeMap<PurchaseId, Purchase>,
    pub(super) in_flight: BTreeSet<(PurchaseId, Effect)>,
    /// Effects that failed at least once and now wait, and whether the server asked for the pause.
    pub(super) waiting: BTreeMap<(PurchaseId, Effect), bool>,
    /// Intents whose sheet this process shows now.
    pub(super) sheets: BTreeSet<IntentId>,
    /// No new effects: suspended or closed.
    pub halted: bool,
    /// When the alarm is set for; there is only one.
    pub(super) alarm_at: Option<Timestamp>,
}

impl Driver {
    pub fn new(parts: DriverParts) -> Self {
        Self(Arc::new(parts))
    }

    pub(super) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.0.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at all purchases. The look holds the ledger: it must not ask the driver anything else.
    pub fn with_purchases<T>(&self, look: impl FnOnce(&BTreeMap<PurchaseId, Purchase>) -> T) -> T {
        look(&self.ledger().purchases)
    }

    /// Takes over what the journal tells, at start and after a suspension.
    ///
    /// # Errors
    /// As [`journal::load`].
    pub async fn load(&self) -> Result<(), CareError> {
        let _order = self.0.appending.lock().await;
        let purchases = journal::load(&self.0.storage).await?;
        let mut ledger = self.ledger();
        ledger.purchases = purchases;
        ledger.halted = false;
        drop(ledger);
        self.tell();
        Ok(())
    }

    /// Stops starting effects, and waits for an append in progress. What was begun is found again by `load`.
    pub async fn halt(&self) {
        self.ledger().halted = true;
        self.wake();
        let _order = self.0.appending.lock().await;
    }

    /// Writes an event down, applies it, and starts what is due. Goes on when the caller is gone, so that journal and
    /// memory never differ.
    ///
    /// # Errors
    /// [`CareError::Storage`]; then nothing changed.
    pub async fn record(&self, operation: &'static str, id: &PurchaseId, event: Event) -> Result<(), CareError> {
        let (driver, id) = (self.clone(), id.clone());
        let recorded = self.0.platform.detached(async move {
            {
                let _order = driver.0.appending.lock().await;
                driver.record_in_order(operation, &id, &event).await?;
            }
            driver.pump();
            Ok(())
        });
        recorded.await.unwrap_or_else(|_| Err(task_lost(operation)))
    }

    /// [`Driver::record`] for a caller that holds `appending` already, and pumps itself.
    pub(super) async fn record_in_order(
        &self,
        operation: &'static str,
        id: &PurchaseId,
        event: &Event,
    ) -> Result<(), CareError> {
        self.0.platform.log("journal.appending", event.name());
        let seq = journal::append(&self.0.storage, operation, id, event).await?;
        self.0.platform.log("journal.appended", event.name());
        let settled = {
            let mut ledger = self.ledger();
            let before = ledger.purchases.remove(id).unwrap_or_default();
            let after = apply(before, event);
            let settled = after.is_settled().then(|| after.clone());
            ledger.purchases.insert(id.clone(), after);
            settled
        };
        self.tell();
        if let Some(purchase) = settled {
            // Folding is housekeeping: where it fails the rows stay and fold next time.
            let _ = journal::fold(&self.0.storage, id, &purchase, seq).await;
        }
        Ok(())
    }

    /// Purchases that are as asked and about which nothing is being done.
    pub(crate) fn at_rest(&self, wanted: impl Fn(&Purchase) -> bool) -> Vec<PurchaseId> {
        let ledger = self.ledger();
        let busy = |id: &PurchaseId| ledger.in_flight.iter().any(|(busy, _)| busy == id);
        let found = ledger
            .purchases
            .iter()
            .filter(|(id, purchase)| !busy(id) && wanted(purchase));
        found.map(|(id, _)| id.clone()).collect()
    }

    /// Forgets purchases that were erased from the journal.
    pub(crate) fn forget(&self, purchases: &[PurchaseId]) {
        let mut ledger = self.ledger();
        ledger.purchases.retain(|id, _| !purchases.contains(id));
        drop(ledger);
        self.tell();
    }

    /// Says that this process shows the intent's sheet: until it ends nobody else resolves it.
    pub(super) fn sheet_shown(&self, intent: &IntentId) {
        let mut ledger = self.ledger();
        ledger.sheets.insert(intent.clone());
        ledger
            .in_flight
            .insert((PurchaseId::from(intent), Effect::ResolveSheet));
    }

    /// The sheet is gone; what is left to resolve is the machine's again.
    pub(super) fn sheet_gone(&self, intent: &IntentId) {
        {
            let mut ledger = self.ledger();
            ledger.sheets.remove(intent);
            ledger
                .in_flight
                .remove(&(PurchaseId::from(intent), Effect::ResolveSheet));
        }
        self.pump();
    }

    /// Whether this process shows that intent's sheet now.
    pub(super) fn sheet_is_shown(&self, intent: &IntentId) -> bool {
        self.ledger().sheets.contains(intent)
    }

    /// The next outcome of the signed-in account that the shell has not handled.
    pub fn next_outcome(&self, account: &AccountId) -> Option<Outcome> {
        self.with_purchases(|purchases| outcome::next(purchases, account))
    }

    /// Remembers that an outcome was handled. An id nobody gave out is no error.
    ///
    /// # Errors
    /// [`CareError::Storage`]; then the same outcome comes again.
    pub async fn outcome_handled(&self, id: &str) -> Result<(), CareError> {
        let Some((purchase, event)) = outcome::handled(id) else {
            return Ok(());
        };
        let known = self.with_purchases(|purchases| {
            purchases
                .get(&purchase)
                .is_some_and(|purchase| purchase.intent.is_some())
        });
        if known {
            self.record("handled", &purchase, event).await
        } else {
            Ok(())
        }
    }

    /// The purchase of that id, as it stands.
    pub(super) fn purchase(&self, id: &PurchaseId) -> Option<Purchase> {
        self.with_purchases(|purchases| purchases.get(id).cloned())
    }

    pub(super) fn new_intent(&self) -> IntentId {
        IntentId(self.0.platform.seams.entropy.uuid().to_string())
    }

    /// Says that a snapshot may have changed.
    pub fn tell(&self) {
        self.0.changed.send_modify(|count| *count += 1);
    }

    pub(super) fn note_move(&self) {
        self.0.moved.send_modify(|count| *count += 1);
    }
}

/// A task was dropped by its runtime before it was done: the app is going away, and the next start finds what it wrote.
pub(crate) fn task_lost(operation: &str) -> CareError {
    CareError::Bug(Problem::new(operation, "task_lost"))
}
