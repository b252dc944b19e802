//! The free trial a store sells with a plan, chosen before the sheet opens (X12): cloud and store are both asked afresh, for
//! what a card showed may be over by now.

use super::driver::Driver;
use crate::account::AccountState;
use crate::catalogue::PlanOnSale;
use crate::error::{CareError, Problem, Retry};
use crate::ports::TrialOffer;
use crate::trial::store::{Word, of_plan};

/// It always says why in the words of what it refuses.
pub(super) const NO_STORE_TRIAL: &str = "no_store_trial";

impl Driver {
    /// The trial that the sheet has to sell, from an account that was just asked for.
    ///
    /// # Errors
    /// [`CareError::Refused`] where cloud or store do not call the buyer eligible now, [`CareError::TryAgain`] where the store
    /// does not answer; nothing is charged.
    pub(super) async fn trial_to_be_sold(
        &self,
        state: &AccountState,
        plan: &PlanOnSale,
    ) -> Result<TrialOffer, CareError> {
        let ids: Vec<_> = plan.product(self.0.store).cloned().into_iter().collect();
        let store = &self.0.platform.ports.store;
        let products = self
            .0
            .platform
            .ask_store("subscribe", store.products(ids.clone()))
            .await?;
        let product = products.into_iter().find(|product| ids.contains(&product.id));
        let offer = product.and_then(|product| product.trial);
        let trial = of_plan(Word {
            cloud: state.in_app.store_trial.as_ref(),
            fresh: true,
            store: offer.as_ref(),
        });
        let refused = || {
            Problem::new("subscribe", NO_STORE_TRIAL)
                .retry(Retry::UserAction)
                .say(trial.message.clone())
                .id(plan.id.as_str())
        };
        offer
            .filter(|_| trial.length.is_some())
            .ok_or_else(|| CareError::Refused(refused()))
    }
}
