//! What ships, tested as it ships: the library alone in `dist`, its weight against the ledger, its packages, and that it
//! believes no sandbox.

use super::kotlin::maven;
use super::python::pytest;
use super::{Report, Run, Suite};
use crate::package;
use crate::problem::Problem;
use crate::results::Outcome;
use crate::shipped;
use crate::size;
use crate::terminal::step;
use crate::toolchain::{self, Toolchain};
use crate::workspace::{Workspace, run as start};

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
        let weight = match size::check(workspace, &shipped) {
            Ok(()) => Report::of_step("size", Outcome::Passed, None),
            Err(problem) => Report::of_step("size", Outcome::Failed, Some(problem.to_string())),
        };
        let wheel = package::wheel(workspace, &shipped)?;
        let mut sandbox = workspace.cargo();
        sandbox.args(["build", "--quiet", "-p", "care-sandbox"]);
        if !start(sandbox, "cargo build")?.success() {
            return Err(Problem::Failed("care-sandbox did not build".to_owned()));
        }
        let binary = format!("care-sandbox{}", std::env::consts::EXE_SUFFIX);
        let environment = [
            ("CARE_WHEEL", wheel),
            ("CARE_SANDBOX", workspace.target.join("debug").join(binary)),
        ];
        let tests = pytest(workspace, "tests/contract/shipped", "shipped", &environment)?;
        let name = "the wheel that ships".to_owned();
        Ok(vec![weight, Report { name, tests }, jars(workspace, &shipped)?])
    }
}

/// The jars, and the test of what is inside them.
fn jars(workspace: &Workspace, shipped: &shipped::Shipped) -> Result<Report, Problem> {
    let name = "the jars that ship";
    if let Some(tool) = [toolchain::JDK, toolchain::MAVEN].iter().find(|tool| !tool.present()) {
        step(&format!("{name}: left out, {}", tool.lacking()));
        return Ok(Report::of_step(name, Outcome::LeftOut, Some(tool.lacking())));
    }
    let reports = package::jvm::reports(workspace);
    let tests = maven(package::jvm::maven(workspace, shipped)?, &reports, "shipped jars")?;
    let name = name.to_owned();
    package::jvm::jars(workspace)?;
    Ok(Report { name, tests })
}
