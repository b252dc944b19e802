//! What a phone posts to have a purchase granted, read as the cloud would read it: whose it is, and what came of it.

use crate::world::text;
use serde_json::Value;
use tapo_care::seams::HttpResponse;

/// A purchase as it was posted.
pub struct Posted {
    /// The transaction id or purchase token.
    pub transaction: String,
    /// The account tag it carries.
    pub tag: Option<String>,
}

/// Reads the body of a post.
pub fn posted(body: &[u8]) -> Option<Posted> {
    use base64::Engine as _;
    let body: Value = serde_json::from_slice(body).ok()?;
    let payload = body["signed_payload"].as_str()?;
    let (claims, transaction, tag): (Value, _, _) = if body["store"] == "play" {
        (
            serde_json::from_str(payload).ok()?,
            "purchaseToken",
            "obfuscatedAccountId",
        )
    } else {
        let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD
            .decode(payload.split('.').nth(1)?)
            .ok()?;
        (
            serde_json::from_slice(&claims).ok()?,
            "transactionId",
            "appAccountToken",
        )
    };
    Some(Posted {
        transaction: claims[transaction].as_str()?.to_owned(),
        tag: claims[tag].as_str().map(str::to_owned),
    })
}

/// Whether the cloud has nothing more to say about it.
pub fn is_final(answer: &HttpResponse) -> bool {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let word = text(&body, "answer");
    answer.status == 200 && !matches!(word.as_str(), "" | "pending" | "needs_confirmation" | "unknown_product")
}
