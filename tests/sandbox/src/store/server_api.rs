//! `/app-store/inApps/v1/…`, and `/app-store-sandbox/…` of the other environment: the App Store Server API, as Apple documents it,
//! for whoever holds the key. Each knows only the transactions of its own environment.
use std::sync::LazyLock;

use http::StatusCode;
use p256::ecdsa::{Signature, signature::Verifier};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::products::GROUP;
use super::signed::{renewal_info, transaction};
use super::subscription::Transaction;
use super::{APP_ID, BUNDLE_ID, PRODUCTION, SANDBOX, environment, finish};
use crate::call::{Answer, Call};
use crate::contract::{self, AppleTransactionId, Nothing, Operation, Routes, is};
use crate::keys::BASE64_URL;
use crate::world::World;
use base64::Engine;

const AUDIENCE: &str = "appstoreconnect-v1";

/// Apple's TransactionInfoResponse.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct TransactionInfoResponse {
    #[schemars(with = "contract::Jws")]
    signed_transaction_info: String,
}

/// Apple's StatusResponse.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct StatusResponse {
    #[schemars(with = "contract::AppleEnvironment")]
    environment: &'static str,
    #[schemars(with = "contract::AppId")]
    bundle_id: &'static str,
    /// The app's id in the store.
    app_apple_id: u64,
    data: [SubscriptionGroupIdentifierItem; 1],
}

/// Apple's SubscriptionGroupIdentifierItem.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct SubscriptionGroupIdentifierItem {
    #[schemars(with = "contract::Service")]
    subscription_group_identifier: &'static str,
    last_transactions: Vec<LastTransactionsItem>,
}

/// Apple's LastTransactionsItem.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct LastTransactionsItem {
    #[schemars(with = "contract::AppleStatus")]
    status: u8,
    #[schemars(with = "contract::AppleTransactionId")]
    original_transaction_id: String,
    #[schemars(with = "contract::Jws")]
    signed_transaction_info: String,
    #[schemars(with = "contract::Jws")]
    signed_renewal_info: String,
}

/// Apple's error object.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "AppStoreError")]
struct Error {
    #[schemars(with = "contract::AppleErrorCode")]
    error_code: u32,
    #[schemars(with = "contract::Title")]
    error_message: &'static str,
}

/// The chapter in the stores' document.
pub(crate) const SERVER_TAG: (&str, &str) = ("app-store-server", "The App Store Server API.");

/// The App Store Server API, as Apple documents it, in both environments.
pub(crate) static SERVER: LazyLock<Routes> = LazyLock::new(|| {
    let production = environment_of(
        Routes::default(),
        [
            "/app-store/inApps/v1/transactions/{id}",
            "/app-store/inApps/v1/transactions/{id}/finish",
            "/app-store/inApps/v1/subscriptions/{id}",
        ],
        ["getTransactionInfo", "finishTransaction", "getAllSubscriptionStatuses"],
        [
            "Get Transaction Info",
            "Finish a transaction",
            "Get All Subscription Statuses",
        ],
    );
    environment_of(
        production,
        [
            "/app-store-sandbox/inApps/v1/transactions/{id}",
            "/app-store-sandbox/inApps/v1/transactions/{id}/finish",
            "/app-store-sandbox/inApps/v1/subscriptions/{id}",
        ],
        [
            "getSandboxTransactionInfo",
            "finishSandboxTransaction",
            "getAllSandboxSubscriptionStatuses",
        ],
        [
            "Get Transaction Info, of Sandbox",
            "Finish a transaction of Sandbox",
            "Get All Subscription Statuses, of Sandbox",
        ],
    )
});

/// The three calls under one of Apple's two addresses: the transaction, its finish, its subscription.
fn environment_of(
    routes: Routes,
    paths: [&'static str; 3],
    ids: [&'static str; 3],
    summaries: [&'static str; 3],
) -> Routes {
    routes
        .get(
            paths[0],
            |world, call, path| {
                let known = known(world, call, path[0])?;
                Ok(Answer::ok(&TransactionInfoResponse {
                    signed_transaction_info: transaction(world, &known),
                }))
            },
            documented(
                Operation::new(ids[0], "app-store-server", summaries[0])
                    .answers::<TransactionInfoResponse>(200, "The transaction, signed."),
            ),
        )
        .post(
            paths[1],
            |world, call, path| {
                known(world, call, path[0])?;
                finish(world, path[0], "cloud");
                Ok(Answer::ok(&serde_json::json!({})))
            },
            documented(
                Operation::new(ids[1], "app-store-server", summaries[1])
                    .answers::<Nothing>(200, "Finished, now or before."),
            ),
        )
        .get(
            paths[2],
            |world, call, path| {
                let known = known(world, call, path[0])?;
                Ok(Answer::ok(&statuses(world, call, &known)))
            },
            documented(
                Operation::new(ids[2], "app-store-server", summaries[2])
                    .describe("By any transaction id of the subscription.")
                    .answers::<StatusResponse>(200, "How the subscription stands."),
            ),
        )
}

fn documented(operation: Operation) -> Operation {
    operation
        .secured("app-store-connect")
        .path::<AppleTransactionId>("id")
        .answers::<Error>(400, "4000006: the id is none.")
        .answers::<Error>(401, "4010000: the JWT is missing, wrong or has run out.")
        .answers::<Error>(
            404,
            "4040010: the store knows no such transaction in this environment; 4040000: nothing at this path.",
        )
        .answers::<Error>(429, "4290000: too many requests.")
        .answers::<Error>(500, "5000001: asked again it may go well.")
}

pub(crate) fn answer(world: &mut World, call: &Call) -> Answer {
    if !may_ask(world, call) {
        return error(StatusCode::UNAUTHORIZED, 4_010_000, "Unauthenticated");
    }
    SERVER.answer(world, call, || error(StatusCode::NOT_FOUND, 4_040_000, "Not found."))
}

/// The environment whose address was asked.
fn here(call: &Call) -> &'static str {
    match call.segments().first() {
        Some(&"app-store") => PRODUCTION,
        _ => SANDBOX,
    }
}

fn known(world: &World, call: &Call, id: &str) -> Result<Transaction, Answer> {
    if !is::<AppleTransactionId>(id) {
        return Err(error(StatusCode::BAD_REQUEST, 4_000_006, "Invalid transaction id."));
    }
    let known = world.store.transactions.get(id).cloned();
    let known = known.filter(|known| environment(world, &known.apple_id) == here(call));
    known.ok_or_else(|| error(StatusCode::NOT_FOUND, 4_040_010, "Transaction id not found."))
}

fn statuses(world: &World, call: &Call, known: &Transaction) -> StatusResponse {
    let line = world.store.lines.get(&known.original);
    let last = line.and_then(|line| Some((line, world.store.transactions.get(&line.latest)?)));
    let last_transactions = last
        .map(|(line, latest)| LastTransactionsItem {
            status: line.status.number(),
            original_transaction_id: line.original.clone(),
            signed_transaction_info: transaction(world, latest),
            signed_renewal_info: renewal_info(world, line),
        })
        .into_iter()
        .collect();
    StatusResponse {
        environment: here(call),
        bundle_id: BUNDLE_ID,
        app_apple_id: APP_ID,
        data: [SubscriptionGroupIdentifierItem {
            subscription_group_identifier: GROUP,
            last_transactions,
        }],
    }
}

#[derive(Deserialize)]
struct TokenHeader {
    alg: String,
    kid: String,
}

#[derive(Deserialize)]
struct TokenClaims {
    iss: String,
    aud: String,
    bid: String,
    /// Seconds.
    exp: i64,
}

/// The bearer JWT: signed by the world's key, for this store and app, and not run out on the world's clock.
fn may_ask(world: &World, call: &Call) -> bool {
    let claims: Option<TokenClaims> = call.bearer().and_then(|bearer| claims_signed_by_us(world, bearer));
    claims.is_some_and(|claims| {
        claims.iss == world.keys.api.issuer
            && claims.aud == AUDIENCE
            && claims.bid == BUNDLE_ID
            && claims.exp.saturating_mul(1000) > world.now()
    })
}

/// What a JWT claims that the key from App Store Connect signed; what it claims is not looked at.
pub(super) fn claims_signed_by_us<T: DeserializeOwned>(world: &World, token: &str) -> Option<T> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let header: TokenHeader = serde_json::from_slice(&BASE64_URL.decode(header).ok()?).ok()?;
    let api = &world.keys.api;
    let signature = Signature::from_slice(&BASE64_URL.decode(signature).ok()?).ok()?;
    api.key.verifying_key().verify(signed.as_bytes(), &signature).ok()?;
    let ours = header.alg == "ES256" && header.kid == api.id;
    serde_json::from_slice(&BASE64_URL.decode(claims).ok()?)
        .ok()
        .filter(|_| ours)
}

fn error(status: StatusCode, error_code: u32, error_message: &'static str) -> Answer {
    Answer::json(
        status,
        &Error {
            error_code,
            error_message,
        },
    )
}
