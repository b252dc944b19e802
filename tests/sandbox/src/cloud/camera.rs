//! Cameras, why one cannot be selected, and the selection of a plan (R16 to R20).
use std::collections::{BTreeMap, BTreeSet};

use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::people::slug;
use super::shown::{Blocked, CameraShown, FreePlanShown, SubscriptionShown};
use super::trial::{self, Trial};
use super::{not_found, refused, subscription};
use crate::call::{Answer, Call};
use crate::contract;
use crate::moment::{DAY_MS, rfc3339};
use crate::world::World;

/// The least firmware the plan's features work with, by model; a model that is not here is not supported.
const MODELS: [(&str, &str); 18] = [
    ("C100", "1.2.0"),
    ("C110", "1.2.0"),
    ("C120", "1.1.0"),
    ("C125", "1.2.0"),
    ("C200", "1.2.0"),
    ("C210", "1.2.0"),
    ("C211", "1.0.0"),
    ("C220", "1.1.0"),
    ("C225", "1.1.0"),
    ("C310", "1.2.0"),
    ("C320WS", "1.2.0"),
    ("C325WB", "1.1.0"),
    ("C400", "1.1.0"),
    ("C420", "1.1.0"),
    ("C425", "1.0.0"),
    ("C500", "1.1.0"),
    ("C510W", "1.1.0"),
    ("C520WS", "1.1.0"),
];

const NEW_FIRMWARE: &str = "1.3.9";

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Camera {
    pub(super) id: String,
    pub(super) account: String,
    pub(super) name: String,
    pub(super) model: String,
    pub(super) firmware: String,
    pub(super) online: bool,
    pub(super) set_up_ms: i64,
    pub(super) trial: Option<Trial>,
    /// Control's own word on its trial, where that is none the cloud would say by itself.
    #[serde(default)]
    pub(super) trial_word: Option<trial::Word>,
    /// What control says its model records for free.
    #[serde(default)]
    pub(super) free_plan: Option<FreePlan>,
}

/// The free plan of a camera's model, as control set it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FreePlan {
    pub(crate) state: String,
    pub(crate) history_h: Option<u32>,
    pub(crate) ends_ms: Option<i64>,
}

/// What becomes of a camera.
#[derive(Default)]
pub(crate) struct Change {
    pub(crate) online: Option<bool>,
    pub(crate) firmware: Option<String>,
    pub(crate) name: Option<String>,
    /// The account it is bound to from now on.
    pub(crate) account: Option<String>,
}

/// A camera about to be bound to an account.
pub(crate) struct NewCamera {
    pub(crate) name: String,
    pub(crate) model: String,
    pub(crate) firmware: Option<String>,
    pub(crate) online: Option<bool>,
}

impl Camera {
    pub(super) fn blocked(&self) -> Option<Blocked> {
        let Some((_, least)) = MODELS.iter().find(|(model, _)| *model == self.model) else {
            return Some(Blocked {
                reason: "model_not_supported",
                remedy: "none",
                firmware_needed: None,
            });
        };
        if numbers(&self.firmware) < numbers(least) {
            return Some(Blocked {
                reason: "firmware_too_old",
                remedy: "update_firmware",
                firmware_needed: Some(least),
            });
        }
        (!self.online).then_some(Blocked {
            reason: "offline",
            remedy: "connect_to_internet",
            firmware_needed: None,
        })
    }
}

fn numbers(firmware: &str) -> Vec<u32> {
    firmware.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

pub(super) fn document(world: &World, camera: &Camera) -> CameraShown {
    CameraShown {
        id: camera.id.clone(),
        name: camera.name.clone(),
        model: camera.model.clone(),
        firmware: camera.firmware.clone(),
        online: camera.online,
        set_up_at: rfc3339(camera.set_up_ms),
        blocked: camera.blocked(),
        free_plan: camera.free_plan.as_ref().map(|free| FreePlanShown {
            state: free.state.clone(),
            history_h: free.history_h,
            ends_at: free.ends_ms.map(rfc3339),
        }),
        trial: trial::document(camera, covering(world, &camera.id).is_some()),
    }
}

/// The plan with access that names the camera.
pub(super) fn covering(world: &World, camera: &str) -> Option<String> {
    let mut subscriptions = world.cloud.subscriptions.iter();
    let named = subscriptions.find(|known| known.has_access() && known.cameras.iter().any(|named| named == camera));
    named.map(|known| known.id.clone())
}

/// The cameras a plan is to cover, the whole set.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Selection {
    /// Named twice, a camera counts once.
    #[schemars(with = "Vec<contract::CameraId>")]
    cameras: Vec<String>,
    /// `cameras_revision` of the subscription the person looked at.
    #[schemars(with = "contract::Revision")]
    based_on: u64,
}

/// The subscription with the selection that holds now.
#[derive(Serialize, JsonSchema)]
pub(super) struct Selected {
    subscription: SubscriptionShown,
}

/// `PUT /v1/subscriptions/{id}/cameras`: the whole set, checked before anything changes.
pub(super) fn put(world: &mut World, call: &Call, account: &str, id: &str) -> Result<Answer, Answer> {
    let asked: Selection = call.asked()?;
    let known = world
        .cloud
        .subscriptions
        .iter()
        .find(|known| known.id == id && known.account == account);
    let known = known.ok_or_else(|| not_found("There is no such subscription"))?;
    let mut seen = BTreeSet::new();
    let wanted: Vec<String> = asked
        .cameras
        .into_iter()
        .filter(|camera| seen.insert(camera.clone()))
        .collect();

    if !known.has_access() {
        return Err(refused(
            StatusCode::CONFLICT,
            "no_access",
            "The plan gives no access now",
            Value::Null,
        ));
    }
    // A selection whose answer was lost is sent again with the old revision: it holds already, so there is no conflict.
    let holds_already =
        known.cameras_revision > 0 && known.cameras.iter().collect::<BTreeSet<_>>() == seen.iter().collect();
    if !holds_already {
        if asked.based_on != known.cameras_revision {
            let extra = json!({ "cameras_revision": known.cameras_revision });
            return Err(refused(
                StatusCode::CONFLICT,
                "cameras_conflict",
                "The selection was changed elsewhere",
                extra,
            ));
        }
        check(world, account, known, &wanted)?;
        world.note(format!("cloud: {id} covers {}", wanted.join(", ")));
        if let Some(known) = subscription::find(world, id) {
            known.name_cameras(wanted);
        }
    }
    if let Some(known) = subscription::find(world, id) {
        known.unflag(subscription::CAMERAS_REDUCED);
    }
    super::settle(world);
    let shown = subscription::shown(world, id).ok_or_else(|| not_found("There is no such subscription"))?;
    Ok(Answer::ok(&Selected { subscription: shown }))
}

fn check(world: &World, account: &str, known: &subscription::Subscription, wanted: &[String]) -> Result<(), Answer> {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    if wanted.is_empty() && known.cameras_revision == 0 {
        return Err(refused(
            unprocessable,
            "empty_selection",
            "A first selection names a camera",
            Value::Null,
        ));
    }
    let capacity = known.capacity();
    if wanted.len() > capacity {
        let extra = json!({ "capacity": capacity });
        return Err(refused(
            unprocessable,
            "over_capacity",
            "More cameras than the plan covers",
            extra,
        ));
    }
    for id in wanted {
        let owned = world
            .cloud
            .cameras
            .iter()
            .find(|camera| camera.account == account && camera.id == *id);
        let Some(camera) = owned else {
            return Err(refused(
                unprocessable,
                "unknown_camera",
                "There is no such camera",
                json!({ "camera": id }),
            ));
        };
        if known.cameras.contains(id) {
            continue;
        }
        if let Some(blocked) = camera.blocked() {
            let extra = json!({ "camera": id, "reason": blocked.reason, "remedy": blocked.remedy });
            return Err(refused(
                unprocessable,
                "camera_blocked",
                "The camera cannot be selected now",
                extra,
            ));
        }
        if let Some(other) = covering(world, id).filter(|other| *other != known.id) {
            let extra = json!({ "camera": id, "subscription": other });
            return Err(refused(
                StatusCode::CONFLICT,
                "camera_covered",
                "Another plan covers the camera",
                extra,
            ));
        }
    }
    Ok(())
}

/// A plan that comes back to access may name a camera another one took meanwhile: the one that began first keeps it.
pub(super) fn settle(world: &mut World) {
    let owners: BTreeMap<String, String> = world
        .cloud
        .cameras
        .iter()
        .map(|camera| (camera.id.clone(), camera.account.clone()))
        .collect();
    let mut taken = BTreeSet::new();
    for known in world.cloud.subscriptions.iter_mut().filter(|known| !known.is_over()) {
        // A camera that was removed, or is another account's now, is on no plan of this one.
        let still = |camera: &&String| owners.get(*camera) == Some(&known.account);
        let bound: Vec<String> = known.cameras.iter().filter(still).cloned().collect();
        known.name_cameras(bound);
    }
    for known in world.cloud.subscriptions.iter_mut().filter(|known| known.has_access()) {
        let free: Vec<String> = known
            .cameras
            .iter()
            .filter(|camera| !taken.contains(*camera))
            .cloned()
            .collect();
        known.name_cameras(free);
        taken.extend(known.cameras.iter().cloned());
    }
}

/// Binds a camera to an account; the id is readable and unique.
pub(crate) fn add(world: &mut World, account: &str, new: NewCamera) -> String {
    let slug = slug(&new.name);
    let mut id = format!("cam_{slug}");
    for n in 2.. {
        if !world.cloud.cameras.iter().any(|known| known.id == id) {
            break;
        }
        id = format!("cam_{slug}_{n}");
    }
    let started = world.clock.started_ms;
    let set_up_ms = if world.now() == started {
        started - 30 * DAY_MS
    } else {
        world.now()
    };
    world.cloud.cameras.push(Camera {
        id: id.clone(),
        account: account.to_owned(),
        name: new.name,
        model: new.model,
        firmware: new.firmware.unwrap_or_else(|| NEW_FIRMWARE.to_owned()),
        online: new.online.unwrap_or(true),
        set_up_ms,
        trial: None,
        trial_word: None,
        free_plan: None,
    });
    world.note(format!("cloud: {id} is bound to {account}"));
    super::settle(world);
    id
}

/// Control's word on a camera; false where there is none.
pub(crate) fn change(world: &mut World, id: &str, change: Change) -> bool {
    let Some(camera) = world.cloud.cameras.iter_mut().find(|camera| camera.id == id) else {
        return false;
    };
    camera.online = change.online.unwrap_or(camera.online);
    camera.firmware = change.firmware.unwrap_or_else(|| camera.firmware.clone());
    camera.name = change.name.unwrap_or_else(|| camera.name.clone());
    camera.account = change.account.unwrap_or_else(|| camera.account.clone());
    let line = format!(
        "control: {id} of {} online {} firmware {}",
        camera.account, camera.online, camera.firmware
    );
    world.note(line);
    super::settle(world);
    true
}

/// Unbinds a camera; false where there is none.
pub(crate) fn remove(world: &mut World, id: &str) -> bool {
    let before = world.cloud.cameras.len();
    world.cloud.cameras.retain(|camera| camera.id != id);
    let gone = world.cloud.cameras.len() < before;
    if gone {
        world.note(format!("control: {id} is bound to nobody"));
        super::settle(world);
    }
    gone
}

/// Control's word on what the camera's model records for free; false where there is no such camera.
pub(crate) fn set_free_plan(world: &mut World, id: &str, free: FreePlan) -> bool {
    let Some(camera) = world.cloud.cameras.iter_mut().find(|camera| camera.id == id) else {
        return false;
    };
    let line = format!("control: the free plan of {id} is {}", free.state);
    camera.free_plan = Some(free);
    world.note(line);
    super::settle(world);
    true
}

/// The camera as the account document shows it.
pub(crate) fn shown(world: &World, id: &str) -> Option<CameraShown> {
    let camera = world.cloud.cameras.iter().find(|camera| camera.id == id)?;
    Some(document(world, camera))
}
