//! Background questions of a million phones: how they spread, and what an outage does to them.

use super::*;
use proptest::prelude::*;

const DAY_MS: i64 = 24 * HOUR_MS;

fn installation(number: u64, world: u64) -> InstallationId {
    InstallationId(format!("{number:08x}-{world:016x}"))
}

fn asked(answered: i64, failed: Option<Failed>) -> Asked {
    Asked {
        answered: Some(Timestamp(answered)),
        failed,
    }
}

/// Every question of one phone between `from` and `to`, by the minute; those in the outage fail. The phone had its last
/// answer in the slot before.
fn questions(id: &InstallationId, from: i64, outage: std::ops::Range<i64>, to: i64, mut ask: impl FnMut(i64)) {
    let mut known = asked(
        next_slot(id, BACKGROUND_PERIOD_MS, Timestamp(from - BACKGROUND_PERIOD_MS)).0,
        None,
    );
    // The slot before `from`, however it lies.
    if known.answered.is_some_and(|at| at.0 >= from) {
        known.answered = known.answered.map(|at| at.plus_ms(-BACKGROUND_PERIOD_MS));
    }
    while let Some(at) = background_at(id, known).filter(|at| at.0 < to) {
        ask(at.0);
        known = if outage.contains(&at.0) {
            Asked {
                failed: Some(Failed::after(known.failed, at)),
                ..known
            }
        } else {
            asked(at.0, None)
        };
    }
}

fn peak_to_mean(phones: u64, world: u64, outage_at: i64) -> f64 {
    let (from, to) = (outage_at, outage_at + HOUR_MS + DAY_MS);
    let mut by_minute = vec![0u64; usize::try_from((to - from) / MINUTE_MS).unwrap()];
    for number in 0..phones {
        questions(&installation(number, world), from, from..from + HOUR_MS, to, |at| {
            by_minute[usize::try_from((at - from) / MINUTE_MS).unwrap()] += 1;
        });
    }
    let mean = by_minute.iter().sum::<u64>() as f64 / by_minute.len() as f64;
    *by_minute.iter().max().unwrap() as f64 / mean
}

proptest! {
    // A million phones take seconds: few cases, each a whole population.
    #![proptest_config(ProptestConfig { cases: 2, ..ProptestConfig::default() })]

    #[test]
    fn a_million_phones_that_lost_the_cloud_for_an_hour_do_not_come_back_together(
        world in any::<u64>(), outage_at in 0..100 * DAY_MS,
    ) {
        let ratio = peak_to_mean(1_000_000, world, outage_at);
        prop_assert!(ratio <= 1.5, "the busiest minute has {ratio:.2} times the mean");
    }
}

proptest! {
    #[test]
    fn a_slot_is_the_installations_own_and_comes_once_in_every_period(
        number in any::<u64>(), world in any::<u64>(), after in -1_000 * DAY_MS..100_000 * DAY_MS,
        period in prop::sample::select(vec![BACKGROUND_PERIOD_MS, RETRY_PERIOD_MS]),
    ) {
        let id = installation(number, world);
        let slot = next_slot(&id, period, Timestamp(after));
        prop_assert!(slot.0 > after && slot.0 - after <= period);
        prop_assert_eq!(next_slot(&id, period, slot.plus_ms(-1)), slot);
        prop_assert_eq!(next_slot(&id, period, slot), slot.plus_ms(period));
    }

    #[test]
    fn a_failed_question_is_tried_once_more_and_then_waits_for_its_regular_slot(
        number in any::<u64>(), at in 0..100_000 * DAY_MS,
    ) {
        let id = installation(number, 7);
        let first = Failed::after(None, Timestamp(at));
        let again = background_at(&id, asked(at - DAY_MS, Some(first))).unwrap();
        prop_assert_eq!(again, next_slot(&id, RETRY_PERIOD_MS, Timestamp(at)));
        prop_assert!(!account_is_due(&id, Occasion::Background, asked(at - DAY_MS, Some(first)), again.plus_ms(-1)));
        let second = Failed::after(Some(first), again);
        let regular = background_at(&id, asked(at - DAY_MS, Some(second))).unwrap();
        prop_assert_eq!(regular, next_slot(&id, BACKGROUND_PERIOD_MS, again));
        // And what fails there is a first failure again.
        prop_assert!(!Failed::after(Some(second), regular).retried);
    }
}

#[test]
fn five_minutes_in_the_foreground_a_day_for_the_catalogue_and_25_hours_in_the_background() {
    let (id, now) = (installation(1, 1), Timestamp(1_000 * DAY_MS));
    let ago = |ms: i64| asked(now.0 - ms, None);
    let due = |asked| account_is_due(&id, Occasion::Foreground, asked, now);
    assert!(!due(ago(0)) && !due(ago(5 * MINUTE_MS - 1)));
    assert!(due(ago(5 * MINUTE_MS)) && due(Asked::default()) && due(ago(-1)));
    assert!(!catalogue_is_due(Some(now.plus_ms(-DAY_MS + 1)), Some(now)));
    assert!(catalogue_is_due(Some(now.plus_ms(-DAY_MS)), Some(now)));
    assert!(catalogue_is_due(None, Some(now)) && catalogue_is_due(Some(now), None));
    let in_background = |asked| account_is_due(&id, Occasion::Background, asked, now);
    assert!(in_background(ago(25 * HOUR_MS)) && in_background(Asked::default()));
    let slot = next_slot(&id, BACKGROUND_PERIOD_MS, now);
    assert!(!in_background(asked(slot.0 - BACKGROUND_PERIOD_MS, None)));
}
