//! A phone of a story: a folder and a vault that survive, and a core that comes and goes.

use super::hand::{Hand, KillAt, Life, Network, PhoneClock, Seeded, Shop};
use crate::args::StoreName;
use crate::failure::Failure;
use crate::ports::{FileVault, Sessions};
use crate::state::{Person, StateFolder};
use crate::world::{Wire, World};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tapo_care::Care;
use tapo_care::ports::{Clock, Ports};
use tapo_care::seams::{Seams, TokioTimer};

/// What is left running when an app is told to close, in time of the runtime, which stands still while anything runs.
const A_MOMENT: Duration = Duration::from_millis(1);

/// One phone.
pub struct Phone {
    /// Its name.
    pub name: String,
    /// What is true of it whichever core runs.
    pub hand: Arc<Hand>,
    /// Who is signed in.
    pub person: Option<Person>,
    world: World,
    store: StoreName,
    folder: StateFolder,
    seed: String,
    starts: u32,
    running: Option<Running>,
}

/// A core that runs.
#[derive(Clone)]
pub struct Running {
    /// The core.
    pub care: Care,
    /// Its life.
    pub life: Arc<Life>,
    sessions: Sessions,
}

impl Phone {
    /// A new phone in that world, its files below `folder`.
    ///
    /// # Errors
    /// Its folder cannot be made.
    pub fn new(world: &World, store: StoreName, name: &str, folder: &Path, seed: u64) -> Result<Self, Failure> {
        let folder = StateFolder::choose(Some(&folder.join(name)))?;
        folder.make()?;
        Ok(Self {
            name: name.to_owned(),
            hand: Arc::new(Hand::new()),
            person: None,
            world: world.clone(),
            store,
            folder,
            seed: format!("{seed} {name}"),
            starts: 0,
            running: None,
        })
    }

    /// The store on it, as whoever holds the phone asks it.
    pub fn device(&self) -> Wire {
        self.world.device(&self.name, self.store)
    }

    /// The app, started where it does not run.
    ///
    /// # Errors
    /// The core cannot be opened.
    pub async fn app(&mut self, dies_at: Option<KillAt>) -> Result<Running, Failure> {
        if let Some(running) = &self.running {
            running.life.dies_at(dies_at);
            return Ok(running.clone());
        }
        let life = Arc::new(Life::new());
        life.dies_at(dies_at);
        self.starts += 1;
        let network = Arc::new(Network {
            world: Arc::clone(&self.world.transport),
            hand: Arc::clone(&self.hand),
            life: Some(Arc::clone(&life)),
        });
        let world = self.world.over(network.clone());
        let sessions = Sessions::new(world.session(), self.person.clone());
        let shop = Shop {
            device: world.device(&self.name, self.store),
            store: self.store,
            hand: Arc::clone(&self.hand),
        };
        let clock: Arc<dyn Clock> = Arc::new(PhoneClock {
            world: Arc::clone(&self.world.clock),
            hand: Arc::clone(&self.hand),
        });
        let ports = Ports {
            store: Arc::new(shop),
            vault: Arc::new(FileVault::new(self.folder.vault(self.store))),
            session: Arc::new(sessions.clone()),
            clock,
            log: life.clone(),
        };
        let seams = Seams {
            transport: network,
            timer: Arc::new(TokioTimer),
            entropy: Arc::new(Seeded {
                seed: format!("{} {}", self.seed, self.starts),
                asked: AtomicU64::new(0),
            }),
            disk: life.clone(),
            spawner: life.clone(),
        };
        let config = world.config(self.folder.core(self.store), self.store, "en")?;
        let opened = tokio::select! {
            biased;
            () = life.death() => None,
            opened = Care::open(config, ports, seams) => Some(opened),
        };
        let Some(opened) = opened else {
            life.bury();
            return Err(Failure::Usage("the app died while it was being opened".to_owned()));
        };
        let running = Running {
            care: opened?,
            life,
            sessions,
        };
        self.running = Some(running.clone());
        if let Some(person) = self.person.clone()
            && running.care.snapshot().account.as_ref() != Some(&person.account)
        {
            running.care.sign_in(person.account).await?;
        }
        Ok(running)
    }

    /// Signs in by name.
    ///
    /// # Errors
    /// The name is unknown, or the service or the core says no.
    pub async fn sign_in(&mut self, name: &str) -> Result<(), Failure> {
        let running = self.app(None).await?;
        let person = running.sessions.sign_in(name).await?;
        self.person = Some(person.clone());
        running.care.sign_in(person.account).await?;
        Ok(())
    }

    /// Signs out.
    ///
    /// # Errors
    /// The core says no.
    pub async fn sign_out(&mut self) -> Result<(), Failure> {
        let running = self.app(None).await?;
        self.person = None;
        running.care.sign_out().await?;
        running.sessions.sign_out();
        Ok(())
    }

    /// Signed in from before the story.
    pub fn belongs_to(&mut self, person: Person) {
        self.person = Some(person);
    }

    /// The app is closed in good order.
    pub async fn close(&mut self) {
        if let Some(running) = self.running.take() {
            running.care.close().await;
            drop(running);
            idle().await;
        }
    }

    /// The app is dead, from now on if it was not.
    pub async fn dead(&mut self) {
        if let Some(Running { care, life, sessions }) = self.running.take() {
            life.die();
            life.bury();
            drop((care, sessions));
            // Aborted tasks let go of the folder when they are next looked at.
            idle().await;
            life.bury();
        }
    }

    /// The app and its vault are removed.
    ///
    /// # Errors
    /// The folder cannot be removed.
    pub async fn reinstall(&mut self) -> Result<(), Failure> {
        self.close().await;
        let unusable = |error: std::io::Error| Failure::Usage(format!("the app cannot be removed: {error}"));
        std::fs::remove_dir_all(self.folder.path()).map_err(unusable)?;
        self.folder.make()
    }

    /// A file of the closed app becomes noise.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn damage(&mut self, file: &str) -> Result<(), Failure> {
        self.close().await;
        let path = self.folder.core(self.store).join(file);
        let noise: Vec<u8> = (0..8192_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
            .collect();
        std::fs::write(&path, noise).map_err(|error| Failure::Usage(format!("{file} cannot be damaged: {error}")))
    }

    /// It starts anew.
    pub async fn reboot(&mut self) {
        self.dead().await;
        self.hand.reboot(self.world.clock.read().elapsed_ms);
    }

    /// How many sheets opened so far.
    pub fn sheets(&self) -> u32 {
        self.hand.sheets.load(Ordering::SeqCst)
    }
}

/// Lets everything run that can run now. The runtime's time stands still until nothing can, so this is no waiting.
pub async fn idle() {
    tokio::time::sleep(A_MOMENT).await;
}
