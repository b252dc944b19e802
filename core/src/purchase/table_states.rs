//! The states of the table as purchases, and its events as what happens to them.

use crate::cloud::AnswerKind;
use crate::id::{AccountTag, Environment, Revision, StoreKey, StoreKind, TransactionId};
use crate::ports::SignedPayload;
use crate::purchase::event::{Event, Seen};
use crate::purchase::machine::apply;
use crate::purchase::samples;
use crate::purchase::slot::{Route, Sighting, route};
use crate::purchase::state::{Answer, Delivery, End, Facts, Intent, Purchase, PurchaseId, Stage};
use crate::time::Timestamp;
use std::collections::BTreeMap;

const TAG: AccountTag = AccountTag(uuid::Uuid::from_u128(0xA));
pub const MINUTE_MS: i64 = 60_000;
pub const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
pub const OPENED: i64 = 1_000 * DAY_MS;
const WISH: &str = "wish";

/// A state to be tried: a pair of words, at a store, with everything owed or nothing.
pub struct Row {
    pub wish: String,
    pub transaction: String,
    pub store: StoreKind,
    id: PurchaseId,
    pub purchase: Purchase,
}

fn facts(store: StoreKind, transaction: &str, wished: bool) -> Facts {
    let apple = store == StoreKind::AppStore;
    Facts {
        key: StoreKey {
            store,
            environment: Environment::Production,
            original: "T1".into(),
        },
        transaction: transaction.into(),
        group: apple.then(|| "tapo_care".to_owned()),
        purchased_at: Some(Timestamp(OPENED + MINUTE_MS)),
        expires_at: None,
        intent: (!apple && wished).then(|| WISH.into()),
        ..samples::facts()
    }
}

fn waiting(facts: Facts) -> Facts {
    Facts {
        sound: false,
        pending: true,
        ..facts
    }
}

fn signed() -> SignedPayload {
    SignedPayload::AppStore {
        transaction: "bytes".into(),
        renewal: None,
    }
}

fn answer(kind: AnswerKind) -> Answer {
    Answer {
        kind,
        subscription: Some("sub_1".into()),
        owner_has_it: false,
        account_tag: Some(TAG),
        at: Timestamp(OPENED + 2 * MINUTE_MS),
        offer: None,
    }
}

fn intent(word: &str, store: StoreKind, owes: bool) -> Intent {
    let settled = || Stage::Settled {
        transaction: "T1".into(),
    };
    let left = |failure: Option<&str>| Stage::Left {
        failure: failure.map(str::to_owned),
    };
    let pending = Stage::Pending {
        since: Timestamp(OPENED),
    };
    let no = End::NotGranted {
        answer: AnswerKind::Superseded,
    };
    let granted = End::Granted {
        subscription: Some("sub_1".into()),
    };
    let (stage, end) = match word {
        "open" => (Stage::Open, None),
        "left" => (left(None), None),
        "left_failing" => (left(Some("billing")), None),
        "pending" | "pending_seen" => (pending, None),
        "settled" => (settled(), None),
        "cancelled" => (Stage::Closed, Some(End::Cancelled)),
        "failed" => (Stage::Closed, Some(End::Failed { code: "billing".into() })),
        "not_approved" => (Stage::Closed, Some(End::NotApproved)),
        "granted" => (settled(), Some(granted)),
        "not_granted" => (settled(), Some(no)),
        other => panic!("nobody knows the wish {other}"),
    };
    let selects = matches!(end, None | Some(End::Granted { .. }));
    Intent {
        id: WISH.into(),
        store,
        group: if store == StoreKind::AppStore { "tapo_care" } else { "" }.to_owned(),
        cameras: vec!["cam_porch".into()],
        reservation: owes.then(|| "res_1".into()),
        opened_at: Timestamp(OPENED),
        end_handled: !owes && end.is_some(),
        stage,
        end,
        pending_handled: !owes,
        cameras_dealt_with: !(owes && selects),
        ..samples::wish()
    }
}

fn delivery(word: &str, wish: &str, store: StoreKind) -> Delivery {
    let (kind, state) = word.split_once('_').unwrap_or((word, ""));
    let verified = facts(store, "T1", wish != "none");
    let final_word = if wish == "not_granted" {
        AnswerKind::Expired
    } else {
        AnswerKind::Granted
    };
    let answered = match state {
        "" => None,
        "asked" => Some(AnswerKind::UnknownProduct),
        "parked" => Some(AnswerKind::NeedsConfirmation),
        "answered" | "finished" => Some(final_word),
        other => panic!("nobody knows the transaction …_{other}"),
    };
    Delivery {
        transaction: "T1".into(),
        revision: kind.into(),
        facts: match kind {
            "seen" => Some(verified),
            "waiting" => Some(waiting(verified)),
            _ => None,
        },
        refused_by: (kind == "broken").then(|| "signature".to_owned()),
        signed: (state != "finished").then(signed),
        attempts: 0,
        bind_to: None,
        answer: answered.map(answer),
        finished: state == "finished",
    }
}

impl Row {
    /// `None` where that store knows no such state.
    pub fn new(wish: &str, transaction: &str, store: StoreKind, owes: bool) -> Option<Self> {
        if transaction.starts_with("waiting") && store == StoreKind::AppStore {
            return None;
        }
        let intent = (wish != "none").then(|| intent(wish, store, owes));
        let deliveries: Vec<Delivery> = (transaction != "none")
            .then(|| delivery(transaction, wish, store))
            .into_iter()
            .collect();
        let proved = deliveries.iter().any(|delivery| delivery.facts.is_some());
        let id = match (&intent, transaction.starts_with("broken")) {
            (Some(_), _) => WISH.to_owned(),
            (None, true) => "unverified/T1".to_owned(),
            (None, false) => format!("{store:?}/T1"),
        };
        let tag = (intent.is_some() || proved).then_some(TAG);
        Some(Self {
            wish: wish.to_owned(),
            transaction: transaction.to_owned(),
            store,
            id: PurchaseId(id),
            purchase: Purchase {
                intent,
                tag,
                deliveries,
            },
        })
    }

    /// The purchase after that event; unchanged where the slot rules give it to another one.
    pub fn after(&self, event: &str) -> Purchase {
        let same = || self.purchase.clone();
        match self.happening(event) {
            Happening::Event(event) => apply(same(), &event),
            Happening::Shown {
                transaction,
                revision,
                facts,
                from_sheet,
            } => {
                let nothing = self.purchase == Purchase::default();
                let known: BTreeMap<_, _> = (!nothing).then(|| (self.id.clone(), same())).into_iter().collect();
                let sheet = WISH.into();
                let sighting = Sighting {
                    transaction: &transaction,
                    revision: &revision,
                    facts: facts.as_ref(),
                    from_sheet: from_sheet.then_some(&sheet),
                };
                match route(&known, sighting) {
                    Route::To { purchase, settles } if nothing || purchase == self.id => {
                        let seen = Seen {
                            transaction,
                            revision,
                            refused_by: facts.is_none().then(|| "signature".to_owned()),
                            facts,
                            signed: signed(),
                            settles,
                        };
                        apply(same(), &Event::Seen(Box::new(seen)))
                    }
                    Route::To { .. } | Route::Known => same(),
                }
            }
        }
    }

    pub fn happening(&self, event: &str) -> Happening {
        let current = self.purchase.deliveries.last();
        let revision = current.map_or_else(|| "seen".into(), |delivery| delivery.revision.clone());
        let wished = self.purchase.intent.is_some();
        let verified = |transaction: &str| facts(self.store, transaction, wished);
        let shown = |transaction: &str, revision: &str, facts, from_sheet| Happening::Shown {
            transaction: transaction.into(),
            revision: revision.into(),
            facts,
            from_sheet,
        };
        let answered = |kind| Event::Answered {
            transaction: "T1".into(),
            revision: revision.clone(),
            answer: answer(kind),
        };
        let again = |bind_to: Option<&str>| Event::AskAgain {
            transaction: "T1".into(),
            bind_to: bind_to.map(Into::into),
        };
        let end = self.purchase.intent.as_ref().and_then(|intent| intent.end.as_ref());
        let told = |word: &str| Event::EndHandled { end: word.to_owned() };
        Happening::Event(match event {
            "shows_paid" => return shown("T1", "seen", Some(verified("T1")), false),
            "shows_waiting" => return shown("T1", "waiting", Some(waiting(verified("T1"))), false),
            "shows_refunded" => {
                let refunded = Facts {
                    sound: false,
                    ..verified("T1")
                };
                return shown("T1", "refunded", Some(refunded), false);
            }
            "shows_broken" => return shown("T1", "broken-anew", None, false),
            "sheet_hands_broken" => return shown("T1", "broken-anew", None, true),
            "shows_next" => return shown("T2", "next", Some(verified("T2")), false),
            "sheet_opened" => Event::SheetOpened {
                intent: Box::new(intent("open", self.store, true)),
            },
            "sheet_left" => Event::SheetLeft { failure: None },
            "sheet_left_failing" => Event::SheetLeft {
                failure: Some("billing".into()),
            },
            "sheet_pending" => Event::SheetPending {
                at: Timestamp(OPENED + MINUTE_MS),
            },
            "swept_clean" => Event::SweptClean,
            "pending_dismissed" => Event::PendingDismissed,
            "pending_lapsed" => Event::PendingLapsed,
            "post_failed" => Event::PostFailed {
                transaction: "T1".into(),
            },
            "answered_granted" => answered(AnswerKind::AlreadyGranted),
            "answered_again" => answered(AnswerKind::Unknown("later".into())),
            "answered_parked" => answered(AnswerKind::NotGenuine),
            "answered_no" => answered(AnswerKind::Revoked),
            "answered_older" => Event::Answered {
                transaction: "T1".into(),
                revision: "older".into(),
                answer: answer(AnswerKind::Granted),
            },
            "ask_again" => again(None),
            "ask_again_to_bind" => again(Some("acc_anna")),
            "finished" => Event::Finished {
                transaction: "T1".into(),
                revision,
            },
            "finished_older" => Event::Finished {
                transaction: "T1".into(),
                revision: "older".into(),
            },
            "reservation_released" => Event::ReservationReleased,
            "cameras_dealt_with" => Event::CamerasDealtWith,
            "pending_handled" => Event::PendingHandled,
            "end_handled" => told(end.map_or("granted", End::word)),
            "end_handled_other" => told("another"),
            "folded" => Event::Folded {
                purchase: Box::new(self.purchase.clone()),
            },
            other => panic!("nobody knows the event {other}"),
        })
    }
}

/// What an event of the table is: one of the journal, or something the store shows.
pub enum Happening {
    Event(Event),
    Shown {
        transaction: TransactionId,
        revision: Revision,
        facts: Option<Facts>,
        from_sheet: bool,
    },
}

/// The words of a purchase as it is.
pub fn words(purchase: &Purchase) -> (String, String) {
    let wish = match &purchase.intent {
        None => "none",
        Some(intent) => match (&intent.stage, &intent.end) {
            (Stage::Open, None) => "open",
            (Stage::Left { failure: None }, None) => "left",
            (Stage::Left { failure: Some(_) }, None) => "left_failing",
            (Stage::Pending { .. }, None) if purchase.deliveries.is_empty() => "pending",
            (Stage::Pending { .. }, None) => "pending_seen",
            (Stage::Settled { .. }, None) => "settled",
            (Stage::Closed, Some(end @ (End::Cancelled | End::Failed { .. } | End::NotApproved))) => end.word(),
            (Stage::Settled { .. }, Some(end @ (End::Granted { .. } | End::NotGranted { .. }))) => end.word(),
            (stage, end) => panic!("no wish stands like that: {stage:?}, {end:?}"),
        },
    };
    let transaction = purchase.deliveries.last().map_or_else(
        || "none".to_owned(),
        |delivery| {
            let kind = match &delivery.facts {
                None => "broken",
                Some(facts) if facts.pending => "waiting",
                Some(_) => "seen",
            };
            let state = match &delivery.answer {
                None if delivery.finished => panic!("finished without an answer: {delivery:?}"),
                None => "",
                Some(answer) if answer.finishes() && delivery.finished => "_finished",
                Some(_) if delivery.finished => panic!("finished without a final answer: {delivery:?}"),
                Some(answer) if answer.finishes() => "_answered",
                Some(answer) if answer.asks_again_after_ms().is_some() => "_asked",
                Some(_) => "_parked",
            };
            format!("{kind}{state}")
        },
    );
    (wish.to_owned(), transaction)
}
