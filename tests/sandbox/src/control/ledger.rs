//! The ledger: what was charged, granted, finished and reserved in this world, by every party to it.
use schemars::JsonSchema;
use serde::Serialize;

use crate::cloud::{GrantRow, ReservationRow, TestRow};
use crate::contract;
use crate::world::World;

/// Charges, grants, finishes and reservations, each in the order they happened, the App Store's rows first.
#[derive(Serialize, JsonSchema)]
pub(super) struct Ledger {
    charges: Vec<ChargeRow>,
    /// Periods paid under one Play token that go on under another after a change of plan: nothing was charged for them.
    carried: Vec<ChargeRow>,
    grants: Vec<GrantRow>,
    /// Entered once, by whoever came first; of Play the acknowledgement, one per token.
    finishes: Vec<FinishRow>,
    /// What was bought without paying: in no other book (X15).
    test_purchases: Vec<TestRow>,
    /// Those that hold now.
    reservations: Vec<ReservationRow>,
}

/// Money taken.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ChargeRow {
    #[schemars(with = "contract::StoreName")]
    pub(crate) store: &'static str,
    #[schemars(with = "contract::Transaction")]
    pub(crate) transaction: String,
    /// The original transaction id, of Play the purchase token.
    #[schemars(with = "contract::PurchaseId")]
    pub(crate) original: String,
    /// Of the App Store.
    #[schemars(with = "contract::Title")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) apple_id: Option<String>,
    /// Of Play.
    #[schemars(with = "contract::Title")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) google_account: Option<String>,
    #[schemars(with = "contract::Product")]
    pub(crate) product: String,
    #[schemars(with = "contract::Micros")]
    pub(crate) amount_micros: i64,
    #[schemars(with = "contract::Currency")]
    pub(crate) currency: String,
    #[schemars(with = "contract::Moment")]
    pub(crate) at: String,
    /// The end of the period paid for.
    #[schemars(with = "contract::Moment")]
    pub(crate) until: String,
    /// What the app handed to the sheet: appAccountToken, obfuscatedAccountId.
    #[schemars(with = "Option<contract::Obfuscated>")]
    pub(crate) tag: Option<String>,
    pub(crate) state: ChargeState,
    /// How much of it went back: all of it, or what was left of a period that the App Store replaced.
    #[schemars(with = "contract::Micros")]
    pub(crate) given_back_micros: i64,
}

/// What became of money taken; replaced is what another purchase took the place of.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ChargeState {
    Kept,
    GivenBack,
    Replaced,
}

/// The store was told that what was paid has been given.
#[derive(Serialize, JsonSchema)]
pub(crate) struct FinishRow {
    #[schemars(with = "contract::StoreName")]
    pub(crate) store: &'static str,
    #[schemars(with = "contract::Transaction")]
    pub(crate) transaction: String,
    /// Of Play the purchase token.
    #[schemars(with = "contract::PurchaseToken")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) original: Option<String>,
    #[schemars(with = "contract::FinishedBy")]
    pub(crate) by: String,
    #[schemars(with = "contract::Moment")]
    pub(crate) at: String,
}

pub(super) fn of(world: &World) -> Ledger {
    let (store, play) = (&world.store, &world.play);
    Ledger {
        charges: store.charges().into_iter().chain(play.charges()).collect(),
        carried: play.carried(),
        grants: world.cloud.grants(),
        finishes: store.finishes().into_iter().chain(play.finishes()).collect(),
        test_purchases: world.cloud.test_purchases(),
        reservations: world.cloud.reservations(world.now()),
    }
}
