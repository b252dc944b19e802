//! The picker in the hands of one user, of two, and over cameras that come and go.

use super::*;
use crate::account::{BlockReason, Blocked, Channel};
use crate::snapshot::samples;

fn ids(names: &[&str]) -> Vec<CameraId> {
    names.iter().map(|name| CameraId::from(*name)).collect()
}

/// Porch and Garden are good, Nursery has old firmware, Shed is offline, Hall is good.
fn state(on_plan: &[&str], revision: u64) -> AccountState {
    let mut state = samples::account();
    state.cameras.push(samples::camera("cam_hall", "Hall"));
    let mut plan = samples::subscription("sub_1", Channel::AppStore);
    (plan.cameras, plan.cameras_revision) = (ids(on_plan), revision);
    state.subscriptions.push(plan);
    state
}

fn draft(base: &[&str], ticks: &[&str], based_on: u64) -> Draft {
    Draft {
        subscription: "sub_1".into(),
        reason: PickerReason::ChangedElsewhere,
        base: ids(base),
        based_on,
        ticks: ids(ticks),
    }
}

fn keeping(draft: Draft) -> Kept {
    let mut kept = Kept::default();
    kept.open_picker(draft);
    kept
}

// Rules: R16
#[test]
fn it_opens_for_a_plan_that_never_had_a_selection_and_says_for_how_many() {
    let picker = open(&state(&[], 0), &[], &Kept::default()).unwrap();
    assert_eq!(picker.reason, PickerReason::FirstSelection);
    assert_eq!((picker.capacity, picker.title.as_str()), (3, "Tapo Care · 3 cameras"));
    assert_eq!(picker.message.key, "picker-choose");
    assert_eq!(open(&state(&["cam_porch"], 1), &[], &Kept::default()), None);
}

// Rules: R16, R18
#[test]
fn cameras_named_at_purchase_that_could_not_be_added_bring_it_back_until_the_user_chooses_or_closes_it() {
    let named = [Named {
        subscription: "sub_1".into(),
        cameras: ids(&["cam_porch", "cam_nursery"]),
    }];
    let mut state = state(&["cam_porch"], 1);
    let picker = open(&state, &named, &Kept::default()).unwrap();
    assert_eq!(picker.reason, PickerReason::NotAllAdded);
    assert_eq!(
        (picker.proposed, picker.left_out),
        (ids(&["cam_porch"]), ids(&["cam_nursery"]))
    );
    let nursery = picker.cameras.iter().find(|camera| camera.name == "Nursery").unwrap();
    assert_eq!(
        (nursery.selectable, &nursery.remedy),
        (false, &UserAction::UpdateFirmware)
    );

    state.cameras[2].blocked = None;
    let updated = open(&state, &named, &Kept::default()).unwrap();
    assert_eq!(
        updated.proposed,
        ids(&["cam_porch", "cam_nursery"]),
        "its firmware is new: it is ticked"
    );
    state.cameras[2].name = "Children".into();
    let renamed = open(&state, &named, &Kept::default()).unwrap();
    assert!(
        renamed
            .cameras
            .iter()
            .any(|camera| camera.name == "Children" && camera.proposed)
    );

    let mut closed = Kept::default();
    closed.close_picker(&"sub_1".into(), 1);
    assert_eq!(open(&state, &named, &closed), None);
    state.subscriptions[0].cameras_revision = 2;
    assert_eq!(
        open(&state, &named, &Kept::default()),
        None,
        "the user has chosen since"
    );
    state.subscriptions[0].cameras_revision = 1;
    state.cameras.remove(2);
    assert_eq!(
        open(&state, &named, &Kept::default()),
        None,
        "it belongs to somebody else now"
    );
}

// Rules: R19, R20
#[test]
fn a_choice_made_elsewhere_meanwhile_is_merged_with_this_one() {
    // Both phones saw Porch. Here Garden was added; there Porch was taken off and Hall added.
    let state = state(&["cam_hall"], 2);
    let kept = keeping(draft(&["cam_porch"], &["cam_porch", "cam_garden"], 1));
    let picker = open(&state, &[], &kept).unwrap();
    assert_eq!(picker.reason, PickerReason::ChangedElsewhere);
    assert_eq!(picker.selected, ids(&["cam_hall"]));
    assert_eq!(picker.proposed, ids(&["cam_hall", "cam_garden"]));
    assert_eq!(picker.message.key, "picker-changed-elsewhere");
}

// Rules: R20
#[test]
fn what_does_not_fit_any_more_is_left_out_and_named() {
    let mut state = state(&["cam_hall"], 2);
    state.subscriptions[0].plan.capacity = 1;
    let picker = open(&state, &[], &keeping(draft(&[], &["cam_garden"], 0))).unwrap();
    assert_eq!(
        (picker.proposed, picker.left_out),
        (ids(&["cam_hall"]), ids(&["cam_garden"]))
    );
    assert_eq!(picker.message.key, "picker-changed-and-left-out");
}

#[test]
fn a_choice_whose_answer_was_lost_and_that_holds_closes_it() {
    let state = state(&["cam_garden", "cam_porch"], 2);
    assert_eq!(
        open(&state, &[], &keeping(draft(&[], &["cam_porch", "cam_garden"], 1))),
        None
    );
}

#[test]
fn it_closes_with_the_access_of_its_plan() {
    let mut state = state(&["cam_hall"], 2);
    let kept = keeping(draft(&[], &["cam_garden"], 1));
    state.subscriptions[0].phase = crate::account::Phase::Retry;
    assert_eq!(open(&state, &[], &kept), None);
    state.subscriptions[0].phase = crate::account::Phase::Active;
    assert!(open(&state, &[], &kept).is_some(), "and is back with it");
}

// Rules: R38
#[test]
fn a_plan_for_the_whole_account_has_none() {
    let mut state = state(&[], 0);
    state.subscriptions[0].covers = Covers::Account;
    assert_eq!(open(&state, &[], &Kept::default()), None);
}

mod races {
    use super::*;
    use proptest::prelude::*;

    const ALL: [&str; 6] = [
        "cam_porch",
        "cam_garden",
        "cam_nursery",
        "cam_shed",
        "cam_hall",
        "cam_gone",
    ];

    fn some_cameras() -> impl Strategy<Value = Vec<CameraId>> {
        proptest::sample::subsequence(ALL.to_vec(), 0..=ALL.len()).prop_map(|names| ids(&names))
    }

    proptest! {
        // Rules: R18, R20
        #[test]
        fn a_merged_proposal_never_exceeds_the_plan_adds_nothing_blocked_and_loses_nothing_silently(
            base in some_cameras(), mine in some_cameras(), theirs in some_cameras(), capacity in 0_u32..5,
            blocked in some_cameras(),
        ) {
            let on_plan: Vec<&str> = theirs.iter().map(CameraId::as_str).filter(|id| *id != "cam_gone").collect();
            let mut state = state(&on_plan, 2);
            state.subscriptions[0].plan.capacity = capacity;
            for camera in state.cameras.iter_mut().filter(|camera| blocked.contains(&camera.id)) {
                camera.blocked = Some(Blocked { reason: BlockReason::Offline, firmware_needed: None });
            }
            let draft = Draft { base, ticks: mine.clone(), ..draft(&[], &[], 1) };
            let plan = &state.subscriptions[0];
            let (proposed, left_out) = merged(&state, plan, &draft);
            prop_assert!(proposed.len() <= capacity as usize);
            for id in &proposed {
                let camera = state.camera(id);
                prop_assert!(camera.is_some(), "a camera of somebody else is proposed");
                let may_stay = plan.cameras.contains(id);
                prop_assert!(may_stay || camera.is_some_and(|camera| camera.blocked.is_none()));
            }
            for id in &mine {
                let kept = proposed.contains(id) || left_out.contains(id);
                let theirs_to_say = draft.base.contains(id) || plan.cameras.contains(id);
                prop_assert!(kept || theirs_to_say, "{} was dropped without a word", id);
            }
        }
    }
}
