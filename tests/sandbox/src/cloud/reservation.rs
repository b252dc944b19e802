//! Reservations: who may open a payment sheet for the account's one in-app slot, for ten minutes (R2, X5).
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::account::may_have_store_trial;
use super::people::tag_of;
use super::plans::plan;
use super::refused;
use super::subscription::{Subscription, blocked_by, slot_taken_by};
use super::word::Shop;
use crate::call::{Answer, Call};
use crate::contract;
use crate::keys::jws;
use crate::moment::{DAY_MS, MINUTE_MS, rfc3339};
use crate::randomness::uuid_from;
use crate::store::BUNDLE_ID;
use crate::world::World;

const LIFE_MS: i64 = 10 * MINUTE_MS;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Reservation {
    pub(super) account: String,
    installation: String,
    pub(super) intent: String,
    plan: String,
    pub(super) expires_ms: i64,
}

/// Who wants to open a payment sheet, and for what.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Reserve {
    /// The wish to buy. A new one of the same installation takes the place of its old one.
    #[schemars(with = "contract::IntentId")]
    intent: String,
    #[schemars(with = "contract::InstallationId")]
    installation: String,
    #[schemars(with = "contract::PlanId")]
    plan: String,
    store: Shop,
    /// The App Store's appTransactionId (X5); null on Play, which has none.
    #[schemars(with = "Option<contract::StoreIdentity>")]
    #[serde(default)]
    store_identity: Option<String>,
    /// What the person has said yes to.
    #[schemars(with = "Vec<contract::Confirmed>")]
    #[serde(default)]
    #[expect(dead_code, reason = "nothing here depends on it yet")]
    confirmed: Vec<String>,
    /// The subscription whose plan is to change. It may hold the slot, where the same store bills it.
    #[schemars(with = "Option<contract::SubscriptionId>")]
    #[serde(default)]
    replaces: Option<String>,
    /// The full price where absent. A trial is held only for an account that is eligible (X12).
    #[schemars(with = "Option<contract::SoldUnder>")]
    #[serde(default)]
    offer: Option<String>,
}

/// The slot is held.
#[derive(Serialize, JsonSchema)]
pub(super) struct Reserved {
    reservation: Held,
    /// What the purchase must carry.
    #[schemars(with = "contract::AccountTag")]
    account_tag: String,
    /// The full price is to be sold at the App Store: the JWS, as Apple's libraries sign it, by which StoreKit's sheet gives no
    /// introductory offer. Null elsewhere, and where the store account is not known.
    #[schemars(with = "Option<contract::Jws>")]
    offer_denied: Option<String>,
}

/// A hold on the account's in-app slot.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Reservation")]
struct Held {
    #[schemars(with = "contract::ReservationId")]
    id: String,
    #[schemars(with = "contract::IntentId")]
    intent: String,
    #[schemars(with = "contract::Moment")]
    expires_at: String,
}

/// `POST /v1/reservations`.
pub(super) fn post(world: &mut World, call: &Call, account: &str) -> Result<Answer, Answer> {
    let contract: u32 = call.header("care-contract").parse().unwrap_or(0);
    let least = world.cloud.policy.least_contract;
    if contract < least {
        let extra = json!({ "least_contract": least });
        return Err(refused(
            StatusCode::UPGRADE_REQUIRED,
            "client_too_old",
            "This app is too old to buy with",
            extra,
        ));
    }
    let asked: Reserve = call.asked()?;
    let plan = plan(&asked.plan).ok_or_else(|| {
        refused(
            StatusCode::NOT_FOUND,
            "unknown_plan",
            "There is no such plan",
            Value::Null,
        )
    })?;
    if !world.cloud.policy.sells(plan) {
        return Err(refused(
            StatusCode::CONFLICT,
            "not_released",
            "The plan is not sold",
            Value::Null,
        ));
    }
    let replaced = |taken: &&Subscription| {
        asked.replaces.as_ref() == Some(&taken.id) && taken.channel == asked.store.name() && taken.phase == "active"
    };
    if let Some(taken) = slot_taken_by(world, account).filter(|taken| !replaced(taken)) {
        let extra = json!({ "blocked_by": blocked_by(taken) });
        return Err(refused(
            StatusCode::CONFLICT,
            "slot_taken",
            "A plan was bought in the app already",
            extra,
        ));
    }
    let with_trial = asked.offer.as_deref() == Some("trial");
    if with_trial && !may_have_store_trial(world, account) {
        return Err(refused(
            StatusCode::CONFLICT,
            "trial_not_eligible",
            "No free trial of the store for this account",
            Value::Null,
        ));
    }
    if let Some(identity) = &asked.store_identity {
        let pays_another = world.cloud.subscriptions.iter().any(|known| {
            known.account != account && known.occupies_slot() && known.store_identity.as_ref() == Some(identity)
        });
        if pays_another {
            let title = "This store account pays for another TP-Link ID";
            return Err(refused(StatusCode::CONFLICT, "owned_elsewhere", title, Value::Null));
        }
    }

    let buyer = asked
        .store_identity
        .as_deref()
        .filter(|_| asked.store == Shop::AppStore && !with_trial);
    let offer_denied = buyer.map(|buyer| deny_introductory_offer(world, plan.product, buyer));
    let now = world.now();
    // A phone shows one sheet at a time: its new wish takes the place of one it lost, by a crash before it was written down.
    world.cloud.reservations.retain(|_, held| {
        let lost = held.account == account && held.installation == asked.installation && held.intent != asked.intent;
        held.expires_ms > now && !lost
    });
    let expires_ms = now + LIFE_MS;
    let (status, id) = match world
        .cloud
        .reservations
        .iter_mut()
        .find(|(_, held)| held.account == account)
    {
        Some((id, held)) if held.installation == asked.installation && held.intent == asked.intent => {
            held.plan = plan.id.to_owned();
            held.expires_ms = expires_ms;
            (StatusCode::OK, id.clone())
        }
        Some((_, held)) => {
            let extra = json!({ "expires_at": rfc3339(held.expires_ms) });
            return Err(refused(
                StatusCode::CONFLICT,
                "reserved_elsewhere",
                "A purchase is under way elsewhere",
                extra,
            ));
        }
        None => {
            let id = world.randomness.id("res");
            let held = Reservation {
                account: account.to_owned(),
                installation: asked.installation,
                intent: asked.intent.clone(),
                plan: plan.id.to_owned(),
                expires_ms,
            };
            world.cloud.reservations.insert(id.clone(), held);
            world.note(format!("cloud: {account} reserved {} as {id}", plan.id));
            (StatusCode::CREATED, id)
        }
    };
    Ok(Answer::json(
        status,
        &Reserved {
            reservation: Held {
                id,
                intent: asked.intent,
                expires_at: rfc3339(expires_ms),
            },
            account_tag: tag_of(world, account).unwrap_or_default(),
            offer_denied,
        },
    ))
}

/// Apple's word of the server that this buyer gets no introductory offer with that product: an ES256 JWS by the key from App Store
/// Connect, whose members are those of Apple's own libraries.
fn deny_introductory_offer(world: &mut World, product: &str, buyer: &str) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Claims<'a> {
        nonce: String,
        iss: &'a str,
        bid: &'static str,
        aud: &'static str,
        iat: i64,
        product_id: &'a str,
        allow_introductory_offer: bool,
        transaction_id: &'a str,
    }
    let nonce = uuid_from(world.randomness.draw("introductory-offer"));
    let api = &world.keys.api;
    let claims = Claims {
        nonce,
        iss: &api.issuer,
        bid: BUNDLE_ID,
        aud: "introductory-offer-eligibility",
        iat: world.now() / 1000,
        product_id: product,
        allow_introductory_offer: false,
        transaction_id: buyer,
    };
    jws(
        &api.key,
        &json!({ "alg": "ES256", "kid": api.id, "typ": "JWT" }),
        &claims,
    )
}

/// A purchase of the account waits for its payment: what was reserved for it stays so while the cloud is asked about it.
pub(super) fn hold_for_payment(world: &mut World, account: &str) {
    let until_ms = world.now() + DAY_MS;
    let held = world
        .cloud
        .reservations
        .values_mut()
        .filter(|held| held.account == account);
    for held in held {
        held.expires_ms = held.expires_ms.max(until_ms);
    }
}

/// `DELETE /v1/reservations/{id}`; one that is gone, or another account's, is no news.
pub(super) fn delete(world: &mut World, id: &str, account: &str) -> Answer {
    if world
        .cloud
        .reservations
        .get(id)
        .is_some_and(|held| held.account == account)
    {
        world.cloud.reservations.remove(id);
        world.note(format!("cloud: {id} given back"));
    }
    Answer::empty(StatusCode::NO_CONTENT)
}
