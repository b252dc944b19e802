//! The boundary suite in Kotlin: Maven builds the library, its bindings and `android/care`, and JUnit drives them against a
//! real sandbox process.

use std::path::Path;
use std::process::Command;

use super::{Report, Run, Suite, account_for};
use crate::files;
use crate::junit;
use crate::problem::Problem;
use crate::results::TestResult;
use crate::terminal::step;
use crate::toolchain::{self, Toolchain};
use crate::workspace;

/// `android/`
pub struct Kotlin;

const FOLDER: &str = "android";

impl Suite for Kotlin {
    fn name(&self) -> &'static str {
        "kotlin"
    }
    fn needs(&self) -> Vec<Toolchain> {
        vec![toolchain::JDK, toolchain::MAVEN]
    }
    fn filters(&self) -> bool {
        false
    }
    fn run(&self, run: &Run) -> Result<Vec<Report>, Problem> {
        let shown = format!("mvn -q -B -f {FOLDER}/pom.xml test");
        step(&format!("kotlin: {shown}"));
        let reports = run.workspace.root.join(FOLDER).join("care/target/surefire-reports");
        let mut command = workspace::outside_cargo("mvn");
        command
            .args(["-q", "-B", "-f"])
            .arg(run.workspace.root.join(FOLDER).join("pom.xml"))
            .arg("test")
            .current_dir(&run.workspace.root)
            .env("CARGO_TARGET_DIR", &run.workspace.target)
            .envs([run.ledger()]);
        let tests = maven(command, &reports, "kotlin")?;
        let name = "boundary (kotlin)".to_owned();
        Ok(vec![Report { name, tests }])
    }
}

/// Runs Maven and reads what its tests reported. Where it ends badly and no test failed, that is the failure.
pub fn maven(command: Command, reports: &Path, target: &str) -> Result<Vec<TestResult>, Problem> {
    // An old report would count tests that did not run.
    files::forget(reports)?;
    let ended = workspace::succeed(command, "mvn");
    let mut tests = read(reports, target)?;
    account_for(&mut tests, target, ended);
    Ok(tests)
}

/// The tests of every report in the folder, in the order of their classes; none where nothing ran.
fn read(reports: &Path, target: &str) -> Result<Vec<TestResult>, Problem> {
    if !reports.is_dir() {
        return Ok(Vec::new());
    }
    let mut tests = Vec::new();
    let written = files::entries(reports)?.into_iter();
    for file in written.filter(|file| file.extension().is_some_and(|end| end == "xml")) {
        tests.extend(junit::cases(&files::read(&file)?).into_iter().map(|case| {
            let class = case.class.rsplit('.').next().unwrap_or(&case.class);
            TestResult::step(&format!("{class}::{}", case.name), case.outcome, case.why).within("contract", target)
        }));
    }
    Ok(tests)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_read_from_every_report_and_a_folder_without_one_has_none() {
        let folder = tempfile::tempdir().unwrap();
        let reports = folder.path().join("surefire-reports");
        assert!(read(&reports, "kotlin").unwrap().is_empty());
        std::fs::create_dir(&reports).unwrap();
        for class in ["BuyingTest", "LifeTest"] {
            let text = format!("<testsuite><testcase name=\"it ends\" classname=\"com.tplink.{class}\"/></testsuite>");
            std::fs::write(reports.join(format!("TEST-{class}.xml")), text).unwrap();
        }
        std::fs::write(reports.join("LifeTest.txt"), "Tests run: 1").unwrap();
        let ids: Vec<_> = read(&reports, "kotlin").unwrap().iter().map(TestResult::id).collect();
        assert_eq!(
            ids,
            [
                "contract/kotlin/BuyingTest::it ends",
                "contract/kotlin/LifeTest::it ends"
            ]
        );
        files::forget(&reports).unwrap();
        assert!(read(&reports, "kotlin").unwrap().is_empty());
    }
}
