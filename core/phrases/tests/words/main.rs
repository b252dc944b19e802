//! What a user reads: every message in every language, within the rule book's words.
#![expect(
    clippy::unwrap_used,
    reason = "a failed expectation is how a test speaks, in its helpers too"
)]

mod core_source;
mod own_words;
mod rules;
mod screens;
#[path = "../../../tests/source/mod.rs"]
mod source;

use tapo_care::message::Message;
use tapo_care::time::Timestamp;
use tapo_care_phrases::phrases::check_all;
use tapo_care_phrases::samples::read_through;
use tapo_care_phrases::{CORE, LocaleMatch, Phrases};

const LOCALES: [&str; 6] = ["en", "fr", "pl", "ru", "ar", "ja"];

fn phrases(locale: &str) -> Phrases {
    Phrases::open(locale, &[CORE], &[]).unwrap()
}

fn say(locale: &str, message: &Message) -> String {
    phrases(locale).say(message, |_| None)
}

// Rules: U5, U17
#[test]
fn no_language_lacks_a_message_an_argument_a_plural_or_a_term() {
    assert_eq!(check_all(&[CORE]), Ok(()));
    assert_eq!(
        CORE.texts.iter().map(|(locale, _)| *locale).collect::<Vec<_>>(),
        LOCALES
    );
}

// Rules: U17
#[test]
fn every_message_reads_as_it_was_read_through() {
    for locale in LOCALES {
        let path = format!("{}/tests/read/{locale}.txt", env!("CARGO_MANIFEST_DIR"));
        let (read, now) = (
            std::fs::read_to_string(&path).unwrap(),
            read_through(&phrases(locale), &[CORE]),
        );
        let other = read.lines().zip(now.lines()).find(|(read, now)| read != now);
        assert!(
            read == now,
            "{locale} reads otherwise; look at it and run `cargo xtask phrases --write`: {other:?}"
        );
    }
}

// Rules: U17
#[test]
fn numbers_take_the_plural_of_their_language() {
    let left = |locale: &str, days: i64| say(locale, &Message::new("trial-paused").count("days", days));
    for (locale, days, said) in [
        ("en", 1, "1 day left"),
        ("en", 2, "2 days left"),
        ("fr", 0, "0 jour restant"),
        ("fr", 2, "2 jours restants"),
        ("pl", 1, "pozostał 1 dzień"),
        ("pl", 3, "pozostały 3 dni"),
        ("pl", 5, "pozostało 5 dni"),
        ("pl", 22, "pozostały 22 dni"),
        ("ru", 21, "остался 21 день"),
        ("ru", 22, "осталось 22 дня"),
        ("ru", 11, "осталось 11 дней"),
        ("ar", 1, "بقي يوم واحد"),
        ("ar", 2, "بقي يومان"),
        ("ar", 3, "بقيت 3 أيام"),
        ("ar", 11, "بقي 11 يومًا"),
        ("ar", 100, "بقي 100 يوم"),
        ("ja", 1, "残り1日"),
    ] {
        assert!(
            left(locale, days).contains(said),
            "{locale} {days}: {}",
            left(locale, days)
        );
    }
}

// Rules: U4, U17
#[test]
fn a_price_stands_in_the_sentence_as_the_store_wrote_it_and_isolated() {
    // A no-break space, a mark of direction and digits of its own: all the store's.
    let price = "\u{200f}١٢٫٩٩\u{a0}ر.س.\u{200f}";
    let terms = Message::new("renews-until-cancelled")
        .text("price", price)
        .text("period", "P1M");
    for locale in LOCALES {
        let said = say(locale, &terms);
        assert!(said.contains(&format!("\u{2068}{price}\u{2069}")), "{locale}: {said}");
    }
}

// Rules: U17
#[test]
fn a_name_cannot_turn_the_sentence_around_it() {
    let covered = Message::new("camera-covered").text("camera", "باب\u{2069}\u{202e}x");
    for locale in LOCALES {
        let said = say(locale, &covered);
        assert!(said.contains("\u{2068}بابx\u{2069}"), "{locale}: {said:?}");
    }
}

// Rules: U17
#[test]
fn dates_and_numbers_are_written_as_the_caller_writes_them() {
    let active = Message::new("trial-active")
        .count("days", 3)
        .date("date", Timestamp(1_770_282_000_000));
    let said = phrases("ar").say(&active, |arg| {
        Some(match arg.name.as_str() {
            "days" => "٣".to_owned(),
            _ => "٥ فبراير ٢٠٢٦".to_owned(),
        })
    });
    assert!(said.contains("بقيت ٣ أيام"), "{said}");
    assert!(said.contains("\u{2068}٥ فبراير ٢٠٢٦\u{2069}"), "{said}");
    assert!(say("en", &active).contains("\u{2068}2026-02-05\u{2069}"));
}

// Rules: U17
#[test]
fn the_nearest_language_is_spoken_and_said() {
    for (asked, spoken, locale_match) in [
        ("pl", "pl", LocaleMatch::Exact),
        ("fr-CA", "fr", LocaleMatch::Language),
        ("fr_CA", "fr", LocaleMatch::Language),
        ("ar-Arab-EG", "ar", LocaleMatch::Language),
        ("en-GB", "en", LocaleMatch::Language),
        ("de-AT", "en", LocaleMatch::English),
        ("", "en", LocaleMatch::English),
        ("not a locale", "en", LocaleMatch::English),
    ] {
        let phrases = phrases(asked);
        assert_eq!(
            (phrases.locale(), phrases.locale_match()),
            (spoken, locale_match),
            "{asked}"
        );
    }
}

#[test]
fn a_message_nobody_knows_and_one_that_lacks_an_argument_are_still_readable() {
    assert_eq!(
        say("ru", &Message::new("solar-flare").text("where", "sky")),
        "Solar flare."
    );
    assert_eq!(say("en", &Message::new("renews-on")), "Renews automatically on ….");
    assert_eq!(say("en", &Message::new("über_all")), "Über all.");
    let odd = Message::new("renews-until-cancelled")
        .text("price", "1 €")
        .text("period", "fortnight");
    assert!(say("en", &odd).contains("1 €"));
}

#[test]
fn a_word_of_a_newer_cloud_is_said_to_be_unknown_and_never_shown_raw() {
    let message = Message::new("plan-phase").text("phase", "quarantined");
    for locale in LOCALES {
        assert!(!say(locale, &message).contains("quarantined"), "{locale}");
    }
}
