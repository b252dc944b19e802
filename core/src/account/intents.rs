//! What the signed-in user changes at the cloud: the cameras of a plan, and a camera's free trial.
//!
//! Each is checked here on the newest state, and by the cloud again; afterwards the state is fetched anew, so that the
//! snapshot shows what the cloud holds and not what was asked for.

use super::AccountState;
use super::held::HeldAccount;
use super::refresh::Refreshed;
use crate::camera::selection;
use crate::cloud::CloudError;
use crate::error::CareError;
use crate::id::{AccountId, CameraId, SubscriptionId};

impl HeldAccount {
    /// Selects cameras for a subscription: checked here first, and again by the cloud.
    ///
    /// # Errors
    /// [`CareError::Refused`] with the remedy; nothing changed.
    pub async fn select(&self, subscription: &SubscriptionId, cameras: &[CameraId]) -> Result<(), CareError> {
        const OPERATION: &str = "select_cameras";
        let revision = |state: &AccountState| Some(state.subscription(subscription)?.cameras_revision);
        // The list that the user chose over, not the one that is fetched now: a choice made elsewhere since is not undone
        // unseen, the cloud refuses this one.
        let shown = self.view().believed.and_then(|held| revision(&held.state));
        let state = self.refresh(OPERATION).await?.state;
        selection::check(&state, subscription, cameras).map_err(|refused| refused.into_error(&state))?;
        let based_on = shown.or_else(|| revision(&state)).unwrap_or(0);
        let answer = self
            .cloud
            .select_cameras(&state.account, subscription, cameras, based_on)
            .await;
        let changed = answer.map_err(|error| selection::cloud_refusal(&error, &state));
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
        crate::trial::check_start(&state, camera)?;
        let answer = self.cloud.start_trial(&state.account, camera).await;
        let started = answer.map_err(|error| crate::trial::cloud_refusal(&error));
        let _ = self.refresh(OPERATION).await;
        started.map(|_| ())
    }
}
