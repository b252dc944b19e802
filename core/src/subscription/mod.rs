//! What a subscription's phase and channel mean: access, cover under the lease, and where it is managed (R11).

use crate::account::{Camera, Channel, Covers, Origin, Phase, Service, Subscription};
use crate::planted;
use crate::time::{Timestamp, TrustedTime};
use serde::Serialize;

/// Whether something is covered now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cover {
    /// Yes, under the cloud's signed answer and its lease.
    Covered,
    /// No.
    NotCovered,
    /// It cannot be said: the time or the lease is not known.
    Unknown,
}

/// Where a subscription is managed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ManageRoute {
    /// The App Store's subscriptions page.
    AppStore,
    /// Google Play's subscriptions page.
    GooglePlay,
    /// The web portal it was bought on.
    Portal,
    /// Kasa's web portal, which bills the card on file (R98).
    KasaPortal,
    /// Nowhere: a code neither renews nor is paid back.
    Nowhere,
    /// Not known to this version.
    Unknown,
}

/// Whether the cloud says it gives access: paid, or in grace. Unknown never grants.
pub fn has_access(subscription: &Subscription) -> bool {
    matches!(subscription.phase, Phase::Active | Phase::Grace)
}

/// Whether it covers its cameras now: as the cloud signed it, until the lease ends, and where it does not renew at the
/// earlier of the lease and its end. An unknown time covers nothing and expires nothing.
pub fn cover(subscription: &Subscription, lease_until: Timestamp, now: Option<TrustedTime>) -> Cover {
    if !has_access(subscription) && !planted::is("phase_ignored") {
        return match subscription.phase {
            Phase::Unknown(_) => Cover::Unknown,
            _ => Cover::NotCovered,
        };
    }
    let Some(now) = now.map(TrustedTime::timestamp) else {
        return Cover::Unknown;
    };
    let renews = subscription.will_renew || subscription.phase == Phase::Grace;
    let ends = match subscription.ends_at {
        Some(end) if !renews => end,
        _ => Timestamp(i64::MAX),
    };
    if now >= ends {
        Cover::NotCovered
    } else if now >= lease_until && !planted::is("lease_ignored") {
        Cover::Unknown
    } else {
        Cover::Covered
    }
}

/// Whether the subscription is for that camera: it names it, or reaches every camera of an account that has no more of them
/// than its capacity (R17, R38).
pub fn reaches(subscription: &Subscription, camera: &Camera, cameras_bound: usize) -> bool {
    let whole_account = subscription.covers == Covers::Account
        && u32::try_from(cameras_bound).is_ok_and(|bound| bound <= subscription.plan.capacity);
    whole_account || subscription.cameras.contains(&camera.id)
}

/// Where it is managed and cancelled: where it was bought (R11), and for what Kasa bills to a card on Kasa's portal (R98,
/// R99). Which billing of the app it comes from is stored with it; no date is asked (X9).
pub fn manage_route(subscription: &Subscription) -> ManageRoute {
    let kasa = matches!(subscription.service, Service::KasaCare | Service::KasaLegacy);
    match (&subscription.channel, &subscription.origin) {
        (Channel::Code, _) => ManageRoute::Nowhere,
        (_, Origin::KasaAppBeforeDec2022) => ManageRoute::KasaPortal,
        (_, Origin::Unknown(_)) => ManageRoute::Unknown,
        (Channel::Web, _) if kasa => ManageRoute::KasaPortal,
        (Channel::Web, _) => ManageRoute::Portal,
        (Channel::AppStore, _) => ManageRoute::AppStore,
        (Channel::Play, _) => ManageRoute::GooglePlay,
        (Channel::Unknown(_), _) if subscription.service == Service::KasaLegacy => ManageRoute::KasaPortal,
        (Channel::Unknown(_), _) => ManageRoute::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::samples;

    const DAY_MS: i64 = 86_400_000;

    fn at(day: i64) -> Option<TrustedTime> {
        Some(TrustedTime::vouched(Timestamp(day * DAY_MS)))
    }

    #[test]
    fn a_renewing_plan_covers_until_its_lease_ends_and_then_nobody_knows() {
        let subscription = samples::subscription("sub_1", Channel::AppStore);
        let lease = Timestamp(7 * DAY_MS);
        assert_eq!(cover(&subscription, lease, at(6)), Cover::Covered);
        assert_eq!(cover(&subscription, lease, at(7)), Cover::Unknown);
        assert_eq!(cover(&subscription, lease, None), Cover::Unknown);
    }

    #[test]
    fn a_plan_that_will_not_renew_ends_on_its_day_also_inside_the_lease() {
        let mut subscription = samples::subscription("sub_1", Channel::AppStore);
        subscription.will_renew = false;
        subscription.ends_at = Some(Timestamp(3 * DAY_MS));
        let lease = Timestamp(7 * DAY_MS);
        assert_eq!(cover(&subscription, lease, at(2)), Cover::Covered);
        assert_eq!(cover(&subscription, lease, at(3)), Cover::NotCovered);
    }

    // Rules: X10
    #[test]
    fn a_phase_nobody_knows_covers_nothing() {
        let mut subscription = samples::subscription("sub_1", Channel::AppStore);
        subscription.phase = Phase::Unknown("hibernating".into());
        assert_eq!(cover(&subscription, Timestamp(i64::MAX), at(1)), Cover::Unknown);
        subscription.phase = Phase::Retry;
        assert_eq!(cover(&subscription, Timestamp(i64::MAX), at(1)), Cover::NotCovered);
    }

    // Rules: R1, R11
    #[test]
    fn a_plan_is_managed_where_it_was_bought() {
        let route = |channel| manage_route(&samples::subscription("sub_1", channel));
        assert_eq!(route(Channel::AppStore), ManageRoute::AppStore);
        assert_eq!(route(Channel::Play), ManageRoute::GooglePlay);
        assert_eq!(route(Channel::Web), ManageRoute::Portal);
        assert_eq!(route(Channel::Code), ManageRoute::Nowhere);
        assert_eq!(route(Channel::Unknown("kiosk".into())), ManageRoute::Unknown);
    }

    // Rules: R98, R99, X9
    #[test]
    fn a_kasa_plan_is_managed_on_kasas_portal_or_in_the_store_by_its_origin() {
        let route = |service, channel, origin| {
            let mut plan = samples::subscription("sub_1", channel);
            (plan.service, plan.origin) = (service, origin);
            manage_route(&plan)
        };
        let before = || Origin::KasaAppBeforeDec2022;
        assert_eq!(
            route(Service::KasaCare, Channel::Web, Origin::Current),
            ManageRoute::KasaPortal
        );
        assert_eq!(
            route(Service::KasaCare, Channel::AppStore, before()),
            ManageRoute::KasaPortal
        );
        assert_eq!(
            route(Service::KasaCare, Channel::Play, before()),
            ManageRoute::KasaPortal
        );
        assert_eq!(
            route(Service::KasaCare, Channel::AppStore, Origin::Current),
            ManageRoute::AppStore
        );
        assert_eq!(
            route(Service::KasaCare, Channel::Play, Origin::Current),
            ManageRoute::GooglePlay
        );
        assert_eq!(
            route(Service::KasaLegacy, Channel::Web, Origin::Current),
            ManageRoute::KasaPortal
        );
        let unheard_of = Origin::Unknown("kiosk".into());
        assert_eq!(
            route(Service::TapoCare, Channel::Play, unheard_of),
            ManageRoute::Unknown
        );
    }

    // Rules: R38
    #[test]
    fn a_plan_for_the_account_reaches_every_camera_up_to_its_capacity_and_then_those_it_names() {
        let mut plan = samples::subscription("sub_1", Channel::Web);
        (plan.covers, plan.cameras) = (Covers::Account, vec!["cam_garden".into()]);
        let (porch, garden) = (
            samples::camera("cam_porch", "Porch"),
            samples::camera("cam_garden", "Garden"),
        );
        assert!(reaches(&plan, &porch, 3));
        assert!(!reaches(&plan, &porch, 4));
        assert!(reaches(&plan, &garden, 4));
        plan.covers = Covers::Unknown("street".into());
        assert!(!reaches(&plan, &porch, 1), "what nobody knows covers nothing");
    }
}
