//! The results as JUnit's XML, which CI systems read.

use super::play::Played;
use clap::ValueEnum;
use std::fmt::Write;

/// The document: one suite, one case for each story and store.
pub fn junit(played: &[Played]) -> String {
    let failures = played.iter().filter(|one| one.broken.is_some()).count();
    let took: f64 = played.iter().map(|one| one.took.as_secs_f64()).sum();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"scenarios\" tests=\"{}\" failures=\"{failures}\" time=\"{took:.3}\">\n",
        played.len()
    );
    for one in played {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "<testcase classname=\"scenarios.{}\" name=\"{}\" time=\"{:.3}\"",
            store_word(one),
            escaped(&one.scenario),
            one.took.as_secs_f64()
        );
        match &one.broken {
            None => text.push_str("/>\n"),
            Some(broken) => {
                let mut lines: Vec<String> = broken.differences.iter().map(|each| each.told()).collect();
                lines.extend(broken.why.clone());
                let _ = writeln!(
                    text,
                    "><failure message=\"step {}, line {}: {}\">{}</failure></testcase>",
                    broken.step,
                    broken.line,
                    escaped(&broken.verb),
                    escaped(&lines.join("\n"))
                );
            }
        }
    }
    text.push_str("</testsuite>\n</testsuites>\n");
    text
}

/// The store, as `--store` takes it.
pub fn store_word(played: &Played) -> String {
    let value = played.store.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            // XML 1.0 has no other control character.
            c if c.is_control() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::StoreName;
    use crate::scenario::compare::Difference;
    use crate::scenario::play::Broken;
    use serde_json::json;
    use std::time::Duration;

    #[test]
    fn a_story_that_does_not_hold_is_a_failure_with_its_place_and_its_differences() {
        let one = |broken| Played {
            scenario: "a-story".into(),
            title: "A story.".into(),
            rules: vec![],
            store: StoreName::Play,
            broken,
            took: Duration::from_millis(12),
        };
        let broken = Broken {
            step: 2,
            line: 9,
            verb: "look".into(),
            differences: vec![Difference {
                field: "ledger.charges".into(),
                expected: json!("<1>"),
                found: json!(2),
            }],
            why: None,
        };
        let text = junit(&[one(None), one(Some(broken))]);
        assert!(text.contains("tests=\"2\" failures=\"1\""), "{text}");
        assert!(text.contains("<testcase classname=\"scenarios.play\" name=\"a-story\" time=\"0.012\"/>"));
        assert!(text.contains("message=\"step 2, line 9: look\""));
        assert!(text.contains("ledger.charges: expected &quot;&lt;1&gt;&quot;, found 2"));
    }
}
