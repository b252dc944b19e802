//! Receipts verified beside what others need for the same bytes, in turns: ring's bare signature checks, the crate
//! `app-store-server-library`, and, where `core/tests/receipts/peers/run FOLDER` fetched them, Apple's Node and Python
//! libraries (`CARE_PEERS=FOLDER`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)]

#[path = "../tests/receipts/authority.rs"]
#[allow(dead_code)]
mod authority;
#[path = "../tests/receipts/der.rs"]
#[allow(dead_code)]
mod der;
#[path = "support/peers.rs"]
mod peers;
#[path = "../tests/receipts/play.rs"]
#[allow(dead_code, unused_imports)]
mod play;
#[path = "support/turns.rs"]
mod turns;

use app_store_server_library::models::app_store_environment::Environment;
use app_store_server_library::signed_data_verifier::SignedDataVerifier;
use authority::{APP_ID, BUNDLE, Chain, Key, purchase};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use der::Extension;
use ring::digest::{SHA256, digest};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RsaPublicKeyComponents, UnparsedPublicKey,
};
use rsa::traits::PublicKeyParts;
use tapo_care::receipt::AppStoreVerifier;
use turns::Turn;

/// Turns of each measurement.
const TURNS: usize = 501;
/// Leaves in turn: more than the cache keeps, so that none is known when its turn comes again.
const LEAVES: usize = 16;

/// A chain of the size of Apple's: the leaf's policies and addresses, and the intermediate's.
fn real_shaped(leaf: u8) -> Chain {
    let mut chain = Chain::like_apples();
    chain.leaf.key = Key::p256(leaf);
    let filled = |oid, length: usize| Extension {
        oid,
        critical: false,
        value: der::tlv(0x0c, &vec![b'x'; length]),
    };
    const NOBODYS: [&str; 2] = ["1.3.6.1.4.1.99999.2", "1.3.6.1.4.1.99999.3"];
    chain
        .leaf
        .extensions
        .extend([filled(NOBODYS[0], 420), filled(NOBODYS[1], 98)]);
    chain
        .intermediate
        .extensions
        .extend([filled(NOBODYS[0], 150), filled(NOBODYS[1], 42)]);
    chain
}

fn main() {
    let chain = real_shaped(1);
    let jws = chain.sign(&purchase());
    let leaves: Vec<String> = (0..LEAVES)
        .map(|n| real_shaped(100 + n as u8).sign(&purchase()))
        .collect();
    println!(
        "a receipt of {} bytes, its header {}",
        jws.len(),
        jws.find('.').unwrap()
    );

    app_store(&chain, &jws, &leaves);
    split(&chain, &jws);
    play_purchases();
    allocations(&chain, &jws);
    peers::measure(&chain, &jws);
}

/// The crate, asked as a server asks it.
fn oracle(chain: &Chain) -> SignedDataVerifier {
    let roots = vec![chain.root_der()];
    SignedDataVerifier::new(roots, Environment::Production, BUNDLE.into(), Some(APP_ID), false).unwrap()
}

/// What is signed, the signature, and the leaf's key as ring takes it.
fn raw<'a>(chain: &Chain, jws: &'a str) -> (&'a [u8], Vec<u8>, UnparsedPublicKey<Vec<u8>>) {
    let (input, signature) = jws.rsplit_once('.').unwrap();
    let Key::P256(key) = &chain.leaf.key else {
        panic!("a leaf is P-256")
    };
    let point = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    (
        input.as_bytes(),
        signature,
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point),
    )
}

fn app_store(chain: &Chain, jws: &str, leaves: &[String]) {
    let (input, signature, key) = raw(chain, jws);
    let known = chain.verifier();
    known.transaction(jws, None).unwrap();
    let trust = chain.trust();
    let oracle = oracle(chain);
    let mut leaf = leaves.iter().cycle();
    let (bare, cached, second, first, theirs) = (
        "ring's bare P-256 check",
        "chain known",
        "second leaf under a known intermediate",
        "the very first",
        "the crate",
    );
    let measured = turns::measure(
        TURNS,
        vec![
            Turn {
                name: bare,
                times: 1,
                run: Box::new(|| key.verify(input, &signature).unwrap()),
            },
            Turn {
                name: cached,
                times: 1,
                run: Box::new(|| drop(known.transaction(jws, None).unwrap())),
            },
        ],
    );
    println!("\nApp Store");
    measured.print();
    limit(measured.ratio(cached, bare), 1.25);
    let measured = turns::measure(
        TURNS,
        vec![
            Turn {
                name: second,
                times: 1,
                run: Box::new(|| drop(known.transaction(leaf.next().unwrap(), None).unwrap())),
            },
            Turn {
                name: first,
                times: 1,
                run: Box::new(|| {
                    drop(
                        AppStoreVerifier::new(trust.clone())
                            .unwrap()
                            .transaction(jws, None)
                            .unwrap(),
                    )
                }),
            },
            Turn {
                name: "making the verifier, in the very first",
                times: 1,
                run: Box::new(|| drop(AppStoreVerifier::new(trust.clone()).unwrap())),
            },
            Turn {
                name: theirs,
                times: 1,
                run: Box::new(|| drop(oracle.verify_and_decode_signed_transaction(jws).unwrap())),
            },
        ],
    );
    measured.print();
    limit(measured.ratio(second, theirs), 0.6);
    limit(measured.ratio(first, theirs), 1.0);
}

/// Where the time of a known chain goes; the rest is JSON, the transaction's texts, and asking.
fn split(chain: &Chain, jws: &str) {
    let (input, signature, key) = raw(chain, jws);
    let known = chain.verifier();
    known.transaction(jws, None).unwrap();
    let (header, rest) = jws.split_once('.').unwrap();
    let copy = header.to_owned();
    let (payload, _) = rest.split_once('.').unwrap();
    let json = URL_SAFE_NO_PAD.decode(payload).unwrap();
    let names = [
        "whole",
        "compare the header",
        "base64 of payload and signature",
        "JSON, as serde_json reads it",
        "SHA-256",
        "hash and curve",
    ];
    let measured = turns::measure(
        TURNS,
        vec![
            Turn {
                name: names[0],
                times: 1,
                run: Box::new(|| drop(known.transaction(jws, None).unwrap())),
            },
            Turn {
                name: names[1],
                times: 100,
                run: Box::new(|| assert!(std::hint::black_box(header) == std::hint::black_box(copy.as_str()))),
            },
            Turn {
                name: names[2],
                times: 100,
                run: Box::new(|| {
                    let rest = std::hint::black_box(rest);
                    assert!(rest.split('.').all(|segment| URL_SAFE_NO_PAD.decode(segment).is_ok()));
                }),
            },
            Turn {
                name: names[3],
                times: 100,
                run: Box::new(|| {
                    drop(serde_json::from_slice::<serde_json::Value>(std::hint::black_box(&json)).unwrap())
                }),
            },
            Turn {
                name: names[4],
                times: 1,
                run: Box::new(|| assert_eq!(digest(&SHA256, std::hint::black_box(input)).as_ref().len(), 32)),
            },
            Turn {
                name: names[5],
                times: 1,
                run: Box::new(|| key.verify(input, &signature).unwrap()),
            },
        ],
    );
    println!("\nWhere the time of a known chain goes");
    measured.print();
    for name in &names[1..] {
        measured.ratio(name, names[0]);
    }
}

fn play_purchases() {
    let text = play::with(serde_json::json!({})).to_string();
    let signature = play::sign(&play::KEY, &text);
    let bytes = STANDARD.decode(&signature).unwrap();
    let verifier = play::verifier();
    let (n, e) = (play::KEY.n_bytes(), play::KEY.e_bytes());
    let key = RsaPublicKeyComponents { n: &n[..], e: &e[..] };
    let (bare, whole) = ("ring's bare RSA-2048 check", "Play purchase");
    let measured = turns::measure(
        TURNS,
        vec![
            Turn {
                name: bare,
                times: 1,
                run: Box::new(|| {
                    let checked = key.verify(&RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes(), &bytes);
                    checked.unwrap();
                }),
            },
            Turn {
                name: whole,
                times: 1,
                run: Box::new(|| drop(verifier.purchase(&text, &signature).unwrap())),
            },
        ],
    );
    println!("\nGoogle Play, {} bytes", text.len());
    measured.print();
    limit(measured.ratio(whole, bare), 1.5);
}

fn allocations(chain: &Chain, jws: &str) {
    let known = chain.verifier();
    known.transaction(jws, None).unwrap();
    let count = |name: &str, run: &dyn Fn()| {
        let found = allocation_counter::measure(run);
        println!(
            "{:>10}     allocations, {} bytes in all, {} at once: {name}",
            found.count_total, found.bytes_total, found.bytes_max
        );
    };
    println!("\nAllocations of one verification of {} bytes", jws.len());
    count("chain known", &|| drop(known.transaction(jws, None).unwrap()));
    let fresh = chain.verifier();
    count("the very first", &|| drop(fresh.transaction(jws, None).unwrap()));
    let oracle = oracle(chain);
    count("the crate", &|| {
        drop(oracle.verify_and_decode_signed_transaction(jws).unwrap())
    });
}

fn limit(ratio: f64, most: f64) {
    let word = if ratio <= most { "held" } else { "MISSED" };
    println!("{:>10}     at most {most}", word);
}
