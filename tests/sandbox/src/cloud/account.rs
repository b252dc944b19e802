//! `GET /v1/account`: the whole state of an account in one document, with a revision that moves only when the content does.
use serde_json::{Value, json};

use super::camera;
use super::signed::{sha256_hex, tagged};
use super::subscription::{blocked_by, document, slot_taken_by};
use crate::call::{Answer, Call};
use crate::moment::{DAY_MS, rfc3339};
use crate::world::World;

const LEASE_MS: i64 = 7 * DAY_MS;

pub(super) fn get(world: &World, call: &Call, account: &str) -> Answer {
    let mut body = content(world, account);
    body["revision"] = world
        .cloud
        .accounts
        .get(account)
        .map_or(0, |known| known.revision)
        .into();
    tagged(call, account, Answer::ok(&body)).with("care-lease-until", rfc3339(world.now() + LEASE_MS))
}

/// The document as control shows it: unsigned, and without its revision.
pub(crate) fn shown(world: &World, account: &str) -> Value {
    content(world, account)
}

/// The document without its revision: nothing in it changes merely because time passes.
fn content(world: &World, account: &str) -> Value {
    let subscriptions: Vec<Value> = world
        .cloud
        .subscriptions
        .iter()
        .filter(|known| known.account == account)
        .map(document)
        .collect();
    let cameras: Vec<Value> = world
        .cloud
        .cameras
        .iter()
        .filter(|known| known.account == account)
        .map(|known| camera::document(world, known))
        .collect();
    let taken = slot_taken_by(world, account);
    json!({
        "account": account,
        "account_tag": world.cloud.accounts.get(account).map(|known| known.tag.as_str()),
        "in_app": { "may_buy": taken.is_none(), "blocked_by": taken.map(blocked_by), "codes_in_app": "portal_only" },
        "subscriptions": subscriptions, "cameras": cameras, "account_trial": { "state": "not_offered" },
    })
}

/// Counts up the revision of every account whose document is another than before.
pub(super) fn settle(world: &mut World) {
    let changed: Vec<(String, String)> = world
        .cloud
        .accounts
        .values()
        .map(|known| {
            (
                known.id.clone(),
                sha256_hex(content(world, &known.id).to_string().as_bytes()),
            )
        })
        .collect();
    for (id, hash) in changed {
        if let Some(known) = world.cloud.accounts.get_mut(&id)
            && known.content != hash
        {
            known.content = hash;
            known.revision += 1;
        }
    }
}
