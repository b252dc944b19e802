//! The crate `app-store-server-library` as oracle, on random valid and mutated receipts; and any flipped bit.

use crate::authority::{Chain, purchase};
use crate::oracle::Oracle;
use crate::play::{self, SHA1, WRITTEN};
use crate::seed::Seed;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tapo_care::receipt::{AppStoreVerifier, Check};

/// Checks that refuse what the oracle accepts, and why that is right. Anything else is a finding.
const WE_ARE_STRICTER: &[(Check, &str)] = &[
    (Check::Encoding, "it takes padded base64url"),
    (Check::CriticalHeader, "it passes `crit` over"),
    (Check::DuplicateKey, "it takes the last of two fields it does not know"),
    (Check::Header, "it takes a header of any depth"),
    (
        Check::Payload,
        "it does not look at the type of fields it passes over, and reads dates written as text",
    ),
    (
        Check::CertificateEncoding,
        "it passes over the third certificate, and what stands behind a signature",
    ),
    (Check::LeafAuthority, "it does not ask"),
    (Check::LeafKeyUsage, "it does not ask"),
    (Check::IntermediateKeyUsage, "it does not ask"),
    (Check::SignatureAlgorithms, "it believes the outer one alone"),
    (Check::SignedDate, "it asks for no date, and takes the machine's"),
];

/// Fields the oracle reads with a type of its own and refuses to misread, while they mean nothing here.
const IT_READS_MORE: &[&str] = &[
    "appAccountToken",
    "advancedCommerceInfo",
    "offerPeriod",
    "quantity",
    "price",
    "offerType",
];

/// A receipt to ask about.
struct Asked {
    jws: String,
    /// What was done to it.
    how: String,
}

/// A value such as a payload may or may not have.
fn odd(seed: &mut Seed) -> Value {
    let odd = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1_767_603_600_000_i64),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("Production"),
        json!("7"),
        json!("\u{0}\u{1f4a5}"),
        json!([]),
        json!(["x"]),
        json!({}),
        json!({ "a": { "b": [1, 2, 3] } }),
    ];
    seed.one(&odd).clone()
}

/// The honest purchase with up to three fields changed, honestly signed.
fn changed_payload(seed: &mut Seed, chain: &Chain, header: &str) -> Asked {
    let mut payload = purchase();
    let fields: Vec<String> = payload.as_object().unwrap().keys().cloned().collect();
    let more = [
        "revocationDate",
        "isUpgraded",
        "offerType",
        "advancedCommerceInfo",
        "loyalty",
        "offerPeriod",
    ]
    .map(str::to_owned);
    let known = [fields, more.to_vec()].concat();
    let field = seed.one(&known).clone();
    let value = odd(seed);
    payload[&field] = value.clone();
    let mut text = payload.to_string();
    if seed.below(5) == 0 {
        text = text.replacen('{', &format!("{{\"{field}\":{},", odd(seed)), 1);
    }
    Asked {
        jws: chain.sign_text(header, &text),
        how: format!("{field} = {value}"),
    }
}

/// An honest JWS with bytes of one of its parts changed; where `sign`, the leaf signs the result.
fn changed_bytes(seed: &mut Seed, chain: &Chain, header: &Value) -> Asked {
    let mut header = header.clone();
    let place = seed.below(5);
    let mut how = String::new();
    let mut mutate = |bytes: &mut Vec<u8>, seed: &mut Seed| {
        for _ in 0..=seed.below(3) {
            let at = seed.below(bytes.len());
            match seed.below(4) {
                0 => bytes[at] ^= 1 << seed.below(8),
                1 => bytes.insert(at, seed.number() as u8),
                2 => drop(bytes.remove(at)),
                _ => bytes[at] = *seed.one(&[0, 1, 0x30, 0x80, 0xff, b'"', b'{', b'=', b'.']),
            }
            how.push_str(&format!("part {place} at {at}; "));
        }
    };
    let jws = match place {
        which @ 0..=2 => {
            let mut der = STANDARD.decode(header["x5c"][which].as_str().unwrap()).unwrap();
            mutate(&mut der, seed);
            header["x5c"][which] = STANDARD.encode(der).into();
            chain.sign_text(&header.to_string(), &purchase().to_string())
        }
        3 => {
            let mut text = purchase().to_string().into_bytes();
            mutate(&mut text, seed);
            chain.sign_bytes(&header.to_string(), &text)
        }
        _ => {
            let mut jws = chain
                .sign_text(&header.to_string(), &purchase().to_string())
                .into_bytes();
            mutate(&mut jws, seed);
            String::from_utf8_lossy(&jws).into_owned()
        }
    };
    Asked { jws, how }
}

#[test]
fn where_the_oracle_and_we_differ_on_random_receipts_the_reason_is_listed() {
    let mut seed = Seed::from_environment();
    let (chain, oracle) = (Chain::like_apples(), Oracle::new());
    let (verifier, header) = (chain.verifier(), chain.header());
    let text = header.to_string();
    let (mut both, mut neither, mut stricter) = (0, 0, 0);
    for _ in 0..1500 {
        let asked = match seed.below(2) {
            0 => changed_payload(&mut seed, &chain, &text),
            _ => changed_bytes(&mut seed, &chain, &header),
        };
        let ours = verifier.transaction(&asked.jws, crate::matrix::now());
        match (ours, oracle.accepts(&asked.jws)) {
            (Ok(_), true) => both += 1,
            (Err(_), false) => neither += 1,
            (Err(refusal), true) => {
                let listed = WE_ARE_STRICTER
                    .iter()
                    .any(|(check, why)| *check == refusal.check && !why.is_empty());
                assert!(
                    listed,
                    "only the oracle accepts ({refusal}): {}\n{}",
                    asked.how, asked.jws
                );
                stricter += 1;
            }
            (Ok(_), false) => {
                let without = without_what_it_reads_more(&asked.jws, &chain);
                assert!(oracle.accepts(&without), "only we accept: {}\n{}", asked.how, asked.jws);
            }
        }
    }
    assert!(
        both > 100 && neither > 300 && stricter > 10,
        "{both} by both, {neither} by neither, {stricter} by it alone"
    );
}

/// The same without the fields the oracle misreads: where it accepts that, they were why it did not.
fn without_what_it_reads_more(jws: &str, chain: &Chain) -> String {
    let segments: Vec<_> = jws
        .split('.')
        .map(|segment| URL_SAFE_NO_PAD.decode(segment).unwrap())
        .collect();
    let mut payload: Value = serde_json::from_slice(&segments[1]).unwrap();
    payload
        .as_object_mut()
        .unwrap()
        .retain(|field, _| !IT_READS_MORE.contains(&field.as_str()));
    chain.sign_text(std::str::from_utf8(&segments[0]).unwrap(), &payload.to_string())
}

/// `bytes` with one bit changed, where that is still text.
fn flipped(bytes: &str, bit: usize) -> Option<String> {
    let mut changed = bytes.as_bytes().to_vec();
    changed[bit / 8] ^= 1 << (bit % 8);
    String::from_utf8(changed).ok()
}

/// Every bit behind the header, and of the header as many as there is time for.
fn no_flipped_bit_passes(jws: &str, verifier: &AppStoreVerifier) {
    assert!(verifier.transaction(jws, None).is_ok());
    let mut seed = Seed::from_environment();
    let header = jws.find('.').unwrap() * 8;
    let step = header / 1500;
    let some = (seed.below(step)..header).step_by(step);
    for bit in some.chain(header..jws.len() * 8) {
        if let Some(changed) = flipped(jws, bit) {
            assert!(verifier.transaction(&changed, None).is_err(), "bit {bit}: {changed}");
        }
    }
}

#[test]
fn any_flipped_bit_of_an_authentic_jws_refuses_it() {
    let chain = Chain::like_apples();
    no_flipped_bit_passes(&chain.sign(&purchase()), &chain.verifier());
}

#[test]
fn any_flipped_bit_of_what_apple_really_signed_refuses_it() {
    let Some(jws) = crate::apple::signed_by_apple() else {
        return;
    };
    no_flipped_bit_passes(
        &crate::apple::nested(&jws[1], "signedTransactionInfo"),
        &crate::apple::verifier(),
    );
}

#[test]
fn any_flipped_bit_of_an_authentic_play_pair_refuses_it() {
    let verifier = play::verifier();
    let signature = SHA1.replace('\n', "");
    assert!(verifier.purchase(WRITTEN, &signature).is_ok());
    for bit in 0..WRITTEN.len() * 8 {
        if let Some(changed) = flipped(WRITTEN, bit) {
            assert!(verifier.purchase(&changed, &signature).is_err(), "bit {bit}: {changed}");
        }
    }
    for bit in 0..signature.len() * 8 {
        if let Some(changed) = flipped(&signature, bit) {
            assert!(verifier.purchase(WRITTEN, &changed).is_err(), "bit {bit}: {changed}");
        }
    }
}

#[test]
fn a_header_written_otherwise_is_another_header() {
    let chain = Chain::like_apples();
    let (verifier, jws) = (chain.verifier(), chain.sign(&purchase()));
    verifier.transaction(&jws, None).unwrap();
    let (header, rest) = jws.split_once('.').unwrap();
    let spaced = String::from_utf8(URL_SAFE_NO_PAD.decode(header).unwrap())
        .unwrap()
        .replacen(':', ": ", 1);
    let changed = format!("{}.{rest}", URL_SAFE_NO_PAD.encode(spaced));
    assert_eq!(
        verifier.transaction(&changed, None).unwrap_err().check,
        Check::Signature
    );
}
