//! Opening: from the options to a core that runs, somebody signed in, and everything carried on.

use crate::args::{Global, Sheet, StoreName};
use crate::failure::Failure;
use crate::output::Output;
use crate::ports::{AppStore, FileVault, PlayStore, Sessions};
use crate::state::{Person, Remembered, StateFolder};
use crate::trace::Trace;
use crate::words;
use crate::world::{Wire, World};
use std::sync::Arc;
use std::time::Duration;
use tapo_care::ports::{Ports, Store};
use tapo_care::seams::{Seams, Transport};
use tapo_care::{Care, Snapshot};

/// How long a command waits for what an earlier one left open.
const CARRY_ON: Duration = Duration::from_secs(8);
/// Whom the embedded sandbox takes where nobody has signed in.
const FIRST_ACCOUNT: &str = "anna";

/// The phone that is meant where none is named.
pub const FIRST_DEVICE: &str = "phone";

/// What stays the same over every opening of one command.
#[derive(Clone)]
pub struct Shell {
    /// The options.
    pub global: Global,
    /// Where to print.
    pub output: Output,
    /// The state folder.
    pub folder: StateFolder,
    /// The world.
    pub world: World,
    trace: Trace,
}

/// A core that runs.
pub struct Running {
    /// The core.
    pub care: Care,
    /// Who speaks for the TP-Link ID.
    pub sessions: Sessions,
    /// Who is signed in.
    pub person: Option<Person>,
    folder: StateFolder,
}

impl Shell {
    /// Prepares folder and world.
    ///
    /// # Errors
    /// The folder or the world cannot be used.
    pub fn prepare(global: &Global, output: Output) -> Result<Self, Failure> {
        let folder = StateFolder::choose(global.state.as_deref())?;
        Self::prepare_in(global, output, folder)
    }

    /// The same in another folder than the options name.
    ///
    /// # Errors
    /// As [`Self::prepare`].
    pub fn prepare_in(global: &Global, output: Output, folder: StateFolder) -> Result<Self, Failure> {
        if !is_device(&global.device) {
            return Err(Failure::Usage(format!(
                "--device takes a name of letters, digits, `-`, `_` and `.` that begins with a letter or digit, not `{}`.",
                global.device
            )));
        }
        folder.make()?;
        let world = World::open(global, folder.path())?;
        // One world, and a folder for each phone in it; the first one's is the state folder itself.
        let folder = if global.device == FIRST_DEVICE {
            folder
        } else {
            folder.of_phone(&global.device)
        };
        folder.make()?;
        Ok(Self {
            global: global.clone(),
            output,
            folder,
            world,
            trace: Trace::from_environment(),
        })
    }

    /// Another phone in the same world, with that store and a folder of its own inside this one.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn on_phone(&self, device: &str, store: StoreName) -> Result<Self, Failure> {
        let mut other = self.clone();
        other.global.device = device.to_owned();
        other.global.stores = Some(store.into());
        other.folder = self.folder.of_phone(device);
        other.folder.make()?;
        Ok(other)
    }

    /// This phone's store, as the shell itself calls it.
    pub fn device(&self) -> Wire {
        self.world.device(&self.global.device, self.global.store())
    }

    /// Opens the core, whoever is signed in.
    ///
    /// # Errors
    /// The core's folder cannot be had.
    pub async fn open(&self, sheet: Sheet) -> Result<Running, Failure> {
        self.open_over(sheet, Arc::clone(&self.world.transport)).await
    }

    /// Opens the core over another transport: a network that is gone, for one.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_over(&self, sheet: Sheet, transport: Arc<dyn Transport>) -> Result<Running, Failure> {
        let remembered = self.folder.remembered()?;
        let person = match remembered {
            Remembered::Somebody(person) => Some(person),
            Remembered::Nobody | Remembered::Nothing => None,
        };
        let sessions = Sessions::new(self.world.session(), person.clone());
        let store: Arc<dyn Store> = match self.global.store() {
            StoreName::AppStore => Arc::new(AppStore::new(self.device(), sheet)),
            StoreName::Play => Arc::new(PlayStore::new(self.device(), sheet)),
        };
        let ports = Ports {
            store,
            vault: Arc::new(FileVault::new(self.folder.vault(self.global.store()))),
            session: Arc::new(sessions.clone()),
            clock: Arc::clone(&self.world.clock),
            log: Arc::new(self.trace.clone()),
        };
        let config = self.world.config(
            self.folder.core(self.global.store()),
            self.global.store(),
            &self.global.locale,
        )?;
        let seams = Seams {
            transport,
            ..Seams::real(tokio::runtime::Handle::current())
        };
        let care = Care::open(config, ports, seams).await?;
        Ok(Running {
            care,
            sessions,
            person,
            folder: self.folder.clone(),
        })
    }

    /// The last snapshot, read beside whoever has the core's folder.
    ///
    /// # Errors
    /// The folder is a newer version's.
    pub fn peek(&self) -> Result<Snapshot, Failure> {
        let store = self.global.store();
        let config = self.world.config(self.folder.core(store), store, &self.global.locale)?;
        let vault = FileVault::new(self.folder.vault(store));
        let clock = Arc::clone(&self.world.clock);
        Ok(tapo_care::peek(&config, Arc::new(vault), clock)?)
    }

    /// Opens the core for somebody: whoever is signed in, else the embedded sandbox's first account.
    ///
    /// # Errors
    /// Nobody is signed in and the world is elsewhere, or the core cannot be opened.
    pub async fn open_signed_in(&self, sheet: Sheet) -> Result<Running, Failure> {
        let nobody = |key: &str| Failure::refused("not_signed_in", words::line(key));
        match self.folder.remembered()? {
            Remembered::Nobody => return Err(nobody("not-signed-in")),
            Remembered::Nothing if !self.world.embedded => return Err(nobody("not-signed-in-there")),
            Remembered::Nothing | Remembered::Somebody(_) => {}
        }
        let mut running = self.open(sheet).await?;
        let signed_in = running.be_signed_in(FIRST_ACCOUNT).await;
        match signed_in {
            Ok(()) => Ok(running),
            Err(failure) => {
                running.care.close().await;
                Err(failure)
            }
        }
    }

    /// The same, and what an earlier command left open is carried on first: killed at any instant, the next call goes on.
    ///
    /// # Errors
    /// As [`Self::open_signed_in`].
    pub async fn carry_on(&self, sheet: Sheet) -> Result<Running, Failure> {
        let running = self.open_signed_in(sheet).await?;
        let busy = self.output.busy("busy-asking");
        running.settle().await;
        drop(busy);
        Ok(running)
    }
}

/// Letters, digits, `-`, `_` and `.`; a name is also a folder's, so it begins with neither `.` nor `-`.
fn is_device(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric();
    name.starts_with(plain) && name.chars().all(|c| plain(c) || "-_.".contains(c))
}

impl Running {
    /// Waits until everything under way is quiet. What cannot be asked now is left for the next time.
    pub async fn settle(&self) {
        // The account's state is asked for as well. A failure shows as `stale`; money is safe in the journal and at the store.
        let _ = self.care.sweep(CARRY_ON).await;
    }

    /// Signs in by name and remembers it.
    ///
    /// # Errors
    /// The name is unknown, or the service or folder cannot be used.
    pub async fn sign_in(&mut self, name: &str) -> Result<Person, Failure> {
        let person = self.sessions.sign_in(name).await?;
        self.folder.remember(&Remembered::Somebody(person.clone()))?;
        self.care.sign_in(person.account.clone()).await?;
        self.person = Some(person.clone());
        Ok(person)
    }

    /// Signs out and remembers that.
    ///
    /// # Errors
    /// The folder cannot be used.
    pub async fn sign_out(&mut self) -> Result<(), Failure> {
        self.folder.remember(&Remembered::Nobody)?;
        self.care.sign_out().await?;
        self.sessions.sign_out();
        self.person = None;
        Ok(())
    }

    async fn be_signed_in(&mut self, first: &str) -> Result<(), Failure> {
        match &self.person {
            None => self.sign_in(first).await.map(|_| ()),
            // A kill between the shell's memory and the core's is put right here.
            Some(person) if self.care.snapshot().account.as_ref() != Some(&person.account) => {
                Ok(self.care.sign_in(person.account.clone()).await?)
            }
            Some(_) => Ok(()),
        }
    }
}
