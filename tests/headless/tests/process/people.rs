//! Whose a purchase is, when somebody else signs in or the session ends meanwhile.

use crate::both::Store;
use crate::support::{PLAN, Phone, World};
use serde_json::json;

/// The store took the money, and the phone died before it could write that down.
const PAID: &str = "store.bought";

// Rules: R16, X5
both_stores!(another_account_that_signs_in_sees_nothing_and_the_grant_goes_to_whoever_began_it);
fn another_account_that_signs_in_sees_nothing_and_the_grant_goes_to_whoever_began_it(store: Store) {
    let world = World::up(21);
    let phone = Phone::of(&world, "shared").at(store);
    phone.care(&["sign-in", "anna"]).ended(0);
    assert_eq!(
        phone
            .care_with(&[("CARE_KILL_AT", PAID)], &["--json", "subscribe", PLAN])
            .code,
        None
    );
    phone.care(&["sign-in", "ben"]).ended(0);
    let seen = phone.status();
    assert_eq!(seen["account"], "acc_ben");
    for nothing in ["subscriptions", "purchases"] {
        assert_eq!(seen[nothing], json!([]), "{nothing}");
    }
    assert!(seen["picker"].is_null());
    let receipts = phone.care(&["--json", "purchases"]).ended(0).json();
    assert_eq!(receipts["receipts"], json!([]));
    world.ledger().holds_one(&phone.store_account(), "acc_anna");
    // Ben's store account is the one that pays for anna, so he is refused before the sheet.
    let refused = phone.care(&["--json", "subscribe", PLAN]).ended(1).error();
    assert_eq!(
        (&refused["error"], &refused["money"]),
        (&"owned_elsewhere".into(), &"not_charged".into())
    );
    phone.care(&["sign-in", "anna"]).ended(0);
    assert!(phone.status()["picker"].is_object());
}

// Rules: X11
both_stores!(a_purchase_without_an_account_is_bound_only_after_a_yes);
fn a_purchase_without_an_account_is_bound_only_after_a_yes(store: Store) {
    let world = World::up(22);
    let phone = Phone::of(&world, "unbound").at(store);
    phone.care(&["sign-in", "anna"]).ended(0);
    world.control(
        "purchases/outside",
        &json!({ "device": "unbound", "store": store.word(), "product": store.product() }),
    );
    let asked = phone.care(&["--json", "restore"]).ended(2).error();
    assert_eq!(
        (&asked["error"], &asked["confirm"]),
        (&"bind_purchase".into(), &"bind_purchase".into())
    );
    assert_eq!(phone.status()["subscriptions"], json!([]));
    let restored = phone.care(&["--json", "restore", "--yes"]).ended(0).json();
    assert_eq!(restored["granted"], 1);
    assert_eq!(phone.status()["subscriptions"][0]["plan"], PLAN);
    world.ledger().holds_one(&phone.store_account(), "acc_anna");
}

// Rules: X17
both_stores!(a_web_plan_asks_once_before_another_is_bought_in_the_app);
fn a_web_plan_asks_once_before_another_is_bought_in_the_app(store: Store) {
    let world = World::up(23);
    let phone = Phone::of(&world, "webby").at(store);
    phone.care(&["sign-in", "anna"]).ended(0);
    world.control(
        "subscriptions",
        &json!({ "account": "anna", "plan": PLAN, "channel": "web", "cameras": ["cam_porch"] }),
    );
    let asked = phone.care(&["--json", "subscribe", PLAN]).ended(2).error();
    assert_eq!(
        (&asked["error"], &asked["money"]),
        (&"already_covered".into(), &"not_charged".into())
    );
    assert!(asked["facts"][0].as_str().unwrap().contains("Porch"), "{asked}");
    world.ledger().holds_nothing(&phone.store_account());
    phone.care(&["--json", "subscribe", PLAN, "--yes"]).ended(0);
    world.ledger().holds_one(&phone.store_account(), "acc_anna");
}

both_stores!(a_session_that_ends_between_sheet_and_grant_does_not_keep_the_grant_away);
fn a_session_that_ends_between_sheet_and_grant_does_not_keep_the_grant_away(store: Store) {
    let world = World::up(24);
    let phone = Phone::of(&world, "expired").at(store);
    phone.care(&["sign-in", "anna"]).ended(0);
    assert_eq!(
        phone
            .care_with(&[("CARE_KILL_AT", PAID)], &["--json", "subscribe", PLAN])
            .code,
        None
    );
    world.control("sessions/expire", &json!({ "account": "acc_anna" }));
    world.fault("session", "down", None);
    // Without any session: granted and finished, and the account cannot be asked for its news.
    let without = phone.status();
    assert_ne!(without["freshness"], "fresh");
    world.ledger().holds_one(&phone.store_account(), "acc_anna");
    world.clear_faults();
    let with = phone.status();
    assert_eq!(with["freshness"], "fresh");
    assert!(with["picker"].is_object());
}

// Rules: X18 (core)
both_stores!(an_account_is_erased_only_after_reading_what_still_bills);
fn an_account_is_erased_only_after_reading_what_still_bills(store: Store) {
    let world = World::up(23);
    let phone = Phone::of(&world, "erased").at(store);
    phone.care(&["sign-in", "anna"]).ended(0);
    phone.care(&["subscribe", PLAN]).ended(0);
    let asked = phone.care(&["--json", "erase"]).ended(2).error();
    assert_eq!(
        (&asked["error"], &asked["confirm"]),
        (&"erase_account".into(), &"erase_account".into())
    );
    assert!(asked.to_string().contains("goes on billing"), "{asked}");
    let peeked = phone.care(&["--json", "status", "--peek"]).ended(0).json();
    assert_eq!(peeked["subscriptions"][0]["plan"], PLAN, "asked, and nothing erased");
    phone.care(&["erase", "--yes"]).ended(0);
    let peeked = phone.care(&["--json", "status", "--peek"]).ended(0).json();
    assert_eq!(
        (&peeked["account"], &peeked["subscriptions"]),
        (&json!(null), &json!([]))
    );
    phone.care(&["--json", "status"]).ended(1);
    // What was bought stays with the account.
    phone.care(&["sign-in", "anna"]).ended(0);
    assert_eq!(phone.status()["subscriptions"][0]["plan"], PLAN);
}
