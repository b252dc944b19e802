//! Identifiers, each a type of its own so that one can never stand where another belongs.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! identifier {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl $name {
            /// The identifier's text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    )+};
}

identifier! {
    /// A TP-Link ID's account, as the cloud names it.
    AccountId,
    /// A camera bound to an account.
    CameraId,
    /// A subscription in the cloud's account state.
    SubscriptionId,
    /// A plan of the catalogue.
    PlanId,
    /// A product as a store names it.
    ProductId,
    /// The cloud's promise to hold the in-app slot while a sheet is open.
    ReservationId,
    /// One wish to buy, from the tap to its outcome. A UUID; on Play it travels with the purchase.
    IntentId,
    /// One installation of the app on one device. A UUID.
    InstallationId,
    /// A transaction as its store numbers it.
    TransactionId,
    /// The hash of a transaction's facts: the same purchase signed anew keeps it, any news changes it.
    Revision,
}

macro_rules! printed {
    ($($name:ident),+ $(,)?) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }
    )+};
}

printed!(
    CameraId,
    SubscriptionId,
    PlanId,
    ProductId,
    ReservationId,
    IntentId,
    InstallationId,
    Revision
);

impl fmt::Debug for AccountId {
    /// Says nothing: whose it is is nobody's business, and what a cloud calls an account may be an e-mail.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccountId(…)")
    }
}

impl fmt::Debug for TransactionId {
    /// Of a purchase token only what a log may hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TransactionId").field(&self.logged()).finish()
    }
}

impl TransactionId {
    /// What a log may say of it. Whoever knows a purchase token may ask Play about it, so only its beginning is told.
    pub fn logged(&self) -> &str {
        const TOLD: usize = 8;
        let number = self.0.bytes().all(|byte| byte.is_ascii_digit());
        let end = self.0.char_indices().nth(TOLD).map(|(end, _)| end);
        match end.filter(|_| !number) {
            Some(end) => self.0.get(..end).unwrap_or_default(),
            None => &self.0,
        }
    }
}

/// The account's one stable tag (appAccountToken, obfuscatedAccountId). Compared as a value: letter case is nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountTag(pub uuid::Uuid);

impl fmt::Debug for AccountTag {
    /// Says nothing: it ties a receipt to a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccountTag(…)")
    }
}

impl fmt::Display for AccountTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which store took the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// Apple's App Store.
    AppStore,
    /// Google Play.
    Play,
}

/// A store's ledger. It is part of every key: what Sandbox says never touches Production (X15).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Real money.
    Production,
    /// The store's test ledger: App Review, TestFlight, testers.
    Sandbox,
}

/// What one subscription is called at its store: the key of every purchase.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StoreKey {
    /// The store.
    pub store: StoreKind,
    /// Its ledger.
    pub environment: Environment,
    /// The original transaction id; on Play the purchase token.
    pub original: TransactionId,
}
