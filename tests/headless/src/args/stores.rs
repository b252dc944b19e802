//! What can be typed after `care sandbox play` and `care sandbox app-store`.

use clap::{Args, Subcommand};

/// `care sandbox play`.
#[derive(Debug, Subcommand)]
pub enum SandboxPlay {
    /// The slow payment is made.
    Complete(Named),
    /// The slow payment is declined or called off.
    Decline(Named),
    /// Renewals are not paid from now on: grace, then on hold, then over.
    DeclinePayments(Named),
    /// Renewals are paid again, and what waits is paid at once.
    AcceptPayments(Named),
    /// A pause that begins when the paid period is over.
    Pause {
        /// The purchase token.
        token: String,
        /// How long: 31d or an ISO 8601 duration such as P1M.
        #[arg(long = "for", value_name = "LENGTH", default_value = "P1M")]
        length: String,
    },
    /// The pause ends now, or does not begin.
    Resume(Named),
    /// Renewal is switched off.
    Cancel(Named),
    /// Renewal is switched on again.
    Restart(Named),
    /// The money is given back.
    Revoke(Named),
    /// A price from the next renewal on.
    Price(Price),
    /// The customer agrees to the new price.
    AgreePrice(Named),
    /// The customer declines it, and the plan ends when its period is over.
    DeclinePrice(Named),
}

/// `care sandbox app-store`.
#[derive(Debug, Subcommand)]
pub enum SandboxAppStore {
    /// Who asks a parent to buy.
    Asks,
    /// The parent says yes.
    Approve(Named),
    /// The parent says no, and nobody is told.
    Decline(Named),
    /// Renewals are not paid from now on: grace, then billing retry, then over.
    DeclinePayments(Named),
    /// Renewals are paid again, and what waits is paid at once.
    AcceptPayments(Named),
    /// Renewal is switched off.
    Cancel(Named),
    /// Renewal is switched on again.
    Restart(Named),
    /// The money is given back.
    Revoke(Named),
    /// A price from the next renewal on.
    Price(Price),
    /// The customer agrees to the new price.
    AgreePrice(Named),
    /// The customer declines it, and the plan ends when its period is over.
    DeclinePrice(Named),
}

/// A new price.
#[derive(Debug, Args)]
pub struct Price {
    /// Google Play's purchase token, or the App Store's original transaction id.
    pub id: String,
    /// What a period costs from then on, in millionths of the currency's unit: 7990000 is 7.99.
    #[arg(value_name = "MICROS")]
    pub micros: i64,
    /// The customer is only told and need not agree.
    #[arg(long)]
    pub only_told: bool,
}

/// What it happens to.
#[derive(Debug, Args)]
pub struct Named {
    /// Google Play's purchase token; the App Store's original transaction id, or the id of an Ask to Buy.
    pub id: String,
}
