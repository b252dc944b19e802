//! What the cloud makes of what phones send: it reads an id and believes the store.
use crate::wire::*;
use serde_json::{Value, json};

// Rules: R1
#[tokio::test]
async fn a_tagged_purchase_is_granted_once_without_a_session_and_finished_at_the_store() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let transaction = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    let answer = world.post(&transaction, "key-1").await;
    assert_eq!(answer["answer"], "granted");
    assert_eq!(answer["account_tag"], anna.tag.as_str());
    assert_eq!(answer["transaction"], transaction["id"]);
    assert_eq!(
        world.post(&transaction, "key-1").await,
        answer,
        "the same key gives the same answer"
    );
    let again = world.post(&transaction, "key-2").await;
    assert_eq!(again["answer"], "already_granted");
    assert_eq!(again["subscription"], answer["subscription"]);

    let account = world.account(&anna).await;
    let plan = subscription(&account, answer["subscription"].as_str().unwrap());
    assert_eq!(
        (&plan["channel"], &plan["phase"], &plan["will_renew"]),
        (&json!("app_store"), &json!("active"), &json!(true))
    );
    assert_eq!(plan["plan"]["id"], "tapo-3-monthly");
    assert_eq!(plan["plan"]["price_micros"], 6_990_000);
    assert_eq!(plan["renews_at"], "2026-02-05T09:00:00Z");
    assert_eq!(plan["cameras"], json!([]));
    assert_eq!(world.ledger("grants").await.len(), 1);
    assert_eq!(world.ledger("charges").await.len(), 1);
    let finishes = world.ledger("finishes").await;
    assert_eq!((finishes.len(), &finishes[0]["by"]), (1, &json!("cloud")));
    assert_eq!(
        world.device("phone", "GET", "unfinished", Value::Null).await["transactions"],
        json!([])
    );
}

#[tokio::test]
async fn a_key_with_another_body_is_refused() {
    let world = world();
    let (anna, ben) = (world.sign_in("anna").await, world.sign_in("ben").await);
    let hers = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    let his = world.buy("other", &ben, "care.tapo.1.monthly").await;
    world.post(&hers, "key").await;
    let answer = world
        .ask(purchase(&his["signed_transaction"], Value::Null, "key"))
        .await;
    assert_eq!((answer.status, answer.code()), (422, "key_reused".to_owned()));
}

#[tokio::test]
async fn an_altered_payload_changes_nothing_the_stores_word_counts() {
    let world = world();
    let (anna, ben) = (world.sign_in("anna").await, world.sign_in("ben").await);
    let transaction = world.buy("phone", &anna, "care.tapo.1.monthly").await;
    let forged = tampered(&transaction["signed_transaction"], |claims| {
        claims["appAccountToken"] = json!(ben.tag);
        claims["productId"] = json!("care.tapo.10.monthly");
    });
    let answer = world.ask(purchase(&forged, Value::Null, "key")).await.json();
    assert_eq!(
        (&answer["answer"], &answer["account_tag"]),
        (&json!("granted"), &json!(anna.tag))
    );
    assert_eq!(
        world.account(&anna).await["subscriptions"][0]["plan"]["id"],
        "tapo-1-monthly"
    );
    assert_eq!(world.account(&ben).await["subscriptions"], json!([]));
}

#[tokio::test]
async fn what_the_store_does_not_know_is_not_genuine() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let transaction = world.buy("phone", &anna, "care.tapo.1.monthly").await;
    let invented = tampered(&transaction["signed_transaction"], |claims| {
        claims["transactionId"] = json!("2000000000009999")
    });
    let nameless = tampered(&transaction["signed_transaction"], |claims| {
        claims["transactionId"] = json!("../accounts")
    });
    for (n, payload) in [invented, nameless, json!("three.words.only"), json!("")]
        .iter()
        .enumerate()
    {
        let answer = world.ask(purchase(payload, Value::Null, &format!("key {n}"))).await;
        assert_eq!(
            (answer.status, answer.json()["answer"].as_str()),
            (200, Some("not_genuine"))
        );
    }
    assert_eq!(world.ledger("grants").await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_refund_an_expiry_and_an_upgrade_are_final_answers() {
    let world = world();
    let (anna, ben, cara) = (
        world.sign_in("anna").await,
        world.sign_in("ben").await,
        world.sign_in("cara").await,
    );
    let refunded = world.buy("a", &anna, "care.tapo.1.monthly").await;
    world
        .control(
            "POST",
            &format!("store/{}/revoke", refunded["id"].as_str().unwrap()),
            Value::Null,
        )
        .await;
    assert_eq!(world.post(&refunded, "1").await["answer"], "revoked");

    let small = world.buy("b", &ben, "care.tapo.1.monthly").await;
    let large = world.buy("b", &ben, "care.tapo.10.monthly").await;
    assert_ne!(small["id"], large["id"]);
    assert_eq!(world.post(&small, "2").await["answer"], "superseded");
    assert_eq!(world.post(&large, "3").await["answer"], "granted");

    let lapsed = world.buy("c", &cara, "care.tapo.1.monthly").await;
    world
        .control(
            "POST",
            &format!("store/{}/cancel", lapsed["id"].as_str().unwrap()),
            Value::Null,
        )
        .await;
    world.advance("P32D").await;
    let answer = world.post(&lapsed, "4").await;
    assert_eq!(
        (&answer["answer"], &answer["account_tag"]),
        (&json!("expired"), &json!(cara.tag))
    );
}

#[tokio::test]
async fn a_product_the_cloud_has_not_heard_of_is_not_final() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let transaction = world.buy("phone", &anna, "care.tapo.20.monthly").await;
    assert_eq!(world.post(&transaction, "key").await["answer"], "unknown_product");
    // Not final: another body under that key is no reuse.
    let other = world.buy("other", &anna, "care.tapo.1.monthly").await;
    assert_eq!(world.post(&other, "key").await["answer"], "granted");
}

// Rules: X11
#[tokio::test]
async fn an_untagged_purchase_is_bound_once_and_only_after_a_confirmation() {
    let world = world();
    let (anna, ben) = (world.sign_in("anna").await, world.sign_in("ben").await);
    let outside = json!({ "device": "phone", "product": "care.tapo.3.monthly", "app_account_token": null });
    let transaction = world.control("POST", "purchases/outside", outside).await;
    let payload = &transaction["signed_transaction"];
    assert_eq!(world.post(&transaction, "1").await["answer"], "needs_confirmation");

    let bind = |person: &Person, key: &str| Asking {
        account: person.account.clone(),
        token: Some(person.token.clone()),
        ..purchase(payload, json!(person.account), key)
    };
    assert_eq!(
        world
            .ask(Asking {
                token: None,
                ..bind(&anna, "2")
            })
            .await
            .status,
        401
    );
    assert_eq!(
        world
            .ask(Asking {
                token: Some(ben.token.clone()),
                ..bind(&anna, "2")
            })
            .await
            .status,
        403
    );
    let bound = world.ask(bind(&anna, "2")).await.json();
    assert_eq!(
        (&bound["answer"], &bound["account_tag"]),
        (&json!("granted"), &json!(anna.tag))
    );

    let other = world.ask(bind(&ben, "3")).await.json();
    assert_eq!(
        (&other["answer"], &other["owner_has_it"]),
        (&json!("bound_to_other"), &json!(true))
    );
    assert_eq!(other["account_tag"], Value::Null, "whose it is, is not said");
    // Without a word on whom to bind to, it goes where it is known to belong.
    assert_eq!(world.post(&transaction, "4").await["answer"], "already_granted");
    assert_eq!(world.account(&ben).await["subscriptions"], json!([]));
}

// Rules: X11
#[tokio::test]
async fn the_tag_of_an_unknown_account_counts_as_none() {
    let world = world();
    let outside = json!({ "device": "phone", "product": "care.tapo.3.monthly",
                          "app_account_token": "7f1d5c7e-0c5e-4a58-9a51-0d4b7f6f2a11" });
    let transaction = world.control("POST", "purchases/outside", outside).await;
    assert_eq!(world.post(&transaction, "1").await["answer"], "needs_confirmation");
}

// Rules: X16
#[tokio::test]
async fn a_purchase_over_a_taken_slot_is_granted_and_flagged() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let first = world.subscribe("phone", &anna, "care.tapo.1.monthly").await;
    let second = world.subscribe("tablet", &anna, "care.tapo.3.monthly").await;
    let account = world.account(&anna).await;
    assert_eq!(subscription(&account, &first)["flags"], json!([]));
    assert_eq!(subscription(&account, &second)["flags"], json!(["double_paid"]));
    assert_eq!(subscription(&account, &second)["phase"], "active");
}

#[tokio::test]
async fn a_store_that_does_not_answer_is_no_answer_about_the_purchase() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let transaction = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    world
        .control(
            "POST",
            "faults",
            json!({ "endpoint": "store-server", "kind": "down", "times": 1 }),
        )
        .await;
    let answer = world
        .ask(purchase(&transaction["signed_transaction"], Value::Null, "key"))
        .await;
    assert_eq!((answer.status, answer.code()), (503, "unavailable".to_owned()));
    assert_eq!(world.post(&transaction, "key").await["answer"], "granted");
}

#[tokio::test]
async fn a_finish_the_store_did_not_hear_is_told_again() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let transaction = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    // The store answers what the transaction is worth, and is away when it is told.
    world
        .control(
            "POST",
            "faults",
            json!({ "endpoint": "store-server", "kind": "down", "after": 1, "times": 1 }),
        )
        .await;
    assert_eq!(world.post(&transaction, "key").await["answer"], "granted");
    assert_eq!(world.ledger("finishes").await, Vec::<Value>::new());
    let unfinished = world.device("phone", "GET", "unfinished", Value::Null).await["transactions"].clone();
    assert_eq!(unfinished.as_array().unwrap().len(), 1);
    world.account(&anna).await;
    let finishes = world.ledger("finishes").await;
    assert_eq!((finishes.len(), &finishes[0]["transaction"]), (1, &transaction["id"]));
    // The phone coming later changes nothing.
    world
        .device("phone", "POST", "finish", json!({ "id": transaction["id"] }))
        .await;
    assert_eq!(world.ledger("finishes").await, finishes);
}

#[tokio::test]
async fn the_sheet_charges_only_when_it_is_paid() {
    let world = world();
    let anna = world.sign_in("anna").await;
    for (sheet, result) in [
        ("cancel", "cancelled"),
        ("decline", "failed"),
        ("fail", "failed"),
        ("pending", "pending"),
    ] {
        let body = json!({ "product": "care.tapo.3.monthly", "app_account_token": anna.tag, "sheet": sheet });
        assert_eq!(world.device("phone", "POST", "buy", body).await["result"], result);
    }
    assert_eq!(world.ledger("charges").await, Vec::<Value>::new());
    let first = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    let again = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    assert_eq!(first["id"], again["id"], "the store says success with what is there");
    assert_eq!(world.ledger("charges").await.len(), 1);
}

#[tokio::test]
async fn the_store_shows_prices_as_the_storefront_writes_them() {
    let world = world();
    world
        .control("POST", "devices/phone", json!({ "storefront": "JPN" }))
        .await;
    let ids = json!({ "ids": ["care.tapo.3.monthly", "care.tapo.10.yearly", "care.tapo.5.monthly", "nothing"] });
    let products = world.device("phone", "POST", "products", ids.clone()).await["products"].clone();
    assert_eq!(
        products.as_array().unwrap().len(),
        1,
        "what is not sold here is left out"
    );
    assert_eq!(products[0]["display_price"], "¥1,000");
    assert_eq!(
        (&products[0]["price_micros"], &products[0]["currency"]),
        (&json!(1_000_000_000), &json!("JPY"))
    );
    let usa = world.device("other", "POST", "products", ids).await["products"].clone();
    assert_eq!(usa[0]["display_price"], "$6.99");
    assert_eq!(
        world.device("other", "GET", "storefront", Value::Null).await["country"],
        "USA"
    );
}
