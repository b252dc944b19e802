//! What this phone holds of the catalogue, and the plan cards made from it and the store's own prices.

use super::{Catalogue, PortalWords};
use crate::cloud::{Cloud, care_error};
use crate::error::{CareError, Problem};
use crate::freshness;
use crate::id::{ProductId, StoreKind};
use crate::receipt::{Products, Sold, sold};
use crate::snapshot::{PlansOnSale, TrialWord, plan_card};
use crate::storage::Storage;
use crate::time::Timestamp;
use crate::time::trusted::TrustedClock;
use crate::work::Platform;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The catalogue of this storefront, as last served.
pub(crate) struct HeldCatalogue {
    platform: Platform,
    storage: Storage,
    cloud: Arc<Cloud>,
    clock: Arc<TrustedClock>,
    locale: String,
    store: StoreKind,
    memory: Mutex<Option<Held>>,
}

#[derive(Clone)]
struct Held {
    catalogue: Arc<Catalogue>,
    etag: Option<String>,
    asked_at: Option<Timestamp>,
}

impl HeldCatalogue {
    pub fn new(
        platform: Platform,
        storage: Storage,
        cloud: Arc<Cloud>,
        clock: Arc<TrustedClock>,
        locale: String,
        store: StoreKind,
    ) -> Self {
        Self {
            platform,
            storage,
            cloud,
            clock,
            locale,
            store,
            memory: Mutex::new(None),
        }
    }

    /// The catalogue of a storefront: the one held where it is no older than a day, else the cloud's, else the one held. It
    /// gates nothing about money.
    ///
    /// # Errors
    /// [`CareError::TryAgain`] where the cloud does not answer and nothing is cached.
    pub async fn load(&self, storefront: &str, operation: &'static str) -> Result<Arc<Catalogue>, CareError> {
        let now = self.clock.now().map(|now| now.timestamp());
        let remembered = self
            .memory()
            .clone()
            .filter(|held| held.catalogue.storefront == storefront);
        let known = match remembered {
            Some(held) => Some(held),
            None => self.cached(storefront).await,
        };
        if let Some(held) = &known
            && !freshness::catalogue_is_due(held.asked_at, now)
        {
            let catalogue = Arc::clone(&held.catalogue);
            *self.memory() = known;
            return Ok(catalogue);
        }
        let etag = known.as_ref().and_then(|held| held.etag.clone());
        let asked = self.cloud.catalogue(storefront, &self.locale, etag.as_deref()).await;
        let held = match (asked, known) {
            (Ok(Some(answer)), known) => match answer.catalogue() {
                Ok(catalogue) => {
                    let etag = answer.etag().map(str::to_owned);
                    let (name, locale) = (storefront.to_owned(), self.locale.clone());
                    let saved = self.storage.state(operation, move |state| {
                        state.save_catalogue(&answer, &name, &locale, now)
                    });
                    self.note_unwritten(saved.await);
                    Held {
                        catalogue: Arc::new(catalogue),
                        etag,
                        asked_at: now,
                    }
                }
                Err(error) => known.ok_or_else(|| care_error(operation, &error))?,
            },
            (Ok(None), Some(held)) => {
                self.confirm(storefront, now, operation).await;
                Held { asked_at: now, ..held }
            }
            (Ok(None), None) => return Err(CareError::Bug(Problem::new(operation, "empty_304"))),
            (Err(error), known) => {
                self.platform.log("catalogue.not_refreshed", error.name());
                known.ok_or_else(|| care_error(operation, &error))?
            }
        };
        let catalogue = Arc::clone(&held.catalogue);
        *self.memory() = Some(held);
        Ok(catalogue)
    }

    /// What is held turned out to be wrong, for a reservation that it led to was refused: the next look asks the cloud.
    pub async fn doubt(&self, storefront: &str, operation: &'static str) {
        if let Some(held) = self.memory().as_mut() {
            held.asked_at = None;
        }
        self.confirm(storefront, None, operation).await;
    }

    async fn confirm(&self, storefront: &str, asked: Option<Timestamp>, operation: &'static str) {
        let (name, locale) = (storefront.to_owned(), self.locale.clone());
        let confirmed = self
            .storage
            .state(operation, move |state| state.confirm_catalogue(&name, &locale, asked));
        self.note_unwritten(confirmed.await);
    }

    fn note_unwritten(&self, written: Result<(), CareError>) {
        if let Err(error) = written {
            self.platform.warn("cache.not_written", error.problem().name.as_str());
        }
    }

    async fn cached(&self, storefront: &str) -> Option<Held> {
        let (name, locale) = (storefront.to_owned(), self.locale.clone());
        let stored = self
            .storage
            .state("plans", move |state| state.catalogue(&name, &locale))
            .await
            .ok()??;
        Some(Held {
            catalogue: Arc::new(stored.catalogue),
            etag: stored.etag,
            asked_at: stored.asked,
        })
    }

    /// Plans on sale with the store's own prices; a plan the store does not sell here is not shown (R7), and a free trial only
    /// where `word` and the store both allow it (X12).
    ///
    /// # Errors
    /// [`CareError::TryAgain`] where the store does not answer, or the cloud neither answers nor ever did.
    pub async fn plans(&self, word: TrialWord<'_>) -> Result<PlansOnSale, CareError> {
        const OPERATION: &str = "plans";
        let store = &self.platform.ports.store;
        let storefront = self.platform.ask_store(OPERATION, store.storefront()).await?;
        let catalogue = self.load(&storefront.country, OPERATION).await?;
        let plans = catalogue.by_capacity(self.store);
        let ids = plans
            .iter()
            .filter_map(|plan| plan.product(self.store).cloned())
            .collect();
        let products = self.platform.ask_store(OPERATION, store.products(ids)).await?;
        let cards = plans
            .into_iter()
            .filter_map(|plan| {
                let id = plan.product(self.store)?;
                let product = products.iter().find(|product| &product.id == id)?;
                Some(plan_card(plan, product, word))
            })
            .collect();
        Ok(PlansOnSale {
            storefront: storefront.country,
            plans: cards,
            terms_url: catalogue.terms_url.clone(),
            privacy_url: catalogue.privacy_url.clone(),
            portal: self.steering().message(),
        })
    }

    /// What may be said about the portal here (U9).
    pub fn steering(&self) -> PortalWords {
        match self.memory().as_ref() {
            Some(held) => PortalWords {
                steering: held.catalogue.steering.clone(),
                url: held.catalogue.portal_url.clone(),
            },
            None => PortalWords::default(),
        }
    }

    /// What the list of products says of that one; nothing is asked for it.
    pub fn sold(&self, product: &ProductId) -> Sold {
        let products = self
            .memory()
            .as_ref()
            .map(|held| Products::of(&held.catalogue, self.store));
        sold(product, products.as_ref())
    }

    fn memory(&self) -> MutexGuard<'_, Option<Held>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
