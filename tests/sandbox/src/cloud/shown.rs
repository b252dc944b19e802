//! What the cloud shows of subscriptions, cameras and trials: the shapes of its answers, and so of its document.
use schemars::JsonSchema;
use serde::Serialize;

use super::word::PriceConsent;
use crate::contract;

/// A plan somebody has or had.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Subscription")]
pub(crate) struct SubscriptionShown {
    #[schemars(with = "contract::SubscriptionId")]
    pub(super) id: String,
    #[schemars(with = "contract::Service")]
    pub(super) service: &'static str,
    pub(super) plan: PlanShown,
    #[schemars(with = "contract::Channel")]
    pub(super) channel: String,
    #[schemars(with = "contract::Origin")]
    pub(super) origin: String,
    #[schemars(with = "contract::Environment")]
    pub(super) environment: &'static str,
    #[schemars(with = "contract::Phase")]
    pub(super) phase: String,
    #[schemars(with = "contract::Offer")]
    pub(super) offer: String,
    /// Whether the next period is charged unless somebody cancels.
    pub(super) will_renew: bool,
    #[schemars(with = "contract::Moment")]
    pub(super) started_at: String,
    pub(super) period: Span,
    /// Until when a cancellation avoids the next charge: `renews_at`.
    #[schemars(with = "Option<contract::Moment>")]
    pub(super) cancel_by: Option<String>,
    /// Where it renews; else null, and `ends_at` is set.
    #[schemars(with = "Option<contract::Moment>")]
    pub(super) renews_at: Option<String>,
    /// Where it does not renew, or is over.
    #[schemars(with = "Option<contract::Moment>")]
    pub(super) ends_at: Option<String>,
    /// Until when access goes on although the renewal was not paid.
    #[schemars(with = "Option<contract::Moment>")]
    pub(super) grace_until: Option<String>,
    /// When a pause ends.
    #[schemars(with = "Option<contract::Moment>")]
    pub(super) resumes_at: Option<String>,
    /// The plan it renews as, where that is another.
    pub(super) scheduled: Option<Scheduled>,
    /// A price from the next renewal on.
    pub(super) price_change: Option<PriceChange>,
    #[schemars(with = "contract::Covers")]
    pub(super) covers: &'static str,
    /// The cameras selected, in the order they were named; none once it is over.
    #[schemars(with = "Vec<contract::CameraId>")]
    pub(super) cameras: Vec<String>,
    /// What a new selection is based on; 0 before the first.
    #[schemars(with = "contract::Revision")]
    pub(super) cameras_revision: u64,
    /// Until when recordings are kept, where that is limited.
    #[schemars(with = "Option<contract::Moment>")]
    pub(super) history_retained_until: Option<String>,
    #[schemars(with = "Vec<contract::Flag>")]
    pub(super) flags: Vec<String>,
    /// What the store that bills it calls it.
    pub(super) store_refs: Vec<StoreRef>,
    #[schemars(with = "Vec<contract::Action>")]
    pub(super) actions: &'static [&'static str],
}

/// The terms of a subscription as they were bought.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SubscribedPlan")]
pub(crate) struct PlanShown {
    #[schemars(with = "contract::PlanId")]
    pub(super) id: String,
    #[schemars(with = "contract::Title")]
    pub(super) title: String,
    #[schemars(with = "contract::Capacity")]
    pub(super) capacity: usize,
    #[schemars(with = "contract::Cycle")]
    pub(super) cycle: &'static str,
    #[schemars(with = "contract::Micros")]
    pub(super) price_micros: i64,
    #[schemars(with = "contract::Currency")]
    pub(super) currency: String,
}

/// The period that is paid for.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Period")]
pub(crate) struct Span {
    #[schemars(with = "contract::Moment")]
    pub(super) start: String,
    #[schemars(with = "contract::Moment")]
    pub(super) end: String,
}

/// A change of plan that takes effect at the next renewal.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ScheduledPlan")]
pub(crate) struct Scheduled {
    #[schemars(with = "contract::PlanId")]
    pub(super) plan: &'static str,
    #[schemars(with = "contract::Title")]
    pub(super) title: &'static str,
    #[schemars(with = "contract::Capacity")]
    pub(super) capacity: usize,
    #[schemars(with = "contract::Moment")]
    pub(super) at: String,
}

/// A price that is to change. Where the store waits for a yes and gets none, the plan ends when its period is over.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PriceChange {
    pub(super) from: MoneyShown,
    pub(super) to: MoneyShown,
    /// From when on.
    #[schemars(with = "contract::Moment")]
    pub(super) at: String,
    #[schemars(with = "contract::PriceConsent")]
    pub(super) consent: PriceConsent,
}

/// An amount.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Amount")]
pub(crate) struct MoneyShown {
    #[schemars(with = "contract::Micros")]
    micros: i64,
    #[schemars(with = "contract::Currency")]
    currency: String,
}

impl MoneyShown {
    pub(super) fn of(micros: i64, currency: &str) -> Self {
        MoneyShown {
            micros,
            currency: currency.to_owned(),
        }
    }
}

/// A subscription in its store's words.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "store", rename_all = "snake_case")]
pub(crate) enum StoreRef {
    AppStore(AppStoreRef),
    Play(PlayRef),
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
pub(crate) struct AppStoreRef {
    #[schemars(with = "contract::Environment")]
    pub(super) environment: &'static str,
    #[schemars(with = "contract::AppleTransactionId")]
    pub(super) original_transaction_id: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
pub(crate) struct PlayRef {
    #[schemars(with = "contract::Environment")]
    pub(super) environment: &'static str,
    #[schemars(with = "contract::PurchaseToken")]
    pub(super) purchase_token: String,
}

/// What takes the account's one in-app slot.
#[derive(Serialize, JsonSchema)]
pub(crate) struct BlockedBy {
    /// Null where the cloud knows only that something does.
    #[schemars(with = "Option<contract::SubscriptionId>")]
    pub(super) subscription: Option<String>,
    /// Only in-app channels block.
    #[schemars(with = "contract::StoreName")]
    pub(super) channel: String,
    pub(super) reason: BlockReason,
}

/// The phase of what takes the slot; `unknown` for one the cloud itself has not heard of.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BlockReason {
    Active,
    Grace,
    Hold,
    Retry,
    Paused,
    Pending,
    Unknown,
}

/// A camera of the account.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Camera")]
pub(crate) struct CameraShown {
    #[schemars(with = "contract::CameraId")]
    pub(super) id: String,
    /// As the person named it.
    #[schemars(with = "contract::Title")]
    pub(super) name: String,
    #[schemars(with = "contract::Title")]
    pub(super) model: String,
    #[schemars(with = "contract::Version")]
    pub(super) firmware: String,
    pub(super) online: bool,
    #[schemars(with = "contract::Moment")]
    pub(super) set_up_at: String,
    /// Why it cannot be selected now.
    pub(super) blocked: Option<Blocked>,
    /// What its model records for free; null for Tapo cameras.
    pub(super) free_plan: Option<FreePlanShown>,
    pub(super) trial: TrialShown,
}

/// Why a camera cannot be selected, and what would help.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Blocked {
    #[schemars(with = "contract::BlockedReason")]
    pub(super) reason: &'static str,
    #[schemars(with = "contract::Remedy")]
    pub(super) remedy: &'static str,
    /// The least that would do, where it is the firmware.
    #[schemars(with = "contract::Version")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) firmware_needed: Option<&'static str>,
}

/// The trial of a camera: once, and paused while a plan with access names the camera (T1, T2).
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Trial")]
pub(crate) struct TrialShown {
    #[schemars(with = "contract::TrialState")]
    pub(super) state: String,
    /// Why it is not eligible.
    #[schemars(with = "Option<contract::TrialReason>")]
    pub(super) reason: Option<String>,
    #[schemars(with = "contract::Duration")]
    pub(super) length: &'static str,
    #[schemars(with = "Option<contract::Moment>")]
    pub(super) started_at: Option<String>,
    /// Null while it is paused.
    #[schemars(with = "Option<contract::Moment>")]
    pub(super) ends_at: Option<String>,
    /// What is left of a paused one, in seconds.
    #[schemars(with = "Option<contract::Seconds>")]
    pub(super) remaining_s: Option<i64>,
}

/// What a camera's model records for free (R70 to R81).
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FreePlan")]
pub(crate) struct FreePlanShown {
    #[schemars(with = "contract::FreePlanState")]
    pub(super) state: String,
    #[schemars(with = "Option<contract::Hours>")]
    pub(super) history_h: Option<u32>,
    #[schemars(with = "Option<contract::Moment>")]
    pub(super) ends_at: Option<String>,
}
