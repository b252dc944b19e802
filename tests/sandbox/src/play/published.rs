//! The shapes of the Google Play Developer API, with Google's names; int64 is text there.
use schemars::JsonSchema;
use serde::Serialize;

use crate::contract;

/// What a service account asks a token by.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a form, read field by field")]
pub(super) struct TokenRequest {
    #[schemars(with = "contract::GrantType")]
    grant_type: String,
    /// A JWT of the service account, RS256: `iss`, the scope of androidpublisher, `aud` ending in `/play/token`, an hour at most.
    #[schemars(with = "contract::Jws")]
    assertion: String,
}

/// An access token.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PlayAccessToken")]
pub(super) struct Token {
    #[schemars(with = "contract::PlayBearer")]
    pub(super) access_token: String,
    #[schemars(with = "contract::Seconds")]
    pub(super) expires_in: i64,
    #[schemars(with = "contract::Bearer")]
    pub(super) token_type: &'static str,
}

/// OAuth's error.
#[derive(Serialize, JsonSchema)]
pub(super) struct OAuthError {
    #[schemars(with = "contract::OAuthErrorCode")]
    pub(super) error: &'static str,
}

/// How a subscription purchase stands.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SubscriptionPurchaseV2 {
    #[schemars(with = "contract::PurchaseKind")]
    pub(super) kind: &'static str,
    #[schemars(with = "contract::Country")]
    pub(super) region_code: String,
    #[schemars(with = "contract::Moment")]
    pub(super) start_time: String,
    #[schemars(with = "contract::PlayState")]
    pub(super) subscription_state: &'static str,
    #[schemars(with = "contract::PlayAcknowledgement")]
    pub(super) acknowledgement_state: &'static str,
    /// The running one first; what it waits to become comes behind.
    pub(super) line_items: Vec<LineItem>,
    #[schemars(with = "contract::OrderId")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) latest_order_id: Option<String>,
    /// The purchase it took the place of.
    #[schemars(with = "contract::PurchaseToken")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) linked_purchase_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) external_account_identifiers: Option<ExternalAccountIdentifiers>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) canceled_state_context: Option<CanceledStateContext>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) paused_state_context: Option<PausedStateContext>,
    /// Bought by a license tester, who pays nothing.
    #[schemars(with = "contract::Nothing")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) test_purchase: Option<Empty>,
}

/// What is subscribed to, and until when.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LineItem {
    #[schemars(with = "contract::PlayProduct")]
    pub(super) product_id: String,
    /// The end of the newest period; in grace, of that. Absent where it has not begun.
    #[schemars(with = "contract::Moment")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expiry_time: Option<String>,
    /// What takes its place when it expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) deferred_item_replacement: Option<DeferredItemReplacement>,
    pub(super) offer_details: OfferDetails,
    pub(super) offer_phase: OfferPhase,
    pub(super) auto_renewing_plan: AutoRenewingPlan,
}

/// What a line item becomes when it expires.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeferredItemReplacement {
    #[schemars(with = "contract::PlayProduct")]
    pub(super) product_id: String,
}

/// Which base plan, and which offer of it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OfferDetails {
    #[schemars(with = "contract::BillingPlan")]
    pub(super) base_plan_id: String,
    #[schemars(with = "contract::PlayOfferId")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) offer_id: Option<String>,
}

/// What the newest period was charged by.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) enum OfferPhase {
    BasePrice(#[schemars(with = "contract::Nothing")] Empty),
    FreeTrial(#[schemars(with = "contract::Nothing")] Empty),
    IntroductoryPrice(#[schemars(with = "contract::Nothing")] Empty),
}

/// Whether and at what price it renews.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AutoRenewingPlan {
    pub(super) auto_renew_enabled: bool,
    pub(super) recurring_price: Money,
    /// A price from the next renewal on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) price_change_details: Option<PriceChangeDetails>,
}

/// Google's SubscriptionItemPriceChangeDetails.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PriceChangeDetails {
    pub(super) new_price: Money,
    #[schemars(with = "contract::PriceChangeMode")]
    pub(super) price_change_mode: &'static str,
    #[schemars(with = "contract::PriceChangeState")]
    pub(super) price_change_state: &'static str,
    #[schemars(with = "contract::Moment")]
    pub(super) expected_new_price_charge_time: String,
}

/// Google's Money.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Money {
    #[schemars(with = "contract::Currency")]
    pub(super) currency_code: String,
    /// Whole units, an int64.
    #[schemars(with = "contract::Int64")]
    pub(super) units: String,
    /// Billionths of a unit.
    #[schemars(with = "contract::Nanos")]
    pub(super) nanos: i64,
}

/// What the app gave the sheet.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExternalAccountIdentifiers {
    #[schemars(with = "contract::Obfuscated")]
    pub(super) obfuscated_external_account_id: String,
    #[schemars(with = "contract::Obfuscated")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) obfuscated_external_profile_id: Option<String>,
}

/// Why it was cancelled, in Google's words.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::enum_variant_names)]
pub(super) enum CanceledStateContext {
    /// Another purchase took its place.
    ReplacementCancellation(#[schemars(with = "contract::Nothing")] Empty),
    /// It was not paid.
    SystemInitiatedCancellation(#[schemars(with = "contract::Nothing")] Empty),
    /// The person switched renewal off.
    UserInitiatedCancellation(#[schemars(with = "contract::Nothing")] Empty),
}

/// A pause.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PausedStateContext {
    /// When it ends.
    #[schemars(with = "contract::Moment")]
    pub(super) auto_resume_time: String,
}

#[derive(Serialize)]
pub(super) struct Empty {}

/// What was given back.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct VoidedPurchases {
    pub(super) voided_purchases: Vec<VoidedPurchase>,
}

/// A purchase whose money was given back.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct VoidedPurchase {
    #[schemars(with = "contract::PurchaseToken")]
    pub(super) purchase_token: String,
    #[schemars(with = "Option<contract::OrderId>")]
    pub(super) order_id: Option<String>,
    #[schemars(with = "contract::VoidedReason")]
    pub(super) voided_reason: u8,
}

/// Why and how a purchase is taken back.
#[derive(serde::Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "RevokeSubscriptionPurchaseRequest")]
pub(super) struct Revoke {
    pub(super) revocation_context: RevocationContext,
}

/// How much goes back.
#[derive(serde::Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RevocationContext {
    /// All of the newest period.
    #[schemars(with = "contract::Nothing")]
    pub(super) full_refund: serde_json::Map<String, serde_json::Value>,
}

/// Google's error.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PlayError")]
pub(super) struct Error {
    pub(super) error: ErrorBody,
}

/// What went wrong.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PlayErrorBody")]
pub(super) struct ErrorBody {
    #[schemars(with = "contract::HttpStatus")]
    pub(super) code: u16,
    #[schemars(with = "contract::Title")]
    pub(super) message: &'static str,
    #[schemars(with = "contract::PlayErrorStatus")]
    pub(super) status: &'static str,
}
