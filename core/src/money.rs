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

impl Price {
    /// For a sentence where there is no string of the store's: amount and currency, such as `6.99 USD`. Currencies without
    /// a smaller unit have no fraction.
    pub fn plain(&self) -> String {
        const UNIT: i64 = 1_000_000;
        let (units, rest) = (self.micros / UNIT, self.micros % UNIT);
        match (self.currency.as_str(), rest / 10_000) {
            ("JPY" | "KRW" | "VND" | "CLP", _) => format!("{units} {}", self.currency),
            (_, cents) => format!("{units}.{:02} {}", cents.abs(), self.currency),
        }
    }
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
