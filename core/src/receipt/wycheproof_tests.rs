//! Project Wycheproof's signatures, which nobody here made: ES256 of a payload, and P-256 and P-384 of a certificate.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::receipt::authentic::es256;
use wycheproof::TestResult;
use wycheproof::ecdsa::{TestName, TestSet};

/// How many signatures `verify` was asked about, each answered as the set says.
fn asked(name: TestName, verify: impl Fn(&[u8], &[u8], &[u8]) -> bool) -> usize {
    let set = TestSet::load(name).unwrap();
    let mut asked = 0;
    for group in set.test_groups {
        for test in group.tests {
            let held = verify(&group.key.key, &test.msg, &test.sig);
            match test.result {
                TestResult::Valid => assert!(held, "{name:?} {}: {}", test.tc_id, test.comment),
                TestResult::Invalid => assert!(!held, "{name:?} {}: {}", test.tc_id, test.comment),
                TestResult::Acceptable => {}
            }
            asked += 1;
        }
    }
    asked
}

#[test]
fn wycheproofs_es256_signatures_hold_or_fail_as_it_says() {
    assert!(asked(TestName::EcdsaSecp256r1Sha256P1363, es256) > 200);
}

#[test]
fn wycheproofs_certificate_signatures_hold_or_fail_as_it_says() {
    let on = |curve, hash| move |key: &[u8], body: &[u8], signature: &[u8]| ecdsa(body, signature, hash, curve, key);
    assert!(asked(TestName::EcdsaSecp384r1Sha384, on(Curve::P384, Hash::Sha384)) > 300);
    assert!(asked(TestName::EcdsaSecp384r1Sha256, on(Curve::P384, Hash::Sha256)) > 300);
    assert!(asked(TestName::EcdsaSecp256r1Sha256, on(Curve::P256, Hash::Sha256)) > 300);
}
