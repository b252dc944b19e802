//! What a transaction allows now (step 14). Pure, and only a word: cover comes from the cloud's signed answer.
//!
//! Revoked beats superseded beats grace beats billing retry beats expiry, asked of the *newest* transaction: a refund
//! of last month does not end this month. Unknown never grants.

use super::renewal::RenewalInfo;
use super::transaction::Transaction;
use super::words::Ownership;
use crate::time::TrustedTime;

/// Whether a transaction allows anything now, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Whether it does.
    pub granted: bool,
    /// Why.
    pub reason: AccessReason,
}

/// Why access is granted or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccessReason {
    /// Granted: the paid period runs.
    Active,
    /// Granted: Play says it was paid; until when, only the cloud knows.
    Purchased,
    /// Granted: the period is over, the store is still trying to be paid and lets the customer go on.
    Grace,
    /// None: the store gave the money back or took the purchase away.
    Revoked,
    /// None: another product of the group replaced it.
    Upgraded,
    /// None: somebody else of the family paid.
    FamilyShared,
    /// None: the payload names an owner this build does not know.
    UnknownOwnership,
    /// None: the payload lacks an id, the owner or the end.
    Incomplete,
    /// None: nobody can say what time it is.
    TimeUnknown,
    /// None: the period is over and the store is still trying to be paid.
    BillingRetry,
    /// None: the period is over.
    Expired,
    /// None: it waits for a payment.
    Pending,
    /// None: the payload names a state this build does not know.
    UnknownState,
}

impl AccessReason {
    /// The reason's stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Grace => "grace",
            Self::Revoked => "revoked",
            Self::Upgraded => "upgraded",
            Self::FamilyShared => "family_shared",
            Self::UnknownOwnership => "unknown_ownership",
            Self::Incomplete => "incomplete",
            Self::TimeUnknown => "time_unknown",
            Self::BillingRetry => "billing_retry",
            Self::Expired => "expired",
            Self::Purchased => "purchased",
            Self::Pending => "pending",
            Self::UnknownState => "unknown_state",
        }
    }
}

impl Access {
    pub(super) fn because(reason: AccessReason) -> Self {
        use AccessReason::{Active, Grace, Purchased};
        Self {
            granted: matches!(reason, Active | Purchased | Grace),
            reason,
        }
    }
}

/// What `transaction` allows at `now`. A `renewal` of another subscription is passed over.
pub fn access(transaction: &Transaction, renewal: Option<&RenewalInfo>, now: Option<TrustedTime>) -> Access {
    Access::because(reason(transaction, renewal, now))
}

fn reason(transaction: &Transaction, renewal: Option<&RenewalInfo>, now: Option<TrustedTime>) -> AccessReason {
    if transaction.is_revoked() {
        return AccessReason::Revoked;
    }
    if transaction.is_upgraded {
        return AccessReason::Upgraded;
    }
    match &transaction.ownership {
        Some(Ownership::Purchased) => {}
        Some(Ownership::FamilyShared) => return AccessReason::FamilyShared,
        Some(Ownership::Unknown(_)) => return AccessReason::UnknownOwnership,
        None => return AccessReason::Incomplete,
    }
    let named = transaction.transaction_id.is_some()
        && transaction.original_transaction_id.is_some()
        && transaction.product_id.is_some();
    let (true, Some(expires)) = (named, transaction.expires_date) else {
        return AccessReason::Incomplete;
    };
    let Some(now) = now.map(TrustedTime::timestamp) else {
        return AccessReason::TimeUnknown;
    };
    if now < expires {
        return AccessReason::Active;
    }
    let renewal = renewal.filter(|renewal| {
        renewal.environment == transaction.environment
            && renewal.original_transaction_id == transaction.original_transaction_id
    });
    if renewal
        .and_then(|renewal| renewal.grace_period_expires_date)
        .is_some_and(|end| now < end)
    {
        return AccessReason::Grace;
    }
    if renewal.and_then(|renewal| renewal.is_in_billing_retry) == Some(true) {
        return AccessReason::BillingRetry;
    }
    AccessReason::Expired
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Environment;
    use crate::time::Timestamp;

    const END: i64 = 1_000_000;

    fn paid() -> Transaction {
        Transaction {
            transaction_id: Some("2".into()),
            original_transaction_id: Some("1".into()),
            product_id: Some("care.plus".into()),
            expires_date: Some(Timestamp(END)),
            ownership: Some(Ownership::Purchased),
            ..Transaction::bare(Environment::Production, "app", Timestamp(0))
        }
    }

    fn unpaid(grace: Option<i64>) -> RenewalInfo {
        RenewalInfo {
            original_transaction_id: Some("1".into()),
            is_in_billing_retry: Some(true),
            grace_period_expires_date: grace.map(Timestamp),
            ..RenewalInfo::bare(Environment::Production, Timestamp(0))
        }
    }

    fn at(ms: i64) -> Option<TrustedTime> {
        Some(TrustedTime::vouched(Timestamp(ms)))
    }

    #[test]
    fn a_paid_period_gives_access_until_its_last_millisecond() {
        assert_eq!(
            access(&paid(), None, at(END - 1)),
            Access {
                granted: true,
                reason: AccessReason::Active
            }
        );
        assert_eq!(
            access(&paid(), None, at(END)),
            Access {
                granted: false,
                reason: AccessReason::Expired
            }
        );
    }

    #[test]
    fn a_refund_beats_everything_else() {
        let refunded = Transaction {
            revocation_date: Some(Timestamp(5)),
            is_upgraded: true,
            ..paid()
        };
        assert_eq!(
            access(&refunded, Some(&unpaid(Some(END * 2))), at(1)).reason,
            AccessReason::Revoked
        );
        assert_eq!(access(&refunded, None, None).reason, AccessReason::Revoked);
    }

    #[test]
    fn a_replaced_plan_gives_nothing_even_while_it_is_paid() {
        let replaced = Transaction {
            is_upgraded: true,
            ..paid()
        };
        assert_eq!(
            access(&replaced, None, at(1)),
            Access {
                granted: false,
                reason: AccessReason::Upgraded
            }
        );
    }

    #[test]
    fn a_family_members_purchase_gives_nothing() {
        let shared = Transaction {
            ownership: Some(Ownership::FamilyShared),
            ..paid()
        };
        assert_eq!(
            access(&shared, None, at(1)),
            Access {
                granted: false,
                reason: AccessReason::FamilyShared
            }
        );
        let odd = Transaction {
            ownership: Some(Ownership::from("BORROWED")),
            ..paid()
        };
        assert_eq!(
            access(&odd, None, at(1)),
            Access {
                granted: false,
                reason: AccessReason::UnknownOwnership
            }
        );
    }

    #[test]
    fn grace_gives_access_after_the_end_and_billing_retry_does_not() {
        let graced = unpaid(Some(END + 10));
        assert_eq!(
            access(&paid(), Some(&graced), at(END + 9)),
            Access {
                granted: true,
                reason: AccessReason::Grace
            }
        );
        assert_eq!(
            access(&paid(), Some(&graced), at(END + 10)).reason,
            AccessReason::BillingRetry
        );
        assert_eq!(
            access(&paid(), Some(&unpaid(None)), at(END)).reason,
            AccessReason::BillingRetry
        );
    }

    #[test]
    fn another_subscriptions_grace_is_passed_over() {
        let other = RenewalInfo {
            original_transaction_id: Some("9".into()),
            ..unpaid(Some(END * 2))
        };
        assert_eq!(access(&paid(), Some(&other), at(END)).reason, AccessReason::Expired);
        let sandbox = RenewalInfo {
            environment: Environment::Sandbox,
            ..unpaid(Some(END * 2))
        };
        assert_eq!(access(&paid(), Some(&sandbox), at(END)).reason, AccessReason::Expired);
    }

    #[test]
    fn without_ids_or_time_there_is_no_access() {
        let bare = Transaction::bare(Environment::Production, "app", Timestamp(0));
        assert_eq!(access(&bare, None, at(1)).reason, AccessReason::Incomplete);
        for without in [
            Transaction {
                transaction_id: None,
                ..paid()
            },
            Transaction {
                original_transaction_id: None,
                ..paid()
            },
            Transaction {
                product_id: None,
                ..paid()
            },
            Transaction {
                expires_date: None,
                ..paid()
            },
            Transaction {
                ownership: None,
                ..paid()
            },
        ] {
            assert_eq!(
                access(&without, None, at(1)),
                Access {
                    granted: false,
                    reason: AccessReason::Incomplete
                }
            );
        }
        assert_eq!(
            access(&paid(), None, None),
            Access {
                granted: false,
                reason: AccessReason::TimeUnknown
            }
        );
    }
}
