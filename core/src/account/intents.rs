//! What the signed-in user changes at the cloud: the cameras of a plan, and a camera's free trial.
//!
//! Each is checked here on the newest state, and by the cloud again; afterwards the state is fetched anew, so that the
//! snapshot shows what the cloud holds and not what was asked for.

use super::held::HeldAccount;
use super::refresh::Refreshed;
use crate::camera::picker::Draft;
use crate::camera::selection;
use crate::cloud::CloudError;
use crate::error::CareError;
use crate::id::{AccountId, CameraId, SubscriptionId};
use crate::snapshot::PickerReason;
use crate::trial;

/// A selection that was not made, and the choice to be kept where something changed while the user chose.
pub(crate) struct NotSelected {
    pub error: CareError,
    pub choice: Option<Draft>,
}

impl From<CareError> for NotSelected {
    fn from(error: CareError) -> Self {
        Self { error, choice: None }
    }
}

impl HeldAccount {
    /// Selects cameras for a subscription: checked here first, and again by the cloud.
    ///
    /// # Errors
    /// [`CareError::Refused`] with the remedy; nothing changed. Where the selection or a camera changed since the user looked,
    /// the choice comes back with it, to be merged with what holds now.
    pub async fn select(&self, subscription: &SubscriptionId, cameras: &[CameraId]) -> Result<(), NotSelected> {
        const OPERATION: &str = "select_cameras";
        // The list that the user chose over, not the one that is fetched now: a choice made elsewhere since is not undone
        // unseen, the cloud refuses this one.
        let shown = self.view().believed.map(|held| held.state);
        let chosen_over = shown.as_ref().and_then(|state| state.subscription(subscription));
        let choice = chosen_over.map(|plan| Draft {
            ticks: cameras.to_vec(),
            ..Draft::of(plan, PickerReason::ChangedElsewhere)
        });
        let state = self.refresh(OPERATION).await?.state;
        if let Err(refused) = selection::check(&state, subscription, cameras) {
            let was_right = shown.is_some_and(|shown| selection::check(&shown, subscription, cameras).is_ok());
            return Err(NotSelected {
                error: refused.into_error(&state),
                choice: choice.filter(|_| was_right),
            });
        }
        let revision = state.subscription(subscription).map(|plan| plan.cameras_revision);
        let based_on = choice.as_ref().map(|choice| choice.based_on).or(revision).unwrap_or(0);
        let answer = self
            .cloud
            .select_cameras(&state.account, subscription, cameras, based_on)
            .await;
        let changed = answer.map_err(|error| NotSelected {
            choice: choice.filter(|_| error.code() == Some("cameras_conflict")),
            error: selection::cloud_refusal(&error, &state),
        });
        // Also after a refusal: it says that something here was out of date.
        let _ = self.refresh(OPERATION).await;
        changed.map(|_| ())
    }

    /// Selects the cameras named at purchase, as far as still possible; a selection made since stands.
    pub async fn select_named(
        &self,
        account: &AccountId,
        subscription: &SubscriptionId,
        named: &[CameraId],
    ) -> Result<(), CloudError> {
        if self.signed_in().as_ref() != Some(account) {
            return Err(CloudError::SignIn);
        }
        let Ok(Refreshed { state }) = self.refresh_as(account, "select_cameras").await else {
            return Err(CloudError::NoAnswer {
                detail: "account".into(),
            });
        };
        let Some(bought) = state.subscription(subscription) else {
            return Ok(());
        };
        let cameras = selection::still_possible(&state, bought, named);
        if bought.cameras_revision > 0 || cameras.is_empty() {
            return Ok(());
        }
        self.cloud
            .select_cameras(account, subscription, &cameras, bought.cameras_revision)
            .await?;
        let _ = self.refresh("select_cameras").await;
        Ok(())
    }

    /// Starts a camera's free trial (T1).
    ///
    /// # Errors
    /// [`CareError::Refused`] with the reason; nothing changed, and a trial never charges.
    pub async fn start_trial(&self, camera: &CameraId) -> Result<(), CareError> {
        const OPERATION: &str = "start_trial";
        let state = self.refresh(OPERATION).await?.state;
        trial::check_start(&state, camera)?;
        let answer = self.cloud.start_trial(&state.account, camera).await;
        let started = answer.map_err(|error| trial::cloud_refusal(OPERATION, &error));
        let _ = self.refresh(OPERATION).await;
        started.map(|_| ())
    }

    /// Cancels a camera's free trial for good (T3).
    ///
    /// # Errors
    /// [`CareError::ConfirmationNeeded`] first (R64): call again with its token. [`CareError::Refused`] where nothing runs.
    pub async fn cancel_trial(&self, camera: &CameraId, confirmed: Option<&str>) -> Result<(), CareError> {
        const OPERATION: &str = "cancel_trial";
        let state = self.refresh(OPERATION).await?.state;
        let Some(asked) = trial::check_cancel(&state, camera)? else {
            return Ok(());
        };
        if confirmed != Some(&asked.token) {
            return Err(CareError::ConfirmationNeeded(asked));
        }
        let answer = self.cloud.cancel_trial(&state.account, camera).await;
        let cancelled = answer.map_err(|error| trial::cloud_refusal(OPERATION, &error));
        let _ = self.refresh(OPERATION).await;
        cancelled.map(|_| ())
    }
}
