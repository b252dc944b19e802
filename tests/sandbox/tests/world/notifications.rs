//! What the stores tell the cloud by themselves: it acts on that alone, once, and believes none of it.
use crate::wire::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

async fn bought(world: &World, store: &str, person: &Person) {
    if store == "play" {
        world.paid("pixel", person, "tapo_care_3").await;
    } else {
        world.buy("phone", person, "care.tapo.3.monthly").await;
    }
}

/// A Pub/Sub push about that token.
fn push(id: &str, package: &str, token: &str) -> Value {
    let said = json!({
        "version": "1.0", "packageName": package, "eventTimeMillis": "1767603600000",
        "subscriptionNotification": { "version": "1.0", "notificationType": 4, "purchaseToken": token },
    });
    json!({ "message": { "data": STANDARD.encode(said.to_string()), "messageId": id }, "subscription": "any" })
}

// Rules: R1, R16
#[tokio::test]
async fn a_phone_that_is_gone_after_paying_has_its_plan_granted_and_finished_all_the_same() {
    for store in ["app_store", "play"] {
        let world = world();
        let anna = world.sign_in("anna").await;
        bought(&world, store, &anna).await;
        assert_eq!(world.counts().await, (1, 0, 0), "{store}");
        world.advance("1m").await;
        assert_eq!(world.counts().await, (1, 1, 1), "{store}");
        assert_eq!(world.ledger("finishes").await[0]["by"], "cloud", "{store}");
        assert_eq!(world.account(&anna).await["subscriptions"][0]["channel"], store);
    }
}

#[tokio::test]
async fn what_the_cloud_could_not_take_in_is_sent_again_until_it_does() {
    for store in ["app_store", "play"] {
        for endpoint in ["notifications", "cloud", "store-server"] {
            let world = world();
            let anna = world.sign_in("anna").await;
            bought(&world, store, &anna).await;
            world
                .control("POST", "faults", json!({ "endpoint": endpoint, "kind": "down" }))
                .await;
            world.advance("2h").await;
            assert_eq!(world.counts().await, (1, 0, 0), "{store}, {endpoint}");
            world.control("DELETE", "faults", Value::Null).await;
            world.advance("1h").await;
            assert_eq!(world.counts().await, (1, 1, 1), "{store}, {endpoint}");
        }
    }
}

#[tokio::test]
async fn a_notification_that_comes_twice_is_one() {
    for store in ["app_store", "play"] {
        let world = world();
        let anna = world.sign_in("anna").await;
        bought(&world, store, &anna).await;
        let lost = json!({ "endpoint": "notifications", "kind": "lost", "times": 3 });
        world.control("POST", "faults", lost).await;
        world.advance("1h").await;
        assert_eq!(world.counts().await, (1, 1, 1), "{store}");
        let account = world.account(&anna).await;
        assert_eq!(account["subscriptions"].as_array().unwrap().len(), 1, "{store}");
    }
}

#[tokio::test]
async fn nobody_gets_anything_by_sending_a_notification() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let package = world.trust.play.package.clone();
    let post = |body: Value| world.plain("POST", "/notifications/play", body);
    assert_eq!(
        post(push("1", &package, "nobodys.AO-J1x")).await.status,
        204,
        "a token that Google does not know"
    );
    assert_eq!(post(push("2", "com.example.other", "nobodys.AO-J1x")).await.status, 400);
    assert_eq!(
        post(push("3", &package, "../../token")).await.status,
        204,
        "nothing is asked with that"
    );
    assert_eq!(
        post(json!({ "message": { "data": "!", "messageId": "4" } }))
            .await
            .status,
        400
    );
    for forged in [json!({ "signedPayload": "e30.e30.AAAA" }), json!({}), json!("text")] {
        let answer = world.plain("POST", "/notifications/app-store", forged).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "malformed"));
    }
    assert_eq!(world.counts().await, (0, 0, 0));
    // One that comes early says nothing of what Google will answer; the true one is not lost by it.
    let slow = world.order("pixel", &anna, "tapo_care_3", "pending").await["purchase"].clone();
    let token = slow["token"].as_str().unwrap();
    assert_eq!(post(push("5", &package, token)).await.status, 204);
    assert_eq!(world.counts().await, (0, 0, 0), "it is not paid");
    world.play_control(&slow, "complete").await;
    assert_eq!(world.counts().await, (1, 1, 1));
}

#[tokio::test]
async fn a_notification_of_a_store_nobody_has_heard_of_finds_nothing_there() {
    let world = world();
    world.sandbox.contract().off_the_record();
    assert_eq!(world.plain("POST", "/notifications/moon", json!({})).await.status, 404);
}
