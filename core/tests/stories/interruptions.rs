//! Killed, unplugged, lied to, signed out: the plan is granted once, to whom it belongs, and finished once.

use crate::both::outside;
use crate::phone::{Phone, buy, covers, ended, settle, soon, subscribe};
use crate::world::{Bend, World};
use serde_json::json;
use tapo_care::OutcomeKind;
use tapo_care::id::{AccountId, StoreKind};
use tapo_care::ports::{SignedPayload, StoreTransaction};

// Rules: R16
both_stores!(ended_after_the_money_moved_the_next_start_grants_once_and_shows_the_picker);
async fn ended_after_the_money_moved_the_next_start_grants_once_and_shows_the_picker(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    world.fault("purchases", "down", 1000).await;
    let care = phone.open_as("anna").await;
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    while world.ledger().await.counts().0 == 0 {
        tokio::task::yield_now().await;
    }
    care.close().await;
    assert_eq!(world.ledger().await.counts(), (1, 0, 0));
    world.clear_faults().await;
    let care = phone.open().await;
    assert_eq!(ended(&care).await.kind, OutcomeKind::Granted);
    settle(&care).await;
    assert!(care.snapshot().picker.is_some());
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

both_stores!(a_journal_that_is_gone_is_refilled_from_the_stores_unfinished_transactions);
async fn a_journal_that_is_gone_is_refilled_from_the_stores_unfinished_transactions(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    world.fault("purchases", "down", 1000).await;
    let care = phone.open_as("anna").await;
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    while world.ledger().await.counts().0 == 0 {
        tokio::task::yield_now().await;
    }
    care.close().await;
    world.clear_faults().await;
    std::fs::write(phone.folder().join("care/journal.db"), b"no database at all").unwrap();
    let care = phone.open().await;
    settle(&care).await;
    assert_eq!(care.snapshot().subscriptions.len(), 1);
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
    let kept = std::fs::read_dir(phone.folder().join("care")).unwrap();
    let kept: Vec<String> = kept
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        kept.iter().any(|name| name.contains("unreadable")),
        "set aside, not deleted: {kept:?}"
    );
}

both_stores!(a_grant_whose_answer_is_lost_is_the_same_grant_again);
async fn a_grant_whose_answer_is_lost_is_the_same_grant_again(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    world.fault("purchases", "lost", 1).await;
    let outcome = buy(&care, "tapo-3-monthly").await;
    assert_eq!(outcome.kind, OutcomeKind::Granted);
    settle(&care).await;
    assert_eq!(phone.wire.sent("POST /v1/purchases"), 2);
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

both_stores!(a_changed_receipt_is_refused_here_and_the_cloud_says_what_is_true);
async fn a_changed_receipt_is_refused_here_and_the_cloud_says_what_is_true(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    *phone.hands.forge.lock().unwrap() = true;
    world.fault("purchases", "down", 1000).await;
    let care = phone.open_as("anna").await;
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    let changes = care.changes();
    let row = loop {
        let snapshot = soon(changes.next()).await.unwrap();
        if let Some(row) = snapshot.purchases.into_iter().find(|row| row.state == "refused_here") {
            break row;
        }
    };
    assert_eq!(row.refused_by.as_deref(), Some("signature"));
    assert_eq!(
        world.ledger().await.counts(),
        (1, 0, 0),
        "nothing is finished before the cloud has spoken"
    );
    world.clear_faults().await;
    care.refresh().await.unwrap();
    assert_eq!(ended(&care).await.kind, OutcomeKind::Granted);
    settle(&care).await;
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

both_stores!(a_receipt_of_nothing_is_posted_answered_not_genuine_and_never_finished);
async fn a_receipt_of_nothing_is_posted_answered_not_genuine_and_never_finished(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    let signed = match store {
        StoreKind::AppStore => SignedPayload::AppStore {
            transaction: "ey.ey.".repeat(12),
            renewal: None,
        },
        StoreKind::Play => SignedPayload::Play {
            original_json: r#"{"purchaseToken":"777","purchaseState":0}"#.into(),
            signature: "AAAA".into(),
        },
    };
    care.on_store_transactions(vec![StoreTransaction {
        id: "777".into(),
        signed,
    }])
    .await
    .unwrap();
    settle(&care).await;
    let receipt = care.receipts().remove(0);
    assert_eq!(
        (receipt.verified, receipt.answer.as_deref(), receipt.finished),
        (false, Some("not_genuine"), false)
    );
    assert!(care.snapshot().subscriptions.is_empty());
    assert_eq!(world.ledger().await.counts(), (0, 0, 0));
}

both_stores!(another_account_signs_in_while_a_purchase_is_open);
async fn another_account_signs_in_while_a_purchase_is_open(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    let open_sheet = phone.hands.gate.lock().await;
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    care.sign_in(AccountId(world.account_id("ben").await)).await.unwrap();
    drop(open_sheet);
    while world.ledger().await.counts().2 == 0 {
        tokio::task::yield_now().await;
    }
    settle(&care).await;
    let shown = care.snapshot();
    assert!(
        shown.subscriptions.is_empty() && shown.purchases.is_empty() && care.receipts().is_empty(),
        "{shown:?}"
    );
    let grants = world.ledger().await.grants;
    assert_eq!(grants[0]["account"], world.account_id("anna").await.as_str());
    care.sign_in(AccountId(world.account_id("anna").await)).await.unwrap();
    assert_eq!(
        ended(&care).await.kind,
        OutcomeKind::Granted,
        "the word was kept for anna"
    );
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

// Rules: R16
both_stores!(a_session_that_expires_between_sheet_and_grant_costs_nothing_but_a_fresh_token);
async fn a_session_that_expires_between_sheet_and_grant_costs_nothing_but_a_fresh_token(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    let open_sheet = phone.hands.gate.lock().await;
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    let expired = json!({ "account": world.account_id("anna").await });
    world.post("sessions/expire", expired).await;
    world.fault("session", "down", 1000).await;
    drop(open_sheet);
    assert_eq!(
        ended(&care).await.kind,
        OutcomeKind::Granted,
        "the grant needs no session"
    );
    world.clear_faults().await;
    settle(&care).await;
    assert!(care.snapshot().picker.is_some());
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

both_stores!(a_bent_answer_changes_nothing_here_and_a_bent_request_nothing_there);
async fn a_bent_answer_changes_nothing_here_and_a_bent_request_nothing_there(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    let cameras = care.snapshot().cameras;
    let before = covers(&care.snapshot());
    for bend in [Bend::Answers, Bend::Requests] {
        phone.wire.bend(Some(bend));
        let refused = subscribe(&care, "tapo-3-monthly").await.unwrap_err();
        assert_eq!(refused.problem().money, tapo_care::money::Money::NotCharged);
        if bend == Bend::Requests {
            assert!(care.start_trial("cam_porch".into()).await.is_err());
        }
        assert_eq!(covers(&care.snapshot()), before);
        phone.wire.bend(None);
    }
    assert_eq!(*phone.hands.sheets_shown.lock().unwrap(), 0);
    care.refresh().await.unwrap();
    assert_eq!(care.snapshot().cameras, cameras, "nothing was applied");
}

both_stores!(the_same_transaction_delivered_ten_times_is_posted_once);
async fn the_same_transaction_delivered_ten_times_is_posted_once(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let bought = outside(store, &world, "phone", Some("anna")).await;
    let care = phone.open_as("anna").await;
    care.on_store_transactions(vec![bought; 10]).await.unwrap();
    for _ in 0..3 {
        settle(&care).await;
    }
    assert_eq!(phone.wire.sent("POST /v1/purchases"), 1);
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

both_stores!(what_the_store_hands_over_while_the_app_is_suspended_is_kept);
async fn what_the_store_hands_over_while_the_app_is_suspended_is_kept(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    care.suspend().await.unwrap();
    let bought = outside(store, &world, "phone", Some("anna")).await;
    care.on_store_transactions(vec![bought]).await.unwrap();
    assert_eq!(phone.wire.sent("POST /v1/purchases"), 0, "asleep, nothing is sent");
    care.resume().await.unwrap();
    settle(&care).await;
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}
