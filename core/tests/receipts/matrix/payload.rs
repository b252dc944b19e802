//! Honestly signed transactions that are not for us, say something odd, or give no access.

use super::{Answer, Case, attack, case};
use crate::authority::{BUNDLE, Chain, changed, download, ms, purchase, renewal};
use serde_json::{Value, json};
use tapo_care::receipt::{AccessReason, Bound, Check};

/// The purchase changed so, honestly signed.
pub fn payload(change: Value) -> String {
    Chain::like_apples().sign(&changed(purchase(), change))
}

/// A payload written out, honestly signed.
pub fn written(payload: &str) -> String {
    let chain = Chain::like_apples();
    chain.sign_text(&chain.header().to_string(), payload)
}

/// The purchase with something written in front of its fields.
fn before(text: &str) -> String {
    written(&purchase().to_string().replacen('{', &format!("{{{text},"), 1))
}

pub fn cases() -> Vec<Case> {
    let mut cases = dates();
    cases.extend(json());
    cases.extend(strangers());
    cases.extend(meaning());
    cases
}

fn dates() -> Vec<Case> {
    let signed = |value: Value| payload(json!({ "signedDate": value }));
    vec![
        attack(
            "signed in the future",
            signed(ms("2026-01-06T12:05:00.001Z").into()),
            Check::SignedDate,
        ),
        attack("no date", signed(Value::Null), Check::SignedDate),
        attack("a date before the epoch", signed((-1).into()), Check::Validity),
        attack("the epoch", signed(0.into()), Check::Validity),
        attack("a date in seconds", signed(1_767_603_600.into()), Check::Validity),
        attack("the last date there is", signed(i64::MAX.into()), Check::Validity),
        attack("a date too large for a number", signed(u64::MAX.into()), Check::Payload),
        attack("a date of 1e300", signed(1e300.into()), Check::Payload),
        attack("a date as text", signed("1767603600000".into()), Check::Payload),
        attack(
            "a date as a list",
            signed(json!([1_767_603_600_000_i64])),
            Check::Payload,
        ),
        attack("a date that is true", signed(true.into()), Check::Payload),
        attack(
            "an expiry as text",
            payload(json!({ "expiresDate": "1767603600000" })),
            Check::Payload,
        ),
        attack(
            "an expiry of 1e300",
            payload(json!({ "expiresDate": 1e300 })),
            Check::Payload,
        ),
    ]
}

fn json() -> Vec<Case> {
    let chain = Chain::like_apples();
    let deep = format!("\"more\":{}1{}", "[".repeat(40), "]".repeat(40));
    let deeper = format!("\"more\":{}1{}", "{\"a\":".repeat(5000), "}".repeat(5000));
    vec![
        attack(
            "a payload that is a list",
            chain.sign(&json!([purchase()])),
            Check::Payload,
        ),
        attack("a payload that is null", chain.sign(&Value::Null), Check::Payload),
        attack("a payload that is empty", written(""), Check::Payload),
        attack("an object without fields", written("{}"), Check::SignedDate),
        attack("two objects", written(&format!("{0}{0}", purchase())), Check::Payload),
        attack(
            "a comma too many",
            written(&purchase().to_string().replacen('}', ",}", 1)),
            Check::Payload,
        ),
        attack(
            "a mark of byte order",
            written(&format!("\u{feff}{}", purchase())),
            Check::Payload,
        ),
        attack(
            "a NUL behind the object",
            written(&format!("{}\0", purchase())),
            Check::Payload,
        ),
        attack("half of a surrogate pair", before(r#""more":"\ud800""#), Check::Payload),
        attack(
            "a number too large for anything",
            before("\"more\":1e999"),
            Check::Payload,
        ),
        attack("not a number", before("\"more\":NaN"), Check::Payload),
        attack("JSON nested too deep", before(&deep), Check::Payload),
        attack("JSON nested far too deep", before(&deeper), Check::Payload),
        attack(
            "two bundles",
            before(r#""bundleId":"com.example.other""#),
            Check::DuplicateKey,
        ),
        attack(
            "two bundles, one of them escaped",
            before(r#""bundle\u0049d":"com.example.other""#),
            Check::DuplicateKey,
        ),
        attack(
            "an unknown field twice",
            before(r#""more":1,"more":2"#),
            Check::DuplicateKey,
        ),
        attack(
            "a key twice further in",
            before(r#""more":[{"a":1,"a":2}]"#),
            Check::DuplicateKey,
        ),
        attack(
            "an id as a number",
            payload(json!({ "transactionId": 20 })),
            Check::Payload,
        ),
        attack("a price as text", payload(json!({ "price": "6990" })), Check::Payload),
        attack(
            "upgraded as text",
            payload(json!({ "isUpgraded": "false" })),
            Check::Payload,
        ),
        attack(
            "an owner as a number",
            payload(json!({ "inAppOwnershipType": 1 })),
            Check::Payload,
        ),
        attack(
            "a revocation as text",
            payload(json!({ "revocationDate": "never" })),
            Check::Payload,
        ),
        attack(
            "a payload that is not UTF-8",
            {
                let text = purchase().to_string().replacen("care.plus", "care\u{1}plus", 1);
                let bytes: Vec<u8> = text.bytes().map(|byte| if byte == 1 { 0xff } else { byte }).collect();
                chain.sign_bytes(&chain.header().to_string(), &bytes)
            },
            Check::Payload,
        ),
    ]
}

fn strangers() -> Vec<Case> {
    let chain = Chain::like_apples();
    let environment = |value: Value| payload(json!({ "environment": value }));
    let bundle = |value: Value| payload(json!({ "bundleId": value }));
    let news = json!({ "notificationType": "TEST", "signedDate": ms("2026-01-05T09:00:00Z"), "data": {} });
    vec![
        attack("Xcode", environment("Xcode".into()), Check::Environment),
        attack("LocalTesting", environment("LocalTesting".into()), Check::Environment),
        attack(
            "production in lower case",
            environment("production".into()),
            Check::Environment,
        ),
        attack(
            "an unknown environment",
            environment("Staging".into()),
            Check::Environment,
        ),
        attack("no environment", environment(Value::Null), Check::Environment),
        attack(
            "a list of environments",
            environment(json!(["Production"])),
            Check::Payload,
        ),
        attack("another app", bundle("com.example.other".into()), Check::Bundle),
        attack(
            "the app in capitals",
            bundle(BUNDLE.to_uppercase().into()),
            Check::Bundle,
        ),
        attack(
            "the app and more",
            bundle(format!("{BUNDLE}.beta").into()),
            Check::Bundle,
        ),
        attack(
            "the app and a blank",
            bundle(format!("{BUNDLE} ").into()),
            Check::Bundle,
        ),
        attack("the app and a NUL", bundle(format!("{BUNDLE}\0").into()), Check::Bundle),
        attack(
            "the app in look-alike letters",
            bundle(BUNDLE.replace('a', "а").into()),
            Check::Bundle,
        ),
        attack("no app", bundle(Value::Null), Check::Bundle),
        attack("a number as app", bundle(7.into()), Check::Payload),
        attack("a renewal info as transaction", chain.sign(&renewal()), Check::Bundle),
        attack("a download as transaction", chain.sign(&download()), Check::SignedDate),
        attack("a notification as transaction", chain.sign(&news), Check::Environment),
    ]
}

/// Authentic, and yet no plan for this account.
fn meaning() -> Vec<Case> {
    let gives = |name, change, reason| case(name, payload(change), Answer::Gives(reason));
    let whose =
        |name, token: Value, bound| case(name, payload(json!({ "appAccountToken": token })), Answer::Whose(bound));
    vec![
        gives(
            "revoked",
            json!({ "revocationDate": ms("2026-01-05T10:00:00Z"), "revocationReason": 1 }),
            AccessReason::Revoked,
        ),
        gives(
            "revoked in part",
            json!({ "revocationType": "REFUND_PRORATED", "revocationPercentage": 50000 }),
            AccessReason::Revoked,
        ),
        gives(
            "expired",
            json!({ "expiresDate": ms("2026-01-05T09:30:00Z") }),
            AccessReason::Expired,
        ),
        gives(
            "expired this moment",
            json!({ "expiresDate": ms("2026-01-06T12:00:00Z") }),
            AccessReason::Expired,
        ),
        gives(
            "expired before the epoch",
            json!({ "expiresDate": -1 }),
            AccessReason::Expired,
        ),
        gives("upgraded", json!({ "isUpgraded": true }), AccessReason::Upgraded),
        gives(
            "paid by the family",
            json!({ "inAppOwnershipType": "FAMILY_SHARED" }),
            AccessReason::FamilyShared,
        ),
        gives(
            "an owner of a kind nobody knows",
            json!({ "inAppOwnershipType": "LENT" }),
            AccessReason::UnknownOwnership,
        ),
        gives(
            "no owner",
            json!({ "inAppOwnershipType": null }),
            AccessReason::Incomplete,
        ),
        gives("no end", json!({ "expiresDate": null }), AccessReason::Incomplete),
        gives("no product", json!({ "productId": null }), AccessReason::Incomplete),
        gives(
            "no transaction id",
            json!({ "transactionId": null }),
            AccessReason::Incomplete,
        ),
        whose(
            "another account's",
            "7e3fb20b-4cdb-47cc-936d-99d65f608139".into(),
            Bound::Other,
        ),
        whose("a token that is no UUID", "anna@example.com".into(), Bound::Other),
        whose("an empty token", "".into(), Bound::Other),
        whose(
            "the nil UUID",
            "00000000-0000-0000-0000-000000000000".into(),
            Bound::Other,
        ),
    ]
}
