//! What a shell provides: the store, a vault, the session, a clock and a log.
//!
//! The core awaits every asynchronous port under a deadline, the payment sheet excepted, and never lets a port's answer
//! be the only record of money: what a port forgets, the journal and the store's unfinished transactions remember.

mod queued_log;

pub use queued_log::QueuedLog;

use crate::id::{AccountId, AccountTag, IntentId, ProductId, TransactionId};
use crate::money::Price;
use crate::time::ClockReading;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The store on this phone: StoreKit 2 or Play Billing behind a few calls. The shell shows the sheet and decides nothing.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// The storefront the user buys in.
    ///
    /// # Errors
    /// The store cannot be reached now.
    async fn storefront(&self) -> Result<Storefront, StoreError>;

    /// The store's own words and prices for these products; unknown ones are left out.
    ///
    /// # Errors
    /// The store cannot be reached now.
    async fn products(&self, ids: Vec<ProductId>) -> Result<Vec<StoreProduct>, StoreError>;

    /// Opens the payment sheet and returns when the user has left it. The one call without a deadline, and the one the
    /// core never repeats by itself.
    ///
    /// # Errors
    /// The sheet could not be shown, or the store says it failed. Money is not known to be safe until a sweep says so.
    async fn buy(&self, order: Order) -> Result<SheetResult, StoreError>;

    /// Every transaction not yet finished: the backstop for anything lost. On Play every purchase not acknowledged yet,
    /// pending ones too.
    ///
    /// # Errors
    /// The store cannot be reached now.
    async fn unfinished(&self) -> Result<Vec<StoreTransaction>, StoreError>;

    /// The newest transaction of each subscription of the store account, finished or not, in billing retry too. On Play
    /// every purchase the query lists, suspended ones too.
    ///
    /// # Errors
    /// The store cannot be reached now.
    async fn owned(&self) -> Result<Vec<StoreTransaction>, StoreError>;

    /// Finishes a transaction, on Play acknowledges the purchase; an unknown id, or one that is done or over, is no error.
    ///
    /// # Errors
    /// The store cannot be reached now; the core asks again.
    async fn finish(&self, id: TransactionId) -> Result<(), StoreError>;

    /// Opens the App Store's sheet for asking the money of that transaction back (X16), and returns when the user has left
    /// it. Apple decides later. Without a deadline, as [`Store::buy`]. Never called on Play, where the cloud gives back.
    ///
    /// # Errors
    /// The sheet could not be shown.
    async fn request_refund(&self, id: TransactionId) -> Result<RefundSheet, StoreError>;
}

/// Where the user buys, and as whom.
#[derive(Clone, PartialEq, Eq)]
pub struct Storefront {
    /// ISO 3166-1 alpha-3, as the store names it.
    pub country: String,
    /// The App Store's signed app transaction: who the store account is to this app (X5). Verified before use.
    pub app_transaction: Option<String>,
}

impl std::fmt::Debug for Storefront {
    /// Who the store account is to this app is not printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Storefront")
            .field("country", &self.country)
            .finish_non_exhaustive()
    }
}

/// A product in the store's own words (U4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreProduct {
    /// The product.
    pub id: ProductId,
    /// Its title, as the store writes it.
    pub title: String,
    /// The price string, verbatim as it must be shown.
    pub display_price: String,
    /// The price for logic.
    pub price: Price,
    /// The billing period, ISO 8601.
    pub period: String,
    /// The free trial that the store offers this store account with it now; `None` where it has none, where the account has
    /// had it, or where the store does not say (X12).
    pub trial: Option<TrialOffer>,
}

/// A free trial that a store sells with a product: it turns into a paid period unless cancelled before (X6, X12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialOffer {
    /// What the store calls it: Play's offer id. The App Store's introductory offer has no name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// For how long nothing is charged, ISO 8601.
    pub length: String,
}

/// What the sheet is to sell, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The product.
    pub product: ProductId,
    /// The account's stable tag: appAccountToken, obfuscatedAccountId.
    pub tag: AccountTag,
    /// The intent; on Play it travels as obfuscatedProfileId.
    pub intent: IntentId,
    /// The free trial that the sheet has to sell; `None` for the full price and nothing else (X12). Where the store does not
    /// have that offer any more the sheet is not shown: [`StoreError::Failed`].
    pub offer: Option<TrialOffer>,
    /// The cloud's signed word that the App Store is not to sell its introductory offer here, for StoreKit's purchase option
    /// `introductoryOfferEligibility`: without it Apple gives the offer to everybody it thinks eligible.
    pub offer_denied: Option<String>,
    /// The purchase it takes the place of, for a change of plan: without it on Play, two subscriptions are billed.
    pub replaces: Option<Replacement>,
}

/// The purchase that an order takes the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// Its product.
    pub product: ProductId,
    /// Its transaction; on Play its purchase token (`setOldPurchaseToken`).
    pub transaction: TransactionId,
    /// When, and what is charged.
    pub mode: ReplacementMode,
}

/// When one purchase takes the place of another, in Play's words. The App Store decides by the levels of the group, which
/// come to the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplacementMode {
    /// At once, for a larger plan. Play charges the difference for the rest of the period; the App Store charges the new
    /// price and gives back what is left of the old one.
    ChargeProratedPrice,
    /// When the paid period is over; nothing is charged before.
    Deferred,
}

/// A transaction as the store handed it over: signed bytes, believed only after verification.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreTransaction {
    /// The id to finish it by: the transaction's, on Play the purchase token.
    pub id: TransactionId,
    /// What the store signed.
    pub signed: SignedPayload,
}

impl std::fmt::Debug for StoreTransaction {
    /// A purchase token is as good as its receipt: of the id only what a log may hold.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StoreTransaction({}, {:?})", self.id.logged(), self.signed)
    }
}

/// The bytes a store signed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedPayload {
    /// The App Store's JWS, and the renewal info where the store gave it along.
    AppStore {
        /// JWSTransaction.
        transaction: String,
        /// JWSRenewalInfo.
        renewal: Option<String>,
    },
    /// Google Play's purchase.
    Play {
        /// `originalJson`, byte for byte.
        original_json: String,
        /// Its signature, base64.
        signature: String,
    },
}

impl std::fmt::Debug for SignedPayload {
    /// A receipt must not reach a log by way of a debug print.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::AppStore { .. } => f.write_str("AppStore(…)"),
            Self::Play { .. } => f.write_str("Play(…)"),
        }
    }
}

/// How the user left the payment sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetResult {
    /// Bought, or owned already: StoreKit answers both alike. On Play also a purchase that waits for its payment.
    Success(StoreTransaction),
    /// Waiting for approval (Ask to Buy) or for a slow payment.
    Pending,
    /// Closed without buying. Provisional until a sweep agrees.
    Cancelled,
}

/// How the user left the sheet that asks for money back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundSheet {
    /// It was asked for.
    Requested,
    /// Closed without asking.
    Cancelled,
}

/// Why the store could not do it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// Not reachable now; asking again may help.
    #[error("the store cannot be reached")]
    Unavailable,
    /// The store says no.
    #[error("the store failed: {code}")]
    Failed {
        /// The store's own code.
        code: String,
    },
}

/// A small place that survives reinstalling the databases: Keychain, Keystore. Called from the core's disk thread.
pub trait Vault: Send + Sync + 'static {
    /// The value under `key`, or `None` where there is none.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`] before the first unlock: wait, delete nothing.
    fn read(&self, key: &str) -> Result<Option<String>, VaultError>;

    /// Writes durably.
    ///
    /// # Errors
    /// As [`Vault::read`].
    fn write(&self, key: &str, value: &str) -> Result<(), VaultError>;
}

/// Why the vault gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VaultError {
    /// Locked now; it will open later.
    #[error("the vault is locked")]
    Unavailable,
    /// It cannot be read or written.
    #[error("the vault failed: {0}")]
    Failed(String),
}

/// Who speaks for a TP-Link ID. Tokens pass through and are never stored or logged.
#[async_trait]
pub trait Session: Send + Sync + 'static {
    /// A bearer token for `account`; a new one where `fresh`, because the last was refused.
    ///
    /// # Errors
    /// See [`SessionError`].
    async fn token(&self, account: AccountId, fresh: bool) -> Result<String, SessionError>;
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SessionError {
    /// The user has to sign in again.
    #[error("the user has to sign in")]
    SignInNeeded,
    /// Not reachable now.
    #[error("the session service cannot be reached")]
    Unavailable,
}

/// The phone's clocks, read in one go. Called often; must not block for long.
pub trait Clock: Send + Sync + 'static {
    /// All clocks in one instant.
    fn read(&self) -> ClockReading;
}

/// Where the core says what it does. No token, receipt, tag or e-mail ever enters a line.
pub trait Log: Send + Sync + 'static {
    /// Takes one line. Called from any thread; must not call back into the core. The core waits for it: a log that may be
    /// slow, or never return, is put behind a [`QueuedLog`], as the foreign boundary does with every one.
    fn line(&self, line: LogLine);
}

/// How much a log line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// Every exchange with the cloud.
    Debug,
    /// A step of the core.
    Info,
    /// What should not have been, and what the core lives with: a file set aside, lines dropped.
    Warn,
}

/// One step of the core, named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// How much it matters.
    pub level: LogLevel,
    /// A stable name such as `journal.appended`: crash tests count and name these.
    pub event: String,
    /// What a support engineer needs, redacted.
    pub detail: String,
}

/// All ports together.
#[derive(Clone)]
pub struct Ports {
    /// The store on this phone.
    pub store: std::sync::Arc<dyn Store>,
    /// The small durable place.
    pub vault: std::sync::Arc<dyn Vault>,
    /// Tokens.
    pub session: std::sync::Arc<dyn Session>,
    /// Clocks.
    pub clock: std::sync::Arc<dyn Clock>,
    /// Log lines.
    pub log: std::sync::Arc<dyn Log>,
}
