//! The two databases of a folder, opened, closed and reached through the disk seam.
//!
//! While the app is suspended both files are closed and the lock is given back. A journal write that comes then opens
//! them for just that write: what a store hands over is never dropped because the app was asleep.

use crate::cache::{CacheError, Folder, JournalDb, StateDb};
use crate::error::{CareError, Problem, Retry, UserAction};
use crate::seams::on_disk;
use crate::work::Platform;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Both databases under one lock file.
pub(crate) struct Files {
    pub state: StateDb,
    pub journal: JournalDb,
    /// Held as long as the files are open.
    _folder: Folder,
}

/// The folder's databases, open or closed.
#[derive(Clone)]
pub(crate) struct Storage {
    platform: Platform,
    path: PathBuf,
    files: Arc<Mutex<Option<Files>>>,
    /// The core is closed for good: what still runs writes nothing more, and the folder is somebody else's.
    ended: Arc<AtomicBool>,
}

fn open_files(platform: &Platform, path: &Path) -> Result<Files, CacheError> {
    let folder = Folder::claim(path)?;
    let (journal, journal_opened) = JournalDb::open(path)?;
    let (state, state_opened) = StateDb::open(path)?;
    for (file, opened) in [("journal.db", journal_opened), ("state.db", state_opened)] {
        if opened.set_aside {
            platform.warn("storage.set_aside", file);
        }
    }
    Ok(Files {
        state,
        journal,
        _folder: folder,
    })
}

impl Storage {
    /// Claims the folder and opens both files.
    ///
    /// # Errors
    /// [`CareError::Busy`] where another process has it, [`CareError::Storage`] where it cannot be used; nothing is touched.
    pub async fn open(platform: &Platform, path: &Path) -> Result<Self, CareError> {
        let storage = Self {
            platform: platform.clone(),
            path: path.to_owned(),
            files: Arc::new(Mutex::new(None)),
            ended: Arc::default(),
        };
        storage.reopen("open").await?;
        Ok(storage)
    }

    /// Opens the files again after [`Storage::close`]; nothing where they are open.
    pub async fn reopen(&self, operation: &'static str) -> Result<(), CareError> {
        self.with_files(operation, true, |_| Ok(())).await
    }

    /// Closes both files and gives the lock back. Waits for a write in progress.
    pub async fn close(&self) {
        let files = Arc::clone(&self.files);
        let closed = on_disk(&self.platform.seams.disk, move || {
            files.lock().unwrap_or_else(PoisonError::into_inner).take();
        });
        // A disk that is gone has nothing open.
        let _ = closed.await;
    }

    /// Closes both files for good. What an effect begun before still finds out is found out again at the next start.
    pub async fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
        self.close().await;
    }

    /// Makes sure that the journal, which is its `owner`'s so far, is this installation's: another's is set aside whole, and
    /// a new one begins.
    ///
    /// # Errors
    /// As [`Storage::open`].
    pub async fn belongs_to(&self, installation: &str, owner: Option<&str>) -> Result<(), CareError> {
        if owner == Some(installation) {
            return Ok(());
        }
        if owner.is_some() {
            self.platform.warn("storage.of_another_installation", "journal.db");
            self.close().await;
            let path = self.path.clone();
            let set_aside = self.beside("open", move || JournalDb::set_aside(&path)).await?;
            set_aside.map_err(|error| storage_error("open", &error))?;
            self.reopen("open").await?;
        }
        let installation = installation.to_owned();
        self.journal("open", move |journal| journal.set_installation(&installation))
            .await
    }

    /// Works on the journal.
    pub async fn journal<T: Send + 'static>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&mut JournalDb) -> Result<T, CacheError> + Send + 'static,
    ) -> Result<T, CareError> {
        self.with_files(operation, false, move |files| work(&mut files.journal))
            .await
    }

    /// Works on the cache.
    pub async fn state<T: Send + 'static>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&mut StateDb) -> Result<T, CacheError> + Send + 'static,
    ) -> Result<T, CareError> {
        self.with_files(operation, false, move |files| work(&mut files.state))
            .await
    }

    /// Runs vault and clock work on the disk thread, beside the databases.
    pub async fn beside<T: Send + 'static>(
        &self,
        operation: &'static str,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, CareError> {
        on_disk(&self.platform.seams.disk, work)
            .await
            .map_err(|_| gone(operation))
    }

    async fn with_files<T: Send + 'static>(
        &self,
        operation: &'static str,
        keep_open: bool,
        work: impl FnOnce(&mut Files) -> Result<T, CacheError> + Send + 'static,
    ) -> Result<T, CareError> {
        if self.ended.load(Ordering::SeqCst) {
            return Err(CareError::Busy(Problem::new(operation, "closed").retry(Retry::Never)));
        }
        let (platform, path, slot) = (self.platform.clone(), self.path.clone(), Arc::clone(&self.files));
        let answer = on_disk(&self.platform.seams.disk, move || {
            let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
            let was_open = slot.is_some();
            let files = match slot.as_mut() {
                Some(files) => files,
                None => slot.insert(open_files(&platform, &path)?),
            };
            let answer = work(files);
            if !was_open && !keep_open {
                slot.take();
            }
            answer
        })
        .await;
        match answer {
            Ok(answer) => answer.map_err(|error| storage_error(operation, &error)),
            Err(_) => Err(gone(operation)),
        }
    }
}

fn gone(operation: &str) -> CareError {
    CareError::Storage(
        Problem::new(operation, "disk_gone")
            .retry(Retry::UserAction)
            .action(UserAction::FixStorage),
    )
}

/// What a failed file means to the app.
pub(crate) fn storage_error(operation: &str, error: &CacheError) -> CareError {
    let problem = |name: &str| {
        Problem::new(operation, name)
            .retry(Retry::UserAction)
            .action(UserAction::FixStorage)
            .id(error.to_string())
    };
    match error {
        CacheError::InUse => CareError::Busy(problem("folder_in_use")),
        CacheError::ReadOnly => CareError::Storage(problem("folder_read_only")),
        CacheError::NewerVersion { .. } => {
            CareError::Storage(problem("folder_from_newer_version").action(UserAction::UpdateApp))
        }
        CacheError::Full => CareError::Storage(problem("disk_full")),
        _ => CareError::Storage(problem("folder_unusable")),
    }
}
