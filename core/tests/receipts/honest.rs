//! What honest customers have and must not be refused for.

use crate::authority::{APP_ID, BUNDLE, Chain, Key, TAG, at, changed, download, ms, purchase, renewal};
use crate::der;
use serde_json::json;
use tapo_care::id::{AccountTag, Environment};
use tapo_care::receipt::{AppStoreTrust, AppStoreVerifier, Bound, DeviceId, Ownership, access, bound, revision};
use tapo_care::time::Timestamp;

fn ours() -> Option<AccountTag> {
    Some(AccountTag(TAG.parse().unwrap()))
}

// Rules: X11
#[test]
fn a_purchase_of_this_app_is_authentic_ours_and_gives_access() {
    let chain = Chain::like_apples();
    let jws = chain.sign(&purchase());
    let transaction = chain.verifier().transaction(&jws, at("2026-01-05T09:00:01Z")).unwrap();
    assert_eq!(transaction.product_id.as_ref().unwrap().as_str(), "care.plus.monthly");
    assert_eq!(transaction.price.as_ref().unwrap().micros, 6_990_000);
    assert_eq!(transaction.key().unwrap().original.as_str(), "10");
    assert_eq!(transaction.ownership, Some(Ownership::Purchased));
    assert_eq!(bound(transaction.app_account_token, ours()), Bound::Ours);
    assert!(access(&transaction, None, at("2026-01-05T09:00:01Z")).granted);
}

// Rules: X15
#[test]
fn a_shipping_build_accepts_app_review_and_testflight() {
    let chain = Chain::like_apples();
    let jws = chain.sign(&changed(purchase(), json!({ "environment": "Sandbox" })));
    assert_eq!(
        chain.verifier().transaction(&jws, None).unwrap().environment,
        Environment::Sandbox
    );
    // Sandbox numbers no app.
    let app = chain.sign(&changed(
        download(),
        json!({ "receiptType": "Sandbox", "appAppleId": 0 }),
    ));
    assert!(chain.verifier().app_transaction(&app, None, None).is_ok());
    let app = chain.sign(&changed(
        download(),
        json!({ "receiptType": "Sandbox", "appAppleId": null }),
    ));
    assert!(chain.verifier().app_transaction(&app, None, None).is_ok());
}

#[test]
fn a_purchase_outlives_the_leaf_that_signed_it() {
    let chain = Chain::like_apples();
    let jws = chain.sign(&purchase());
    assert!(chain.verifier().transaction(&jws, at("2031-01-01T00:00:00Z")).is_ok());
}

#[test]
fn the_third_certificate_may_be_another_root() {
    let mut chain = Chain::like_apples();
    chain.third = Some(Chain::with_keys(Key::p256(9), Key::p384(8), Key::p256(7)).root_der());
    assert!(chain.verifier().transaction(&chain.sign(&purchase()), None).is_ok());
}

#[test]
fn dates_may_be_floats_and_unknown_fields_and_words_are_no_matter() {
    let chain = Chain::like_apples();
    let odd = changed(
        purchase(),
        json!({
            "purchaseDate": 1_767_603_540_000.729_7, "expiresDate": 1.770_281_94e12, "signedDate": 1_767_603_600_000.5,
            "inAppOwnershipType": "LENT", "offerType": 12, "type": "Something New", "transactionReason": "GIFT",
            "advancedCommerceInfo": { "items": [{ "SKU": "x", "price": 1.5 }] }, "revocationDate": null,
        }),
    );
    let jws = chain.sign(&odd);
    let transaction = chain.verifier().transaction(&jws, at("2026-01-05T09:00:01Z")).unwrap();
    assert_eq!(transaction.purchase_date, Some(Timestamp(1_767_603_540_000)));
    assert_eq!(transaction.ownership, Some(Ownership::Unknown("LENT".into())));
    assert!(
        !access(&transaction, None, at("2026-01-05T09:00:01Z")).granted,
        "unknown never grants"
    );
}

// Rules: X11
#[test]
fn a_tag_in_capitals_is_ours_and_no_tag_is_unbound() {
    let chain = Chain::like_apples();
    let read = |token| {
        let jws = chain.sign(&changed(purchase(), json!({ "appAccountToken": token })));
        let transaction = chain.verifier().transaction(&jws, None).unwrap();
        bound(transaction.app_account_token, ours())
    };
    assert_eq!(read(Some(TAG.to_uppercase())), Bound::Ours);
    assert_eq!(read(None), Bound::None);
    assert_eq!(read(Some("7e3fb20b-4cdb-47cc-936d-99d65f608139".into())), Bound::Other);
    assert_eq!(read(Some("customer 7".into())), Bound::Other);
}

#[test]
fn certificates_without_key_usage_and_on_p256_are_accepted_as_in_apples_samples() {
    let mut chain = Chain::with_keys(Key::p256(1), Key::p256(2), Key::p256(3));
    chain.leaf = chain.leaf.without(der::KEY_USAGE);
    chain.intermediate = chain.intermediate.without(der::KEY_USAGE);
    for certificate in [&mut chain.leaf, &mut chain.intermediate] {
        (certificate.inner, certificate.outer) = (crate::authority::ECDSA_SHA256, crate::authority::ECDSA_SHA256);
    }
    assert!(chain.verifier().transaction(&chain.sign(&purchase()), None).is_ok());
}

#[test]
fn a_purchase_may_be_dated_after_its_signature_and_a_clock_may_be_five_minutes_slow() {
    let chain = Chain::like_apples();
    let jws = chain.sign(&changed(
        purchase(),
        json!({ "purchaseDate": ms("2026-01-05T09:00:33Z") }),
    ));
    assert!(chain.verifier().transaction(&jws, at("2026-01-05T08:55:00Z")).is_ok());
    assert!(
        chain.verifier().transaction(&jws, None).is_ok(),
        "time unknown: not asked"
    );
}

#[test]
fn a_payload_needs_only_date_environment_and_bundle() {
    let chain = Chain::like_apples();
    let jws = chain
        .sign(&json!({ "environment": "Production", "bundleId": BUNDLE, "signedDate": ms("2026-01-05T09:00:00Z") }));
    let transaction = chain.verifier().transaction(&jws, None).unwrap();
    assert_eq!(
        access(&transaction, None, at("2026-01-05T09:00:00Z")).reason.name(),
        "incomplete"
    );
    let jws = chain.sign(&json!({ "environment": "Production", "signedDate": ms("2026-01-05T09:00:00Z") }));
    assert!(chain.verifier().renewal(&jws, None, None).is_ok());
}

#[test]
fn a_refund_a_family_purchase_and_a_replaced_plan_are_authentic_news_without_access() {
    let chain = Chain::like_apples();
    let now = at("2026-01-06T00:00:00Z");
    for (change, reason) in [
        (
            json!({ "revocationDate": ms("2026-01-05T10:00:00Z"), "revocationReason": 1 }),
            "revoked",
        ),
        (json!({ "isUpgraded": true }), "upgraded"),
        (json!({ "inAppOwnershipType": "FAMILY_SHARED" }), "family_shared"),
        (json!({ "expiresDate": ms("2026-01-05T09:30:00Z") }), "expired"),
    ] {
        let jws = chain.sign(&changed(purchase(), change));
        let transaction = chain.verifier().transaction(&jws, now).unwrap();
        let access = access(&transaction, None, now);
        assert_eq!((access.granted, access.reason.name()), (false, reason));
    }
}

#[test]
fn a_device_is_asked_only_where_the_payload_names_one() {
    let chain = Chain::like_apples();
    let device = DeviceId("5F3C1B2A-0D4E-4F60-8A71-92B3C4D5E6F7".into());
    let server = chain.sign(&download());
    assert!(chain.verifier().app_transaction(&server, None, Some(&device)).is_ok());
    assert!(
        chain
            .verifier()
            .transaction_on(&chain.sign(&purchase()), None, &device)
            .is_ok()
    );
}

#[test]
fn news_is_told_by_its_facts_and_not_by_its_bytes() {
    let chain = Chain::like_apples();
    let verifier = chain.verifier();
    let read = |change| {
        verifier
            .transaction(&chain.sign(&changed(purchase(), change)), None)
            .unwrap()
    };
    let first = read(json!({}));
    let refunded =
        read(json!({ "signedDate": ms("2026-01-07T00:00:00Z"), "revocationDate": ms("2026-01-06T00:00:00Z") }));
    let reversed = read(json!({ "signedDate": ms("2026-01-08T00:00:00Z") }));
    assert_ne!(revision::revision(&first), revision::revision(&refunded));
    assert_eq!(revision::revision(&first), revision::revision(&reversed));
    assert_eq!(revision::newest([&*reversed, &*refunded, &*first]), Some(&*reversed));
}

#[test]
fn a_notification_carries_its_proofs() {
    let chain = Chain::like_apples();
    let news = chain.sign(&json!({
        "notificationType": "DID_FAIL_TO_RENEW", "subtype": "GRACE_PERIOD", "notificationUUID": "u-1", "version": "2.0",
        "signedDate": ms("2026-01-05T09:00:00Z"),
        "data": {
            "environment": "Production", "bundleId": BUNDLE, "appAppleId": APP_ID, "status": 4,
            "signedTransactionInfo": chain.sign(&purchase()), "signedRenewalInfo": chain.sign(&renewal()),
        },
    }));
    let news = chain.verifier().notification(&news, None).unwrap();
    assert_eq!(news.notification_uuid.as_deref(), Some("u-1"));
    assert!(news.transaction.is_some() && news.renewal.is_some());
    for part in [
        json!({ "summary": { "environment": "Sandbox", "bundleId": BUNDLE } }),
        json!({ "appData": { "environment": "Sandbox", "bundleId": BUNDLE,
            "signedAppTransactionInfo": chain.sign(&download()) } }),
        json!({ "externalPurchaseToken": { "externalPurchaseId": "SANDBOX_1", "bundleId": BUNDLE } }),
    ] {
        let news = changed(
            part,
            json!({ "notificationType": "X", "signedDate": ms("2026-01-05T09:00:00Z") }),
        );
        let news = chain.verifier().notification(&chain.sign(&news), None).unwrap();
        assert_eq!(news.environment, Environment::Sandbox);
    }
}

#[test]
fn any_of_several_pinned_roots_may_have_signed() {
    let (chain, other) = (
        Chain::like_apples(),
        Chain::with_keys(Key::p256(4), Key::p384(5), Key::p384(6)),
    );
    let roots = vec![other.root_der(), chain.root_der()];
    let verifier = AppStoreVerifier::new(AppStoreTrust { roots, ..chain.trust() }).unwrap();
    assert!(verifier.transaction(&chain.sign(&purchase()), None).is_ok());
    assert!(verifier.transaction(&other.sign(&purchase()), None).is_ok());
}
