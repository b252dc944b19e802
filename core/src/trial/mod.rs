//! A Tapo camera's free trial: per camera, once, never charged, ends by itself (T1). A free plan is not a free trial.

use crate::account::{AccountState, Camera, TrialState};
use crate::cloud::{CloudError, care_error};
use crate::error::{CareError, Problem, Retry, UserAction};
use crate::id::CameraId;
use crate::message::Message;
use crate::snapshot::TrialRow;
use crate::subscription::has_access;
use crate::time::{Timestamp, TrustedTime, days_left, ends_today};

const OPERATION: &str = "start_trial";

/// What a screen says about a camera's trial at `now`.
pub fn row(camera: &Camera, covered: bool, now: Option<TrustedTime>, utc_offset_s: i32) -> TrialRow {
    let trial = &camera.trial;
    let ends_at = trial.ends_at.filter(|_| trial.state == TrialState::Active);
    let left = now.zip(ends_at).map(|(now, end)| days_left(now, end));
    let today = now
        .zip(ends_at)
        .is_some_and(|(now, end)| ends_today(now, end, utc_offset_s));
    let over = now.zip(ends_at).is_some_and(|(now, end)| now.timestamp() >= end);
    let can_start = trial.state == TrialState::Eligible && !covered;
    let message = match &trial.state {
        TrialState::Eligible if can_start => eligible(camera),
        TrialState::Eligible => Message::new("trial-covered"),
        TrialState::Active if over => Message::new("trial-over"),
        TrialState::Active => active(ends_at, left, today),
        TrialState::Paused => paused(trial.remaining_s),
        TrialState::Used => Message::new("trial-used"),
        TrialState::NotOffered if trial.reason.as_deref() == Some("covered") => Message::new("trial-covered"),
        TrialState::NotOffered => Message::new("trial-not-offered"),
        TrialState::Unknown(_) => Message::new("trial-unknown"),
    };
    let state = match &trial.state {
        TrialState::Active if over => "used".to_owned(),
        TrialState::Unknown(_) => "unknown".to_owned(),
        state => state.as_str().to_owned(),
    };
    TrialRow {
        state,
        can_start,
        ends_at,
        days_left: left,
        ends_today: today,
        message,
    }
}

fn eligible(camera: &Camera) -> Message {
    let message = Message::new("trial-eligible");
    match camera.trial.length {
        Some(length) => message.text("length", length.iso8601()),
        None => message,
    }
}

fn active(ends_at: Option<Timestamp>, left: Option<u32>, today: bool) -> Message {
    let dated = |key: &str| {
        let message = Message::new(key);
        match ends_at {
            Some(end) => message.date("date", end),
            None => message,
        }
    };
    match (today, left) {
        (true, _) => dated("trial-ends-today"),
        (false, Some(days)) => dated("trial-active").count("days", i64::from(days)),
        // Without a trusted time there is a date and no number of days.
        (false, None) => dated("trial-active-until"),
    }
}

fn paused(remaining_s: Option<i64>) -> Message {
    const DAY_S: i64 = 86_400;
    let days = remaining_s.map(|left| left.max(0).saturating_add(DAY_S - 1) / DAY_S);
    match days {
        Some(days) => Message::new("trial-paused").count("days", days),
        None => Message::new("trial-paused-rest-unknown"),
    }
}

/// Refuses early what the cloud would refuse (T1). A trial that runs already may be "started" again: nothing happens.
///
/// # Errors
/// [`CareError::Refused`] with the reason.
pub fn check_start(state: &AccountState, id: &CameraId) -> Result<(), CareError> {
    let refused = |name: &str| Err(CareError::Refused(no(name).id(id.as_str())));
    let Some(camera) = state.camera(id) else {
        return refused("unknown_camera");
    };
    let covered = state
        .subscriptions
        .iter()
        .any(|plan| has_access(plan) && plan.cameras.contains(id));
    match &camera.trial.state {
        TrialState::Eligible if covered => refused("trial_covered"),
        TrialState::Eligible | TrialState::Active => Ok(()),
        TrialState::Paused => refused("trial_covered"),
        TrialState::Used => refused("trial_used"),
        TrialState::NotOffered if camera.trial.reason.as_deref() == Some("covered") => refused("trial_covered"),
        TrialState::NotOffered => refused("trial_not_offered"),
        TrialState::Unknown(_) => refused("trial_unknown"),
    }
}

/// No trial starts, whatever the user does: an unknown camera is nothing to choose differently here.
fn no(name: &str) -> Problem {
    Problem::new(OPERATION, name)
        .retry(Retry::Never)
        .action(UserAction::None)
}

/// What the cloud's refusal means.
pub fn cloud_refusal(error: &CloudError) -> CareError {
    let refused = |name: &str| CareError::Refused(no(name));
    match error.code() {
        Some("trial_used") => refused("trial_used"),
        Some("trial_not_offered") => refused("trial_not_offered"),
        Some("trial_covered") => refused("trial_covered"),
        Some("not_found") => refused("unknown_camera"),
        _ => care_error(OPERATION, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::samples;

    const DAY_MS: i64 = 86_400_000;

    fn running(ends_at: i64) -> Camera {
        let mut camera = samples::camera("cam_porch", "Porch");
        camera.trial.state = TrialState::Active;
        camera.trial.ends_at = Some(Timestamp(ends_at));
        camera
    }

    fn at(ms: i64) -> Option<TrustedTime> {
        Some(TrustedTime::vouched(Timestamp(ms)))
    }

    #[test]
    fn a_rest_longer_than_any_calendar_is_shown_and_ends_nothing() {
        let mut camera = samples::camera("cam_porch", "Porch");
        camera.trial.state = TrialState::Paused;
        camera.trial.remaining_s = Some(i64::MAX);
        assert_eq!(row(&camera, true, at(0), 0).message.key, "trial-paused");
        assert_eq!(row(&running(i64::MAX), false, at(0), 0).days_left, Some(u32::MAX));
    }

    // Rules: T1
    #[test]
    fn a_running_trial_counts_its_days_says_today_and_ends_by_itself() {
        let camera = running(30 * DAY_MS + 1000);
        let first = row(&camera, false, at(1000), 0);
        assert_eq!(
            (first.days_left, first.message.key.as_str()),
            (Some(30), "trial-active")
        );
        let last = row(&camera, false, at(30 * DAY_MS + 1), 0);
        assert_eq!((last.ends_today, last.message.key.as_str()), (true, "trial-ends-today"));
        let over = row(&camera, false, at(31 * DAY_MS), 0);
        assert_eq!(
            (over.state.as_str(), over.can_start, over.message.key.as_str()),
            ("used", false, "trial-over")
        );
    }

    #[test]
    fn an_unknown_time_or_state_never_offers_a_trial_and_never_counts_days() {
        let unknown_time = row(&running(DAY_MS), false, None, 0);
        assert_eq!(
            (unknown_time.days_left, unknown_time.message.key.as_str()),
            (None, "trial-active-until")
        );
        let mut camera = samples::camera("cam_porch", "Porch");
        camera.trial.state = TrialState::Unknown("maybe".into());
        let unknown = row(&camera, false, at(0), 0);
        assert_eq!((unknown.can_start, unknown.state.as_str()), (false, "unknown"));
    }

    // Rules: T1
    #[test]
    fn a_trial_is_refused_where_it_was_had_is_not_offered_or_a_plan_covers_the_camera() {
        let mut state = samples::account();
        let id = CameraId::from("cam_porch");
        let name = |state: &AccountState| check_start(state, &id).err().map(|error| error.problem().name.clone());
        assert_eq!(name(&state), None);
        state.cameras[0].trial.state = TrialState::Used;
        assert_eq!(name(&state).as_deref(), Some("trial_used"));
        state.cameras[0].trial.state = TrialState::NotOffered;
        assert_eq!(name(&state).as_deref(), Some("trial_not_offered"));
        state.cameras[0].trial.state = TrialState::Eligible;
        let mut plan = samples::subscription("sub_1", crate::account::Channel::Web);
        plan.cameras = vec![id.clone()];
        state.subscriptions.push(plan);
        assert_eq!(name(&state).as_deref(), Some("trial_covered"));
    }
}
