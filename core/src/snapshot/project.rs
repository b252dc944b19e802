//! `project`: account, journal and time in, everything a shell shows out. Cover comes from the signed answer alone; the
//! journal adds words about purchases in flight, and takes the slot for them, never cover.

use super::cameras::Light;
use super::{AddPlan, CameraRow, ClockState, Freshness, PurchaseRow, Snapshot, SubscriptionRow};
use super::{banners, cameras, subscriptions};
use crate::account::held::AccountView;
use crate::account::{AccountState, PriceConsent, Subscription, TrialState};
use crate::camera::Kept;
use crate::camera::picker::{self, Named};
use crate::catalogue::PortalWords;
use crate::cloud::AnswerKind;
use crate::freshness;
use crate::id::AccountTag;
use crate::message::Message;
use crate::planted;
use crate::purchase::refusal;
use crate::purchase::slot::{holder_in_account, holder_in_journal};
use crate::purchase::state::{Delivery, End, Intent, Purchase, PurchaseId, Stage};
use crate::receipt::{Bound, bound};
use crate::subscription::has_access;
use crate::time::{Timestamp, TrustedTime};
use crate::trial;
use std::collections::BTreeMap;

/// The flag of a plan that covers fewer cameras than were selected.
const CAMERAS_REDUCED: &str = "cameras_reduced";

/// Everything a snapshot is made from.
pub(crate) struct Known<'a> {
    pub account: &'a AccountView,
    pub purchases: &'a BTreeMap<PurchaseId, Purchase>,
    pub portal: &'a PortalWords,
    /// What the user left under way or closed.
    pub kept: &'a Kept,
    pub now: Option<TrustedTime>,
    pub clock_suspect: bool,
    pub utc_offset_s: i32,
}

/// The snapshot.
pub(crate) fn project(known: &Known<'_>) -> Snapshot {
    let held = known.account.believed.as_ref();
    let state = held.map(|held| &*held.state);
    let answered = |is_young: fn(Timestamp, Option<TrustedTime>) -> bool| {
        known.account.answered && held.is_some_and(|held| is_young(held.as_of, known.now))
    };
    let offers = answered(freshness::is_recent);
    let subscriptions: Vec<SubscriptionRow> = held.map_or_else(Vec::new, |held| {
        let plans = held.state.subscriptions.iter();
        plans.map(|plan| subscriptions::row(plan, held, known.now)).collect()
    });
    let cameras: Vec<CameraRow> = held.map_or_else(Vec::new, |held| {
        let light = Light::of(held, offers, known.now, known.utc_offset_s);
        held.state
            .cameras
            .iter()
            .map(|camera| cameras::row(camera, light))
            .collect()
    });
    // An account of Tapo alone has none, and nothing is said about that.
    let account_trial = state
        .and_then(|state| state.account_trial.as_ref())
        .filter(|trial| trial.state != TrialState::NotOffered || trial.reason.is_some());
    let tag = state.map(|state| state.account_tag);
    let purchases = known
        .purchases
        .values()
        .filter_map(|purchase| purchase_row(purchase, known, tag))
        .collect();
    Snapshot {
        account: known.account.account.clone(),
        freshness: match (held, answered(freshness::is_fresh)) {
            (None, _) => Freshness::NotLoaded,
            (Some(_), true) => Freshness::Fresh,
            (Some(_), false) => Freshness::Stale,
        },
        as_of: held.map(|held| held.as_of),
        clock: match (known.now, known.clock_suspect) {
            (None, _) => ClockState::Unknown,
            (Some(_), true) => ClockState::Suspect,
            (Some(_), false) => ClockState::Trusted,
        },
        add_plan: add_plan(state, known),
        picker: state.and_then(|state| picker::open(state, &named(known), known.kept)),
        banners: banners::banners(&cameras, known.kept),
        account_trial: account_trial.map(|trial| trial::account_row(trial, offers, known.now)),
        notices: notices(known, tag, &cameras),
        subscriptions,
        cameras,
        purchases,
    }
}

/// What was named at the purchase of plans that were granted to this account.
fn named(known: &Known<'_>) -> Vec<Named> {
    let intents = known.purchases.values().filter_map(|purchase| purchase.intent.as_ref());
    let ours = intents.filter(|intent| known.account.account.as_ref() == Some(&intent.account));
    ours.filter(|intent| intent.cameras_dealt_with && !intent.cameras.is_empty())
        .filter_map(|intent| match &intent.end {
            Some(End::Granted {
                subscription: Some(subscription),
            }) => Some(Named {
                subscription: subscription.clone(),
                cameras: intent.cameras.clone(),
            }),
            _ => None,
        })
        .collect()
}

fn add_plan(state: Option<&AccountState>, known: &Known<'_>) -> AddPlan {
    let Some(state) = state else {
        let key = if known.account.account.is_some() {
            "account-not-loaded"
        } else {
            "not-signed-in"
        };
        return AddPlan {
            available: false,
            reason: Some(Message::new(key)),
        };
    };
    let tag = Some(state.account_tag);
    let waiting = || holder_in_journal(known.purchases, &state.account, tag, known.now);
    let holder = holder_in_account(state).or_else(waiting);
    let reason = holder.map(|holder| refusal::slot_taken(&holder, known.portal).problem().message.clone());
    AddPlan {
        available: reason.is_none(),
        reason,
    }
}

/// A purchase in flight, shown to the account it belongs to and to nobody else.
fn purchase_row(purchase: &Purchase, known: &Known<'_>, tag: Option<AccountTag>) -> Option<PurchaseRow> {
    let open = purchase.intent.as_ref().filter(|intent| intent.is_open());
    let ours = match &purchase.intent {
        Some(intent) => known.account.account.as_ref() == Some(&intent.account),
        None => known.account.account.is_some() && bound(purchase.owner(), tag) != Bound::Other,
    };
    if !ours && !planted::is("purchase_shown_to_anybody") {
        return None;
    }
    let delivery = purchase.deliveries.iter().find(|delivery| !delivery.is_settled());
    let state = match (open, delivery) {
        (Some(Intent { stage: Stage::Open, .. }), None) => "sheet_open",
        (
            Some(Intent {
                stage: Stage::Left { .. },
                ..
            }),
            None,
        ) => "checking",
        (
            Some(Intent {
                stage: Stage::Pending { .. },
                ..
            }),
            None,
        ) => "pending",
        // What is not genuine is the end of a wish, told once; found lying about it is nobody's business but support's.
        (None, Some(delivery)) if not_genuine(delivery) && !end_untold(purchase) => return None,
        (_, Some(delivery)) => delivery_state(delivery)?,
        (_, None) => return None,
    };
    let title = purchase.intent.as_ref().map(|intent| intent.title.clone());
    let facts = delivery.and_then(|delivery| delivery.facts.as_ref());
    let mut message = Message::new(&format!("purchase-{}", state.replace('_', "-")));
    if let Some(title) = &title {
        message = message.text("plan", title);
    }
    Some(PurchaseRow {
        intent: purchase.intent.as_ref().map(|intent| intent.id.clone()),
        product: facts
            .map(|facts| facts.product.clone())
            .or_else(|| purchase.intent.as_ref().map(|intent| intent.product.clone())),
        title,
        state: state.to_owned(),
        refused_by: delivery.and_then(|delivery| delivery.refused_by.clone()),
        message,
    })
}

fn not_genuine(delivery: &Delivery) -> bool {
    delivery
        .answer
        .as_ref()
        .is_some_and(|answer| answer.kind == AnswerKind::NotGenuine)
}

fn end_untold(purchase: &Purchase) -> bool {
    purchase.intent.as_ref().is_some_and(|intent| !intent.end_handled)
}

/// `None` where there is nothing to say: granted, and only the finish is outstanding.
fn delivery_state(delivery: &Delivery) -> Option<&'static str> {
    match delivery.answer.as_ref().map(|answer| &answer.kind) {
        None | Some(AnswerKind::Pending) if delivery.is_pending() => Some("pending"),
        None if delivery.refused_by.is_some() => Some("refused_here"),
        None if delivery.is_confirming() && !delivery.schedules_a_change() => Some("confirming"),
        None => Some("checking"),
        Some(AnswerKind::NeedsConfirmation | AnswerKind::UnknownProduct) if planted::is("waiting_hidden") => None,
        Some(AnswerKind::NeedsConfirmation) => Some("needs_confirmation"),
        Some(AnswerKind::Pending | AnswerKind::UnknownProduct | AnswerKind::Unknown(_)) => Some("waiting"),
        Some(AnswerKind::NotGenuine) => Some("not_genuine"),
        Some(_) => None,
    }
}

fn notices(known: &Known<'_>, tag: Option<AccountTag>, cameras: &[CameraRow]) -> Vec<Message> {
    let mut notices = Vec::new();
    let signed_in = known.account.account.as_ref();
    // What stands is somebody else's business, so it is said without a plan, a product or a name.
    let for_another = known.purchases.values().any(|purchase| match &purchase.intent {
        Some(intent) => Some(&intent.account) != signed_in && waits(purchase, intent),
        None => {
            tag.is_some()
                && bound(purchase.owner(), tag) == Bound::Other
                && purchase.deliveries.iter().any(|delivery| delivery.answer.is_none())
        }
    });
    if for_another {
        notices.push(Message::new("purchase-of-another-account"));
    }
    let plans = known.account.believed.iter().flat_map(|held| &held.state.subscriptions);
    notices.extend(
        plans
            .flat_map(|plan| [cameras_reduced(plan, known), new_price(plan)])
            .flatten(),
    );
    if known.clock_suspect && known.now.is_some() {
        notices.push(Message::new("clock-suspect"));
    }
    for camera in cameras.iter().filter(|camera| camera.covered_twice) {
        let said = Message::new("camera-covered-twice");
        notices.push(said.text("camera", &camera.name).text("model", &camera.model));
    }
    notices
}

/// A smaller plan took effect and kept the cameras selected longest; said until the user chooses.
fn cameras_reduced(plan: &Subscription, known: &Known<'_>) -> Option<Message> {
    if !has_access(plan) || !plan.flags.iter().any(|flag| flag == CAMERAS_REDUCED) {
        return None;
    }
    let state = known.account.believed.as_ref().map(|held| &held.state)?;
    let kept: Vec<&str> = plan
        .cameras
        .iter()
        .filter_map(|id| Some(state.camera(id)?.name.as_str()))
        .collect();
    let said = Message::new("cameras-reduced").text("plan", &plan.plan.title);
    Some(
        said.count("capacity", i64::from(plan.plan.capacity))
            .text("cameras", kept.join(", ")),
    )
}

/// A price that is to change: both prices and the date.
fn new_price(plan: &Subscription) -> Option<Message> {
    let change = plan
        .price_change
        .as_ref()
        .filter(|_| plan.will_renew && has_access(plan))?;
    let key = match change.consent {
        PriceConsent::Needed => "price-change-needs-consent",
        PriceConsent::Given | PriceConsent::NotNeeded | PriceConsent::Unknown(_) => "price-changes",
    };
    let said = Message::new(key).text("plan", &plan.plan.title).date("date", change.at);
    Some(said.text("from", change.from.plain()).text("to", change.to.plain()))
}

fn waits(purchase: &Purchase, intent: &Intent) -> bool {
    match intent.end {
        None => true,
        Some(End::Granted { .. } | End::Cancelled | End::Failed { .. } | End::NotApproved) => false,
        Some(End::NotGranted { .. }) => purchase.deliveries.iter().any(|delivery| !delivery.is_settled()),
    }
}

#[cfg(test)]
#[path = "project_tests.rs"]
mod tests;
