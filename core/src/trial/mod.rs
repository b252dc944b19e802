//! A Tapo camera's free trial: per camera, once, never charged, ends by itself (T1). A free plan is not a free trial (R68),
//! and an account's trial, which turns into a paid period, has words of its own (X6).

pub mod store;
mod wishes;

pub use wishes::{check_cancel, check_start, cloud_refusal};

use crate::account::{AccountTrial, Camera, FreePlan, FreePlanState, TrialState};
use crate::message::Message;
use crate::period::Period;
use crate::snapshot::{AccountTrialRow, FreePlanRow, TrialRow};
use crate::subscription::Cover;
use crate::time::{Timestamp, TrustedTime, days_left, ends_today};

/// What a trial is looked at with.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Whether a plan with access names the camera.
    pub covered: bool,
    /// Whether the cloud answered when it was last asked: a trial is offered on its fresh word alone (U15).
    pub fresh: bool,
    /// Trusted time.
    pub now: Option<TrustedTime>,
    /// The user's offset from UTC, in seconds east: only for what today's date is.
    pub utc_offset_s: i32,
}

/// What a screen says about a camera's trial.
pub fn row(camera: &Camera, seen: Seen) -> TrialRow {
    let trial = &camera.trial;
    let ends_at = trial.ends_at.filter(|_| trial.state == TrialState::Active);
    let until = |end: Timestamp| seen.now.map(|now| (now, end));
    let left = ends_at.and_then(until).map(|(now, end)| days_left(now, end));
    let today = ends_at
        .and_then(until)
        .is_some_and(|(now, end)| ends_today(now, end, seen.utc_offset_s));
    let over = ends_at.and_then(until).is_some_and(|(now, end)| now.timestamp() >= end);
    let kept = (trial.state == TrialState::Paused)
        .then(|| whole_days(trial.remaining_s))
        .flatten();
    let can_start = trial.state == TrialState::Eligible && !seen.covered && seen.fresh;
    let (state, message) = match &trial.state {
        TrialState::Eligible if seen.covered => ("not_offered", Message::new("trial-covered")),
        TrialState::Eligible if !seen.fresh => ("offline", Message::new("trial-offline")),
        TrialState::Eligible => ("eligible", eligible(trial.length)),
        TrialState::Active if over => ("used", Message::new("trial-over")),
        TrialState::Active => ("active", active(ends_at, left, today)),
        TrialState::Paused => ("paused", paused(kept)),
        TrialState::Used => ("used", Message::new("trial-used")),
        TrialState::NotOffered => ("not_offered", not_offered(trial.reason.as_deref())),
        TrialState::Unknown(_) => ("unknown", Message::new("trial-unknown")),
    };
    TrialRow {
        state: state.to_owned(),
        reason: trial
            .reason
            .clone()
            .or_else(|| why_not(state, seen.covered).map(str::to_owned)),
        length: trial.length,
        can_start,
        can_cancel: matches!(state, "active" | "paused"),
        ends_at,
        days_left: left.or(kept.map(|days| u32::try_from(days).unwrap_or(u32::MAX))),
        ends_today: today,
        message,
    }
}

/// The reason where the cloud gave none, in the cloud's own words.
fn why_not(state: &str, covered: bool) -> Option<&'static str> {
    match state {
        "not_offered" if covered => Some("covered"),
        "used" => Some("used"),
        _ => None,
    }
}

/// Whether the trial covers its camera now: while it runs, and never beyond the lease. A malformed one covers nothing.
pub fn cover(camera: &Camera, lease_until: Timestamp, now: Option<TrustedTime>) -> Cover {
    match (&camera.trial.state, camera.trial.ends_at) {
        (TrialState::Active, Some(ends_at)) => covers_until(Some(ends_at), lease_until, now),
        (TrialState::Active, None) | (TrialState::Unknown(_), _) => Cover::Unknown,
        (TrialState::Eligible | TrialState::Paused | TrialState::Used | TrialState::NotOffered, _) => Cover::NotCovered,
    }
}

/// Whether the free plan of the camera's model covers it now (R70–R81); a trial and a free plan never are each other (R68).
pub fn free_cover(free: &FreePlan, lease_until: Timestamp, now: Option<TrustedTime>) -> Cover {
    match &free.state {
        FreePlanState::Active => covers_until(free.ends_at, lease_until, now),
        FreePlanState::Ended | FreePlanState::NotForModel => Cover::NotCovered,
        FreePlanState::Unknown(_) => Cover::Unknown,
    }
}

fn covers_until(end: Option<Timestamp>, lease_until: Timestamp, now: Option<TrustedTime>) -> Cover {
    match now.map(TrustedTime::timestamp) {
        None => Cover::Unknown,
        Some(now) if end.is_some_and(|end| now >= end) => Cover::NotCovered,
        Some(now) if now >= lease_until => Cover::Unknown,
        Some(_) => Cover::Covered,
    }
}

/// What a screen says about the free plan of a camera's model.
pub fn free_row(free: &FreePlan, now: Option<TrustedTime>) -> FreePlanRow {
    let over = now.zip(free.ends_at).is_some_and(|(now, end)| now.timestamp() >= end);
    let (state, message) = match &free.state {
        FreePlanState::Active if over => ("ended", Message::new("free-plan-ended")),
        FreePlanState::Active => {
            let message = match free.ends_at {
                Some(end) => Message::new("free-plan-active-until").date("date", end),
                None => Message::new("free-plan-active"),
            };
            let message = match free.history_h {
                Some(hours) => message.count("hours", i64::from(hours)),
                None => message,
            };
            ("active", message)
        }
        FreePlanState::Ended => ("ended", Message::new("free-plan-ended")),
        FreePlanState::NotForModel => ("not_for_model", Message::new("free-plan-none")),
        FreePlanState::Unknown(_) => ("unknown", Message::new("free-plan-unknown")),
    };
    FreePlanRow {
        state: state.to_owned(),
        history_h: free.history_h,
        ends_at: free.ends_at,
        message,
    }
}

/// What a screen says about the account's own trial: it turns into a paid period, and its words say so (X6, U11). The price
/// and the day to cancel by are with its subscription.
pub fn account_row(trial: &AccountTrial, fresh: bool, now: Option<TrustedTime>) -> AccountTrialRow {
    let ends_at = trial.ends_at.filter(|_| trial.state == TrialState::Active);
    let left = now.zip(ends_at).map(|(now, end)| days_left(now, end));
    let (state, message) = match &trial.state {
        TrialState::Eligible if !fresh => ("offline", Message::new("trial-offline")),
        TrialState::Eligible => {
            let message = Message::new("account-trial-eligible");
            let message = match trial.length {
                Some(length) => message.text("length", length.iso8601()),
                None => message,
            };
            ("eligible", message)
        }
        TrialState::Active => ("active", with_date(Message::new("account-trial-active"), ends_at)),
        TrialState::Paused => ("paused", Message::new("account-trial-paused")),
        TrialState::Used => ("used", Message::new("account-trial-used")),
        TrialState::NotOffered => ("not_offered", Message::new("account-trial-not-offered")),
        TrialState::Unknown(_) => ("unknown", Message::new("trial-unknown")),
    };
    AccountTrialRow {
        state: state.to_owned(),
        reason: trial.reason.clone(),
        length: trial.length,
        ends_at,
        days_left: left,
        message,
    }
}

fn with_date(message: Message, at: Option<Timestamp>) -> Message {
    match at {
        Some(at) => message.date("date", at),
        None => message,
    }
}

fn eligible(length: Option<Period>) -> Message {
    let message = Message::new("trial-eligible");
    match length {
        Some(length) => message.text("length", length.iso8601()),
        None => message,
    }
}

fn not_offered(reason: Option<&str>) -> Message {
    match reason {
        Some("covered") => Message::new("trial-covered"),
        Some("used") => Message::new("trial-used"),
        Some("model_not_supported") => Message::new("trial-not-for-model"),
        Some("region_not_supported") => Message::new("trial-not-in-region"),
        _ => Message::new("trial-not-offered"),
    }
}

fn active(ends_at: Option<Timestamp>, left: Option<u32>, today: bool) -> Message {
    let dated = |key: &str| with_date(Message::new(key), ends_at);
    match (today, left) {
        (true, _) => dated("trial-ends-today"),
        (false, Some(days)) => dated("trial-active").count("days", i64::from(days)),
        // Without a trusted time there is a date and no number of days.
        (false, None) => dated("trial-active-until"),
    }
}

/// Whole days of a rest, rounded up (U12).
fn whole_days(remaining_s: Option<i64>) -> Option<i64> {
    const DAY_S: i64 = 86_400;
    remaining_s.map(|left| left.max(0).saturating_add(DAY_S - 1) / DAY_S)
}

fn paused(days: Option<i64>) -> Message {
    match days {
        Some(days) => Message::new("trial-paused").count("days", days),
        None => Message::new("trial-paused-rest-unknown"),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
