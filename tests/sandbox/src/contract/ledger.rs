//! What a world's exchanges came to: counted, each breach kept, and written down for whoever sums several processes up.
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Exchange;

/// Names a file that every exchange of this process is appended to, a line each: document, operation, status, breaches,
/// between tabs. `cargo xtask test` sets it and counts.
const FILE: &str = "CARE_CONTRACT_LEDGER";

/// How a world and those who ask it keep to the contract (`tests/contract/*.openapi.json`).
#[derive(Debug)]
pub struct Contract {
    kept: Mutex<Kept>,
}

#[derive(Debug)]
struct Kept {
    exchanges: u64,
    breaches: Vec<String>,
    on_the_record: bool,
    file: Option<File>,
}

impl Contract {
    /// # Errors
    /// The file that the environment names cannot be written.
    pub(crate) fn open() -> std::io::Result<Contract> {
        let file = match std::env::var_os(FILE) {
            Some(path) => Some(OpenOptions::new().create(true).append(true).open(path)?),
            None => None,
        };
        Ok(Contract {
            kept: Mutex::new(Kept {
                exchanges: 0,
                breaches: Vec::new(),
                on_the_record: true,
                file,
            }),
        })
    }

    /// How many exchanges were held to the contract.
    pub fn exchanges(&self) -> u64 {
        self.hold().exchanges
    }

    /// What was not as documented: path, status, JSON pointer and keyword of each, no values.
    pub fn breaches(&self) -> Vec<String> {
        self.hold().breaches.clone()
    }

    /// For a test that breaks the contract on purpose: from now on nothing is written down for whoever sums up.
    pub fn off_the_record(&self) {
        self.hold().on_the_record = false;
    }

    /// Whether a breach is one.
    pub fn on_the_record(&self) -> bool {
        self.hold().on_the_record
    }

    pub(crate) fn enter(&self, exchanges: Vec<Exchange>) {
        if exchanges.is_empty() {
            return;
        }
        let mut kept = self.hold();
        let kept = &mut *kept;
        for exchange in exchanges {
            let Exchange {
                document,
                operation,
                status,
                breaches,
            } = exchange;
            kept.exchanges += 1;
            if let Some(file) = kept.file.as_mut().filter(|_| kept.on_the_record) {
                let line = format!("{document}\t{operation}\t{status}\t{}\n", breaches.join("; "));
                // One write, so that lines of several processes stay whole. One that fails is missed by who counts.
                let _ = file.write_all(line.as_bytes());
            }
            let told = breaches.iter().map(|breach| format!("{operation} {status}: {breach}"));
            kept.breaches.extend(told.collect::<Vec<_>>());
        }
    }

    fn hold(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
