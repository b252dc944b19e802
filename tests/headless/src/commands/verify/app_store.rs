//! An App Store JWS of any kind.

use super::input::Asked;
use super::{Report, dated};
use crate::failure::Failure;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use tapo_care::id::StoreKind;
use tapo_care::receipt::{
    AppStoreVerifier, AppTransaction, Examination, Kind, Notification, RenewalInfo, Transaction, TrustError, access,
};

/// Examines it as what its fields say it is, or as what it was said to be.
///
/// # Errors
/// A root that is none.
pub fn examine(jws: &str, asked: &Asked) -> Result<Report, Failure> {
    let verifier = AppStoreVerifier::examiner(&asked.roots, asked.expected.clone())
        .map_err(|error: TrustError| Failure::Usage(format!("--root cannot be believed: {error}.")))?;
    let kind = asked.kind.or_else(|| Kind::claimed(jws)).unwrap_or(Kind::Transaction);
    let (now, bytes) = (asked.time(), jws.len());
    Ok(match kind {
        Kind::Transaction => report(
            kind,
            bytes,
            verifier.examine_transaction(jws, now, None),
            |read, report| {
                of_transaction(read, None, asked, report);
            },
        ),
        Kind::Renewal => report(kind, bytes, verifier.examine_renewal(jws, None, now), |read, report| {
            of_renewal(read, report);
            report.bound = asked.whose(read.app_account_token);
        }),
        Kind::AppTransaction => report(
            kind,
            bytes,
            verifier.examine_app_transaction(jws, now, None),
            of_download,
        ),
        Kind::Notification => report(kind, bytes, verifier.examine_notification(jws, now), |read, report| {
            of_notification(read, asked, report);
        }),
    })
}

fn report<T>(kind: Kind, bytes: usize, examined: Examination<T>, tell: impl FnOnce(&T, &mut Report)) -> Report {
    let mut report = Report::of("app_store", kind.name(), bytes, examined, tell);
    report.payload = report.payload.map(opened);
    report
}

/// An authentic payload with what is nested in it opened: each part was proved on its own.
fn opened(mut payload: Value) -> Value {
    for part in ["data", "appData"] {
        let Some(fields) = payload.get_mut(part).and_then(Value::as_object_mut) else {
            continue;
        };
        for (name, value) in fields {
            let jws = value.as_str().filter(|_| name.starts_with("signed"));
            let nested = jws.and_then(|jws| URL_SAFE_NO_PAD.decode(jws.split('.').nth(1)?).ok());
            if let Some(nested) = nested.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
                *value = nested;
            }
        }
    }
    payload
}

fn of_transaction(read: &Transaction, renewal: Option<&RenewalInfo>, asked: &Asked, report: &mut Report) {
    report.bound = asked.whose(read.app_account_token);
    let product = read.product_id.as_ref();
    report.sold = product.and_then(|product| asked.sold(StoreKind::AppStore, product));
    report.access = Some(access(read, renewal, asked.time()));
    let ids = [
        ("Transaction", &read.transaction_id),
        ("Original", &read.original_transaction_id),
    ];
    let dates = [
        ("Signed", Some(read.signed_date)),
        ("Bought", read.purchase_date),
        ("Paid until", read.expires_date),
        ("Taken back", read.revocation_date),
    ];
    report.facts.push(("Ledger", format!("{:?}", read.environment)));
    report
        .facts
        .extend(read.product_id.as_ref().map(|id| ("Product", id.to_string())));
    report.facts.extend(
        ids.into_iter()
            .filter_map(|(name, id)| Some((name, id.as_ref()?.to_string()))),
    );
    report
        .facts
        .extend(dates.into_iter().filter_map(|(name, date)| Some((name, dated(date?)))));
}

fn of_renewal(read: &RenewalInfo, report: &mut Report) {
    let renews = match read.will_renew() {
        Some(true) => "yes",
        Some(false) => "no",
        None => "it does not say",
    };
    report.facts.push(("Renews", renews.to_owned()));
    if report.kind == Kind::Renewal.name() {
        report.facts.push(("Signed", dated(read.signed_date)));
        report.facts.extend(
            read.original_transaction_id
                .as_ref()
                .map(|id| ("Original", id.to_string())),
        );
    }
    report
        .facts
        .extend(read.renewal_date.map(|date| ("Next charge", dated(date))));
    report
        .facts
        .extend(read.grace_period_expires_date.map(|date| ("Grace until", dated(date))));
}

fn of_download(read: &AppTransaction, report: &mut Report) {
    report.facts.push(("Ledger", format!("{:?}", read.environment)));
    report.facts.push(("Signed", dated(read.receipt_creation_date)));
    report
        .facts
        .extend(read.app_transaction_id.as_ref().map(|id| ("Download", id.clone())));
    report
        .facts
        .extend(read.original_purchase_date.map(|date| ("First had", dated(date))));
}

fn of_notification(read: &Notification, asked: &Asked, report: &mut Report) {
    let kind = [read.notification_type.as_deref(), read.subtype.as_deref()];
    let kind: Vec<&str> = kind.into_iter().flatten().collect();
    report.facts.push(("News", kind.join(", ")));
    match &read.transaction {
        Some(transaction) => of_transaction(transaction, read.renewal.as_deref(), asked, report),
        None => report.facts.push(("Signed", dated(read.signed_date))),
    }
    if let Some(renewal) = &read.renewal {
        of_renewal(renewal, report);
    }
}
