//! Words a shell brings along, and why they cannot be used.

use tapo_care_phrases::{LocaleMatch, PhraseError, PhraseSource};

/// Words a shell brings along: some in place of ours, or a whole locale more.
#[uniffi::remote(Record)]
pub struct PhraseSource {
    /// A BCP 47 language tag.
    pub locale: String,
    /// Fluent text.
    pub text: String,
}

/// How near the locale spoken is to the one asked for.
#[uniffi::remote(Enum)]
pub enum LocaleMatch {
    /// It is the one asked for.
    Exact,
    /// The same language without its region or script.
    Language,
    /// English, for there are no words in the language asked for.
    English,
}

/// Why words cannot be used. Nothing of them is: the shell that brought them mends them.
#[uniffi::remote(Error)]
pub enum PhraseError {
    /// The locale is no BCP 47 language tag.
    NotALocale {
        /// What was given.
        locale: String,
    },
    /// The text is no Fluent.
    Syntax {
        /// Of which locale.
        locale: String,
        /// Counted from 1.
        line: u32,
    },
    /// There is no such message, term (`-name`) or part in use.
    UnknownKey {
        /// Of which locale.
        locale: String,
        /// The message, term or part.
        key: String,
    },
    /// A message, a term or an attribute has no words.
    MissingKey {
        /// Of which locale.
        locale: String,
        /// The message, term or attribute.
        key: String,
    },
    /// The message has no such argument.
    UnknownArgument {
        /// Of which locale.
        locale: String,
        /// The message.
        key: String,
        /// The argument.
        argument: String,
    },
    /// The words leave an argument out.
    MissingArgument {
        /// Of which locale.
        locale: String,
        /// The message.
        key: String,
        /// The argument.
        argument: String,
    },
    /// The words choose by an argument and leave out a case: a plural of the language, or a known word.
    MissingCase {
        /// Of which locale.
        locale: String,
        /// The message.
        key: String,
        /// The argument.
        argument: String,
        /// The plural category or word.
        value: String,
    },
    /// The words use something of Fluent that these messages do not: a function, an attribute, a raw word.
    NotAllowed {
        /// Of which locale.
        locale: String,
        /// The message.
        key: String,
        /// What it is.
        what: String,
    },
}
