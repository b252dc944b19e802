//! A receipt verified under a chain already known, against ring's bare P-256 check of the same bytes: side by side, in turns.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)]

#[path = "../tests/stories/phone.rs"]
#[allow(dead_code)]
mod phone;
#[path = "support/turns.rs"]
mod turns;
#[path = "../tests/stories/world.rs"]
#[allow(dead_code)]
mod world;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::json;
use tapo_care::receipt::{AppStoreTrust, AppStoreVerifier};
use tapo_care::time::{Timestamp, TrustedTime};
use x509_cert::Certificate;
use x509_cert::der::Decode;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = world::World::new();
    let outside = json!({ "device": "bench", "product": "care.tapo.3.monthly", "app_account_token": null });
    let bought = runtime.block_on(world.post("purchases/outside", outside));
    let jws = bought["signed_transaction"].as_str().unwrap().to_owned();
    let trust = world.sandbox.trust(world::ORIGIN, world::ORIGIN);
    let trust = AppStoreTrust {
        roots: vec![STANDARD.decode(&trust.app_store.root).unwrap()],
        bundle_id: trust.app_store.bundle_id,
        app_id: i64::try_from(trust.app_store.app_id).ok(),
        environment: None,
    };
    let now = Some(TrustedTime::vouched(Timestamp(world.sandbox.now_ms())));
    let verifier = AppStoreVerifier::new(trust.clone()).unwrap();
    verifier.transaction(&jws, now).unwrap();

    let (input, signature) = jws.rsplit_once('.').unwrap();
    let header = URL_SAFE_NO_PAD.decode(jws.split('.').next().unwrap()).unwrap();
    let header: serde_json::Value = serde_json::from_slice(&header).unwrap();
    let leaf = STANDARD.decode(header["x5c"][0].as_str().unwrap()).unwrap();
    let leaf = Certificate::from_der(&leaf).unwrap();
    let point = leaf
        .tbs_certificate()
        .subject_public_key_info()
        .subject_public_key
        .raw_bytes();
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point.to_vec());
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();

    println!(
        "a receipt of {} bytes, its header {}",
        jws.len(),
        jws.find('.').unwrap()
    );
    turns::compare(
        "ring's bare P-256 check",
        "whole verification, chain known",
        200,
        || key.verify(input.as_bytes(), &signature).unwrap(),
        || drop(verifier.transaction(&jws, now).unwrap()),
    );
    turns::compare(
        "whole verification, chain known",
        "whole verification, first sight",
        50,
        || drop(verifier.transaction(&jws, now).unwrap()),
        || {
            drop(
                AppStoreVerifier::new(trust.clone())
                    .unwrap()
                    .transaction(&jws, now)
                    .unwrap(),
            )
        },
    );
}
