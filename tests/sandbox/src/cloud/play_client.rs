//! The cloud asks Google Play: a bearer for its service account, then the purchase by its token.
use axum::body::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::plans::{Plan, offer_kind, plan_of_base_plan};
use super::store_client::through_faults;
use super::word::{Claim, Environment, FinishDue, NewPrice, NoAnswer, Period, PriceConsent, Shop, Standing, Worth};
use crate::call::{Answer, Call};
use crate::keys::{SERVICE_ACCOUNT, service_account_jwt};
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
    paused_state_context: Option<PausedContext>,
    #[serde(default)]
    external_account_identifiers: Option<Identifiers>,
    #[serde(default)]
    test_purchase: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LineItem {
    product_id: String,
    /// Absent where it has not begun.
    #[serde(default)]
    expiry_time: Option<String>,
    #[serde(default)]
    deferred_item_replacement: Option<Replacement>,
    #[serde(default)]
    offer_details: Option<OfferDetails>,
    #[serde(default)]
    offer_phase: Option<OfferPhase>,
    #[serde(default)]
    auto_renewing_plan: Option<AutoRenewingPlan>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    product_id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfferDetails {
    base_plan_id: String,
    #[serde(default)]
    offer_id: Option<String>,
}

impl OfferPhase {
    fn is_less(&self) -> bool {
        self.free_trial.is_some() || self.introductory_price.is_some()
    }
}

impl LineItem {
    /// What its offer is for, where that is more than a beginning.
    fn offer_kind(&self) -> Option<&'static str> {
        offer_kind(self.offer_details.as_ref()?.offer_id.as_deref()?)
    }

    /// The plan it stands for, where the cloud has heard of it.
    fn plan(&self) -> Option<&'static Plan> {
        let base_plan = self.offer_details.as_ref().map_or("", |details| &details.base_plan_id);
        plan_of_base_plan(&self.product_id, base_plan)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfferPhase {
    #[serde(default)]
    free_trial: Option<Value>,
    #[serde(default)]
    introductory_price: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AutoRenewingPlan {
    #[serde(default)]
    auto_renew_enabled: bool,
    #[serde(default)]
    recurring_price: Option<Money>,
    #[serde(default)]
    price_change_details: Option<PriceChange>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PriceChange {
    new_price: Money,
    price_change_mode: String,
    price_change_state: String,
}

impl PriceChange {
    fn new_price(&self) -> NewPrice {
        let consent = match (self.price_change_mode.as_str(), self.price_change_state.as_str()) {
            ("PRICE_INCREASE", "OUTSTANDING") => PriceConsent::Needed,
            ("PRICE_INCREASE", _) => PriceConsent::Given,
            _ => PriceConsent::NotNeeded,
        };
        let micros = self.new_price.micros();
        NewPrice { micros, consent }
    }
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
struct PausedContext {
    auto_resume_time: String,
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
    // What has not begun yet has no expiry, and stands behind what runs.
    let item = known.line_items.iter().find(|item| item.expiry_time.is_some())?;
    let until_ms = parse(item.expiry_time.as_deref()?)?;
    let next = item.deferred_item_replacement.as_ref();
    let next = next.and_then(|next| known.line_items.iter().find(|item| item.product_id == next.product_id));
    let renews_as = next.and_then(LineItem::plan).map(|plan| plan.id);
    let started_ms = parse(&known.start_time)?;
    let replaced = known.canceled_state_context.as_ref();
    let replaced = replaced.is_some_and(|context| context.replacement_cancellation.is_some());
    let state = known.subscription_state.strip_prefix("SUBSCRIPTION_STATE_")?;
    let phase = match state {
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
    let environment = match known.test_purchase {
        Some(_) => Environment::Sandbox,
        None => Environment::Production,
    };
    let plan = item.auto_renewing_plan.as_ref();
    let price = plan.and_then(|plan| plan.recurring_price.as_ref());
    let order = known.latest_order_id.unwrap_or_default();
    // Google tells the end of the newest period and the beginning of the first.
    let renewed = order.contains("..");
    let sold = item.plan();
    let offer = match &item.offer_phase {
        // Google names the phase, and whoever set the offers up knows what each is for.
        Some(phase) if phase.is_less() && item.offer_kind().is_some() => item.offer_kind().unwrap_or_default(),
        Some(OfferPhase {
            free_trial: Some(_), ..
        }) => "trial",
        Some(OfferPhase {
            introductory_price: Some(_),
            ..
        }) => "intro",
        _ => "none",
    };
    let cycle = sold.map_or("P1M", |plan| plan.cycle);
    let from_ms = if renewed {
        nth_after(until_ms, cycle, -1)?
    } else {
        started_ms
    };
    let unacknowledged = known.acknowledgement_state.as_deref() != Some("ACKNOWLEDGEMENT_STATE_ACKNOWLEDGED");
    Some(Standing {
        phase,
        will_renew: plan.is_some_and(|plan| plan.auto_renew_enabled),
        new_price: plan
            .and_then(|plan| plan.price_change_details.as_ref())
            .map(PriceChange::new_price),
        renews_as,
        grace_until_ms: (phase == "grace").then_some(until_ms),
        resumes_ms: known
            .paused_state_context
            .filter(|_| phase == "paused")
            .and_then(|context| parse(&context.auto_resume_time)),
        latest: Period {
            shop: Shop::Play,
            environment,
            transaction: order,
            original: token.to_owned(),
            plan: sold.map(|plan| plan.id),
            offer,
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
                environment,
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

/// Takes a purchase back with its whole newest period.
pub(super) fn revoke(world: &mut World, token: &str) -> Result<(), NoAnswer> {
    let path = format!("subscriptionsv2/tokens/{token}:revoke");
    let body = Bytes::from_static(br#"{"revocationContext":{"fullRefund":{}}}"#);
    ask_with(world, Method::POST, &path, body).map(|_| ())
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
    ask_with(world, method, path, Bytes::new())
}

fn ask_with(world: &mut World, method: Method, path: &str, body: Bytes) -> Result<Answer, NoAnswer> {
    let bearer = bearer(world)?;
    let target = format!("/play/androidpublisher/v3/applications/{PACKAGE}/purchases/{path}");
    let answer = send(world, method, target, Some(&bearer), body)?;
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
    struct Claims {
        iss: &'static str,
        scope: &'static str,
        aud: &'static str,
        iat: i64,
        exp: i64,
    }
    let iat = world.now() / 1000;
    let claims = Claims {
        iss: SERVICE_ACCOUNT,
        scope: "https://www.googleapis.com/auth/androidpublisher",
        aud: "https://sandbox.invalid/play/token",
        iat,
        exp: iat + 300,
    };
    service_account_jwt(&claims)
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
