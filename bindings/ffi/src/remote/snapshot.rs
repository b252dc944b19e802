//! [`Snapshot`] and every row in it: everything a screen shows, decided by the core.

use tapo_care::account::{Channel, Covers, Offer, Origin, Phase, PriceChange, PriceConsent, Scheduled, Service};
use tapo_care::id::{AccountId, CameraId, IntentId, PlanId, ProductId, SubscriptionId};
use tapo_care::message::Message;
use tapo_care::money::Price;
use tapo_care::period::Period;
use tapo_care::snapshot::{
    AccountTrialRow, Action, AddPlan, Banner, CameraRow, ClockState, Cover, Freshness, ManageRoute, Picker,
    PurchaseRow, Snapshot, SubscriptionRow,
};
use tapo_care::time::Timestamp;

/// Everything a screen shows, at one moment.
#[uniffi::remote(Record)]
pub struct Snapshot {
    /// Who is signed in.
    pub account: Option<AccountId>,
    /// How old this is.
    pub freshness: Freshness,
    /// The server time of the last signed answer it rests on.
    pub as_of: Option<Timestamp>,
    /// Whether the phone's clock can be believed.
    pub clock: ClockState,
    /// The "+ Add Plan" button (R5).
    pub add_plan: AddPlan,
    /// Every subscription of every channel (R14).
    pub subscriptions: Vec<SubscriptionRow>,
    /// Every camera, selectable or not (R18).
    pub cameras: Vec<CameraRow>,
    /// The camera picker, where one is open (R16, R19).
    pub picker: Option<Picker>,
    /// What to say about trials over the cameras, one each (U16).
    pub banners: Vec<Banner>,
    /// The account's own free trial, where the cloud speaks of one (R61).
    pub account_trial: Option<AccountTrialRow>,
    /// Purchases that have not ended.
    pub purchases: Vec<PurchaseRow>,
    /// What the user should know now.
    pub notices: Vec<Message>,
}

/// How old a snapshot is.
#[uniffi::remote(Enum)]
pub enum Freshness {
    /// The cloud was asked and answered, less than five minutes ago.
    Fresh,
    /// From the cache, older than that, or the last question found no answer.
    Stale,
    /// Nothing is known of this account yet.
    NotLoaded,
}

/// Whether the phone's clock can be believed.
#[uniffi::remote(Enum)]
pub enum ClockState {
    /// It agrees with what the cloud said.
    Trusted,
    /// It contradicts it; trusted time goes on without it.
    Suspect,
    /// The time is not known, so cover is not either.
    Unknown,
}

/// The "+ Add Plan" button.
#[uniffi::remote(Record)]
pub struct AddPlan {
    /// Whether a plan may be bought in the app, as far as is known now.
    pub available: bool,
    /// Why not, and who holds the slot.
    pub reason: Option<Message>,
}

/// One subscription.
#[uniffi::remote(Record)]
pub struct SubscriptionRow {
    /// Its id.
    pub id: SubscriptionId,
    /// Its plan.
    pub plan: PlanId,
    /// The plan's title.
    pub title: String,
    /// How many cameras it covers (R6).
    pub capacity: u32,
    /// How often it bills.
    pub cycle: Period,
    /// What a period costs, for logic: the store's own string is with the plan on sale (U4).
    pub price: Option<Price>,
    /// Its line of plans.
    pub service: Service,
    /// Where it was bought (R1).
    pub channel: Channel,
    /// By which billing of the app (X9).
    pub origin: Origin,
    /// Where it stands.
    pub phase: Phase,
    /// Whether it covers its cameras now.
    pub cover: Cover,
    /// Whether it renews by itself (R10).
    pub will_renew: bool,
    /// When it renews.
    pub renews_at: Option<Timestamp>,
    /// When it ends, where it does not renew.
    pub ends_at: Option<Timestamp>,
    /// Whole days until then, rounded up (U12).
    pub days_left: Option<u32>,
    /// Until when cancelling avoids the next charge (R51, R67).
    pub cancel_by: Option<Timestamp>,
    /// Until when access goes on although the renewal was not paid.
    pub grace_until: Option<Timestamp>,
    /// When a pause ends.
    pub resumes_at: Option<Timestamp>,
    /// Until when recordings beyond the plan are kept (X1).
    pub history_retained_until: Option<Timestamp>,
    /// How far it reaches.
    pub covers: Covers,
    /// The cameras selected (R17).
    pub cameras: Vec<CameraId>,
    /// The renewal sentence (R10, U3).
    pub terms: Message,
    /// Where it is managed and cancelled (R11, U7).
    pub manage: ManageRoute,
    /// What the store takes less for this period.
    pub offer: Offer,
    /// The plan it becomes when the paid period is over.
    pub scheduled: Option<Scheduled>,
    /// A price that is to change, and whether the store waits for the user's word.
    pub price_change: Option<PriceChange>,
    /// Flags such as `double_paid`.
    pub flags: Vec<String>,
    /// What may be done with it, and why something may not (R11, R35, R83).
    pub actions: Vec<Action>,
}

/// A change of plan that takes effect when the paid period is over.
#[uniffi::remote(Record)]
pub struct Scheduled {
    /// The plan it becomes.
    pub plan: PlanId,
    /// That plan's title.
    pub title: String,
    /// How many cameras that one covers.
    pub capacity: u32,
    /// When.
    pub at: Timestamp,
}

/// A price that is to change.
#[uniffi::remote(Record)]
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

/// Whether something is covered now.
#[uniffi::remote(Enum)]
pub enum Cover {
    /// Yes, under the cloud's signed answer and its lease.
    Covered,
    /// No.
    NotCovered,
    /// It cannot be said: the time or the lease is not known.
    Unknown,
}

/// Where a subscription is managed.
#[uniffi::remote(Enum)]
pub enum ManageRoute {
    /// The App Store's subscriptions page.
    AppStore,
    /// Google Play's subscriptions page.
    GooglePlay,
    /// The web portal it was bought on.
    Portal,
    /// Kasa's web portal, which bills the card on file (R98).
    KasaPortal,
    /// Nowhere: a code neither renews nor is paid back.
    Nowhere,
    /// Not known to this version.
    Unknown,
}

/// A purchase that has not ended.
#[uniffi::remote(Record)]
pub struct PurchaseRow {
    /// The wish, where the app began it.
    pub intent: Option<IntentId>,
    /// Its plan's title, where known.
    pub title: Option<String>,
    /// Its product.
    pub product: Option<ProductId>,
    /// Where it stands: `sheet_open`, `checking`, `pending`, `confirming`, `waiting`, `needs_confirmation`, `refused_here`.
    pub state: String,
    /// Which check refused the receipt on this phone, where one did.
    pub refused_by: Option<String>,
    /// The sentence to show.
    pub message: Message,
}
