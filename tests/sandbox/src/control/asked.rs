//! What control is asked with and answers, apart from what it takes over from the cloud and the stores.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::contract;
use crate::store::Offer;

/// The world's clock.
#[derive(Serialize, JsonSchema)]
pub(super) struct Clock {
    #[schemars(with = "contract::Moment")]
    pub(super) now: String,
    #[schemars(with = "contract::Millis")]
    pub(super) now_ms: i64,
    #[schemars(with = "contract::Millis")]
    pub(super) started_ms: i64,
    #[schemars(with = "contract::WorldId")]
    pub(super) world: String,
}

/// How far the clock moves; what is due on the way happens in order.
#[derive(Deserialize, JsonSchema)]
pub(super) struct By {
    #[schemars(with = "contract::MoveBy")]
    pub(super) by: String,
}

/// Where the clock moves to; never backwards.
#[derive(Deserialize, JsonSchema)]
pub(super) struct To {
    #[schemars(with = "contract::AskedMoment")]
    pub(super) time: String,
}

/// Whose account.
#[derive(Deserialize, JsonSchema)]
pub(super) struct NewAccount {
    /// Whoever has it already keeps it.
    #[schemars(with = "contract::Title")]
    pub(super) name: String,
}

/// What becomes of an account.
#[derive(Deserialize, JsonSchema)]
pub(super) struct AccountChange {
    /// Whether the cloud grants what it bought without paying (X15).
    #[serde(default)]
    pub(super) tester: Option<bool>,
    /// How its own trial stands (R61).
    #[serde(default)]
    pub(super) trial: Option<SetTrial>,
}

/// How a trial stands from now on.
#[derive(Deserialize, JsonSchema)]
pub(super) struct SetTrial {
    #[schemars(with = "contract::TrialState")]
    pub(super) state: String,
    /// What is left of one that runs or is paused; 30 days where absent.
    #[schemars(with = "Option<contract::MoveBy>")]
    #[serde(default)]
    pub(super) left: Option<String>,
    /// Why it is not offered.
    #[schemars(with = "Option<contract::TrialReason>")]
    #[serde(default)]
    pub(super) reason: Option<String>,
}

/// What a camera's model records for free from now on.
#[derive(Deserialize, JsonSchema)]
pub(super) struct SetFreePlan {
    #[schemars(with = "contract::FreePlanState")]
    pub(super) state: String,
    #[schemars(with = "Option<contract::Hours>")]
    #[serde(default)]
    pub(super) history_h: Option<u32>,
    /// When it ends, from now.
    #[schemars(with = "Option<contract::MoveBy>")]
    #[serde(default)]
    pub(super) left: Option<String>,
}

/// Whose sessions end.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Whose {
    /// An account's name or id.
    #[schemars(with = "contract::AnyText")]
    pub(super) account: String,
}

/// A camera to be bound.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewCamera")]
pub(super) struct NewCameraAsked {
    /// An account's name or id.
    #[schemars(with = "contract::AnyText")]
    pub(super) account: String,
    #[schemars(with = "contract::Title")]
    pub(super) name: String,
    #[schemars(with = "contract::Title")]
    pub(super) model: String,
    /// The newest where absent.
    #[schemars(with = "Option<contract::Version>")]
    #[serde(default)]
    pub(super) firmware: Option<String>,
    /// Online where absent.
    #[serde(default)]
    pub(super) online: Option<bool>,
}

/// What becomes of a camera.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "CameraChange")]
pub(super) struct OtherCamera {
    #[serde(default)]
    pub(super) online: Option<bool>,
    #[schemars(with = "Option<contract::Version>")]
    #[serde(default)]
    pub(super) firmware: Option<String>,
    /// Another name.
    #[schemars(with = "Option<contract::Title>")]
    #[serde(default)]
    pub(super) name: Option<String>,
    /// The account it is bound to from now on, by name or id.
    #[schemars(with = "Option<contract::AnyText>")]
    #[serde(default)]
    pub(super) account: Option<String>,
}

/// A plan that is not bought in the app (X17).
#[derive(Deserialize, JsonSchema)]
pub(super) struct NewSubscription {
    /// An account's name or id.
    #[schemars(with = "contract::AnyText")]
    pub(super) account: String,
    #[schemars(with = "contract::AnyText")]
    pub(super) plan: String,
    pub(super) channel: OutsideChannel,
    /// Which billing of the app it comes from; `current` where absent (X9).
    #[schemars(with = "Option<contract::Origin>")]
    #[serde(default)]
    pub(super) origin: Option<String>,
    /// What is taken less for the first period; nothing where absent.
    #[schemars(with = "Option<contract::Offer>")]
    #[serde(default)]
    pub(super) offer: Option<String>,
    /// Whether it renews; where absent, all but a code's do.
    #[serde(default)]
    pub(super) renews: Option<bool>,
    /// How it stands; `active` where absent.
    #[schemars(with = "Option<contract::Phase>")]
    #[serde(default)]
    pub(super) phase: Option<String>,
    /// How long recordings outside the free plan are kept where it is cancelled (R93); not known where absent.
    #[schemars(with = "Option<contract::MoveBy>")]
    #[serde(default)]
    pub(super) history: Option<String>,
    #[schemars(with = "Vec<contract::AnyText>")]
    #[serde(default)]
    pub(super) cameras: Vec<String>,
}

/// Where it was bought. No store of this world knows of it; one of a store takes the in-app slot all the same.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum OutsideChannel {
    AppStore,
    Play,
    Web,
    Code,
}

impl OutsideChannel {
    pub(super) fn name(self) -> &'static str {
        match self {
            OutsideChannel::AppStore => "app_store",
            OutsideChannel::Play => "play",
            OutsideChannel::Web => "web",
            OutsideChannel::Code => "code",
        }
    }
}

/// What the cloud believes of a subscription, until the store says otherwise.
#[derive(Deserialize, JsonSchema)]
pub(super) struct SetPhase {
    #[schemars(with = "contract::Phase")]
    pub(super) phase: String,
}

/// What becomes of selling.
#[derive(Deserialize, JsonSchema)]
pub(super) struct CatalogueChange {
    /// In every storefront.
    #[serde(default)]
    pub(super) steering: Option<Steering>,
    /// The least `care-contract` that may buy.
    #[serde(default)]
    pub(super) least_contract: Option<u32>,
    /// A plan that is not sold any more.
    #[schemars(with = "Option<contract::AnyText>")]
    #[serde(default)]
    pub(super) withdraw: Option<String>,
    /// Whether plans are sold with a free trial of the store: the App Store's introductory offers, and the cloud's word (X12). Play
    /// has its offers always, for whoever names one.
    #[serde(default)]
    pub(super) store_trials: Option<bool>,
}

/// What may be said of buying elsewhere (U9).
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Steering {
    None,
    TextOnly,
    Link,
}

impl Steering {
    pub(super) fn name(self) -> &'static str {
        match self {
            Steering::None => "none",
            Steering::TextOnly => "text_only",
            Steering::Link => "link",
        }
    }
}

/// Which key signs.
#[derive(Deserialize, JsonSchema)]
pub(super) struct SignWith {
    /// `k1` or `k2`.
    #[schemars(with = "contract::AnyText")]
    pub(super) sign_with: String,
}

/// Whose store accounts a device carries, and where they are at home.
#[derive(Deserialize, JsonSchema)]
pub(super) struct NameDevice {
    #[schemars(with = "Option<contract::Title>")]
    #[serde(default)]
    pub(super) apple_id: Option<String>,
    #[schemars(with = "Option<contract::Title>")]
    #[serde(default)]
    pub(super) google_account: Option<String>,
    #[schemars(with = "Option<contract::AskedCountry>")]
    #[serde(default)]
    pub(super) storefront: Option<String>,
    /// A tester's purchases are signed for Sandbox, at Play they carry `testPurchase`, and nobody pays for them.
    #[serde(default)]
    pub(super) tester: Option<bool>,
}

/// A device as it stands now.
#[derive(Serialize, JsonSchema)]
pub(super) struct DeviceNamed {
    #[schemars(with = "contract::Name")]
    pub(super) device: String,
    #[schemars(with = "contract::Title")]
    pub(super) apple_id: String,
    #[schemars(with = "contract::Title")]
    pub(super) google_account: String,
    /// The Apple ID's.
    #[schemars(with = "contract::Country")]
    pub(super) storefront: String,
}

/// Something bought outside the app.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Bought {
    #[schemars(with = "contract::Name")]
    pub(super) device: String,
    #[schemars(with = "contract::AnyText")]
    pub(super) product: String,
    /// The account's tag; none for an untagged purchase (X11).
    #[schemars(with = "Option<contract::Uuid>")]
    #[serde(default)]
    pub(super) app_account_token: Option<String>,
    /// The App Store where absent.
    #[serde(default)]
    pub(super) store: Option<OutsideStore>,
    /// Taken for half of the price for one period.
    #[serde(default)]
    pub(super) offer: Option<Offer>,
    /// Nobody is charged here: somebody else of the family pays, untagged (App Store).
    #[serde(default)]
    pub(super) family_shared: bool,
}

/// A price from the next renewal on.
#[derive(Deserialize, JsonSchema)]
pub(super) struct RaisePrice {
    #[schemars(with = "contract::Micros")]
    pub(super) price_micros: i64,
    /// Whether the customer has to agree, else the subscription ends; `true` where absent.
    #[serde(default)]
    pub(super) asks: Option<bool>,
}

/// What the customer says to a new price.
#[derive(Deserialize, JsonSchema)]
pub(super) struct AnswerPrice {
    pub(super) agrees: bool,
}

/// Where it is bought.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum OutsideStore {
    AppStore,
    Play,
}

/// Whether payments go through from now on.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Payments {
    /// False: the next renewal is not paid. True: what waits is paid at once.
    pub(super) go_through: bool,
}

/// A pause that begins when the paid period is over.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Pause {
    /// Absent to end the pause, or to call it off.
    #[schemars(with = "Option<contract::MoveBy>")]
    #[serde(default, rename = "for")]
    pub(super) length: Option<String>,
}

/// How Play signs from now on.
#[derive(Deserialize, JsonSchema)]
pub(super) struct SignAs {
    /// The raw `purchaseState`; null for the true one again.
    #[serde(default)]
    pub(super) raw: Option<i64>,
    /// Without a word on its acknowledgement.
    #[serde(default)]
    pub(super) without_acknowledged: bool,
}

/// The fault that was planted.
#[derive(Serialize, JsonSchema)]
pub(super) struct Planted {
    #[schemars(with = "contract::Revision")]
    pub(super) id: u64,
}
