//! Amounts for logic. What a screen shows is the store's own string, verbatim (U4).

use serde::{Deserialize, Serialize};

/// An amount: millionths of a currency unit, and which currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Millionths of the currency's unit: 6 990 000 is 6.99.
    pub micros: i64,
    /// ISO 4217.
    pub currency: String,
}

/// What happened to the user's money, said by every error and outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Money {
    /// Nothing was taken.
    NotCharged,
    /// It may have been taken; the core finds out and says so.
    MaybeCharged,
    /// It was taken.
    Charged,
}
