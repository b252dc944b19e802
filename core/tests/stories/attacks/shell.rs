//! A shell whose every exchange can be held back, and whose store and vault can fail.

use crate::both::handed_over;
use crate::phone::soon;
use crate::world::{ORIGIN, Wire, World, config};
use async_trait::async_trait;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tapo_care::id::{AccountId, ProductId, StoreKind, TransactionId};
use tapo_care::ports::{
    Clock, Log, LogLine, Order, Ports, RefundSheet, Session, SessionError, SheetResult, Store, StoreError,
    StoreProduct, StoreTransaction, Storefront, Vault, VaultError,
};
use tapo_care::seams::{HttpRequest, HttpResponse, InlineDisk, Seams, Transport, TransportError};
use tapo_care::time::{ClockReading, Timestamp};
use tapo_care::{Care, CareError};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Lets every task go as far as it can without time passing: the disk is inline and the wire in this process.
pub(crate) async fn idle() {
    for _ in 0..2000 {
        tokio::task::yield_now().await;
    }
}

/// Asks the cloud once, and leaves the store alone.
pub(crate) async fn settle_account(care: &Care) {
    care.refresh().await.unwrap();
}

/// Asks the cloud on a task of its own, whose answer can be held back.
pub(crate) fn refreshing(care: &Care) -> JoinHandle<Result<(), CareError>> {
    let care = care.clone();
    tokio::spawn(async move { care.refresh().await })
}

/// All ports and the transport in one, and each answer may be held back.
pub(crate) struct Shell {
    store: StoreKind,
    pub(crate) world: World,
    pub(crate) wire: Arc<Wire>,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) held: watch::Sender<Vec<&'static str>>,
    waiting: watch::Sender<Vec<String>>,
    pub(crate) sheet: Mutex<String>,
    pub(crate) silent_after_sheet: Mutex<bool>,
    pub(crate) silent: Mutex<bool>,
    pub(crate) asked_in_silence: Mutex<u32>,
    pub(crate) orders: Mutex<Vec<Order>>,
    pub(crate) vault: Mutex<BTreeMap<String, String>>,
    pub(crate) vault_reads_fail: Mutex<bool>,
    pub(crate) owned_fails: Mutex<bool>,
    pub(crate) tag_is_lost: Mutex<bool>,
}

impl Shell {
    pub(crate) fn at(store: StoreKind) -> Arc<Self> {
        let world = World::new();
        Arc::new(Self {
            store,
            wire: world.transport(),
            world,
            folder: tempfile::tempdir().unwrap(),
            held: watch::Sender::default(),
            waiting: watch::Sender::default(),
            sheet: Mutex::new("pay".into()),
            silent_after_sheet: Mutex::default(),
            silent: Mutex::default(),
            asked_in_silence: Mutex::default(),
            orders: Mutex::default(),
            vault: Mutex::default(),
            vault_reads_fail: Mutex::default(),
            owned_fails: Mutex::default(),
            tag_is_lost: Mutex::default(),
        })
    }

    /// From now on answers to what begins with one of these are held back, and all others let go.
    pub(crate) fn hold(&self, what: &[&'static str]) {
        self.waiting.send_replace(vec![]);
        self.held.send_replace(what.to_vec());
    }

    pub(crate) async fn until_held(&self, what: &str) {
        let mut waiting = self.waiting.subscribe();
        soon(waiting.wait_for(|waiting| waiting.iter().any(|line| line.starts_with(what))))
            .await
            .unwrap();
    }

    async fn gate(&self, line: &str) {
        gate(&self.waiting, &self.held, line).await;
    }

    pub(crate) async fn open(self: &Arc<Self>) -> Care {
        self.try_open().await.unwrap()
    }

    pub(crate) async fn try_open(self: &Arc<Self>) -> Result<Care, CareError> {
        let trust = self.world.sandbox.trust(ORIGIN, ORIGIN);
        let ports = Ports {
            store: self.clone(),
            vault: self.clone(),
            session: self.clone(),
            clock: self.clone(),
            log: self.clone(),
        };
        // The disk is inline, so that nothing runs beside the test's own thread.
        let seams = Seams {
            transport: self.clone(),
            disk: Arc::new(InlineDisk),
            ..Seams::real(tokio::runtime::Handle::current())
        };
        Care::open(
            config(self.folder.path().join("care"), ORIGIN, self.store, &trust),
            ports,
            seams,
        )
        .await
    }

    pub(crate) async fn open_as(self: &Arc<Self>, name: &str) -> Care {
        let care = self.open().await;
        let account = AccountId(self.world.account_id(name).await);
        care.sign_in(account).await.unwrap();
        care
    }

    async fn ask(&self, method: &'static str, path: &str, body: Value) -> Result<Value, StoreError> {
        if *self.silent.lock().unwrap() {
            *self.asked_in_silence.lock().unwrap() += 1;
            return Err(StoreError::Unavailable);
        }
        self.wire.ask_store(self.store, "phone", method, path, body).await
    }

    /// What the App Store lists by that name; of Play's one list, what fits.
    async fn listed(&self, list: &str, at_play: fn(&Value) -> bool) -> Result<Vec<StoreTransaction>, StoreError> {
        let (path, rows) = match self.store {
            StoreKind::AppStore => (list, "transactions"),
            StoreKind::Play => ("purchases", "purchases"),
        };
        let value = self.ask("GET", path, Value::Null).await?;
        let rows = value[rows].as_array().unwrap().iter();
        let rows = rows.filter(|one| self.store == StoreKind::AppStore || at_play(one));
        Ok(rows.map(|one| handed_over(self.store, one)).collect())
    }
}

async fn gate(waiting: &watch::Sender<Vec<String>>, held: &watch::Sender<Vec<&'static str>>, line: &str) {
    waiting.send_modify(|waiting| waiting.push(line.to_owned()));
    let mut held = held.subscribe();
    let _ = held
        .wait_for(|held| !held.iter().any(|what| line.starts_with(what)))
        .await;
}

#[async_trait]
impl Transport for Shell {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let line = format!("{} {}", request.method, request.url.strip_prefix(ORIGIN).unwrap());
        let (wire, gates) = (Arc::clone(&self.wire), (self.waiting.clone(), self.held.clone()));
        // A network carries on with what was sent, also when nobody waits for the answer any more.
        let carried = tokio::spawn(async move {
            gate(&gates.0, &gates.1, &format!("before {line}")).await;
            let answer = wire.send(request).await;
            gate(&gates.0, &gates.1, &line).await;
            answer
        });
        carried.await.unwrap()
    }
}

#[async_trait]
impl Store for Shell {
    async fn storefront(&self) -> Result<Storefront, StoreError> {
        let value = self.ask("GET", "storefront", Value::Null).await?;
        Ok(Storefront {
            country: value["country"].as_str().unwrap().into(),
            app_transaction: value["app_transaction"].as_str().map(str::to_owned),
        })
    }

    async fn products(&self, _ids: Vec<ProductId>) -> Result<Vec<StoreProduct>, StoreError> {
        Ok(vec![])
    }

    async fn buy(&self, order: Order) -> Result<SheetResult, StoreError> {
        self.orders.lock().unwrap().push(order.clone());
        let sheet = self.sheet.lock().unwrap().clone();
        let tag = Some(order.tag).filter(|_| !*self.tag_is_lost.lock().unwrap());
        let named = match self.store {
            StoreKind::AppStore => json!({ "app_account_token": tag }),
            StoreKind::Play => json!({ "obfuscated_account_id": tag, "obfuscated_profile_id": order.intent }),
        };
        let mut body = json!({ "product": order.product, "sheet": sheet });
        body.as_object_mut().unwrap().extend(named.as_object().unwrap().clone());
        if let Some(old) = order.replaces.filter(|_| self.store == StoreKind::Play) {
            body["replaces"] = json!(old.transaction);
            body["replacement_mode"] = json!(old.mode);
        }
        let value = self.ask("POST", "buy", body).await?;
        self.gate("sheet").await;
        if *self.silent_after_sheet.lock().unwrap() {
            *self.silent.lock().unwrap() = true;
        }
        match value["result"].as_str().unwrap() {
            "success" => {
                let bought = &value[if self.store == StoreKind::AppStore {
                    "transaction"
                } else {
                    "purchase"
                }];
                Ok(SheetResult::Success(handed_over(self.store, bought)))
            }
            "pending" => Ok(SheetResult::Pending),
            "cancelled" => Ok(SheetResult::Cancelled),
            _ => Err(StoreError::Failed { code: "unknown".into() }),
        }
    }

    async fn unfinished(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        self.listed("unfinished", |one| one["acknowledged"] == false).await
    }

    async fn owned(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        if *self.owned_fails.lock().unwrap() {
            return Err(StoreError::Unavailable);
        }
        self.listed("owned", |_| true).await
    }

    async fn request_refund(&self, id: TransactionId) -> Result<RefundSheet, StoreError> {
        let value = self.ask("POST", "refund-request", json!({ "id": id })).await?;
        match value["result"].as_str() {
            Some("requested") => Ok(RefundSheet::Requested),
            _ => Err(StoreError::Failed {
                code: "refund_refused".into(),
            }),
        }
    }

    async fn finish(&self, id: TransactionId) -> Result<(), StoreError> {
        match self.store {
            StoreKind::AppStore => self.ask("POST", "finish", json!({ "id": id })).await?,
            StoreKind::Play => self.ask("POST", "acknowledge", json!({ "token": id })).await?,
        };
        Ok(())
    }
}

#[async_trait]
impl Session for Shell {
    async fn token(&self, account: AccountId, _fresh: bool) -> Result<String, SessionError> {
        self.wire.token(&account).await
    }
}

impl Clock for Shell {
    fn read(&self) -> ClockReading {
        let now = self.world.sandbox.now_ms();
        ClockReading {
            wall: Timestamp(now),
            utc_offset_s: 0,
            elapsed_ms: now - self.world.sandbox.started_ms(),
            boot_id: "boot".into(),
        }
    }
}

impl Log for Shell {
    fn line(&self, _line: LogLine) {}
}

impl Vault for Shell {
    fn read(&self, key: &str) -> Result<Option<String>, VaultError> {
        if *self.vault_reads_fail.lock().unwrap() {
            return Err(VaultError::Failed("keystore busy".into()));
        }
        Ok(self.vault.lock().unwrap().get(key).cloned())
    }

    fn write(&self, key: &str, value: &str) -> Result<(), VaultError> {
        self.vault.lock().unwrap().insert(key.into(), value.into());
        Ok(())
    }
}
