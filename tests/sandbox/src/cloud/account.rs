//! `GET /v1/account`: the whole state of an account in one document, with a revision that moves only when the content does.
use schemars::JsonSchema;
use serde::Serialize;

use super::camera;
use super::people::tag_of;
use super::shown::{BlockedBy, CameraShown, SubscriptionShown};
use super::signed::{sha256_hex, tagged};
use super::subscription::{blocked_by, document, slot_taken_by};
use crate::call::{Answer, Call};
use crate::contract;
use crate::moment::{DAY_MS, rfc3339};
use crate::world::World;

const LEASE_MS: i64 = 7 * DAY_MS;

/// An account's plans, cameras and trials, whole. It holds nothing that changes merely because time passes.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Account")]
pub(crate) struct AccountShown {
    /// Counts up whenever anything else in here changes.
    #[schemars(with = "contract::Revision")]
    revision: u64,
    #[schemars(with = "contract::AccountId")]
    account: String,
    #[schemars(with = "contract::AccountTag")]
    account_tag: String,
    in_app: InApp,
    /// In the order they began; one that is over stays listed for 30 days.
    subscriptions: Vec<SubscriptionShown>,
    /// In the order they were set up.
    cameras: Vec<CameraShown>,
    account_trial: AccountTrial,
}

/// Whether a plan may be bought in the app now (R2).
#[derive(Serialize, JsonSchema)]
struct InApp {
    may_buy: bool,
    /// What takes the slot while `may_buy` is false.
    blocked_by: Option<BlockedBy>,
    codes_in_app: CodesInApp,
    store_trial: StoreTrial,
}

/// Whether a plan may begin with a free trial that the store sells, once for each account (X12). Whom the store sells it to, and
/// how long it lasts, the store says.
#[derive(Serialize, JsonSchema)]
struct StoreTrial {
    #[schemars(with = "contract::StoreTrialState")]
    state: &'static str,
    /// Why it is not eligible.
    #[schemars(with = "Option<contract::TrialReason>")]
    reason: Option<&'static str>,
}

impl StoreTrial {
    fn of(world: &World, account: &str) -> Self {
        let had = world
            .cloud
            .accounts
            .get(account)
            .is_some_and(|known| known.had_store_trial);
        let (state, reason) = match had {
            true => ("used", Some("used")),
            false if world.cloud.policy.store_trials => ("eligible", None),
            false => ("not_offered", None),
        };
        StoreTrial { state, reason }
    }
}

/// Whether the account may begin a plan with a store's free trial now.
pub(super) fn may_have_store_trial(world: &World, account: &str) -> bool {
    StoreTrial::of(world, account).state == "eligible"
}

/// Where codes are redeemed (X13).
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum CodesInApp {
    PortalOnly,
}

/// The trial of the account as a whole; those of cameras stand with the cameras. Tapo has none.
#[derive(Serialize, JsonSchema)]
struct AccountTrial {
    #[schemars(with = "contract::TrialState")]
    state: String,
    /// Why it is not eligible.
    #[schemars(with = "Option<contract::TrialReason>")]
    reason: Option<String>,
    /// How long it lasts, where there is one.
    #[schemars(with = "Option<contract::Duration>")]
    length: Option<&'static str>,
    #[schemars(with = "Option<contract::Moment>")]
    ends_at: Option<String>,
}

impl AccountTrial {
    fn of(known: Option<&super::people::AccountTrial>) -> Self {
        AccountTrial {
            state: known.map_or_else(|| "not_offered".to_owned(), |known| known.state.clone()),
            reason: known.and_then(|known| known.reason.clone()),
            length: known.map(|_| "P30D"),
            ends_at: known.and_then(|known| known.ends_ms).map(rfc3339),
        }
    }
}

pub(super) fn get(world: &World, call: &Call, account: &str) -> Answer {
    tagged(call, account, Answer::ok(&shown(world, account))).with("care-lease-until", rfc3339(world.now() + LEASE_MS))
}

/// The document as control shows it: unsigned.
pub(crate) fn shown(world: &World, account: &str) -> AccountShown {
    let revision = world.cloud.accounts.get(account).map_or(0, |known| known.revision);
    content(world, account, revision)
}

fn content(world: &World, account: &str, revision: u64) -> AccountShown {
    let subscriptions = world
        .cloud
        .subscriptions
        .iter()
        .filter(|known| known.account == account)
        .map(document)
        .collect();
    let cameras = world
        .cloud
        .cameras
        .iter()
        .filter(|known| known.account == account)
        .map(|known| camera::document(world, known))
        .collect();
    let taken = slot_taken_by(world, account);
    AccountShown {
        revision,
        account: account.to_owned(),
        account_tag: tag_of(world, account).unwrap_or_default(),
        in_app: InApp {
            may_buy: taken.is_none(),
            blocked_by: taken.map(blocked_by),
            codes_in_app: CodesInApp::PortalOnly,
            store_trial: StoreTrial::of(world, account),
        },
        subscriptions,
        cameras,
        account_trial: AccountTrial::of(world.cloud.accounts.get(account).and_then(|known| known.trial.as_ref())),
    }
}

/// Counts up the revision of every account whose document is another than before.
pub(super) fn settle(world: &mut World) {
    let changed: Vec<(String, String)> = world
        .cloud
        .accounts
        .values()
        .map(|known| {
            let content = serde_json::to_vec(&content(world, &known.id, 0)).unwrap_or_default();
            (known.id.clone(), sha256_hex(&content))
        })
        .collect();
    for (id, hash) in changed {
        if let Some(known) = world.cloud.accounts.get_mut(&id)
            && known.content != hash
        {
            known.content = hash;
            known.revision += 1;
        }
    }
}
