//! Points in time, and what the core believes the time to be when a phone's clock cannot be believed.
//!
//! A [`Timestamp`] is data. A [`TrustedTime`] is *now*, and only [`Anchor::now`] makes one: the last time the cloud
//! signed, carried forward by the clock that runs while the phone sleeps. Rolling the wall clock back therefore
//! extends nothing (U12), and where nothing can be said the answer is `None`, never a guess.

pub(crate) mod trusted;

use crate::planted;
use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime, UtcOffset};

/// Five minutes: how far a wall clock may be off before anybody is told.
const SUSPECT_MS: i64 = 5 * 60 * 1000;
const NANOS_IN_MS: i128 = 1_000_000;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This point moved by `ms` milliseconds, saturating.
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// This point so many days later; `None` past year 9999.
    pub(crate) fn plus_days(self, days: i64) -> Option<Self> {
        const DAY_MS: i64 = 24 * 60 * 60 * 1000;
        let later = self.0.checked_add(days.checked_mul(DAY_MS)?).map(Self)?;
        later.utc().map(|_| later)
    }

    /// The same day and time so many months later, or the last day of that month, in UTC; `None` past year 9999.
    pub(crate) fn plus_months(self, months: i64) -> Option<Self> {
        let time = self.utc()?;
        let month = i64::from(time.year()) * 12 + i64::from(u8::from(time.month())) - 1 + months;
        let (year, month) = (
            i32::try_from(month.div_euclid(12)).ok()?,
            u8::try_from(month.rem_euclid(12) + 1).ok()?,
        );
        let month = Month::try_from(month).ok()?;
        let day = time.day().min(month.length(year));
        let later = time.replace_date(Date::from_calendar_date(year, month, day).ok()?);
        let ms = later.unix_timestamp_nanos().div_euclid(NANOS_IN_MS);
        i64::try_from(ms).ok().map(Self)
    }

    /// Milliseconds from `earlier` to this point; negative if `earlier` is later.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// RFC 3339 in UTC; the milliseconds themselves where the year does not fit.
    pub fn rfc3339(self) -> String {
        let written = self.utc().and_then(|time| time.format(&Rfc3339).ok());
        written.unwrap_or_else(|| self.0.to_string())
    }

    /// Reads RFC 3339.
    ///
    /// # Errors
    /// The text is no RFC 3339 time.
    pub fn parse(text: &str) -> Result<Self, NotATime> {
        let time = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| NotATime)?;
        let ms = time.unix_timestamp_nanos().div_euclid(NANOS_IN_MS);
        i64::try_from(ms).map(Self).map_err(|_| NotATime)
    }

    /// The calendar date at `utc_offset_s` seconds east of UTC, as (year, month, day).
    pub fn date_at(self, utc_offset_s: i32) -> Option<(i32, u8, u8)> {
        let offset = UtcOffset::from_whole_seconds(utc_offset_s).ok()?;
        let (year, month, day) = self.utc()?.checked_to_offset(offset)?.to_calendar_date();
        Some((year, month.into(), day))
    }

    fn utc(self) -> Option<OffsetDateTime> {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * NANOS_IN_MS).ok()
    }
}

/// A text that is no RFC 3339 time. It does not repeat the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 time")]
pub struct NotATime;

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.rfc3339())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// What the shell's clock reads in one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockReading {
    /// The wall clock: milliseconds since the epoch, as the user set it.
    pub wall: Timestamp,
    /// The user's offset from UTC, in seconds east.
    pub utc_offset_s: i32,
    /// Milliseconds since the device started, including sleep.
    pub elapsed_ms: i64,
    /// Changes with every start of the device.
    pub boot_id: String,
}

/// The current time as far as it can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TrustedTime(Timestamp);

impl TrustedTime {
    /// A time somebody vouches for: a test, or a support engineer asking "what was true then?".
    pub fn vouched(at: Timestamp) -> Self {
        Self(at)
    }

    /// The point in time itself.
    pub fn timestamp(self) -> Timestamp {
        self.0
    }
}

/// The high-water mark of trusted time: where the cloud, or a later reading, put it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The last trusted time.
    pub mark: Timestamp,
    /// The device's elapsed clock at the mark, in milliseconds.
    pub elapsed_ms: i64,
    /// The boot in which it was set.
    pub boot_id: String,
}

impl Anchor {
    /// A fresh signed answer sets the mark, up or down.
    pub fn from_server(server: Timestamp, clock: &ClockReading) -> Self {
        Self {
            mark: server,
            elapsed_ms: clock.elapsed_ms,
            boot_id: clock.boot_id.clone(),
        }
    }

    /// Trusted time now. Within a boot: mark + elapsed. After a reboot: the wall clock where it is at or past the mark.
    pub fn now(&self, clock: &ClockReading) -> Option<TrustedTime> {
        if planted::is("wall_clock_trusted") {
            return Some(TrustedTime(clock.wall));
        }
        if self.boot_id == clock.boot_id {
            let passed = clock.elapsed_ms.saturating_sub(self.elapsed_ms);
            return (passed >= 0).then(|| TrustedTime(self.mark.plus_ms(passed)));
        }
        (clock.wall >= self.mark).then_some(TrustedTime(clock.wall))
    }

    /// The mark carried to `now`, so that what was reached is never un-reached by a later reboot.
    pub fn advanced(&self, clock: &ClockReading) -> Self {
        self.now(clock)
            .map_or_else(|| self.clone(), |now| Self::from_server(now.timestamp(), clock))
    }

    /// Whether the wall clock contradicts trusted time by more than a small correction.
    pub fn suspects(&self, clock: &ClockReading) -> bool {
        match self.now(clock) {
            Some(now) => clock.wall.since(now.timestamp()).abs() > SUSPECT_MS,
            None => true,
        }
    }
}

/// Whole days left until `end`, in units of 24 h rounded up (U12); zero once it has passed.
pub fn days_left(now: TrustedTime, end: Timestamp) -> u32 {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let left = end.since(now.timestamp()).max(0);
    u32::try_from(left.saturating_add(DAY_MS - 1) / DAY_MS).unwrap_or(u32::MAX)
}

/// Whether `end` falls on today's date at the user's offset: "Ends today" wins over "1 day left" (U12).
pub fn ends_today(now: TrustedTime, end: Timestamp, utc_offset_s: i32) -> bool {
    end >= now.timestamp() && end.date_at(utc_offset_s) == now.timestamp().date_at(utc_offset_s)
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(wall: i64, elapsed_ms: i64, boot: &str) -> ClockReading {
        ClockReading {
            wall: Timestamp(wall),
            utc_offset_s: 0,
            elapsed_ms,
            boot_id: boot.into(),
        }
    }

    const HOUR: i64 = 3_600_000;

    #[test]
    fn a_rolled_back_wall_clock_does_not_turn_trusted_time_back() {
        let anchor = Anchor::from_server(Timestamp(100 * HOUR), &reading(100 * HOUR, HOUR, "a"));
        let later = reading(2 * HOUR, 3 * HOUR, "a");
        assert_eq!(anchor.now(&later), Some(TrustedTime(Timestamp(102 * HOUR))));
        assert!(anchor.suspects(&later));
    }

    #[test]
    fn after_a_reboot_a_wall_clock_before_the_mark_says_nothing() {
        let anchor = Anchor::from_server(Timestamp(100 * HOUR), &reading(100 * HOUR, HOUR, "a"));
        assert_eq!(anchor.now(&reading(99 * HOUR, 0, "b")), None);
        assert_eq!(
            anchor.now(&reading(101 * HOUR, 0, "b")),
            Some(TrustedTime(Timestamp(101 * HOUR)))
        );
    }

    #[test]
    fn a_small_correction_of_the_wall_clock_is_not_suspect() {
        let anchor = Anchor::from_server(Timestamp(100 * HOUR), &reading(100 * HOUR, HOUR, "a"));
        assert!(!anchor.suspects(&reading(100 * HOUR + 30_000, HOUR, "a")));
    }

    #[test]
    fn days_left_are_rounded_up_and_today_is_said_at_the_users_offset() {
        let now = TrustedTime(Timestamp::parse("2026-03-28T23:30:00Z").unwrap());
        let end = Timestamp::parse("2026-03-29T00:30:00Z").unwrap();
        assert_eq!(days_left(now, end), 1);
        assert!(!ends_today(now, end, 0));
        assert!(ends_today(now, end, 2 * 3600));
        assert_eq!(days_left(now, end.plus_ms(24 * HOUR)), 2);
        assert_eq!(days_left(now, now.timestamp().plus_ms(-1)), 0);
    }
}
