//! Asking the cloud about the signed-in account.
//!
//! - **One question at a time.** Whoever waits while one is out shares the next one with all who wait: "fresh" means asked
//!   after the call began, and a thousand taps are two questions.
//! - **A late answer never overwrites a newer one.** What was asked before a sign-in or sign-out is kept by nobody, and an
//!   answer of an older revision than the one held comes from a part of the cloud that lags behind.
//! - **What fails changes nothing** but the word "fresh".

use super::AccountState;
use super::held::{FAILED, Held, HeldAccount, SIGNED_IN, not_signed_in, revision_key};
use crate::cloud::{AccountAnswer, CloudError, care_error};
use crate::error::{CareError, Problem, Retry};
use crate::freshness::{self, Asked, Failed, Occasion};
use crate::id::{AccountId, InstallationId};
use crate::time::Timestamp;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// How far a part of the cloud may lag behind another.
const LAG_MS: i64 = 60 * 1000;
/// When it is worth asking again, in seconds.
const LAG_OVER_S: u32 = 5;

/// What a refresh gave.
#[derive(Clone)]
pub(crate) struct Refreshed {
    pub state: AccountState,
}

/// What the newest question was told, for those who waited for it.
pub(crate) struct Told {
    account: AccountId,
    generation: u64,
    /// Calls with a smaller number began before the question was sent.
    began_before: u64,
    answer: Result<Refreshed, Untold>,
}

/// Why a question gave nothing that may be kept.
#[derive(Clone)]
enum Untold {
    Cloud(CloudError),
    /// Of an older revision than what is held.
    Older,
    /// A 304 for an ETag that was never sent.
    Empty,
}

impl Untold {
    fn into_error(self, operation: &str) -> CareError {
        match self {
            Self::Cloud(error) => care_error(operation, &error),
            Self::Older => CareError::TryAgain(Problem::new(operation, "older_answer").retry(Retry::After(LAG_OVER_S))),
            Self::Empty => CareError::Bug(Problem::new(operation, "empty_304")),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Cloud(error) => error.name(),
            Self::Older => "older_answer",
            Self::Empty => "empty_304",
        }
    }
}

impl HeldAccount {
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
        let mine = self.begun.fetch_add(1, Ordering::SeqCst);
        let mut asking = self.asking.lock().await;
        if self.signed_in().as_ref() != Some(account) {
            return Err(not_signed_in(operation));
        }
        let generation = self.generation.load(Ordering::SeqCst);
        if let Some(told) = &*asking
            && (&told.account, told.generation) == (account, generation)
            && mine < told.began_before
        {
            return told.answer.clone().map_err(|untold| untold.into_error(operation));
        }
        let began_before = self.begun.load(Ordering::SeqCst);
        let answer = self.ask(account, generation).await;
        if let Err(untold) = &answer {
            self.platform.log("account.not_refreshed", untold.name());
            self.set_stale(account);
        }
        let given = answer.clone().map_err(|untold| untold.into_error(operation));
        *asking = Some(Told {
            account: account.clone(),
            generation,
            began_before,
            answer,
        });
        given
    }

    async fn ask(&self, account: &AccountId, generation: u64) -> Result<Refreshed, Untold> {
        let known = self.held_of(account);
        let etag = known.as_ref().and_then(|held| held.full.etag().map(str::to_owned));
        let asked_at = self.clock.read();
        let answer = self.cloud.account(account, etag.as_deref()).await;
        let held = match (answer.map_err(Untold::Cloud)?, known) {
            (AccountAnswer::New(full), known) => {
                let unreadable = || CloudError::Unreadable {
                    detail: "account".into(),
                };
                let held = Held::from_answer(full).ok_or_else(|| Untold::Cloud(unreadable()))?;
                if known.is_some_and(|known| held.lags_behind(&known)) {
                    return Err(Untold::Older);
                }
                self.save_full(account, generation, &held).await;
                held
            }
            (AccountAnswer::Unchanged(renewed), Some(mut held)) => {
                held.renew(&renewed);
                let name = account.clone();
                self.save(generation, move |state| state.save_renewal(&name, &renewed))
                    .await;
                held
            }
            // The client accepts a 304 only for the ETag it sent, and none was sent.
            (AccountAnswer::Unchanged(_), None) => return Err(Untold::Empty),
        };
        self.clock.heard(held.believed.as_of, &asked_at);
        let clock = Arc::clone(&self.clock);
        // A vault that cannot be written now costs a later start some certainty, and nothing else.
        let _ = self.storage.beside("refresh", move || clock.save(false)).await;
        let state = (*held.believed.state).clone();
        let had_failed = self.keep(account, generation, held);
        if had_failed {
            self.save(generation, |state| state.set_setting(FAILED, None)).await;
        }
        self.tell();
        Ok(Refreshed { state })
    }

    /// Keeps what is held where nobody signed in or out since it was asked for; gives whether a failure is forgotten by it.
    fn keep(&self, account: &AccountId, generation: u64, held: Held) -> bool {
        let mut memory = self.memory();
        let still = memory.account.as_ref() == Some(account) && self.is_still(generation);
        if still {
            memory.held = Some(held);
            memory.fresh = true;
        }
        still && memory.failed.take().is_some()
    }

    fn is_still(&self, generation: u64) -> bool {
        self.generation.load(Ordering::SeqCst) == generation
    }

    async fn save_full(&self, account: &AccountId, generation: u64, held: &Held) {
        let (name, full, revision) = (account.clone(), held.full.clone(), held.believed.state.revision);
        if !self
            .save(generation, move |state| state.save_account(&name, &full))
            .await
        {
            return;
        }
        let (vault, account) = (Arc::clone(&self.platform.ports.vault), account.clone());
        let newest = Arc::clone(&self.generation);
        let written = self.storage.beside("refresh", move || {
            if newest.load(Ordering::SeqCst) == generation {
                vault.write(&revision_key(&account), &revision.to_string())?;
                // Also where it was lost: from here on it knows again who is signed in.
                if vault.read(SIGNED_IN)?.is_none() {
                    vault.write(SIGNED_IN, account.as_str())?;
                }
            }
            Ok::<(), crate::ports::VaultError>(())
        });
        // A vault that is locked now costs a later start some certainty, and nothing else.
        let _ = written.await;
    }

    /// Writes to the cache where nobody signed in or out since the question was asked. Looked at on the disk, where a
    /// sign-out removes what stands there: whatever comes after it writes nothing. The cache gates nothing about money:
    /// where it cannot be written the answer is shown all the same.
    async fn save(
        &self,
        generation: u64,
        write: impl FnOnce(&mut crate::cache::StateDb) -> Result<(), crate::cache::CacheError> + Send + 'static,
    ) -> bool {
        let newest = Arc::clone(&self.generation);
        let saved = self.storage.state("refresh", move |state| {
            if newest.load(Ordering::SeqCst) != generation {
                return Ok(false);
            }
            write(state).map(|()| true)
        });
        saved.await.unwrap_or_else(|error| {
            self.platform.warn("cache.not_written", error.problem().name.as_str());
            false
        })
    }

    /// Asks where it is due on that occasion, and gives when it is due next in the background. What fails shows as "stale".
    pub async fn freshen(&self, installation: &InstallationId, occasion: Occasion) -> Option<Timestamp> {
        let account = self.signed_in()?;
        let now = self.clock.now_or_wall();
        if freshness::account_is_due(installation, occasion, self.asked(), now) {
            let generation = self.generation.load(Ordering::SeqCst);
            let failed = self.refresh_as(&account, "freshen").await.is_err();
            if failed && occasion == Occasion::Background {
                let failed = {
                    let mut memory = self.memory();
                    memory.failed = Some(Failed::after(memory.failed, now));
                    memory.failed
                };
                let text = serde_json::to_string(&failed).ok();
                self.save(generation, move |state| state.set_setting(FAILED, text.as_deref()))
                    .await;
            }
        }
        freshness::background_at(installation, self.asked())
    }

    fn asked(&self) -> Asked {
        let memory = self.memory();
        Asked {
            answered: memory.held.as_ref().map(|held| held.believed.as_of),
            failed: memory.failed,
        }
    }
}

impl Held {
    /// Whether this is older than what is known, although the cloud's clock went on by a little: a part of it that lags
    /// behind. Where the clock went back or far ahead the cloud was restored from a backup, and its word holds.
    fn lags_behind(&self, known: &Self) -> bool {
        let later_ms = self.believed.as_of.since(known.believed.as_of);
        self.believed.state.revision < known.believed.state.revision && (0..LAG_MS).contains(&later_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::tests::{Reply, state, stored};

    fn held(revision: u64, time: &'static str) -> Held {
        let body = state("acc_anna").replace("\"revision\":1", &format!("\"revision\":{revision}"));
        let reply = Reply::new(200, &body)
            .account("acc_anna")
            .etag("\"e\"")
            .lease("2026-01-12T09:00:00Z");
        Held::from_answer(stored("/v1/account", &reply.at(time))).unwrap()
    }

    #[test]
    fn an_older_revision_a_moment_later_is_a_part_of_the_cloud_that_lags_and_anything_else_is_its_word() {
        let known = held(7, "2026-01-05T09:00:00Z");
        for (revision, time, lags) in [
            (6, "2026-01-05T09:00:00Z", true),
            (1, "2026-01-05T09:00:59Z", true),
            (6, "2026-01-05T09:01:00Z", false),
            (6, "2026-01-05T08:59:59Z", false),
            (7, "2026-01-05T09:00:01Z", false),
            (8, "2026-01-05T09:00:01Z", false),
        ] {
            assert_eq!(held(revision, time).lags_behind(&known), lags, "{revision} at {time}");
        }
    }
}
