//! Google Play, emulated: Google accounts, purchases by token, the sheet, slow payments, renewals, and the signed JSON of each.
mod device;
mod life;
mod products;
mod published;
mod publisher;
mod purchase;
mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::cloud::Shop;
use crate::control::{ChargeRow, ChargeState, FinishRow, Standing, StateAtStore};
use crate::moment::{MINUTE_MS, rfc3339};
use crate::news::{self, Item};
use crate::world::World;
pub(crate) use device::{DEVICE, DEVICE_TAG, answer as device, asked_outside, name_device};
pub(crate) use life::{
    News, answer_price, cancel, complete, decline, fire, pause, payments, raise_price, restart, revoke, sign_as,
};
pub(crate) use publisher::{PUBLISHER, PUBLISHER_TAG, answer as publisher};
use purchase::{Mode, Purchase};
pub(crate) use purchase::{Seen, State};

/// The app every purchase is for.
pub(crate) const PACKAGE: &str = "com.tplink.iot";

/// What Play knows. The fields are its own: the cloud asks the publisher API.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Play {
    /// Device name to Google account.
    devices: BTreeMap<String, String>,
    /// Google account to the country it is at home in.
    accounts: BTreeMap<String, String>,
    /// Google accounts of license testers, who pay nothing.
    testers: BTreeSet<String>,
    /// By token.
    purchases: BTreeMap<String, Purchase>,
    charges: Vec<Charge>,
    acknowledgements: Vec<Acknowledgement>,
    /// Bearer tokens of the publisher API, and when each runs out.
    bearers: BTreeMap<String, i64>,
    orders_made: u64,
}

/// Money taken.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Charge {
    order: String,
    token: String,
    account: String,
    product: String,
    amount_micros: i64,
    currency: String,
    at_ms: i64,
    /// The end of the period paid for.
    until_ms: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Acknowledgement {
    order: String,
    token: String,
    by: String,
    at_ms: i64,
}

impl Play {
    /// The next renewal, end, or refund of what nobody acknowledged.
    pub(crate) fn next_due(&self) -> Option<i64> {
        self.purchases.values().filter_map(Purchase::next_due).min()
    }

    pub(crate) fn charges(&self) -> Vec<ChargeRow> {
        let row = |charge: &Charge| ChargeRow {
            store: "play",
            transaction: charge.order.clone(),
            original: charge.token.clone(),
            apple_id: None,
            google_account: Some(charge.account.clone()),
            product: charge.product.clone(),
            amount_micros: charge.amount_micros,
            currency: charge.currency.clone(),
            at: rfc3339(charge.at_ms),
            until: rfc3339(charge.until_ms),
            tag: self.purchases.get(&charge.token).and_then(|known| known.tag.clone()),
            state: self.state_of(charge),
            given_back_micros: match self.state_of(charge) {
                ChargeState::GivenBack => charge.amount_micros,
                ChargeState::Kept | ChargeState::Replaced => 0,
            },
        };
        self.charges.iter().map(row).collect()
    }

    /// Periods paid under one token that go on under another, for nothing more.
    pub(crate) fn carried(&self) -> Vec<ChargeRow> {
        let row = |known: &Purchase| {
            let (order, until_ms) = known.order.clone().zip(known.carried_until_ms)?;
            let state = match known.state {
                _ if known.periods > 1 => ChargeState::Kept,
                State::Revoked => ChargeState::GivenBack,
                State::Replaced => ChargeState::Replaced,
                _ => ChargeState::Kept,
            };
            Some(ChargeRow {
                store: "play",
                transaction: order,
                original: known.token.clone(),
                apple_id: None,
                google_account: Some(known.account.clone()),
                product: known.product.clone(),
                amount_micros: 0,
                currency: known.currency.clone(),
                at: rfc3339(known.started_ms),
                until: rfc3339(until_ms),
                tag: known.tag.clone(),
                state,
                given_back_micros: 0,
            })
        };
        self.purchases.values().filter_map(row).collect()
    }

    /// What became of money taken: a refund and a replacement are about the newest period. What waits for the end of the
    /// paid period goes on under a new token, and so does its money.
    fn state_of(&self, charge: &Charge) -> ChargeState {
        let newest = |known: &&Purchase| known.latest_order().as_ref() == Some(&charge.order);
        let Some(known) = self.purchases.get(&charge.token).filter(newest) else {
            return ChargeState::Kept;
        };
        let under = |token: &str| {
            self.purchases.values().find(|next| {
                next.linked.as_deref() == Some(token) && next.mode == Mode::Deferred && next.order.is_some()
            })
        };
        let mut last = known;
        while let Some(next) = under(&last.token) {
            if next.periods > 1 {
                return ChargeState::Kept;
            }
            last = next;
        }
        match last.state {
            State::Revoked => ChargeState::GivenBack,
            State::Replaced => ChargeState::Replaced,
            _ => ChargeState::Kept,
        }
    }

    /// Every purchase as it stands here.
    pub(crate) fn standings(&self) -> Vec<Standing> {
        let row = |known: &Purchase| Standing {
            store: "play",
            original: known.token.clone(),
            state: StateAtStore::Play(known.state),
            access: matches!(known.state, State::Running | State::Grace),
            until: rfc3339(known.until_ms.unwrap_or(known.expires_ms)),
        };
        self.purchases.values().map(row).collect()
    }

    pub(crate) fn finishes(&self) -> Vec<FinishRow> {
        let row = |done: &Acknowledgement| FinishRow {
            store: "play",
            transaction: done.order.clone(),
            original: Some(done.token.clone()),
            by: done.by.clone(),
            at: rfc3339(done.at_ms),
        };
        self.acknowledgements.iter().map(row).collect()
    }
}

/// Has Play tell the cloud.
pub(crate) fn tell(world: &mut World, token: &str, news: News) {
    news::tell(world, Shop::Play, token, json!(news as u8), 0);
}

/// Has Play tell the cloud of a purchase, a minute after the sheet.
fn tell_of_purchase(world: &mut World, token: &str) {
    news::tell(world, Shop::Play, token, json!(News::Purchased as u8), MINUTE_MS);
}

/// The Pub/Sub push of a notification: `DeveloperNotification`, in base64.
pub(crate) fn notification(item: &Item) -> Option<Value> {
    let said = json!({
        "version": "1.0", "packageName": PACKAGE, "eventTimeMillis": item.since_ms.to_string(),
        "subscriptionNotification": {
            "version": "1.0", "notificationType": item.kind, "purchaseToken": item.subject,
        },
    });
    let message = json!({
        "data": STANDARD.encode(said.to_string()), "messageId": item.id, "publishTime": rfc3339(item.since_ms),
    });
    Some(json!({ "message": message, "subscription": "projects/tapo-care/subscriptions/play" }))
}

/// Marks a paid purchase acknowledged; entered once, by whoever came first. False where Play knows none that is paid.
fn acknowledge(world: &mut World, token: &str, by: &str) -> bool {
    let at_ms = world.now();
    let Some(known) = world.play.purchases.get_mut(token) else {
        return false;
    };
    let Some(order) = known.order.clone().filter(|_| known.is_alive()) else {
        return false;
    };
    let test = known.test;
    if !std::mem::replace(&mut known.acknowledged, true) && !test {
        world.note(format!("play: {order} acknowledged by the {by}"));
        world.play.acknowledgements.push(Acknowledgement {
            order,
            token: token.to_owned(),
            by: by.to_owned(),
            at_ms,
        });
    }
    true
}
