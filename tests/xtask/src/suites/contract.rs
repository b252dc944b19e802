//! What the exchanges of all suites came to: each was held to the OpenAPI documents by the sandbox that answered it.

use std::collections::BTreeSet;
use std::io::ErrorKind;

use super::{Report, Run, Suite};
use crate::problem::Problem;
use crate::results::TestResult;
use crate::terminal::{say, step};
use crate::toolchain::Toolchain;

/// Comes last: it sums up what the others did.
pub struct Contract;

/// How many breaches are shown one by one.
const SHOWN: usize = 20;

impl Suite for Contract {
    fn name(&self) -> &'static str {
        "contract"
    }
    fn needs(&self) -> Vec<Toolchain> {
        Vec::new()
    }
    fn filters(&self) -> bool {
        false
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        let (_, path) = run.ledger();
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            read => read.map_err(Problem::io(format!("reading {}", path.display())))?,
        };
        let sum = Sum::of(&text);
        step(&sum.says());
        for breach in sum.breaches.iter().take(SHOWN) {
            say(&format!("  {breach}"));
        }
        let ended = sum
            .complaint()
            .map_or(Ok(()), |complaint| Err(Problem::Failed(complaint)));
        let test = TestResult::of_end("every exchange is as documented", ended);
        Ok(vec![Report {
            name: "contract (every exchange)".to_owned(),
            tests: vec![test.within("contract", "step")],
        }])
    }
}

/// The ledger summed up: a line is document, operation, status and breaches, between tabs.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sum {
    exchanges: usize,
    operations: usize,
    /// Each with how often it was seen.
    breaches: Vec<String>,
}

impl Sum {
    fn of(text: &str) -> Sum {
        let mut sum = Sum::default();
        let mut operations = BTreeSet::new();
        let mut breaches = BTreeSet::new();
        for line in text.lines() {
            let mut fields = line.splitn(4, '\t');
            let mut field = || fields.next().unwrap_or_default();
            let (document, operation, status, told) = (field(), field(), field(), field());
            sum.exchanges += 1;
            operations.insert((document, operation));
            if status.is_empty() {
                breaches.insert(format!("a line nobody can read: {line}"));
            } else if !told.is_empty() {
                breaches.insert(format!("{document}: {operation} {status}: {told}"));
            }
        }
        sum.operations = operations.len();
        sum.breaches = breaches.into_iter().collect();
        sum
    }

    fn says(&self) -> String {
        let Sum {
            exchanges,
            operations,
            breaches,
        } = self;
        format!(
            "contract: {exchanges} exchanges of {operations} operations, {} breaches",
            breaches.len()
        )
    }

    fn complaint(&self) -> Option<String> {
        if self.exchanges == 0 {
            Some("no exchange was held to the contract".to_owned())
        } else {
            self.breaches
                .first()
                .map(|first| format!("{}; the first: {first}", self.says()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchanges_are_counted_and_a_breach_fails_the_run() {
        let good = "care-cloud\tGET /v1/account\t200\t\nphone\tPOST /session\t200\t\nphone\tPOST /session\t200\t\n";
        let sum = Sum::of(good);
        assert_eq!(sum.says(), "contract: 3 exchanges of 2 operations, 0 breaches");
        assert_eq!(sum.complaint(), None);
        let sum = Sum::of(&format!(
            "{good}phone\tPOST /session\t200\tanswer: /token breaks pattern\n"
        ));
        assert_eq!(
            sum.complaint().unwrap(),
            "contract: 4 exchanges of 2 operations, 1 breaches; the first: \
             phone: POST /session 200: answer: /token breaks pattern"
        );
    }

    #[test]
    fn a_run_that_asked_nothing_proves_nothing() {
        assert!(Sum::of("").complaint().is_some());
        assert!(Sum::of("half a li").complaint().is_some());
    }
}
