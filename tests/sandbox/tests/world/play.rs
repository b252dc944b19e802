//! Google Play in a world: what a phone gets signed, what the cloud learns by asking, what nobody acknowledged.
use crate::play_wire::{posted, written};
use crate::wire::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::pkcs8::DecodePublicKey;
use rsa::signature::Verifier;
use serde_json::{Value, json};
use sha1::Sha1;

#[tokio::test]
async fn a_purchase_is_signed_by_the_key_of_the_trust_file_over_exactly_its_bytes() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let purchase = world.paid("pixel", &anna, "tapo_care_3").await;
    let spki = STANDARD.decode(&world.trust.play.key).unwrap();
    let key = VerifyingKey::<Sha1>::new(rsa::RsaPublicKey::from_public_key_der(&spki).unwrap());
    let signature = STANDARD.decode(purchase["signature"].as_str().unwrap()).unwrap();
    let signature = Signature::try_from(signature.as_slice()).unwrap();
    let text = purchase["original_json"].as_str().unwrap();
    key.verify(text.as_bytes(), &signature).unwrap();
    assert!(key.verify(format!("{text} ").as_bytes(), &signature).is_err());

    let json = written(&purchase);
    assert_eq!(json["packageName"], world.trust.play.package.as_str());
    assert_eq!(json["purchaseToken"], purchase["token"]);
    assert_eq!(
        (&json["purchaseState"], &json["acknowledged"]),
        (&json!(0), &json!(false))
    );
    assert_eq!(json["obfuscatedAccountId"], anna.tag.as_str());
    assert_eq!(json["obfuscatedProfileId"], "intent-1");
}

#[tokio::test]
async fn each_country_is_shown_its_own_price_and_only_what_is_sold_there() {
    let world = world();
    world
        .control("POST", "devices/galaxy", json!({ "storefront": "JPN" }))
        .await;
    let ids = json!({ "ids": ["tapo_care_3", "tapo_care_10_year", "nothing"] });
    let american = world.play("pixel", "POST", "products", ids.clone()).await;
    let japanese = world.play("galaxy", "POST", "products", ids).await;
    let shown = |products: &Value| -> Vec<String> {
        let products = products["products"].as_array().unwrap();
        products
            .iter()
            .map(|one| format!("{} {}", one["id"], one["display_price"]))
            .collect()
    };
    assert_eq!(
        shown(&american),
        [r#""tapo_care_3" "$6.99""#, r#""tapo_care_10_year" "$119.99""#]
    );
    assert_eq!(shown(&japanese), [r#""tapo_care_3" "¥1,000""#]);
    assert_eq!(american["products"][0]["base_plan"], "monthly");
    assert_eq!(
        world.play("galaxy", "GET", "storefront", Value::Null).await["country"],
        "JPN"
    );
}

// Rules: R1
#[tokio::test]
async fn a_tagged_purchase_is_granted_once_and_acknowledged_by_the_cloud() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let purchase = world.paid("pixel", &anna, "tapo_care_3").await;
    let answer = world.post_play(&purchase, "key-1").await;
    assert_eq!(answer["answer"], "granted");
    assert_eq!(answer["account_tag"], anna.tag.as_str());
    assert_eq!(answer["transaction"], purchase["token"]);
    assert_eq!(world.post_play(&purchase, "key-2").await["answer"], "already_granted");
    assert_eq!(world.counts().await, (1, 1, 1));
    let finishes = world.ledger("finishes").await;
    assert_eq!(
        (&finishes[0]["by"], &finishes[0]["store"]),
        (&json!("cloud"), &json!("play"))
    );
    let (charge, grant) = (&world.ledger("charges").await[0], &world.ledger("grants").await[0]);
    assert_eq!(charge["transaction"], grant["transaction"]);
    assert_eq!(charge["original"], purchase["token"]);

    let account = world.account(&anna).await;
    let plan = subscription(&account, answer["subscription"].as_str().unwrap());
    assert_eq!(
        (&plan["channel"], &plan["phase"], &plan["will_renew"]),
        (&json!("play"), &json!("active"), &json!(true))
    );
    assert_eq!(
        (&plan["plan"]["id"], &plan["plan"]["price_micros"]),
        (&json!("tapo-3-monthly"), &json!(6_990_000))
    );
    assert_eq!(plan["renews_at"], "2026-02-05T09:00:00Z");
    assert_eq!(plan["store_refs"][0]["purchase_token"], purchase["token"]);
    assert_eq!(account["in_app"]["blocked_by"]["channel"], "play");
    let listed = world.listed("pixel").await;
    assert_eq!((listed.len(), &listed[0]["acknowledged"]), (1, &json!(true)));
}

#[tokio::test]
async fn what_nobody_acknowledged_in_three_days_is_given_back() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let purchase = world.paid("pixel", &anna, "tapo_care_3").await;
    let unheard = json!({ "endpoint": "notifications", "kind": "down" });
    world.control("POST", "faults", unheard).await;
    world.advance("71h").await;
    assert_eq!(world.listed("pixel").await.len(), 1);
    world.advance("1h").await;
    assert_eq!(world.listed("pixel").await, Vec::<Value>::new());
    assert_eq!(world.post_play(&purchase, "late").await["answer"], "revoked");
    assert_eq!(world.counts().await, (1, 0, 0));
}

#[tokio::test]
async fn the_phone_may_acknowledge_too_and_it_counts_once() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let purchase = world.paid("pixel", &anna, "tapo_care_3").await;
    let token = json!({ "token": purchase["token"] });
    world.play("galaxy", "POST", "acknowledge", token.clone()).await;
    assert_eq!(world.ledger("finishes").await.len(), 0, "another account's phone");
    world.play("pixel", "POST", "acknowledge", token.clone()).await;
    world.play("pixel", "POST", "acknowledge", token).await;
    world
        .play("pixel", "POST", "acknowledge", json!({ "token": "unknown" }))
        .await;
    assert_eq!(world.ledger("finishes").await.len(), 1);
    assert_eq!(world.post_play(&purchase, "key").await["answer"], "granted");
    world.advance("P4D").await;
    assert_eq!(world.counts().await, (1, 1, 1));
}

#[tokio::test]
async fn an_acknowledgement_play_did_not_hear_is_repeated() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let purchase = world.paid("pixel", &anna, "tapo_care_3").await;
    // The bearer, the purchase, the acknowledgement.
    let fault = json!({ "endpoint": "store-server", "kind": "down", "after": 2 });
    world.control("POST", "faults", fault).await;
    assert_eq!(world.post_play(&purchase, "key").await["answer"], "granted");
    assert_eq!(world.counts().await, (1, 1, 0));
    world.control("DELETE", "faults", Value::Null).await;
    world.advance("P4D").await;
    assert_eq!(world.counts().await, (1, 1, 1), "before the three days were over");
    assert_eq!(world.listed("pixel").await.len(), 1);
}

// Rules: R10
#[tokio::test]
async fn a_month_later_it_has_renewed_under_the_same_token_and_the_cloud_knows_by_asking() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let purchase = world.paid("pixel", &anna, "tapo_care_3").await;
    let id = world.post_play(&purchase, "key").await["subscription"]
        .as_str()
        .unwrap()
        .to_owned();
    world.advance("P2M").await;
    let anna = world.sign_in("anna").await;
    let account = world.account(&anna).await;
    assert_eq!(
        subscription(&account, &id)["period"],
        json!({ "start": "2026-03-05T09:00:00Z", "end": "2026-04-05T09:00:00Z" })
    );
    assert_eq!(world.counts().await, (3, 3, 1), "renewals are not acknowledged");
    let charges = world.ledger("charges").await;
    assert!(charges[2]["transaction"].as_str().unwrap().ends_with("..1"));
    assert_eq!(written(&world.listed("pixel").await[0]), {
        let mut first = written(&purchase);
        first["acknowledged"] = json!(true);
        first
    });
}

#[tokio::test]
async fn cancelled_at_play_it_runs_to_its_end_and_a_refund_ends_it_at_once() {
    let world = world();
    let (anna, ben) = (world.sign_in("anna").await, world.sign_in("ben").await);
    let cancelled = world.paid("pixel", &anna, "tapo_care_3").await;
    let refunded = world.paid("galaxy", &ben, "tapo_care_1").await;
    world.post_play(&cancelled, "a").await;
    world.post_play(&refunded, "b").await;
    world.play_control(&cancelled, "cancel").await;
    world.play_control(&refunded, "revoke").await;
    let (hers, his) = (world.account(&anna).await, world.account(&ben).await);
    let hers = &hers["subscriptions"][0];
    assert_eq!(
        (&hers["phase"], &hers["ends_at"]),
        (&json!("active"), &json!("2026-02-05T09:00:00Z"))
    );
    assert_eq!(his["subscriptions"][0]["phase"], "refunded");
    assert_eq!(world.post_play(&refunded, "c").await["answer"], "revoked");
    world.advance("P32D").await;
    let anna = world.sign_in("anna").await;
    assert_eq!(world.account(&anna).await["subscriptions"][0]["phase"], "expired");
    assert_eq!(world.post_play(&cancelled, "d").await["answer"], "expired");
}

#[tokio::test]
async fn a_slow_payment_is_charged_when_it_is_made_and_the_cloud_is_told() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let ordered = world.order("pixel", &anna, "tapo_care_3", "pending").await;
    assert_eq!(ordered["result"], "pending");
    let purchase = ordered["purchase"].clone();
    assert_eq!(written(&purchase)["purchaseState"], 4);
    assert_eq!(written(&purchase)["orderId"], Value::Null);
    assert_eq!(world.post_play(&purchase, "key").await["answer"], "pending");
    world.advance("P5D").await;
    assert_eq!(
        world.counts().await,
        (0, 0, 0),
        "no three days run while nothing is paid"
    );
    world.play_control(&purchase, "complete").await;
    assert_eq!(world.counts().await, (1, 1, 1));
    let now = &world.listed("pixel").await[0];
    assert_eq!(
        (&written(now)["purchaseState"], &written(now)["acknowledged"]),
        (&json!(0), &json!(true))
    );
    assert_eq!(world.post_play(now, "key-2").await["answer"], "already_granted");
    assert_eq!(world.post_play(&purchase, "key").await["answer"], "already_granted");
}

#[tokio::test]
async fn a_slow_payment_that_is_declined_costs_nothing_and_is_over() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let purchase = world.order("pixel", &anna, "tapo_care_3", "pending").await["purchase"].clone();
    let again = world.order("pixel", &anna, "tapo_care_3", "pay").await;
    assert_eq!(again["code"], "item_already_owned");
    world.play_control(&purchase, "decline").await;
    assert_eq!(world.listed("pixel").await, Vec::<Value>::new());
    assert_eq!(world.post_play(&purchase, "key").await["answer"], "pending_canceled");
    assert_eq!(world.counts().await, (0, 0, 0));
    let late = world
        .try_control(
            "POST",
            &format!("play/{}/complete", purchase["token"].as_str().unwrap()),
            Value::Null,
        )
        .await;
    assert_eq!(late.status, 404);
}

#[tokio::test]
async fn a_reservation_lives_as_long_as_its_slow_payment() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let reserved = world
        .ask(anna.reserves("tapo-3-monthly", "i", "intent-1", Value::Null))
        .await;
    assert_eq!(reserved.status, 201);
    let purchase = world.order("pixel", &anna, "tapo_care_3", "pending").await["purchase"].clone();
    world.post_play(&purchase, "key").await;
    world.advance("2h").await;
    let elsewhere = world
        .ask(anna.reserves("tapo-3-monthly", "j", "intent-2", Value::Null))
        .await;
    assert_eq!(
        (elsewhere.status, elsewhere.code()),
        (409, "reserved_elsewhere".to_owned())
    );
}

#[tokio::test]
async fn the_cloud_reads_a_token_and_believes_play() {
    let world = world();
    let (anna, ben) = (world.sign_in("anna").await, world.sign_in("ben").await);
    let purchase = world.paid("pixel", &anna, "tapo_care_1").await;
    let mut altered = written(&purchase);
    altered["obfuscatedAccountId"] = json!(ben.tag);
    altered["productId"] = json!("tapo_care_10");
    let answer = world.ask(posted(&json!(altered.to_string()), "altered")).await.json();
    assert_eq!(
        (&answer["answer"], &answer["account_tag"]),
        (&json!("granted"), &json!(anna.tag))
    );
    assert_eq!(
        world.account(&anna).await["subscriptions"][0]["plan"]["id"],
        "tapo-1-monthly"
    );
    for (n, token) in ["unknown.AO-J1", "../accounts", "", "a?b"].iter().enumerate() {
        altered["purchaseToken"] = json!(token);
        let answer = world
            .ask(posted(&json!(altered.to_string()), &format!("key {n}")))
            .await;
        assert_eq!(answer.json()["answer"], "not_genuine", "{token}");
    }
    let answer = world.ask(posted(&json!("no json"), "none")).await;
    assert_eq!(answer.json()["answer"], "not_genuine");
    assert_eq!(world.counts().await, (1, 1, 1));
}

#[tokio::test]
async fn a_product_the_cloud_has_not_heard_of_and_a_state_nobody_knows_are_asked_about_again() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let unknown = world.paid("pixel", &anna, "tapo_care_20").await;
    assert_eq!(world.post_play(&unknown, "a").await["answer"], "unknown_product");
    let odd = world.paid("pixel", &anna, "tapo_care_1").await;
    let path = format!("play/{}/state", odd["token"].as_str().unwrap());
    world.control("POST", &path, json!({ "raw": 7 })).await;
    let listed = world.listed("pixel").await;
    assert!(listed.iter().any(|one| written(one)["purchaseState"] == 7));
    assert_eq!(world.post_play(&odd, "b").await["answer"], "pending");
    assert_eq!(world.counts().await, (2, 0, 0));
    world.control("POST", &path, json!({ "raw": null })).await;
    assert_eq!(world.post_play(&odd, "b").await["answer"], "granted");
}

// Rules: X11
#[tokio::test]
async fn an_untagged_purchase_is_bound_once_by_its_token() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let outside = json!({ "device": "pixel", "store": "play", "product": "tapo_care_3", "app_account_token": null });
    let purchase = world.control("POST", "purchases/outside", outside).await;
    assert_eq!(world.post_play(&purchase, "a").await["answer"], "needs_confirmation");
    let body = json!({ "store": "play", "signed_payload": purchase["original_json"], "bind_to": anna.account });
    let mut bind = anna.asks("POST", "/v1/purchases", body);
    bind.key = Some("b".to_owned());
    let bound = world.ask(bind).await.json();
    assert_eq!(
        (&bound["answer"], &bound["account_tag"]),
        (&json!("granted"), &json!(anna.tag))
    );
    assert_eq!(world.counts().await, (1, 1, 1));
}

#[tokio::test]
async fn the_developer_api_answers_only_who_holds_a_bearer_that_is_still_good() {
    let world = world();
    let path = format!(
        "/play/androidpublisher/v3/applications/{}/purchases/subscriptionsv2/tokens/x",
        world.trust.play.package
    );
    assert_eq!(world.plain("GET", &path, Value::Null).await.status, 401);
    let answer = world.plain("POST", "/play/token", json!("grant_type=none")).await;
    assert_eq!((answer.status, &answer.json()["error"]), (400, &json!("invalid_grant")));
    let anna = world.sign_in("anna").await;
    let purchase = world.paid("pixel", &anna, "tapo_care_1").await;
    assert_eq!(world.post_play(&purchase, "a").await["answer"], "granted");
    world.advance("2h").await;
    assert_eq!(world.post_play(&purchase, "b").await["answer"], "already_granted");
}
