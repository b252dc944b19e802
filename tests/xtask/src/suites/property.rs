//! The contract by property: every operation of the OpenAPI documents, asked with what they allow and with what they forbid.

use super::python::pytest;
use super::{Report, Run, Suite};
use crate::problem::Problem;
use crate::toolchain::{self, Toolchain};

/// `tests/contract/property`
pub struct Property;

impl Suite for Property {
    fn name(&self) -> &'static str {
        "property"
    }
    fn needs(&self) -> Vec<Toolchain> {
        vec![toolchain::PYTHON, toolchain::PYTEST, toolchain::SCHEMATHESIS]
    }
    fn filters(&self) -> bool {
        false
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        // No ledger: what is asked here breaks the contract on purpose, and the suite judges the answers itself.
        let environment = [("CARE_TARGET_DIR", run.workspace.target.clone())];
        let tests = pytest(&run.workspace, "tests/contract/property", "property", &environment)?;
        let name = "contract (by property)".to_owned();
        Ok(vec![Report { name, tests }])
    }
}
