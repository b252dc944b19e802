//! What Apple really signed, verified under Apple's own root, where the folder of notifications is there.

use crate::demo::teller::Teller;
use crate::failure::Failure;
use crate::words;
use std::path::PathBuf;
use tapo_care::receipt::{AppStoreTrust, AppStoreVerifier, Verdict, apple_roots};

const NOTIFICATION: &str = "02-did-renew.jws";
/// The app it was signed for: a stranger's, in Apple's Sandbox.
const BUNDLE: &str = "com.loki-project.loki-messenger";

/// Shows one transaction that Apple signed; says that it was left out where there is none.
///
/// # Errors
/// The core does not believe it.
pub fn tell(teller: &mut Teller) -> Result<(), Failure> {
    let folder = std::env::var_os("CARE_APPLE_VECTORS").map_or_else(|| PathBuf::from("../shared/apple"), PathBuf::from);
    let Ok(jws) = std::fs::read_to_string(folder.join(NOTIFICATION)) else {
        return Ok(());
    };
    teller.begin("apple", "The same checks on a receipt that Apple really signed");
    let trust = AppStoreTrust {
        roots: apple_roots(),
        bundle_id: BUNDLE.to_owned(),
        app_id: None,
        environment: None,
    };
    let verifier = AppStoreVerifier::new(trust).map_err(|error| teller.broken(&error.to_string()))?;
    let examined = verifier.examine_notification(jws.trim(), None);
    let notification = examined.result.map_err(|refusal| teller.broken(&refusal.to_string()))?;
    let Some(transaction) = &notification.transaction else {
        return Err(teller.broken("the notification has no transaction in it"));
    };
    let held = examined
        .checks
        .iter()
        .filter(|checked| checked.verdict == Verdict::Ok)
        .count();
    let text = |value: Option<String>| value.unwrap_or_else(|| "?".to_owned());
    let (number, product) = (
        text(transaction.transaction_id.as_ref().map(ToString::to_string)),
        text(transaction.product_id.as_ref().map(ToString::to_string)),
    );
    teller.says(format!("{NOTIFICATION}: {held} checks hold, up to Apple Root CA - G3."));
    teller.says(format!(
        "Inside it, transaction {number}: {product}, for {}, in Apple's {:?}, signed on {}.",
        transaction.bundle_id,
        transaction.environment,
        words::date(transaction.signed_date)
    ));
    teller.fact("transaction", number);
    teller.fact("product", product);
    teller.fact("checks", held);
    teller.end();
    Ok(())
}
