//! A document of the cloud, behind its signature. The first byte says which: `a` the account, `c` the catalogue, `p` the
//! answer to a purchase, `r` that to a reservation.

use tapo_care::account::AccountState;
use tapo_care::catalogue::Catalogue;
use tapo_care::cloud::{PurchaseAnswer, ReservationAnswer};
use tapo_care::id::{CameraId, StoreKind};
use tapo_care::money::Price;
use tapo_care::ports::StoreProduct;
use tapo_care::snapshot::{TrialWord, plan_card};
use tapo_care::subscription::{cover, has_access, manage_route};
use tapo_care::time::{Timestamp, TrustedTime};
use tapo_care::{camera, trial};

/// Reads it, and asks of it what a screen asks.
pub fn run(data: &[u8]) {
    let Some((document, json)) = data.split_first() else {
        return;
    };
    match document {
        b'a' => {
            if let Ok(account) = serde_json::from_slice(json) {
                account_is_used(&account);
            }
        }
        b'c' => {
            if let Ok(catalogue) = serde_json::from_slice(json) {
                catalogue_is_used(&catalogue);
            }
        }
        b'p' => {
            if let Ok(answer) = serde_json::from_slice::<PurchaseAnswer>(json) {
                assert!(!answer.answer.is_granted() || answer.answer.is_final());
            }
        }
        _ => drop(serde_json::from_slice::<ReservationAnswer>(json)),
    }
}

fn account_is_used(account: &AccountState) {
    let nows = [0, 1_767_700_000_000, i64::MAX].map(|now| Some(TrustedTime::vouched(Timestamp(now))));
    let cameras: Vec<CameraId> = account.cameras.iter().map(|camera| camera.id.clone()).collect();
    for plan in &account.subscriptions {
        for now in nows.into_iter().chain([None]) {
            let covered = cover(plan, Timestamp(i64::MAX), now) == tapo_care::snapshot::Cover::Covered;
            assert!(!covered || has_access(plan), "cover without access");
        }
        let _ = manage_route(plan);
        let _ = camera::selection::check(account, &plan.id, &cameras);
        let possible = camera::selection::still_possible(account, plan, &cameras);
        assert!(possible.iter().all(|id| cameras.contains(id)));
    }
    for camera in &account.cameras {
        for now in nows {
            for offset in [0, i32::MIN, i32::MAX] {
                let seen = trial::Seen {
                    covered: false,
                    fresh: true,
                    now,
                    utc_offset_s: offset,
                };
                let _ = trial::row(camera, seen);
            }
        }
        let _ = trial::check_start(account, &camera.id);
        let _ = trial::check_cancel(account, &camera.id);
    }
}

fn catalogue_is_used(catalogue: &Catalogue) {
    for store in [StoreKind::AppStore, StoreKind::Play] {
        assert!(catalogue.by_capacity(store).is_sorted_by_key(|plan| plan.capacity));
        for plan in &catalogue.plans {
            let Some(product) = plan.product(store) else { continue };
            assert!(catalogue.plan_of(store, product).is_some());
            for micros in [0, i64::MIN, i64::MAX] {
                let product = StoreProduct {
                    id: product.clone(),
                    title: String::new(),
                    display_price: String::new(),
                    price: Price {
                        micros,
                        currency: "USD".to_owned(),
                    },
                    period: String::new(),
                    trial: None,
                };
                let _ = plan_card(plan, &product, TrialWord::default());
            }
        }
    }
}
