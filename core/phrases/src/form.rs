//! The form of a message: its key, and the typed arguments its words are made with.

use tapo_care::message::{Message, MessageArg, MessageValue};

/// One message: what every locale must have words for, and with what they are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// The key core gives it.
    pub key: &'static str,
    /// Its arguments.
    pub args: &'static [Arg],
}

/// One argument of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arg {
    /// Its name, the same in core and in the words.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Whether it is always there, and whether it is said.
    pub presence: Presence,
}

/// The type of an argument, and how words name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name, an address, a version: `{ $name }`, isolated from the direction of the sentence.
    Text,
    /// A price as the store wrote it (U4): verbatim and isolated.
    Price,
    /// A whole number: `{ $days }` as the caller formatted it, `$days-number` to choose the plural.
    Count,
    /// A date: `{ $date }` as the caller formatted it.
    Date,
    /// An ISO 8601 period of one unit: `$period-unit` (day, week, month, year), `$period-number`, `{ $period }` its number.
    Period,
    /// One of these words, to choose by: `{ $channel -> [play] … *[other] … }`. A word of a newer cloud is `other`.
    Word(&'static [&'static str]),
}

/// Whether an argument is always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always, and the words say it.
    Always,
    /// Not always: the attribute `.without-NAME` holds the words for when it is not.
    Optional,
    /// For a shell's logic; the words need not say it.
    Unsaid,
}

impl Form {
    /// A message and its arguments; at most one of them is optional.
    pub const fn new(key: &'static str, args: &'static [Arg]) -> Self {
        Self { key, args }
    }

    /// A message without arguments.
    pub const fn plain(key: &'static str) -> Self {
        Self::new(key, &[])
    }

    /// The argument that is not always there.
    pub fn optional(&self) -> Option<&'static Arg> {
        self.args.iter().find(|arg| arg.presence == Presence::Optional)
    }
}

impl Arg {
    const fn of(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            presence: Presence::Always,
        }
    }

    /// It is not always there.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self {
            presence: Presence::Optional,
            ..self
        }
    }

    /// The words need not say it.
    #[must_use]
    pub const fn unsaid(self) -> Self {
        Self {
            presence: Presence::Unsaid,
            ..self
        }
    }

    /// What words may call it.
    pub fn variables(&self) -> Vec<String> {
        let name = self.name;
        match self.kind {
            Kind::Text | Kind::Price | Kind::Date | Kind::Word(_) => vec![name.to_owned()],
            Kind::Count => vec![name.to_owned(), number(name)],
            Kind::Period => vec![name.to_owned(), number(name), unit(name)],
        }
    }

    /// Whether core's argument is of this type.
    pub fn takes(&self, arg: &MessageArg) -> bool {
        match self.kind {
            Kind::Text | Kind::Price | Kind::Period | Kind::Word(_) => matches!(arg.value, MessageValue::Text(_)),
            Kind::Count => matches!(arg.value, MessageValue::Count(_)),
            Kind::Date => matches!(arg.value, MessageValue::Date(_)),
        }
    }
}

/// The variable that chooses the plural.
pub(crate) fn number(name: &str) -> String {
    format!("{name}-number")
}

/// The variable that names a period's unit.
pub(crate) fn unit(name: &str) -> String {
    format!("{name}-unit")
}

/// A name, verbatim.
pub const fn text(name: &'static str) -> Arg {
    Arg::of(name, Kind::Text)
}

/// A price of the store's.
pub const fn price(name: &'static str) -> Arg {
    Arg::of(name, Kind::Price)
}

/// A number with its plural.
pub const fn count(name: &'static str) -> Arg {
    Arg::of(name, Kind::Count)
}

/// A date.
pub const fn date(name: &'static str) -> Arg {
    Arg::of(name, Kind::Date)
}

/// A period such as `P1M`.
pub const fn period(name: &'static str) -> Arg {
    Arg::of(name, Kind::Period)
}

/// One of these words.
pub const fn word(name: &'static str, known: &'static [&'static str]) -> Arg {
    Arg::of(name, Kind::Word(known))
}

/// Why a message of core is not of this form, in a sentence for a developer.
pub fn misfit(form: &Form, message: &Message) -> Option<String> {
    let key = &message.key;
    for arg in &message.args {
        match form.args.iter().find(|known| known.name == arg.name) {
            None => return Some(format!("{key} has no argument {}", arg.name)),
            Some(known) if !known.takes(arg) => {
                return Some(format!("{key}: {} is of another type than {:?}", arg.name, known.kind));
            }
            Some(_) => {}
        }
    }
    let lacking = form
        .args
        .iter()
        .filter(|known| known.presence == Presence::Always)
        .find(|known| !message.args.iter().any(|arg| arg.name == known.name));
    lacking.map(|known| format!("{key} lacks its argument {}", known.name))
}
