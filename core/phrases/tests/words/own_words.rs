//! Words a shell brings along: in place of ours, or a language more; and how those that do not fit are refused.

use tapo_care::message::Message;
use tapo_care_phrases::phrases::PhraseSource;
use tapo_care_phrases::{CORE, LocaleMatch, PhraseError, Phrases};

fn source(locale: &str, text: &str) -> PhraseSource {
    PhraseSource {
        locale: locale.to_owned(),
        text: text.to_owned(),
    }
}

fn refused(locale: &str, text: &str) -> PhraseError {
    Phrases::open("en", &[CORE], &[source(locale, text)]).err().unwrap()
}

// Rules: U17
#[test]
fn a_shell_puts_a_sentence_of_its_own_in_place_of_ours() {
    let own = [source("ru", "renews-on = Следующий платёж { $date }.")];
    let on = Message::new("renews-on").text("date", "x");
    let phrases = Phrases::open("ru", &[CORE], &own).unwrap();
    assert_eq!(phrases.say(&on, |_| None), "Следующий платёж \u{2068}x\u{2069}.");
    assert!(phrases.say(&Message::new("not-signed-in"), |_| None).contains("Вход"));
    assert!(
        !Phrases::open("pl", &[CORE], &own)
            .unwrap()
            .say(&on, |_| None)
            .contains("платёж")
    );
}

// Rules: U17
#[test]
fn a_shell_adds_a_region_over_its_language() {
    let own = [source("fr-CA", "store-unreachable = Le magasin est injoignable.")];
    let canadian = Phrases::open("fr-CA", &[CORE], &own).unwrap();
    assert_eq!(
        (canadian.locale(), canadian.locale_match()),
        ("fr-CA", LocaleMatch::Exact)
    );
    assert!(
        canadian
            .say(&Message::new("store-unreachable"), |_| None)
            .contains("magasin")
    );
    assert!(
        canadian
            .say(&Message::new("not-signed-in"), |_| None)
            .contains("Personne")
    );
    let french = Phrases::open("fr", &[CORE], &own).unwrap();
    assert!(
        french
            .say(&Message::new("store-unreachable"), |_| None)
            .contains("boutique")
    );
}

// Rules: U5, U17
#[test]
fn a_language_more_is_spoken_once_it_is_complete() {
    let english = CORE.texts[0].1;
    let german = english.replace("Nobody is signed in.", "Niemand ist angemeldet.");
    let phrases = Phrases::open("de-AT", &[CORE], &[source("de", &german)]).unwrap();
    assert_eq!(
        (phrases.locale(), phrases.locale_match()),
        ("de", LocaleMatch::Language)
    );
    assert_eq!(
        phrases.say(&Message::new("not-signed-in"), |_| None),
        "Niemand ist angemeldet."
    );
    let half = german.replace("not-signed-in =", "# not-signed-in =");
    assert_eq!(
        refused("de", &half),
        PhraseError::MissingKey {
            locale: "de".into(),
            key: "not-signed-in".into()
        }
    );
    let without_a_term = german.replace("-web-portal = web portal", "");
    assert_eq!(
        refused("de", &without_a_term),
        PhraseError::MissingKey {
            locale: "de".into(),
            key: "-web-portal".into()
        }
    );
}

// Rules: U5
#[test]
fn a_language_more_needs_its_own_plurals() {
    let english = CORE.texts[0].1;
    let error = refused("cs", english);
    assert!(
        matches!(&error, PhraseError::MissingCase { locale, value, .. } if locale == "cs" && value == "few"),
        "{error}"
    );
}

// Rules: U5
#[test]
fn words_that_do_not_fit_are_refused_by_key_and_argument() {
    let (ru, key) = ("ru".to_owned(), "renews-on".to_owned());
    for (text, error) in [
        (
            "renews-on = { $when }",
            PhraseError::UnknownArgument {
                locale: ru.clone(),
                key: key.clone(),
                argument: "when".into(),
            },
        ),
        (
            "renews-on = скоро",
            PhraseError::MissingArgument {
                locale: ru.clone(),
                key: key.clone(),
                argument: "date".into(),
            },
        ),
        (
            "renewz-on = { $date }",
            PhraseError::UnknownKey {
                locale: ru.clone(),
                key: "renewz-on".into(),
            },
        ),
        (
            "-tapo = Tapo",
            PhraseError::UnknownKey {
                locale: ru.clone(),
                key: "-tapo".into(),
            },
        ),
        (
            "renews-on = { -tapo } { $date }",
            PhraseError::UnknownKey {
                locale: ru.clone(),
                key: "-tapo".into(),
            },
        ),
        (
            "trial-active-until = { $date }",
            PhraseError::MissingKey {
                locale: ru.clone(),
                key: "trial-active-until.without-date".into(),
            },
        ),
        (
            "retry-after = { $seconds-number ->\n [one] { $seconds } секунду\n *[many] { $seconds } секунд\n }",
            PhraseError::MissingCase {
                locale: ru.clone(),
                key: "retry-after".into(),
                argument: "seconds-number".into(),
                value: "few".into(),
            },
        ),
        (
            "plan-phase = { $phase ->\n [active] да\n *[other] нет\n }",
            PhraseError::MissingCase {
                locale: ru.clone(),
                key: "plan-phase".into(),
                argument: "phase".into(),
                value: "pending".into(),
            },
        ),
        (
            "not-signed-in = ok\nrenews-on = { $date",
            PhraseError::Syntax {
                locale: ru.clone(),
                line: 2,
            },
        ),
    ] {
        assert_eq!(refused("ru", text), error, "{text}");
    }
    for text in [
        "renews-on = { DATETIME($date) }",
        "plan-phase = { $phase }",
        "not-signed-in = { not-signed-in }",
        "retry-after = { $seconds-number }",
    ] {
        assert!(matches!(refused("ru", text), PhraseError::NotAllowed { .. }), "{text}");
    }
    assert_eq!(refused("?", "x = y"), PhraseError::NotALocale { locale: "?".into() });
}

#[test]
fn words_for_a_locale_nobody_asked_for_are_checked_too() {
    let own = [source("pl", "renews-on = { $when }")];
    let error = Phrases::open("ja", &[CORE], &own).err().unwrap();
    assert!(error.to_string().contains("renews-on"), "{error}");
}
