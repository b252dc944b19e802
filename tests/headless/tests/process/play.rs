//! A phone whose store is Google Play: bought, refused beside the other store, and paid slowly.

use crate::support::{PLAN, Phone, World};
use serde_json::{Value, json};

/// The one purchase that this phone has shown, and its token.
fn receipt(phone: &Phone<'_>) -> (Value, String) {
    let mut shown = phone.care(&["--json", "purchases"]).ended(0).json();
    let receipt = shown["receipts"][0].take();
    let token = receipt["transaction"].as_str().unwrap().to_owned();
    (receipt, token)
}

fn ledger(phone: &Phone<'_>) -> Value {
    phone.care(&["--json", "sandbox", "ledger"]).ended(0).json()
}

/// How many rows of Google Play are in that book.
fn rows(phone: &Phone<'_>, book: &str) -> usize {
    let ledger = ledger(phone);
    let rows = ledger[book].as_array().unwrap();
    assert!(rows.iter().all(|row| row["store"] == "play"), "{rows:?}");
    rows.len()
}

fn bought_is_there_in_a_new_process(phone: &Phone<'_>) {
    let outcome = phone
        .care(&["--json", "subscribe", PLAN, "--cameras", "Porch"])
        .ended(0)
        .json();
    assert_eq!(
        (&outcome["outcome"], &outcome["answer"], &outcome["money"]),
        (&"granted".into(), &"granted".into(), &"charged".into())
    );
    let snapshot = phone.status();
    assert_eq!(snapshot["freshness"], "fresh");
    let plan = &snapshot["subscriptions"][0];
    assert_eq!((&plan["id"], &plan["plan"]), (&outcome["subscription"], &PLAN.into()));
    assert_eq!(plan["channel"], "play");
    assert_eq!(snapshot["purchases"], json!([]));
    let (receipt, _) = receipt(phone);
    for (fact, value) in [
        ("verified", json!(true)),
        ("bound", json!("ours")),
        ("finished", json!(true)),
        ("product", json!("tapo_care_3")),
    ] {
        assert_eq!(receipt[fact], value, "{fact}");
    }
    assert!(phone.care(&["status"]).ended(0).out.contains("in Google Play."));
}

// Rules: R1, R6, R8, R10, R16, U4
#[test]
fn a_plan_bought_at_play_is_there_in_a_new_process_and_renews() {
    let phone = Phone::alone().on_play();
    let plans = phone.care(&["plans"]).ended(0).out;
    assert!(plans.contains("$6.99 a month"), "{plans}");
    bought_is_there_in_a_new_process(&phone);
    let before = phone.status()["subscriptions"][0]["renews_at"].clone();
    phone.care(&["sandbox", "clock", "advance", "31d"]).ended(0);
    let snapshot = phone.status();
    // RFC 3339 in UTC: later is greater.
    assert!(snapshot["subscriptions"][0]["renews_at"].as_str() > before.as_str());
    assert_eq!(snapshot["subscriptions"][0]["cover"], "covered");
    assert_eq!((rows(&phone, "charges"), rows(&phone, "finishes")), (2, 1));
}

// Rules: R1, R8, R16
#[test]
fn a_plan_bought_at_play_of_a_cloud_elsewhere_is_there_in_a_new_process() {
    let world = World::up(61);
    let phone = Phone::of(&world, "pixel").on_play();
    let account = world.newcomer("pia");
    phone.care(&["sign-in", "pia"]).ended(0);
    bought_is_there_in_a_new_process(&phone);
    world.ledger().holds_one(&phone.store_account(), &account);
}

// Rules: R2, R3
#[test]
fn a_plan_of_one_store_refuses_a_second_at_the_other_and_says_which_store_holds_the_slot() {
    let world = World::up(62);
    let phones = [Phone::of(&world, "iphone"), Phone::of(&world, "pixel").on_play()];
    for (first, name, channel, said) in [
        (0, "pia", "app_store", "the App Store"),
        (1, "paul", "play", "Google Play"),
    ] {
        let account = world.newcomer(name);
        let owner = &phones[first];
        owner.care(&["sign-in", name]).ended(0);
        owner.care(&["--json", "subscribe", PLAN]).ended(0);
        // A new phone of the other store.
        let other = Phone::of(&world, &format!("other-of-{name}"));
        let other = if first == 0 { other.on_play() } else { other };
        other.care(&["sign-in", name]).ended(0);
        let refused = other.care(&["--json", "subscribe", "tapo-1-monthly"]).ended(1).error();
        assert_eq!(
            (&refused["error"], &refused["money"], &refused["args"]["channel"]),
            (&"slot_taken".into(), &"not_charged".into(), &channel.into())
        );
        assert!(refused["message"].as_str().unwrap().contains(said), "{refused}");
        world.ledger().holds_nothing(&other.store_account());
        world.ledger().holds_one(&owner.store_account(), &account);
    }
}

// Rules: R2, R3
#[test]
fn one_state_folder_serves_both_stores_and_remembers_neither() {
    let phone = Phone::alone();
    phone.care(&["--json", "--store", "play", "subscribe", PLAN]).ended(0);
    // Without the option it is the App Store again, and the account is the same.
    let snapshot = phone.status();
    assert_eq!(snapshot["account"], "acc_anna");
    assert_eq!(snapshot["subscriptions"][0]["channel"], "play");
    let receipts = phone.care(&["--json", "purchases"]).ended(0).json();
    assert_eq!(receipts["receipts"], json!([]));
    let refused = phone.care(&["--json", "subscribe", "tapo-1-monthly"]).ended(1).error();
    assert_eq!(refused["args"]["channel"], "play");
    assert_eq!(rows(&phone, "charges"), 1);
}

/// Begins a slow payment and leaves the app closed; gives the token.
fn paying_slowly(phone: &Phone<'_>) -> String {
    let said = phone
        .care(&["--json", "subscribe", PLAN, "--sheet", "pending"])
        .ended(3)
        .json();
    assert_eq!(
        (&said["outcome"], &said["money"]),
        (&"pending".into(), &"not_charged".into())
    );
    let snapshot = phone.status();
    assert_eq!(snapshot["purchases"][0]["state"], "pending");
    assert_eq!(snapshot["subscriptions"], json!([]));
    receipt(phone).1
}

// Rules: X10
#[test]
fn a_slow_payment_made_a_day_later_with_the_app_closed_is_granted_at_the_next_start() {
    let world = World::up(63);
    let elsewhere = Phone::of(&world, "pixel").on_play();
    elsewhere.care(&["sign-in", "anna"]).ended(0);
    for phone in [Phone::alone().on_play(), elsewhere] {
        let token = paying_slowly(&phone);
        let refused = phone.care(&["--json", "subscribe", "tapo-1-monthly"]).ended(1).error();
        assert_eq!(refused["message_key"], "slot-pending");
        phone.care(&["sandbox", "clock", "advance", "1d"]).ended(0);
        let done = phone
            .care(&["--json", "sandbox", "play", "complete", &token])
            .ended(0)
            .json();
        assert_eq!(done["done"], "complete");
        let news = phone.care(&["status"]).ended(0).out;
        assert!(news.contains("Granted: the plan is yours."), "{news}");
        let snapshot = phone.status();
        assert_eq!(snapshot["subscriptions"][0]["plan"], PLAN);
        assert_eq!(snapshot["subscriptions"][0]["channel"], "play");
        assert_eq!(snapshot["purchases"], json!([]));
        assert!(snapshot["picker"].is_object());
        for book in ["charges", "grants", "finishes"] {
            assert_eq!(rows(&phone, book), 1, "{book}");
        }
        let (receipt, same) = receipt(&phone);
        assert_eq!(
            (&receipt["verified"], &receipt["finished"]),
            (&true.into(), &true.into())
        );
        assert_eq!(same, token);
    }
}

#[test]
fn a_slow_payment_that_is_declined_costs_nothing_says_so_and_frees_the_slot() {
    let phone = Phone::alone().on_play();
    let token = paying_slowly(&phone);
    phone.care(&["sandbox", "play", "decline", &token]).ended(0);
    let news = phone.care(&["status"]).ended(0).out;
    for said in ["the payment was declined or called off", "Nothing was charged."] {
        assert!(news.contains(said), "{said} in {news}");
    }
    phone.care(&["--json", "subscribe", PLAN]).ended(0);
    assert_eq!((rows(&phone, "charges"), rows(&phone, "finishes")), (1, 1));
    // It is over, and a token of nobody's was never there.
    for unknown in [token.as_str(), "nobodys.AO-J1x"] {
        let refused = phone
            .care(&["--json", "sandbox", "play", "complete", unknown])
            .ended(1)
            .error();
        assert_eq!(refused["error"], "sandbox_refused", "{unknown}");
    }
    phone.care(&["--json", "sandbox", "play", "complete", "a/b"]).ended(2);
}
