//! Signed purchases: from the bytes a store handed over to what they prove.
//!
//! Four answers, never mixed. *Authentic*: the store signed exactly this for this app ([`AppStoreVerifier`],
//! [`PlayVerifier`]).
//! *Bound*: whose account it names ([`binding`]). *Access*: what it allows now ([`access`]).
//! *Sold*: whether its product is, or ever was, one of ours ([`mod@sold`]). A refund is authentic news;
//! a purchase of another account is authentic and not ours. A [`Refusal`] gives nothing locally and is **not final**:
//! money may have moved, so the bytes still go to the cloud.
//!
//! # The steps of an App Store JWS
//! Tests and comments cite them by number. 1–13, 16 and 17 authenticate and fail closed; 14 is access, 15 binding.
//!
//! 1. A bounded size; three segments; unpadded base64url without a stray bit.
//! 2. `alg` is ES256, said before any cryptography; no `crit`; `jwk`, `jku` and `x5u` are never looked at.
//! 3. `x5c` holds three certificates in strict base64 without trailing bytes. The root is the pinned one, never `x5c[2]`.
//! 4. The leaf: P-256, Apple's receipt-signing marker, no authority, no unknown critical extension, and where it names
//!    its key usage, digitalSignature.
//! 5. The intermediate: Apple's WWDR marker, an authority, and where it names its key usage, keyCertSign.
//! 6. Names chain; each certificate names one signature algorithm, ECDSA with SHA-256 or SHA-384; the signatures hold.
//! 7. All three are valid at the payload's own date (`signedDate`; `receiptCreationDate` of an AppTransaction), so a
//!    leaf that ran out since does not take an honest purchase with it.
//! 8. That date is not more than five minutes after trusted time; where time is unknown it is not asked.
//! 9. ES256 over the segments as they came, 64 bytes.
//! 10. JSON without a key twice, at any depth; dates may be floats; unknown words are kept, never a crash.
//! 11. Production or Sandbox (X15), and the one expected where the caller names one.
//! 12. `bundleId` exact; `appAppleId` in Production's AppTransactions and notifications.
//! 13. The device, where the caller names one and the payload was made for one.
//! 14. Access: precedence over the newest transaction, see [`access`].
//! 15. Binding to the account's one stable tag, see [`binding`]; what counts as news, see [`revision`].
//! 16. A renewal info names no app: its original transaction must be the transaction's. Alone it is not asked.
//! 17. What is nested in a notification is verified on its own; its UUID tells a repetition.
//!
//! # The steps of a Play purchase
//! P1. The JSON as it came, byte for byte; a bounded size.
//! P2. The app's license key: RSA in base64, 2048 bits or more. Asked once, when the verifier is made.
//! P3. The signature: base64, MIME's line breaks aside; as long as the modulus; RSASSA-PKCS1-v1_5 with SHA-1.
//! P4. JSON without a key twice; the package is ours; `purchaseState` 0 is paid and 4 pending, all else grants nothing.
//! P5. Binding to the account's tag (`obfuscatedAccountId`); the purchase token is the key, for there is no order yet
//!     while it is pending.
//! P6. A missing `acknowledged` is unknown. There is no expiry, so a signature proves issue and never access.
//! P7. Acknowledged within three days, by the cloud, with the phone as its backstop: else Play gives the money back.
//! P8. What counts as news: see [`play_revision`].

use std::ops::Deref;

pub mod access;
mod app_store;
mod app_transaction;
mod authentic;
pub mod binding;
mod cache;
mod chain;
mod check;
mod der;
mod examination;
mod fields;
mod json;
mod jws;
mod notification;
mod play;
mod renewal;
pub mod revision;
mod root;
pub mod sold;
mod transaction;
mod trust;
mod words;

pub use access::{Access, AccessReason, access};
pub use app_store::AppStoreVerifier;
pub use app_transaction::{AppTransaction, DeviceId};
pub use binding::{Bound, NOBODY, bound};
pub use check::{Check, Checked, Refusal, Verdict};
pub use examination::Examination;
pub use jws::Kind;
pub use notification::Notification;
pub use play::{PendingUpdate, PlayPurchase, PlayVerifier, PurchaseState, play_access, play_revision};
pub use renewal::RenewalInfo;
pub use revision::{newest, renewal_revision, revision};
pub use root::{APPLE_ROOT_CA_G3_SHA256, apple_roots};
pub use sold::{Products, Sold, sold};
pub use transaction::Transaction;
pub use trust::{AppStoreTrust, Expectations, PlayTrust, TrustError};
pub use words::{
    AutoRenewStatus, ExpirationIntent, OfferDiscount, OfferType, Ownership, PriceIncreaseStatus, ProductType,
    RevocationReason, RevocationType, SubscriptionStatus, TransactionReason,
};

/// Something a store signed for this app. Only this module makes one, so holding it is the proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    pub(in crate::receipt) fn new(value: T) -> Self {
        Self(value)
    }

    /// A proof without a signature, for the tests of what comes after verification.
    #[cfg(test)]
    #[allow(dead_code, reason = "for other modules' tests")]
    pub(crate) fn for_test(value: T) -> Self {
        Self(value)
    }

    /// The value, no longer marked as proved.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
