//! `Care`: the whole core behind one object. Cheap to clone; every method may be called from any thread.
//!
//! A call about money goes on when its caller is gone; a call that only reads ends with it. Everything a shell shows comes
//! from [`Care::snapshot`], and everything it must react to from [`Care::outcomes`].

mod erase;
mod observe;
mod peek;
mod pending;
mod restore;
mod screen;

pub use observe::{Changes, Outcomes};
pub use peek::peek;
pub use restore::{ReceiptRow, Restored};

use crate::account::held::{HeldAccount, not_signed_in};
use crate::camera::kept::KeptForAccounts;
use crate::catalogue::held::HeldCatalogue;
use crate::cloud::{Cloud, CloudConfig, care_error};
use crate::config::Config;
use crate::error::{CareError, Problem, Retry};
use crate::freshness::{self, Occasion};
use crate::id::{AccountId, InstallationId, IntentId, StoreKind};
use crate::ports::{Ports, StoreTransaction};
use crate::purchase::driver::{Driver, DriverParts};
use crate::purchase::reading::Verifiers;
use crate::purchase::sweep::SweepReason;
use crate::purchase::{ChangePlanRequest, ReturnRequest, Returned, SubscribeRequest};
use crate::seams::Seams;
use crate::snapshot::{Known, PlansOnSale, Snapshot, TrialWord, project};
use crate::storage::Storage;
use crate::time::Timestamp;
use crate::time::trusted::TrustedClock;
use crate::work::Platform;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Where the vault keeps the installation's id.
const INSTALLATION: &str = "installation";

/// Tapo Care in the app.
#[derive(Clone)]
pub struct Care {
    inner: Arc<Inner>,
}

struct Inner {
    platform: Platform,
    storage: Storage,
    clock: Arc<TrustedClock>,
    account: Arc<HeldAccount>,
    catalogue: Arc<HeldCatalogue>,
    driver: Driver,
    kept: KeptForAccounts,
    changed: watch::Sender<u64>,
    closed: watch::Sender<bool>,
    /// Falling asleep and waking up happen in the order they were asked for.
    sleeping: tokio::sync::Mutex<()>,
}

impl Care {
    /// Opens the core over a folder: claims it, folds the journal, shows what the cache holds, and goes on with what is
    /// due. Nothing is awaited from the network.
    ///
    /// # Errors
    /// [`CareError::Busy`] where another process has the folder; [`CareError::Storage`] where it cannot be used or comes
    /// from a newer version, and then nothing is touched; [`CareError::Refused`] for an insecure address or unusable trust.
    pub async fn open(config: Config, ports: Ports, seams: Seams) -> Result<Self, CareError> {
        let platform = Platform { ports, seams };
        let refused = |name: &str| CareError::Refused(Problem::new("open", name));
        let verifiers = Verifiers::new(&config.trust).map_err(|_| refused("trust_unusable"))?;
        if config.store == StoreKind::Play && config.trust.play.is_none() {
            return Err(refused("trust_unusable"));
        }
        let cloud_config = CloudConfig {
            url: config.cloud_url.clone(),
            keys: config.trust.cloud_keys.clone(),
            platform: config.platform.clone(),
            allow_http: config.trust.allow_http,
        };
        let (session, log) = (Arc::clone(&platform.ports.session), Arc::clone(&platform.ports.log));
        let cloud = Cloud::new(cloud_config, platform.seams.clone(), session, log)
            .map_err(|error| care_error("open", &error))?;
        let cloud = Arc::new(cloud);
        let storage = Storage::open(&platform, &config.folder).await?;
        let (installation, clock) = installation_and_clock(&platform, &storage).await?;
        let changed = watch::Sender::new(0);
        let account = Arc::new(HeldAccount::new(
            platform.clone(),
            storage.clone(),
            Arc::clone(&cloud),
            Arc::clone(&clock),
            changed.clone(),
        ));
        account.recall().await?;
        let kept = KeptForAccounts::new(storage.clone());
        if let Some(signed_in) = account.signed_in() {
            kept.recall(&signed_in).await;
        }
        let catalogue = Arc::new(HeldCatalogue::new(
            platform.clone(),
            storage.clone(),
            Arc::clone(&cloud),
            Arc::clone(&clock),
            config.locale.clone(),
            config.store,
        ));
        let driver = Driver::new(DriverParts {
            platform: platform.clone(),
            storage: storage.clone(),
            cloud,
            verifiers,
            clock: Arc::clone(&clock),
            account: Arc::clone(&account),
            catalogue: Arc::clone(&catalogue),
            store: config.store,
            installation,
            ledger: std::sync::Mutex::default(),
            appending: tokio::sync::Mutex::default(),
            preparing: tokio::sync::Mutex::default(),
            reserving: tokio::sync::Mutex::default(),
            changed: changed.clone(),
            nudge: Arc::default(),
            moved: watch::Sender::new(0),
        });
        driver.load().await?;
        driver.pump();
        let closed = watch::Sender::new(false);
        Ok(Self {
            inner: Arc::new(Inner {
                platform,
                storage,
                clock,
                account,
                catalogue,
                driver,
                kept,
                changed,
                closed,
                sleeping: tokio::sync::Mutex::default(),
            }),
        })
    }

    /// Signs an account in. What the cache holds of it is shown at once; the cloud is asked in the background. Of whoever
    /// was signed in before nothing readable is kept.
    ///
    /// # Errors
    /// [`CareError::Storage`] where it cannot be remembered.
    pub async fn sign_in(&self, account: AccountId) -> Result<(), CareError> {
        self.open_or_closed("sign_in")?;
        self.inner.kept.recall(&account).await;
        self.inner.account.sign_in(account).await?;
        let held = Arc::clone(&self.inner.account);
        // What it finds arrives as a change; where it fails the snapshot stays marked stale.
        self.inner
            .platform
            .seams
            .spawner
            .spawn(Box::pin(async move { drop(held.refresh("sign_in").await) }));
        Ok(())
    }

    /// Signs out and removes what can be read of the account from this phone. Purchases that are not settled stay sealed in
    /// the journal and go on for the account that began them; nothing of them is shown.
    ///
    /// # Errors
    /// As [`Care::sign_in`].
    pub async fn sign_out(&self) -> Result<(), CareError> {
        self.open_or_closed("sign_out")?;
        if let Some(account) = self.inner.account.signed_in() {
            self.inner.kept.forget_draft(&account).await;
        }
        self.inner.account.sign_out().await
    }

    /// Everything a screen shows, now. Reads memory only and never blocks.
    pub fn snapshot(&self) -> Snapshot {
        let inner = &*self.inner;
        let account = inner.account.view();
        let portal = inner.catalogue.steering();
        let look = inner.clock.look();
        let kept = inner.kept.of(account.account.as_ref());
        inner.driver.with_purchases(|purchases| {
            project(&Known {
                account: &account,
                purchases,
                portal: &portal,
                kept: &kept,
                now: look.now,
                clock_suspect: look.suspect,
                utc_offset_s: look.utc_offset_s,
            })
        })
    }

    /// Snapshots as they change, the current one first; what changed while nobody asked is one change.
    pub fn changes(&self) -> Changes {
        Changes::new(self.clone(), &self.inner.changed, &self.inner.closed)
    }

    /// How purchases ended, each again and again until it is handled.
    pub fn outcomes(&self) -> Outcomes {
        Outcomes::new(self.clone(), &self.inner.changed, &self.inner.closed)
    }

    /// The plans on sale in this storefront, by number of cameras, with the store's own prices (R6, R7, U1–U4), and a free
    /// trial of the store where cloud and store both say eligible (X12).
    ///
    /// # Errors
    /// [`CareError::TryAgain`] where the store does not answer, or the cloud neither does nor ever did.
    pub async fn plans(&self) -> Result<PlansOnSale, CareError> {
        self.open_or_closed("plans")?;
        let view = self.inner.account.view();
        let (believed, now) = (view.believed.as_ref(), self.inner.clock.now());
        let word = TrialWord {
            cloud: believed.and_then(|believed| believed.state.in_app.store_trial.as_ref()),
            fresh: view.answered && believed.is_some_and(|believed| freshness::is_recent(believed.as_of, now)),
            now,
        };
        self.inner.catalogue.plans(word).await
    }

    /// Begins a purchase (R5–R9): checks every rule, asks the cloud and the store, opens the sheet, and returns the
    /// intent. How it ends comes through [`Care::outcomes`]. It goes on when the caller is dropped.
    ///
    /// # Errors
    /// Every refusal before the sheet, with nothing charged: [`CareError::Refused`] where the slot is taken (R2, R3, X5,
    /// X10), [`CareError::ConfirmationNeeded`] (X17), [`CareError::TryAgain`] where cloud or store do not answer.
    pub async fn subscribe(&self, request: SubscribeRequest) -> Result<IntentId, CareError> {
        self.open_or_closed("subscribe")?;
        let account = self.signed_in("subscribe")?;
        self.inner.driver.subscribe(account, request).await
    }

    /// Begins a change of plan: a larger one at once, any other when the paid period is over (R2: still one plan). Every rule
    /// is checked, the store has to show the purchase on this phone, and the sheet opens. How it ends comes through
    /// [`Care::outcomes`]. It goes on when the caller is dropped.
    ///
    /// # Errors
    /// Every refusal before the sheet, with nothing charged: [`CareError::Refused`] where the plan is billed elsewhere
    /// (R11), is not active or is this one already, [`CareError::ConfirmationNeeded`] (X17), [`CareError::TryAgain`] where
    /// cloud or store do not answer.
    pub async fn change_plan(&self, request: ChangePlanRequest) -> Result<IntentId, CareError> {
        self.open_or_closed("change_plan")?;
        let account = self.signed_in("change_plan")?;
        self.inner.driver.change_plan(account, request).await
    }

    /// Gives one of two plans back that were both paid (X16), on the user's word. Google Play pays back at once; the App
    /// Store opens its own sheet, and Apple decides later. It goes on when the caller is dropped.
    ///
    /// # Errors
    /// [`CareError::ConfirmationNeeded`] first, [`CareError::Refused`] where nothing is paid twice or the purchase is not on
    /// this phone's store account, [`CareError::TryAgain`], [`CareError::SignIn`]; both plans stand then, unless the money
    /// is said to be `maybe_charged`.
    pub async fn return_double_payment(&self, request: ReturnRequest) -> Result<Returned, CareError> {
        self.open_or_closed("return_double_payment")?;
        let account = self.signed_in("return_double_payment")?;
        self.inner.driver.return_double_payment(account, request).await
    }

    /// Asks the cloud for the account's state, and wakes whatever waits to try again.
    ///
    /// # Errors
    /// [`CareError::TryAgain`], [`CareError::SignIn`]; what was known stays, marked stale.
    pub async fn refresh(&self) -> Result<(), CareError> {
        self.open_or_closed("refresh")?;
        self.inner.driver.wake();
        self.inner.account.refresh("refresh").await.map(|_| ())
    }

    /// Takes in what the store hands over unasked: renewals, approvals, purchases made outside the app. Returns once each
    /// is written down; verification, grant and finish follow by themselves.
    ///
    /// # Errors
    /// [`CareError::Storage`] where it cannot be written; the store will hand it over again.
    pub async fn on_store_transactions(&self, transactions: Vec<StoreTransaction>) -> Result<(), CareError> {
        for transaction in transactions {
            self.inner.driver.take_in(transaction, None).await?;
        }
        Ok(())
    }

    /// Looks at the store account, posts and finishes what is due, asks for the account's state however young the one held is,
    /// and returns when all is quiet or `deadline` is over. For the first start and where somebody wishes it; what comes round
    /// by itself, the app at the front and background tasks, is [`Care::freshen`]'s. What is not done goes on later.
    ///
    /// # Errors
    /// [`CareError::TryAgain`] where the store does not answer, [`CareError::Storage`] where nothing can be written.
    pub async fn sweep(&self, deadline: Duration) -> Result<(), CareError> {
        self.open_or_closed("sweep")?;
        let work = async {
            let swept = self.look_at_the_store().await;
            if self.inner.account.signed_in().is_some() {
                // A cloud that does not answer leaves the snapshot stale, which says it.
                let _ = self.inner.account.refresh("sweep").await;
            }
            swept
        };
        self.inner.platform.within(deadline, work).await.unwrap_or(Ok(()))
    }

    /// What a shell calls when the app comes to the front, and from the background task the system gives it: as
    /// [`Care::sweep`], but the cloud is asked for the account only where its answer is too old for the occasion, five
    /// minutes in the foreground and 25 hours in the background. Gives when the next background task is worth its power,
    /// where somebody is signed in: a slot of this installation's own, so that phones do not all ask at once.
    ///
    /// # Errors
    /// As [`Care::sweep`].
    pub async fn freshen(&self, occasion: Occasion, deadline: Duration) -> Result<Option<Timestamp>, CareError> {
        self.open_or_closed("freshen")?;
        let work = async {
            let swept = self.look_at_the_store().await;
            let next = self
                .inner
                .account
                .freshen(&self.inner.driver.0.installation, occasion)
                .await;
            swept.map(|()| next)
        };
        self.inner.platform.within(deadline, work).await.unwrap_or(Ok(None))
    }

    async fn look_at_the_store(&self) -> Result<(), CareError> {
        self.look_into_the_vault().await?;
        let swept = self.inner.driver.sweep(SweepReason::Ordinary).await;
        self.inner.driver.quiet().await;
        swept.map(|_| ())
    }

    /// Where the vault was locked at the start it may be open now: who is signed in, and what time it is.
    async fn look_into_the_vault(&self) -> Result<(), CareError> {
        if !self.inner.account.waits_for_vault() {
            return Ok(());
        }
        let clock = Arc::clone(&self.inner.clock);
        self.inner.storage.beside("open", move || clock.recall()).await?;
        self.inner.account.recall().await
    }

    /// Puts the core to sleep: waits for a write in progress, saves the time mark, closes both databases and gives the
    /// folder's lock back. A transaction that comes meanwhile is still written down.
    ///
    /// # Errors
    /// [`CareError::Storage`] where the disk is gone.
    pub async fn suspend(&self) -> Result<(), CareError> {
        let _in_the_order_asked = self.inner.sleeping.lock().await;
        self.rest().await?;
        self.inner.storage.close().await;
        Ok(())
    }

    async fn rest(&self) -> Result<(), CareError> {
        self.inner.driver.halt().await;
        let clock = Arc::clone(&self.inner.clock);
        // A vault that is locked now costs certainty about the time after a reboot, and nothing else.
        let _ = self.inner.storage.beside("suspend", move || clock.save(true)).await?;
        Ok(())
    }

    /// Wakes the core: claims the folder, folds the journal again and goes on with what is due.
    ///
    /// # Errors
    /// As [`Care::open`].
    pub async fn resume(&self) -> Result<(), CareError> {
        let _in_the_order_asked = self.inner.sleeping.lock().await;
        self.open_or_closed("resume")?;
        self.inner.storage.reopen("resume").await?;
        self.look_into_the_vault().await?;
        self.inner.driver.load().await?;
        // Closed in the meantime: `close` waits for this call and puts everything to rest.
        self.open_or_closed("resume")?;
        self.inner.driver.pump();
        Ok(())
    }

    /// Ends the core: `changes` and `outcomes` end, nothing new starts, the folder is free. What was begun is found again
    /// at the next `open`. Closing twice is harmless.
    pub async fn close(&self) {
        let second = self.inner.closed.send_replace(true);
        // Whoever closes second may rely on the folder too.
        let _in_the_order_asked = self.inner.sleeping.lock().await;
        if !second {
            // There is nobody left to tell, and this fails only where there is nothing left to close.
            let _ = self.rest().await;
            self.inner.storage.end().await;
        }
    }

    fn signed_in(&self, operation: &str) -> Result<AccountId, CareError> {
        self.inner.account.signed_in().ok_or_else(|| not_signed_in(operation))
    }

    fn open_or_closed(&self, operation: &str) -> Result<(), CareError> {
        if *self.inner.closed.borrow() {
            return Err(CareError::Busy(Problem::new(operation, "closed").retry(Retry::Never)));
        }
        Ok(())
    }
}

/// This installation's id: from the vault, which outlives the databases, else a new one. The journal of another
/// installation, copied here by a backup, is set aside: a sweep of this phone's store fills a new one. The time mark is in the
/// vault too.
async fn installation_and_clock(
    platform: &Platform,
    storage: &Storage,
) -> Result<(InstallationId, Arc<TrustedClock>), CareError> {
    let (clock, vault) = (Arc::clone(&platform.ports.clock), Arc::clone(&platform.ports.vault));
    let fresh = platform.seams.entropy.uuid().to_string();
    let found = storage.journal("open", move |journal| {
        let journals = journal.installation()?;
        let kept = match vault.read(INSTALLATION) {
            Ok(Some(known)) => Some(known),
            Ok(None) => vault.write(INSTALLATION, &fresh).ok().map(|()| fresh),
            // Locked: nobody can say whose the journal is, and nothing takes the place of the id the vault may hold.
            Err(_) => None,
        };
        Ok((kept, journals, TrustedClock::load(clock, vault)))
    });
    let (kept, journals, clock) = found.await?;
    let installation = match (kept, journals) {
        (Some(known), journals) => {
            storage.belongs_to(&known, journals.as_deref()).await?;
            known
        }
        (None, journals) => journals.unwrap_or_else(|| platform.seams.entropy.uuid().to_string()),
    };
    Ok((InstallationId(installation), Arc::new(clock)))
}
