//! The introductory offer of a product: a free trial, once for each Apple ID and subscription group, which the App Store gives to
//! everybody it thinks eligible unless the app's own server denies it.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::BUNDLE_ID;
use super::products::Product;
use super::server_api::claims_signed_by_us;
use crate::contract;
use crate::world::World;

/// The audience of a server's word on who gets an introductory offer.
const AUDIENCE: &str = "introductory-offer-eligibility";

/// A product's introductory offer, as StoreKit shows it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AppStoreIntroductoryOffer")]
pub(super) struct IntroductoryOffer {
    #[schemars(with = "contract::OfferPaymentMode")]
    payment_mode: &'static str,
    #[schemars(with = "contract::Duration")]
    period: &'static str,
    /// StoreKit's `isEligibleForIntroOffer`.
    eligible: bool,
}

/// Apple's word of the server on one purchase, as its libraries sign it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Claims {
    iss: String,
    aud: String,
    bid: String,
    /// Seconds.
    iat: i64,
    nonce: String,
    product_id: String,
    allow_introductory_offer: bool,
    transaction_id: String,
}

/// The offer, where the product has one and the store sells it.
pub(super) fn shown(world: &World, apple_id: &str, product: &Product) -> Option<IntroductoryOffer> {
    let period = product.trial.filter(|_| world.store.sells_trials)?;
    Some(IntroductoryOffer {
        payment_mode: "free_trial",
        period,
        eligible: is_eligible(world, apple_id, product),
    })
}

/// How long the first period is free for that Apple ID; none where it pays at once.
pub(super) fn length_for(world: &World, apple_id: &str, product: &Product) -> Option<&'static str> {
    let length = product.trial.filter(|_| world.store.sells_trials);
    length.filter(|_| is_eligible(world, apple_id, product))
}

/// New to the group, or back without ever having had a trial in it.
fn is_eligible(world: &World, apple_id: &str, product: &Product) -> bool {
    let mut own = world
        .store
        .transactions
        .values()
        .filter(|known| known.apple_id == apple_id);
    let subscribed = world
        .store
        .line_of(apple_id, product.group)
        .is_some_and(super::Line::is_alive);
    // Everything here is sold in one group.
    !subscribed && !own.any(|known| known.trial)
}

/// Whether the server's word denies the offer for that purchase. None where it is no such word: signed by somebody else, for
/// another app, product or customer, or of more than a day ago or ahead.
pub(super) fn denied(world: &World, apple_id: &str, product: &str, word: &str) -> Option<bool> {
    const DAY_S: i64 = 24 * 60 * 60;
    let claims: Claims = claims_signed_by_us(world, word)?;
    let buyer = world.store.apple_ids.get(apple_id)?;
    let fits = claims.iss == world.keys.api.issuer
        && claims.aud == AUDIENCE
        && claims.bid == BUNDLE_ID
        && uuid::Uuid::parse_str(&claims.nonce).is_ok()
        && (world.now() / 1000 - claims.iat).abs() <= DAY_S
        && claims.product_id == product
        && claims.transaction_id == buyer.app_transaction_id;
    fits.then_some(!claims.allow_introductory_offer)
}
