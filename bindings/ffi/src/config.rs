//! What a shell configures. The library that ships believes Apple's root and https: nothing here can say otherwise.

use tapo_care::id::StoreKind;
use tapo_care::receipt::{AppStoreTrust, PlayTrust, apple_roots};
use tapo_care::{CloudKey, Trust};

/// Everything `open_care` needs to know.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Config {
    /// The folder for journal and cache; created if it is not there, and owned by one process at a time.
    pub folder: String,
    /// The Care cloud, `https` only.
    pub cloud_url: String,
    /// The cloud's Ed25519 keys: two, so that one may be replaced.
    pub cloud_keys: Vec<CloudKey>,
    /// This app at the App Store.
    pub app_store: AppStoreApp,
    /// This app at Google Play; needed where `store` is Play.
    pub play: Option<PlayApp>,
    /// The store on this phone.
    pub store: StoreKind,
    /// `ios`, `android`, `linux`: told to the cloud.
    pub platform: String,
    /// The language tag plans are asked for in.
    pub locale: String,
}

/// Which app a purchase of the App Store must be for.
#[derive(Debug, Clone, uniffi::Record)]
pub struct AppStoreApp {
    /// The app's bundle.
    pub bundle_id: String,
    /// The app's App Store number, asked in Production.
    pub app_id: i64,
}

/// Which app a purchase of Google Play must be for, and by which key it is known.
#[derive(Debug, Clone, uniffi::Record)]
pub struct PlayApp {
    /// The app's package.
    pub package: String,
    /// The app's license key as Play's console shows it: base64 of an RSA SubjectPublicKeyInfo. White space is nothing.
    pub license_key: String,
}

/// What a shell cannot choose: the shipped library has one value of it.
pub(crate) struct Roots {
    pub app_store: Vec<Vec<u8>>,
    pub allow_http: bool,
}

impl Roots {
    /// Apple's root, and nothing but https.
    pub fn shipped() -> Self {
        Self {
            app_store: apple_roots(),
            allow_http: false,
        }
    }
}

impl Config {
    pub(crate) fn believing(self, roots: Roots) -> tapo_care::Config {
        tapo_care::Config {
            folder: self.folder.into(),
            cloud_url: self.cloud_url,
            trust: Trust {
                app_store: AppStoreTrust {
                    roots: roots.app_store,
                    bundle_id: self.app_store.bundle_id,
                    app_id: Some(self.app_store.app_id),
                    environment: None,
                },
                play: self.play.map(|app| PlayTrust {
                    key: app.license_key,
                    package: app.package,
                }),
                cloud_keys: self.cloud_keys,
                allow_http: roots.allow_http,
            },
            store: self.store,
            platform: self.platform,
            locale: self.locale,
        }
    }
}
