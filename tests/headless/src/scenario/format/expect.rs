//! What a story expects. Only what is written is compared; a list is compared whole, in its order.

use super::words::{
    Bound, Channel, ClockState, Confirmation, Cover, Freshness, Manage, Money, Offer, OutcomeKind, Phase, PickerReason,
    PriceConsent, PurchaseState, Retry, Returned, TrialState, UserAction,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

macro_rules! expected {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $what:ty,)+ })+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Default, Deserialize, Serialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_doc])*
            #[serde(skip_serializing_if = "Option::is_none")]
            pub $field: Option<$what>,)+
        })+
    };
}

expected! {
    /// After a step.
    Expect {
        /// How a purchase ended during the step.
        outcome: Outcome,
        /// Why what was asked for was refused.
        error: Error,
        /// What a restore found.
        restored: Restored,
        /// What became of a payment that was to be given back.
        returned: Returned,
        /// What is on sale, by number of cameras.
        on_sale: Vec<Sale>,
        /// Payment sheets that opened during the step.
        sheets: u32,
        /// Requests of this phone during the step, by `METHOD /path`.
        requests: BTreeMap<String, u32>,
        /// What the phone shows.
        status: Status,
        /// The receipts that this phone knows.
        receipts: Vec<Receipt>,
        /// What the stores and the cloud hold, in numbers.
        ledger: Ledger,
        /// What the cloud says of each TP-Link ID, asked from elsewhere.
        cloud: BTreeMap<String, Account>,
    }
    /// The end of a purchase.
    Outcome {
        /// How.
        kind: OutcomeKind,
        /// What happened to the money.
        money: Money,
        /// The cloud's final answer.
        answer: String,
        /// The plan.
        plan: String,
        /// The store's own code, where it failed.
        store_code: String,
        /// The key of what is said where the sheet sold another offer than was chosen; `none`.
        sold_otherwise: String,
    }
    /// An error.
    Error {
        /// Its stable name.
        name: String,
        /// What happened to the money.
        money: Money,
        /// When to try again.
        retry: Retry,
        /// What helps.
        user_action: UserAction,
        /// The key of its sentence.
        message: String,
        /// What a yes is asked for.
        confirm: Confirmation,
    }
    /// What a restore found.
    Restored {
        /// Purchases.
        found: u32,
        /// Granted now or before.
        granted: u32,
        /// Not decided yet.
        waiting: u32,
    }
    /// A plan on sale.
    Sale {
        /// Its id.
        plan: String,
        /// How many cameras.
        capacity: u32,
        /// The store's own price.
        price: String,
        /// What it brings.
        features: Vec<String>,
        /// Whether it begins with a free trial of the store: `eligible`, `used`, `not_offered`, `unknown`, `offline`.
        trial: String,
        /// How long that is; `none`.
        trial_length: String,
        /// The key of its renewal sentence.
        terms: String,
    }
    /// What the phone shows.
    Status {
        /// Who is signed in, by name; `nobody`.
        account: String,
        /// How old it is.
        freshness: Freshness,
        /// Whether the phone's clock is believed.
        clock: ClockState,
        /// Whether a plan can be added.
        add_plan: bool,
        /// Why not, as the key of its sentence.
        add_plan_reason: String,
        /// Every plan.
        subscriptions: Vec<Subscription>,
        /// Cameras, by name; those not written are not compared.
        cameras: BTreeMap<String, Camera>,
        /// Whether the camera picker is open.
        picker: bool,
        /// Why it is.
        picker_reason: PickerReason,
        /// The cameras it begins with, by name.
        picker_proposed: Vec<String>,
        /// How many cameras of the user's choice it had to leave out.
        picker_left_out: u32,
        /// What is said over cameras, as `Porch: trial_running`, in their order.
        banners: Vec<String>,
        /// How the account's own trial stands; `none`.
        account_trial: String,
        /// Purchases that have not ended.
        purchases: Vec<Purchase>,
        /// The keys of what the user should know now.
        notices: Vec<String>,
    }
    /// A plan on the phone.
    Subscription {
        /// Its plan.
        plan: String,
        /// Where it was bought.
        channel: Channel,
        /// Where it stands.
        phase: Phase,
        /// Whether it covers.
        cover: Cover,
        /// Whether it renews.
        will_renew: bool,
        /// The date on which it renews; `none`.
        renews_on: String,
        /// The date on which it ends; `none`.
        ends_on: String,
        /// Whole days left.
        days_left: u32,
        /// Its cameras, by name.
        cameras: Vec<String>,
        /// The key of the renewal sentence.
        terms: String,
        /// Where it is managed.
        manage: Manage,
        /// Its line of plans.
        service: String,
        /// The date until which cancelling avoids the next charge; `none`.
        cancel_by: String,
        /// What may be done with it, in the order in which it is listed.
        allowed: Vec<String>,
        /// Flags such as `double_paid`.
        flags: Vec<String>,
        /// The offer it runs under.
        offer: Offer,
        /// The plan it becomes at the renewal; `none`.
        scheduled: String,
        /// When; `none`.
        scheduled_on: String,
        /// The price from the next renewal on, as a sentence writes it; `none`.
        new_price: String,
        /// Whether it was agreed to.
        price_consent: PriceConsent,
    }
    /// A camera on the phone.
    Camera {
        /// Whether anything covers it.
        cover: Cover,
        /// What covers it; where nothing does, each reason why not: `plan`, `trial: used`.
        why: Vec<String>,
        /// Whether two plans do.
        covered_twice: bool,
        /// How the free plan of its model stands; `none`.
        free_plan: String,
        /// What may be done with it, in the order in which it is listed.
        allowed: Vec<String>,
        /// Whether it can be added.
        selectable: bool,
        /// Why not, as the key of its sentence; `none`.
        blocked: String,
        /// Its trial.
        trial: TrialState,
        /// Whether the trial can be started.
        can_start_trial: bool,
        /// Whole days of the trial left.
        trial_days_left: u32,
        /// Whether the trial ends today.
        trial_ends_today: bool,
        /// The key of the trial's sentence.
        trial_message: String,
        /// Why there is no trial; `none`.
        trial_reason: String,
    }
    /// An open purchase on the phone.
    Purchase {
        /// Where it stands.
        state: PurchaseState,
        /// Which check refused its receipt here; `none`.
        refused_by: String,
        /// The key of its sentence.
        message: String,
    }
    /// A receipt.
    Receipt {
        /// Whether it was verified here.
        verified: bool,
        /// Which check refused it; `none`.
        refused_by: String,
        /// The cloud's answer; `none`.
        answer: String,
        /// Whether the store was told.
        finished: bool,
        /// Whose it is.
        bound: Bound,
    }
    /// What the stores and the cloud hold.
    Ledger {
        /// Payments taken.
        charges: u32,
        /// Their sum, in millionths.
        charged_micros: i64,
        /// What went back of it, in millionths.
        given_back_micros: i64,
        /// Grants of the cloud.
        grants: u32,
        /// Transactions finished or acknowledged.
        finishes: u32,
        /// Reservations that still hold.
        reservations: u32,
        /// Purchases nobody paid for.
        test_purchases: u32,
        /// Whether all money that a store kept was granted, and the store told so.
        settled: bool,
        /// To whom something was granted, each once, in the order of the alphabet.
        granted_to: Vec<String>,
    }
    /// What the cloud says of a TP-Link ID.
    Account {
        /// Whether it may buy in the app.
        may_buy: bool,
        /// Every plan.
        subscriptions: Vec<Held>,
    }
    /// A plan in the cloud.
    Held {
        /// Its plan.
        plan: String,
        /// Where it was bought.
        channel: Channel,
        /// Where it stands.
        phase: Phase,
        /// Whether it renews.
        will_renew: bool,
        /// Its cameras, by name.
        cameras: Vec<String>,
        /// Flags such as `double_paid`.
        flags: Vec<String>,
        /// The plan that a change goes to, later; `none`.
        scheduled: String,
    }
}
