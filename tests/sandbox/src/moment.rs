//! Times of the virtual clock: milliseconds inside, RFC 3339 in UTC on the wire, calendar periods as the stores count them.
use jiff::{Span, Timestamp, Zoned, tz::TimeZone};

/// 2026-01-05T09:00:00Z, where every new world starts.
pub(crate) const WORLD_START_MS: i64 = 1_767_603_600_000;
/// 2040-01-01T00:00:00Z, past which no clock is moved: the stores' certificates run out a few years later.
pub(crate) const WORLD_END_MS: i64 = 2_208_988_800_000;
pub(crate) const SECOND_MS: i64 = 1_000;
pub(crate) const MINUTE_MS: i64 = 60 * SECOND_MS;
pub(crate) const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// `2026-01-05T09:00:00Z`, with milliseconds only where there are some.
pub(crate) fn rfc3339(ms: i64) -> String {
    match Timestamp::from_millisecond(ms) {
        Ok(at) if ms % SECOND_MS == 0 => at.to_string(),
        Ok(at) => format!("{at:.3}"),
        Err(_) => String::new(),
    }
}

/// Milliseconds of an RFC 3339 time.
pub(crate) fn parse(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

/// `from` moved by a period (`P1M`, `P31D`, `PT2H`, or `31d`, `2h`, `90m`, `10s`); None for nonsense and for the past.
pub(crate) fn after(from: i64, period: &str) -> Option<i64> {
    let span: Span = period.trim().parse().ok()?;
    let to = utc(from)?.checked_add(span).ok()?.timestamp().as_millisecond();
    (to >= from).then_some(to)
}

/// `anchor` moved by `count` periods at once: 31 January by two months is 31 March, although by one it is 28 February.
pub(crate) fn nth_after(anchor: i64, period: &str, count: i64) -> Option<i64> {
    let span: Span = period.parse().ok()?;
    let span = span.checked_mul(count).ok()?;
    Some(utc(anchor)?.checked_add(span).ok()?.timestamp().as_millisecond())
}

fn utc(ms: i64) -> Option<Zoned> {
    Some(Timestamp::from_millisecond(ms).ok()?.to_zoned(TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_world_starts_on_the_fifth_of_january_at_nine() {
        assert_eq!(rfc3339(WORLD_START_MS), "2026-01-05T09:00:00Z");
        assert_eq!(rfc3339(WORLD_START_MS + 5), "2026-01-05T09:00:00.005Z");
    }

    #[test]
    fn months_are_calendar_months_counted_from_the_anchor() {
        let anchor = parse("2026-01-31T09:00:00Z").unwrap();
        assert_eq!(rfc3339(nth_after(anchor, "P1M", 1).unwrap()), "2026-02-28T09:00:00Z");
        assert_eq!(rfc3339(nth_after(anchor, "P1M", 2).unwrap()), "2026-03-31T09:00:00Z");
    }

    #[test]
    fn the_clock_reads_both_spellings_of_a_period_and_refuses_the_past() {
        assert_eq!(after(0, "P31D"), Some(31 * DAY_MS));
        assert_eq!(after(0, "31d"), Some(31 * DAY_MS));
        assert_eq!(after(0, "90m"), Some(90 * MINUTE_MS));
        assert_eq!(after(0, "2h"), Some(120 * MINUTE_MS));
        assert_eq!(after(0, "10s"), Some(10_000));
        assert_eq!(after(0, "-P1D"), None);
        assert_eq!(after(0, "soon"), None);
    }
}
