//! What a subscription's phase and channel mean: access, cover under the lease, and where it is managed (R11).

use crate::account::{Channel, Phase, Service, Subscription};
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

/// Where it is managed and cancelled (R11): where it was bought.
pub fn manage_route(subscription: &Subscription) -> ManageRoute {
    match (&subscription.channel, &subscription.service) {
        (Channel::AppStore, _) => ManageRoute::AppStore,
        (Channel::Play, _) => ManageRoute::GooglePlay,
        (Channel::Web, _) => ManageRoute::Portal,
        (Channel::Code, _) => ManageRoute::Nowhere,
        (Channel::Unknown(_), Service::KasaLegacy) => ManageRoute::Portal,
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
}
