//! What a process weighs with the core in it, over the same process without: 30 cameras, one plan, opened from the cache and shown.
//! Each figure is the median of processes of their own, as Linux counts them in `/proc/self/status`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)]

#[path = "../tests/stories/both.rs"]
#[allow(dead_code, unused_macros)]
mod both;
#[path = "../tests/stories/phone.rs"]
#[allow(dead_code)]
mod phone;
#[path = "support/shell.rs"]
mod shell;
#[path = "../tests/stories/world.rs"]
#[allow(dead_code)]
mod world;

use shell::Kept;
use std::path::Path;
use std::process::{Command, ExitCode};
use tapo_care::Care;
use tapo_care::id::StoreKind;
use tapo_care::seams::Seams;

/// Which process this is.
const CHILD: &str = "CARE_MEMORY_CHILD";
const FOLDER: &str = "CARE_MEMORY_FOLDER";
/// How many processes of each kind.
const TIMES: usize = 7;
/// What the core may add, in kilobytes.
const MOST_KB: u64 = 8 * 1024;
const CAMERAS: usize = 30;

fn main() -> ExitCode {
    match std::env::var(CHILD).as_deref() {
        Ok("bare") => weigh(),
        Ok(kind) => with_the_core(kind == "asked"),
        Err(_) => return compare(),
    }
    ExitCode::SUCCESS
}

/// What the system counts for this process now, and at most so far: `VmRSS` and `VmHWM`, in kilobytes.
fn weigh() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let figure = |name: &str| {
        status
            .lines()
            .find_map(|line| line.strip_prefix(name)?.split_whitespace().next())
    };
    println!("{} {}", figure("VmRSS:").unwrap(), figure("VmHWM:").unwrap());
}

/// As the library does: a runtime of two threads, the product's own seams.
fn with_the_core(asked: bool) {
    let folder = std::env::var(FOLDER).unwrap();
    let kept = Kept::read(Path::new(&folder));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let seams = Seams::real(runtime.handle().clone());
    let care = runtime
        .block_on(Care::open(kept.config(), kept.ports(), seams))
        .unwrap();
    let shown = care.snapshot();
    assert_eq!((shown.cameras.len(), shown.subscriptions.len()), (CAMERAS, 1));
    if asked {
        // Nobody answers, and everything is there that asks.
        let refused = runtime.block_on(care.refresh()).unwrap_err();
        assert_eq!(refused.problem().name, "cloud_unreachable");
    }
    weigh();
}

fn compare() -> ExitCode {
    let (runtime, world) = (tokio::runtime::Runtime::new().unwrap(), world::World::new());
    let phone = phone::Phone::at(StoreKind::AppStore, &world, "phone");
    runtime.block_on(async {
        let care = phone.open_as("anna").await;
        phone::settle(&care).await;
        for number in care.snapshot().cameras.len()..CAMERAS {
            let camera = serde_json::json!({ "account": "anna", "name": format!("Camera {number}"), "model": "C210" });
            world.post("cameras", camera).await;
        }
        phone::buy(&care, "tapo-3-monthly").await;
        phone::settle(&care).await;
        phone::select(&care, &["cam_porch"]).await.unwrap();
        care.plans().await.unwrap();
        care.refresh().await.unwrap();
        care.close().await;
    });
    Kept::write(&phone);
    let bare = median(phone.folder(), "bare");
    let mut well = true;
    println!("a bare process: {} kB resident, {} kB at most", bare.0, bare.1);
    for (kind, what) in [
        ("opened", "opened and shown"),
        ("asked", "and the cloud asked, in vain"),
    ] {
        let with = median(phone.folder(), kind);
        let (now, most) = (with.0.saturating_sub(bare.0), with.1.saturating_sub(bare.1));
        println!("{what}: {now} kB more resident, {most} kB more at most");
        well &= most <= MOST_KB;
    }
    if well {
        return ExitCode::SUCCESS;
    }
    println!("more than {MOST_KB} kB");
    ExitCode::FAILURE
}

/// The medians of both figures over processes of that kind.
fn median(folder: &Path, kind: &str) -> (u64, u64) {
    let weighed = (0..TIMES).map(|_| {
        let mut child = Command::new(std::env::current_exe().unwrap());
        let told = child.env(CHILD, kind).env(FOLDER, folder).output().unwrap();
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        let told = String::from_utf8(told.stdout).unwrap();
        let (now, most) = told.trim().split_once(' ').unwrap();
        (now.parse::<u64>().unwrap(), most.parse::<u64>().unwrap())
    });
    let (mut now, mut most): (Vec<u64>, Vec<u64>) = weighed.unzip();
    now.sort_unstable();
    most.sort_unstable();
    (now[TIMES / 2], most[TIMES / 2])
}
