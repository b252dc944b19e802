//! The purchase machine: `apply` says what an event makes of a purchase, `due` what is to be done about it. Both are pure.
//!
//! A restart is `due(fold(journal))`: the same path as running. Every effect may be run again after a crash, so each is
//! idempotent; the sheet is not, and so `due` never asks for it: an intent found open is due a sweep instead.

use super::event::{Event, Seen};
use super::state::{APPROVAL_MS, Answer, Delivery, End, Intent, Purchase, Stage};
use crate::id::{AccountId, ReservationId, Revision, SubscriptionId, TransactionId};
use crate::planted;
use crate::time::{Timestamp, TrustedTime};

/// What is to be done, and when to ask again.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// To be done now, in this order.
    pub effects: Vec<Effect>,
    /// When something more may be due.
    pub wake_at: Option<Timestamp>,
}

/// One thing to be done. Two equal effects of one purchase never run at the same time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Look at the store account: was it bought? While the sheet is open this stands for the sheet itself.
    ResolveSheet,
    /// No approval came in its time: look at the store account once more, then give the wish up.
    GiveUpPending,
    /// Post the transaction to the cloud.
    Post {
        /// Which.
        transaction: TransactionId,
        /// Which news of it.
        revision: Revision,
        /// The account to bind it to (X11).
        bind_to: Option<AccountId>,
    },
    /// Tell the store that the transaction is done.
    Finish {
        /// Which.
        transaction: TransactionId,
        /// Which news of it is done with.
        revision: Revision,
    },
    /// Give the reservation back.
    Release {
        /// Which.
        reservation: ReservationId,
    },
    /// Select the cameras named at purchase.
    SelectCameras {
        /// For this subscription.
        subscription: SubscriptionId,
    },
}

/// What the event makes of the purchase. An event that does not fit the state changes nothing: the journal may hold the
/// same news twice after a crash.
#[must_use]
pub fn apply(mut purchase: Purchase, event: &Event) -> Purchase {
    match event {
        Event::SheetOpened { intent } => {
            // A wish begins a purchase, once.
            if purchase.intent.is_none() && purchase.deliveries.is_empty() {
                purchase.tag = Some(intent.tag);
                purchase.intent = Some((**intent).clone());
            }
        }
        Event::SheetLeft { failure } => {
            let failure = failure.clone();
            sheet_ended(&mut purchase, Stage::Left { failure });
        }
        Event::SheetPending { at } => sheet_ended(&mut purchase, Stage::Pending { since: *at }),
        Event::SweptClean => swept_clean(&mut purchase),
        Event::PendingDismissed | Event::PendingLapsed => give_up_pending(&mut purchase),
        Event::Seen(seen) => take_in(&mut purchase, seen),
        Event::PostFailed { transaction } => {
            if let Some(delivery) = purchase.delivery_mut(transaction) {
                delivery.attempts = delivery.attempts.saturating_add(1);
            }
        }
        Event::Answered {
            transaction,
            revision,
            answer,
        } => answered(&mut purchase, transaction, revision, answer),
        Event::AskAgain { transaction, bind_to } => {
            if let Some(delivery) = purchase.delivery_mut(transaction).filter(|delivery| !delivery.finished) {
                delivery.answer = None;
                delivery.bind_to = bind_to.clone().or_else(|| delivery.bind_to.clone());
            }
        }
        Event::Finished { transaction, revision } => {
            // Asked again meanwhile: the next answer finishes it once more.
            let done = purchase.delivery_mut(transaction).filter(|delivery| {
                &delivery.revision == revision && (delivery.is_final() || planted::is("finish_before_grant"))
            });
            if let Some(delivery) = done {
                delivery.finished = true;
                delivery.signed = None;
            }
        }
        Event::ReservationReleased => on_intent(&mut purchase, |intent| intent.reservation = None),
        Event::CamerasDealtWith => on_intent(&mut purchase, |intent| intent.cameras_dealt_with = true),
        Event::PendingHandled => on_intent(&mut purchase, |intent| intent.pending_handled = true),
        Event::EndHandled { .. } if planted::is("handled_forgotten") => {}
        Event::EndHandled { end } => on_intent(&mut purchase, |intent| {
            intent.end_handled |= intent.end.as_ref().is_some_and(|told| told.word() == end);
        }),
        Event::Folded { purchase: folded } => purchase = (**folded).clone(),
    }
    purchase
}

/// What is due now. Without a trusted time nothing that waits for a date is due.
pub fn due(purchase: &Purchase, now: Option<TrustedTime>) -> Due {
    let mut due = Due::default();
    if let Some(intent) = &purchase.intent {
        due_for_intent(intent, &mut due);
        if let Stage::Pending { since } = intent.stage
            && intent.is_open()
            && !purchase.is_seen_waiting()
        {
            due.at(since.plus_ms(APPROVAL_MS), now, Effect::GiveUpPending);
        }
    }
    for delivery in &purchase.deliveries {
        due_for_delivery(delivery, now, &mut due);
    }
    due
}

impl Due {
    /// Due at that time; without a trusted time nothing that waits for a date is.
    fn at(&mut self, date: Timestamp, now: Option<TrustedTime>, effect: Effect) {
        if now.is_some_and(|now| now.timestamp() >= date) {
            self.effects.push(effect);
        } else {
            self.wake_at = Some(self.wake_at.map_or(date, |earlier| earlier.min(date)));
        }
    }
}

fn due_for_intent(intent: &Intent, due: &mut Due) {
    match (&intent.stage, &intent.end) {
        (Stage::Open, None) if planted::is("restart_forgets_sheet") => {}
        (Stage::Open | Stage::Left { .. }, None) => due.effects.push(Effect::ResolveSheet),
        (
            _,
            Some(End::Granted {
                subscription: Some(subscription),
            }),
        ) if !intent.cameras_dealt_with => {
            due.effects.push(Effect::SelectCameras {
                subscription: subscription.clone(),
            });
        }
        _ => {}
    }
    if let (Some(_), Some(reservation)) = (&intent.end, &intent.reservation) {
        due.effects.push(Effect::Release {
            reservation: reservation.clone(),
        });
    }
}

fn due_for_delivery(delivery: &Delivery, now: Option<TrustedTime>, due: &mut Due) {
    let post = || Effect::Post {
        transaction: delivery.transaction.clone(),
        revision: delivery.revision.clone(),
        bind_to: delivery.bind_to.clone(),
    };
    let Some(answer) = &delivery.answer else {
        due.effects.push(post());
        if planted::is("finish_before_grant") && !delivery.finished {
            due.effects.push(Effect::Finish {
                transaction: delivery.transaction.clone(),
                revision: delivery.revision.clone(),
            });
        }
        return;
    };
    if answer.finishes() {
        if !delivery.finished {
            due.effects.push(Effect::Finish {
                transaction: delivery.transaction.clone(),
                revision: delivery.revision.clone(),
            });
        }
        return;
    }
    if let Some(wait) = answer.asks_again_after_ms() {
        due.at(answer.at.plus_ms(wait), now, post());
    }
}

fn on_intent(purchase: &mut Purchase, change: impl FnOnce(&mut Intent)) {
    if let Some(intent) = &mut purchase.intent {
        change(intent);
    }
}

/// The intent while the store has not shown a transaction for it.
fn unsettled(purchase: &mut Purchase) -> Option<&mut Intent> {
    purchase
        .intent
        .as_mut()
        .filter(|intent| intent.end.is_none() && !matches!(intent.stage, Stage::Settled { .. }))
}

/// How the sheet ended, where the store has not shown more meanwhile: what it shows counts more than what its sheet said.
fn sheet_ended(purchase: &mut Purchase, stage: Stage) {
    if let Some(intent) = unsettled(purchase).filter(|intent| matches!(intent.stage, Stage::Open)) {
        intent.stage = stage;
    }
}

/// Ends a wish that waits for an approval the store tells nothing about.
fn give_up_pending(purchase: &mut Purchase) {
    if purchase.is_seen_waiting() {
        return;
    }
    if let Some(intent) = unsettled(purchase).filter(|intent| waits(intent)) {
        close(intent, End::NotApproved);
    }
}

fn close(intent: &mut Intent, end: End) {
    intent.stage = Stage::Closed;
    intent.end = Some(end);
    intent.cameras_dealt_with = true;
}

fn swept_clean(purchase: &mut Purchase) {
    let Some(intent) = unsettled(purchase) else { return };
    let end = match &intent.stage {
        Stage::Open | Stage::Left { failure: None } => End::Cancelled,
        Stage::Left { failure: Some(code) } => End::Failed { code: code.clone() },
        Stage::Pending { .. } | Stage::Settled { .. } | Stage::Closed => return,
    };
    close(intent, end);
}

fn take_in(purchase: &mut Purchase, seen: &Seen) {
    let facts_tag = seen.facts.as_ref().and_then(|facts| facts.tag);
    purchase.tag = purchase.tag.or(facts_tag);
    let fresh = Delivery {
        transaction: seen.transaction.clone(),
        revision: seen.revision.clone(),
        facts: seen.facts.clone(),
        refused_by: seen.refused_by.clone(),
        signed: Some(seen.signed.clone()),
        attempts: 0,
        bind_to: None,
        answer: None,
        finished: false,
    };
    match purchase.delivery_mut(&seen.transaction) {
        Some(known) if known.revision == seen.revision => {}
        // News of a known transaction (a refund, say) is posted again. Bytes that cannot be verified never displace
        // what was verified, and never wipe an answer that stands.
        Some(known) if seen.facts.is_some() || known.facts.is_none() => {
            *known = Delivery {
                bind_to: known.bind_to.clone(),
                ..fresh
            };
        }
        Some(_) => return,
        None => purchase.deliveries.push(fresh),
    }
    if seen.settles {
        settle(purchase, seen);
    }
}

/// A transaction settles the intent, also one that was given up: money that moved is never left without its wish. One
/// that waits for its payment makes the intent wait too.
fn settle(purchase: &mut Purchase, seen: &Seen) {
    on_intent(purchase, |intent| {
        let reopened = matches!(intent.end, Some(End::Cancelled | End::Failed { .. } | End::NotApproved));
        if reopened {
            intent.end = None;
            intent.end_handled = false;
            intent.cameras_dealt_with = intent.cameras.is_empty();
        }
        if intent.end.is_none() {
            intent.stage = match seen.facts.as_ref().filter(|facts| facts.pending) {
                Some(facts) => Stage::Pending {
                    since: facts.purchased_at.unwrap_or(intent.opened_at),
                },
                None => Stage::Settled {
                    transaction: seen.transaction.clone(),
                },
            };
        }
    });
}

fn waits(intent: &Intent) -> bool {
    matches!(intent.stage, Stage::Pending { .. })
}

fn answered(purchase: &mut Purchase, transaction: &TransactionId, revision: &Revision, answer: &Answer) {
    let posted = purchase
        .delivery_mut(transaction)
        .filter(|delivery| &delivery.revision == revision);
    let Some(delivery) = posted else {
        return;
    };
    if delivery.is_final() && !answer.finishes() {
        // Two posts may be under way at once: what one of them was told for good stands until there is news.
        return;
    }
    delivery.answer = Some(answer.clone());
    delivery.attempts = 0;
    let payment_is_over = delivery.is_pending() && answer.asks_again_after_ms().is_none();
    if payment_is_over && let Some(intent) = unsettled(purchase).filter(|intent| waits(intent)) {
        // The cloud may learn before this phone that a slow payment was made, or called off.
        intent.stage = Stage::Settled {
            transaction: transaction.clone(),
        };
    }
    let settles = purchase
        .settling()
        .is_some_and(|settling| &settling.transaction == transaction);
    if !settles {
        return;
    }
    on_intent(purchase, |intent| {
        // A refusal may turn into a grant after a restore; a grant, once told, stands.
        if matches!(intent.end, Some(End::Granted { .. })) {
            return;
        }
        let end = if answer.granted() {
            Some(End::Granted {
                subscription: answer.subscription.clone(),
            })
        } else if answer.asks_again_after_ms().is_none() {
            Some(End::NotGranted {
                answer: answer.kind.clone(),
            })
        } else {
            None
        };
        if end != intent.end {
            intent.end_handled = false;
        }
        intent.cameras_dealt_with = match &end {
            Some(End::Granted { subscription: Some(_) }) | None => intent.cameras.is_empty(),
            Some(_) => true,
        };
        intent.end = end;
    });
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
