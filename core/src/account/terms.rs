//! What the account document says beside the plan itself: terms, origin, reach, the free plan, the account's own trial.

use super::TrialState;
use crate::open_enum::open_enum;
use crate::period::Period;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

open_enum! {
    /// Which billing of the app a subscription comes from. Stored with it, never worked out from a date (X9).
    #[derive(Default)]
    Origin {
        /// Today's.
        #[default]
        Current = "current",
        /// Bought in the Kasa app before its update of December 2022: billed to a card (R98).
        KasaAppBeforeDec2022 = "kasa_app_before_dec_2022",
    }
}

open_enum! {
    /// How far a plan reaches.
    #[derive(Default)]
    Covers {
        /// To the cameras selected (R17).
        #[default]
        Cameras = "cameras",
        /// To every camera bound to the account, up to its capacity (R38).
        Account = "account",
    }
}

/// What a camera records for free by its model (R70–R81). Never a trial (R68).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreePlan {
    /// Where it stands.
    pub state: FreePlanState,
    /// How many hours of history it keeps.
    #[serde(default)]
    pub history_h: Option<u32>,
    /// When it ends.
    #[serde(default)]
    pub ends_at: Option<Timestamp>,
}

open_enum! {
    /// Where a camera's free plan stands.
    FreePlanState {
        /// It records.
        Active = "active",
        /// Its years are over.
        Ended = "ended",
        /// The model has none (R76).
        NotForModel = "not_for_model",
    }
}

/// The account's own free trial (R61): it comes with a paid plan and turns into a paid period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountTrial {
    /// Where it stands.
    pub state: TrialState,
    /// Why it is not eligible.
    #[serde(default)]
    pub reason: Option<String>,
    /// How long it lasts (R66).
    #[serde(default)]
    pub length: Option<Period>,
    /// When it ends.
    #[serde(default)]
    pub ends_at: Option<Timestamp>,
}

/// Whether a plan bought in the app may begin with a free trial that the store sells (X12). The store is asked as well: it
/// knows whom it sells it to, and how long it lasts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreTrial {
    /// `eligible`, `used`, `not_offered`; no other state offers one.
    pub state: TrialState,
    /// Why it is not eligible.
    #[serde(default)]
    pub reason: Option<String>,
}
