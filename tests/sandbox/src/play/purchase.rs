//! A purchase as Play keeps it, and the JSON it signs of it.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PACKAGE;
use super::products::{BasePlan, Offer, product};
use crate::contract;
use crate::keys::play_signature;
use crate::moment::{DAY_MS, nth_after};

/// What was not acknowledged by then is given back.
const ACKNOWLEDGE_WITHIN_MS: i64 = 3 * DAY_MS;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Purchase {
    pub(super) token: String,
    pub(super) account: String,
    pub(super) product: String,
    pub(super) base_plan: String,
    pub(super) offer: Option<String>,
    /// obfuscatedAccountId, as the app gave it.
    pub(super) tag: Option<String>,
    /// obfuscatedProfileId.
    pub(super) profile: Option<String>,
    /// The first order; none while the payment is awaited.
    pub(super) order: Option<String>,
    pub(super) bought_ms: i64,
    /// When it was first paid.
    pub(super) started_ms: i64,
    /// Periods paid for.
    pub(super) periods: i64,
    /// Where the months are counted from, and how many went by: a payment made after a hold or a pause counts anew.
    pub(super) anchor_ms: i64,
    pub(super) since_anchor: i64,
    pub(super) expires_ms: i64,
    pub(super) state: State,
    pub(super) auto_renew: bool,
    /// When the grace period, the hold or the pause it is in ends.
    pub(super) until_ms: Option<i64>,
    /// How long the pause is that begins when the paid period is over.
    pub(super) pause: Option<String>,
    /// Whether its payments go through.
    pub(super) pays: bool,
    /// Bought by a license tester: nobody pays.
    pub(super) test: bool,
    pub(super) acknowledged: bool,
    pub(super) country: String,
    pub(super) price_micros: i64,
    pub(super) currency: String,
    /// The purchase it took the place of, and when and for what.
    pub(super) linked: Option<String>,
    pub(super) mode: Mode,
    /// What it becomes when the paid period is over.
    pub(super) deferred: Option<Deferred>,
    /// The end of a period that was paid under the token it took the place of and goes on under its own.
    #[serde(default)]
    pub(super) carried_until_ms: Option<i64>,
    /// What it is to cost from the next renewal on.
    pub(super) new_price: Option<NewPrice>,
    /// A raw state nobody has heard of, on control's word.
    pub(super) signed_as: Option<i64>,
    /// Whether what is signed leaves out if it is acknowledged, as older purchases do.
    pub(super) silent: bool,
}

/// When a purchase takes the place of another, and what is charged: Google's replacement modes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PlayReplacementMode")]
pub(super) enum Mode {
    /// At once, for a whole new period.
    #[default]
    ChargeFullPrice,
    /// At once, for the difference until the paid period is over; only for more money a day than before.
    ChargeProratedPrice,
    /// When the paid period is over; nothing is charged before.
    Deferred,
}

/// A price that is to change.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct NewPrice {
    pub(super) micros: i64,
    /// Whether the person has to agree; else it is only told, and they may opt out.
    pub(super) asks: bool,
    pub(super) agreed: bool,
}

/// What a purchase renews as.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Deferred {
    pub(super) product: String,
    pub(super) base_plan: String,
    pub(super) price_micros: i64,
}

/// How a purchase stands at Play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "StateAtPlay")]
pub(crate) enum State {
    /// The payment is awaited.
    Pending,
    /// The payment was declined or called off.
    PendingCanceled,
    Running,
    /// A renewal was not paid: access goes on for a while.
    Grace,
    /// Still not paid: no access.
    OnHold,
    /// The person paused it.
    Paused,
    Expired,
    /// The money was given back.
    Revoked,
    /// Another purchase took its place.
    Replaced,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Signed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    order_id: Option<&'a str>,
    package_name: &'static str,
    product_id: &'a str,
    purchase_time: i64,
    purchase_state: i64,
    purchase_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    obfuscated_account_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    obfuscated_profile_id: Option<&'a str>,
    quantity: u32,
    auto_renewing: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledged: Option<bool>,
}

/// A purchase as the billing library hands it out.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PlayPurchase")]
pub(crate) struct Seen {
    #[schemars(with = "contract::PurchaseToken")]
    token: String,
    /// Play's own JSON: `orderId` once paid, `packageName`, `productId`, `purchaseTime`, `purchaseState` (0 paid, 4 pending),
    /// `purchaseToken`, `obfuscatedAccountId`, `obfuscatedProfileId`, `quantity`, `autoRenewing`, `acknowledged`.
    #[schemars(with = "contract::SignedPayload")]
    original_json: String,
    /// RSASSA-PKCS1-v1_5 with SHA-1 over exactly these bytes, by the license key of the trust file, one for
    /// worlds of even and one for worlds of odd seed.
    #[schemars(with = "contract::Base64")]
    signature: String,
    acknowledged: bool,
    /// On hold or paused: a real phone is shown it only when it asks for such too.
    suspended: bool,
}

impl Purchase {
    /// How it is billed.
    pub(super) fn terms(&self) -> Option<&'static BasePlan> {
        product(&self.product)?.base_plan(Some(&self.base_plan))
    }

    /// The offer, where the period paid for last is one of it.
    pub(super) fn offer_now(&self) -> Option<&'static Offer> {
        let offer = self.terms()?.offer(self.offer.as_deref()?)?;
        (self.periods <= offer.periods).then_some(offer)
    }

    /// When the period paid for last began.
    pub(super) fn period_start(&self) -> Option<i64> {
        nth_after(self.anchor_ms, self.terms()?.period, self.since_anchor - 1)
    }

    pub(super) fn is_running(&self) -> bool {
        self.state == State::Running
    }

    /// Neither over nor waiting for its first payment.
    pub(super) fn is_alive(&self) -> bool {
        matches!(self.state, State::Running | State::Grace) || self.is_suspended()
    }

    /// What the phone's query lists only when it asks for suspended ones too.
    pub(super) fn is_suspended(&self) -> bool {
        matches!(self.state, State::OnHold | State::Paused)
    }

    /// What the phone's query lists, suspended ones included: paid for, being paid for, or to be paid for again.
    pub(super) fn is_listed(&self) -> bool {
        self.is_alive() || self.state == State::Pending
    }

    /// When it is given back unless somebody acknowledges it.
    pub(super) fn refund_due(&self) -> Option<i64> {
        (self.is_running() && !self.acknowledged).then_some(self.started_ms + ACKNOWLEDGE_WITHIN_MS)
    }

    pub(super) fn next_due(&self) -> Option<i64> {
        let end = if self.is_running() {
            Some(self.expires_ms)
        } else {
            self.until_ms
        };
        end.into_iter().chain(self.refund_due()).min()
    }

    /// The newest order: renewals count up behind the first.
    pub(super) fn latest_order(&self) -> Option<String> {
        let first = self.order.as_ref()?;
        Some(match self.periods {
            ..=1 => first.clone(),
            renewed => format!("{first}..{}", renewed - 2),
        })
    }

    /// The JSON, and for a world of that seed the signature over exactly these bytes.
    pub(super) fn as_seen_by_the_phone(&self, seed: u64) -> Seen {
        let signed = Signed {
            order_id: self.order.as_deref(),
            package_name: PACKAGE,
            product_id: &self.product,
            purchase_time: self.bought_ms,
            purchase_state: self.signed_as.unwrap_or(match self.state {
                State::Pending | State::PendingCanceled => 4,
                _ => 0,
            }),
            purchase_token: &self.token,
            obfuscated_account_id: self.tag.as_deref(),
            obfuscated_profile_id: self.profile.as_deref(),
            quantity: 1,
            auto_renewing: self.auto_renew,
            acknowledged: (!self.silent).then_some(self.acknowledged),
        };
        // Strings and numbers always become JSON.
        let original_json = serde_json::to_string(&signed).unwrap_or_default();
        let signature = play_signature(seed, &original_json);
        Seen {
            token: self.token.clone(),
            original_json,
            signature,
            acknowledged: self.acknowledged,
            suspended: self.is_suspended(),
        }
    }
}
