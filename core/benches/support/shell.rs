//! A shell as small as can be, for a process whose memory is weighed: what a phone kept, its clock standing still, nobody to ask.

use crate::phone::Phone;
use crate::world::{ORIGIN, config};
use async_trait::async_trait;
use care_sandbox::TrustFile;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tapo_care::Config;
use tapo_care::id::{AccountId, ProductId, StoreKind, TransactionId};
use tapo_care::ports::{
    Clock, Log, LogLine, Order, Ports, RefundSheet, Session, SessionError, SheetResult, Store, StoreError,
    StoreProduct, StoreTransaction, Storefront, Vault, VaultError,
};
use tapo_care::time::{ClockReading, Timestamp};

/// What a phone kept, in a file beside its folder.
#[derive(Clone, Serialize, Deserialize)]
pub struct Kept {
    folder: PathBuf,
    vault: BTreeMap<String, String>,
    trust: TrustFile,
    now_ms: i64,
    elapsed_ms: i64,
}

impl Kept {
    /// Writes down what the phone has.
    pub fn write(phone: &Phone) {
        let sandbox = &phone.world.sandbox;
        let kept = Self {
            folder: phone.folder().join("care"),
            vault: phone.vault_holds(),
            trust: sandbox.trust(ORIGIN, ORIGIN),
            now_ms: sandbox.now_ms(),
            elapsed_ms: sandbox.now_ms() - sandbox.started_ms(),
        };
        std::fs::write(phone.folder().join("kept.json"), serde_json::to_vec(&kept).unwrap()).unwrap();
    }

    /// Reads it in another process.
    pub fn read(folder: &Path) -> Self {
        serde_json::from_slice(&std::fs::read(folder.join("kept.json")).unwrap()).unwrap()
    }

    pub fn config(&self) -> Config {
        // A port on which nobody listens, so that a question ends at once.
        config(
            self.folder.clone(),
            "http://127.0.0.1:9",
            StoreKind::AppStore,
            &self.trust,
        )
    }

    pub fn ports(&self) -> Ports {
        let shell = Arc::new(self.clone());
        Ports {
            store: shell.clone(),
            vault: shell.clone(),
            session: shell.clone(),
            clock: shell.clone(),
            log: shell,
        }
    }
}

#[async_trait]
impl Store for Kept {
    async fn storefront(&self) -> Result<Storefront, StoreError> {
        Err(StoreError::Unavailable)
    }

    async fn products(&self, _: Vec<ProductId>) -> Result<Vec<StoreProduct>, StoreError> {
        Err(StoreError::Unavailable)
    }

    async fn buy(&self, _: Order) -> Result<SheetResult, StoreError> {
        Err(StoreError::Unavailable)
    }

    async fn unfinished(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        Err(StoreError::Unavailable)
    }

    async fn owned(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        Err(StoreError::Unavailable)
    }

    async fn request_refund(&self, _: TransactionId) -> Result<RefundSheet, StoreError> {
        Err(StoreError::Unavailable)
    }

    async fn finish(&self, _: TransactionId) -> Result<(), StoreError> {
        Err(StoreError::Unavailable)
    }
}

#[async_trait]
impl Session for Kept {
    async fn token(&self, _: AccountId, _: bool) -> Result<String, SessionError> {
        Ok("token".into())
    }
}

impl Vault for Kept {
    fn read(&self, key: &str) -> Result<Option<String>, VaultError> {
        Ok(self.vault.get(key).cloned())
    }

    fn write(&self, _: &str, _: &str) -> Result<(), VaultError> {
        Err(VaultError::Unavailable)
    }
}

impl Clock for Kept {
    fn read(&self) -> ClockReading {
        ClockReading {
            wall: Timestamp(self.now_ms),
            utc_offset_s: 0,
            elapsed_ms: self.elapsed_ms,
            boot_id: "boot-0".into(),
        }
    }
}

impl Log for Kept {
    fn line(&self, _: LogLine) {}
}
