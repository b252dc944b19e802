//! A Play purchase. After a first byte of `s` the rest is JSON, honestly signed; otherwise JSON and signature stand on
//! either side of the first NUL.

use crate::bounded;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey};
use rsa::signature::{SignatureEncoding, Signer};
use serde_json::Value;
use sha1::Sha1;
use std::sync::LazyLock;
use tapo_care::receipt::{PlayTrust, PlayVerifier, play_access, play_revision};

struct World {
    signer: SigningKey<Sha1>,
    verifier: PlayVerifier,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let pem = include_str!("../../../core/tests/receipts/keys/test-only-rsa-2048.pem");
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let key = RsaPrivateKey::from_pkcs8_der(&STANDARD.decode(body).unwrap()).unwrap();
    let public = STANDARD.encode(key.to_public_key().to_public_key_der().unwrap().as_bytes());
    let trust = PlayTrust {
        key: public,
        package: "com.example.care".to_owned(),
    };
    World {
        signer: SigningKey::new(key),
        verifier: PlayVerifier::new(&trust).unwrap(),
    }
});

/// Reads it.
pub fn run(data: &[u8]) {
    let world = &*WORLD;
    let (json, signature) = match data.split_first() {
        Some((b's', json)) => (json, STANDARD.encode(world.signer.sign(json).to_bytes())),
        _ => {
            let place = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
            let (json, signature) = data.split_at(place);
            let signature = signature.strip_prefix(&[0]).unwrap_or_default();
            (json, String::from_utf8_lossy(signature).into_owned())
        }
    };
    let Ok(json) = std::str::from_utf8(json) else { return };
    bounded(json.len() + signature.len(), || {
        drop(world.verifier.purchase(json, &signature))
    });
    if let Ok(read) = world.verifier.purchase(json, &signature) {
        let value: Value = serde_json::from_str(json).unwrap();
        assert!(
            !play_access(&read).granted || value["purchaseState"] == 0,
            "granted without being paid"
        );
        assert_eq!(play_revision(&read), play_revision(&read));
    }
}
