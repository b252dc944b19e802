//! What this phone holds of the signed-in account: the cloud's last signed answer, verified again when it is loaded.
//!
//! A failed question changes nothing here but the word "fresh". A late answer for an account that has signed out since
//! is kept under its own name and shown to nobody.

use super::AccountState;
use crate::cloud::{AccountAnswer, Cloud, CloudError, SignedAnswer, care_error};
use crate::error::{CareError, Problem, Retry, UserAction};
use crate::id::AccountId;
use crate::planted;
use crate::storage::Storage;
use crate::time::Timestamp;
use crate::time::trusted::TrustedClock;
use crate::work::Platform;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Where the vault keeps who is signed in.
const SIGNED_IN: &str = "account";

/// The signed-in account and what is known of it.
pub(crate) struct HeldAccount {
    platform: Platform,
    storage: Storage,
    pub(super) cloud: Arc<Cloud>,
    clock: Arc<TrustedClock>,
    memory: Mutex<Memory>,
    /// One question at a time; whoever waited asks again, so that "fresh" means asked after the call began.
    asking: tokio::sync::Mutex<()>,
    /// Signing in and out happen in the order they were asked for.
    switching: tokio::sync::Mutex<()>,
    changed: watch::Sender<u64>,
}

#[derive(Default)]
struct Memory {
    account: Option<AccountId>,
    held: Option<Held>,
    fresh: bool,
}

/// A verified account state with the answer that proves it.
#[derive(Debug, Clone)]
struct Held {
    believed: Believed,
    full: SignedAnswer,
}

/// A verified account state and how long it may be believed.
#[derive(Debug, Clone)]
pub(crate) struct Believed {
    pub state: Arc<AccountState>,
    /// The server time of the newest answer that confirmed it.
    pub as_of: Timestamp,
    /// Until when it covers anything offline.
    pub lease_until: Timestamp,
}

/// What a refresh gave.
pub(crate) struct Refreshed {
    pub state: AccountState,
}

/// What `project` needs to know of the account.
#[derive(Clone, Default)]
pub(crate) struct AccountView {
    pub account: Option<AccountId>,
    pub believed: Option<Believed>,
    pub fresh: bool,
}

impl AccountView {
    /// The next date at which what it says may change by itself: an end, the end of grace, of the lease, of a trial or a free plan.
    pub fn next_date(&self, now: Timestamp) -> Option<Timestamp> {
        let believed = self.believed.as_ref()?;
        let plans = believed
            .state
            .subscriptions
            .iter()
            .flat_map(|plan| [plan.ends_at, plan.grace_until]);
        let cameras = believed.state.cameras.iter();
        let trials = cameras.flat_map(|camera| {
            [
                camera.trial.ends_at,
                camera.free_plan.as_ref().and_then(|free| free.ends_at),
            ]
        });
        let dates = plans.chain(trials).flatten().chain([believed.lease_until]);
        dates.filter(|date| *date > now).min()
    }
}

impl HeldAccount {
    /// Nobody signed in yet; [`HeldAccount::recall`] takes up who was.
    pub fn new(
        platform: Platform,
        storage: Storage,
        cloud: Arc<Cloud>,
        clock: Arc<TrustedClock>,
        changed: watch::Sender<u64>,
    ) -> Self {
        let (memory, asking, switching) = (
            Mutex::default(),
            tokio::sync::Mutex::default(),
            tokio::sync::Mutex::default(),
        );
        Self {
            platform,
            storage,
            cloud,
            clock,
            memory,
            asking,
            switching,
            changed,
        }
    }

    /// Takes up who was signed in, and what the cache holds of them.
    ///
    /// # Errors
    /// [`CareError::Storage`] where the cache cannot be read.
    pub async fn recall(&self) -> Result<(), CareError> {
        let vault = Arc::clone(&self.platform.ports.vault);
        let known = self.storage.beside("open", move || vault.read(SIGNED_IN)).await?;
        match known.ok().flatten().filter(|account| !account.is_empty()) {
            Some(account) => self.show(AccountId(account)).await,
            None => Ok(()),
        }
    }

    /// Signs in: remembered in the vault, shown from the cache until the cloud answers.
    ///
    /// # Errors
    /// [`CareError::Storage`] where neither vault nor cache can be used.
    pub async fn sign_in(&self, account: AccountId) -> Result<(), CareError> {
        let _in_the_order_asked = self.switching.lock().await;
        self.remember(account.as_str().to_owned(), "sign_in").await?;
        self.show(account).await
    }

    /// Signs out. What the cache holds stays, under its own name.
    ///
    /// # Errors
    /// As [`HeldAccount::sign_in`].
    pub async fn sign_out(&self) -> Result<(), CareError> {
        let _in_the_order_asked = self.switching.lock().await;
        self.remember(String::new(), "sign_out").await?;
        *self.memory() = Memory::default();
        self.tell();
        Ok(())
    }

    async fn remember(&self, account: String, operation: &'static str) -> Result<(), CareError> {
        let vault = Arc::clone(&self.platform.ports.vault);
        let written = self
            .storage
            .beside(operation, move || vault.write(SIGNED_IN, &account))
            .await?;
        written.map_err(|error| {
            CareError::Storage(
                Problem::new(operation, "vault_unavailable")
                    .retry(Retry::UserAction)
                    .id(error.to_string()),
            )
        })
    }

    async fn show(&self, account: AccountId) -> Result<(), CareError> {
        let mut held = self.load(&account).await?;
        if planted::is("account_of_another_shown") {
            held = held.or_else(|| self.memory().held.clone());
        }
        *self.memory() = Memory {
            account: Some(account),
            held,
            fresh: false,
        };
        self.tell();
        Ok(())
    }

    /// What the cache holds, if every signature on it still verifies and it is not older than what was seen before.
    async fn load(&self, account: &AccountId) -> Result<Option<Held>, CareError> {
        let name = account.clone();
        let Some(stored) = self.storage.state("open", move |state| state.account(&name)).await? else {
            return Ok(None);
        };
        let keys = self.cloud.keys();
        if stored.full.verify(keys, Some(account)).is_err() {
            self.platform.log("cache.not_signed", "account");
            return Ok(None);
        }
        let Some(mut held) = Held::from_answer(stored.full) else {
            return Ok(None);
        };
        if let Some(renewed) = stored.renewed
            && renewed.verify(keys, Some(account)).is_ok()
            && renewed.etag() == held.full.etag()
        {
            held.renew(&renewed);
        }
        let (vault, key) = (Arc::clone(&self.platform.ports.vault), revision_key(account));
        let newest = self.storage.beside("open", move || vault.read(&key)).await?;
        let newest: u64 = newest.ok().flatten().and_then(|text| text.parse().ok()).unwrap_or(0);
        if held.believed.state.revision < newest {
            self.platform.log("cache.rolled_back", "account");
            return Ok(None);
        }
        Ok(Some(held))
    }

    /// Asks the cloud about whoever is signed in. What was known stays where it does not answer.
    ///
    /// # Errors
    /// [`CareError::SignIn`], [`CareError::TryAgain`]; nothing is charged and nothing lost.
    pub async fn refresh(&self, operation: &'static str) -> Result<Refreshed, CareError> {
        let account = self.signed_in().ok_or_else(|| not_signed_in(operation))?;
        self.refresh_as(&account, operation).await
    }

    /// Asks the cloud for that account, which must still be the one signed in: a wish of one account is never answered
    /// with the state of another.
    ///
    /// # Errors
    /// As [`HeldAccount::refresh`].
    pub async fn refresh_as(&self, account: &AccountId, operation: &'static str) -> Result<Refreshed, CareError> {
        let _one_at_a_time = self.asking.lock().await;
        if self.signed_in().as_ref() != Some(account) {
            return Err(not_signed_in(operation));
        }
        let known = self.held_of(account);
        let etag = known.as_ref().and_then(|held| held.full.etag().map(str::to_owned));
        let asked_at = self.clock.read();
        let answer = match self.cloud.account(account, etag.as_deref()).await {
            Ok(answer) => answer,
            Err(error) => {
                self.platform.log("account.not_refreshed", error.name());
                self.set_stale(account);
                return Err(care_error(operation, &error));
            }
        };
        let held = match (answer, known) {
            (AccountAnswer::New(full), _) => {
                let Some(held) = Held::from_answer(full) else {
                    self.set_stale(account);
                    let error = CloudError::Unreadable {
                        detail: "account".into(),
                    };
                    return Err(care_error(operation, &error));
                };
                self.save_full(account, &held).await;
                held
            }
            (AccountAnswer::Unchanged(renewed), Some(mut held)) => {
                held.renew(&renewed);
                self.save_renewal(account, renewed).await;
                held
            }
            // The client accepts a 304 only for the ETag it sent, and none was sent.
            (AccountAnswer::Unchanged(_), None) => return Err(CareError::Bug(Problem::new(operation, "empty_304"))),
        };
        self.clock.heard(held.believed.as_of, &asked_at);
        let clock = Arc::clone(&self.clock);
        // A vault that cannot be written now costs a later start some certainty, and nothing else.
        let _ = self.storage.beside(operation, move || clock.save(false)).await;
        let state = (*held.believed.state).clone();
        let mut memory = self.memory();
        if memory.account.as_ref() == Some(account) {
            memory.held = Some(held);
            memory.fresh = true;
        }
        drop(memory);
        self.tell();
        Ok(Refreshed { state })
    }

    /// The cache gates nothing about money: where it cannot be written the answer is shown all the same.
    async fn save_full(&self, account: &AccountId, held: &Held) {
        let (name, full, revision) = (account.clone(), held.full.clone(), held.believed.state.revision);
        if let Err(error) = self
            .storage
            .state("refresh", move |state| state.save_account(&name, &full))
            .await
        {
            self.platform.log("cache.not_written", error.problem().name.as_str());
            return;
        }
        let (vault, key) = (Arc::clone(&self.platform.ports.vault), revision_key(account));
        let _ = self
            .storage
            .beside("refresh", move || vault.write(&key, &revision.to_string()))
            .await;
    }

    async fn save_renewal(&self, account: &AccountId, renewed: SignedAnswer) {
        let name = account.clone();
        if let Err(error) = self
            .storage
            .state("refresh", move |state| state.save_renewal(&name, &renewed))
            .await
        {
            self.platform.log("cache.not_written", error.problem().name.as_str());
        }
    }

    /// Who is signed in.
    pub fn signed_in(&self) -> Option<AccountId> {
        self.memory().account.clone()
    }

    /// What is held of that account, if it is the one signed in.
    pub fn held_for(&self, account: &AccountId) -> Option<AccountState> {
        self.held_of(account).map(|held| (*held.believed.state).clone())
    }

    /// Everything `project` needs.
    pub fn view(&self) -> AccountView {
        let memory = self.memory();
        AccountView {
            account: memory.account.clone(),
            believed: memory.held.as_ref().map(|held| held.believed.clone()),
            fresh: memory.fresh,
        }
    }

    fn held_of(&self, account: &AccountId) -> Option<Held> {
        let memory = self.memory();
        if memory.account.as_ref() == Some(account) {
            memory.held.clone()
        } else {
            None
        }
    }

    fn set_stale(&self, account: &AccountId) {
        let mut memory = self.memory();
        if memory.account.as_ref() == Some(account) {
            memory.fresh = false;
        }
        drop(memory);
        self.tell();
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self) {
        self.changed.send_modify(|count| *count += 1);
    }
}

impl Held {
    fn from_answer(full: SignedAnswer) -> Option<Self> {
        let state = Arc::new(full.account_state().ok()?);
        let (as_of, lease_until) = (full.server_time()?, full.lease_until()?);
        Some(Self {
            believed: Believed {
                state,
                as_of,
                lease_until,
            },
            full,
        })
    }

    /// A 304 confirms the same state later, and renews its lease.
    fn renew(&mut self, renewed: &SignedAnswer) {
        if let (Some(as_of), Some(lease_until)) = (renewed.server_time(), renewed.lease_until())
            && as_of >= self.believed.as_of
        {
            (self.believed.as_of, self.believed.lease_until) = (as_of, lease_until);
        }
    }
}

fn revision_key(account: &AccountId) -> String {
    format!("revision/{account}")
}

pub(crate) fn not_signed_in(operation: &str) -> CareError {
    CareError::SignIn(
        Problem::new(operation, "not_signed_in")
            .retry(Retry::UserAction)
            .action(UserAction::SignIn),
    )
}
