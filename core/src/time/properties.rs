//! Trusted time under every setting of a phone: zones, summer time, leap days, 1970 and 2100, jumps, sleep, restarts.

use super::*;
use proptest::prelude::*;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// The longest lease.
const LEASE: i64 = 7 * DAY;

/// What happens to a phone. The person holding it may do all of it but make the elapsed clock lie.
#[derive(Debug, Clone)]
enum Step {
    /// Time passes, asleep or awake: the elapsed clock counts it, the wall clock too.
    Pass(i64),
    /// The wall clock is set to anything.
    Set(i64),
    /// The phone is restarted: the elapsed clock begins again after being off for so long.
    Restart(i64),
    /// The app saves the mark, as it does at suspend and every ten minutes.
    Save,
    /// The app is killed, and opened again from what it saved.
    Kill,
}

/// Times people set a clock to: 1970, 2100, leap days, summer time, a little off, and anything.
fn wall() -> impl Strategy<Value = i64> {
    let landmark = |text: &str| Timestamp::parse(text).map_or(0, |time| time.0);
    prop_oneof![
        Just(0),
        Just(landmark("1999-12-31T23:59:59Z")),
        Just(landmark("2024-02-29T12:00:00Z")),
        Just(landmark("2026-03-29T00:59:59Z")),
        Just(landmark("2026-10-25T01:00:00Z")),
        Just(landmark("2028-02-29T00:00:00Z")),
        Just(landmark("2038-01-19T03:14:08Z")),
        Just(landmark("2100-02-28T23:59:59Z")),
        Just(i64::MIN),
        Just(i64::MAX),
        (-40 * DAY..40 * DAY).prop_map(|off| START + off),
        any::<i64>(),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3 * DAY).prop_map(Step::Pass),
        3 => wall().prop_map(Step::Set),
        2 => (0..3 * DAY).prop_map(Step::Restart),
        2 => Just(Step::Save),
        1 => Just(Step::Kill),
    ]
}

/// 2026-01-05T09:00:00Z.
const START: i64 = 1_767_603_600_000;

/// A phone, the truth beside it, and what the app knows.
struct Phone {
    truth: i64,
    wall: i64,
    elapsed: i64,
    boot: u32,
    anchor: Anchor,
    saved: Anchor,
}

impl Phone {
    /// The cloud has just answered.
    fn answered() -> Self {
        let reading = ClockReading {
            wall: Timestamp(START),
            utc_offset_s: 0,
            elapsed_ms: HOUR,
            boot_id: "0".into(),
        };
        let anchor = Anchor::from_server(Timestamp(START), &reading);
        Self {
            truth: START,
            wall: START,
            elapsed: HOUR,
            boot: 0,
            saved: anchor.clone(),
            anchor,
        }
    }

    fn reading(&self, utc_offset_s: i32) -> ClockReading {
        ClockReading {
            wall: Timestamp(self.wall),
            utc_offset_s,
            elapsed_ms: self.elapsed,
            boot_id: self.boot.to_string(),
        }
    }

    fn now(&self) -> Option<i64> {
        self.anchor.now(&self.reading(0)).map(|now| now.timestamp().0)
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Pass(ms) => {
                self.truth += ms;
                self.elapsed += ms;
                self.wall = self.wall.saturating_add(*ms);
            }
            Step::Set(wall) => self.wall = *wall,
            Step::Restart(off) => {
                self.truth += off;
                self.wall = self.wall.saturating_add(*off);
                self.elapsed = 0;
                self.boot += 1;
                self.anchor = self.saved.clone();
            }
            Step::Save => {
                self.anchor = self.anchor.advanced(&self.reading(0));
                self.saved = self.anchor.clone();
            }
            Step::Kill => self.anchor = self.saved.clone(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn within_one_boot_no_setting_of_the_clock_moves_trusted_time(steps in prop::collection::vec(step(), 1..40)) {
        let mut phone = Phone::answered();
        for step in steps.iter().filter(|step| !matches!(step, Step::Restart(_))) {
            phone.take(step);
            prop_assert_eq!(phone.now(), Some(phone.truth));
        }
    }

    #[test]
    fn over_restarts_trusted_time_never_goes_back_behind_what_was_saved(steps in prop::collection::vec(step(), 1..40)) {
        let mut phone = Phone::answered();
        let mut reached = START;
        for step in &steps {
            phone.take(step);
            if let Some(now) = phone.now() {
                prop_assert!(now >= reached, "{} is before {}", now, reached);
            }
            if matches!(step, Step::Save) {
                reached = reached.max(phone.now().unwrap_or(reached));
            }
        }
    }

    #[test]
    fn the_time_seen_under_one_lease_is_never_longer_than_the_lease(
        steps in prop::collection::vec(step(), 1..60),
    ) {
        // Whoever turns the clock back at each restart sees the same hours again only as far as they were not saved.
        let mut phone = Phone::answered();
        let until = START + LEASE;
        let mut covered = 0;
        for step in &steps {
            let before = phone.now();
            phone.take(step);
            // What was saved counts: suspend saves, and so does every tenth minute.
            phone.take(&Step::Save);
            if let (Some(before), Some(after), Step::Pass(passed)) = (before, phone.now(), step) {
                prop_assert_eq!(after, before.saturating_add(*passed));
                covered += (after.min(until) - before).max(0);
            }
        }
        prop_assert!(covered <= LEASE, "{} ms under a lease of {}", covered, LEASE);
    }

    #[test]
    fn a_clock_that_is_off_by_more_than_five_minutes_is_suspect_and_no_zone_makes_it_so(
        passed in 0..30 * DAY, off in -40 * DAY..40 * DAY, zone in -18 * 3600..18 * 3600,
    ) {
        let mut phone = Phone::answered();
        phone.take(&Step::Pass(passed));
        let home = phone.reading(zone);
        prop_assert!(!phone.anchor.suspects(&home));
        prop_assert_eq!(phone.anchor.now(&home), phone.anchor.now(&phone.reading(0)));
        phone.take(&Step::Set(phone.truth + off));
        prop_assert_eq!(phone.anchor.suspects(&phone.reading(zone)), off.abs() > SUSPECT_MS);
    }

    #[test]
    fn days_left_count_whole_days_in_every_zone_and_over_every_change_of_summer_time(
        now in START - 60 * 365 * DAY..START + 80 * 365 * DAY, left in -3 * DAY..400 * DAY, zone in -18 * 3600..18 * 3600,
    ) {
        let (now, end) = (TrustedTime::vouched(Timestamp(now)), Timestamp(now + left));
        let days = i64::from(days_left(now, end));
        prop_assert!(days * DAY >= left && (days == 0 || (days - 1) * DAY < left), "{} days for {} ms", days, left);
        if ends_today(now, end, zone) {
            prop_assert!((0..DAY).contains(&left), "today is no longer than a day");
            prop_assert_eq!(end.date_at(zone), now.timestamp().date_at(zone));
        }
    }
}

#[test]
fn a_wall_clock_set_to_the_ends_of_time_after_a_restart_is_said_to_be_suspect_and_breaks_nothing() {
    for wall in [i64::MIN, 0, i64::MAX] {
        let mut phone = Phone::answered();
        phone.take(&Step::Restart(0));
        phone.take(&Step::Set(wall));
        let reading = phone.reading(0);
        assert_eq!(phone.anchor.now(&reading).is_none(), wall < START);
        let end = Timestamp(START + DAY);
        assert_eq!(
            phone.anchor.now(&reading).map(|now| days_left(now, end)),
            (wall > START).then_some(0)
        );
        assert!(!Timestamp(wall).rfc3339().is_empty());
    }
}
