//! The cloud asks the App Store: a signed JWT, a request to the App Store Server API, and proof of every signed word that comes back.
use axum::body::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde::{Deserialize, Serialize};

use super::plans::plan_of_product;
use super::proof::proved;
use super::word::{Claim, Environment, FinishDue, NewPrice, NoAnswer, Period, PriceConsent, Shop, Standing, Worth};
use crate::call::{Answer, Call};
use crate::faults::{Harm, error_answer};
use crate::keys::jws;
use crate::store::{self, BUNDLE_ID};
use crate::world::World;

/// A transaction as the store tells it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Facts {
    transaction_id: String,
    original_transaction_id: String,
    bundle_id: String,
    product_id: String,
    purchase_date: i64,
    expires_date: i64,
    in_app_ownership_type: String,
    environment: String,
    #[serde(default)]
    app_account_token: Option<String>,
    #[serde(default)]
    app_transaction_id: Option<String>,
    #[serde(default)]
    is_upgraded: bool,
    #[serde(default)]
    revocation_date: Option<i64>,
    #[serde(default)]
    revocation_type: Option<String>,
    /// Milliunits.
    #[serde(default)]
    price: Option<i64>,
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    offer_type: Option<i64>,
    #[serde(default)]
    offer_discount_type: Option<String>,
}

impl Facts {
    fn is_of(&self, environment: Environment) -> bool {
        self.environment.eq_ignore_ascii_case(environment.name())
    }

    fn offer(&self) -> &'static str {
        match (self.offer_type, self.offer_discount_type.as_deref()) {
            (Some(1), Some("FREE_TRIAL")) => "trial",
            (Some(1), _) => "intro",
            (Some(2), _) => "promotional",
            (Some(3), _) => "code",
            (Some(4), _) => "win_back",
            _ => "none",
        }
    }

    fn worth(&self, now: i64) -> Worth {
        if self.in_app_ownership_type != "PURCHASED" {
            Worth::NotCharged("family_shared")
        } else if self.revocation_date.is_some() {
            Worth::Over("revoked")
        } else if self.is_upgraded {
            Worth::Over("superseded")
        } else if self.expires_date <= now {
            Worth::Over("expired")
        } else {
            Worth::Paid
        }
    }

    fn period(self, environment: Environment) -> Period {
        let offer = self.offer();
        Period {
            shop: Shop::AppStore,
            environment,
            finish: Some(FinishDue {
                shop: Shop::AppStore,
                environment,
                id: self.transaction_id.clone(),
                product: self.product_id.clone(),
            }),
            transaction: self.transaction_id,
            original: self.original_transaction_id,
            plan: plan_of_product(&self.product_id).map(|plan| plan.id),
            offer,
            from_ms: self.purchase_date,
            until_ms: self.expires_date,
            tag: self.app_account_token,
            identity: self.app_transaction_id,
            price_micros: self.price.unwrap_or(0) * 1000,
            currency: self.currency.unwrap_or_default(),
            replaces: None,
        }
    }
}

/// What the store says about renewing.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Renewal {
    original_transaction_id: String,
    auto_renew_status: u8,
    #[serde(default)]
    auto_renew_product_id: Option<String>,
    #[serde(default)]
    grace_period_expires_date: Option<i64>,
    #[serde(default)]
    price_increase_status: Option<i64>,
    /// Milliunits.
    #[serde(default)]
    renewal_price: Option<i64>,
}

impl Renewal {
    /// Apple says 1 also where it only told the customer.
    fn new_price(&self) -> Option<NewPrice> {
        let consent = match self.price_increase_status? {
            0 => PriceConsent::Needed,
            _ => PriceConsent::Given,
        };
        let micros = self.renewal_price? * 1000;
        Some(NewPrice { micros, consent })
    }
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
pub(super) fn claim(world: &mut World, id: &str) -> Result<Claim, NoAnswer> {
    let (answer, environment) = ask_both(world, &format!("transactions/{id}"))?;
    let answer: TransactionAnswer = serde_json::from_slice(&answer.body).map_err(|_| NoAnswer::Unavailable)?;
    let facts: Facts = proved(world, &answer.signed_transaction_info).ok_or(NoAnswer::Unavailable)?;
    if facts.transaction_id != id || !facts.is_of(environment) {
        return Err(NoAnswer::Unavailable);
    }
    if facts.bundle_id != BUNDLE_ID {
        return Err(NoAnswer::NoSuchTransaction);
    }
    Ok(Claim {
        worth: facts.worth(world.now()),
        period: facts.period(environment),
    })
}

/// How a subscription stands, by any of its transaction ids.
pub(super) fn standing(world: &mut World, original: &str) -> Result<Standing, NoAnswer> {
    let (answer, environment) = ask_both(world, &format!("subscriptions/{original}"))?;
    let answer: StatusesAnswer = serde_json::from_slice(&answer.body).map_err(|_| NoAnswer::Unavailable)?;
    let mut last = answer.data.into_iter().flat_map(|group| group.last_transactions);
    let last = last
        .find(|last| last.original_transaction_id == original)
        .ok_or(NoAnswer::NoSuchTransaction)?;
    let latest: Facts = proved(world, &last.signed_transaction_info).ok_or(NoAnswer::Unavailable)?;
    let renewal: Renewal = proved(world, &last.signed_renewal_info).ok_or(NoAnswer::Unavailable)?;
    // A renewal info names no app: it is this subscription's or nobody's.
    if !latest.is_of(environment)
        || latest.original_transaction_id != original
        || renewal.original_transaction_id != original
    {
        return Err(NoAnswer::Unavailable);
    }
    let phase = match last.status {
        1 => "active",
        2 => "expired",
        3 => "retry",
        4 => "grace",
        5 if latest.revocation_type.as_deref() == Some("FAMILY_REVOKE") => "revoked",
        5 => "refunded",
        _ => "unknown",
    };
    Ok(Standing {
        phase,
        latest: latest.period(environment),
        will_renew: renewal.auto_renew_status == 1,
        new_price: renewal.new_price(),
        renews_as: renewal
            .auto_renew_product_id
            .and_then(|product| plan_of_product(&product))
            .map(|plan| plan.id),
        grace_until_ms: renewal.grace_period_expires_date,
        resumes_ms: None,
    })
}

/// Tells the store that what was paid has been given.
pub(super) fn finish(world: &mut World, due: &FinishDue) -> Result<(), NoAnswer> {
    let path = format!("transactions/{}/finish", due.id);
    ask(world, due.environment, Method::POST, &path).map(|_| ())
}

/// As Apple advises: Production first, and what is unknown there in Sandbox.
fn ask_both(world: &mut World, path: &str) -> Result<(Answer, Environment), NoAnswer> {
    let mut asked = |environment| ask(world, environment, Method::GET, path).map(|answer| (answer, environment));
    match asked(Environment::Production) {
        Err(NoAnswer::NoSuchTransaction) => asked(Environment::Sandbox),
        answered => answered,
    }
}

fn ask(world: &mut World, environment: Environment, method: Method, path: &str) -> Result<Answer, NoAnswer> {
    let root = match environment {
        Environment::Production => "/app-store",
        Environment::Sandbox => "/app-store-sandbox",
    };
    let mut headers = HeaderMap::new();
    let bearer = HeaderValue::from_str(&format!("Bearer {}", token(world))).map_err(|_| NoAnswer::Unavailable)?;
    headers.insert("authorization", bearer);
    let call = Call::new(method, format!("{root}/inApps/v1/{path}"), headers, Bytes::new());
    let answer = through_faults(world, &call, store::server_api)?;
    match answer.status {
        status if status.is_success() => Ok(answer),
        StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST => Err(NoAnswer::NoSuchTransaction),
        _ => Err(NoAnswer::Unavailable),
    }
}

/// One call between the cloud and a store, with whatever the fault plan has for it.
pub(super) fn through_faults(
    world: &mut World,
    call: &Call,
    asked: fn(&mut World, &Call) -> Answer,
) -> Result<Answer, NoAnswer> {
    let suffered = world.strike(call);
    world.wait_ms += suffered.wait_ms;
    match suffered.harm {
        Some(Harm::Down) => Err(NoAnswer::Unavailable),
        Some(Harm::Error { status, wait_ms }) => Ok(error_answer(call, status, wait_ms)),
        Some(Harm::Lost | Harm::Garbage) => {
            world.overhear(call, asked);
            Err(NoAnswer::Unavailable)
        }
        None => Ok(world.overhear(call, asked)),
    }
}

/// The JWT App Store Connect asks for.
pub(super) fn token(world: &World) -> String {
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
