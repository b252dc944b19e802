//! What a shell provides: the store, a vault, the session, a clock and a log; and the errors it may answer with.
//!
//! The errors are declared here and not taken from core because an exception that is none of them has to become one, and
//! `From<UnexpectedUniFFICallbackError>` can be implemented only for a type of this crate.

use async_trait::async_trait;
use std::sync::Arc;
use tapo_care::id::{AccountId, ProductId, TransactionId};
use tapo_care::ports::{LogLine, Order, RefundSheet, SheetResult, StoreProduct, StoreTransaction, Storefront};
use tapo_care::time::ClockReading;
use thiserror::Error;
use uniffi::UnexpectedUniFFICallbackError;

/// What a store failure is called whose exception was none of [`StoreError`].
const SHELL_THREW: &str = "shell_threw";

/// All ports together.
#[derive(Clone, uniffi::Record)]
pub struct Ports {
    /// The store on this phone.
    pub store: Arc<dyn Store>,
    /// The small durable place.
    pub vault: Arc<dyn Vault>,
    /// Tokens.
    pub session: Arc<dyn Session>,
    /// Clocks.
    pub clock: Arc<dyn Clock>,
    /// Log lines.
    pub log: Arc<dyn Log>,
}

/// The store on this phone: StoreKit 2 or Play Billing behind a few calls. The shell shows the sheet and decides nothing.
#[uniffi::export(foreign)]
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// The storefront the user buys in.
    ///
    /// # Errors
    /// The store cannot be reached now.
    async fn storefront(&self) -> Result<Storefront, StoreError>;

    /// The store's own words and prices for these products; unknown ones are left out.
    ///
    /// # Errors
    /// The store cannot be reached now.
    async fn products(&self, ids: Vec<ProductId>) -> Result<Vec<StoreProduct>, StoreError>;

    /// Opens the payment sheet and returns when the user has left it. The one call without a deadline, and the one the
    /// core never repeats by itself.
    ///
    /// # Errors
    /// The sheet could not be shown, or the store says it failed. Money is not known to be safe until a sweep says so.
    async fn buy(&self, order: Order) -> Result<SheetResult, StoreError>;

    /// Every transaction not yet finished: the backstop for anything lost. On Play every purchase not acknowledged yet,
    /// pending ones too.
    ///
    /// # Errors
    /// The store cannot be reached now.
    async fn unfinished(&self) -> Result<Vec<StoreTransaction>, StoreError>;

    /// The newest transaction of each subscription of the store account, finished or not, in billing retry too. On Play
    /// every purchase the query lists, suspended ones too.
    ///
    /// # Errors
    /// The store cannot be reached now.
    async fn owned(&self) -> Result<Vec<StoreTransaction>, StoreError>;

    /// Finishes a transaction, on Play acknowledges the purchase; an unknown id, or one that is done or over, is no error.
    ///
    /// # Errors
    /// The store cannot be reached now; the core asks again.
    async fn finish(&self, id: TransactionId) -> Result<(), StoreError>;

    /// Opens the App Store's sheet for asking the money of that transaction back (X16), and returns when the user has left
    /// it. Apple decides later. Without a deadline, as [`Store::buy`]. Never called on Play, where the cloud gives back.
    ///
    /// # Errors
    /// The sheet could not be shown.
    async fn request_refund(&self, id: TransactionId) -> Result<RefundSheet, StoreError>;
}

/// Why the store could not do it.
#[derive(Debug, Clone, PartialEq, Eq, Error, uniffi::Error)]
pub enum StoreError {
    /// Not reachable now; asking again may help.
    #[error("the store cannot be reached")]
    Unavailable,
    /// The store says no.
    #[error("the store failed: {code}")]
    Failed {
        /// The store's own code.
        code: String,
    },
}

impl From<UnexpectedUniFFICallbackError> for StoreError {
    // What was thrown may quote anything, a token too: it goes no further.
    fn from(_: UnexpectedUniFFICallbackError) -> Self {
        Self::Failed {
            code: SHELL_THREW.to_owned(),
        }
    }
}

/// A small place that survives reinstalling the databases: Keychain, Keystore. Called from the core's disk thread.
#[uniffi::export(foreign)]
pub trait Vault: Send + Sync + 'static {
    /// The value under `key`, or `None` where there is none.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`] before the first unlock: wait, delete nothing.
    fn read(&self, key: String) -> Result<Option<String>, VaultError>;

    /// Writes durably.
    ///
    /// # Errors
    /// As [`Vault::read`].
    fn write(&self, key: String, value: String) -> Result<(), VaultError>;
}

/// Why the vault gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error, uniffi::Error)]
pub enum VaultError {
    /// Locked now; it will open later.
    #[error("the vault is locked")]
    Unavailable,
    /// It cannot be read or written.
    #[error("the vault failed: {code}")]
    Failed {
        /// The platform's own code.
        code: String,
    },
}

impl From<UnexpectedUniFFICallbackError> for VaultError {
    fn from(_: UnexpectedUniFFICallbackError) -> Self {
        Self::Failed {
            code: SHELL_THREW.to_owned(),
        }
    }
}

/// Who speaks for a TP-Link ID. Tokens pass through and are never stored or logged.
#[uniffi::export(foreign)]
#[async_trait]
pub trait Session: Send + Sync + 'static {
    /// A bearer token for `account`; a new one where `fresh`, because the last was refused.
    ///
    /// # Errors
    /// See [`SessionError`].
    async fn token(&self, account: AccountId, fresh: bool) -> Result<String, SessionError>;
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, Error, uniffi::Error)]
pub enum SessionError {
    /// The user has to sign in again.
    #[error("the user has to sign in")]
    SignInNeeded,
    /// Not reachable now.
    #[error("the session service cannot be reached")]
    Unavailable,
}

impl From<UnexpectedUniFFICallbackError> for SessionError {
    fn from(_: UnexpectedUniFFICallbackError) -> Self {
        Self::Unavailable
    }
}

/// The phone's clocks, read in one go. Called often; must not block for long.
#[uniffi::export(foreign)]
pub trait Clock: Send + Sync + 'static {
    /// All clocks in one instant.
    ///
    /// # Errors
    /// Where it throws the time is unknown: nothing is covered by it, and nothing expires.
    fn read(&self) -> Result<ClockReading, PortError>;
}

/// Where the core says what it does. No token, receipt, tag or e-mail ever enters a line.
#[uniffi::export(foreign)]
pub trait Log: Send + Sync + 'static {
    /// Takes one line. Called from a thread of its own, one line at a time: a log that is slow holds up nobody, and where it is
    /// slower than the core, lines are dropped and the line `log.dropped` says how many.
    ///
    /// # Errors
    /// Where it throws the line is lost, and nothing else.
    fn line(&self, line: LogLine) -> Result<(), PortError>;
}

/// A clock or a log failed. Neither has to: this is what an exception becomes.
#[derive(Debug, Clone, PartialEq, Eq, Error, uniffi::Error)]
pub enum PortError {
    /// It threw.
    #[error("the shell threw")]
    Threw,
}

impl From<UnexpectedUniFFICallbackError> for PortError {
    fn from(_: UnexpectedUniFFICallbackError) -> Self {
        Self::Threw
    }
}
