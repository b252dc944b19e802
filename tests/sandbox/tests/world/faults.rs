//! What goes wrong on purpose.
use crate::wire::*;
use serde_json::{Value, json};

#[tokio::test]
async fn a_lost_answer_was_applied_and_the_same_key_gives_it_again() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let transaction = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    world
        .control(
            "POST",
            "faults",
            json!({ "endpoint": "purchases", "kind": "lost", "times": 1 }),
        )
        .await;
    let lost = world
        .ask(purchase(&transaction["signed_transaction"], Value::Null, "key"))
        .await;
    assert!(lost.broken);
    assert_eq!(world.ledger("grants").await.len(), 1);
    assert_eq!(world.post(&transaction, "key").await["answer"], "granted");
    assert_eq!(world.ledger("grants").await.len(), 1);
}

#[tokio::test]
async fn down_applies_nothing_and_counts() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let transaction = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    world
        .control(
            "POST",
            "faults",
            json!({ "endpoint": "cloud", "kind": "down", "times": 2 }),
        )
        .await;
    for _ in 0..2 {
        assert!(
            world
                .ask(purchase(&transaction["signed_transaction"], Value::Null, "key"))
                .await
                .broken
        );
    }
    assert_eq!(world.ledger("grants").await.len(), 0);
    assert_eq!(
        world.control("GET", "faults", Value::Null).await,
        json!({ "faults": [] })
    );
    assert_eq!(world.post(&transaction, "key").await["answer"], "granted");
}

#[tokio::test]
async fn an_error_is_signed_where_the_cloud_would_say_it_and_not_where_a_proxy_would() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let fault = json!({ "endpoint": "account", "kind": "error", "status": 429, "ms": 3000, "times": 1 });
    world.control("POST", "faults", fault).await;
    let slow = world.ask(anna.asks("GET", "/v1/account", Value::Null)).await;
    assert_eq!(
        (slow.status, slow.code(), slow.header("retry-after")),
        (429, "slow_down".to_owned(), "3")
    );
    world
        .control(
            "POST",
            "faults",
            json!({ "endpoint": "account", "kind": "error", "times": 1 }),
        )
        .await;
    assert_eq!(
        world.ask(anna.asks("GET", "/v1/account", Value::Null)).await.code(),
        "unavailable"
    );
    for fault in [json!({ "kind": "error", "status": 403 }), json!({ "kind": "garbage" })] {
        let mut fault = fault;
        fault["endpoint"] = json!("account");
        fault["times"] = json!(1);
        world.control("POST", "faults", fault).await;
        let (answer, _) = world.ask_unchecked(&anna.asks("GET", "/v1/account", Value::Null)).await;
        assert!(answer.header("content-type").starts_with("text/html"));
        assert_eq!(answer.header("care-signature"), "");
    }
}

#[tokio::test]
async fn a_fault_without_a_count_lasts_until_it_is_cleared() {
    let world = world();
    world
        .control("POST", "faults", json!({ "endpoint": "session", "kind": "down" }))
        .await;
    for _ in 0..3 {
        assert!(world.plain("POST", "/session", json!({ "name": "anna" })).await.broken);
    }
    assert!(
        !world
            .plain("GET", "/device/phone/app-store/storefront", Value::Null)
            .await
            .broken,
        "another endpoint"
    );
    world.control("DELETE", "faults", Value::Null).await;
    assert_eq!(
        world.plain("POST", "/session", json!({ "name": "anna" })).await.status,
        200
    );
}

#[tokio::test]
async fn a_lost_payment_was_charged_and_waits_unfinished() {
    let world = world();
    let anna = world.sign_in("anna").await;
    world
        .control(
            "POST",
            "faults",
            json!({ "endpoint": "device", "kind": "lost", "times": 1 }),
        )
        .await;
    let buy = json!({ "product": "care.tapo.3.monthly", "app_account_token": anna.tag, "sheet": "pay" });
    assert!(world.plain("POST", "/device/phone/app-store/buy", buy).await.broken);
    let unfinished = world.device("phone", "GET", "unfinished", Value::Null).await["transactions"].clone();
    assert_eq!(unfinished.as_array().unwrap().len(), 1);
    assert_eq!(world.ledger("charges").await.len(), 1);
}

#[tokio::test]
async fn chance_is_the_worlds_own() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let world = world();
        world
            .control(
                "POST",
                "faults",
                json!({ "endpoint": "session", "kind": "down", "chance": 0.5 }),
            )
            .await;
        let mut broken = Vec::new();
        for _ in 0..32 {
            broken.push(world.plain("POST", "/session", json!({ "name": "anna" })).await.broken);
        }
        runs.push(broken);
    }
    assert_eq!(runs[0], runs[1]);
    assert!(runs[0].contains(&true) && runs[0].contains(&false));
}
