//! What happens at the store while nobody looks: the cloud hears of it by itself, and the phone shows it when it asks again.

use crate::both::{outside, word};
use crate::phone::{Phone, buy, ended, select, settle, subscribe};
use crate::world::World;
use serde_json::{Value, json};
use tapo_care::OutcomeKind;
use tapo_care::account::Phase;
use tapo_care::id::StoreKind;
use tapo_care::money::Money;
use tapo_care::snapshot::Cover;

/// Has it happen at the store to the newest charge of the world.
async fn at_store(store: StoreKind, world: &World, verb: &str, body: Value) {
    let charge = world.ledger().await.charges.pop().unwrap();
    let path = match store {
        StoreKind::AppStore => "store",
        StoreKind::Play => "play",
    };
    let original = charge["original"].as_str().unwrap();
    world.post(&format!("{path}/{original}/{verb}"), body).await;
}

// Rules: R16 (core, cloud)
both_stores!(a_phone_destroyed_after_paying_leaves_its_plan_to_the_next_phone);
async fn a_phone_destroyed_after_paying_leaves_its_plan_to_the_next_phone(store: StoreKind) {
    let world = World::new();
    world.fault("purchases", "down", 1000).await;
    let destroyed = Phone::at(store, &world, "destroyed");
    let care = destroyed.open_as("anna").await;
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    while world.ledger().await.counts().0 == 0 {
        tokio::task::yield_now().await;
    }
    care.close().await;
    drop(destroyed);
    assert_eq!(world.ledger().await.counts(), (1, 0, 0));
    world.advance("1m").await;
    assert_eq!(world.ledger().await.counts(), (1, 1, 1), "the store told the cloud");
    let next = Phone::at(StoreKind::AppStore, &world, "next").open_as("anna").await;
    settle(&next).await;
    let shown = next.snapshot();
    assert_eq!(shown.subscriptions[0].channel.as_str(), word(store));
    assert!(shown.picker.is_some(), "cameras are still to be chosen");
}

// Rules: X10 (core, cloud)
both_stores!(an_unpaid_renewal_is_covered_in_grace_only_and_holds_the_slot_after_it);
async fn an_unpaid_renewal_is_covered_in_grace_only_and_holds_the_slot_after_it(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    buy(&care, "tapo-3-monthly").await;
    settle(&care).await;
    select(&care, &["cam_porch"]).await.unwrap();
    at_store(store, &world, "payments", json!({ "go_through": false })).await;
    for (by, phase, cover) in [
        ("P1M", Phase::Grace, Cover::Covered),
        ("P16D", Phase::Retry, Cover::NotCovered),
    ] {
        world.advance(by).await;
        settle(&care).await;
        let row = care.snapshot().subscriptions.remove(0);
        assert_eq!((row.phase, row.cover), (phase, cover));
        assert!(subscribe(&care, "tapo-10-monthly").await.is_err(), "{by}");
    }
    assert_eq!(*phone.hands.sheets_shown.lock().unwrap(), 1);
    at_store(store, &world, "payments", json!({ "go_through": true })).await;
    settle(&care).await;
    let row = care.snapshot().subscriptions.remove(0);
    assert_eq!((row.phase, row.cover), (Phase::Active, Cover::Covered));
    assert_eq!(world.ledger().await.grants.len(), 2);
}

// Rules: X5 (core, cloud), X10 (core, cloud)
both_stores!(a_store_account_that_owes_for_another_tp_link_id_is_refused_before_the_sheet);
async fn a_store_account_that_owes_for_another_tp_link_id_is_refused_before_the_sheet(store: StoreKind) {
    let world = World::new();
    for device in ["phone", "tablet"] {
        let shared = json!({ "apple_id": "family@apple", "google_account": "family@google" });
        world.post(&format!("devices/{device}"), shared).await;
    }
    buy(
        &Phone::at(store, &world, "phone").open_as("anna").await,
        "tapo-3-monthly",
    )
    .await;
    at_store(store, &world, "payments", json!({ "go_through": false })).await;
    world.advance("P48D").await;
    let tablet = Phone::at(store, &world, "tablet");
    let care = tablet.open_as("ben").await;
    settle(&care).await;
    let refused = subscribe(&care, "tapo-1-monthly").await.unwrap_err();
    assert_eq!(refused.problem().name, "owned_elsewhere");
    assert_eq!(*tablet.hands.sheets_shown.lock().unwrap(), 0);
}

both_stores!(money_given_back_ends_the_plan_and_the_next_tap_buys);
async fn money_given_back_ends_the_plan_and_the_next_tap_buys(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    buy(&care, "tapo-3-monthly").await;
    settle(&care).await;
    at_store(store, &world, "revoke", Value::Null).await;
    settle(&care).await;
    let row = care.snapshot().subscriptions.remove(0);
    assert_eq!((row.phase, row.cover), (Phase::Refunded, Cover::NotCovered));
    assert!(care.snapshot().add_plan.available);
    assert_eq!(buy(&care, "tapo-1-monthly").await.kind, OutcomeKind::Granted);
}

// Rules: X15 (core, cloud)
both_stores!(a_purchase_that_nobody_pays_for_is_said_to_cost_nothing_and_leaves_the_slot_free);
async fn a_purchase_that_nobody_pays_for_is_said_to_cost_nothing_and_leaves_the_slot_free(store: StoreKind) {
    let world = World::new();
    world.post("devices/phone", json!({ "tester": true })).await;
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    let outcome = buy(&care, "tapo-3-monthly").await;
    assert_eq!(
        (outcome.kind, outcome.money),
        (OutcomeKind::NotGranted, Money::NotCharged)
    );
    assert_eq!(outcome.answer.as_deref(), Some("test_purchase"));
    settle(&care).await;
    let row = care.receipts().remove(0);
    assert!(
        row.verified && row.finished,
        "the store signed it, and it is done with: {row:?}"
    );
    assert!(care.snapshot().subscriptions.is_empty() && care.snapshot().add_plan.available);
    assert_eq!(world.ledger().await.counts(), (0, 0, 0));
}

// Rules: X15 (core, cloud)
both_stores!(who_may_have_test_purchases_gets_the_plan_without_paying);
async fn who_may_have_test_purchases_gets_the_plan_without_paying(store: StoreKind) {
    let world = World::new();
    world.post("devices/phone", json!({ "tester": true })).await;
    world.post("accounts/anna", json!({ "tester": true })).await;
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    assert_eq!(buy(&care, "tapo-3-monthly").await.kind, OutcomeKind::Granted);
    settle(&care).await;
    select(&care, &["cam_porch"]).await.unwrap();
    assert_eq!(care.snapshot().subscriptions[0].cover, Cover::Covered);
    assert_eq!(world.ledger().await.counts(), (0, 0, 0));
}

#[tokio::test]
async fn an_ask_to_buy_approved_with_the_app_closed_is_granted_to_its_wish() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    phone.sheet("pending");
    let care = phone.open_as("anna").await;
    let pending = buy(&care, "tapo-3-monthly").await;
    assert_eq!(pending.kind, OutcomeKind::Pending);
    care.close().await;
    world.advance("20h").await;
    world.post("store/ask-1/approve", Value::Null).await;
    let care = phone.open().await;
    settle(&care).await;
    let outcome = ended(&care).await;
    assert_eq!((outcome.kind, outcome.money), (OutcomeKind::Granted, Money::Charged));
    assert_eq!(outcome.intent, pending.intent);
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
    assert_eq!(*phone.hands.sheets_shown.lock().unwrap(), 1);
}

both_stores!(what_was_bought_outside_the_app_is_there_before_the_phone_has_seen_it);
async fn what_was_bought_outside_the_app_is_there_before_the_phone_has_seen_it(store: StoreKind) {
    let world = World::new();
    outside(store, &world, "elsewhere", Some("anna")).await;
    world.advance("1m").await;
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    assert_eq!(care.snapshot().subscriptions.len(), 1);
    let refused = subscribe(&care, "tapo-10-monthly").await.unwrap_err();
    assert_eq!(refused.problem().name, "slot_taken");
    assert_eq!(phone.wire.sent("POST /v1/purchases"), 0, "this phone posted nothing");
}
