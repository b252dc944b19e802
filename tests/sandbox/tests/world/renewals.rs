//! Time passing over a subscription.
use crate::wire::*;
use serde_json::{Value, json};

// Rules: R10
#[tokio::test]
async fn a_month_later_it_has_renewed_and_the_cloud_knows_from_the_store() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    let before = world.account(&anna).await["revision"].as_u64();
    world.advance("P31D").await;
    let anna = world.sign_in("anna").await;
    let account = world.account(&anna).await;
    let plan = subscription(&account, &id);
    assert_eq!(
        plan["period"],
        json!({ "start": "2026-02-05T09:00:00Z", "end": "2026-03-05T09:00:00Z" })
    );
    assert_eq!(plan["started_at"], "2026-01-05T09:00:00Z");
    assert!(account["revision"].as_u64() > before);
    let charges = world.ledger("charges").await;
    assert_eq!(charges.len(), 2);
    assert_eq!(charges[0]["original"], charges[1]["original"]);
    assert_ne!(charges[0]["transaction"], charges[1]["transaction"]);
    assert_eq!(world.ledger("grants").await.len(), 2);
    let owned = world.device("phone", "GET", "owned", Value::Null).await;
    let renewal = claims(&owned["transactions"][0]["signed_transaction"]);
    assert_eq!(renewal["transactionReason"], "RENEWAL");
    assert_eq!(renewal["signedDate"], json!(world.sandbox.now_ms()));
}

#[tokio::test]
async fn every_month_of_a_long_absence_is_charged_and_granted() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    world.advance("P3M").await;
    let anna = world.sign_in("anna").await;
    assert_eq!(
        subscription(&world.account(&anna).await, &id)["renews_at"],
        "2026-05-05T09:00:00Z"
    );
    assert_eq!(
        (world.ledger("charges").await.len(), world.ledger("grants").await.len()),
        (4, 4)
    );
}

#[tokio::test]
async fn a_renewal_the_cloud_could_not_ask_about_waits_unfinished_and_is_granted_when_posted() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    world
        .control("POST", "faults", json!({ "endpoint": "store-server", "kind": "down" }))
        .await;
    world.advance("P31D").await;
    let unfinished = world.device("phone", "GET", "unfinished", Value::Null).await["transactions"].clone();
    assert_eq!(unfinished.as_array().unwrap().len(), 1);
    world.control("DELETE", "faults", Value::Null).await;
    let answer = world.post(&unfinished[0], "renewal").await;
    assert_eq!(
        (&answer["answer"], &answer["subscription"]),
        (&json!("granted"), &json!(id))
    );
    assert_eq!(
        world.device("phone", "GET", "unfinished", Value::Null).await["transactions"],
        json!([])
    );
}

#[tokio::test]
async fn a_renewal_the_cloud_could_not_ask_about_is_learnt_at_the_next_reading() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    world
        .control("POST", "faults", json!({ "endpoint": "store-server", "kind": "down" }))
        .await;
    world.advance("P31D").await;
    world.control("DELETE", "faults", Value::Null).await;
    let anna = world.sign_in("anna").await;
    assert_eq!(
        subscription(&world.account(&anna).await, &id)["renews_at"],
        "2026-03-05T09:00:00Z"
    );
}

#[tokio::test]
async fn cancelled_in_the_store_it_runs_to_its_end_and_leaves_the_slot() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    let original = world.ledger("charges").await[0]["original"]
        .as_str()
        .unwrap()
        .to_owned();
    world
        .control("POST", &format!("store/{original}/cancel"), Value::Null)
        .await;
    let account = world.account(&anna).await;
    let plan = subscription(&account, &id);
    assert_eq!((&plan["phase"], &plan["will_renew"]), (&json!("active"), &json!(false)));
    assert_eq!(
        (&plan["renews_at"], &plan["ends_at"]),
        (&Value::Null, &json!("2026-02-05T09:00:00Z"))
    );
    assert_eq!(account["in_app"]["may_buy"], false);

    world.advance("P31D").await;
    let anna = world.sign_in("anna").await;
    let account = world.account(&anna).await;
    assert_eq!(subscription(&account, &id)["phase"], "expired");
    assert_eq!(account["in_app"]["may_buy"], true);
    assert_eq!(world.ledger("charges").await.len(), 1);

    // Listed for thirty days, then not.
    world.advance("P30D").await;
    let anna = world.sign_in("anna").await;
    assert_eq!(world.account(&anna).await["subscriptions"], json!([]));

    // The same Apple ID buying again keeps its original transaction.
    world.subscribe("phone", &anna, "care.tapo.1.monthly").await;
    assert_eq!(world.ledger("charges").await[1]["original"], original.as_str());
}

#[tokio::test]
async fn a_smaller_plan_takes_over_at_the_renewal_and_keeps_what_fits() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    world.ask(anna.selects(&id, &["cam_porch", "cam_garden"], 0)).await;
    let same = world.buy("phone", &anna, "care.tapo.1.monthly").await;
    assert_eq!(claims(&same["signed_transaction"])["productId"], "care.tapo.3.monthly");
    assert_eq!(
        claims(&same["signed_renewal_info"])["autoRenewProductId"],
        "care.tapo.1.monthly"
    );
    world.advance("P31D").await;
    let anna = world.sign_in("anna").await;
    let account = world.account(&anna).await;
    assert_eq!(subscription(&account, &id)["plan"]["id"], "tapo-1-monthly");
    assert_eq!(subscription(&account, &id)["cameras"], json!(["cam_porch"]));
}

#[tokio::test]
async fn a_larger_plan_takes_over_at_once_in_the_same_subscription() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let small = world.subscribe("phone", &anna, "care.tapo.1.monthly").await;
    world.ask(anna.selects(&small, &["cam_porch"], 0)).await;
    let large = world.subscribe("phone", &anna, "care.tapo.10.monthly").await;
    assert_eq!(small, large);
    let account = world.account(&anna).await;
    assert_eq!(subscription(&account, &large)["plan"]["capacity"], 10);
    assert_eq!(subscription(&account, &large)["cameras"], json!(["cam_porch"]));
    assert_eq!(subscription(&account, &large)["flags"], json!([]));
}

#[tokio::test]
async fn a_refund_ends_the_cover_at_once() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    world.ask(anna.selects(&id, &["cam_porch"], 0)).await;
    let original = world.ledger("charges").await[0]["original"]
        .as_str()
        .unwrap()
        .to_owned();
    world
        .control("POST", &format!("store/{original}/revoke"), Value::Null)
        .await;
    let account = world.account(&anna).await;
    assert_eq!(subscription(&account, &id)["phase"], "refunded");
    assert_eq!(subscription(&account, &id)["cameras"], json!([]));
    assert_eq!(account["in_app"]["may_buy"], true);
}

// Rules: R29, R30
#[tokio::test]
async fn a_code_plan_ends_and_a_web_plan_renews() {
    let world = world();
    let ben = world.sign_in("ben").await;
    let code = json!({ "account": "ben", "plan": "tapo-1-monthly", "channel": "code", "cameras": ["cam_kitchen"] });
    let code = world.control("POST", "subscriptions", code).await;
    assert_eq!(
        (&code["renews_at"], &code["ends_at"]),
        (&Value::Null, &json!("2026-02-05T09:00:00Z"))
    );
    let web = json!({ "account": "ben", "plan": "tapo-3-monthly", "channel": "web", "cameras": [] });
    let web = world.control("POST", "subscriptions", web).await;
    world.advance("P31D").await;
    let ben = Person {
        token: world.sign_in("ben").await.token,
        ..ben
    };
    let account = world.account(&ben).await;
    assert_eq!(subscription(&account, code["id"].as_str().unwrap())["phase"], "expired");
    assert_eq!(
        subscription(&account, web["id"].as_str().unwrap())["renews_at"],
        "2026-03-05T09:00:00Z"
    );
}
