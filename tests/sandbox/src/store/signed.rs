//! What the store signs: transactions, renewal infos and app transactions with Apple's fields, signed anew at each fetch.
use schemars::JsonSchema;
use serde::Serialize;

use super::products::storefront;
use super::subscription::{Line, Offer, Status, Transaction};
use super::{APP_ID, BUNDLE_ID, environment};
use crate::contract;
use crate::keys::jws;
use crate::world::World;

const APP_VERSION: &str = "3.9.114";
/// Apple's number of an introductory offer, which has no name.
const INTRODUCTORY: u8 = 1;

#[derive(Serialize)]
struct Header<'a> {
    alg: &'static str,
    x5c: &'a [String; 3],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TransactionPayload<'a> {
    transaction_id: &'a str,
    original_transaction_id: &'a str,
    web_order_line_item_id: String,
    bundle_id: &'static str,
    product_id: &'a str,
    subscription_group_identifier: &'a str,
    purchase_date: i64,
    original_purchase_date: i64,
    expires_date: i64,
    quantity: u32,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    app_account_token: Option<&'a str>,
    in_app_ownership_type: &'static str,
    signed_date: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation_date: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation_reason: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_upgraded: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offer_type: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offer_identifier: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offer_discount_type: Option<&'static str>,
    environment: &'static str,
    transaction_reason: &'static str,
    storefront: &'a str,
    storefront_id: &'static str,
    /// Milliunits, where the ledger has micros.
    price: i64,
    currency: &'a str,
    app_transaction_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RenewalPayload<'a> {
    original_transaction_id: &'a str,
    auto_renew_product_id: &'a str,
    product_id: &'a str,
    auto_renew_status: u8,
    is_in_billing_retry_period: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    grace_period_expires_date: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration_intent: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_increase_status: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renewal_price: Option<i64>,
    currency: &'a str,
    signed_date: i64,
    environment: &'static str,
    recent_subscription_start_date: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    renewal_date: Option<i64>,
    app_transaction_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    app_account_token: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AppTransactionPayload<'a> {
    receipt_type: &'static str,
    app_apple_id: u64,
    bundle_id: &'static str,
    application_version: &'static str,
    version_external_identifier: u64,
    receipt_creation_date: i64,
    original_purchase_date: i64,
    original_application_version: &'static str,
    original_platform: &'static str,
    app_transaction_id: &'a str,
}

pub(super) fn sign(world: &World, payload: &impl Serialize) -> String {
    let chain = &world.keys.chain;
    jws(
        &chain.key,
        &Header {
            alg: "ES256",
            x5c: &chain.x5c,
        },
        payload,
    )
}

pub(super) fn transaction(world: &World, transaction: &Transaction) -> String {
    let revoked = transaction.revoked_ms.is_some();
    let payload = TransactionPayload {
        transaction_id: &transaction.id,
        original_transaction_id: &transaction.original,
        web_order_line_item_id: format!("9{}", &transaction.id[1..]),
        bundle_id: BUNDLE_ID,
        product_id: &transaction.product,
        subscription_group_identifier: super::products::GROUP,
        purchase_date: transaction.purchased_ms,
        original_purchase_date: transaction.first_purchased_ms,
        expires_date: transaction.expires_ms,
        quantity: 1,
        r#type: "Auto-Renewable Subscription",
        app_account_token: transaction.app_account_token.as_deref(),
        in_app_ownership_type: match transaction.family_shared {
            true => "FAMILY_SHARED",
            false => "PURCHASED",
        },
        signed_date: world.now(),
        revocation_date: transaction.revoked_ms,
        revocation_reason: revoked.then_some(0),
        revocation_type: revoked.then_some("REFUND_FULL"),
        is_upgraded: transaction.upgraded.then_some(true),
        offer_type: match transaction.trial {
            true => Some(INTRODUCTORY),
            false => transaction.offer.map(|offer| offer as u8),
        },
        offer_identifier: transaction.offer.map(Offer::name),
        offer_discount_type: match transaction.trial {
            true => Some("FREE_TRIAL"),
            false => transaction.offer.map(|_| "PAY_AS_YOU_GO"),
        },
        environment: environment(world, &transaction.apple_id),
        transaction_reason: if transaction.renewal { "RENEWAL" } else { "PURCHASE" },
        storefront: &transaction.storefront,
        storefront_id: storefront(&transaction.storefront).id,
        price: transaction.price_micros / 1000,
        currency: &transaction.currency,
        app_transaction_id: app_transaction_id(world, &transaction.apple_id),
    };
    sign(world, &payload)
}

pub(super) fn renewal_info(world: &World, line: &Line) -> String {
    let latest = world.store.transactions.get(&line.latest);
    let currency = latest.map_or("USD", |transaction| transaction.currency.as_str());
    let unpaid = matches!(line.status, Status::Grace | Status::Retry);
    let renews = line.auto_renew && line.is_alive();
    let payload = RenewalPayload {
        original_transaction_id: &line.original,
        auto_renew_product_id: &line.renews_as,
        product_id: &line.product,
        auto_renew_status: u8::from(renews),
        is_in_billing_retry_period: unpaid,
        grace_period_expires_date: line.until_ms.filter(|_| line.status == Status::Grace),
        expiration_intent: match line.status {
            Status::Active => None,
            Status::Expired if line.new_price.is_some() => Some(3),
            Status::Expired | Status::Revoked if line.pays => Some(1),
            _ => Some(2),
        },
        price_increase_status: line.new_price.map(|new| u8::from(new.agreed)),
        renewal_price: Some(line)
            .filter(|_| renews)
            .and_then(|line| next_price(line, currency))
            .map(|micros| micros / 1000),
        currency,
        signed_date: world.now(),
        environment: environment(world, &line.apple_id),
        recent_subscription_start_date: line.anchor_ms.min(world.now()),
        renewal_date: (renews && !unpaid).then_some(line.expires_ms),
        app_transaction_id: app_transaction_id(world, &line.apple_id),
        app_account_token: latest.and_then(|transaction| transaction.app_account_token.as_deref()),
    };
    sign(world, &payload)
}

/// What the next renewal costs.
fn next_price(line: &Line, currency: &str) -> Option<i64> {
    let own = line.new_price.map(|new| new.micros).or(line.price_micros);
    let product = || super::products::product(&line.renews_as)?.price_micros(currency);
    own.filter(|_| line.renews_as == line.product).or_else(product)
}

pub(super) fn app_transaction(world: &World, apple_id: &str) -> String {
    let first = world
        .store
        .apple_ids
        .get(apple_id)
        .map_or(0, |known| known.first_download_ms);
    let payload = AppTransactionPayload {
        receipt_type: environment(world, apple_id),
        app_apple_id: APP_ID,
        bundle_id: BUNDLE_ID,
        application_version: APP_VERSION,
        version_external_identifier: 870_000_000,
        receipt_creation_date: world.now(),
        original_purchase_date: first,
        original_application_version: "3.0.0",
        original_platform: "iOS",
        app_transaction_id: app_transaction_id(world, apple_id),
    };
    sign(world, &payload)
}

/// A transaction as StoreKit hands it out; signed anew at each fetch.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AppStoreTransaction")]
pub(crate) struct Seen {
    #[schemars(with = "contract::AppleTransactionId")]
    id: String,
    #[schemars(with = "contract::Jws")]
    signed_transaction: String,
    /// Where it is the newest transaction of its subscription.
    #[schemars(with = "Option<contract::Jws>")]
    signed_renewal_info: Option<String>,
    /// Apple's number of the subscription's status, where it is the newest transaction: 1 active, 2 expired, 3 billing
    /// retry, 4 grace, 5 revoked.
    #[schemars(with = "Option<contract::AppleStatus>")]
    status: Option<u8>,
}

pub(super) fn as_seen_by_the_phone(world: &World, id: &str) -> Option<Seen> {
    let known = world.store.transactions.get(id)?;
    let line = world
        .store
        .lines
        .get(&known.original)
        .filter(|line| line.latest == known.id);
    Some(Seen {
        id: known.id.clone(),
        signed_transaction: transaction(world, known),
        signed_renewal_info: line.map(|line| renewal_info(world, line)),
        status: line.map(|line| line.status.number()),
    })
}

fn app_transaction_id<'a>(world: &'a World, apple_id: &str) -> &'a str {
    world
        .store
        .apple_ids
        .get(apple_id)
        .map_or("", |known| &known.app_transaction_id)
}
