//! What this phone holds of the signed-in account: the cloud's last signed answer, verified again when it is loaded.
//!
//! The vault says who is signed in, and `state.db` keeps a copy of the name alone: where the vault was **lost** with the
//! phone, nobody is signed out by that, and nothing is believed until the cloud has been asked again; where it is **locked**,
//! the copy stands in until it opens. Of whoever is not signed in nothing readable is kept.

use super::AccountState;
use super::refresh::Told;
use crate::cache::{CacheError, StateDb, StoredAccount};
use crate::cloud::{Cloud, CloudKey, SignedAnswer};
use crate::error::{CareError, Problem, Retry, UserAction};
use crate::freshness::{self, Failed};
use crate::id::AccountId;
use crate::planted;
use crate::ports::Vault;
use crate::storage::Storage;
use crate::time::Timestamp;
use crate::time::trusted::TrustedClock;
use crate::work::Platform;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Where the vault, and `state.db` beside it, keep who is signed in.
pub(crate) const SIGNED_IN: &str = "account";
/// Where `state.db` keeps the background question that failed.
pub(super) const FAILED: &str = "refresh-failed";

/// The signed-in account and what is known of it.
pub(crate) struct HeldAccount {
    pub(super) platform: Platform,
    pub(super) storage: Storage,
    pub(super) cloud: Arc<Cloud>,
    pub(super) clock: Arc<TrustedClock>,
    memory: Mutex<Memory>,
    /// One question at a time, and what the newest one was told.
    pub(super) asking: tokio::sync::Mutex<Option<Told>>,
    /// Counts the calls that want an answer.
    pub(super) begun: AtomicU64,
    /// Counts sign-ins and sign-outs: what was asked before the last of them is kept by nobody.
    pub(super) generation: Arc<AtomicU64>,
    /// Signing in and out happen in the order they were asked for.
    switching: tokio::sync::Mutex<()>,
    changed: watch::Sender<u64>,
}

#[derive(Default)]
pub(super) struct Memory {
    pub(super) account: Option<AccountId>,
    pub(super) held: Option<Held>,
    pub(super) fresh: bool,
    /// The background question that failed since the last answer.
    pub(super) failed: Option<Failed>,
    vault: VaultState,
}

/// What the vault had to say about who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum VaultState {
    /// It said it.
    #[default]
    Known,
    /// It cannot be read before the first unlock.
    Locked,
    /// It knows nothing, and `state.db` does.
    Lost,
}

impl VaultState {
    /// Whether what the cache holds can be believed: where the vault was lost, it came from elsewhere or from earlier.
    pub fn vouches(self) -> bool {
        self != Self::Lost
    }

    fn name(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Locked => "locked",
            Self::Lost => "lost",
        }
    }
}

/// Who is signed in: as the vault says, else as `state.db` has it.
pub(crate) fn signed_in(vault: &dyn Vault, copy: Option<String>) -> (Option<AccountId>, VaultState) {
    let (account, said) = match vault.read(SIGNED_IN) {
        Ok(Some(known)) => (Some(known), VaultState::Known),
        Ok(None) => (copy, VaultState::Lost),
        Err(_) => (copy, VaultState::Locked),
    };
    (account.filter(|account| !account.is_empty()).map(AccountId), said)
}

/// Removes what can be read of anybody else; gives whether there was somebody.
fn forget_all_but(state: &mut StateDb, account: Option<&AccountId>) -> Result<bool, CacheError> {
    let forgotten = state.forget_all_but(account)?;
    let name = account.map(AccountId::as_str);
    if state.setting(SIGNED_IN)?.as_deref() != name {
        state.set_setting(SIGNED_IN, name)?;
        state.set_setting(FAILED, None)?;
        state.leave_no_trace()?;
    }
    Ok(forgotten)
}

/// A verified account state with the answer that proves it.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) believed: Believed,
    pub(super) full: SignedAnswer,
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

/// What `project` needs to know of the account.
#[derive(Clone, Default)]
pub(crate) struct AccountView {
    pub account: Option<AccountId>,
    pub believed: Option<Believed>,
    /// Whether the last question was answered since the app started.
    pub answered: bool,
}

impl AccountView {
    /// The next date at which what it says may change by itself: an end, the end of grace, of the lease, of a trial or a free
    /// plan, and its own age.
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
        let ages = freshness::ages(believed.as_of).into_iter().filter(|_| self.answered);
        let dates = plans.chain(trials).flatten().chain([believed.lease_until]).chain(ages);
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
        Self {
            platform,
            storage,
            cloud,
            clock,
            memory: Mutex::default(),
            asking: tokio::sync::Mutex::default(),
            begun: AtomicU64::new(0),
            generation: Arc::default(),
            switching: tokio::sync::Mutex::default(),
            changed,
        }
    }

    /// Takes up who was signed in, and what the cache holds of them.
    ///
    /// # Errors
    /// [`CareError::Storage`] where the cache cannot be read.
    pub async fn recall(&self) -> Result<(), CareError> {
        let _in_the_order_asked = self.switching.lock().await;
        let vault = Arc::clone(&self.platform.ports.vault);
        let recalled = self.storage.state("open", move |state| {
            let (account, said) = signed_in(&*vault, state.setting(SIGNED_IN)?);
            // What a sign-out could not remove goes now.
            let forgotten = said == VaultState::Known && forget_all_but(state, account.as_ref())?;
            Ok((account, said, forgotten))
        });
        let (account, vault, forgotten) = recalled.await?;
        if vault != VaultState::Known && account.is_some() {
            self.platform.warn("account.vault", vault.name());
        }
        self.leave_no_trace(forgotten, "open").await?;
        match account {
            Some(account) => self.show(account, vault).await,
            None => {
                self.memory().vault = vault;
                Ok(())
            }
        }
    }

    /// Whether the vault was locked when it was asked who is signed in.
    pub fn waits_for_vault(&self) -> bool {
        self.memory().vault == VaultState::Locked
    }

    /// Signs in: remembered in the vault, shown from the cache until the cloud answers. Of anybody else nothing readable
    /// is kept.
    ///
    /// # Errors
    /// [`CareError::Storage`] where neither vault nor cache can be used.
    pub async fn sign_in(&self, account: AccountId) -> Result<(), CareError> {
        let _in_the_order_asked = self.switching.lock().await;
        self.remember(account.as_str(), "sign_in").await?;
        self.new_generation();
        self.forget_all_but(Some(&account), "sign_in").await?;
        self.show(account, VaultState::Known).await
    }

    /// Signs out, and removes everything readable of the account from the cache.
    ///
    /// # Errors
    /// As [`HeldAccount::sign_in`]. Nothing is shown any more where the vault could be written; what could not be removed
    /// is removed at the next start.
    pub async fn sign_out(&self) -> Result<(), CareError> {
        let _in_the_order_asked = self.switching.lock().await;
        self.remember("", "sign_out").await?;
        self.new_generation();
        *self.memory() = Memory::default();
        self.tell();
        self.forget_all_but(None, "sign_out").await
    }

    /// From here on no question asked before is written down.
    fn new_generation(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
    }

    async fn remember(&self, account: &str, operation: &'static str) -> Result<(), CareError> {
        let (vault, name) = (Arc::clone(&self.platform.ports.vault), account.to_owned());
        let written = self
            .storage
            .beside(operation, move || vault.write(SIGNED_IN, &name))
            .await?;
        written.map_err(|error| {
            CareError::Storage(
                Problem::new(operation, "vault_unavailable")
                    .retry(Retry::UserAction)
                    .id(error.to_string()),
            )
        })
    }

    async fn forget_all_but(&self, account: Option<&AccountId>, operation: &'static str) -> Result<(), CareError> {
        let account = account.cloned();
        let forgotten = self
            .storage
            .state(operation, move |state| forget_all_but(state, account.as_ref()))
            .await?;
        self.leave_no_trace(forgotten, operation).await
    }

    /// Receipts of what is settled: their rows went with the account, and now so do the log's copies of them.
    async fn leave_no_trace(&self, forgotten: bool, operation: &'static str) -> Result<(), CareError> {
        if !forgotten {
            return Ok(());
        }
        self.storage
            .journal(operation, |journal| journal.leave_no_trace())
            .await
    }

    /// Forgets the newest revision seen of an account that is erased.
    pub async fn forget_revision(&self, account: &AccountId) {
        let (vault, key) = (Arc::clone(&self.platform.ports.vault), revision_key(account));
        // A number says nothing about anybody: where it stays it is overwritten at the next sign-in.
        let _ = self
            .storage
            .beside("erase_account", move || vault.write(&key, ""))
            .await;
    }

    /// Shows what the cache holds of the account, if every signature on it still verifies and it is not older than what was
    /// seen before.
    async fn show(&self, account: AccountId, said: VaultState) -> Result<(), CareError> {
        let (vault, keys) = (Arc::clone(&self.platform.ports.vault), self.cloud.keys().to_vec());
        let name = account.clone();
        let found = self.storage.state("open", move |state| {
            let stored = match said.vouches() {
                true => state.account(&name)?,
                false => None,
            };
            let held = stored.map(|stored| Held::from_stored(stored, &keys, &name, &*vault));
            Ok((held.transpose(), state.setting(FAILED)?))
        });
        let (held, failed) = found.await?;
        let mut held = held.unwrap_or_else(|refused| {
            self.platform.warn(refused, "account");
            None
        });
        if planted::is("account_of_another_shown") {
            held = held.or_else(|| self.memory().held.clone());
        }
        *self.memory() = Memory {
            account: Some(account),
            held,
            fresh: false,
            failed: failed.and_then(|text| serde_json::from_slice(text.as_bytes()).ok()),
            vault: said,
        };
        self.tell();
        Ok(())
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
            answered: memory.fresh,
        }
    }

    pub(super) fn held_of(&self, account: &AccountId) -> Option<Held> {
        let memory = self.memory();
        if memory.account.as_ref() == Some(account) {
            memory.held.clone()
        } else {
            None
        }
    }

    pub(super) fn set_stale(&self, account: &AccountId) {
        let mut memory = self.memory();
        if memory.account.as_ref() == Some(account) {
            memory.fresh = false;
        }
        drop(memory);
        self.tell();
    }

    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn tell(&self) {
        self.changed.send_modify(|count| *count += 1);
    }
}

impl Held {
    /// A stored answer, if it is the cloud's, about that account, and not older than the newest the vault knows of.
    ///
    /// # Errors
    /// The name of the log line that says why it is not believed.
    pub(crate) fn from_stored(
        stored: StoredAccount,
        keys: &[CloudKey],
        account: &AccountId,
        vault: &dyn Vault,
    ) -> Result<Self, &'static str> {
        let verified = stored.full.verify(keys, Some(account));
        verified.map_err(|_| "cache.not_signed")?;
        let mut held = Self::from_answer(stored.full).ok_or("cache.unreadable")?;
        if let Some(renewed) = stored.renewed
            && renewed.verify(keys, Some(account)).is_ok()
            && renewed.etag() == held.full.etag()
        {
            held.renew(&renewed);
        }
        let newest = vault.read(&revision_key(account)).ok().flatten();
        let newest: u64 = newest.and_then(|text| text.parse().ok()).unwrap_or(0);
        if held.believed.state.revision < newest {
            return Err("cache.rolled_back");
        }
        Ok(held)
    }

    pub(super) fn from_answer(full: SignedAnswer) -> Option<Self> {
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
    pub(super) fn renew(&mut self, renewed: &SignedAnswer) {
        if let (Some(as_of), Some(lease_until)) = (renewed.server_time(), renewed.lease_until())
            && as_of >= self.believed.as_of
        {
            (self.believed.as_of, self.believed.lease_until) = (as_of, lease_until);
        }
    }
}

pub(super) fn revision_key(account: &AccountId) -> String {
    format!("revision/{account}")
}

pub(crate) fn not_signed_in(operation: &str) -> CareError {
    CareError::SignIn(
        Problem::new(operation, "not_signed_in")
            .retry(Retry::UserAction)
            .action(UserAction::SignIn),
    )
}
