//! `/play/androidpublisher/v3/…` and `/play/token`: the Google Play Developer API, as far as the cloud needs it (contract, section 9).
use std::sync::LazyLock;

use http::StatusCode;

use super::products::{Offer, Phase};
use super::published::{
    AutoRenewingPlan, CanceledStateContext, DeferredItemReplacement, Empty, Error, ErrorBody,
    ExternalAccountIdentifiers, LineItem, Money, OAuthError, OfferDetails, OfferPhase, PausedStateContext,
    PriceChangeDetails, Revoke, SubscriptionPurchaseV2, Token, TokenRequest, VoidedPurchase, VoidedPurchases,
};
use super::purchase::{Purchase, State};
use super::{PACKAGE, acknowledge, revoke, tell};
use crate::call::{Answer, Call};
use crate::contract::{AppId, Nothing, Operation, PlayProduct, PurchaseToken, Routes};
use crate::keys::{SERVICE_ACCOUNT, proved_service_account};
use crate::moment::{MINUTE_MS, rfc3339};
use crate::world::World;

const BEARER_LIFE_MS: i64 = 60 * MINUTE_MS;
const SCOPE: &str = "https://www.googleapis.com/auth/androidpublisher";
const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The chapter in the stores' document.
pub(crate) const PUBLISHER_TAG: (&str, &str) = ("play-developer", "The Google Play Developer API.");

/// The Google Play Developer API, as Google documents it.
pub(crate) static PUBLISHER: LazyLock<Routes> = LazyLock::new(|| {
    Routes::default()
        .post(
            "/play/token",
            |world, call, _| bearer(world, call),
            Operation::new("playToken", "play-developer", "Get an access token for a service account")
                .describe("As Google's token endpoint, for the service account of the Care cloud.")
                .takes_form::<TokenRequest>()
                .answers::<Token>(200, "Good for an hour of the world's time.")
                .answers::<OAuthError>(400, "The grant type or the assertion is not as asked."),
        )
        .get(
            "/play/androidpublisher/v3/applications/{package}/purchases/subscriptionsv2/tokens/{token}",
            |world, _, path| {
                let known = world.play.purchases.get(path[1]).filter(|_| path[0] == PACKAGE);
                known.map(|known| Answer::ok(&subscription(known))).ok_or_else(no_such_token)
            },
            documented(
                Operation::new("subscriptionsv2Get", "play-developer", "purchases.subscriptionsv2.get")
                    .path::<AppId>("package")
                    .path::<PurchaseToken>("token")
                    .answers::<SubscriptionPurchaseV2>(200, "How the purchase stands."),
            ),
        )
        .post(
            "/play/androidpublisher/v3/applications/{package}/purchases/subscriptions/{product}/tokens/{token}:acknowledge",
            |world, _, path| {
                let known = world.play.purchases.get(path[2]).filter(|_| path[0] == PACKAGE);
                if known.is_none_or(|known| known.product != path[1]) {
                    return Err(no_such_token());
                }
                if !acknowledge(world, path[2], "cloud") {
                    let title = "The subscription purchase is not in a valid state to perform the desired operation.";
                    return Err(error(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", title));
                }
                Ok(Answer::ok(&serde_json::json!({})))
            },
            documented(
                Operation::new("subscriptionsAcknowledge", "play-developer", "purchases.subscriptions.acknowledge")
                    .path::<AppId>("package")
                    .path::<PlayProduct>("product")
                    .path::<PurchaseToken>("token")
                    .answers::<Nothing>(200, "Acknowledged, now or before.")
                    .answers::<Error>(400, "It is not paid, or over."),
            ),
        )
        .post(
            "/play/androidpublisher/v3/applications/{package}/purchases/subscriptionsv2/tokens/{token}:revoke",
            |world, call, path| {
                if !world.play.purchases.contains_key(path[1]) || path[0] != PACKAGE {
                    return Err(no_such_token());
                }
                let invalid = || error(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", "The purchase cannot be revoked.");
                let asked: Option<Revoke> = call.json();
                let whole = asked.is_some_and(|asked| asked.revocation_context.full_refund.is_empty());
                if !whole {
                    return Err(invalid());
                }
                let news = revoke(world, path[1]).ok_or_else(invalid)?;
                tell(world, path[1], news);
                Ok(Answer::ok(&serde_json::json!({})))
            },
            documented(
                Operation::new("subscriptionsv2Revoke", "play-developer", "purchases.subscriptionsv2.revoke")
                    .path::<AppId>("package")
                    .path::<PurchaseToken>("token")
                    .takes::<Revoke>()
                    .answers::<Nothing>(200, "Over, and the money of the newest period on its way back.")
                    .answers::<Error>(400, "It is over already, or no full refund was asked for."),
            ),
        )
        .get(
            "/play/androidpublisher/v3/applications/{package}/purchases/voidedpurchases",
            |world, _, path| {
                if path[0] != PACKAGE {
                    return Err(not_found());
                }
                Ok(Answer::ok(&voided(world)))
            },
            documented(
                Operation::new("voidedpurchasesList", "play-developer", "purchases.voidedpurchases.list")
                    .path::<AppId>("package")
                    .answers::<VoidedPurchases>(200, "What was given back."),
            ),
        )
});

fn documented(operation: Operation) -> Operation {
    operation
        .secured("google-service-account")
        .answers::<Error>(401, "The access token is missing, unknown or has run out.")
        .answers::<Error>(404, "No such purchase, no such app, or nothing at this path.")
}

pub(crate) fn answer(world: &mut World, call: &Call) -> Answer {
    let now = world.now();
    let until = call.bearer().and_then(|bearer| world.play.bearers.get(bearer));
    let asks_for_one = call.segments() == ["play", "token"];
    if !asks_for_one && until.is_none_or(|until| *until <= now) {
        return error(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "Invalid credentials.");
    }
    PUBLISHER.answer(world, call, not_found)
}

fn voided(world: &World) -> VoidedPurchases {
    let purchases = world.play.purchases.values();
    let voided = purchases.filter(|known| known.state == State::Revoked);
    let voided_purchases = voided
        .map(|known| VoidedPurchase {
            purchase_token: known.token.clone(),
            order_id: known.latest_order(),
            voided_reason: 0,
        })
        .collect();
    VoidedPurchases { voided_purchases }
}

/// A bearer for an hour, for whoever shows a JWT of the service account.
fn bearer(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    let body = String::from_utf8_lossy(&call.body);
    let field = |name: &str| {
        let mut pairs = body.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    };
    let granted = field("grant_type").is_some_and(|kind| kind.replace("%3A", ":") == GRANT);
    let proved = field("assertion").is_some_and(|assertion| is_ours(world, &assertion));
    if !granted || !proved {
        let error = "invalid_grant";
        return Err(Answer::json(StatusCode::BAD_REQUEST, &OAuthError { error }));
    }
    let access_token = format!("ya29.{}", hex::encode(&world.randomness.draw("play-bearer")[..24]));
    let now = world.now();
    world.play.bearers.retain(|_, until| *until > now);
    world.play.bearers.insert(access_token.clone(), now + BEARER_LIFE_MS);
    Ok(Answer::ok(&Token {
        access_token,
        expires_in: BEARER_LIFE_MS / 1000,
        token_type: "Bearer",
    }))
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

fn subscription(known: &Purchase) -> SubscriptionPurchaseV2 {
    let state = match known.state {
        _ if known.signed_as.is_some() => "SUBSCRIPTION_STATE_UNSPECIFIED",
        State::Pending => "SUBSCRIPTION_STATE_PENDING",
        State::PendingCanceled => "SUBSCRIPTION_STATE_PENDING_PURCHASE_CANCELED",
        State::Running if known.auto_renew => "SUBSCRIPTION_STATE_ACTIVE",
        State::Running => "SUBSCRIPTION_STATE_CANCELED",
        State::Grace => "SUBSCRIPTION_STATE_IN_GRACE_PERIOD",
        State::OnHold => "SUBSCRIPTION_STATE_ON_HOLD",
        State::Paused => "SUBSCRIPTION_STATE_PAUSED",
        State::Expired | State::Revoked | State::Replaced => "SUBSCRIPTION_STATE_EXPIRED",
    };
    // Access in grace is access: Google moves the expiry to the end of it.
    let expires_ms = match known.state {
        State::Grace => known.until_ms.unwrap_or(known.expires_ms),
        _ => known.expires_ms,
    };
    let acknowledgement_state = if known.acknowledged {
        "ACKNOWLEDGEMENT_STATE_ACKNOWLEDGED"
    } else {
        "ACKNOWLEDGEMENT_STATE_PENDING"
    };
    SubscriptionPurchaseV2 {
        kind: "androidpublisher#subscriptionPurchaseV2",
        region_code: known.country.clone(),
        start_time: rfc3339(known.started_ms),
        subscription_state: state,
        acknowledgement_state,
        line_items: line_items(known, expires_ms),
        latest_order_id: known.latest_order(),
        linked_purchase_token: known.linked.clone(),
        external_account_identifiers: known.tag.clone().map(|tag| ExternalAccountIdentifiers {
            obfuscated_external_account_id: tag,
            obfuscated_external_profile_id: known.profile.clone(),
        }),
        canceled_state_context: match known.state {
            State::Replaced => Some(CanceledStateContext::ReplacementCancellation(Empty {})),
            State::Expired if !known.pays => Some(CanceledStateContext::SystemInitiatedCancellation(Empty {})),
            State::Expired => Some(CanceledStateContext::UserInitiatedCancellation(Empty {})),
            State::Running if !known.auto_renew => Some(CanceledStateContext::UserInitiatedCancellation(Empty {})),
            _ => None,
        },
        paused_state_context: known.until_ms.filter(|_| known.state == State::Paused).map(|until_ms| {
            PausedStateContext {
                auto_resume_time: rfc3339(until_ms),
            }
        }),
        test_purchase: known.test.then_some(Empty {}),
    }
}

/// What runs, and behind it what it waits to become.
fn line_items(known: &Purchase, expires_ms: i64) -> Vec<LineItem> {
    let money = |micros: i64| Money {
        currency_code: known.currency.clone(),
        units: (micros / 1_000_000).to_string(),
        nanos: micros % 1_000_000 * 1000,
    };
    let new_price = || {
        let new = known.new_price.filter(|_| known.is_running() && known.auto_renew)?;
        Some(PriceChangeDetails {
            new_price: money(new.micros),
            price_change_mode: match new.asks {
                true => "PRICE_INCREASE",
                false => "OPT_OUT_PRICE_INCREASE",
            },
            price_change_state: match new.agreed {
                true => "CONFIRMED",
                false => "OUTSTANDING",
            },
            expected_new_price_charge_time: rfc3339(known.expires_ms),
        })
    };
    let renews = |price_micros: i64, price_change_details| AutoRenewingPlan {
        auto_renew_enabled: known.auto_renew,
        recurring_price: money(price_micros),
        price_change_details,
    };
    let next = known.deferred.as_ref();
    let running = LineItem {
        product_id: known.product.clone(),
        expiry_time: Some(rfc3339(expires_ms)),
        deferred_item_replacement: next.map(|next| DeferredItemReplacement {
            product_id: next.product.clone(),
        }),
        offer_details: OfferDetails {
            base_plan_id: known.base_plan.clone(),
            offer_id: known.offer.clone(),
        },
        offer_phase: match known.offer_now().map(|offer| offer.phase) {
            None => OfferPhase::BasePrice(Empty {}),
            Some(Phase::FreeTrial) => OfferPhase::FreeTrial(Empty {}),
            Some(Phase::Introductory) => OfferPhase::IntroductoryPrice(Empty {}),
        },
        auto_renewing_plan: renews(known.price_micros, new_price()),
    };
    let waiting = next.map(|next| LineItem {
        product_id: next.product.clone(),
        expiry_time: None,
        deferred_item_replacement: None,
        offer_details: OfferDetails {
            base_plan_id: next.base_plan.clone(),
            offer_id: None,
        },
        offer_phase: OfferPhase::BasePrice(Empty {}),
        auto_renewing_plan: renews(next.price_micros, None),
    });
    std::iter::once(running).chain(waiting).collect()
}

/// Google's name for the phase of an offer.
pub(super) fn phase(offer: &Offer) -> &'static str {
    match offer.phase {
        Phase::FreeTrial => "freeTrial",
        Phase::Introductory => "introductoryPrice",
    }
}

fn no_such_token() -> Answer {
    error(StatusCode::NOT_FOUND, "NOT_FOUND", "The purchase token was not found.")
}

fn not_found() -> Answer {
    error(StatusCode::NOT_FOUND, "NOT_FOUND", "Not found.")
}

fn error(code: StatusCode, status: &'static str, message: &'static str) -> Answer {
    let error = ErrorBody {
        code: code.as_u16(),
        message,
        status,
    };
    Answer::json(code, &Error { error })
}
