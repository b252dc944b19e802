//! [`Phrases`]: the core's messages in words, and core's enumerations as messages.

use crate::panics::contained;
use std::collections::HashMap;
use std::sync::Arc;
use tapo_care::error::{Retry, UserAction};
use tapo_care::message::Message;
use tapo_care::money::Money;
use tapo_care::snapshot::{ClockState, Cover, ManageRoute};
use tapo_care::{Outcome, Returned};
use tapo_care_phrases::{CORE, LocaleMatch, PhraseError, PhraseSource, words};

/// One locale's words for every message. Needs no open core and no network; every method returns at once, on any thread.
#[derive(uniffi::Object)]
pub struct Phrases {
    words: tapo_care_phrases::Phrases,
}

/// Opens the nearest locale there are words in: the one asked for (a BCP 47 tag), else its language, else English. A shell's
/// own Fluent text for a locale of ours goes in place of ours, key by key; for another locale it is a locale more, and has to
/// be complete (U5).
///
/// # Errors
/// [`PhraseError`], naming locale, key and argument, where the shell's text does not fit the messages. Nothing is opened.
#[uniffi::export]
pub fn open_phrases(locale: String, own: Vec<PhraseSource>) -> Result<Arc<Phrases>, PhraseError> {
    let words = tapo_care_phrases::Phrases::open(&locale, &[CORE], &own)?;
    Ok(Arc::new(Phrases { words }))
}

#[uniffi::export]
impl Phrases {
    /// The locale spoken.
    pub fn locale(&self) -> String {
        self.words.locale().to_owned()
    }

    /// How near it is to the one asked for.
    pub fn locale_match(&self) -> LocaleMatch {
        self.words.locale_match()
    }

    /// The message in words. `formatted` holds, by argument name, dates and numbers as the user writes them; where one is
    /// missing a date is ISO 8601 and a number plain digits. Names, prices and dates stand between isolating marks (U+2068,
    /// U+2069), and a price is the store's string (U4). Never fails: a key nobody knows is still readable.
    pub fn say(&self, message: Message, formatted: HashMap<String, String>) -> String {
        contained(|| self.words.say(&message, |arg| formatted.get(&arg.name).cloned()))
    }
}

/// What happened to the money, as a message.
#[uniffi::export]
pub fn money_message(money: Money) -> Message {
    words::money(money)
}

/// What the user can do, as a message; the portal only as far as the storefront allows (U9). `None` where there is nothing.
#[uniffi::export]
pub fn user_action_message(action: UserAction) -> Option<Message> {
    words::user_action(&action)
}

/// When trying again helps, as a message; `None` where it does not, or not before the user has acted.
#[uniffi::export]
pub fn retry_message(retry: Retry) -> Option<Message> {
    words::retry(retry)
}

/// How a purchase ended, as a message.
#[uniffi::export]
pub fn outcome_message(outcome: Outcome) -> Message {
    words::outcome(&outcome)
}

/// What became of a payment that was to be given back (X16), as a message.
#[uniffi::export]
pub fn returned_message(returned: Returned) -> Message {
    words::returned(returned)
}

/// Where a subscription stands, as a message: one word or a few, without a full stop.
#[uniffi::export]
pub fn phase_message(phase: String) -> Message {
    words::phase(&phase)
}

/// Whether a camera is covered, as a message: one word or a few, without a full stop.
#[uniffi::export]
pub fn cover_message(cover: Cover) -> Message {
    words::cover(cover)
}

/// Where a plan is managed and cancelled (R11, U7), as a message.
#[uniffi::export]
pub fn manage_message(route: ManageRoute) -> Message {
    words::manage(route)
}

/// What is to be said about the phone's clock beside the notices, as a message; `None` where nothing is.
#[uniffi::export]
pub fn clock_message(clock: ClockState) -> Option<Message> {
    words::clock(clock)
}
