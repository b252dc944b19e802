//! A purchase from its wish to its end, and what this phone verified on the way.

use tapo_care::id::{CameraId, Environment, IntentId, PlanId, ProductId, SubscriptionId, TransactionId};
use tapo_care::message::Message;
use tapo_care::money::Money;
use tapo_care::time::Timestamp;
use tapo_care::{
    ChangePlanRequest, Outcome, OutcomeKind, ReceiptRow, Restored, ReturnRequest, Returned, SubscribeRequest,
};

/// What the user wants to buy.
#[uniffi::remote(Record)]
pub struct SubscribeRequest {
    /// The plan, chosen by its number of cameras (R6).
    pub plan: PlanId,
    /// Cameras to select once it is theirs; may be empty, then the picker opens (R16).
    #[uniffi(default = [])]
    pub cameras: Vec<CameraId>,
    /// Whether the plan was chosen with the free trial its card showed (X12): the sheet sells that or nothing. Otherwise it is
    /// sold at its full price.
    #[uniffi(default = false)]
    pub trial: bool,
    /// The token of a confirmation the user gave.
    #[uniffi(default = None)]
    pub confirmation: Option<String>,
}

/// Which plan is to become which.
#[uniffi::remote(Record)]
pub struct ChangePlanRequest {
    /// The subscription whose plan changes.
    pub subscription: SubscriptionId,
    /// The plan it becomes.
    pub plan: PlanId,
    /// The token of a confirmation the user gave.
    #[uniffi(default = None)]
    pub confirmation: Option<String>,
}

/// Which of two plans that were both paid is to be given back.
#[uniffi::remote(Record)]
pub struct ReturnRequest {
    /// Which; the newer where nothing is said.
    #[uniffi(default = None)]
    pub subscription: Option<SubscriptionId>,
    /// The token of a confirmation the user gave.
    #[uniffi(default = None)]
    pub confirmation: Option<String>,
}

/// What became of it.
#[uniffi::remote(Enum)]
pub enum Returned {
    /// The money is on its way back, and that plan has ended.
    GivenBack,
    /// Apple was asked and decides later; until then both plans stand.
    Requested,
    /// The user closed Apple's sheet. Both plans stand.
    Cancelled,
}

/// The end of a purchase, or the word that it is pending.
#[uniffi::remote(Record)]
pub struct Outcome {
    /// Handed back to `handled`.
    pub id: String,
    /// Which wish.
    pub intent: IntentId,
    /// Its plan.
    pub plan: PlanId,
    /// How it ended.
    pub kind: OutcomeKind,
    /// The cloud's final answer, where it gave one.
    pub answer: Option<String>,
    /// The subscription, where granted.
    pub subscription: Option<SubscriptionId>,
    /// What happened to the money.
    pub money: Money,
    /// The store's own code, where it failed.
    pub store_code: Option<String>,
    /// What to say where the sheet sold another offer than was chosen: the full price for a free trial, or a trial for the full
    /// price (X12). The store decided it, and the purchase stands.
    pub sold_otherwise: Option<Message>,
}

/// How a purchase ended.
#[uniffi::remote(Enum)]
pub enum OutcomeKind {
    /// The plan is theirs.
    Granted,
    /// A change of plan was accepted: it takes effect when the paid period is over, and nothing was charged.
    Scheduled,
    /// A change of plan that waited is taken back: the plan renews as it is, and nothing was charged.
    Kept,
    /// Waiting for an approval or a payment; another outcome follows.
    Pending,
    /// The user closed the sheet, and a sweep agrees.
    Cancelled,
    /// The store failed and took nothing.
    Failed,
    /// The cloud's final answer is no.
    NotGranted,
    /// No approval came within 24 hours, or the user dismissed the wish. One that comes late is granted, and told.
    NotApproved,
}

/// What a restore found.
#[uniffi::remote(Record)]
pub struct Restored {
    /// Transactions the store account shows for this account.
    pub found: u32,
    /// Of them granted.
    pub granted: u32,
    /// Of them without a final answer.
    pub waiting: u32,
}

/// A transaction as this phone verified it. Holds no signed bytes.
#[uniffi::remote(Record)]
pub struct ReceiptRow {
    /// The transaction.
    pub transaction: TransactionId,
    /// The product, where verified.
    pub product: Option<ProductId>,
    /// What the catalogue says of a verified product: `on_sale`, `withdrawn`, `never_ours`, or `not_loaded` before there is one.
    /// A product that was never ours is posted all the same.
    pub sold: Option<String>,
    /// Whether the store signed exactly this for this app.
    pub verified: bool,
    /// The check that refused it, by its stable name.
    pub refused_by: Option<String>,
    /// The store's ledger (X15).
    pub environment: Option<Environment>,
    /// When it was bought.
    pub purchased_at: Option<Timestamp>,
    /// When its period ends.
    pub expires_at: Option<Timestamp>,
    /// The cloud's answer, where it gave one.
    pub answer: Option<String>,
    /// Whether the store was told that it is done.
    pub finished: bool,
    /// `ours`, `other` or `none`.
    pub bound: String,
}
