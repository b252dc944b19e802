//! Which sets of cameras a plan takes: refused here first and by the cloud again (R18–R20).

use super::blocked_remedy;
use crate::account::{AccountState, BlockReason, Subscription};
use crate::cloud::{CloudError, care_error};
use crate::error::{CareError, Problem, Retry, UserAction};
use crate::id::{CameraId, SubscriptionId};
use crate::message::Message;
use crate::subscription::has_access;

const OPERATION: &str = "select_cameras";

/// Why a set of cameras is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// No such subscription in this account.
    UnknownSubscription,
    /// The plan gives no access now.
    NoAccess,
    /// More cameras than the plan covers (R20).
    OverCapacity {
        /// How many it covers.
        capacity: u32,
        /// How many were asked for.
        asked: usize,
    },
    /// No such camera in this account.
    UnknownCamera(CameraId),
    /// A camera that cannot be selected would be added (R18).
    Blocked(CameraId),
    /// Another plan covers it already.
    CoveredElsewhere(CameraId, SubscriptionId),
    /// The first selection may not be empty.
    EmptyFirst,
}

/// Checks a whole set. A blocked camera is refused only when it is added: one already on the plan may stay.
///
/// # Errors
/// The first reason found.
pub fn check(state: &AccountState, id: &SubscriptionId, cameras: &[CameraId]) -> Result<(), Refused> {
    let subscription = state.subscription(id).ok_or(Refused::UnknownSubscription)?;
    if !has_access(subscription) {
        return Err(Refused::NoAccess);
    }
    let mut wanted: Vec<&CameraId> = cameras.iter().collect();
    wanted.sort();
    wanted.dedup();
    if wanted.is_empty() && subscription.cameras_revision == 0 {
        return Err(Refused::EmptyFirst);
    }
    for id in &wanted {
        let camera = state.camera(id).ok_or_else(|| Refused::UnknownCamera((*id).clone()))?;
        let added = !subscription.cameras.contains(id);
        if added && camera.blocked.is_some() {
            return Err(Refused::Blocked((*id).clone()));
        }
        let other = state
            .subscriptions
            .iter()
            .find(|other| other.id != subscription.id && has_access(other) && other.cameras.contains(id));
        if let Some(other) = other.filter(|_| added) {
            return Err(Refused::CoveredElsewhere((*id).clone(), other.id.clone()));
        }
    }
    if wanted.len() > subscription.capacity() {
        return Err(Refused::OverCapacity {
            capacity: subscription.plan.capacity,
            asked: wanted.len(),
        });
    }
    Ok(())
}

/// The cameras of `named` that can still be selected, in their order, as many as the plan covers.
pub fn still_possible(state: &AccountState, subscription: &Subscription, named: &[CameraId]) -> Vec<CameraId> {
    let mut possible: Vec<CameraId> = Vec::new();
    for id in named {
        let mut wider = possible.clone();
        wider.push(id.clone());
        if !possible.contains(id) && check(state, &subscription.id, &wider).is_ok() {
            possible = wider;
        }
    }
    possible
}

impl Subscription {
    fn capacity(&self) -> usize {
        usize::try_from(self.plan.capacity).unwrap_or(usize::MAX)
    }
}

impl Refused {
    /// The typed refusal with its remedy. Nothing changed and nothing was charged.
    pub fn into_error(self, state: &AccountState) -> CareError {
        let problem = |name: &str| Problem::new(OPERATION, name).retry(Retry::UserAction);
        let name_of = |id: &CameraId| {
            state
                .camera(id)
                .map_or(id.as_str(), |camera| camera.name.as_str())
                .to_owned()
        };
        CareError::Refused(match self {
            Self::UnknownSubscription => problem("unknown_subscription").retry(Retry::Never),
            Self::NoAccess => problem("no_access").action(UserAction::ManageSubscription),
            Self::OverCapacity { capacity, asked } => problem("over_capacity")
                .say(
                    Message::new("over-capacity")
                        .count("capacity", i64::from(capacity))
                        .count("asked", i64::try_from(asked).unwrap_or(i64::MAX)),
                )
                .action(UserAction::ChangeSelection),
            Self::UnknownCamera(id) => problem("unknown_camera")
                .say(Message::new("unknown-camera").text("camera", id.as_str()))
                .action(UserAction::ChangeSelection)
                .id(id.as_str()),
            Self::Blocked(id) => blocked(&id, state),
            Self::CoveredElsewhere(id, subscription) => problem("camera_covered")
                .say(Message::new("camera-covered").text("camera", name_of(&id)))
                .action(UserAction::ChangeSelection)
                .id(subscription.as_str()),
            Self::EmptyFirst => problem("empty_selection").action(UserAction::ChangeSelection),
        })
    }
}

fn blocked(id: &CameraId, state: &AccountState) -> Problem {
    let camera = state.camera(id);
    let reason = camera.and_then(|camera| camera.blocked.as_ref());
    let action = reason.map_or(UserAction::ChangeSelection, |blocked| blocked_remedy(&blocked.reason));
    let why = match reason.map(|blocked| &blocked.reason) {
        Some(BlockReason::FirmwareTooOld) => "firmware_too_old",
        Some(BlockReason::Offline) => "offline",
        Some(BlockReason::ModelNotSupported) => "model_not_supported",
        Some(BlockReason::Unknown(_)) | None => "unknown",
    };
    let name = camera.map_or(id.as_str(), |camera| camera.name.as_str());
    Problem::new(OPERATION, "camera_blocked")
        .retry(Retry::UserAction)
        .say(
            Message::new("camera-cannot-be-added")
                .text("camera", name)
                .text("reason", why),
        )
        .action(action)
        .id(id.as_str())
}

/// What the cloud's own refusal means, where this phone's knowledge was older than the cloud's.
pub fn cloud_refusal(error: &CloudError, state: &AccountState) -> CareError {
    let CloudError::Problem(problem) = error else {
        return care_error(OPERATION, error);
    };
    let text = |name: &str| {
        problem
            .body
            .get(name)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
    };
    let camera = || CameraId::from(text("camera"));
    match problem.code.as_str() {
        "over_capacity" => {
            let capacity = problem
                .body
                .get("capacity")
                .and_then(serde_json::Value::as_u64)
                .unwrap_or_default();
            let capacity = u32::try_from(capacity).unwrap_or(u32::MAX);
            let refused = Problem::new(OPERATION, "over_capacity").retry(Retry::UserAction);
            let said = Message::new("over-capacity").count("capacity", i64::from(capacity));
            CareError::Refused(refused.say(said).action(UserAction::ChangeSelection))
        }
        "unknown_camera" => Refused::UnknownCamera(camera()).into_error(state),
        "camera_blocked" => CareError::Refused(blocked(&camera(), state)),
        "camera_covered" => {
            Refused::CoveredElsewhere(camera(), SubscriptionId::from(text("subscription"))).into_error(state)
        }
        "empty_selection" => Refused::EmptyFirst.into_error(state),
        "no_access" => Refused::NoAccess.into_error(state),
        "not_found" => Refused::UnknownSubscription.into_error(state),
        // Somebody selected on another phone in between: what they chose is shown, and the user chooses again.
        "cameras_conflict" => CareError::TryAgain(
            Problem::new(OPERATION, "cameras_changed_elsewhere")
                .retry(Retry::UserAction)
                .action(UserAction::ChangeSelection),
        ),
        _ => care_error(OPERATION, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Channel;
    use crate::snapshot::samples;

    fn state() -> AccountState {
        let mut state = samples::account();
        state.subscriptions = vec![samples::subscription("sub_1", Channel::AppStore)];
        state
    }

    fn ids(names: &[&str]) -> Vec<CameraId> {
        names.iter().map(|name| CameraId::from(*name)).collect()
    }

    fn checked(state: &AccountState, names: &[&str]) -> Result<(), Refused> {
        check(state, &SubscriptionId::from("sub_1"), &ids(names))
    }

    // Rules: R20
    #[test]
    fn no_more_cameras_are_selected_than_the_plan_covers() {
        let mut state = state();
        state.subscriptions[0].plan.capacity = 1;
        assert_eq!(
            checked(&state, &["cam_porch", "cam_garden"]),
            Err(Refused::OverCapacity { capacity: 1, asked: 2 })
        );
        assert_eq!(checked(&state, &["cam_porch", "cam_porch"]), Ok(()));
    }

    // Rules: R18
    #[test]
    fn a_blocked_camera_is_refused_only_when_it_is_added() {
        let mut state = state();
        assert_eq!(
            checked(&state, &["cam_nursery"]),
            Err(Refused::Blocked("cam_nursery".into()))
        );
        state.subscriptions[0].cameras = ids(&["cam_nursery"]);
        assert_eq!(checked(&state, &["cam_nursery", "cam_porch"]), Ok(()));
        let error = Refused::Blocked("cam_nursery".into()).into_error(&state);
        assert_eq!(error.problem().user_action, UserAction::UpdateFirmware);
        let error = Refused::Blocked("cam_shed".into()).into_error(&state);
        assert_eq!(error.problem().user_action, UserAction::CheckInternet);
    }

    #[test]
    fn only_the_first_selection_may_not_be_empty() {
        let mut state = state();
        assert_eq!(checked(&state, &[]), Err(Refused::EmptyFirst));
        state.subscriptions[0].cameras_revision = 1;
        assert_eq!(checked(&state, &[]), Ok(()));
    }

    #[test]
    fn a_camera_of_another_plan_or_of_nobody_is_not_taken() {
        let mut state = state();
        assert_eq!(
            checked(&state, &["cam_of_ben"]),
            Err(Refused::UnknownCamera("cam_of_ben".into()))
        );
        let mut web = samples::subscription("sub_web", Channel::Web);
        web.cameras = ids(&["cam_porch"]);
        state.subscriptions.push(web);
        assert_eq!(
            checked(&state, &["cam_porch"]),
            Err(Refused::CoveredElsewhere("cam_porch".into(), "sub_web".into()))
        );
    }

    // Rules: R16
    #[test]
    fn cameras_named_at_purchase_are_taken_as_far_as_still_possible() {
        let state = state();
        let named = ids(&["cam_nursery", "cam_porch", "cam_of_ben", "cam_porch", "cam_garden"]);
        assert_eq!(
            still_possible(&state, &state.subscriptions[0], &named),
            ids(&["cam_porch", "cam_garden"])
        );
    }
}
