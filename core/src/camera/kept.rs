//! What a user left under way or closed on the screen: the picker's ticks and the banners, for each account, in state.db.
//!
//! It gates nothing and may vanish: then a picker opens with what is selected, and a closed banner shows once more. What
//! outlives a sign-out names no account and no camera: both are hashed.

use super::picker::Draft;
use crate::cache::StateDb;
use crate::error::CareError;
use crate::id::{AccountId, CameraId, SubscriptionId};
use crate::storage::Storage;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What one account left under way or closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The picker's ticks.
    #[serde(default)]
    pub draft: Option<Draft>,
    /// Hashes of pickers closed, each for one selection of one plan.
    #[serde(default)]
    pickers: BTreeSet<String>,
    /// Hashes of cameras whose banner was closed (U16).
    #[serde(default)]
    banners: BTreeSet<String>,
    /// Pickers closed until the next start: a plan without a selection asks again then (R16).
    #[serde(skip)]
    until_restart: BTreeSet<String>,
}

impl Kept {
    /// Whether the camera's banner was closed.
    pub fn banner_is_closed(&self, camera: &CameraId) -> bool {
        self.banners.contains(&hashed(camera.as_str()))
    }

    /// Closes the camera's banner for good.
    pub fn close_banner(&mut self, camera: &CameraId) {
        self.banners.insert(hashed(camera.as_str()));
    }

    /// Whether the picker of that plan was closed over that selection.
    pub fn picker_is_closed(&self, subscription: &SubscriptionId, revision: u64) -> bool {
        let name = picker_name(subscription, revision);
        self.pickers.contains(&name) || self.until_restart.contains(&name)
    }

    /// Closes the picker of that plan; before a first selection until the next start only (R16).
    pub fn close_picker(&mut self, subscription: &SubscriptionId, revision: u64) {
        self.draft = self.draft.take().filter(|draft| &draft.subscription != subscription);
        let name = picker_name(subscription, revision);
        let closed = if revision == 0 {
            &mut self.until_restart
        } else {
            &mut self.pickers
        };
        closed.insert(name);
    }

    /// Opens it with these ticks.
    pub fn open_picker(&mut self, draft: Draft) {
        self.until_restart.clear();
        self.draft = Some(draft);
    }
}

fn picker_name(subscription: &SubscriptionId, revision: u64) -> String {
    hashed(&format!("{subscription}/{revision}"))
}

fn hashed(text: &str) -> String {
    hex::encode(&digest(&SHA256, text.as_bytes()).as_ref()[..16])
}

/// What every account left, in memory and in state.db.
pub(crate) struct KeptForAccounts {
    storage: Storage,
    memory: Mutex<BTreeMap<AccountId, Kept>>,
}

impl KeptForAccounts {
    /// Nothing yet; [`KeptForAccounts::recall`] takes up what an account left.
    pub fn new(storage: Storage) -> Self {
        Self {
            storage,
            memory: Mutex::default(),
        }
    }

    /// Takes up what the account left before. What cannot be read counts as nothing left.
    pub async fn recall(&self, account: &AccountId) {
        if self.memory().contains_key(account) {
            return;
        }
        let owner = account.clone();
        let left = self.storage.state("open", move |state| Ok(stored(state, &owner))).await;
        self.memory()
            .entry(account.clone())
            .or_insert_with(|| left.unwrap_or_default());
    }

    /// What the account left; of nobody, nothing.
    pub fn of(&self, account: Option<&AccountId>) -> Kept {
        account
            .and_then(|account| self.memory().get(account).cloned())
            .unwrap_or_default()
    }

    /// Changes what the account left, here and on the disk.
    ///
    /// # Errors
    /// [`CareError::Storage`] where it cannot be written: then it holds until the app ends.
    pub async fn change(
        &self,
        operation: &'static str,
        account: &AccountId,
        change: impl FnOnce(&mut Kept),
    ) -> Result<(), CareError> {
        let text = {
            let mut memory = self.memory();
            let kept = memory.entry(account.clone()).or_default();
            change(kept);
            serde_json::to_string(kept).ok()
        };
        let key = setting(account);
        self.storage
            .state(operation, move |state| state.set_setting(&key, text.as_deref()))
            .await
    }

    /// The account signs out: its ticks, which name cameras, go.
    pub async fn forget_draft(&self, account: &AccountId) {
        if self.of(Some(account)).draft.is_some() {
            // A disk that is gone keeps a list of ids, and nothing reads it for anybody else.
            let _ = self.change("sign_out", account, |kept| kept.draft = None).await;
        }
        self.memory().remove(account);
    }

    /// Nothing of the account stays, not even what names neither it nor a camera (X18).
    ///
    /// # Errors
    /// [`CareError::Storage`] where the disk keeps it.
    pub async fn erase(&self, account: &AccountId, operation: &'static str) -> Result<(), CareError> {
        self.memory().remove(account);
        let key = setting(account);
        self.storage
            .state(operation, move |state| state.set_setting(&key, None))
            .await
    }

    fn memory(&self) -> MutexGuard<'_, BTreeMap<AccountId, Kept>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the file says the account left. What cannot be read counts as nothing left.
pub(crate) fn stored(state: &StateDb, account: &AccountId) -> Kept {
    let text = state.setting(&setting(account)).ok().flatten();
    text.and_then(|text| serde_json::from_slice(text.as_bytes()).ok())
        .unwrap_or_default()
}

fn setting(account: &AccountId) -> String {
    format!("kept/{}", hashed(account.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rules: R16
    #[test]
    fn a_first_picker_that_was_closed_is_back_at_the_next_start_and_a_later_one_is_not() {
        let (plan, mut kept) = (SubscriptionId::from("sub_1"), Kept::default());
        kept.close_picker(&plan, 0);
        kept.close_picker(&plan, 1);
        assert!(kept.picker_is_closed(&plan, 0) && kept.picker_is_closed(&plan, 1));
        let restarted: Kept = serde_json::from_str(&serde_json::to_string(&kept).unwrap()).unwrap();
        assert!(!restarted.picker_is_closed(&plan, 0) && restarted.picker_is_closed(&plan, 1));
        assert!(
            !restarted.picker_is_closed(&plan, 2),
            "another selection is another question"
        );
    }

    #[test]
    fn what_outlives_a_sign_out_names_nobody_and_no_camera() {
        let mut kept = Kept::default();
        kept.close_banner(&"cam_porch".into());
        kept.close_picker(&"sub_secret".into(), 3);
        let written = serde_json::to_string(&kept).unwrap() + &setting(&"acc_anna".into());
        for secret in ["porch", "secret", "anna"] {
            assert!(!written.contains(secret), "{written}");
        }
        assert!(kept.banner_is_closed(&"cam_porch".into()));
        assert!(!kept.banner_is_closed(&"cam_garden".into()));
    }
}
