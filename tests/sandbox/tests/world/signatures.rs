//! The digest, the signature, the session, the ETag.
use crate::wire::*;
use serde_json::{Value, json};

#[tokio::test]
async fn a_wrong_or_missing_digest_is_refused_before_anything_else_and_nothing_is_applied() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let transaction = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    for digest in ["", "00"] {
        let asking = Asking {
            digest: Some(digest.to_owned()),
            ..purchase(&transaction["signed_transaction"], Value::Null, "k")
        };
        let answer = world.ask(asking).await;
        assert_eq!((answer.status, answer.code()), (400, "digest_mismatch".to_owned()));
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    // Even a path that is not there is looked at only after the digest.
    world.sandbox.contract().off_the_record();
    let nowhere = Asking {
        digest: Some("00".to_owned()),
        ..anna.asks("GET", "/v1/nowhere", Value::Null)
    };
    assert_eq!(world.ask(nowhere).await.code(), "digest_mismatch");
    assert_eq!(world.ledger("grants").await, Vec::<Value>::new());
    // The very same purchase, rightly sent, is granted: the key was not used up.
    assert_eq!(world.post(&transaction, "k").await["answer"], "granted");
}

#[tokio::test]
async fn a_digest_over_another_account_does_not_pass() {
    let world = world();
    let (anna, ben) = (world.sign_in("anna").await, world.sign_in("ben").await);
    let asking = anna.asks("GET", "/v1/account", Value::Null);
    let text = ["care-request-v1", "GET", "/v1/account", &ben.account, "", &sha(b"")].join("\n");
    let answer = world
        .ask(Asking {
            digest: Some(sha(text.as_bytes())),
            ..asking
        })
        .await;
    assert_eq!(answer.code(), "digest_mismatch");
}

#[tokio::test]
async fn problems_and_unknown_paths_are_signed_too() {
    let world = world();
    let anna = world.sign_in("anna").await;
    // `ask` checks the signature of whatever comes back.
    world.sandbox.contract().off_the_record();
    let answer = world.ask(anna.asks("GET", "/v1/nowhere?x=1", Value::Null)).await;
    assert_eq!((answer.status, answer.code()), (404, "not_found".to_owned()));
    assert_eq!(answer.json()["type"], "urn:care:problem:not_found");
}

#[tokio::test]
async fn a_session_is_needed_is_one_accounts_and_ends() {
    let world = world();
    let (anna, ben) = (world.sign_in("anna").await, world.sign_in("ben").await);
    let get = anna.asks("GET", "/v1/account", Value::Null);
    assert_eq!(
        world
            .ask(Asking {
                token: None,
                ..get.clone()
            })
            .await
            .code(),
        "session_expired"
    );
    assert_eq!(
        world
            .ask(Asking {
                token: Some(ben.token),
                ..get.clone()
            })
            .await
            .code(),
        "wrong_account"
    );
    assert_eq!(world.ask(get.clone()).await.status, 200);
    world
        .control("POST", "sessions/expire", json!({ "account": anna.account }))
        .await;
    assert_eq!(world.ask(get.clone()).await.status, 401);
    let again = world.sign_in("anna").await;
    world.advance("24h").await;
    assert_eq!(
        world.ask(again.asks("GET", "/v1/account", Value::Null)).await.status,
        401
    );
}

#[tokio::test]
async fn an_unchanged_document_is_304_and_renews_the_lease() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let first = world.ask(anna.asks("GET", "/v1/account", Value::Null)).await;
    assert_eq!(first.header("care-lease-until"), "2026-01-12T09:00:00Z");
    world.advance("1h").await;
    let etag = Some(first.header("etag").to_owned());
    let again = world
        .ask(Asking {
            etag: etag.clone(),
            ..anna.asks("GET", "/v1/account", Value::Null)
        })
        .await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    assert_eq!(again.header("care-lease-until"), "2026-01-12T10:00:00Z");
    assert_eq!(again.header("etag"), first.header("etag"));
    // A change moves the revision and the ETag.
    world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    let changed = world
        .ask(Asking {
            etag,
            ..anna.asks("GET", "/v1/account", Value::Null)
        })
        .await;
    assert_eq!(changed.status, 200);
    assert!(changed.json()["revision"].as_u64() > first.json()["revision"].as_u64());
}

#[tokio::test]
async fn the_second_pinned_key_may_sign() {
    let world = world();
    let anna = world.sign_in("anna").await;
    world.control("POST", "keys", json!({ "sign_with": "k2" })).await;
    let answer = world.ask(anna.asks("GET", "/v1/account", Value::Null)).await;
    assert_eq!(answer.header("care-key"), "k2");
}

// Rules: R6, R7, U9
#[tokio::test]
async fn the_catalogue_holds_only_what_is_released_in_the_storefront() {
    let world = world();
    let get = |storefront: &str| Asking {
        method: "GET",
        target: format!("/v1/catalogue?storefront={storefront}&locale=en"),
        ..Asking::default()
    };
    let usa = world.ask(get("USA")).await.json();
    let ids: Vec<&str> = usa["plans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|plan| plan["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids,
        ["tapo-1-monthly", "tapo-3-monthly", "tapo-10-monthly", "tapo-10-yearly"]
    );
    assert_eq!(usa["steering"], "link");
    assert_eq!(usa["plans"][1]["capacity"], 3);
    let japan = world.ask(get("JPN")).await.json();
    assert_eq!(japan["plans"].as_array().unwrap().len(), 3);
    assert_eq!(japan["steering"], "none");
    // What was sold once stays known, also where it is not sold.
    assert!(
        japan["products_ever_sold"]["app_store"]
            .as_array()
            .unwrap()
            .contains(&json!("care.tapo.5.monthly"))
    );
    world
        .control(
            "POST",
            "catalogue",
            json!({ "withdraw": "tapo-3-monthly", "steering": "text_only" }),
        )
        .await;
    let fewer = world.ask(get("USA")).await.json();
    assert_eq!(fewer["plans"].as_array().unwrap().len(), 3);
    assert_eq!(fewer["steering"], "text_only");
    assert_eq!(fewer["products_ever_sold"], usa["products_ever_sold"]);
}
