//! What the calls of contract v1 carry, field for field; the two documents are [`crate::account`] and [`crate::catalogue`].
//!
//! Unknown fields are passed over and unknown answers kept raw, so that a newer cloud never breaks an older app.

use crate::account::{Offer, Subscription, Trial};
use crate::id::{
    AccountId, AccountTag, CameraId, InstallationId, IntentId, PlanId, ReservationId, StoreKind, SubscriptionId,
    TransactionId,
};
use crate::open_enum::open_enum;
use crate::time::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// Asks the cloud to hold the account's in-app slot while a sheet is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReservationRequest {
    /// The wish to buy; with the installation it makes the call idempotent.
    pub intent: IntentId,
    /// The installation that asks.
    pub installation: InstallationId,
    /// The plan to be bought.
    pub plan: PlanId,
    /// The store it is bought at.
    pub store: StoreKind,
    /// Who the store account is to this app (appTransactionId), where the store says so (X5).
    pub store_identity: Option<String>,
    /// What the user has said yes to.
    pub confirmed: Vec<String>,
    /// The subscription whose plan is to change: it may hold the slot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<SubscriptionId>,
    /// What the sheet is to sell it under: `trial`, or `none` for the full price (X12).
    #[serde(default)]
    pub offer: Offer,
}

/// The slot is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReservationAnswer {
    /// The hold.
    pub reservation: Reservation,
    /// The tag the purchase must carry.
    pub account_tag: AccountTag,
    /// The full price is to be sold: Apple's JWS that keeps the App Store from giving its introductory offer (X12).
    #[serde(default)]
    pub offer_denied: Option<String>,
}

/// A hold on the in-app slot; it lives 10 minutes and may be renewed by asking again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reservation {
    /// Its id.
    pub id: ReservationId,
    /// The intent it is for.
    pub intent: IntentId,
    /// Until when it holds.
    pub expires_at: Timestamp,
}

/// A store's signed transaction, posted for a grant.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchasePost {
    /// The store that signed it.
    pub store: StoreKind,
    /// What it signed, as received: a JWS, or Play's `originalJson`.
    pub signed_payload: String,
    /// Play's signature over it; the App Store's is in the JWS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// The account to bind an untagged transaction to, where the user said so (X11).
    pub bind_to: Option<AccountId>,
}

impl fmt::Debug for PurchasePost {
    // A receipt must not reach a log by way of a debug print.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PurchasePost")
            .field("store", &self.store)
            .finish_non_exhaustive()
    }
}

/// What the cloud made of a posted transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseAnswer {
    /// The verdict.
    pub answer: AnswerKind,
    /// The transaction the cloud asked the store about.
    #[serde(default)]
    pub transaction: Option<TransactionId>,
    /// The tag of the account it belongs to.
    #[serde(default)]
    pub account_tag: Option<AccountTag>,
    /// The subscription it became.
    #[serde(default)]
    pub subscription: Option<SubscriptionId>,
    /// With `bound_to_other`: that account has it, so nothing is left to grant.
    #[serde(default, deserialize_with = "null_is_false")]
    pub owner_has_it: bool,
    /// The offer that the period was bought under, where the store says so of it.
    #[serde(default)]
    pub offer: Option<Offer>,
}

fn null_is_false<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::<bool>::deserialize(deserializer)?.unwrap_or(false))
}

open_enum! {
    /// The cloud's verdict on a posted transaction.
    AnswerKind {
        /// Paid; granted now.
        Granted = "granted",
        /// Paid; granted before.
        AlreadyGranted = "already_granted",
        /// Used up.
        Expired = "expired",
        /// Replaced by another.
        Superseded = "superseded",
        /// Given back.
        Revoked = "revoked",
        /// Somebody else of the family pays; declined.
        FamilyShared = "family_shared",
        /// Of the store's test ledger; declined.
        TestPurchase = "test_purchase",
        /// Untagged, and bound to another account before.
        BoundToOther = "bound_to_other",
        /// Its payment was declined or called off before anything was charged.
        PendingCanceled = "pending_canceled",
        /// The store knows no such transaction.
        NotGenuine = "not_genuine",
        /// Not paid yet.
        Pending = "pending",
        /// Untagged: the user must say whose it is (X11).
        NeedsConfirmation = "needs_confirmation",
        /// The cloud does not know the product yet.
        UnknownProduct = "unknown_product",
    }
}

impl AnswerKind {
    /// Whether the purchase was granted, now or before.
    pub fn is_granted(&self) -> bool {
        matches!(self, Self::Granted | Self::AlreadyGranted)
    }

    /// Whether posting the same bytes again would give the same answer. What a newer cloud says is never final here.
    pub fn is_final(&self) -> bool {
        !matches!(
            self,
            Self::Pending | Self::NeedsConfirmation | Self::UnknownProduct | Self::Unknown(_)
        )
    }
}

/// The body of a camera selection: the whole set, and the revision it was made from.
#[derive(Debug, Serialize)]
pub(super) struct SelectionRequest<'a> {
    pub(super) cameras: &'a [CameraId],
    pub(super) based_on: u64,
}

/// The answer to a camera selection.
#[derive(Debug, Deserialize)]
pub(super) struct SelectionAnswer {
    pub(super) subscription: Subscription,
}

/// The answer to a double payment given back.
#[derive(Debug, Deserialize)]
pub(super) struct RefundAnswer {
    pub(super) subscription: Subscription,
}

/// The body that starts a trial.
#[derive(Debug, Serialize)]
pub(super) struct TrialRequest<'a> {
    pub(super) camera: &'a CameraId,
}

/// The answer to a started trial.
#[derive(Debug, Deserialize)]
pub(super) struct TrialAnswer {
    pub(super) camera: CameraId,
    pub(super) trial: Trial,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_a_newer_cloud_is_kept_raw_and_is_not_final() {
        let answer: PurchaseAnswer =
            serde_json::from_str(r#"{"answer":"gifted","owner_has_it":null,"more":{"x":1}}"#).unwrap();
        assert_eq!(answer.answer, AnswerKind::Unknown("gifted".into()));
        assert!(!answer.answer.is_final());
        assert!(!answer.owner_has_it);
        assert!(AnswerKind::Revoked.is_final());
    }

    #[test]
    fn a_receipt_does_not_show_in_a_debug_print() {
        let post = PurchasePost {
            store: StoreKind::AppStore,
            signed_payload: "eyJsecret".into(),
            signature: None,
            bind_to: None,
        };
        assert!(!format!("{post:?}").contains("eyJsecret"));
    }

    #[test]
    fn a_purchase_is_posted_as_the_contract_writes_it() {
        let post = PurchasePost {
            store: StoreKind::AppStore,
            signed_payload: "a.b.c".into(),
            signature: None,
            bind_to: None,
        };
        assert_eq!(
            serde_json::to_string(&post).unwrap(),
            r#"{"store":"app_store","signed_payload":"a.b.c","bind_to":null}"#
        );
        let play = PurchasePost {
            store: StoreKind::Play,
            signed_payload: "{}".into(),
            signature: Some("c2ln".into()),
            ..post
        };
        assert_eq!(
            serde_json::to_string(&play).unwrap(),
            r#"{"store":"play","signed_payload":"{}","signature":"c2ln","bind_to":null}"#
        );
    }
}
