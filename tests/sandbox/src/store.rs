//! The App Store, emulated: Apple IDs, subscriptions and their transactions, the sheet, renewals, and everything signed anew.
mod device;
mod notification;
mod products;
mod renewal;
mod server_api;
mod sheet;
mod signed;
mod subscription;
mod trial;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::contract;
use crate::control::{ChargeRow, ChargeState, FinishRow, Standing, StateAtStore};
use crate::moment::{DAY_MS, rfc3339};
use crate::world::World;
pub(crate) use device::{DEVICE, DEVICE_TAG, Given, answer as device, asked_outside, name_device};
pub(crate) use notification::notification;
pub(crate) use products::{display_price, storefront};
pub(crate) use renewal::{answer_price, fire, payments, raise_price, renewing, revoke};
pub(crate) use server_api::{SERVER, SERVER_TAG, answer as server_api};
pub(crate) use sheet::{approve, refuse};
pub(crate) use signed::Seen;
use subscription::{Line, Transaction};
pub(crate) use subscription::{Offer, Status};

/// The app every purchase is for.
pub(crate) const BUNDLE_ID: &str = "com.tplink.tapo";
/// Apple's environments, by their names.
const PRODUCTION: &str = "Production";
const SANDBOX: &str = "Sandbox";
/// The app's id in the store.
pub(crate) const APP_ID: u64 = 1_472_718_009;

/// What the store knows. The fields are its own: the cloud asks the server API.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Store {
    /// Device name to Apple ID.
    devices: BTreeMap<String, String>,
    apple_ids: BTreeMap<String, AppleId>,
    transactions: BTreeMap<String, Transaction>,
    /// Subscriptions by original transaction id.
    lines: BTreeMap<String, Line>,
    charges: Vec<Charge>,
    finishes: Vec<Finish>,
    asks: Vec<AskToBuy>,
    asks_made: u64,
    transactions_made: u64,
    /// Whether products are sold with their introductory offers.
    #[serde(default)]
    pub(crate) sells_trials: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct AppleId {
    storefront: String,
    app_transaction_id: String,
    first_download_ms: i64,
    /// A Sandbox account: what it buys is signed for Sandbox, and nobody pays.
    tester: bool,
}

/// Money taken.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Charge {
    transaction: String,
    original: String,
    apple_id: String,
    product: String,
    amount_micros: i64,
    currency: String,
    at_ms: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Finish {
    transaction: String,
    by: String,
    at_ms: i64,
}

/// An Ask to Buy nobody has answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct AskToBuy {
    id: String,
    apple_id: String,
    product: String,
    app_account_token: Option<String>,
    /// The app's server denied the introductory offer.
    #[serde(default)]
    full_price: bool,
    at_ms: i64,
}

impl Store {
    /// The next renewal, expiry, or end of an Ask to Buy that nobody answered.
    pub(crate) fn next_due(&self) -> Option<i64> {
        let unanswered = self.asks.iter().map(|ask| ask.at_ms + DAY_MS);
        self.lines.values().filter_map(Line::next_due).chain(unanswered).min()
    }

    pub(crate) fn charges(&self) -> Vec<ChargeRow> {
        let row = |charge: &Charge| {
            let paid_for = self.transactions.get(&charge.transaction)?;
            Some(ChargeRow {
                store: "app_store",
                transaction: charge.transaction.clone(),
                original: charge.original.clone(),
                apple_id: Some(charge.apple_id.clone()),
                google_account: None,
                product: charge.product.clone(),
                amount_micros: charge.amount_micros,
                currency: charge.currency.clone(),
                at: rfc3339(charge.at_ms),
                until: rfc3339(paid_for.expires_ms),
                tag: paid_for.app_account_token.clone(),
                state: match paid_for {
                    known if known.revoked_ms.is_some() => ChargeState::GivenBack,
                    known if known.upgraded => ChargeState::Replaced,
                    _ => ChargeState::Kept,
                },
                given_back_micros: paid_for.given_back_micros,
            })
        };
        self.charges.iter().filter_map(row).collect()
    }

    /// Every subscription as it stands here.
    pub(crate) fn standings(&self) -> Vec<Standing> {
        let row = |line: &Line| Standing {
            store: "app_store",
            original: line.original.clone(),
            state: StateAtStore::AppStore(line.status),
            access: matches!(line.status, Status::Active | Status::Grace),
            until: rfc3339(line.until_ms.unwrap_or(line.expires_ms)),
        };
        self.lines.values().map(row).collect()
    }

    pub(crate) fn finishes(&self) -> Vec<FinishRow> {
        let row = |finish: &Finish| FinishRow {
            store: "app_store",
            transaction: finish.transaction.clone(),
            original: None,
            by: finish.by.clone(),
            at: rfc3339(finish.at_ms),
        };
        self.finishes.iter().map(row).collect()
    }

    fn is_family_shared(&self, line: &Line) -> bool {
        let latest = self.transactions.get(&line.latest);
        latest.is_some_and(|transaction| transaction.family_shared)
    }

    /// The Apple ID's own subscription in the group; it has one for life, lapsed or not.
    fn line_of(&self, apple_id: &str, group: &str) -> Option<&Line> {
        self.lines
            .values()
            .find(|line| line.apple_id == apple_id && line.group == group && !self.is_family_shared(line))
    }
}

/// The original transaction of a transaction; what is none stays as it is.
pub(crate) fn original_of(world: &World, id: &str) -> String {
    let known = world.store.transactions.get(id);
    known.map_or(id, |known| &known.original).to_owned()
}

/// Which of Apple's environments an Apple ID buys in.
fn environment(world: &World, apple_id: &str) -> &'static str {
    let known = world.store.apple_ids.get(apple_id);
    if known.is_some_and(|known| known.tester) {
        SANDBOX
    } else {
        PRODUCTION
    }
}

/// Every Ask to Buy that waits for a parent.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AsksToBuy")]
pub(crate) struct Asks {
    asks: Vec<AskShown>,
}

/// An Ask to Buy that waits for a parent.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AskToBuy")]
struct AskShown {
    #[schemars(with = "contract::AskId")]
    id: String,
    #[schemars(with = "contract::Title")]
    apple_id: String,
    #[schemars(with = "contract::AppleProduct")]
    product: String,
    #[schemars(with = "contract::Moment")]
    at: String,
}

pub(crate) fn asks(world: &World) -> Asks {
    let shown = |ask: &AskToBuy| AskShown {
        id: ask.id.clone(),
        apple_id: ask.apple_id.clone(),
        product: ask.product.clone(),
        at: rfc3339(ask.at_ms),
    };
    Asks {
        asks: world.store.asks.iter().map(shown).collect(),
    }
}

/// Marks a transaction finished; entered once, by whoever came first. False where the store knows none.
fn finish(world: &mut World, id: &str, by: &str) -> bool {
    let at_ms = world.now();
    let Some(transaction) = world.store.transactions.get_mut(id) else {
        return false;
    };
    if !std::mem::replace(&mut transaction.finished, true) {
        let apple_id = transaction.apple_id.clone();
        if environment(world, &apple_id) == PRODUCTION {
            world.store.finishes.push(Finish {
                transaction: id.to_owned(),
                by: by.to_owned(),
                at_ms,
            });
        }
        world.note(format!("store: {id} finished by the {by}"));
    }
    true
}
