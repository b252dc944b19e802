//! What counts as news of a purchase (step 15).
//!
//! StoreKit signs anew on every fetch, so neither bytes nor dates tell a repetition. A revision hashes the facts alone:
//! the same purchase fetched twice keeps it, a refund and its reversal change it and change it back. Which of two
//! copies is newer is a question of dates, and only that.

use super::renewal::RenewalInfo;
use super::transaction::Transaction;
use super::words::SubscriptionStatus;
use crate::id::Revision;
use crate::planted;
use ring::digest::{Context, SHA256};
use std::cmp::Ordering;

/// The revision of a transaction: product, expiry, revocation, replacement, owner, account tag. Together with
/// environment and transaction id it tells a repetition from news.
pub fn revision(transaction: &Transaction) -> Revision {
    let mut facts = Facts::of("transaction");
    facts.text(transaction.product_id.as_ref().map(|id| id.as_str()));
    facts.number(transaction.expires_date.map(|date| date.0));
    facts.number(transaction.revocation_date.map(|date| date.0));
    facts.number(transaction.revocation_reason.map(|reason| reason.code()));
    facts.text(transaction.revocation_type.as_ref().map(|kind| kind.as_str()));
    facts.number(transaction.revocation_percentage);
    facts.number(Some(i64::from(transaction.is_upgraded)));
    if planted::is("revision_by_bytes") {
        facts.number(Some(transaction.signed_date.0));
    }
    facts.text(transaction.ownership.as_ref().map(|owner| owner.as_str()));
    facts.bytes(
        transaction
            .app_account_token
            .as_ref()
            .map(|tag| tag.0.as_bytes().as_slice()),
    );
    facts.revision()
}

/// The revision of a renewal info and the status beside it: switching renewal off shows only here.
pub fn renewal_revision(status: Option<SubscriptionStatus>, renewal: &RenewalInfo) -> Revision {
    let mut facts = Facts::of("renewal");
    facts.number(status.map(SubscriptionStatus::code));
    facts.number(renewal.auto_renew_status.map(|status| status.code()));
    facts.text(renewal.auto_renew_product_id.as_ref().map(|id| id.as_str()));
    facts.number(renewal.expiration_intent.map(|intent| intent.code()));
    facts.number(Some(i64::from(renewal.is_in_billing_retry == Some(true))));
    facts.number(renewal.grace_period_expires_date.map(|date| date.0));
    facts.number(renewal.price_increase_status.map(|status| status.code()));
    facts.number(renewal.renewal_date.map(|date| date.0));
    facts.revision()
}

/// Orders news: by purchase, then by signing. The greatest is the newest, also where a revocation has disappeared.
pub fn order(one: &Transaction, other: &Transaction) -> Ordering {
    (one.purchase_date, one.signed_date).cmp(&(other.purchase_date, other.signed_date))
}

/// The newest of some transactions of one subscription.
pub fn newest<'t>(transactions: impl IntoIterator<Item = &'t Transaction>) -> Option<&'t Transaction> {
    transactions.into_iter().max_by(|one, other| order(one, other))
}

/// Hashes facts so that no two lists of facts read the same: each is marked absent, or carries its length.
pub(super) struct Facts(Context);

impl Facts {
    pub(super) fn of(kind: &str) -> Self {
        let mut facts = Self(Context::new(&SHA256));
        facts.text(Some("tapo-care revision 1"));
        facts.text(Some(kind));
        facts
    }

    pub(super) fn bytes(&mut self, fact: Option<&[u8]>) {
        let Some(fact) = fact else { return self.0.update(&[0]) };
        self.0.update(&[1]);
        self.0.update(&(fact.len() as u64).to_be_bytes());
        self.0.update(fact);
    }

    pub(super) fn text(&mut self, fact: Option<&str>) {
        self.bytes(fact.map(str::as_bytes));
    }

    pub(super) fn number(&mut self, fact: Option<i64>) {
        self.bytes(fact.map(i64::to_be_bytes).as_ref().map(|bytes| bytes.as_slice()));
    }

    pub(super) fn revision(self) -> Revision {
        Revision(hex::encode(self.0.finish()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Environment;
    use crate::receipt::{AutoRenewStatus, Ownership, RevocationReason, RevocationType};
    use crate::time::Timestamp;

    fn bought() -> Transaction {
        Transaction {
            transaction_id: Some("2".into()),
            product_id: Some("care.plus".into()),
            purchase_date: Some(Timestamp(10)),
            expires_date: Some(Timestamp(20)),
            ownership: Some(Ownership::Purchased),
            ..Transaction::bare(Environment::Production, "app", Timestamp(11))
        }
    }

    #[test]
    fn the_same_purchase_signed_anew_is_no_news() {
        let again = Transaction {
            signed_date: Timestamp(99),
            storefront: Some("USA".into()),
            ..bought()
        };
        assert_eq!(revision(&again), revision(&bought()));
    }

    #[test]
    fn every_fact_is_news() {
        let news = [
            bought(),
            Transaction {
                product_id: Some("care.premium".into()),
                ..bought()
            },
            Transaction {
                product_id: None,
                ..bought()
            },
            Transaction {
                expires_date: Some(Timestamp(21)),
                ..bought()
            },
            Transaction {
                revocation_date: Some(Timestamp(20)),
                ..bought()
            },
            Transaction {
                revocation_reason: Some(RevocationReason::Other),
                ..bought()
            },
            Transaction {
                revocation_type: Some(RevocationType::RefundFull),
                ..bought()
            },
            Transaction {
                revocation_percentage: Some(50_000),
                ..bought()
            },
            Transaction {
                is_upgraded: true,
                ..bought()
            },
            Transaction {
                ownership: Some(Ownership::FamilyShared),
                ..bought()
            },
            Transaction {
                app_account_token: Some(crate::receipt::NOBODY),
                ..bought()
            },
        ];
        let mut revisions: Vec<_> = news.iter().map(revision).collect();
        revisions.sort();
        revisions.dedup();
        assert_eq!(revisions.len(), news.len());
    }

    #[test]
    fn switching_renewal_off_is_news_of_the_renewal_alone() {
        let on = RenewalInfo {
            auto_renew_status: Some(AutoRenewStatus::On),
            ..RenewalInfo::bare(Environment::Production, Timestamp(1))
        };
        let off = RenewalInfo {
            auto_renew_status: Some(AutoRenewStatus::Off),
            ..on.clone()
        };
        let status = Some(SubscriptionStatus::Active);
        assert_ne!(renewal_revision(status, &on), renewal_revision(status, &off));
        assert_ne!(
            renewal_revision(status, &on),
            renewal_revision(Some(SubscriptionStatus::Expired), &on)
        );
        let again = RenewalInfo {
            signed_date: Timestamp(2),
            ..on.clone()
        };
        assert_eq!(renewal_revision(status, &on), renewal_revision(status, &again));
    }

    #[test]
    fn the_newest_purchase_wins_and_of_one_purchase_the_newest_copy() {
        let refunded = Transaction {
            revocation_date: Some(Timestamp(12)),
            signed_date: Timestamp(12),
            ..bought()
        };
        let reversed = Transaction {
            signed_date: Timestamp(13),
            ..bought()
        };
        assert_eq!(newest([&refunded, &reversed, &bought()]), Some(&reversed));
        let next_month = Transaction {
            purchase_date: Some(Timestamp(20)),
            signed_date: Timestamp(9),
            ..bought()
        };
        assert_eq!(newest([&next_month, &refunded]), Some(&next_month));
        assert_eq!(newest([]), None);
    }
}
