//! Whom a verifier believes, and what it expects.

use crate::id::Environment;

/// Whom to believe, and which app this is.
#[derive(Debug, Clone)]
pub struct AppStoreTrust {
    /// The pinned roots, DER. Production: [`super::apple_roots`].
    pub roots: Vec<Vec<u8>>,
    /// The app's bundle.
    pub bundle_id: String,
    /// The app's App Store number, asked in Production.
    pub app_id: Option<i64>,
    /// The one environment to accept. `None`: Production and Sandbox (X15).
    pub environment: Option<Environment>,
}

/// What somebody who examines bytes by hand expects. What they do not say is not asked.
#[derive(Debug, Clone, Default)]
pub struct Expectations {
    /// The app's bundle.
    pub bundle_id: Option<String>,
    /// The app's App Store number.
    pub app_id: Option<i64>,
    /// The one environment to accept.
    pub environment: Option<Environment>,
}

/// Trust that trusts nobody, or anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// There is no root.
    #[error("no root certificate")]
    NoRoot,
    /// A root is no certificate of an ECDSA authority, or has bytes behind it.
    #[error("a root is not the certificate of an ECDSA authority")]
    UnreadableRoot,
    /// The bundle id is empty.
    #[error("no bundle id")]
    NoBundle,
}
