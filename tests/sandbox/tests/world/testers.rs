//! Who buys without paying: Apple's Sandbox and Play's license testers, in a ledger of their own (X15).
use crate::wire::*;
use serde_json::{Value, json};

const STORES: [&str; 2] = ["app_store", "play"];

/// A phone whose store account is a tester's.
async fn tester(world: &World) {
    world.control("POST", "devices/phone", json!({ "tester": true })).await;
}

/// What a phone with that store buys and posts: the cloud's answer.
async fn bought(world: &World, store: &str, device: &str, person: &Person) -> Value {
    if store == "play" {
        let purchase = world.paid(device, person, "tapo_care_3").await;
        return world
            .post_play(&purchase, &format!("{device} {}", purchase["token"]))
            .await;
    }
    let transaction = world.buy(device, person, "care.tapo.3.monthly").await;
    world
        .post(&transaction, &format!("{device} {}", transaction["id"]))
        .await
}

// Rules: X15
#[tokio::test]
async fn a_test_purchase_is_declined_and_stands_in_a_ledger_of_its_own() {
    for store in STORES {
        let world = world();
        let anna = world.sign_in("anna").await;
        tester(&world).await;
        let answer = bought(&world, store, "phone", &anna).await;
        assert_eq!(
            (&answer["answer"], &answer["account_tag"], &answer["subscription"]),
            (&json!("test_purchase"), &json!(anna.tag), &Value::Null),
            "{store}"
        );
        world.advance("1h").await;
        assert_eq!(world.counts().await, (0, 0, 0), "{store}: nobody paid");
        let tests = world.ledger("test_purchases").await;
        assert_eq!(tests.len(), 1, "{store}: once, although the store told of it too");
        assert_eq!(
            (&tests[0]["store"], &tests[0]["answer"], &tests[0]["account"]),
            (&json!(store), &json!("test_purchase"), &json!(anna.account))
        );
        let account = world.account(&anna).await;
        assert_eq!(
            (&account["subscriptions"], &account["in_app"]["may_buy"]),
            (&json!([]), &json!(true))
        );
        // The same person pays on another phone.
        assert_eq!(
            bought(&world, store, "paying", &anna).await["answer"],
            "granted",
            "{store}"
        );
        assert_eq!(world.counts().await, (1, 1, 1), "{store}");
    }
}

// Rules: X15
#[tokio::test]
async fn the_cloud_grants_test_purchases_to_whom_it_was_told_to_and_nobody_else() {
    for store in STORES {
        let world = world();
        let (anna, ben) = (world.sign_in("anna").await, world.sign_in("ben").await);
        tester(&world).await;
        world.control("POST", "devices/other", json!({ "tester": true })).await;
        world.control("POST", "accounts/anna", json!({ "tester": true })).await;
        let answer = bought(&world, store, "phone", &anna).await;
        assert_eq!(answer["answer"], "granted", "{store}");
        assert_eq!(
            bought(&world, store, "other", &ben).await["answer"],
            "test_purchase",
            "{store}"
        );
        let account = world.account(&anna).await;
        let plan = subscription(&account, answer["subscription"].as_str().unwrap());
        assert_eq!(
            (
                &plan["environment"],
                &plan["store_refs"][0]["environment"],
                &plan["phase"]
            ),
            (&json!("sandbox"), &json!("sandbox"), &json!("active"))
        );
        assert_eq!(
            world.counts().await,
            (0, 0, 0),
            "{store}: the ledger of money holds nothing"
        );
        assert_eq!(world.ledger("test_purchases").await.len(), 2, "{store}");
        world.advance("P32D").await;
        let renewed = world.account(&world.sign_in("anna").await).await["subscriptions"][0].clone();
        assert_eq!(
            (&renewed["phase"], &renewed["environment"]),
            (&json!("active"), &json!("sandbox"))
        );
        assert_eq!(world.counts().await, (0, 0, 0), "{store}");
    }
}

// Rules: X15
#[tokio::test]
async fn a_test_purchase_neither_ends_nor_doubles_what_was_paid_for() {
    for store in STORES {
        let world = world();
        let anna = world.sign_in("anna").await;
        let paid = bought(&world, store, "paying", &anna).await;
        tester(&world).await;
        world.control("POST", "accounts/anna", json!({ "tester": true })).await;
        let tested = bought(&world, store, "phone", &anna).await;
        assert_eq!(tested["answer"], "granted", "{store}");
        let account = world.account(&anna).await;
        for (answer, environment) in [(paid, "production"), (tested, "sandbox")] {
            let plan = subscription(&account, answer["subscription"].as_str().unwrap());
            assert_eq!(
                (&plan["environment"], &plan["phase"], &plan["flags"]),
                (&json!(environment), &json!("active"), &json!([])),
                "{store}"
            );
        }
        assert_eq!(world.counts().await, (1, 1, 1), "{store}");
    }
}

#[tokio::test]
async fn what_apple_signs_names_its_environment_and_the_cloud_asks_where_it_is_known() {
    let world = world();
    let anna = world.sign_in("anna").await;
    tester(&world).await;
    let tested = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    assert_eq!(claims(&tested["signed_transaction"])["environment"], "Sandbox");
    let paid = world.buy("paying", &anna, "care.tapo.3.monthly").await;
    assert_eq!(claims(&paid["signed_transaction"])["environment"], "Production");
    for root in ["app-store", "app-store-sandbox"] {
        let path = format!("/{root}/inApps/v1/transactions/{}", paid["id"].as_str().unwrap());
        assert_eq!(
            world.plain("GET", &path, Value::Null).await.status,
            401,
            "{root}: nobody asks without a key"
        );
    }
    assert_eq!(world.post(&tested, "a").await["answer"], "test_purchase");
    assert_eq!(world.post(&paid, "b").await["answer"], "granted");
}
