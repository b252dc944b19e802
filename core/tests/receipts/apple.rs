//! Notifications Apple really signed, and Apple's own samples. They stand beside the project, not in it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::path::PathBuf;
use tapo_care::id::Environment;
use tapo_care::receipt::revision::{newest, renewal_revision, revision};
use tapo_care::receipt::{
    AccessReason, AppStoreTrust, AppStoreVerifier, AutoRenewStatus, Check, ExpirationIntent, Kind, SubscriptionStatus,
    access, apple_roots,
};
use tapo_care::time::{Timestamp, TrustedTime};

const BUNDLE: &str = "com.loki-project.loki-messenger";
const NAMES: [&str; 5] = [
    "01-test",
    "02-did-renew",
    "03-subscribed-resubscribe",
    "04-did-change-renewal-status-auto-renew-disabled",
    "05-expired-voluntary",
];

/// The five notifications, or a line that says they were left out.
pub fn signed_by_apple() -> Option<[String; 5]> {
    let folder = std::env::var_os("CARE_APPLE_VECTORS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/apple")),
        PathBuf::from,
    );
    let read = NAMES.map(|name| std::fs::read_to_string(folder.join(format!("{name}.jws"))).ok());
    if read.iter().any(Option::is_none) {
        println!("left out: Apple's signed notifications are not in {}", folder.display());
        return None;
    }
    Some(read.map(|jws| jws.unwrap().trim().to_owned()))
}

pub fn verifier() -> AppStoreVerifier {
    verifier_for(BUNDLE, None)
}

fn verifier_for(bundle: &str, environment: Option<Environment>) -> AppStoreVerifier {
    let trust = AppStoreTrust {
        roots: apple_roots(),
        bundle_id: bundle.to_owned(),
        app_id: Some(1_470_168_868),
        environment,
    };
    AppStoreVerifier::new(trust).unwrap()
}

/// A field of what a notification says, unverified.
pub fn nested(jws: &str, field: &str) -> String {
    let payload = URL_SAFE_NO_PAD.decode(jws.split('.').nth(1).unwrap()).unwrap();
    let payload: serde_json::Value = serde_json::from_slice(&payload).unwrap();
    payload["data"][field].as_str().unwrap().to_owned()
}

fn after(signed: Timestamp) -> Option<TrustedTime> {
    Some(TrustedTime::vouched(signed.plus_ms(1000)))
}

// Rules: X15
#[test]
fn what_apple_really_signed_is_authentic_with_all_that_is_nested_in_it() {
    let Some(jws) = signed_by_apple() else { return };
    let verifier = verifier();
    let types = [
        "TEST",
        "DID_RENEW",
        "SUBSCRIBED",
        "DID_CHANGE_RENEWAL_STATUS",
        "EXPIRED",
    ];
    for ((name, jws), kind) in NAMES.into_iter().zip(&jws).zip(types) {
        let notification = verifier
            .notification(jws, None)
            .unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        assert_eq!(notification.notification_type.as_deref(), Some(kind), "{name}");
        assert_eq!(notification.environment, Environment::Sandbox);
        assert_eq!(Kind::claimed(jws), Some(Kind::Notification));
        assert_eq!(notification.transaction.is_some(), name != "01-test", "{name}");
        assert_eq!(notification.renewal.is_some(), name != "01-test", "{name}");
        if let Some(transaction) = &notification.transaction {
            let alone = nested(jws, "signedTransactionInfo");
            assert_eq!(
                &verifier.transaction(&alone, after(notification.signed_date)).unwrap(),
                transaction
            );
            assert_eq!(Kind::claimed(&alone), Some(Kind::Transaction));
            let renewal = nested(jws, "signedRenewalInfo");
            assert!(verifier.renewal(&renewal, Some(transaction), None).is_ok());
            assert!(verifier.renewal(&renewal, None, None).is_ok());
            assert_eq!(Kind::claimed(&renewal), Some(Kind::Renewal));
        }
    }
}

// Rules: X15
#[test]
fn what_apple_really_signed_tells_a_subscriptions_life() {
    let Some(jws) = signed_by_apple() else { return };
    let verifier = verifier();
    let [renewed, again, off, over] =
        [&jws[1], &jws[2], &jws[3], &jws[4]].map(|jws| verifier.notification(jws, None).unwrap());
    let transactions = [&renewed, &again, &off, &over].map(|news| news.transaction.as_deref().unwrap());
    let renewals = [&renewed, &again, &off, &over].map(|news| news.renewal.as_deref().unwrap());

    let facts = transactions.map(revision);
    assert_ne!(facts[0], facts[1]);
    assert_eq!(
        (&facts[1], &facts[2]),
        (&facts[2], &facts[3]),
        "the same purchase, signed anew"
    );
    let outlook = [1, 2, 3].map(|n| renewal_revision([&renewed, &again, &off, &over][n].status, renewals[n]));
    assert!(
        outlook[0] != outlook[1] && outlook[1] != outlook[2],
        "switch-off and expiry show only here"
    );

    assert_eq!(newest(transactions), Some(transactions[3]));
    assert_eq!(renewals[1].auto_renew_status, Some(AutoRenewStatus::On));
    assert_eq!(renewals[2].auto_renew_status, Some(AutoRenewStatus::Off));
    assert_eq!(renewals[3].expiration_intent, Some(ExpirationIntent::Cancelled));
    assert_eq!(over.status, Some(SubscriptionStatus::Expired));
    assert!(
        transactions[0].purchase_date > Some(transactions[0].signed_date),
        "02 was signed before its purchase"
    );
}

// Rules: X15
#[test]
fn the_life_apple_signed_replayed_in_any_order_leads_to_its_access_and_renewal_at_each_step() {
    let Some(jws) = signed_by_apple() else { return };
    let verifier = verifier();
    let news = [1, 2, 3, 4].map(|n| verifier.notification(&jws[n], None).unwrap());
    let steps = [
        (AccessReason::Active, Some(true)),
        (AccessReason::Active, Some(true)),
        (AccessReason::Active, Some(false)),
        (AccessReason::Expired, Some(false)),
    ];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        // Each arrives when it does; what is known after it is the newest of what has come so far.
        for arrived in 1..=4 {
            let seen: Vec<usize> = order[..arrived].to_vec();
            let latest = *seen.iter().max().unwrap();
            let transaction = newest(seen.iter().map(|n| news[*n].transaction.as_deref().unwrap())).unwrap();
            let renewals = seen.iter().map(|n| news[*n].renewal.as_deref().unwrap());
            let renewal = renewals.max_by_key(|renewal| renewal.signed_date).unwrap();
            let access = access(transaction, Some(renewal), after(news[latest].signed_date));
            assert_eq!((access.reason, renewal.will_renew()), steps[latest], "{seen:?}");
        }
    }
    // Between the two purchases lies a day without a plan.
    let lapsed = access(
        news[0].transaction.as_deref().unwrap(),
        news[0].renewal.as_deref(),
        after(Timestamp(1_759_302_732_000)),
    );
    assert_eq!(lapsed.reason, AccessReason::Expired);
}

// Rules: X15
#[test]
fn what_apple_really_signed_for_another_app_or_ledger_is_refused() {
    let Some(jws) = signed_by_apple() else { return };
    let refused = |verifier: AppStoreVerifier| verifier.notification(&jws[1], None).unwrap_err().check;
    assert_eq!(refused(verifier_for("com.example.care", None)), Check::Bundle);
    assert_eq!(
        refused(verifier_for(BUNDLE, Some(Environment::Production))),
        Check::Environment
    );
    assert_eq!(refused(crate::authority::Chain::like_apples().verifier()), Check::Names);
    let early = Some(TrustedTime::vouched(Timestamp(1_759_302_518_835 - 300_001)));
    assert_eq!(
        verifier().notification(&jws[1], early).unwrap_err().check,
        Check::SignedDate
    );
    let transaction = nested(&jws[1], "signedTransactionInfo");
    let transaction = verifier().transaction(&transaction, None).unwrap();
    let mut other = transaction.into_inner();
    other.original_transaction_id = Some("1".into());
    let renewal = verifier().renewal(&nested(&jws[1], "signedRenewalInfo"), Some(&other), None);
    assert_eq!(renewal.unwrap_err().check, Check::RenewalBelongs);
}

#[test]
fn what_apple_really_signed_is_refused_after_any_changed_byte() {
    let Some(jws) = signed_by_apple() else { return };
    let verifier = verifier();
    let transaction = nested(&jws[1], "signedTransactionInfo");
    let renewal = nested(&jws[4], "signedRenewalInfo");
    for changed in changed_at(&transaction, 1) {
        assert!(verifier.transaction(&changed, None).is_err(), "{changed}");
    }
    for changed in changed_at(&renewal, 17) {
        assert!(verifier.renewal(&changed, None, None).is_err(), "{changed}");
    }
    for changed in changed_at(&jws[2], 97) {
        assert!(verifier.notification(&changed, None).is_err(), "{changed}");
    }
    assert!(
        verifier.transaction(&transaction, None).is_ok(),
        "and the unchanged one is not"
    );
}

#[test]
fn what_apple_really_signed_is_refused_when_it_is_cut_or_longer() {
    let Some(jws) = signed_by_apple() else { return };
    let verifier = verifier();
    let whole = nested(&jws[1], "signedTransactionInfo");
    for length in (0..whole.len()).step_by(13) {
        assert!(verifier.transaction(&whole[..length], None).is_err(), "{length}");
    }
    for tail in ["=", "A", ".", "\n", " ", "\0", "é"] {
        assert!(verifier.transaction(&format!("{whole}{tail}"), None).is_err());
        assert!(verifier.transaction(&format!("{tail}{whole}"), None).is_err());
    }
}

/// `jws` with one letter changed at every `step`th position, and at some also one bit.
fn changed_at(jws: &str, step: usize) -> impl Iterator<Item = String> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    (0..jws.len()).step_by(step).flat_map(move |place| {
        let old = jws.as_bytes()[place];
        let letter = ALPHABET
            .iter()
            .position(|letter| *letter == old)
            .map_or(b'A', |n| ALPHABET[n ^ 1]);
        let bit = (place % 7 == 0).then_some(old ^ 1);
        [Some(letter), bit].into_iter().flatten().map(move |new| {
            let mut changed = jws.as_bytes().to_vec();
            changed[place] = new;
            String::from_utf8(changed).unwrap()
        })
    })
}
