//! What `care verify` is told: every check by name, in order, with what was not asked.

use crate::authority::{BUNDLE, Chain, at, changed, purchase};
use serde_json::json;
use tapo_care::receipt::{AppStoreTrust, AppStoreVerifier, Check, Expectations, TrustError, Verdict};

#[test]
fn an_authentic_receipt_passes_every_check_in_order_also_with_a_cached_chain() {
    let chain = Chain::like_apples();
    let verifier = chain.verifier();
    let jws = chain.sign(&purchase());
    verifier.transaction(&jws, None).unwrap();
    let examined = verifier.examine_transaction(&jws, at("2026-01-05T09:00:01Z"), None);
    assert!(examined.result.is_ok());
    assert_eq!(examined.payload.unwrap()["bundleId"], BUNDLE);
    let asked: Vec<_> = examined
        .checks
        .iter()
        .filter(|line| line.verdict == Verdict::Ok)
        .map(|line| line.check)
        .collect();
    let all: Vec<_> = Check::ALL
        .iter()
        .copied()
        .filter(|check| !matches!(check, Check::AppId | Check::Device | Check::RenewalBelongs))
        .filter(|check| {
            !matches!(
                check,
                Check::SignatureEncoding | Check::SignatureLength | Check::Package
            )
        })
        .collect();
    assert_eq!(asked, all);
    assert!(
        examined
            .checks
            .iter()
            .any(|line| line.check == Check::Device && line.verdict == Verdict::NotAsked)
    );
}

#[test]
fn a_refused_receipt_ends_with_the_check_it_failed() {
    let chain = Chain::like_apples();
    let jws = chain.sign(&changed(purchase(), json!({ "bundleId": "com.example.other" })));
    let examined = chain.verifier().examine_transaction(&jws, None, None);
    let last = examined.checks.last().unwrap();
    assert_eq!(
        (last.check, last.verdict, last.found.as_str()),
        (Check::Bundle, Verdict::NotOk, "com.example.other")
    );
    assert_eq!(examined.result.unwrap_err().check, Check::Bundle);
    assert!(
        examined.payload.is_none(),
        "what is not authentic is not shown as if it were"
    );
    for bytes in ["", ".", "..", "....", "a.b.c", "💥"] {
        let examined = chain.verifier().examine_notification(bytes, None);
        assert_eq!(examined.checks.last().unwrap().verdict, Verdict::NotOk);
        assert!(chain.verifier().examine_renewal(bytes, None, None).result.is_err());
        assert!(
            chain
                .verifier()
                .examine_app_transaction(bytes, None, None)
                .result
                .is_err()
        );
    }
}

#[test]
fn what_nobody_expects_is_not_asked() {
    let chain = Chain::like_apples();
    let examiner = AppStoreVerifier::examiner(&[chain.root_der()], Expectations::default()).unwrap();
    let examined = examiner.examine_transaction(&chain.sign(&purchase()), None, None);
    assert!(examined.result.is_ok());
    for check in [Check::Bundle, Check::SignedDate] {
        assert!(
            examined
                .checks
                .iter()
                .any(|line| line.check == check && line.verdict == Verdict::NotAsked),
            "{check}"
        );
    }
}

#[test]
fn trust_in_nobody_or_for_nothing_is_an_error() {
    let trust = Chain::like_apples().trust();
    let error = |trust| AppStoreVerifier::new(trust).err();
    assert_eq!(
        error(AppStoreTrust {
            roots: Vec::new(),
            ..trust.clone()
        }),
        Some(TrustError::NoRoot)
    );
    assert_eq!(
        error(AppStoreTrust {
            roots: vec![vec![0x30]],
            ..trust.clone()
        }),
        Some(TrustError::UnreadableRoot)
    );
    let leaf = Chain::like_apples().x5c()[0].clone();
    assert_eq!(
        error(AppStoreTrust {
            roots: vec![leaf],
            ..trust.clone()
        }),
        Some(TrustError::UnreadableRoot)
    );
    assert_eq!(
        error(AppStoreTrust {
            bundle_id: String::new(),
            ..trust
        }),
        Some(TrustError::NoBundle)
    );
}

#[test]
fn names_of_checks_are_unique_and_shown_text_is_short_and_printable() {
    let mut names: Vec<_> = Check::ALL.iter().map(|check| check.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Check::ALL.len());
    let chain = Chain::like_apples();
    let bundle = format!("\u{1b}[31m{}", "x".repeat(10_000));
    let refusal = chain
        .verifier()
        .transaction(&chain.sign(&changed(purchase(), json!({ "bundleId": bundle }))), None)
        .unwrap_err();
    assert!(refusal.found.chars().count() <= 121 && !refusal.found.contains('\u{1b}'));
}
