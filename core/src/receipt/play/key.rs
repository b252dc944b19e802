//! The app's license key as Play's console shows it: an RSA key, its SubjectPublicKeyInfo in base64 (P2).

use crate::receipt::trust::TrustError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, UnparsedPublicKey};
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey;
use x509_parser::x509::SubjectPublicKeyInfo;

/// 1.2.840.113549.1.1.1, in DER. A key marked for RSASSA-PSS alone is another one.
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// A key that signs purchases of one app.
#[derive(Debug)]
pub(super) struct LicenseKey {
    /// RSAPublicKey, DER.
    der: Vec<u8>,
    modulus_bits: usize,
}

impl LicenseKey {
    /// Reads the key; white space is nothing, since people copy it out of a web page.
    pub(super) fn read(text: &str) -> Result<Self, TrustError> {
        let text: String = text.split_whitespace().collect();
        let spki = STANDARD.decode(text).map_err(|_| TrustError::UnreadableKey)?;
        let key = rsa(&spki).ok_or(TrustError::UnreadableKey)?;
        if (2048..=8192).contains(&key.modulus_bits) {
            Ok(key)
        } else {
            Err(TrustError::KeySize)
        }
    }

    /// How long a signature of this key is.
    pub(super) fn modulus_bytes(&self) -> usize {
        self.modulus_bits.div_ceil(8)
    }

    /// RSASSA-PKCS1-v1_5 with SHA-1: what Play signs with, and nothing else here does.
    pub(super) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, &self.der)
            .verify(message, signature)
            .is_ok()
    }
}

fn rsa(spki: &[u8]) -> Option<LicenseKey> {
    let (rest, spki) = SubjectPublicKeyInfo::from_der(spki).ok()?;
    let whole = rest.is_empty() && spki.subject_public_key.unused_bits == 0;
    if !whole || spki.algorithm.algorithm.as_bytes() != RSA_ENCRYPTION {
        return None;
    }
    let PublicKey::RSA(key) = spki.parsed().ok()? else {
        return None;
    };
    let leading = key.modulus.iter().position(|byte| *byte != 0)?;
    let modulus = key.modulus.get(leading..)?;
    let unused = modulus.first()?.leading_zeros() as usize;
    Some(LicenseKey {
        der: spki.subject_public_key.data.to_vec(),
        modulus_bits: modulus.len() * 8 - unused,
    })
}
