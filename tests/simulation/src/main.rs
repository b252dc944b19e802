//! `care-simulation`: plays a range of seeds, tells the shrunk story of those that fail, also as a file for `care run`, and says how
//! to see them again.
#![allow(clippy::print_stdout)]

use care_simulation::{Played, Schedule, play_seeds, scenario, shrink};
use clap::Parser;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Random lives of a purchase, each from one seed.
#[derive(Parser)]
#[command(name = "cargo xtask simulate", bin_name = "cargo xtask simulate")]
struct Arguments {
    /// How many schedules
    #[arg(long, default_value_t = 2000)]
    schedules: u64,
    /// The seed of the first; each next one has the next
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A bug to plant into the core, by name; the run then succeeds where it is found
    #[arg(long)]
    planted: Option<String>,
    /// Go on after a failure
    #[arg(long)]
    keep_going: bool,
    /// Show the story also of schedules that went well
    #[arg(long)]
    tell: bool,
    /// Show failures as they are, unshrunk
    #[arg(long)]
    whole: bool,
    /// Threads; all processors if not given
    #[arg(long)]
    threads: Option<usize>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(bug) = &arguments.planted
        && !tapo_care::planted::BUGS.contains(&bug.as_str())
    {
        println!(
            "no bug is called {bug}; there are {}",
            tapo_care::planted::BUGS.join(", ")
        );
        return ExitCode::from(2);
    }
    let began = Instant::now();
    let (done, failed) = (AtomicU64::new(0), AtomicU64::new(0));
    let planted = arguments.planted.as_deref();
    play_seeds(
        arguments.seed,
        arguments.schedules,
        arguments.threads,
        planted,
        |schedule, played| {
            let done = done.fetch_add(1, Ordering::SeqCst) + 1;
            if arguments.tell {
                println!("seed {}\n{}\n", schedule.seed, played.story.join("\n"));
            }
            if done.is_multiple_of(5000) {
                println!("{done} schedules, {:.0} a second", rate(done, began));
            }
            if played.violation.is_none() {
                return ControlFlow::Continue(());
            }
            let (schedule, played) = if arguments.whole {
                (schedule, played)
            } else {
                shrink(&schedule, played)
            };
            failed.fetch_add(1, Ordering::SeqCst);
            tell(&schedule, &played, planted);
            if arguments.keep_going {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        },
    );
    let failed = failed.into_inner();
    let done = done.into_inner();
    println!(
        "{done} schedules from seed {}, {} failed, {:.1} a second",
        arguments.seed,
        failed,
        rate(done, began)
    );
    if (failed == 0) == planted.is_some() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// In one piece, since others tell too.
fn tell(schedule: &Schedule, played: &Played, planted: Option<&str>) {
    let violation = played.violation.as_ref();
    let found = violation.map(|broken| format!("{} does not hold: {}", broken.invariant, broken.found));
    let planted = planted.map(|bug| format!(" --planted {bug}")).unwrap_or_default();
    println!(
        "{}\n\n{}\nseed {}: {}\nagain: cargo xtask simulate --schedules 1 --seed {}{planted}\n",
        played.story.join("\n"),
        scenario(schedule, played),
        schedule.seed,
        found.unwrap_or_default(),
        schedule.seed
    );
}

#[allow(clippy::cast_precision_loss)]
fn rate(done: u64, began: Instant) -> f64 {
    done as f64 / began.elapsed().as_secs_f64().max(0.001)
}
