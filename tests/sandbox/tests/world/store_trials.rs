//! Free trials that a store sells with a plan: once for each account by the cloud's word, once for each store account by the
//! store's, and the App Store's sheet bound to the choice (X12).
use crate::wire::*;
use serde_json::{Value, json};

const PLAN: &str = "tapo-3-monthly";
const PRODUCT: &str = "care.tapo.3.monthly";

async fn world_with_trials() -> World {
    let world = world();
    world
        .control("POST", "catalogue", json!({ "store_trials": true }))
        .await;
    world
}

async fn store_trial(world: &World, person: &Person) -> Value {
    world.account(person).await["in_app"]["store_trial"].clone()
}

async fn introductory_offer(world: &World, device: &str) -> Value {
    let asked = json!({ "ids": [PRODUCT] });
    world.device(device, "POST", "products", asked).await["products"][0]["introductory_offer"].clone()
}

fn reserves(person: &Person, intent: &str, identity: &Value, offer: &str) -> Asking {
    let body = json!({
        "intent": intent, "installation": "here", "plan": PLAN, "store": "app_store", "store_identity": identity,
        "confirmed": [], "offer": offer,
    });
    person.asks("POST", "/v1/reservations", body)
}

/// Who the Apple ID is to the app, as its own receipt says.
async fn identity(world: &World, device: &str) -> Value {
    let at_home = world.device(device, "GET", "storefront", Value::Null).await;
    claims(&at_home["app_transaction"])["appTransactionId"].clone()
}

async fn buys(world: &World, device: &str, person: &Person, product: &str, word: Value) -> Value {
    let body = json!({ "product": product, "app_account_token": person.tag, "introductory_offer_eligibility": word });
    world.device(device, "POST", "buy", body).await
}

// Rules: X12 (cloud), R64 (cloud)
#[tokio::test]
async fn the_cloud_holds_a_trial_for_an_account_once_and_never_where_none_is_offered() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let buyer = identity(&world, "phone").await;
    assert_eq!(
        store_trial(&world, &anna).await,
        json!({ "state": "not_offered", "reason": null })
    );
    let refused = world.ask(reserves(&anna, "i1", &buyer, "trial")).await;
    assert_eq!((refused.status, refused.code()), (409, "trial_not_eligible".to_owned()));

    world
        .control("POST", "catalogue", json!({ "store_trials": true }))
        .await;
    assert_eq!(
        store_trial(&world, &anna).await,
        json!({ "state": "eligible", "reason": null })
    );
    assert_eq!(introductory_offer(&world, "phone").await["eligible"], true);
    let held = world.ask(reserves(&anna, "i1", &buyer, "trial")).await;
    assert_eq!((held.status, &held.json()["offer_denied"]), (201, &Value::Null));

    let bought = buys(&world, "phone", &anna, PRODUCT, Value::Null).await["transaction"].clone();
    let signed = claims(&bought["signed_transaction"]);
    assert_eq!(
        (&signed["offerType"], &signed["offerDiscountType"], &signed["price"]),
        (&json!(1), &json!("FREE_TRIAL"), &json!(0))
    );
    let verdict = world.post(&bought, "k1").await;
    assert_eq!(
        (&verdict["answer"], &verdict["offer"]),
        (&json!("granted"), &json!("trial"))
    );
    assert_eq!(world.ledger("charges").await, Vec::<Value>::new());
    assert_eq!(introductory_offer(&world, "phone").await["eligible"], false);

    world.advance("P32D").await;
    assert_eq!(world.ledger("charges").await[0]["amount_micros"], 6_990_000);
    let anna = world.sign_in("anna").await;
    assert_eq!(
        store_trial(&world, &anna).await,
        json!({ "state": "used", "reason": "used" })
    );
}

// Rules: X12 (cloud)
#[tokio::test]
async fn the_app_store_gives_its_offer_to_whom_it_thinks_eligible_unless_the_cloud_denies_it_for_that_purchase() {
    let world = world_with_trials().await;
    let anna = world.sign_in("anna").await;
    let (phone, tablet) = (identity(&world, "phone").await, identity(&world, "tablet").await);
    let held = world.ask(reserves(&anna, "i1", &phone, "none")).await;
    let word = held.json()["offer_denied"].clone();
    let said = claims(&word);
    assert_eq!(
        (
            &said["aud"],
            &said["productId"],
            &said["allowIntroductoryOffer"],
            &said["transactionId"]
        ),
        (
            &json!("introductory-offer-eligibility"),
            &json!(PRODUCT),
            &json!(false),
            &phone
        )
    );
    let unknown_buyer = world.ask(reserves(&anna, "i1", &Value::Null, "none")).await;
    assert_eq!(unknown_buyer.json()["offer_denied"], Value::Null);

    // It is good for this product, this buyer and a day, and only as it was signed.
    let altered = tampered(&word, |claims| claims["allowIntroductoryOffer"] = json!(true));
    for (device, product, word) in [
        ("phone", "care.tapo.1.monthly", &word),
        ("tablet", PRODUCT, &word),
        ("phone", PRODUCT, &altered),
        ("phone", PRODUCT, &json!("no.jws.at-all")),
    ] {
        let end = buys(&world, device, &anna, product, word.clone()).await;
        assert_eq!(end, json!({ "result": "failed", "code": "invalid_offer_signature" }));
    }
    assert_ne!(phone, tablet);
    let bought = buys(&world, "phone", &anna, PRODUCT, word.clone()).await["transaction"].clone();
    let signed = claims(&bought["signed_transaction"]);
    assert_eq!((&signed["offerType"], &signed["price"]), (&Value::Null, &json!(6_990)));
    assert_eq!(world.post(&bought, "k1").await["offer"], "none");
    world.advance("P2D").await;
    let late = buys(&world, "phone", &anna, PRODUCT, word).await;
    assert_eq!(late["code"], "invalid_offer_signature");
}

// Rules: X12 (cloud)
#[tokio::test]
async fn google_play_lists_its_free_trial_to_whom_it_would_sell_it() {
    let world = world_with_trials().await;
    let anna = world.sign_in("anna").await;
    let asked = json!({ "ids": ["tapo_care_3"] });
    let offers = async || {
        let sold = world.play("pixel", "POST", "products", asked.clone()).await;
        let offers = sold["products"][0]["base_plans"][0]["offers"]
            .as_array()
            .unwrap()
            .clone();
        offers
            .iter()
            .map(|offer| offer["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(offers().await.contains(&"free-month".to_owned()));
    let order = json!({ "product": "tapo_care_3", "obfuscated_account_id": anna.tag, "offer": "free-month" });
    let bought = world.play("pixel", "POST", "buy", order).await["purchase"].clone();
    assert_eq!(world.post_play(&bought, "k1").await["offer"], "trial");
    assert!(!offers().await.contains(&"free-month".to_owned()));
    assert_eq!(store_trial(&world, &anna).await["state"], "used");
    // What is told a month later is no word on what was sold first.
    world.advance("P32D").await;
    let again = world.post_play(&bought, "k2").await;
    assert_eq!(
        (&again["answer"], &again["offer"]),
        (&json!("already_granted"), &Value::Null)
    );
}
