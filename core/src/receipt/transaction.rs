//! A transaction as the App Store signs it: what access, binding, the purchase machine and a screen need of it.

use super::binding::tag;
use super::check::Refusal;
use super::fields::Fields;
use super::words::{
    OfferDiscount, OfferType, Ownership, ProductType, RevocationReason, RevocationType, TransactionReason,
};
use crate::id::{AccountTag, Environment, ProductId, StoreKey, StoreKind, TransactionId};
use crate::money::Price;
use crate::time::Timestamp;

/// One purchase or renewal. Only environment, bundle and signed date are certain; Apple's own samples omit the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The ledger it stands in (X15).
    pub environment: Environment,
    /// The app it was bought in.
    pub bundle_id: String,
    /// When the store signed this copy. It orders copies of one transaction, and decides nothing else.
    pub signed_date: Timestamp,
    /// This purchase or renewal.
    pub transaction_id: Option<TransactionId>,
    /// The first purchase of the subscription: its key.
    pub original_transaction_id: Option<TransactionId>,
    /// The product bought.
    pub product_id: Option<ProductId>,
    /// Of which kind.
    pub product_type: Option<ProductType>,
    /// The subscription group.
    pub group: Option<String>,
    /// The store account's download of this app: tells store accounts apart (X5).
    pub app_transaction_id: Option<String>,
    /// The account it was bought for. A token that is no UUID reads as [`super::NOBODY`], never as none.
    pub app_account_token: Option<AccountTag>,
    /// When it was bought. May lie after `signed_date`.
    pub purchase_date: Option<Timestamp>,
    /// When the subscription was first bought.
    pub original_purchase_date: Option<Timestamp>,
    /// The end of the paid period.
    pub expires_date: Option<Timestamp>,
    /// When it was taken back.
    pub revocation_date: Option<Timestamp>,
    /// Why it was taken back.
    pub revocation_reason: Option<RevocationReason>,
    /// How it was taken back.
    pub revocation_type: Option<RevocationType>,
    /// How much of the price was given back, in thousandths of a percent as the store writes it.
    pub revocation_percentage: Option<i64>,
    /// Whether a higher level of the group replaced it. Absent is no.
    pub is_upgraded: bool,
    /// Who paid.
    pub ownership: Option<Ownership>,
    /// Why it came about.
    pub transaction_reason: Option<TransactionReason>,
    /// The offer used.
    pub offer_type: Option<OfferType>,
    /// The offer's name.
    pub offer_identifier: Option<String>,
    /// How the offer is paid.
    pub offer_discount: Option<OfferDiscount>,
    /// The offer's ISO 8601 period.
    pub offer_period: Option<String>,
    /// What was paid; `None` where price or currency is missing.
    pub price: Option<Price>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// The storefront, ISO 3166-1 alpha-3.
    pub storefront: Option<String>,
    /// The storefront's number.
    pub storefront_id: Option<String>,
    /// How many.
    pub quantity: Option<i64>,
    /// The subscription's line on the customer's bill.
    pub web_order_line_item_id: Option<String>,
    /// How a subscription is billed.
    pub billing_plan_type: Option<String>,
    /// What ties a copy made on a device to it (step 13).
    pub device_verification: Option<String>,
    /// The salt of `device_verification`.
    pub device_verification_nonce: Option<String>,
}

impl Transaction {
    /// A transaction that says only what every authentic one says.
    pub fn bare(environment: Environment, bundle_id: impl Into<String>, signed_date: Timestamp) -> Self {
        Self {
            environment,
            bundle_id: bundle_id.into(),
            signed_date,
            transaction_id: None,
            original_transaction_id: None,
            product_id: None,
            product_type: None,
            group: None,
            app_transaction_id: None,
            app_account_token: None,
            purchase_date: None,
            original_purchase_date: None,
            expires_date: None,
            revocation_date: None,
            revocation_reason: None,
            revocation_type: None,
            revocation_percentage: None,
            is_upgraded: false,
            ownership: None,
            transaction_reason: None,
            offer_type: None,
            offer_identifier: None,
            offer_discount: None,
            offer_period: None,
            price: None,
            currency: None,
            storefront: None,
            storefront_id: None,
            quantity: None,
            web_order_line_item_id: None,
            billing_plan_type: None,
            device_verification: None,
            device_verification_nonce: None,
        }
    }

    pub(super) fn read(
        fields: Fields<'_>,
        environment: Environment,
        bundle_id: String,
        signed_date: Timestamp,
    ) -> Result<Self, Refusal> {
        let currency: Option<String> = fields.word("currency")?;
        Ok(Self {
            environment,
            bundle_id,
            signed_date,
            transaction_id: fields.word("transactionId")?,
            original_transaction_id: fields.word("originalTransactionId")?,
            product_id: fields.word("productId")?,
            product_type: fields.word("type")?,
            group: fields.word("subscriptionGroupIdentifier")?,
            app_transaction_id: fields.word("appTransactionId")?,
            app_account_token: fields.text("appAccountToken")?.map(tag),
            purchase_date: fields.time("purchaseDate")?,
            original_purchase_date: fields.time("originalPurchaseDate")?,
            expires_date: fields.time("expiresDate")?,
            revocation_date: fields.time("revocationDate")?,
            revocation_reason: fields.coded("revocationReason")?,
            revocation_type: fields.word("revocationType")?,
            revocation_percentage: fields.number("revocationPercentage")?,
            is_upgraded: fields.flag("isUpgraded")?.unwrap_or(false),
            ownership: fields.word("inAppOwnershipType")?,
            transaction_reason: fields.word("transactionReason")?,
            offer_type: fields.coded("offerType")?,
            offer_identifier: fields.word("offerIdentifier")?,
            offer_discount: fields.word("offerDiscountType")?,
            offer_period: fields.word("offerPeriod")?,
            price: price(fields.number("price")?, currency.as_deref()),
            currency,
            storefront: fields.word("storefront")?,
            storefront_id: fields.word("storefrontId")?,
            quantity: fields.number("quantity")?,
            web_order_line_item_id: fields.word("webOrderLineItemId")?,
            billing_plan_type: fields.word("billingPlanType")?,
            device_verification: fields.word("deviceVerification")?,
            device_verification_nonce: fields.word("deviceVerificationNonce")?,
        })
    }

    /// The subscription this transaction belongs to; `None` where the payload names none.
    pub fn key(&self) -> Option<StoreKey> {
        Some(StoreKey {
            store: StoreKind::AppStore,
            environment: self.environment.clone(),
            original: self.original_transaction_id.clone()?,
        })
    }

    /// Whether the store took the purchase back, in whole or in part.
    pub fn is_revoked(&self) -> bool {
        self.revocation_date.is_some() || self.revocation_reason.is_some() || self.revocation_type.is_some()
    }
}

/// The App Store counts prices in thousandths.
pub(super) fn price(milliunits: Option<i64>, currency: Option<&str>) -> Option<Price> {
    Some(Price {
        micros: milliunits?.saturating_mul(1000),
        currency: currency?.to_owned(),
    })
}
