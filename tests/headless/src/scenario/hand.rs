//! What one phone's core is given in a story: ports and seams that a person, a network or a death has a hand in.
//!
//! A core that died is frozen: nothing it asks for is answered any more, nothing it writes is written, and its tasks are
//! dropped. That is what a kill leaves behind, without another process.

use crate::args::{Sheet, StoreName};
use crate::ports::{AppStore, PlayStore};
use crate::scenario::format::words;
use crate::world::Wire;
use async_trait::async_trait;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tapo_care::id::{ProductId, TransactionId};
use tapo_care::ports::{
    Clock, Log, LogLine, Order, RefundSheet, SheetResult, SignedPayload, Store, StoreError, StoreProduct,
    StoreTransaction, Storefront,
};
use tapo_care::seams::{BoxFuture, Disk, Entropy, HttpRequest, HttpResponse, Spawner, Transport, TransportError};
use tapo_care::time::{ClockReading, Timestamp};
use tokio::sync::watch;
use tokio::task::AbortHandle;

pub use crate::trace::KillAt;

/// What is true of a phone whichever core runs on it.
pub struct Hand {
    /// The network is gone.
    pub offline: AtomicBool,
    /// The store hands over changed bytes.
    pub forged: AtomicBool,
    /// What the person at the sheet does; a sheet waits while nothing is said.
    pub sheet: watch::Sender<Option<Sheet>>,
    /// By how many milliseconds the phone's wall clock is wrong.
    pub off_by_ms: AtomicI64,
    /// How often it started, and when last by its world's `elapsed`.
    pub boots: AtomicU32,
    booted_at_ms: AtomicI64,
    /// Payment sheets that opened.
    pub sheets: AtomicU32,
    /// Requests sent, by `METHOD /path`.
    pub requests: Mutex<BTreeMap<String, u32>>,
}

impl Hand {
    /// A phone just bought.
    pub fn new() -> Self {
        Self {
            offline: AtomicBool::new(false),
            forged: AtomicBool::new(false),
            sheet: watch::Sender::new(Some(Sheet::Pay)),
            off_by_ms: AtomicI64::new(0),
            boots: AtomicU32::new(1),
            booted_at_ms: AtomicI64::new(0),
            sheets: AtomicU32::new(0),
            requests: Mutex::default(),
        }
    }

    /// Starts the phone anew, at this `elapsed` of its world.
    pub fn reboot(&self, elapsed_ms: i64) {
        self.boots.fetch_add(1, Ordering::SeqCst);
        self.booted_at_ms.store(elapsed_ms, Ordering::SeqCst);
    }
}

/// One core's life.
pub struct Life {
    died: watch::Sender<bool>,
    dies_at: Mutex<Option<Countdown>>,
    tasks: Mutex<Vec<AbortHandle>>,
    /// Jobs that a dead core gave to its disk: never run, and never answered.
    unwritten: Mutex<Vec<Box<dyn FnOnce() + Send>>>,
}

struct Countdown {
    at: KillAt,
    written: u64,
    by_event: BTreeMap<String, u64>,
}

impl Life {
    /// A core that lives.
    pub fn new() -> Self {
        Self {
            died: watch::Sender::new(false),
            dies_at: Mutex::default(),
            tasks: Mutex::default(),
            unwritten: Mutex::default(),
        }
    }

    /// From now on it dies at that line, counted from here.
    pub fn dies_at(&self, at: Option<KillAt>) {
        *lock(&self.dies_at) = at.map(|at| Countdown {
            at,
            written: 0,
            by_event: BTreeMap::new(),
        });
    }

    /// It dies now.
    pub fn die(&self) {
        self.died.send_replace(true);
    }

    /// Waits for its death.
    pub async fn death(&self) {
        // The sender lives as long as this.
        let _ = self.died.subscribe().wait_for(|died| *died).await;
    }

    /// Drops its tasks, and what it never wrote. Its folder is free once they are gone.
    pub fn bury(&self) {
        for task in lock(&self.tasks).drain(..) {
            task.abort();
        }
        lock(&self.unwritten).clear();
    }

    fn is_dead(&self) -> bool {
        *self.died.borrow()
    }
}

impl Log for Life {
    fn line(&self, line: LogLine) {
        let mut dies_at = lock(&self.dies_at);
        let Some(countdown) = dies_at.as_mut() else { return };
        countdown.written += 1;
        let nth = countdown.by_event.entry(line.event.clone()).or_default();
        *nth += 1;
        if countdown.at.is_reached(countdown.written, &line.event, *nth) {
            self.die();
        }
    }
}

impl Spawner for Life {
    fn spawn(&self, task: BoxFuture) {
        if self.is_dead() {
            return;
        }
        let mut tasks = lock(&self.tasks);
        tasks.retain(|known| !known.is_finished());
        tasks.push(tokio::spawn(task).abort_handle());
    }
}

impl Disk for Life {
    fn run(&self, job: Box<dyn FnOnce() + Send>) {
        if self.is_dead() {
            lock(&self.unwritten).push(job);
        } else {
            job();
        }
    }
}

/// The phone's network: counted, cut off, and silent once its core is dead.
pub struct Network {
    /// The world's.
    pub world: Arc<dyn Transport>,
    /// Whose.
    pub hand: Arc<Hand>,
    /// Of which core; of none where the phone itself asks.
    pub life: Option<Arc<Life>>,
}

#[async_trait]
impl Transport for Network {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        if self.life.as_ref().is_some_and(|life| life.is_dead()) {
            std::future::pending::<()>().await;
        }
        let path = request.url.splitn(4, '/').nth(3).unwrap_or("");
        let path = path.split('?').next().unwrap_or("");
        let line = format!("{} /{path}", request.method);
        *lock(&self.hand.requests).entry(line).or_default() += 1;
        if self.hand.offline.load(Ordering::SeqCst) {
            return Err(TransportError::NoAnswer("the network is off".to_owned()));
        }
        let answer = self.world.send(request).await;
        if self.life.as_ref().is_some_and(|life| life.is_dead()) {
            std::future::pending::<()>().await;
        }
        answer
    }
}

/// The phone's store, with a person in front of its sheet.
pub struct Shop {
    /// The store on this phone.
    pub device: Wire,
    /// Which.
    pub store: StoreName,
    /// Whose.
    pub hand: Arc<Hand>,
}

impl Shop {
    fn at(&self, sheet: Sheet) -> Box<dyn Store> {
        match self.store {
            StoreName::AppStore => Box::new(AppStore::new(self.device.clone(), sheet)),
            StoreName::Play => Box::new(PlayStore::new(self.device.clone(), sheet)),
        }
    }

    fn handed(&self, given: StoreTransaction) -> StoreTransaction {
        if self.hand.forged.load(Ordering::SeqCst) {
            return forged(given);
        }
        given
    }
}

#[async_trait]
impl Store for Shop {
    async fn storefront(&self) -> Result<Storefront, StoreError> {
        self.at(Sheet::Pay).storefront().await
    }

    async fn products(&self, ids: Vec<ProductId>) -> Result<Vec<StoreProduct>, StoreError> {
        self.at(Sheet::Pay).products(ids).await
    }

    async fn buy(&self, order: Order) -> Result<SheetResult, StoreError> {
        self.hand.sheets.fetch_add(1, Ordering::SeqCst);
        let mut person = self.hand.sheet.subscribe();
        let decided = person.wait_for(Option::is_some).await.ok().and_then(|sheet| *sheet);
        let bought = self.at(decided.unwrap_or(Sheet::Cancel)).buy(order).await?;
        Ok(match bought {
            SheetResult::Success(given) => SheetResult::Success(self.handed(given)),
            other => other,
        })
    }

    async fn unfinished(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        let given = self.at(Sheet::Pay).unfinished().await?;
        Ok(given.into_iter().map(|each| self.handed(each)).collect())
    }

    async fn owned(&self) -> Result<Vec<StoreTransaction>, StoreError> {
        let given = self.at(Sheet::Pay).owned().await?;
        Ok(given.into_iter().map(|each| self.handed(each)).collect())
    }

    async fn finish(&self, id: TransactionId) -> Result<(), StoreError> {
        self.at(Sheet::Pay).finish(id).await
    }

    async fn request_refund(&self, id: TransactionId) -> Result<RefundSheet, StoreError> {
        let decided = *self.hand.sheet.borrow();
        self.at(decided.unwrap_or(Sheet::Cancel)).request_refund(id).await
    }
}

/// The same receipt with one byte changed, of its signature at the App Store, of what was signed at Google Play.
pub fn forged(mut receipt: StoreTransaction) -> StoreTransaction {
    match &mut receipt.signed {
        SignedPayload::AppStore { transaction, .. } => {
            // The last twenty characters are the signature's, and base64 has an `A` and a `B`.
            let at = transaction.len().saturating_sub(20);
            let other = if transaction[at..].starts_with('A') { "B" } else { "A" };
            transaction.replace_range(at..=at, other);
        }
        SignedPayload::Play { original_json, .. } => {
            *original_json = original_json.replacen("\"quantity\":1", "\"quantity\":2", 1);
        }
    }
    receipt
}

/// The phone's clock: its world's, as wrong as the story says.
pub struct PhoneClock {
    /// The world's.
    pub world: Arc<dyn Clock>,
    /// Whose.
    pub hand: Arc<Hand>,
}

impl Clock for PhoneClock {
    fn read(&self) -> ClockReading {
        let right = self.world.read();
        let Timestamp(wall) = right.wall;
        ClockReading {
            wall: Timestamp(wall + self.hand.off_by_ms.load(Ordering::SeqCst)),
            elapsed_ms: right.elapsed_ms - self.hand.booted_at_ms.load(Ordering::SeqCst),
            boot_id: format!("{}-{}", right.boot_id, self.hand.boots.load(Ordering::SeqCst)),
            ..right
        }
    }
}

/// Chance that comes again with the same seed.
pub struct Seeded {
    /// The story's, and the phone's in it.
    pub seed: String,
    /// How often it was asked.
    pub asked: AtomicU64,
}

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let nth = self.asked.fetch_add(1, Ordering::SeqCst);
            let hash = Sha256::digest(format!("{}\n{nth}", self.seed));
            chunk.copy_from_slice(&hash[..chunk.len()]);
        }
    }
}

/// Milliseconds of `2d`, `-3h`, `90m`, `10s`.
pub fn off_by_ms(text: &str) -> Option<i64> {
    let (sign, length) = text.strip_prefix('-').map_or((1, text), |length| (-1, length));
    let unit = length.chars().last()?;
    let seconds = match unit {
        'd' => 86_400,
        'h' => 3_600,
        'm' => 60,
        's' => 1,
        _ => return None,
    };
    let count: u32 = length[..length.len() - 1].parse().ok()?;
    Some(sign * i64::from(count) * seconds * 1000)
}

impl From<words::Sheet> for Option<Sheet> {
    fn from(word: words::Sheet) -> Self {
        Some(match word {
            words::Sheet::Pay => Sheet::Pay,
            words::Sheet::Cancel => Sheet::Cancel,
            words::Sheet::Fail => Sheet::Fail,
            words::Sheet::Decline => Sheet::Decline,
            words::Sheet::Pending => Sheet::Pending,
            words::Sheet::Leave => return None,
        })
    }
}

impl From<words::Shop> for StoreName {
    fn from(word: words::Shop) -> Self {
        match word {
            words::Shop::AppStore => Self::AppStore,
            words::Shop::Play => Self::Play,
        }
    }
}

/// A panic elsewhere leaves what it held as it was.
pub fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
