//! The driver: writes each event down, then lets the machine say what is due, and does it.
//!
//! One lock orders appends, so that the journal's order is the memory's order. Foreign calls are made with no lock held.
//! Each effect of a purchase runs at most once at a time; what fails without an answer is tried again with growing
//! pauses, which a sweep cuts short.

use super::event::Event;
use super::journal;
use super::machine::{Effect, apply, due};
use super::outcome::{self, Outcome};
use super::reading::Verifiers;
use super::state::{Purchase, PurchaseId};
use crate::account::held::HeldAccount;
use crate::catalogue::held::HeldCatalogue;
use crate::cloud::Cloud;
use crate::error::CareError;
use crate::id::{AccountId, InstallationId, IntentId, StoreKind};
use crate::storage::Storage;
use crate::time::Timestamp;
use crate::time::trusted::TrustedClock;
use crate::work::Platform;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// Runs purchases. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Driver(pub(super) Arc<DriverParts>);

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
    /// Counts up whenever a snapshot may have changed.
    pub changed: watch::Sender<u64>,
    /// Counts up to wake every waiting retry.
    pub nudge: watch::Sender<u64>,
    /// Counts up whenever an effect starts, waits or ends.
    pub moved: watch::Sender<u64>,
}

/// All purchases in memory, and what is being done about them.
#[derive(Default)]
pub(crate) struct Ledger {
    pub purchases: BTreeMap<PurchaseId, Purchase>,
    last_seq: BTreeMap<PurchaseId, u64>,
    in_flight: BTreeSet<(PurchaseId, Effect)>,
    /// Effects that failed at least once and now wait.
    waiting: BTreeSet<(PurchaseId, Effect)>,
    /// Intents whose sheet this process shows now.
    sheets: BTreeSet<IntentId>,
    /// No new effects: suspended or closed.
    pub halted: bool,
    /// When the alarm is set for; there is only one.
    alarm_at: Option<Timestamp>,
}

/// What became of an effect.
pub(super) enum Ran {
    /// Its event is written; look again at what is due.
    Done,
    /// It needs another try, after the pause for that many failures and the server's own wish.
    Again {
        /// Failures so far.
        attempt: u32,
        /// The server's wish, in seconds.
        retry_after: Option<u32>,
    },
    /// Nothing more can be done about it until something happens: it is left until the next sweep.
    Parked,
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

    /// Writes an event down, applies it, and starts what is due.
    ///
    /// # Errors
    /// [`CareError::Storage`]; then nothing changed.
    pub async fn record(&self, operation: &'static str, id: &PurchaseId, event: Event) -> Result<(), CareError> {
        {
            let _order = self.0.appending.lock().await;
            self.record_in_order(operation, id, &event).await?;
        }
        self.pump();
        Ok(())
    }

    /// [`Driver::record`] for a caller that holds `appending` already, and pumps itself.
    pub(super) async fn record_in_order(
        &self,
        operation: &'static str,
        id: &PurchaseId,
        event: &Event,
    ) -> Result<(), CareError> {
        self.0.platform.log("journal.appending", event_name(event));
        let seq = journal::append(&self.0.storage, operation, id, event).await?;
        self.0.platform.log("journal.appended", event_name(event));
        let settled = {
            let mut ledger = self.ledger();
            let before = ledger.purchases.remove(id).unwrap_or_default();
            let after = apply(before, event);
            let settled = after.is_settled().then(|| after.clone());
            ledger.purchases.insert(id.clone(), after);
            ledger.last_seq.insert(id.clone(), seq);
            settled
        };
        self.tell();
        if let Some(purchase) = settled {
            // Folding is housekeeping: where it fails the rows stay and fold next time.
            let _ = journal::fold(&self.0.storage, id, &purchase, seq).await;
        }
        Ok(())
    }

    /// Starts every effect that is due and not in flight.
    pub fn pump(&self) {
        let now = self.0.clock.now();
        let mut wake_at = None;
        let mut to_start = Vec::new();
        {
            let mut ledger = self.ledger();
            if ledger.halted {
                return;
            }
            let found: Vec<_> = ledger
                .purchases
                .iter()
                .map(|(id, purchase)| (id.clone(), due(purchase, now)))
                .collect();
            for (id, due) in found {
                wake_at = [wake_at, due.wake_at].into_iter().flatten().min();
                for effect in due.effects {
                    if ledger.in_flight.insert((id.clone(), effect.clone())) {
                        to_start.push((id.clone(), effect));
                    }
                }
            }
        }
        for (id, effect) in to_start {
            let driver = self.clone();
            self.0
                .platform
                .seams
                .spawner
                .spawn(Box::pin(async move { driver.run(id, effect).await }));
        }
        self.note_move();
        if let (Some(at), Some(now)) = (wake_at, now) {
            self.set_alarm(at, at.since(now.timestamp()));
        }
    }

    /// Looks again when something waits for a date. At most a day ahead; every sweep looks anyway.
    fn set_alarm(&self, at: Timestamp, wait_ms: i64) {
        const DAY_MS: i64 = 24 * 60 * 60 * 1000;
        if self.ledger().alarm_at.replace(at) == Some(at) {
            return;
        }
        let wait = Duration::from_millis(wait_ms.clamp(0, DAY_MS).unsigned_abs());
        let mut nudged = self.0.nudge.subscribe();
        let driver = self.clone();
        let alarm = self.0.platform.seams.timer.sleep(wait);
        self.0.platform.seams.spawner.spawn(Box::pin(async move {
            tokio::select! {
                biased;
                _ = nudged.changed() => {}
                () = alarm => {}
            }
            driver.ledger().alarm_at = None;
            driver.pump();
        }));
    }

    async fn run(&self, id: PurchaseId, effect: Effect) {
        let key = (id, effect);
        loop {
            let mut nudged = self.0.nudge.subscribe();
            nudged.mark_unchanged();
            match self.perform(&key.0, &key.1).await {
                Ran::Done => {
                    self.ledger().in_flight.remove(&key);
                    self.pump();
                    return;
                }
                Ran::Parked => {
                    self.ledger().in_flight.remove(&key);
                    self.note_move();
                    return;
                }
                Ran::Again { attempt, retry_after } => {
                    let pause = crate::cloud::delay(attempt, retry_after, &*self.0.platform.seams.entropy);
                    self.ledger().waiting.insert(key.clone());
                    self.note_move();
                    let slept = self.0.platform.seams.timer.sleep(pause);
                    tokio::select! {
                        biased;
                        _ = nudged.changed() => {}
                        () = slept => {}
                    }
                    self.ledger().waiting.remove(&key);
                }
            }
            if self.ledger().halted {
                self.ledger().in_flight.remove(&key);
                self.note_move();
                return;
            }
        }
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

    /// Wakes every waiting retry.
    pub fn wake(&self) {
        self.0.nudge.send_modify(|count| *count += 1);
    }

    /// Waits until nothing runs but open sheets and retries that have failed at least once.
    pub async fn quiet(&self) {
        let mut moved = self.0.moved.subscribe();
        loop {
            moved.mark_unchanged();
            {
                let ledger = self.ledger();
                let busy = ledger.in_flight.iter().any(|key| {
                    let sheet = key.1 == Effect::ResolveSheet && ledger.sheets.iter().any(|open| open.0 == key.0.0);
                    !ledger.waiting.contains(key) && !sheet
                });
                if !busy {
                    return;
                }
            }
            if moved.changed().await.is_err() {
                return;
            }
        }
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

    /// The open intent of that id's purchase.
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

    fn note_move(&self) {
        self.0.moved.send_modify(|count| *count += 1);
    }
}

/// The event's name for the log; its content stays out.
fn event_name(event: &Event) -> &'static str {
    match event {
        Event::SheetOpened { .. } => "sheet_opened",
        Event::SheetLeft { .. } => "sheet_left",
        Event::SheetPending { .. } => "sheet_pending",
        Event::SweptClean => "swept_clean",
        Event::Seen(_) => "seen",
        Event::PostFailed { .. } => "post_failed",
        Event::Answered { .. } => "answered",
        Event::AskAgain { .. } => "ask_again",
        Event::Finished { .. } => "finished",
        Event::ReservationReleased => "reservation_released",
        Event::CamerasDealtWith => "cameras_dealt_with",
        Event::PendingHandled => "pending_handled",
        Event::EndHandled => "end_handled",
        Event::Folded { .. } => "folded",
    }
}
