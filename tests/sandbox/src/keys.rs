//! Everything in a world that signs, made from its seed: the cloud's two keys, the store's chain, the cloud's key at the store.
mod chain;
mod play;

use std::sync::OnceLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde::Serialize;

use crate::SandboxError;
use crate::cloud::ProvedChain;
use crate::randomness::{fixed, uuid_from};
pub(crate) use chain::{Chain, INTERMEDIATE_MARK, LEAF_MARK};
pub(crate) use play::{SERVICE_ACCOUNT, play_license_key, play_signature, proved_service_account, service_account_jwt};

/// Base64url without padding, as JWS and the contract's nonces have it.
pub(crate) use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64_URL;

/// One of the cloud's answer keys.
#[derive(Debug)]
pub(crate) struct AnswerKey {
    pub(crate) id: &'static str,
    pub(crate) key: ed25519_dalek::SigningKey,
}

/// The keys of one world. Never stored: the seed is.
#[derive(Debug)]
pub(crate) struct Keys {
    pub(crate) seed: u64,
    pub(crate) answers: [AnswerKey; 2],
    pub(crate) chain: Chain,
    pub(crate) api: ApiKey,
    pub(crate) control_token: String,
    pub(crate) world: String,
    /// The first chain the cloud proved; memory only.
    pub(crate) proved: OnceLock<ProvedChain>,
}

/// The App Store Connect key the cloud asks the store with; the store knows its public half.
#[derive(Debug)]
pub(crate) struct ApiKey {
    pub(crate) id: String,
    pub(crate) issuer: String,
    pub(crate) key: SigningKey,
}

impl Keys {
    pub(crate) fn from_seed(seed: u64) -> Result<Keys, SandboxError> {
        let answer_key = |id: &'static str| AnswerKey {
            id,
            key: ed25519_dalek::SigningKey::from_bytes(&fixed(seed, &format!("cloud-answer-{id}"))),
        };
        Ok(Keys {
            seed,
            answers: [answer_key("k1"), answer_key("k2")],
            chain: Chain::mint(seed)?,
            api: ApiKey {
                id: hex::encode_upper(&fixed(seed, "api-key-id")[..5]),
                issuer: uuid_from(fixed(seed, "api-issuer")),
                key: p256_key(seed, "api-key")?,
            },
            control_token: hex::encode(&fixed(seed, "control-token")[..24]),
            world: format!("w-{}", hex::encode(&fixed(seed, "world")[..6])),
            proved: OnceLock::new(),
        })
    }

    /// The answer key of that name, else the first.
    pub(crate) fn answer_key(&self, id: &str) -> &AnswerKey {
        if self.answers[1].id == id {
            &self.answers[1]
        } else {
            &self.answers[0]
        }
    }
}

/// Compact JWS with ES256; deterministic, since the nonce is RFC 6979's.
pub(crate) fn jws(key: &SigningKey, header: &impl Serialize, payload: &impl Serialize) -> String {
    compact(header, payload, |signed| {
        let signature: Signature = key.sign(signed);
        signature.to_bytes().to_vec()
    })
}

/// A compact JWS with that signature over its first two parts.
fn compact(header: &impl Serialize, payload: &impl Serialize, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    // Headers and payloads here are structs of strings and numbers, which always become JSON.
    let part = |json: Result<Vec<u8>, serde_json::Error>| BASE64_URL.encode(json.unwrap_or_default());
    let signed = format!(
        "{}.{}",
        part(serde_json::to_vec(header)),
        part(serde_json::to_vec(payload))
    );
    let signature = sign(signed.as_bytes());
    format!("{signed}.{}", BASE64_URL.encode(signature))
}

/// Standard base64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn p256_key(seed: u64, label: &str) -> Result<SigningKey, SandboxError> {
    SigningKey::from_slice(&fixed(seed, label)).map_err(|error| SandboxError::Keys(error.to_string()))
}
