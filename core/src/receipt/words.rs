//! The App Store's enumerations. A value nobody here knew is kept as it came (step 10): it never crashes, never grants.

/// Words written as text.
macro_rules! text_words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$word_doc])* $word,)+
            /// A word this build does not know.
            Unknown(String),
        }

        impl $name {
            /// The word as the store writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$word => $text,)+
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$word,)+
                    _ => Self::Unknown(text.to_owned()),
                }
            }
        }
    )+};
}

/// Words written as numbers.
macro_rules! number_words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $number:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$word_doc])* $word,)+
            /// A number this build does not know.
            Unknown(i64),
        }

        impl $name {
            /// The number as the store writes it.
            pub fn code(self) -> i64 {
                match self {
                    $(Self::$word => $number,)+
                    Self::Unknown(number) => number,
                }
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$word,)+
                    _ => Self::Unknown(number),
                }
            }
        }
    )+};
}

pub(super) use number_words;

text_words! {
    /// Who paid.
    Ownership {
        /// The store account itself.
        Purchased = "PURCHASED",
        /// Somebody of its family: authentic, and grants nothing here.
        FamilyShared = "FAMILY_SHARED",
    }
    /// What kind of product.
    ProductType {
        /// A subscription that renews.
        AutoRenewable = "Auto-Renewable Subscription",
        /// A subscription that ends.
        NonRenewing = "Non-Renewing Subscription",
        /// Bought once, kept.
        NonConsumable = "Non-Consumable",
        /// Bought and used up.
        Consumable = "Consumable",
    }
    /// Why a transaction came about.
    TransactionReason {
        /// The customer bought.
        Purchase = "PURCHASE",
        /// The store renewed.
        Renewal = "RENEWAL",
    }
    /// How an offer is paid.
    OfferDiscount {
        /// Free for a while.
        FreeTrial = "FREE_TRIAL",
        /// Less for each of some periods.
        PayAsYouGo = "PAY_AS_YOU_GO",
        /// Once, for some periods.
        PayUpFront = "PAY_UP_FRONT",
    }
    /// How a purchase was taken back.
    RevocationType {
        /// The whole price.
        RefundFull = "REFUND_FULL",
        /// A part of the price.
        RefundProrated = "REFUND_PRORATED",
        /// The family no longer shares it.
        FamilyRevoke = "FAMILY_REVOKE",
    }
}

number_words! {
    /// Which kind of offer a period was bought with.
    OfferType {
        /// For new customers.
        Introductory = 1,
        /// For those who have or had the subscription.
        Promotional = 2,
        /// By code.
        Code = 3,
        /// For those who left.
        WinBack = 4,
    }
    /// Why money was given back.
    RevocationReason {
        /// Another reason, such as a mistake.
        Other = 0,
        /// Something about the app.
        AppIssue = 1,
    }
    /// Whether the store will renew.
    AutoRenewStatus {
        /// Switched off: it ends with the paid period.
        Off = 0,
        /// It renews.
        On = 1,
    }
    /// Why a subscription ended.
    ExpirationIntent {
        /// The customer ended it.
        Cancelled = 1,
        /// The payment failed.
        Billing = 2,
        /// The customer refused a higher price.
        Price = 3,
        /// The product was gone.
        Unavailable = 4,
        /// Another reason.
        Other = 5,
    }
    /// Whether the customer agreed to a higher price.
    PriceIncreaseStatus {
        /// Not answered yet.
        Pending = 0,
        /// Agreed, or agreement is not needed.
        Agreed = 1,
    }
    /// A subscription's status, as notifications and the statuses endpoint say it.
    SubscriptionStatus {
        /// Paid and running.
        Active = 1,
        /// Over.
        Expired = 2,
        /// The store keeps trying to be paid; no access.
        BillingRetry = 3,
        /// The store keeps trying to be paid; access goes on.
        Grace = 4,
        /// Taken back.
        Revoked = 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_is_kept_as_it_came() {
        assert_eq!(Ownership::from("PURCHASED"), Ownership::Purchased);
        assert_eq!(Ownership::from("purchased").as_str(), "purchased");
        assert_eq!(OfferType::from(9).code(), 9);
        assert_eq!(OfferType::from(4), OfferType::WinBack);
    }
}
