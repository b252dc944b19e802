//! [`PlansOnSale`]: what a plan screen must show.

use tapo_care::id::{PlanId, ProductId};
use tapo_care::message::Message;
use tapo_care::money::Price;
use tapo_care::period::Period;
use tapo_care::snapshot::{PlanCard, PlanTrial, PlansOnSale};

/// What is on sale here, with the store's own prices.
#[uniffi::remote(Record)]
pub struct PlansOnSale {
    /// The storefront.
    pub storefront: String,
    /// By number of cameras (R6).
    pub plans: Vec<PlanCard>,
    /// Terms of use (U1).
    pub terms_url: String,
    /// Privacy policy (U1).
    pub privacy_url: String,
    /// What may be said about the portal here (U9).
    pub portal: Option<Message>,
}

/// One plan on sale: what a screen must show (U1–U4).
#[uniffi::remote(Record)]
pub struct PlanCard {
    /// The plan.
    pub id: PlanId,
    /// Its title (U1).
    pub title: String,
    /// How many cameras it covers (R6).
    pub capacity: u32,
    /// How often it bills (U1).
    pub cycle: Period,
    /// The billed amount, the store's own string, the most prominent price (U2, U4).
    pub display_price: String,
    /// The same for logic.
    pub price: Price,
    /// What a longer cycle comes to per month, rounded up, subordinate to the billed amount (U2).
    pub per_month: Option<Price>,
    /// Renewal and cancelling in one sentence (R10, R11, U3); with a free trial, also how long that is and what comes then
    /// (U11).
    pub terms: Message,
    /// Whether it begins with a free trial of the store, and why not (X12, U15).
    pub trial: PlanTrial,
    /// What it brings, by stable names.
    pub features: Vec<String>,
    /// The store's product.
    pub product: ProductId,
}

/// A free trial that a plan begins with, sold through the store (X12). Never a camera's (X6).
#[uniffi::remote(Record)]
pub struct PlanTrial {
    /// `eligible` where cloud and store both say so; else `used`, `not_offered`, `unknown`, `offline`, and the plan is sold at
    /// its full price.
    pub state: String,
    /// The cloud's word on why not.
    pub reason: Option<String>,
    /// How long it lasts, where it is to be had (R66).
    pub length: Option<Period>,
    /// The sentence to show.
    pub message: Message,
}
