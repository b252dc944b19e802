//! Forged forms: segments, encodings, headers and signatures.

use super::chain::attacker;
use super::{Case, attack};
use crate::authority::{Chain, Key, changed, ms, purchase};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tapo_care::receipt::Check;

/// The honest purchase under a header changed so.
pub fn header(change: Value) -> String {
    let chain = Chain::like_apples();
    chain.sign_text(&changed(chain.header(), change).to_string(), &purchase().to_string())
}

/// The honest purchase under a header written out.
fn header_text(header: &str) -> String {
    Chain::like_apples().sign_text(header, &purchase().to_string())
}

pub fn honest() -> String {
    Chain::like_apples().sign(&purchase())
}

/// The honest JWS with one of its segments replaced.
fn segment(place: usize, change: impl FnOnce(&str) -> String) -> String {
    let jws = honest();
    let mut segments: Vec<String> = jws.split('.').map(str::to_owned).collect();
    segments[place] = change(&segments[place]);
    segments.join(".")
}

/// The same bytes written differently: the last letter carries unused bits.
fn stray_bit(signature: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (head, last) = signature.split_at(signature.len() - 1);
    let next = ALPHABET.find(last).unwrap() + 1;
    format!("{head}{}", &ALPHABET[next..=next])
}

fn signature() -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(honest().split('.').nth(2).unwrap()).unwrap()
}

pub fn cases() -> Vec<Case> {
    let mut cases = segments();
    cases.extend(headers());
    cases.extend(signatures());
    cases
}

fn segments() -> Vec<Case> {
    let parts: Vec<String> = honest().split('.').map(str::to_owned).collect();
    let serialized = json!({ "protected": parts[0], "payload": parts[1], "signature": parts[2] });
    vec![
        attack("nothing", String::new(), Check::Segments),
        attack("one byte", "a".into(), Check::Segments),
        attack("two dots", "..".into(), Check::Header),
        attack("two segments", format!("{}.{}", parts[0], parts[1]), Check::Segments),
        attack("four segments", format!("{}.AAAA", honest()), Check::Segments),
        attack(
            "five segments, as of an encryption",
            "a.b.c.d.e".into(),
            Check::Segments,
        ),
        attack("a JWS serialized as JSON", serialized.to_string(), Check::Segments),
        attack("200 kB of A", "A".repeat(200 * 1024), Check::Size),
        attack("200 kB of dots", ".".repeat(200 * 1024), Check::Size),
        attack("padding", format!("{}==", honest()), Check::Encoding),
        attack("a line break behind", format!("{}\n", honest()), Check::Encoding),
        attack("a blank before", format!(" {}", honest()), Check::Encoding),
        attack("a NUL behind", format!("{}\0", honest()), Check::Encoding),
        attack(
            "a line break inside",
            segment(1, |payload| format!("{}\r\n{}", &payload[..64], &payload[64..])),
            Check::Encoding,
        ),
        attack(
            "a letter that is none of base64",
            segment(1, |payload| format!("é{payload}")),
            Check::Encoding,
        ),
        attack(
            "the standard alphabet",
            segment(1, |payload| format!("{}+/", &payload[2..])),
            Check::Encoding,
        ),
        attack("a stray last bit", segment(2, stray_bit), Check::Encoding),
        attack(
            "standard base64 throughout",
            segment(1, |payload| {
                STANDARD.encode(URL_SAFE_NO_PAD.decode(payload).unwrap()) + "="
            }),
            Check::Encoding,
        ),
    ]
}

fn headers() -> Vec<Case> {
    let own = Chain::like_apples().header();
    let deep = own
        .to_string()
        .replacen('{', &format!("{{\"more\":{}{},", "[".repeat(200), "]".repeat(200)), 1);
    let twice = own.to_string().replacen('{', "{\"alg\":\"none\",", 1);
    let named = json!({ "jwk": { "kty": "EC" }, "jku": "https://attacker.example/keys", "x5u": "https://attacker.example/chain" });
    let named = changed(own, named).to_string();
    vec![
        attack(
            "a header that is no JSON",
            segment(0, |_| URL_SAFE_NO_PAD.encode("alg")),
            Check::Header,
        ),
        attack("an empty header", segment(0, |_| String::new()), Check::Header),
        attack(
            "a header that is a list",
            segment(0, |_| URL_SAFE_NO_PAD.encode("[]")),
            Check::Header,
        ),
        attack(
            "a header that is not UTF-8",
            segment(0, |_| URL_SAFE_NO_PAD.encode(b"{\"alg\":\"\xff\"}")),
            Check::Header,
        ),
        attack("a header nested too deep", header_text(&deep), Check::Header),
        attack("an algorithm named twice", header_text(&twice), Check::DuplicateKey),
        attack("no algorithm", header(json!({ "alg": null })), Check::Algorithm),
        attack(
            "alg none with no signature",
            {
                let none = header(json!({ "alg": "none" }));
                format!("{}.", none.rsplit_once('.').unwrap().0)
            },
            Check::Algorithm,
        ),
        attack("alg HS256", header(json!({ "alg": "HS256" })), Check::Algorithm),
        attack("alg ES384", header(json!({ "alg": "ES384" })), Check::Algorithm),
        attack("alg RS256", header(json!({ "alg": "RS256" })), Check::Algorithm),
        attack("alg in lower case", header(json!({ "alg": "es256" })), Check::Algorithm),
        attack("alg as a list", header(json!({ "alg": ["ES256"] })), Check::Algorithm),
        attack(
            "an unknown crit",
            header(json!({ "crit": ["b64"], "b64": false })),
            Check::CriticalHeader,
        ),
        attack("an empty crit", header(json!({ "crit": [] })), Check::CriticalHeader),
        attack(
            "a key the header names itself",
            attacker().sign_text(&named, &purchase().to_string()),
            Check::Signature,
        ),
    ]
}

fn signatures() -> Vec<Case> {
    let in_der = p256::ecdsa::Signature::from_slice(&signature())
        .unwrap()
        .to_der()
        .as_bytes()
        .to_vec();
    let with = |bytes: &[u8]| segment(2, |_| URL_SAFE_NO_PAD.encode(bytes));
    let paid_longer = changed(purchase(), json!({ "expiresDate": ms("2099-01-01T00:00:00Z") })).to_string();
    let swapped: Vec<u8> = signature().into_iter().cycle().skip(32).take(64).collect();
    let other = Key::p256(77).es256(honest().rsplit_once('.').unwrap().0.as_bytes());
    let other_purchase = Chain::like_apples().sign(&changed(purchase(), json!({ "transactionId": "21" })));
    let replaced = |payload: String| segment(1, |_| URL_SAFE_NO_PAD.encode(payload));
    vec![
        attack("no signature", with(&[]), Check::Signature),
        attack("a zero signature", with(&[0; 64]), Check::Signature),
        attack("a signature of ones", with(&[0xff; 64]), Check::Signature),
        attack("r and s exchanged", with(&swapped), Check::Signature),
        attack("a DER signature", with(&in_der), Check::Signature),
        attack("a signature of 63 bytes", with(&signature()[..63]), Check::Signature),
        attack(
            "a signature of 65 bytes",
            with(&[signature(), vec![0]].concat()),
            Check::Signature,
        ),
        attack("another key's signature", with(&other), Check::Signature),
        attack(
            "another purchase's signature",
            segment(2, |_| other_purchase.rsplit_once('.').unwrap().1.to_owned()),
            Check::Signature,
        ),
        attack("a payload that is paid longer", replaced(paid_longer), Check::Signature),
        attack(
            "a payload with one blank more",
            replaced(format!("{} ", purchase())),
            Check::Signature,
        ),
        attack("a payload cut off", replaced("{".into()), Check::Signature),
        attack("no payload", segment(1, |_| String::new()), Check::Signature),
        attack(
            "a payload that is the header",
            segment(1, |_| honest().split('.').next().unwrap().to_owned()),
            Check::Signature,
        ),
    ]
}
