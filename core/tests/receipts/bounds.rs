//! No input makes a verifier allocate more than four times its size and 64 KiB, whoever signed it.

use crate::authority::{Chain, changed, purchase};
use crate::der::{self, Extension};
use crate::matrix::{self, Sent};
use crate::play::{self, KEY, sign};
use allocation_counter::measure;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;
use tapo_care::receipt::{AppStoreVerifier, Kind, PlayVerifier};

/// Asserts the bound on all that is allocated, freed or not, for so many bytes of input.
fn within(name: &str, input: usize, read: &dyn Fn()) {
    let found = measure(read).bytes_total;
    let most = 4 * input as u64 + 64 * 1024;
    assert!(found <= most, "{name}: {found} bytes for {input} of input");
}

/// The same for a JWS, by each way in.
fn bounded(name: &str, jws: &str, verifier: &AppStoreVerifier) {
    let ways: [(&str, &dyn Fn()); 5] = [
        ("transaction", &|| drop(verifier.transaction(jws, matrix::now()))),
        ("renewal", &|| drop(verifier.renewal(jws, None, matrix::now()))),
        ("app transaction", &|| drop(verifier.app_transaction(jws, None, None))),
        ("notification", &|| drop(verifier.notification(jws, None))),
        ("claimed kind", &|| {
            assert!(Kind::claimed(jws).is_none_or(|kind| !kind.name().is_empty()))
        }),
    ];
    for (way, read) in ways {
        within(&format!("{name} as {way}"), jws.len(), read);
    }
}

/// JSON that would like to become large, of about so many bytes.
fn greedy(size: usize) -> Vec<(&'static str, String)> {
    let list = |one: &str| vec![one; size / (one.len() + 1)].join(",");
    let keys = |key: &dyn Fn(usize) -> String| {
        let members: Vec<_> = (0..size / (key(9999).len() + 5))
            .map(|n| format!("\"{}\":0", key(n)))
            .collect();
        members.join(",")
    };
    let inner = keys(&|n| format!("{n:x}"));
    let rows: Vec<_> = (0..size / 900)
        .map(|n| {
            format!(
                "\"o{n}\":{{{}}}",
                (0..100).map(|m| format!("\"{m:x}\":[]")).collect::<Vec<_>>().join(",")
            )
        })
        .collect();
    vec![
        ("numbers", format!("{{\"a\":[{}]}}", list("0"))),
        ("lists", format!("{{\"a\":[{}]}}", list("[]"))),
        ("objects", format!("{{\"a\":[{}]}}", list("{\"a\":0}"))),
        ("empty texts", format!("{{\"productIds\":[{}]}}", list("\"\""))),
        ("escaped texts", format!("{{\"productIds\":[{}]}}", list("\"\\n\""))),
        ("keys", format!("{{{inner}}}")),
        ("keys further in", format!("{{\"a\":{{{inner}}}}}")),
        ("keys deep down", format!("{{\"a\":[[[{{{inner}}}]]]}}")),
        ("escaped keys", format!("{{{}}}", keys(&|n| format!("\\n{n:x}")))),
        (
            "escaped keys deep down",
            format!("{{\"a\":[[[{{{}}}]]]}}", keys(&|n| format!("\\n{n:x}"))),
        ),
        ("objects of keys", format!("{{{}}}", rows.join(","))),
        ("one long text", format!("{{\"bundleId\":\"{}\"}}", "x".repeat(size))),
        (
            "one long escaped text",
            format!("{{\"bundleId\":\"{}\"}}", "\\n".repeat(size / 2)),
        ),
        ("one long key", format!("{{\"{}\":0}}", "\\t".repeat(size / 2))),
        (
            "depth",
            format!("{{\"a\":{}{}}}", "[".repeat(size / 2), "]".repeat(size / 2)),
        ),
        ("objects in depth", format!("{{\"a\":{}", "{\"a\":".repeat(size / 5))),
        ("digits", format!("{{\"price\":{}}}", "9".repeat(size))),
        ("white space", format!("{{{}}}", " ".repeat(size))),
    ]
}

#[test]
fn no_json_makes_a_verifier_allocate_more_than_four_times_its_size_and_64_kib() {
    let chain = Chain::like_apples();
    let verifier = chain.verifier();
    let header = chain.header().to_string();
    let play = play::verifier();
    for size in [100, 1000, 10_000, 50_000, 90_000] {
        for (name, text) in greedy(size) {
            let name = format!("{name} of {size}");
            bounded(&name, &chain.sign_text(&header, &text), &verifier);
            bounded(&format!("{name} in a header"), &chain.sign_text(&text, "{}"), &verifier);
            let in_x5c = text.replacen("\"productIds\"", "\"alg\":\"ES256\",\"x5c\"", 1);
            bounded(&format!("{name} in x5c"), &chain.sign_text(&in_x5c, "{}"), &verifier);
            let dated = text.replacen(
                '{',
                "{\"signedDate\":1767603600000,\"environment\":\"Production\",\"bundleId\":\"com.example.care\",",
                1,
            );
            let dated = dated.replacen(",}", "}", 1);
            bounded(
                &format!("{name} in a purchase"),
                &chain.sign_text(&header, &dated),
                &verifier,
            );
            let nested = json!({ "signedDate": 1_767_603_600_000_i64, "data": {
                "environment": "Production", "bundleId": "com.example.care", "appAppleId": 4242,
                "signedTransactionInfo": chain.sign_text(&header, &text[..text.len().min(40_000)]),
            } });
            bounded(&format!("{name} in news"), &chain.sign(&nested), &verifier);

            let signature = sign(&KEY, &text);
            within(&format!("Play, {name}"), text.len() + signature.len(), &|| {
                drop(play.purchase(&text, &signature));
            });
        }
    }
}

#[test]
fn no_certificate_makes_a_verifier_allocate_more_than_four_times_its_size_and_64_kib() {
    let honest = Chain::like_apples();
    let verifier = honest.verifier();
    let many = |count: usize, value: Vec<u8>| {
        let mut chain = Chain::like_apples();
        let extension = Extension {
            oid: "1.2.3",
            critical: false,
            value,
        };
        chain.leaf.extensions = vec![extension; count];
        chain
    };
    let names = der::sequence(&vec![der::tlv(0x82, &[]); 2500]);
    let mut named = Chain::like_apples();
    named.leaf.issuer_der = Some(der::sequence(&vec![der::tlv(0x31, &[]); 2500]));
    let mut alternative = Chain::like_apples();
    alternative.leaf.extensions.push(Extension {
        oid: "2.5.29.17",
        critical: false,
        value: names,
    });
    for (name, chain) in [
        ("extensions", many(450, Vec::new())),
        ("one long extension", many(1, vec![0x30; 5000])),
        ("an issuer of many names", named),
        ("many other names", alternative),
    ] {
        bounded(name, &chain.sign(&purchase()), &verifier);
    }
    let x5c = |text: &str| {
        let header = changed(honest.header(), json!({ "x5c": [text, text, text] }));
        honest.sign_text(&header.to_string(), "{}")
    };
    bounded("certificates of zeros", &x5c(&STANDARD.encode([0; 6000])), &verifier);
    bounded(
        "certificates of sequences",
        &x5c(&STANDARD.encode([0x30, 0x80].repeat(3000))),
        &verifier,
    );
    bounded("certificates of letters", &x5c(&"A".repeat(30_000)), &verifier);
    let segments = [URL_SAFE_NO_PAD.encode("{}"), "A".repeat(90_000), "A".repeat(30_000)].join(".");
    bounded("long segments", &segments, &verifier);
    bounded("dots", &".".repeat(130_000), &verifier);
    bounded("far too long", &"A".repeat(1_000_000), &verifier);
}

#[test]
fn no_case_of_the_matrix_makes_a_verifier_allocate_more_than_four_times_its_size_and_64_kib() {
    let verifier = Chain::like_apples().verifier();
    for case in matrix::all() {
        match &case.sent {
            Sent::Play { key, text, signature } => {
                let Ok(play) = PlayVerifier::new(&play::trust(key)) else {
                    continue;
                };
                within(case.name, text.len() + signature.len(), &|| {
                    drop(play.purchase(text, signature));
                });
            }
            sent => bounded(case.name, sent.jws().unwrap().1, &verifier),
        }
    }
}
