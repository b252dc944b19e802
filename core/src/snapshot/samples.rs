//! Small honest documents for the tests of what is pure.

use crate::account::{
    AccountState, BlockReason, Blocked, Camera, Channel, Covers, InApp, Offer, Origin, Phase, Plan, Service, Span,
    Subscription, Trial, TrialState,
};
use crate::id::AccountTag;
use crate::period::{Period, PeriodUnit};
use crate::time::Timestamp;
use uuid::Uuid;

pub(crate) const TAG: AccountTag = AccountTag(Uuid::from_u128(0xA));

/// An account with two good cameras, one of old firmware and one offline, and no plan.
pub(crate) fn account() -> AccountState {
    let mut nursery = camera("cam_nursery", "Nursery");
    nursery.blocked = Some(Blocked {
        reason: BlockReason::FirmwareTooOld,
        firmware_needed: Some("1.2.0".into()),
    });
    let mut shed = camera("cam_shed", "Shed");
    shed.blocked = Some(Blocked {
        reason: BlockReason::Offline,
        firmware_needed: None,
    });
    AccountState {
        revision: 1,
        account: "acc_anna".into(),
        account_tag: TAG,
        in_app: InApp {
            may_buy: true,
            blocked_by: None,
            store_trial: None,
        },
        subscriptions: vec![],
        cameras: vec![
            camera("cam_porch", "Porch"),
            camera("cam_garden", "Garden"),
            nursery,
            shed,
        ],
        account_trial: None,
    }
}

pub(crate) fn camera(id: &str, name: &str) -> Camera {
    Camera {
        id: id.into(),
        name: name.into(),
        model: "C210".into(),
        firmware: "1.3.9".into(),
        online: true,
        blocked: None,
        free_plan: None,
        trial: Trial {
            state: TrialState::Eligible,
            reason: None,
            length: Period::parse("P30D"),
            started_at: None,
            ends_at: None,
            remaining_s: None,
        },
    }
}

/// An active plan for three cameras that renews.
pub(crate) fn subscription(id: &str, channel: Channel) -> Subscription {
    Subscription {
        id: id.into(),
        service: Service::TapoCare,
        plan: Plan {
            id: "tapo-3-monthly".into(),
            title: "Tapo Care · 3 cameras".into(),
            capacity: 3,
            cycle: Period {
                count: 1,
                unit: PeriodUnit::Month,
            },
            price_micros: Some(6_990_000),
            currency: Some("USD".into()),
        },
        channel,
        origin: Origin::Current,
        phase: Phase::Active,
        will_renew: true,
        period: Span {
            start: Timestamp(0),
            end: Timestamp(30 * 86_400_000),
        },
        renews_at: Some(Timestamp(30 * 86_400_000)),
        ends_at: None,
        grace_until: None,
        resumes_at: None,
        cancel_by: Some(Timestamp(30 * 86_400_000)),
        covers: Covers::Cameras,
        history_retained_until: None,
        cameras: vec![],
        cameras_revision: 0,
        flags: vec![],
        offer: Offer::None,
        scheduled: None,
        price_change: None,
        store_refs: vec![],
    }
}
