//! A slice of fuzzing under CI. Everywhere else the corpus and random mutations of it are replayed by care-fuzz's own
//! tests, and this says so.

use super::{Report, Run, Suite, left_out};
use crate::fuzz::{Fuzzer, SECONDS};
use crate::problem::Problem;
use crate::results::TestResult;
use crate::terminal::say;
use crate::toolchain::{self, Toolchain};

/// The targets of care-fuzz under libFuzzer.
pub struct Fuzz;

impl Suite for Fuzz {
    fn name(&self) -> &'static str {
        "fuzz"
    }
    fn needs(&self) -> Vec<Toolchain> {
        if toolchain::ci() {
            vec![toolchain::CPP]
        } else {
            Vec::new()
        }
    }
    fn filters(&self) -> bool {
        false
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        if !toolchain::ci() {
            let why = "`cargo xtask fuzz` and CI run it; care-fuzz (test replay) has replayed the corpus";
            return Ok(vec![left_out("fuzz", why.to_owned())]);
        }
        let fuzzer = Fuzzer::build(&run.workspace)?;
        let mut report = Report {
            name: "fuzz".to_owned(),
            ..Report::default()
        };
        for target in fuzzer.targets()? {
            let ended = fuzzer.run(&target, SECONDS)?.map_err(Problem::Failed);
            if let Err(problem) = &ended {
                say(&problem.to_string());
            }
            report.tests.push(TestResult::of_end(&format!("fuzz {target}"), ended));
        }
        Ok(vec![report])
    }
}
