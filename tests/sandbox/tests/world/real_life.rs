//! A subscription that really lived: what Apple signed about it, taken in by the cloud at the times at which Apple signed it.
use crate::wire::*;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use care_sandbox::{OtherApp, Sandbox};
use serde_json::{Value, json};
use std::path::PathBuf;

const NAMES: [&str; 5] = [
    "01-test",
    "02-did-renew",
    "03-subscribed-resubscribe",
    "04-did-change-renewal-status-auto-renew-disabled",
    "05-expired-voluntary",
];
const MINUTE_MS: i64 = 60_000;

/// Apple's root and the notifications, or a line that says they were left out: they stand beside the project, not in it.
fn signed_by_apple() -> Option<(Vec<u8>, [String; 5])> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/apple");
    let folder = std::env::var_os("CARE_APPLE_VECTORS").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let read = |name: String| std::fs::read_to_string(folder.join(name)).ok();
    let jws = NAMES.map(|name| read(format!("{name}.jws")));
    let root = read("AppleRootCA-G3.pem".to_owned());
    let (Some(root), true) = (root, jws.iter().all(Option::is_some)) else {
        println!("left out: Apple's signed notifications are not in {}", folder.display());
        return None;
    };
    let root: String = root.lines().filter(|line| !line.starts_with('-')).collect();
    Some((
        STANDARD.decode(root).unwrap(),
        jws.map(|jws| jws.unwrap().trim().to_owned()),
    ))
}

/// What a JWS says, unverified.
fn claims(jws: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jws.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

fn signed_ms(jws: &str) -> i64 {
    claims(jws)["signedDate"].as_i64().unwrap()
}

/// The world of that app, begun when Apple signed the first notification, and whoever the subscription is bound to.
async fn of_that_app(root: Vec<u8>, jws: &[String; 5]) -> (World, Person) {
    let data = &claims(&jws[1])["data"];
    let transaction = claims(data["signedTransactionInfo"].as_str().unwrap());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let app = OtherApp {
        bundle_id: text(&data["bundleId"]),
        root,
        product: text(&transaction["productId"]),
        plan: "tapo-3-monthly".to_owned(),
        original: text(&transaction["originalTransactionId"]),
        account: "anna".to_owned(),
        begins_ms: signed_ms(&jws[0]),
    };
    let world = world_over(Sandbox::of_another_app(1, app).unwrap());
    let anna = world.sign_in("anna").await;
    (world, anna)
}

async fn told(world: &World, jws: &str) -> u16 {
    let body = json!({ "signedPayload": jws });
    world.plain("POST", "/notifications/app-store", body).await.status
}

/// Phase and whether it renews of each subscription, oldest first.
async fn shown(world: &World, name: &str) -> Vec<(String, bool)> {
    // A session lasts as long as it lasts; the story takes months.
    let person = world.sign_in(name).await;
    let account = world.account(&person).await;
    let rows = account["subscriptions"].as_array().unwrap().iter();
    rows.map(|row| {
        (
            row["phase"].as_str().unwrap().to_owned(),
            row["will_renew"].as_bool().unwrap(),
        )
    })
    .collect()
}

fn row(phase: &str, will_renew: bool) -> (String, bool) {
    (phase.to_owned(), will_renew)
}

// Rules: R10 (store), X11 (cloud), X15 (cloud)
#[tokio::test]
async fn a_life_that_apple_signed_leads_to_the_states_it_says() {
    let Some((root, jws)) = signed_by_apple() else { return };
    let (world, _) = of_that_app(root, &jws).await;
    assert_eq!(told(&world, &jws[0]).await, 204, "a test is taken in");
    assert_eq!(shown(&world, "anna").await, [], "and says nothing of any subscription");

    world.sandbox.move_to(signed_ms(&jws[1])).unwrap();
    assert_eq!(told(&world, &jws[1]).await, 204);
    assert_eq!(shown(&world, "anna").await, [row("active", true)]);

    world.sandbox.move_to(signed_ms(&jws[2]) - MINUTE_MS).unwrap();
    let before = shown(&world, "anna").await;
    assert_eq!(before[0].0, "expired", "nothing was heard of a renewal: {before:?}");

    world.sandbox.move_to(signed_ms(&jws[2])).unwrap();
    assert_eq!(told(&world, &jws[2]).await, 204);
    assert_eq!(shown(&world, "anna").await.last(), Some(&row("active", true)));

    world.sandbox.move_to(signed_ms(&jws[3])).unwrap();
    assert_eq!(told(&world, &jws[3]).await, 204);
    assert_eq!(shown(&world, "anna").await.last(), Some(&row("active", false)));

    world.sandbox.move_to(signed_ms(&jws[4])).unwrap();
    assert_eq!(told(&world, &jws[4]).await, 204);
    assert_eq!(shown(&world, "anna").await.last(), Some(&row("expired", false)));
    assert_eq!(shown(&world, "ben").await, [], "nobody else has anything of it");
    let periods = [&jws[1], &jws[2]].map(|jws| {
        let data = &claims(jws)["data"];
        claims(data["signedTransactionInfo"].as_str().unwrap())["transactionId"].clone()
    });
    let grants = world.ledger("test_purchases").await;
    let granted: Vec<Value> = grants.iter().map(|grant| grant["transaction"].clone()).collect();
    assert_eq!(granted, periods, "each period was granted once");
}

// Rules: X15 (cloud)
#[tokio::test]
async fn what_apple_signed_is_nothing_to_a_world_of_another_root_or_another_app() {
    let Some((_, jws)) = signed_by_apple() else { return };
    let emulated = world();
    assert_eq!(told(&emulated, &jws[1]).await, 400);
    let root = STANDARD.decode(&emulated.trust.app_store.root).unwrap();
    let (forged, _) = of_that_app(root, &jws).await;
    forged.sandbox.move_to(signed_ms(&jws[1])).unwrap();
    assert_eq!(told(&forged, &jws[1]).await, 400);
    assert_eq!(shown(&forged, "anna").await, []);
}
