//! One plan for another at Google Play: what is charged, what goes on, and what Google's own API says of it. And what is given
//! back of two.

use crate::wire::{Person, World, subscription, world};
use serde_json::{Value, json};

async fn bought(world: &World, person: &Person, product: &str) -> (Value, String) {
    let body = json!({ "product": product, "obfuscated_account_id": person.tag });
    let bought = world.play("pixel", "POST", "buy", body).await["purchase"].clone();
    let answer = world.post_play(&bought, product).await;
    (bought, answer["subscription"].as_str().unwrap().to_owned())
}

async fn replaced(world: &World, person: &Person, old: &Value, product: &str, mode: &str) -> Value {
    let body = json!({
        "product": product, "obfuscated_account_id": person.tag, "replaces": old["token"], "replacement_mode": mode,
    });
    world.play("pixel", "POST", "buy", body).await
}

async fn amounts(world: &World) -> Vec<(i64, String)> {
    let rows = world.ledger("charges").await;
    let row = |row: &Value| {
        (
            row["amount_micros"].as_i64().unwrap(),
            row["state"].as_str().unwrap().to_owned(),
        )
    };
    rows.iter().map(row).collect()
}

// Rules: R2 (cloud), R10 (store), X16 (cloud)
#[tokio::test]
async fn a_larger_plan_costs_the_difference_for_the_rest_and_keeps_the_day_of_the_bill() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let (small, first) = bought(&world, &anna, "tapo_care_3").await;
    world.ask(anna.selects(&first, &["cam_porch"], 0)).await;
    world.advance("P10D").await;
    let large = replaced(&world, &anna, &small, "tapo_care_10", "charge_prorated_price").await["purchase"].clone();
    let answer = world.post_play(&large, "b").await;
    assert_eq!(
        (&answer["answer"], &answer["subscription"]),
        (&json!("granted"), &json!(first))
    );
    // 21 of 31 days: 8.12 for the larger plan, less 4.74 that were paid for the smaller one.
    assert_eq!(
        amounts(&world).await,
        [(6_990_000, "replaced".to_owned()), (3_380_000, "kept".to_owned())]
    );
    let anna = world.sign_in("anna").await;
    let account = world.account(&anna).await;
    let plan = subscription(&account, &first);
    assert_eq!(account["subscriptions"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&plan["plan"]["id"], &plan["flags"]),
        (&json!("tapo-10-monthly"), &json!([]))
    );
    assert_eq!(plan["cameras"], json!(["cam_porch"]));
    assert_eq!(plan["renews_at"], "2026-02-05T09:00:00Z");
    assert_eq!(world.post_play(&small, "c").await["answer"], "superseded");
    world.advance("P22D").await;
    assert_eq!(amounts(&world).await[2], (11_990_000, "kept".to_owned()));
}

// Rules: R2 (cloud), R10 (store)
#[tokio::test]
async fn a_smaller_plan_waits_under_a_token_of_its_own_which_is_acknowledged() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let (large, first) = bought(&world, &anna, "tapo_care_10").await;
    let waiting = replaced(&world, &anna, &large, "tapo_care_1", "deferred").await["purchase"].clone();
    assert_ne!(waiting["token"], large["token"]);
    assert_eq!(world.post_play(&waiting, "b").await["subscription"], json!(first));
    let account = world.account(&anna).await;
    let plan = subscription(&account, &first);
    assert_eq!(plan["plan"]["id"], "tapo-10-monthly");
    assert_eq!(
        plan["scheduled"],
        json!({ "plan": "tapo-1-monthly", "title": "Tapo Care · 1 camera", "capacity": 1, "at": "2026-02-05T09:00:00Z" })
    );
    assert_eq!(amounts(&world).await, [(11_990_000, "kept".to_owned())]);
    // Past the third day: whoever acknowledged only the old token has lost the plan by now.
    world.advance("P32D").await;
    let anna = world.sign_in("anna").await;
    let account = world.account(&anna).await;
    let plan = subscription(&account, &first);
    assert_eq!(
        (&plan["plan"]["id"], &plan["phase"]),
        (&json!("tapo-1-monthly"), &json!("active"))
    );
    assert_eq!(plan["scheduled"], Value::Null);
    assert_eq!(amounts(&world).await[1], (3_490_000, "kept".to_owned()));
}

#[tokio::test]
async fn google_takes_a_mode_only_where_it_fits() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let (large, _) = bought(&world, &anna, "tapo_care_10").await;
    let less = replaced(&world, &anna, &large, "tapo_care_1", "charge_prorated_price").await;
    assert_eq!(
        (&less["result"], &less["code"]),
        (&json!("failed"), &json!("developer_error"))
    );
    // A year of it costs less a day than twelve months.
    let year = replaced(&world, &anna, &large, "tapo_care_10_year", "charge_prorated_price").await;
    assert_eq!(year["code"], "developer_error");
    let elsewhere = json!({ "token": "0123456789ab.AO-J1nobodys" });
    let unknown = replaced(&world, &anna, &elsewhere, "tapo_care_1", "deferred").await;
    assert_eq!(unknown["code"], "item_not_owned");
    assert_eq!(amounts(&world).await.len(), 1);
}

// Rules: X5 (cloud), X16 (cloud)
#[tokio::test]
async fn a_purchase_that_takes_the_place_of_another_accounts_ends_that_one() {
    let world = world();
    let (anna, ben) = (world.sign_in("anna").await, world.sign_in("ben").await);
    let (annas, first) = bought(&world, &anna, "tapo_care_1").await;
    let bens = replaced(&world, &ben, &annas, "tapo_care_10", "charge_full_price").await["purchase"].clone();
    let answer = world.post_play(&bens, "b").await;
    assert_eq!(
        (&answer["answer"], &answer["account_tag"]),
        (&json!("granted"), &json!(ben.tag))
    );
    let account = world.account(&anna).await;
    assert_eq!(subscription(&account, &first)["phase"], "superseded");
}

// Rules: R2 (cloud)
#[tokio::test]
async fn only_the_subscription_that_holds_the_slot_may_be_replaced_and_only_at_its_own_store() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let (_, id) = bought(&world, &anna, "tapo_care_1").await;
    let wish = |store: &str, replaces: &str| {
        let body = json!({
            "intent": "i-1", "installation": "here", "plan": "tapo-10-monthly", "store": store,
            "store_identity": null, "confirmed": [], "replaces": replaces,
        });
        anna.asks("POST", "/v1/reservations", body)
    };
    assert_eq!(world.ask(wish("play", "sub_000000000000")).await.code(), "slot_taken");
    assert_eq!(world.ask(wish("app_store", &id)).await.code(), "slot_taken");
    assert_eq!(world.ask(wish("play", &id)).await.status, 201);
}

// Rules: R2 (cloud)
#[tokio::test]
async fn while_a_deferred_replacement_waits_google_takes_no_other_and_not_the_plan_there_is_either() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let (large, _) = bought(&world, &anna, "tapo_care_10").await;
    let waiting = replaced(&world, &anna, &large, "tapo_care_3", "deferred").await["purchase"].clone();
    world.post_play(&waiting, "b").await;
    for (product, mode) in [("tapo_care_1", "deferred"), ("tapo_care_20", "charge_prorated_price")] {
        let end = replaced(&world, &anna, &waiting, product, mode).await;
        assert_eq!(
            end,
            json!({ "result": "failed", "code": "developer_error" }),
            "{product}"
        );
    }
    let back = replaced(&world, &anna, &waiting, "tapo_care_10", "deferred").await;
    assert_eq!(back["result"], "failed");
    world.advance("P32D").await;
    let anna = world.sign_in("anna").await;
    let account = world.account(&anna).await;
    assert_eq!(account["subscriptions"][0]["plan"]["id"], "tapo-3-monthly");
}

// Rules: X16 (cloud)
#[tokio::test]
async fn a_double_payment_is_given_back_once_and_the_flag_goes_with_it() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let (_, older) = bought(&world, &anna, "tapo_care_1").await;
    let refund = |id: &str| anna.asks("POST", &format!("/v1/subscriptions/{id}/refund"), Value::Null);
    assert_eq!(world.ask(refund(&older)).await.code(), "not_paid_twice");
    let (_, newer) = bought(&world, &anna, "tapo_care_10").await;
    let flags = |account: &Value, id: &str| subscription(account, id)["flags"].clone();
    assert_eq!(flags(&world.account(&anna).await, &newer), json!(["double_paid"]));
    for _ in 0..2 {
        let answer = world.ask(refund(&older)).await;
        assert_eq!(answer.json()["subscription"]["phase"], "refunded");
    }
    let account = world.account(&anna).await;
    assert_eq!(
        (flags(&account, &newer), flags(&account, &older)),
        (json!([]), json!([]))
    );
    assert_eq!(world.ask(refund(&newer)).await.code(), "not_paid_twice");
    let given_back: Vec<i64> = world
        .ledger("charges")
        .await
        .iter()
        .map(|row| row["given_back_micros"].as_i64().unwrap())
        .collect();
    assert_eq!(given_back, [3_490_000, 0]);
    let ben = world.sign_in("ben").await;
    let somebodys = ben.asks("POST", &format!("/v1/subscriptions/{newer}/refund"), Value::Null);
    assert_eq!(world.ask(somebodys).await.status, 404);
}

// Rules: X16 (cloud)
#[tokio::test]
async fn at_the_app_store_the_phone_asks_and_the_cloud_says_so() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let first = world.subscribe("phone", &anna, "care.tapo.1.monthly").await;
    let second = world.subscribe("tablet", &anna, "care.tapo.3.monthly").await;
    let refund = anna.asks("POST", &format!("/v1/subscriptions/{second}/refund"), Value::Null);
    assert_eq!(world.ask(refund).await.code(), "asked_at_store");
    let owned = world.device("tablet", "GET", "owned", Value::Null).await;
    let id = owned["transactions"][0]["id"].clone();
    let asked = |asks: bool| json!({ "id": id, "asks": asks });
    let closed = world.device("tablet", "POST", "refund-request", asked(false)).await;
    assert_eq!(closed["result"], "cancelled");
    let anothers = world.device("phone", "POST", "refund-request", asked(true)).await;
    assert_eq!(anothers["result"], "failed");
    let sent = world.device("tablet", "POST", "refund-request", asked(true)).await;
    assert_eq!(sent["result"], "requested");
    world.advance("25h").await;
    let anna = world.sign_in("anna").await;
    let account = world.account(&anna).await;
    assert_eq!(subscription(&account, &second)["phase"], "refunded");
    assert_eq!(subscription(&account, &first)["flags"], json!([]));
}
