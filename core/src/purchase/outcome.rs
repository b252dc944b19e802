//! How purchases end, told to the shell once each: the same outcome comes again until it is handled.

use super::event::Event;
use super::state::{ALREADY_OWNED, End, Intent, Purchase, PurchaseId, Stage};
use crate::id::{AccountId, IntentId, PlanId, SubscriptionId};
use crate::money::Money;
use crate::planted;
use serde::Serialize;
use std::collections::BTreeMap;

/// The end of a purchase, or the word that it is pending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Handed back to `handled`.
    pub id: String,
    /// Which wish.
    pub intent: IntentId,
    /// Its plan.
    pub plan: PlanId,
    /// How it ended.
    pub kind: OutcomeKind,
    /// The cloud's final answer, where it gave one.
    pub answer: Option<String>,
    /// The subscription, where granted.
    pub subscription: Option<SubscriptionId>,
    /// What happened to the money.
    pub money: Money,
    /// The store's own code, where it failed.
    pub store_code: Option<String>,
}

/// How a purchase ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// The plan is theirs.
    Granted,
    /// A change of plan was accepted: it takes effect when the paid period is over, and nothing was charged.
    Scheduled,
    /// Waiting for an approval or a payment; another outcome follows.
    Pending,
    /// The user closed the sheet, and a sweep agrees.
    Cancelled,
    /// The store failed and took nothing.
    Failed,
    /// The cloud's final answer is no.
    NotGranted,
    /// No approval came within 24 hours, or the user dismissed the wish. One that comes late is granted, and told.
    NotApproved,
}

/// The word of the one outcome that is no end.
const PENDING: &str = "pending";
/// The word of a change that was accepted: it was granted, for later.
const GRANTED: &str = "granted";

/// The first unhandled outcome of `account`, in the order of the journal's keys.
pub(crate) fn next(purchases: &BTreeMap<PurchaseId, Purchase>, account: &AccountId) -> Option<Outcome> {
    purchases
        .values()
        .filter_map(|purchase| of(purchase, purchase.intent.as_ref()?))
        .find(|(owner, _)| *owner == account || planted::is("outcome_to_anybody"))
        .map(|(_, outcome)| outcome)
}

/// What "handled" means for the outcome of that id.
pub(crate) fn handled(id: &str) -> Option<(PurchaseId, Event)> {
    let (intent, word) = id.rsplit_once('/')?;
    let event = match word {
        PENDING => Event::PendingHandled,
        end => Event::EndHandled { end: end.to_owned() },
    };
    Some((PurchaseId(intent.to_owned()), event))
}

fn of<'a>(purchase: &Purchase, intent: &'a Intent) -> Option<(&'a AccountId, Outcome)> {
    let (kind, word) = match (&intent.end, &intent.stage) {
        (Some(_), _) if intent.end_handled => return None,
        (Some(End::Granted { .. }), _) if purchase.is_scheduled() => (OutcomeKind::Scheduled, GRANTED),
        (Some(end), _) => (kind_of(end), end.word()),
        (None, Stage::Pending { .. }) if !intent.pending_handled => (OutcomeKind::Pending, PENDING),
        (None, _) => return None,
    };
    let answer = purchase.settling().and_then(|delivery| delivery.answer.as_ref());
    let outcome = Outcome {
        id: format!("{}/{word}", intent.id),
        intent: intent.id.clone(),
        plan: intent.plan.clone(),
        kind,
        answer: answer.map(|answer| answer.kind.as_str().to_owned()),
        subscription: match &intent.end {
            Some(End::Granted { subscription }) => subscription.clone(),
            _ => None,
        },
        money: match kind {
            OutcomeKind::Scheduled => Money::NotCharged,
            _ => money(intent),
        },
        store_code: match &intent.end {
            Some(End::Failed { code }) => Some(code.clone()),
            _ => None,
        },
    };
    Some((&intent.account, outcome))
}

fn kind_of(end: &End) -> OutcomeKind {
    match end {
        End::Granted { .. } => OutcomeKind::Granted,
        End::Cancelled => OutcomeKind::Cancelled,
        End::Failed { .. } => OutcomeKind::Failed,
        End::NotGranted { .. } => OutcomeKind::NotGranted,
        End::NotApproved => OutcomeKind::NotApproved,
    }
}

/// What happened to the money of that wish.
pub(super) fn money(intent: &Intent) -> Money {
    use crate::cloud::AnswerKind::{
        BoundToOther, Expired, FamilyShared, PendingCanceled, Revoked, Superseded, TestPurchase,
    };
    match &intent.end {
        Some(End::Granted { .. }) => Money::Charged,
        // The store said success and showed a transaction that is not this wish's: it may be an old one, or one without a tag.
        Some(End::Failed { code }) if code == ALREADY_OWNED => Money::MaybeCharged,
        None if matches!(intent.stage, Stage::Settled { .. }) => Money::MaybeCharged,
        Some(End::Cancelled | End::Failed { .. } | End::NotApproved) | None => Money::NotCharged,
        Some(End::NotGranted {
            answer: Expired | Superseded | Revoked | BoundToOther,
        }) => Money::Charged,
        Some(End::NotGranted {
            answer: FamilyShared | TestPurchase | PendingCanceled,
        }) => Money::NotCharged,
        Some(End::NotGranted { .. }) => Money::MaybeCharged,
    }
}
