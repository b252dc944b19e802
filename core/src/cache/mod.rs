//! What the core keeps on disk: `journal.db` decides about money, `state.db` may vanish, one lock file guards both.
//!
//! Every call blocks, so it runs on the disk seam. Nothing is half written: each call is one transaction or none, and
//! SQL, PRAGMAs and file names stay in here.

mod folder;
mod journal_db;
mod open;
mod state;

pub use folder::Folder;
pub use journal_db::{JournalDb, JournalRow};
pub use open::Opened;
pub use state::{StateDb, StoredAccount, StoredCatalogue};

use std::io;
use thiserror::Error;

/// Why something could not be kept or read back. No row's content is in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CacheError {
    /// Another process, or another core in this one, has the folder.
    #[error("the folder is in use")]
    InUse,
    /// The folder or a file in it cannot be written.
    #[error("the folder cannot be written")]
    ReadOnly,
    /// A newer version of the app wrote this file. It was not touched.
    #[error("{file} was written by a newer version")]
    NewerVersion {
        /// `journal.db` or `state.db`.
        file: &'static str,
    },
    /// No space left. What was stored before is still there.
    #[error("no space is left")]
    Full,
    /// More than may be stored. What was stored before is still there.
    #[error("too large to be stored")]
    TooLarge,
    /// What is stored contradicts itself. Opening sets such a file aside.
    #[error("a database is damaged")]
    Damaged,
    /// A database cannot be opened. Opening sets it aside where the folder itself is sound.
    #[error("a database cannot be opened")]
    CannotOpen,
    /// It cannot be used for another reason.
    #[error("storage cannot be used: {detail}")]
    Unusable {
        /// The system's or SQLite's own number or name for it.
        detail: String,
    },
}

impl CacheError {
    fn unusable(detail: impl Into<String>) -> Self {
        Self::Unusable { detail: detail.into() }
    }
}

impl From<io::Error> for CacheError {
    // The kind alone: the message may name a path, and a path may name a person.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            kind => Self::unusable(kind.to_string()),
        }
    }
}

impl From<rusqlite::Error> for CacheError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let rusqlite::Error::SqliteFailure(failure, _) = &error else {
            // A row that is missing, or of another type than it was written with.
            return Self::Damaged;
        };
        match failure.code {
            Code::DiskFull => Self::Full,
            Code::ReadOnly | Code::PermissionDenied => Self::ReadOnly,
            Code::CannotOpen => Self::CannotOpen,
            Code::DatabaseBusy | Code::DatabaseLocked | Code::FileLockingProtocolFailed => Self::InUse,
            // The SQL is fixed, so what contradicts it is the file: no such table, a constraint broken, another type.
            Code::DatabaseCorrupt
            | Code::NotADatabase
            | Code::Unknown
            | Code::SchemaChanged
            | Code::ConstraintViolation
            | Code::TypeMismatch
            | Code::NotFound => Self::Damaged,
            _ if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHORT_READ => Self::Damaged,
            _ => Self::unusable(format!("sqlite {}", failure.extended_code)),
        }
    }
}

#[cfg(test)]
mod tests;
