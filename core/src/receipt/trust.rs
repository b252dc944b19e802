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

/// Whom to believe at Google Play, and which app this is.
#[derive(Debug, Clone)]
pub struct PlayTrust {
    /// The app's license key as Play's console shows it: base64 of an RSA SubjectPublicKeyInfo. White space is nothing.
    pub key: String,
    /// The app's package.
    pub package: String,
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
    /// The license key is no RSA key, or has bytes behind it.
    #[error("the license key is not an RSA key in base64")]
    UnreadableKey,
    /// The license key is too short, or longer than anything Play gives out.
    #[error("the license key is not of 2048 to 8192 bits")]
    KeySize,
    /// The package is empty.
    #[error("no package")]
    NoPackage,
}
