//! The contract: its documents are the checked-in ones, and whoever breaks it is told on.
use crate::wire::*;
use serde_json::{Value, json};
use std::path::Path;

#[test]
fn the_checked_in_documents_are_what_the_sandbox_serves() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../contract");
    for document in care_sandbox::openapi() {
        let checked_in = std::fs::read_to_string(folder.join(&document.file)).unwrap_or_default();
        assert!(
            checked_in == document.text,
            "tests/contract/{} is not what the sandbox serves; write it anew with\n  \
             cargo run -p care-sandbox -- openapi --into tests/contract",
            document.file
        );
    }
}

#[tokio::test]
async fn an_exchange_as_documented_is_counted_and_nothing_is_held_against_it() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let before = world.sandbox.contract().exchanges();
    assert_eq!(
        world.ask(anna.asks("GET", "/v1/account", Value::Null)).await.status,
        200
    );
    assert_eq!(world.sandbox.contract().exchanges(), before + 1);
    // The cloud's own calls to the store are exchanges too: the transaction, its finish and the subscription's status.
    let transaction = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    let before = world.sandbox.contract().exchanges();
    world.post(&transaction, "key").await;
    assert!(world.sandbox.contract().exchanges() >= before + 4);
}

#[tokio::test]
async fn a_member_nobody_documented_is_a_breach_of_whoever_sent_it() {
    let world = world();
    world.sandbox.contract().off_the_record();
    let answer = world
        .plain("POST", "/session", json!({ "name": "anna", "nickname": "a secret" }))
        .await;
    assert_eq!(answer.status, 200, "a cloud passes over what it does not know");
    assert_eq!(
        world.sandbox.contract().breaches(),
        ["POST /session 200: request:  breaks additionalProperties"]
    );
}

#[tokio::test]
async fn a_path_that_is_not_documented_is_a_breach_and_its_token_is_not_told() {
    let world = world();
    world.sandbox.contract().off_the_record();
    let token = "0123456789ab.AO-J1nobody-may-read-this";
    assert_eq!(
        world.plain("GET", &format!("/play/{token}"), Value::Null).await.status,
        401
    );
    assert_eq!(
        world.sandbox.contract().breaches(),
        ["GET /play/… 401: no document has this path"]
    );
}

#[tokio::test]
async fn what_a_fault_does_to_an_answer_is_not_the_clouds_breach() {
    let world = world();
    for fault in [
        json!({ "endpoint": "session", "kind": "garbage", "times": 1 }),
        json!({ "endpoint": "session", "kind": "error", "status": 403, "times": 1 }),
        json!({ "endpoint": "session", "kind": "lost", "times": 1 }),
    ] {
        world.control("POST", "faults", fault).await;
        world.plain("POST", "/session", json!({ "name": "anna" })).await;
    }
    assert_eq!(world.sandbox.contract().breaches(), Vec::<String>::new());
}
