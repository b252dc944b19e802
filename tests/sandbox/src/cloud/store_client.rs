//! The cloud asks the store: a signed JWT, a request to the App Store Server API, and proof of every signed word that comes back.
use axum::body::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde::{Deserialize, Serialize};

use super::proof::proved;
use crate::call::{Answer, Call};
use crate::faults::{Harm, error_answer};
use crate::keys::jws;
use crate::store::{self, BUNDLE_ID};
use crate::world::World;

/// A transaction as the store tells it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Facts {
    pub(super) transaction_id: String,
    pub(super) original_transaction_id: String,
    pub(super) bundle_id: String,
    pub(super) product_id: String,
    pub(super) purchase_date: i64,
    pub(super) expires_date: i64,
    pub(super) in_app_ownership_type: String,
    pub(super) environment: String,
    #[serde(default)]
    pub(super) app_account_token: Option<String>,
    #[serde(default)]
    pub(super) app_transaction_id: Option<String>,
    #[serde(default)]
    pub(super) is_upgraded: bool,
    #[serde(default)]
    pub(super) revocation_date: Option<i64>,
    #[serde(default)]
    pub(super) revocation_type: Option<String>,
    /// Milliunits.
    #[serde(default)]
    pub(super) price: Option<i64>,
    #[serde(default)]
    pub(super) currency: Option<String>,
}

/// What the store says about renewing.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Renewal {
    original_transaction_id: String,
    pub(super) auto_renew_status: u8,
    #[serde(default)]
    pub(super) auto_renew_product_id: Option<String>,
}

/// A subscription as it stands at the store.
pub(super) struct Standing {
    pub(super) status: u8,
    pub(super) latest: Facts,
    pub(super) renewal: Renewal,
}

/// Why there are no facts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum NoAnswer {
    NoSuchTransaction,
    /// Unreachable, refusing, or saying what does not prove itself.
    Unavailable,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TransactionAnswer {
    signed_transaction_info: String,
}

#[derive(Deserialize)]
struct StatusesAnswer {
    data: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    last_transactions: Vec<LastTransaction>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LastTransaction {
    status: u8,
    original_transaction_id: String,
    signed_transaction_info: String,
    signed_renewal_info: String,
}

/// What the store knows of a transaction id.
pub(super) fn transaction(world: &mut World, id: &str) -> Result<Facts, NoAnswer> {
    let answer = ask(world, Method::GET, &format!("transactions/{id}"))?;
    let answer: TransactionAnswer = serde_json::from_slice(&answer.body).map_err(|_| NoAnswer::Unavailable)?;
    let facts: Facts = proved(world, &answer.signed_transaction_info).ok_or(NoAnswer::Unavailable)?;
    if facts.transaction_id == id {
        Ok(facts)
    } else {
        Err(NoAnswer::Unavailable)
    }
}

/// How a subscription stands, by any of its transaction ids.
pub(super) fn standing(world: &mut World, original: &str) -> Result<Standing, NoAnswer> {
    let answer = ask(world, Method::GET, &format!("subscriptions/{original}"))?;
    let answer: StatusesAnswer = serde_json::from_slice(&answer.body).map_err(|_| NoAnswer::Unavailable)?;
    let mut last = answer.data.into_iter().flat_map(|group| group.last_transactions);
    let last = last
        .find(|last| last.original_transaction_id == original)
        .ok_or(NoAnswer::NoSuchTransaction)?;
    let latest: Facts = proved(world, &last.signed_transaction_info).ok_or(NoAnswer::Unavailable)?;
    let renewal: Renewal = proved(world, &last.signed_renewal_info).ok_or(NoAnswer::Unavailable)?;
    // A renewal info names no app: it is this subscription's or nobody's.
    if latest.original_transaction_id != original || renewal.original_transaction_id != original {
        return Err(NoAnswer::Unavailable);
    }
    Ok(Standing {
        status: last.status,
        latest,
        renewal,
    })
}

/// Tells the store that what was paid has been given.
pub(super) fn finish(world: &mut World, id: &str) -> Result<(), NoAnswer> {
    ask(world, Method::POST, &format!("transactions/{id}/finish")).map(|_| ())
}

fn ask(world: &mut World, method: Method, path: &str) -> Result<Answer, NoAnswer> {
    let mut headers = HeaderMap::new();
    let bearer = HeaderValue::from_str(&format!("Bearer {}", token(world))).map_err(|_| NoAnswer::Unavailable)?;
    headers.insert("authorization", bearer);
    let call = Call::new(method, format!("/app-store/inApps/v1/{path}"), headers, Bytes::new());
    let World { faults, randomness, .. } = world;
    let suffered = faults.strike(&call, randomness);
    world.wait_ms += suffered.wait_ms;
    if let Some(harm) = suffered.harm {
        world.note(format!("fault {harm:?} strikes {} {}", call.method, call.path()));
    }
    let answer = match suffered.harm {
        Some(Harm::Down) => return Err(NoAnswer::Unavailable),
        Some(Harm::Error { status, wait_ms }) => error_answer(&call, status, wait_ms),
        Some(Harm::Lost | Harm::Garbage) => {
            store::server_api(world, &call);
            return Err(NoAnswer::Unavailable);
        }
        None => store::server_api(world, &call),
    };
    match answer.status {
        status if status.is_success() => Ok(answer),
        StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST => Err(NoAnswer::NoSuchTransaction),
        _ => Err(NoAnswer::Unavailable),
    }
}

/// The JWT App Store Connect asks for.
fn token(world: &World) -> String {
    #[derive(Serialize)]
    struct Header<'a> {
        alg: &'static str,
        kid: &'a str,
        typ: &'static str,
    }
    #[derive(Serialize)]
    struct Claims<'a> {
        iss: &'a str,
        iat: i64,
        exp: i64,
        aud: &'static str,
        bid: &'static str,
    }
    let api = &world.keys.api;
    let iat = world.now() / 1000;
    let claims = Claims {
        iss: &api.issuer,
        iat,
        exp: iat + 300,
        aud: "appstoreconnect-v1",
        bid: BUNDLE_ID,
    };
    jws(
        &api.key,
        &Header {
            alg: "ES256",
            kid: &api.id,
            typ: "JWT",
        },
        &claims,
    )
}
