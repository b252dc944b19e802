//! The store port of an Android phone, over the sandbox's billing library.

use super::{Hands, products_of};
use crate::both::{forged, handed_over};
use crate::world::Wire;
use async_trait::async_trait;
use serde_json::{Value, json};
use std::sync::Arc;
use tapo_care::id::{ProductId, StoreKind, TransactionId};
use tapo_care::ports::{
    Order, RefundSheet, SheetResult, Store, StoreError, StoreProduct, StoreTransaction, Storefront,
};

pub struct PlayStore {
    pub name: String,
    pub wire: Arc<Wire>,
    pub hands: Arc<Hands>,
}

impl PlayStore {
    async fn ask(&self, method: &'static str, path: &str, body: Value) -> Result<Value, StoreError> {
        let store = StoreKind::Play;
        self.wire.ask_store(store, &self.name, method, path, body).await
    }

    fn purchase(&self, value: &Value) -> StoreTransaction {
        let handed = handed_over(StoreKind::Play, value);
        if *self.hands.forge.lock().unwrap() {
            return forged(handed);
        }
        handed
    }

    async fn purchases(&self, wanted: impl Fn(&Value) -> bool) -> Result<Vec<StoreTransaction>, StoreError> {
        let value = self.ask("GET", "purchases", Value::Null).await?;
        let listed = value["purchases"].as_array().unwrap().iter();
        Ok(listed.filter(|one| wanted(one)).map(|one| self.purchase(one)).collect())
    }
}

#[async_trait]
impl Store for PlayStore {
    async fn storefront(&self) -> Result<Storefront, StoreError> {
        let value = self.ask("GET", "storefront", Value::Null).await?;
        Ok(Storefront {
            country: value["country"].as_str().unwrap().into(),
            app_transaction: None,
        })
    }

    async fn products(&self, ids: Vec<ProductId>) -> Result<Vec<StoreProduct>, StoreError> {
        let value = self.ask("POST", "products", json!({ "ids": ids })).await?;
        Ok(products_of(&value))
    }

    async fn buy(&self, order: Order) -> Result<SheetResult, StoreError> {
        *self.hands.sheets_shown.lock().unwrap() += 1;
        let _open_as_long_as_held = self.hands.gate.lock().await;
        let sheet = self.hands.sheet.lock().unwrap().clone();
        let mut body = json!({
            "product": order.product, "obfuscated_account_id": order.tag, "obfuscated_profile_id": order.intent,
            "sheet": sheet,
        });
        if let Some(old) = order.replaces {
            body["replaces"] = json!(old.transaction);
            body["replacement_mode"] = json!(old.mode);
        }
        let value = self.ask("POST", "buy", body).await?;
        match value["result"].as_str().unwrap() {
            "success" | "pending" => Ok(SheetResult::Success(self.purchase(&value["purchase"]))),
            "cancelled" => Ok(SheetResult::Cancelled),
            _ => Err(StoreError::Failed {
                code: value["code"].as_str().unwrap_or("unknown").into(),
            }),
        }
    }

    async fn unfinished(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        self.purchases(|one| one["acknowledged"] == false).await
    }

    async fn owned(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        self.purchases(|_| true).await
    }

    async fn request_refund(&self, id: TransactionId) -> Result<RefundSheet, StoreError> {
        let value = self.ask("POST", "refund-request", json!({ "id": id })).await?;
        match value["result"].as_str() {
            Some("requested") => Ok(RefundSheet::Requested),
            _ => Err(StoreError::Failed {
                code: "refund_refused".into(),
            }),
        }
    }

    async fn finish(&self, id: TransactionId) -> Result<(), StoreError> {
        let token = json!({ "token": id });
        self.ask("POST", "acknowledge", token).await.map(|_| ())
    }
}
