//! One wish and its transaction, for the tests of what is pure.

use super::event::{Event, Seen};
use super::machine::apply;
use super::state::{Facts, Intent, Purchase, Stage};
use crate::id::{Environment, StoreKey, StoreKind};
use crate::ports::SignedPayload;
use crate::snapshot::samples::TAG;
use crate::time::Timestamp;

/// Anna's wish for three cameras at the App Store, its sheet open.
pub(super) fn wish() -> Intent {
    Intent {
        id: "intent-1".into(),
        account: "acc_anna".into(),
        tag: TAG,
        store: StoreKind::AppStore,
        plan: "tapo-3-monthly".into(),
        title: "Tapo Care · 3 cameras".into(),
        product: "care.tapo.3.monthly".into(),
        group: "tapo_care".into(),
        cameras: vec![],
        reservation: None,
        opened_at: Timestamp(0),
        stage: Stage::Open,
        end: None,
        pending_handled: false,
        end_handled: false,
        cameras_dealt_with: true,
        change: None,
        trial: None,
    }
}

/// Somebody's wish, written down.
pub(super) fn opened(intent: Intent) -> Purchase {
    let intent = Box::new(intent);
    apply(Purchase::default(), &Event::SheetOpened { intent })
}

/// The transaction that pays it, bought a minute later for a month.
pub(super) fn facts() -> Facts {
    Facts {
        key: StoreKey {
            store: StoreKind::AppStore,
            environment: Environment::Production,
            original: "1".into(),
        },
        transaction: "1".into(),
        product: "care.tapo.3.monthly".into(),
        group: Some("tapo_care".into()),
        tag: Some(TAG),
        purchased_at: Some(Timestamp(60_000)),
        expires_at: Some(Timestamp(31 * 86_400_000)),
        sound: true,
        intent: None,
        pending: false,
        renews_as: None,
        renews_unchanged: false,
        offer: None,
    }
}

/// It is seen, at revision `a`, as what settles the wish.
pub(super) fn seen(facts: Facts) -> Event {
    Event::Seen(Box::new(Seen {
        transaction: facts.transaction.clone(),
        revision: "a".into(),
        facts: Some(facts),
        refused_by: None,
        signed: SignedPayload::AppStore {
            transaction: "jws".into(),
            renewal: None,
        },
        settles: true,
    }))
}
