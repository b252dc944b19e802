//! The cloud asks Google Play: a bearer for its service account, then the purchase by its token.
use axum::body::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::plans::plan_of_product;
use super::store_client::through_faults;
use super::word::{Claim, FinishDue, NoAnswer, Period, Shop, Standing, Worth};
use crate::call::{Answer, Call};
use crate::keys::jws;
use crate::moment::{nth_after, parse};
use crate::play::{self, PACKAGE};
use crate::world::World;

/// SubscriptionPurchaseV2, as far as the cloud asks.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Purchase {
    subscription_state: String,
    #[serde(default)]
    latest_order_id: Option<String>,
    #[serde(default)]
    linked_purchase_token: Option<String>,
    #[serde(default)]
    acknowledgement_state: Option<String>,
    start_time: String,
    line_items: Vec<LineItem>,
    #[serde(default)]
    canceled_state_context: Option<CanceledContext>,
    #[serde(default)]
    external_account_identifiers: Option<Identifiers>,
    #[serde(default)]
    test_purchase: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LineItem {
    product_id: String,
    expiry_time: String,
    #[serde(default)]
    auto_renewing_plan: Option<AutoRenewingPlan>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AutoRenewingPlan {
    #[serde(default)]
    auto_renew_enabled: bool,
    #[serde(default)]
    recurring_price: Option<Money>,
}

/// int64 is text in Google's JSON.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Money {
    currency_code: String,
    #[serde(default)]
    units: Option<String>,
    #[serde(default)]
    nanos: i64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CanceledContext {
    #[serde(default)]
    replacement_cancellation: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identifiers {
    #[serde(default)]
    obfuscated_external_account_id: Option<String>,
}

/// The bearer, and until when it is good.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Bearer {
    token: String,
    until_ms: i64,
}

pub(super) fn claim(world: &mut World, token: &str) -> Result<Claim, NoAnswer> {
    let standing = standing(world, token)?;
    let worth = match standing.phase {
        "active" | "grace" => Worth::Paid,
        "test" => Worth::NotCharged("test_purchase"),
        "pending_canceled" => Worth::NotCharged("pending_canceled"),
        "refunded" => Worth::Over("revoked"),
        "superseded" => Worth::Over("superseded"),
        // Paid before and not now; where a payment makes up for it the cloud asks anew.
        "expired" | "retry" | "paused" => Worth::Over("expired"),
        // A state nobody has heard of says nothing, and is asked about again.
        _ => Worth::NotCharged("pending"),
    };
    let period = standing.latest;
    Ok(Claim { period, worth })
}

pub(super) fn standing(world: &mut World, token: &str) -> Result<Standing, NoAnswer> {
    let path = format!("subscriptionsv2/tokens/{token}");
    let answer = ask(world, Method::GET, &path)?;
    let known: Purchase = serde_json::from_slice(&answer.body).map_err(|_| NoAnswer::Unavailable)?;
    let voided = known.subscription_state.ends_with("_EXPIRED") && was_voided(world, token)?;
    read(world, token, known, voided).ok_or(NoAnswer::Unavailable)
}

fn read(world: &World, token: &str, known: Purchase, voided: bool) -> Option<Standing> {
    let item = known.line_items.first()?;
    let until_ms = parse(&item.expiry_time)?;
    let started_ms = parse(&known.start_time)?;
    let replaced = known.canceled_state_context.as_ref();
    let replaced = replaced.is_some_and(|context| context.replacement_cancellation.is_some());
    let state = known.subscription_state.strip_prefix("SUBSCRIPTION_STATE_")?;
    let phase = match state {
        _ if known.test_purchase.is_some() => "test",
        "EXPIRED" if voided => "refunded",
        "EXPIRED" if replaced => "superseded",
        "EXPIRED" => "expired",
        "ACTIVE" => "active",
        "CANCELED" if until_ms > world.now() => "active",
        "CANCELED" => "expired",
        "IN_GRACE_PERIOD" => "grace",
        "ON_HOLD" => "retry",
        "PAUSED" => "paused",
        "PENDING" => "pending",
        "PENDING_PURCHASE_CANCELED" => "pending_canceled",
        _ => "unknown",
    };
    let plan = item.auto_renewing_plan.as_ref();
    let price = plan.and_then(|plan| plan.recurring_price.as_ref());
    let order = known.latest_order_id.unwrap_or_default();
    // Google tells the end of the newest period and the beginning of the first.
    let renewed = order.contains("..");
    let cycle = plan_of_product(&item.product_id).map_or("P1M", |plan| plan.cycle);
    let from_ms = if renewed {
        nth_after(until_ms, cycle, -1)?
    } else {
        started_ms
    };
    let unacknowledged = known.acknowledgement_state.as_deref() != Some("ACKNOWLEDGEMENT_STATE_ACKNOWLEDGED");
    Some(Standing {
        phase,
        will_renew: plan.is_some_and(|plan| plan.auto_renew_enabled),
        renews_as: None,
        latest: Period {
            shop: Shop::Play,
            transaction: order,
            original: token.to_owned(),
            product: item.product_id.clone(),
            from_ms,
            until_ms,
            tag: known
                .external_account_identifiers
                .and_then(|named| named.obfuscated_external_account_id),
            identity: None,
            price_micros: price.map_or(0, Money::micros),
            currency: price.map(|price| price.currency_code.clone()).unwrap_or_default(),
            replaces: known.linked_purchase_token,
            finish: unacknowledged.then(|| FinishDue {
                shop: Shop::Play,
                id: token.to_owned(),
                product: item.product_id.clone(),
            }),
        },
    })
}

impl Money {
    fn micros(&self) -> i64 {
        let units: i64 = self.units.as_deref().and_then(|units| units.parse().ok()).unwrap_or(0);
        units * 1_000_000 + self.nanos / 1000
    }
}

/// Whether the money was given back: of a purchase that is over Google says so only here.
fn was_voided(world: &mut World, token: &str) -> Result<bool, NoAnswer> {
    let answer = ask(world, Method::GET, "voidedpurchases")?;
    let voided: Value = serde_json::from_slice(&answer.body).map_err(|_| NoAnswer::Unavailable)?;
    let voided = voided["voidedPurchases"].as_array();
    Ok(voided.is_some_and(|all| all.iter().any(|one| one["purchaseToken"] == token)))
}

pub(super) fn acknowledge(world: &mut World, due: &FinishDue) -> Result<(), NoAnswer> {
    let path = format!("subscriptions/{}/tokens/{}:acknowledge", due.product, due.id);
    match ask(world, Method::POST, &path) {
        // Nothing is left to acknowledge where it is over meanwhile.
        Ok(_) | Err(NoAnswer::NoSuchTransaction) => Ok(()),
        Err(unavailable) => Err(unavailable),
    }
}

fn ask(world: &mut World, method: Method, path: &str) -> Result<Answer, NoAnswer> {
    let bearer = bearer(world)?;
    let target = format!("/play/androidpublisher/v3/applications/{PACKAGE}/purchases/{path}");
    let answer = send(world, method, target, Some(&bearer), Bytes::new())?;
    match answer.status {
        status if status.is_success() => Ok(answer),
        StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST | StatusCode::GONE => Err(NoAnswer::NoSuchTransaction),
        _ => Err(NoAnswer::Unavailable),
    }
}

/// The bearer held, else a new one for a JWT of the service account.
fn bearer(world: &mut World) -> Result<String, NoAnswer> {
    #[derive(Deserialize)]
    struct Granted {
        access_token: String,
        expires_in: i64,
    }
    let now = world.now();
    if let Some(held) = world.cloud.play_bearer.as_ref().filter(|held| held.until_ms > now) {
        return Ok(held.token.clone());
    }
    let body = format!(
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={}",
        assertion(world)
    );
    let answer = send(world, Method::POST, "/play/token".to_owned(), None, Bytes::from(body))?;
    let granted: Granted = serde_json::from_slice(&answer.body).map_err(|_| NoAnswer::Unavailable)?;
    let held = Bearer {
        token: granted.access_token,
        until_ms: now + granted.expires_in * 1000,
    };
    world.cloud.play_bearer = Some(held.clone());
    Ok(held.token)
}

pub(super) fn assertion(world: &World) -> String {
    #[derive(Serialize)]
    struct Header {
        alg: &'static str,
        typ: &'static str,
    }
    #[derive(Serialize)]
    struct Claims<'a> {
        iss: &'a str,
        scope: &'static str,
        iat: i64,
        exp: i64,
    }
    let api = &world.keys.api;
    let iat = world.now() / 1000;
    let claims = Claims {
        iss: &api.issuer,
        scope: "https://www.googleapis.com/auth/androidpublisher",
        iat,
        exp: iat + 300,
    };
    let header = Header {
        alg: "ES256",
        typ: "JWT",
    };
    jws(&api.key, &header, &claims)
}

fn send(
    world: &mut World,
    method: Method,
    target: String,
    bearer: Option<&str>,
    body: Bytes,
) -> Result<Answer, NoAnswer> {
    let mut headers = HeaderMap::new();
    if let Some(bearer) = bearer {
        let value = HeaderValue::from_str(&format!("Bearer {bearer}")).map_err(|_| NoAnswer::Unavailable)?;
        headers.insert("authorization", value);
    }
    let call = Call::new(method, target, headers, body);
    through_faults(world, &call, play::publisher)
}
