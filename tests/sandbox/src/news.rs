//! What the stores tell the cloud by themselves: each notification is sent until the cloud has taken it in (contract, section 10).
use axum::body::Bytes;
use http::{HeaderMap, Method};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::call::Call;
use crate::cloud::{self, Shop};
use crate::moment::{DAY_MS, MINUTE_MS};
use crate::play;
use crate::store;
use crate::world::World;

/// The least and the longest wait before a notification is sent again, and when it is given up.
const AGAIN_MS: i64 = MINUTE_MS;
const AGAIN_AT_MOST_MS: i64 = 60 * MINUTE_MS;
const GIVEN_UP_MS: i64 = 7 * DAY_MS;

/// What has not been taken in yet, oldest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct NewsQueue {
    waiting: Vec<Item>,
}

/// One notification.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Item {
    /// The same at every sending: notificationUUID, messageId.
    pub(crate) id: String,
    pub(crate) shop: Shop,
    /// The original transaction id, or the purchase token.
    pub(crate) subject: String,
    /// Apple's type and subtype, or Google's number.
    pub(crate) kind: Value,
    pub(crate) since_ms: i64,
    due_ms: i64,
    tries: u32,
}

impl NewsQueue {
    pub(crate) fn next_due(&self) -> Option<i64> {
        self.waiting.iter().map(|item| item.due_ms).min()
    }
}

/// Has a store tell the cloud of it after a while; at once where that is nothing.
pub(crate) fn tell(world: &mut World, shop: Shop, subject: &str, kind: Value, after_ms: i64) {
    let now = world.now();
    let id = match shop {
        Shop::AppStore => crate::randomness::uuid_from(world.randomness.draw("news")),
        Shop::Play => u64::from_be_bytes(world.randomness.draw("news")[..8].try_into().unwrap_or_default()).to_string(),
    };
    world.news.waiting.push(Item {
        id,
        shop,
        subject: subject.to_owned(),
        kind,
        since_ms: now,
        due_ms: now + after_ms,
        tries: 0,
    });
    if after_ms == 0 {
        fire(world);
    }
}

/// Sends what is due. What is not taken in is sent again later, as the stores do.
pub(crate) fn fire(world: &mut World) {
    let now = world.now();
    let (due, waiting): (Vec<Item>, Vec<Item>) = std::mem::take(&mut world.news.waiting)
        .into_iter()
        .partition(|item| item.due_ms <= now);
    world.news.waiting = waiting;
    for mut item in due {
        if send(world, &item) {
            continue;
        }
        let again = (AGAIN_MS << item.tries.min(6)).min(AGAIN_AT_MOST_MS);
        item.tries += 1;
        item.due_ms = now + again;
        if item.due_ms > item.since_ms + GIVEN_UP_MS {
            world.note(format!("news of {} is given up", item.subject));
        } else {
            world.news.waiting.push(item);
        }
    }
}

/// Whether the cloud took it in.
fn send(world: &mut World, item: &Item) -> bool {
    let (path, body) = match item.shop {
        Shop::AppStore => ("/notifications/app-store", store::notification(world, item)),
        Shop::Play => ("/notifications/play", play::notification(item)),
    };
    // Nothing is left to tell of what a store itself no longer knows.
    let Some(body) = body else { return true };
    let call = Call::new(Method::POST, path, HeaderMap::new(), Bytes::from(body.to_string()));
    cloud::taken_in(world, &call)
}
