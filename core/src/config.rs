//! What a shell configures. Trust is plain data: which roots, keys and addresses are believed is decided by whoever
//! builds this value, and the shipped library builds it in one way only.

use crate::cloud::CloudKey;
use crate::id::StoreKind;
use crate::receipt::{AppStoreTrust, PlayTrust};
use std::path::PathBuf;

/// Everything `open` needs to know.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder for journal and cache; created if it is not there, and owned by one process at a time.
    pub folder: PathBuf,
    /// The Care cloud.
    pub cloud_url: String,
    /// Whose signatures are believed.
    pub trust: Trust,
    /// The store on this phone.
    pub store: StoreKind,
    /// `ios`, `android`, `linux`: told to the cloud.
    pub platform: String,
    /// The language tag plans are asked for in.
    pub locale: String,
}

/// Whose signatures are believed.
#[derive(Debug, Clone)]
pub struct Trust {
    /// Apple's root and this app's identity at the App Store.
    pub app_store: AppStoreTrust,
    /// The app's license key and package at Google Play; needed where the phone's store is Play.
    pub play: Option<PlayTrust>,
    /// The cloud's Ed25519 keys: two, so that one may be replaced.
    pub cloud_keys: Vec<CloudKey>,
    /// Whether plain `http` is allowed: for a sandbox on this machine only.
    pub allow_http: bool,
}
