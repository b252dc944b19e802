//! What happens to a subscription at its store, reached by a person's hand: unpaid, paused, approved, given back.

use crate::both::Store;
use crate::support::{PLAN, Phone};
use serde_json::{Value, json};

impl Phone<'_> {
    /// `care sandbox play` or `care sandbox app-store`, about the one purchase of this phone.
    fn at_store(&self, store: Store, arguments: &[&str]) -> Value {
        let receipts = self.care(&["--json", "purchases"]).ended(0).json();
        let id = receipts["receipts"][0]["transaction"].as_str().unwrap().to_owned();
        let shop = match store {
            Store::AppStore => "app-store",
            Store::Play => "play",
        };
        let (verb, options) = arguments.split_first().unwrap();
        let line = [&["--json", "sandbox", shop, *verb, &id], options].concat();
        self.care(&line).ended(0).json()
    }

    /// To the next thing that is due in the world.
    fn next(&self) {
        self.care(&["sandbox", "clock", "next"]).ended(0);
    }

    /// The phase and cover of the one subscription.
    fn stands(&self) -> (Value, Value) {
        let row = self.status()["subscriptions"][0].take();
        (row["phase"].clone(), row["cover"].clone())
    }
}

fn stands(phase: &str, cover: &str) -> (Value, Value) {
    (json!(phase), json!(cover))
}

fn bought(store: Store) -> Phone<'static> {
    let phone = Phone::alone().at(store);
    phone
        .care(&["--json", "subscribe", PLAN, "--cameras", "Porch"])
        .ended(0);
    // The store's word on the purchase reaches the cloud a minute later, which knows it already.
    phone.next();
    phone
}

// Rules: X10
both_stores!(an_unpaid_renewal_is_covered_in_grace_and_not_after_it_and_holds_the_slot_until_it_is_paid);
fn an_unpaid_renewal_is_covered_in_grace_and_not_after_it_and_holds_the_slot_until_it_is_paid(store: Store) {
    let phone = bought(store);
    assert_eq!(phone.at_store(store, &["decline-payments"])["done"], "payments");
    phone.next();
    assert_eq!(phone.stands(), stands("grace", "covered"));
    phone.next();
    assert_eq!(phone.stands(), stands("retry", "not_covered"));
    let refused = phone.care(&["--json", "subscribe", "tapo-1-monthly"]).ended(1).error();
    assert_eq!(refused["error"], "slot_taken");
    phone.at_store(store, &["accept-payments"]);
    assert_eq!(phone.stands(), stands("active", "covered"));
}

both_stores!(an_unpaid_plan_that_is_switched_off_is_over_and_frees_the_slot);
fn an_unpaid_plan_that_is_switched_off_is_over_and_frees_the_slot(store: Store) {
    let phone = bought(store);
    phone.at_store(store, &["decline-payments"]);
    phone.next();
    phone.next();
    phone.at_store(store, &["cancel"]);
    assert_eq!(phone.stands(), stands("expired", "not_covered"));
    assert_eq!(phone.status()["add_plan"]["available"], true);
}

both_stores!(money_given_back_ends_the_plan_and_frees_the_slot);
fn money_given_back_ends_the_plan_and_frees_the_slot(store: Store) {
    let phone = bought(store);
    phone.at_store(store, &["revoke"]);
    assert_eq!(phone.stands(), stands("refunded", "not_covered"));
    phone.care(&["--json", "subscribe", "tapo-1-monthly"]).ended(0);
}

both_stores!(a_plan_that_is_switched_off_says_when_it_ends_and_switched_on_again_renews);
fn a_plan_that_is_switched_off_says_when_it_ends_and_switched_on_again_renews(store: Store) {
    let phone = bought(store);
    phone.at_store(store, &["cancel"]);
    let row = phone.status()["subscriptions"][0].take();
    assert_eq!((&row["will_renew"], &row["cover"]), (&json!(false), &json!("covered")));
    assert!(row["ends_at"].is_string());
    phone.at_store(store, &["restart"]);
    assert_eq!(phone.status()["subscriptions"][0]["will_renew"], true);
}

// Rules: X10
#[test]
fn a_pause_at_play_covers_nothing_until_it_ends() {
    let phone = bought(Store::Play);
    phone.at_store(Store::Play, &["pause", "--for", "P2M"]);
    assert_eq!(phone.stands(), stands("active", "covered"));
    phone.next();
    assert_eq!(phone.stands(), stands("paused", "not_covered"));
    phone.at_store(Store::Play, &["resume"]);
    assert_eq!(phone.stands(), stands("active", "covered"));
}

#[test]
fn an_ask_to_buy_that_a_parent_approves_becomes_the_plan() {
    let phone = Phone::alone();
    phone
        .care(&["--json", "subscribe", PLAN, "--sheet", "pending"])
        .ended(3);
    let asks = phone.care(&["--json", "sandbox", "app-store", "asks"]).ended(0).json();
    let ask = asks["asks"][0]["id"].as_str().unwrap();
    phone.care(&["sandbox", "app-store", "approve", ask]).ended(0);
    let news = phone.care(&["status"]).ended(0).out;
    assert!(news.contains("Granted: the plan is yours."), "{news}");
    let asks = phone.care(&["sandbox", "app-store", "asks"]).ended(0).out;
    assert!(asks.contains("Nobody asks"), "{asks}");
}

// Rules: R2, X10
#[test]
fn a_purchase_nobody_approves_is_dismissed_by_its_id_and_another_is_not_there() {
    let phone = Phone::alone();
    phone
        .care(&["--json", "subscribe", PLAN, "--sheet", "pending"])
        .ended(3);
    let pending = phone.status()["purchases"][0]["intent"].as_str().unwrap().to_owned();
    let refused = phone
        .care(&["--json", "purchases", "--dismiss", "nothing"])
        .ended(1)
        .error();
    assert_eq!(
        (&refused["error"], &refused["money"], &refused["operation"]),
        (
            &json!("unknown_purchase"),
            &json!("not_charged"),
            &json!("dismiss_pending")
        )
    );
    let said = phone.care(&["purchases", "--dismiss", &pending]).ended(0).out;
    assert!(
        said.contains("Not approved") && said.contains("Nothing was charged"),
        "{said}"
    );
    assert_eq!(phone.status()["purchases"], json!([]));
    phone.care(&["--json", "subscribe", PLAN]).ended(0);
}
