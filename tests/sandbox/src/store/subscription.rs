//! A subscription and its transactions, as the store keeps them: facts only, the signed words about them are made on each fetch.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One paid period.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Transaction {
    pub(super) id: String,
    pub(super) original: String,
    pub(super) apple_id: String,
    pub(super) product: String,
    /// The tag the app handed to the sheet, lower case.
    pub(super) app_account_token: Option<String>,
    pub(super) purchased_ms: i64,
    pub(super) first_purchased_ms: i64,
    pub(super) expires_ms: i64,
    pub(super) renewal: bool,
    pub(super) upgraded: bool,
    pub(super) revoked_ms: Option<i64>,
    /// How much of the price went back.
    pub(super) given_back_micros: i64,
    pub(super) offer: Option<Offer>,
    /// Free by the introductory offer.
    #[serde(default)]
    pub(super) trial: bool,
    /// Somebody else of the family pays.
    pub(super) family_shared: bool,
    pub(super) finished: bool,
    pub(super) storefront: String,
    pub(super) price_micros: i64,
    pub(super) currency: String,
}

/// A subscription: all periods of one original transaction.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) original: String,
    pub(super) apple_id: String,
    pub(super) group: String,
    /// The newest transaction.
    pub(super) latest: String,
    /// The product of the newest transaction.
    pub(super) product: String,
    /// What it renews as; another product where a smaller plan was chosen.
    pub(super) renews_as: String,
    pub(super) auto_renew: bool,
    /// Whether its payments go through.
    pub(super) pays: bool,
    pub(super) expires_ms: i64,
    pub(super) status: Status,
    /// When grace or billing retry is over.
    pub(super) until_ms: Option<i64>,
    /// Where the months are counted from, and how many went by.
    pub(super) anchor_ms: i64,
    pub(super) periods: i64,
    /// What a period costs, where it is not the product's own price any more.
    pub(super) price_micros: Option<i64>,
    /// What it is to cost from the next renewal on.
    pub(super) new_price: Option<NewPrice>,
    /// When Apple decides whether to give the money back that was asked for.
    pub(super) refund_decided_ms: Option<i64>,
}

/// A price that is to change.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct NewPrice {
    pub(super) micros: i64,
    /// Whether the customer agreed, or was only told. Else the subscription ends instead.
    pub(super) agreed: bool,
}

/// What the store takes less, by Apple's number of the offer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "OfferGiven")]
pub(crate) enum Offer {
    /// For somebody who has or had a plan.
    Promotional = 2,
    /// Redeemed with an offer code.
    Code = 3,
    /// For somebody whose plan lapsed.
    WinBack = 4,
}

impl Offer {
    /// Its name, as it is set up at the store.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Offer::Promotional => "promotional-half",
            Offer::Code => "code-half",
            Offer::WinBack => "win-back-half",
        }
    }
}

/// How a subscription stands at the App Store; Apple has numbers for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "StateAtAppStore")]
pub(crate) enum Status {
    Active,
    Expired,
    /// A renewal was not paid and grace is over: no access, and the store goes on asking.
    Retry,
    /// A renewal was not paid: access goes on for a while.
    Grace,
    Revoked,
}

impl Status {
    pub(super) fn number(self) -> u8 {
        match self {
            Status::Active => 1,
            Status::Expired => 2,
            Status::Retry => 3,
            Status::Grace => 4,
            Status::Revoked => 5,
        }
    }
}

impl Line {
    pub(super) fn next_due(&self) -> Option<i64> {
        let by_itself = match self.status {
            Status::Active => Some(self.expires_ms),
            Status::Grace | Status::Retry => self.until_ms,
            Status::Expired | Status::Revoked => None,
        };
        by_itself.into_iter().chain(self.refund_decided_ms).min()
    }

    /// Not over: it renews, or is to be paid for still.
    pub(super) fn is_alive(&self) -> bool {
        matches!(self.status, Status::Active | Status::Grace | Status::Retry)
    }
}
