//! Copies, races and lost words about money.

use super::shell::{Shell, idle, settle_account};
use crate::both::{forged, outside, paid_after_all};
use crate::phone::{Phone, ended, settle, soon, subscribe};
use crate::world::World;
use serde_json::json;
use std::time::Duration;
use tapo_care::OutcomeKind;
use tapo_care::id::StoreKind;
use tapo_care::ports::{SignedPayload, Store, StoreTransaction};

both_stores!(the_answer_about_a_broken_copy_is_not_taken_for_the_genuine_one);
async fn the_answer_about_a_broken_copy_is_not_taken_for_the_genuine_one(store: StoreKind) {
    let shell = Shell::at(store);
    let bought = outside(store, &shell.world, "phone", Some("anna")).await;
    let care = shell.open_as("anna").await;
    settle_account(&care).await;
    shell.hold(&["POST /v1/purchases"]);
    let broken = StoreTransaction {
        id: bought.id.clone(),
        signed: match store {
            StoreKind::AppStore => SignedPayload::AppStore {
                transaction: "ey.ey.".repeat(12),
                renewal: None,
            },
            StoreKind::Play => SignedPayload::Play {
                original_json: "{}".into(),
                signature: "AAAA".into(),
            },
        },
    };
    care.on_store_transactions(vec![broken]).await.unwrap();
    shell.until_held("POST /v1/purchases").await;
    care.on_store_transactions(vec![bought]).await.unwrap();
    shell.hold(&[]);
    for _ in 0..3 {
        settle(&care).await;
    }
    assert_eq!(
        shell.world.ledger().await.counts(),
        (1, 1, 1),
        "paid, and never posted: {:?}",
        care.receipts()
    );
}

// Google Play lists no purchase that was given back: its refunds reach the account through the cloud.
#[tokio::test]
async fn news_of_a_refund_that_comes_while_the_first_post_is_out_is_posted_too() {
    let shell = Shell::at(StoreKind::AppStore);
    let bought = outside(StoreKind::AppStore, &shell.world, "phone", Some("anna")).await;
    let id = bought.id.to_string();
    let care = shell.open_as("anna").await;
    settle_account(&care).await;
    shell.hold(&["POST /v1/purchases"]);
    care.on_store_transactions(vec![bought]).await.unwrap();
    shell.until_held("POST /v1/purchases").await;
    shell.world.post(&format!("store/{id}/revoke"), json!({})).await;
    let refunded = shell.owned().await.unwrap();
    assert!(!refunded.is_empty(), "the store shows the refund");
    care.on_store_transactions(refunded).await.unwrap();
    shell.hold(&[]);
    for _ in 0..3 {
        settle(&care).await;
    }
    let answer = care.receipts().remove(0).answer;
    assert_eq!(answer.as_deref(), Some("revoked"), "the refund was never posted");
}

both_stores!(a_broken_copy_before_the_sheets_own_word_does_not_make_a_paid_purchase_a_failed_one);
async fn a_broken_copy_before_the_sheets_own_word_does_not_make_a_paid_purchase_a_failed_one(store: StoreKind) {
    let shell = Shell::at(store);
    let care = shell.open_as("anna").await;
    settle(&care).await;
    shell.hold(&["sheet"]);
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    shell.until_held("sheet").await;
    let copy = forged(shell.unfinished().await.unwrap().remove(0));
    care.on_store_transactions(vec![copy]).await.unwrap();
    shell.hold(&[]);
    let outcome = ended(&care).await;
    assert_eq!(shell.world.ledger().await.counts().0, 1, "it was charged");
    assert_eq!(
        (outcome.kind, outcome.money),
        (OutcomeKind::Granted, tapo_care::money::Money::Charged)
    );
}

both_stores!(a_sheet_that_took_money_and_lost_the_tag_is_not_told_as_nothing_charged);
async fn a_sheet_that_took_money_and_lost_the_tag_is_not_told_as_nothing_charged(store: StoreKind) {
    let shell = Shell::at(store);
    let care = shell.open_as("anna").await;
    settle(&care).await;
    *shell.tag_is_lost.lock().unwrap() = true;
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    let outcome = ended(&care).await;
    assert_eq!(shell.world.ledger().await.counts().0, 1, "it was charged");
    assert_ne!(outcome.money, tapo_care::money::Money::NotCharged, "{outcome:?}");
}

both_stores!(a_transaction_handed_over_is_taken_in_also_when_the_caller_goes_away);
async fn a_transaction_handed_over_is_taken_in_also_when_the_caller_goes_away(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let bought = outside(store, &world, "phone", Some("anna")).await;
    let care = phone.open_as("anna").await;
    settle_account(&care).await;
    // A cancelled coroutine: polled once, then dropped while the row is on its way to the disk.
    let mut cancelled = Box::pin(care.on_store_transactions(vec![bought]));
    std::future::poll_fn(|context| {
        let _ = cancelled.as_mut().poll(context);
        std::task::Poll::Ready(())
    })
    .await;
    drop(cancelled);
    soon(async {
        while world.ledger().await.counts() != (1, 1, 1) {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

both_stores!(handling_the_word_cancelled_does_not_swallow_the_word_granted);
async fn handling_the_word_cancelled_does_not_swallow_the_word_granted(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    phone.sheet("cancel");
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    let cancelled = soon(care.outcomes().next()).await.unwrap();
    assert_eq!(cancelled.kind, OutcomeKind::Cancelled);
    let paid = paid_after_all(store, &world, "anna", &cancelled.intent).await;
    care.on_store_transactions(vec![paid]).await.unwrap();
    settle(&care).await;
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
    // The dialogue "cancelled" is closed only now.
    care.outcomes().handled(&cancelled.id).await.unwrap();
    let next = tokio::time::timeout(Duration::from_secs(2), care.outcomes().next()).await;
    assert_eq!(
        next.expect("granted, and nobody is told").unwrap().kind,
        OutcomeKind::Granted
    );
}

both_stores!(what_the_store_has_not_finished_is_posted_also_where_it_cannot_say_what_is_owned);
async fn what_the_store_has_not_finished_is_posted_also_where_it_cannot_say_what_is_owned(store: StoreKind) {
    let shell = Shell::at(store);
    outside(store, &shell.world, "phone", Some("anna")).await;
    let care = shell.open_as("anna").await;
    settle_account(&care).await;
    *shell.owned_fails.lock().unwrap() = true;
    for _ in 0..3 {
        let _ = care.sweep(Duration::from_secs(20)).await;
        idle().await;
    }
    assert_eq!(
        shell.world.ledger().await.counts(),
        (1, 1, 1),
        "unfinished is the backstop"
    );
}

#[tokio::test(start_paused = true)]
async fn a_sheets_word_does_not_wait_for_the_renewal_of_its_reservation() {
    let shell = Shell::at(StoreKind::AppStore);
    let care = shell.open_as("anna").await;
    care.refresh().await.unwrap();
    shell.hold(&["sheet"]);
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    shell.until_held("sheet").await;
    shell.held.send_replace(vec!["sheet", "POST /v1/reservations"]);
    tokio::time::sleep(Duration::from_secs(121)).await;
    shell.held.send_replace(vec!["POST /v1/reservations"]);
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(
        shell.world.ledger().await.counts(),
        (1, 1, 1),
        "the user has paid, and the core looks elsewhere"
    );
}

both_stores!(a_copy_that_adds_nothing_adds_no_row_to_the_journal);
async fn a_copy_that_adds_nothing_adds_no_row_to_the_journal(store: StoreKind) {
    let shell = Shell::at(store);
    outside(store, &shell.world, "phone", None).await;
    let care = shell.open_as("anna").await;
    settle(&care).await;
    let copy = forged(shell.unfinished().await.unwrap().remove(0));
    let rows = || {
        let journal = rusqlite::Connection::open(shell.folder.path().join("care/journal.db")).unwrap();
        journal
            .query_row("SELECT count(*) FROM journal", [], |row| row.get::<_, u32>(0))
            .unwrap()
    };
    let before = rows();
    care.on_store_transactions(vec![copy; 50]).await.unwrap();
    let added = rows() - before;
    assert!(added < 5, "{added} rows for the same bytes");
}

#[tokio::test(start_paused = true)]
async fn a_reservation_renewed_as_the_sheet_closes_holds_the_slot_no_longer() {
    let shell = Shell::at(StoreKind::AppStore);
    *shell.sheet.lock().unwrap() = "cancel".into();
    let care = shell.open_as("anna").await;
    care.refresh().await.unwrap();
    shell.hold(&["sheet"]);
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    shell.until_held("sheet").await;
    shell.hold(&["sheet", "before POST /v1/reservations"]);
    tokio::time::sleep(Duration::from_secs(121)).await;
    shell.until_held("before POST /v1/reservations").await;
    shell.held.send_replace(vec!["before POST /v1/reservations"]);
    idle().await;
    shell.hold(&[]);
    assert_eq!(ended(&care).await.kind, OutcomeKind::Cancelled);
    settle(&care).await;
    let ledger = shell.world.control("GET", "ledger", serde_json::Value::Null).await;
    assert_eq!(ledger["reservations"], json!([]));
}
