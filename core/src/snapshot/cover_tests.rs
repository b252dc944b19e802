//! Cover as a rule, over accounts nobody thought of: covered exactly where something that has access now is for the camera.

use super::*;
use crate::account::held::{AccountView, Believed};
use crate::account::{
    AccountState, Channel, Covers, FreePlan, FreePlanState, Origin, Phase, Service, Subscription, TrialState,
};
use crate::camera::Kept;
use crate::catalogue::PortalWords;
use crate::time::{Timestamp, TrustedTime};
use proptest::prelude::*;
use std::collections::BTreeMap;

const DAY_MS: i64 = 86_400_000;
const CAMERAS: [&str; 4] = ["cam_porch", "cam_garden", "cam_nursery", "cam_shed"];

fn plan() -> impl Strategy<Value = Subscription> {
    let phase = prop_oneof![
        Just(Phase::Active),
        Just(Phase::Grace),
        Just(Phase::Retry),
        Just(Phase::Paused),
        Just(Phase::Pending),
        Just(Phase::Expired),
        Just(Phase::Refunded),
        Just(Phase::Unknown("new".into())),
    ];
    let channel = prop_oneof![
        Just(Channel::AppStore),
        Just(Channel::Play),
        Just(Channel::Web),
        Just(Channel::Code),
        Just(Channel::Unknown("kiosk".into())),
    ];
    let service = prop_oneof![
        Just(Service::TapoCare),
        Just(Service::KasaCare),
        Just(Service::KasaLegacy)
    ];
    let origin = prop_oneof![Just(Origin::Current), Just(Origin::KasaAppBeforeDec2022)];
    let on = proptest::sample::subsequence(CAMERAS.to_vec(), 0..=3);
    let reach = (any::<bool>(), 1_u32..6);
    (
        phase,
        channel,
        service,
        origin,
        on,
        reach,
        proptest::option::of(0_i64..12),
        any::<bool>(),
    )
        .prop_map(
            |(phase, channel, service, origin, on, (account, capacity), ends, renews)| {
                let mut plan = samples::subscription("sub_0", channel);
                (plan.phase, plan.service, plan.origin, plan.will_renew) = (phase, service, origin, renews);
                plan.covers = if account { Covers::Account } else { Covers::Cameras };
                plan.plan.capacity = capacity.max(u32::try_from(on.len()).unwrap_or(u32::MAX));
                plan.cameras = on.into_iter().map(Into::into).collect();
                plan.ends_at = ends.map(|day| Timestamp(day * DAY_MS));
                plan
            },
        )
}

fn account() -> impl Strategy<Value = AccountState> {
    let trial = prop_oneof![
        Just(TrialState::Eligible),
        Just(TrialState::Active),
        Just(TrialState::Paused),
        Just(TrialState::Used),
        Just(TrialState::NotOffered),
        Just(TrialState::Unknown("new".into())),
    ];
    let free = prop_oneof![
        Just(FreePlanState::Active),
        Just(FreePlanState::Ended),
        Just(FreePlanState::NotForModel),
        Just(FreePlanState::Unknown("new".into())),
    ];
    let camera = (
        trial,
        0_i64..12,
        proptest::option::of((free, proptest::option::of(0_i64..12))),
    );
    let cameras = proptest::collection::vec(camera, CAMERAS.len());
    (proptest::collection::vec(plan(), 0..4), cameras).prop_map(|(plans, cameras)| {
        let mut state = samples::account();
        for (nth, mut plan) in plans.into_iter().enumerate() {
            plan.id = format!("sub_{nth}").as_str().into();
            state.subscriptions.push(plan);
        }
        for (camera, (trial, ends, free)) in state.cameras.iter_mut().zip(cameras) {
            (camera.trial.state, camera.trial.ends_at) = (trial, Some(Timestamp(ends * DAY_MS)));
            camera.free_plan = free.map(|(state, ends)| FreePlan {
                state,
                history_h: Some(12),
                ends_at: ends.map(|day| Timestamp(day * DAY_MS)),
            });
        }
        state
    })
}

/// The rule in its own words, written apart from the code that is tried.
fn is_covered(state: &AccountState, camera: &crate::account::Camera, lease: i64, now: i64) -> bool {
    let in_force = |end: Option<Timestamp>| now < lease && end.is_none_or(|end| now < end.0);
    let by_plan = state.subscriptions.iter().any(|plan| {
        let account_wide = plan.covers == Covers::Account && state.cameras.len() <= plan.plan.capacity as usize;
        let for_it = account_wide || plan.cameras.contains(&camera.id);
        let until = plan.ends_at.filter(|_| !plan.will_renew);
        match plan.phase {
            Phase::Active => for_it && in_force(until),
            Phase::Grace => for_it && in_force(None),
            _ => false,
        }
    });
    let by_trial = camera.trial.state == TrialState::Active && in_force(camera.trial.ends_at);
    let free = camera.free_plan.as_ref();
    let by_free_plan = free.is_some_and(|free| free.state == FreePlanState::Active && in_force(free.ends_at));
    by_plan || by_trial || by_free_plan
}

proptest! {
    // Rules: R17, R20, R38, R80, T1, X10
    #[test]
    fn a_camera_is_covered_exactly_while_something_with_access_is_for_it(
        state in account(), lease in 0_i64..12, now in proptest::option::of(0_i64..12), fresh in any::<bool>(),
    ) {
        let view = AccountView {
            account: Some(state.account.clone()),
            believed: Some(Believed {
                state: state.clone().into(),
                as_of: Timestamp(0),
                lease_until: Timestamp(lease * DAY_MS),
            }),
            answered: fresh,
        };
        let snapshot = project(&Known {
            account: &view,
            purchases: &BTreeMap::new(),
            portal: &PortalWords::default(),
            kept: &Kept::default(),
            now: now.map(|day| TrustedTime::vouched(Timestamp(day * DAY_MS))),
            clock_suspect: false,
            utc_offset_s: 0,
        });
        for (camera, row) in state.cameras.iter().zip(&snapshot.cameras) {
            let covered = now.is_some_and(|day| is_covered(&state, camera, lease * DAY_MS, day * DAY_MS));
            prop_assert_eq!(row.cover == Cover::Covered, covered, "{}: {:?}", row.name, row.why);
            let by: Vec<_> = row.why.iter().filter(|why| why.cover == Cover::Covered).collect();
            prop_assert_eq!(by.is_empty(), !covered);
            prop_assert!(!row.why.is_empty() && row.why.iter().all(|why| (why.cover == Cover::Covered) == why.why_not.is_none()));
            prop_assert!(explain(&snapshot, &row.id).is_some_and(|said| said.sentences.len() > 1));
            prop_assert!(fresh || !row.trial.can_start, "offline nothing is offered");
        }
        let of_plans = snapshot.subscriptions.iter().flat_map(|plan| &plan.actions);
        let of_cameras = snapshot.cameras.iter().flat_map(|camera| &camera.actions);
        for action in of_plans.chain(of_cameras) {
            prop_assert_eq!(action.allowed, action.reason.is_none(), "{:?}", action);
        }
        if let Some(picker) = &snapshot.picker {
            prop_assert!(picker.proposed.len() <= picker.capacity as usize);
        }
        for plan in &snapshot.subscriptions {
            prop_assert!(plan.cameras.len() <= plan.capacity as usize);
        }
        let banners: Vec<_> = snapshot.banners.iter().map(|banner| &banner.camera).collect();
        let once: std::collections::BTreeSet<_> = banners.iter().collect();
        prop_assert_eq!(once.len(), banners.len(), "one banner for each camera");
    }
}
