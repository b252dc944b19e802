//! The state folder: where it is, who is signed in, and how a file in it is replaced.
//!
//! `care/` is the core's · `sandbox.db` the embedded world · `vault.json` the vault · `person.json` who is signed in ·
//! `care-play/` and `vault-play.json` the same of a phone with Google Play: no phone has both stores, so neither journal is
//! ever read beside the other store.

use crate::args::StoreName;
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use tapo_care::id::AccountId;

/// A TP-Link ID of the world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Its account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
}

/// Who is signed in, as the folder remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Remembered {
    /// Nobody has ever said: the embedded sandbox takes its first account.
    #[serde(skip)]
    Nothing,
    /// Signed out, on purpose.
    Nobody,
    /// Signed in.
    Somebody(Person),
}

/// One state folder.
#[derive(Debug, Clone)]
pub struct StateFolder {
    path: PathBuf,
}

impl StateFolder {
    /// The folder named, else the one in the user's data folder.
    ///
    /// # Errors
    /// None is named and the machine does not say where home is.
    pub fn choose(named: Option<&Path>) -> Result<Self, Failure> {
        if let Some(path) = named {
            return Ok(Self { path: path.to_owned() });
        }
        let from = |variable: &str| {
            std::env::var_os(variable)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        let data = from("XDG_STATE_HOME").or_else(|| from("HOME").map(|home| home.join(".local/state")));
        match data {
            Some(data) => Ok(Self {
                path: data.join("tapo-care"),
            }),
            None => Err(Failure::Usage(
                "Neither HOME nor XDG_STATE_HOME is set; name a folder with --state DIR.".to_owned(),
            )),
        }
    }

    /// Makes the folder where it is not there yet.
    ///
    /// # Errors
    /// It cannot be made, or is no folder.
    pub fn make(&self) -> Result<(), Failure> {
        std::fs::create_dir_all(&self.path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => Failure::Usage(format!(
                "--state takes a folder, and {} is a file.",
                self.path.display()
            )),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Failure::refused(
                "folder_read_only",
                format!("The state folder {} cannot be made: {error}.", self.path.display()),
            ),
            _ => Failure::refused(
                "folder_unusable",
                format!("The state folder {} cannot be made: {error}.", self.path.display()),
            ),
        })
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The core's folder.
    pub fn core(&self, store: StoreName) -> PathBuf {
        self.path.join(match store {
            StoreName::AppStore => "care",
            StoreName::Play => "care-play",
        })
    }

    /// The vault's file.
    pub fn vault(&self, store: StoreName) -> PathBuf {
        self.path.join(match store {
            StoreName::AppStore => "vault.json",
            StoreName::Play => "vault-play.json",
        })
    }

    /// The folder of another phone, inside this one.
    pub fn of_phone(&self, name: &str) -> Self {
        Self {
            path: self.path.join("phones").join(name),
        }
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn remembered(&self) -> Result<Remembered, Failure> {
        let path = self.person();
        let unusable =
            |why: String| Failure::refused("folder_unusable", format!("{} cannot be read: {why}.", path.display()));
        match std::fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text).map_err(|error| unusable(error.to_string())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Remembered::Nothing),
            Err(error) => Err(unusable(error.to_string())),
        }
    }

    /// Remembers who is signed in.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn remember(&self, who: &Remembered) -> Result<(), Failure> {
        let path = self.person();
        let unusable = |why: String| {
            Failure::refused(
                "folder_unusable",
                format!("{} cannot be written: {why}.", path.display()),
            )
        };
        let text = serde_json::to_vec_pretty(who).map_err(|error| unusable(error.to_string()))?;
        replace_durably(&path, &text).map_err(|error| unusable(error.to_string()))
    }

    fn person(&self) -> PathBuf {
        self.path.join("person.json")
    }
}

/// Replaces a file whole: whoever reads it, also after a power cut, finds the old text or the new one.
///
/// # Errors
/// The folder cannot be written.
pub fn replace_durably(path: &Path, text: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(text)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    if let Some(folder) = path.parent() {
        // The rename itself is durable once the folder is.
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_remembers_who_is_signed_in_and_who_signed_out() {
        let place = tempfile::tempdir().unwrap();
        let folder = StateFolder::choose(Some(place.path())).unwrap();
        assert_eq!(folder.remembered().unwrap(), Remembered::Nothing);
        for who in [
            Remembered::Somebody(Person {
                account: AccountId::from("acc_1"),
                name: "anna".into(),
            }),
            Remembered::Nobody,
        ] {
            folder.remember(&who).unwrap();
            assert_eq!(folder.remembered().unwrap(), who);
        }
    }
}
