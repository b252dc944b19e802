//! Subscriptions as rows: any number, of every service and channel (R14), with what may be done and why not (X2).

use super::camera_records::{Action, ActionKind};
use super::records::SubscriptionRow;
use crate::account::held::Believed;
use crate::account::{Channel, Covers, Offer, Origin, Phase, Scheduled, Service, Subscription};
use crate::message::Message;
use crate::money::Price;
use crate::purchase::change::waits_at_store;
use crate::purchase::slot::occupies;
use crate::subscription::{ManageRoute, cover, has_access, manage_route};
use crate::time::{Timestamp, TrustedTime, days_left};

pub(super) fn row(subscription: &Subscription, held: &Believed, now: Option<TrustedTime>) -> SubscriptionRow {
    let end = subscription.ends_at.filter(|_| !subscription.will_renew);
    SubscriptionRow {
        id: subscription.id.clone(),
        plan: subscription.plan.id.clone(),
        title: subscription.plan.title.clone(),
        capacity: subscription.plan.capacity,
        cycle: subscription.plan.cycle,
        price: price(subscription),
        service: subscription.service.clone(),
        channel: subscription.channel.clone(),
        origin: subscription.origin.clone(),
        phase: subscription.phase.clone(),
        offer: subscription.offer.clone(),
        cover: cover(subscription, held.lease_until, now),
        will_renew: subscription.will_renew,
        renews_at: subscription.renews_at.filter(|_| subscription.will_renew),
        ends_at: end,
        days_left: now.zip(end).map(|(now, end)| days_left(now, end)),
        cancel_by: subscription.cancel_by.filter(|_| subscription.will_renew),
        grace_until: subscription.grace_until.filter(|_| subscription.phase == Phase::Grace),
        resumes_at: subscription.resumes_at.filter(|_| subscription.phase == Phase::Paused),
        scheduled: subscription.scheduled.clone().filter(|_| subscription.will_renew),
        price_change: subscription.price_change.clone().filter(|_| subscription.will_renew),
        history_retained_until: subscription.history_retained_until,
        covers: subscription.covers.clone(),
        cameras: subscription.cameras.clone(),
        terms: terms(subscription, end, now),
        manage: manage_route(subscription),
        flags: subscription.flags.clone(),
        actions: actions(subscription),
    }
}

fn price(subscription: &Subscription) -> Option<Price> {
    let (micros, currency) = (subscription.plan.price_micros?, subscription.plan.currency.clone()?);
    Some(Price { micros, currency })
}

/// One sentence on what happens next (R10, R30, U11).
fn terms(subscription: &Subscription, end: Option<Timestamp>, now: Option<TrustedTime>) -> Message {
    let renews = subscription.renews_at.filter(|_| subscription.will_renew);
    let over = |end: Timestamp| now.is_some_and(|now| now.timestamp() >= end);
    match (&subscription.phase, renews, end) {
        (Phase::Grace, _, _) if subscription.grace_until.is_some() => dated("grace-until", subscription.grace_until),
        (Phase::Paused, _, _) if subscription.resumes_at.is_some() => dated("resumes-on", subscription.resumes_at),
        (_, Some(_), _) if has_access(subscription) && subscription.scheduled.is_some() => changes(subscription),
        (_, Some(renews_at), _) if has_access(subscription) => match (&subscription.offer, price(subscription)) {
            // A trial that turns into a paid period says so, whoever sells it (X6).
            (Offer::Trial, Some(price)) => Message::new("then-paid")
                .text("price", price.plain())
                .text("period", subscription.plan.cycle.iso8601())
                .date("date", subscription.cancel_by.unwrap_or(renews_at)),
            _ => dated("renews-on", Some(renews_at)),
        },
        (_, None, Some(end)) if has_access(subscription) && !over(end) => dated("ends-on", Some(end)),
        (_, None, Some(end)) => dated("ended-on", Some(end)),
        (phase, _, _) => Message::new("plan-phase").text("phase", phase.as_str()),
    }
}

fn changes(subscription: &Subscription) -> Message {
    let next = subscription.scheduled.as_ref();
    let message = Message::new("changes-on").text("plan", next.map_or("", |next| next.title.as_str()));
    match next {
        Some(next) => message.date("date", next.at),
        None => message,
    }
}

fn dated(key: &str, at: Option<Timestamp>) -> Message {
    let message = Message::new(key);
    match at {
        Some(at) => message.date("date", at),
        None => message,
    }
}

/// Every action of a subscription: allowed, or with the reason why not.
fn actions(subscription: &Subscription) -> Vec<Action> {
    let cancel = Action::when(ActionKind::Cancel, why_not_cancelled(subscription));
    vec![
        Action::when(ActionKind::SelectCameras, why_not_chosen(subscription)),
        Action::when(ActionKind::Manage, why_not_managed(subscription)),
        Action {
            warning: if cancel.allowed { cancelling(subscription) } else { None },
            ..cancel
        },
        Action::when(ActionKind::ChangePlan, why_not_changed(subscription)),
        Action::when(ActionKind::KeepPlan, why_not_kept(subscription)),
        Action::when(ActionKind::ReturnPayment, why_not_returned(subscription)),
    ]
}

fn why_not_chosen(subscription: &Subscription) -> Option<Message> {
    if !has_access(subscription) {
        return Some(Message::new("no-access"));
    }
    if subscription.service == Service::KasaLegacy {
        return Some(Message::new("legacy-is-not-changed"));
    }
    (subscription.covers == Covers::Account).then(|| Message::new("covers-every-camera"))
}

fn why_not_managed(subscription: &Subscription) -> Option<Message> {
    if !occupies(&subscription.phase) {
        return Some(Message::new("plan-is-over"));
    }
    match manage_route(subscription) {
        ManageRoute::Nowhere => Some(Message::new("code-ends-by-itself")),
        ManageRoute::Unknown => Some(Message::new("managed-where-unknown")),
        ManageRoute::AppStore | ManageRoute::GooglePlay | ManageRoute::Portal | ManageRoute::KasaPortal => None,
    }
}

fn why_not_cancelled(subscription: &Subscription) -> Option<Message> {
    // What bills a card can be cancelled also where it does not renew: that ends it at once (R92).
    let ends_by_itself = !subscription.will_renew && !bills_a_card(subscription);
    why_not_managed(subscription).or_else(|| ends_by_itself.then(|| dated("renewal-is-off", subscription.ends_at)))
}

/// What is to be read before cancelling: what is lost, and when (R64, R92, R93, X2).
fn cancelling(subscription: &Subscription) -> Option<Message> {
    if subscription.offer == Offer::Trial {
        return Some(Message::new("trial-never-comes-back"));
    }
    if subscription.service == Service::KasaLegacy {
        return Some(Message::new("legacy-cancels-all"));
    }
    if bills_a_card(subscription) {
        return Some(dated("cancels-at-once", subscription.history_retained_until));
    }
    let until = subscription.cancel_by.or(subscription.renews_at);
    (subscription.phase == Phase::Active).then(|| dated("cancel-keeps-access", until))
}

/// Billed to a card by the Kasa portal, where cancelling works at once (X2, R92, R98).
fn bills_a_card(subscription: &Subscription) -> bool {
    manage_route(subscription) == ManageRoute::KasaPortal
}

/// The change that waits for the renewal, where the plan renews.
fn waiting(subscription: &Subscription) -> Option<&Scheduled> {
    subscription.scheduled.as_ref().filter(|_| subscription.will_renew)
}

/// A change that waits is taken back by buying the plan there is once more at the App Store. Google Play keeps it.
fn why_not_kept(subscription: &Subscription) -> Option<Message> {
    match waiting(subscription) {
        None => Some(Message::new("no-change-waits")),
        Some(_) => why_not_changed(subscription),
    }
}

fn why_not_changed(subscription: &Subscription) -> Option<Message> {
    if let (Channel::Play, Phase::Active, Some(next)) =
        (&subscription.channel, &subscription.phase, waiting(subscription))
    {
        return Some(waits_at_store(&next.title));
    }
    match (&subscription.service, &subscription.channel, &subscription.phase) {
        (Service::KasaLegacy, _, _) => Some(Message::new("legacy-is-not-changed")),
        (_, _, phase) if !occupies(phase) => Some(Message::new("plan-is-over")),
        (_, Channel::Code, _) => Some(Message::new("code-ends-by-itself")),
        (_, Channel::Web, _) => Some(Message::new("changed-where-bought")),
        (_, _, _) if subscription.origin != Origin::Current => Some(Message::new("changed-where-bought")),
        (_, Channel::Unknown(_), _) => Some(Message::new("managed-where-unknown")),
        (_, _, Phase::Active) => None,
        (_, _, phase) => Some(Message::new("not-changed-while").text("phase", phase.as_str())),
    }
}

fn why_not_returned(subscription: &Subscription) -> Option<Message> {
    let paid_twice = subscription.flags.iter().any(|flag| flag == "double_paid");
    match (&subscription.channel, paid_twice) {
        (Channel::Code, _) => Some(Message::new("code-is-not-refunded")),
        (_, true) => None,
        (_, false) => Some(Message::new("not-paid-twice")),
    }
}

impl Action {
    /// Allowed where there is no reason against it.
    pub(super) fn when(kind: ActionKind, reason: Option<Message>) -> Self {
        Self {
            kind,
            allowed: reason.is_none(),
            reason,
            warning: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::samples;

    fn shown(subscription: &Subscription) -> SubscriptionRow {
        let held = Believed {
            state: samples::account().into(),
            as_of: Timestamp(0),
            lease_until: Timestamp(i64::MAX),
        };
        row(subscription, &held, Some(TrustedTime::vouched(Timestamp(0))))
    }

    fn why(subscription: &Subscription, kind: ActionKind) -> Option<String> {
        let action = shown(subscription)
            .actions
            .into_iter()
            .find(|action| action.kind == kind);
        action.unwrap().reason.map(|reason| reason.key)
    }

    // Rules: R30, R35
    #[test]
    fn a_codes_plan_ends_by_itself_and_offers_neither_a_refund_nor_a_change() {
        let mut plan = samples::subscription("sub_1", Channel::Code);
        (plan.will_renew, plan.renews_at, plan.ends_at) = (false, None, Some(Timestamp(86_400_000)));
        assert_eq!(shown(&plan).terms.key, "ends-on");
        assert_eq!(shown(&plan).manage, ManageRoute::Nowhere);
        plan.flags = vec!["double_paid".into()];
        for (kind, key) in [
            (ActionKind::ReturnPayment, "code-is-not-refunded"),
            (ActionKind::ChangePlan, "code-ends-by-itself"),
            (ActionKind::Cancel, "code-ends-by-itself"),
        ] {
            assert_eq!(why(&plan, kind).as_deref(), Some(key), "{kind:?}");
        }
    }

    // Rules: U11, X6, X12, R64, R67
    #[test]
    fn a_trial_that_turns_into_a_paid_period_says_the_price_the_period_and_until_when_to_cancel() {
        let mut plan = samples::subscription("sub_1", Channel::AppStore);
        plan.offer = Offer::Trial;
        let row = shown(&plan);
        assert_eq!(row.terms.key, "then-paid");
        assert_eq!(row.terms.text_arg("price"), Some("6.99 USD"));
        assert_eq!(row.terms.text_arg("period"), Some("P1M"));
        assert_eq!(row.cancel_by, plan.cancel_by);
        let cancel = row
            .actions
            .iter()
            .find(|action| action.kind == ActionKind::Cancel)
            .unwrap();
        assert!(cancel.allowed);
        assert_eq!(
            (row.manage, cancel.warning.as_ref().map(|warning| warning.key.as_str())),
            (ManageRoute::AppStore, Some("trial-never-comes-back"))
        );
    }

    // Rules: R2, R11
    #[test]
    fn a_change_that_waits_is_taken_back_at_the_app_store_and_kept_by_google_play() {
        let next = Scheduled {
            plan: "tapo-1-monthly".into(),
            title: "Tapo Care · 1 camera".into(),
            capacity: 1,
            at: Timestamp(30 * 86_400_000),
        };
        let mut plan = samples::subscription("sub_1", Channel::AppStore);
        assert_eq!(why(&plan, ActionKind::KeepPlan).as_deref(), Some("no-change-waits"));
        plan.scheduled = Some(next);
        assert_eq!(
            (why(&plan, ActionKind::KeepPlan), why(&plan, ActionKind::ChangePlan)),
            (None, None)
        );
        plan.channel = Channel::Play;
        for kind in [ActionKind::KeepPlan, ActionKind::ChangePlan] {
            assert_eq!(why(&plan, kind).as_deref(), Some("change-waits-at-store"));
        }
        assert_eq!(shown(&plan).manage, ManageRoute::GooglePlay);
        plan.phase = Phase::Grace;
        assert_eq!(why(&plan, ActionKind::KeepPlan).as_deref(), Some("not-changed-while"));
        plan.will_renew = false;
        assert_eq!(why(&plan, ActionKind::KeepPlan).as_deref(), Some("no-change-waits"));
    }

    // Rules: R83, R88, R98
    #[test]
    fn a_legacy_plan_can_be_cancelled_and_not_changed() {
        let mut plan = samples::subscription("sub_1", Channel::Web);
        plan.service = Service::KasaLegacy;
        assert_eq!(
            why(&plan, ActionKind::ChangePlan).as_deref(),
            Some("legacy-is-not-changed")
        );
        assert_eq!(why(&plan, ActionKind::Cancel), None);
        let row = shown(&plan);
        let cancel = row
            .actions
            .iter()
            .find(|action| action.kind == ActionKind::Cancel)
            .unwrap();
        assert_eq!(
            cancel.warning.as_ref().map(|warning| warning.key.as_str()),
            Some("legacy-cancels-all")
        );
    }

    #[test]
    fn grace_and_a_pause_say_until_when() {
        let mut plan = samples::subscription("sub_1", Channel::Play);
        (plan.phase, plan.grace_until) = (Phase::Grace, Some(Timestamp(5)));
        let row = shown(&plan);
        assert_eq!(
            (row.terms.key.as_str(), row.grace_until),
            ("grace-until", Some(Timestamp(5)))
        );
        (plan.phase, plan.resumes_at) = (Phase::Paused, Some(Timestamp(7)));
        let row = shown(&plan);
        assert_eq!(
            (row.terms.key.as_str(), row.resumes_at),
            ("resumes-on", Some(Timestamp(7)))
        );
        assert_eq!(row.grace_until, None, "grace is over");
        assert_eq!(why(&plan, ActionKind::ChangePlan).as_deref(), Some("not-changed-while"));
    }
}
