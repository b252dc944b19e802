//! `explain`: which plan, trial or free plan covers a camera, or each reason why not, in the order to be read.

use super::camera_records::{ActionKind, Explanation};
use super::records::{Freshness, Snapshot};
use crate::id::CameraId;
use crate::message::Message;
use crate::subscription::Cover;

/// Everything there is to say about a camera's cover; `None` where the account has no such camera.
pub fn explain(snapshot: &Snapshot, camera: &CameraId) -> Option<Explanation> {
    let row = snapshot.cameras.iter().find(|row| &row.id == camera)?;
    let named = |message: Message| message.text("camera", &row.name).text("model", &row.model);
    let mut sentences = vec![match row.cover {
        Cover::Covered => named(Message::new("camera-is-covered")),
        Cover::NotCovered => named(Message::new("camera-is-not-covered")),
        Cover::Unknown => named(Message::new("camera-cover-unknown")),
    }];
    for reason in &row.why {
        let of_plan = || {
            let id = reason
                .subscription
                .as_ref()
                .filter(|_| reason.cover == Cover::Covered)?;
            snapshot.subscriptions.iter().find(|plan| &plan.id == id)
        };
        sentences.push(reason.message.clone());
        sentences.extend(of_plan().map(|plan| plan.terms.clone()));
    }
    if row.covered_twice {
        sentences.push(named(Message::new("camera-covered-twice")));
    }
    let add = row.actions.iter().find(|action| action.kind == ActionKind::AddToPlan);
    match add {
        Some(add) if add.allowed => sentences.push(Message::new("camera-can-be-added")),
        // Said once, where it is not among the reasons already.
        Some(_) if row.blocked.is_some() => sentences.extend(row.blocked.as_ref().map(|why| blocked(&row.name, why))),
        Some(add) if row.cover != Cover::Covered => {
            sentences.extend(add.reason.clone().filter(|reason| !sentences.contains(reason)));
        }
        _ => {}
    }
    if !sentences.contains(&row.trial.message) {
        sentences.push(row.trial.message.clone());
    }
    if let Some(free) = row.free_plan.as_ref().filter(|free| !sentences.contains(&free.message)) {
        sentences.push(free.message.clone());
    }
    if snapshot.freshness != Freshness::Fresh {
        sentences.push(Message::new("said-last"));
    }
    Some(Explanation {
        camera: row.clone(),
        sentences,
    })
}

/// "It cannot be added", with its reason by the contract's name (R18).
fn blocked(camera: &str, why: &Message) -> Message {
    let reason = match why.key.as_str() {
        "camera-blocked" => "unknown".to_owned(),
        key => key.trim_start_matches("camera-").replace('-', "_"),
    };
    Message::new("camera-cannot-be-added")
        .text("camera", camera)
        .text("reason", reason)
}
