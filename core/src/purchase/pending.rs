//! A wish whose approval does not come. The App Store never tells of a declined Ask to Buy, so the wish ends when its day is
//! over or when the user says so; asking again is allowed then, and an approval that comes late is still granted.

use super::driver::Driver;
use super::effects::AGAIN;
use super::event::Event;
use super::outcome;
use super::pump::Ran;
use super::state::{End, PurchaseId, Stage};
use super::sweep::SweepReason;
use crate::error::{CareError, Problem};
use crate::id::{AccountId, IntentId};

impl Driver {
    /// Ends a pending wish of that account on the user's word. Doing it twice is harmless.
    ///
    /// # Errors
    /// [`CareError::Refused`] where the account has no such wish, it is not pending, or the store shows it and will tell how
    /// it ends; [`CareError::Storage`] where it cannot be written.
    pub async fn dismiss_pending(&self, account: &AccountId, intent: &IntentId) -> Result<(), CareError> {
        const OPERATION: &str = "dismiss_pending";
        let refused = |name: &str| Problem::new(OPERATION, name).id(intent.as_str());
        let id = PurchaseId::from(intent);
        let purchase = self.purchase(&id).unwrap_or_default();
        let Some(wish) = purchase.intent.as_ref().filter(|wish| &wish.account == account) else {
            return Err(CareError::Refused(refused("unknown_purchase")));
        };
        match (&wish.stage, &wish.end) {
            (_, Some(End::NotApproved)) => Ok(()),
            (Stage::Pending { .. }, None) if purchase.is_seen_waiting() => {
                Err(CareError::Refused(refused("pending_at_store")))
            }
            (Stage::Pending { .. }, None) => self.record(OPERATION, &id, Event::PendingDismissed).await,
            _ => {
                let money = outcome::money(wish);
                Err(CareError::Refused(refused("not_pending").money(money)))
            }
        }
    }

    /// The day is over. An approval may have come while nobody looked, so the store account is looked at first.
    pub(super) async fn give_up_pending(&self, id: &PurchaseId) -> Ran {
        if self.sweep(SweepReason::Ordinary).await.is_err() {
            return AGAIN;
        }
        match self.record("give_up_pending", id, Event::PendingLapsed).await {
            Ok(()) => Ran::Done,
            Err(_) => AGAIN,
        }
    }
}
