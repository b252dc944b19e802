//! Billing periods: ISO 8601, as stores and cloud write them.

use serde::{Deserialize, Serialize};

/// A calendar period such as a month. Never a number of days: months differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many units.
    pub count: u32,
    /// Of what.
    pub unit: PeriodUnit,
}

/// The unit of a [`Period`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodUnit {
    /// Days (`D`).
    Day,
    /// Weeks (`W`).
    Week,
    /// Calendar months (`M`).
    Month,
    /// Calendar years (`Y`).
    Year,
}

impl Period {
    /// Reads `P1M`, `P1Y`, `P30D`, `P2W`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let body = text.strip_prefix('P')?;
        let unit = match body.chars().last()? {
            'D' => PeriodUnit::Day,
            'W' => PeriodUnit::Week,
            'M' => PeriodUnit::Month,
            'Y' => PeriodUnit::Year,
            _ => return None,
        };
        let digits = body.get(..body.len() - 1)?;
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let count = plain.then(|| digits.parse::<u32>().ok())??;
        (count > 0).then_some(Self { count, unit })
    }

    /// The ISO 8601 text.
    pub fn iso8601(self) -> String {
        let unit = match self.unit {
            PeriodUnit::Day => 'D',
            PeriodUnit::Week => 'W',
            PeriodUnit::Month => 'M',
            PeriodUnit::Year => 'Y',
        };
        format!("P{}{unit}", self.count)
    }
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso8601())
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a period such as P1M"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_and_write_the_same_text() {
        for text in ["P1M", "P1Y", "P30D", "P2W"] {
            assert_eq!(Period::parse(text).map(Period::iso8601).as_deref(), Some(text));
        }
        for text in ["", "P", "PM", "P0M", "P-1M", "1M", "P1H", "P1é", "P+1M"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }
}
