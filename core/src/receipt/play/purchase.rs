//! A purchase as Google Play signs it, what it says of itself, and what counts as news of it (P4 to P8).

use crate::id::{AccountTag, Environment, IntentId, ProductId, StoreKey, StoreKind, TransactionId};
use crate::receipt::access::{Access, AccessReason};
use crate::receipt::binding::tag;
use crate::receipt::check::Refusal;
use crate::receipt::fields::Fields;
use crate::receipt::revision::Facts;
use crate::receipt::words::number_words;
use crate::time::Timestamp;

number_words! {
    /// Whether it was paid, as Play signs it: its raw numbers, which are not those of the billing library.
    PurchaseState {
        /// Paid.
        Purchased = 0,
        /// Waiting for a payment; nothing was charged.
        Pending = 4,
    }
}

/// One purchase of a subscription. Only the package is certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayPurchase {
    /// The app it was bought in.
    pub package: String,
    /// Its key: every new purchase has one, and renewals keep it.
    pub token: Option<TransactionId>,
    /// What was bought: `productIds`, or `productId` of older versions.
    pub products: Vec<ProductId>,
    /// Whether it was paid; `None` grants nothing.
    pub state: Option<PurchaseState>,
    /// The order; absent while pending.
    pub order: Option<String>,
    /// When it was bought.
    pub purchased_at: Option<Timestamp>,
    /// How many.
    pub quantity: Option<i64>,
    /// Whether Play was told that it was granted. `None` is unknown, never yes.
    pub acknowledged: Option<bool>,
    /// Whether it renews.
    pub auto_renewing: Option<bool>,
    /// `obfuscatedAccountId`, the account it was bought for. What is no UUID reads as [`crate::receipt::NOBODY`].
    pub tag: Option<AccountTag>,
    /// `obfuscatedProfileId`, the wish it was bought with.
    pub intent: Option<IntentId>,
    /// A change of this purchase that waits for a payment.
    pub pending_update: Option<PendingUpdate>,
}

/// A change of plan that is not paid yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingUpdate {
    /// The token it will have.
    pub token: Option<TransactionId>,
    /// What it changes to.
    pub products: Vec<ProductId>,
}

impl PlayPurchase {
    /// A purchase that says only what every authentic one says.
    pub fn bare(package: impl Into<String>) -> Self {
        Self {
            package: package.into(),
            token: None,
            products: Vec::new(),
            state: None,
            order: None,
            purchased_at: None,
            quantity: None,
            acknowledged: None,
            auto_renewing: None,
            tag: None,
            intent: None,
            pending_update: None,
        }
    }

    pub(super) fn read(fields: Fields<'_>, package: &str) -> Result<Self, Refusal> {
        let pending_update = match fields.object("pendingPurchaseUpdate")? {
            None => None,
            Some(update) => Some(PendingUpdate {
                token: update.word("purchaseToken")?,
                products: products(update)?,
            }),
        };
        Ok(Self {
            package: package.to_owned(),
            token: fields.word("purchaseToken")?,
            products: products(fields)?,
            state: fields.integer("purchaseState")?.map(PurchaseState::from),
            order: fields.word("orderId")?,
            purchased_at: fields.time("purchaseTime")?,
            quantity: fields.number("quantity")?,
            acknowledged: fields.flag("acknowledged")?,
            auto_renewing: fields.flag("autoRenewing")?,
            tag: fields.text("obfuscatedAccountId")?.map(tag),
            intent: fields.word("obfuscatedProfileId")?,
            pending_update,
        })
    }

    /// The purchase's key; `None` where the JSON names no token. Play's JSON does not tell a tester's purchase from a
    /// customer's: the cloud, which asks Play, keeps the two apart (X15).
    pub fn key(&self) -> Option<StoreKey> {
        Some(StoreKey {
            store: StoreKind::Play,
            environment: Environment::Production,
            original: self.token.clone()?,
        })
    }
}

/// New versions write `productIds`, older ones `productId`; where both stand there the list counts, as in Play's library.
fn products(fields: Fields<'_>) -> Result<Vec<ProductId>, Refusal> {
    let many = fields.texts("productIds")?;
    let one = fields.text("productId")?;
    Ok(match (many, one) {
        (Some(many), _) => many.into_iter().map(ProductId::from).collect(),
        (None, Some(one)) => vec![ProductId::from(one)],
        (None, None) => Vec::new(),
    })
}

/// What a purchase says of itself as of the query that showed it; the JSON has no end.
pub fn play_access(purchase: &PlayPurchase) -> Access {
    let named = purchase.token.is_some() && !purchase.products.is_empty();
    Access::because(match purchase.state {
        Some(PurchaseState::Purchased) if named => AccessReason::Purchased,
        Some(PurchaseState::Purchased) | None => AccessReason::Incomplete,
        Some(PurchaseState::Pending) => AccessReason::Pending,
        Some(PurchaseState::Unknown(_)) => AccessReason::UnknownState,
    })
}

/// The revision of a purchase: products, state, order, time, tag and a pending change. Being acknowledged and renewing
/// are no news: the first is our own doing, and the second the cloud's to know.
pub fn play_revision(purchase: &PlayPurchase) -> crate::id::Revision {
    let mut facts = Facts::of("play purchase");
    list(&mut facts, &purchase.products);
    facts.number(purchase.state.map(PurchaseState::code));
    facts.text(purchase.order.as_deref());
    facts.number(purchase.purchased_at.map(|time| time.0));
    facts.bytes(purchase.tag.as_ref().map(|tag| tag.0.as_bytes().as_slice()));
    facts.number(purchase.pending_update.as_ref().map(|_| 1));
    if let Some(update) = &purchase.pending_update {
        facts.text(update.token.as_ref().map(|token| token.as_str()));
        list(&mut facts, &update.products);
    }
    facts.revision()
}

fn list(facts: &mut Facts, products: &[ProductId]) {
    facts.number(i64::try_from(products.len()).ok());
    for product in products {
        facts.text(Some(product.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::receipt::NOBODY;

    fn bought() -> PlayPurchase {
        PlayPurchase {
            token: Some("token-1".into()),
            products: vec!["care.plus".into()],
            state: Some(PurchaseState::Purchased),
            order: Some("GPA.1".into()),
            purchased_at: Some(Timestamp(10)),
            ..PlayPurchase::bare("app")
        }
    }

    #[test]
    fn only_a_purchase_that_says_it_is_paid_grants() {
        let reason = |state: Option<i64>| {
            let access = play_access(&PlayPurchase {
                state: state.map(PurchaseState::from),
                ..bought()
            });
            assert_eq!(access.granted, state == Some(0));
            access.reason
        };
        assert_eq!(reason(Some(0)), AccessReason::Purchased);
        assert_eq!(reason(Some(4)), AccessReason::Pending);
        assert_eq!(reason(None), AccessReason::Incomplete);
        for raw in [1, 2, 3, 5, -1, i64::MAX] {
            assert_eq!(reason(Some(raw)), AccessReason::UnknownState, "{raw}");
        }
        let nameless = PlayPurchase {
            token: None,
            ..bought()
        };
        assert_eq!(play_access(&nameless).reason, AccessReason::Incomplete);
    }

    #[test]
    fn every_fact_is_news_and_acknowledging_is_none() {
        let update = |token: Option<&str>, products: &[&str]| PlayPurchase {
            pending_update: Some(PendingUpdate {
                token: token.map(TransactionId::from),
                products: products.iter().map(|id| ProductId::from(*id)).collect(),
            }),
            ..bought()
        };
        let news = [
            bought(),
            PlayPurchase {
                products: vec!["care.premium".into()],
                ..bought()
            },
            PlayPurchase {
                products: vec!["care.plus".into(), "care.premium".into()],
                ..bought()
            },
            PlayPurchase {
                state: Some(PurchaseState::Pending),
                ..bought()
            },
            PlayPurchase {
                state: None,
                ..bought()
            },
            PlayPurchase {
                order: None,
                ..bought()
            },
            PlayPurchase {
                purchased_at: Some(Timestamp(11)),
                ..bought()
            },
            PlayPurchase {
                tag: Some(NOBODY),
                ..bought()
            },
            update(None, &[]),
            update(Some("token-2"), &[]),
            update(Some("token-2"), &["care.premium"]),
        ];
        let mut revisions: Vec<_> = news.iter().map(play_revision).collect();
        revisions.sort();
        revisions.dedup();
        assert_eq!(revisions.len(), news.len());
        let told = PlayPurchase {
            acknowledged: Some(true),
            auto_renewing: Some(false),
            ..bought()
        };
        assert_eq!(play_revision(&told), play_revision(&bought()));
    }
}
