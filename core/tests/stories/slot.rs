//! One plan in the app: refused before the sheet opens, with who holds it and the way out.

use crate::both::{outside, word};
use crate::phone::{Phone, buy, ended, settle, subscribe};
use crate::world::World;
use serde_json::json;
use tapo_care::error::{ConfirmationKind, UserAction};
use tapo_care::id::StoreKind;
use tapo_care::money::Money;
use tapo_care::{CareError, OutcomeKind, SubscribeRequest};

fn refused_as(error: &CareError, name: &str) {
    assert!(matches!(error, CareError::Refused(_)), "{error:?}");
    assert_eq!(
        (error.problem().name.as_str(), error.problem().money),
        (name, Money::NotCharged),
        "{error:?}"
    );
}

// Rules: R2 (core, cloud), R3 (core), U9 (core, cloud)
both_stores!(a_second_plan_is_refused_before_the_sheet_with_the_way_out_this_storefront_allows);
async fn a_second_plan_is_refused_before_the_sheet_with_the_way_out_this_storefront_allows(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    buy(&care, "tapo-3-monthly").await;
    settle(&care).await;
    for (steering, portal) in [("none", false), ("text_only", false), ("link", true)] {
        world.post("catalogue", json!({ "steering": steering })).await;
        world.advance("24h").await;
        let refused = subscribe(&care, "tapo-10-monthly").await.unwrap_err();
        refused_as(&refused, "slot_taken");
        let action = &refused.problem().user_action;
        assert_eq!(
            matches!(action, UserAction::OpenPortal { .. }),
            portal,
            "{steering}: {action:?}"
        );
        assert_eq!(refused.problem().message.text_arg("channel"), Some(word(store)));
    }
    assert_eq!(*phone.hands.sheets_shown.lock().unwrap(), 1);
    assert!(!care.snapshot().add_plan.available);
}

// Rules: X10 (core, cloud)
both_stores!(a_plan_in_grace_retry_or_pause_still_holds_the_slot_and_an_unknown_phase_too);
async fn a_plan_in_grace_retry_or_pause_still_holds_the_slot_and_an_unknown_phase_too(store: StoreKind) {
    for phase in ["grace", "retry", "paused", "future_hibernation"] {
        let world = World::new();
        let phone = Phone::at(store, &world, "phone");
        let care = phone.open_as("anna").await;
        let subscription = buy(&care, "tapo-3-monthly").await.subscription.unwrap();
        world
            .post(&format!("subscriptions/{subscription}"), json!({ "phase": phase }))
            .await;
        let refused = subscribe(&care, "tapo-10-monthly").await.unwrap_err();
        refused_as(&refused, "slot_taken");
        assert_eq!(*phone.hands.sheets_shown.lock().unwrap(), 1, "{phase}");
    }
}

// Rules: X5 (core, cloud)
both_stores!(a_store_account_that_pays_for_another_tp_link_id_is_refused_before_the_sheet);
async fn a_store_account_that_pays_for_another_tp_link_id_is_refused_before_the_sheet(store: StoreKind) {
    let world = World::new();
    for device in ["phone", "tablet"] {
        let shared = json!({ "apple_id": "family@apple", "google_account": "family@google" });
        world.post(&format!("devices/{device}"), shared).await;
    }
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    buy(&care, "tapo-3-monthly").await;
    let tablet = Phone::at(store, &world, "tablet");
    let care = tablet.open_as("ben").await;
    settle(&care).await;
    let refused = subscribe(&care, "tapo-3-monthly").await.unwrap_err();
    refused_as(&refused, "owned_elsewhere");
    assert_eq!(*tablet.hands.sheets_shown.lock().unwrap(), 0);
    assert!(care.snapshot().subscriptions.is_empty(), "nothing is transferred");
    assert_eq!(world.ledger().await.counts().0, 1);
}

// Rules: X17 (core, cloud)
both_stores!(a_web_plan_takes_no_slot_and_asks_once_naming_the_cameras_it_covers);
async fn a_web_plan_takes_no_slot_and_asks_once_naming_the_cameras_it_covers(store: StoreKind) {
    let world = World::new();
    let web = json!({ "account": "anna", "plan": "tapo-1-monthly", "channel": "web", "cameras": ["cam_porch"] });
    world.post("subscriptions", web).await;
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    let asked = subscribe(&care, "tapo-3-monthly").await.unwrap_err();
    let CareError::ConfirmationNeeded(asked) = asked else {
        panic!("{asked:?}")
    };
    assert_eq!(asked.kind, ConfirmationKind::AlreadyCovered);
    assert_eq!(asked.facts[0].text_arg("cameras"), Some("Porch"));
    assert_eq!(*phone.hands.sheets_shown.lock().unwrap(), 0);
    let request = |token: &str| SubscribeRequest {
        plan: "tapo-3-monthly".into(),
        cameras: vec![],
        trial: false,
        confirmation: Some(token.to_owned()),
    };
    assert!(matches!(
        care.subscribe(request("yes")).await,
        Err(CareError::ConfirmationNeeded(_))
    ));
    care.subscribe(request(&asked.token)).await.unwrap();
    assert_eq!(ended(&care).await.kind, OutcomeKind::Granted);
}

// Rules: X11 (core, cloud)
both_stores!(a_purchase_nobody_claimed_is_bound_once_and_only_on_the_users_word);
async fn a_purchase_nobody_claimed_is_bound_once_and_only_on_the_users_word(store: StoreKind) {
    let world = World::new();
    outside(store, &world, "phone", None).await;
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    assert_eq!(care.snapshot().purchases[0].state, "needs_confirmation");
    assert_eq!(
        world.ledger().await.counts(),
        (1, 0, 0),
        "nothing is granted and nothing finished before"
    );
    refused_as(
        &subscribe(&care, "tapo-3-monthly").await.unwrap_err(),
        "unbound_purchase",
    );
    let asked = care.restore(None).await.unwrap_err();
    let CareError::ConfirmationNeeded(asked) = asked else {
        panic!("{asked:?}")
    };
    assert_eq!(asked.kind, ConfirmationKind::BindPurchase);
    let restored = care.restore(Some(asked.token)).await.unwrap();
    assert_eq!((restored.granted, restored.waiting), (1, 0));
    settle(&care).await;
    assert_eq!(care.snapshot().subscriptions.len(), 1);
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

both_stores!(a_second_tap_is_the_same_wish_and_another_plan_waits);
async fn a_second_tap_is_the_same_wish_and_another_plan_waits(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    let open_sheet = phone.hands.gate.lock().await;
    let first = subscribe(&care, "tapo-3-monthly").await.unwrap();
    assert_eq!(subscribe(&care, "tapo-3-monthly").await.unwrap(), first);
    let other = subscribe(&care, "tapo-10-monthly").await.unwrap_err();
    assert_eq!(other.problem().message.key, "slot-being-bought");
    drop(open_sheet);
    assert_eq!(ended(&care).await.intent, first);
    assert_eq!(world.ledger().await.counts().0, 1);
}

both_stores!(of_two_phones_that_buy_at_the_same_moment_one_sees_a_sheet);
async fn of_two_phones_that_buy_at_the_same_moment_one_sees_a_sheet(store: StoreKind) {
    let world = World::new();
    let (phone, tablet) = (Phone::at(store, &world, "phone"), Phone::at(store, &world, "tablet"));
    let (on_phone, on_tablet) = (phone.open_as("anna").await, tablet.open_as("anna").await);
    let (open_phone, open_tablet) = (phone.hands.gate.lock().await, tablet.hands.gate.lock().await);
    let (first, second) = tokio::join!(
        subscribe(&on_phone, "tapo-3-monthly"),
        subscribe(&on_tablet, "tapo-10-monthly")
    );
    let refused = match (first, second) {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
        both => panic!("{both:?}"),
    };
    refused_as(&refused, "reserved_elsewhere");
    drop((open_phone, open_tablet));
}

#[tokio::test]
async fn a_client_too_old_for_the_cloud_may_not_buy_and_may_do_everything_else() {
    let world = World::new();
    world.post("catalogue", json!({ "least_contract": 99 })).await;
    let phone = Phone::new(&world, "phone");
    let care = phone.open_as("anna").await;
    let refused = subscribe(&care, "tapo-3-monthly").await.unwrap_err();
    refused_as(&refused, "client_too_old");
    assert_eq!(refused.problem().user_action, UserAction::UpdateApp);
    settle(&care).await;
    assert_eq!(care.snapshot().cameras.len(), 5);
}
