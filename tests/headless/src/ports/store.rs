//! The App Store on this phone, as the sandbox stands in for it: the contract's device API behind the core's port; and
//! what calling either store has in common.

use crate::args::Sheet;
use crate::world::Wire;
use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};
use tapo_care::id::{ProductId, TransactionId};
use tapo_care::money::Price;
use tapo_care::period::Period;
use tapo_care::ports::{
    Order, RefundSheet, SheetResult, SignedPayload, Store, StoreError, StoreProduct, StoreTransaction, Storefront,
    TrialOffer,
};

/// One phone's App Store, and what the person in front of its sheet will do.
pub struct AppStore {
    device: Wire,
    sheet: Sheet,
}

#[derive(Deserialize)]
struct Product {
    id: String,
    title: String,
    price_micros: i64,
    currency: String,
    display_price: String,
    period: String,
    #[serde(default)]
    introductory_offer: Option<IntroductoryOffer>,
    #[serde(default)]
    base_plans: Vec<BasePlan>,
}

/// The App Store's; it has no name.
#[derive(Deserialize)]
struct IntroductoryOffer {
    payment_mode: String,
    period: String,
    eligible: bool,
}

/// Google Play's, with the offers this account may have.
#[derive(Deserialize)]
struct BasePlan {
    period: String,
    offers: Vec<PlayOffer>,
}

#[derive(Deserialize)]
struct PlayOffer {
    id: String,
    phase: String,
    periods: u32,
}

impl Product {
    fn trial(&self) -> Option<TrialOffer> {
        let introductory = self.introductory_offer.as_ref();
        let free = introductory.filter(|offer| offer.payment_mode == "free_trial" && offer.eligible);
        free.map(|offer| TrialOffer {
            id: None,
            length: offer.period.clone(),
        })
        .or_else(|| self.play_trial())
    }

    /// The first base plan is the one that is sold.
    fn play_trial(&self) -> Option<TrialOffer> {
        let sold = self.base_plans.first()?;
        let free = sold.offers.iter().find(|offer| offer.phase == "freeTrial")?;
        let period = Period::parse(&sold.period)?;
        let length = Period {
            count: period.count.checked_mul(free.periods)?,
            ..period
        };
        Some(TrialOffer {
            id: Some(free.id.clone()),
            length: length.iso8601(),
        })
    }
}

#[derive(Deserialize)]
struct Transaction {
    id: String,
    signed_transaction: String,
    signed_renewal_info: Option<String>,
}

impl From<Transaction> for StoreTransaction {
    fn from(given: Transaction) -> Self {
        let signed = SignedPayload::AppStore {
            transaction: given.signed_transaction,
            renewal: given.signed_renewal_info,
        };
        Self {
            id: TransactionId(given.id),
            signed,
        }
    }
}

/// The contract's `T` as the core takes it.
pub fn transaction_of(document: &Value) -> Option<StoreTransaction> {
    serde_json::from_value::<Transaction>(document.clone())
        .ok()
        .map(StoreTransaction::from)
}

/// One call to a phone's store. A store that says no has failed; one that does not answer may be asked again.
pub(super) async fn ask(
    device: &Wire,
    method: &'static str,
    path: &str,
    body: Option<Value>,
) -> Result<Value, StoreError> {
    match device.call(method, path, body.as_ref()).await {
        Ok((200..300, answer)) => Ok(answer),
        Ok((status @ 400..500, _)) => Err(StoreError::Failed {
            code: format!("http_{status}"),
        }),
        Ok(_) | Err(_) => Err(StoreError::Unavailable),
    }
}

/// The products of either store.
pub(super) async fn products_of(device: &Wire, ids: Vec<ProductId>) -> Result<Vec<StoreProduct>, StoreError> {
    let answer = ask(device, "POST", "/products", Some(json!({ "ids": ids }))).await?;
    let products: Vec<Product> =
        serde_json::from_value(answer["products"].clone()).map_err(|_| StoreError::Unavailable)?;
    let shown = products.into_iter().map(|product| StoreProduct {
        trial: product.trial(),
        id: ProductId(product.id),
        title: product.title,
        display_price: product.display_price,
        price: Price {
            micros: product.price_micros,
            currency: product.currency,
        },
        period: product.period,
    });
    Ok(shown.collect())
}

/// A sheet that ended without a purchase, as either store says it.
pub(super) fn nothing_bought(answer: &Value) -> Result<SheetResult, StoreError> {
    match answer["result"].as_str() {
        Some("cancelled") => Ok(SheetResult::Cancelled),
        Some("failed") => Err(StoreError::Failed {
            code: answer["code"].as_str().unwrap_or("unknown").to_owned(),
        }),
        _ => Err(StoreError::Unavailable),
    }
}

impl AppStore {
    /// The App Store of this phone.
    pub fn new(device: Wire, sheet: Sheet) -> Self {
        Self { device, sheet }
    }

    async fn transactions(&self, path: &str) -> Result<Vec<StoreTransaction>, StoreError> {
        let answer = ask(&self.device, "GET", path, None).await?;
        let list = answer["transactions"].as_array().ok_or(StoreError::Unavailable)?;
        list.iter()
            .map(|document| transaction_of(document).ok_or(StoreError::Unavailable))
            .collect()
    }
}

#[async_trait]
impl Store for AppStore {
    async fn storefront(&self) -> Result<Storefront, StoreError> {
        let answer = ask(&self.device, "GET", "/storefront", None).await?;
        let country = answer["country"].as_str().ok_or(StoreError::Unavailable)?.to_owned();
        Ok(Storefront {
            country,
            app_transaction: answer["app_transaction"].as_str().map(str::to_owned),
        })
    }

    async fn products(&self, ids: Vec<ProductId>) -> Result<Vec<StoreProduct>, StoreError> {
        products_of(&self.device, ids).await
    }

    async fn buy(&self, order: Order) -> Result<SheetResult, StoreError> {
        let asked = json!({
            // What it replaces goes without saying: StoreKit knows one subscription of a group. So does the introductory offer,
            // unless it is denied.
            "product": order.product, "app_account_token": order.tag, "sheet": self.sheet.word(),
            "introductory_offer_eligibility": order.offer_denied,
        });
        let answer = ask(&self.device, "POST", "/buy", Some(asked)).await?;
        match answer["result"].as_str() {
            Some("success") => transaction_of(&answer["transaction"])
                .map(SheetResult::Success)
                .ok_or(StoreError::Unavailable),
            Some("pending") => Ok(SheetResult::Pending),
            _ => nothing_bought(&answer),
        }
    }

    async fn unfinished(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        self.transactions("/unfinished").await
    }

    async fn owned(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        self.transactions("/owned").await
    }

    async fn finish(&self, id: TransactionId) -> Result<(), StoreError> {
        ask(&self.device, "POST", "/finish", Some(json!({ "id": id })))
            .await
            .map(|_| ())
    }

    async fn request_refund(&self, id: TransactionId) -> Result<RefundSheet, StoreError> {
        let asked = json!({ "id": id, "asks": self.sheet != Sheet::Cancel });
        let answer = ask(&self.device, "POST", "/refund-request", Some(asked)).await?;
        match answer["result"].as_str() {
            Some("requested") => Ok(RefundSheet::Requested),
            Some("cancelled") => Ok(RefundSheet::Cancelled),
            _ => Err(StoreError::Failed {
                code: "refund_refused".to_owned(),
            }),
        }
    }
}
