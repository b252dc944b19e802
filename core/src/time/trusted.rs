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

impl TrustedClock {
    /// Takes up the mark from the vault. A vault that is locked now leaves time unknown until the cloud answers.
    pub fn load(clock: Arc<dyn Clock>, vault: Arc<dyn Vault>) -> Self {
        let anchor: Option<Anchor> = vault
            .read(MARK)
            .ok()
            .flatten()
            .and_then(|text| serde_json::from_slice(text.as_bytes()).ok());
        let saved = anchor.as_ref().map(|anchor| anchor.mark);
        Self {
            clock,
            vault,
            anchor: Mutex::new(anchor),
            saved: Mutex::new(saved),
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

    /// Whether the wall clock contradicts what is trusted. Nothing is suspect before anything is known.
    pub fn suspect(&self) -> bool {
        let reading = self.clock.read();
        self.anchor().is_some_and(|anchor| anchor.suspects(&reading))
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
