//! A renewal info as the App Store signs it: what will happen to a subscription when its period ends.

use super::binding::tag;
use super::check::Refusal;
use super::fields::Fields;
use super::transaction::price;
use super::words::{AutoRenewStatus, ExpirationIntent, OfferDiscount, OfferType, PriceIncreaseStatus};
use crate::id::{AccountTag, Environment, ProductId, TransactionId};
use crate::money::Price;
use crate::time::Timestamp;

/// What the store will do at the period's end. It names no app (step 16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenewalInfo {
    /// The ledger it stands in (X15).
    pub environment: Environment,
    /// When the store signed this copy.
    pub signed_date: Timestamp,
    /// The subscription it speaks of.
    pub original_transaction_id: Option<TransactionId>,
    /// The product running now.
    pub product_id: Option<ProductId>,
    /// The product of the next period: another one is a change the customer scheduled.
    pub auto_renew_product_id: Option<ProductId>,
    /// Whether there will be a next period.
    pub auto_renew_status: Option<AutoRenewStatus>,
    /// Why the subscription ended.
    pub expiration_intent: Option<ExpirationIntent>,
    /// Whether the store keeps trying to be paid.
    pub is_in_billing_retry: Option<bool>,
    /// The end of the grace period.
    pub grace_period_expires_date: Option<Timestamp>,
    /// Whether the customer agreed to a higher price.
    pub price_increase_status: Option<PriceIncreaseStatus>,
    /// When the store will charge next.
    pub renewal_date: Option<Timestamp>,
    /// What it will charge.
    pub renewal_price: Option<Price>,
    /// The start of the present run without a longer gap.
    pub recent_start_date: Option<Timestamp>,
    /// The next period's offer.
    pub offer_type: Option<OfferType>,
    /// The offer's name.
    pub offer_identifier: Option<String>,
    /// How the offer is paid.
    pub offer_discount: Option<OfferDiscount>,
    /// The store account's download of this app.
    pub app_transaction_id: Option<String>,
    /// The account it was bought for. A token that is no UUID reads as [`super::NOBODY`], never as none.
    pub app_account_token: Option<AccountTag>,
}

impl RenewalInfo {
    /// A renewal info that says only what every authentic one says.
    pub fn bare(environment: Environment, signed_date: Timestamp) -> Self {
        Self {
            environment,
            signed_date,
            original_transaction_id: None,
            product_id: None,
            auto_renew_product_id: None,
            auto_renew_status: None,
            expiration_intent: None,
            is_in_billing_retry: None,
            grace_period_expires_date: None,
            price_increase_status: None,
            renewal_date: None,
            renewal_price: None,
            recent_start_date: None,
            offer_type: None,
            offer_identifier: None,
            offer_discount: None,
            app_transaction_id: None,
            app_account_token: None,
        }
    }

    /// Whether there will be a next period; `None` where the payload does not say, or says a word nobody knows.
    pub fn will_renew(&self) -> Option<bool> {
        match self.auto_renew_status? {
            AutoRenewStatus::On => Some(true),
            AutoRenewStatus::Off => Some(false),
            AutoRenewStatus::Unknown(_) => None,
        }
    }

    pub(super) fn read(fields: Fields<'_>, environment: Environment, signed_date: Timestamp) -> Result<Self, Refusal> {
        Ok(Self {
            environment,
            signed_date,
            original_transaction_id: fields.word("originalTransactionId")?,
            product_id: fields.word("productId")?,
            auto_renew_product_id: fields.word("autoRenewProductId")?,
            auto_renew_status: fields.coded("autoRenewStatus")?,
            expiration_intent: fields.coded("expirationIntent")?,
            is_in_billing_retry: fields.flag("isInBillingRetryPeriod")?,
            grace_period_expires_date: fields.time("gracePeriodExpiresDate")?,
            price_increase_status: fields.coded("priceIncreaseStatus")?,
            renewal_date: fields.time("renewalDate")?,
            renewal_price: price(fields.number("renewalPrice")?, fields.text("currency")?),
            recent_start_date: fields.time("recentSubscriptionStartDate")?,
            offer_type: fields.coded("offerType")?,
            offer_identifier: fields.word("offerIdentifier")?,
            offer_discount: fields.word("offerDiscountType")?,
            app_transaction_id: fields.word("appTransactionId")?,
            app_account_token: fields.text("appAccountToken")?.map(tag),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renewal_nobody_can_read_is_neither_promised_nor_denied() {
        let said = |status: Option<i64>| {
            let renewal = RenewalInfo {
                auto_renew_status: status.map(AutoRenewStatus::from),
                ..RenewalInfo::bare(Environment::Production, Timestamp(0))
            };
            renewal.will_renew()
        };
        assert_eq!(
            [said(Some(1)), said(Some(0)), said(Some(2)), said(None)],
            [Some(true), Some(false), None, None]
        );
    }
}
