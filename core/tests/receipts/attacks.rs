//! What the matrix cannot say in a line: an expectation of the caller, what is not asked, and any bytes at all.

use crate::authority::{Chain, changed, purchase, renewal};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::json;
use tapo_care::id::Environment;
use tapo_care::receipt::{AppStoreTrust, AppStoreVerifier, Check};

// Rules: X15
#[test]
fn the_environment_a_caller_names_is_the_only_one() {
    let chain = Chain::like_apples();
    let trust = AppStoreTrust {
        environment: Some(Environment::Sandbox),
        ..chain.trust()
    };
    let verifier = AppStoreVerifier::new(trust).unwrap();
    assert_eq!(
        verifier.transaction(&chain.sign(&purchase()), None).unwrap_err().check,
        Check::Environment
    );
}

#[test]
fn another_subscriptions_renewal_info_is_refused_and_alone_it_is_not_asked() {
    let chain = Chain::like_apples();
    let verifier = chain.verifier();
    let ours = verifier.transaction(&chain.sign(&purchase()), None).unwrap();
    assert!(verifier.renewal(&chain.sign(&renewal()), Some(&ours), None).is_ok());
    for change in [
        json!({ "originalTransactionId": "11" }),
        json!({ "originalTransactionId": null }),
        json!({ "environment": "Sandbox" }),
    ] {
        let other = chain.sign(&changed(renewal(), change));
        assert_eq!(
            verifier.renewal(&other, Some(&ours), None).unwrap_err().check,
            Check::RenewalBelongs
        );
        assert!(verifier.renewal(&other, None, None).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_get_a_verdict(header in ".{0,80}", payload in ".{0,80}", signature in proptest::collection::vec(any::<u8>(), 0..80)) {
        let verifier = Chain::like_apples().verifier();
        let jws = format!("{}.{}.{}", URL_SAFE_NO_PAD.encode(&header), URL_SAFE_NO_PAD.encode(&payload), URL_SAFE_NO_PAD.encode(&signature));
        prop_assert!(verifier.transaction(&jws, None).is_err());
        prop_assert!(verifier.notification(&header, None).is_err());
    }
}
