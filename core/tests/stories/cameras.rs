//! Cameras and their trials: what may be selected, what is refused with its remedy, and thirty days that cost nothing.

use crate::phone::{Phone, buy, select, settle};
use crate::world::World;
use serde_json::json;
use tapo_care::error::UserAction;
use tapo_care::id::StoreKind;
use tapo_care::money::Money;

// Rules: R18 (core), R20 (core, cloud)
both_stores!(a_wrong_selection_is_refused_with_its_remedy_and_changes_nothing);
async fn a_wrong_selection_is_refused_with_its_remedy_and_changes_nothing(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    buy(&care, "tapo-1-monthly").await;
    settle(&care).await;
    let cases: [(&[&str], &str, UserAction); 5] = [
        (
            &["cam_porch", "cam_garden"],
            "over_capacity",
            UserAction::ChangeSelection,
        ),
        (&["cam_of_ben"], "unknown_camera", UserAction::ChangeSelection),
        (&["cam_nursery"], "camera_blocked", UserAction::UpdateFirmware),
        (&["cam_shed"], "camera_blocked", UserAction::CheckInternet),
        (&[], "empty_selection", UserAction::ChangeSelection),
    ];
    for (cameras, name, action) in cases {
        let refused = select(&care, cameras).await.unwrap_err();
        let problem = refused.problem();
        assert_eq!(
            (problem.name.as_str(), &problem.user_action),
            (name, &action),
            "{cameras:?}"
        );
        assert_eq!(problem.money, Money::NotCharged);
        settle(&care).await;
        assert!(care.snapshot().subscriptions[0].cameras.is_empty(), "{cameras:?}");
    }
}

// Rules: R18
#[tokio::test]
async fn a_camera_that_goes_offline_may_stay_on_its_plan() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    let care = phone.open_as("anna").await;
    buy(&care, "tapo-3-monthly").await;
    settle(&care).await;
    select(&care, &["cam_porch"]).await.unwrap();
    world.post("cameras/cam_porch", json!({ "online": false })).await;
    select(&care, &["cam_porch", "cam_garden"]).await.unwrap();
    assert_eq!(care.snapshot().subscriptions[0].cameras.len(), 2);
}

// Rules: R18
both_stores!(with_no_camera_to_select_the_picker_says_what_to_look_at);
async fn with_no_camera_to_select_the_picker_says_what_to_look_at(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("cara").await;
    buy(&care, "tapo-3-monthly").await;
    settle(&care).await;
    let picker = care.snapshot().picker.unwrap();
    assert_eq!(
        (picker.cameras.len(), picker.help.key.as_str()),
        (0, "dont-see-your-camera")
    );
}

// Rules: T1 (core, cloud)
#[tokio::test]
async fn a_cameras_trial_lasts_thirty_days_costs_nothing_ends_by_itself_and_comes_once() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    let trial = |name: &str| {
        let snapshot = care.snapshot();
        snapshot
            .cameras
            .into_iter()
            .find(|camera| camera.name == name)
            .unwrap()
            .trial
    };
    assert!(trial("Porch").can_start);
    care.start_trial("cam_porch".into()).await.unwrap();
    assert_eq!(
        (trial("Porch").state.as_str(), trial("Porch").days_left),
        ("active", Some(30))
    );
    care.start_trial("cam_porch".into()).await.unwrap();
    assert!(trial("Garden").can_start, "per camera");
    world.advance("29d").await;
    settle(&care).await;
    assert_eq!(trial("Porch").days_left, Some(1));
    world.advance("2d").await;
    settle(&care).await;
    assert_eq!(
        (trial("Porch").state.as_str(), trial("Porch").can_start),
        ("used", false)
    );
    let again = care.start_trial("cam_porch".into()).await.unwrap_err();
    assert_eq!(again.problem().name, "trial_used");
    assert_eq!(world.ledger().await.counts(), (0, 0, 0));
}
