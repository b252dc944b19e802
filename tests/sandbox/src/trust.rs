//! The trust file: where a world is, and whose signatures to believe in it.
use serde::{Deserialize, Serialize};

/// What `care-sandbox up --trust FILE` writes and `care --trust FILE` reads (contract, section 7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustFile {
    /// The world's id, the same for the same seed.
    pub world: String,
    /// The Care cloud.
    pub cloud: CloudTrust,
    /// The App Store.
    pub app_store: AppStoreTrust,
    /// Google Play.
    pub play: PlayTrust,
    /// The phone's side of the stores, without the device: `http://127.0.0.1:N/device`.
    pub device_url: String,
    /// The control API.
    pub control: ControlTrust,
}

/// The cloud's address and the keys its answers may be signed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudTrust {
    /// Without a trailing slash; `/v1` and `/session` come after it.
    pub url: String,
    /// Both pinned keys; either may sign.
    pub keys: Vec<CloudKey>,
}

/// One of the cloud's Ed25519 keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudKey {
    /// What `care-key` names it.
    pub id: String,
    /// Standard base64 of the 32 bytes.
    pub public: String,
}

/// What verifies a purchase of this world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppStoreTrust {
    /// The root of the App Store Server API, `…/app-store`.
    pub url: String,
    /// Standard base64 of the root certificate in DER.
    pub root: String,
    /// The app's bundle id.
    pub bundle_id: String,
    /// The app's id in the store.
    pub app_id: u64,
}

/// What verifies a purchase of Google Play in this world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayTrust {
    /// The root of the developer API, `…/play`.
    pub url: String,
    /// The app's license key: standard base64 of its SubjectPublicKeyInfo.
    pub key: String,
    /// The app's package.
    pub package: String,
}

/// Where the world is moved from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlTrust {
    /// Without a trailing slash; `/control` comes after it.
    pub url: String,
    /// The bearer token.
    pub token: String,
}
