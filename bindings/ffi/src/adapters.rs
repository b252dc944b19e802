//! The shell's ports as core's. Deadlines are core's; here an error changes its type, and a clock that throws becomes a
//! clock that says nothing.

use crate::ports::{Clock, Log, Ports, Session, SessionError, Store, StoreError, Vault, VaultError};
use async_trait::async_trait;
use std::sync::Arc;
use tapo_care::id::{AccountId, ProductId, TransactionId};
use tapo_care::ports as core;
use tapo_care::ports::{
    LogLine, Order, QueuedLog, RefundSheet, SheetResult, StoreProduct, StoreTransaction, Storefront,
};
use tapo_care::seams::{Entropy, SystemEntropy};
use tapo_care::time::{ClockReading, Timestamp};

impl Ports {
    pub(crate) fn into_core(self) -> core::Ports {
        core::Ports {
            store: Arc::new(Adapted(self.store)),
            vault: vault(self.vault),
            session: Arc::new(Adapted(self.session)),
            clock: clock(self.clock),
            // A log in another language may be slow, or never return: the core waits for none.
            log: Arc::new(QueuedLog::new(Arc::new(Adapted(self.log)))),
        }
    }
}

/// The shell's vault as core's.
pub(crate) fn vault(vault: Arc<dyn Vault>) -> Arc<dyn core::Vault> {
    Arc::new(Adapted(vault))
}

/// The shell's clock as core's.
pub(crate) fn clock(clock: Arc<dyn Clock>) -> Arc<dyn core::Clock> {
    Arc::new(Adapted(clock))
}

struct Adapted<T: ?Sized>(Arc<T>);

#[async_trait]
impl core::Store for Adapted<dyn Store> {
    async fn storefront(&self) -> Result<Storefront, core::StoreError> {
        Ok(self.0.storefront().await?)
    }

    async fn products(&self, ids: Vec<ProductId>) -> Result<Vec<StoreProduct>, core::StoreError> {
        Ok(self.0.products(ids).await?)
    }

    async fn buy(&self, order: Order) -> Result<SheetResult, core::StoreError> {
        Ok(self.0.buy(order).await?)
    }

    async fn unfinished(&self) -> Result<Vec<StoreTransaction>, core::StoreError> {
        Ok(self.0.unfinished().await?)
    }

    async fn owned(&self) -> Result<Vec<StoreTransaction>, core::StoreError> {
        Ok(self.0.owned().await?)
    }

    async fn finish(&self, id: TransactionId) -> Result<(), core::StoreError> {
        Ok(self.0.finish(id).await?)
    }

    async fn request_refund(&self, id: TransactionId) -> Result<RefundSheet, core::StoreError> {
        Ok(self.0.request_refund(id).await?)
    }
}

impl From<StoreError> for core::StoreError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable => Self::Unavailable,
            StoreError::Failed { code } => Self::Failed { code },
        }
    }
}

impl core::Vault for Adapted<dyn Vault> {
    fn read(&self, key: &str) -> Result<Option<String>, core::VaultError> {
        Ok(self.0.read(key.to_owned())?)
    }

    fn write(&self, key: &str, value: &str) -> Result<(), core::VaultError> {
        Ok(self.0.write(key.to_owned(), value.to_owned())?)
    }
}

impl From<VaultError> for core::VaultError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Unavailable => Self::Unavailable,
            VaultError::Failed { code } => Self::Failed(code),
        }
    }
}

#[async_trait]
impl core::Session for Adapted<dyn Session> {
    async fn token(&self, account: AccountId, fresh: bool) -> Result<String, core::SessionError> {
        Ok(self.0.token(account, fresh).await?)
    }
}

impl From<SessionError> for core::SessionError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::SignInNeeded => Self::SignInNeeded,
            SessionError::Unavailable => Self::Unavailable,
        }
    }
}

impl core::Clock for Adapted<dyn Clock> {
    fn read(&self) -> ClockReading {
        self.0.read().unwrap_or_else(|_| unreadable())
    }
}

impl core::Log for Adapted<dyn Log> {
    fn line(&self, line: LogLine) {
        // A line that was not taken changes nothing.
        let _ = self.0.line(line);
    }
}

/// A reading from which no time follows: a boot of its own, and a wall clock before every mark.
fn unreadable() -> ClockReading {
    let entropy: &dyn Entropy = &SystemEntropy::default();
    ClockReading {
        wall: Timestamp(i64::MIN),
        utc_offset_s: 0,
        elapsed_ms: 0,
        boot_id: format!("unreadable {}", entropy.uuid()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::PortError;
    use tapo_care::ports::Clock as _;
    use tapo_care::time::Anchor;

    struct Broken;

    impl Clock for Broken {
        fn read(&self) -> Result<ClockReading, PortError> {
            Err(PortError::Threw)
        }
    }

    #[test]
    fn from_a_clock_that_throws_no_time_follows_whatever_was_known_before() {
        let port: Arc<dyn Clock> = Arc::new(Broken);
        let (first, second) = (Adapted(Arc::clone(&port)).read(), Adapted(port).read());
        let anchor = Anchor::from_server(Timestamp(1_000), &first);
        assert_eq!(anchor.now(&second), None);
        assert!(anchor.suspects(&second));
    }
}
