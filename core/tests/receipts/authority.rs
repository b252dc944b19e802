//! A certificate authority of our own, shaped like Apple's, with every knob an attacker would turn.

use crate::der::{self, Extension};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use p256::ecdsa::signature::hazmat::PrehashSigner;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384};
use tapo_care::receipt::{AppStoreTrust, AppStoreVerifier};
use tapo_care::time::{Timestamp, TrustedTime};

pub const BUNDLE: &str = "com.example.care";
pub const APP_ID: i64 = 4242;
pub const TAG: &str = "7e3fb20b-4cdb-47cc-936d-99d65f608138";
pub const ECDSA_SHA256: &str = "1.2.840.10045.4.3.2";
pub const ECDSA_SHA384: &str = "1.2.840.10045.4.3.3";
/// When everything is signed unless a test says otherwise.
pub const SIGNED: &str = "2026-01-05T09:00:00Z";

pub fn ms(rfc3339: &str) -> i64 {
    Timestamp::parse(rfc3339).unwrap().0
}

pub fn at(rfc3339: &str) -> Option<TrustedTime> {
    Some(TrustedTime::vouched(Timestamp(ms(rfc3339))))
}

/// A key pair on either curve, always the same for the same seed.
#[derive(Clone)]
pub enum Key {
    P256(p256::ecdsa::SigningKey),
    P384(Box<p384::ecdsa::SigningKey>),
}

impl Key {
    pub fn p256(seed: u8) -> Self {
        Self::P256(p256::ecdsa::SigningKey::from_slice(&[seed; 32]).unwrap())
    }

    pub fn p384(seed: u8) -> Self {
        Self::P384(Box::new(p384::ecdsa::SigningKey::from_slice(&[seed; 48]).unwrap()))
    }

    /// SubjectPublicKeyInfo, DER.
    pub fn public(&self) -> Vec<u8> {
        match self {
            Self::P256(key) => {
                let point = key.verifying_key().to_sec1_point(false);
                der::ec_key("1.2.840.10045.3.1.7", point.as_bytes())
            }
            Self::P384(key) => {
                let point = key.verifying_key().to_sec1_point(false);
                der::ec_key("1.3.132.0.34", point.as_bytes())
            }
        }
    }

    fn sign(&self, message: &[u8], algorithm: &str) -> Vec<u8> {
        let hash = match algorithm {
            ECDSA_SHA256 => Sha256::digest(message).to_vec(),
            _ => Sha384::digest(message).to_vec(),
        };
        match self {
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign_prehash(&hash).unwrap();
                signature.to_der().as_bytes().to_vec()
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign_prehash(&hash).unwrap();
                signature.to_der().as_bytes().to_vec()
            }
        }
    }

    /// ES256, 64 bytes.
    pub fn es256(&self, message: &[u8]) -> Vec<u8> {
        let Self::P256(key) = self else {
            panic!("ES256 needs P-256")
        };
        let signature: p256::ecdsa::Signature = key.sign_prehash(&Sha256::digest(message)).unwrap();
        signature.to_bytes().to_vec()
    }
}

/// What key identifiers call a key.
fn id(key: &Key) -> Vec<u8> {
    Sha256::digest(key.public())[..20].to_vec()
}

/// What a certificate says, whoever signs it.
#[derive(Clone)]
pub struct Certificate {
    pub subject: &'static str,
    pub issuer: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub key: Key,
    pub extensions: Vec<Extension>,
    pub inner: &'static str,
    pub outer: &'static str,
    /// Bytes hidden in the outer sequence behind the signature.
    pub hidden: Vec<u8>,
    /// Another key than the one that signs, as DER.
    pub spki: Option<Vec<u8>>,
    /// The issuer's name as DER, where it is no common name in UTF-8.
    pub issuer_der: Option<Vec<u8>>,
    /// The dates as DER, where they are no GeneralizedTime.
    pub dates: Option<[Vec<u8>; 2]>,
}

impl Certificate {
    pub fn signed_by(&self, issuer: &Key) -> Vec<u8> {
        let mut extensions: Vec<_> = self.extensions.iter().map(Extension::der).collect();
        if !extensions.is_empty() {
            extensions.extend(der::key_identifiers(&id(&self.key), &id(issuer)).map(|extension| extension.der()));
        }
        let dates = self.dates.clone();
        let extensions = match &extensions[..] {
            [] => Vec::new(),
            some => der::tlv(0xa3, &der::sequence(some)),
        };
        let body = der::sequence(&[
            der::tlv(0xa0, &der::tlv(0x02, &[2])),
            der::tlv(0x02, &[7]),
            der::sequence(&[der::oid(self.inner)]),
            self.issuer_der.clone().unwrap_or_else(|| der::name(self.issuer)),
            der::sequence(&dates.unwrap_or_else(|| [der::time(self.from), der::time(self.to)])),
            der::name(self.subject),
            self.spki.clone().unwrap_or_else(|| self.key.public()),
            extensions,
        ]);
        let signature = der::bits(&issuer.sign(&body, self.outer));
        der::sequence(&[
            body,
            der::sequence(&[der::oid(self.outer)]),
            signature,
            self.hidden.clone(),
        ])
    }

    pub fn without(mut self, oid: &str) -> Self {
        self.extensions.retain(|extension| extension.oid != oid);
        self
    }

    pub fn with(self, extension: Extension) -> Self {
        let mut changed = self.without(extension.oid);
        changed.extensions.push(extension);
        changed
    }
}

/// Leaf, intermediate, root, and the keys that sign them.
#[derive(Clone)]
pub struct Chain {
    pub leaf: Certificate,
    pub intermediate: Certificate,
    pub root: Certificate,
    /// What stands third in the header. `None`: the root itself.
    pub third: Option<Vec<u8>>,
}

impl Chain {
    /// Shaped like Apple's: P-256 below P-384 below P-384, SHA-384 throughout.
    pub fn like_apples() -> Self {
        Self::with_keys(Key::p256(1), Key::p384(2), Key::p384(3))
    }

    pub fn with_keys(leaf: Key, intermediate: Key, root: Key) -> Self {
        let certificate = |subject, issuer, from, to, key, extensions| Certificate {
            subject,
            issuer,
            from,
            to,
            key,
            extensions,
            inner: ECDSA_SHA384,
            outer: ECDSA_SHA384,
            hidden: Vec::new(),
            spki: None,
            issuer_der: None,
            dates: None,
        };
        Self {
            leaf: certificate(
                "Test Signing",
                "Test Relations",
                "20251001000000",
                "20261001000000",
                leaf,
                vec![
                    der::basic_constraints(false, None),
                    der::key_usage(0x80),
                    der::marker(der::RECEIPT_SIGNING),
                ],
            ),
            intermediate: certificate(
                "Test Relations",
                "Test Root",
                "20210101000000",
                "20360101000000",
                intermediate,
                vec![
                    der::basic_constraints(true, Some(0)),
                    der::key_usage(0x06),
                    der::marker(der::DEVELOPER_RELATIONS),
                ],
            ),
            root: certificate(
                "Test Root",
                "Test Root",
                "20140101000000",
                "20390101000000",
                root,
                vec![der::basic_constraints(true, None), der::key_usage(0x06)],
            ),
            third: None,
        }
    }

    pub fn root_der(&self) -> Vec<u8> {
        self.root.signed_by(&self.root.key)
    }

    pub fn x5c(&self) -> [Vec<u8>; 3] {
        let third = self.third.clone().unwrap_or_else(|| self.root_der());
        [
            self.leaf.signed_by(&self.intermediate.key),
            self.intermediate.signed_by(&self.root.key),
            third,
        ]
    }

    pub fn header(&self) -> Value {
        let x5c = self.x5c().map(|der| STANDARD.encode(der));
        json!({ "alg": "ES256", "x5c": x5c })
    }

    /// A JWS of `payload`, as the store would sign it.
    pub fn sign(&self, payload: &Value) -> String {
        self.sign_text(&self.header().to_string(), &payload.to_string())
    }

    /// A JWS whose header and payload are written out.
    pub fn sign_text(&self, header: &str, payload: &str) -> String {
        self.sign_bytes(header, payload.as_bytes())
    }

    /// The same, whose payload need not be text.
    pub fn sign_bytes(&self, header: &str, payload: &[u8]) -> String {
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
        let signature = self.leaf.key.es256(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    pub fn trust(&self) -> AppStoreTrust {
        AppStoreTrust {
            roots: vec![self.root_der()],
            bundle_id: BUNDLE.to_owned(),
            app_id: Some(APP_ID),
            environment: None,
        }
    }

    /// A verifier that pins this chain's root.
    pub fn verifier(&self) -> AppStoreVerifier {
        AppStoreVerifier::new(self.trust()).unwrap()
    }
}

/// A purchase of this app, as the store writes it.
pub fn purchase() -> Value {
    json!({
        "transactionId": "20", "originalTransactionId": "10", "webOrderLineItemId": "30", "bundleId": BUNDLE,
        "productId": "care.plus.monthly", "subscriptionGroupIdentifier": "77", "type": "Auto-Renewable Subscription",
        "purchaseDate": ms("2026-01-05T08:59:00Z"), "originalPurchaseDate": ms("2026-01-05T08:59:00Z"),
        "expiresDate": ms("2026-02-05T08:59:00Z"), "signedDate": ms(SIGNED), "quantity": 1,
        "inAppOwnershipType": "PURCHASED", "environment": "Production", "transactionReason": "PURCHASE",
        "appAccountToken": TAG, "storefront": "USA", "storefrontId": "143441", "price": 6990, "currency": "USD",
        "appTransactionId": "5000",
    })
}

/// The renewal info of [`purchase`].
pub fn renewal() -> Value {
    json!({
        "originalTransactionId": "10", "productId": "care.plus.monthly", "autoRenewProductId": "care.plus.monthly",
        "autoRenewStatus": 1, "renewalDate": ms("2026-02-05T08:59:00Z"), "renewalPrice": 6990, "currency": "USD",
        "environment": "Production", "signedDate": ms(SIGNED),
    })
}

/// The app's download.
pub fn download() -> Value {
    json!({
        "receiptType": "Production", "appAppleId": APP_ID, "bundleId": BUNDLE, "applicationVersion": "3.1",
        "receiptCreationDate": ms(SIGNED), "originalPurchaseDate": ms("2025-01-05T08:59:00Z"),
        "originalApplicationVersion": "1.0", "appTransactionId": "5000",
    })
}

/// A value with some fields changed; `null` removes one.
pub fn changed(mut value: Value, changes: Value) -> Value {
    let object = value.as_object_mut().unwrap();
    for (name, change) in changes.as_object().unwrap() {
        match change {
            Value::Null => object.remove(name),
            change => object.insert(name.clone(), change.clone()),
        };
    }
    value
}
