//! Honest customers: what must pass, however odd it looks.

use super::certificate::unknown;
use super::chain::{chain, x5c};
use super::form::header;
use super::kinds::news;
use super::payload::{payload, written};
use super::play::signed;
use super::{Answer, Case, Sent, case};
use crate::authority::{Chain, ECDSA_SHA256, Key, TAG, changed, download, ms, purchase, renewal};
use crate::der;
use crate::play::{KEY, LONG_KEY, SHA1, WRITTEN, public, sign, with};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tapo_care::receipt::{AccessReason, Bound, Kind};

const ACTIVE: Answer = Answer::Gives(AccessReason::Active);

pub fn cases() -> Vec<Case> {
    let mut cases = chains();
    cases.extend(payloads());
    cases.extend(kinds());
    cases.extend(play());
    cases
}

fn chains() -> Vec<Case> {
    let other_root = Chain::with_keys(Key::p256(9), Key::p384(8), Key::p256(7)).root_der();
    vec![
        case("an everyday purchase", payload(json!({})), ACTIVE),
        case(
            "a leaf that has expired since",
            chain(|c| c.leaf.to = "20260105090000"),
            ACTIVE,
        ),
        case(
            "a leaf valid from this second",
            chain(|c| c.leaf.from = "20260105090000"),
            ACTIVE,
        ),
        case(
            "an intermediate that has expired since",
            chain(|c| c.intermediate.to = "20260105090000"),
            ACTIVE,
        ),
        case(
            "another root in the third place",
            chain(|c| c.third = Some(other_root)),
            ACTIVE,
        ),
        case(
            "a third certificate that is the leaf",
            {
                let [leaf, intermediate, _] = Chain::like_apples().x5c().map(|der| Value::from(STANDARD.encode(der)));
                x5c(&[leaf.clone(), intermediate, leaf])
            },
            ACTIVE,
        ),
        case(
            "certificates without key usage",
            chain(|c| {
                c.leaf = c.leaf.clone().without(der::KEY_USAGE);
                c.intermediate = c.intermediate.clone().without(der::KEY_USAGE);
            }),
            ACTIVE,
        ),
        case(
            "certificates signed with SHA-256",
            chain(|c| {
                (c.leaf.inner, c.leaf.outer) = (ECDSA_SHA256, ECDSA_SHA256);
                (c.intermediate.inner, c.intermediate.outer) = (ECDSA_SHA256, ECDSA_SHA256);
            }),
            ACTIVE,
        ),
        case(
            "an intermediate on P-256",
            chain(|c| c.intermediate.key = Key::p256(22)),
            ACTIVE,
        ),
        case(
            "a leaf without constraints",
            chain(|c| c.leaf = c.leaf.clone().without(der::BASIC_CONSTRAINTS)),
            ACTIVE,
        ),
        case(
            "dates of two-digit years",
            chain(|c| {
                c.leaf.dates = Some([der::utc_time("20251001000000"), der::utc_time("20261001000000")]);
            }),
            ACTIVE,
        ),
        case(
            "an unknown extension that is not critical",
            chain(|c| c.leaf.extensions.push(unknown(false))),
            ACTIVE,
        ),
        case(
            "an intermediate without a path length",
            chain(|c| {
                c.intermediate = c.intermediate.clone().with(der::basic_constraints(true, None));
            }),
            ACTIVE,
        ),
        case(
            "more in the header than is needed",
            header(json!({ "kid": "1", "typ": "JWT", "jku": "https://apple.example" })),
            ACTIVE,
        ),
    ]
}

fn payloads() -> Vec<Case> {
    let odd = |name, change: Value| case(name, payload(change), ACTIVE);
    let whose = |name, token: Option<String>, bound| {
        case(name, payload(json!({ "appAccountToken": token })), Answer::Whose(bound))
    };
    let spaced = serde_json::to_string_pretty(&purchase()).unwrap();
    let escaped = purchase()
        .to_string()
        .replace("care.plus", "c\\u0061re.plus")
        .replace("PURCHASED", "\\u0050URCHASED");
    vec![
        odd(
            "a clock five minutes slow",
            json!({ "signedDate": ms("2026-01-06T12:05:00Z") }),
        ),
        odd(
            "a purchase dated after its signature",
            json!({ "purchaseDate": ms("2026-01-05T09:00:33Z") }),
        ),
        odd(
            "dates as floats",
            json!({ "purchaseDate": 1_767_603_540_000.729_7, "expiresDate": 1.770_281_94e12, "signedDate": 1_767_603_600_000.5 }),
        ),
        odd(
            "unknown fields",
            json!({ "loyalty": { "points": [1, 2, { "a": null }] }, "zz": "" }),
        ),
        odd(
            "unknown words",
            json!({ "offerType": 12, "type": "Something New", "transactionReason": "GIFT" }),
        ),
        odd(
            "an extended commerce object",
            json!({ "advancedCommerceInfo": { "items": [{ "SKU": "x", "price": 1.5 }] } }),
        ),
        odd("fields that are null", json!({ "offerIdentifier": "x" })),
        odd("a product no longer sold", json!({ "productId": "care.plus.2019" })),
        odd(
            "a free trial without a price",
            json!({ "price": null, "currency": null, "offerType": 1, "offerDiscountType": "FREE_TRIAL" }),
        ),
        odd(
            "letters of every script",
            json!({ "offerIdentifier": "оферта 優惠 🎁", "storefront": "JPN" }),
        ),
        odd("a price of nothing", json!({ "price": 0 })),
        odd("TestFlight in a shipping build", json!({ "environment": "Sandbox" })),
        case("JSON with white space", written(&spaced), ACTIVE),
        case("escapes in the JSON", written(&escaped), ACTIVE),
        case(
            "fields written as null",
            written(
                &purchase()
                    .to_string()
                    .replacen('{', "{\"revocationDate\":null,\"offerType\":null,", 1),
            ),
            ACTIVE,
        ),
        case(
            "a payload with date, environment and bundle alone",
            written(r#"{"environment":"Production","bundleId":"com.example.care","signedDate":1767603600000}"#),
            Answer::Gives(AccessReason::Incomplete),
        ),
        whose("a tag in capitals", Some(TAG.to_uppercase()), Bound::Ours),
        whose("a tag without hyphens", Some(TAG.replace('-', "")), Bound::Ours),
        whose("no tag", None, Bound::None),
    ]
}

fn kinds() -> Vec<Case> {
    let chain = Chain::like_apples();
    let passes = |name, kind, value: Value| Case {
        name,
        sent: Sent::Jws(kind, chain.sign(&value)),
        answer: Answer::Authentic,
    };
    let sandbox = json!({ "receiptType": "Sandbox", "appAppleId": 0 });
    let all = json!({
        "status": 1, "signedTransactionInfo": chain.sign(&purchase()), "signedRenewalInfo": chain.sign(&renewal()),
    });
    vec![
        passes("a renewal info alone", Kind::Renewal, renewal()),
        passes(
            "a renewal info of unknown words",
            Kind::Renewal,
            changed(renewal(), json!({ "autoRenewStatus": 7, "expirationIntent": 99 })),
        ),
        passes("a download", Kind::AppTransaction, download()),
        passes(
            "a download in Sandbox, which numbers no app",
            Kind::AppTransaction,
            changed(download(), sandbox),
        ),
        passes("news with everything in it", Kind::Notification, news(all)),
        passes(
            "news of a kind nobody knows",
            Kind::Notification,
            changed(
                news(json!({})),
                json!({ "notificationType": "NEW_KIND", "subtype": "NEW" }),
            ),
        ),
        Case {
            name: "a server's copy on a phone",
            sent: Sent::OnDevice(
                Kind::Transaction,
                chain.sign(&purchase()),
                "5F3C1B2A-0D4E-4F60-8A71-92B3C4D5E6F7",
            ),
            answer: Answer::Authentic,
        },
        Case {
            name: "the purchase's own renewal info",
            sent: Sent::Renewal(chain.sign(&renewal())),
            answer: Answer::Authentic,
        },
    ]
}

fn play() -> Vec<Case> {
    const BOUGHT: Answer = Answer::Gives(AccessReason::Purchased);
    let under = |name, key: String, signature: String| Case {
        name,
        sent: Sent::Play {
            key,
            text: WRITTEN.to_owned(),
            signature,
        },
        answer: BOUGHT,
    };
    let wrapped = format!(" {}\r\n\t{} \n", &public(&LONG_KEY)[..100], &public(&LONG_KEY)[100..]);
    let escaped = WRITTEN
        .replace("care.plus", "care.pl\\u0075s")
        .replace("GPA.", "GPA\\u002e");
    vec![
        under("MIME line breaks as openssl writes them", public(&KEY), SHA1.to_owned()),
        under("MIME line breaks of Windows", public(&KEY), SHA1.replace('\n', "\r\n")),
        under("a 4096-bit key with white space", wrapped, sign(&LONG_KEY, WRITTEN)),
        signed("the older productId", WRITTEN, BOUGHT),
        signed("escapes in Play JSON", &escaped, BOUGHT),
        signed(
            "Play JSON with white space",
            &serde_json::to_string_pretty(&with(json!({}))).unwrap(),
            BOUGHT,
        ),
        signed(
            "unknown fields in Play JSON",
            &with(json!({ "developerPayload": "", "isInstantApp": false })).to_string(),
            BOUGHT,
        ),
        signed(
            "acknowledged left out",
            &with(json!({ "acknowledged": null })).to_string(),
            BOUGHT,
        ),
        signed(
            "a Play tag in capitals",
            &with(json!({ "obfuscatedAccountId": TAG.to_uppercase() })).to_string(),
            Answer::Whose(Bound::Ours),
        ),
        signed(
            "no Play tag",
            &with(json!({ "obfuscatedAccountId": null })).to_string(),
            Answer::Whose(Bound::None),
        ),
    ]
}
