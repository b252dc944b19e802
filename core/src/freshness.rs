//! When the cloud is asked again without anybody wishing it. All of it is pure: ages, slots, and what is due.
//!
//! - **In the foreground** an account answer is used for five minutes and a catalogue for a day; the catalogue is asked for
//!   only where somebody wants to see it.
//! - **In the background** the account is asked for once in 25 hours, in a slot of the installation's own. The slot is hashed,
//!   so that a million phones spread over the whole period, and 25 hours wander through the day, so that nobody keeps an
//!   hour in which the phone is always off.
//! - **What failed** is tried once more, in the installation's next slot of a grid of six hours: phones that lost the cloud
//!   together come back apart. What fails again waits for its next regular slot.
//! - **What is shown says its age**: fresh for the five minutes for which nobody would ask again, and a trial is offered on a
//!   word of the last 25 hours.

use crate::id::InstallationId;
use crate::time::{Timestamp, TrustedTime};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// How old an account answer may be while somebody looks.
const ACCOUNT_FOREGROUND_MS: i64 = 5 * MINUTE_MS;
/// How old a catalogue may be.
const CATALOGUE_MS: i64 = 24 * HOUR_MS;
/// The period of background questions.
pub const BACKGROUND_PERIOD_MS: i64 = 25 * HOUR_MS;
/// The grid in which a failed one is tried once more.
pub const RETRY_PERIOD_MS: i64 = 6 * HOUR_MS;

/// Why a shell wants things to be fresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// The app was opened or came to the front.
    Foreground,
    /// The system woke the app for a background task.
    Background,
}

/// What is known of earlier questions for an account, for saying when the next one is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// The newest answer.
    pub answered: Option<Timestamp>,
    /// What failed since.
    pub failed: Option<Failed>,
}

/// Background questions that found no answer since the last one that did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// When the last of them was asked.
    pub at: Timestamp,
    /// Whether that was the second try already.
    pub retried: bool,
}

impl Failed {
    /// One more failure: a first one is tried again, and a second waits for its regular slot.
    pub fn after(before: Option<Self>, at: Timestamp) -> Self {
        Self {
            at,
            retried: before.is_some_and(|before| !before.retried),
        }
    }
}

/// The installation's first slot after `after`, in a grid of `period_ms`. The same installation has the same place in every
/// period; another period gives it another.
pub fn next_slot(installation: &InstallationId, period_ms: i64, after: Timestamp) -> Timestamp {
    let period = period_ms.max(1);
    let hashed = digest(&SHA256, format!("slot\n{installation}\n{period}").as_bytes());
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(hashed.as_ref()) {
        *to = *from;
    }
    let place = i64::try_from(u64::from_be_bytes(first) % period.unsigned_abs()).unwrap_or(0);
    let since_slot = after.0.saturating_sub(place).rem_euclid(period);
    after.plus_ms(period - since_slot)
}

/// When the account is asked for next in the background; `None`: at the first occasion, because there is no answer yet.
pub fn background_at(installation: &InstallationId, asked: Asked) -> Option<Timestamp> {
    match (asked.failed, asked.answered) {
        (Some(failed), _) if !failed.retried => Some(next_slot(installation, RETRY_PERIOD_MS, failed.at)),
        (Some(failed), _) => Some(next_slot(installation, BACKGROUND_PERIOD_MS, failed.at)),
        (None, Some(answered)) => Some(next_slot(installation, BACKGROUND_PERIOD_MS, answered)),
        (None, None) => None,
    }
}

/// Whether the account is asked for on that occasion.
pub fn account_is_due(installation: &InstallationId, occasion: Occasion, asked: Asked, now: Timestamp) -> bool {
    match occasion {
        Occasion::Foreground => asked
            .answered
            .is_none_or(|answered| is_older(answered, ACCOUNT_FOREGROUND_MS, now)),
        Occasion::Background => background_at(installation, asked).is_none_or(|at| at <= now),
    }
}

/// Whether a catalogue asked for then is asked for again now that somebody wants to see it.
pub fn catalogue_is_due(asked: Option<Timestamp>, now: Option<Timestamp>) -> bool {
    asked
        .zip(now)
        .is_none_or(|(asked, now)| is_older(asked, CATALOGUE_MS, now))
}

/// Whether what the cloud said then is fresh to somebody who looks now: the answer a shell that came to the front would not ask
/// for again. Where the time is not known, nobody can say so.
pub(crate) fn is_fresh(answered: Timestamp, now: Option<TrustedTime>) -> bool {
    now.is_some_and(|now| !is_older(answered, ACCOUNT_FOREGROUND_MS, now.timestamp()))
}

/// Whether an offer made then may still be shown as one: younger than any answer of a phone that reaches the cloud.
pub(crate) fn is_recent(answered: Timestamp, now: Option<TrustedTime>) -> bool {
    now.is_some_and(|now| !is_older(answered, BACKGROUND_PERIOD_MS, now.timestamp()))
}

/// When an answer stops to be fresh, and when to be recent.
pub(crate) fn ages(answered: Timestamp) -> [Timestamp; 2] {
    [ACCOUNT_FOREGROUND_MS, BACKGROUND_PERIOD_MS].map(|age| answered.plus_ms(age))
}

/// An answer from the future is as good as an old one: one of the two clocks was wrong.
fn is_older(asked: Timestamp, than_ms: i64, now: Timestamp) -> bool {
    !(0..than_ms).contains(&now.since(asked))
}

#[cfg(test)]
#[path = "freshness_tests.rs"]
mod tests;
