//! Erasing an account from this phone. Whoever is about to delete a TP-Link ID first reads what still bills and where that is
//! cancelled, and what was paid and is not settled (X18).

use super::Care;
use crate::account::AccountState;
use crate::cache::JournalDb;
use crate::error::{CareError, Confirmation, ConfirmationKind};
use crate::message::Message;
use crate::money::Money;
use crate::purchase::driver::Driver;
use crate::purchase::refusal::confirmation;
use crate::purchase::state::{Delivery, Purchase};
use crate::receipt::{Bound, bound};
use crate::subscription::{ManageRoute, has_access, manage_route};

const OPERATION: &str = "erase_account";

impl Care {
    /// Removes everything of the signed-in account from this phone and signs it out: its state, and the record of purchases
    /// that are settled. A purchase that is paid and not settled stays sealed in the journal until it is. Called before the
    /// app deletes the TP-Link ID, which this does not; a plan that still bills goes on billing.
    ///
    /// # Errors
    /// [`CareError::ConfirmationNeeded`] first, with what still bills, where it is cancelled, and what is not settled (X18):
    /// call again with its token. [`CareError::TryAgain`] where the cloud cannot say what bills, [`CareError::SignIn`],
    /// [`CareError::Storage`]; nothing is erased then.
    pub async fn erase_account(&self, confirmed: Option<String>) -> Result<(), CareError> {
        self.open_or_closed(OPERATION)?;
        let account = self.signed_in(OPERATION)?;
        let state = self.inner.account.refresh_as(&account, OPERATION).await?.state;
        let asked = self.erase_question(&state);
        if confirmed.as_deref() != Some(&asked.token) {
            return Err(CareError::ConfirmationNeeded(asked));
        }
        self.inner.driver.erase_settled(&state).await?;
        self.inner.kept.erase(&account, OPERATION).await?;
        self.inner.account.forget_revision(&account).await;
        self.inner.account.sign_out().await
    }

    fn erase_question(&self, state: &AccountState) -> Confirmation {
        let plans = state.subscriptions.iter();
        let mut facts: Vec<Message> = plans
            .filter_map(|plan| {
                if plan.will_renew {
                    let bills = Message::new("erase-still-bills")
                        .text("plan", &plan.plan.title)
                        .text("where", where_word(manage_route(plan)));
                    return Some(match plan.renews_at {
                        Some(renews_at) => bills.date("date", renews_at),
                        None => bills,
                    });
                }
                let end = plan.ends_at.filter(|_| has_access(plan))?;
                let lost = Message::new("erase-plan-lost").text("plan", &plan.plan.title);
                Some(lost.date("date", end))
            })
            .collect();
        let unsettled = self.inner.driver.with_purchases(|purchases| {
            let unsettled = purchases.values().filter(|one| is_of(one, state) && !is_paid_off(one));
            unsettled
                .map(|one| Message::new("erase-unsettled").text("plan", title(one)))
                .collect::<Vec<_>>()
        });
        let money = if unsettled.is_empty() {
            Money::NotCharged
        } else {
            Money::MaybeCharged
        };
        facts.extend(unsettled);
        if facts.is_empty() {
            facts.push(Message::new("erase-nothing-bills"));
        }
        let kind = ConfirmationKind::EraseAccount;
        let mut asked = confirmation("erase_account", kind, "erase_account", state.account.as_str(), facts);
        asked.problem = asked.problem.money(money);
        asked
    }
}

impl Driver {
    /// Removes the settled purchases of that account from journal and memory.
    async fn erase_settled(&self, state: &AccountState) -> Result<(), CareError> {
        let driver = self.clone();
        let state = state.clone();
        let erased = self.0.platform.detached(async move {
            let _order = driver.0.appending.lock().await;
            let settled = driver.at_rest(|purchase| is_of(purchase, &state) && is_paid_off(purchase));
            let names = settled.iter().map(|id| id.0.clone()).collect::<Vec<_>>();
            driver
                .0
                .storage
                .journal(OPERATION, move |journal: &mut JournalDb| journal.erase(&names))
                .await?;
            driver.forget(&settled);
            Ok(())
        });
        erased
            .await
            .unwrap_or_else(|_| Err(crate::purchase::driver::task_lost(OPERATION)))
    }
}

/// Whether it was bought by that account, or by nobody else as far as the store says.
fn is_of(purchase: &Purchase, state: &AccountState) -> bool {
    match &purchase.intent {
        Some(intent) => intent.account == state.account,
        None => bound(purchase.owner(), Some(state.account_tag)) == Bound::Ours,
    }
}

/// Whether no money of it is under way: its wish has ended, and every transaction is answered for good and finished.
fn is_paid_off(purchase: &Purchase) -> bool {
    let open = purchase.intent.as_ref().is_some_and(|intent| intent.is_open());
    !open && purchase.deliveries.iter().all(Delivery::is_settled)
}

fn title(purchase: &Purchase) -> String {
    let title = purchase.intent.as_ref().map(|intent| intent.title.clone());
    let product = || {
        let facts = purchase.deliveries.iter().find_map(|delivery| delivery.facts.as_ref());
        facts.map(|facts| facts.product.0.clone())
    };
    title.or_else(product).unwrap_or_default()
}

/// Where it is cancelled, in the words for channels.
fn where_word(route: ManageRoute) -> &'static str {
    match route {
        ManageRoute::AppStore => "app_store",
        ManageRoute::GooglePlay => "play",
        ManageRoute::Portal | ManageRoute::KasaPortal => "web",
        ManageRoute::Nowhere => "code",
        ManageRoute::Unknown => "unknown",
    }
}
