//! What is said and what it costs: message keys with typed arguments, amounts for logic.

use tapo_care::message::{Message, MessageArg, MessageValue};
use tapo_care::money::{Money, Price};
use tapo_care::time::Timestamp;

/// Something to be said to the user.
#[uniffi::remote(Record)]
pub struct Message {
    /// A stable key such as `slot-taken`.
    pub key: String,
    /// What the words need.
    pub args: Vec<MessageArg>,
}

/// One named argument.
#[uniffi::remote(Record)]
pub struct MessageArg {
    /// Its name in the words.
    pub name: String,
    /// Its value.
    pub value: MessageValue,
}

/// A typed value: plurals, dates and amounts are formatted by whoever renders.
#[uniffi::remote(Enum)]
pub enum MessageValue {
    /// A name, verbatim.
    Text(String),
    /// A number that decides a plural.
    Count(i64),
    /// A date.
    Date(Timestamp),
}

/// An amount: millionths of a currency unit, and which currency.
#[uniffi::remote(Record)]
pub struct Price {
    /// Millionths of the currency's unit: 6 990 000 is 6.99.
    pub micros: i64,
    /// ISO 4217.
    pub currency: String,
}

/// What happened to the user's money, said by every error and outcome.
#[uniffi::remote(Enum)]
pub enum Money {
    /// Nothing was taken.
    NotCharged,
    /// It may have been taken; the core finds out and says so.
    MaybeCharged,
    /// It was taken.
    Charged,
}
