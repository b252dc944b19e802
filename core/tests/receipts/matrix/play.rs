//! Google's purchases: another key, another signature, another JSON, another account.

use super::{Answer, Case, Sent};
use crate::play::{EC_KEY, KEY, LONG_KEY, PSS, PSS_KEY, SHA1, SHA256, SHORT_KEY, WRITTEN, public, sign, with};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::pkcs1v15::SigningKey;
use rsa::signature::{SignatureEncoding, Signer};
use serde_json::{Value, json};
use sha1::Sha1;
use tapo_care::receipt::{AccessReason, Bound, Check, TrustError};

fn play(name: &'static str, text: &str, signature: &str, answer: Answer) -> Case {
    let sent = Sent::Play {
        key: public(&KEY),
        text: text.to_owned(),
        signature: signature.to_owned(),
    };
    Case { name, sent, answer }
}

/// Refused, whoever signed it.
fn refused(name: &'static str, text: &str, signature: &str, check: Check) -> Case {
    play(name, text, signature, Answer::Refused(check))
}

/// Honestly signed.
pub fn signed(name: &'static str, text: &str, answer: Answer) -> Case {
    play(name, text, &sign(&KEY, text), answer)
}

pub fn cases() -> Vec<Case> {
    let mut cases = keys();
    cases.extend(signatures());
    cases.extend(texts());
    cases.extend(meaning());
    cases
}

fn keys() -> Vec<Case> {
    let under = |name, key: &str, error| Case {
        name,
        sent: Sent::Play {
            key: key.to_owned(),
            text: WRITTEN.to_owned(),
            signature: SHA1.to_owned(),
        },
        answer: Answer::NoTrust(error),
    };
    let mut longer = STANDARD.decode(public(&KEY)).unwrap();
    longer.push(0);
    vec![
        under("a modulus of 1024 bits", SHORT_KEY, TrustError::KeySize),
        under("a license key on P-256", EC_KEY, TrustError::UnreadableKey),
        under("a license key for PSS alone", PSS_KEY, TrustError::UnreadableKey),
        under(
            "a license key with a byte behind it",
            &STANDARD.encode(longer),
            TrustError::UnreadableKey,
        ),
        under(
            "a license key cut short",
            &public(&KEY)[..200],
            TrustError::UnreadableKey,
        ),
        under("no license key", "", TrustError::UnreadableKey),
    ]
}

fn signatures() -> Vec<Case> {
    let bytes = STANDARD.decode(sign(&KEY, WRITTEN)).unwrap();
    let as_text = |bytes: &[u8]| STANDARD.encode(bytes);
    let bare = SigningKey::<Sha1>::new_unprefixed(KEY.clone())
        .sign(WRITTEN.as_bytes())
        .to_bytes();
    let mut one = vec![0; 256];
    one[255] = 1;
    vec![
        refused("SHA-256 instead of SHA-1", WRITTEN, SHA256, Check::Signature),
        refused("PSS instead of PKCS #1 v1.5", WRITTEN, PSS, Check::Signature),
        refused("a hash without its name", WRITTEN, &as_text(&bare), Check::Signature),
        refused(
            "a Play signature of zeros",
            WRITTEN,
            &as_text(&[0; 256]),
            Check::Signature,
        ),
        refused("a Play signature of one", WRITTEN, &as_text(&one), Check::Signature),
        refused(
            "a Play signature above the modulus",
            WRITTEN,
            &as_text(&[0xff; 256]),
            Check::Signature,
        ),
        refused("an empty Play signature", WRITTEN, "", Check::SignatureLength),
        refused(
            "a Play signature of line breaks",
            WRITTEN,
            "\r\n\r\n",
            Check::SignatureLength,
        ),
        refused(
            "a Play signature cut short",
            WRITTEN,
            &as_text(&bytes[..255]),
            Check::SignatureLength,
        ),
        refused(
            "a Play signature with a zero before it",
            WRITTEN,
            &as_text(&[&[0], &bytes[..]].concat()),
            Check::SignatureLength,
        ),
        refused(
            "a Play signature twice",
            WRITTEN,
            &as_text(&bytes.repeat(2)),
            Check::SignatureLength,
        ),
        refused(
            "another app's longer key",
            WRITTEN,
            &sign(&LONG_KEY, WRITTEN),
            Check::SignatureLength,
        ),
        refused(
            "a Play signature in base64url",
            WRITTEN,
            &as_text(&bytes).replace(['+', '/'], "_"),
            Check::SignatureEncoding,
        ),
        refused(
            "a blank in a Play signature",
            WRITTEN,
            &as_text(&bytes).replacen('A', " A", 1),
            Check::SignatureEncoding,
        ),
        refused(
            "a Play signature without padding",
            WRITTEN,
            as_text(&bytes).trim_end_matches('='),
            Check::SignatureEncoding,
        ),
        refused("a Play signature of 5 kB", WRITTEN, &"A".repeat(5000), Check::Size),
    ]
}

fn texts() -> Vec<Case> {
    let honest = sign(&KEY, WRITTEN);
    let value: Value = serde_json::from_str(WRITTEN).unwrap();
    let changed = |text: &str, name| refused(name, text, &honest, Check::Signature);
    let odd = |name, change: Value, check| signed(name, &with(change).to_string(), Answer::Refused(check));
    let twice = |field: &str| WRITTEN.replacen('{', &format!("{{{field},"), 1);
    vec![
        changed(&value.to_string(), "Play JSON written anew"),
        changed(&serde_json::to_string_pretty(&value).unwrap(), "Play JSON made pretty"),
        changed(&format!("{WRITTEN}\n"), "Play JSON with a line break behind"),
        changed(&format!("\u{feff}{WRITTEN}"), "Play JSON with a mark of byte order"),
        changed(&format!("{WRITTEN}\0"), "Play JSON with a NUL behind"),
        changed(
            &WRITTEN.replace("care.plus", "care.pro"),
            "another product in Play JSON",
        ),
        changed(
            &WRITTEN.replace("care.plus", "care.pl\\u0075s"),
            "an escape in Play JSON that was not signed",
        ),
        changed("", "no Play JSON"),
        refused("Play JSON of 70 kB", &" ".repeat(70_000), SHA1, Check::Size),
        signed("Play JSON that is a list", "[]", Answer::Refused(Check::Payload)),
        signed("Play JSON that is two", "{}{}", Answer::Refused(Check::Payload)),
        signed(
            "Play JSON that is text",
            "\"purchase\"",
            Answer::Refused(Check::Payload),
        ),
        signed(
            "Play JSON nested too deep",
            &format!("{{\"a\":{}{}}}", "[".repeat(99), "]".repeat(99)),
            Answer::Refused(Check::Payload),
        ),
        signed(
            "a purchase state twice",
            &twice("\"purchaseState\":4"),
            Answer::Refused(Check::DuplicateKey),
        ),
        signed(
            "a purchase state twice, one escaped",
            &twice("\"purchase\\u0053tate\":4"),
            Answer::Refused(Check::DuplicateKey),
        ),
        odd(
            "another package",
            json!({ "packageName": "com.example.other" }),
            Check::Package,
        ),
        odd("no package", json!({ "packageName": null }), Check::Package),
        odd("a number as package", json!({ "packageName": 7 }), Check::Payload),
        odd(
            "a purchase state as text",
            json!({ "purchaseState": "0" }),
            Check::Payload,
        ),
        odd(
            "a purchase state as a float",
            json!({ "purchaseState": 0.0 }),
            Check::Payload,
        ),
        odd(
            "a purchase state that is false",
            json!({ "purchaseState": false }),
            Check::Payload,
        ),
        odd("products as text", json!({ "productIds": "care.plus" }), Check::Payload),
        odd("products as numbers", json!({ "productIds": [1] }), Check::Payload),
        odd(
            "acknowledged as text",
            json!({ "acknowledged": "true" }),
            Check::Payload,
        ),
        odd("a token as a number", json!({ "purchaseToken": 1 }), Check::Payload),
    ]
}

/// Authentic, and yet no plan for this account.
fn meaning() -> Vec<Case> {
    let gives = |name, change: Value, reason| signed(name, &with(change).to_string(), Answer::Gives(reason));
    let whose = |name, tag: &str| {
        let text = with(json!({ "obfuscatedAccountId": tag })).to_string();
        signed(name, &text, Answer::Whose(Bound::Other))
    };
    vec![
        gives(
            "no purchase state",
            json!({ "purchaseState": null }),
            AccessReason::Incomplete,
        ),
        gives(
            "a purchase state of the billing library",
            json!({ "purchaseState": 1 }),
            AccessReason::UnknownState,
        ),
        gives(
            "a purchase state nobody knows",
            json!({ "purchaseState": 7 }),
            AccessReason::UnknownState,
        ),
        gives(
            "a slow payment",
            json!({ "purchaseState": 4, "orderId": null }),
            AccessReason::Pending,
        ),
        gives("no token", json!({ "purchaseToken": null }), AccessReason::Incomplete),
        gives("no products", json!({ "productIds": [] }), AccessReason::Incomplete),
        whose(
            "another account's Play purchase",
            "7e3fb20b-4cdb-47cc-936d-99d65f608139",
        ),
        whose("an e-mail address as account", "anna@example.com"),
    ]
}
