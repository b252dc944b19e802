//! Trust in an emulated world, for tests and development. The shipped library is built without this module.

use crate::care::{Care, open_with, peek_with};
use crate::config::{Config, Roots};
use crate::ports::{Clock, Ports, Vault};
use std::sync::Arc;
use tapo_care::CareError;
use tapo_care::snapshot::Snapshot;

/// Whom to believe instead of Apple and Google.
#[derive(Debug, Clone, uniffi::Record)]
pub struct SandboxTrust {
    /// The root certificate of the emulated App Store, DER.
    pub app_store_root: Vec<u8>,
    /// The emulated Google Play's license key, written as in `PlayApp`. Where it is left out, the app's own key stands.
    #[uniffi(default = None)]
    pub play_license_key: Option<String>,
}

/// As `open_care`, over a sandbox: its root instead of Apple's, its license key instead of the app's, and plain http.
///
/// # Errors
/// As `open_care`.
#[uniffi::export]
pub async fn open_sandbox(config: Config, trust: SandboxTrust, ports: Ports) -> Result<Arc<Care>, CareError> {
    open_with(believing(config, trust), ports).await
}

/// As `peek_care`, over a sandbox.
///
/// # Errors
/// As `peek_care`.
#[uniffi::export]
pub async fn peek_sandbox(
    config: Config,
    trust: SandboxTrust,
    vault: Arc<dyn Vault>,
    clock: Arc<dyn Clock>,
) -> Result<Snapshot, CareError> {
    peek_with(believing(config, trust), vault, clock).await
}

fn believing(mut config: Config, trust: SandboxTrust) -> tapo_care::Config {
    if let (Some(app), Some(license_key)) = (&mut config.play, trust.play_license_key) {
        app.license_key = license_key;
    }
    let roots = Roots {
        app_store: vec![trust.app_store_root],
        allow_http: true,
    };
    config.believing(roots)
}

/// Rows that a shell made, behind an object: what reading a snapshot would cost if the core had nothing to decide. The
/// benches of the boundary compare with it.
#[derive(Debug, uniffi::Object)]
pub struct SandboxRows(Snapshot);

#[uniffi::export]
impl SandboxRows {
    /// Keeps these rows.
    #[uniffi::constructor]
    pub fn new(rows: Snapshot) -> Arc<Self> {
        Arc::new(Self(rows))
    }

    /// A copy of them, as `snapshot` hands one over.
    pub fn rows(&self) -> Snapshot {
        self.0.clone()
    }
}
