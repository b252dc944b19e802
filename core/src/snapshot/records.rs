//! The plain records a shell renders. They hold no logic: everything in them was decided by [`super::project`].

use super::camera_records::{AccountTrialRow, Action, Banner, CameraRow, Picker};
use crate::account::{Channel, Covers, Offer, Origin, Phase, PriceChange, Scheduled, Service};
use crate::id::{AccountId, CameraId, IntentId, PlanId, ProductId, SubscriptionId};
use crate::message::Message;
use crate::money::Price;
use crate::period::Period;
use crate::subscription::{Cover, ManageRoute};
use crate::time::Timestamp;
use serde::Serialize;

/// Everything a screen shows, at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Freshness {
    /// The cloud was asked and answered, less than five minutes ago.
    Fresh,
    /// From the cache, older than that, or the last question found no answer.
    Stale,
    /// Nothing is known of this account yet.
    NotLoaded,
}

/// Whether the phone's clock can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// It agrees with what the cloud said.
    Trusted,
    /// It contradicts it; trusted time goes on without it.
    Suspect,
    /// The time is not known, so cover is not either.
    Unknown,
}

/// The "+ Add Plan" button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddPlan {
    /// Whether a plan may be bought in the app, as far as is known now.
    pub available: bool,
    /// Why not, and who holds the slot.
    pub reason: Option<Message>,
}

/// One subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

/// A purchase that has not ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

/// What is on sale here, with the store's own prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlansOnSale {
    /// The storefront.
    pub storefront: String,
    /// By number of cameras (R6).
    pub plans: Vec<PlanCard>,
    /// Terms of use (U1).
    pub terms_url: String,
    /// Privacy policy (U1).
    pub privacy_url: String,
    /// What may be said about the portal here (U9).
    pub portal: Option<Message>,
}

/// A free trial that a plan begins with, sold through the store (X12). Never a camera's (X6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanTrial {
    /// `eligible` where cloud and store both say so; else `used`, `not_offered`, `unknown`, `offline`, and the plan is sold at
    /// its full price.
    pub state: String,
    /// The cloud's word on why not.
    pub reason: Option<String>,
    /// How long it lasts, where it is to be had (R66).
    pub length: Option<Period>,
    /// The sentence to show.
    pub message: Message,
}

/// One plan on sale: what a screen must show (U1–U4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanCard {
    /// The plan.
    pub id: PlanId,
    /// Its title (U1).
    pub title: String,
    /// How many cameras it covers (R6).
    pub capacity: u32,
    /// How often it bills (U1).
    pub cycle: Period,
    /// The billed amount, the store's own string, the most prominent price (U2, U4).
    pub display_price: String,
    /// The same for logic.
    pub price: Price,
    /// What a longer cycle comes to per month, rounded up, subordinate to the billed amount (U2).
    pub per_month: Option<Price>,
    /// Renewal and cancelling in one sentence (R10, R11, U3); with a free trial, also how long that is and what comes then
    /// (U11).
    pub terms: Message,
    /// Whether it begins with a free trial of the store, and why not (X12, U15).
    pub trial: PlanTrial,
    /// What it brings, by stable names.
    pub features: Vec<String>,
    /// The store's product.
    pub product: ProductId,
}
