//! What CI plays of the simulation: a range of seeds in which nothing goes wrong, one seed twice, and the planted bugs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use care_simulation::{Played, Schedule, play, shrink};
use std::sync::atomic::{AtomicU64, Ordering};

/// How many schedules CI plays, and from which seed; `cargo xtask simulate` plays as many as one likes.
const SCHEDULES: u64 = 2000;
const FIRST_SEED: u64 = 1;

/// Plays on every processor until one fails; the failure with the smallest seed among those seen.
fn first_failure(seeds: std::ops::Range<u64>, planted: Option<&str>) -> Option<(Schedule, Played)> {
    let (next, failure) = (AtomicU64::new(seeds.start), std::sync::Mutex::new(None));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                tapo_care::planted::plant(planted);
                loop {
                    let seed = next.fetch_add(1, Ordering::SeqCst);
                    if seed >= seeds.end {
                        return;
                    }
                    let schedule = Schedule::of_seed(seed);
                    let played = play(&schedule);
                    if played.violation.is_some() {
                        next.store(seeds.end, Ordering::SeqCst);
                        failure.lock().unwrap().get_or_insert((schedule, played));
                    }
                }
            });
        }
    });
    failure.into_inner().unwrap()
}

// Rules: R2, R16, X5, X10, X11, X16
#[test]
fn whatever_happens_money_taken_is_granted_or_given_back_and_told() {
    if let Some((schedule, played)) = first_failure(FIRST_SEED..FIRST_SEED + SCHEDULES, None) {
        let (schedule, played) = shrink(&schedule, played);
        panic!(
            "{}\nagain: cargo xtask simulate --schedules 1 --seed {}",
            played.story.join("\n"),
            schedule.seed
        );
    }
}

#[test]
fn the_same_seed_gives_the_same_run_line_for_line() {
    for seed in 1..=12 {
        let schedule = Schedule::of_seed(seed);
        let (once, again) = (play(&schedule), play(&schedule));
        assert!(once.trace.len() > 50, "seed {seed} tells of something");
        let different = once.trace.iter().zip(&again.trace).find(|(one, other)| one != other);
        assert_eq!((different, once.trace.len()), (None, again.trace.len()), "seed {seed}");
    }
}
