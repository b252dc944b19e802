//! What Google Play adds to the slot and the machine: the intent travels with the purchase, and a slow payment waits.

use super::event::{Event, Seen};
use super::machine::{Effect, apply, due};
use super::slot::{Holder, Owned, Route, Sighting, holder_in_journal, holder_in_store, route};
use super::state::{Answer, End, Facts, Intent, Purchase, PurchaseId, Stage};
use crate::cloud::AnswerKind;
use crate::id::{AccountTag, Environment, Revision, StoreKey, StoreKind};
use crate::ports::SignedPayload;
use crate::purchase::samples;
use crate::snapshot::samples::TAG;
use crate::time::{Timestamp, TrustedTime};
use std::collections::BTreeMap;

const OTHER: AccountTag = AccountTag(uuid::Uuid::from_u128(0xB));
const DAY_MS: i64 = 86_400_000;

type Purchases = BTreeMap<PurchaseId, Purchase>;

fn facts(token: &str, intent: Option<&str>, pending: bool) -> Facts {
    Facts {
        key: StoreKey {
            store: StoreKind::Play,
            environment: Environment::Production,
            original: token.into(),
        },
        transaction: token.into(),
        product: "tapo_care_3".into(),
        group: None,
        purchased_at: Some(Timestamp(DAY_MS)),
        expires_at: None,
        sound: !pending,
        intent: intent.map(Into::into),
        pending,
        ..samples::facts()
    }
}

fn opened(intent: &str) -> Purchases {
    let intent = Intent {
        id: intent.into(),
        store: StoreKind::Play,
        product: "tapo_care_3".into(),
        group: String::new(),
        opened_at: Timestamp(DAY_MS),
        ..samples::wish()
    };
    BTreeMap::from([(PurchaseId::from(&intent.id), samples::opened(intent))])
}

fn revision(pending: bool) -> Revision {
    Revision(format!("pending: {pending}"))
}

fn routed(purchases: &Purchases, facts: &Facts) -> Route {
    let revision = revision(facts.pending);
    let sighting = Sighting {
        transaction: &facts.transaction,
        revision: &revision,
        facts: Some(facts),
        from_sheet: None,
    };
    route(purchases, sighting)
}

fn happen(purchases: &mut Purchases, id: &PurchaseId, event: &Event) {
    let before = purchases.remove(id).unwrap_or_default();
    purchases.insert(id.clone(), apply(before, event));
}

fn take_in(purchases: &mut Purchases, facts: &Facts) -> PurchaseId {
    let Route::To { purchase, settles } = routed(purchases, facts) else {
        panic!("known already")
    };
    let seen = Event::Seen(Box::new(Seen {
        transaction: facts.transaction.clone(),
        revision: revision(facts.pending),
        facts: Some(facts.clone()),
        refused_by: None,
        signed: SignedPayload::Play {
            original_json: "{}".into(),
            signature: "sig".into(),
        },
        settles,
    }));
    happen(purchases, &purchase, &seen);
    purchase
}

/// The cloud's answer to the purchase as it was while it waited.
fn answered(kind: AnswerKind) -> Event {
    Event::Answered {
        transaction: "token".into(),
        revision: revision(true),
        answer: Answer {
            kind,
            subscription: Some("sub_1".into()),
            owner_has_it: false,
            account_tag: Some(TAG),
            at: Timestamp(2 * DAY_MS),
            offer: None,
        },
    }
}

fn intent_of<'a>(purchases: &'a Purchases, id: &PurchaseId) -> &'a Intent {
    purchases[id].intent.as_ref().unwrap()
}

#[test]
fn a_purchase_settles_the_intent_it_names_whenever_it_was_bought_and_no_other() {
    let purchases = opened("i-1");
    let settles = |facts: &Facts| matches!(routed(&purchases, facts), Route::To { settles: true, .. });
    assert!(settles(&facts("token", Some("i-1"), false)));
    let long_before = Facts {
        purchased_at: Some(Timestamp(0)),
        ..facts("token", Some("i-1"), false)
    };
    assert!(settles(&long_before), "no clock is asked");
    assert!(!settles(&facts("token", Some("i-2"), false)));
    assert!(!settles(&facts("token", None, false)));
    let anothers = Facts {
        tag: Some(OTHER),
        ..facts("token", Some("i-1"), false)
    };
    assert!(!settles(&anothers), "the tag counts before the intent");
}

#[test]
fn a_slow_payment_waits_is_posted_and_settles_once_it_is_paid() {
    let mut purchases = opened("i-1");
    let id = take_in(&mut purchases, &facts("token", Some("i-1"), true));
    assert!(matches!(intent_of(&purchases, &id).stage, Stage::Pending { .. }));
    let post = |pending| Effect::Post {
        transaction: "token".into(),
        revision: revision(pending),
        bind_to: None,
    };
    assert_eq!(due(&purchases[&id], None).effects, [post(true)]);
    happen(&mut purchases, &id, &answered(AnswerKind::Pending));
    assert_eq!(due(&purchases[&id], None).effects, []);
    assert_eq!(intent_of(&purchases, &id).end, None);
    assert_eq!(take_in(&mut purchases, &facts("token", Some("i-1"), false)), id);
    assert!(matches!(intent_of(&purchases, &id).stage, Stage::Settled { .. }));
    assert_eq!(due(&purchases[&id], None).effects, [post(false)]);
}

#[test]
fn the_cloud_may_say_first_how_a_slow_payment_ended() {
    for (kind, end) in [
        (
            AnswerKind::Granted,
            End::Granted {
                subscription: Some("sub_1".into()),
            },
        ),
        (
            AnswerKind::PendingCanceled,
            End::NotGranted {
                answer: AnswerKind::PendingCanceled,
            },
        ),
    ] {
        let mut purchases = opened("i-1");
        let id = take_in(&mut purchases, &facts("token", Some("i-1"), true));
        happen(&mut purchases, &id, &answered(kind));
        assert_eq!(intent_of(&purchases, &id).end, Some(end));
    }
}

#[test]
fn a_sheet_given_up_is_taken_up_again_by_its_slow_payment() {
    let mut purchases = opened("i-1");
    let id = PurchaseId("i-1".into());
    happen(&mut purchases, &id, &Event::SheetLeft { failure: None });
    happen(&mut purchases, &id, &Event::SweptClean);
    assert_eq!(intent_of(&purchases, &id).end, Some(End::Cancelled));
    take_in(&mut purchases, &facts("token", Some("i-1"), true));
    let intent = intent_of(&purchases, &id);
    assert!(intent.end.is_none() && matches!(intent.stage, Stage::Pending { .. }));
}

// Rules: X10
#[test]
fn a_slow_payment_holds_the_slot_until_the_cloud_says_how_it_ended() {
    let at = |day: i64| Some(TrustedTime::vouched(Timestamp(day * DAY_MS)));
    let held = |purchases: &Purchases, day: i64| holder_in_journal(purchases, &"acc_anna".into(), Some(TAG), at(day));
    let mut purchases = opened("i-1");
    let id = take_in(&mut purchases, &facts("token", Some("i-1"), true));
    assert!(matches!(
        held(&purchases, 5),
        Some(Holder::Intent { pending: true, .. })
    ));
    happen(&mut purchases, &id, &answered(AnswerKind::PendingCanceled));
    assert_eq!(held(&purchases, 5), None);

    let mut unseen = opened("i-1");
    happen(&mut unseen, &id, &Event::SheetPending { at: Timestamp(DAY_MS) });
    assert!(held(&unseen, 1).is_some());
    assert_eq!(held(&unseen, 3), None, "where the store shows none, a day is enough");
}

// Rules: X5
#[test]
fn a_slow_payment_of_another_account_occupies_the_store_account() {
    let owned = Owned {
        facts: Facts {
            tag: Some(OTHER),
            ..facts("token", None, true)
        },
        bills: true,
    };
    assert_eq!(holder_in_store(&[owned], TAG), Some(Holder::OtherAccount));
}

#[test]
fn facts_written_before_play_are_read() {
    let mut old = serde_json::to_value(facts("token", None, false)).unwrap();
    assert_eq!((old.get("intent"), old.get("pending")), (None, None));
    old["sound"] = false.into();
    let read: Facts = serde_json::from_value(old).unwrap();
    assert!(!read.pending && read.intent.is_none());
}
