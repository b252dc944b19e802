//! Dismissing a wish that waits for an approval.

use super::Care;
use crate::error::CareError;
use crate::id::IntentId;

impl Care {
    /// Stops waiting for the approval of a purchase (Ask to Buy): the slot is free and the plan may be asked for again.
    /// Its end, `not_approved`, comes through [`Care::outcomes`]. Without this call it ends by itself 24 hours after it
    /// was asked for. An approval that comes all the same is granted. Dismissing twice is harmless.
    ///
    /// # Errors
    /// [`CareError::Refused`] where this account has no such wish, where it is not pending (its money is in the error), or
    /// where the store shows the payment it waits for and will tell how that ends (Google Play); [`CareError::SignIn`]
    /// where nobody is signed in; [`CareError::Storage`] where it cannot be written.
    pub async fn dismiss_pending(&self, intent: IntentId) -> Result<(), CareError> {
        self.open_or_closed("dismiss_pending")?;
        let account = self.signed_in("dismiss_pending")?;
        self.inner.driver.dismiss_pending(&account, &intent).await
    }
}
