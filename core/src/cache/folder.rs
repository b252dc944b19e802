//! The folder, and the one lock that says whose it is: two cores on one journal could both finish a purchase.

use super::{CacheError, open};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

const LOCK_FILE: &str = "care.lock";

/// A claimed folder. The claim ends when this is dropped, and with the process however that ends.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Claims the folder, and creates it where there is none.
    ///
    /// # Errors
    /// [`CacheError::InUse`], [`CacheError::ReadOnly`], [`CacheError::NewerVersion`] or [`CacheError::Unusable`]; no
    /// database was touched then.
    pub fn claim(path: &Path) -> Result<Self, CacheError> {
        open::refuse_newer(path)?;
        std::fs::create_dir_all(path)?;
        let lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path.join(LOCK_FILE))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(CacheError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
