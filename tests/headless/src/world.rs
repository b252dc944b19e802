//! The world that `care` works on: a sandbox of its own in the state folder, or one elsewhere, named by a trust file.

mod in_process;
mod wire;

pub use in_process::InProcess;
pub use wire::{Wire, WireError};

use crate::args::{Global, StoreName};
use crate::failure::Failure;
use crate::ports::{EmbeddedClock, RemoteClock};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use care_sandbox::{Sandbox, TrustFile, WorldOptions};
use serde_json::Value;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tapo_care::ports::Clock;
use tapo_care::receipt::{AppStoreTrust, PlayTrust};
use tapo_care::seams::{HttpTransport, Transport};
use tapo_care::{CloudKey, Config, Trust};

/// The embedded sandbox's public side. Nothing resolves it: the transport hands requests over in this process.
const EMBEDDED: &str = "http://care-sandbox.invalid";
/// Its control side.
const EMBEDDED_CONTROL: &str = "http://care-control.invalid";
/// Every embedded world is the same world at its start.
const SEED: u64 = 1;

/// Reads a trust file.
///
/// # Errors
/// It cannot be read, or is none.
pub fn trust_file(path: &Path) -> Result<TrustFile, Failure> {
    let text = std::fs::read(path)
        .map_err(|error| Failure::Usage(format!("The trust file {} cannot be read: {error}.", path.display())))?;
    serde_json::from_slice(&text).map_err(|error| {
        Failure::Usage(format!(
            "{} is not a trust file ({error}); `care-sandbox up --trust FILE` writes one.",
            path.display()
        ))
    })
}

/// How to reach a world, and whom to believe in it.
#[derive(Clone)]
pub struct World {
    /// Carries the core's requests and the shell's.
    pub transport: Arc<dyn Transport>,
    /// The Care cloud, without a trailing slash.
    pub cloud_url: String,
    /// The world's clock.
    pub clock: Arc<dyn Clock>,
    /// Moves the world.
    pub control: Control,
    /// Whether it lives in the state folder.
    pub embedded: bool,
    trust: TrustFile,
}

impl World {
    /// The world that the options name.
    ///
    /// # Errors
    /// Only one of --cloud and --trust, an unreadable trust file, or a sandbox file that cannot be used.
    pub fn open(global: &Global, state: &Path) -> Result<Self, Failure> {
        match (&global.cloud, &global.trust) {
            (None, None) => Self::embedded(state),
            (Some(cloud), Some(trust)) => Self::elsewhere(cloud, trust),
            (Some(_), None) => Err(Failure::Usage(
                "--cloud needs --trust FILE as well: the file that `care-sandbox up --trust FILE` writes says whose signatures to believe."
                    .to_owned(),
            )),
            (None, Some(_)) => Err(Failure::Usage(
                "--trust needs --cloud URL as well: the trust file says whom to believe, --cloud whom to ask.".to_owned(),
            )),
        }
    }

    fn embedded(state: &Path) -> Result<Self, Failure> {
        let file = state.join("sandbox.db");
        writable(&file)?;
        let options = WorldOptions {
            seed: SEED,
            file: Some(file.clone()),
        };
        let sandbox = Sandbox::open(options).map_err(|error| {
            Failure::refused(
                "sandbox_unusable",
                format!("The sandbox in {} cannot be used: {error}.", file.display()),
            )
        })?;
        Ok(Self::of(sandbox))
    }

    /// A world of its own in memory, gone with its last handle.
    ///
    /// # Errors
    /// The sandbox cannot make its keys.
    pub fn in_memory(seed: u64) -> Result<Self, Failure> {
        let sandbox = Sandbox::open(WorldOptions { seed, file: None })
            .map_err(|error| Failure::refused("sandbox_unusable", format!("No sandbox can be made: {error}.")))?;
        Ok(Self::of(sandbox))
    }

    fn of(sandbox: Sandbox) -> Self {
        let trust = sandbox.trust(EMBEDDED, EMBEDDED_CONTROL);
        let control: Arc<dyn Transport> = Arc::new(InProcess::new(sandbox.control_router()));
        Self {
            transport: Arc::new(InProcess::new(sandbox.public_router())),
            cloud_url: trust.cloud.url.clone(),
            clock: Arc::new(EmbeddedClock::new(sandbox)),
            control: Control(Wire::new(control, &trust.control.url).bearing(&trust.control.token)),
            embedded: true,
            trust,
        }
    }

    /// The same world, reached through another transport.
    #[must_use]
    pub fn over(&self, transport: Arc<dyn Transport>) -> Self {
        Self {
            transport,
            ..self.clone()
        }
    }

    /// What a core is told of this world.
    ///
    /// # Errors
    /// A key or root of the trust file is not base64.
    pub fn config(&self, folder: PathBuf, store: StoreName, locale: &str) -> Result<Config, Failure> {
        Ok(Config {
            folder,
            cloud_url: self.cloud_url.clone(),
            trust: self.trust()?,
            store: store.kind(),
            platform: "linux".to_owned(),
            locale: locale.to_owned(),
        })
    }

    fn elsewhere(cloud: &str, path: &Path) -> Result<Self, Failure> {
        if !(cloud.starts_with("http://") || cloud.starts_with("https://")) {
            return Err(Failure::Usage(format!(
                "--cloud takes a URL such as http://127.0.0.1:4010, not `{cloud}`."
            )));
        }
        let trust = trust_file(path)?;
        let transport: Arc<dyn Transport> = Arc::new(HttpTransport::default());
        Ok(Self {
            cloud_url: cloud.trim_end_matches('/').to_owned(),
            clock: Arc::new(RemoteClock::new(&trust.control.url, &trust.control.token)),
            control: Control(Wire::new(Arc::clone(&transport), &trust.control.url).bearing(&trust.control.token)),
            embedded: false,
            transport,
            trust,
        })
    }

    /// That store on the phone of that name.
    pub fn device(&self, name: &str, store: StoreName) -> Wire {
        let place = match store {
            StoreName::AppStore => "app-store",
            StoreName::Play => "play",
        };
        let url = format!("{}/{name}/{place}", self.trust.device_url.trim_end_matches('/'));
        Wire::new(Arc::clone(&self.transport), &url)
    }

    /// What stands in for the TP-Link ID service.
    pub fn session(&self) -> Wire {
        Wire::new(Arc::clone(&self.transport), &self.cloud_url)
    }

    /// The core's trust.
    ///
    /// # Errors
    /// A key or root of the trust file is not base64.
    pub fn trust(&self) -> Result<Trust, Failure> {
        let decode = |what: &str, text: &str| {
            STANDARD
                .decode(text)
                .map_err(|error| Failure::Usage(format!("The trust file's {what} is not base64: {error}.")))
        };
        let mut cloud_keys = Vec::new();
        for key in &self.trust.cloud.keys {
            cloud_keys.push(CloudKey {
                id: key.id.clone(),
                public: decode("cloud key", &key.public)?,
            });
        }
        let app_id = i64::try_from(self.trust.app_store.app_id).ok();
        Ok(Trust {
            app_store: AppStoreTrust {
                roots: vec![decode("App Store root", &self.trust.app_store.root)?],
                bundle_id: self.trust.app_store.bundle_id.clone(),
                app_id,
                environment: None,
            },
            play: Some(PlayTrust {
                key: self.trust.play.key.clone(),
                package: self.trust.play.package.clone(),
            }),
            cloud_keys,
            // This is the sandbox's shell: loopback speaks plain HTTP.
            allow_http: true,
        })
    }
}

/// Asks the file system before SQLite does, for a sentence instead of a number.
fn writable(file: &Path) -> Result<(), Failure> {
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(file);
    match opened.map_err(|error| (error.kind(), error)) {
        Ok(_) => Ok(()),
        Err((ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem, error)) => Err(Failure::refused(
            "folder_read_only",
            format!(
                "The state folder is read-only: {} cannot be written ({error}).",
                file.display()
            ),
        )),
        Err((_, error)) => Err(Failure::refused(
            "sandbox_unusable",
            format!("The sandbox in {} cannot be used: {error}.", file.display()),
        )),
    }
}

/// The hand that moves the world (contract, section 6).
#[derive(Clone)]
pub struct Control(Wire);

impl Control {
    /// Asks control and gives its document.
    ///
    /// # Errors
    /// It cannot be reached, or says no.
    pub async fn ask(&self, method: &'static str, path: &str, body: Option<&Value>) -> Result<Value, Failure> {
        let (status, answer) = self
            .0
            .call(method, path, body)
            .await
            .map_err(|error| Failure::Unreachable(format!("The sandbox's control cannot be asked: {error}.")))?;
        if (200..300).contains(&status) {
            return Ok(answer);
        }
        let title = answer["title"].as_str().unwrap_or("no reason given").to_owned();
        let detail = answer["detail"]
            .as_str()
            .map(|detail| format!(": {detail}"))
            .unwrap_or_default();
        if status == 400 || status == 422 {
            return Err(Failure::Usage(format!(
                "The sandbox does not take that: {title}{detail}."
            )));
        }
        Err(Failure::refused(
            "sandbox_refused",
            format!("The sandbox says no ({status}): {title}{detail}."),
        ))
    }
}
