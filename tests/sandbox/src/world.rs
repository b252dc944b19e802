//! One isolated world: what its clock says, what it draws, what goes wrong in it, and the three services that live in it.
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::SandboxError;
use crate::call::{Answer, Call};
use crate::cloud::{self, Cloud};
use crate::contract::{Exchange, check};
use crate::faults::{Faults, Suffered};
use crate::keys::Keys;
use crate::moment::{WORLD_START_MS, rfc3339};
use crate::news::{self, NewsQueue};
use crate::other_app::{Heard, OtherApp};
use crate::play::{self, Play};
use crate::randomness::Randomness;
use crate::store::{self, Store};

/// The virtual clock; only `World::move_to` moves it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Clock {
    pub(crate) started_ms: i64,
    pub(crate) now_ms: i64,
}

/// A world. Store and cloud keep their fields to themselves: the cloud learns of purchases by asking, as in life.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) keys: Arc<Keys>,
    pub(crate) clock: Clock,
    pub(crate) randomness: Randomness,
    pub(crate) faults: Faults,
    pub(crate) store: Store,
    pub(crate) play: Play,
    pub(crate) news: NewsQueue,
    pub(crate) cloud: Cloud,
    pub(crate) log: Vec<String>,
    /// Real time still to be waited before the answer leaves: a latency of the store the cloud asked meanwhile.
    pub(crate) wait_ms: u64,
    /// An app of the real App Store, where it is not the emulated one; memory only.
    pub(crate) heard: Option<Heard>,
    /// Exchanges held to the contract, still to be entered in its ledger.
    pub(crate) overheard: Vec<Exchange>,
}

/// What is written to disk, by name.
pub(crate) type Sections = BTreeMap<String, String>;

impl World {
    pub(crate) fn new(seed: u64) -> Result<World, SandboxError> {
        Ok(World::with_keys(seed, Arc::new(Keys::from_seed(seed)?), WORLD_START_MS))
    }

    /// A new world for an app of the real App Store. None where it has no such account.
    pub(crate) fn of_another_app(seed: u64, app: OtherApp) -> Result<Option<World>, SandboxError> {
        let mut world = World::with_keys(seed, Arc::new(Keys::from_seed(seed)?), app.begins_ms);
        let bound = cloud::bound_before(&mut world, &app.original, &app.account);
        world.heard = Some(Heard::of(app));
        Ok(bound.map(|()| world))
    }

    /// The bundle whose purchases the cloud grants.
    pub(crate) fn bundle_id(&self) -> &str {
        self.heard
            .as_ref()
            .map_or(store::BUNDLE_ID, |heard| &heard.app.bundle_id)
    }

    /// The root that the cloud believes the App Store by.
    pub(crate) fn app_store_root(&self) -> &[u8] {
        self.heard
            .as_ref()
            .map_or(&self.keys.chain.root, |heard| &heard.app.root)
    }

    /// A new world whose keys are another's.
    pub(crate) fn with_keys(seed: u64, keys: Arc<Keys>, started_ms: i64) -> World {
        let clock = Clock {
            started_ms,
            now_ms: started_ms,
        };
        let mut world = World {
            keys,
            clock,
            randomness: Randomness::new(seed),
            faults: Faults::default(),
            store: Store::default(),
            play: Play::default(),
            news: NewsQueue::default(),
            cloud: Cloud::default(),
            log: Vec::new(),
            wait_ms: 0,
            heard: None,
            overheard: Vec::new(),
        };
        cloud::settle_in(&mut world);
        world
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now_ms
    }

    /// A line of the event log: what happened, never what was merely read.
    pub(crate) fn note(&mut self, line: impl AsRef<str>) {
        self.log.push(format!("{} {}", rfc3339(self.now()), line.as_ref()));
    }

    /// What the fault plan has for this call.
    pub(crate) fn strike(&mut self, call: &Call) -> Suffered {
        let suffered = self.faults.strike(call, &mut self.randomness);
        if let Some(harm) = suffered.harm {
            self.note(format!("fault {harm:?} strikes {} {}", call.method, call.path()));
        }
        suffered
    }

    /// What a service of the world answers, held to the contract before anything goes wrong with it on purpose.
    pub(crate) fn overhear(&mut self, call: &Call, asked: fn(&mut World, &Call) -> Answer) -> Answer {
        let answer = asked(self, call);
        self.overheard.push(check(call, &answer));
        answer
    }

    /// Moves the clock, firing what is due on the way in order; the stores first where all are due at once.
    pub(crate) fn move_to(&mut self, to: i64) {
        // What could not be asked or told before is tried again soon, and not only after the time that passes now.
        cloud::catch_up(self);
        while let Some(due) = self.next_due().filter(|due| *due <= to) {
            self.clock.now_ms = due.max(self.clock.now_ms);
            store::fire(self);
            play::fire(self);
            news::fire(self);
            cloud::fire(self);
        }
        self.clock.now_ms = to.max(self.clock.now_ms);
        cloud::catch_up(self);
    }

    /// When the next event is due.
    pub(crate) fn next_due(&self) -> Option<i64> {
        [
            self.store.next_due(),
            self.play.next_due(),
            self.news.next_due(),
            self.cloud.next_due(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    pub(crate) fn sections(&self) -> Result<Sections, serde_json::Error> {
        Ok(BTreeMap::from([
            ("clock".to_owned(), serde_json::to_string(&self.clock)?),
            ("randomness".to_owned(), serde_json::to_string(&self.randomness)?),
            ("faults".to_owned(), serde_json::to_string(&self.faults)?),
            ("store".to_owned(), serde_json::to_string(&self.store)?),
            ("play".to_owned(), serde_json::to_string(&self.play)?),
            ("news".to_owned(), serde_json::to_string(&self.news)?),
            ("cloud".to_owned(), serde_json::to_string(&self.cloud)?),
        ]))
    }

    /// The world those sections hold; `keys` are reused where they are of the same seed.
    pub(crate) fn from_sections(
        sections: &Sections,
        log: Vec<String>,
        keys: Option<Arc<Keys>>,
    ) -> Result<World, SandboxError> {
        let randomness: Randomness = section(sections, "randomness")?;
        let keys = match keys {
            Some(keys) => keys,
            None => Arc::new(Keys::from_seed(randomness.seed())?),
        };
        Ok(World {
            keys,
            clock: section(sections, "clock")?,
            faults: section(sections, "faults")?,
            store: section(sections, "store")?,
            play: section(sections, "play")?,
            news: section(sections, "news")?,
            cloud: section(sections, "cloud")?,
            randomness,
            log,
            wait_ms: 0,
            heard: None,
            overheard: Vec::new(),
        })
    }
}

fn section<T: serde::de::DeserializeOwned>(sections: &Sections, name: &str) -> Result<T, SandboxError> {
    let text = sections
        .get(name)
        .ok_or_else(|| SandboxError::NotAWorld(format!("{name} is missing")))?;
    serde_json::from_str(text).map_err(|error| SandboxError::NotAWorld(format!("{name}: {error}")))
}
