//! What the machine makes of each event, and what it asks for then.

use super::*;
use crate::cloud::AnswerKind;
use crate::id::StoreKey;
use crate::ports::SignedPayload;
use crate::purchase::samples;
use crate::purchase::state::{Facts, Intent};
use crate::snapshot::samples::TAG;

const HOUR_MS: i64 = 3_600_000;

fn opened() -> Purchase {
    samples::opened(Intent {
        cameras: vec!["cam_porch".into()],
        reservation: Some("res_1".into()),
        opened_at: Timestamp(1000),
        cameras_dealt_with: false,
        ..samples::wish()
    })
}

fn seen(transaction: &str, revision: &str, verified: bool) -> Event {
    let facts = samples::facts();
    let facts = Facts {
        key: StoreKey {
            original: "2000".into(),
            ..facts.key
        },
        transaction: transaction.into(),
        purchased_at: Some(Timestamp(2000)),
        expires_at: None,
        ..facts
    };
    Event::Seen(Box::new(Seen {
        transaction: transaction.into(),
        revision: revision.into(),
        facts: verified.then_some(facts),
        refused_by: (!verified).then(|| "signature".to_owned()),
        signed: SignedPayload::AppStore {
            transaction: "jws".into(),
            renewal: None,
        },
        settles: true,
    }))
}

fn answer(transaction: &str, kind: AnswerKind) -> Event {
    let answer = Answer {
        kind,
        subscription: Some("sub_1".into()),
        owner_has_it: false,
        account_tag: Some(TAG),
        at: Timestamp(10 * HOUR_MS),
        offer: None,
    };
    Event::Answered {
        transaction: transaction.into(),
        revision: "a".into(),
        answer,
    }
}

fn fold(events: &[Event]) -> Purchase {
    events.iter().fold(opened(), apply)
}

fn effects(purchase: &Purchase) -> Vec<Effect> {
    due(purchase, None).effects
}

fn post(transaction: &str) -> Effect {
    Effect::Post {
        transaction: transaction.into(),
        revision: "a".into(),
        bind_to: None,
    }
}

#[test]
fn an_intent_found_open_is_looked_up_and_never_shown_again() {
    assert_eq!(effects(&opened()), [Effect::ResolveSheet]);
}

// Rules: R8, R16
#[test]
fn from_the_payment_to_the_cameras_each_step_waits_for_the_one_before() {
    let paid = fold(&[seen("1", "a", true)]);
    assert_eq!(effects(&paid), [post("1")]);
    let granted = apply(paid, &answer("1", AnswerKind::Granted));
    let select = Effect::SelectCameras {
        subscription: "sub_1".into(),
    };
    let release = Effect::Release {
        reservation: "res_1".into(),
    };
    let finish = Effect::Finish {
        transaction: "1".into(),
        revision: "a".into(),
    };
    assert_eq!(effects(&granted), [select, release, finish]);
    let done = [
        Event::CamerasDealtWith,
        Event::ReservationReleased,
        Event::Finished {
            transaction: "1".into(),
            revision: "a".into(),
        },
        Event::EndHandled { end: "granted".into() },
    ];
    let done = done.iter().fold(granted, apply);
    assert_eq!(effects(&done), []);
    assert!(done.is_settled());
}

#[test]
fn money_taken_and_neither_granted_given_back_nor_used_up_is_never_finished() {
    let all = [
        (AnswerKind::Granted, true),
        (AnswerKind::AlreadyGranted, true),
        (AnswerKind::Expired, true),
        (AnswerKind::Superseded, true),
        (AnswerKind::Revoked, true),
        (AnswerKind::FamilyShared, true),
        (AnswerKind::TestPurchase, true),
        (AnswerKind::BoundToOther, false),
        (AnswerKind::NotGenuine, false),
        (AnswerKind::Pending, false),
        (AnswerKind::NeedsConfirmation, false),
        (AnswerKind::UnknownProduct, false),
        (AnswerKind::Unknown("later".into()), false),
    ];
    for (kind, finishes) in all {
        let purchase = fold(&[seen("1", "a", true), answer("1", kind.clone())]);
        let finish = Effect::Finish {
            transaction: "1".into(),
            revision: "a".into(),
        };
        assert_eq!(effects(&purchase).contains(&finish), finishes, "{kind:?}");
    }
    let owner_has_it = Answer {
        kind: AnswerKind::BoundToOther,
        subscription: None,
        owner_has_it: true,
        account_tag: None,
        at: Timestamp(0),
        offer: None,
    };
    assert!(owner_has_it.finishes());
}

#[test]
fn the_same_news_again_changes_nothing_and_new_news_is_posted_again() {
    let granted = fold(&[seen("1", "a", true), answer("1", AnswerKind::Granted)]);
    assert_eq!(apply(granted.clone(), &seen("1", "a", true)), granted);
    let refunded = apply(granted, &seen("1", "b", true));
    let news = Effect::Post {
        transaction: "1".into(),
        revision: "b".into(),
        bind_to: None,
    };
    assert!(effects(&refunded).contains(&news));
    let late = apply(refunded.clone(), &answer("1", AnswerKind::Granted));
    assert_eq!(late, refunded, "an answer about older news says nothing of the newest");
    let late = apply(
        refunded.clone(),
        &Event::Finished {
            transaction: "1".into(),
            revision: "a".into(),
        },
    );
    assert_eq!(late, refunded, "nor does its finish");
}

#[test]
fn bytes_that_cannot_be_verified_never_displace_what_was() {
    let granted = fold(&[seen("1", "a", true), answer("1", AnswerKind::Granted)]);
    assert_eq!(apply(granted.clone(), &seen("1", "bytes-x", false)), granted);
}

// Rules: X10
#[test]
fn a_cancelled_sheet_is_provisional_until_a_sweep_agrees() {
    let left = fold(&[Event::SheetLeft { failure: None }]);
    assert_eq!(left.intent.as_ref().and_then(|intent| intent.end.clone()), None);
    assert_eq!(effects(&left), [Effect::ResolveSheet]);
    let closed = apply(left, &Event::SweptClean);
    assert_eq!(
        closed.intent.as_ref().and_then(|intent| intent.end.clone()),
        Some(End::Cancelled)
    );
    let late = apply(closed, &seen("1", "a", true));
    assert_eq!(
        late.intent.as_ref().and_then(|intent| intent.end.clone()),
        None,
        "a late success is the same wish"
    );
    assert!(effects(&late).contains(&post("1")));
}

#[test]
fn a_sweep_does_not_close_what_is_pending_or_paid() {
    let pending = fold(&[Event::SheetPending { at: Timestamp(0) }]);
    assert_eq!(apply(pending.clone(), &Event::SweptClean), pending);
    let paid = fold(&[seen("1", "a", true)]);
    assert_eq!(apply(paid.clone(), &Event::SweptClean), paid);
}

#[test]
fn an_answer_that_is_not_final_is_asked_for_again_at_its_time_and_not_before() {
    let waiting = fold(&[seen("1", "a", true), answer("1", AnswerKind::UnknownProduct)]);
    let at = |hour: i64| Some(TrustedTime::vouched(Timestamp(hour * HOUR_MS)));
    assert_eq!(due(&waiting, at(33)).effects, []);
    assert_eq!(due(&waiting, at(33)).wake_at, Some(Timestamp(34 * HOUR_MS)));
    assert_eq!(due(&waiting, at(34)).effects, [post("1")]);
    assert_eq!(
        due(&waiting, None).effects,
        [],
        "without a trusted time nothing that waits for a date is due"
    );
}

// Rules: X11
#[test]
fn an_unclaimed_purchase_is_parked_until_the_user_says_whose_it_is() {
    let parked = fold(&[seen("1", "a", true), answer("1", AnswerKind::NeedsConfirmation)]);
    let far = Some(TrustedTime::vouched(Timestamp(i64::MAX)));
    assert!(!due(&parked, far).effects.contains(&post("1")));
    let yes = Event::AskAgain {
        transaction: "1".into(),
        bind_to: Some("acc_anna".into()),
    };
    let bound = Effect::Post {
        transaction: "1".into(),
        revision: "a".into(),
        bind_to: Some("acc_anna".into()),
    };
    assert!(effects(&apply(parked, &yes)).contains(&bound));
}

#[test]
fn folding_a_purchase_into_one_row_keeps_all_of_it() {
    let purchase = fold(&[seen("1", "a", true), answer("1", AnswerKind::Granted)]);
    let folded = Event::Folded {
        purchase: Box::new(purchase.clone()),
    };
    let text = serde_json::to_vec(&folded).unwrap();
    let read: Event = serde_json::from_slice(&text).unwrap();
    assert_eq!(apply(Purchase::default(), &read), purchase);
}
