//! The app's license key at Google Play: one fixed RSA key for every world, because drawing one from a seed would take seconds.
//! It is public in this repository and good for nothing but tests.
use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey};
use rsa::signature::{SignatureEncoding, Signer};
use sha1::Sha1;

const PEM: &str = include_str!("../../keys/test-only-play-rsa-2048.pem");

/// What signs every purchase, and its public half as Play's console shows it. None only where the checked-in file is broken.
static KEY: LazyLock<Option<(SigningKey<Sha1>, String)>> = LazyLock::new(|| {
    let body: String = PEM.lines().filter(|line| !line.starts_with('-')).collect();
    let key = RsaPrivateKey::from_pkcs8_der(&STANDARD.decode(body).ok()?).ok()?;
    let public = key.to_public_key().to_public_key_der().ok()?;
    Some((SigningKey::new(key), STANDARD.encode(public.as_bytes())))
});

/// Base64 of the SubjectPublicKeyInfo.
pub(crate) fn play_license_key() -> String {
    KEY.as_ref().map(|(_, public)| public.clone()).unwrap_or_default()
}

/// SHA-1, RSASSA-PKCS1-v1_5, over exactly these bytes; the same each time.
pub(crate) fn play_signature(text: &str) -> String {
    let Some((key, _)) = KEY.as_ref() else {
        return String::new();
    };
    STANDARD.encode(key.sign(text.as_bytes()).to_bytes())
}
