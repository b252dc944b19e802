//! The ports of a simulated phone: the store over the sandbox's device API, vault, session, clocks, and the wire they share with
//! the core. What a person does with the sheet, and what becomes of it, is written down here.

use crate::books::Books;
use crate::posted::{is_final, posted};
use crate::process::{Process, lock};
use crate::world::{ORIGIN, World, list, text};
use async_trait::async_trait;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tapo_care::id::{AccountId, ProductId, StoreKind, TransactionId};
use tapo_care::money::Price;
use tapo_care::ports::{
    Clock, Log, LogLine, Order, RefundSheet, Session, SessionError, SheetResult, SignedPayload, Store, StoreError,
    StoreProduct, StoreTransaction, Storefront, Vault, VaultError,
};
use tapo_care::seams::{HttpRequest, HttpResponse, Transport, TransportError};
use tapo_care::time::{ClockReading, Timestamp};

/// What of a phone is not the app: it survives every process.
pub struct Hardware {
    pub name: String,
    pub store: StoreKind,
    pub held: Mutex<Held>,
}

/// What changes about it.
#[derive(Default)]
pub struct Held {
    pub offline: bool,
    pub wall_wrong_by_ms: i64,
    pub boot: u32,
    pub booted_ms: i64,
    /// What the person does at the next sheet, and after how long.
    pub sheet: &'static str,
    pub sheet_s: u64,
    pub vault: BTreeMap<String, String>,
    pub tokens: BTreeMap<String, String>,
    /// Whose wish is being prepared: account and tag.
    pub wishing: Option<(String, String)>,
    /// The intent whose sheet is at the store, and how many charges there were before.
    pub buying: Option<(String, usize)>,
    /// Sheets shown now, by intent.
    pub shown: BTreeSet<String>,
    /// Every sheet that ever opened, by intent, and who had tapped.
    pub sheets: BTreeMap<String, String>,
    /// The Apple ID or Google account on it.
    pub payer: String,
    /// Whether the store took money in that intent's sheet.
    pub paid: BTreeMap<String, bool>,
    /// Final answers heard, by transaction.
    pub heard: BTreeMap<String, u32>,
}

/// The wire between one process and the world.
pub struct Wire {
    pub world: World,
    pub process: Arc<Process>,
    pub hardware: Arc<Hardware>,
}

#[async_trait]
impl Transport for Wire {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let path = request.url.strip_prefix(ORIGIN).unwrap_or_default().to_owned();
        self.process.survive(&format!("before {} {path}", request.method)).await;
        tokio::time::sleep(self.process.latency()).await;
        if lock(&self.hardware.held).offline {
            return Err(TransportError::NoAnswer("offline".into()));
        }
        let posted = (path == "/v1/purchases").then(|| posted(&request.body)).flatten();
        let answer = self.world.exchange(request).await;
        let said = answer.as_ref().map_or(0, |answer| answer.status);
        self.world
            .story
            .trace(format!("{} {} {path} {said}", self.world.now_ms(), self.hardware.name));
        if path.ends_with("/buy") {
            self.note_payment().await;
        }
        self.process.survive(&format!("after {path}")).await;
        tokio::time::sleep(self.process.latency()).await;
        if let (Some(posted), Ok(answer)) = (posted, &answer)
            && is_final(answer)
        {
            *lock(&self.hardware.held).heard.entry(posted.transaction).or_default() += 1;
        }
        answer
    }
}

impl Wire {
    async fn charges(&self) -> usize {
        let ledger = self.world.control("GET", "ledger", Value::Null).await;
        ledger.map_or(0, |ledger| list(&ledger, "charges").len())
    }

    /// The store took the money or it did not, whether or not the phone lives to hear of it.
    async fn note_payment(&self) {
        let charges = self.charges().await;
        let mut held = lock(&self.hardware.held);
        if let Some((intent, before)) = held.buying.take() {
            held.paid.insert(intent, charges > before);
        }
    }
}

/// All ports of one process.
pub struct Device {
    pub wire: Arc<Wire>,
}

impl Device {
    async fn ask(&self, method: &'static str, what: &str, body: Value) -> Result<Value, StoreError> {
        let hardware = &self.wire.hardware;
        let store = match hardware.store {
            StoreKind::AppStore => "app-store",
            StoreKind::Play => "play",
        };
        let request = HttpRequest {
            method,
            url: format!("{ORIGIN}/device/{}/{store}/{what}", hardware.name),
            headers: vec![("content-type", "application/json".into())],
            body: if body.is_null() {
                vec![]
            } else {
                body.to_string().into_bytes()
            },
            answer_limit: 1 << 20,
        };
        let answer = self.wire.send(request).await.map_err(|_| StoreError::Unavailable)?;
        if answer.status != 200 {
            return Err(StoreError::Unavailable);
        }
        serde_json::from_slice(&answer.body).map_err(|_| StoreError::Unavailable)
    }

    /// *owner*: a sheet carries the tag of whoever tapped. *slot*: none opens over a slot taken since more than a minute.
    /// *payer*: nor on a store account that has paid a plan for longer, for whomever (X5). *once*: no sheet opens twice.
    async fn sheet_may_open(&self, order: &Order) {
        const MINUTE_MS: i64 = 60_000;
        let (world, wishing) = (&self.wire.world, self.held().wishing.clone());
        let Some((account, tag)) = wishing else { return };
        let payer = self.held().payer.clone();
        let broken = |invariant, found: &str| world.story.broken(invariant, found);
        if order.tag.to_string() != tag {
            let found = format!("the sheet that {account} opened carries the tag {}", order.tag);
            broken("owner", &found);
        }
        let before = self.held().sheets.insert(order.intent.0.clone(), account.clone());
        if before.is_some() {
            broken("once", &format!("the sheet of {} opens again", order.intent));
        }
        if order.replaces.is_some() {
            // It takes the place of what holds the slot.
            return;
        }
        let Ok(books) = Books::read(world).await else { return };
        let long_ago = |at_ms: i64| at_ms + MINUTE_MS < world.now_ms();
        let document = world
            .control("GET", &format!("accounts/{account}"), Value::Null)
            .await
            .unwrap_or_default();
        let by = text(&document["in_app"]["blocked_by"], "subscription");
        let since = books.grants.values().filter(|grant| grant.subscription == by);
        if since.map(|grant| grant.at_ms).min().is_some_and(long_ago) {
            broken("slot", &format!("a sheet opens for {account} over {by}"));
        }
        let mut paid = books.charges.iter().filter(|charge| charge.payer == payer);
        if let Some(paid) = paid.find(|charge| charge.runs(world.now_ms()) && long_ago(charge.at_ms)) {
            let found = format!("a sheet opens on {payer}, which pays {} already", paid.transaction);
            broken("payer", &found);
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        lock(&self.wire.hardware.held)
    }
}

/// The contract's `T` or `P` as a phone hands it over.
pub fn handed_over(store: StoreKind, bought: &Value) -> StoreTransaction {
    match store {
        StoreKind::AppStore => StoreTransaction {
            id: text(bought, "id").into(),
            signed: SignedPayload::AppStore {
                transaction: text(bought, "signed_transaction"),
                renewal: bought["signed_renewal_info"].as_str().map(str::to_owned),
            },
        },
        StoreKind::Play => StoreTransaction {
            id: text(bought, "token").into(),
            signed: SignedPayload::Play {
                original_json: text(bought, "original_json"),
                signature: text(bought, "signature"),
            },
        },
    }
}

#[async_trait]
impl Store for Device {
    async fn storefront(&self) -> Result<Storefront, StoreError> {
        let value = self.ask("GET", "storefront", Value::Null).await?;
        let app_transaction = value["app_transaction"].as_str().map(str::to_owned);
        Ok(Storefront {
            country: text(&value, "country"),
            app_transaction,
        })
    }

    async fn products(&self, ids: Vec<ProductId>) -> Result<Vec<StoreProduct>, StoreError> {
        let value = self.ask("POST", "products", json!({ "ids": ids })).await?;
        let products = list(&value, "products").into_iter().map(|product| StoreProduct {
            id: ProductId(text(&product, "id")),
            title: text(&product, "title"),
            display_price: text(&product, "display_price"),
            price: Price {
                micros: product["price_micros"].as_i64().unwrap_or(0),
                currency: text(&product, "currency"),
            },
            period: text(&product, "period"),
            trial: None,
        });
        Ok(products.collect())
    }

    async fn buy(&self, order: Order) -> Result<SheetResult, StoreError> {
        let (world, intent) = (&self.wire.world, order.intent.0.clone());
        let (sheet, sheet_s) = {
            let mut held = self.held();
            held.shown.insert(intent.clone());
            (held.sheet, held.sheet_s)
        };
        world.story.note(&format!(
            "{}: the sheet for {} opens",
            self.wire.hardware.name, order.product
        ));
        self.sheet_may_open(&order).await;
        self.wire.process.survive("the sheet is open").await;
        tokio::time::sleep(Duration::from_secs(sheet_s)).await;
        let mut body = json!({ "product": order.product, "sheet": sheet });
        match self.wire.hardware.store {
            StoreKind::AppStore => body["app_account_token"] = json!(order.tag),
            StoreKind::Play => {
                body["obfuscated_account_id"] = json!(order.tag);
                body["obfuscated_profile_id"] = json!(order.intent);
                if let Some(old) = &order.replaces {
                    body["replaces"] = json!(old.transaction);
                    body["replacement_mode"] = json!(old.mode);
                }
            }
        }
        let before = self.wire.charges().await;
        self.held().buying = Some((intent.clone(), before));
        let value = self.ask("POST", "buy", body).await;
        self.held().shown.remove(&intent);
        let value = value?;
        match (text(&value, "result").as_str(), self.wire.hardware.store) {
            ("success", StoreKind::AppStore) => Ok(SheetResult::Success(handed_over(
                StoreKind::AppStore,
                &value["transaction"],
            ))),
            ("success" | "pending", StoreKind::Play) => {
                Ok(SheetResult::Success(handed_over(StoreKind::Play, &value["purchase"])))
            }
            ("pending", StoreKind::AppStore) => Ok(SheetResult::Pending),
            ("cancelled", _) => Ok(SheetResult::Cancelled),
            _ => Err(StoreError::Failed {
                code: text(&value, "code"),
            }),
        }
    }

    async fn unfinished(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        match self.wire.hardware.store {
            StoreKind::AppStore => {
                let value = self.ask("GET", "unfinished", Value::Null).await?;
                Ok(handed(StoreKind::AppStore, list(&value, "transactions")))
            }
            StoreKind::Play => {
                let value = self.ask("GET", "purchases", Value::Null).await?;
                let open = list(&value, "purchases")
                    .into_iter()
                    .filter(|one| one["acknowledged"] == false);
                Ok(handed(StoreKind::Play, open.collect()))
            }
        }
    }

    async fn owned(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        match self.wire.hardware.store {
            StoreKind::AppStore => {
                let value = self.ask("GET", "owned", Value::Null).await?;
                Ok(handed(StoreKind::AppStore, list(&value, "transactions")))
            }
            StoreKind::Play => {
                let value = self.ask("GET", "purchases", Value::Null).await?;
                Ok(handed(StoreKind::Play, list(&value, "purchases")))
            }
        }
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
        let (what, body) = match self.wire.hardware.store {
            StoreKind::AppStore => ("finish", json!({ "id": id })),
            StoreKind::Play => ("acknowledge", json!({ "token": id })),
        };
        self.ask("POST", what, body).await.map(|_| ())
    }
}

fn handed(store: StoreKind, all: Vec<Value>) -> Vec<StoreTransaction> {
    all.iter().map(|one| handed_over(store, one)).collect()
}

#[async_trait]
impl Session for Device {
    async fn token(&self, account: AccountId, fresh: bool) -> Result<String, SessionError> {
        let person = self.wire.world.people.iter().find(|person| person.id == account.0);
        let name = person.ok_or(SessionError::SignInNeeded)?.name;
        if let Some(token) = self.held().tokens.get(name).filter(|_| !fresh) {
            return Ok(token.clone());
        }
        let request = HttpRequest {
            method: "POST",
            url: format!("{ORIGIN}/session"),
            headers: vec![("content-type", "application/json".into())],
            body: json!({ "name": name }).to_string().into_bytes(),
            answer_limit: 1 << 16,
        };
        let answer = self.wire.send(request).await.map_err(|_| SessionError::Unavailable)?;
        let value: Value = serde_json::from_slice(&answer.body).map_err(|_| SessionError::Unavailable)?;
        let token = value["token"].as_str().ok_or(SessionError::Unavailable)?.to_owned();
        self.held().tokens.insert(name.to_owned(), token.clone());
        Ok(token)
    }
}

impl Clock for Device {
    fn read(&self) -> ClockReading {
        let (now, held) = (self.wire.world.now_ms(), self.held());
        ClockReading {
            wall: Timestamp(now + held.wall_wrong_by_ms),
            utc_offset_s: 0,
            elapsed_ms: now - held.booted_ms,
            boot_id: format!("boot-{}", held.boot),
        }
    }
}

impl Log for Device {
    fn line(&self, line: LogLine) {
        let name = &self.wire.hardware.name;
        self.wire.world.story.trace(format!(
            "{} {name} {} {}",
            self.wire.world.now_ms(),
            line.event,
            line.detail
        ));
    }
}

impl Vault for Device {
    fn read(&self, key: &str) -> Result<Option<String>, VaultError> {
        Ok(self.held().vault.get(key).cloned())
    }

    fn write(&self, key: &str, value: &str) -> Result<(), VaultError> {
        if !self.wire.process.touch("before a vault write") {
            return Err(VaultError::Unavailable);
        }
        self.held().vault.insert(key.to_owned(), value.to_owned());
        self.wire.process.touch("after a vault write");
        Ok(())
    }
}
