//! What ships, tested as it ships: the library alone in `dist`, its weight against the ledger, its packages, and that it
//! believes no sandbox.

use super::kotlin::maven;
use super::python::pytest;
use super::{Report, Run, Suite, left_out};
use crate::boundary::Boundary;
use crate::package;
use crate::problem::Problem;
use crate::shipped;
use crate::size;
use crate::terminal::step;
use crate::toolchain::{self, Toolchain};

/// `tests/contract/shipped`
pub struct Shipped;

impl Suite for Shipped {
    fn name(&self) -> &'static str {
        "shipped"
    }
    fn needs(&self) -> Vec<Toolchain> {
        let [nm, strip, size] = toolchain::BINUTILS;
        vec![nm, strip, size, toolchain::PYTHON, toolchain::PYTEST, toolchain::PIP]
    }
    fn filters(&self) -> bool {
        false
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        let workspace = &run.workspace;
        let shipped = shipped::build(workspace)?;
        step("size: against bindings/size.json");
        let weight = Report::of_end("size", size::check(workspace, &shipped));
        let boundary = Boundary::build(workspace)?;
        let environment = [
            ("CARE_WHEEL", package::wheel(workspace, &boundary, &shipped)?),
            ("CARE_SANDBOX", boundary.program("care-sandbox")),
            run.ledger(),
        ];
        let tests = pytest(workspace, "tests/contract/shipped", "shipped", &environment)?;
        let name = "the wheel that ships".to_owned();
        Ok(vec![weight, Report { name, tests }, jars(run, &boundary, &shipped)?])
    }
}

/// The jars, and the test of what is inside them.
fn jars(run: &Run, boundary: &Boundary<'_>, shipped: &shipped::Shipped) -> Result<Report, Problem> {
    let name = "the jars that ship";
    if let Some(why) = toolchain::lacking(&[toolchain::JDK, toolchain::MAVEN]) {
        return Ok(left_out(name, why));
    }
    let workspace = &run.workspace;
    let mut command = package::jvm::maven(workspace, boundary, shipped)?;
    command.envs([run.ledger()]);
    let tests = maven(command, &package::jvm::reports(workspace), "shipped jars")?;
    let name = name.to_owned();
    package::jvm::jars(workspace)?;
    Ok(Report { name, tests })
}
