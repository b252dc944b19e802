//! What is told of a run: the steps and what came of them for people, every line of every side for comparing two runs, and the
//! first thing that was not as it must be.

use crate::process::lock;
use std::sync::Mutex;

/// What did not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The invariant's name.
    pub invariant: &'static str,
    /// What was found.
    pub found: String,
}

/// What came of a step that a schedule does not say itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Came {
    /// Why what was asked for was refused.
    pub refused: Option<String>,
    /// Who died in it, and at what.
    pub died: Vec<(String, String)>,
    /// To which charge's subscription it happened at the store, counted from 1.
    pub charge: Option<usize>,
}

/// The telling of one run.
#[derive(Default)]
pub struct Story {
    told: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    lines: Vec<String>,
    trace: Vec<String>,
    steps: Vec<Came>,
    broken: Option<Violation>,
    clock: i64,
}

impl Story {
    /// What the world's clock says from here on.
    pub fn at(&self, now_ms: i64) {
        lock(&self.told).clock = now_ms;
    }

    /// A line for people.
    pub fn note(&self, line: &str) {
        let mut told = lock(&self.told);
        let line = format!("{} {line}", clock(told.clock));
        told.trace.push(line.clone());
        told.lines.push(line);
    }

    /// The next step begins.
    pub fn step(&self) {
        lock(&self.told).steps.push(Came::default());
    }

    /// What came of the step that goes on; nothing before the first one.
    pub fn came(&self, note: impl FnOnce(&mut Came)) {
        if let Some(step) = lock(&self.told).steps.last_mut() {
            note(step);
        }
    }

    /// What came of each step.
    pub fn steps(&self) -> Vec<Came> {
        lock(&self.told).steps.clone()
    }

    /// A line for comparing.
    pub fn trace(&self, line: String) {
        lock(&self.told).trace.push(line);
    }

    /// An invariant does not hold. The first one is kept.
    pub fn broken(&self, invariant: &'static str, found: &str) {
        let mut told = lock(&self.told);
        if told.broken.is_none() {
            let line = format!("{} BROKEN {invariant}: {found}", clock(told.clock));
            told.trace.push(line.clone());
            told.lines.push(line);
            let found = found.to_owned();
            told.broken = Some(Violation { invariant, found });
        }
    }

    /// What was broken first.
    pub fn violation(&self) -> Option<Violation> {
        lock(&self.told).broken.clone()
    }

    /// The lines for people, and every line.
    pub fn lines(&self) -> (Vec<String>, Vec<String>) {
        let told = lock(&self.told);
        (told.lines.clone(), told.trace.clone())
    }
}

/// Days, hours, minutes and seconds since the world began.
pub fn clock(ms: i64) -> String {
    let s = ms / 1000;
    format!(
        "day {:>3} {:02}:{:02}:{:02}",
        s / 86_400,
        s / 3600 % 24,
        s / 60 % 60,
        s % 60
    )
}
