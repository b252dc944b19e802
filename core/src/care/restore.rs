//! Restore, on the user's word: what the cloud refused before is asked again, and a purchase nobody has claimed is bound
//! to this account after one confirmation (X11). And what was verified here, for a screen or a support engineer.

use super::Care;
use crate::cloud::AnswerKind;
use crate::error::{CareError, Confirmation, ConfirmationKind};
use crate::id::{AccountId, Environment, ProductId, TransactionId};
use crate::message::Message;
use crate::planted;
use crate::purchase::event::Event;
use crate::purchase::refusal::confirmation;
use crate::purchase::state::{Delivery, Purchase, PurchaseId};
use crate::purchase::sweep::SweepReason;
use crate::receipt::{Bound, Sold, bound};
use crate::time::Timestamp;
use serde::Serialize;

/// What a restore found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// Transactions the store account shows for this account.
    pub found: u32,
    /// Of them granted.
    pub granted: u32,
    /// Of them without a final answer.
    pub waiting: u32,
}

/// A transaction as this phone verified it. Holds no signed bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceiptRow {
    /// The transaction.
    pub transaction: TransactionId,
    /// The product, where verified.
    pub product: Option<ProductId>,
    /// What the catalogue says of a verified product: `on_sale`, `withdrawn`, `never_ours`, or `not_loaded` before there is one.
    /// A product that was never ours is posted all the same.
    pub sold: Option<String>,
    /// Whether the store signed exactly this for this app.
    pub verified: bool,
    /// The check that refused it, by its stable name.
    pub refused_by: Option<String>,
    /// The store's ledger (X15).
    pub environment: Option<Environment>,
    /// When it was bought.
    pub purchased_at: Option<Timestamp>,
    /// When its period ends.
    pub expires_at: Option<Timestamp>,
    /// The cloud's answer, where it gave one.
    pub answer: Option<String>,
    /// Whether the store was told that it is done.
    pub finished: bool,
    /// `ours`, `other` or `none`.
    pub bound: String,
}

impl Care {
    /// Looks at the store account and asks the cloud again about everything it has not granted. Only on the user's word
    /// (U6).
    ///
    /// # Errors
    /// [`CareError::ConfirmationNeeded`] where a purchase without an account is to be bound to this one (X11): call again
    /// with its token. [`CareError::TryAgain`] where the store does not answer, [`CareError::SignIn`] where nobody is
    /// signed in.
    pub async fn restore(&self, confirmed: Option<String>) -> Result<Restored, CareError> {
        self.open_or_closed("restore")?;
        let account = self.signed_in("restore")?;
        self.inner.driver.sweep(SweepReason::Restore).await?;
        self.inner.driver.quiet().await;
        if let Some((asked, unbound)) = self.unbound(&account) {
            if confirmed.as_deref() != Some(&asked.token) {
                return Err(CareError::ConfirmationNeeded(asked));
            }
            for (id, transaction) in unbound {
                let event = Event::AskAgain {
                    transaction,
                    bind_to: Some(account.clone()).filter(|_| !planted::is("yes_forgotten")),
                };
                self.inner.driver.record("restore", &id, event).await?;
            }
            self.inner.driver.quiet().await;
        }
        self.inner.account.refresh("restore").await?;
        Ok(self.restored(&account))
    }

    /// The question to ask where the cloud needs to know whose a purchase is.
    fn unbound(&self, account: &AccountId) -> Option<(Confirmation, Vec<(PurchaseId, TransactionId)>)> {
        let (mut facts, mut waiting) = (Vec::new(), Vec::new());
        self.inner.driver.with_purchases(|purchases| {
            for (id, purchase) in purchases {
                for delivery in purchase
                    .deliveries
                    .iter()
                    .filter(|delivery| needs_confirmation(delivery))
                {
                    let product = delivery.facts.as_ref().map_or("", |facts| facts.product.as_str());
                    facts.push(Message::new("bind-purchase").text("product", product));
                    waiting.push((id.clone(), delivery.transaction.clone()));
                }
            }
        });
        let kind = ConfirmationKind::BindPurchase;
        (!waiting.is_empty()).then(|| {
            (
                confirmation("restore", kind, "bind_purchase", account.as_str(), facts),
                waiting,
            )
        })
    }

    fn restored(&self, account: &AccountId) -> Restored {
        let tag = self.inner.account.held_for(account).map(|state| state.account_tag);
        let mut restored = Restored {
            found: 0,
            granted: 0,
            waiting: 0,
        };
        self.inner.driver.with_purchases(|purchases| {
            let ours = purchases
                .values()
                .filter(|purchase| bound(purchase.owner(), tag) != Bound::Other);
            // A broken copy that no wish and no account stands behind is nobody's purchase.
            let known =
                |purchase: &Purchase, delivery: &Delivery| delivery.facts.is_some() || purchase.intent.is_some();
            let deliveries =
                ours.flat_map(|purchase| purchase.deliveries.iter().filter(move |each| known(purchase, each)));
            for delivery in deliveries {
                restored.found += 1;
                match &delivery.answer {
                    Some(answer) if answer.granted() => restored.granted += 1,
                    Some(answer) if answer.finishes() => {}
                    Some(_) | None => restored.waiting += 1,
                }
            }
        });
        restored
    }

    /// What this phone's store showed and what verification made of it. Another account's transactions are left out.
    pub fn receipts(&self) -> Vec<ReceiptRow> {
        let view = self.inner.account.view();
        let told = view.believed.as_ref().map(|held| held.state.account_tag);
        self.inner.driver.with_purchases(|purchases| {
            // Until the cloud has answered, an account that began a purchase here is known by its tag.
            let mut begun = purchases.values().filter_map(|purchase| purchase.intent.as_ref());
            let tag = told.or_else(|| Some(begun.find(|intent| view.account.as_ref() == Some(&intent.account))?.tag));
            let visible = purchases.values().filter(|purchase| match &purchase.intent {
                Some(intent) => view.account.as_ref() == Some(&intent.account),
                None => bound(purchase.owner(), tag) != Bound::Other,
            });
            visible
                .flat_map(|purchase| {
                    purchase
                        .deliveries
                        .iter()
                        .map(move |delivery| (purchase.owner(), delivery))
                })
                .map(|(owner, delivery)| {
                    let product = delivery.facts.as_ref().map(|facts| &facts.product);
                    let sold = product.map(|product| self.inner.catalogue.sold(product));
                    receipt_row(delivery, sold, bound(owner, tag).name())
                })
                .collect()
        })
    }
}

fn needs_confirmation(delivery: &Delivery) -> bool {
    delivery
        .answer
        .as_ref()
        .is_some_and(|answer| answer.kind == AnswerKind::NeedsConfirmation)
}

fn receipt_row(delivery: &Delivery, sold: Option<Sold>, bound: &str) -> ReceiptRow {
    let facts = delivery.facts.as_ref();
    ReceiptRow {
        transaction: delivery.transaction.clone(),
        product: facts.map(|facts| facts.product.clone()),
        sold: sold.map(|sold| sold.name().to_owned()),
        verified: facts.is_some(),
        refused_by: delivery.refused_by.clone(),
        environment: facts.map(|facts| facts.key.environment.clone()),
        purchased_at: facts.and_then(|facts| facts.purchased_at),
        expires_at: facts.and_then(|facts| facts.expires_at),
        answer: delivery.answer.as_ref().map(|answer| answer.kind.as_str().to_owned()),
        finished: delivery.finished,
        bound: bound.to_owned(),
    }
}
