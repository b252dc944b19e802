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

/// Currencies of everyday use that have no minor unit (ISO 4217).
const WITHOUT_MINOR_UNIT: [&str; 8] = ["CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF"];

impl Price {
    /// Number and ISO 4217 code, as in `6.99 USD`: for a plan whose store's string is not at hand. Rounded up.
    pub fn plain(&self) -> String {
        if WITHOUT_MINOR_UNIT.contains(&self.currency.as_str()) {
            let units = self.micros.saturating_add(999_999).div_euclid(1_000_000);
            return format!("{units} {}", self.currency);
        }
        let cents = self.micros.saturating_add(9_999).div_euclid(10_000);
        format!(
            "{}.{:02} {}",
            cents.div_euclid(100),
            cents.rem_euclid(100),
            self.currency
        )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_written_with_the_digits_its_currency_has() {
        let plain = |micros, currency: &str| {
            let currency = currency.to_owned();
            Price { micros, currency }.plain()
        };
        assert_eq!(plain(6_990_000, "USD"), "6.99 USD");
        assert_eq!(plain(100_000_000, "EUR"), "100.00 EUR");
        assert_eq!(plain(9_916_667, "CHF"), "9.92 CHF", "never less than what is billed");
        assert_eq!(plain(700_000_000, "JPY"), "700 JPY");
    }
}
