//! Renewal infos, downloads, device copies and notifications that are not ours.

use super::chain::attacker;
use super::{Answer, Case, Sent};
use crate::authority::{APP_ID, BUNDLE, Chain, changed, download, ms, purchase, renewal};
use serde_json::{Value, json};
use tapo_care::receipt::{Check, Kind};

const DEVICE: &str = "5f3c1b2a-0d4e-4f60-8a71-92b3c4d5e6f7";
const NONCE: &str = "7edea87d-98f0-42d0-9682-49ca81022f73";

fn refused(name: &'static str, sent: Sent, check: Check) -> Case {
    let answer = Answer::Refused(check);
    Case { name, sent, answer }
}

/// The news a notification carries, in Production's data changed so.
pub fn news(data: Value) -> Value {
    let ours = json!({ "environment": "Production", "bundleId": BUNDLE, "appAppleId": APP_ID });
    json!({
        "notificationType": "DID_RENEW", "notificationUUID": "1f2e", "version": "2.0",
        "signedDate": ms("2026-01-05T09:00:00Z"), "data": changed(ours, data),
    })
}

pub fn cases() -> Vec<Case> {
    let mut cases = renewals();
    cases.extend(downloads());
    cases.extend(notifications());
    cases
}

fn renewals() -> Vec<Case> {
    let chain = Chain::like_apples();
    let beside = |name, change, check| refused(name, Sent::Renewal(chain.sign(&changed(renewal(), change))), check);
    let alone = |name, value: Value, check| refused(name, Sent::Jws(Kind::Renewal, chain.sign(&value)), check);
    vec![
        beside(
            "another app's renewal info",
            json!({ "originalTransactionId": "11" }),
            Check::RenewalBelongs,
        ),
        beside(
            "a renewal info of nothing",
            json!({ "originalTransactionId": null }),
            Check::RenewalBelongs,
        ),
        beside(
            "a renewal info of the other ledger",
            json!({ "environment": "Sandbox" }),
            Check::RenewalBelongs,
        ),
        alone(
            "a renewal info of Xcode",
            changed(renewal(), json!({ "environment": "Xcode" })),
            Check::Environment,
        ),
        alone(
            "a renewal info without a date",
            changed(renewal(), json!({ "signedDate": null })),
            Check::SignedDate,
        ),
        alone(
            "a renewal status as text",
            changed(renewal(), json!({ "autoRenewStatus": "1" })),
            Check::Payload,
        ),
        alone(
            "a grace period as text",
            changed(renewal(), json!({ "gracePeriodExpiresDate": "2027" })),
            Check::Payload,
        ),
        alone("a download as renewal info", download(), Check::SignedDate),
    ]
}

fn downloads() -> Vec<Case> {
    let chain = Chain::like_apples();
    let jws = |change| chain.sign(&changed(download(), change));
    let app = |name, change, check| refused(name, Sent::Jws(Kind::AppTransaction, jws(change)), check);
    let made = json!({ "deviceVerification": "AAAA", "deviceVerificationNonce": NONCE });
    vec![
        app(
            "another app's number",
            json!({ "appAppleId": APP_ID + 1 }),
            Check::AppId,
        ),
        app("no app number", json!({ "appAppleId": null }), Check::AppId),
        app("an app number as text", json!({ "appAppleId": "4242" }), Check::Payload),
        app(
            "a download of another app",
            json!({ "bundleId": "com.example.other" }),
            Check::Bundle,
        ),
        app(
            "a download of Xcode",
            json!({ "receiptType": "Xcode" }),
            Check::Environment,
        ),
        app(
            "a download of the future",
            json!({ "receiptCreationDate": ms("2026-02-01T00:00:00Z") }),
            Check::SignedDate,
        ),
        app(
            "a download that has only a signed date",
            json!({ "receiptCreationDate": null, "signedDate": ms("2026-01-05T09:00:00Z") }),
            Check::SignedDate,
        ),
        refused(
            "a transaction as download",
            Sent::Jws(Kind::AppTransaction, chain.sign(&purchase())),
            Check::SignedDate,
        ),
        refused(
            "a download made on another phone",
            Sent::OnDevice(Kind::AppTransaction, jws(made.clone()), DEVICE),
            Check::Device,
        ),
        refused(
            "a transaction made on another phone",
            Sent::OnDevice(Kind::Transaction, chain.sign(&changed(purchase(), made)), DEVICE),
            Check::Device,
        ),
        refused(
            "a transaction whose phone has no nonce",
            {
                let made = json!({ "deviceVerification": "AAAA" });
                Sent::OnDevice(Kind::Transaction, chain.sign(&changed(purchase(), made)), DEVICE)
            },
            Check::Device,
        ),
    ]
}

fn notifications() -> Vec<Case> {
    let chain = Chain::like_apples();
    let attacker = attacker();
    let told = |name, data, check| {
        let jws = chain.sign(&news(data));
        refused(name, Sent::Jws(Kind::Notification, jws), check)
    };
    let other = chain.sign(&changed(renewal(), json!({ "originalTransactionId": "11" })));
    let refunded = chain.sign(&changed(purchase(), json!({ "environment": "Xcode" })));
    vec![
        told(
            "a forged transaction in true news",
            json!({ "signedTransactionInfo": attacker.sign(&purchase()) }),
            Check::ChainSignature,
        ),
        told(
            "a forged renewal info in true news",
            json!({ "signedRenewalInfo": attacker.sign(&renewal()) }),
            Check::ChainSignature,
        ),
        told(
            "another subscription's renewal info in true news",
            json!({ "signedTransactionInfo": chain.sign(&purchase()), "signedRenewalInfo": other }),
            Check::RenewalBelongs,
        ),
        told(
            "a transaction of Xcode in true news",
            json!({ "signedTransactionInfo": refunded }),
            Check::Environment,
        ),
        told(
            "a transaction of another app in true news",
            json!({ "signedTransactionInfo": chain.sign(&changed(purchase(), json!({ "bundleId": "com.example.other" }))) }),
            Check::Bundle,
        ),
        told(
            "a number in the place of a transaction",
            json!({ "signedTransactionInfo": 7 }),
            Check::Payload,
        ),
        told("news of no app number", json!({ "appAppleId": null }), Check::AppId),
        told("news of another app number", json!({ "appAppleId": 1 }), Check::AppId),
        told(
            "news of another app",
            json!({ "bundleId": "com.example.other" }),
            Check::Bundle,
        ),
        told(
            "news of no environment",
            json!({ "environment": null }),
            Check::Environment,
        ),
        refused(
            "news of nothing",
            Sent::Jws(
                Kind::Notification,
                chain.sign(&changed(news(json!({})), json!({ "data": null }))),
            ),
            Check::Environment,
        ),
        refused(
            "news that is a number",
            Sent::Jws(
                Kind::Notification,
                chain.sign(&changed(news(json!({})), json!({ "data": 7 }))),
            ),
            Check::Payload,
        ),
        refused(
            "forged news",
            Sent::Jws(Kind::Notification, attacker.sign(&news(json!({})))),
            Check::ChainSignature,
        ),
        refused(
            "a transaction as news",
            Sent::Jws(Kind::Notification, chain.sign(&purchase())),
            Check::Environment,
        ),
    ]
}
