//! How an app is set up in a world of the sandbox: in stories, in the simulation and over a damaged disk alike.

use care_sandbox::TrustFile;
use std::path::PathBuf;
use tapo_care::id::StoreKind;
use tapo_care::receipt::{AppStoreTrust, PlayTrust};
use tapo_care::{CloudKey, Config, Trust};

/// How the app on a phone with that store is set up, its files in `folder`, its cloud at `origin`.
pub fn config(folder: PathBuf, origin: &str, store: StoreKind, trust: &TrustFile) -> Config {
    let decode = |text: &str| base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text).unwrap();
    let keys = trust.cloud.keys.iter().map(|key| CloudKey {
        id: key.id.clone(),
        public: decode(&key.public),
    });
    Config {
        folder,
        cloud_url: origin.into(),
        trust: Trust {
            app_store: AppStoreTrust {
                roots: vec![decode(&trust.app_store.root)],
                bundle_id: trust.app_store.bundle_id.clone(),
                app_id: i64::try_from(trust.app_store.app_id).ok(),
                environment: None,
            },
            play: Some(PlayTrust {
                key: trust.play.key.clone(),
                package: trust.play.package.clone(),
            }),
            cloud_keys: keys.collect(),
            allow_http: true,
        },
        store,
        platform: "linux".into(),
        locale: "en".into(),
    }
}
