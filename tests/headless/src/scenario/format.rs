//! What a story may say, as types: a key or a word that is not here is an error with its place (tests/scenarios/README.md).

pub mod expect;
pub mod words;

use expect::Expect;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;
use words::{
    Always, Charge, Damage, Endpoint, FaultKind, Network, OfferGiven, PickerDoes, Receipts, Sheet, Shop, Steering,
    StoreEvent, WebChannel,
};

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
}

/// One table of what a step can do: the key, what it takes, and its name in the code.
macro_rules! steps {
    ($($(#[$doc:meta])* $verb:ident: $takes:ty => $action:ident,)+) => {
        /// One step: one thing that happens, and what is then to be there.
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Step {
            /// On which phone; on `phone` where nothing is said.
            pub on: Option<Spanned<String>>,
            /// At this store only.
            pub only: Option<Shop>,
            /// The line of the app's log at which it dies: an event, or `event#2` for its second.
            pub dies_at: Option<Spanned<String>>,
            /// What is then to be there.
            #[serde(default)]
            pub expect: Expect,
            $($(#[$doc])* $verb: Option<$takes>,)+
        }

        /// What a step does.
        #[derive(Debug, Clone)]
        pub enum Action {
            $($(#[$doc])* $action($takes),)+
        }

        /// Every verb of the format.
        #[cfg(test)]
        pub const VERBS: &[&str] = &[$(stringify!($verb)),+];

        impl Step {
            /// What is written in it, by its verb.
            pub fn actions(&self) -> Vec<(&'static str, Action)> {
                let mut written = Vec::new();
                $(if let Some(takes) = &self.$verb {
                    written.push((stringify!($verb), Action::$action(takes.clone())));
                })+
                written
            }
        }
    };
}

steps! {
    /// Buys a plan and waits for its end.
    subscribe: Subscribe => Subscribe,
    /// Changes the plan and waits for its end.
    change_plan: ChangePlan => ChangePlan,
    /// Gives one of two plans back that were both paid.
    give_back: GiveBack => GiveBack,
    /// What the person does at a sheet that was left open.
    at_sheet: Sheet => AtSheet,
    /// Chooses the cameras of a plan.
    select: Select => Select,
    /// Remembers cameras as ticked in the picker.
    tick: Select => Tick,
    /// Opens the picker, or closes it.
    picker: PickerDoes => Picker,
    /// Starts a camera's free trial.
    trial: String => Trial,
    /// Cancels a camera's free trial.
    cancel_trial: CancelTrial => CancelTrial,
    /// Closes a camera's banner.
    close_banner: String => CloseBanner,
    /// The user asks to restore.
    restore: Restore => Restore,
    /// The user stops waiting for the approval of the pending purchase.
    dismiss: Always => Dismiss,
    /// Asks what is on sale.
    plans: Always => Plans,
    /// The app comes to the foreground: it sweeps, and asks the cloud.
    foreground: Always => Foreground,
    /// Nobody does anything but look.
    look: Always => Look,
    /// Signs in, whoever was before.
    sign_in: String => SignIn,
    /// Signs out.
    sign_out: Always => SignOut,
    /// The app is suspended, and resumed.
    sleep: Always => Sleep,
    /// The app is closed in good order.
    close: Always => Close,
    /// The app is killed.
    kill: Always => Kill,
    /// The app is removed and installed again; its vault goes with it.
    reinstall: Always => Reinstall,
    /// A file of the closed app is overwritten with noise.
    damage: Damage => Damage,
    /// The phone's network.
    network: Network => Network,
    /// What the store hands over from now on.
    receipts: Receipts => Receipts,
    /// Keeps what the phone's store shows now, under a name.
    keep: String => Keep,
    /// The store hands kept receipts to the app.
    hand_over: HandOver => HandOver,
    /// The phone's own clock is wrong.
    clock: PhoneClock => Clock,
    /// The phone starts anew.
    reboot: Always => Reboot,
    /// The phone's store account becomes this one.
    store_account: String => StoreAccount,
    /// The world's clock moves by this: `31d`, `2h`, `90m`, `10s`, or ISO 8601.
    advance: String => Advance,
    /// The world's clock moves to this time.
    until: String => Until,
    /// The world's clock moves to the next thing that is due, so many times.
    next_due: u32 => NextDue,
    /// Something happens to a purchase at its store, which tells the cloud.
    store: AtStore => Store,
    /// The store is to charge another price for the last purchase.
    price: Price => Price,
    /// The phone's store account buys outside the app.
    outside: Outside => Outside,
    /// A plan from the portal or from a code.
    web_plan: WebPlan => WebPlan,
    /// A camera is new, or changes.
    camera: Camera => Camera,
    /// How a free trial stands from now on.
    trial_state: TrialSet => TrialState,
    /// What a camera's model records for free from now on.
    free_plan: FreePlanSet => FreePlan,
    /// Something goes wrong on purpose.
    fault: Fault => Fault,
    /// Nothing goes wrong any more.
    clear_faults: Always => ClearFaults,
    /// That TP-Link ID's tokens stop working.
    expire_session: String => ExpireSession,
    /// What is sold changes.
    catalogue: Catalogue => Catalogue,
    /// Which of its two keys the cloud signs with: `k1` or `k2`.
    cloud_key: String => CloudKey,
}
