//! What is said on the terminal, in each language.

use super::*;
use tapo_care::time::Timestamp;
use tapo_care_phrases::phrases::check_all;

const LOCALES: [&str; 6] = ["en", "fr", "pl", "ru", "ar", "ja"];

fn in_words(locale: &str, message: &Message) -> String {
    say_in(&open(locale).unwrap(), message)
}

// Rules: U5
#[test]
fn no_language_lacks_a_line_of_this_program() {
    assert_eq!(check_all(&[CORE, lines::LINES]), Ok(()));
    for locale in LOCALES {
        assert_eq!(open(locale).unwrap().locale_match(), LocaleMatch::Exact);
    }
}

// Rules: U17
#[test]
fn a_sentence_is_filled_with_names_numbers_and_dates_in_every_language() {
    let trial = Message::new("trial-active")
        .count("days", 3)
        .date("date", Timestamp(1_767_603_600_000));
    for (locale, said) in [
        (
            "en",
            "Free trial: 3 days left, ends on 5 Jan 2026. You will not be charged.",
        ),
        (
            "fr",
            "Essai gratuit\u{a0}: 3 jours restants, se termine le 5 janvier 2026. Vous ne serez pas débité.",
        ),
        (
            "pl",
            "Bezpłatny okres próbny: pozostały 3 dni, kończy się 5 stycznia 2026. Nic nie zostanie pobrane.",
        ),
        (
            "ru",
            "Бесплатный пробный период: осталось 3 дня, 5 января 2026 г. он закончится. Деньги не спишутся.",
        ),
        (
            "ja",
            "無料トライアル：残り3日、2026年1月5日に終了します。料金は請求されません。",
        ),
    ] {
        assert_eq!(in_words(locale, &trial), said);
    }
    let arabic = in_words("ar", &trial);
    assert!(arabic.contains("\u{2068}5 يناير 2026\u{2069}"), "{arabic}");
}

#[test]
fn marks_of_direction_are_there_only_where_a_line_runs_both_ways() {
    let covered = |name: &str| in_words("en", &Message::new("camera-covered").text("camera", name));
    assert_eq!(covered("Porch"), "Porch is covered by another plan already.");
    assert!(covered("باب").starts_with("\u{2068}باب\u{2069} is"));
}

#[test]
fn amounts_dates_and_periods_read_well() {
    assert_eq!(
        amount(&Price {
            micros: 9_999_167,
            currency: "USD".into()
        }),
        "10.00 USD"
    );
    assert_eq!(
        amount(&Price {
            micros: 833_333_334,
            currency: "JPY".into()
        }),
        "834 JPY"
    );
    assert_eq!(each(Period::parse("P1Y").unwrap()), "a year");
    assert_eq!(each(Period::parse("P3M").unwrap()), "every 3 months");
    assert_eq!(moment(Timestamp(1_767_603_600_000)), "5 Jan 2026, 09:00 UTC");
    assert_eq!(dates::date_in("fr", Timestamp(1_767_225_600_000)), "1er janvier 2026");
}
