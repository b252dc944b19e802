//! What `care` says, in the language of `--locale`: the core's messages through [`tapo_care_phrases`], and the lines that are
//! only its own (`words/lines.rs`). What explains the sandbox, stories, a
//! receipt's checks, options and files is for developers and in English.

mod dates;
mod lines;
pub mod receipt;

pub use dates::{date, moment};
use std::sync::OnceLock;
use tapo_care::error::{Retry, UserAction};
use tapo_care::id::AccountId;
use tapo_care::message::{Message, MessageValue};
use tapo_care::money::{Money, Price};
use tapo_care::period::{Period, PeriodUnit};
use tapo_care::snapshot::{CameraRow, ClockState, ManageRoute, TrialRow};
use tapo_care::{Outcome, Returned};
use tapo_care_phrases::{CORE, LocaleMatch, PhraseError, Phrases, words};

/// The language of this process, chosen once before anything is said.
static SPOKEN: OnceLock<Option<Phrases>> = OnceLock::new();

/// Speaks the nearest language to `locale`. Gives what to tell where it is another one than asked for.
///
/// # Errors
/// This program's own lines do not fit; a test finds that first.
pub fn speak(locale: &str) -> Result<Option<String>, PhraseError> {
    let phrases = open(locale)?;
    let other = (phrases.locale_match() == LocaleMatch::English)
        .then(|| format!("There are no words in `{locale}`; this is English. There are: en, fr, pl, ru, ar, ja."));
    // Said twice, the first stays.
    let _ = SPOKEN.set(Some(phrases));
    Ok(other)
}

fn open(locale: &str) -> Result<Phrases, PhraseError> {
    Phrases::open(locale, &[CORE, lines::LINES], &[])
}

/// English until somebody says otherwise.
fn spoken() -> Option<&'static Phrases> {
    SPOKEN.get_or_init(|| open("en").ok()).as_ref()
}

/// The message in words.
pub fn say(message: &Message) -> String {
    let Some(phrases) = spoken() else {
        return message.key.clone();
    };
    say_in(phrases, message)
}

fn say_in(phrases: &Phrases, message: &Message) -> String {
    let misfit = phrases.misfit(message);
    debug_assert!(misfit.is_none(), "{misfit:?}");
    let said = phrases.say(message, |arg| match &arg.value {
        MessageValue::Date(at) => Some(dates::date_in(phrases.locale(), *at)),
        MessageValue::Text(_) | MessageValue::Count(_) => None,
    });
    without_idle_marks(said)
}

/// Isolating marks do nothing in a line that runs one way, and stand in the way of whoever searches or copies it.
fn without_idle_marks(said: String) -> String {
    let right_to_left =
        |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if said.chars().any(right_to_left) {
        said
    } else {
        said.replace(['\u{2068}', '\u{2069}'], "")
    }
}

/// A line without arguments.
pub fn line(key: &str) -> String {
    say(&Message::new(key))
}

/// Who is signed in now.
pub fn signed_in(name: &str, account: &AccountId) -> String {
    let message = Message::new("signed-in-as").text("who", format!("{name} ({account})"));
    say(&message)
}

/// Names one after the other, with what separates them in the language spoken.
pub fn list(names: &[String]) -> String {
    names.join(match dates::locale() {
        "ar" => "، ",
        "ja" => "、",
        _ => ", ",
    })
}

/// A number with its noun, in English.
pub fn count(number: i64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// An amount for which there is no string of the store's: what a longer cycle comes to, rounded up.
pub fn amount(price: &Price) -> String {
    amount_in(dates::locale(), price)
}

fn amount_in(locale: &str, price: &Price) -> String {
    const UNIT: i64 = 1_000_000;
    // A space that does not break stands before the currency where a comma divides.
    let (point, gap) = match locale {
        "fr" | "pl" | "ru" => (',', '\u{a0}'),
        _ => ('.', ' '),
    };
    if matches!(price.currency.as_str(), "JPY" | "KRW") {
        return format!("{}{gap}{}", (price.micros + UNIT - 1) / UNIT, price.currency);
    }
    let cents = (price.micros + 9_999) / 10_000;
    format!("{}{point}{:02}{gap}{}", cents / 100, cents % 100, price.currency)
}

/// How often it bills.
pub fn each(period: Period) -> String {
    let one = unit(period);
    if period.count == 1 {
        format!("a {one}")
    } else {
        format!("every {} {one}s", period.count)
    }
}

fn unit(period: Period) -> &'static str {
    match period.unit {
        PeriodUnit::Day => "day",
        PeriodUnit::Week => "week",
        PeriodUnit::Month => "month",
        PeriodUnit::Year => "year",
    }
}

/// Where a subscription stands.
pub fn phase(raw: &str) -> String {
    say(&words::phase(raw))
}

/// Whether a camera is covered, and by what.
pub fn cover(row: &CameraRow) -> String {
    say(&words::camera_cover(row))
}

/// A camera's free trial in two or three words; the whole sentence is its message.
pub fn trial(trial: &TrialRow) -> String {
    let word = |state: &str| say(&Message::new("trial-word").text("state", state));
    let left = |key: &str, days: u32| say(&Message::new(key).count("days", i64::from(days)));
    match (trial.state.as_str(), trial.days_left) {
        ("eligible", _) if trial.can_start => word("can_start"),
        ("eligible", _) => word("kept"),
        ("active", _) if trial.ends_today => word("today"),
        ("active", Some(days)) => left("trial-left", days),
        ("paused", Some(days)) => left("trial-paused-left", days),
        ("not_offered", _) if trial.reason.as_deref() == Some("covered") => word("covered"),
        (state, _) => word(state),
    }
}

/// Where an open purchase stands.
pub fn purchase_state(raw: &str) -> String {
    say(&words::purchase_state(raw))
}

/// The cloud's final answers.
pub fn answer(raw: &str) -> String {
    say(&words::answer(raw))
}

/// How a purchase ended.
pub fn outcome(outcome: &Outcome) -> String {
    say(&words::outcome(outcome))
}

/// What became of a payment that was to be given back.
pub fn returned(returned: Returned) -> String {
    say(&words::returned(returned))
}

/// What happened to the money.
pub fn money(money: Money) -> String {
    say(&words::money(money))
}

/// What the user can do about it.
pub fn user_action(action: &UserAction) -> Option<String> {
    words::user_action(action).map(|message| say(&message))
}

/// When trying again helps.
pub fn retry(retry: Retry) -> Option<String> {
    words::retry(retry).map(|message| say(&message))
}

/// Where a plan is managed.
pub fn manage(route: ManageRoute) -> String {
    say(&words::manage(route))
}

/// What is to be said about the phone's clock.
pub fn clock(state: ClockState) -> Option<String> {
    words::clock(state).map(|message| say(&message))
}

#[cfg(test)]
#[path = "words/tests.rs"]
mod tests;
