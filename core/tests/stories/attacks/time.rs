//! Waiting, sleeping, waking and storms.

use super::shell::{Shell, idle, refreshing, settle_account};
use crate::both::outside;
use crate::phone::{Phone, settle, soon, subscribe};
use crate::world::World;
use std::sync::Arc;
use std::time::Duration;
use tapo_care::id::StoreKind;
use tapo_care::snapshot::TrialRow;
use tapo_care::{Care, Snapshot};

/// Bought for anna and handed to her app, whose post is held back on its way.
async fn paid_and_not_posted(store: StoreKind) -> (Arc<Shell>, Care) {
    let shell = Shell::at(store);
    let bought = outside(store, &shell.world, "phone", Some("anna")).await;
    let care = shell.open_as("anna").await;
    settle_account(&care).await;
    shell.hold(&["POST /v1/purchases"]);
    care.on_store_transactions(vec![bought]).await.unwrap();
    shell.until_held("POST /v1/purchases").await;
    (shell, care)
}

/// The trial of the camera on the porch.
fn porch(shown: Snapshot) -> TrialRow {
    let mut cameras = shown.cameras.into_iter();
    cameras.find(|camera| camera.name == "Porch").unwrap().trial
}

both_stores!(a_restore_returns_also_when_the_core_is_closed_under_it);
async fn a_restore_returns_also_when_the_core_is_closed_under_it(store: StoreKind) {
    let (shell, care) = paid_and_not_posted(store).await;
    let restoring = tokio::spawn({
        let care = care.clone();
        async move { care.restore(None).await }
    });
    idle().await;
    care.close().await;
    shell.hold(&[]);
    let returned = tokio::time::timeout(Duration::from_secs(5), restoring).await;
    assert!(returned.is_ok(), "restore never returned");
}

both_stores!(a_sweep_returns_only_after_what_it_woke_has_been_tried);
async fn a_sweep_returns_only_after_what_it_woke_has_been_tried(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let bought = outside(store, &world, "phone", Some("anna")).await;
    let care = phone.open().await;
    world.fault("purchases", "down", 6).await;
    care.on_store_transactions(vec![bought]).await.unwrap();
    // Six failures: the next try is half a minute away at most.
    for _ in 0..6 {
        settle(&care).await;
        idle().await;
    }
    world.clear_faults().await;
    // A background task: when this returns the system puts the app to sleep.
    settle(&care).await;
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

// Rules: R2 (core)
both_stores!(a_paid_purchase_that_is_being_set_up_takes_the_slot_also_without_a_tap);
async fn a_paid_purchase_that_is_being_set_up_takes_the_slot_also_without_a_tap(store: StoreKind) {
    let shell = Shell::at(store);
    let bought = outside(store, &shell.world, "phone", Some("anna")).await;
    let care = shell.open_as("anna").await;
    settle_account(&care).await;
    shell.hold(&["POST /v1/purchases"]);
    shell.world.fault("purchases", "down", 1000).await;
    care.on_store_transactions(vec![bought]).await.unwrap();
    let snapshot = care.snapshot();
    assert_eq!(snapshot.purchases[0].state, "confirming");
    assert!(!snapshot.add_plan.available, "another plan is offered for sale");
}

both_stores!(asleep_and_awake_again_at_once_the_folder_is_still_its_owners);
async fn asleep_and_awake_again_at_once_the_folder_is_still_its_owners(store: StoreKind) {
    let shell = Shell::at(store);
    let care = shell.open_as("anna").await;
    settle(&care).await;
    let (asleep, awake) = tokio::join!(care.suspend(), care.resume());
    asleep.unwrap();
    awake.unwrap();
    // The core runs, so nobody else may have the folder.
    let second = shell.try_open().await;
    assert!(second.is_err(), "two cores run on one journal");
}

both_stores!(a_core_closed_while_it_wakes_posts_nothing_more);
async fn a_core_closed_while_it_wakes_posts_nothing_more(store: StoreKind) {
    let shell = Shell::at(store);
    let bought = outside(store, &shell.world, "phone", Some("anna")).await;
    let care = shell.open_as("anna").await;
    settle_account(&care).await;
    care.suspend().await.unwrap();
    care.on_store_transactions(vec![bought]).await.unwrap();
    let (awake, ()) = tokio::join!(care.resume(), care.close());
    let _ = awake;
    idle().await;
    assert_eq!(shell.wire.sent("POST /v1/purchases"), 0, "closed, and at work");
}

both_stores!(an_answer_that_slept_with_the_phone_does_not_turn_time_back);
async fn an_answer_that_slept_with_the_phone_does_not_turn_time_back(store: StoreKind) {
    let shell = Shell::at(store);
    let care = shell.open_as("anna").await;
    settle(&care).await;
    care.start_trial("cam_porch".into()).await.unwrap();
    shell.hold(&["GET /v1/account"]);
    let refreshing = refreshing(&care);
    shell.until_held("GET /v1/account").await;
    // The phone sleeps: tokio's clock stands still, the phone's elapsed clock does not.
    shell.world.advance("20d").await;
    assert_eq!(porch(care.snapshot()).days_left, Some(10));
    shell.hold(&[]);
    let _ = soon(refreshing).await.unwrap();
    assert_eq!(porch(care.snapshot()).days_left, Some(10), "twenty days are given back");
}

both_stores!(a_question_that_slept_with_the_phone_does_not_turn_time_ahead);
async fn a_question_that_slept_with_the_phone_does_not_turn_time_ahead(store: StoreKind) {
    let shell = Shell::at(store);
    let care = shell.open_as("anna").await;
    settle(&care).await;
    care.start_trial("cam_porch".into()).await.unwrap();
    shell.hold(&["before GET /v1/account"]);
    let refreshing = refreshing(&care);
    shell.until_held("before GET /v1/account").await;
    // Frozen between the question and the wire; the cloud is asked ten days later.
    shell.world.advance("10d").await;
    shell.hold(&[]);
    let _ = soon(refreshing).await.unwrap();
    assert_eq!(porch(care.snapshot()).days_left, Some(20), "ten days are taken away");
}

both_stores!(a_journal_of_another_installation_is_not_replayed);
async fn a_journal_of_another_installation_is_not_replayed(store: StoreKind) {
    let shell = Shell::at(store);
    let bought = outside(store, &shell.world, "phone", Some("anna")).await;
    let care = shell.open_as("anna").await;
    settle_account(&care).await;
    care.suspend().await.unwrap();
    care.on_store_transactions(vec![bought]).await.unwrap();
    care.close().await;
    // A backup put on another phone: the files came along, the keychain did not.
    shell.vault.lock().unwrap().clear();
    let _care = shell.open().await;
    idle().await;
    assert_eq!(shell.wire.sent("POST /v1/purchases"), 0, "replayed before any sweep");
}

#[tokio::test(start_paused = true)]
async fn a_store_that_stays_silent_is_asked_with_growing_pauses() {
    let shell = Shell::at(StoreKind::AppStore);
    let care = shell.open_as("anna").await;
    care.refresh().await.unwrap();
    *shell.sheet.lock().unwrap() = "cancel".into();
    *shell.silent_after_sheet.lock().unwrap() = true;
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    tokio::time::sleep(Duration::from_secs(600)).await;
    let asked = *shell.asked_in_silence.lock().unwrap();
    assert!(asked < 40, "asked {asked} times in ten minutes");
}

#[tokio::test(start_paused = true)]
async fn a_disk_that_takes_no_row_does_not_make_the_phone_hammer_the_cloud() {
    let (shell, _care) = paid_and_not_posted(StoreKind::AppStore).await;
    let disk = rusqlite::Connection::open(shell.folder.path().join("care/journal.db")).unwrap();
    disk.execute_batch("CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'full'); END;")
        .unwrap();
    shell.hold(&[]);
    let before = shell.wire.sent("POST /v1/purchases");
    tokio::time::sleep(Duration::from_secs(600)).await;
    let posted = shell.wire.sent("POST /v1/purchases") - before;
    assert!(posted < 40, "posted {posted} times in ten minutes");
}

#[tokio::test(start_paused = true)]
async fn a_screen_that_waits_sees_its_plan_run_out_without_anybody_asking() {
    let shell = Shell::at(StoreKind::AppStore);
    let care = shell.open_as("anna").await;
    care.start_trial("cam_porch".into()).await.unwrap();
    let changes = care.changes();
    assert_eq!(porch(changes.next().await.unwrap()).state, "active");
    shell.world.advance("31d").await;
    assert_eq!(porch(changes.next().await.unwrap()).state, "used");
}

both_stores!(what_still_runs_after_the_end_writes_nothing_and_holds_no_folder);
async fn what_still_runs_after_the_end_writes_nothing_and_holds_no_folder(store: StoreKind) {
    let (shell, care) = paid_and_not_posted(store).await;
    care.close().await;
    shell.hold(&[]);
    for _ in 0..20 {
        shell.open().await.close().await;
    }
    let care = shell.open().await;
    settle(&care).await;
    assert_eq!(
        shell.world.ledger().await.counts(),
        (1, 1, 1),
        "what was lost is asked again"
    );
}
