//! `/app-store/inApps/v1/…`, and `/app-store-sandbox/…` of the other environment: the App Store Server API, as Apple documents it,
//! for whoever holds the key. Each knows only the transactions of its own environment.
use http::{Method, StatusCode};
use p256::ecdsa::{Signature, signature::Verifier};
use serde::Deserialize;
use serde_json::json;

use super::products::GROUP;
use super::signed::{renewal_info, transaction};
use super::{APP_ID, BUNDLE_ID, PRODUCTION, SANDBOX, environment, finish};
use crate::call::{Answer, Call};
use crate::keys::BASE64_URL;
use crate::world::World;
use base64::Engine;

const AUDIENCE: &str = "appstoreconnect-v1";

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

pub(crate) fn answer(world: &mut World, call: &Call) -> Answer {
    if !may_ask(world, call) {
        return error(StatusCode::UNAUTHORIZED, 4_010_000, "Unauthenticated");
    }
    let segments = call.segments();
    let here = if segments[0] == "app-store" {
        PRODUCTION
    } else {
        SANDBOX
    };
    let (id, what) = match (&call.method, &segments[1..]) {
        (&Method::GET, ["inApps", "v1", "transactions", id]) => (*id, Asked::Transaction),
        (&Method::POST, ["inApps", "v1", "transactions", id, "finish"]) => (*id, Asked::Finish),
        (&Method::GET, ["inApps", "v1", "subscriptions", id]) => (*id, Asked::Statuses),
        _ => return error(StatusCode::NOT_FOUND, 4_040_000, "Not found."),
    };
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return error(StatusCode::BAD_REQUEST, 4_000_006, "Invalid transaction id.");
    }
    let known = world.store.transactions.get(id).cloned();
    let Some(known) = known.filter(|known| environment(world, &known.apple_id) == here) else {
        return error(StatusCode::NOT_FOUND, 4_040_010, "Transaction id not found.");
    };
    match what {
        Asked::Transaction => Answer::ok(&json!({ "signedTransactionInfo": transaction(world, &known) })),
        Asked::Finish => {
            finish(world, id, "cloud");
            Answer::ok(&json!({}))
        }
        Asked::Statuses => {
            let mut last = Vec::new();
            if let Some(line) = world.store.lines.get(&known.original)
                && let Some(latest) = world.store.transactions.get(&line.latest)
            {
                last.push(json!({
                    "status": line.status.number(), "originalTransactionId": line.original,
                    "signedTransactionInfo": transaction(world, latest), "signedRenewalInfo": renewal_info(world, line),
                }));
            }
            Answer::ok(&json!({
                "environment": here, "bundleId": BUNDLE_ID, "appAppleId": APP_ID,
                "data": [{ "subscriptionGroupIdentifier": GROUP, "lastTransactions": last }],
            }))
        }
    }
}

enum Asked {
    Transaction,
    Statuses,
    Finish,
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

fn error(status: StatusCode, number: u32, message: &str) -> Answer {
    Answer::json(status, &json!({ "errorCode": number, "errorMessage": message }))
}
