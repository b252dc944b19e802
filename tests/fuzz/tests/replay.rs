//! The corpus of every target, and random mutations of it, without libFuzzer.

use care_fuzz::seed::Seed;
use care_fuzz::{TARGETS, Target, corpus, target};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Mutations of each target.
const MUTATIONS: usize = 400;

fn inputs(target: &Target) -> Vec<Vec<u8>> {
    let mut files: Vec<_> = std::fs::read_dir(corpus(target))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// Runs one input; where it panics, the input is shown as it could be put into the corpus.
fn run(target: &Target, input: &[u8]) {
    let ran = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    assert!(
        ran.is_ok(),
        "{} fails on {:?}",
        target.name,
        String::from_utf8_lossy(input)
    );
}

/// Another input from two: bytes changed, cut, doubled, or the end of the other.
fn mutated(seed: &mut Seed, one: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = one.to_vec();
    for _ in 0..=seed.below(4) {
        if bytes.is_empty() {
            bytes.push(seed.number() as u8);
        }
        let at = seed.below(bytes.len());
        match seed.below(7) {
            0 => bytes[at] ^= 1 << seed.below(8),
            1 => bytes[at] = *seed.one(b"\0\x30\x7f\x80\xff\"{}[],:.-e=\\u09\n"),
            2 => bytes.insert(at, seed.number() as u8),
            3 => drop(bytes.drain(at..(at + 1 + seed.below(16)).min(bytes.len()))),
            4 => {
                let piece = bytes[at..(at + 1 + seed.below(64)).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece.repeat(1 + seed.below(8)));
            }
            5 => bytes.truncate(at),
            _ => bytes.extend(other.iter().skip(seed.below(other.len()))),
        }
    }
    bytes
}

fn replay(name: &str) {
    let target = target(name).unwrap();
    let inputs = inputs(target);
    assert!(inputs.len() >= 8, "{name} has a corpus of {}", inputs.len());
    inputs.iter().for_each(|input| run(target, input));
    let mut seed = Seed::from_environment();
    for _ in 0..MUTATIONS {
        let (one, other) = (seed.below(inputs.len()), seed.below(inputs.len()));
        run(target, &mutated(&mut seed, &inputs[one], &inputs[other]));
    }
}

#[test]
fn the_corpus_of_signed_transactions_and_its_mutations_neither_panic_nor_grow() {
    replay("jws");
}

#[test]
fn the_corpus_of_certificates_and_its_mutations_neither_panic_nor_grow() {
    replay("chain");
}

#[test]
fn the_corpus_of_play_purchases_and_its_mutations_neither_panic_nor_grow() {
    replay("play");
}

#[test]
fn the_corpus_of_cloud_documents_and_its_mutations_never_panic() {
    replay("wire");
}

#[test]
fn every_target_has_a_corpus_of_its_name_and_a_test() {
    let mut folders: Vec<_> = std::fs::read_dir(corpus(&TARGETS[0]).parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let mut names = TARGETS.map(|target| target.name);
    names.sort_unstable();
    assert_eq!(folders, names);
}
