//! What a user does on the screens beside buying, one to one.

use crate::care::Care;
use crate::panics::contained;
use tapo_care::CareError;
use tapo_care::id::{CameraId, SubscriptionId};
use tapo_care::snapshot::Explanation;

#[uniffi::export]
impl Care {
    /// Selects the whole set of cameras for a subscription (R16–R20).
    ///
    /// # Errors
    /// [`CareError::Refused`] with the remedy, [`CareError::TryAgain`], [`CareError::SignIn`]; nothing changed. Where the
    /// selection or a camera changed elsewhere while the user chose, the picker opens with both merged.
    pub async fn select_cameras(&self, subscription: SubscriptionId, cameras: Vec<CameraId>) -> Result<(), CareError> {
        self.detached(|core| async move { core.select_cameras(subscription, cameras).await })
            .await
    }

    /// Opens the picker for a subscription, to choose its cameras anew (R19). It stays open over restarts until the
    /// selection is made or it is closed.
    ///
    /// # Errors
    /// [`CareError::Refused`] where the plan takes no selection now, [`CareError::SignIn`], [`CareError::Storage`].
    pub async fn open_picker(&self, subscription: SubscriptionId) -> Result<(), CareError> {
        self.detached(|core| async move { core.open_picker(subscription).await })
            .await
    }

    /// Remembers what is ticked in the picker before it is sent, so that an app that dies loses nothing. Asks nobody.
    ///
    /// # Errors
    /// [`CareError::Refused`] where the plan could not take that set (R18, R20), [`CareError::SignIn`],
    /// [`CareError::Storage`].
    pub async fn tick_cameras(&self, subscription: SubscriptionId, cameras: Vec<CameraId>) -> Result<(), CareError> {
        self.detached(|core| async move { core.tick_cameras(subscription, cameras).await })
            .await
    }

    /// Closes the picker that is open. A plan without any selection asks again at the next start (R16); nothing else does.
    ///
    /// # Errors
    /// [`CareError::SignIn`], [`CareError::Storage`].
    pub async fn close_picker(&self) -> Result<(), CareError> {
        self.detached(|core| async move { core.close_picker().await }).await
    }

    /// Starts a camera's free trial (T1). It never charges and ends by itself.
    ///
    /// # Errors
    /// [`CareError::Refused`] with the reason, [`CareError::TryAgain`], [`CareError::SignIn`]; nothing changed.
    pub async fn start_trial(&self, camera: CameraId) -> Result<(), CareError> {
        self.detached(|core| async move { core.start_trial(camera).await })
            .await
    }

    /// Cancels a camera's free trial: it ends now, for good, and never starts again (T3, R63, R64).
    ///
    /// # Errors
    /// [`CareError::ConfirmationNeeded`] first: call again with its token. [`CareError::Refused`] where nothing runs,
    /// [`CareError::TryAgain`], [`CareError::SignIn`]; nothing changed.
    #[uniffi::method(default(confirmed = None))]
    pub async fn cancel_trial(&self, camera: CameraId, confirmed: Option<String>) -> Result<(), CareError> {
        self.detached(|core| async move { core.cancel_trial(camera, confirmed).await })
            .await
    }

    /// Closes a camera's banner for good, also over restarts (U16).
    ///
    /// # Errors
    /// [`CareError::SignIn`], [`CareError::Storage`]; then it stays closed until the app ends.
    pub async fn close_banner(&self, camera: CameraId) -> Result<(), CareError> {
        self.detached(|core| async move { core.close_banner(camera).await })
            .await
    }

    /// Which plan, trial or free plan covers a camera, or each reason why not. Reads memory only and never blocks.
    ///
    /// # Errors
    /// [`CareError::Refused`] where the account has no such camera, as far as is known.
    pub fn explain(&self, camera: CameraId) -> Result<Explanation, CareError> {
        contained(|| self.core.explain(&camera))
    }
}
