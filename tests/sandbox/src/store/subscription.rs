//! A subscription and its transactions, as the store keeps them: facts only, the signed words about them are made on each fetch.
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
    pub(super) expires_ms: i64,
    pub(super) status: Status,
    /// Where the months are counted from, and how many went by.
    pub(super) anchor_ms: i64,
    pub(super) periods: i64,
}

/// Apple's numbers; 3 and 4 are a later issue's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Status {
    Active,
    Expired,
    Revoked,
}

impl Status {
    pub(super) fn number(self) -> u8 {
        match self {
            Status::Active => 1,
            Status::Expired => 2,
            Status::Revoked => 5,
        }
    }
}

impl Line {
    pub(super) fn next_due(&self) -> Option<i64> {
        (self.status == Status::Active).then_some(self.expires_ms)
    }
}
