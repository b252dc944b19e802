//! The core's messages in words: six languages, plurals and all, in Fluent. Core says keys and typed arguments; this crate
//! says sentences (U17). It formats neither dates nor numbers: the caller does, in the user's own way, and passes strings.
//!
//! # Where to start
//! [`Phrases::open`] picks a locale and takes a shell's own words; [`Phrases::say`] renders a message. How to add a message
//! stands in this crate's README.
//!
//! | module | is |
//! |---|---|
//! | [`messages`] | the one table: every key with its arguments |
//! | [`form`] | what a row of it is made of |
//! | [`phrases`] | a locale, open: negotiation, overrides, rendering |
//! | [`check`] | words held against the table; a shell's as strictly as ours |
//! | [`words`] | core's enumerations as messages |
//! | [`samples`] | every message with sample arguments, to be read through |

pub mod check;
pub mod form;
pub mod messages;
pub mod phrases;
pub mod samples;
pub mod words;

pub use check::PhraseError;
pub use phrases::{CORE, LocaleMatch, PhraseSource, Phrases, Vocabulary};
