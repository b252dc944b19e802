//! Forged chains: each certificate, name, date and algorithm an attacker would bend, refused by its check.

use crate::attacks::{header, refused};
use crate::authority::{Chain, ECDSA_SHA256, Key, changed, ms, purchase};
use crate::der::{self, Extension};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::{Value, json};
use tapo_care::receipt::Check;

/// The honest purchase under a chain changed so; who may sign, signs.
fn chain(change: impl FnOnce(&mut Chain)) -> String {
    let mut chain = Chain::like_apples();
    change(&mut chain);
    chain.sign(&purchase())
}

#[test]
fn a_forged_chain_is_refused() {
    let encoded = |der: &[u8]| STANDARD.encode(der);
    let [leaf, intermediate, root] = Chain::like_apples().x5c();
    let x5c = |chain: Vec<Value>| header(json!({ "x5c": chain }));
    let one = |der: &[u8]| Value::from(encoded(der));
    let attacker = Chain::with_keys(Key::p256(41), Key::p384(42), Key::p384(43));
    let trailing = [&leaf[..], &[0]].concat();
    let table = [
        ("no chain", header(json!({ "x5c": null })), Check::ChainLength),
        (
            "a chain that is text",
            header(json!({ "x5c": "AAAA" })),
            Check::ChainLength,
        ),
        (
            "a chain of two",
            x5c(vec![one(&leaf), one(&intermediate)]),
            Check::ChainLength,
        ),
        (
            "a chain of four",
            x5c(vec![one(&leaf), one(&intermediate), one(&root), one(&root)]),
            Check::ChainLength,
        ),
        (
            "a number in the chain",
            x5c(vec![one(&leaf), Value::from(7), one(&root)]),
            Check::CertificateEncoding,
        ),
        (
            "base64url in the chain",
            x5c(vec![one(&leaf), Value::from("-_-_"), one(&root)]),
            Check::CertificateEncoding,
        ),
        (
            "a line break in the chain",
            x5c(vec![
                Value::from(format!("{}\n", encoded(&leaf))),
                one(&intermediate),
                one(&root),
            ]),
            Check::CertificateEncoding,
        ),
        (
            "a byte behind the leaf",
            x5c(vec![one(&trailing), one(&intermediate), one(&root)]),
            Check::CertificateEncoding,
        ),
        (
            "a byte behind the third",
            x5c(vec![one(&leaf), one(&intermediate), one(&[&root[..], &[0]].concat())]),
            Check::CertificateEncoding,
        ),
        (
            "bytes hidden in the leaf",
            chain(|c| c.leaf.hidden = vec![5, 0]),
            Check::CertificateEncoding,
        ),
        (
            "bytes hidden in the intermediate",
            chain(|c| c.intermediate.hidden = vec![5, 0]),
            Check::CertificateEncoding,
        ),
        (
            "an extension twice",
            chain(|c| c.leaf.extensions.push(der::key_usage(0x80))),
            Check::CertificateEncoding,
        ),
        (
            "the chain upside down",
            x5c(vec![one(&root), one(&intermediate), one(&leaf)]),
            Check::LeafKey,
        ),
        (
            "an attacker's chain of the same names",
            attacker.sign(&purchase()),
            Check::ChainSignature,
        ),
        (
            "an attacker's chain of other names",
            chain(|c| {
                *c = attacker.clone();
                (c.intermediate.issuer, c.root.subject, c.root.issuer) = ("Evil Root", "Evil Root", "Evil Root");
            }),
            Check::Names,
        ),
        (
            "an attacker's leaf under the real intermediate",
            chain(|c| {
                let real = c.intermediate.signed_by(&c.root.key);
                *c = attacker.clone();
                c.third = Some(real);
            }),
            Check::ChainSignature,
        ),
        (
            "a leaf of another issuer's name",
            chain(|c| c.leaf.issuer = "Somebody"),
            Check::Names,
        ),
        (
            "an intermediate of another issuer's name",
            chain(|c| c.intermediate.issuer = "Somebody"),
            Check::Names,
        ),
        (
            "a P-384 leaf",
            chain_signed_by_p256(|c| c.leaf.key = Key::p384(9)),
            Check::LeafKey,
        ),
        (
            "a leaf without its marker",
            chain(|c| c.leaf = c.leaf.clone().without(der::RECEIPT_SIGNING)),
            Check::LeafPurpose,
        ),
        (
            "the intermediate's marker on the leaf",
            chain(|c| {
                c.leaf = c
                    .leaf
                    .clone()
                    .without(der::RECEIPT_SIGNING)
                    .with(der::marker(der::DEVELOPER_RELATIONS));
            }),
            Check::LeafPurpose,
        ),
        (
            "a leaf that is an authority",
            chain(|c| c.leaf = c.leaf.clone().with(der::basic_constraints(true, None))),
            Check::LeafAuthority,
        ),
        (
            "an unknown critical extension on the leaf",
            chain(|c| c.leaf = c.leaf.clone().with(unknown(true))),
            Check::LeafExtensions,
        ),
        (
            "a leaf that may not sign",
            chain(|c| c.leaf = c.leaf.clone().with(der::key_usage(0x40))),
            Check::LeafKeyUsage,
        ),
        (
            "a leaf whose key usage is garbled",
            chain(|c| c.leaf = c.leaf.clone().with(garbled(der::KEY_USAGE))),
            Check::LeafKeyUsage,
        ),
        (
            "a leaf whose constraints are garbled",
            chain(|c| c.leaf = c.leaf.clone().with(garbled(der::BASIC_CONSTRAINTS))),
            Check::LeafAuthority,
        ),
        (
            "an intermediate without its marker",
            chain(|c| c.intermediate = c.intermediate.clone().without(der::DEVELOPER_RELATIONS)),
            Check::IntermediatePurpose,
        ),
        (
            "an intermediate that is no authority",
            chain(|c| c.intermediate = c.intermediate.clone().with(der::basic_constraints(false, None))),
            Check::IntermediateAuthority,
        ),
        (
            "an intermediate without constraints",
            chain(|c| c.intermediate = c.intermediate.clone().without(der::BASIC_CONSTRAINTS)),
            Check::IntermediateAuthority,
        ),
        (
            "an unknown critical extension on the intermediate",
            chain(|c| c.intermediate = c.intermediate.clone().with(unknown(true))),
            Check::IntermediateExtensions,
        ),
        (
            "an intermediate that may not sign certificates",
            chain(|c| c.intermediate = c.intermediate.clone().with(der::key_usage(0x02))),
            Check::IntermediateKeyUsage,
        ),
        (
            "inner and outer algorithm of the leaf",
            chain(|c| c.leaf.inner = ECDSA_SHA256),
            Check::SignatureAlgorithms,
        ),
        (
            "inner and outer algorithm of the intermediate",
            chain(|c| c.intermediate.outer = ECDSA_SHA256),
            Check::SignatureAlgorithms,
        ),
        (
            "SHA-1",
            chain(|c| (c.leaf.inner, c.leaf.outer) = ("1.2.840.10045.4.1", "1.2.840.10045.4.1")),
            Check::SignatureAlgorithms,
        ),
    ];
    for (attack, jws, check) in table {
        assert_eq!(refused(&jws), check, "{attack}");
    }
    // Nobody signs the outer sequence, so a parser's patience with it would be an attacker's room.
    let [leaf, _, _] = Chain::like_apples().x5c();
    let outer = leaf
        .windows(12)
        .rposition(|window| window.starts_with(&[0x30, 0x0a, 0x06, 0x08]))
        .unwrap();
    for (place, byte, check) in [
        (0, 0x70, Check::CertificateEncoding),
        (outer, 0x31, Check::CertificateEncoding),
        (outer + 2, 0x07, Check::SignatureAlgorithms),
        (outer + 14, 0x01, Check::CertificateEncoding),
    ] {
        let mut bent = leaf.clone();
        bent[place] = byte;
        assert_eq!(
            refused(&x5c(vec![one(&bent), one(&intermediate), one(&root)])),
            check,
            "{place}"
        );
    }
    let harmless = chain(|c| c.leaf = c.leaf.clone().with(unknown(false)));
    assert!(Chain::like_apples().verifier().transaction(&harmless, None).is_ok());
}

fn unknown(critical: bool) -> Extension {
    Extension {
        oid: "1.3.6.1.4.1.99999.1",
        critical,
        value: vec![0x05, 0x00],
    }
}

fn garbled(oid: &'static str) -> Extension {
    Extension {
        oid,
        critical: true,
        value: vec![0xff, 0xff],
    }
}

/// As [`chain`], for a leaf whose own key cannot sign ES256.
fn chain_signed_by_p256(change: impl FnOnce(&mut Chain)) -> String {
    let mut chain = Chain::like_apples();
    change(&mut chain);
    let header = chain.header().to_string();
    Chain::like_apples().sign_text(&header, &purchase().to_string())
}

#[test]
fn a_certificate_of_other_dates_is_refused_at_each_level() {
    let table = [
        ("leaf not yet", chain(|c| c.leaf.from = "20260105090001")),
        ("leaf no longer", chain(|c| c.leaf.to = "20260105085959")),
        (
            "intermediate not yet",
            chain(|c| c.intermediate.from = "20260105090001"),
        ),
        (
            "intermediate no longer",
            chain(|c| c.intermediate.to = "20260105085959"),
        ),
    ];
    for (attack, jws) in table {
        assert_eq!(refused(&jws), Check::Validity, "{attack}");
    }
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
