//! The camera picker as a state of its own (R16–R20): why it is open, what it begins with, and what became of the user's
//! choice while cameras and selection changed elsewhere.
//!
//! A choice that was not applied is never dropped silently. It is kept as a [`Draft`] and merged, each time it is shown,
//! with what the cloud holds now.

use super::kept::Kept;
use super::selection::still_possible;
use super::{blocked_message, blocked_remedy, help_message};
use crate::account::{AccountState, Camera, Covers, Service, Subscription};
use crate::error::UserAction;
use crate::id::{CameraId, SubscriptionId};
use crate::message::Message;
use crate::snapshot::{Picker, PickerCamera, PickerReason};
use crate::subscription::has_access;
use serde::{Deserialize, Serialize};

/// A choice under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// For which plan.
    pub subscription: SubscriptionId,
    /// Why the picker is open.
    pub reason: PickerReason,
    /// The selection the user chose over.
    pub base: Vec<CameraId>,
    /// Its revision.
    pub based_on: u64,
    /// What the user ticked.
    pub ticks: Vec<CameraId>,
}

/// Cameras named at the purchase of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The plan it became.
    pub subscription: SubscriptionId,
    /// The cameras.
    pub cameras: Vec<CameraId>,
}

impl Draft {
    /// A choice that begins with the selection there is.
    pub fn of(plan: &Subscription, reason: PickerReason) -> Self {
        Self {
            subscription: plan.id.clone(),
            reason,
            base: plan.cameras.clone(),
            based_on: plan.cameras_revision,
            ticks: plan.cameras.clone(),
        }
    }
}

/// The user's choice on top of what holds now: what was taken off stays off, what was added stays added as far as it still
/// may be, and what somebody else added stays too. The second list is what could not be kept.
pub fn merged(state: &AccountState, plan: &Subscription, draft: &Draft) -> (Vec<CameraId>, Vec<CameraId>) {
    let taken_off = |id: &CameraId| draft.base.contains(id) && !draft.ticks.contains(id);
    let stays = plan.cameras.iter().filter(|id| !taken_off(id));
    let added = || draft.ticks.iter().filter(|id| !draft.base.contains(id));
    let wanted: Vec<CameraId> = stays.chain(added()).cloned().collect();
    let proposed = still_possible(state, plan, &wanted);
    let left_out = added().filter(|id| !proposed.contains(id)).cloned().collect();
    (proposed, left_out)
}

/// The picker that is open, if one is: the choice under way, else a plan that never had a selection (R16), else one whose
/// cameras named at purchase could not all be added.
pub fn open(state: &AccountState, named: &[Named], kept: &Kept) -> Option<Picker> {
    under_way(state, kept)
        .or_else(|| first_selection(state, kept))
        .or_else(|| not_all_added(state, named, kept))
        .map(|(plan, draft)| shown(state, plan, &draft))
}

fn under_way<'a>(state: &'a AccountState, kept: &Kept) -> Option<(&'a Subscription, Draft)> {
    let draft = kept.draft.as_ref()?;
    let plan = state
        .subscription(&draft.subscription)
        .filter(|plan| has_access(plan))?;
    let mut draft = draft.clone();
    if draft.reason != PickerReason::Asked && same_cameras(&plan.cameras, &draft.ticks) {
        // An answer that was lost: what was chosen holds.
        return None;
    }
    if draft.based_on != plan.cameras_revision {
        draft.reason = PickerReason::ChangedElsewhere;
    }
    Some((plan, draft))
}

fn same_cameras(these: &[CameraId], those: &[CameraId]) -> bool {
    let within = |these: &[CameraId], those: &[CameraId]| these.iter().all(|id| those.contains(id));
    within(these, those) && within(those, these)
}

fn first_selection<'a>(state: &'a AccountState, kept: &Kept) -> Option<(&'a Subscription, Draft)> {
    let waits = |plan: &&Subscription| is_chosen_for(plan) && plan.cameras_revision == 0;
    let plan = state
        .subscriptions
        .iter()
        .filter(waits)
        .find(|plan| !kept.picker_is_closed(&plan.id, 0))?;
    Some((plan, Draft::of(plan, PickerReason::FirstSelection)))
}

/// Only what the app itself applied is completed: a choice the user has made since stands as it is.
fn not_all_added<'a>(state: &'a AccountState, named: &[Named], kept: &Kept) -> Option<(&'a Subscription, Draft)> {
    named.iter().find_map(|named| {
        let plan = state.subscription(&named.subscription)?;
        let of_the_app = plan.cameras_revision == 1 && plan.cameras.iter().all(|id| named.cameras.contains(id));
        let missing = named
            .cameras
            .iter()
            .any(|id| !plan.cameras.contains(id) && state.camera(id).is_some());
        let closed = kept.picker_is_closed(&plan.id, plan.cameras_revision);
        if !is_chosen_for(plan) || !of_the_app || !missing || closed {
            return None;
        }
        let mut draft = Draft::of(plan, PickerReason::NotAllAdded);
        draft.ticks.clone_from(&named.cameras);
        Some((plan, draft))
    })
}

/// Whether cameras are chosen for the plan at all: it gives access, does not reach every camera by itself, and is no legacy
/// plan, about which nothing can be changed (R83).
pub fn is_chosen_for(plan: &Subscription) -> bool {
    has_access(plan) && plan.covers != Covers::Account && plan.service != Service::KasaLegacy
}

fn shown(state: &AccountState, plan: &Subscription, draft: &Draft) -> Picker {
    let (proposed, left_out) = merged(state, plan, draft);
    let cameras = state
        .cameras
        .iter()
        .map(|camera| row(state, plan, camera, &proposed))
        .collect();
    Picker {
        subscription: plan.id.clone(),
        title: plan.plan.title.clone(),
        reason: draft.reason,
        capacity: plan.plan.capacity,
        selected: plan.cameras.clone(),
        cameras,
        message: message(plan, draft.reason, left_out.len()),
        proposed,
        left_out,
        help: help_message(),
    }
}

fn message(plan: &Subscription, reason: PickerReason, left_out: usize) -> Message {
    let capacity = i64::from(plan.plan.capacity);
    let dropped = i64::try_from(left_out).unwrap_or(i64::MAX);
    match reason {
        PickerReason::FirstSelection | PickerReason::Asked => Message::new("picker-choose")
            .text("plan", &plan.plan.title)
            .count("capacity", capacity),
        PickerReason::NotAllAdded => Message::new("picker-not-all-added").count("cameras", dropped),
        PickerReason::ChangedElsewhere if dropped > 0 => {
            Message::new("picker-changed-and-left-out").count("cameras", dropped)
        }
        PickerReason::ChangedElsewhere => Message::new("picker-changed-elsewhere"),
    }
}

fn row(state: &AccountState, plan: &Subscription, camera: &Camera, proposed: &[CameraId]) -> PickerCamera {
    let selected = plan.cameras.contains(&camera.id);
    let elsewhere = state
        .subscriptions
        .iter()
        .find(|other| other.id != plan.id && has_access(other) && other.cameras.contains(&camera.id));
    let (blocked, remedy) = match (&camera.blocked, elsewhere) {
        _ if selected => (None, UserAction::None),
        (Some(blocked), _) => (Some(blocked_message(blocked)), blocked_remedy(&blocked.reason)),
        (None, Some(other)) => {
            let message = Message::new("on-plan-already").text("plan", &other.plan.title);
            (Some(message), UserAction::ChangeSelection)
        }
        (None, None) => (None, UserAction::None),
    };
    PickerCamera {
        id: camera.id.clone(),
        name: camera.name.clone(),
        model: camera.model.clone(),
        selected,
        proposed: proposed.contains(&camera.id),
        selectable: blocked.is_none(),
        blocked,
        remedy,
    }
}

#[cfg(test)]
#[path = "picker_tests.rs"]
mod tests;
