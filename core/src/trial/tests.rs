//! A camera's trial on the screen: its states, its days, its words.

use super::*;
use crate::snapshot::samples;

const DAY_MS: i64 = 86_400_000;

fn running(ends_at: i64) -> Camera {
    let mut camera = samples::camera("cam_porch", "Porch");
    camera.trial.state = TrialState::Active;
    camera.trial.ends_at = Some(Timestamp(ends_at));
    camera
}

fn seen(covered: bool, now: Option<TrustedTime>) -> Seen {
    Seen {
        covered,
        fresh: true,
        now,
        utc_offset_s: 0,
    }
}

fn at(ms: i64) -> Option<TrustedTime> {
    Some(TrustedTime::vouched(Timestamp(ms)))
}

#[test]
fn a_rest_longer_than_any_calendar_is_shown_and_ends_nothing() {
    let mut camera = samples::camera("cam_porch", "Porch");
    camera.trial.state = TrialState::Paused;
    camera.trial.remaining_s = Some(i64::MAX);
    assert_eq!(row(&camera, seen(true, at(0))).message.key, "trial-paused");
    assert_eq!(row(&running(i64::MAX), seen(false, at(0))).days_left, Some(u32::MAX));
}

// Rules: T1
#[test]
fn a_running_trial_counts_its_days_says_today_and_ends_by_itself() {
    let camera = running(30 * DAY_MS + 1000);
    let first = row(&camera, seen(false, at(1000)));
    assert_eq!(
        (first.days_left, first.message.key.as_str()),
        (Some(30), "trial-active")
    );
    let last = row(&camera, seen(false, at(30 * DAY_MS + 1)));
    assert_eq!((last.ends_today, last.message.key.as_str()), (true, "trial-ends-today"));
    let over = row(&camera, seen(false, at(31 * DAY_MS)));
    assert_eq!(
        (over.state.as_str(), over.can_start, over.message.key.as_str()),
        ("used", false, "trial-over")
    );
}

#[test]
fn an_unknown_time_or_state_never_offers_a_trial_and_never_counts_days() {
    let unknown_time = row(&running(DAY_MS), seen(false, None));
    assert_eq!(
        (unknown_time.days_left, unknown_time.message.key.as_str()),
        (None, "trial-active-until")
    );
    let mut camera = samples::camera("cam_porch", "Porch");
    camera.trial.state = TrialState::Unknown("maybe".into());
    let unknown = row(&camera, seen(false, at(0)));
    assert_eq!((unknown.can_start, unknown.state.as_str()), (false, "unknown"));
}

// Rules: U15
#[test]
fn eligible_not_eligible_unknown_and_offline_are_told_apart_and_only_the_first_is_offered() {
    let camera = samples::camera("cam_porch", "Porch");
    let shown = |camera: &Camera, seen: Seen| {
        let row = row(camera, seen);
        (row.state, row.can_start, row.message.key)
    };
    let told = |state: &str, can_start: bool, key: &str| (state.to_owned(), can_start, key.to_owned());
    let now = seen(false, at(0));
    assert_eq!(shown(&camera, now), told("eligible", true, "trial-eligible"));
    let offline = Seen { fresh: false, ..now };
    assert_eq!(shown(&camera, offline), told("offline", false, "trial-offline"));
    let covered = Seen { covered: true, ..now };
    assert_eq!(shown(&camera, covered), told("not_offered", false, "trial-covered"));
    for (reason, key) in [
        (Some("model_not_supported"), "trial-not-for-model"),
        (Some("region_not_supported"), "trial-not-in-region"),
        (Some("used"), "trial-used"),
        (None, "trial-not-offered"),
    ] {
        let mut camera = camera.clone();
        camera.trial.state = TrialState::NotOffered;
        camera.trial.reason = reason.map(str::to_owned);
        assert_eq!(shown(&camera, now), told("not_offered", false, key));
        assert_eq!(row(&camera, now).reason.as_deref(), reason);
    }
}

// Rules: U13, R66
#[test]
fn a_kept_trial_shows_its_rest_in_whole_days_and_any_length_the_cloud_gives() {
    let mut camera = samples::camera("cam_porch", "Porch");
    camera.trial.length = Period::parse("P14D");
    let fresh = row(&camera, seen(false, at(0)));
    assert_eq!(fresh.message.text_arg("length"), Some("P14D"));
    (camera.trial.state, camera.trial.remaining_s) = (TrialState::Paused, Some(86_400 + 1));
    let kept = row(&camera, seen(true, at(0)));
    assert_eq!((kept.days_left, kept.can_cancel), (Some(2), true));
    assert_eq!(kept.message.key, "trial-paused");
}

// Rules: R68, R76, R80, X4
#[test]
fn a_free_plan_has_words_of_its_own_and_ends_on_its_day() {
    let mut free = FreePlan {
        state: FreePlanState::Active,
        history_h: Some(12),
        ends_at: Some(Timestamp(2 * DAY_MS)),
    };
    let lease = Timestamp(i64::MAX);
    assert_eq!(free_row(&free, at(DAY_MS)).message.key, "free-plan-active-until");
    assert_eq!(free_cover(&free, lease, at(DAY_MS)), Cover::Covered);
    assert_eq!(free_row(&free, at(2 * DAY_MS)).state, "ended");
    assert_eq!(free_cover(&free, lease, at(2 * DAY_MS)), Cover::NotCovered);
    assert_eq!(free_cover(&free, Timestamp(1), at(DAY_MS)), Cover::Unknown);
    free.state = FreePlanState::NotForModel;
    assert_eq!(free_row(&free, at(0)).message.key, "free-plan-none");
    free.state = FreePlanState::Unknown("gift".into());
    assert_eq!(
        (free_row(&free, at(0)).state.as_str(), free_cover(&free, lease, at(0))),
        ("unknown", Cover::Unknown)
    );
}

// Rules: X6, U11, R61
#[test]
fn an_accounts_trial_and_a_cameras_trial_never_share_a_word() {
    let of_account = |state| {
        let trial = AccountTrial {
            state,
            reason: None,
            length: Period::parse("P30D"),
            ends_at: Some(Timestamp(DAY_MS)),
        };
        account_row(&trial, true, at(0)).message.key
    };
    for state in [
        TrialState::Eligible,
        TrialState::Active,
        TrialState::Paused,
        TrialState::Used,
        TrialState::NotOffered,
    ] {
        let mut camera = running(DAY_MS);
        camera.trial.state = state.clone();
        assert_ne!(of_account(state), row(&camera, seen(false, at(0))).message.key);
    }
}

mod any_time {
    use super::*;
    use proptest::prelude::*;

    // The seed of a failure is printed and kept by proptest; `PROPTEST_RNG_SEED` replays it.
    proptest! {
        // Rules: U12
        #[test]
        fn the_days_left_do_not_depend_on_the_zone_round_up_and_never_grow(
            end in -4_000_000_000_000_i64..=4_200_000_000_000,
            before in 0_i64..40 * DAY_MS,
            later in 0_i64..40 * DAY_MS,
            zones in proptest::array::uniform2(-12 * 3600_i32..=14 * 3600),
        ) {
            let camera = running(end);
            let now = at(end - before);
            let at_zone = |zone: i32| row(&camera, Seen { utc_offset_s: zone, ..seen(false, now) });
            let (here, there) = (at_zone(zones[0]), at_zone(zones[1]));
            prop_assert_eq!(here.days_left, there.days_left, "a change of zone or of summer time");
            let days = i64::from(here.days_left.unwrap_or(0));
            prop_assert!(days * DAY_MS >= before && (days - 1) * DAY_MS < before);
            let next = row(&camera, seen(false, at(end - before + later)));
            prop_assert!(next.days_left <= here.days_left);
            let today = Timestamp(end).date_at(zones[0]) == Timestamp(end - before).date_at(zones[0]);
            prop_assert_eq!(here.ends_today, today);
        }

        // Rules: T1, U12
        #[test]
        fn a_trial_covers_only_while_it_runs_inside_the_lease(
            end in 0_i64..60 * DAY_MS, lease in 0_i64..60 * DAY_MS, now in 0_i64..60 * DAY_MS,
        ) {
            let covers = cover(&running(end), Timestamp(lease), at(now));
            let expected = if now >= end {
                Cover::NotCovered
            } else if now >= lease {
                Cover::Unknown
            } else {
                Cover::Covered
            };
            prop_assert_eq!(covers, expected);
        }
    }
}
