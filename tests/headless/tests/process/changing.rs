//! A plan changed for another, and nothing to give back where nothing was paid twice: each command a process of its own.

use crate::both::Store;
use crate::support::{PLAN, Phone};

// Rules: R2, R10
both_stores!(a_larger_plan_takes_over_at_once_and_a_smaller_one_waits);
fn a_larger_plan_takes_over_at_once_and_a_smaller_one_waits(store: Store) {
    let phone = Phone::alone().at(store);
    let bought = phone.care(&["--json", "subscribe", PLAN]).ended(0).json();
    let id = bought["subscription"].as_str().unwrap();
    let changed = |plan: &str| {
        let ended = phone.care(&["--json", "subscribe", plan, "--replace", id]).ended(0);
        let outcome = ended.json();
        assert_eq!(outcome["subscription"], *id);
        [outcome["outcome"].clone(), outcome["money"].clone()]
    };
    assert_eq!(changed("tapo-10-monthly"), ["granted", "charged"]);
    assert_eq!(changed("tapo-1-monthly"), ["scheduled", "not_charged"]);
    let snapshot = phone.status();
    assert_eq!(snapshot["subscriptions"].as_array().unwrap().len(), 1);
    let plan = &snapshot["subscriptions"][0];
    assert_eq!(
        (&plan["plan"], &plan["scheduled"]["plan"]),
        (&"tapo-10-monthly".into(), &"tapo-1-monthly".into())
    );
    let said = phone.care(&["status"]).ended(0).out;
    assert!(
        said.contains("Changes to Tapo Care · 1 camera on 5 Feb 2026."),
        "{said}"
    );
    let refused = phone
        .care(&["--json", "subscribe", "tapo-1-monthly", "--replace", id])
        .ended(1);
    assert_eq!(refused.error()["error"], "change_is_scheduled");
}

// Rules: X16
#[test]
fn where_nothing_was_paid_twice_nothing_is_given_back() {
    let phone = Phone::alone();
    phone.care(&["subscribe", PLAN]).ended(0);
    let refused = phone.care(&["--json", "purchases", "--return", "--yes"]).ended(1);
    assert_eq!(
        (refused.error()["error"].clone(), refused.error()["money"].clone()),
        ("not_paid_twice".into(), "not_charged".into())
    );
}
