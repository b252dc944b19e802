//! Cameras as rows: what covers each, or each reason why not, and what may be done with it (R17–R20).

use super::camera_records::{Action, ActionKind, CameraRow, CoverBy, CoverReason, TrialRow, WhyNot};
use crate::account::held::Believed;
use crate::account::{AccountState, Camera, Channel, Covers, Phase, Subscription};
use crate::camera::blocked_message;
use crate::camera::picker::is_chosen_for;
use crate::message::Message;
use crate::subscription::{Cover, cover, has_access, reaches};
use crate::time::{Timestamp, TrustedTime};
use crate::trial;

/// What a camera's row is made from.
#[derive(Clone, Copy)]
pub(super) struct Light<'a> {
    pub state: &'a AccountState,
    pub lease_until: Timestamp,
    pub fresh: bool,
    pub now: Option<TrustedTime>,
    pub utc_offset_s: i32,
}

impl<'a> Light<'a> {
    pub fn of(held: &'a Believed, fresh: bool, now: Option<TrustedTime>, utc_offset_s: i32) -> Self {
        Self {
            state: &held.state,
            lease_until: held.lease_until,
            fresh,
            now,
            utc_offset_s,
        }
    }

    fn reaches(&self, plan: &Subscription, camera: &Camera) -> bool {
        reaches(plan, camera, self.state.cameras.len())
    }
}

pub(super) fn row(camera: &Camera, light: Light<'_>) -> CameraRow {
    let plans = &light.state.subscriptions;
    // One that ended by its date has ended at the cloud too, and what it kept from the camera comes back.
    let may_cover =
        |plan: &Subscription| has_access(plan) && cover(plan, light.lease_until, light.now) != Cover::NotCovered;
    let covered = plans.iter().any(|plan| may_cover(plan) && light.reaches(plan, camera));
    let seen = trial::Seen {
        covered,
        fresh: light.fresh,
        now: light.now,
        utc_offset_s: light.utc_offset_s,
    };
    let trial = trial::row(camera, seen);
    let why = why(camera, &trial, light);
    let cover = overall(&why);
    let by_plans = why
        .iter()
        .filter(|reason| reason.cover == Cover::Covered && reason.subscription.is_some());
    let naming = |wanted: Cover| {
        let found = why
            .iter()
            .find(|reason| reason.cover == wanted && reason.subscription.is_some());
        found.and_then(|reason| reason.subscription.clone())
    };
    CameraRow {
        id: camera.id.clone(),
        name: camera.name.clone(),
        model: camera.model.clone(),
        online: camera.online,
        cover,
        covered_twice: by_plans.count() > 1,
        subscription: naming(Cover::Covered).or_else(|| naming(Cover::Unknown)),
        selectable: camera.blocked.is_none(),
        blocked: camera.blocked.as_ref().map(blocked_message),
        actions: actions(camera, &trial, light),
        free_plan: camera.free_plan.as_ref().map(|free| trial::free_row(free, light.now)),
        trial,
        why,
    }
}

/// Covered as soon as anything covers it; unknown where something might.
fn overall(why: &[CoverReason]) -> Cover {
    let any = |wanted| why.iter().any(|reason| reason.cover == wanted);
    if any(Cover::Covered) {
        Cover::Covered
    } else if any(Cover::Unknown) {
        Cover::Unknown
    } else {
        Cover::NotCovered
    }
}

/// What covers the camera; where nothing does, each reason why not.
fn why(camera: &Camera, trial: &TrialRow, light: Light<'_>) -> Vec<CoverReason> {
    let plans = &light.state.subscriptions;
    let mut reasons: Vec<CoverReason> = plans.iter().filter_map(|plan| by_plan(plan, camera, light)).collect();
    if !plans.iter().any(has_access) {
        reasons.push(CoverReason {
            by: CoverBy::Plan,
            cover: Cover::NotCovered,
            why_not: Some(WhyNot::NoPlan),
            subscription: None,
            message: Message::new("no-plan-now"),
        });
    }
    reasons.push(by_trial(camera, trial, light));
    reasons.extend(by_free_plan(camera, light));
    if overall(&reasons) == Cover::Covered {
        reasons.retain(|reason| reason.cover == Cover::Covered);
    }
    reasons
}

/// `None` where a plan without access has nothing to do with the camera.
fn by_plan(plan: &Subscription, camera: &Camera, light: Light<'_>) -> Option<CoverReason> {
    let by = match (&plan.covers, &plan.channel) {
        (Covers::Account, _) => CoverBy::AccountPlan,
        (_, Channel::Code) => CoverBy::Code,
        _ => CoverBy::Plan,
    };
    let covers = cover(plan, light.lease_until, light.now);
    let named = light.reaches(plan, camera);
    let titled = |message: Message| message.text("plan", &plan.plan.title);
    let (covers, why_not, message) = match (named, covers) {
        (true, Cover::Covered) if by == CoverBy::AccountPlan => {
            (covers, None, titled(Message::new("covered-by-account-plan")))
        }
        (true, Cover::Covered) if by == CoverBy::Code => (covers, None, titled(Message::new("covered-by-code"))),
        (true, Cover::Covered) => (covers, None, titled(Message::new("covered-by-plan"))),
        (true, Cover::Unknown) => {
            let (why_not, message) = cannot_say(plan, light.now);
            (covers, Some(why_not), message)
        }
        (true, Cover::NotCovered) if has_access(plan) => {
            (covers, Some(WhyNot::Ended), titled(Message::new("plan-ended")))
        }
        (true, Cover::NotCovered) => {
            let message = titled(Message::new("plan-without-access")).text("phase", plan.phase.as_str());
            (covers, Some(WhyNot::NoAccess), message)
        }
        // Whatever can be said of that plan, it is not for this camera.
        (false, _) if has_access(plan) => (
            Cover::NotCovered,
            Some(WhyNot::NotSelected),
            titled(Message::new("not-on-plan")),
        ),
        (false, _) => return None,
    };
    Some(CoverReason {
        by,
        cover: covers,
        why_not,
        subscription: Some(plan.id.clone()),
        message,
    })
}

fn cannot_say(plan: &Subscription, now: Option<TrustedTime>) -> (WhyNot, Message) {
    match (&plan.phase, now) {
        (Phase::Unknown(_), _) => (
            WhyNot::NotKnown,
            Message::new("plan-not-understood").text("plan", &plan.plan.title),
        ),
        (_, None) => (WhyNot::TimeUnknown, Message::new("cover-without-time")),
        (_, Some(_)) => (WhyNot::LeaseOver, Message::new("cover-too-old")),
    }
}

fn by_trial(camera: &Camera, trial: &TrialRow, light: Light<'_>) -> CoverReason {
    let cover = trial::cover(camera, light.lease_until, light.now);
    let why_not = match (cover, trial.state.as_str()) {
        (Cover::Covered, _) => None,
        (Cover::Unknown, "active") if light.now.is_none() => Some(WhyNot::TimeUnknown),
        (Cover::Unknown, "active") => Some(WhyNot::LeaseOver),
        (_, "eligible") => Some(WhyNot::NotStarted),
        (_, "paused") => Some(WhyNot::Paused),
        (_, "used") => Some(WhyNot::Used),
        (_, "not_offered") => Some(WhyNot::NotOffered),
        (_, _) => Some(WhyNot::NotKnown),
    };
    CoverReason {
        by: CoverBy::Trial,
        cover,
        why_not,
        subscription: None,
        message: trial.message.clone(),
    }
}

fn by_free_plan(camera: &Camera, light: Light<'_>) -> Option<CoverReason> {
    let free = camera.free_plan.as_ref()?;
    let row = trial::free_row(free, light.now);
    let cover = trial::free_cover(free, light.lease_until, light.now);
    let why_not = match (cover, row.state.as_str()) {
        (Cover::Covered, _) => None,
        (Cover::Unknown, "active") if light.now.is_none() => Some(WhyNot::TimeUnknown),
        (Cover::Unknown, "active") => Some(WhyNot::LeaseOver),
        (_, "ended") => Some(WhyNot::Ended),
        (_, "not_for_model") => Some(WhyNot::NotOffered),
        (_, _) => Some(WhyNot::NotKnown),
    };
    Some(CoverReason {
        by: CoverBy::FreePlan,
        cover,
        why_not,
        subscription: None,
        message: row.message,
    })
}

/// Every action of a camera: allowed, or with the reason why not.
fn actions(camera: &Camera, trial: &TrialRow, light: Light<'_>) -> Vec<Action> {
    let not_running = || Message::new("trial-not-running");
    let cancel = Action::when(ActionKind::CancelTrial, (!trial.can_cancel).then(not_running));
    vec![
        Action::when(ActionKind::AddToPlan, why_not_added(camera, light)),
        Action::when(ActionKind::RemoveFromPlan, why_not_removed(camera, light)),
        Action::when(
            ActionKind::StartTrial,
            (!trial.can_start).then(|| why_not_started(trial)),
        ),
        Action {
            warning: cancel
                .allowed
                .then(|| Message::new("trial-cancel-is-final").text("camera", &camera.name)),
            ..cancel
        },
    ]
}

fn why_not_started(trial: &TrialRow) -> Message {
    match trial.state.as_str() {
        "active" => Message::new("trial-runs-already"),
        _ => trial.message.clone(),
    }
}

fn why_not_added(camera: &Camera, light: Light<'_>) -> Option<Message> {
    let plans = &light.state.subscriptions;
    if let Some(blocked) = &camera.blocked {
        return Some(blocked_message(blocked));
    }
    let mut usable = plans.iter().filter(|plan| has_access(plan));
    if let Some(plan) = usable.find(|plan| plan.cameras.contains(&camera.id)) {
        return Some(Message::new("on-plan-already").text("plan", &plan.plan.title));
    }
    let chosen_for: Vec<&Subscription> = plans.iter().filter(|plan| is_chosen_for(plan)).collect();
    let full = |plan: &Subscription| plan.cameras.len() >= usize::try_from(plan.plan.capacity).unwrap_or(usize::MAX);
    match chosen_for.first() {
        _ if chosen_for.iter().any(|plan| !full(plan)) => None,
        Some(plan) => Some(
            Message::new("plan-is-full")
                .text("plan", &plan.plan.title)
                .count("capacity", i64::from(plan.plan.capacity)),
        ),
        None => Some(Message::new("no-plan-to-choose-for")),
    }
}

fn why_not_removed(camera: &Camera, light: Light<'_>) -> Option<Message> {
    let usable = light.state.subscriptions.iter().filter(|plan| has_access(plan));
    let on: Vec<&Subscription> = usable.filter(|plan| light.reaches(plan, camera)).collect();
    match on[..] {
        [] => Some(Message::new("on-no-plan")),
        _ if on.iter().all(|plan| plan.covers == Covers::Account) => Some(Message::new("covers-every-camera")),
        _ => None,
    }
}
