//! Chains beyond the matrix: a root's own dates, a cache that has seen the chain, and any bytes as certificates.

use crate::authority::{Chain, Key, changed, ms, purchase};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::json;
use tapo_care::receipt::Check;

#[test]
fn a_root_of_other_dates_is_refused() {
    for (from, to) in [
        ("20260105090001", "20390101000000"),
        ("20140101000000", "20260105085959"),
    ] {
        let mut chain = Chain::like_apples();
        (chain.root.from, chain.root.to) = (from, to);
        let refusal = chain
            .verifier()
            .transaction(&chain.sign(&purchase()), None)
            .unwrap_err();
        assert_eq!(refusal.check, Check::Validity);
        assert!(refusal.found.contains("root"), "{refusal}");
    }
}

#[test]
fn a_cached_chain_is_still_asked_for_its_dates() {
    let chain = Chain::like_apples();
    let verifier = chain.verifier();
    verifier.transaction(&chain.sign(&purchase()), None).unwrap();
    let late = chain.sign(&changed(
        purchase(),
        json!({ "signedDate": ms("2026-10-01T00:00:01Z") }),
    ));
    assert_eq!(verifier.transaction(&late, None).unwrap_err().check, Check::Validity);
}

#[test]
fn a_proved_intermediate_vouches_for_nobody_elses_leaf() {
    let chain = Chain::like_apples();
    let verifier = chain.verifier();
    verifier.transaction(&chain.sign(&purchase()), None).unwrap();
    let mut attacker = Chain::like_apples();
    attacker.leaf.key = Key::p256(41);
    let forged = attacker.leaf.signed_by(&Key::p384(42));
    let [_, intermediate, root] = chain.x5c();
    let x5c = [forged, intermediate, root].map(|der| STANDARD.encode(der));
    let header = json!({ "alg": "ES256", "x5c": x5c });
    let jws = attacker.sign_text(&header.to_string(), &purchase().to_string());
    assert_eq!(
        verifier.transaction(&jws, None).unwrap_err().check,
        Check::ChainSignature
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_as_certificates_get_a_verdict(noise in proptest::collection::vec(any::<u8>(), 1..8), place in any::<prop::sample::Index>(), which in 0usize..3) {
        let chain = Chain::like_apples();
        let mut x5c = chain.x5c();
        let start = place.index(x5c[which].len());
        let end = (start + noise.len()).min(x5c[which].len());
        prop_assume!(x5c[which][start..end] != noise[..end - start]);
        x5c[which][start..end].copy_from_slice(&noise[..end - start]);
        let x5c = x5c.map(|der| STANDARD.encode(der));
        let header = json!({ "alg": "ES256", "x5c": x5c });
        // A third certificate that still reads is nobody's concern; the other two are signed.
        let read = chain.verifier().transaction(&chain.sign_text(&header.to_string(), &purchase().to_string()), None);
        prop_assert!(which == 2 || read.is_err());
    }
}
