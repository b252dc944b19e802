//! A JWS. After a first byte of `s` the rest is a payload, honestly signed; otherwise all of it is the JWS.

use crate::authority::{BUNDLE, Chain, purchase};
use crate::bounded;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use std::sync::LazyLock;
use tapo_care::receipt::{AppStoreVerifier, DeviceId, Kind, access, renewal_revision, revision};
use tapo_care::time::{Timestamp, TrustedTime};

struct World {
    chain: Chain,
    header: String,
    verifier: AppStoreVerifier,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let chain = Chain::like_apples();
    let (header, verifier) = (chain.header().to_string(), chain.verifier());
    // With a warm cache, as on a phone: a payload of one's own costs one signature.
    assert!(verifier.transaction(&chain.sign(&purchase()), None).is_ok());
    World {
        chain,
        header,
        verifier,
    }
});

/// Reads it as every kind.
pub fn run(data: &[u8]) {
    let world = &*WORLD;
    let jws = match data.split_first() {
        Some((b's', payload)) => world.chain.sign_bytes(&world.header, payload),
        _ => String::from_utf8_lossy(data).into_owned(),
    };
    let now = Some(TrustedTime::vouched(Timestamp(1_767_700_000_000)));
    let device = DeviceId("5f3c1b2a-0d4e-4f60-8a71-92b3c4d5e6f7".to_owned());
    let verifier = &world.verifier;
    bounded(jws.len(), || {
        drop(verifier.transaction_on(&jws, now, &device));
    });
    bounded(jws.len(), || drop(verifier.app_transaction(&jws, now, Some(&device))));
    bounded(jws.len(), || drop(verifier.notification(&jws, now)));
    bounded(jws.len(), || {
        assert!(Kind::claimed(&jws).is_none_or(|kind| !kind.name().is_empty()))
    });
    let read = verifier.transaction(&jws, now);
    let renewal = verifier.renewal(&jws, None, None);
    if let Ok(renewal) = &renewal {
        assert_eq!(renewal_revision(None, renewal), renewal_revision(None, renewal));
    }
    if let Ok(read) = read {
        let payload = URL_SAFE_NO_PAD
            .decode(jws.split('.').nth(1).unwrap_or_default())
            .unwrap();
        let payload: Value = serde_json::from_slice(&payload).unwrap();
        assert_eq!(payload["bundleId"], BUNDLE, "authentic without being of this app");
        assert_eq!(
            payload["transactionId"].as_str(),
            read.transaction_id.as_ref().map(|id| id.as_str())
        );
        assert_eq!(revision(&read), revision(&read));
        let granted = access(&read, renewal.as_deref().ok(), now);
        assert!(!granted.granted || read.expires_date.is_some(), "access without an end");
    }
    // A refusal says the same examined, in words fit for a log.
    let examined = verifier.examine_transaction(&jws, now, None);
    if let Err(refusal) = examined.result {
        assert!(refusal.found.chars().count() <= 121 && !refusal.found.chars().any(char::is_control));
        assert_eq!(examined.checks.last().map(|line| line.check), Some(refusal.check));
    }
}
