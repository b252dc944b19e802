//! Which transaction answers a change of plan, and how its end is told.

use super::outcome;
use super::slot::{Route, Sighting, route};
use super::state::{Answer, Change, Facts, Intent, Purchase, PurchaseId};
use crate::cloud::AnswerKind;
use crate::id::{AccountTag, Environment, Revision, StoreKey, StoreKind};
use crate::money::Money;
use crate::ports::{Replacement, ReplacementMode, SignedPayload};
use crate::purchase::OutcomeKind;
use crate::purchase::event::{Event, Seen};
use crate::purchase::machine::apply;
use crate::purchase::samples;
use crate::snapshot::samples::TAG;
use crate::time::Timestamp;
use std::collections::BTreeMap;

type Purchases = BTreeMap<PurchaseId, Purchase>;

const OPENED_MS: i64 = 86_400_000;

fn key() -> StoreKey {
    StoreKey {
        store: StoreKind::AppStore,
        environment: Environment::Production,
        original: "2000".into(),
    }
}

/// The three cameras' transaction of before the sheet.
fn current(tag: Option<AccountTag>) -> Facts {
    Facts {
        key: key(),
        transaction: "2000".into(),
        tag,
        purchased_at: Some(Timestamp(0)),
        expires_at: None,
        ..samples::facts()
    }
}

fn wish(product: &str, mode: ReplacementMode) -> Purchases {
    let purchase = samples::opened(Intent {
        plan: "tapo-other".into(),
        title: "Another".into(),
        product: product.into(),
        opened_at: Timestamp(OPENED_MS),
        change: Some(Change {
            subscription: "sub_1".into(),
            key: key(),
            replacement: Replacement {
                product: "care.tapo.3.monthly".into(),
                transaction: "2000".into(),
                mode,
            },
        }),
        ..samples::wish()
    });
    BTreeMap::from([(PurchaseId("intent-1".into()), purchase)])
}

fn routed(purchases: &Purchases, facts: &Facts, revision: &str) -> Route {
    let sighting = Sighting {
        transaction: &facts.transaction,
        revision: &Revision::from(revision),
        facts: Some(facts),
        from_sheet: None,
    };
    route(purchases, sighting)
}

fn answers(purchases: &Purchases, facts: &Facts) -> bool {
    let wished = Route::To {
        purchase: PurchaseId("intent-1".into()),
        settles: true,
    };
    routed(purchases, facts, "news") == wished
}

fn smaller() -> Purchases {
    wish("care.tapo.1.monthly", ReplacementMode::Deferred)
}

fn renewing_as(product: &str, tag: Option<AccountTag>) -> Facts {
    Facts {
        renews_as: Some(product.into()),
        ..current(tag)
    }
}

// Rules: R2
#[test]
fn a_larger_plan_is_answered_by_its_own_transaction_and_not_by_a_renewal_of_the_old_one() {
    let larger = wish("care.tapo.10.monthly", ReplacementMode::ChargeProratedPrice);
    let later = |product: &str| Facts {
        transaction: "2001".into(),
        product: product.into(),
        purchased_at: Some(Timestamp(OPENED_MS + 1)),
        ..current(Some(TAG))
    };
    assert!(answers(&larger, &later("care.tapo.10.monthly")));
    assert!(!answers(&larger, &later("care.tapo.3.monthly")));
    assert!(!answers(&larger, &current(Some(TAG))));
}

// Rules: R2, X11
#[test]
fn a_smaller_plan_is_answered_by_the_old_transaction_that_renews_as_it() {
    assert!(answers(&smaller(), &renewing_as("care.tapo.1.monthly", Some(TAG))));
    assert!(!answers(&smaller(), &renewing_as("care.tapo.10.monthly", Some(TAG))));
    assert!(!answers(&smaller(), &current(Some(TAG))));
    // The one that the cloud knows for this account, though it names nobody; another untagged one is nobody's answer.
    assert!(answers(&smaller(), &renewing_as("care.tapo.1.monthly", None)));
    let mut another = renewing_as("care.tapo.1.monthly", None);
    another.key.original = "3000".into();
    assert!(!answers(&smaller(), &another));
    let somebodys = AccountTag(uuid::Uuid::from_u128(0xB));
    assert!(!answers(
        &smaller(),
        &renewing_as("care.tapo.1.monthly", Some(somebodys))
    ));
}

fn renewing_unchanged() -> Facts {
    Facts {
        renews_unchanged: true,
        ..current(Some(TAG))
    }
}

// Rules: R2
#[test]
fn a_change_taken_back_is_answered_only_by_the_stores_signed_word_that_the_plan_renews_as_it_is() {
    let keeping = || wish("care.tapo.3.monthly", ReplacementMode::Deferred);
    assert!(answers(&keeping(), &renewing_unchanged()));
    assert!(
        !answers(&keeping(), &current(Some(TAG))),
        "nothing is said about renewing"
    );
    assert!(
        !answers(&keeping(), &renewing_as("care.tapo.1.monthly", Some(TAG))),
        "it still waits"
    );
    let renewed = Facts {
        transaction: "2001".into(),
        purchased_at: Some(Timestamp(OPENED_MS + 1)),
        ..current(Some(TAG))
    };
    assert!(!answers(&keeping(), &renewed), "a renewal alone does not say so");
    let mut another = renewing_unchanged();
    another.key.original = "3000".into();
    assert!(!answers(&keeping(), &another));
    assert!(
        !answers(&smaller(), &renewing_unchanged()),
        "a wish for a smaller plan is not answered by the old one as it was"
    );
}

// Rules: R2
#[test]
fn a_change_taken_back_is_told_as_kept_with_nothing_charged() {
    let facts = renewing_unchanged();
    let mut purchases = wish("care.tapo.3.monthly", ReplacementMode::Deferred);
    let id = PurchaseId("intent-1".into());
    let mut wished = purchases.remove(&id).unwrap_or_default();
    for event in [seen(&facts), granted(&facts)] {
        wished = apply(wished, &event);
    }
    purchases.insert(id, wished);
    let end = outcome::next(&purchases, &"acc_anna".into()).map(|outcome| (outcome.kind, outcome.money));
    assert_eq!(end, Some((OutcomeKind::Kept, Money::NotCharged)));
}

fn seen(facts: &Facts) -> Event {
    Event::Seen(Box::new(Seen {
        transaction: facts.transaction.clone(),
        revision: "news".into(),
        facts: Some(facts.clone()),
        refused_by: None,
        signed: SignedPayload::AppStore {
            transaction: "a.b.c".into(),
            renewal: None,
        },
        settles: true,
    }))
}

fn granted(facts: &Facts) -> Event {
    Event::Answered {
        transaction: facts.transaction.clone(),
        revision: "news".into(),
        answer: Answer {
            kind: AnswerKind::AlreadyGranted,
            subscription: Some("sub_1".into()),
            owner_has_it: false,
            account_tag: Some(TAG),
            at: Timestamp(OPENED_MS),
            offer: None,
        },
    }
}

// Rules: R2
#[test]
fn a_change_that_waits_is_told_as_scheduled_with_nothing_charged_and_only_once() {
    let facts = renewing_as("care.tapo.1.monthly", Some(TAG));
    let mut purchases = smaller();
    let id = PurchaseId("intent-1".into());
    let told = |purchases: &Purchases| outcome::next(purchases, &"acc_anna".into());
    let mut wished = purchases.remove(&id).unwrap_or_default();
    for event in [seen(&facts), granted(&facts)] {
        wished = apply(wished, &event);
    }
    purchases.insert(id.clone(), wished.clone());
    let end = told(&purchases).map(|outcome| (outcome.kind, outcome.money, outcome.subscription));
    assert_eq!(
        end,
        Some((OutcomeKind::Scheduled, Money::NotCharged, Some("sub_1".into())))
    );
    assert_eq!(routed(&purchases, &facts, "news"), Route::Known);
    let told_id = told(&purchases).map(|outcome| outcome.id).unwrap_or_default();
    let (_, handled) = outcome::handled(&told_id).unwrap();
    purchases.insert(id, apply(wished, &handled));
    assert_eq!(told(&purchases), None);
}
