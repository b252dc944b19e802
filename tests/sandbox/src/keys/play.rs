//! RSA keys at Google: the app's two license keys, one for worlds of even and one for worlds of odd seed, and the cloud's service
//! account. They are fixed, because drawing one from a seed would take seconds; public in this repository, and good for nothing
//! but tests.
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey};
use rsa::signature::{SignatureEncoding, Signer};
use serde::Serialize;
use serde_json::{Value, json};
use sha1::Sha1;

use super::{BASE64_URL, compact};

const EVEN: &str = include_str!("../../keys/test-only-play-license-even-rsa-2048.pem");
const ODD: &str = include_str!("../../keys/test-only-play-license-odd-rsa-2048.pem");
const SERVICE: &str = include_str!("../../keys/test-only-play-service-rsa-2048.pem");

/// Whom the cloud is to Google.
pub(crate) const SERVICE_ACCOUNT: &str = "care-cloud@tapo-care.iam.gserviceaccount.com";

/// None only where a checked-in file is broken.
static LICENSES: LazyLock<Option<[License; 2]>> = LazyLock::new(|| Some([License::read(EVEN)?, License::read(ODD)?]));
/// By ring, many times faster: the cloud signs anew for each hour in which it asks, while a receipt's SHA-1 nobody else signs.
static SERVICE_KEY: LazyLock<Option<KeyPair>> = LazyLock::new(|| KeyPair::from_pkcs8(&der(SERVICE)?).ok());

/// What signs every purchase of a world, and its public half as Play's console shows it.
#[derive(Debug)]
struct License {
    key: SigningKey<Sha1>,
    public: String,
}

impl License {
    fn read(pem: &str) -> Option<License> {
        let key = private(pem)?;
        let public = key.to_public_key().to_public_key_der().ok()?;
        Some(License {
            key: SigningKey::new(key),
            public: STANDARD.encode(public.as_bytes()),
        })
    }

    fn of(seed: u64) -> Option<&'static License> {
        let [even, odd] = LICENSES.as_ref()?;
        Some(if seed.is_multiple_of(2) { even } else { odd })
    }
}

fn private(pem: &str) -> Option<RsaPrivateKey> {
    RsaPrivateKey::from_pkcs8_der(&der(pem)?).ok()
}

fn der(pem: &str) -> Option<Vec<u8>> {
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    STANDARD.decode(body).ok()
}

/// Base64 of the SubjectPublicKeyInfo.
pub(crate) fn play_license_key(seed: u64) -> String {
    License::of(seed).map(|known| known.public.clone()).unwrap_or_default()
}

/// SHA-1, RSASSA-PKCS1-v1_5, over exactly these bytes. It is the same each time, and so it is made once: a purchase that is
/// listed a hundred times would cost a hundred times the rest of the listing.
pub(crate) fn play_signature(seed: u64, text: &str) -> String {
    /// More texts than any one test shows; beyond them it starts over.
    const KEPT: usize = 4096;
    static MADE: Mutex<BTreeMap<(bool, String), String>> = Mutex::new(BTreeMap::new());
    let made = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let signed = (seed.is_multiple_of(2), text.to_owned());
    if let Some(signature) = made().get(&signed) {
        return signature.clone();
    }
    let signature = License::of(seed).map(|known| known.key.sign(text.as_bytes()));
    let signature = signature
        .map(|signature| STANDARD.encode(signature.to_bytes()))
        .unwrap_or_default();
    let mut made = made();
    if made.len() >= KEPT {
        made.clear();
    }
    made.insert(signed, signature.clone());
    signature
}

/// A JWT of the service account, RS256, as Google's own clients make them.
pub(crate) fn service_account_jwt(claims: &impl Serialize) -> String {
    compact(&json!({ "alg": "RS256", "typ": "JWT" }), claims, |signed| {
        let signature = SERVICE_KEY.as_ref().and_then(|key| {
            let mut signature = vec![0; key.public().modulus_len()];
            // The randomness blinds the key; the signature is the same each time.
            key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed, &mut signature)
                .ok()?;
            Some(signature)
        });
        signature.unwrap_or_default()
    })
}

/// The claims, where the service account signed them with RS256.
pub(crate) fn proved_service_account(jwt: &str) -> Option<Value> {
    let (signed, signature) = jwt.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let header: Value = serde_json::from_slice(&BASE64_URL.decode(header).ok()?).ok()?;
    let signature = BASE64_URL.decode(signature).ok()?;
    let public = SERVICE_KEY.as_ref()?.public_key().as_ref();
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public)
        .verify(signed.as_bytes(), &signature)
        .ok()?;
    (header["alg"] == "RS256").then_some(())?;
    serde_json::from_slice(&BASE64_URL.decode(claims).ok()?).ok()
}
