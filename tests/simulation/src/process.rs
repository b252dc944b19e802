//! One run of the app, from its start to its end or its death. Everything it touches outside its own memory goes through here,
//! and it may die at each touch: what it had written by then is kept, what it would have done next never happens.

use crate::dice::Dice;
use crate::story::Story;
use futures_util::FutureExt as _;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tapo_care::seams::{BoxFuture, Disk, Entropy, Spawner};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// Locks, also after a panic: what is inside is plain data.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The app's process.
pub struct Process {
    name: String,
    story: Arc<Story>,
    death: watch::Sender<bool>,
    /// Touches left to live; 0 for no end in sight.
    fuse: AtomicU32,
    tasks: Mutex<Vec<AbortHandle>>,
    dice: Mutex<Dice>,
    folder: PathBuf,
    /// Where the files are found after a death: as they were at that moment.
    heir: PathBuf,
}

impl Process {
    /// A process over `folder`.
    pub fn new(name: &str, story: Arc<Story>, seed: u64, fuse: u32, folder: PathBuf, heir: PathBuf) -> Self {
        Self {
            name: name.to_owned(),
            story,
            death: watch::Sender::new(false),
            fuse: AtomicU32::new(fuse),
            tasks: Mutex::default(),
            dice: Mutex::new(Dice::new(seed)),
            folder,
            heir,
        }
    }

    /// Has it die at its `after`th touch from here; at none for 0.
    pub fn arm(&self, after: u32) {
        self.fuse.store(after, Ordering::SeqCst);
    }

    /// Whether it has died.
    pub fn is_dead(&self) -> bool {
        *self.death.borrow()
    }

    /// Waits for its death.
    pub async fn died(&self) {
        let mut death = self.death.subscribe();
        if death.wait_for(|dead| *dead).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// One touch of the world outside; false where the process is dead or dies of it.
    pub fn touch(&self, what: &str) -> bool {
        if self.is_dead() {
            return false;
        }
        let left = self.fuse.load(Ordering::SeqCst);
        if left == 0 {
            return true;
        }
        self.fuse.store(left - 1, Ordering::SeqCst);
        if left == 1 {
            self.die(what);
        }
        left > 1
    }

    /// One touch at which a dead process stops for ever.
    pub async fn survive(&self, what: &str) {
        if !self.touch(what) {
            std::future::pending::<()>().await;
        }
    }

    /// Dies, here and now.
    pub fn die(&self, what: &str) {
        if self.death.send_replace(true) {
            return;
        }
        if let Err(error) = copy(&self.folder, &self.heir) {
            self.story.broken(
                "harness",
                &format!("the files of {} cannot be kept: {error}", self.name),
            );
        }
        self.story.note(&format!("{} dies: {what}", self.name));
        self.story
            .came(|step| step.died.push((self.name.clone(), what.to_owned())));
    }

    /// Ends what still runs of it, dead or closed.
    pub fn bury(&self) {
        self.death.send_replace(true);
        for task in lock(&self.tasks).drain(..) {
            task.abort();
        }
    }

    /// Milliseconds a message travels.
    pub fn latency(&self) -> Duration {
        Duration::from_millis(3 + lock(&self.dice).below(60))
    }
}

/// The databases and their logs. The rest is nothing without the process.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    if !from.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let kept = name.to_string_lossy();
        if !kept.ends_with("-shm") && kept != "care.lock" && kept != "care.probe" {
            std::fs::copy(entry.path(), to.join(&name))?;
        }
    }
    Ok(())
}

/// Its disk: inline, and dead before or after any job.
pub struct ProcessDisk(pub Arc<Process>);

impl Disk for ProcessDisk {
    fn run(&self, job: Box<dyn FnOnce() + Send>) {
        if self.0.touch("before a disk job") {
            job();
            self.0.touch("after a disk job");
        }
    }
}

/// Its chance.
pub struct ProcessEntropy(pub Arc<Process>);

impl Entropy for ProcessEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        lock(&self.0.dice).fill(bytes);
    }
}

/// Its tasks, which end with it.
pub struct ProcessSpawner(pub Arc<Process>);

impl Spawner for ProcessSpawner {
    fn spawn(&self, task: BoxFuture) {
        if self.0.is_dead() {
            return;
        }
        let story = Arc::clone(&self.0.story);
        let handle = tokio::spawn(async move {
            if AssertUnwindSafe(task).catch_unwind().await.is_err() {
                story.broken("no panic", "a task of the core panicked");
            }
        });
        let mut tasks = lock(&self.0.tasks);
        if tasks.len() > 64 {
            tasks.retain(|task| !task.is_finished());
        }
        tasks.push(handle.abort_handle());
    }
}
