//! Keeps the time anchor: set by every signed answer, carried on by the phone's elapsed clock, saved in the vault.

use super::{Anchor, ClockReading, Timestamp, TrustedTime};
use crate::ports::{Clock, Vault, VaultError};
use std::sync::{Arc, Mutex, PoisonError};

/// Where the vault keeps the mark.
const MARK: &str = "time-mark";
/// The mark is saved again once it has moved this far.
const SAVE_EVERY_MS: i64 = 10 * 60 * 1000;
/// An exchange that took no longer tells the time well enough by itself.
const SHORT_MS: i64 = 60 * 1000;

/// Trusted time for the whole core. Any thread may ask.
pub(crate) struct TrustedClock {
    clock: Arc<dyn Clock>,
    vault: Arc<dyn Vault>,
    anchor: Mutex<Option<Anchor>>,
    saved: Mutex<Option<Timestamp>>,
}

/// The clocks at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    /// The time as far as it can be believed.
    pub now: Option<TrustedTime>,
    /// Whether the wall clock contradicts it.
    pub suspect: bool,
    /// The user's offset from UTC, in seconds east.
    pub utc_offset_s: i32,
}

impl TrustedClock {
    /// Takes up the mark from the vault. A vault that is locked now leaves time unknown until it opens or the cloud answers.
    pub fn load(clock: Arc<dyn Clock>, vault: Arc<dyn Vault>) -> Self {
        let loaded = Self {
            clock,
            vault,
            anchor: Mutex::default(),
            saved: Mutex::default(),
        };
        loaded.recall();
        loaded
    }

    /// Takes up the mark where there is none yet. Called on the disk thread.
    pub fn recall(&self) {
        let kept = self.vault.read(MARK).ok().flatten();
        let Some(kept) = kept.and_then(|text| serde_json::from_slice::<Anchor>(text.as_bytes()).ok()) else {
            return;
        };
        let mut anchor = self.anchor.lock().unwrap_or_else(PoisonError::into_inner);
        if anchor.is_none() {
            *self.saved.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept.mark);
            *anchor = Some(kept);
        }
    }

    /// All clocks now.
    pub fn read(&self) -> ClockReading {
        self.clock.read()
    }

    /// The time as far as it can be believed. Before the first answer of a new installation: not known.
    pub fn now(&self) -> Option<TrustedTime> {
        self.anchor()?.now(&self.clock.read())
    }

    /// Everything a screen needs of the clocks, from one reading: a shell's clock may be far away. Nothing is suspect before
    /// anything is known.
    pub fn look(&self) -> Look {
        let (reading, anchor) = (self.clock.read(), self.anchor());
        Look {
            now: anchor.as_ref().and_then(|anchor| anchor.now(&reading)),
            suspect: anchor.is_some_and(|anchor| anchor.suspects(&reading)),
            utc_offset_s: reading.utc_offset_s,
        }
    }

    /// The time for deciding when to ask the cloud, where a wrong one costs a request and nothing else.
    pub fn now_or_wall(&self) -> Timestamp {
        let reading = self.clock.read();
        let trusted = self.anchor().and_then(|anchor| anchor.now(&reading));
        trusted.map_or(reading.wall, TrustedTime::timestamp)
    }

    /// A fresh signed answer named the time: it sets the mark, up or down. `asked_at` is what the clocks read when the
    /// question was asked. A phone may have slept with the question or with the answer, so all that is known is that the
    /// truth lies between the server's word and that plus the time the exchange took.
    pub fn heard(&self, server: Timestamp, asked_at: &ClockReading) {
        let now = self.clock.read();
        let took = now.elapsed_ms.saturating_sub(asked_at.elapsed_ms).max(0);
        let mut anchor = self.anchor.lock().unwrap_or_else(PoisonError::into_inner);
        let believed = anchor
            .as_ref()
            .filter(|anchor| anchor.boot_id == now.boot_id)
            .and_then(|anchor| anchor.now(&now));
        let time = match believed {
            Some(believed) => believed.timestamp().clamp(server, server.plus_ms(took)),
            None if took <= SHORT_MS => server,
            // Nothing to hold the answer against: the next one is likely to have stayed awake.
            None => return,
        };
        *anchor = Some(Anchor::from_server(time, &now));
    }

    /// Saves the mark where it has moved far enough, or in any case. Called on the disk thread.
    pub fn save(&self, in_any_case: bool) -> Result<(), VaultError> {
        let reading = self.clock.read();
        let Some(anchor) = self.anchor().map(|anchor| anchor.advanced(&reading)) else {
            return Ok(());
        };
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        let moved = saved.is_none_or(|saved| anchor.mark.since(saved).abs() >= SAVE_EVERY_MS);
        if !in_any_case && !moved {
            return Ok(());
        }
        let text = serde_json::to_string(&anchor).map_err(|error| VaultError::Failed(error.to_string()))?;
        self.vault.write(MARK, &text)?;
        *saved = Some(anchor.mark);
        Ok(())
    }

    fn anchor(&self) -> Option<Anchor> {
        self.anchor.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
