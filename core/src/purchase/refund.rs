//! A double payment given back on the user's word (X16): by the cloud at Google Play, by Apple's own sheet at the App Store.

use super::driver::{Driver, task_lost};
use super::refusal::confirmation;
use super::slot::occupies;
use crate::account::{AccountState, Channel, Subscription};
use crate::cloud::{CloudError, care_error};
use crate::error::{CareError, ConfirmationKind, Problem, Retry, UserAction};
use crate::id::{AccountId, StoreKind, SubscriptionId, TransactionId};
use crate::message::Message;
use crate::money::Money;
use crate::planted;
use crate::ports::{RefundSheet, StoreError};
use crate::purchase::sweep::SweepReason;
use serde::Serialize;

const OPERATION: &str = "return_double_payment";
/// The flag of a plan that was paid although another one was (X16).
const DOUBLE_PAID: &str = "double_paid";

/// Which of two plans that were both paid is to be given back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReturnRequest {
    /// Which; the newer where nothing is said.
    pub subscription: Option<SubscriptionId>,
    /// The token of a confirmation the user gave.
    pub confirmation: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Returned {
    /// The money is on its way back, and that plan has ended.
    GivenBack,
    /// Apple was asked and decides later; until then both plans stand.
    Requested,
    /// The user closed Apple's sheet. Both plans stand.
    Cancelled,
}

impl Driver {
    /// Asks, and then gives one of two plans back. Goes on when the caller is gone.
    ///
    /// # Errors
    /// See [`crate::Care::return_double_payment`].
    pub async fn return_double_payment(
        &self,
        account: AccountId,
        request: ReturnRequest,
    ) -> Result<Returned, CareError> {
        let driver = self.clone();
        let returned = self.0.platform.detached(async move {
            let _one_at_a_time = driver.0.preparing.lock().await;
            driver.give_back(account, request).await
        });
        returned.await.unwrap_or_else(|_| Err(task_lost(OPERATION)))
    }

    async fn give_back(&self, account: AccountId, request: ReturnRequest) -> Result<Returned, CareError> {
        let state = self.0.account.refresh_as(&account, OPERATION).await?.state;
        let paid = paid_twice(&state);
        let Some(chosen) = chosen(&paid, request.subscription.as_ref()) else {
            return Err(CareError::Refused(Problem::new(OPERATION, "not_paid_twice")));
        };
        let kept = paid.iter().find(|other| other.id != chosen.id);
        let asked = question(&state, chosen, kept.copied());
        let said_yes = request.confirmation.as_deref() == Some(&asked.token);
        if !said_yes && !planted::is("given_back_unasked") {
            return Err(CareError::ConfirmationNeeded(asked));
        }
        let returned = match chosen.channel {
            Channel::AppStore => self.ask_apple(chosen).await,
            _ => self.have_the_cloud_pay_back(&account, chosen).await,
        };
        // Also after a failure: the answer may have been lost, and what happened shows in the account.
        let _ = self.0.account.refresh_as(&account, OPERATION).await;
        returned
    }

    async fn have_the_cloud_pay_back(&self, account: &AccountId, chosen: &Subscription) -> Result<Returned, CareError> {
        match self.0.cloud.refund(account, &chosen.id).await {
            Ok(_) => Ok(Returned::GivenBack),
            Err(CloudError::Problem(problem)) if problem.code == "not_paid_twice" => {
                Err(CareError::Refused(Problem::new(OPERATION, "not_paid_twice")))
            }
            Err(error) => Err(care_error(OPERATION, &error).with_money(unknown_or_charged(&error))),
        }
    }

    /// Apple's sheet is about a transaction of the store account on this phone, and of no other.
    async fn ask_apple(&self, chosen: &Subscription) -> Result<Returned, CareError> {
        let transaction = match self.0.store {
            StoreKind::AppStore => self.paid_here(chosen).await?,
            StoreKind::Play => None,
        };
        let Some(transaction) = transaction else {
            let said = Message::new("not-on-this-store-account")
                .text("plan", &chosen.plan.title)
                .text("channel", chosen.channel.as_str());
            let refused = Problem::new(OPERATION, "not_on_this_store_account").retry(Retry::UserAction);
            return Err(CareError::Refused(
                refused
                    .say(said)
                    .money(Money::Charged)
                    .action(UserAction::ManageSubscription)
                    .id(chosen.id.as_str()),
            ));
        };
        self.0.platform.log("store.refund_asked", transaction.logged());
        match self.0.platform.ports.store.request_refund(transaction).await {
            Ok(RefundSheet::Requested) => Ok(Returned::Requested),
            Ok(RefundSheet::Cancelled) => Ok(Returned::Cancelled),
            Err(StoreError::Unavailable | StoreError::Failed { .. }) => Err(CareError::TryAgain(
                Problem::new(OPERATION, "store_unreachable")
                    .money(Money::Charged)
                    .retry(Retry::After(5))
                    .action(UserAction::CheckInternet),
            )),
        }
    }

    /// The newest transaction of that subscription, where this phone's store account has it.
    async fn paid_here(&self, chosen: &Subscription) -> Result<Option<TransactionId>, CareError> {
        let owned = self.sweep(SweepReason::Ordinary).await?;
        let same = owned
            .into_iter()
            .find(|owned| chosen.store_refs.iter().any(|named| named.is(&owned.facts.key)));
        Ok(same.map(|owned| owned.facts.transaction))
    }
}

/// The plans bought in the app that are both paid, the newest last; none where one alone is.
fn paid_twice(state: &AccountState) -> Vec<&Subscription> {
    let bought = |plan: &&Subscription| plan.channel.is_in_app() && occupies(&plan.phase);
    let mut paid: Vec<&Subscription> = state.subscriptions.iter().filter(bought).collect();
    let flagged = paid.iter().any(|plan| is_flagged(plan));
    if paid.len() < 2 || !flagged {
        return Vec::new();
    }
    // The flag is on what was paid over a taken slot: the newer one.
    paid.sort_by_key(|plan| (is_flagged(plan), plan.period.start));
    paid
}

fn is_flagged(plan: &Subscription) -> bool {
    plan.flags.iter().any(|flag| flag == DOUBLE_PAID)
}

fn chosen<'a>(paid: &[&'a Subscription], wanted: Option<&SubscriptionId>) -> Option<&'a Subscription> {
    match wanted {
        Some(id) => paid.iter().find(|plan| &plan.id == id).copied(),
        None => paid.last().copied(),
    }
}

/// What goes and what stays.
fn question(state: &AccountState, chosen: &Subscription, kept: Option<&Subscription>) -> crate::error::Confirmation {
    let ends = Message::new("double-payment-ends")
        .text("plan", &chosen.plan.title)
        .text("channel", chosen.channel.as_str())
        .text("subscription", chosen.id.as_str());
    let stays = kept.map(|kept| {
        Message::new("double-payment-stays")
            .text("plan", &kept.plan.title)
            .text("channel", kept.channel.as_str())
    });
    let mut asked = confirmation(
        OPERATION,
        ConfirmationKind::ReturnDoublePayment,
        OPERATION,
        state.account.as_str(),
        [Some(ends), stays].into_iter().flatten().collect(),
    );
    asked.problem.money = Money::Charged;
    asked
}

/// Whether the money is still with the store: an answer that was lost may have been the one that gave it back.
fn unknown_or_charged(error: &CloudError) -> Money {
    match error {
        CloudError::NoAnswer { .. } | CloudError::NotSigned { .. } | CloudError::Unreadable { .. } => {
            Money::MaybeCharged
        }
        _ => Money::Charged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Phase;
    use crate::snapshot::samples;

    fn twice() -> AccountState {
        let mut state = samples::account();
        let mut newer = samples::subscription("sub_newer", Channel::Play);
        newer.flags = vec![DOUBLE_PAID.into()];
        state.subscriptions = vec![newer, samples::subscription("sub_older", Channel::AppStore)];
        state
    }

    // Rules: X16
    #[test]
    fn the_newer_of_two_is_given_back_where_nobody_says_which() {
        let state = twice();
        let paid = paid_twice(&state);
        let id = |wanted: Option<&str>| {
            let wanted = wanted.map(SubscriptionId::from);
            chosen(&paid, wanted.as_ref()).map(|plan| plan.id.0.clone())
        };
        assert_eq!(id(None).as_deref(), Some("sub_newer"));
        assert_eq!(id(Some("sub_older")).as_deref(), Some("sub_older"));
        assert_eq!(id(Some("sub_other")), None);
    }

    // Rules: X16
    #[test]
    fn one_plan_alone_is_never_given_back_and_a_web_plan_beside_it_is_no_double_payment() {
        let mut state = twice();
        state.subscriptions[1].phase = Phase::Expired;
        assert!(paid_twice(&state).is_empty());
        state.subscriptions[1].phase = Phase::Active;
        state.subscriptions[1].channel = Channel::Web;
        assert!(paid_twice(&state).is_empty());
    }

    // Rules: X16
    #[test]
    fn the_question_names_what_ends_and_what_stays_and_its_answer_fits_no_other() {
        let state = twice();
        let paid = paid_twice(&state);
        let asked = question(&state, paid[1], Some(paid[0]));
        let keys: Vec<_> = asked.facts.iter().map(|fact| fact.key.as_str()).collect();
        assert_eq!(keys, ["double-payment-ends", "double-payment-stays"]);
        assert_ne!(asked.token, question(&state, paid[0], Some(paid[1])).token);
    }
}
