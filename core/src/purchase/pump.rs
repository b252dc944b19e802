//! Runs what is due. Each effect of a purchase runs at most once at a time; what fails without an answer is tried again with
//! growing pauses, which a sweep cuts short.

use super::driver::Driver;
use super::machine::{Effect, due};
use super::state::PurchaseId;
use crate::time::Timestamp;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

/// What became of an effect.
pub(super) enum Ran {
    /// Its event is written; look again at what is due.
    Done,
    /// It needs another try, after a pause.
    Again {
        /// Failures that the journal knows of; those of this run are counted beside it.
        journalled: u32,
        /// The server's wish, in seconds.
        retry_after: Option<u32>,
    },
    /// Nothing more can be done about it until something happens: it is left until the next look.
    Parked,
}

impl Driver {
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
        let nudged = Arc::clone(&self.0.nudge).notified_owned();
        let driver = self.clone();
        let alarm = self.0.platform.seams.timer.sleep(wait);
        self.0.platform.seams.spawner.spawn(Box::pin(async move {
            tokio::select! {
                biased;
                () = nudged => {}
                () = alarm => {}
            }
            // Another alarm, set since for another time, stands.
            let mut ledger = driver.ledger();
            if ledger.alarm_at == Some(at) {
                ledger.alarm_at = None;
                drop(ledger);
                driver.pump();
            }
        }));
    }

    async fn run(&self, id: PurchaseId, effect: Effect) {
        let key = (id, effect);
        let mut failures = 0;
        loop {
            let mut nudged = pin!(self.0.nudge.notified());
            if self.ledger().halted {
                return self.ended(&key);
            }
            let (journalled, retry_after) = match self.perform(&key.0, &key.1).await {
                Ran::Done => {
                    self.ended(&key);
                    self.pump();
                    return;
                }
                Ran::Parked => return self.ended(&key),
                Ran::Again {
                    journalled,
                    retry_after,
                } => (journalled, retry_after),
            };
            // Also where nothing can be written down: a full disk must not become a storm.
            let attempt = journalled.max(failures);
            failures += 1;
            let pause = crate::cloud::delay(attempt, retry_after, &*self.0.platform.seams.entropy);
            let mut slept = self.0.platform.seams.timer.sleep(pause);
            // A pause the server asked for is kept; one of our own ends when somebody looks again.
            let kept = retry_after.is_some();
            {
                // Looked at under the lock that `wake` takes, so that a woken retry never counts as waiting.
                let mut ledger = self.ledger();
                if kept || !nudged.as_mut().enable() {
                    ledger.waiting.insert(key.clone(), kept);
                }
            }
            self.note_move();
            loop {
                tokio::select! {
                    biased;
                    () = nudged.as_mut() => {}
                    () = &mut slept => break,
                }
                if !kept || self.ledger().halted {
                    break;
                }
                nudged.set(self.0.nudge.notified());
            }
            self.ledger().waiting.remove(&key);
        }
    }

    fn ended(&self, key: &(PurchaseId, Effect)) {
        self.ledger().in_flight.remove(key);
        self.note_move();
    }

    /// Wakes every waiting retry but those whose pause the server asked for: from here on it counts as running again.
    pub fn wake(&self) {
        let mut ledger = self.ledger();
        ledger.waiting.retain(|_, kept| *kept);
        self.0.nudge.notify_waiters();
    }

    /// Waits until nothing runs but open sheets and retries that have failed since they were last woken. A halted driver
    /// is quiet.
    pub async fn quiet(&self) {
        let mut moved = self.0.moved.subscribe();
        loop {
            moved.mark_unchanged();
            if !self.is_busy() || moved.changed().await.is_err() {
                return;
            }
        }
    }

    fn is_busy(&self) -> bool {
        let ledger = self.ledger();
        !ledger.halted
            && ledger.in_flight.iter().any(|key| {
                let sheet = key.1 == Effect::ResolveSheet && ledger.sheets.iter().any(|open| open.0 == key.0.0);
                !ledger.waiting.contains_key(key) && !sheet
            })
    }
}
