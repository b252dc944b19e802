//! The vault of a machine without a keychain: one JSON file in the state folder, replaced whole and durably.

use crate::state::replace_durably;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use tapo_care::ports::{Vault, VaultError};

/// The file. Two threads never write it at once; two processes never have the core's folder at once.
pub struct FileVault {
    path: PathBuf,
    one_at_a_time: Mutex<()>,
}

impl FileVault {
    /// In this file, which need not exist yet.
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            one_at_a_time: Mutex::new(()),
        }
    }

    fn load(&self) -> Result<BTreeMap<String, String>, VaultError> {
        match std::fs::read(&self.path) {
            Ok(text) => serde_json::from_slice(&text).map_err(|error| VaultError::Failed(error.to_string())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(error) => Err(VaultError::Failed(error.to_string())),
        }
    }
}

impl Vault for FileVault {
    fn read(&self, key: &str) -> Result<Option<String>, VaultError> {
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(self.load()?.remove(key))
    }

    fn write(&self, key: &str, value: &str) -> Result<(), VaultError> {
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = |error: &dyn std::fmt::Display| VaultError::Failed(error.to_string());
        let mut kept = self.load()?;
        kept.insert(key.to_owned(), value.to_owned());
        let text = serde_json::to_vec_pretty(&kept).map_err(|error| failed(&error))?;
        replace_durably(&self.path, &text).map_err(|error| failed(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_there_for_the_next_process() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.json");
        FileVault::new(path.clone()).write("mark", "1").unwrap();
        FileVault::new(path.clone()).write("installation", "i").unwrap();
        let again = FileVault::new(path);
        assert_eq!(again.read("mark").unwrap().as_deref(), Some("1"));
        assert_eq!(again.read("nothing").unwrap(), None);
    }
}
