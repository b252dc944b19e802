//! `/play/androidpublisher/v3/…` and `/play/token`: the Google Play Developer API, as far as the cloud needs it (contract, section 9).
use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::products::{Offer, Phase};
use super::purchase::{Purchase, State};
use super::{PACKAGE, acknowledge};
use crate::call::{Answer, Call};
use crate::keys::{SERVICE_ACCOUNT, proved_service_account};
use crate::moment::{MINUTE_MS, rfc3339};
use crate::world::World;

const BEARER_LIFE_MS: i64 = 60 * MINUTE_MS;
const SCOPE: &str = "https://www.googleapis.com/auth/androidpublisher";
const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

pub(crate) fn answer(world: &mut World, call: &Call) -> Answer {
    let segments = call.segments();
    if let (&Method::POST, ["play", "token"]) = (&call.method, &segments[..]) {
        return bearer(world, call);
    }
    let now = world.now();
    let until = call.bearer().and_then(|bearer| world.play.bearers.get(bearer));
    if until.is_none_or(|until| *until <= now) {
        return error(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "Invalid credentials.");
    }
    let [
        "play",
        "androidpublisher",
        "v3",
        "applications",
        package,
        "purchases",
        path @ ..,
    ] = &segments[..]
    else {
        return error(StatusCode::NOT_FOUND, "NOT_FOUND", "Not found.");
    };
    if *package != PACKAGE {
        return error(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "No application was found for the given package name.",
        );
    }
    match (&call.method, path) {
        (&Method::GET, ["subscriptionsv2", "tokens", token]) => match world.play.purchases.get(*token) {
            Some(known) => Answer::ok(&subscription(known)),
            None => no_such_token(),
        },
        (&Method::POST, ["subscriptions", id, "tokens", named]) => {
            let token = named.strip_suffix(":acknowledge").unwrap_or_default();
            if world.play.purchases.get(token).is_none_or(|known| known.product != *id) {
                return no_such_token();
            }
            if !acknowledge(world, token, "cloud") {
                let title = "The subscription purchase is not in a valid state to perform the desired operation.";
                return error(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", title);
            }
            Answer::ok(&json!({}))
        }
        (&Method::GET, ["voidedpurchases"]) => {
            let voided = world
                .play
                .purchases
                .values()
                .filter(|known| known.state == State::Revoked);
            let voided: Vec<Value> = voided
                .map(
                    |known| json!({ "purchaseToken": known.token, "orderId": known.latest_order(), "voidedReason": 0 }),
                )
                .collect();
            Answer::ok(&json!({ "voidedPurchases": voided }))
        }
        _ => error(StatusCode::NOT_FOUND, "NOT_FOUND", "Not found."),
    }
}

/// A bearer for an hour, for whoever shows a JWT of the service account.
fn bearer(world: &mut World, call: &Call) -> Answer {
    let body = String::from_utf8_lossy(&call.body);
    let field = |name: &str| {
        let pairs = body.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value.to_owned())
            .next()
    };
    let granted = field("grant_type").is_some_and(|kind| kind.replace("%3A", ":") == GRANT);
    let proved = field("assertion").is_some_and(|assertion| is_ours(world, &assertion));
    if !granted || !proved {
        return Answer::json(StatusCode::BAD_REQUEST, &json!({ "error": "invalid_grant" }));
    }
    let token = format!("ya29.{}", hex::encode(&world.randomness.draw("play-bearer")[..24]));
    let now = world.now();
    world.play.bearers.retain(|_, until| *until > now);
    world.play.bearers.insert(token.clone(), now + BEARER_LIFE_MS);
    Answer::ok(&json!({ "access_token": token, "expires_in": BEARER_LIFE_MS / 1000, "token_type": "Bearer" }))
}

/// Whether the service account signed it, for this API, for this address, not too long ago and not for too long.
fn is_ours(world: &World, assertion: &str) -> bool {
    let checked = || {
        let claims = proved_service_account(assertion)?;
        let seconds = |name: &str| Some(claims.get(name)?.as_i64()?.saturating_mul(1000));
        let (from, until) = (seconds("iat")?, seconds("exp")?);
        let scope = claims["scope"].as_str()?;
        let fits = claims["iss"] == SERVICE_ACCOUNT
            && scope.split(' ').any(|one| one == SCOPE)
            && claims["aud"].as_str()?.ends_with("/play/token")
            && until > world.now()
            && until - from <= BEARER_LIFE_MS;
        fits.then_some(())
    };
    checked().is_some()
}

/// SubscriptionPurchaseV2.
fn subscription(known: &Purchase) -> Value {
    let state = match known.state {
        _ if known.signed_as.is_some() => "UNSPECIFIED",
        State::Pending => "PENDING",
        State::PendingCanceled => "PENDING_PURCHASE_CANCELED",
        State::Running if known.auto_renew => "ACTIVE",
        State::Running => "CANCELED",
        State::Grace => "IN_GRACE_PERIOD",
        State::OnHold => "ON_HOLD",
        State::Paused => "PAUSED",
        State::Expired | State::Revoked | State::Replaced => "EXPIRED",
    };
    // Access in grace is access: Google moves the expiry to the end of it.
    let expires_ms = match known.state {
        State::Grace => known.until_ms.unwrap_or(known.expires_ms),
        _ => known.expires_ms,
    };
    let acknowledged = if known.acknowledged { "ACKNOWLEDGED" } else { "PENDING" };
    let mut body = json!({
        "kind": "androidpublisher#subscriptionPurchaseV2",
        "regionCode": known.country, "startTime": rfc3339(known.started_ms),
        "subscriptionState": format!("SUBSCRIPTION_STATE_{state}"),
        "acknowledgementState": format!("ACKNOWLEDGEMENT_STATE_{acknowledged}"),
        "lineItems": [{
            "productId": known.product, "expiryTime": rfc3339(expires_ms),
            "offerDetails": offer_details(known), "offerPhase": { known.offer_now().map_or("basePrice", phase): {} },
            "autoRenewingPlan": {
                "autoRenewEnabled": known.auto_renew,
                "recurringPrice": {
                    "currencyCode": known.currency, "units": (known.price_micros / 1_000_000).to_string(),
                    "nanos": known.price_micros % 1_000_000 * 1000,
                },
            },
        }],
    });
    let identifiers = json!({
        "obfuscatedExternalAccountId": known.tag, "obfuscatedExternalProfileId": known.profile,
    });
    for (name, value) in [
        ("latestOrderId", json!(known.latest_order())),
        ("linkedPurchaseToken", json!(known.linked)),
        (
            "externalAccountIdentifiers",
            if known.tag.is_some() { identifiers } else { Value::Null },
        ),
        (
            "canceledStateContext",
            match known.state {
                State::Replaced => json!({ "replacementCancellation": {} }),
                State::Expired if !known.pays => json!({ "systemInitiatedCancellation": {} }),
                State::Expired => json!({ "userInitiatedCancellation": {} }),
                State::Running if !known.auto_renew => json!({ "userInitiatedCancellation": {} }),
                _ => Value::Null,
            },
        ),
        (
            "pausedStateContext",
            match known.state {
                State::Paused => json!({ "autoResumeTime": known.until_ms.map(rfc3339) }),
                _ => Value::Null,
            },
        ),
        ("testPurchase", if known.test { json!({}) } else { Value::Null }),
    ] {
        if !value.is_null() {
            body[name] = value;
        }
    }
    body
}

fn offer_details(known: &Purchase) -> Value {
    match &known.offer {
        Some(offer) => json!({ "basePlanId": known.base_plan, "offerId": offer }),
        None => json!({ "basePlanId": known.base_plan }),
    }
}

/// Google's name for the phase of an offer.
pub(super) fn phase(offer: &Offer) -> &'static str {
    match offer.phase {
        Phase::FreeTrial => "freeTrial",
        Phase::Introductory => "introductoryPrice",
    }
}

fn no_such_token() -> Answer {
    let title = "The purchase token was not found.";
    error(StatusCode::NOT_FOUND, "NOT_FOUND", title)
}

fn error(code: StatusCode, status: &str, message: &str) -> Answer {
    Answer::json(
        code,
        &json!({ "error": { "code": code.as_u16(), "message": message, "status": status } }),
    )
}
