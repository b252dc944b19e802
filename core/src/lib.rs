//! Tapo Care's subscription core: what can be bought here, what was bought and whether it is really paid, which cameras it
//! covers, and what is left of a trial. Shells draw and call the store; they decide nothing.
//!
//! # Where to start
//! [`Care`] is the whole API. A purchase goes store → [`receipt`] → [`purchase`] (journal) → [`cloud`] → [`account`] (cache) →
//! [`snapshot`] → shell; read [`purchase::machine`] for what happens when, and [`mod@snapshot`] for what a screen shows.
//!
//! | module | is |
//! |---|---|
//! | [`care`] | `Care`: open, intents, snapshot, changes, outcomes, sweep, suspend, close |
//! | [`ports`] | what a shell provides: store, vault, session, clock, log |
//! | [`seams`] | what a test replaces: transport, timer, entropy, disk, spawner |
//! | [`error`] | one error: what happened, what happened to the money, what to do next |
//! | [`purchase`] | the machine, its journal and its driver; the slot rule |
//! | [`receipt`] | signed bytes → authentic, bound, access |
//! | [`account`], [`catalogue`] | the cloud's documents, and what this phone holds of them |
//! | [`freshness`] | when the cloud is asked again by itself, and in which slot |
//! | [`subscription`], [`camera`], [`trial`] | what they mean: cover, selection, days left |
//! | [`snapshot`] | one pure function makes everything a shell shows |
//! | [`cloud`], [`cache`] | signed HTTP; two SQLite files |
//! | [`time`], [`money`], [`period`], [`id`], [`message`] | vocabulary |
//!
//! Rules are cited by number (R2, X5); they stand in `core/RULES.md`, and why things are as they are in `core/DECISIONS.md`.

pub mod account;
pub mod cache;
pub mod camera;
pub mod care;
pub mod catalogue;
pub mod cloud;
pub mod config;
pub mod error;
pub mod freshness;
pub mod id;
pub mod message;
pub mod money;
pub mod period;
pub mod ports;
pub mod purchase;
pub mod receipt;
pub mod seams;
pub mod snapshot;
pub mod subscription;
pub mod time;
pub mod trial;

#[cfg(feature = "planted")]
pub mod planted;
#[cfg(not(feature = "planted"))]
mod planted {
    /// Nothing is planted in what ships.
    pub(crate) const fn is(_bug: &str) -> bool {
        false
    }
}

mod open_enum;
mod storage;
mod work;

pub use care::{Care, Changes, Outcomes, ReceiptRow, Restored, peek};
pub use cloud::CloudKey;
pub use config::{Config, Trust};
pub use error::CareError;
pub use freshness::Occasion;
pub use purchase::{ChangePlanRequest, Outcome, OutcomeKind, ReturnRequest, Returned, SubscribeRequest};
pub use snapshot::{PlansOnSale, Snapshot};
