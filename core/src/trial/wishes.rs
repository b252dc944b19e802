//! What the user may wish of a camera's trial: to start it (T1), or to cancel it for good (T3, R64).

use crate::account::{AccountState, TrialState};
use crate::cloud::{CloudError, care_error};
use crate::error::{CareError, Confirmation, ConfirmationKind, Problem, Retry, UserAction};
use crate::id::CameraId;
use crate::message::Message;
use crate::purchase::refusal::confirmation;
use crate::subscription::{has_access, reaches};

const START: &str = "start_trial";
const CANCEL: &str = "cancel_trial";

/// Refuses early what the cloud would refuse (T1). A trial that runs already may be "started" again: nothing happens.
///
/// # Errors
/// [`CareError::Refused`] with the reason.
pub fn check_start(state: &AccountState, id: &CameraId) -> Result<(), CareError> {
    let refused = |name: &str| Err(CareError::Refused(no(START, name).id(id.as_str())));
    let Some(camera) = state.camera(id) else {
        return refused("unknown_camera");
    };
    let covered = state
        .subscriptions
        .iter()
        .any(|plan| has_access(plan) && reaches(plan, camera, state.cameras.len()));
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

/// The final question before a trial is cancelled: it ends now, for good, and never starts again (T3, R64, U14). `None` where
/// it was had already: cancelling twice changes nothing.
///
/// # Errors
/// [`CareError::Refused`] where there is nothing to cancel.
pub fn check_cancel(state: &AccountState, id: &CameraId) -> Result<Option<Confirmation>, CareError> {
    let refused = |name: &str| Err(CareError::Refused(no(CANCEL, name).id(id.as_str())));
    let Some(camera) = state.camera(id) else {
        return refused("unknown_camera");
    };
    match &camera.trial.state {
        TrialState::Active | TrialState::Paused => {}
        TrialState::Used => return Ok(None),
        TrialState::Eligible | TrialState::NotOffered => return refused("trial_not_running"),
        TrialState::Unknown(_) => return refused("trial_unknown"),
    }
    let facts = vec![Message::new("trial-cancel-is-final").text("camera", &camera.name)];
    let bound = format!("{}\n{id}", state.account);
    Ok(Some(confirmation(
        CANCEL,
        ConfirmationKind::CancelTrial,
        "confirm_trial_cancel",
        &bound,
        facts,
    )))
}

/// No trial starts or ends, whatever the user does: an unknown camera is nothing to choose differently here.
fn no(operation: &str, name: &str) -> Problem {
    Problem::new(operation, name)
        .retry(Retry::Never)
        .action(UserAction::None)
}

/// What the cloud's refusal means.
pub fn cloud_refusal(operation: &str, error: &CloudError) -> CareError {
    let refused = |name: &str| CareError::Refused(no(operation, name));
    match error.code() {
        Some("trial_used") => refused("trial_used"),
        Some("trial_not_offered") => refused("trial_not_offered"),
        Some("trial_not_running") => refused("trial_not_running"),
        Some("trial_covered") => refused("trial_covered"),
        Some("not_found") => refused("unknown_camera"),
        _ => care_error(operation, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::samples;

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

    // Rules: T3, R64, U14
    #[test]
    fn cancelling_a_trial_asks_once_more_and_says_that_it_never_starts_again() {
        let mut state = samples::account();
        let id = CameraId::from("cam_porch");
        for running in [TrialState::Active, TrialState::Paused] {
            state.cameras[0].trial.state = running;
            let asked = check_cancel(&state, &id).unwrap().unwrap();
            assert_eq!(asked.kind, ConfirmationKind::CancelTrial);
            assert_eq!(asked.facts[0].key, "trial-cancel-is-final");
            assert_eq!(asked.facts[0].text_arg("camera"), Some("Porch"));
        }
        let of_porch = check_cancel(&state, &id).unwrap().unwrap().token;
        state.cameras[1].trial.state = TrialState::Active;
        state.cameras[1].name = "Porch".into();
        let of_garden = check_cancel(&state, &"cam_garden".into()).unwrap().unwrap().token;
        assert_ne!(of_porch, of_garden, "a yes is for one camera, whatever its name");
        state.cameras[0].trial.state = TrialState::Used;
        assert_eq!(check_cancel(&state, &id), Ok(None), "cancelled already");
        state.cameras[0].trial.state = TrialState::Eligible;
        let refused = check_cancel(&state, &id).unwrap_err();
        assert_eq!(refused.problem().name, "trial_not_running");
    }
}
