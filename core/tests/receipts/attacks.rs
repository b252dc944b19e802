//! The attack matrix: what an attacker would try, each refused by the check that is there for it.

use crate::authority::{APP_ID, BUNDLE, Chain, Key, at, changed, download, ms, purchase, renewal};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::{Value, json};
use tapo_care::id::Environment;
use tapo_care::receipt::{AppStoreTrust, AppStoreVerifier, Check, DeviceId};

/// The check that refuses `jws` under the honest root, with a cold and with a warm cache.
pub fn refused(jws: &str) -> Check {
    let honest = Chain::like_apples();
    let verifier = honest.verifier();
    let now = at("2026-01-06T00:00:00Z");
    let cold = verifier
        .transaction(jws, now)
        .expect_err("an attack went through")
        .check;
    verifier.transaction(&honest.sign(&purchase()), now).unwrap();
    assert_eq!(
        verifier.transaction(jws, now).unwrap_err().check,
        cold,
        "the cache changes no answer"
    );
    let examined = verifier.examine_transaction(jws, now, None);
    assert_eq!(examined.result.unwrap_err().check, cold, "an examination says the same");
    cold
}

/// The honest purchase under a header changed so.
pub fn header(change: Value) -> String {
    let chain = Chain::like_apples();
    chain.sign_text(&changed(chain.header(), change).to_string(), &purchase().to_string())
}

/// An honestly signed payload that is changed so.
fn payload(change: Value) -> String {
    Chain::like_apples().sign(&changed(purchase(), change))
}

fn honest() -> String {
    Chain::like_apples().sign(&purchase())
}

/// The honest JWS with one of its segments replaced.
fn segment(place: usize, change: impl FnOnce(&str) -> String) -> String {
    let jws = honest();
    let mut segments: Vec<String> = jws.split('.').map(str::to_owned).collect();
    segments[place] = change(&segments[place]);
    segments.join(".")
}

#[test]
fn a_forged_form_is_refused() {
    let signature = URL_SAFE_NO_PAD.decode(honest().split('.').nth(2).unwrap()).unwrap();
    let in_der = p256::ecdsa::Signature::from_slice(&signature)
        .unwrap()
        .to_der()
        .as_bytes()
        .to_vec();
    let table = [
        ("nothing", String::new(), Check::Segments),
        ("two segments", "a.b".into(), Check::Segments),
        ("four segments", format!("{}.AAAA", honest()), Check::Segments),
        ("too long", "A".repeat(200 * 1024), Check::Size),
        ("padding", format!("{}==", honest()), Check::Encoding),
        ("white space behind", format!("{}\n", honest()), Check::Encoding),
        ("white space before", format!(" {}", honest()), Check::Encoding),
        (
            "standard alphabet",
            segment(1, |payload| format!("{}+/", &payload[2..])),
            Check::Encoding,
        ),
        ("a stray last bit", segment(2, stray_bit), Check::Encoding),
        (
            "a header that is no JSON",
            segment(0, |_| URL_SAFE_NO_PAD.encode("alg")),
            Check::Header,
        ),
        ("no algorithm", header(json!({ "alg": null })), Check::Algorithm),
        (
            "alg none",
            segment(2, |_| String::new()).replacen(
                honest().split('.').next().unwrap(),
                header(json!({ "alg": "none" })).split('.').next().unwrap(),
                1,
            ),
            Check::Algorithm,
        ),
        ("alg HS256", header(json!({ "alg": "HS256" })), Check::Algorithm),
        ("alg ES384", header(json!({ "alg": "ES384" })), Check::Algorithm),
        ("alg in lower case", header(json!({ "alg": "es256" })), Check::Algorithm),
        (
            "unknown crit",
            header(json!({ "crit": ["b64"], "b64": false })),
            Check::CriticalHeader,
        ),
        ("empty crit", header(json!({ "crit": [] })), Check::CriticalHeader),
        ("no signature", segment(2, |_| String::new()), Check::Signature),
        (
            "a zero signature",
            segment(2, |_| URL_SAFE_NO_PAD.encode([0; 64])),
            Check::Signature,
        ),
        (
            "a DER signature",
            segment(2, |_| URL_SAFE_NO_PAD.encode(&in_der)),
            Check::Signature,
        ),
        (
            "a short signature",
            segment(2, |_| URL_SAFE_NO_PAD.encode([1; 63])),
            Check::Signature,
        ),
        (
            "another payload",
            segment(1, |_| {
                URL_SAFE_NO_PAD
                    .encode(changed(purchase(), json!({ "expiresDate": ms("2099-01-01T00:00:00Z") })).to_string())
            }),
            Check::Signature,
        ),
        (
            "a payload that is no JSON",
            segment(1, |_| URL_SAFE_NO_PAD.encode("{")),
            Check::Signature,
        ),
    ];
    for (attack, jws, check) in table {
        assert_eq!(refused(&jws), check, "{attack}");
    }
    let twice = Chain::like_apples()
        .header()
        .to_string()
        .replacen('{', "{\"alg\":\"none\",", 1);
    assert_eq!(
        refused(&Chain::like_apples().sign_text(&twice, &purchase().to_string())),
        Check::DuplicateKey
    );
}

/// The same bytes written differently: the last letter carries unused bits.
fn stray_bit(signature: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (head, last) = signature.split_at(signature.len() - 1);
    let next = ALPHABET.find(last).unwrap() + 1;
    format!("{head}{}", &ALPHABET[next..=next])
}

#[test]
fn keys_a_header_names_itself_are_never_used() {
    let attacker = Chain::with_keys(Key::p256(41), Key::p384(42), Key::p384(43));
    let named = changed(
        Chain::like_apples().header(),
        json!({
            "jwk": { "kty": "EC" }, "jku": "https://attacker.example/keys", "x5u": "https://attacker.example/chain",
        }),
    );
    assert_eq!(
        refused(&attacker.sign_text(&named.to_string(), &purchase().to_string())),
        Check::Signature
    );
    // And they do no harm where Apple's own chain signed.
    let jws = Chain::like_apples().sign_text(&named.to_string(), &purchase().to_string());
    assert!(Chain::like_apples().verifier().transaction(&jws, None).is_ok());
}

// Rules: X15
#[test]
fn an_honestly_signed_payload_that_is_not_for_us_is_refused() {
    let table = [
        (
            "signed in the future",
            payload(json!({ "signedDate": ms("2026-01-06T00:05:01Z") })),
            Check::SignedDate,
        ),
        ("no date", payload(json!({ "signedDate": null })), Check::SignedDate),
        (
            "a date as text",
            payload(json!({ "signedDate": "1767603600000" })),
            Check::Payload,
        ),
        (
            "an expiry as text",
            payload(json!({ "expiresDate": "1767603600000" })),
            Check::Payload,
        ),
        ("a price as text", payload(json!({ "price": "6990" })), Check::Payload),
        (
            "an id as number",
            payload(json!({ "transactionId": 20 })),
            Check::Payload,
        ),
        (
            "upgraded as text",
            payload(json!({ "isUpgraded": "false" })),
            Check::Payload,
        ),
        ("Xcode", payload(json!({ "environment": "Xcode" })), Check::Environment),
        (
            "LocalTesting",
            payload(json!({ "environment": "LocalTesting" })),
            Check::Environment,
        ),
        (
            "production in lower case",
            payload(json!({ "environment": "production" })),
            Check::Environment,
        ),
        (
            "no environment",
            payload(json!({ "environment": null })),
            Check::Environment,
        ),
        (
            "another app",
            payload(json!({ "bundleId": "com.example.other" })),
            Check::Bundle,
        ),
        (
            "the app in capitals",
            payload(json!({ "bundleId": BUNDLE.to_uppercase() })),
            Check::Bundle,
        ),
        (
            "the app and more",
            payload(json!({ "bundleId": format!("{BUNDLE}.beta") })),
            Check::Bundle,
        ),
        ("no app", payload(json!({ "bundleId": null })), Check::Bundle),
        (
            "an array",
            Chain::like_apples().sign(&json!([purchase()])),
            Check::Payload,
        ),
    ];
    for (attack, jws, check) in table {
        assert_eq!(refused(&jws), check, "{attack}");
    }
    let honest = Chain::like_apples();
    let twice = purchase()
        .to_string()
        .replacen('{', "{\"bundleId\":\"com.example.other\",", 1);
    assert_eq!(
        refused(&honest.sign_text(&honest.header().to_string(), &twice)),
        Check::DuplicateKey
    );
    let deep = purchase().to_string().replacen('{', "{\"more\":{\"a\":1,\"a\":2},", 1);
    assert_eq!(
        refused(&honest.sign_text(&honest.header().to_string(), &deep)),
        Check::DuplicateKey
    );
    let huge = purchase().to_string().replacen('{', "{\"more\":1e999,", 1);
    assert_eq!(
        refused(&honest.sign_text(&honest.header().to_string(), &huge)),
        Check::Payload
    );
}

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

#[test]
fn another_apps_download_or_another_device_is_refused() {
    let chain = Chain::like_apples();
    let verifier = chain.verifier();
    let read = |change, device: Option<&DeviceId>| {
        let jws = chain.sign(&changed(download(), change));
        verifier
            .app_transaction(&jws, at("2026-01-06T00:00:00Z"), device)
            .map_err(|refusal| refusal.check)
    };
    assert!(read(json!({}), None).is_ok());
    assert_eq!(
        read(json!({ "appAppleId": APP_ID + 1 }), None).unwrap_err(),
        Check::AppId
    );
    assert_eq!(read(json!({ "appAppleId": null }), None).unwrap_err(), Check::AppId);
    assert_eq!(
        read(json!({ "receiptType": "Xcode" }), None).unwrap_err(),
        Check::Environment
    );
    assert_eq!(
        read(
            json!({ "receiptCreationDate": null, "signedDate": ms("2026-01-05T09:00:00Z") }),
            None
        )
        .unwrap_err(),
        Check::SignedDate
    );
    let device = DeviceId("5f3c1b2a-0d4e-4f60-8a71-92b3c4d5e6f7".into());
    let bound =
        json!({ "deviceVerification": "AAAA", "deviceVerificationNonce": "7edea87d-98f0-42d0-9682-49ca81022f73" });
    assert_eq!(read(bound.clone(), Some(&device)).unwrap_err(), Check::Device);
    assert!(read(bound.clone(), None).is_ok(), "no device, not asked");
    let jws = chain.sign(&changed(purchase(), bound));
    assert_eq!(
        verifier.transaction_on(&jws, None, &device).unwrap_err().check,
        Check::Device
    );
}

#[test]
fn a_notification_is_no_better_than_what_is_nested_in_it() {
    let chain = Chain::like_apples();
    let attacker = Chain::with_keys(Key::p256(41), Key::p384(42), Key::p384(43));
    let read = |data: Value| {
        let data = changed(
            json!({ "environment": "Production", "bundleId": BUNDLE, "appAppleId": APP_ID }),
            data,
        );
        let news = json!({ "notificationType": "DID_RENEW", "signedDate": ms("2026-01-05T09:00:00Z"), "data": data });
        chain.verifier().notification(&chain.sign(&news), None)
    };
    assert!(read(json!({})).is_ok());
    let forged = read(json!({ "signedTransactionInfo": attacker.sign(&purchase()) })).unwrap_err();
    assert_eq!(forged.check, Check::ChainSignature);
    assert!(forged.found.starts_with("signedTransactionInfo: "), "{forged}");
    let other = chain.sign(&changed(renewal(), json!({ "originalTransactionId": "11" })));
    let mixed = read(json!({ "signedTransactionInfo": chain.sign(&purchase()), "signedRenewalInfo": other }));
    assert_eq!(mixed.unwrap_err().check, Check::RenewalBelongs);
    assert_eq!(read(json!({ "appAppleId": null })).unwrap_err().check, Check::AppId);
    assert_eq!(read(json!({ "appAppleId": 1 })).unwrap_err().check, Check::AppId);
    assert_eq!(
        read(json!({ "bundleId": "com.example.other" })).unwrap_err().check,
        Check::Bundle
    );
    let nothing = chain.sign(&json!({ "notificationType": "TEST", "signedDate": ms("2026-01-05T09:00:00Z") }));
    assert_eq!(
        chain.verifier().notification(&nothing, None).unwrap_err().check,
        Check::Environment
    );
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
