//! What a screen shows: one pure function from what is known to plain records.

mod banners;
mod camera_records;
mod cameras;
mod explain;
mod plans;
mod project;
mod records;
mod subscriptions;

#[cfg(test)]
mod cover_tests;
#[cfg(test)]
mod golden_states;
#[cfg(test)]
mod golden_tests;
#[cfg(test)]
pub(crate) mod samples;

pub use crate::subscription::{Cover, ManageRoute};
pub use camera_records::{
    AccountTrialRow, Action, ActionKind, Banner, BannerKind, CameraRow, CoverBy, CoverReason, Explanation, FreePlanRow,
    Picker, PickerCamera, PickerReason, TrialRow, WhyNot,
};
pub use explain::explain;
pub use plans::{TrialWord, plan_card};
pub(crate) use project::{Known, project};
pub use records::{
    AddPlan, ClockState, Freshness, PlanCard, PlanTrial, PlansOnSale, PurchaseRow, Snapshot, SubscriptionRow,
};
