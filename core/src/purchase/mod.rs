//! Buying: one pure machine, a journal that outlives any crash, and a driver that does what is due.
//!
//! - [`state`] one purchase · [`event`] what happens to it · [`machine`] `apply` and `due`
//! - [`slot`] the rules over all purchases: who holds the one in-app slot, and which purchase a transaction belongs to
//! - `journal` durable events · `driver` writes them down · `pump` runs what is due · `effects` what each does · `subscribe` from the tap to the open sheet
//! - `offer` a free trial of the store, chosen before the sheet · `change` one plan for another · `refund` a double payment given back
//! - `pending` a wish whose approval does not come

pub mod event;
pub mod machine;
pub mod slot;
pub mod state;

pub(crate) mod change;
pub(crate) mod driver;
pub(crate) mod effects;
pub(crate) mod journal;
mod offer;
pub(crate) mod outcome;
mod pending;
mod pump;
pub(crate) mod reading;
pub(crate) mod refund;
pub(crate) mod refusal;
pub(crate) mod subscribe;
pub(crate) mod sweep;

pub use change::ChangePlanRequest;
pub use outcome::{Outcome, OutcomeKind};
pub use refund::{ReturnRequest, Returned};
pub use subscribe::SubscribeRequest;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod change_tests;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod play_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod table_tests;
