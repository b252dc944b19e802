//! Billing periods: ISO 8601, as stores and cloud write them.

use crate::time::Timestamp;
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

    /// When it is over that begins then, in UTC: the same day of a later month, or that month's last. `None` past year 9999.
    pub fn after(self, begin: Timestamp) -> Option<Timestamp> {
        let count = i64::from(self.count);
        match self.unit {
            PeriodUnit::Day => begin.plus_days(count),
            PeriodUnit::Week => begin.plus_days(count.checked_mul(7)?),
            PeriodUnit::Month => begin.plus_months(count),
            PeriodUnit::Year => begin.plus_months(count.checked_mul(12)?),
        }
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
    fn a_month_ends_on_the_same_day_of_the_next_or_on_its_last() {
        let after = |period: &str, begin: &str| {
            let end = Period::parse(period).unwrap().after(Timestamp::parse(begin).unwrap());
            end.map(Timestamp::rfc3339)
        };
        for (period, begin, end) in [
            ("P1M", "2026-01-05T09:00:00Z", "2026-02-05T09:00:00Z"),
            ("P1M", "2026-01-31T23:59:59Z", "2026-02-28T23:59:59Z"),
            ("P1M", "2027-12-31T00:00:00Z", "2028-01-31T00:00:00Z"),
            ("P1Y", "2028-02-29T12:00:00Z", "2029-02-28T12:00:00Z"),
            ("P14M", "2026-11-30T00:00:00Z", "2028-01-30T00:00:00Z"),
            ("P2W", "2026-02-20T00:00:00Z", "2026-03-06T00:00:00Z"),
            ("P3D", "2026-12-30T00:00:00Z", "2027-01-02T00:00:00Z"),
        ] {
            assert_eq!(after(period, begin).as_deref(), Some(end), "{begin} + {period}");
        }
        assert_eq!(after("P4294967295Y", "2026-01-05T09:00:00Z"), None);
        assert_eq!(after("P4294967295D", "2026-01-05T09:00:00Z"), None);
    }

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
