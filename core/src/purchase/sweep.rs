//! The sweep: asks the store account what is unfinished and what it owns, verifies it, and gives each transaction to its
//! purchase. It runs at start, in the foreground, after a sheet that sold nothing, and when the user asks to restore.

use super::driver::{Driver, task_lost};
use super::event::{Event, Seen};
use super::slot::{Owned, Route, Sighting, route};
use super::state::{Delivery, PurchaseId, Stage};
use crate::error::CareError;
use crate::id::{IntentId, TransactionId};
use crate::money::Money;
use crate::planted;
use crate::ports::StoreTransaction;
use std::collections::BTreeSet;

/// Why a sweep runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SweepReason {
    /// At start, in the foreground, before a sheet.
    Ordinary,
    /// A sheet ended without a transaction, or nobody knows how it ended: a clean look closes it.
    AfterSheet,
    /// The user asked: what the cloud refused before is asked again.
    Restore,
}

impl Driver {
    /// Looks at the store account and takes in what it shows. Gives the subscriptions it owns.
    ///
    /// # Errors
    /// [`CareError::TryAgain`] where the store does not answer, [`CareError::Storage`] where nothing can be written.
    pub async fn sweep(&self, reason: SweepReason) -> Result<Vec<Owned>, CareError> {
        self.0.platform.log("sweep.started", format!("{reason:?}"));
        // Only a sheet that was closed before the look is judged by it.
        let closed_before: Vec<PurchaseId> = self.with_purchases(|purchases| {
            let left = purchases.iter().filter(|(_, purchase)| {
                purchase
                    .intent
                    .as_ref()
                    .is_some_and(|intent| intent.is_open() && matches!(intent.stage, Stage::Open | Stage::Left { .. }))
            });
            left.map(|(id, _)| id.clone()).collect()
        });
        let store = &self.0.platform.ports.store;
        let unfinished = self.0.platform.ask_store("sweep", store.unfinished()).await?;
        let mut listed: BTreeSet<TransactionId> = unfinished.iter().map(|one| one.id.clone()).collect();
        // What is not finished is taken in also where the store cannot say what is owned.
        for transaction in unfinished {
            self.take_in(transaction, None).await?;
        }
        let owned = self.0.platform.ask_store("sweep", store.owned()).await?;
        listed.extend(owned.iter().map(|one| one.id.clone()));
        let mut billing = Vec::new();
        for transaction in owned {
            if let Some(found) = self.take_in(transaction, None).await? {
                billing.push(found);
            }
        }
        if reason == SweepReason::AfterSheet || planted::is("open_sheet_closed") {
            for id in closed_before {
                if self.sheet_is_closed(&id) {
                    self.record("sweep", &id, Event::SweptClean).await?;
                }
            }
        }
        self.ask_for_unlisted(&listed).await?;
        if reason == SweepReason::Restore {
            self.ask_again().await?;
        }
        self.0.platform.log("sweep.ended", "");
        self.wake();
        self.pump();
        Ok(billing)
    }

    /// Verifies a transaction and gives it to its purchase. Nothing happens where it is known and nothing is new. Goes on
    /// when the caller is gone.
    pub(crate) async fn take_in(
        &self,
        transaction: StoreTransaction,
        from_sheet: Option<&IntentId>,
    ) -> Result<Option<Owned>, CareError> {
        let (driver, from_sheet) = (self.clone(), from_sheet.cloned());
        let taken = self
            .0
            .platform
            .detached(async move { driver.take_in_here(transaction, from_sheet.as_ref()).await });
        let taken = taken.await.unwrap_or_else(|_| Err(task_lost("take_in")));
        // Whatever the store hands over may have been paid, also where it cannot be written down now.
        taken.map_err(|error| error.with_money(Money::MaybeCharged))
    }

    async fn take_in_here(
        &self,
        transaction: StoreTransaction,
        from_sheet: Option<&IntentId>,
    ) -> Result<Option<Owned>, CareError> {
        let read = self.read(&transaction.signed);
        let owned = read.facts.clone().map(|facts| Owned {
            facts,
            bills: read.bills,
        });
        let order = self.0.appending.lock().await;
        let found = self.with_purchases(|purchases| {
            let sighting = Sighting {
                transaction: &transaction.id,
                revision: &read.revision,
                facts: read.facts.as_ref(),
                from_sheet,
            };
            route(purchases, sighting)
        });
        if let Route::To { purchase, settles } = found {
            let seen = Seen {
                transaction: transaction.id,
                revision: read.revision,
                facts: read.facts,
                refused_by: read.refused_by,
                signed: transaction.signed,
                settles,
            };
            self.record_in_order("take_in", &purchase, &Event::Seen(Box::new(seen)))
                .await?;
        }
        drop(order);
        self.pump();
        Ok(owned)
    }

    fn sheet_is_closed(&self, id: &PurchaseId) -> bool {
        // An open intent whose sheet this process still shows is the sheet's own business.
        self.purchase(id)
            .and_then(|purchase| purchase.intent)
            .is_some_and(|intent| {
                intent.is_open()
                    && (matches!(intent.stage, Stage::Left { .. })
                        || matches!(intent.stage, Stage::Open)
                            && (!self.sheet_is_shown(&intent.id) || planted::is("open_sheet_closed")))
            })
    }

    /// Posts again what the cloud did not grant and did not settle for good.
    async fn ask_again(&self) -> Result<(), CareError> {
        self.ask_again_where("restore", |delivery| {
            delivery.answer.as_ref().is_some_and(|answer| !answer.finishes())
        })
        .await
    }

    /// A purchase that waited for its payment and is not listed any more was paid or called off: the cloud is asked now.
    async fn ask_for_unlisted(&self, listed: &BTreeSet<TransactionId>) -> Result<(), CareError> {
        self.ask_again_where("sweep", |delivery| {
            let waits = delivery.answer.as_ref().is_some_and(|answer| !answer.finishes());
            delivery.is_pending() && waits && !listed.contains(&delivery.transaction)
        })
        .await
    }

    async fn ask_again_where(
        &self,
        operation: &'static str,
        wanted: impl Fn(&Delivery) -> bool,
    ) -> Result<(), CareError> {
        let parked = self.with_purchases(|purchases| {
            let mut parked = Vec::new();
            for (id, purchase) in purchases {
                for delivery in &purchase.deliveries {
                    if wanted(delivery) && delivery.signed.is_some() {
                        parked.push((id.clone(), delivery.transaction.clone()));
                    }
                }
            }
            parked
        });
        for (id, transaction) in parked {
            let event = Event::AskAgain {
                transaction,
                bind_to: None,
            };
            self.record(operation, &id, event).await?;
        }
        Ok(())
    }
}
