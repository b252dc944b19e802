//! A Google Play purchase.

use super::input::Asked;
use super::{Report, dated};
use crate::failure::Failure;
use tapo_care::id::StoreKind;
use tapo_care::receipt::{PlayPurchase, PlayVerifier, play_access};

/// Examines it under the app's license key.
///
/// # Errors
/// No license key, or one that is none.
pub fn examine(json: &str, signature: &str, asked: &Asked) -> Result<Report, Failure> {
    let Some(key) = &asked.play_key else {
        let why = "A Google Play purchase is verified under the app's license key: name it with --play-key FILE, as Play's console shows it.";
        return Err(Failure::Usage(why.to_owned()));
    };
    let verifier = PlayVerifier::examiner(key, asked.package.clone())
        .map_err(|error| Failure::Usage(format!("--play-key cannot be believed: {error}.")))?;
    let examined = verifier.examine_purchase(json, signature);
    Ok(Report::of("play", "purchase", json.len(), examined, |read, report| {
        of_purchase(read, asked, report);
    }))
}

fn of_purchase(read: &PlayPurchase, asked: &Asked, report: &mut Report) {
    report.bound = asked.whose(read.tag);
    let product = read.products.first();
    report.sold = product.and_then(|product| asked.sold(StoreKind::Play, product));
    report.access = Some(play_access(read));
    let products: Vec<_> = read.products.iter().map(ToString::to_string).collect();
    report.facts.push(("Product", products.join(", ")));
    report.facts.extend(read.order.clone().map(|order| ("Order", order)));
    // Play signs one date alone, and no end.
    report
        .facts
        .extend(read.purchased_at.map(|date| ("Bought", dated(date))));
    let acknowledged = match read.acknowledged {
        Some(true) => "yes",
        Some(false) => "not yet; within three days, or Play gives the money back",
        None => "it does not say",
    };
    report.facts.push(("Acknowledged", acknowledged.to_owned()));
}
