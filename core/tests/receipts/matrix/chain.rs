//! Forged chains: how certificates are written, who issued them, and which stand there.

use super::form::header;
use super::{Case, attack};
use crate::authority::{Chain, Key, purchase};
use crate::der;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tapo_care::receipt::Check;

/// The honest purchase under a chain changed so; who may sign, signs.
pub fn chain(change: impl FnOnce(&mut Chain)) -> String {
    let mut chain = Chain::like_apples();
    change(&mut chain);
    chain.sign(&purchase())
}

pub fn one(der: &[u8]) -> Value {
    STANDARD.encode(der).into()
}

pub fn x5c(chain: &[Value]) -> String {
    header(json!({ "x5c": chain }))
}

/// Keys of nobody's, under the honest names.
pub fn attacker() -> Chain {
    Chain::with_keys(Key::p256(41), Key::p384(42), Key::p384(43))
}

pub fn cases() -> Vec<Case> {
    let mut cases = encodings();
    cases.extend(strangers());
    cases
}

fn encodings() -> Vec<Case> {
    let [leaf_der, middle, root] = Chain::like_apples().x5c();
    let (l, m, r) = (one(&leaf_der), one(&middle), one(&root));
    let trailing = |der: &[u8]| one(&[der, &[0]].concat());
    let indefinite = [&[0x30, 0x80], &leaf_der[4..], &[0, 0]].concat();
    let long_length = [&[0x30, 0x83, 0], &leaf_der[2..]].concat();
    let refused = |name, jws| attack(name, jws, Check::CertificateEncoding);
    vec![
        attack("no chain", header(json!({ "x5c": null })), Check::ChainLength),
        attack(
            "a chain that is text",
            header(json!({ "x5c": "AAAA" })),
            Check::ChainLength,
        ),
        attack("an empty chain", x5c(&[]), Check::ChainLength),
        attack("a chain of two", x5c(&[l.clone(), m.clone()]), Check::ChainLength),
        attack(
            "a chain of four",
            x5c(&[l.clone(), m.clone(), r.clone(), r.clone()]),
            Check::ChainLength,
        ),
        refused("a number in the chain", x5c(&[l.clone(), 7.into(), r.clone()])),
        refused("an empty certificate", x5c(&[l.clone(), "".into(), r.clone()])),
        refused("base64url in the chain", x5c(&[l.clone(), "-_-_".into(), r.clone()])),
        refused(
            "a line break in the chain",
            x5c(&[format!("{}\n", STANDARD.encode(&leaf_der)).into(), m.clone(), r.clone()]),
        ),
        refused(
            "a certificate of 20 kB",
            x5c(&[one(&leaf_der.repeat(40)), m.clone(), r.clone()]),
        ),
        refused(
            "a byte behind the leaf",
            x5c(&[trailing(&leaf_der), m.clone(), r.clone()]),
        ),
        refused(
            "a byte behind the intermediate",
            x5c(&[l.clone(), trailing(&middle), r.clone()]),
        ),
        refused("a byte behind the third", x5c(&[l.clone(), m.clone(), trailing(&root)])),
        refused(
            "a leaf cut short",
            x5c(&[one(&leaf_der[..leaf_der.len() - 1]), m.clone(), r.clone()]),
        ),
        refused("an indefinite length", x5c(&[one(&indefinite), m.clone(), r.clone()])),
        refused(
            "a length longer than it need be",
            x5c(&[one(&long_length), m.clone(), r.clone()]),
        ),
        refused("bytes hidden in the leaf", chain(|c| c.leaf.hidden = vec![5, 0])),
        refused(
            "bytes hidden in the intermediate",
            chain(|c| c.intermediate.hidden = vec![5, 0]),
        ),
        refused(
            "an extension twice",
            chain(|c| c.leaf.extensions.push(der::key_usage(0x80))),
        ),
        refused("a third certificate that is none", x5c(&[l, m, one(b"root")])),
    ]
}

fn strangers() -> Vec<Case> {
    let [leaf_der, middle, root] = Chain::like_apples().x5c();
    let (l, m, r) = (one(&leaf_der), one(&middle), one(&root));
    // A sub-authority below the intermediate, whose path length is 0.
    let below = |subject, issuer| {
        let honest = Chain::like_apples();
        let mut sub = honest.intermediate.clone();
        (sub.subject, sub.issuer, sub.key) = (subject, issuer, Key::p384(31));
        let mut leaf = attacker().leaf;
        leaf.issuer = subject;
        let signed = [
            one(&leaf.signed_by(&sub.key)),
            one(&sub.signed_by(&honest.intermediate.key)),
            m.clone(),
        ];
        let header = json!({ "alg": "ES256", "x5c": signed });
        attacker().sign_text(&header.to_string(), &purchase().to_string())
    };
    vec![
        attack(
            "the chain upside down",
            x5c(&[r.clone(), m.clone(), l.clone()]),
            Check::LeafKey,
        ),
        attack(
            "leaf and intermediate exchanged",
            x5c(&[m.clone(), l.clone(), r.clone()]),
            Check::LeafKey,
        ),
        attack(
            "the leaf as its own intermediate",
            x5c(&[l.clone(), l.clone(), r.clone()]),
            Check::IntermediatePurpose,
        ),
        attack(
            "the root as intermediate",
            x5c(&[l.clone(), r.clone(), r.clone()]),
            Check::IntermediatePurpose,
        ),
        attack(
            "an attacker's chain of the same names",
            attacker().sign(&purchase()),
            Check::ChainSignature,
        ),
        attack(
            "an attacker's chain of other names",
            chain(|c| {
                *c = attacker();
                (c.intermediate.issuer, c.root.subject, c.root.issuer) = ("Evil Root", "Evil Root", "Evil Root");
            }),
            Check::Names,
        ),
        attack(
            "an attacker's leaf under the real intermediate",
            {
                let forged = one(&attacker().leaf.signed_by(&Key::p384(42)));
                let header = json!({ "alg": "ES256", "x5c": [forged, m.clone(), r] });
                attacker().sign_text(&header.to_string(), &purchase().to_string())
            },
            Check::ChainSignature,
        ),
        attack(
            "the real intermediate in the third place",
            chain(|c| {
                *c = attacker();
                c.third = Some(middle.clone());
            }),
            Check::ChainSignature,
        ),
        attack(
            "a leaf that signed itself",
            {
                let own = Chain::like_apples().leaf;
                x5c(&[one(&own.signed_by(&own.key)), m.clone(), r.clone()])
            },
            Check::ChainSignature,
        ),
        attack(
            "a sub-authority under a path length of 0",
            below("Sub", "Test Relations"),
            Check::Names,
        ),
        attack(
            "a sub-authority that borrows the names",
            below("Test Relations", "Test Root"),
            Check::ChainSignature,
        ),
        attack(
            "a leaf of another issuer's name",
            chain(|c| c.leaf.issuer = "Somebody"),
            Check::Names,
        ),
        attack(
            "an issuer in capitals",
            chain(|c| c.leaf.issuer = "TEST RELATIONS"),
            Check::Names,
        ),
        attack(
            "an issuer in another string type",
            chain(|c| c.leaf.issuer_der = Some(der::name_as(0x13, "Test Relations"))),
            Check::Names,
        ),
        attack(
            "an issuer without a name",
            chain(|c| c.leaf.issuer_der = Some(der::sequence(&[]))),
            Check::Names,
        ),
        attack(
            "an intermediate of another issuer's name",
            chain(|c| c.intermediate.issuer = "Somebody"),
            Check::Names,
        ),
        attack(
            "an intermediate that says it is the root",
            chain(|c| c.intermediate.subject = "Test Root"),
            Check::Names,
        ),
    ]
}
