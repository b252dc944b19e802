//! What Swift Testing writes down: xUnit's XML, one element a line.

use super::result;
use crate::results::{Outcome, TestResult};

/// Every test case, by suite and name; one below which a failure stands has failed.
pub fn read(text: &str) -> Vec<TestResult> {
    let mut tests: Vec<TestResult> = Vec::new();
    for line in text.lines().map(str::trim_start) {
        if line.starts_with("<testcase ") {
            let (suite, name) = (attribute(line, "classname"), attribute(line, "name"));
            // `BoundaryTests.Boundary.Buying`, `aPlanIsBought(on:)`
            let suite = suite.unwrap_or_default();
            let suite = suite.rsplit(['.', '/']).next().unwrap_or_default();
            let name = name.unwrap_or_default();
            let name = name.split('(').next().unwrap_or_default();
            tests.push(result(&format!("{suite}::{name}"), Outcome::Passed, None));
        }
        let below = match line {
            line if line.starts_with("<failure") || line.starts_with("<error") => Outcome::Failed,
            line if line.starts_with("<skipped") => Outcome::LeftOut,
            _ => continue,
        };
        if let Some(test) = tests.last_mut() {
            test.outcome = below;
            test.why = attribute(line, "message");
        }
    }
    tests
}

/// ` name="value"` of an element's tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    let known = [
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#8594;", "→"),
        ("&amp;", "&"),
    ];
    Some(
        known
            .iter()
            .fold(value.to_owned(), |text, (from, to)| text.replace(from, to)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="TestResults" errors="0" tests="3" failures="1" skipped="1" time="0.1">
    <testcase classname="BoundaryTests.Boundary.Buying" name="aPlanIsBought(on:)" time="0.2" />
    <testcase classname="BoundaryTests.Boundary.Life" name="itRests()" time="0.2">
      <failure message="Expectation failed: (a &#8594; &quot;b&quot;) == &quot;c&quot;" />
    </testcase>
    <testcase classname="BoundaryTests.Boundary.Life" name="itSleeps()" time="0.2">
      <skipped />
    </testcase>
  </testsuite>
</testsuites>
"#;

    #[test]
    fn every_case_counts_once_with_what_stands_below_it() {
        let found: Vec<_> = read(TEXT)
            .into_iter()
            .map(|test| (test.path, test.outcome, test.why))
            .collect();
        let failed = Some("Expectation failed: (a → \"b\") == \"c\"".to_owned());
        assert_eq!(
            found,
            [
                ("Buying::aPlanIsBought".to_owned(), Outcome::Passed, None),
                ("Life::itRests".to_owned(), Outcome::Failed, failed),
                ("Life::itSleeps".to_owned(), Outcome::LeftOut, None),
            ]
        );
    }
}
