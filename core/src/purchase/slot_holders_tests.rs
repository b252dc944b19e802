//! Who holds the one in-app slot, rule by rule: per TP-Link ID, per store account, in every state a purchase may be in.

use super::*;
use crate::account::SlotHolder;
use crate::cloud::AnswerKind;
use crate::id::Environment;
use crate::purchase::event::{Event, Seen};
use crate::purchase::machine::{Effect, apply, due};
use crate::purchase::samples::{self as purchases, facts, seen as samples_seen};
use crate::purchase::state::Answer;
use crate::snapshot::samples::{self, TAG};

const OTHER: AccountTag = AccountTag(uuid::Uuid::from_u128(0xB));
const HOUR_MS: i64 = 3_600_000;

fn wished() -> Purchase {
    purchases::opened(purchases::wish())
}

fn paid(transaction: &str, tag: Option<AccountTag>) -> Facts {
    Facts {
        transaction: transaction.into(),
        tag,
        ..facts()
    }
}

fn seen(facts: &Facts, settles: bool) -> Event {
    match samples_seen(facts.clone()) {
        Event::Seen(seen) => Event::Seen(Box::new(Seen { settles, ..*seen })),
        other => other,
    }
}

fn answered(facts: &Facts, kind: AnswerKind, account_tag: Option<AccountTag>) -> Event {
    Event::Answered {
        transaction: facts.transaction.clone(),
        revision: "a".into(),
        answer: Answer {
            kind,
            subscription: Some("sub_1".into()),
            owner_has_it: false,
            account_tag,
            at: Timestamp(HOUR_MS),
            offer: None,
        },
    }
}

fn after(purchase: Purchase, events: &[Event]) -> Purchase {
    events.iter().fold(purchase, apply)
}

fn hours(hours: i64) -> Option<TrustedTime> {
    Some(TrustedTime::vouched(Timestamp(hours * HOUR_MS)))
}

fn held(purchase: &Purchase, account: &str, tag: AccountTag, now: Option<TrustedTime>) -> Option<Holder> {
    let purchases = BTreeMap::from([(PurchaseId("p".into()), purchase.clone())]);
    holder_in_journal(&purchases, &account.into(), Some(tag), now)
}

fn annas(purchase: &Purchase) -> Option<Holder> {
    held(purchase, "acc_anna", TAG, hours(2))
}

fn wish(pending: bool) -> Holder {
    Holder::Intent {
        intent: "intent-1".into(),
        plan: "Tapo Care · 3 cameras".into(),
        pending,
    }
}

// Rules: R2, X10
#[test]
fn a_wish_holds_the_slot_from_its_sheet_to_its_end_and_only_in_its_own_account() {
    let open = wished();
    let left = Event::SheetLeft { failure: None };
    let bought = paid("1", Some(TAG));
    let stages = [
        (vec![], wish(false)),
        (vec![left.clone()], wish(false)),
        (vec![Event::SheetPending { at: Timestamp(HOUR_MS) }], wish(true)),
        (vec![seen(&bought, true)], wish(false)),
    ];
    for (events, holder) in stages {
        let purchase = after(open.clone(), &events);
        assert_eq!(annas(&purchase), Some(holder), "{events:?}");
        assert_eq!(held(&purchase, "acc_ben", OTHER, hours(2)), None, "{events:?}");
    }
    let ends = [
        vec![left, Event::SweptClean],
        vec![Event::SheetPending { at: Timestamp(0) }, Event::PendingDismissed],
        vec![seen(&bought, true), answered(&bought, AnswerKind::Granted, Some(TAG))],
        vec![seen(&bought, true), answered(&bought, AnswerKind::Revoked, Some(TAG))],
    ];
    for events in ends {
        assert_eq!(annas(&after(open.clone(), &events)), None, "{events:?}");
    }
}

// Rules: R2, X10
#[test]
fn what_was_paid_without_a_tap_holds_the_slot_until_the_cloud_has_answered_or_its_period_is_over() {
    let bought = paid("1", Some(TAG));
    let outside = after(Purchase::default(), &[seen(&bought, false)]);
    assert_eq!(annas(&outside), Some(Holder::BeingSetUp));
    assert_eq!(held(&outside, "acc_ben", OTHER, hours(2)), None, "somebody else's");
    assert_eq!(
        held(&outside, "acc_anna", TAG, hours(31 * 24)),
        None,
        "its period is over"
    );
    assert_eq!(
        held(&outside, "acc_anna", TAG, None),
        Some(Holder::BeingSetUp),
        "an unknown time frees nothing"
    );
    let granted = after(outside, &[answered(&bought, AnswerKind::Granted, Some(TAG))]);
    assert_eq!(annas(&granted), None, "the account's document says it from now on");
    let shared = Facts {
        sound: false,
        ..paid("1", Some(TAG))
    };
    let shared = after(Purchase::default(), &[seen(&shared, false)]);
    assert_eq!(annas(&shared), None, "family-shared or taken back pays nothing");
}

// Rules: X11, R2
#[test]
fn an_untagged_purchase_holds_nobodys_slot_until_the_cloud_says_whose_it_is() {
    let bought = paid("1", None);
    let untagged = after(Purchase::default(), &[seen(&bought, false)]);
    assert_eq!(annas(&untagged), None);
    let renewal = paid("2", None);
    let events = [answered(&bought, AnswerKind::Granted, Some(TAG)), seen(&renewal, false)];
    let ours = after(untagged, &events);
    assert_eq!(annas(&ours), Some(Holder::BeingSetUp), "its renewal, not answered yet");
    assert_eq!(held(&ours, "acc_ben", OTHER, hours(2)), None);
}

// Rules: R2, X10, X17
#[test]
fn a_plan_bought_in_the_app_holds_the_slot_in_grace_hold_retry_and_pause_behind_any_number_of_others() {
    for phase in [Phase::Pending, Phase::Active, Phase::Grace, Phase::Retry, Phase::Paused] {
        for channel in [Channel::AppStore, Channel::Play] {
            let mut state = samples::account();
            let mut plan = samples::subscription("sub_app", channel.clone());
            plan.phase = phase.clone();
            state.subscriptions = vec![
                samples::subscription("sub_web", Channel::Web),
                samples::subscription("sub_code", Channel::Code),
                plan,
            ];
            let holder = Holder::Subscription {
                subscription: "sub_app".into(),
                channel,
                plan: "Tapo Care · 3 cameras".into(),
                phase: phase.clone(),
            };
            assert_eq!(holder_in_account(&state), Some(holder));
        }
    }
}

// Rules: R2, X15
#[test]
fn a_plan_of_the_stores_test_ledger_holds_the_slot_of_whom_it_was_given_to() {
    let mut state = samples::account();
    let mut plan = samples::subscription("sub_1", Channel::AppStore);
    plan.store_refs = vec![crate::account::StoreRef {
        store: Channel::AppStore,
        environment: "sandbox".into(),
        original: "1".into(),
    }];
    state.subscriptions = vec![plan];
    assert!(matches!(holder_in_account(&state), Some(Holder::Subscription { .. })));
    let mut test = paid("1", Some(OTHER));
    test.key.environment = Environment::Sandbox;
    let owned = [Owned {
        facts: test,
        bills: true,
    }];
    assert_eq!(holder_in_store(&owned, TAG), Some(Holder::OtherAccount));
}

// Rules: R2
#[test]
fn the_clouds_no_without_a_reason_is_a_no_all_the_same() {
    let mut state = samples::account();
    state.in_app.may_buy = false;
    let unknown = Holder::Cloud {
        channel: Channel::Unknown(String::new()),
        reason: "unknown".into(),
    };
    assert_eq!(holder_in_account(&state), Some(unknown));
    state.in_app.blocked_by = Some(SlotHolder {
        subscription: None,
        channel: Channel::AppStore,
        reason: "retry".into(),
    });
    state.in_app.may_buy = true;
    assert_eq!(holder_in_account(&state), None, "its yes is a yes");
}

// Rules: X5
#[test]
fn a_store_account_is_taken_by_whom_it_pays_for_now_and_not_by_whom_it_paid_for_before() {
    let owned = |tag, bought, bills| Owned {
        facts: Facts {
            purchased_at: Some(Timestamp(bought)),
            ..paid("1", tag)
        },
        bills,
    };
    let both = [owned(Some(TAG), 1, true), owned(Some(OTHER), 2, true)];
    assert_eq!(holder_in_store(&both, TAG), Some(Holder::OtherAccount));
    assert_eq!(holder_in_store(&both, OTHER), Some(Holder::BeingSetUp));
    let lapsed = [owned(Some(TAG), 1, true), owned(Some(OTHER), 2, false)];
    assert_eq!(holder_in_store(&lapsed, TAG), Some(Holder::BeingSetUp));
    let unsound = Owned {
        facts: Facts {
            sound: false,
            ..paid("1", Some(OTHER))
        },
        bills: true,
    };
    assert_eq!(holder_in_store(&[unsound], TAG), None);
}

// Rules: X16
#[test]
fn money_taken_over_a_taken_slot_is_brought_to_the_cloud_like_any_other() {
    let first = after(wished(), &[seen(&paid("1", Some(TAG)), true)]);
    let mut purchases = BTreeMap::from([(PurchaseId("intent-1".into()), first)]);
    let mut second = paid("9", Some(TAG));
    second.key.original = "9".into();
    let revision = Revision::from("a");
    let sighting = Sighting {
        transaction: &second.transaction,
        revision: &revision,
        facts: Some(&second),
        from_sheet: None,
    };
    let Route::To { purchase, settles } = route(&purchases, sighting) else {
        panic!("a second payment is news");
    };
    assert!(purchase.0 != "intent-1" && !settles, "it is a purchase of its own");
    purchases.insert(purchase.clone(), after(Purchase::default(), &[seen(&second, settles)]));
    let post = Effect::Post {
        transaction: "9".into(),
        revision,
        bind_to: None,
    };
    assert_eq!(due(&purchases[&purchase], hours(2)).effects, [post]);
}
