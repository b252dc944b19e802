//! [`Care`]: the core's calls, one to one. Which of them outlive their caller is the only thing said here.

use crate::adapters;
use crate::config::{Config, Roots};
use crate::observe::{Changes, Outcomes};
use crate::panics::{self, contained};
use crate::ports::{Clock, Ports, Vault};
use crate::runtime::{self, detached, scoped};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tapo_care::id::{AccountId, IntentId};
use tapo_care::ports::StoreTransaction;
use tapo_care::seams::Seams;
use tapo_care::snapshot::{PlansOnSale, Snapshot};
use tapo_care::time::Timestamp;
use tapo_care::{
    CareError, ChangePlanRequest, Occasion, ReceiptRow, Restored, ReturnRequest, Returned, SubscribeRequest,
};
use tokio::runtime::Handle;

/// Tapo Care in the app. Every method may be called from any thread.
///
/// A call about money goes on when its caller is gone; a call that only reads ends with it. Everything a shell shows comes
/// from `snapshot`, and everything it must react to from `outcomes`. End it with `shutdown`.
#[derive(uniffi::Object)]
pub struct Care {
    pub(crate) core: tapo_care::Care,
    runtime: Handle,
}

/// Opens the core over a folder: claims it, folds the journal, shows what the cache holds, and goes on with what is
/// due. Nothing is awaited from the network.
///
/// # Errors
/// [`CareError::Busy`] where another process has the folder; [`CareError::Storage`] where it cannot be used or comes
/// from a newer version, and then nothing is touched; [`CareError::Refused`] for an insecure address or unusable trust.
#[uniffi::export]
pub async fn open_care(config: Config, ports: Ports) -> Result<Arc<Care>, CareError> {
    open_with(config.believing(Roots::shipped()), ports).await
}

/// The last state as a snapshot, read without the folder's lock while another process may write. Asks nobody and writes
/// nothing. It is believed as far as any: signatures, account, revision and lease are checked. What cannot be read now is
/// shown as not loaded, and left for the owner to deal with. For a notification extension, a widget, a second process.
///
/// # Errors
/// [`CareError::Storage`] where the folder was written by a newer version.
#[uniffi::export]
pub async fn peek_care(config: Config, vault: Arc<dyn Vault>, clock: Arc<dyn Clock>) -> Result<Snapshot, CareError> {
    peek_with(config.believing(Roots::shipped()), vault, clock).await
}

/// Peeks over what was decided about trust. A few reads of files: on a thread of the runtime that may wait for a disk.
pub(crate) async fn peek_with(
    config: tapo_care::Config,
    vault: Arc<dyn Vault>,
    clock: Arc<dyn Clock>,
) -> Result<Snapshot, CareError> {
    let (vault, clock) = (adapters::vault(vault), adapters::clock(clock));
    panics::tell_only_where();
    let reading = runtime::handle()?.spawn_blocking(move || tapo_care::peek(&config, vault, clock));
    runtime::value(reading.await)
}

/// Opens over what was decided about trust. Detached: a half-opened core would hold the folder.
pub(crate) async fn open_with(config: tapo_care::Config, ports: Ports) -> Result<Arc<Care>, CareError> {
    panics::tell_only_where();
    let runtime = runtime::handle()?;
    let seams = Seams::real(runtime.clone());
    let core = detached(&runtime, tapo_care::Care::open(config, ports.into_core(), seams)).await?;
    Ok(Arc::new(Care { core, runtime }))
}

impl Care {
    /// For what only reads.
    async fn scoped<T, F>(&self, call: impl FnOnce(tapo_care::Care) -> F) -> T
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        scoped(&self.runtime, call(self.core.clone())).await
    }

    /// For what changes something.
    pub(crate) async fn detached<T, F>(&self, call: impl FnOnce(tapo_care::Care) -> F) -> T
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        detached(&self.runtime, call(self.core.clone())).await
    }
}

#[uniffi::export]
impl Care {
    /// Signs an account in. What the cache holds of it is shown at once; the cloud is asked in the background. Of whoever
    /// was signed in before nothing readable is kept.
    ///
    /// # Errors
    /// [`CareError::Storage`] where it cannot be remembered.
    pub async fn sign_in(&self, account: AccountId) -> Result<(), CareError> {
        self.detached(|core| async move { core.sign_in(account).await }).await
    }

    /// Signs out and removes what can be read of the account from this phone. Purchases that are not settled stay sealed in
    /// the journal and go on for the account that began them; nothing of them is shown.
    ///
    /// # Errors
    /// As [`Care::sign_in`].
    pub async fn sign_out(&self) -> Result<(), CareError> {
        self.detached(|core| async move { core.sign_out().await }).await
    }

    /// Everything a screen shows, now. Reads memory only and never blocks.
    pub fn snapshot(&self) -> Snapshot {
        contained(|| self.core.snapshot())
    }

    /// Snapshots as they change, the current one first; what changed while nobody asked is one change.
    pub fn changes(&self) -> Arc<Changes> {
        Arc::new(Changes::new(self.core.changes(), self.runtime.clone()))
    }

    /// How purchases ended, each again and again until it is handled.
    pub fn outcomes(&self) -> Arc<Outcomes> {
        Arc::new(Outcomes::new(self.core.outcomes(), self.runtime.clone()))
    }

    /// The plans on sale in this storefront, by number of cameras, with the store's own prices (R6, R7, U1–U4), and a free
    /// trial of the store where cloud and store both say eligible (X12).
    ///
    /// # Errors
    /// [`CareError::TryAgain`] where the store does not answer, or the cloud neither does nor ever did.
    pub async fn plans(&self) -> Result<PlansOnSale, CareError> {
        self.scoped(|core| async move { core.plans().await }).await
    }

    /// Begins a purchase (R5–R9): checks every rule, asks the cloud and the store, opens the sheet, and returns the
    /// intent. How it ends comes through [`Care::outcomes`]. It goes on when the caller is dropped.
    ///
    /// # Errors
    /// Every refusal before the sheet, with nothing charged: [`CareError::Refused`] where the slot is taken (R2, R3, X5,
    /// X10), [`CareError::ConfirmationNeeded`] (X17), [`CareError::TryAgain`] where cloud or store do not answer.
    pub async fn subscribe(&self, request: SubscribeRequest) -> Result<IntentId, CareError> {
        self.detached(|core| async move { core.subscribe(request).await }).await
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
        self.detached(|core| async move { core.change_plan(request).await })
            .await
    }

    /// Gives one of two plans back that were both paid (X16), on the user's word. Google Play pays back at once; the App
    /// Store opens its own sheet, and Apple decides later. It goes on when the caller is dropped.
    ///
    /// # Errors
    /// [`CareError::ConfirmationNeeded`] first, [`CareError::Refused`] where nothing is paid twice or the purchase is not on
    /// this phone's store account, [`CareError::TryAgain`], [`CareError::SignIn`]; both plans stand then, unless the money
    /// is said to be `maybe_charged`.
    pub async fn return_double_payment(&self, request: ReturnRequest) -> Result<Returned, CareError> {
        self.detached(|core| async move { core.return_double_payment(request).await })
            .await
    }

    /// Asks the cloud for the account's state, and wakes whatever waits to try again.
    ///
    /// # Errors
    /// [`CareError::TryAgain`], [`CareError::SignIn`]; what was known stays, marked stale.
    pub async fn refresh(&self) -> Result<(), CareError> {
        self.scoped(|core| async move { core.refresh().await }).await
    }

    /// Looks at the store account and asks the cloud again about everything it has not granted. Only on the user's word
    /// (U6).
    ///
    /// # Errors
    /// [`CareError::ConfirmationNeeded`] where a purchase without an account is to be bound to this one (X11): call again
    /// with its token. [`CareError::TryAgain`] where the store does not answer, [`CareError::SignIn`] where nobody is
    /// signed in.
    #[uniffi::method(default(confirmed = None))]
    pub async fn restore(&self, confirmed: Option<String>) -> Result<Restored, CareError> {
        self.detached(|core| async move { core.restore(confirmed).await }).await
    }

    /// Stops waiting for the approval of a purchase (Ask to Buy): the slot is free and the plan may be asked for again.
    /// Its end, `not_approved`, comes through [`Care::outcomes`]. Without this call it ends by itself 24 hours after it
    /// was asked for. An approval that comes all the same is granted. Dismissing twice is harmless.
    ///
    /// # Errors
    /// [`CareError::Refused`] where this account has no such wish, where it is not pending (its money is in the error), or
    /// where the store shows the payment it waits for and will tell how that ends (Google Play); [`CareError::SignIn`]
    /// where nobody is signed in; [`CareError::Storage`] where it cannot be written.
    pub async fn dismiss_pending(&self, intent: IntentId) -> Result<(), CareError> {
        self.detached(|core| async move { core.dismiss_pending(intent).await })
            .await
    }

    /// What this phone's store showed and what verification made of it. Another account's transactions are left out.
    pub fn receipts(&self) -> Vec<ReceiptRow> {
        contained(|| self.core.receipts())
    }

    /// Takes in what the store hands over unasked: renewals, approvals, purchases made outside the app. Returns once each
    /// is written down; verification, grant and finish follow by themselves.
    ///
    /// # Errors
    /// [`CareError::Storage`] where it cannot be written; the store will hand it over again.
    pub async fn on_store_transactions(&self, transactions: Vec<StoreTransaction>) -> Result<(), CareError> {
        self.detached(|core| async move { core.on_store_transactions(transactions).await })
            .await
    }

    /// Looks at the store account, posts and finishes what is due, asks for the account's state however young the one held is,
    /// and returns when all is quiet or `deadline` is over. For the first start and where somebody wishes it; what comes round
    /// by itself, the app at the front and background tasks, is [`Care::freshen`]'s. What is not done goes on later.
    ///
    /// # Errors
    /// [`CareError::TryAgain`] where the store does not answer, [`CareError::Storage`] where nothing can be written.
    pub async fn sweep(&self, deadline_ms: u32) -> Result<(), CareError> {
        let deadline = Duration::from_millis(deadline_ms.into());
        self.detached(|core| async move { core.sweep(deadline).await }).await
    }

    /// What a shell calls when the app comes to the front, and from the background task the system gives it: as
    /// [`Care::sweep`], but the cloud is asked for the account only where its answer is too old for the occasion, five
    /// minutes in the foreground and 25 hours in the background. Gives when the next background task is worth its power,
    /// where somebody is signed in: a slot of this installation's own, so that phones do not all ask at once.
    ///
    /// # Errors
    /// As [`Care::sweep`].
    pub async fn freshen(&self, occasion: Occasion, deadline_ms: u32) -> Result<Option<Timestamp>, CareError> {
        let deadline = Duration::from_millis(deadline_ms.into());
        self.detached(|core| async move { core.freshen(occasion, deadline).await })
            .await
    }

    /// Removes everything of the signed-in account from this phone and signs it out: its state, and the record of purchases
    /// that are settled. A purchase that is paid and not settled stays sealed in the journal until it is. Called before the
    /// app deletes the TP-Link ID, which this does not; a plan that still bills goes on billing.
    ///
    /// # Errors
    /// [`CareError::ConfirmationNeeded`] first, with what still bills, where it is cancelled, and what is not settled (X18):
    /// call again with its token. [`CareError::TryAgain`] where the cloud cannot say what bills, [`CareError::SignIn`],
    /// [`CareError::Storage`]; nothing is erased then.
    #[uniffi::method(default(confirmed = None))]
    pub async fn erase_account(&self, confirmed: Option<String>) -> Result<(), CareError> {
        self.detached(|core| async move { core.erase_account(confirmed).await })
            .await
    }

    /// Puts the core to sleep: waits for a write in progress, saves the time mark, closes both databases and gives the
    /// folder's lock back. A transaction that comes meanwhile is still written down.
    ///
    /// # Errors
    /// [`CareError::Storage`] where the disk is gone.
    pub async fn suspend(&self) -> Result<(), CareError> {
        self.detached(|core| async move { core.suspend().await }).await
    }

    /// Wakes the core: claims the folder, folds the journal again and goes on with what is due.
    ///
    /// # Errors
    /// As [`open_care`].
    pub async fn resume(&self) -> Result<(), CareError> {
        self.detached(|core| async move { core.resume().await }).await
    }

    /// Ends the core: `changes` and `outcomes` end, nothing new starts, the folder is free. What was begun is found again
    /// at the next `open`. Closing twice is harmless.
    ///
    /// Called `shutdown` because `close` is what Kotlin's `AutoCloseable` and Swift's `deinit` do to this object's handle, at
    /// once and without waiting; nothing of the core ends by that.
    pub async fn shutdown(&self) {
        self.detached(|core| async move { core.close().await }).await;
    }
}
