//! Reads the XML in which Maven, and others after JUnit, write down how tests came out.
//!
//! Of XML it knows what such a file holds: elements, attributes, text, CDATA. What a test printed is never taken for a tag.

use crate::results::Outcome;

/// One test.
#[derive(Debug, PartialEq, Eq)]
pub struct Case {
    /// The class it belongs to, with its package.
    pub class: String,
    /// Its name.
    pub name: String,
    /// How it came out.
    pub outcome: Outcome,
    /// What it said where it did not pass.
    pub why: Option<String>,
}

/// Every test of one report, in its order.
pub fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut inside = false;
    for tag in tags(text) {
        let name = tag.split([' ', '\n', '\t', '/']).next().unwrap_or_default();
        let last = cases.last_mut().filter(|_| inside);
        match (name, last) {
            ("testcase", _) => {
                inside = !tag.ends_with('/');
                cases.push(Case {
                    class: attribute(tag, "classname").unwrap_or_default(),
                    name: attribute(tag, "name").unwrap_or_default(),
                    outcome: Outcome::Passed,
                    why: None,
                });
            }
            ("failure" | "error", Some(case)) => {
                case.outcome = Outcome::Failed;
                case.why = attribute(tag, "message").or_else(|| attribute(tag, "type"));
            }
            ("skipped", Some(case)) => {
                case.outcome = Outcome::LeftOut;
                case.why = attribute(tag, "message");
            }
            // `</testcase>`: what begins with a slash has an empty name.
            ("", _) if tag == "/testcase" => inside = false,
            _ => {}
        }
    }
    cases
}

/// What stands between `<` and `>`, outside of CDATA and comments.
fn tags(text: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = text;
    while let Some((_, from)) = rest.split_once('<') {
        let skipped = [("![CDATA[", "]]>"), ("!--", "-->"), ("?", "?>")]
            .into_iter()
            .find_map(|(open, close)| Some((from.strip_prefix(open)?, close)));
        rest = match skipped {
            Some((inner, close)) => inner.split_once(close).map_or("", |(_, after)| after),
            None => {
                let end = end_of_tag(from);
                tags.push(from.get(..end).unwrap_or_default());
                from.get(end..).unwrap_or_default()
            }
        };
    }
    tags
}

/// Where the `>` is that ends the tag: one in a quoted attribute does not.
fn end_of_tag(from: &str) -> usize {
    let mut quote = None;
    for (at, character) in from.char_indices() {
        match (quote, character) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    from.len()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let after = tag.split_once(&format!(" {name}=")).map(|(_, after)| after)?;
    let quote = after.chars().next()?;
    let value = after.get(1..)?.split(quote).next()?;
    let plain = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#10;", "\n"),
        ("&amp;", "&"),
    ];
    Some(plain.iter().fold(value.to_owned(), |text, (escaped, character)| {
        text.replace(escaped, character)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, Outcome, Option<String>)> {
        cases(text)
            .into_iter()
            .map(|case| (case.name, case.outcome, case.why))
            .collect()
    }

    #[test]
    fn each_test_comes_out_once_as_it_ended() {
        let text = r#"<?xml version="1.0"?><testsuite name="s" tests="4">
            <properties><property name="a" value="x &gt; y"/></properties>
            <testcase name="buys &quot;a&quot; plan" classname="c.B" time="1"/>
            <testcase name="breaks" classname="c.B"><failure message="expected: &lt;1&gt;" type="E"><![CDATA[at x]]></failure></testcase>
            <testcase name="throws" classname="c.B"><error type="Boom">at y</error></testcase>
            <testcase name="rests" classname="c.B"><skipped message="no display"/></testcase>
        </testsuite>"#;
        assert_eq!(
            told(text),
            [
                ("buys \"a\" plan".to_owned(), Outcome::Passed, None),
                ("breaks".to_owned(), Outcome::Failed, Some("expected: <1>".to_owned())),
                ("throws".to_owned(), Outcome::Failed, Some("Boom".to_owned())),
                ("rests".to_owned(), Outcome::LeftOut, Some("no display".to_owned())),
            ]
        );
    }

    #[test]
    fn what_a_test_printed_is_not_taken_for_a_test() {
        let text = r#"<testcase name="a > b" classname="c"><system-out><![CDATA[<testcase name="no"><failure message="no"/>]]></system-out>
            </testcase><error message="outside of any test"/>"#;
        assert_eq!(told(text), [("a > b".to_owned(), Outcome::Passed, None)]);
    }
}
