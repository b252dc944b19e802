//! No network, a wrong clock, another world, a folder in use: what was known stays, and nothing is bought blindly.

use crate::both::outside;
use crate::phone::{Phone, buy, covers, select, settle, subscribe};
use crate::world::World;
use tapo_care::CareError;
use tapo_care::error::Retry;
use tapo_care::id::StoreKind;
use tapo_care::money::Money;
use tapo_care::snapshot::{ClockState, Cover, Freshness};

async fn phone_with_a_plan(store: StoreKind, world: &World) -> Phone {
    let phone = Phone::at(store, world, "phone");
    let care = phone.open_as("anna").await;
    buy(&care, "tapo-3-monthly").await;
    settle(&care).await;
    select(&care, &["cam_porch"]).await.unwrap();
    care.close().await;
    phone
}

both_stores!(a_new_start_without_network_shows_the_same_plan_until_its_lease_ends);
async fn a_new_start_without_network_shows_the_same_plan_until_its_lease_ends(store: StoreKind) {
    let world = World::new();
    let phone = phone_with_a_plan(store, &world).await;
    phone.wire.cut(true);
    let care = phone.open().await;
    let snapshot = care.snapshot();
    assert_eq!(snapshot.freshness, Freshness::Stale);
    let cover = |snapshot: &tapo_care::Snapshot| snapshot.cameras.iter().map(|camera| camera.cover).collect::<Vec<_>>();
    assert_eq!(cover(&snapshot)[0], Cover::Covered);
    world.advance("6d").await;
    assert_eq!(cover(&care.snapshot())[0], Cover::Covered);
    world.advance("2d").await;
    assert_eq!(
        cover(&care.snapshot())[0],
        Cover::Unknown,
        "past its lease nobody knows"
    );
    phone.wire.cut(false);
    care.refresh().await.unwrap();
    assert_eq!(
        (care.snapshot().freshness, cover(&care.snapshot())[0]),
        (Freshness::Fresh, Cover::Covered)
    );
}

// Rules: R2
both_stores!(without_the_cloud_the_snapshot_stays_and_a_purchase_is_refused_before_the_sheet);
async fn without_the_cloud_the_snapshot_stays_and_a_purchase_is_refused_before_the_sheet(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    let before = covers(&care.snapshot());
    for kind in ["down", "error", "garbage"] {
        world.fault("cloud", kind, 1000).await;
        let refused = subscribe(&care, "tapo-3-monthly").await.unwrap_err();
        assert!(matches!(refused, CareError::TryAgain(_)), "{kind}: {refused:?}");
        assert_eq!(refused.problem().money, Money::NotCharged);
        assert!(matches!(refused.problem().retry, Retry::After(_)));
        settle(&care).await;
        assert_eq!(
            (care.snapshot().freshness, covers(&care.snapshot())),
            (Freshness::Stale, before.clone()),
            "{kind}"
        );
        world.clear_faults().await;
    }
    assert_eq!(*phone.hands.sheets_shown.lock().unwrap(), 0);
    assert_eq!(world.ledger().await.counts(), (0, 0, 0));
}

#[tokio::test]
async fn a_clock_turned_back_extends_nothing_and_after_a_reboot_nothing_is_claimed() {
    let world = World::new();
    let phone = phone_with_a_plan(StoreKind::AppStore, &world).await;
    phone.wire.cut(true);
    let care = phone.open().await;
    world.advance("8d").await;
    *phone.hands.clock.lock().unwrap() = (-20 * 86_400_000, 0);
    let snapshot = care.snapshot();
    assert_eq!(
        (snapshot.clock, snapshot.cameras[0].cover),
        (ClockState::Suspect, Cover::Unknown)
    );
    assert!(snapshot.notices.iter().any(|notice| notice.key == "clock-suspect"));
    care.close().await;
    *phone.hands.clock.lock().unwrap() = (-20 * 86_400_000, 1);
    let care = phone.open().await;
    assert_eq!(
        (care.snapshot().clock, care.snapshot().cameras[0].cover),
        (ClockState::Unknown, Cover::Unknown)
    );
}

both_stores!(a_purchase_signed_in_another_world_is_refused_here);
async fn a_purchase_signed_in_another_world_is_refused_here(store: StoreKind) {
    let (world, other) = (World::new(), World::seeded(2));
    let mut phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    care.close().await;
    phone.believe(&other);
    let care = phone.open().await;
    let bought = outside(store, &world, "phone", Some("anna")).await;
    care.on_store_transactions(vec![bought]).await.unwrap();
    let row = care.receipts().remove(0);
    assert!(!row.verified && row.refused_by.is_some(), "{row:?}");
    assert!(
        care.snapshot().subscriptions.is_empty(),
        "nor is the cloud of that world believed"
    );
}

both_stores!(another_worlds_keys_change_nothing_and_show_nothing);
async fn another_worlds_keys_change_nothing_and_show_nothing(store: StoreKind) {
    let (world, other) = (World::new(), World::seeded(2));
    let mut phone = phone_with_a_plan(store, &world).await;
    phone.believe(&other);
    let care = phone.open().await;
    assert_eq!(
        care.snapshot().freshness,
        Freshness::NotLoaded,
        "an answer signed by others invents no cover"
    );
    assert!(matches!(care.refresh().await, Err(CareError::TryAgain(_))));
    assert!(matches!(
        subscribe(&care, "tapo-3-monthly").await,
        Err(CareError::TryAgain(_))
    ));
    care.close().await;
    phone.believe(&world);
    phone.wire.cut(true);
    let care = phone.open().await;
    assert_eq!(care.snapshot().subscriptions.len(), 1, "the old state is kept");
}

#[tokio::test]
async fn a_cache_copied_back_from_before_a_change_is_not_believed() {
    let world = World::new();
    let phone = phone_with_a_plan(StoreKind::AppStore, &world).await;
    let state = phone.folder().join("care/state.db");
    let old = std::fs::read(&state).unwrap();
    let care = phone.open().await;
    settle(&care).await;
    select(&care, &["cam_garden"]).await.unwrap();
    care.close().await;
    std::fs::write(&state, old).unwrap();
    phone.wire.cut(true);
    let care = phone.open().await;
    assert_eq!(care.snapshot().freshness, Freshness::NotLoaded);
}

both_stores!(a_folder_in_use_is_busy_and_free_after_close);
async fn a_folder_in_use_is_busy_and_free_after_close(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    let second = phone.try_open().await.err().unwrap();
    assert!(matches!(second, CareError::Busy(_)), "{second:?}");
    care.close().await;
    assert_eq!(care.changes().next().await, None);
    assert!(matches!(care.refresh().await, Err(CareError::Busy(_))));
    phone.open().await.close().await;
}

#[tokio::test]
async fn a_stranger_sees_nothing_until_signed_in_and_nothing_after_signing_out() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    let care = phone.open().await;
    assert_eq!(care.snapshot().account, None);
    assert!(matches!(
        subscribe(&care, "tapo-3-monthly").await,
        Err(CareError::SignIn(_))
    ));
    let care = {
        care.close().await;
        phone_with_a_plan(StoreKind::AppStore, &world).await.open().await
    };
    assert_eq!(care.snapshot().subscriptions.len(), 1);
    care.sign_out().await.unwrap();
    assert_eq!(
        (care.snapshot().account, care.snapshot().subscriptions.len()),
        (None, 0)
    );
}
