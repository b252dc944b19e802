//! `Sandbox`: one world behind one lock, and the routers that reach it.
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;

use crate::SandboxError;
use crate::contract::Contract;
use crate::disk::Disk;
use crate::front;
use crate::keys::{Keys, base64, play_license_key};
use crate::moment::WORLD_START_MS;
use crate::other_app::OtherApp;
use crate::play::PACKAGE;
use crate::store::{APP_ID, BUNDLE_ID};
use crate::trust::{AppStoreTrust, CloudKey, CloudTrust, ControlTrust, PlayTrust, TrustFile};
use crate::world::World;

/// Which world to open.
#[derive(Clone, Debug)]
pub struct WorldOptions {
    /// Everything random comes from it. A file that already holds a world keeps the seed it was made with.
    pub seed: u64,
    /// The SQLite file the world lives in; none keeps it in memory.
    pub file: Option<PathBuf>,
}

impl Default for WorldOptions {
    fn default() -> Self {
        WorldOptions { seed: 1, file: None }
    }
}

/// A running world. Clones are the same world.
#[derive(Clone, Debug)]
pub struct Sandbox {
    held: Arc<Mutex<Held>>,
    keys: Arc<Keys>,
    contract: Arc<Contract>,
}

#[derive(Debug)]
struct Held {
    world: World,
    disk: Option<Disk>,
}

impl Sandbox {
    /// Makes a world, or goes on with the one the file holds.
    ///
    /// # Errors
    /// The file cannot be opened or holds something else.
    pub fn open(options: WorldOptions) -> Result<Sandbox, SandboxError> {
        let (world, disk) = match &options.file {
            None => (World::new(options.seed)?, None),
            Some(path) => {
                let mut disk = Disk::open(path)?;
                let world = match disk.begin(None)? {
                    Some(world) => world,
                    None => World::new(options.seed)?,
                };
                disk.commit(&world)?;
                (world, Some(disk))
            }
        };
        Sandbox::over(world, disk)
    }

    /// A new world in memory whose cloud sells an app of the real App Store.
    ///
    /// # Errors
    /// It has no account of that name, its keys cannot be made, or the file for what the exchanges came to cannot be written.
    pub fn of_another_app(seed: u64, app: OtherApp) -> Result<Sandbox, SandboxError> {
        let account = app.account.clone();
        let world = World::of_another_app(seed, app)?;
        let world = world.ok_or_else(|| SandboxError::NotAWorld(format!("nobody is called {account}")))?;
        Sandbox::over(world, None)
    }

    /// A new world in memory with a seed of its own and the keys of this one: to mint them costs more than a short story.
    ///
    /// # Errors
    /// The file for what the exchanges came to cannot be written.
    pub fn another(&self, seed: u64) -> Result<Sandbox, SandboxError> {
        Sandbox::over(World::with_keys(seed, self.keys.clone(), WORLD_START_MS), None)
    }

    fn over(world: World, disk: Option<Disk>) -> Result<Sandbox, SandboxError> {
        Ok(Sandbox {
            keys: world.keys.clone(),
            held: Arc::new(Mutex::new(Held { world, disk })),
            contract: Arc::new(Contract::open().map_err(SandboxError::Ledger)?),
        })
    }

    /// What a phone and the store's clients talk to: `/session`, `/v1`, `/app-store`, `/play`, `/device`.
    pub fn public_router(&self) -> Router {
        front::public(self.clone())
    }

    /// What moves the world: `/control`, behind the bearer token.
    pub fn control_router(&self) -> Router {
        front::control(self.clone())
    }

    /// The bearer token of the control API.
    pub fn control_token(&self) -> String {
        self.keys.control_token.clone()
    }

    /// How this world and those who ask it keep to the contract, since it was opened.
    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    /// The trust file of this world, served at these addresses (without a trailing slash).
    pub fn trust(&self, public_url: &str, control_url: &str) -> TrustFile {
        let public_url = public_url.trim_end_matches('/');
        let keys = self
            .keys
            .answers
            .iter()
            .map(|answer| CloudKey {
                id: answer.id.to_owned(),
                public: base64(answer.key.verifying_key().as_bytes()),
            })
            .collect();
        TrustFile {
            world: self.keys.world.clone(),
            cloud: CloudTrust {
                url: public_url.to_owned(),
                keys,
            },
            app_store: AppStoreTrust {
                url: format!("{public_url}/app-store"),
                root: base64(&self.keys.chain.root),
                bundle_id: BUNDLE_ID.to_owned(),
                app_id: APP_ID,
            },
            play: PlayTrust {
                url: format!("{public_url}/play"),
                key: play_license_key(self.keys.seed),
                package: PACKAGE.to_owned(),
            },
            device_url: format!("{public_url}/device"),
            control: ControlTrust {
                url: control_url.trim_end_matches('/').to_owned(),
                token: self.control_token(),
            },
        }
    }

    /// The world's clock, milliseconds since the epoch. Where the file cannot be read, what this process saw last.
    pub fn now_ms(&self) -> i64 {
        let mut held = self.hold();
        let Held { world, disk } = &mut *held;
        if let Some(disk) = disk {
            match disk.begin(Some(world)) {
                Ok(Some(moved)) => *world = moved,
                Ok(None) => {}
                Err(_) => disk.forget(),
            }
            disk.abandon();
        }
        world.now()
    }

    /// Moves the clock as control does, and fires what is due on the way. A time that has passed changes nothing.
    ///
    /// # Errors
    /// The world's file cannot be kept.
    pub fn move_to(&self, now_ms: i64) -> Result<(), SandboxError> {
        self.change(|world| world.move_to(now_ms))
    }

    /// Where the world's clock started.
    pub fn started_ms(&self) -> i64 {
        self.hold().world.clock.started_ms
    }

    /// The world's id: `w-…`, the same for the same seed.
    pub fn world_id(&self) -> String {
        self.keys.world.clone()
    }

    /// Asks or changes the world; a change is on disk before this returns, or it did not happen.
    pub(crate) fn change<T>(&self, act: impl FnOnce(&mut World) -> T) -> Result<T, SandboxError> {
        let mut held = self.hold();
        let Held { world, disk } = &mut *held;
        let Some(disk) = disk else {
            let result = act(world);
            self.contract.enter(std::mem::take(&mut world.overheard));
            return Ok(result);
        };
        match disk.begin(Some(world)) {
            Ok(Some(moved)) => *world = moved,
            Ok(None) => {}
            Err(error) => {
                disk.abandon();
                disk.forget();
                return Err(error);
            }
        }
        let result = act(world);
        self.contract.enter(std::mem::take(&mut world.overheard));
        if let Err(error) = disk.commit(world) {
            disk.abandon();
            disk.forget();
            return Err(error);
        }
        Ok(result)
    }

    fn hold(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
