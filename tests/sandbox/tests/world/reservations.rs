//! The one in-app slot, before the sheet opens.
use crate::wire::*;
use serde_json::{Value, json};

const PLAN: &str = "tapo-3-monthly";

// Rules: R2
#[tokio::test]
async fn one_purchase_at_a_time_holds_the_accounts_slot() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let first = world.ask(anna.reserves(PLAN, "phone", "intent-1", Value::Null)).await;
    assert_eq!(first.status, 201);
    assert_eq!(first.json()["account_tag"], anna.tag.as_str());
    assert_eq!(first.json()["reservation"]["expires_at"], "2026-01-05T09:10:00Z");

    world.advance("2m").await;
    let again = world.ask(anna.reserves(PLAN, "phone", "intent-1", Value::Null)).await;
    assert_eq!(again.status, 200);
    assert_eq!(again.json()["reservation"]["id"], first.json()["reservation"]["id"]);
    assert_eq!(again.json()["reservation"]["expires_at"], "2026-01-05T09:12:00Z");

    let other = world.ask(anna.reserves(PLAN, "tablet", "intent-1", Value::Null)).await;
    assert_eq!((other.status, other.code()), (409, "reserved_elsewhere".to_owned()));
    assert_eq!(other.json()["expires_at"], "2026-01-05T09:12:00Z");
    // The same phone asking for a new wish has lost the old one: it must not wait for itself.
    let anew = world.ask(anna.reserves(PLAN, "phone", "intent-2", Value::Null)).await;
    assert_eq!(anew.status, 201);
    assert_ne!(anew.json()["reservation"]["id"], first.json()["reservation"]["id"]);
    let first = anew;
    // Another account is not concerned, and given back or run out it is free again.
    let ben = world.sign_in("ben").await;
    assert_eq!(world.ask(ben.reserves(PLAN, "x", "y", Value::Null)).await.status, 201);
    let id = first.json()["reservation"]["id"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        assert_eq!(
            world
                .ask(anna.asks("DELETE", &format!("/v1/reservations/{id}"), Value::Null))
                .await
                .status,
            204
        );
    }
    assert_eq!(
        world
            .ask(anna.reserves(PLAN, "tablet", "intent-3", Value::Null))
            .await
            .status,
        201
    );
    world.advance("10m").await;
    assert_eq!(
        world
            .ask(anna.reserves(PLAN, "phone", "intent-4", Value::Null))
            .await
            .status,
        201
    );
}

// Rules: R2, X10
#[tokio::test]
async fn every_unfinished_phase_of_an_in_app_plan_takes_the_slot() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.1.monthly").await;
    for (phase, reason) in [
        ("active", "active"),
        ("grace", "grace"),
        ("retry", "retry"),
        ("hold", "hold"),
        ("paused", "paused"),
        ("pending", "pending"),
        ("future_mystery", "unknown"),
    ] {
        world
            .control("POST", &format!("subscriptions/{id}"), json!({ "phase": phase }))
            .await;
        let answer = world.ask(anna.reserves(PLAN, "phone", "intent", Value::Null)).await;
        assert_eq!(
            (answer.status, answer.code()),
            (409, "slot_taken".to_owned()),
            "{phase}"
        );
        let blocked = json!({ "subscription": id, "channel": "app_store", "reason": reason });
        assert_eq!(answer.json()["blocked_by"], blocked);
        let account = world.account(&anna).await;
        let in_app = &account["in_app"];
        assert_eq!((&in_app["may_buy"], &in_app["blocked_by"]), (&json!(false), &blocked));
        assert_eq!(account["subscriptions"][0]["phase"], phase, "kept as it was said");
    }
    for phase in ["expired", "refunded", "revoked", "superseded"] {
        world
            .control("POST", &format!("subscriptions/{id}"), json!({ "phase": phase }))
            .await;
        assert_eq!(world.account(&anna).await["in_app"]["may_buy"], true, "{phase}");
    }
}

// Rules: R14, X17
#[tokio::test]
async fn a_web_or_code_plan_takes_no_slot() {
    let world = world();
    let anna = world.sign_in("anna").await;
    for channel in ["web", "code"] {
        let plan = json!({ "account": "anna", "plan": "tapo-1-monthly", "channel": channel, "cameras": [] });
        world.control("POST", "subscriptions", plan).await;
    }
    assert_eq!(world.account(&anna).await["subscriptions"].as_array().unwrap().len(), 2);
    assert_eq!(world.account(&anna).await["in_app"]["may_buy"], true);
    assert_eq!(
        world
            .ask(anna.reserves(PLAN, "phone", "intent", Value::Null))
            .await
            .status,
        201
    );
}

// Rules: X5
#[tokio::test]
async fn a_store_account_that_pays_for_another_tp_link_id_is_refused() {
    let world = world();
    let (anna, ben) = (world.sign_in("anna").await, world.sign_in("ben").await);
    world.subscribe("family-ipad", &anna, "care.tapo.1.monthly").await;
    let storefront = world.device("family-ipad", "GET", "storefront", Value::Null).await;
    let identity = claims(&storefront["app_transaction"])["appTransactionId"].clone();
    let answer = world.ask(ben.reserves(PLAN, "ipad", "intent", identity)).await;
    assert_eq!((answer.status, answer.code()), (409, "owned_elsewhere".to_owned()));
    let own = world.device("bens-phone", "GET", "storefront", Value::Null).await;
    let identity = claims(&own["app_transaction"])["appTransactionId"].clone();
    assert_eq!(
        world.ask(ben.reserves(PLAN, "phone", "intent", identity)).await.status,
        201
    );
}

#[tokio::test]
async fn an_old_client_an_unknown_plan_and_one_not_sold_are_refused() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let unknown = world
        .ask(anna.reserves("tapo-99", "phone", "intent", Value::Null))
        .await;
    assert_eq!((unknown.status, unknown.code()), (404, "unknown_plan".to_owned()));
    let gone = world
        .ask(anna.reserves("tapo-5-monthly", "phone", "intent", Value::Null))
        .await;
    assert_eq!((gone.status, gone.code()), (409, "not_released".to_owned()));
    world.control("POST", "catalogue", json!({ "least_contract": 2 })).await;
    let old = world.ask(anna.reserves(PLAN, "phone", "intent", Value::Null)).await;
    assert_eq!((old.status, old.code()), (426, "client_too_old".to_owned()));
    // It blocks this call and nothing else.
    assert_eq!(
        world.ask(anna.asks("GET", "/v1/account", Value::Null)).await.status,
        200
    );
    world.subscribe("phone", &anna, "care.tapo.1.monthly").await;
    let new = Asking {
        contract: Some("2"),
        ..anna.reserves(PLAN, "phone", "intent", Value::Null)
    };
    assert_eq!(world.ask(new).await.code(), "slot_taken");
}

#[tokio::test]
async fn a_grant_uses_the_reservation_up() {
    let world = world();
    let anna = world.sign_in("anna").await;
    world.ask(anna.reserves(PLAN, "phone", "intent", Value::Null)).await;
    assert_eq!(world.ledger("reservations").await.len(), 1);
    world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    assert_eq!(world.ledger("reservations").await.len(), 0);
}
