//! A log behind a queue: the core hands a line over and goes on, whatever the log does with it.
//!
//! The queue is bounded. Where the log is slower than the core, lines are dropped and counted, and the next one that is taken
//! is led by one that says how many are missing.

use super::{Log, LogLevel, LogLine};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};

/// How many lines wait at most.
const WAITING: usize = 256;
/// The line that says how many were dropped.
const DROPPED: &str = "log.dropped";

/// A log that takes its lines on a thread of its own. The thread ends with the queue, after the lines that wait in it.
#[derive(Debug)]
pub struct QueuedLog {
    waiting: SyncSender<LogLine>,
    dropped: Arc<AtomicU64>,
}

impl QueuedLog {
    /// Puts `log` behind a queue.
    pub fn new(log: Arc<dyn Log>) -> Self {
        let (waiting, lines) = sync_channel::<LogLine>(WAITING);
        let dropped = Arc::new(AtomicU64::new(0));
        let missing = Arc::clone(&dropped);
        let hand_over = move || {
            for line in lines {
                match missing.swap(0, Ordering::SeqCst) {
                    0 => {}
                    count => log.line(LogLine {
                        level: LogLevel::Warn,
                        event: DROPPED.to_owned(),
                        detail: count.to_string(),
                    }),
                }
                log.line(line);
            }
        };
        // A thread that cannot start leaves nobody to read: every line is then dropped, and the core goes on.
        let _ = std::thread::Builder::new().name("care-log".into()).spawn(hand_over);
        Self { waiting, dropped }
    }

    /// How many lines were dropped since the log was last told.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::SeqCst)
    }
}

impl Log for QueuedLog {
    fn line(&self, line: LogLine) {
        if let Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) = self.waiting.try_send(line) {
            self.dropped.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use std::sync::mpsc::{Receiver, Sender, channel};

    /// A log that takes nothing until the gate is gone.
    struct Slow {
        gate: Mutex<Receiver<()>>,
        taken: Sender<LogLine>,
    }

    impl Log for Slow {
        fn line(&self, line: LogLine) {
            // The gate only ever goes: nothing is sent through it.
            let _ = self.gate.lock().unwrap().recv();
            self.taken.send(line).unwrap();
        }
    }

    /// A queue before such a log, what lets the log go, and what it has taken.
    fn slow() -> (QueuedLog, Sender<()>, Receiver<LogLine>) {
        let ((let_go, gate), (taken, seen)) = (channel(), channel());
        let gate = Mutex::new(gate);
        (QueuedLog::new(Arc::new(Slow { gate, taken })), let_go, seen)
    }

    fn line(nth: usize) -> LogLine {
        LogLine {
            level: LogLevel::Info,
            event: "step".into(),
            detail: nth.to_string(),
        }
    }

    #[test]
    fn a_log_that_hangs_holds_up_nobody_and_learns_later_how_much_it_missed() {
        let (log, let_go, seen) = slow();
        // More than fit: this returns although nobody takes a single one.
        let sent = WAITING + 1000;
        (0..sent).for_each(|nth| log.line(line(nth)));
        drop(let_go);
        // Taken while the log is awake again: whatever was dropped before is told by now at the latest.
        let last = sent;
        while seen.recv().is_ok_and(|line| line.event != DROPPED) {}
        log.line(line(last));
        drop(log);
        let rest: Vec<LogLine> = seen.iter().collect();
        assert!(
            rest.iter().any(|line| line.detail == last.to_string()),
            "the newest line is taken"
        );
    }

    #[test]
    fn taken_and_dropped_lines_are_all_there_are_and_the_first_ones_are_kept_in_order() {
        let (log, let_go, seen) = slow();
        let sent = WAITING + 1000;
        (0..sent).for_each(|nth| log.line(line(nth)));
        drop(let_go);
        let untold = Arc::clone(&log.dropped);
        drop(log);
        let (told, kept): (Vec<LogLine>, Vec<LogLine>) = seen.iter().partition(|line| line.event == DROPPED);
        assert!(told.iter().all(|line| line.level == LogLevel::Warn));
        let number = |line: &LogLine| line.detail.parse::<usize>().unwrap();
        let dropped = told.iter().map(number).sum::<usize>() + usize::try_from(untold.load(Ordering::SeqCst)).unwrap();
        assert_eq!(kept.len() + dropped, sent);
        assert!((WAITING..=WAITING + 1).contains(&kept.len()), "{} kept", kept.len());
        assert!(
            kept.iter()
                .take(WAITING)
                .enumerate()
                .all(|(nth, line)| number(line) == nth)
        );
    }
}
