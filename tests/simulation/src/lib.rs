//! Random lives of a purchase: several phones and accounts, both stores, faults, wrong clocks, deaths at any touch of the world
//! outside, on paused time and from one seed each. The sandbox's own handlers answer in process and really sign; journal and
//! cache are SQLite files in memory. The same seed gives the same run, line for line.
//!
//! Where to start: [`Schedule::of_seed`] chooses what happens, [`play`] lets it happen and judges it (`judge` at every moment,
//! `ending` in the end), [`shrink`] drops the steps a failure does not need, [`scenario`] writes them down for `care run`. [`play_seeds`] plays a range of seeds, and
//! `cargo xtask simulate` does all of it.

mod books;
#[path = "../../../core/tests/stories/config.rs"]
#[allow(clippy::unwrap_used)]
mod config;
mod dice;
mod ending;
mod judge;
mod life;
mod phone;
mod ports;
mod posted;
mod process;
mod scenario;
mod schedule;
mod shrink;
mod step;
mod story;
mod trouble;
mod wishes;
mod world;

pub use scenario::scenario;
pub use schedule::Schedule;
pub use shrink::shrink;
pub use step::{Sheet, Step};
pub use story::{Came, Violation};

use futures_util::FutureExt as _;
use life::Life;
use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use story::Story;

/// How a schedule went.
#[derive(Debug, Clone)]
pub struct Played {
    /// The first thing that was not as it must be.
    pub violation: Option<Violation>,
    /// The story, for people.
    pub story: Vec<String>,
    /// Every line of every side, for comparing two runs.
    pub trace: Vec<String>,
    /// What came of each step that was reached, the end being one more.
    pub steps: Vec<Came>,
}

/// Lets a schedule happen, from its first step to its quiet end. It stops at the first thing that is not as it must be.
///
/// # Panics
/// Where there is no place for files or no runtime: nothing can be simulated then.
#[must_use]
pub fn play(schedule: &Schedule) -> Played {
    let story = Arc::new(Story::default());
    if let Err(why) = run(schedule, &story) {
        story.broken("harness", &why);
    }
    let (lines, trace) = story.lines();
    Played {
        violation: story.violation(),
        story: lines,
        trace,
        steps: story.steps(),
    }
}

/// Plays so many schedules on that many threads, one per processor where none is said, with a bug planted or without: the first
/// of `seed`, each next one of the next. `each` is told of every one as it ends, and says whether to go on.
pub fn play_seeds(
    seed: u64,
    schedules: u64,
    threads: Option<usize>,
    planted: Option<&str>,
    each: impl Fn(Schedule, Played) -> ControlFlow<()> + Sync,
) {
    let next = AtomicU64::new(0);
    let threads = threads
        .or_else(|| std::thread::available_parallelism().ok().map(usize::from))
        .unwrap_or(1);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                tapo_care::planted::plant(planted);
                loop {
                    let nth = next.fetch_add(1, Ordering::SeqCst);
                    if nth >= schedules {
                        return;
                    }
                    let schedule = Schedule::of_seed(seed.wrapping_add(nth));
                    let played = play(&schedule);
                    if each(schedule, played).is_break() {
                        next.store(schedules, Ordering::SeqCst);
                    }
                }
            });
        }
    });
}

/// Plays so many schedules on every processor until one fails; the failure seen first, shrunk where that is asked for.
#[must_use]
pub fn first_failure(seed: u64, schedules: u64, planted: Option<&str>, shrunk: bool) -> Option<(Schedule, Played)> {
    let failure = Mutex::new(None);
    play_seeds(seed, schedules, None, planted, |schedule, played| {
        if played.violation.is_none() {
            return ControlFlow::Continue(());
        }
        let (schedule, played) = if shrunk {
            shrink(&schedule, played)
        } else {
            (schedule, played)
        };
        process::lock(&failure).get_or_insert((schedule, played));
        ControlFlow::Break(())
    });
    failure.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn run(schedule: &Schedule, story: &Arc<Story>) -> Result<(), String> {
    // Files in memory, where the system has such a place: nothing here outlives the process anyway.
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    let folder = folder.map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let lived = runtime.block_on(AssertUnwindSafe(live(schedule, Arc::clone(story), folder.path())).catch_unwind());
    lived.unwrap_or_else(|_| Err("the simulation panicked".to_owned()))
}

async fn live(schedule: &Schedule, story: Arc<Story>, folder: &Path) -> Result<(), String> {
    let mut life = Life::begin(schedule, Arc::clone(&story), folder).await?;
    for step in &schedule.steps {
        story.step();
        life.step(step).await?;
        if story.violation().is_some() {
            return Ok(());
        }
    }
    story.step();
    life.end().await?;
    if let Some(breach) = life.world.sandbox.contract().breaches().first() {
        story.broken("contract", breach);
    }
    let log = life.world.control("GET", "log", serde_json::Value::Null).await?;
    for line in world::list(&log, "lines") {
        story.trace(line.as_str().unwrap_or_default().to_owned());
    }
    for phone in &mut life.phones {
        phone.end_process();
    }
    Ok(())
}
