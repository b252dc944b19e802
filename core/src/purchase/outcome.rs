//! How purchases end, told to the shell once each: the same outcome comes again until it is handled.

use super::event::Event;
use super::state::{ALREADY_OWNED, End, Intent, Purchase, PurchaseId, Stage};
use crate::account::Offer;
use crate::id::{AccountId, IntentId, PlanId, SubscriptionId};
use crate::message::Message;
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
    /// What to say where the sheet sold another offer than was chosen: the full price for a free trial, or a trial for the full
    /// price (X12). The store decided it, and the purchase stands.
    pub sold_otherwise: Option<Message>,
}

/// How a purchase ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// The plan is theirs.
    Granted,
    /// A change of plan was accepted: it takes effect when the paid period is over, and nothing was charged.
    Scheduled,
    /// A change of plan that waited is taken back: the plan renews as it is, and nothing was charged.
    Kept,
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
        (Some(End::Granted { .. }), _) if purchase.kept_its_plan() => (OutcomeKind::Kept, GRANTED),
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
            OutcomeKind::Scheduled | OutcomeKind::Kept => Money::NotCharged,
            // Nothing before the trial is over.
            OutcomeKind::Granted if purchase.sold() == Some(&Offer::Trial) => Money::NotCharged,
            _ => money(intent),
        },
        store_code: match &intent.end {
            Some(End::Failed { code }) => Some(code.clone()),
            _ => None,
        },
        sold_otherwise: sold_otherwise(purchase, intent),
    };
    Some((&intent.account, outcome))
}

/// Whether the sheet kept to what was chosen, as far as anybody says what it sold (X12).
fn sold_otherwise(purchase: &Purchase, intent: &Intent) -> Option<Message> {
    if !matches!(intent.end, Some(End::Granted { .. })) {
        return None;
    }
    match (&intent.trial, purchase.sold()?) {
        (Some(_), Offer::Trial) => None,
        (Some(_), _) => Some(Message::new("sold-without-trial")),
        (None, Offer::Trial) => Some(Message::new("sold-with-trial")),
        (None, _) => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::AnswerKind;
    use crate::ports::TrialOffer;
    use crate::purchase::event::Event;
    use crate::purchase::machine::apply;
    use crate::purchase::samples;
    use crate::purchase::state::{Answer, Facts};
    use crate::time::Timestamp;

    /// A purchase whose sheet was opened for a trial or not, was granted, and was sold as store and cloud say.
    fn granted(trial: bool, signed: Option<Offer>, told: Option<Offer>) -> Purchase {
        let offer = TrialOffer {
            id: None,
            length: "P1M".into(),
        };
        let mut purchase = samples::opened(samples::wish());
        if let Some(intent) = &mut purchase.intent {
            intent.trial = trial.then_some(offer);
        }
        let facts = Facts {
            offer: signed,
            ..samples::facts()
        };
        let answer = Answer {
            kind: AnswerKind::Granted,
            subscription: Some("sub_1".into()),
            owner_has_it: false,
            account_tag: None,
            at: Timestamp(0),
            offer: told,
        };
        let answered = Event::Answered {
            transaction: facts.transaction.clone(),
            revision: "a".into(),
            answer,
        };
        [samples::seen(facts), answered].iter().fold(purchase, apply)
    }

    fn told(purchase: Purchase) -> (Money, Option<String>) {
        let purchases = BTreeMap::from([(PurchaseId("intent-1".into()), purchase)]);
        let outcome = next(&purchases, &"acc_anna".into()).unwrap();
        (outcome.money, outcome.sold_otherwise.map(|message| message.key))
    }

    // Rules: X12
    #[test]
    fn a_sheet_that_sold_another_offer_than_was_chosen_is_told_and_so_is_the_money() {
        let cases = [
            (true, Some(Offer::Trial), Money::NotCharged, None),
            (true, Some(Offer::None), Money::Charged, Some("sold-without-trial")),
            (true, Some(Offer::Code), Money::Charged, Some("sold-without-trial")),
            (true, None, Money::Charged, None),
            (false, Some(Offer::Trial), Money::NotCharged, Some("sold-with-trial")),
            (false, Some(Offer::None), Money::Charged, None),
            (false, Some(Offer::Promotional), Money::Charged, None),
            (false, None, Money::Charged, None),
        ];
        for (trial, sold, money, otherwise) in cases {
            let expected = (money, otherwise.map(str::to_owned));
            let by_the_cloud = granted(trial, None, sold.clone());
            assert_eq!(told(by_the_cloud), expected, "{trial} {sold:?}");
            let by_the_store = granted(trial, sold.clone(), None);
            assert_eq!(told(by_the_store), expected, "{trial} {sold:?}");
        }
        let cloud_first = granted(true, Some(Offer::None), Some(Offer::Trial));
        assert_eq!(told(cloud_first), (Money::NotCharged, None));
    }

    // Rules: X12
    #[test]
    fn a_wish_written_before_there_were_trials_is_one_for_the_full_price() {
        let purchase = granted(false, None, None);
        let mut old = serde_json::to_value(&purchase).unwrap();
        assert_eq!(old["intent"].get("trial"), None);
        assert_eq!(old["deliveries"][0]["facts"].get("offer"), None);
        assert_eq!(old["deliveries"][0]["answer"].get("offer"), None);
        old["intent"]["of_a_later_version"] = serde_json::json!(1);
        assert_eq!(serde_json::from_value::<Purchase>(old).unwrap(), purchase);
        let chosen = granted(true, Some(Offer::Trial), Some(Offer::Trial));
        let written = serde_json::to_string(&chosen).unwrap();
        assert_eq!(serde_json::from_str::<Purchase>(&written).unwrap(), chosen);
    }
}
