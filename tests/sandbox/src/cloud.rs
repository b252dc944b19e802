//! The Care cloud: one signed document per account, purchases believed only from the store, cameras and trials by the rule book.
mod account;
mod camera;
mod grant;
mod notification;
mod people;
mod plans;
mod play_client;
mod proof;
mod purchase;
mod refund;
mod reservation;
mod routes;
mod shown;
mod signed;
mod store_client;
mod subscription;
mod trial;
mod word;

use std::collections::{BTreeMap, BTreeSet};

use http::{Method, StatusCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::call::{Answer, Call, malformed, not_found, nothing_here};
use crate::contract::{self, CoreVersion, Count, IdempotencyKey, Nonce, Platform, is};
use crate::moment::rfc3339;
use crate::world::World;
pub(crate) use account::{AccountShown, shown as shown_account};
pub(crate) use camera::{
    Change as CameraChange, FreePlan, NewCamera, add as add_camera, change as change_camera, remove as remove_camera,
    set_free_plan, shown as shown_camera,
};
pub(crate) use notification::taken_in;
pub(crate) use people::{
    AccountNamed, AccountTrial, add_account, expire_sessions, find_account, list_accounts, set_tester,
    set_trial as set_account_trial, settle_in,
};
pub(crate) use proof::ProvedChain;
pub(crate) use routes::{NOTIFICATIONS, NOTIFICATIONS_TAG, ROUTES, SESSION, SESSION_TAG, TAGS};
pub(crate) use shown::{CameraShown, SubscriptionShown};
pub(crate) use signed::sign;
pub(crate) use subscription::{Given, add_outside as add_subscription, set_phase, shown as shown_subscription};
pub(crate) use trial::set as set_trial;

use camera::Camera;
use people::{Account, Session};
use plans::Policy;
use play_client::Bearer;
use purchase::Answered;
use reservation::Reservation;
use subscription::Subscription;
pub(crate) use word::Shop;
use word::{Environment, FinishDue};

/// What the cloud knows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Cloud {
    accounts: BTreeMap<String, Account>,
    sessions: BTreeMap<String, Session>,
    /// In the order they began.
    subscriptions: Vec<Subscription>,
    /// In the order they were set up.
    cameras: Vec<Camera>,
    reservations: BTreeMap<String, Reservation>,
    /// In the order they were made; a transaction is in here at most once.
    grants: Vec<Grant>,
    /// Test purchases that were declined; those granted are among the grants, and shown with these.
    declined: Vec<Declined>,
    /// Untagged purchases: original transaction id to the account that confirmed them.
    bindings: BTreeMap<String, String>,
    /// Final answers by idempotency key.
    answered: BTreeMap<String, Answered>,
    /// Granted, and the store could not be told yet.
    finish_due: BTreeSet<FinishDue>,
    /// The cloud's way into Play's developer API, while it is good.
    play_bearer: Option<Bearer>,
    policy: Policy,
    /// Notifications taken in: each is sent until it is, and may come twice.
    notified: BTreeSet<String>,
}

/// A paid period that gave an account a plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Grant {
    subscription: String,
    transaction: String,
    account: String,
    at_ms: i64,
    shop: Shop,
    environment: Environment,
}

/// What was bought without paying, and what the cloud made of it (X15).
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Declined {
    shop: Shop,
    transaction: String,
    account: Option<String>,
    at_ms: i64,
}

/// A grant in control's ledger.
#[derive(Serialize, JsonSchema)]
pub(crate) struct GrantRow {
    #[schemars(with = "contract::StoreName")]
    store: &'static str,
    #[schemars(with = "contract::SubscriptionId")]
    subscription: String,
    #[schemars(with = "contract::Transaction")]
    transaction: String,
    #[schemars(with = "contract::AccountId")]
    account: String,
    #[schemars(with = "contract::Moment")]
    at: String,
}

/// What was bought without paying, in control's ledger.
#[derive(Serialize, JsonSchema)]
pub(crate) struct TestRow {
    #[schemars(with = "contract::StoreName")]
    store: &'static str,
    #[schemars(with = "contract::Transaction")]
    transaction: String,
    /// Null where the cloud does not know whose it is.
    #[schemars(with = "Option<contract::AccountId>")]
    account: Option<String>,
    /// Null where it was declined.
    #[schemars(with = "Option<contract::SubscriptionId>")]
    subscription: Option<String>,
    #[schemars(with = "contract::TestAnswer")]
    answer: &'static str,
    #[schemars(with = "contract::Moment")]
    at: String,
}

/// A reservation that holds, in control's ledger.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ReservationRow {
    #[schemars(with = "contract::ReservationId")]
    id: String,
    #[schemars(with = "contract::AccountId")]
    account: String,
    #[schemars(with = "contract::IntentId")]
    intent: String,
    #[schemars(with = "contract::Moment")]
    expires_at: String,
}

impl Cloud {
    /// The next period end, trial end, or end of a listing.
    pub(crate) fn next_due(&self) -> Option<i64> {
        let subscriptions = self.subscriptions.iter().filter_map(Subscription::next_due);
        let trials = self
            .cameras
            .iter()
            .filter_map(|camera| camera.trial.as_ref()?.ends_ms());
        subscriptions.chain(trials).min()
    }

    /// The ledger of Sandbox and of Play's test purchases: nothing in it is in the other one (X15).
    pub(crate) fn test_purchases(&self) -> Vec<TestRow> {
        let granted = self
            .grants
            .iter()
            .filter(|grant| grant.environment == Environment::Sandbox);
        let granted = granted.map(|grant| TestRow {
            store: grant.shop.name(),
            transaction: grant.transaction.clone(),
            account: Some(grant.account.clone()),
            subscription: Some(grant.subscription.clone()),
            answer: "granted",
            at: rfc3339(grant.at_ms),
        });
        let declined = self.declined.iter().map(|known| TestRow {
            store: known.shop.name(),
            transaction: known.transaction.clone(),
            account: known.account.clone(),
            subscription: None,
            answer: "test_purchase",
            at: rfc3339(known.at_ms),
        });
        granted.chain(declined).collect()
    }

    pub(crate) fn grants(&self) -> Vec<GrantRow> {
        self.grants
            .iter()
            .filter(|grant| grant.environment == Environment::Production)
            .map(|grant| GrantRow {
                store: grant.shop.name(),
                subscription: grant.subscription.clone(),
                transaction: grant.transaction.clone(),
                account: grant.account.clone(),
                at: rfc3339(grant.at_ms),
            })
            .collect()
    }

    pub(crate) fn reservations(&self, now: i64) -> Vec<ReservationRow> {
        self.reservations
            .iter()
            .filter(|(_, held)| held.expires_ms > now)
            .map(|(id, held)| ReservationRow {
                id: id.clone(),
                account: held.account.clone(),
                intent: held.intent.clone(),
                expires_at: rfc3339(held.expires_ms),
            })
            .collect()
    }

    /// Control's word on the catalogue.
    pub(crate) fn policy_mut(&mut self) -> &mut Policy {
        &mut self.policy
    }
}

/// Every call under `/v1`: the digest before anything else, the signature after everything.
pub(crate) fn answer(world: &mut World, call: &Call) -> Answer {
    let answer = dispatch(world, call).unwrap_or_else(|refused| refused);
    signed::sign(world, call, answer)
}

fn dispatch(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    if !signed::digest_is_right(call) {
        return Err(problem(
            StatusCode::BAD_REQUEST,
            "digest_mismatch",
            "The request is not what its digest says",
        ));
    }
    let key = call.header("idempotency-key");
    let well_formed = is::<Nonce>(call.header("care-nonce"))
        && is::<Count>(call.header("care-contract"))
        && is::<CoreVersion>(call.header("care-core"))
        && is::<Platform>(call.header("care-platform"))
        && (key.is_empty() || is::<IdempotencyKey>(key));
    if !well_formed {
        return Err(malformed("A care- header is missing or not as asked"));
    }
    let answer = ROUTES.answer(world, call, nothing_here);
    if call.method != Method::GET {
        settle(world);
    }
    Ok(answer)
}

/// `POST /session`.
pub(crate) fn session(world: &mut World, call: &Call) -> Answer {
    SESSION.answer(world, call, nothing_here)
}

/// `/notifications/…`.
pub(crate) fn notified(world: &mut World, call: &Call) -> Answer {
    NOTIFICATIONS.answer(world, call, nothing_here)
}

/// What the App Store's and Play's server APIs are asked with.
pub(crate) fn store_tokens(world: &World) -> (String, String) {
    (store_client::token(world), play_client::assertion(world))
}

/// That account confirmed that original transaction as its own before this world began (X11), and is granted what nobody paid
/// for (X15). None where there is no such account.
pub(crate) fn bound_before(world: &mut World, original: &str, account: &str) -> Option<()> {
    let id = people::find_account(world, account)?;
    world.cloud.accounts.get_mut(&id)?.tester = true;
    world.cloud.bindings.insert(original.to_owned(), id);
    Some(())
}

/// What is due now: periods over, trials over, listings over.
pub(crate) fn fire(world: &mut World) {
    grant::fire(world);
    trial::fire(world);
    settle(world);
}

/// What the store could not be asked or told when it was due.
pub(crate) fn catch_up(world: &mut World) {
    grant::catch_up(world);
    settle(world);
}

/// Brings what follows from everything else up to date: double payments, paused trials, doubly named cameras, the documents' revisions.
pub(crate) fn settle(world: &mut World) {
    subscription::settle(world);
    camera::settle(world);
    trial::settle(world);
    account::settle(world);
}

fn problem(status: StatusCode, code: &str, title: &str) -> Answer {
    Answer::problem(status, code, title, Value::Null)
}

fn refused(status: StatusCode, code: &str, title: &str, extra: Value) -> Answer {
    Answer::problem(status, code, title, extra)
}
