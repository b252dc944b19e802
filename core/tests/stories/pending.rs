//! An Ask to Buy whose approval does not come, or comes late: the store never tells of a declined one.

use crate::both::outside;
use crate::phone::{Phone, buy, ended, settle, subscribe};
use crate::world::World;
use serde_json::{Value, json};
use tapo_care::error::Retry;
use tapo_care::id::{AccountId, CameraId, IntentId, StoreKind};
use tapo_care::money::Money;
use tapo_care::{Care, Outcome, OutcomeKind, SubscribeRequest};

/// Anna asks to buy a plan for Garden, and is told that it is pending.
async fn asks(phone: &Phone, care: &Care) -> Outcome {
    settle(care).await;
    let garden = care
        .snapshot()
        .cameras
        .iter()
        .find(|camera| camera.name == "Garden")
        .unwrap()
        .id
        .clone();
    phone.sheet("pending");
    care.subscribe(SubscribeRequest {
        plan: "tapo-3-monthly".into(),
        cameras: vec![garden],
        trial: false,
        confirmation: None,
    })
    .await
    .unwrap();
    let pending = ended(care).await;
    assert_eq!(pending.kind, OutcomeKind::Pending);
    phone.sheet("pay");
    pending
}

/// The parent's yes.
async fn approve(world: &World) {
    let asks = world.control("GET", "store/asks", Value::Null).await;
    let id = asks["asks"][0]["id"].as_str().unwrap().to_owned();
    world.post(&format!("store/{id}/approve"), Value::Null).await;
}

fn covered(care: &Care) -> Vec<String> {
    let snapshot = care.snapshot();
    let named = |id: &CameraId| {
        snapshot
            .cameras
            .iter()
            .find(|camera| &camera.id == id)
            .unwrap()
            .name
            .clone()
    };
    snapshot
        .subscriptions
        .iter()
        .flat_map(|plan| plan.cameras.iter().map(named))
        .collect()
}

/// Its end is told, with nothing charged; the reservation is given back, the slot is free, and it is one row that is over.
async fn is_over(world: &World, phone: &Phone, care: &Care, intent: &IntentId) {
    let over = ended(care).await;
    assert_eq!((&over.intent, over.kind), (intent, OutcomeKind::NotApproved));
    assert_eq!((over.money, over.answer), (Money::NotCharged, None));
    settle(care).await;
    let snapshot = care.snapshot();
    assert!(
        snapshot.purchases.is_empty() && snapshot.add_plan.available,
        "{snapshot:?}"
    );
    let held = world.control("GET", "ledger", Value::Null).await["reservations"].clone();
    assert_eq!(held.as_array().map_or(0, Vec::len), 0, "{held}");
    assert!(
        phone.wire.sent("DELETE /v1/reservations") >= 1,
        "given back, not left to expire"
    );
}

// Rules: R2, X10
#[tokio::test]
async fn an_ask_to_buy_that_is_dismissed_frees_the_slot_and_may_be_asked_again() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    let care = phone.open_as("anna").await;
    let pending = asks(&phone, &care).await;
    let refused = subscribe(&care, "tapo-3-monthly").await.unwrap_err();
    assert_eq!(refused.problem().message.key, "slot-pending");
    for _ in 0..2 {
        care.dismiss_pending(pending.intent.clone()).await.unwrap();
    }
    is_over(&world, &phone, &care, &pending.intent).await;
    let again = buy(&care, "tapo-3-monthly").await;
    assert_eq!(again.kind, OutcomeKind::Granted);
    assert_ne!(again.intent, pending.intent);
    settle(&care).await;
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

// Rules: R2, X10
#[tokio::test]
async fn an_ask_to_buy_nobody_answers_is_over_after_24_hours_and_not_before() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    let care = phone.open_as("anna").await;
    let pending = asks(&phone, &care).await;
    world.advance("23h").await;
    settle(&care).await;
    assert_eq!(care.snapshot().purchases[0].state, "pending");
    care.close().await;
    world.advance("2h").await;
    let care = phone.open().await;
    settle(&care).await;
    is_over(&world, &phone, &care, &pending.intent).await;
    assert_eq!(buy(&care, "tapo-3-monthly").await.kind, OutcomeKind::Granted);
}

// Rules: R16, X10
#[tokio::test]
async fn an_approval_that_came_while_the_phone_was_off_is_found_before_the_wish_is_given_up() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    let care = phone.open_as("anna").await;
    let pending = asks(&phone, &care).await;
    care.close().await;
    world.advance("20h").await;
    approve(&world).await;
    world.advance("6d").await;
    let care = phone.open().await;
    settle(&care).await;
    let granted = ended(&care).await;
    assert_eq!((&granted.intent, granted.kind), (&pending.intent, OutcomeKind::Granted));
    settle(&care).await;
    assert_eq!(covered(&care), ["Garden"]);
}

// Rules: R16, X10
#[tokio::test]
async fn an_approval_after_the_user_stopped_waiting_is_granted_to_the_same_wish() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    let care = phone.open_as("anna").await;
    let pending = asks(&phone, &care).await;
    care.dismiss_pending(pending.intent.clone()).await.unwrap();
    is_over(&world, &phone, &care, &pending.intent).await;
    world.advance("3h").await;
    approve(&world).await;
    settle(&care).await;
    let granted = ended(&care).await;
    assert_eq!(
        (&granted.intent, granted.kind, granted.money),
        (&pending.intent, OutcomeKind::Granted, Money::Charged)
    );
    settle(&care).await;
    assert_eq!(covered(&care), ["Garden"], "as was wished");
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

// Rules: R16, X10
#[tokio::test]
async fn a_purchase_the_store_shows_days_after_the_wish_was_given_up_is_still_that_wishs() {
    for (days, this_wish) in [(3, true), (8, false)] {
        let world = World::new();
        let phone = Phone::new(&world, "phone");
        let care = phone.open_as("anna").await;
        let pending = asks(&phone, &care).await;
        world.advance("25h").await;
        settle(&care).await;
        is_over(&world, &phone, &care, &pending.intent).await;
        world.advance(&format!("{days}d")).await;
        outside(StoreKind::AppStore, &world, "phone", Some("anna")).await;
        settle(&care).await;
        settle(&care).await;
        assert_eq!(care.snapshot().subscriptions.len(), 1, "granted in any case");
        assert_eq!(world.ledger().await.counts(), (1, 1, 1));
        let cameras: &[&str] = if this_wish { &["Garden"] } else { &[] };
        assert_eq!(covered(&care), cameras, "after {days} days");
    }
}

#[tokio::test]
async fn only_what_waits_for_an_approval_and_is_ones_own_can_be_dismissed() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    let care = phone.open_as("anna").await;
    let pending = asks(&phone, &care).await;
    let name = |refused: Result<(), tapo_care::CareError>| {
        let problem = refused.unwrap_err().problem().clone();
        (problem.name, problem.money, problem.retry)
    };
    assert_eq!(
        name(care.dismiss_pending("nothing".into()).await),
        ("unknown_purchase".into(), Money::NotCharged, Retry::Never)
    );
    care.sign_in(AccountId(world.account_id("ben").await)).await.unwrap();
    assert_eq!(
        name(care.dismiss_pending(pending.intent.clone()).await).0,
        "unknown_purchase"
    );
    care.sign_in(AccountId(world.account_id("anna").await)).await.unwrap();
    approve(&world).await;
    settle(&care).await;
    assert_eq!(ended(&care).await.kind, OutcomeKind::Granted);
    assert_eq!(
        name(care.dismiss_pending(pending.intent).await),
        ("not_pending".into(), Money::Charged, Retry::Never)
    );
}

#[tokio::test]
async fn a_slow_payment_google_play_lists_cannot_be_dismissed_and_goes_on() {
    let world = World::new();
    let phone = Phone::android(&world, "pixel");
    let care = phone.open_as("anna").await;
    let pending = asks(&phone, &care).await;
    settle(&care).await;
    let refused = care.dismiss_pending(pending.intent.clone()).await.unwrap_err();
    assert_eq!(refused.problem().name, "pending_at_store");
    let token = world.get("/device/pixel/play/purchases").await["purchases"][0]["token"].clone();
    world
        .post(&format!("play/{}/complete", token.as_str().unwrap()), json!({}))
        .await;
    settle(&care).await;
    let granted = ended(&care).await;
    assert_eq!((granted.intent, granted.kind), (pending.intent, OutcomeKind::Granted));
}
