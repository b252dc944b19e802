//! `/app-store/inApps/v1/…`: the App Store Server API, as Apple documents it, for whoever holds the key.
use std::sync::LazyLock;

use http::StatusCode;
use p256::ecdsa::{Signature, signature::Verifier};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::products::GROUP;
use super::signed::{renewal_info, transaction};
use super::subscription::Transaction;
use super::{APP_ID, BUNDLE_ID, finish};
use crate::call::{Answer, Call};
use crate::contract::{self, AppleTransactionId, Nothing, Operation, Routes};
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
    environment: Environment,
    #[schemars(with = "contract::AppId")]
    bundle_id: &'static str,
    /// The app's id in the store.
    app_apple_id: u64,
    data: [SubscriptionGroupIdentifierItem; 1],
}

/// Apple's environment.
#[derive(Serialize, JsonSchema)]
enum Environment {
    Production,
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

/// The App Store Server API, as Apple documents it.
pub(crate) static SERVER: LazyLock<Routes> = LazyLock::new(|| {
    Routes::default()
        .get(
            "/app-store/inApps/v1/transactions/{id}",
            |world, _, path| {
                let known = known(world, path[0])?;
                Ok(Answer::ok(&TransactionInfoResponse {
                    signed_transaction_info: transaction(world, &known),
                }))
            },
            documented(
                Operation::new("getTransactionInfo", "app-store-server", "Get Transaction Info")
                    .answers::<TransactionInfoResponse>(200, "The transaction, signed."),
            ),
        )
        .post(
            "/app-store/inApps/v1/transactions/{id}/finish",
            |world, _, path| {
                known(world, path[0])?;
                finish(world, path[0], "cloud");
                Ok(Answer::ok(&serde_json::json!({})))
            },
            documented(
                Operation::new("finishTransaction", "app-store-server", "Finish a transaction")
                    .answers::<Nothing>(200, "Finished, now or before."),
            ),
        )
        .get(
            "/app-store/inApps/v1/subscriptions/{id}",
            |world, _, path| {
                let known = known(world, path[0])?;
                Ok(Answer::ok(&statuses(world, &known)))
            },
            documented(
                Operation::new(
                    "getAllSubscriptionStatuses",
                    "app-store-server",
                    "Get All Subscription Statuses",
                )
                .describe("By any transaction id of the subscription.")
                .answers::<StatusResponse>(200, "How the subscription stands."),
            ),
        )
});

fn documented(operation: Operation) -> Operation {
    operation
        .secured("app-store-connect")
        .path::<AppleTransactionId>("id")
        .answers::<Error>(400, "4000006: the id is none.")
        .answers::<Error>(401, "4010000: the JWT is missing, wrong or has run out.")
        .answers::<Error>(
            404,
            "4040010: the store knows no such transaction; 4040000: nothing at this path.",
        )
        .answers::<Error>(429, "4290000: too many requests.")
        .answers::<Error>(500, "5000001: asked again it may go well.")
}

pub(crate) fn answer(world: &mut World, call: &Call) -> Answer {
    if !may_ask(world, call) {
        return error(StatusCode::UNAUTHORIZED, 4_010_000, "Unauthenticated");
    }
    let answer = SERVER.answer(world, call);
    answer
        .unwrap_or_else(|| Err(error(StatusCode::NOT_FOUND, 4_040_000, "Not found.")))
        .unwrap_or_else(|refused| refused)
}

fn known(world: &World, id: &str) -> Result<Transaction, Answer> {
    if !id.bytes().all(|byte| byte.is_ascii_digit()) || id.len() > 32 {
        return Err(error(StatusCode::BAD_REQUEST, 4_000_006, "Invalid transaction id."));
    }
    let known = world.store.transactions.get(id).cloned();
    known.ok_or_else(|| error(StatusCode::NOT_FOUND, 4_040_010, "Transaction id not found."))
}

fn statuses(world: &World, known: &Transaction) -> StatusResponse {
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
        environment: Environment::Production,
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
    let checked = || {
        let (signed, signature) = call.bearer()?.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: TokenHeader = serde_json::from_slice(&BASE64_URL.decode(header).ok()?).ok()?;
        let claims: TokenClaims = serde_json::from_slice(&BASE64_URL.decode(claims).ok()?).ok()?;
        let api = &world.keys.api;
        let signature = Signature::from_slice(&BASE64_URL.decode(signature).ok()?).ok()?;
        api.key.verifying_key().verify(signed.as_bytes(), &signature).ok()?;
        let fits = header.alg == "ES256"
            && header.kid == api.id
            && claims.iss == api.issuer
            && claims.aud == AUDIENCE
            && claims.bid == BUNDLE_ID
            && claims.exp.saturating_mul(1000) > world.now();
        fits.then_some(())
    };
    checked().is_some()
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
