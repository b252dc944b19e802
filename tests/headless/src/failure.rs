//! Why a command did not do what was asked, as words, as JSON and as an exit code.

use crate::words;
use serde_json::{Map, Value, json};
use tapo_care::error::CareError;
use tapo_care::message::{Message, MessageValue};

/// Exit code of wrong usage or input.
pub const WRONG_USAGE: u8 = 2;
/// Exit code of a purchase that waits.
pub const PENDING: u8 = 3;
/// Exit code where nothing could be asked.
pub const TRY_AGAIN: u8 = 4;

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// The core says so.
    Core(Box<CareError>),
    /// What was typed, or a file that was named, cannot be used.
    Usage(String),
    /// The shell itself says no: a stable name and a sentence.
    Refused {
        /// Such as `not_signed_in`.
        name: &'static str,
        /// What to say.
        sentence: String,
    },
    /// The world could not be asked.
    Unreachable(String),
    /// Already said on the terminal; only the exit code is left.
    Said(u8),
}

impl From<CareError> for Failure {
    fn from(error: CareError) -> Self {
        Self::Core(Box::new(error))
    }
}

impl Failure {
    /// A refusal by the shell itself.
    pub fn refused(name: &'static str, sentence: impl Into<String>) -> Self {
        Self::Refused {
            name,
            sentence: sentence.into(),
        }
    }

    /// The exit code (0 done · 1 refused · 2 wrong usage · 3 pending · 4 try again).
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Core(error) => match **error {
                CareError::TryAgain(_) | CareError::Busy(_) => TRY_AGAIN,
                CareError::ConfirmationNeeded(_) => WRONG_USAGE,
                CareError::Refused(_) | CareError::SignIn(_) | CareError::Storage(_) | CareError::Bug(_) => 1,
            },
            Self::Usage(_) => WRONG_USAGE,
            Self::Refused { .. } => 1,
            Self::Unreachable(_) => TRY_AGAIN,
            Self::Said(code) => *code,
        }
    }

    /// What to say, in one or two sentences.
    pub fn sentence(&self) -> String {
        match self {
            Self::Core(error) => words::say(&error.problem().message),
            Self::Usage(sentence) | Self::Unreachable(sentence) | Self::Refused { sentence, .. } => sentence.clone(),
            Self::Said(_) => String::new(),
        }
    }

    /// What more to say, line by line: the money, and what helps.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Core(error) => {
                let problem = error.problem();
                let mut hints = vec![words::money(problem.money)];
                if let CareError::ConfirmationNeeded(asked) = &**error {
                    hints.extend(asked.facts.iter().map(words::say));
                    hints.push(words::line("say-yes-with"));
                }
                hints.extend(words::user_action(&problem.user_action));
                hints.extend(words::retry(problem.retry));
                hints
            }
            Self::Usage(_) => vec!["`care --help` shows the commands with examples.".to_owned()],
            Self::Refused { .. } | Self::Unreachable(_) | Self::Said(_) => Vec::new(),
        }
    }

    /// The document for `--json`.
    pub fn json(&self) -> Value {
        match self {
            Self::Core(error) => {
                let problem = error.problem();
                let mut document = json!({
                    "error": problem.name,
                    "money": problem.money,
                    "retry": problem.retry,
                    "user_action": problem.user_action,
                    "message": words::say(&problem.message),
                    "message_key": problem.message.key,
                    "args": arguments(&problem.message),
                    "operation": problem.operation,
                    "ids": problem.ids,
                });
                if let CareError::ConfirmationNeeded(asked) = &**error {
                    document["confirm"] = json!(asked.kind);
                    document["facts"] = asked.facts.iter().map(words::say).collect();
                }
                document
            }
            Self::Usage(sentence) => ours("wrong_usage", sentence),
            Self::Refused { name, sentence } => ours(name, sentence),
            Self::Unreachable(sentence) => ours("unreachable", sentence),
            Self::Said(_) => Value::Null,
        }
    }
}

fn ours(name: &str, sentence: &str) -> Value {
    json!({
        "error": name, "money": "not_charged", "retry": "user_action", "user_action": "none", "message": sentence,
        "message_key": name.replace('_', "-"), "args": {}, "operation": "care", "ids": [],
    })
}

/// A message's arguments by name.
pub fn arguments(message: &Message) -> Value {
    let named = message.args.iter().map(|arg| {
        let value = match &arg.value {
            MessageValue::Text(text) => json!(text),
            MessageValue::Count(count) => json!(count),
            MessageValue::Date(date) => json!(date),
        };
        (arg.name.clone(), value)
    });
    Value::Object(named.collect::<Map<_, _>>())
}
