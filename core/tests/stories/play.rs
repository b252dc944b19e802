//! The same line over Google Play: the intent travels with the purchase, a slow payment waits, the cloud acknowledges.

use crate::both::outside;
use crate::phone::{Phone, buy, ended, select, settle, subscribe};
use crate::world::World;
use serde_json::{Value, json};
use tapo_care::OutcomeKind;
use tapo_care::account::Channel;
use tapo_care::id::StoreKind;
use tapo_care::money::Money;
use tapo_care::ports::{SignedPayload, StoreTransaction};
use tapo_care::snapshot::{Cover, ManageRoute};

/// The token of the newest purchase on a device, as its query lists it or as Play charged for it.
async fn token(phone: &Phone) -> String {
    let path = format!("/device/{}/play/purchases", phone.device);
    let listed = phone.world.get(&path).await;
    let newest = listed["purchases"].as_array().unwrap().last().unwrap();
    newest["token"].as_str().unwrap().to_owned()
}

async fn at_play(phone: &Phone, token: &str, what: &str, body: Value) {
    phone.world.post(&format!("play/{token}/{what}"), body).await;
}

// Rules: R1 (core, cloud), R6 (core, cloud), R9 (store), R10 (core, store), R11 (core)
#[tokio::test]
async fn a_plan_is_paid_at_play_granted_acknowledged_once_and_renews() {
    let world = World::new();
    let phone = Phone::android(&world, "pixel");
    let care = phone.open_as("anna").await;
    let plans = care.plans().await.unwrap().plans;
    let card = plans.iter().find(|plan| plan.id.as_str() == "tapo-3-monthly").unwrap();
    assert_eq!(
        (card.product.as_str(), card.display_price.as_str()),
        ("tapo_care_3", "$6.99")
    );

    let outcome = buy(&care, "tapo-3-monthly").await;
    assert_eq!((outcome.kind, outcome.money), (OutcomeKind::Granted, Money::Charged));
    settle(&care).await;
    select(&care, &["cam_porch"]).await.unwrap();
    let row = care.snapshot().subscriptions.remove(0);
    assert_eq!((&row.channel, row.manage), (&Channel::Play, ManageRoute::GooglePlay));
    assert!(row.will_renew);
    let ledger = world.ledger().await;
    assert_eq!(ledger.counts(), (1, 1, 1));
    assert_eq!(ledger.finishes[0]["by"], "cloud");
    assert_eq!(phone.wire.sent("POST /v1/purchases"), 1);

    world.advance("31d").await;
    settle(&care).await;
    let renewed = care.snapshot().subscriptions.remove(0);
    assert!(renewed.renews_at.unwrap() > row.renews_at.unwrap());
    assert_eq!(renewed.cover, Cover::Covered);
    assert_eq!(
        world.ledger().await.counts(),
        (2, 2, 1),
        "renewals are not acknowledged"
    );
}

#[tokio::test]
async fn what_the_cloud_could_not_acknowledge_the_phone_acknowledges() {
    let world = World::new();
    let phone = Phone::android(&world, "pixel");
    let care = phone.open_as("anna").await;
    // The cloud gets its bearer and asks about the purchase; whatever it tells Play is not heard.
    let fault = json!({ "endpoint": "store-server", "kind": "down", "after": 2 });
    world.post("faults", fault).await;
    assert_eq!(buy(&care, "tapo-3-monthly").await.kind, OutcomeKind::Granted);
    settle(&care).await;
    let finishes = world.ledger().await.finishes;
    assert_eq!((finishes.len(), &finishes[0]["by"]), (1, &json!("device")));
    world.clear_faults().await;
    world.advance("4d").await;
    settle(&care).await;
    assert_eq!(
        care.snapshot().subscriptions[0].phase,
        tapo_care::account::Phase::Active
    );
}

// Rules: X10 (core, cloud)
#[tokio::test]
async fn a_slow_payment_made_days_later_with_the_app_closed_is_granted_to_its_wish() {
    for cloud_is_told in [true, false] {
        let world = World::new();
        let phone = Phone::android(&world, "pixel");
        phone.sheet("pending");
        let care = phone.open_as("anna").await;
        let pending = buy(&care, "tapo-3-monthly").await;
        assert_eq!((pending.kind, pending.money), (OutcomeKind::Pending, Money::NotCharged));
        world.advance("30h").await;
        settle(&care).await;
        assert_eq!(care.snapshot().purchases[0].state, "pending");
        let refused = subscribe(&care, "tapo-10-monthly").await.unwrap_err();
        assert_eq!(
            refused.problem().message.key,
            "slot-pending",
            "as long as Play lists it"
        );
        let token = token(&phone).await;
        care.close().await;

        world.advance("30h").await;
        if !cloud_is_told {
            world.fault("store-server", "down", 1000).await;
        }
        at_play(&phone, &token, "complete", Value::Null).await;
        world.clear_faults().await;
        assert_eq!(world.ledger().await.counts().0, 1);
        assert_eq!(world.ledger().await.grants.len(), usize::from(cloud_is_told));

        let care = phone.open().await;
        settle(&care).await;
        let outcome = ended(&care).await;
        assert_eq!((outcome.kind, outcome.money), (OutcomeKind::Granted, Money::Charged));
        assert_eq!(outcome.intent, pending.intent);
        settle(&care).await;
        assert_eq!(care.snapshot().subscriptions.len(), 1);
        assert!(care.snapshot().purchases.is_empty());
        assert_eq!(world.ledger().await.counts(), (1, 1, 1), "told: {cloud_is_told}");
        assert_eq!(*phone.hands.sheets_shown.lock().unwrap(), 1);
    }
}

#[tokio::test]
async fn a_slow_payment_that_is_declined_costs_nothing_and_frees_the_slot() {
    let world = World::new();
    let phone = Phone::android(&world, "pixel");
    phone.sheet("pending");
    let care = phone.open_as("anna").await;
    assert_eq!(buy(&care, "tapo-3-monthly").await.kind, OutcomeKind::Pending);
    settle(&care).await;
    at_play(&phone, &token(&phone).await, "decline", Value::Null).await;
    settle(&care).await;
    let outcome = ended(&care).await;
    assert_eq!(
        (outcome.kind, outcome.money),
        (OutcomeKind::NotGranted, Money::NotCharged)
    );
    assert_eq!(outcome.answer.as_deref(), Some("pending_canceled"));
    phone.sheet("pay");
    assert_eq!(buy(&care, "tapo-3-monthly").await.kind, OutcomeKind::Granted);
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

// Rules: R2 (core, cloud), R3 (core)
#[tokio::test]
async fn a_plan_of_one_store_refuses_a_second_at_the_other_before_the_sheet() {
    for (first, second, channel) in [
        (
            Phone::new as fn(&World, &str) -> Phone,
            Phone::android as fn(&World, &str) -> Phone,
            "app_store",
        ),
        (Phone::android, Phone::new, "play"),
    ] {
        let world = World::new();
        let care = first(&world, "one").open_as("anna").await;
        assert_eq!(buy(&care, "tapo-3-monthly").await.kind, OutcomeKind::Granted);
        let other = second(&world, "two");
        let care = other.open_as("anna").await;
        let refused = subscribe(&care, "tapo-10-monthly").await.unwrap_err();
        assert_eq!(refused.problem().name, "slot_taken");
        assert_eq!(refused.problem().message.text_arg("channel"), Some(channel));
        assert_eq!(*other.hands.sheets_shown.lock().unwrap(), 0);
        assert_eq!(world.ledger().await.counts(), (1, 1, 1));
    }
}

// Rules: X5 (core, cloud)
#[tokio::test]
async fn a_google_account_that_pays_or_will_pay_for_another_tp_link_id_is_refused_before_the_sheet() {
    for sheet in ["pay", "pending"] {
        let world = World::new();
        for device in ["pixel", "tablet"] {
            let shared = json!({ "google_account": "family@google" });
            world.post(&format!("devices/{device}"), shared).await;
        }
        let phone = Phone::android(&world, "pixel");
        phone.sheet(sheet);
        buy(&phone.open_as("anna").await, "tapo-3-monthly").await;
        let tablet = Phone::android(&world, "tablet");
        let care = tablet.open_as("ben").await;
        settle(&care).await;
        let refused = subscribe(&care, "tapo-1-monthly").await.unwrap_err();
        assert_eq!(refused.problem().name, "owned_elsewhere", "{sheet}");
        assert_eq!(*tablet.hands.sheets_shown.lock().unwrap(), 0);
        assert!(care.snapshot().subscriptions.is_empty(), "nothing is transferred");
    }
}

#[tokio::test]
async fn a_sheet_whose_answer_is_lost_is_found_by_the_next_sweep() {
    let world = World::new();
    let phone = Phone::android(&world, "pixel");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    // The storefront and the two looks of the sweep before the sheet pass.
    let fault = json!({ "endpoint": "device", "kind": "lost", "after": 3, "times": 1 });
    world.post("faults", fault).await;
    let outcome = buy(&care, "tapo-3-monthly").await;
    assert_eq!(outcome.kind, OutcomeKind::Granted);
    settle(&care).await;
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
    assert_eq!(*phone.hands.sheets_shown.lock().unwrap(), 1);
}

#[tokio::test]
async fn altered_json_is_refused_here_and_the_cloud_says_what_is_true() {
    let world = World::new();
    let phone = Phone::android(&world, "pixel");
    *phone.hands.forge.lock().unwrap() = true;
    let care = phone.open_as("anna").await;
    let outcome = buy(&care, "tapo-1-monthly").await;
    assert_eq!(outcome.kind, OutcomeKind::Granted);
    settle(&care).await;
    let receipts = care.receipts();
    assert!(receipts.iter().all(|row| !row.verified));
    assert_eq!(receipts[0].refused_by.as_deref(), Some("signature"));
    assert_eq!(
        care.snapshot().subscriptions[0].capacity,
        1,
        "what Play says, not what the bytes say"
    );
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

#[tokio::test]
async fn a_state_nobody_knows_grants_nothing_until_play_says_more() {
    let world = World::new();
    let phone = Phone::android(&world, "pixel");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    let accounts = world.control("GET", "accounts", Value::Null).await;
    let anna = accounts["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "anna");
    let outside = json!({
        "device": "pixel", "store": "play", "product": "tapo_care_3", "app_account_token": anna.unwrap()["tag"],
    });
    let token = world.post("purchases/outside", outside).await["token"]
        .as_str()
        .unwrap()
        .to_owned();
    at_play(&phone, &token, "state", json!({ "raw": 7 })).await;
    settle(&care).await;
    let row = care.receipts().remove(0);
    assert_eq!(
        (row.verified, row.finished, row.answer.as_deref()),
        (true, false, Some("pending"))
    );
    assert!(care.snapshot().subscriptions.is_empty());
    assert!(care.snapshot().purchases.iter().all(|row| row.state != "confirming"));
    assert_eq!(world.ledger().await.counts(), (1, 0, 0));
    at_play(&phone, &token, "state", json!({ "raw": null })).await;
    settle(&care).await;
    assert_eq!(care.snapshot().subscriptions.len(), 1);
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

#[tokio::test]
async fn a_journal_lost_after_the_grant_asks_again_and_gets_the_same_answer() {
    let world = World::new();
    let phone = Phone::android(&world, "pixel");
    let care = phone.open_as("anna").await;
    buy(&care, "tapo-3-monthly").await;
    settle(&care).await;
    care.close().await;
    std::fs::write(phone.folder().join("care/journal.db"), b"no database at all").unwrap();
    let care = phone.open().await;
    settle(&care).await;
    let row = care.receipts().remove(0);
    assert_eq!(
        (row.answer.as_deref(), row.finished),
        (Some("granted"), true),
        "the JSON says acknowledged now"
    );
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

#[tokio::test]
async fn a_phone_without_a_license_key_opens_for_no_play_and_a_foreign_key_believes_nothing() {
    let world = World::new();
    let mut phone = Phone::android(&world, "pixel");
    phone.trust_play(None);
    assert_eq!(phone.try_open().await.err().unwrap().problem().name, "trust_unusable");
    let foreign = include_str!("../receipts/keys/foreign-license-key.txt");
    phone.trust_play(Some(foreign));
    let care = phone.open_as("anna").await;
    assert_eq!(
        buy(&care, "tapo-3-monthly").await.kind,
        OutcomeKind::Granted,
        "the cloud asked Play"
    );
    assert!(
        care.receipts()
            .iter()
            .all(|row| row.refused_by.as_deref() == Some("signature"))
    );
}

#[tokio::test]
async fn no_line_of_the_log_carries_a_whole_purchase_token() {
    let world = World::new();
    let phone = Phone::android(&world, "pixel");
    let care = phone.open_as("anna").await;
    buy(&care, "tapo-3-monthly").await;
    settle(&care).await;
    let token = token(&phone).await;
    let details = phone.hands.details.lock().unwrap().clone();
    assert!(
        details
            .iter()
            .any(|line| token.starts_with(line.as_str()) && !line.is_empty())
    );
    assert!(details.iter().all(|line| !line.contains(&token)));
}

/// Paid on the phone for anna without the app, and not yet handed over.
async fn handed(world: &World) -> StoreTransaction {
    outside(StoreKind::Play, world, "pixel", Some("anna")).await
}

#[tokio::test]
async fn a_signature_with_mime_line_breaks_is_verified_and_the_plan_granted() {
    let world = World::new();
    let phone = Phone::android(&world, "pixel");
    let mut purchase = handed(&world).await;
    let SignedPayload::Play { signature, .. } = &mut purchase.signed else {
        panic!("Google Play signed it")
    };
    let lines: Vec<&str> = signature
        .as_bytes()
        .chunks(76)
        .map(|line| str::from_utf8(line).unwrap())
        .collect();
    assert!(lines.len() > 1);
    *signature = lines.join("\r\n") + "\r\n";
    let care = phone.open_as("anna").await;
    // Nobody but this hand shows it: the phone's own query fails.
    world.fault("device", "down", 1000).await;
    care.on_store_transactions(vec![purchase]).await.unwrap();
    while world.ledger().await.grants.is_empty() {
        tokio::task::yield_now().await;
    }
    world.clear_faults().await;
    settle(&care).await;
    let row = care.receipts().remove(0);
    assert_eq!((row.verified, row.refused_by, row.finished), (true, None, true));
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

#[tokio::test]
async fn a_purchase_that_does_not_say_whether_it_is_acknowledged_is_acknowledged_once() {
    let world = World::new();
    let phone = Phone::android(&world, "pixel");
    let token = handed(&world).await.id;
    at_play(
        &phone,
        token.as_str(),
        "state",
        json!({ "raw": null, "without_acknowledged": true }),
    )
    .await;
    let path = format!("/device/{}/play/purchases", phone.device);
    let listed = world.get(&path).await["purchases"][0]["original_json"].clone();
    assert!(!listed.as_str().unwrap().contains("acknowledged"), "{listed}");
    // The cloud's bearer and its two questions pass; its acknowledgement is not heard, so the phone's counts.
    let fault = json!({ "endpoint": "store-server", "kind": "down", "after": 2 });
    world.post("faults", fault).await;
    let care = phone.open_as("anna").await;
    settle(&care).await;
    assert_eq!(care.receipts().remove(0).answer.as_deref(), Some("granted"));
    settle(&care).await;
    let finishes = world.ledger().await.finishes;
    assert_eq!((finishes.len(), &finishes[0]["by"]), (1, &json!("device")));
    world.clear_faults().await;
    settle(&care).await;
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}
