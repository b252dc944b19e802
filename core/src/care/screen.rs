//! What a user does on the screens beside buying: cameras and their picker, trials and their banners, and asking why.

use super::Care;
use crate::account::{AccountState, Service};
use crate::camera::picker::{Draft, is_chosen_for};
use crate::camera::selection;
use crate::error::{CareError, Problem, UserAction};
use crate::id::{AccountId, CameraId, SubscriptionId};
use crate::snapshot::{Explanation, PickerReason, explain};
use crate::subscription::has_access;

impl Care {
    /// Selects the whole set of cameras for a subscription (R16–R20).
    ///
    /// # Errors
    /// [`CareError::Refused`] with the remedy, [`CareError::TryAgain`], [`CareError::SignIn`]; nothing changed. Where the
    /// selection or a camera changed elsewhere while the user chose, the picker opens with both merged.
    pub async fn select_cameras(&self, subscription: SubscriptionId, cameras: Vec<CameraId>) -> Result<(), CareError> {
        const OPERATION: &str = "select_cameras";
        self.open_or_closed(OPERATION)?;
        let account = self.signed_in(OPERATION)?;
        match self.inner.account.select(&subscription, &cameras).await {
            Ok(()) => {
                // What could not be written is asked once more at the next start; the selection itself is made.
                let _ = self.picker_done(OPERATION, &account, &subscription).await;
                Ok(())
            }
            Err(refused) => {
                if let Some(choice) = refused.choice {
                    let kept = self
                        .inner
                        .kept
                        .change(OPERATION, &account, |kept| kept.open_picker(choice));
                    // It is shown all the same; only a restart would lose it.
                    let _ = kept.await;
                    self.tell();
                }
                Err(refused.error)
            }
        }
    }

    /// Opens the picker for a subscription, to choose its cameras anew (R19). It stays open over restarts until the
    /// selection is made or it is closed.
    ///
    /// # Errors
    /// [`CareError::Refused`] where the plan takes no selection now, [`CareError::SignIn`], [`CareError::Storage`].
    pub async fn open_picker(&self, subscription: SubscriptionId) -> Result<(), CareError> {
        const OPERATION: &str = "open_picker";
        self.open_or_closed(OPERATION)?;
        let account = self.signed_in(OPERATION)?;
        let state = self.known(OPERATION, &account)?;
        let refused = |name: &str| CareError::Refused(Problem::new(OPERATION, name).id(subscription.as_str()));
        let plan = state
            .subscription(&subscription)
            .ok_or_else(|| refused("unknown_subscription"))?;
        if !is_chosen_for(plan) {
            return Err(refused(match &plan.service {
                _ if !has_access(plan) => "no_access",
                Service::KasaLegacy => "legacy_is_not_changed",
                _ => "covers_every_camera",
            }));
        }
        let draft = Draft::of(plan, PickerReason::Asked);
        self.keep(OPERATION, &account, |kept| kept.open_picker(draft)).await
    }

    /// Remembers what is ticked in the picker before it is sent, so that an app that dies loses nothing. Asks nobody.
    ///
    /// # Errors
    /// [`CareError::Refused`] where the plan could not take that set (R18, R20), [`CareError::SignIn`],
    /// [`CareError::Storage`].
    pub async fn tick_cameras(&self, subscription: SubscriptionId, cameras: Vec<CameraId>) -> Result<(), CareError> {
        const OPERATION: &str = "tick_cameras";
        self.open_or_closed(OPERATION)?;
        let account = self.signed_in(OPERATION)?;
        let state = self.known(OPERATION, &account)?;
        match selection::check(&state, &subscription, &cameras) {
            // Nothing ticked yet is no selection yet.
            Ok(()) | Err(selection::Refused::EmptyFirst) => {}
            Err(refused) => return Err(refused.into_error(&state)),
        }
        let Some(plan) = state.subscription(&subscription) else {
            return Ok(());
        };
        let draft = Draft {
            ticks: cameras,
            ..Draft::of(plan, PickerReason::Asked)
        };
        self.keep(OPERATION, &account, |kept| kept.open_picker(draft)).await
    }

    /// Closes the picker that is open. A plan without any selection asks again at the next start (R16); nothing else does.
    ///
    /// # Errors
    /// [`CareError::SignIn`], [`CareError::Storage`].
    pub async fn close_picker(&self) -> Result<(), CareError> {
        const OPERATION: &str = "close_picker";
        self.open_or_closed(OPERATION)?;
        let account = self.signed_in(OPERATION)?;
        let Some(picker) = self.snapshot().picker else {
            return Ok(());
        };
        self.picker_done(OPERATION, &account, &picker.subscription).await
    }

    /// Starts a camera's free trial (T1). It never charges and ends by itself.
    ///
    /// # Errors
    /// [`CareError::Refused`] with the reason, [`CareError::TryAgain`], [`CareError::SignIn`]; nothing changed.
    pub async fn start_trial(&self, camera: CameraId) -> Result<(), CareError> {
        self.open_or_closed("start_trial")?;
        self.inner.account.start_trial(&camera).await
    }

    /// Cancels a camera's free trial: it ends now, for good, and never starts again (T3, R63, R64).
    ///
    /// # Errors
    /// [`CareError::ConfirmationNeeded`] first: call again with its token. [`CareError::Refused`] where nothing runs,
    /// [`CareError::TryAgain`], [`CareError::SignIn`]; nothing changed.
    pub async fn cancel_trial(&self, camera: CameraId, confirmed: Option<String>) -> Result<(), CareError> {
        self.open_or_closed("cancel_trial")?;
        self.inner.account.cancel_trial(&camera, confirmed.as_deref()).await
    }

    /// Closes a camera's banner for good, also over restarts (U16).
    ///
    /// # Errors
    /// [`CareError::SignIn`], [`CareError::Storage`]; then it stays closed until the app ends.
    pub async fn close_banner(&self, camera: CameraId) -> Result<(), CareError> {
        const OPERATION: &str = "close_banner";
        self.open_or_closed(OPERATION)?;
        let account = self.signed_in(OPERATION)?;
        self.keep(OPERATION, &account, |kept| kept.close_banner(&camera)).await
    }

    /// Which plan, trial or free plan covers a camera, or each reason why not. Reads memory only and never blocks.
    ///
    /// # Errors
    /// [`CareError::Refused`] where the account has no such camera, as far as is known.
    pub fn explain(&self, camera: &CameraId) -> Result<Explanation, CareError> {
        explain(&self.snapshot(), camera).ok_or_else(|| {
            let problem = Problem::new("explain", "unknown_camera").action(UserAction::ChangeSelection);
            CareError::Refused(problem.id(camera.as_str()))
        })
    }

    async fn picker_done(
        &self,
        operation: &'static str,
        account: &AccountId,
        subscription: &SubscriptionId,
    ) -> Result<(), CareError> {
        let state = self.known(operation, account)?;
        let revision = state.subscription(subscription).map_or(0, |plan| plan.cameras_revision);
        self.keep(operation, account, |kept| kept.close_picker(subscription, revision))
            .await
    }

    async fn keep(
        &self,
        operation: &'static str,
        account: &AccountId,
        change: impl FnOnce(&mut crate::camera::Kept),
    ) -> Result<(), CareError> {
        let written = self.inner.kept.change(operation, account, change).await;
        self.tell();
        written
    }

    /// What is known of the account.
    fn known(&self, operation: &str, account: &AccountId) -> Result<AccountState, CareError> {
        let held = self.inner.account.held_for(account);
        held.ok_or_else(|| CareError::TryAgain(Problem::new(operation, "account_not_loaded")))
    }

    fn tell(&self) {
        self.inner.changed.send_modify(|count| *count += 1);
    }
}
