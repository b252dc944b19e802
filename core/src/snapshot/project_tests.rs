//! What a screen shows for what is known.

use super::*;
use crate::account::Channel;
use crate::account::held::Believed;
use crate::snapshot::{Cover, ManageRoute, samples};
use crate::time::Timestamp;

const DAY_MS: i64 = 86_400_000;

fn view(state: AccountState) -> AccountView {
    let account = Some(state.account.clone());
    // The lease ends on day 7.
    let believed = Believed {
        state: state.into(),
        as_of: Timestamp(0),
        lease_until: Timestamp(7 * DAY_MS),
    };
    AccountView {
        account,
        believed: Some(believed),
        answered: true,
    }
}

fn at(day: i64) -> Option<TrustedTime> {
    Some(TrustedTime::vouched(Timestamp(day * DAY_MS)))
}

fn shown(view: &AccountView, now: Option<TrustedTime>) -> Snapshot {
    project(&Known {
        account: view,
        purchases: &BTreeMap::new(),
        portal: &PortalWords::default(),
        kept: &Kept::default(),
        now,
        clock_suspect: false,
        utc_offset_s: 0,
    })
}

fn with_plan(cameras: &[&str], revision: u64) -> AccountState {
    let mut state = samples::account();
    let mut plan = samples::subscription("sub_1", Channel::AppStore);
    plan.cameras = cameras.iter().map(|id| (*id).into()).collect();
    plan.cameras_revision = revision;
    state.subscriptions.push(plan);
    state
}

// Rules: R16, R18
#[test]
fn after_payment_the_picker_comes_with_every_camera_and_its_reason() {
    let snapshot = shown(&view(with_plan(&[], 0)), at(1));
    let picker = snapshot.picker.unwrap();
    assert_eq!((picker.capacity, picker.cameras.len()), (3, 4));
    let nursery = picker.cameras.iter().find(|camera| camera.name == "Nursery").unwrap();
    assert!(!nursery.selectable);
    assert_eq!(
        nursery.blocked.as_ref().map(|why| why.key.as_str()),
        Some("camera-firmware-too-old")
    );
    assert_eq!(picker.help.key, "dont-see-your-camera");
    assert_eq!(shown(&view(with_plan(&["cam_porch"], 1)), at(1)).picker, None);
}

// Rules: R18
#[test]
fn over_an_empty_list_the_picker_still_says_what_to_do() {
    let mut state = with_plan(&[], 0);
    state.cameras.clear();
    let picker = shown(&view(state), at(1)).picker.unwrap();
    assert_eq!(
        (picker.cameras.len(), picker.help.key.as_str()),
        (0, "dont-see-your-camera")
    );
}

// Rules: R17
#[test]
fn the_plan_covers_the_selected_cameras_and_only_them() {
    let snapshot = shown(&view(with_plan(&["cam_porch"], 1)), at(1));
    let covered: Vec<_> = snapshot
        .cameras
        .iter()
        .filter(|camera| camera.cover == Cover::Covered)
        .collect();
    assert_eq!(
        covered.iter().map(|camera| camera.name.as_str()).collect::<Vec<_>>(),
        ["Porch"]
    );
    assert_eq!(covered[0].subscription.as_ref().map(|id| id.as_str()), Some("sub_1"));
}

#[test]
fn with_an_unknown_time_nothing_is_covered_and_nothing_expired() {
    let snapshot = shown(&view(with_plan(&["cam_porch"], 1)), None);
    assert_eq!(snapshot.clock, ClockState::Unknown);
    assert_eq!(
        (snapshot.subscriptions[0].cover, snapshot.cameras[0].cover),
        (Cover::Unknown, Cover::Unknown)
    );
}

// Rules: R1, R10, R11
#[test]
fn a_plan_says_that_it_renews_where_it_was_bought_and_where_to_cancel() {
    let row = shown(&view(with_plan(&[], 1)), at(1)).subscriptions.remove(0);
    assert_eq!((row.channel, row.manage), (Channel::AppStore, ManageRoute::AppStore));
    assert_eq!((row.will_renew, row.terms.key.as_str()), (true, "renews-on"));
}

// Rules: R3, R5, U9
#[test]
fn add_plan_is_there_until_the_slot_is_taken_and_then_names_the_holder() {
    assert!(shown(&view(samples::account()), at(1)).add_plan.available);
    let taken = shown(&view(with_plan(&[], 1)), at(1)).add_plan;
    assert!(!taken.available);
    let reason = taken.reason.unwrap();
    assert_eq!(
        (reason.key.as_str(), reason.text_arg("subscription")),
        ("slot-taken", Some("sub_1"))
    );
    assert!(!shown(&AccountView::default(), at(1)).add_plan.available);
}

// Rules: U15
#[test]
fn what_the_cloud_said_is_fresh_for_five_minutes_and_offers_a_trial_for_25_hours() {
    const MINUTE_MS: i64 = 60_000;
    let told = view(samples::account());
    let seen = |ms| {
        let shown = shown(&told, Some(TrustedTime::vouched(Timestamp(ms))));
        (shown.freshness, shown.cameras[0].trial.can_start)
    };
    assert_eq!(seen(5 * MINUTE_MS - 1), (Freshness::Fresh, true));
    assert_eq!(seen(5 * MINUTE_MS), (Freshness::Stale, true));
    assert_eq!(seen(25 * 60 * MINUTE_MS - 1), (Freshness::Stale, true));
    assert_eq!(seen(25 * 60 * MINUTE_MS), (Freshness::Stale, false));
    // Nobody knows how old it is.
    assert_eq!(shown(&told, None).freshness, Freshness::Stale);
    // Whoever watches is told at those very moments, and of an answer from the cache only when its lease ends.
    let next = |view: &AccountView, ms| view.next_date(Timestamp(ms)).map(|date| date.0);
    assert_eq!(next(&told, 0), Some(5 * MINUTE_MS));
    assert_eq!(next(&told, 5 * MINUTE_MS), Some(25 * 60 * MINUTE_MS));
    let cached = AccountView {
        answered: false,
        ..told.clone()
    };
    assert_eq!(next(&cached, 0), Some(7 * DAY_MS));
}
