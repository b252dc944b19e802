//! The log port, and the kill switch of the crash tests.
//!
//! - `CARE_TRACE=FILE` appends every line, `event<TAB>detail`, to the file.
//! - `CARE_KILL_AT=N` kills this process with SIGKILL when the Nth line is written (the first is 1);
//!   `CARE_KILL_AT=EVENT` at the first line of that name, `CARE_KILL_AT=EVENT#K` at the Kth.
//!
//! The line itself is in the file before the process dies. The core writes a line before and after everything that leaves
//! the process, so that a kill falls between a question and its answer.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use tapo_care::ports::{Log, LogLine};

/// Where lines go, and at which one the process dies.
#[derive(Clone)]
pub struct Trace(Arc<Mutex<Lines>>);

struct Lines {
    file: Option<File>,
    kill_at: Option<KillAt>,
    written: u64,
    by_event: BTreeMap<String, u64>,
}

/// The line at which an app dies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KillAt {
    /// The Nth of all, from 1.
    Line(u64),
    /// The Nth of one event, from 1.
    Event(String, u64),
}

impl KillAt {
    /// Reads `12`, `journal.appended` or `journal.appended#3`.
    pub fn read(text: &str) -> Option<Self> {
        if let Ok(line) = text.parse() {
            return Some(Self::Line(line));
        }
        match text.split_once('#') {
            None => Some(Self::Event(text.to_owned(), 1)),
            Some((event, nth)) => Some(Self::Event(event.to_owned(), nth.parse().ok()?)),
        }
    }

    /// Whether it is this line: the `written`th of all, and the `nth` of that event.
    pub fn is_reached(&self, written: u64, event: &str, nth: u64) -> bool {
        match self {
            Self::Line(line) => *line == written,
            Self::Event(name, wanted) => name == event && *wanted == nth,
        }
    }
}

impl Trace {
    /// As the environment says; silent without it.
    pub fn from_environment() -> Self {
        let file = std::env::var_os("CARE_TRACE")
            .and_then(|path| OpenOptions::new().create(true).append(true).open(path).ok());
        let kill_at = std::env::var("CARE_KILL_AT").ok().and_then(|text| KillAt::read(&text));
        Self(Arc::new(Mutex::new(Lines {
            file,
            kill_at,
            written: 0,
            by_event: BTreeMap::new(),
        })))
    }

    /// Writes one line, and dies where it was asked to.
    pub fn note(&self, event: &str, detail: &str) {
        // Held to the end, so that no other thread goes on while this one dies.
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.written += 1;
        let of_event = lines.by_event.entry(event.to_owned()).or_default();
        *of_event += 1;
        let of_event = *of_event;
        if let Some(file) = &mut lines.file {
            // A trace that cannot be written stops nothing.
            let _ = writeln!(file, "{event}\t{detail}");
        }
        let dies_at = lines.kill_at.as_ref();
        if dies_at.is_some_and(|at| at.is_reached(lines.written, event, of_event)) {
            kill_this_process();
        }
    }
}

impl Log for Trace {
    fn line(&self, line: LogLine) {
        self.note(&line.event, &line.detail);
    }
}

#[cfg(unix)]
fn kill_this_process() {
    use rustix::process::{Signal, getpid, kill_process};
    // SIGKILL cannot be refused by its own sender; the loop only waits for it to arrive.
    while kill_process(getpid(), Signal::KILL).is_ok() {
        std::thread::yield_now();
    }
}

#[cfg(not(unix))]
fn kill_this_process() {
    std::process::abort();
}

#[cfg(test)]
mod tests {
    use super::KillAt;

    #[test]
    fn a_kill_is_named_by_line_or_by_event() {
        assert_eq!(KillAt::read("12"), Some(KillAt::Line(12)));
        assert_eq!(
            KillAt::read("journal.appended"),
            Some(KillAt::Event("journal.appended".into(), 1))
        );
        assert_eq!(
            KillAt::read("journal.appended#3"),
            Some(KillAt::Event("journal.appended".into(), 3))
        );
        assert_eq!(KillAt::read("journal.appended#x"), None);
    }
}
