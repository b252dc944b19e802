//! What can go wrong outside the wire: the world's file, its keys, its sockets.

/// Why a sandbox could not be opened or served. What goes wrong *on* the wire is an answer, never one of these.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The world's file could not be opened, read or written.
    #[error("the world's file: {0}")]
    Disk(#[from] rusqlite::Error),
    /// The file is a SQLite database and not a world this version can read.
    #[error("the file holds no world this version can read: {0}")]
    NotAWorld(String),
    /// A certificate or key could not be made from the seed.
    #[error("the world's keys could not be made: {0}")]
    Keys(String),
    /// The file that exchanges are entered in could not be opened.
    #[error("the contract's ledger: {0}")]
    Ledger(std::io::Error),
    /// A socket failed.
    #[error("the sandbox's socket: {0}")]
    Socket(#[from] std::io::Error),
}
