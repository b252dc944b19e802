//! A renewal that is not paid, a pause, an end: each store in its own words, and what the cloud makes of them by itself.
use crate::wire::*;
use serde_json::{Value, json};

/// Anna's plan of three cameras, granted, and how control reaches it at its store.
async fn bought(world: &World, store: &str) -> (Person, String, String) {
    let anna = world.sign_in("anna").await;
    if store == "play" {
        let purchase = world.paid("pixel", &anna, "tapo_care_3").await;
        let id = world.post_play(&purchase, "key").await["subscription"].clone();
        let token = purchase["token"].as_str().unwrap();
        return (anna, id.as_str().unwrap().to_owned(), format!("play/{token}"));
    }
    let transaction = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    let answer = world.post(&transaction, "key").await;
    let id = answer["subscription"].as_str().unwrap().to_owned();
    let original = transaction["id"].as_str().unwrap();
    (anna, id, format!("store/{original}"))
}

/// How the cloud shows that subscription, to a fresh session.
async fn shown(world: &World, id: &str) -> Value {
    let anna = world.sign_in("anna").await;
    subscription(&world.account(&anna).await, id).clone()
}

async fn payments(world: &World, at: &str, go_through: bool) {
    let body = json!({ "go_through": go_through });
    world.control("POST", &format!("{at}/payments"), body).await;
}

// Rules: X10
#[tokio::test]
async fn an_unpaid_renewal_is_in_grace_then_without_access_and_then_over_at_either_store() {
    for (store, grace_ends, ends) in [
        ("app_store", "2026-02-21T09:00:00Z", "2026-04-06T09:00:00Z"),
        ("play", "2026-02-12T09:00:00Z", "2026-03-14T09:00:00Z"),
    ] {
        let world = world();
        let (_, id, at) = bought(&world, store).await;
        payments(&world, &at, false).await;
        world.advance("P1M").await;
        let grace = shown(&world, &id).await;
        assert_eq!(
            (&grace["phase"], &grace["grace_until"], &grace["will_renew"]),
            (&json!("grace"), &json!(grace_ends), &json!(true)),
            "{store}"
        );
        world.control("POST", "clock/to", json!({ "time": grace_ends })).await;
        let retry = shown(&world, &id).await;
        assert_eq!(
            (&retry["phase"], &retry["grace_until"]),
            (&json!("retry"), &Value::Null),
            "{store}"
        );
        let blocked = world.account(&world.sign_in("anna").await).await["in_app"]["blocked_by"].clone();
        assert_eq!(
            (&blocked["subscription"], &blocked["reason"]),
            (&json!(id), &json!("retry")),
            "{store}"
        );
        world.control("POST", "clock/to", json!({ "time": ends })).await;
        assert_eq!(shown(&world, &id).await["phase"], "expired", "{store}");
        assert_eq!(world.ledger("charges").await.len(), 1, "{store}");
        assert_eq!(world.ledger("grants").await.len(), 1, "{store}");
    }
}

#[tokio::test]
async fn a_payment_that_goes_through_in_grace_keeps_the_billing_day_and_one_after_it_starts_anew() {
    for store in ["app_store", "play"] {
        let world = world();
        let (_, id, at) = bought(&world, store).await;
        payments(&world, &at, false).await;
        world.advance("P33D").await;
        payments(&world, &at, true).await;
        let in_grace = shown(&world, &id).await;
        assert_eq!(
            (&in_grace["phase"], &in_grace["renews_at"]),
            (&json!("active"), &json!("2026-03-05T09:00:00Z")),
            "{store}"
        );
        payments(&world, &at, false).await;
        world
            .control("POST", "clock/to", json!({ "time": "2026-03-25T09:00:00Z" }))
            .await;
        assert_eq!(shown(&world, &id).await["phase"], "retry", "{store}");
        payments(&world, &at, true).await;
        let late = shown(&world, &id).await;
        assert_eq!(
            (&late["phase"], &late["period"]),
            (
                &json!("active"),
                &json!({ "start": "2026-03-25T09:00:00Z", "end": "2026-04-25T09:00:00Z" })
            ),
            "{store}"
        );
        assert_eq!(world.ledger("charges").await.len(), 3, "{store}");
        assert_eq!(world.ledger("grants").await.len(), 3, "{store}");
    }
}

// Rules: X10
#[tokio::test]
async fn a_pause_begins_when_the_paid_period_is_over_and_ends_with_a_payment() {
    let world = world();
    let (_, id, at) = bought(&world, "play").await;
    world
        .control("POST", &format!("{at}/pause"), json!({ "for": "P2M" }))
        .await;
    world.advance("P30D").await;
    assert_eq!(shown(&world, &id).await["phase"], "active");
    world.advance("P1D").await;
    let paused = shown(&world, &id).await;
    assert_eq!(
        (&paused["phase"], &paused["resumes_at"]),
        (&json!("paused"), &json!("2026-04-05T09:00:00Z"))
    );
    let listed = world.listed("pixel").await;
    assert_eq!(
        listed[0]["suspended"], true,
        "the phone finds it among the suspended ones"
    );
    world
        .control("POST", "clock/to", json!({ "time": "2026-04-05T09:00:00Z" }))
        .await;
    let resumed = shown(&world, &id).await;
    assert_eq!(
        (&resumed["phase"], &resumed["resumes_at"], &resumed["renews_at"]),
        (&json!("active"), &Value::Null, &json!("2026-05-05T09:00:00Z"))
    );
    assert_eq!(world.ledger("charges").await.len(), 2);
    // One that was only planned is called off.
    world
        .control("POST", &format!("{at}/pause"), json!({ "for": "P1M" }))
        .await;
    world.control("POST", &format!("{at}/pause"), json!({})).await;
    world.advance("P1M").await;
    assert_eq!(shown(&world, &id).await["phase"], "active");
}

#[tokio::test]
async fn what_is_switched_off_on_hold_is_over_and_what_is_switched_on_again_in_time_renews() {
    let world = world();
    let (_, id, at) = bought(&world, "play").await;
    world.control("POST", &format!("{at}/cancel"), Value::Null).await;
    assert_eq!(shown(&world, &id).await["will_renew"], false);
    world.control("POST", &format!("{at}/restart"), Value::Null).await;
    assert_eq!(shown(&world, &id).await["will_renew"], true);
    payments(&world, &at, false).await;
    world.advance("P40D").await;
    assert_eq!(shown(&world, &id).await["phase"], "retry");
    world.control("POST", &format!("{at}/cancel"), Value::Null).await;
    assert_eq!(shown(&world, &id).await["phase"], "expired");
    let again = world
        .try_control("POST", &format!("{at}/payments"), json!({ "go_through": true }))
        .await;
    assert_eq!((again.status, again.code().as_str()), (404, "not_found"));
}

#[tokio::test]
async fn next_goes_from_one_moment_of_an_unpaid_purchase_to_the_following() {
    let world = world();
    let (_, _, at) = bought(&world, "play").await;
    payments(&world, &at, false).await;
    let mut moments = Vec::new();
    for _ in 0..4 {
        let clock = world.control("POST", "clock/next", Value::Null).await;
        moments.push(clock["now"].as_str().unwrap()[..10].to_owned());
    }
    // Play's word on the purchase, the end of the period, of grace, of the hold.
    assert_eq!(moments, ["2026-01-05", "2026-02-05", "2026-02-12", "2026-03-14"]);
}

// Rules: R2, X10
#[tokio::test]
async fn an_ask_to_buy_that_is_approved_is_bought_and_granted_with_the_phone_off() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let order = json!({ "product": "care.tapo.3.monthly", "app_account_token": anna.tag, "sheet": "pending" });
    for _ in 0..2 {
        world.device("phone", "POST", "buy", order.clone()).await;
    }
    let asks = world.control("GET", "store/asks", Value::Null).await["asks"].clone();
    assert_eq!(
        (&asks[0]["product"], asks.as_array().unwrap().len()),
        (&order["product"], 2)
    );
    world.control("POST", "store/ask-1/decline", Value::Null).await;
    assert_eq!(world.ledger("charges").await.len(), 0);
    world.control("POST", "store/ask-2/approve", Value::Null).await;
    assert_eq!(
        (world.ledger("charges").await.len(), world.ledger("grants").await.len()),
        (1, 0)
    );
    world.advance("1m").await;
    assert_eq!(world.counts().await, (1, 1, 1), "the store told the cloud");
    assert_eq!(world.account(&anna).await["subscriptions"][0]["phase"], "active");
    let again = world.try_control("POST", "store/ask-2/approve", Value::Null).await;
    assert_eq!(again.status, 404, "it was answered");
}

#[tokio::test]
async fn an_ask_to_buy_that_nobody_answers_is_gone_after_a_day() {
    let world = world();
    let order = json!({ "product": "care.tapo.3.monthly", "sheet": "pending" });
    world.device("phone", "POST", "buy", order).await;
    world.advance("24h").await;
    assert_eq!(world.control("GET", "store/asks", Value::Null).await["asks"], json!([]));
}
