//! The account-state document: everything the cloud says about one TP-Link ID, in one signed answer.
//!
//! Cover comes from here and nowhere else. Services, channels and origins are data, so every system of the rule book
//! fits in; what a newer cloud adds is kept raw or passed over.

pub(crate) mod held;
pub(crate) mod intents;
mod refresh;
mod terms;

pub use terms::{AccountTrial, Covers, FreePlan, FreePlanState, Origin, StoreTrial};

use crate::id::{
    AccountId, AccountTag, CameraId, Environment, PlanId, StoreKey, StoreKind, SubscriptionId, TransactionId,
};
use crate::money::Price;
use crate::open_enum::open_enum;
use crate::period::Period;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The whole document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountState {
    /// Grows with every change.
    pub revision: u64,
    /// Whose it is.
    pub account: AccountId,
    /// The account's one stable tag.
    pub account_tag: AccountTag,
    /// What the cloud says about buying in the app.
    pub in_app: InApp,
    /// Any number of subscriptions, of every channel (R14).
    #[serde(default)]
    pub subscriptions: Vec<Subscription>,
    /// The cameras bound to the account.
    #[serde(default)]
    pub cameras: Vec<Camera>,
    /// The account's own trial, where the cloud speaks of one (R61).
    #[serde(default)]
    pub account_trial: Option<AccountTrial>,
}

/// The in-app slot as the cloud sees it (R2, X10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InApp {
    /// Whether a plan may be bought in the app now.
    pub may_buy: bool,
    /// Who holds the slot where not.
    #[serde(default)]
    pub blocked_by: Option<SlotHolder>,
    /// Whether a plan may begin with a free trial that the store sells, where the cloud says so (X12).
    #[serde(default)]
    pub store_trial: Option<StoreTrial>,
}

/// Who holds the in-app slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotHolder {
    /// The subscription, where there is one already.
    pub subscription: Option<SubscriptionId>,
    /// Where it is billed.
    pub channel: Channel,
    /// Its phase, or why else the slot is taken.
    pub reason: String,
}

open_enum! {
    /// Where a subscription was bought (R1): it decides where it is managed (R11).
    Channel {
        /// Apple's App Store.
        AppStore = "app_store",
        /// Google Play.
        Play = "play",
        /// The web portal.
        Web = "web",
        /// A redemption code.
        Code = "code",
    }
}

impl Channel {
    /// Whether it was bought in the app, and so may take the one in-app slot (R2).
    pub fn is_in_app(&self) -> bool {
        matches!(self, Self::AppStore | Self::Play)
    }
}

open_enum! {
    /// Where a subscription stands.
    Phase {
        /// Begun, not paid.
        Pending = "pending",
        /// Paid.
        Active = "active",
        /// The renewal failed; access goes on while the store tries again.
        Grace = "grace",
        /// The renewal failed; no access while the store tries again (on hold).
        Retry = "retry",
        /// Paused by the user at the store.
        Paused = "paused",
        /// Over.
        Expired = "expired",
        /// Taken back.
        Revoked = "revoked",
        /// Paid back.
        Refunded = "refunded",
        /// Replaced by another.
        Superseded = "superseded",
    }
}

open_enum! {
    /// The line of plans a subscription belongs to.
    Service {
        /// Tapo Care.
        TapoCare = "tapo_care",
        /// Kasa Care, the current plans.
        KasaCare = "kasa_care",
        /// Kasa Care, the plans of old.
        KasaLegacy = "kasa_legacy",
    }
}

/// One subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// Its line of plans.
    pub service: Service,
    /// What was bought.
    pub plan: Plan,
    /// Where (R1).
    pub channel: Channel,
    /// By which billing of the app (X9).
    #[serde(default)]
    pub origin: Origin,
    /// Where it stands.
    pub phase: Phase,
    /// Whether it renews by itself (R10).
    pub will_renew: bool,
    /// The current period.
    pub period: Span,
    /// When it renews, where it does.
    #[serde(default)]
    pub renews_at: Option<Timestamp>,
    /// When it ends, where it does not renew.
    #[serde(default)]
    pub ends_at: Option<Timestamp>,
    /// Until when grace gives access.
    #[serde(default)]
    pub grace_until: Option<Timestamp>,
    /// When a pause ends.
    #[serde(default)]
    pub resumes_at: Option<Timestamp>,
    /// Until when cancelling avoids the next charge (R51, R67).
    #[serde(default)]
    pub cancel_by: Option<Timestamp>,
    /// How far it reaches.
    #[serde(default)]
    pub covers: Covers,
    /// Until when recordings beyond the plan are kept (X1).
    #[serde(default)]
    pub history_retained_until: Option<Timestamp>,
    /// The cameras it covers (R17).
    #[serde(default)]
    pub cameras: Vec<CameraId>,
    /// The selection's revision; 0 before the first selection (R16).
    pub cameras_revision: u64,
    /// Flags such as `double_paid`.
    #[serde(default)]
    pub flags: Vec<String>,
    /// What the store takes less for this period.
    #[serde(default)]
    pub offer: Offer,
    /// The plan it renews as, where that is another.
    #[serde(default)]
    pub scheduled: Option<Scheduled>,
    /// A new price, until it is charged.
    #[serde(default)]
    pub price_change: Option<PriceChange>,
    /// What the store that bills it calls it.
    #[serde(default)]
    pub store_refs: Vec<StoreRef>,
}

open_enum! {
    /// The store's offer a period runs under. Only trial and introductory ones are sold by the app (X12); the others are
    /// recognised wherever the store gave them.
    Offer {
        /// The full price.
        None = "none",
        /// A free trial sold through the store.
        Trial = "trial",
        /// An introductory price.
        Intro = "intro",
        /// For somebody who has or had a plan.
        Promotional = "promotional",
        /// Redeemed with the store's own offer code.
        Code = "code",
        /// For somebody whose plan lapsed.
        WinBack = "win_back",
    }
}

impl Default for Offer {
    /// The full price, where a cloud says nothing.
    fn default() -> Self {
        Self::None
    }
}

/// A change of plan that takes effect when the paid period is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheduled {
    /// The plan it becomes.
    pub plan: PlanId,
    /// That plan's title.
    #[serde(default)]
    pub title: String,
    /// How many cameras that one covers.
    #[serde(default)]
    pub capacity: u32,
    /// When.
    pub at: Timestamp,
}

/// A price that is to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceChange {
    /// What is charged now.
    pub from: Price,
    /// What is to be charged.
    pub to: Price,
    /// From when on.
    pub at: Timestamp,
    /// Whether the user has to agree, and did. Where they decline, the plan ends when its paid period is over.
    pub consent: PriceConsent,
}

open_enum! {
    /// Whether a new price was agreed to. It is asked for by the store, never by the app.
    PriceConsent {
        /// The store asks; unanswered, the plan ends.
        Needed = "needed",
        /// The user agreed.
        Given = "given",
        /// The store only tells.
        NotNeeded = "not_needed",
    }
}

/// What a store calls a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreRef {
    /// Which store.
    pub store: Channel,
    /// Its ledger (X15).
    #[serde(default)]
    pub environment: String,
    /// The App Store's original transaction id, Play's purchase token.
    #[serde(default = "unnamed", alias = "original_transaction_id", alias = "purchase_token")]
    pub original: TransactionId,
}

/// What no store calls anything.
fn unnamed() -> TransactionId {
    TransactionId(String::new())
}

impl StoreRef {
    /// Whether that is the store's key it stands for.
    pub fn is(&self, key: &StoreKey) -> bool {
        let store = match key.store {
            StoreKind::AppStore => Channel::AppStore,
            StoreKind::Play => Channel::Play,
        };
        let environment = match key.environment {
            Environment::Production => "production",
            Environment::Sandbox => "sandbox",
        };
        self.store == store && self.environment == environment && self.original == key.original
    }
}

/// What was bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The plan.
    pub id: PlanId,
    /// Its title.
    pub title: String,
    /// How many cameras it covers (R6).
    pub capacity: u32,
    /// How often it bills.
    pub cycle: Period,
    /// What a period costs, in millionths of the currency's unit.
    #[serde(default)]
    pub price_micros: Option<i64>,
    /// ISO 4217.
    #[serde(default)]
    pub currency: Option<String>,
}

/// From when to when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
}

/// One camera.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Camera {
    /// Its id.
    pub id: CameraId,
    /// The name its owner gave it.
    pub name: String,
    /// Its model.
    pub model: String,
    /// Its firmware.
    pub firmware: String,
    /// Whether it is connected.
    pub online: bool,
    /// Why it cannot be added to a plan (R18).
    #[serde(default)]
    pub blocked: Option<Blocked>,
    /// What it records for free by its model; none for a Tapo camera (R68, R81).
    #[serde(default)]
    pub free_plan: Option<FreePlan>,
    /// Its free trial (T1).
    pub trial: Trial,
}

impl std::fmt::Debug for Camera {
    /// Without its name, which a person gave it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Camera")
            .field("id", &self.id)
            .field("model", &self.model)
            .field("firmware", &self.firmware)
            .field("online", &self.online)
            .field("blocked", &self.blocked)
            .field("free_plan", &self.free_plan)
            .field("trial", &self.trial)
            .finish_non_exhaustive()
    }
}

/// Why a camera cannot be added, and the remedy (R18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// Why.
    pub reason: BlockReason,
    /// The firmware it needs, where that is the reason.
    #[serde(default)]
    pub firmware_needed: Option<String>,
}

open_enum! {
    /// Why a camera cannot be added to a plan.
    BlockReason {
        /// Its firmware is too old.
        FirmwareTooOld = "firmware_too_old",
        /// It has no internet access.
        Offline = "offline",
        /// The plan does not support its model.
        ModelNotSupported = "model_not_supported",
    }
}

/// A camera's free trial: per camera, once, never charged (T1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// Where it stands.
    pub state: TrialState,
    /// Why it is not eligible.
    #[serde(default)]
    pub reason: Option<String>,
    /// How long it lasts.
    #[serde(default)]
    pub length: Option<Period>,
    /// When it began.
    #[serde(default)]
    pub started_at: Option<Timestamp>,
    /// When it ends by itself.
    #[serde(default)]
    pub ends_at: Option<Timestamp>,
    /// What is left of it while a plan covers the camera, in seconds (T2).
    #[serde(default)]
    pub remaining_s: Option<i64>,
}

open_enum! {
    /// Where a camera's trial stands.
    TrialState {
        /// It can be started.
        Eligible = "eligible",
        /// It runs.
        Active = "active",
        /// A plan covers the camera; the rest is kept.
        Paused = "paused",
        /// It was had.
        Used = "used",
        /// It is not offered for this camera.
        NotOffered = "not_offered",
    }
}

impl AccountState {
    /// The subscription of that id.
    pub fn subscription(&self, id: &SubscriptionId) -> Option<&Subscription> {
        self.subscriptions.iter().find(|subscription| &subscription.id == id)
    }

    /// The camera of that id.
    pub fn camera(&self, id: &CameraId) -> Option<&Camera> {
        self.cameras.iter().find(|camera| &camera.id == id)
    }
}
