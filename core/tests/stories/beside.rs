//! The vault, lost or locked, and a peek beside the app.

use crate::phone::{Phone, select, settle};
use crate::private::anna_at_home;
use crate::world::World;
use std::collections::BTreeMap;
use std::fs;
use tapo_care::CareError;
use tapo_care::id::StoreKind;
use tapo_care::snapshot::{Cover, Freshness};

both_stores!(a_vault_that_is_lost_signs_nobody_out_and_covers_nothing_until_the_cloud_is_asked);
async fn a_vault_that_is_lost_signs_nobody_out_and_covers_nothing_until_the_cloud_is_asked(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let (care, _) = anna_at_home(&phone, store).await;
    let anna = care.snapshot().account;
    care.close().await;
    phone.vault_is(BTreeMap::new());
    let care = phone.open().await;
    let shown = care.snapshot();
    assert_eq!((&shown.account, shown.freshness), (&anna, Freshness::NotLoaded));
    assert_eq!((shown.cameras, shown.subscriptions), (vec![], vec![]));
    settle(&care).await;
    assert_eq!(care.snapshot().freshness, Freshness::Fresh);
    care.close().await;
    // The vault knows again who is signed in.
    let care = phone.open().await;
    assert_eq!(
        (care.snapshot().account, care.snapshot().freshness),
        (anna, Freshness::Stale)
    );
}

both_stores!(a_vault_that_is_locked_is_waited_for_and_nothing_is_deleted);
async fn a_vault_that_is_locked_is_waited_for_and_nothing_is_deleted(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let (care, _) = anna_at_home(&phone, store).await;
    care.close().await;
    let kept = phone.vault_holds();
    phone.wire.cut(true);
    phone.lock_vault(true);
    let care = phone.open().await;
    let shown = care.snapshot();
    assert!(shown.account.is_some(), "nobody is signed out by a locked phone");
    let covers = shown.cameras.iter().any(|camera| camera.cover == Cover::Covered);
    assert!(!covers, "and nothing is covered while the time is not known");
    assert!(matches!(care.sign_out().await, Err(CareError::Storage(_))));
    phone.lock_vault(false);
    assert_eq!(phone.vault_holds(), kept);
    let _ = care.sweep(std::time::Duration::from_secs(5)).await;
    let shown = care.snapshot();
    assert_eq!(shown.cameras[0].cover, Cover::Covered, "unlocked: it is as it was");
}

both_stores!(a_peek_beside_the_app_shows_what_the_app_shows_and_writes_nothing);
async fn a_peek_beside_the_app_shows_what_the_app_shows_and_writes_nothing(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    assert_eq!(
        phone.peek().unwrap().account,
        None,
        "before the first start there is nothing"
    );
    let (care, _) = anna_at_home(&phone, store).await;
    // The app runs and owns the folder; a peek is never fresher than an app that cannot reach the cloud.
    phone.wire.cut(true);
    care.refresh().await.unwrap_err();
    phone.wire.cut(false);
    let shown = care.snapshot();
    assert_eq!((shown.subscriptions.len(), shown.freshness), (1, Freshness::Stale));
    assert_eq!(phone.peek().unwrap(), shown);
    care.close().await;
    let folder = phone.folder().join("care");
    let files = || {
        let mut names: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    let before = files();
    assert_eq!(phone.peek().unwrap(), shown, "and after it has ended");
    assert_eq!(files(), before);
    world.advance("8d").await;
    let covered = |shown: tapo_care::Snapshot| shown.cameras.iter().any(|camera| camera.cover == Cover::Covered);
    assert!(
        !covered(phone.peek().unwrap()),
        "a lease that ended covers nothing in a peek either"
    );
    // Signed out, it shows nobody.
    phone.open().await.sign_out().await.unwrap();
    assert_eq!(
        (phone.peek().unwrap().account, phone.peek().unwrap().cameras),
        (None, vec![])
    );
}

#[tokio::test]
async fn a_peek_believes_no_other_cloud_no_older_state_and_no_newer_version() {
    let (world, other) = (World::new(), World::seeded(2));
    let mut phone = Phone::new(&world, "phone");
    let (care, _) = anna_at_home(&phone, StoreKind::AppStore).await;
    let state = phone.folder().join("care/state.db");
    care.close().await;
    let old = fs::read(&state).unwrap();
    phone.believe(&other);
    assert_eq!(phone.peek().unwrap().freshness, Freshness::NotLoaded);
    phone.believe(&world);
    let care = phone.open().await;
    settle(&care).await;
    select(&care, &["cam_garden"]).await.unwrap();
    care.close().await;
    fs::write(&state, old).unwrap();
    assert_eq!(phone.peek().unwrap().freshness, Freshness::NotLoaded, "copied back");
    fs::write(&state, "no database at all, and long enough to be one").unwrap();
    assert_eq!(phone.peek().unwrap().freshness, Freshness::NotLoaded, "damaged");
    fs::remove_file(&state).unwrap();
    let newer = rusqlite::Connection::open(&state).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    let refused = phone.peek().unwrap_err();
    assert_eq!(refused.problem().name, "folder_from_newer_version");
}
