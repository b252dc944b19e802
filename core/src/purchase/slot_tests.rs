//! Who holds the slot, and which purchase a transaction belongs to.

use super::*;
use crate::account::SlotHolder;
use crate::id::{Environment, StoreKey};
use crate::purchase::event::{Event, Seen};
use crate::purchase::machine::apply;
use crate::purchase::samples as purchases;
use crate::snapshot::samples::{self, TAG};

const OTHER: AccountTag = AccountTag(uuid::Uuid::from_u128(0xB));
const MINUTE_MS: i64 = 60_000;

fn facts(transaction: &str, original: &str, tag: Option<AccountTag>, bought: i64) -> Facts {
    let facts = purchases::facts();
    Facts {
        key: StoreKey {
            original: original.into(),
            ..facts.key
        },
        transaction: transaction.into(),
        tag,
        purchased_at: Some(Timestamp(bought)),
        expires_at: None,
        ..facts
    }
}

fn intent(id: &str, opened_at: i64) -> Intent {
    Intent {
        id: id.into(),
        opened_at: Timestamp(opened_at),
        ..purchases::wish()
    }
}

fn with_intent(id: &str, opened_at: i64) -> BTreeMap<PurchaseId, Purchase> {
    BTreeMap::from([(PurchaseId(id.to_owned()), purchases::opened(intent(id, opened_at)))])
}

fn routed(purchases: &BTreeMap<PurchaseId, Purchase>, facts: &Facts, revision: &str) -> Route {
    let revision = Revision(revision.to_owned());
    route(
        purchases,
        Sighting {
            transaction: &facts.transaction,
            revision: &revision,
            facts: Some(facts),
            from_sheet: None,
        },
    )
}

fn take_in(purchases: &mut BTreeMap<PurchaseId, Purchase>, facts: &Facts, revision: &str) {
    if let Route::To { purchase, settles } = routed(purchases, facts, revision) {
        let seen = Event::Seen(Box::new(Seen {
            transaction: facts.transaction.clone(),
            revision: Revision(revision.to_owned()),
            facts: Some(facts.clone()),
            refused_by: None,
            signed: crate::ports::SignedPayload::AppStore {
                transaction: "jws".into(),
                renewal: None,
            },
            settles,
        }));
        let before = purchases.remove(&purchase).unwrap_or_default();
        purchases.insert(purchase, apply(before, &seen));
    }
}

#[test]
fn a_transaction_settles_the_open_sheet_of_its_account_and_group() {
    let purchases = with_intent("i", 10 * MINUTE_MS);
    let settles = |facts: &Facts| matches!(routed(&purchases, facts, "a"), Route::To { settles: true, .. });
    assert!(settles(&facts("1", "1", Some(TAG), 11 * MINUTE_MS)));
    assert!(
        settles(&facts("1", "1", Some(TAG), 6 * MINUTE_MS)),
        "five minutes of clock skew"
    );
    assert!(
        !settles(&facts("1", "1", Some(TAG), 4 * MINUTE_MS)),
        "older than the sheet: a purchase of before"
    );
    assert!(
        !settles(&facts("1", "1", Some(OTHER), 11 * MINUTE_MS)),
        "another account's"
    );
    assert!(!settles(&facts("1", "1", None, 11 * MINUTE_MS)), "nobody's yet");
    let mut other_group = facts("1", "1", Some(TAG), 11 * MINUTE_MS);
    other_group.group = Some("storage".into());
    assert!(!settles(&other_group));
}

#[test]
fn the_same_transaction_from_sheet_sweep_and_listener_is_one() {
    let mut purchases = with_intent("i", 0);
    let bought = facts("1", "1", Some(TAG), MINUTE_MS);
    take_in(&mut purchases, &bought, "a");
    assert_eq!(routed(&purchases, &bought, "a"), Route::Known);
    take_in(&mut purchases, &bought, "a");
    assert_eq!(
        (purchases.len(), purchases.values().next().unwrap().deliveries.len()),
        (1, 1)
    );
    let news = Route::To {
        purchase: PurchaseId("i".into()),
        settles: false,
    };
    assert_eq!(routed(&purchases, &bought, "refunded"), news);
}

#[test]
fn of_two_sheets_opened_at_the_same_moment_the_open_one_is_settled_and_not_the_closed_one() {
    for (closed, open) in [("a", "b"), ("b", "a")] {
        let mut purchases = with_intent(closed, 0);
        let id = PurchaseId(closed.to_owned());
        let left = apply(purchases.remove(&id).unwrap(), &Event::SheetLeft { failure: None });
        purchases.insert(id, apply(left, &Event::SweptClean));
        purchases.extend(with_intent(open, 0));
        let bought = facts("1", "1", Some(TAG), 0);
        assert!(
            matches!(routed(&purchases, &bought, "x"), Route::To { purchase, settles: true } if purchase.0 == open)
        );
    }
}

// Rules: X15
#[test]
fn the_same_number_in_the_stores_test_ledger_is_another_transaction() {
    let mut purchases = with_intent("i", 0);
    take_in(&mut purchases, &facts("1", "1", Some(TAG), MINUTE_MS), "a");
    let mut test = facts("1", "1", Some(TAG), MINUTE_MS);
    test.key.environment = Environment::Sandbox;
    assert!(matches!(routed(&purchases, &test, "a"), Route::To { purchase, .. } if purchase.0 != "i"));
}

#[test]
fn a_renewal_joins_its_subscription_and_a_purchase_for_another_account_does_not() {
    let mut purchases = with_intent("i", 0);
    take_in(&mut purchases, &facts("1", "1", Some(TAG), MINUTE_MS), "a");
    let renewal = facts("2", "1", Some(TAG), 60 * 24 * 31 * MINUTE_MS);
    assert_eq!(
        routed(&purchases, &renewal, "b"),
        Route::To {
            purchase: PurchaseId("i".into()),
            settles: false
        }
    );
    let for_other = facts("3", "1", Some(OTHER), 60 * 24 * 90 * MINUTE_MS);
    assert!(matches!(routed(&purchases, &for_other, "c"), Route::To { purchase, .. } if purchase.0 != "i"));
}

#[test]
fn bytes_that_cannot_be_verified_belong_to_the_sheet_that_gave_them_and_to_nothing_else() {
    let purchases = with_intent("i", 0);
    let (transaction, revision) = (TransactionId::from("9"), Revision::from("bytes-9"));
    let unverified = |from_sheet| {
        route(
            &purchases,
            Sighting {
                transaction: &transaction,
                revision: &revision,
                facts: None,
                from_sheet,
            },
        )
    };
    let sheet = IntentId::from("i");
    assert_eq!(
        unverified(Some(&sheet)),
        Route::To {
            purchase: PurchaseId("i".into()),
            settles: true
        }
    );
    assert!(matches!(unverified(None), Route::To { settles: false, .. }));
}

#[test]
fn bytes_that_cannot_be_verified_are_looked_into_beside_what_was_verified_under_their_number() {
    let mut purchases = with_intent("i", 0);
    take_in(&mut purchases, &facts("9", "9", Some(TAG), MINUTE_MS), "a");
    let transaction = TransactionId::from("9");
    for revision in ["bytes-1", "bytes-2"] {
        let revision = Revision::from(revision);
        let seen = Sighting {
            transaction: &transaction,
            revision: &revision,
            facts: None,
            from_sheet: None,
        };
        let beside = Route::To {
            purchase: PurchaseId("unverified/9".into()),
            settles: false,
        };
        assert_eq!(
            route(&purchases, seen),
            beside,
            "one purchase, however often the store signs anew"
        );
    }
}

// Rules: R2, X10
#[test]
fn every_phase_but_an_ended_one_holds_the_slot_and_an_unknown_one_too() {
    let taken = ["pending", "active", "grace", "retry", "paused", "on_some_hold"];
    let free = ["expired", "revoked", "refunded", "superseded"];
    for (phases, holds) in [(&taken[..], true), (&free[..], false)] {
        for phase in phases {
            let mut state = samples::account();
            let mut plan = samples::subscription("sub_1", Channel::AppStore);
            plan.phase = Phase::from(*phase);
            state.subscriptions.push(plan);
            assert_eq!(holder_in_account(&state).is_some(), holds, "{phase}");
        }
    }
}

// Rules: X17
#[test]
fn a_web_or_code_plan_takes_no_slot() {
    for channel in [Channel::Web, Channel::Code] {
        let mut state = samples::account();
        state.subscriptions.push(samples::subscription("sub_1", channel));
        assert_eq!(holder_in_account(&state), None);
    }
}

// Rules: R2
#[test]
fn the_clouds_no_counts_also_where_the_document_shows_no_plan() {
    let mut state = samples::account();
    state.in_app.may_buy = false;
    let by = SlotHolder {
        subscription: None,
        channel: Channel::Play,
        reason: "pending".into(),
    };
    state.in_app.blocked_by = Some(by);
    let holder = Holder::Cloud {
        channel: Channel::Play,
        reason: "pending".into(),
    };
    assert_eq!(holder_in_account(&state), Some(holder));
}

// Rules: X10
#[test]
fn a_fresh_pending_purchase_holds_the_slot_for_a_day() {
    let mut purchases = with_intent("i", 0);
    let pending = Event::SheetPending { at: Timestamp(0) };
    let before = purchases.remove(&PurchaseId("i".into())).unwrap();
    purchases.insert(PurchaseId("i".into()), apply(before, &pending));
    let account = AccountId::from("acc_anna");
    let held_at = |hours: i64| {
        let now = Some(TrustedTime::vouched(Timestamp(hours * 60 * MINUTE_MS)));
        holder_in_journal(&purchases, &account, Some(TAG), now).is_some()
    };
    assert!(held_at(23));
    assert!(!held_at(24));
    assert!(
        holder_in_journal(&purchases, &account, Some(TAG), None).is_some(),
        "an unknown time frees nothing"
    );
    assert_eq!(
        holder_in_journal(&purchases, &AccountId::from("acc_ben"), Some(OTHER), None),
        None
    );
}

// Rules: X5, X11
#[test]
fn what_the_store_account_pays_decides_by_its_newest_paid_transaction() {
    let owned = |tag, bought, bills| Owned {
        facts: facts("1", "1", tag, bought),
        bills,
    };
    assert_eq!(holder_in_store(&[], TAG), None);
    assert_eq!(
        holder_in_store(&[owned(Some(OTHER), 1, false)], TAG),
        None,
        "a lapsed owner keeps no claim"
    );
    assert_eq!(
        holder_in_store(&[owned(Some(OTHER), 1, true)], TAG),
        Some(Holder::OtherAccount)
    );
    assert_eq!(holder_in_store(&[owned(None, 1, true)], TAG), Some(Holder::Unbound));
    let both = [owned(Some(OTHER), 1, true), owned(Some(TAG), 2, true)];
    assert_eq!(holder_in_store(&both, TAG), Some(Holder::BeingSetUp));
    let mut shared = owned(Some(OTHER), 1, true);
    shared.facts.sound = false;
    assert_eq!(
        holder_in_store(&[shared], TAG),
        None,
        "family-shared or taken back blocks nothing"
    );
}
