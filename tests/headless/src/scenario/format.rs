//! What a story may say, as types: a key or a word that is not here is an error with its place (tests/scenarios/README.md).

pub mod expect;
mod steps;
pub mod words;

#[cfg(test)]
pub use steps::VERBS;
pub use steps::{Action, Place, Step};

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;
use words::{Charge, Endpoint, FaultKind, OfferGiven, Sheet, Shop, Steering, StoreEvent, WebChannel};

/// One story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// One sentence: what a user notices.
    pub title: String,
    /// The rules it shows.
    pub rules: Spanned<Vec<Spanned<String>>>,
    /// Where it is told; at both stores where nothing is said.
    pub stores: Option<Vec<Shop>>,
    /// TP-Link IDs that the cloud grants what nobody paid for (X15).
    #[serde(default)]
    pub testers: Vec<String>,
    /// The phones beside `phone`, or what is special about it.
    #[serde(default)]
    pub phones: BTreeMap<Spanned<String>, PhoneSetup>,
    /// What happens, in this order.
    #[serde(rename = "step")]
    pub steps: Vec<Spanned<Step>>,
}

/// What is special about a phone.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneSetup {
    /// Who is signed in: a TP-Link ID, or `nobody`.
    pub signed_in: Option<String>,
    /// Its Apple ID or Google account, where several phones share one; else it has one of its own.
    pub store_account: Option<String>,
    /// The country of its store, such as `JPN`.
    pub storefront: Option<String>,
    /// Whether its store account is a tester's, who never pays.
    pub tester: Option<bool>,
}

/// `subscribe`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscribe {
    /// The plan's id.
    pub plan: String,
    /// Cameras to put on it at once, by name.
    #[serde(default)]
    pub cameras: Vec<String>,
    /// With the free trial that its card showed.
    #[serde(default)]
    pub trial: bool,
    /// What the person in front of the payment sheet does.
    #[serde(default)]
    pub sheet: Sheet,
    /// Says yes where a question is asked.
    #[serde(default)]
    pub yes: bool,
}

/// `change_plan`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePlan {
    /// The plan that is to change, where there are several.
    pub from: Option<String>,
    /// The plan it becomes.
    pub to: String,
    /// What the person in front of the payment sheet does.
    #[serde(default)]
    pub sheet: Sheet,
    /// Says yes where a question is asked.
    #[serde(default)]
    pub yes: bool,
}

/// `give_back`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GiveBack {
    /// The plan that is to end; the newer where nothing is said.
    pub plan: Option<String>,
    /// What the person in front of the App Store's sheet does.
    #[serde(default)]
    pub sheet: Sheet,
    /// Says yes where a question is asked.
    #[serde(default)]
    pub yes: bool,
}

/// `price`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// What a period costs from the next renewal on, in millionths.
    pub micros: i64,
    /// Whether the store asks for a yes; it does where nothing is said.
    pub asks: Option<bool>,
}

/// `select`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Select {
    /// The cameras, by name; the whole set.
    pub cameras: Vec<String>,
    /// Of which plan, where there are several.
    pub plan: Option<String>,
}

/// `restore`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// Says yes where a question is asked.
    #[serde(default)]
    pub yes: bool,
}

/// `hand_over`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// The receipts kept under this name.
    pub kept: String,
    /// How often.
    pub times: Option<u32>,
    /// With one byte of each changed.
    #[serde(default)]
    pub forged: bool,
}

/// `clock`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneClock {
    /// By how much the phone's own clock is wrong: `2d`, `-3h`, `0d`.
    pub off_by: Spanned<String>,
}

/// `store`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtStore {
    /// What happens there.
    pub event: StoreEvent,
    /// To which charge's subscription; the last one's where nothing is said.
    pub charge: Option<Charge>,
}

/// `outside`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outside {
    /// The App Store's product.
    pub app_store: String,
    /// Google Play's.
    pub play: String,
    /// The TP-Link ID whose tag it carries; none where nothing is said.
    pub tag_of: Option<String>,
    /// The store's offer it is bought under.
    pub offer: Option<OfferGiven>,
    /// Somebody else of the family pays (App Store).
    #[serde(default)]
    pub family_shared: bool,
}

/// `web_plan`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebPlan {
    /// Whose.
    pub account: String,
    /// Which.
    pub plan: String,
    /// Where it was got.
    pub channel: WebChannel,
    /// Its cameras, by name.
    #[serde(default)]
    pub cameras: Vec<String>,
    /// By which billing of the app.
    pub origin: Option<String>,
    /// What is taken less for the first period.
    pub offer: Option<String>,
    /// How it stands.
    pub phase: Option<String>,
    /// Whether it renews; all but a code's do.
    pub renews: Option<bool>,
}

/// `cancel_trial`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelTrial {
    /// The camera's name.
    pub camera: String,
    /// Says yes where a question is asked.
    #[serde(default)]
    pub yes: bool,
}

/// `trial_state`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrialSet {
    /// Whose.
    pub account: String,
    /// Of which camera, by name; the account's own where nothing is said.
    pub camera: Option<String>,
    /// How it stands.
    pub state: String,
    /// What is left of it.
    pub left: Option<String>,
    /// Why it is not offered.
    pub reason: Option<String>,
}

/// `free_plan`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreePlanSet {
    /// Whose.
    pub account: String,
    /// Of which camera, by name.
    pub camera: String,
    /// How it stands.
    pub state: String,
    /// How many hours of history it keeps.
    pub hours: Option<u32>,
    /// How long it goes on.
    pub left: Option<String>,
}

/// `camera`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Camera {
    /// Whose.
    pub account: String,
    /// Its name; a new one where the account has none of that name.
    pub name: String,
    /// Its model, where it is new.
    pub model: Option<String>,
    /// Whether it is connected.
    pub online: Option<bool>,
    /// Its firmware.
    pub firmware: Option<String>,
    /// Its name from now on.
    pub new_name: Option<String>,
    /// The TP-Link ID it is bound to from now on.
    pub moves_to: Option<String>,
    /// It is bound to nobody any more.
    #[serde(default)]
    pub removed: bool,
}

/// `fault`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Which calls it strikes.
    pub endpoint: Endpoint,
    /// What happens to them.
    pub kind: FaultKind,
    /// For that many calls; until cleared where nothing is said.
    pub times: Option<u32>,
    /// Calls it lets pass first.
    pub after: Option<u32>,
    /// Milliseconds of a latency.
    pub ms: Option<u64>,
    /// Status of an error.
    pub status: Option<u16>,
}

/// `catalogue`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// What may be said about the portal (U9).
    pub steering: Option<Steering>,
    /// The least contract the cloud still sells to.
    pub least_contract: Option<u32>,
    /// A plan that is sold no more.
    pub withdraw: Option<String>,
    /// Whether plans are sold with a free trial of the store.
    pub store_trials: Option<bool>,
}
