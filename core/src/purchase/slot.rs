//! The rules over all purchases: which one a transaction belongs to, and who holds the one in-app slot (R2, X5, X10, X11).

use super::state::{APPROVAL_MS, Change, Delivery, End, Facts, Intent, Purchase, PurchaseId, Stage};
use crate::account::{AccountState, Channel, Phase, Subscription};
use crate::id::{AccountId, AccountTag, IntentId, Revision, StoreKind, SubscriptionId, TransactionId};
use crate::planted;
use crate::receipt::{Bound, bound};
use crate::time::{Timestamp, TrustedTime};
use std::collections::BTreeMap;

/// Clocks of phone and store may differ by this much when a purchase is matched with its sheet.
const SKEW_MS: i64 = 5 * 60 * 1000;
/// How long a late payment is still taken for its closed sheet's.
const LATE_PAYMENT_MS: i64 = 24 * 60 * 60 * 1000;
/// How long a late approval is still taken for the wish that was given up.
const LATE_APPROVAL_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// A transaction just seen, to be given to a purchase.
#[derive(Debug, Clone, Copy)]
pub struct Sighting<'a> {
    /// The id to finish it by.
    pub transaction: &'a TransactionId,
    /// Hash of its facts, or of its bytes.
    pub revision: &'a Revision,
    /// What was verified.
    pub facts: Option<&'a Facts>,
    /// The intent whose sheet handed it over.
    pub from_sheet: Option<&'a IntentId>,
}

/// Where a transaction belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Seen before, and nothing is new.
    Known,
    /// To this purchase.
    To {
        /// Which; it may be a new one.
        purchase: PurchaseId,
        /// Whether it settles that purchase's intent.
        settles: bool,
    },
}

/// Gives a transaction to its purchase: what the store returns, what arrives unasked and what a sweep finds are the same.
pub fn route(purchases: &BTreeMap<PurchaseId, Purchase>, seen: Sighting<'_>) -> Route {
    if let Some(purchase) = scheduled_by(purchases, seen) {
        return Route::To {
            purchase,
            settles: true,
        };
    }
    if purchases.values().any(|purchase| holds_revision(purchase, seen)) {
        return Route::Known;
    }
    if let Some((id, purchase)) = purchases.iter().find(|(_, purchase)| holds(purchase, seen)) {
        // What the cloud has settled for good is not asked again for bytes that still cannot be verified.
        let settled = purchase.delivery(seen.transaction).is_some_and(Delivery::is_settled);
        return if seen.facts.is_none() && settled {
            Route::Known
        } else {
            // A purchase seen while it waited for its payment settles its intent once it is paid.
            let waited = purchase.intent.as_ref().zip(seen.facts);
            Route::To {
                purchase: id.clone(),
                settles: waited.is_some_and(|(intent, facts)| settles(intent, facts)),
            }
        };
    }
    if let Some(intent) = intent_for(purchases, seen) {
        return Route::To {
            purchase: PurchaseId::from(&intent.id),
            settles: true,
        };
    }
    let Some(facts) = seen.facts else {
        return Route::To {
            // By the store's number and not by the bytes: a store that signs anew at each fetch must not make new ones.
            purchase: PurchaseId(format!("unverified/{}", seen.transaction)),
            settles: false,
        };
    };
    let renewal_of = purchases.iter().find(|(_, purchase)| {
        purchase
            .deliveries
            .iter()
            .any(|delivery| delivery.facts.as_ref().is_some_and(|known| known.key == facts.key))
            && purchase.tag == facts.tag
    });
    if let Some((id, _)) = renewal_of {
        return Route::To {
            purchase: id.clone(),
            settles: false,
        };
    }
    // The tag is part of the key: the same Apple ID buying again for another account is another purchase.
    let owner = facts.tag.map_or_else(|| "untagged".to_owned(), |tag| tag.to_string());
    let id = format!(
        "{:?}/{:?}/{}/{owner}",
        facts.key.store, facts.key.environment, facts.key.original
    );
    Route::To {
        purchase: PurchaseId(id),
        settles: false,
    }
}

/// The wish for a smaller plan that this transaction answers: StoreKit shows the old transaction, renewing as another
/// product; or, where such a change is to be taken back, as its own again. It belongs to the purchase that paid it as well.
fn scheduled_by(purchases: &BTreeMap<PurchaseId, Purchase>, seen: Sighting<'_>) -> Option<PurchaseId> {
    let facts = seen.facts?;
    let answers = |intent: &&Intent| match intent.keeps_plan() {
        true => facts.renews_unchanged,
        false => intent.change.is_some() && facts.renews_as.is_some(),
    };
    let waiting = purchases.iter().find(|(_, purchase)| {
        let wish = purchase.intent.as_ref().filter(answers);
        wish.is_some_and(|intent| settles(intent, facts)) && !holds_revision(purchase, seen)
    });
    waiting.map(|(id, _)| id.clone())
}

/// Whether the purchase has exactly this news already.
fn holds_revision(purchase: &Purchase, seen: Sighting<'_>) -> bool {
    let known = purchase.delivery(seen.transaction);
    holds(purchase, seen) && known.is_some_and(|delivery| &delivery.revision == seen.revision)
}

/// Whether the purchase has that transaction, in the same ledger of the store (X15). Bytes that cannot be verified never
/// join what was: they are looked into by themselves.
fn holds(purchase: &Purchase, seen: Sighting<'_>) -> bool {
    purchase
        .delivery(seen.transaction)
        .is_some_and(|delivery| match (&delivery.facts, seen.facts) {
            (Some(known), Some(new)) => known.key.environment == new.key.environment,
            (None, None) => true,
            // The sheet's own copy was broken, and here is a good one: it belongs to the same wish.
            (None, Some(_)) => purchase.intent.is_some(),
            (Some(_), None) => false,
        })
}

/// The intent this transaction settles. Of several that fit, the one whose sheet handed it over, then one that is still
/// open, then one that waited for an approval, then the newest.
fn intent_for<'a>(purchases: &'a BTreeMap<PurchaseId, Purchase>, seen: Sighting<'_>) -> Option<&'a Intent> {
    purchases
        .values()
        .filter_map(|purchase| purchase.intent.as_ref())
        .filter(|intent| match seen.facts {
            // Bytes that cannot be verified belong to the sheet that handed them over, and to nothing else.
            None => seen.from_sheet == Some(&intent.id) && !matches!(intent.stage, Stage::Settled { .. }),
            Some(facts) => settles(intent, facts),
        })
        .max_by_key(|intent| {
            let handed_over = seen.from_sheet == Some(&intent.id);
            let asked_for = intent.end == Some(End::NotApproved);
            (handed_over, intent.is_open(), asked_for, intent.opened_at)
        })
}

fn settles(intent: &Intent, facts: &Facts) -> bool {
    // A subscription that names nobody and changes its plan is the one that the cloud knows for this account.
    let of_the_change = |change: &Change| facts.tag.is_none() && change.key == facts.key;
    let ours = facts.tag == Some(intent.tag) || intent.change.as_ref().is_some_and(of_the_change);
    if intent.store != facts.key.store || !ours {
        return false;
    }
    let late_by_ms = match (&intent.stage, &intent.end) {
        (Stage::Open | Stage::Left { .. } | Stage::Pending { .. }, None) => None,
        (Stage::Closed, Some(End::Cancelled | End::Failed { .. })) => Some(LATE_PAYMENT_MS),
        (Stage::Closed, Some(End::NotApproved)) if facts.product == intent.product => Some(LATE_APPROVAL_MS),
        _ => return false,
    };
    match facts.key.store {
        // Its group, and its sheet opened before the purchase, which is all that StoreKit says.
        StoreKind::AppStore => {
            let bought = facts.purchased_at.unwrap_or(Timestamp(i64::MIN));
            let in_time = late_by_ms.is_none_or(|late_by| bought.since(intent.opened_at) < late_by);
            let after_the_sheet = bought.plus_ms(SKEW_MS) >= intent.opened_at;
            let in_group = facts.group.as_deref() == Some(intent.group.as_str());
            let expected = intent.is_open() || intent.end == Some(End::NotApproved) && in_time;
            // A renewal of the old plan while the sheet is open is no change of it.
            let changed = || facts.product == intent.product && after_the_sheet;
            let scheduled = || facts.renews_as.as_ref() == Some(&intent.product);
            in_group
                && match &intent.change {
                    // What it paid for it has already, so only what it renews as is an answer.
                    Some(change) if intent.keeps_plan() => {
                        expected && facts.key == change.key && facts.renews_unchanged
                    }
                    Some(change) => expected && (changed() || facts.key == change.key && scheduled()),
                    None => in_time && after_the_sheet,
                }
        }
        // Play carries the intent itself, so no date is asked: a slow payment may take days.
        StoreKind::Play => facts.intent.as_ref() == Some(&intent.id),
    }
}

/// Who holds the in-app slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A subscription in the account (R2, X10).
    Subscription {
        /// Which.
        subscription: SubscriptionId,
        /// Where it is billed.
        channel: Channel,
        /// Its plan's title.
        plan: String,
        /// Where it stands.
        phase: Phase,
    },
    /// The cloud says so and names no subscription of the document.
    Cloud {
        /// Where it is billed.
        channel: Channel,
        /// Why.
        reason: String,
    },
    /// A wish that has not ended: its sheet is open, it is pending, or it is being set up.
    Intent {
        /// Which.
        intent: IntentId,
        /// Its plan's title.
        plan: String,
        /// Whether it waits for an approval or a payment.
        pending: bool,
    },
    /// This phone's store account pays a plan for this account, and the cloud has not confirmed it yet.
    BeingSetUp,
    /// This phone's store account pays a plan for another TP-Link ID (X5).
    OtherAccount,
    /// This phone's store account pays a plan that no TP-Link ID has claimed (X11).
    Unbound,
}

/// A subscription of this phone's store account, as a sweep found and verified it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owned {
    /// What was verified.
    pub facts: Facts,
    /// Whether it still bills: paid, in grace, or in billing retry. Unknown time counts as yes.
    pub bills: bool,
}

/// Who holds the slot in the account's own document.
pub fn holder_in_account(state: &AccountState) -> Option<Holder> {
    let held = |subscription: &Subscription| matches!(subscription.phase, Phase::Retry | Phase::Paused);
    if planted::is("slot_ignores_hold") && state.subscriptions.iter().any(held) {
        return None;
    }
    let occupying = state
        .subscriptions
        .iter()
        .find(|subscription| subscription.channel.is_in_app() && occupies(&subscription.phase));
    if let Some(subscription) = occupying {
        return Some(Holder::Subscription {
            subscription: subscription.id.clone(),
            channel: subscription.channel.clone(),
            plan: subscription.plan.title.clone(),
            phase: subscription.phase.clone(),
        });
    }
    if state.in_app.may_buy {
        return None;
    }
    let (channel, reason) = match &state.in_app.blocked_by {
        Some(holder) => (holder.channel.clone(), holder.reason.clone()),
        None => (Channel::Unknown(String::new()), "unknown".to_owned()),
    };
    Some(Holder::Cloud { channel, reason })
}

/// Whether a subscription in this phase occupies the slot (X10). A phase nobody knows does.
pub fn occupies(phase: &Phase) -> bool {
    !matches!(
        phase,
        Phase::Expired | Phase::Revoked | Phase::Refunded | Phase::Superseded
    )
}

/// Which purchase of this account still holds the slot: a wish that has not ended, or one paid without a tap and still
/// being set up.
pub fn holder_in_journal(
    purchases: &BTreeMap<PurchaseId, Purchase>,
    account: &AccountId,
    tag: Option<AccountTag>,
    now: Option<TrustedTime>,
) -> Option<Holder> {
    let wish = purchases
        .values()
        .filter_map(|purchase| purchase.intent.as_ref().zip(Some(purchase)))
        .filter(|(intent, _)| &intent.account == account && intent.is_open())
        .find(|(intent, purchase)| match intent.stage {
            // A purchase that was seen waiting holds the slot until the cloud says how it ended; StoreKit shows none, and
            // never tells of a declined one.
            Stage::Pending { .. } if planted::is("slot_ignores_pending") => false,
            Stage::Pending { since } => {
                purchase.is_seen_waiting() || now.is_none_or(|now| now.timestamp().since(since) < APPROVAL_MS)
            }
            _ => true,
        });
    let being_set_up = || {
        purchases.values().any(|purchase| {
            bound(purchase.owner(), tag) == Bound::Ours && purchase.deliveries.iter().any(|paid| pays(paid, now))
        })
    };
    match wish {
        Some((intent, _)) => Some(Holder::Intent {
            intent: intent.id.clone(),
            plan: intent.title.clone(),
            pending: matches!(intent.stage, Stage::Pending { .. }),
        }),
        None => being_set_up().then_some(Holder::BeingSetUp),
    }
}

/// Whether a transaction the cloud has not answered pays a period that has not ended.
fn pays(delivery: &Delivery, now: Option<TrustedTime>) -> bool {
    let ended = delivery.facts.as_ref().and_then(|facts| facts.expires_at).zip(now);
    delivery.is_confirming() && ended.is_none_or(|(end, now)| now.timestamp() < end)
}

/// Whether this phone's store account already pays a plan (X5, X11).
pub fn holder_in_store(owned: &[Owned], tag: AccountTag) -> Option<Holder> {
    let billing = owned
        .iter()
        .filter(|owned| owned.bills && (owned.facts.sound || owned.facts.pending));
    let newest = billing.max_by_key(|owned| owned.facts.purchased_at)?;
    Some(match bound(newest.facts.tag, Some(tag)) {
        Bound::Ours => Holder::BeingSetUp,
        Bound::Other => Holder::OtherAccount,
        Bound::None => Holder::Unbound,
    })
}

#[cfg(test)]
#[path = "slot_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "slot_holders_tests.rs"]
#[allow(clippy::panic)]
mod holders_tests;
