//! A phone of the stories: the five ports over the sandbox's device API, a folder and a vault that survive restarts.

#[path = "play_store.rs"]
mod play_store;

use crate::both::{forged, handed_over};
use crate::world::{ORIGIN, Wire, World, config};
use async_trait::async_trait;
use play_store::PlayStore;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tapo_care::id::{AccountId, CameraId, IntentId, ProductId, StoreKind, SubscriptionId, TransactionId};
use tapo_care::money::Price;
use tapo_care::ports::{
    Clock, Log, LogLine, Order, Ports, RefundSheet, Session, SessionError, SheetResult, Store, StoreError,
    StoreProduct, StoreTransaction, Storefront, Vault, VaultError,
};
use tapo_care::receipt::PlayTrust;
use tapo_care::seams::Seams;
use tapo_care::snapshot::Cover;
use tapo_care::time::{ClockReading, Timestamp};
use tapo_care::{Care, CareError, Config, Outcome, Snapshot, SubscribeRequest};

/// A phone: what survives a restart of the app.
pub struct Phone {
    pub world: World,
    pub device: String,
    pub wire: Arc<Wire>,
    pub hands: Arc<Hands>,
    store: StoreKind,
    /// Another license key than the world's, or none.
    license_key: Option<Option<String>>,
    folder: tempfile::TempDir,
    vault: Arc<MemoryVault>,
    trusted: Option<care_sandbox::TrustFile>,
}

/// What the person holding the phone does, and what became of it.
#[derive(Default)]
pub struct Hands {
    /// `pay`, `cancel`, `fail`, `decline`, `pending`.
    pub sheet: Mutex<String>,
    /// Sheets that opened.
    pub sheets_shown: Mutex<u32>,
    /// Held shut, the sheet stays open.
    pub gate: tokio::sync::Mutex<()>,
    /// Changes the signed bytes of everything the store hands over.
    pub forge: Mutex<bool>,
    /// Milliseconds by which the phone's wall clock is wrong, and which boot it is.
    pub clock: Mutex<(i64, u32)>,
    pub lines: Mutex<Vec<String>>,
    /// What the lines told beside their names.
    pub details: Mutex<Vec<String>>,
}

impl Phone {
    pub fn new(world: &World, device: &str) -> Self {
        let hands = Hands::default();
        *hands.sheet.lock().unwrap() = "pay".into();
        Self {
            world: world.clone(),
            device: device.into(),
            wire: world.transport(),
            hands: Arc::new(hands),
            store: StoreKind::AppStore,
            license_key: None,
            folder: tempfile::tempdir().unwrap(),
            vault: Arc::default(),
            trusted: None,
        }
    }

    /// A phone that buys at Google Play.
    pub fn android(world: &World, device: &str) -> Self {
        Self::at(StoreKind::Play, world, device)
    }

    /// A phone with that store.
    pub fn at(store: StoreKind, world: &World, device: &str) -> Self {
        Self {
            store,
            ..Self::new(world, device)
        }
    }

    /// Makes the phone believe another world's keys and roots.
    pub fn believe(&mut self, other: &World) {
        self.trusted = Some(other.sandbox.trust(ORIGIN, ORIGIN));
    }

    /// Makes the phone believe that license key at Play.
    pub fn trust_play(&mut self, key: Option<&str>) {
        self.license_key = Some(key.map(str::to_owned));
    }

    pub fn sheet(&self, what: &str) {
        *self.hands.sheet.lock().unwrap() = what.into();
    }

    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Locks the vault, as a phone's is before its first unlock.
    pub fn lock_vault(&self, locked: bool) {
        self.vault.locked.store(locked, Ordering::SeqCst);
    }

    /// Everything in the vault.
    pub fn vault_holds(&self) -> BTreeMap<String, String> {
        self.vault.holds.lock().unwrap().clone()
    }

    /// Puts a vault as it was.
    pub fn vault_is(&self, holds: BTreeMap<String, String>) {
        *self.vault.holds.lock().unwrap() = holds;
    }

    pub fn config(&self) -> Config {
        let trust = self
            .trusted
            .clone()
            .unwrap_or_else(|| self.world.sandbox.trust(ORIGIN, ORIGIN));
        let mut config = config(self.folder().join("care"), ORIGIN, self.store, &trust);
        if let Some(key) = &self.license_key {
            config.trust.play = key.clone().map(|key| PlayTrust {
                key,
                package: trust.play.package.clone(),
            });
        }
        config
    }

    fn device(&self) -> Arc<Device> {
        Arc::new(Device {
            world: self.world.clone(),
            name: self.device.clone(),
            wire: Arc::clone(&self.wire),
            hands: Arc::clone(&self.hands),
        })
    }

    /// Starts the app.
    pub async fn try_open(&self) -> Result<Care, CareError> {
        let device = self.device();
        let store: Arc<dyn Store> = match self.store {
            StoreKind::AppStore => device.clone(),
            StoreKind::Play => Arc::new(PlayStore {
                name: self.device.clone(),
                wire: Arc::clone(&self.wire),
                hands: Arc::clone(&self.hands),
            }),
        };
        let ports = Ports {
            store,
            vault: self.vault.clone(),
            session: device.clone(),
            clock: device.clone(),
            log: device,
        };
        let seams = Seams {
            transport: self.wire.clone(),
            ..Seams::real(tokio::runtime::Handle::current())
        };
        Care::open(self.config(), ports, seams).await
    }

    /// Looks at the folder beside the app, as a notification extension does.
    pub fn peek(&self) -> Result<Snapshot, CareError> {
        tapo_care::peek(&self.config(), self.vault.clone(), self.device())
    }

    /// Starts the app, which must work.
    pub async fn open(&self) -> Care {
        self.try_open().await.unwrap()
    }

    /// Starts the app and signs in.
    pub async fn open_as(&self, name: &str) -> Care {
        let care = self.open().await;
        care.sign_in(AccountId(self.world.account_id(name).await))
            .await
            .unwrap();
        care
    }
}

/// Buys a plan and waits for its end, which is handled.
pub async fn buy(care: &Care, plan: &str) -> Outcome {
    subscribe(care, plan).await.unwrap();
    ended(care).await
}

pub async fn subscribe(care: &Care, plan: &str) -> Result<IntentId, CareError> {
    care.subscribe(SubscribeRequest {
        plan: plan.into(),
        cameras: vec![],
        trial: false,
        confirmation: None,
    })
    .await
}

/// The next outcome, handled.
pub async fn ended(care: &Care) -> Outcome {
    let outcomes = care.outcomes();
    let outcome = soon(outcomes.next()).await.unwrap();
    outcomes.handled(&outcome.id).await.unwrap();
    outcome
}

/// What must come; a test that waits for ever says so instead.
pub async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), what)
        .await
        .expect("it never came")
}

pub async fn settle(care: &Care) {
    care.sweep(Duration::from_secs(20)).await.unwrap();
}

/// Which camera is covered by what; what is said of a trial also depends on whether the cloud answers.
pub fn covers(snapshot: &Snapshot) -> Vec<(CameraId, Cover, Option<SubscriptionId>, bool)> {
    let cameras = snapshot.cameras.iter();
    cameras
        .map(|row| (row.id.clone(), row.cover, row.subscription.clone(), row.selectable))
        .collect()
}

pub async fn select(care: &Care, cameras: &[&str]) -> Result<(), CareError> {
    let subscription: SubscriptionId = care.snapshot().subscriptions[0].id.clone();
    care.select_cameras(subscription, cameras.iter().map(|id| CameraId::from(*id)).collect())
        .await
}

struct Device {
    world: World,
    name: String,
    wire: Arc<Wire>,
    hands: Arc<Hands>,
}

impl Device {
    async fn ask(&self, method: &'static str, path: &str, body: Value) -> Result<Value, StoreError> {
        let store = StoreKind::AppStore;
        self.wire.ask_store(store, &self.name, method, path, body).await
    }

    fn transaction(&self, value: &Value) -> StoreTransaction {
        let handed = handed_over(StoreKind::AppStore, value);
        if *self.hands.forge.lock().unwrap() {
            return forged(handed);
        }
        handed
    }

    fn transactions(&self, value: &Value) -> Vec<StoreTransaction> {
        value["transactions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|value| self.transaction(value))
            .collect()
    }
}

#[async_trait]
impl Store for Device {
    async fn storefront(&self) -> Result<Storefront, StoreError> {
        let value = self.ask("GET", "storefront", Value::Null).await?;
        Ok(Storefront {
            country: value["country"].as_str().unwrap().into(),
            app_transaction: value["app_transaction"].as_str().map(str::to_owned),
        })
    }

    async fn products(&self, ids: Vec<ProductId>) -> Result<Vec<StoreProduct>, StoreError> {
        let value = self.ask("POST", "products", json!({ "ids": ids })).await?;
        Ok(products_of(&value))
    }

    async fn buy(&self, order: Order) -> Result<SheetResult, StoreError> {
        *self.hands.sheets_shown.lock().unwrap() += 1;
        let _open_as_long_as_held = self.hands.gate.lock().await;
        let sheet = self.hands.sheet.lock().unwrap().clone();
        let body = json!({ "product": order.product, "app_account_token": order.tag, "sheet": sheet });
        let value = self.ask("POST", "buy", body).await?;
        match value["result"].as_str().unwrap() {
            "success" => Ok(SheetResult::Success(self.transaction(&value["transaction"]))),
            "pending" => Ok(SheetResult::Pending),
            "cancelled" => Ok(SheetResult::Cancelled),
            _ => Err(StoreError::Failed {
                code: value["code"].as_str().unwrap_or("unknown").into(),
            }),
        }
    }

    async fn unfinished(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        Ok(self.transactions(&self.ask("GET", "unfinished", Value::Null).await?))
    }

    async fn owned(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        Ok(self.transactions(&self.ask("GET", "owned", Value::Null).await?))
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
        self.ask("POST", "finish", json!({ "id": id })).await.map(|_| ())
    }
}

/// The products of either store.
fn products_of(listed: &Value) -> Vec<StoreProduct> {
    let text = |product: &Value, name: &str| product[name].as_str().unwrap().to_owned();
    let products = listed["products"].as_array().unwrap().iter();
    let products = products.map(|product| StoreProduct {
        id: ProductId(text(product, "id")),
        title: text(product, "title"),
        display_price: text(product, "display_price"),
        price: Price {
            micros: product["price_micros"].as_i64().unwrap(),
            currency: text(product, "currency"),
        },
        period: text(product, "period"),
        trial: None,
    });
    products.collect()
}

#[async_trait]
impl Session for Device {
    async fn token(&self, account: AccountId, _fresh: bool) -> Result<String, SessionError> {
        self.wire.token(&account).await
    }
}

impl Clock for Device {
    fn read(&self) -> ClockReading {
        let (skew, boot) = *self.hands.clock.lock().unwrap();
        let now = self.world.sandbox.now_ms();
        ClockReading {
            wall: Timestamp(now + skew),
            utc_offset_s: 0,
            elapsed_ms: now - self.world.sandbox.started_ms(),
            boot_id: format!("boot-{boot}"),
        }
    }
}

impl Log for Device {
    fn line(&self, line: LogLine) {
        self.hands.lines.lock().unwrap().push(line.event);
        self.hands.details.lock().unwrap().push(line.detail);
    }
}

/// Survives restarts of the app, as a keychain does.
#[derive(Default)]
struct MemoryVault {
    holds: Mutex<BTreeMap<String, String>>,
    locked: AtomicBool,
}

impl MemoryVault {
    fn unlocked(&self) -> Result<std::sync::MutexGuard<'_, BTreeMap<String, String>>, VaultError> {
        if self.locked.load(Ordering::SeqCst) {
            return Err(VaultError::Unavailable);
        }
        Ok(self.holds.lock().unwrap())
    }
}

impl Vault for MemoryVault {
    fn read(&self, key: &str) -> Result<Option<String>, VaultError> {
        Ok(self.unlocked()?.get(key).cloned())
    }

    fn write(&self, key: &str, value: &str) -> Result<(), VaultError> {
        self.unlocked()?.insert(key.into(), value.into());
        Ok(())
    }
}
