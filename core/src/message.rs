//! Message keys with typed arguments: the core says *what*, whoever renders says it in words (U17).

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The texts that a debug print may show: what the store, the catalogue or the contract calls things. A name that a person
/// gave is none of them, and what is not listed is not shown.
const NOBODYS: &[&str] = &[
    "answer",
    "by",
    "channel",
    "code",
    "cover",
    "currency",
    "environment",
    "from",
    "length",
    "model",
    "period",
    "phase",
    "plan",
    "price",
    "product",
    "reason",
    "state",
    "subscription",
    "to",
    "version",
    "where",
];

/// Something to be said to the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// A stable key such as `slot-taken`.
    pub key: String,
    /// What the words need.
    pub args: Vec<MessageArg>,
}

/// One named argument.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageArg {
    /// Its name in the words.
    pub name: String,
    /// Its value.
    pub value: MessageValue,
}

/// A typed value: plurals, dates and amounts are formatted by whoever renders.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum MessageValue {
    /// A name, verbatim.
    Text(String),
    /// A number that decides a plural.
    Count(i64),
    /// A date.
    Date(Timestamp),
}

impl fmt::Debug for MessageArg {
    /// Shows the texts that are nobody's own, and of a camera's name nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            MessageValue::Text(text) if NOBODYS.contains(&self.name.as_str()) => write!(f, "{}: {text:?}", self.name),
            value => write!(f, "{}: {value:?}", self.name),
        }
    }
}

impl fmt::Debug for MessageValue {
    /// Without its name nobody can say whose a text is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("Text(…)"),
            Self::Count(count) => write!(f, "Count({count})"),
            Self::Date(at) => write!(f, "Date({})", at.rfc3339()),
        }
    }
}

impl Message {
    /// A message without arguments.
    pub fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            args: Vec::new(),
        }
    }

    /// With a verbatim text.
    #[must_use]
    pub fn text(self, name: &str, value: impl Into<String>) -> Self {
        self.with(name, MessageValue::Text(value.into()))
    }

    /// With a number.
    #[must_use]
    pub fn count(self, name: &str, value: i64) -> Self {
        self.with(name, MessageValue::Count(value))
    }

    /// With a date.
    #[must_use]
    pub fn date(self, name: &str, value: Timestamp) -> Self {
        self.with(name, MessageValue::Date(value))
    }

    fn with(mut self, name: &str, value: MessageValue) -> Self {
        self.args.push(MessageArg {
            name: name.to_owned(),
            value,
        });
        self
    }

    /// The text argument of that name.
    pub fn text_arg(&self, name: &str) -> Option<&str> {
        self.args
            .iter()
            .find(|arg| arg.name == name)
            .and_then(|arg| match &arg.value {
                MessageValue::Text(text) => Some(text.as_str()),
                MessageValue::Count(_) | MessageValue::Date(_) => None,
            })
    }
}
