//! The documents say enough to be held to: each schema compiles, and answers that are not as documented are told on.
use axum::body::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

use super::{DOCUMENTS, check};
use crate::call::{Answer, Call};

#[test]
fn every_schema_of_every_document_compiles() {
    for document in DOCUMENTS.iter() {
        for (route, held) in document.operations() {
            assert_eq!(held.broken(), None, "{} {}", document.name, route.path);
        }
    }
}

#[test]
fn every_schema_says_what_it_is_and_none_takes_everything() {
    for document in DOCUMENTS.iter() {
        for (name, schema) in document.openapi["components"]["schemas"].as_object().unwrap() {
            let says = ["type", "enum", "const", "anyOf", "oneOf", "allOf", "$ref"];
            assert!(
                says.iter().any(|word| schema.get(word).is_some()),
                "{}: {name} {schema}",
                document.name
            );
            assert!(
                schema["description"].is_string(),
                "{}: {name} is not described",
                document.name
            );
            if schema["type"] == "object" {
                assert!(
                    schema.get("properties").is_some(),
                    "{}: {name} names no members",
                    document.name
                );
            }
        }
    }
}

#[test]
fn every_operation_is_described_and_named_once() {
    let mut ids = Vec::new();
    for document in DOCUMENTS.iter() {
        for (_, operations) in document.openapi["paths"].as_object().unwrap() {
            for (_, operation) in operations.as_object().unwrap() {
                let text = |name: &str| operation[name].as_str().unwrap_or_default().to_owned();
                assert!(!text("summary").is_empty() && !text("description").is_empty());
                for (status, answer) in operation["responses"].as_object().unwrap() {
                    assert!(!answer["description"].as_str().unwrap().is_empty(), "{status}");
                }
                ids.push(text("operationId"));
            }
        }
    }
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert!(all > 40, "{all}");
}

fn session() -> Call {
    let body = Bytes::from(json!({ "name": "anna" }).to_string());
    Call::new(Method::POST, "/session", HeaderMap::new(), body)
}

fn good() -> Value {
    json!({
        "account": "acc_anna", "name": "anna", "token": "0".repeat(48), "expires_at": "2026-01-06T09:00:00Z",
    })
}

fn breaches(answer: &Answer) -> Vec<String> {
    check(&session(), answer).breaches
}

#[test]
fn an_answer_as_documented_breaks_nothing() {
    assert_eq!(breaches(&Answer::ok(&good())), Vec::<String>::new());
}

#[test]
fn a_broken_answer_is_caught_by_pointer_and_keyword_and_without_its_values() {
    let broken = |change: &dyn Fn(&mut Value)| {
        let mut body = good();
        change(&mut body);
        breaches(&Answer::ok(&body))
    };
    assert_eq!(
        broken(&|body| body["token"] = json!("not hex, and a secret")),
        ["answer: /token breaks pattern"]
    );
    assert_eq!(
        broken(&|body| {
            body.as_object_mut().unwrap().remove("expires_at");
        }),
        ["answer:  breaks required"]
    );
    assert_eq!(
        broken(&|body| body["password"] = json!("hunter2")),
        ["answer:  breaks additionalProperties"]
    );
    assert_eq!(
        broken(&|body| body["account"] = json!(7)),
        ["answer: /account breaks type"]
    );
}

#[test]
fn a_status_a_content_type_and_a_code_nobody_documented_are_caught() {
    assert_eq!(
        breaches(&Answer::empty(StatusCode::IM_A_TEAPOT)),
        ["answer: the status is not documented"]
    );
    let html = Answer {
        content_type: "text/html",
        ..Answer::ok(&good())
    };
    assert_eq!(breaches(&html), ["answer: the content type is not documented"]);
    let other = Answer::problem(StatusCode::NOT_FOUND, "gone_fishing", "Nobody is here", Value::Null);
    assert!(!breaches(&other).is_empty());
    let known = Answer::problem(StatusCode::NOT_FOUND, "not_found", "Nobody is here", Value::Null);
    assert_eq!(breaches(&known), Vec::<String>::new());
}

#[test]
fn an_answer_under_v1_without_its_signature_is_caught() {
    let call = Call::new(
        Method::DELETE,
        "/v1/reservations/res_0123456789ab",
        HeaderMap::new(),
        Bytes::new(),
    );
    let told = check(&call, &Answer::empty(StatusCode::NO_CONTENT)).breaches;
    assert!(
        told.contains(&"answer: care-signature is missing".to_owned()),
        "{told:?}"
    );
    assert!(told.contains(&"request: care-digest is missing".to_owned()), "{told:?}");
}

#[test]
fn a_request_that_was_refused_is_nobodys_breach() {
    let call = Call::new(Method::POST, "/session", HeaderMap::new(), Bytes::from_static(b"{}"));
    let refused = Answer::problem(
        StatusCode::BAD_REQUEST,
        "malformed",
        "The body is not as asked",
        Value::Null,
    );
    assert_eq!(check(&call, &refused).breaches, Vec::<String>::new());
}
