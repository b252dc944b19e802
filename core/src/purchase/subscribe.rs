//! From the tap to the open sheet: every refusal comes before it (R2, R8), and nothing is charged by any of them.
//!
//! Order: slot rule → fresh cloud check → sweep of the store account → reservation → the intent, durable → sheet.

use super::driver::{Driver, task_lost};
use super::event::Event;
use super::refusal::{self, confirm_already_covered};
use super::slot::{Holder, holder_in_account, holder_in_journal, holder_in_store};
use super::state::{ALREADY_OWNED, Change, Intent, PurchaseId, Stage};
use super::sweep::SweepReason;
use crate::account::held::not_signed_in;
use crate::account::{AccountState, Offer};
use crate::catalogue::PlanOnSale;
use crate::cloud::{CloudError, ReservationAnswer, ReservationRequest, care_error};
use crate::error::{CareError, Problem};
use crate::id::{AccountId, CameraId, IntentId, PlanId};
use crate::planted;
use crate::ports::{Order, SheetResult, StoreError, Storefront, TrialOffer};
use crate::receipt::NOBODY;
use std::time::Duration;

/// How often the cloud is asked to go on holding the slot while the sheet is open.
const RENEW_RESERVATION: Duration = Duration::from_secs(120);

/// What the user wants to buy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscribeRequest {
    /// The plan, chosen by its number of cameras (R6).
    pub plan: PlanId,
    /// Cameras to select once it is theirs; may be empty, then the picker opens (R16).
    pub cameras: Vec<CameraId>,
    /// Whether the plan was chosen with the free trial its card showed (X12): the sheet sells that or nothing. Otherwise it is
    /// sold at its full price.
    pub trial: bool,
    /// The token of a confirmation the user gave.
    pub confirmation: Option<String>,
}

/// What the sheet is to sell, once every rule allows it.
pub(super) struct Wish {
    pub plan: PlanOnSale,
    pub cameras: Vec<CameraId>,
    pub change: Option<Change>,
    pub trial: Option<TrialOffer>,
}

impl Driver {
    /// Prepares a purchase, opens the sheet and returns its intent. Goes on when the caller is gone.
    ///
    /// # Errors
    /// Every refusal before the sheet; nothing is charged.
    pub async fn subscribe(&self, account: AccountId, request: SubscribeRequest) -> Result<IntentId, CareError> {
        let driver = self.clone();
        let prepared = self.0.platform.detached(async move {
            let _one_at_a_time = driver.0.preparing.lock().await;
            driver.prepare(account, request).await
        });
        prepared.await.unwrap_or_else(|_| Err(task_lost("subscribe")))
    }

    async fn prepare(&self, account: AccountId, request: SubscribeRequest) -> Result<IntentId, CareError> {
        if let Some(intent) = self.same_wish(&account, &request.plan) {
            return Ok(intent);
        }
        self.nothing_under_way(&account).await?;
        let state = self.fresh_account(&account).await?;
        if let Some(holder) = holder_in_account(&state) {
            return Err(self.slot_taken(&holder).await);
        }
        sure_of_covered(&state, request.confirmation.as_deref())?;
        let storefront = self.storefront().await?;
        let plan = self.plan_on_sale(&storefront, &request.plan).await?;
        let trial = match request.trial {
            true => Some(self.trial_to_be_sold(&state, &plan).await?),
            false => None,
        };
        let owned = self.sweep(SweepReason::Ordinary).await?;
        let payer = holder_in_store(&owned, state.account_tag);
        if let Some(holder) = payer.filter(|_| !planted::is("store_account_ignored")) {
            return Err(self.slot_taken(&holder).await);
        }
        let wish = Wish {
            plan,
            cameras: request.cameras,
            change: None,
            trial,
        };
        self.reserve_and_open(state, storefront, wish).await
    }

    /// One wish at a time: what is open, pending or being set up holds the slot.
    pub(super) async fn nothing_under_way(&self, account: &AccountId) -> Result<(), CareError> {
        let now = self.0.clock.now();
        let tag = self.0.account.held_for(account).map(|state| state.account_tag);
        let waiting = self.with_purchases(|purchases| holder_in_journal(purchases, account, tag, now));
        match waiting {
            Some(holder) => Err(self.slot_taken(&holder).await),
            None => Ok(()),
        }
    }

    /// The refusal with the way out this storefront allows (U9); without a catalogue nothing is said about the portal.
    pub(super) async fn slot_taken(&self, holder: &Holder) -> CareError {
        if let Ok(storefront) = self.storefront().await {
            // Only its words are wanted: a catalogue that cannot be had leaves the default, which says nothing.
            let _ = self.0.catalogue.load(&storefront.country, "subscribe").await;
        }
        refusal::slot_taken(holder, &self.0.catalogue.steering())
    }

    /// A second tap on the same plan while its sheet is open is the same wish.
    pub(super) fn same_wish(&self, account: &AccountId, plan: &PlanId) -> Option<IntentId> {
        let open = self.with_purchases(|purchases| {
            let intents = purchases.values().filter_map(|purchase| purchase.intent.as_ref());
            let wish = intents.filter(|intent| {
                &intent.account == account && &intent.plan == plan && matches!(intent.stage, Stage::Open)
            });
            wish.map(|intent| intent.id.clone()).collect::<Vec<_>>()
        });
        open.into_iter().find(|intent| self.sheet_is_shown(intent))
    }

    /// The account as the cloud says now: what a cache says is not enough to let somebody pay (R2).
    pub(super) async fn fresh_account(&self, account: &AccountId) -> Result<AccountState, CareError> {
        let refreshed = self.0.account.refresh_as(account, "subscribe").await?;
        Ok(refreshed.state)
    }

    pub(super) async fn storefront(&self) -> Result<Storefront, CareError> {
        let store = &self.0.platform.ports.store;
        self.0.platform.ask_store("subscribe", store.storefront()).await
    }

    pub(super) async fn plan_on_sale(&self, storefront: &Storefront, plan: &PlanId) -> Result<PlanOnSale, CareError> {
        let catalogue = self.0.catalogue.load(&storefront.country, "subscribe").await?;
        let sold = catalogue.plan(plan).filter(|plan| plan.product(self.0.store).is_some());
        sold.cloned()
            .ok_or_else(|| CareError::Refused(Problem::new("subscribe", "plan_not_on_sale").id(plan.as_str())))
    }

    pub(super) async fn reserve_and_open(
        &self,
        state: AccountState,
        storefront: Storefront,
        wish: Wish,
    ) -> Result<IntentId, CareError> {
        let Wish {
            plan,
            cameras,
            change,
            trial,
        } = wish;
        let Some(product) = plan.product(self.0.store) else {
            return Err(CareError::Refused(Problem::new("subscribe", "plan_not_on_sale")));
        };
        let Some(now) = self.0.clock.now() else {
            return Err(CareError::TryAgain(Problem::new("subscribe", "time_unknown")));
        };
        let intent = self.new_intent();
        let mut intent = Intent {
            id: intent,
            account: state.account.clone(),
            tag: state.account_tag,
            store: self.0.store,
            plan: plan.id.clone(),
            title: plan.title.clone(),
            product: product.clone(),
            group: plan.group(self.0.store).unwrap_or_default().to_owned(),
            cameras_dealt_with: cameras.is_empty(),
            cameras,
            reservation: None,
            opened_at: now.timestamp(),
            stage: Stage::Open,
            end: None,
            pending_handled: false,
            end_handled: false,
            change,
            trial,
        };
        let held = self.reserve(&state, &storefront, &intent).await?;
        if self.0.account.signed_in().as_ref() != Some(&state.account) {
            // Somebody else holds the phone now: nobody looks at another one's sheet.
            let _ = self.0.cloud.release(&state.account, &held.reservation.id).await;
            return Err(not_signed_in("subscribe"));
        }
        intent.reservation = Some(held.reservation.id);
        let id = PurchaseId::from(&intent.id);
        self.sheet_shown(&intent.id);
        let opened = Event::SheetOpened {
            intent: Box::new(intent.clone()),
        };
        if planted::is("sheet_before_intent") {
            self.0.platform.log("sheet.before_intent", "");
        } else if let Err(error) = self.record("subscribe", &id, opened).await {
            self.sheet_gone(&intent.id);
            return Err(error);
        }
        let (driver, shown) = (self.clone(), intent.clone());
        self.0.platform.seams.spawner.spawn(Box::pin(async move {
            driver.show_sheet(shown, storefront, held.offer_denied).await;
        }));
        Ok(intent.id)
    }

    async fn reserve(
        &self,
        state: &AccountState,
        storefront: &Storefront,
        intent: &Intent,
    ) -> Result<ReservationAnswer, CareError> {
        let request = ReservationRequest {
            intent: intent.id.clone(),
            installation: self.0.installation.clone(),
            plan: intent.plan.clone(),
            store: self.0.store,
            store_identity: self.0.verifiers.store_identity(storefront, self.0.clock.now()),
            confirmed: Vec::new(),
            replaces: intent.change.as_ref().map(|change| change.subscription.clone()),
            offer: match intent.trial {
                Some(_) => Offer::Trial,
                None => Offer::None,
            },
        };
        match self.0.cloud.reserve(&state.account, &request).await {
            Ok(answer) if answer.value.account_tag == state.account_tag => Ok(answer.value),
            Ok(_) => Err(care_error(
                "subscribe",
                &CloudError::NotSigned {
                    reason: "other_account",
                },
            )),
            Err(error) => {
                if matches!(error.code(), Some("unknown_plan" | "not_released")) {
                    self.0.catalogue.doubt(&storefront.country, "subscribe").await;
                }
                Err(refusal::reservation(&error, &self.0.catalogue.steering()))
            }
        }
    }

    /// Shows the sheet and writes down how it ended. The one effect that is never replayed, and the one without a deadline.
    async fn show_sheet(&self, intent: Intent, storefront: Storefront, offer_denied: Option<String>) {
        let id = PurchaseId::from(&intent.id);
        let order = Order {
            product: intent.product.clone(),
            tag: if planted::is("account_unbound") {
                NOBODY
            } else {
                intent.tag
            },
            intent: intent.id.clone(),
            offer: intent.trial.clone(),
            offer_denied,
            replaces: intent.change.as_ref().map(|change| change.replacement.clone()),
        };
        self.0.platform.log("store.buying", intent.product.as_str());
        let store = std::sync::Arc::clone(&self.0.platform.ports.store);
        let renewing = self.renew_reservation(&intent, &storefront);
        let result = tokio::select! {
            biased;
            result = store.buy(order.clone()) => result,
            never = renewing => match never {},
        };
        let result = match result {
            Err(StoreError::Unavailable) if planted::is("sheet_replayed") => store.buy(order).await,
            result => result,
        };
        self.0.platform.log("store.bought", sheet_word(&result));
        if planted::is("sheet_before_intent") {
            let intent = Box::new(intent.clone());
            let _ = self.record("subscribe", &id, Event::SheetOpened { intent }).await;
        }
        if let Err(error) = self.sheet_ended(&id, &intent, result).await {
            // The store still has it: the next sweep finds what this one could not write.
            self.0.platform.log("sheet.unwritten", error.problem().name.as_str());
        }
        self.sheet_gone(&intent.id);
    }

    /// Keeps the slot held while the sheet is open. Losing the hold is no reason to close a sheet somebody is paying in.
    async fn renew_reservation(&self, intent: &Intent, storefront: &Storefront) -> std::convert::Infallible {
        loop {
            self.0.platform.seams.timer.sleep(RENEW_RESERVATION).await;
            let Some(state) = self.0.account.held_for(&intent.account) else {
                continue;
            };
            let (driver, storefront, intent) = (self.clone(), storefront.clone(), intent.clone());
            // Once asked it is waited for, also when the sheet closes meanwhile: giving back must come after it.
            let asked = self.0.platform.detached(async move {
                let _before_it_is_given_back = driver.0.reserving.lock().await;
                driver.reserve(&state, &storefront, &intent).await
            });
            let _ = asked.await;
        }
    }

    async fn sheet_ended(
        &self,
        id: &PurchaseId,
        intent: &Intent,
        result: Result<SheetResult, StoreError>,
    ) -> Result<(), CareError> {
        match result {
            Ok(SheetResult::Success(transaction)) => {
                self.take_in(transaction, Some(&intent.id)).await?;
                let taken = self
                    .purchase(id)
                    .and_then(|purchase| purchase.intent)
                    .is_some_and(|intent| matches!(intent.stage, Stage::Settled { .. } | Stage::Pending { .. }));
                if taken {
                    return Ok(());
                }
                // StoreKit has no word for "already owned": it answers success with an older transaction.
                self.record(
                    "sheet",
                    id,
                    Event::SheetLeft {
                        failure: Some(ALREADY_OWNED.into()),
                    },
                )
                .await
            }
            Ok(SheetResult::Pending) => {
                let at = self.0.clock.now().map_or(intent.opened_at, |now| now.timestamp());
                self.record("sheet", id, Event::SheetPending { at }).await
            }
            Ok(SheetResult::Cancelled) => self.record("sheet", id, Event::SheetLeft { failure: None }).await,
            Err(StoreError::Unavailable) => {
                self.record(
                    "sheet",
                    id,
                    Event::SheetLeft {
                        failure: Some("unavailable".into()),
                    },
                )
                .await
            }
            Err(StoreError::Failed { code }) => {
                self.record("sheet", id, Event::SheetLeft { failure: Some(code) }).await
            }
        }
    }
}

/// A web or code plan takes no slot, but its cameras are covered already: one question (X17).
pub(super) fn sure_of_covered(state: &AccountState, confirmed: Option<&str>) -> Result<(), CareError> {
    match confirm_already_covered(state) {
        Some(confirmation) if confirmed != Some(&confirmation.token) => {
            Err(CareError::ConfirmationNeeded(confirmation))
        }
        _ => Ok(()),
    }
}

fn sheet_word(result: &Result<SheetResult, StoreError>) -> &'static str {
    match result {
        Ok(SheetResult::Success(_)) => "success",
        Ok(SheetResult::Pending) => "pending",
        Ok(SheetResult::Cancelled) => "cancelled",
        Err(_) => "failed",
    }
}
