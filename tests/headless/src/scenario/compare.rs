//! What is not as a story expects, field by field.

use crate::args::StoreName;
use serde::Serialize;
use serde_json::Value;

/// One field that is not as expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where: `status.subscriptions[0].phase`.
    pub field: String,
    /// What the story expects.
    pub expected: Value,
    /// What is there; null where nothing is.
    pub found: Value,
}

impl Difference {
    /// In one line.
    pub fn told(&self) -> String {
        format!("{}: expected {}, found {}", self.field, self.expected, self.found)
    }
}

/// Compares what is written in `expected` with what is `found`: objects by the fields written, lists whole.
pub fn differences(field: &str, expected: &Value, found: &Value) -> Vec<Difference> {
    let mut differences = Vec::new();
    compare(field, expected, found, &mut differences);
    differences
}

fn compare(field: &str, expected: &Value, found: &Value, into: &mut Vec<Difference>) {
    match (expected, found) {
        (Value::Object(wanted), Value::Object(there)) => {
            for (name, wanted) in wanted {
                let there = there.get(name).unwrap_or(&Value::Null);
                compare(&format!("{field}.{name}"), wanted, there, into);
            }
        }
        (Value::Array(wanted), Value::Array(there)) if wanted.len() == there.len() => {
            for (nth, (wanted, there)) in wanted.iter().zip(there).enumerate() {
                compare(&format!("{field}[{nth}]"), wanted, there, into);
            }
        }
        _ if expected == found => {}
        _ => into.push(Difference {
            field: field.to_owned(),
            expected: expected.clone(),
            found: found.clone(),
        }),
    }
}

/// `this_store` in the words of the store that the story is told at.
pub fn at_this_store(expected: &mut Value, store: StoreName) {
    let (channel, manage) = match store {
        StoreName::AppStore => ("app_store", "app_store"),
        StoreName::Play => ("play", "google_play"),
    };
    match expected {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some("this_store") if name == "manage" => *value = Value::from(manage),
                    Some("this_store") if name == "channel" => *value = Value::from(channel),
                    _ => at_this_store(value, store),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| at_this_store(value, store)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_written_is_compared_and_a_list_is_compared_whole() {
        let found = json!({ "phase": "grace", "plans": [{ "id": 1, "left": 2 }], "rest": true });
        assert_eq!(differences("it", &json!({ "plans": [{ "id": 1 }] }), &found), []);
        let fewer = differences("it", &json!({ "phase": "active", "plans": [] }), &found);
        let told: Vec<_> = fewer.iter().map(Difference::told).collect();
        assert_eq!(
            told,
            [
                r#"it.phase: expected "active", found "grace""#,
                r#"it.plans: expected [], found [{"id":1,"left":2}]"#,
            ]
        );
    }

    #[test]
    fn a_field_that_is_not_there_at_all_is_a_difference() {
        let missing = differences("it", &json!({ "phase": "active" }), &json!({}));
        assert_eq!(missing[0].told(), r#"it.phase: expected "active", found null"#);
    }

    #[test]
    fn this_store_reads_as_the_store_of_the_telling() {
        let mut expected =
            json!({ "plans": [{ "channel": "this_store", "manage": "this_store", "plan": "this_store" }] });
        at_this_store(&mut expected, StoreName::Play);
        assert_eq!(
            expected,
            json!({ "plans": [{ "channel": "play", "manage": "google_play", "plan": "this_store" }] })
        );
    }
}
