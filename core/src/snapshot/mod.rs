//! What a screen shows: one pure function from what is known to plain records.

mod plans;
mod project;
mod records;

#[cfg(test)]
pub(crate) mod samples;

pub use crate::subscription::{Cover, ManageRoute};
pub use plans::plan_card;
pub(crate) use project::{Known, project};
pub use records::{
    AddPlan, CameraRow, ClockState, Freshness, Picker, PlanCard, PlansOnSale, PurchaseRow, Snapshot, SubscriptionRow,
    TrialRow,
};
