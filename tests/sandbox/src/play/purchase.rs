//! A purchase as Play keeps it, and the JSON it signs of it.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PACKAGE;
use crate::contract;
use crate::keys::play_signature;
use crate::moment::DAY_MS;

/// What was not acknowledged by then is given back.
const ACKNOWLEDGE_WITHIN_MS: i64 = 3 * DAY_MS;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Purchase {
    pub(super) token: String,
    pub(super) account: String,
    pub(super) product: String,
    /// obfuscatedAccountId, as the app gave it.
    pub(super) tag: Option<String>,
    /// obfuscatedProfileId.
    pub(super) profile: Option<String>,
    /// The first order; none while the payment is awaited.
    pub(super) order: Option<String>,
    pub(super) bought_ms: i64,
    /// When it was paid, and where the months are counted from.
    pub(super) started_ms: i64,
    pub(super) periods: i64,
    pub(super) expires_ms: i64,
    pub(super) state: State,
    pub(super) auto_renew: bool,
    pub(super) acknowledged: bool,
    pub(super) country: String,
    pub(super) price_micros: i64,
    pub(super) currency: String,
    /// The purchase it took the place of.
    pub(super) linked: Option<String>,
    /// A raw state nobody has heard of, on control's word.
    pub(super) signed_as: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum State {
    /// The payment is awaited.
    Pending,
    /// The payment was declined or called off.
    PendingCanceled,
    Running,
    Expired,
    /// The money was given back.
    Revoked,
    /// Another purchase took its place.
    Replaced,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Signed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    order_id: Option<&'a str>,
    package_name: &'static str,
    product_id: &'a str,
    purchase_time: i64,
    purchase_state: i64,
    purchase_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    obfuscated_account_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    obfuscated_profile_id: Option<&'a str>,
    quantity: u32,
    auto_renewing: bool,
    acknowledged: bool,
}

/// A purchase as the billing library hands it out.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PlayPurchase")]
pub(crate) struct Seen {
    #[schemars(with = "contract::PurchaseToken")]
    token: String,
    /// Play's own JSON: `orderId` once paid, `packageName`, `productId`, `purchaseTime`, `purchaseState` (0 paid, 4 pending),
    /// `purchaseToken`, `obfuscatedAccountId`, `obfuscatedProfileId`, `quantity`, `autoRenewing`, `acknowledged`.
    #[schemars(with = "contract::SignedPayload")]
    original_json: String,
    /// RSASSA-PKCS1-v1_5 with SHA-1 over exactly these bytes, by the license key of the trust file.
    #[schemars(with = "contract::Base64")]
    signature: String,
    acknowledged: bool,
}

impl Purchase {
    pub(super) fn is_running(&self) -> bool {
        self.state == State::Running
    }

    /// What the phone's query lists: paid for or being paid for.
    pub(super) fn is_listed(&self) -> bool {
        matches!(self.state, State::Running | State::Pending)
    }

    /// When it is given back unless somebody acknowledges it.
    pub(super) fn refund_due(&self) -> Option<i64> {
        (self.is_running() && !self.acknowledged).then_some(self.started_ms + ACKNOWLEDGE_WITHIN_MS)
    }

    pub(super) fn next_due(&self) -> Option<i64> {
        let end = self.is_running().then_some(self.expires_ms);
        end.into_iter().chain(self.refund_due()).min()
    }

    /// The newest order: renewals count up behind the first.
    pub(super) fn latest_order(&self) -> Option<String> {
        let first = self.order.as_ref()?;
        Some(match self.periods {
            ..=1 => first.clone(),
            renewed => format!("{first}..{}", renewed - 2),
        })
    }

    /// The JSON, and the signature over exactly these bytes.
    pub(super) fn as_seen_by_the_phone(&self) -> Seen {
        let signed = Signed {
            order_id: self.order.as_deref(),
            package_name: PACKAGE,
            product_id: &self.product,
            purchase_time: self.bought_ms,
            purchase_state: self.signed_as.unwrap_or(match self.state {
                State::Pending | State::PendingCanceled => 4,
                _ => 0,
            }),
            purchase_token: &self.token,
            obfuscated_account_id: self.tag.as_deref(),
            obfuscated_profile_id: self.profile.as_deref(),
            quantity: 1,
            auto_renewing: self.auto_renew,
            acknowledged: self.acknowledged,
        };
        // Strings and numbers always become JSON.
        let original_json = serde_json::to_string(&signed).unwrap_or_default();
        let signature = play_signature(&original_json);
        Seen {
            token: self.token.clone(),
            original_json,
            signature,
            acknowledged: self.acknowledged,
        }
    }
}
