//! One plan for another: a replacement at the store, so that nobody pays for two (R2). Every refusal comes before the sheet.
//!
//! Offered only where the sweep finds the purchase on this phone's store account: bought from another one it would be a second
//! plan. From the sheet on it is a purchase like any other, and a lost answer, a death or a second phone meet it the same way.

use super::driver::{Driver, task_lost};
use super::slot::Owned;
use super::state::Change;
use super::subscribe::{Wish, sure_of_covered};
use crate::account::{Channel, Phase, Subscription};
use crate::catalogue::{PlanOnSale, PortalWords};
use crate::error::{CareError, Problem, Retry, UserAction};
use crate::id::{AccountId, IntentId, PlanId, StoreKind, SubscriptionId};
use crate::message::Message;
use crate::ports::{Replacement, ReplacementMode};
use crate::purchase::sweep::SweepReason;

const OPERATION: &str = "change_plan";

/// Which plan is to become which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePlanRequest {
    /// The subscription whose plan changes.
    pub subscription: SubscriptionId,
    /// The plan it becomes.
    pub plan: PlanId,
    /// The token of a confirmation the user gave.
    pub confirmation: Option<String>,
}

impl Driver {
    /// Prepares a change of plan, opens the sheet and returns its intent. Goes on when the caller is gone.
    ///
    /// # Errors
    /// Every refusal before the sheet; nothing is charged.
    pub async fn change_plan(&self, account: AccountId, request: ChangePlanRequest) -> Result<IntentId, CareError> {
        let driver = self.clone();
        let prepared = self.0.platform.detached(async move {
            let _one_at_a_time = driver.0.preparing.lock().await;
            driver.prepare_change(account, request).await
        });
        let prepared = prepared.await.unwrap_or_else(|_| Err(task_lost(OPERATION)));
        prepared.map_err(|error| error.said_by(OPERATION))
    }

    async fn prepare_change(&self, account: AccountId, request: ChangePlanRequest) -> Result<IntentId, CareError> {
        if let Some(intent) = self.same_wish(&account, &request.plan) {
            return Ok(intent);
        }
        self.nothing_under_way(&account).await?;
        let state = self.fresh_account(&account).await?;
        let Some(current) = state.subscription(&request.subscription) else {
            return Err(CareError::Refused(Problem::new(OPERATION, "unknown_subscription")));
        };
        if channel_of(self.0.store) != current.channel {
            return Err(self.billed_elsewhere(current).await);
        }
        changeable(current, &request.plan, self.0.store)?;
        let storefront = self.storefront().await?;
        let plan = self.plan_on_sale(&storefront, &request.plan).await?;
        let mode = mode(current, &plan);
        if mode == ReplacementMode::ChargeProratedPrice {
            // A smaller plan pays for less, and covers nothing twice that was not.
            sure_of_covered(&state, request.confirmation.as_deref())?;
        }
        let owned = self.sweep(SweepReason::Ordinary).await?;
        let change = change(current, &owned, mode)?;
        if scheduled_at_store(&owned, &change, &plan, self.0.store) {
            return Err(scheduled_already(&plan.title));
        }
        if current.plan.id == plan.id && taken_back_at_store(&owned, &change) {
            return Err(is_current(current));
        }
        let wish = Wish {
            plan,
            cameras: Vec::new(),
            change: Some(change),
            trial: None,
        };
        self.reserve_and_open(state, storefront, wish).await
    }

    /// The refusal that names the store that bills it, and the way there (R11); the portal's only as far as it may be shown
    /// here (U9).
    async fn billed_elsewhere(&self, current: &Subscription) -> CareError {
        if let Ok(storefront) = self.storefront().await {
            // Only its words are wanted: without them nothing is said about the portal.
            let _ = self.0.catalogue.load(&storefront.country, OPERATION).await;
        }
        billed_elsewhere(current, &self.0.catalogue.steering())
    }
}

fn channel_of(store: StoreKind) -> Channel {
    match store {
        StoreKind::AppStore => Channel::AppStore,
        StoreKind::Play => Channel::Play,
    }
}

fn billed_elsewhere(current: &Subscription, portal: &PortalWords) -> CareError {
    let action = match current.channel {
        Channel::AppStore | Channel::Play => UserAction::ManageSubscription,
        Channel::Web => portal.action(),
        Channel::Code | Channel::Unknown(_) => UserAction::None,
    };
    let said = Message::new("billed-elsewhere")
        .text("plan", &current.plan.title)
        .text("channel", current.channel.as_str());
    CareError::Refused(
        Problem::new(OPERATION, "billed_elsewhere")
            .retry(Retry::UserAction)
            .say(said)
            .action(action)
            .id(current.id.as_str()),
    )
}

/// What can be changed is paid and runs: what is unpaid, paused or over is put right at the store first (X10).
fn changeable(current: &Subscription, plan: &PlanId, store: StoreKind) -> Result<(), CareError> {
    let problem = |name: &str| Problem::new(OPERATION, name).id(current.id.as_str());
    if current.phase != Phase::Active {
        let said = Message::new("plan-not-changeable")
            .text("plan", &current.plan.title)
            .text("phase", current.phase.as_str());
        let refused = problem("plan_not_changeable").retry(Retry::UserAction);
        return Err(CareError::Refused(
            refused.say(said).action(UserAction::ManageSubscription),
        ));
    }
    match current.scheduled.as_ref().filter(|_| current.will_renew) {
        Some(scheduled) if &scheduled.plan == plan => Err(scheduled_already(&scheduled.title)),
        // Play refuses every other replacement until that one took effect.
        Some(scheduled) if store == StoreKind::Play => {
            let waits = problem("change_waits_at_store").say(waits_at_store(&scheduled.title));
            Err(CareError::Refused(waits))
        }
        // Bought again at the App Store, the plan there is takes a change back that waits.
        None if &current.plan.id == plan => Err(is_current(current)),
        _ => Ok(()),
    }
}

fn is_current(current: &Subscription) -> CareError {
    let said = Message::new("plan-is-current").text("plan", &current.plan.title);
    let refused = Problem::new(OPERATION, "plan_is_current").id(current.id.as_str());
    CareError::Refused(refused.say(said))
}

/// Google Play keeps a change that waits, and takes no other.
pub(crate) fn waits_at_store(title: &str) -> Message {
    Message::new("change-waits-at-store").text("plan", title)
}

fn scheduled_already(title: &str) -> CareError {
    let said = Message::new("change-is-scheduled").text("plan", title);
    CareError::Refused(Problem::new(OPERATION, "change_is_scheduled").say(said))
}

/// A plan for more cameras is larger and takes over at once; any other when the paid period is over, so that nothing paid for
/// is lost. The App Store's levels are ordered by capacity and come to the same.
fn mode(current: &Subscription, plan: &PlanOnSale) -> ReplacementMode {
    if plan.capacity > current.plan.capacity {
        ReplacementMode::ChargeProratedPrice
    } else {
        ReplacementMode::Deferred
    }
}

/// The purchase to be replaced, as this phone's store account shows it.
fn change(current: &Subscription, owned: &[Owned], mode: ReplacementMode) -> Result<Change, CareError> {
    let bills = |owned: &&Owned| owned.bills && owned.facts.sound;
    let found = owned
        .iter()
        .filter(bills)
        .find(|owned| current.store_refs.iter().any(|named| named.is(&owned.facts.key)));
    let Some(found) = found else {
        let said = Message::new("not-on-this-store-account")
            .text("plan", &current.plan.title)
            .text("channel", current.channel.as_str());
        let refused = Problem::new(OPERATION, "not_on_this_store_account").retry(Retry::UserAction);
        return Err(CareError::Refused(
            refused
                .say(said)
                .action(UserAction::ManageSubscription)
                .id(current.id.as_str()),
        ));
    };
    Ok(Change {
        subscription: current.id.clone(),
        key: found.facts.key.clone(),
        replacement: Replacement {
            product: found.facts.product.clone(),
            transaction: found.facts.transaction.clone(),
            mode,
        },
    })
}

/// Whether the store says already that it renews as that plan: chosen on its own pages, and not yet known to the cloud.
fn scheduled_at_store(owned: &[Owned], change: &Change, plan: &PlanOnSale, store: StoreKind) -> bool {
    let next = plan.product(store);
    let mut same = owned.iter().filter(|owned| owned.facts.key == change.key);
    next.is_some() && same.any(|owned| owned.facts.renews_as.as_ref() == next)
}

/// Whether the store says that it renews as it is: taken back on its own pages, and not yet known to the cloud.
fn taken_back_at_store(owned: &[Owned], change: &Change) -> bool {
    let mut same = owned.iter().filter(|owned| owned.facts.key == change.key);
    same.any(|owned| owned.facts.renews_unchanged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Scheduled, StoreRef};
    use crate::catalogue::Steering;
    use crate::id::{Environment, StoreKey};
    use crate::purchase::samples as purchases;
    use crate::purchase::state::Facts;
    use crate::snapshot::samples;
    use crate::time::Timestamp;

    const APP_STORE: StoreKind = StoreKind::AppStore;

    fn current() -> Subscription {
        let mut current = samples::subscription("sub_1", Channel::AppStore);
        current.store_refs = vec![StoreRef {
            store: Channel::AppStore,
            environment: "production".into(),
            original: "2000".into(),
        }];
        current
    }

    fn owned(original: &str, environment: Environment) -> Owned {
        Owned {
            facts: Facts {
                key: StoreKey {
                    store: StoreKind::AppStore,
                    environment,
                    original: original.into(),
                },
                transaction: "2001".into(),
                tag: None,
                purchased_at: None,
                expires_at: None,
                ..purchases::facts()
            },
            bills: true,
        }
    }

    fn name(refused: Result<impl Sized, CareError>) -> Option<String> {
        refused.err().map(|error| error.problem().name.clone())
    }

    // Rules: X5, X15
    #[test]
    fn only_the_purchase_that_the_cloud_names_is_replaced_and_only_in_its_own_ledger() {
        let found = |owned: Owned| change(&current(), &[owned], ReplacementMode::Deferred);
        let replaced = found(owned("2000", Environment::Production)).ok();
        assert_eq!(
            replaced.map(|change| change.replacement.transaction),
            Some("2001".into())
        );
        for other in [
            owned("3000", Environment::Production),
            owned("2000", Environment::Sandbox),
        ] {
            assert_eq!(name(found(other)).as_deref(), Some("not_on_this_store_account"));
        }
        let lapsed = Owned {
            bills: false,
            ..owned("2000", Environment::Production)
        };
        assert_eq!(name(found(lapsed)).as_deref(), Some("not_on_this_store_account"));
    }

    // Rules: X10
    #[test]
    fn only_an_active_plan_is_changed_and_only_to_another() {
        let other = PlanId::from("tapo-10-monthly");
        for phase in [Phase::Grace, Phase::Retry, Phase::Paused, Phase::Unknown("new".into())] {
            let unpaid = Subscription { phase, ..current() };
            assert_eq!(
                name(changeable(&unpaid, &other, APP_STORE)).as_deref(),
                Some("plan_not_changeable")
            );
        }
        assert_eq!(name(changeable(&current(), &other, APP_STORE)), None);
        let same = PlanId::from("tapo-3-monthly");
        assert_eq!(
            name(changeable(&current(), &same, APP_STORE)).as_deref(),
            Some("plan_is_current")
        );
        let waiting = Subscription {
            scheduled: Some(Scheduled {
                plan: other.clone(),
                title: "Ten".into(),
                capacity: 10,
                at: Timestamp(0),
            }),
            ..current()
        };
        assert_eq!(
            name(changeable(&waiting, &other, APP_STORE)).as_deref(),
            Some("change_is_scheduled")
        );
        assert_eq!(
            name(changeable(&waiting, &same, APP_STORE)),
            None,
            "it takes the change back"
        );
        let third = PlanId::from("tapo-1-monthly");
        assert_eq!(name(changeable(&waiting, &third, APP_STORE)), None);
        for plan in [&same, &third] {
            let refused = changeable(&waiting, plan, StoreKind::Play);
            assert_eq!(name(refused).as_deref(), Some("change_waits_at_store"));
        }
        let ends = Subscription {
            will_renew: false,
            ..waiting
        };
        assert_eq!(
            name(changeable(&ends, &same, APP_STORE)).as_deref(),
            Some("plan_is_current"),
            "nothing waits for a renewal that does not come"
        );
    }

    // Rules: R3, U9
    #[test]
    fn a_plan_billed_elsewhere_names_who_bills_it_and_shows_the_portal_only_where_it_may() {
        let text_only = PortalWords {
            steering: Steering::TextOnly,
            url: None,
        };
        let action = |channel, portal: &PortalWords| {
            let refused = billed_elsewhere(&samples::subscription("sub_1", channel), portal);
            assert!(refused.problem().message.text_arg("channel").is_some());
            refused.problem().user_action.clone()
        };
        assert_eq!(action(Channel::Play, &text_only), UserAction::ManageSubscription);
        assert_eq!(action(Channel::Web, &text_only), UserAction::ReadPortalText);
        assert_eq!(
            action(Channel::Web, &PortalWords::default()),
            UserAction::ManageSubscription
        );
        assert_eq!(action(Channel::Code, &text_only), UserAction::None);
    }
}
