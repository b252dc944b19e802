//! Google Play's purchases: what a customer honestly has, what an attacker would try, and signatures that openssl made.

use crate::authority::changed;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey};
use rsa::signature::{SignatureEncoding, Signer};
use serde_json::{Value, json};
use sha1::Sha1;
use std::sync::LazyLock;
use tapo_care::id::StoreKind;
use tapo_care::receipt::{
    AccessReason, Bound, Check, NOBODY, PlayPurchase, PlayTrust, PlayVerifier, PurchaseState, TrustError, Verdict,
    bound, play_access, play_revision,
};

pub const PACKAGE: &str = "com.example.care";
const TAG: &str = "7e3fb20b-4cdb-47cc-936d-99d65f608138";
const INTENT: &str = "0b5b5a52-7a0f-4a0e-8a45-3b4f7f6b6a01";

/// A purchase as Play writes it, and what openssl signed over these bytes with the 2048-bit test key.
pub const WRITTEN: &str = r#"{"orderId":"GPA.3301-1111-2222-33333","packageName":"com.example.care","productId":"care.plus","purchaseTime":1767603600000,"purchaseState":0,"purchaseToken":"opaque-token-1","quantity":1,"autoRenewing":true,"acknowledged":false}"#;
/// `openssl dgst -sha1 -sign`, wrapped by `base64`.
pub const SHA1: &str = "\
jayoii0bHZpvltqcCbkugqKeGqo9g2/xLMnsE8Y9KjAfPCFIQwPMO5K9Xcu0faw/iQHXMQQJiOzK\n\
i7Ch8Uo8XEG/IS13mzD3FFoUQPoQ7996kJBJzO3eYBe970aqume1XjgWF0WBnTNSKuHnD846r9QX\n\
Z1DA07OhXnaeluY4jKzHSLCz0lsUEjFHLxdXO0hkJEeRVCaQOplpw1EsYut6KhyRT7jbD+6WxX+I\n\
7EqOdsBQ9MazLIytvZ7sC670D8wuCuDMA3OaLUTRQZ2WEZPpqhhu2oSpCUw+AtFmPk1hio0oOn8F\n\
g1FD5zi2gNm3z6+ViXlzDtQpgPTxSdPmjMoYsw==\n\
";
/// `openssl dgst -sha256 -sign`.
pub const SHA256: &str = "cYNMJOF39C7GZCB+zRBcx8yWo89inozXlqdOQ99MNu5VCiqy1+xJFzybXEasxXVqRRhKv5k5dvf5phhhOCkcV8kAFt+uWW2jwCaM3gwij4N8azdqt5CYwNa8VwvxHKIOC5WWscNjNjCSr7oZhKCseg3qa4Fu07bl/8EiFL3y18dcAJgvdyLEbMzlj4kgYgFVh+BFUyYK5f1prr0TpXbIc+dYspZzK2rjLOPIkvxaZZERvVHsMvuOhF95YUHDHyOmsLJzWrAVfYvlfEJua6nBQj5w/3H3BsYusE3DPf90mhpd/Q58n3tuSUAebeQQKJi7VWrppIH7Nfx8OlgSm5cRMA==";
/// `openssl dgst -sha1 -sigopt rsa_padding_mode:pss -sign`.
pub const PSS: &str = "foC3Ig0y/cQVvVNJmpNBBZ/mgwNKyD1VMqE6OLqzkl+gk0uUsqM8EAJCKVzJxBoP/e0jVDFgFBbpFxEEsIY+XdQcFYLUj2qyJ7+ba4rdfX9Rcipe4palO2KlmYTnU7kmDPWFk133NdgXXsL49Fe4umCqhcwICHe2FJBDfoI6uET1MRQkA49mzKb3C2vayKWCbSYtARoA6X2NxQb2Rvlomb1jK6hayLx1XLMZY2abdwSFuffKGWEWx3tRzT4F+3m5Op6hA086bdKJNWqO4jBRRob8oA4EvBNwc+ofZl589uYVBqsmvhTmwiPpdDK9CAGP/feIRpM5DO51mglGkYUkjg==";
/// RSA of 1024 bits.
pub const SHORT_KEY: &str = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC/2syBt04VzreDjCzGgT97ALLzSpJF8m7IoFwtDAE06onDhnLEEzeVRpzvNgQkapvNCt6d2Z2kB4qT/dvF+T1+kNcYKigRw9ZFLfN/yXLIduMgvWfU25qUpuQG94MuD7ZsnSbbi1eVXXW/oTOrie1J0HbX83Crir/qjomTOdSLQQIDAQAB";
/// P-256.
pub const EC_KEY: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZRHKXt5uVti4iUoVg9okHeiKqjZH9seFO7axySTDl4L44ALD82JqK8GudMzgV4v5b1yXA5LYSxIoHuEGi4r1Ng==";
/// RSA of 2048 bits, marked for RSASSA-PSS alone.
pub const PSS_KEY: &str = "MIIBIDALBgkqhkiG9w0BAQoDggEPADCCAQoCggEBALgXtestsv7afle8kmHcvtzzm+1jjbKTNx4ztBrlKCac0HNe4vKUZ0jM4AuYikSdtf6BFDsAHuodAhwhbKKO0lzLjZMk7Wh+8cFZ/e7A+T/ITzKsvm3FgvNMuz02s12+JX2jxaLGgL1oSI0YrpL410UG1dv2uS8H0Jaz3vQuVTphljXFYWVwjXH/WnVdhhPf4s/d3FyULUIdX8z2aOp7M8RTUg0qOOdEAUe+wMdj86mm7MzmhsCaPBJ5sNl/p6eO6SGCtASUmtdaTeeo9FNUqUBnGp/YTgXNHFt85TEoPCbA0Dmr1QmV2gahuJtI30OShegxflCCpudTwwcesQklz/UCAwEAAQ==";

pub static KEY: LazyLock<RsaPrivateKey> = LazyLock::new(|| private(include_str!("keys/test-only-rsa-2048.pem")));
pub static LONG_KEY: LazyLock<RsaPrivateKey> = LazyLock::new(|| private(include_str!("keys/test-only-rsa-4096.pem")));

fn private(pem: &str) -> RsaPrivateKey {
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    RsaPrivateKey::from_pkcs8_der(&STANDARD.decode(body).unwrap()).unwrap()
}

pub fn public(key: &RsaPrivateKey) -> String {
    STANDARD.encode(key.to_public_key().to_public_key_der().unwrap().as_bytes())
}

/// This app, under that license key.
pub fn trust(key: &str) -> PlayTrust {
    PlayTrust {
        key: key.into(),
        package: PACKAGE.into(),
    }
}

/// The verifier of this app.
pub fn verifier() -> PlayVerifier {
    PlayVerifier::new(&trust(&public(&KEY))).unwrap()
}

pub fn sign(key: &RsaPrivateKey, text: &str) -> String {
    let signer: SigningKey<Sha1> = SigningKey::new(key.clone());
    STANDARD.encode(signer.sign(text.as_bytes()).to_bytes())
}

/// What an honest customer has, today.
fn purchase() -> Value {
    json!({
        "orderId": "GPA.3301-1111-2222-33333", "packageName": PACKAGE, "productIds": ["care.plus"],
        "purchaseTime": 1_767_603_600_000_i64, "purchaseState": 0, "purchaseToken": "opaque-token-1", "quantity": 1,
        "acknowledged": false, "autoRenewing": true, "obfuscatedAccountId": TAG, "obfuscatedProfileId": INTENT,
    })
}

/// The honest purchase changed so; null takes a field away.
pub fn with(change: Value) -> Value {
    changed(purchase(), change)
}

/// What the verifier makes of the JSON, honestly signed.
fn read(text: &str) -> Result<PlayPurchase, Check> {
    let verified = verifier().purchase(text, &sign(&KEY, text));
    verified
        .map(|purchase| purchase.into_inner())
        .map_err(|refusal| refusal.check)
}

fn said(change: Value) -> PlayPurchase {
    read(&with(change).to_string()).unwrap()
}

/// The check that refuses the JSON with that signature; an examination names the same one.
fn refused(text: &str, signature: &str) -> Check {
    let check = verifier().purchase(text, signature).unwrap_err().check;
    let examined = verifier().examine_purchase(text, signature);
    let last = examined.checks.last().unwrap();
    assert_eq!((last.check, last.verdict), (check, Verdict::NotOk));
    assert!(examined.payload.is_none(), "what is not authentic is not shown");
    check
}

#[test]
fn an_honest_purchase_is_proved_with_everything_it_says() {
    let purchase = read(&purchase().to_string()).unwrap();
    assert_eq!(purchase.package, PACKAGE);
    assert_eq!(purchase.state, Some(PurchaseState::Purchased));
    assert_eq!(purchase.products, ["care.plus".into()]);
    assert_eq!(purchase.intent, Some(INTENT.into()));
    assert_eq!(purchase.acknowledged, Some(false));
    let key = purchase.key().unwrap();
    assert_eq!((key.store, key.original.as_str()), (StoreKind::Play, "opaque-token-1"));
    let access = play_access(&purchase);
    assert_eq!((access.granted, access.reason), (true, AccessReason::Purchased));
}

#[test]
fn what_openssl_signed_verifies_with_its_mime_line_breaks_in_both_spellings() {
    assert!(SHA1.lines().count() > 1);
    for signature in [SHA1.to_owned(), SHA1.replace('\n', "\r\n"), SHA1.replace('\n', "")] {
        let purchase = verifier().purchase(WRITTEN, &signature).unwrap();
        assert_eq!(
            purchase.products,
            ["care.plus".into()],
            "the older productId counts too"
        );
        assert_eq!(purchase.tag, None);
    }
}

#[test]
fn a_longer_key_is_as_good_and_its_white_space_is_nothing() {
    let key = public(&LONG_KEY);
    let wrapped = format!(" {}\r\n\t{} \n", &key[..100], &key[100..]);
    let verifier = PlayVerifier::new(&trust(&wrapped)).unwrap();
    assert!(verifier.purchase(WRITTEN, &sign(&LONG_KEY, WRITTEN)).is_ok());
    assert_eq!(
        verifier.purchase(WRITTEN, SHA1).unwrap_err().check,
        Check::SignatureLength
    );
}

#[test]
fn a_verifier_for_no_app_is_an_error() {
    let nameless = PlayTrust {
        package: String::new(),
        ..trust(&public(&KEY))
    };
    assert_eq!(PlayVerifier::new(&nameless).unwrap_err(), TrustError::NoPackage);
}

#[test]
fn a_flipped_bit_is_refused_wherever_it_is() {
    let signature = sign(&KEY, WRITTEN);
    for at in (0..WRITTEN.len()).step_by(7) {
        let mut bytes = WRITTEN.as_bytes().to_vec();
        bytes[at] ^= 1;
        if let Ok(text) = String::from_utf8(bytes) {
            assert_eq!(refused(&text, &signature), Check::Signature, "{at}");
        }
    }
    let bytes = STANDARD.decode(&signature).unwrap();
    for at in (0..bytes.len()).step_by(17) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x10;
        assert_eq!(refused(WRITTEN, &STANDARD.encode(bytes)), Check::Signature, "{at}");
    }
}

#[test]
fn a_missing_acknowledged_is_unknown_and_no_news() {
    let unknown = said(json!({ "acknowledged": null }));
    assert_eq!(unknown.acknowledged, None);
    let told = said(json!({ "acknowledged": true, "autoRenewing": false }));
    assert_eq!(told.acknowledged, Some(true));
    assert_eq!(play_revision(&unknown), play_revision(&told));
    assert_ne!(
        play_revision(&said(json!({ "purchaseState": 4, "orderId": null }))),
        play_revision(&told)
    );
}

#[test]
fn the_list_of_products_counts_before_the_older_field() {
    let both = said(json!({ "productIds": ["a", "b"], "productId": "c" }));
    assert_eq!(both.products, ["a".into(), "b".into()]);
    let older = said(json!({ "productIds": null, "productId": "c" }));
    assert_eq!(older.products, ["c".into()]);
    let update = json!({ "pendingPurchaseUpdate": { "purchaseToken": "next", "products": [], "productIds": ["d"] } });
    assert_eq!(said(update).pending_update.unwrap().products, ["d".into()]);
}

// Rules: X11
#[test]
fn the_account_named_is_compared_as_a_value_and_a_word_that_is_none_is_nobodys() {
    let ours = said(json!({ "obfuscatedAccountId": TAG.to_uppercase() })).tag;
    let tag = said(json!({})).tag;
    assert_eq!(bound(ours, tag), Bound::Ours);
    assert_eq!(
        bound(said(json!({ "obfuscatedAccountId": null })).tag, tag),
        Bound::None
    );
    assert_eq!(
        said(json!({ "obfuscatedAccountId": "anna@example.com" })).tag,
        Some(NOBODY)
    );
}

#[test]
fn an_examination_names_each_check_and_what_nobody_asked() {
    let examined = verifier().examine_purchase(WRITTEN, SHA1);
    assert!(examined.result.is_ok());
    assert_eq!(examined.payload.unwrap()["purchaseToken"], "opaque-token-1");
    let checks: Vec<Check> = examined.checks.iter().map(|line| line.check).collect();
    assert_eq!(
        checks,
        [
            Check::Size,
            Check::SignatureEncoding,
            Check::SignatureLength,
            Check::Signature,
            Check::DuplicateKey,
            Check::Payload,
            Check::Package,
        ]
    );
    assert!(checks.is_sorted(), "in the order of the list of all checks");
    let anybodys = PlayVerifier::examiner(&public(&KEY), None).unwrap();
    let examined = anybodys.examine_purchase(WRITTEN, SHA1);
    assert_eq!(examined.checks.last().unwrap().verdict, Verdict::NotAsked);
}
