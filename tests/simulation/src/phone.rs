//! A phone: its hardware, its folder, and the app on it, which is opened when it is needed and may die at any touch.

use crate::config::config;
use crate::ports::{Device, Hardware, Wire};
use crate::process::{Process, ProcessDisk, ProcessEntropy, ProcessSpawner, lock};
use crate::step::Sheet;
use crate::world::{ORIGIN, Person, World};
use futures_util::FutureExt as _;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use tapo_care::id::{AccountId, StoreKind};
use tapo_care::ports::Ports;
use tapo_care::seams::{Seams, TokioTimer};
use tapo_care::{Care, CareError, Outcome, OutcomeKind};

/// A phone.
pub struct Phone {
    pub world: World,
    pub hardware: Arc<Hardware>,
    folder: PathBuf,
    /// Which folder and dice the next process has.
    generation: u64,
    seed: u64,
    /// Touches the next process lives; 0 for no end in sight.
    pub fuse: u32,
    pub running: Option<Running>,
    /// Gone for good.
    pub lost: bool,
    /// The wall clock was behind at a reboot: until the cloud is heard, no time here can be right.
    pub deceived: bool,
    /// Wishes that `subscribe` accepted: intent to account.
    pub wishes: BTreeMap<String, String>,
    /// Those that a screen showed as waiting in the end.
    pub waiting: BTreeSet<String>,
    /// What was told of each, in order.
    pub told: BTreeMap<String, Vec<Outcome>>,
    /// Outcomes that were handled, by id.
    handled: BTreeSet<String>,
    /// Transactions that somebody here said yes to, each until the cloud knows whose it is (X11).
    pub claimed: BTreeSet<String>,
}

/// The app while it runs.
pub struct Running {
    pub care: Care,
    pub process: Arc<Process>,
    pub asleep: bool,
}

impl Phone {
    pub fn new(world: &World, name: String, store: StoreKind, folder: PathBuf, seed: u64) -> Self {
        let hardware = Hardware {
            name,
            store,
            held: Default::default(),
        };
        lock(&hardware.held).booted_ms = world.now_ms() - 3_600_000;
        Self {
            world: world.clone(),
            hardware: Arc::new(hardware),
            folder,
            generation: 0,
            seed,
            fuse: 0,
            running: None,
            lost: false,
            deceived: false,
            wishes: BTreeMap::new(),
            waiting: BTreeSet::new(),
            told: BTreeMap::new(),
            handled: BTreeSet::new(),
            claimed: BTreeSet::new(),
        }
    }

    pub fn name(&self) -> &str {
        &self.hardware.name
    }

    /// Every wish that the core accepted or opened a sheet for, and whose it is: a phone that dies may open a sheet and
    /// never say so.
    pub fn all_wishes(&self) -> BTreeMap<String, String> {
        let mut all = lock(&self.hardware.held).sheets.clone();
        all.extend(self.wishes.clone());
        all
    }

    /// What that account's user does at the next sheet, and after how long.
    pub fn at_the_next_sheet(&self, account: &str, sheet: Sheet, hold_s: u64) {
        let person = self.world.people.iter().find(|person| person.id == account);
        let mut held = lock(&self.hardware.held);
        (held.sheet, held.sheet_s) = (sheet.word(), hold_s);
        held.wishing = person.map(|person| (person.id.clone(), person.tag.clone()));
    }

    /// What the app asked for was refused.
    ///
    /// *leak*: nor is anything of another told with it. What is personal does not print for debugging, so it is read where it stands.
    pub fn refused(&self, account: &str, what: &str, error: &CareError) {
        let problem = error.problem();
        let asked = match error {
            CareError::ConfirmationNeeded(asked) => &asked.facts[..],
            _ => &[],
        };
        let said = serde_json::to_string(&(&problem.message, &problem.ids, asked)).unwrap_or_default();
        self.world.must_not_name_another(account, "a refusal", &said);
        let name = problem.name.to_string();
        self.note(&format!("{what} refused: {name}"));
        self.world.story.came(|step| step.refused = Some(name));
    }

    pub fn note(&self, line: &str) {
        self.world.story.note(&format!("{}: {line}", self.name()));
    }

    /// The app, where it runs and is awake.
    pub fn awake(&self) -> Option<&Care> {
        let running = self.running.as_ref()?;
        (!running.asleep && !running.process.is_dead()).then_some(&running.care)
    }

    /// Waits for `work` of the app; none where the process dies first.
    pub async fn living<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let process = Arc::clone(&self.running.as_ref()?.process);
        let done = tokio::select! {
            biased;
            () = process.died() => None,
            done = std::panic::AssertUnwindSafe(work).catch_unwind() => Some(done),
        };
        if process.is_dead() {
            return None;
        }
        match done {
            Some(Ok(done)) => Some(done),
            Some(Err(_)) => {
                self.world.story.broken("no panic", "a call into the core panicked");
                None
            }
            None => None,
        }
    }

    /// Clears away a dead process: the next one starts from what it had written.
    pub fn bury_the_dead(&mut self) {
        if self.running.as_ref().is_some_and(|running| running.process.is_dead()) {
            self.end_process();
            self.generation += 1;
        }
    }

    /// Drops the app without another word.
    pub fn end_process(&mut self) {
        if let Some(running) = self.running.take() {
            running.process.bury();
            lock(&self.hardware.held).shown.clear();
        }
    }

    /// Kills it here and now.
    pub fn kill(&mut self, why: &str) {
        if let Some(running) = &self.running {
            running.process.die(why);
        }
        self.bury_the_dead();
    }

    /// Ends the app in order.
    pub async fn close(&mut self) {
        self.bury_the_dead();
        if let Some(care) = self.running.as_ref().map(|running| running.care.clone()) {
            self.living(care.close()).await;
            self.bury_the_dead();
            self.end_process();
        }
    }

    /// The app, opened or woken where it has to be. None where the phone is lost or the process dies of it.
    pub async fn open(&mut self) -> Option<Care> {
        self.bury_the_dead();
        if self.lost {
            return None;
        }
        if let Some(running) = &self.running {
            let care = running.care.clone();
            if running.asleep {
                let woken = self.living(care.resume()).await;
                if let Some(Err(error)) = &woken {
                    self.world
                        .story
                        .broken("opens", &format!("{} does not wake: {error}", self.name()));
                }
                woken?.ok()?;
                if let Some(running) = &mut self.running {
                    running.asleep = false;
                }
            }
            return Some(care);
        }
        let opened = self.start().await?;
        match opened {
            Ok(care) => Some(care),
            Err(error) => {
                self.world
                    .story
                    .broken("opens", &format!("{} does not open: {error}", self.name()));
                None
            }
        }
    }

    async fn start(&mut self) -> Option<Result<Care, CareError>> {
        let story = Arc::clone(&self.world.story);
        let folder = |generation: u64| self.folder.join(format!("care-{generation}"));
        let (here, heir) = (folder(self.generation), folder(self.generation + 1));
        let seed = self.seed ^ (self.world.age_ms().unsigned_abs() << 20);
        let fuse = std::mem::take(&mut self.fuse);
        let process = Process::new(self.name(), story, seed, fuse, here.clone(), heir);
        let process = Arc::new(process);
        let wire = Arc::new(Wire {
            world: self.world.clone(),
            process: Arc::clone(&process),
            hardware: Arc::clone(&self.hardware),
        });
        let device = Arc::new(Device {
            wire: Arc::clone(&wire),
        });
        let ports = Ports {
            store: device.clone(),
            vault: device.clone(),
            session: device.clone(),
            clock: device.clone(),
            log: device,
        };
        let seams = Seams {
            transport: wire,
            timer: Arc::new(TokioTimer),
            entropy: Arc::new(ProcessEntropy(Arc::clone(&process))),
            disk: Arc::new(ProcessDisk(Arc::clone(&process))),
            spawner: Arc::new(ProcessSpawner(Arc::clone(&process))),
        };
        let trust = self.world.sandbox.trust(ORIGIN, ORIGIN);
        let opening = Care::open(config(here, ORIGIN, self.hardware.store, &trust), ports, seams);
        let opened = tokio::select! {
            biased;
            () = process.died() => None,
            opened = opening => Some(opened),
        };
        if process.is_dead() {
            process.bury();
            self.generation += 1;
            return None;
        }
        let opened = opened?;
        if let Ok(care) = &opened {
            self.running = Some(Running {
                care: care.clone(),
                process,
                asleep: false,
            });
        }
        Some(opened)
    }

    /// Signs that person in.
    pub async fn sign_in(&mut self, person: &Person) {
        if let Some(care) = self.open().await {
            self.living(care.sign_in(AccountId(person.id.clone()))).await;
        }
    }

    /// Every outcome there is for whoever is signed in, each handled.
    ///
    /// *word*: nobody is told that a purchase was cancelled or failed while its sheet is open. *once*: what was handled is told
    /// no more.
    pub async fn hear(&mut self) {
        let Some(care) = self.awake().cloned() else { return };
        let outcomes = care.outcomes();
        for _ in 0..20 {
            let Some(Some(outcome)) = outcomes.next().now_or_never() else {
                return;
            };
            let account = care.snapshot().account.map(|account| account.0).unwrap_or_default();
            let intent = outcome.intent.0.clone();
            self.note(&format!(
                "{account} hears {:?} {}, money {:?}",
                outcome.kind, outcome.plan, outcome.money
            ));
            let said = serde_json::to_string(&outcome).unwrap_or_default();
            self.world.must_not_name_another(&account, "an outcome", &said);
            let ended = matches!(outcome.kind, OutcomeKind::Cancelled | OutcomeKind::Failed);
            if ended && lock(&self.hardware.held).shown.contains(&intent) {
                self.world
                    .story
                    .broken("word", &format!("{:?} is told while the sheet is open", outcome.kind));
            }
            if self.handled.contains(&outcome.id) {
                let found = format!("{} is told again: {:?}", outcome.id, outcome.kind);
                self.world.story.broken("once", &found);
            }
            self.told.entry(intent).or_default().push(outcome.clone());
            match self.living(outcomes.handled(&outcome.id)).await {
                Some(Ok(())) => {
                    self.handled.insert(outcome.id);
                }
                Some(Err(error)) => {
                    self.world.story.broken("opens", &format!("handled: {error}"));
                    return;
                }
                None => return,
            }
        }
        self.world.story.broken("told", "outcomes never end");
    }
}
