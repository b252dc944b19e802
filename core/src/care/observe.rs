//! Pulling, never pushing: `changes` is conflated and shows the current snapshot first, `outcomes` repeats each until handled.

use super::Care;
use crate::error::CareError;
use crate::purchase::Outcome;
use crate::snapshot::Snapshot;
use std::time::Duration;
use tokio::sync::{Mutex, watch};

/// Snapshots as they change. Every reader sees the newest; what nobody read in between is skipped.
pub struct Changes {
    care: Care,
    stream: Stream,
    last: Mutex<Option<Snapshot>>,
}

/// How purchases ended, in order. The same one comes until it is handled.
pub struct Outcomes {
    care: Care,
    stream: Stream,
}

/// What both wait on: a change, or the end.
struct Stream {
    changed: Mutex<watch::Receiver<u64>>,
    closed: watch::Receiver<bool>,
    own_end: watch::Sender<bool>,
}

impl Stream {
    fn new(changed: &watch::Sender<u64>, closed: &watch::Sender<bool>) -> Self {
        let mut changed = changed.subscribe();
        changed.mark_changed();
        Self {
            changed: Mutex::new(changed),
            closed: closed.subscribe(),
            own_end: watch::Sender::new(false),
        }
    }

    fn ended(&self) -> bool {
        *self.closed.borrow() || *self.own_end.borrow()
    }

    /// Waits for a change since the last one seen, or for `date`; `false` when the stream has ended.
    async fn wait(&self, changed: &mut watch::Receiver<u64>, date: impl Future<Output = ()>) -> bool {
        let (mut closed, mut own_end) = (self.closed.clone(), self.own_end.subscribe());
        tokio::select! {
            biased;
            _ = closed.wait_for(|closed| *closed) => false,
            _ = own_end.wait_for(|ended| *ended) => false,
            seen = changed.changed() => seen.is_ok(),
            () = date => true,
        }
    }
}

impl Care {
    /// Ready when the snapshot may change by the passing of time alone: at the next date it rests on, and every hour for
    /// its days.
    async fn next_date(&self) {
        const HOUR_MS: i64 = 60 * 60 * 1000;
        let now = self.inner.clock.now();
        let next = now.and_then(|now| self.inner.account.view().next_date(now.timestamp()));
        let wait = next
            .zip(now)
            .map_or(HOUR_MS, |(next, now)| next.since(now.timestamp()).clamp(1, HOUR_MS));
        self.inner
            .platform
            .seams
            .timer
            .sleep(Duration::from_millis(wait.unsigned_abs()))
            .await;
    }
}

impl Changes {
    pub(super) fn new(care: Care, changed: &watch::Sender<u64>, closed: &watch::Sender<bool>) -> Self {
        Self {
            care,
            stream: Stream::new(changed, closed),
            last: Mutex::new(None),
        }
    }

    /// The current snapshot first, then each time it differs from the last one given, also when only time has passed: a
    /// plan that ends, a lease that runs out, a day less of a trial. `None` after the end. Cancelling loses nothing.
    pub async fn next(&self) -> Option<Snapshot> {
        let mut changed = self.stream.changed.lock().await;
        loop {
            if !self.stream.wait(&mut changed, self.care.next_date()).await {
                return None;
            }
            let now = self.care.snapshot();
            let mut last = self.last.lock().await;
            if last.as_ref() != Some(&now) {
                *last = Some(now.clone());
                return Some(now);
            }
        }
    }

    /// Ends this stream: a waiting `next` gives `None`.
    pub fn close(&self) {
        self.stream.own_end.send_replace(true);
    }
}

impl Outcomes {
    pub(super) fn new(care: Care, changed: &watch::Sender<u64>, closed: &watch::Sender<bool>) -> Self {
        Self {
            care,
            stream: Stream::new(changed, closed),
        }
    }

    /// The first outcome of the signed-in account that is not handled yet; waits for one. `None` after the end.
    pub async fn next(&self) -> Option<Outcome> {
        let mut changed = self.stream.changed.lock().await;
        loop {
            if self.stream.ended() {
                return None;
            }
            changed.mark_unchanged();
            let driver = &self.care.inner.driver;
            let found = self
                .care
                .inner
                .account
                .signed_in()
                .and_then(|account| driver.next_outcome(&account));
            if found.is_some() {
                return found;
            }
            if !self.stream.wait(&mut changed, std::future::pending()).await {
                return None;
            }
        }
    }

    /// Remembers durably that the outcome was handled: the next one comes.
    ///
    /// # Errors
    /// [`CareError::Storage`]; then the same one comes again.
    pub async fn handled(&self, id: &str) -> Result<(), CareError> {
        self.care.inner.driver.outcome_handled(id).await
    }

    /// Ends this stream: a waiting `next` gives `None`.
    pub fn close(&self) {
        self.stream.own_end.send_replace(true);
    }
}
