//! The journal's promises, seen from outside: what is in its file, when, and what a start makes of it.

use crate::both::outside;
use crate::phone::{Phone, buy, settle};
use crate::world::World;
use tapo_care::CareError;
use tapo_care::cache::{JournalDb, JournalRow};
use tapo_care::error::UserAction;
use tapo_care::id::StoreKind;
use tapo_care::money::Money;
use tapo_care::ports::{SignedPayload, StoreTransaction};

/// The rows of a phone's journal; the app is closed.
fn rows(phone: &Phone) -> Vec<JournalRow> {
    open(phone).rows().unwrap()
}

fn open(phone: &Phone) -> JournalDb {
    let (journal, opened) = JournalDb::open(&phone.folder().join("care")).unwrap();
    assert!(!opened.set_aside);
    journal
}

both_stores!(the_wish_is_on_the_disk_before_the_sheet_and_the_grant_before_the_finish);
async fn the_wish_is_on_the_disk_before_the_sheet_and_the_grant_before_the_finish(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    buy(&care, "tapo-3-monthly").await;
    settle(&care).await;
    let events = phone.hands.lines.lock().unwrap().clone();
    let details = phone.hands.details.lock().unwrap().clone();
    let lines: Vec<String> = events
        .into_iter()
        .zip(details)
        .map(|(event, detail)| format!("{event} {detail}"))
        .collect();
    let at = |line: &str| {
        let found = lines.iter().position(|written| written.starts_with(line));
        found.unwrap_or_else(|| panic!("{line} was never written: {lines:?}"))
    };
    assert!(at("journal.appended sheet_opened") < at("store.buying"));
    assert!(at("journal.appended seen") < at("purchase.posting"));
    assert!(at("journal.appended answered") < at("store.finishing"));
}

both_stores!(a_purchase_that_is_over_is_one_row_of_the_journal);
async fn a_purchase_that_is_over_is_one_row_of_the_journal(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    buy(&care, "tapo-3-monthly").await;
    settle(&care).await;
    care.plans().await.unwrap();
    let receipts = care.receipts();
    care.close().await;
    let left = rows(&phone);
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].seq > 4, "it stands where the last of its rows stood");
    assert!(String::from_utf8_lossy(&left[0].body).contains("folded"));
    let care = phone.open().await;
    care.plans().await.unwrap();
    assert_eq!(care.receipts(), receipts, "what a restart knows is what running knew");
}

both_stores!(however_many_purchases_wait_none_is_dropped);
async fn however_many_purchases_wait_none_is_dropped(store: StoreKind) {
    const MANY: usize = 60;
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    world.fault("purchases", "down", 100_000).await;
    let care = phone.open_as("anna").await;
    let receipt = |number: usize| {
        let id = format!("9{number:05}");
        let signed = match store {
            StoreKind::AppStore => SignedPayload::AppStore {
                transaction: format!("ey.{number}.ey"),
                renewal: None,
            },
            StoreKind::Play => SignedPayload::Play {
                original_json: format!(r#"{{"purchaseToken":"{id}"}}"#),
                signature: "AAAA".into(),
            },
        };
        StoreTransaction { id: id.into(), signed }
    };
    care.on_store_transactions((0..MANY).map(receipt).collect())
        .await
        .unwrap();
    assert_eq!(care.receipts().len(), MANY);
    care.close().await;
    let before = rows(&phone);
    let care = phone.open().await;
    outside(store, &world, "phone", Some("anna")).await;
    settle(&care).await;
    assert_eq!(care.receipts().len(), MANY + 1);
    care.close().await;
    let after = rows(&phone);
    assert!(
        before.iter().all(|row| after.contains(row)),
        "no row of what waits is gone"
    );
}

#[tokio::test]
async fn an_event_of_a_newer_version_stops_the_core_and_is_kept_for_it() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    world.fault("purchases", "down", 1000).await;
    let care = phone.open_as("anna").await;
    care.on_store_transactions(vec![outside(StoreKind::AppStore, &world, "phone", Some("anna")).await])
        .await
        .unwrap();
    care.close().await;
    let unsettled = rows(&phone);
    let newer = open(&phone)
        .append("teleport-1", br#"{"teleported":{"to":"mars"}}"#)
        .unwrap();
    for _ in 0..2 {
        let stopped = phone.try_open().await.err().unwrap();
        assert!(matches!(stopped, CareError::Storage(_)), "{stopped:?}");
        let problem = stopped.problem();
        assert_eq!(
            (problem.name.as_str(), problem.money, &problem.user_action),
            (
                "journal_from_newer_version",
                Money::MaybeCharged,
                &UserAction::UpdateApp
            )
        );
        let kept = rows(&phone);
        assert_eq!(kept[..unsettled.len()], unsettled);
        assert_eq!((kept.len(), kept.last().unwrap().seq), (unsettled.len() + 1, newer));
    }
    assert_eq!(world.ledger().await.counts(), (1, 0, 0), "nothing was finished blindly");
    // The version that knows the event reads it, and everything goes on.
    open(&phone).fold("teleport-1", newer, br#""swept_clean""#).unwrap();
    world.clear_faults().await;
    let care = phone.open().await;
    settle(&care).await;
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
    assert_eq!(care.snapshot().subscriptions.len(), 1);
}

both_stores!(the_journal_holds_no_name);
async fn the_journal_holds_no_name(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    world.fault("purchases", "down", 1000).await;
    let care = phone.open_as("anna").await;
    settle(&care).await;
    let cameras = care.snapshot().cameras;
    care.subscribe(tapo_care::SubscribeRequest {
        plan: "tapo-3-monthly".into(),
        cameras: vec![cameras[0].id.clone()],
        trial: false,
        confirmation: None,
    })
    .await
    .unwrap();
    while world.ledger().await.counts().0 == 0 {
        tokio::task::yield_now().await;
    }
    care.close().await;
    let rows = rows(&phone);
    assert!(!rows.is_empty());
    let account = world.account_id("anna").await;
    for row in rows {
        // The signed bytes are the store's; what is beside them is ours.
        let body = String::from_utf8(row.body).unwrap().replace(&account, "");
        assert!(!body.contains("anna") && !body.contains('@'), "{body}");
        assert!(cameras.iter().all(|camera| !body.contains(&camera.name)), "{body}");
    }
}
