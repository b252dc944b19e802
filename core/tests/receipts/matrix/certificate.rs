//! Forged certificates: each key, marker, extension, algorithm and date an attacker would bend.

use super::chain::{chain, one, x5c};
use super::{Case, attack};
use crate::authority::{Certificate, Chain, ECDSA_SHA256, Key, purchase};
use crate::der::{self, Extension};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tapo_care::receipt::Check;

/// As [`chain`], for a leaf whose own key cannot sign ES256.
fn signed_by_the_honest_leaf(change: impl FnOnce(&mut Chain)) -> String {
    let mut chain = Chain::like_apples();
    change(&mut chain);
    Chain::like_apples().sign_text(&chain.header().to_string(), &purchase().to_string())
}

fn leaf(change: impl FnOnce(Certificate) -> Certificate) -> String {
    chain(|c| c.leaf = change(c.leaf.clone()))
}

fn intermediate(change: impl FnOnce(Certificate) -> Certificate) -> String {
    chain(|c| c.intermediate = change(c.intermediate.clone()))
}

/// An extension that nobody here looks at.
pub fn unknown(critical: bool) -> Extension {
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

fn rsa_spki() -> Vec<u8> {
    STANDARD.decode(crate::play::public(&crate::play::KEY)).unwrap()
}

pub fn cases() -> Vec<Case> {
    let mut cases = leaves();
    cases.extend(intermediates());
    cases.extend(algorithms());
    cases.extend(dates());
    cases
}

fn leaves() -> Vec<Case> {
    let compressed = match Chain::like_apples().leaf.key {
        Key::P256(key) => key.verifying_key().to_sec1_point(true).as_bytes().to_vec(),
        Key::P384(_) => panic!("Apple's leaves are P-256"),
    };
    let developer = "1.2.840.113635.100.6.1.2";
    vec![
        attack(
            "a P-384 leaf",
            signed_by_the_honest_leaf(|c| c.leaf.key = Key::p384(9)),
            Check::LeafKey,
        ),
        attack(
            "an RSA leaf",
            signed_by_the_honest_leaf(|c| c.leaf.spki = Some(rsa_spki())),
            Check::LeafKey,
        ),
        attack(
            "a leaf on secp256k1",
            chain(|c| c.leaf.spki = Some(der::ec_key("1.3.132.0.10", &[4; 65]))),
            Check::LeafKey,
        ),
        attack(
            "a compressed leaf key",
            chain(|c| c.leaf.spki = Some(der::ec_key("1.2.840.10045.3.1.7", &compressed))),
            Check::LeafKey,
        ),
        attack(
            "a leaf key that is no point",
            chain(|c| c.leaf.spki = Some(der::ec_key("1.2.840.10045.3.1.7", &[4; 65]))),
            Check::Signature,
        ),
        attack(
            "a leaf without its marker",
            leaf(|c| c.without(der::RECEIPT_SIGNING)),
            Check::LeafPurpose,
        ),
        attack(
            "a leaf without extensions",
            leaf(|mut c| {
                c.extensions.clear();
                c
            }),
            Check::LeafPurpose,
        ),
        attack(
            "the intermediate's marker on the leaf",
            leaf(|c| {
                c.without(der::RECEIPT_SIGNING)
                    .with(der::marker(der::DEVELOPER_RELATIONS))
            }),
            Check::LeafPurpose,
        ),
        attack(
            "a developer's leaf under Apple's intermediate",
            leaf(|c| c.without(der::RECEIPT_SIGNING).with(der::marker(developer))),
            Check::LeafPurpose,
        ),
        attack(
            "a leaf that is an authority",
            leaf(|c| c.with(der::basic_constraints(true, None))),
            Check::LeafAuthority,
        ),
        attack(
            "a leaf whose constraints are garbled",
            leaf(|c| c.with(garbled(der::BASIC_CONSTRAINTS))),
            Check::LeafAuthority,
        ),
        attack(
            "an unknown critical extension on the leaf",
            leaf(|c| c.with(unknown(true))),
            Check::LeafExtensions,
        ),
        attack(
            "a leaf that may not sign",
            leaf(|c| c.with(der::key_usage(0x40))),
            Check::LeafKeyUsage,
        ),
        attack(
            "a leaf that may only certify",
            leaf(|c| c.with(der::key_usage(0x04))),
            Check::LeafKeyUsage,
        ),
        attack(
            "a leaf whose key usage is garbled",
            leaf(|c| c.with(garbled(der::KEY_USAGE))),
            Check::LeafKeyUsage,
        ),
    ]
}

fn intermediates() -> Vec<Case> {
    vec![
        attack(
            "an intermediate without its marker",
            intermediate(|c| c.without(der::DEVELOPER_RELATIONS)),
            Check::IntermediatePurpose,
        ),
        attack(
            "the leaf's marker on the intermediate",
            intermediate(|c| {
                c.without(der::DEVELOPER_RELATIONS)
                    .with(der::marker(der::RECEIPT_SIGNING))
            }),
            Check::IntermediatePurpose,
        ),
        attack(
            "an intermediate that is no authority",
            intermediate(|c| c.with(der::basic_constraints(false, None))),
            Check::IntermediateAuthority,
        ),
        attack(
            "an intermediate without constraints",
            intermediate(|c| c.without(der::BASIC_CONSTRAINTS)),
            Check::IntermediateAuthority,
        ),
        attack(
            "an intermediate whose constraints are garbled",
            intermediate(|c| c.with(garbled(der::BASIC_CONSTRAINTS))),
            Check::IntermediateAuthority,
        ),
        attack(
            "an unknown critical extension on the intermediate",
            intermediate(|c| c.with(unknown(true))),
            Check::IntermediateExtensions,
        ),
        attack(
            "an intermediate that may not sign certificates",
            intermediate(|c| c.with(der::key_usage(0x02))),
            Check::IntermediateKeyUsage,
        ),
        attack(
            "an intermediate whose key usage is garbled",
            intermediate(|c| c.with(garbled(der::KEY_USAGE))),
            Check::IntermediateKeyUsage,
        ),
        attack(
            "an RSA intermediate",
            intermediate(|mut c| {
                c.spki = Some(rsa_spki());
                c
            }),
            Check::ChainSignature,
        ),
    ]
}

fn algorithms() -> Vec<Case> {
    const SHA1: &str = "1.2.840.10045.4.1";
    const RSA_SHA256: &str = "1.2.840.113549.1.1.11";
    let [leaf_der, middle, root] = Chain::like_apples().x5c();
    // Nobody signs the outer sequence, so a parser's patience with it would be an attacker's room.
    let outer = leaf_der
        .windows(4)
        .rposition(|window| window == [0x30, 0x0a, 0x06, 0x08])
        .unwrap();
    let bent = |place: usize, byte: u8| {
        let mut bent = leaf_der.clone();
        bent[place] = byte;
        x5c(&[one(&bent), one(&middle), one(&root)])
    };
    let refused = |name, jws| attack(name, jws, Check::SignatureAlgorithms);
    vec![
        refused(
            "another algorithm inside the leaf",
            chain(|c| c.leaf.inner = ECDSA_SHA256),
        ),
        refused(
            "another algorithm outside the leaf",
            chain(|c| c.leaf.outer = ECDSA_SHA256),
        ),
        refused(
            "another algorithm outside the intermediate",
            chain(|c| c.intermediate.outer = ECDSA_SHA256),
        ),
        refused(
            "SHA-1 on the leaf",
            chain(|c| (c.leaf.inner, c.leaf.outer) = (SHA1, SHA1)),
        ),
        refused(
            "SHA-1 on the intermediate",
            chain(|c| (c.intermediate.inner, c.intermediate.outer) = (SHA1, SHA1)),
        ),
        refused(
            "RSA named on the leaf",
            chain(|c| (c.leaf.inner, c.leaf.outer) = (RSA_SHA256, RSA_SHA256)),
        ),
        refused("another tag of the outer algorithm's name", bent(outer + 2, 0x07)),
        attack("another tag of the leaf", bent(0, 0x70), Check::CertificateEncoding),
        attack(
            "another tag of the outer algorithm",
            bent(outer, 0x31),
            Check::CertificateEncoding,
        ),
        attack(
            "an unused bit in the leaf's signature",
            bent(outer + 14, 0x01),
            Check::CertificateEncoding,
        ),
    ]
}

/// A certificate that is not valid at the payload's date, at each level a payload can choose.
fn dates() -> Vec<Case> {
    let refused = |name, jws| attack(name, jws, Check::Validity);
    vec![
        refused("a leaf not yet valid", chain(|c| c.leaf.from = "20260105090001")),
        refused("a leaf no longer valid", chain(|c| c.leaf.to = "20260105085959")),
        refused(
            "a leaf that ends before it begins",
            chain(|c| (c.leaf.from, c.leaf.to) = (c.leaf.to, c.leaf.from)),
        ),
        refused(
            "an intermediate not yet valid",
            chain(|c| c.intermediate.from = "20260105090001"),
        ),
        refused(
            "an intermediate no longer valid",
            chain(|c| c.intermediate.to = "20260105085959"),
        ),
    ]
}
