//! What passes between the core and the ports: the store's words, the clocks, a log line, a cloud key.

use tapo_care::CloudKey;
use tapo_care::freshness::Occasion;
use tapo_care::id::{AccountTag, Environment, IntentId, ProductId, StoreKind, TransactionId};
use tapo_care::money::Price;
use tapo_care::ports::{
    LogLevel, LogLine, Order, RefundSheet, Replacement, ReplacementMode, SheetResult, SignedPayload, StoreProduct,
    StoreTransaction, Storefront, TrialOffer,
};
use tapo_care::time::{ClockReading, Timestamp};

/// Which store took the money.
#[uniffi::remote(Enum)]
pub enum StoreKind {
    /// Apple's App Store.
    AppStore,
    /// Google Play.
    Play,
}

/// A store's ledger. It is part of every key: what Sandbox says never touches Production (X15).
#[uniffi::remote(Enum)]
pub enum Environment {
    /// Real money.
    Production,
    /// The store's test ledger: App Review, TestFlight, testers.
    Sandbox,
}

/// Where the user buys, and as whom.
#[uniffi::remote(Record)]
pub struct Storefront {
    /// ISO 3166-1 alpha-3, as the store names it.
    pub country: String,
    /// The App Store's signed app transaction: who the store account is to this app (X5). Verified before use.
    pub app_transaction: Option<String>,
}

/// A product in the store's own words (U4).
#[uniffi::remote(Record)]
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
    #[uniffi(default = None)]
    pub trial: Option<TrialOffer>,
}

/// A free trial that a store sells with a product: it turns into a paid period unless cancelled before (X6, X12).
#[uniffi::remote(Record)]
pub struct TrialOffer {
    /// What the store calls it: Play's offer id. The App Store's introductory offer has no name.
    pub id: Option<String>,
    /// For how long nothing is charged, ISO 8601.
    pub length: String,
}

/// What the sheet is to sell, and for whom.
#[uniffi::remote(Record)]
pub struct Order {
    /// The product.
    pub product: ProductId,
    /// The account's stable tag: appAccountToken, obfuscatedAccountId.
    pub tag: AccountTag,
    /// The intent; on Play it travels as obfuscatedProfileId.
    pub intent: IntentId,
    /// The free trial that the sheet has to sell; `None` for the full price and nothing else (X12). Where the store does not
    /// have that offer any more the sheet is not shown: [`StoreError::Failed`].
    #[uniffi(default = None)]
    pub offer: Option<TrialOffer>,
    /// The cloud's signed word that the App Store is not to sell its introductory offer here, for StoreKit's purchase option
    /// `introductoryOfferEligibility`: without it Apple gives the offer to everybody it thinks eligible.
    #[uniffi(default = None)]
    pub offer_denied: Option<String>,
    /// The purchase it takes the place of, for a change of plan: without it on Play, two subscriptions are billed.
    #[uniffi(default = None)]
    pub replaces: Option<Replacement>,
}

/// The purchase that an order takes the place of.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Enum)]
pub enum ReplacementMode {
    /// At once, for a larger plan. Play charges the difference for the rest of the period; the App Store charges the new
    /// price and gives back what is left of the old one.
    ChargeProratedPrice,
    /// When the paid period is over; nothing is charged before.
    Deferred,
}

/// How the user left the sheet that asks for money back.
#[uniffi::remote(Enum)]
pub enum RefundSheet {
    /// It was asked for.
    Requested,
    /// Closed without asking.
    Cancelled,
}

/// A transaction as the store handed it over: signed bytes, believed only after verification.
#[uniffi::remote(Record)]
pub struct StoreTransaction {
    /// The id to finish it by: the transaction's, on Play the purchase token.
    pub id: TransactionId,
    /// What the store signed.
    pub signed: SignedPayload,
}

/// The bytes a store signed.
#[uniffi::remote(Enum)]
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

/// How the user left the payment sheet.
#[uniffi::remote(Enum)]
pub enum SheetResult {
    /// Bought, or owned already: StoreKit answers both alike. On Play also a purchase that waits for its payment.
    Success(StoreTransaction),
    /// Waiting for approval (Ask to Buy) or for a slow payment.
    Pending,
    /// Closed without buying. Provisional until a sweep agrees.
    Cancelled,
}

/// How much a log line matters.
#[uniffi::remote(Enum)]
pub enum LogLevel {
    /// Every exchange with the cloud.
    Debug,
    /// A step of the core.
    Info,
    /// What should not have been, and what the core lives with: a file set aside, lines dropped.
    Warn,
}

/// Why a shell wants things to be fresh.
#[uniffi::remote(Enum)]
pub enum Occasion {
    /// The app was opened or came to the front.
    Foreground,
    /// The system woke the app for a background task.
    Background,
}

/// One step of the core, named.
#[uniffi::remote(Record)]
pub struct LogLine {
    /// How much it matters.
    pub level: LogLevel,
    /// A stable name such as `journal.appended`: crash tests count and name these.
    pub event: String,
    /// What a support engineer needs, redacted.
    pub detail: String,
}

/// What the shell's clock reads in one instant.
#[uniffi::remote(Record)]
pub struct ClockReading {
    /// The wall clock: milliseconds since the epoch, as the user set it.
    pub wall: Timestamp,
    /// The user's offset from UTC, in seconds east.
    pub utc_offset_s: i32,
    /// Milliseconds since the device started, including sleep.
    pub elapsed_ms: i64,
    /// Changes with every start of the device.
    pub boot_id: String,
}

/// A pinned key of the cloud: Ed25519, public half. Two are pinned, so that one can be replaced.
#[uniffi::remote(Record)]
pub struct CloudKey {
    /// What `care-key` calls it.
    pub id: String,
    /// The 32 bytes.
    pub public: Vec<u8>,
}
