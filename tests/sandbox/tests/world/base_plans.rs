//! Base plans and offers of Google Play, each by its name.
use crate::wire::*;
use serde_json::{Value, json};

/// What a phone gets that asks for that base plan and offer.
async fn ordered(world: &World, device: &str, person: &Person, product: &str, named: Value) -> Value {
    let mut order = json!({ "product": product, "obfuscated_account_id": person.tag, "sheet": "pay" });
    order
        .as_object_mut()
        .unwrap()
        .extend(named.as_object().unwrap().clone());
    world.play(device, "POST", "buy", order).await
}

#[tokio::test]
async fn a_product_is_billed_by_the_base_plan_that_was_named_and_granted_as_its_plan() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let listed = world
        .play("pixel", "POST", "products", json!({ "ids": ["tapo_care_10"] }))
        .await;
    let plans = listed["products"][0]["base_plans"].as_array().unwrap();
    let names: Vec<&str> = plans.iter().map(|plan| plan["id"].as_str().unwrap()).collect();
    assert_eq!(names, ["monthly", "yearly", "weekly"]);
    assert_eq!(listed["products"][0]["display_price"], plans[0]["display_price"]);

    let yearly = ordered(&world, "pixel", &anna, "tapo_care_10", json!({ "base_plan": "yearly" })).await;
    let answer = world.post_play(&yearly["purchase"], "key").await;
    let account = world.account(&anna).await;
    let plan = subscription(&account, answer["subscription"].as_str().unwrap());
    assert_eq!(
        (&plan["plan"]["id"], &plan["plan"]["price_micros"], &plan["renews_at"]),
        (
            &json!("tapo-10-yearly"),
            &plans[1]["price_micros"],
            &json!("2027-01-05T09:00:00Z")
        )
    );
    let weekly = ordered(&world, "other", &anna, "tapo_care_10", json!({ "base_plan": "weekly" })).await;
    assert_eq!(
        world.post_play(&weekly["purchase"], "b").await["answer"],
        "unknown_product"
    );
    let none = ordered(&world, "third", &anna, "tapo_care_10", json!({ "base_plan": "daily" })).await;
    assert_eq!(none, json!({ "result": "failed", "code": "item_unavailable" }));
}

#[tokio::test]
async fn an_offer_lasts_its_periods_is_shown_while_it_does_and_comes_once() {
    for (name, offer, first, later) in [
        ("free-month", "trial", vec![], 6_990_000),
        ("half-price", "intro", vec![3_490_000, 3_490_000, 3_490_000], 6_990_000),
    ] {
        let world = world();
        let anna = world.sign_in("anna").await;
        let bought = ordered(&world, "pixel", &anna, "tapo_care_3", json!({ "offer": name })).await;
        let id = world.post_play(&bought["purchase"], "key").await["subscription"].clone();
        let months = if first.is_empty() { 1 } else { first.len() };
        for _ in 0..months {
            let account = world.account(&world.sign_in("anna").await).await;
            let plan = subscription(&account, id.as_str().unwrap());
            assert_eq!(
                (&plan["offer"], &plan["phase"]),
                (&json!(offer), &json!("active")),
                "{name}"
            );
            world.advance("P1M").await;
        }
        let account = world.account(&world.sign_in("anna").await).await;
        assert_eq!(subscription(&account, id.as_str().unwrap())["offer"], "none", "{name}");
        let charges = world.ledger("charges").await;
        let charged: Vec<i64> = charges
            .iter()
            .map(|row| row["amount_micros"].as_i64().unwrap())
            .collect();
        assert_eq!(charged, [first, vec![later]].concat(), "{name}");
        assert_eq!(
            world.ledger("grants").await.len(),
            months + 1,
            "{name}: each period, paid or free"
        );
        world.play_control(&bought["purchase"], "revoke").await;
        let again = ordered(&world, "pixel", &anna, "tapo_care_3", json!({ "offer": name })).await;
        assert_eq!(again["code"], "offer_unavailable", "{name}");
    }
    let world = world();
    let anna = world.sign_in("anna").await;
    let unknown = ordered(&world, "pixel", &anna, "tapo_care_1", json!({ "offer": "free-month" })).await;
    assert_eq!(unknown["code"], "offer_unavailable");
}
