//! A store's word on a purchase, in the cloud's own words: both clients answer in them, and nothing else knows which store it was.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{play_client, store_client};
use crate::world::World;

/// Which store sells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Store")]
#[serde(rename_all = "snake_case")]
pub(crate) enum Shop {
    AppStore,
    Play,
}

impl Shop {
    /// The store's name on the wire, which is the channel's too.
    pub(super) fn name(self) -> &'static str {
        match self {
            Shop::AppStore => "app_store",
            Shop::Play => "play",
        }
    }

    pub(super) fn of_channel(channel: &str) -> Option<Shop> {
        [Shop::AppStore, Shop::Play]
            .into_iter()
            .find(|shop| shop.name() == channel)
    }
}

/// Whose money it is: a store's test ledger never touches the other (X15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Environment {
    Production,
    /// Apple's Sandbox, Play's license testers.
    Sandbox,
}

impl Environment {
    /// Its name on the wire.
    pub(super) fn name(self) -> &'static str {
        match self {
            Environment::Production => "production",
            Environment::Sandbox => "sandbox",
        }
    }
}

/// One period of a subscription that a store bills.
#[derive(Clone, Debug)]
pub(super) struct Period {
    pub(super) shop: Shop,
    pub(super) environment: Environment,
    /// What tells one paid period from another: a transaction id, an order id.
    pub(super) transaction: String,
    /// The subscription: an original transaction id, a purchase token.
    pub(super) original: String,
    /// The plan it pays for; none where the cloud has not heard of it.
    pub(super) plan: Option<&'static str>,
    /// What the store takes less for it, in the words of the document.
    pub(super) offer: &'static str,
    pub(super) from_ms: i64,
    pub(super) until_ms: i64,
    /// The account's tag it carries.
    pub(super) tag: Option<String>,
    /// The store account, where the store says who it is.
    pub(super) identity: Option<String>,
    pub(super) price_micros: i64,
    pub(super) currency: String,
    /// The purchase token it took the place of.
    pub(super) replaces: Option<String>,
    /// What is to be told to the store once it is granted; none where it was told.
    pub(super) finish: Option<FinishDue>,
}

/// What a store is told once the grant is durable: finished, acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct FinishDue {
    pub(super) shop: Shop,
    pub(super) environment: Environment,
    pub(super) id: String,
    pub(super) product: String,
}

/// What a posted purchase is worth.
pub(super) struct Claim {
    pub(super) period: Period,
    pub(super) worth: Worth,
}

pub(super) enum Worth {
    /// Paid, and the period runs.
    Paid,
    /// Over, with the final answer that says how.
    Over(&'static str),
    /// Nothing was charged here, or nobody can say, with the answer that says why.
    NotCharged(&'static str),
}

/// A subscription as it stands at its store.
pub(super) struct Standing {
    /// In the words of the account document.
    pub(super) phase: &'static str,
    pub(super) latest: Period,
    pub(super) will_renew: bool,
    /// The plan it renews as, where the cloud knows it.
    pub(super) renews_as: Option<&'static str>,
    /// What it is to cost from the next renewal on.
    pub(super) new_price: Option<NewPrice>,
    /// Until when access goes on although nothing was paid.
    pub(super) grace_until_ms: Option<i64>,
    /// When a pause ends.
    pub(super) resumes_ms: Option<i64>,
}

/// A price that is to change, and whether the store waits for a yes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct NewPrice {
    pub(super) micros: i64,
    pub(super) consent: PriceConsent,
}

/// In the words of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum PriceConsent {
    Needed,
    Given,
    NotNeeded,
}

impl Standing {
    pub(super) fn is_paid(&self) -> bool {
        matches!(self.phase, "active" | "grace")
    }
}

/// Why there is no word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum NoAnswer {
    /// Or one of another app.
    NoSuchTransaction,
    /// Unreachable, refusing, or saying what does not prove itself.
    Unavailable,
}

/// What the store knows of a transaction id or purchase token.
pub(super) fn claim(world: &mut World, shop: Shop, id: &str) -> Result<Claim, NoAnswer> {
    match shop {
        Shop::AppStore => store_client::claim(world, id),
        Shop::Play => play_client::claim(world, id),
    }
}

/// How a subscription stands.
pub(super) fn standing(world: &mut World, shop: Shop, original: &str) -> Result<Standing, NoAnswer> {
    match shop {
        Shop::AppStore => store_client::standing(world, original),
        Shop::Play => play_client::standing(world, original),
    }
}

/// Has the store give the money of the newest period back and end it at once. The App Store gives back on nobody's word but
/// its customer's.
pub(super) fn give_back(world: &mut World, shop: Shop, original: &str) -> Result<(), NoAnswer> {
    match shop {
        Shop::AppStore => Err(NoAnswer::NoSuchTransaction),
        Shop::Play => play_client::revoke(world, original),
    }
}

/// Tells the store that what was paid has been given.
pub(super) fn finish(world: &mut World, due: &FinishDue) -> Result<(), NoAnswer> {
    match due.shop {
        Shop::AppStore => store_client::finish(world, due),
        Shop::Play => play_client::acknowledge(world, due),
    }
}
