//! Google Play on this phone, as the sandbox stands in for its billing library: the same port, over purchases and tokens.

use crate::args::Sheet;
use crate::ports::store::{ask, nothing_bought, products_of};
use crate::world::Wire;
use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};
use tapo_care::id::{ProductId, TransactionId};
use tapo_care::ports::{
    Order, RefundSheet, SheetResult, SignedPayload, Store, StoreError, StoreProduct, StoreTransaction, Storefront,
};

/// One phone's Google Play, and what the person in front of its sheet will do.
pub struct PlayStore {
    device: Wire,
    sheet: Sheet,
}

#[derive(Deserialize)]
struct Purchase {
    token: String,
    original_json: String,
    signature: String,
    acknowledged: bool,
}

impl From<Purchase> for StoreTransaction {
    fn from(given: Purchase) -> Self {
        let signed = SignedPayload::Play {
            // Byte for byte: written anew it would not verify.
            original_json: given.original_json,
            signature: given.signature,
        };
        Self {
            id: TransactionId(given.token),
            signed,
        }
    }
}

/// The contract's `P` as the core takes it.
pub fn purchase_of(document: &Value) -> Option<StoreTransaction> {
    serde_json::from_value::<Purchase>(document.clone())
        .ok()
        .map(StoreTransaction::from)
}

impl PlayStore {
    /// The Google Play of this phone.
    pub fn new(device: Wire, sheet: Sheet) -> Self {
        Self { device, sheet }
    }

    async fn purchases(&self) -> Result<Vec<Purchase>, StoreError> {
        let answer = ask(&self.device, "GET", "/purchases", None).await?;
        serde_json::from_value(answer["purchases"].clone()).map_err(|_| StoreError::Unavailable)
    }
}

#[async_trait]
impl Store for PlayStore {
    async fn storefront(&self) -> Result<Storefront, StoreError> {
        let answer = ask(&self.device, "GET", "/storefront", None).await?;
        let country = answer["country"].as_str().ok_or(StoreError::Unavailable)?.to_owned();
        // Play does not say who its account is.
        Ok(Storefront {
            country,
            app_transaction: None,
        })
    }

    async fn products(&self, ids: Vec<ProductId>) -> Result<Vec<StoreProduct>, StoreError> {
        products_of(&self.device, ids).await
    }

    async fn buy(&self, order: Order) -> Result<SheetResult, StoreError> {
        let mut asked = json!({
            "product": order.product, "obfuscated_account_id": order.tag, "obfuscated_profile_id": order.intent,
            "sheet": self.sheet.word(), "offer": order.offer.and_then(|offer| offer.id),
        });
        if let Some(old) = order.replaces {
            asked["replaces"] = json!(old.transaction);
            asked["replacement_mode"] = json!(old.mode);
        }
        let answer = ask(&self.device, "POST", "/buy", Some(asked)).await?;
        match answer["result"].as_str() {
            // A purchase that waits for its payment is a purchase already: its token is its name.
            Some("success" | "pending") => purchase_of(&answer["purchase"])
                .map(SheetResult::Success)
                .ok_or(StoreError::Unavailable),
            _ => nothing_bought(&answer),
        }
    }

    async fn unfinished(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        let open = self.purchases().await?.into_iter().filter(|one| !one.acknowledged);
        Ok(open.map(StoreTransaction::from).collect())
    }

    async fn owned(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        Ok(self
            .purchases()
            .await?
            .into_iter()
            .map(StoreTransaction::from)
            .collect())
    }

    async fn finish(&self, id: TransactionId) -> Result<(), StoreError> {
        let told = json!({ "token": id });
        ask(&self.device, "POST", "/acknowledge", Some(told)).await.map(|_| ())
    }

    async fn request_refund(&self, _id: TransactionId) -> Result<RefundSheet, StoreError> {
        // Play has no such sheet: the cloud gives back.
        Err(StoreError::Failed {
            code: "not_at_play".to_owned(),
        })
    }
}
