//! What is said on the terminal, in each language.

use super::*;
use tapo_care::snapshot::{Cover, CoverBy, CoverReason};
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
    let dollars = Price {
        micros: 9_999_167,
        currency: "USD".into(),
    };
    assert_eq!(amount_in("pl", &dollars), "10,00\u{a0}USD");
    assert_eq!(each(Period::parse("P1Y").unwrap()), "a year");
    assert_eq!(each(Period::parse("P3M").unwrap()), "every 3 months");
    assert_eq!(moment(Timestamp(1_767_603_600_000)), "5 Jan 2026, 09:00 UTC");
    assert_eq!(dates::date_in("fr", Timestamp(1_767_225_600_000)), "1er janvier 2026");
}

fn trial_row(state: &str, days_left: Option<u32>) -> TrialRow {
    TrialRow {
        state: state.to_owned(),
        reason: None,
        length: None,
        can_start: false,
        can_cancel: false,
        ends_at: None,
        days_left,
        ends_today: false,
        message: Message::new("trial-unknown"),
    }
}

// Rules: U12, U15
#[test]
fn a_trial_in_a_table_says_how_it_stands_and_what_is_left_of_it() {
    for (state, days_left, said) in [
        ("active", Some(1), "1 day left"),
        ("paused", Some(12), "paused, 12 days left"),
        ("paused", None, "paused"),
        ("offline", None, "offline"),
        ("unknown", None, "not known"),
    ] {
        assert_eq!(trial(&trial_row(state, days_left)), said);
    }
    let mut covered = trial_row("not_offered", None);
    assert_eq!(trial(&covered), "not offered");
    covered.reason = Some("covered".to_owned());
    assert_eq!(trial(&covered), "not needed");
}

// Rules: R17, R38, R68
#[test]
fn a_camera_in_a_table_says_what_covers_it() {
    let mut row = CameraRow {
        id: "cam_1".into(),
        name: "Porch".to_owned(),
        model: "C210".to_owned(),
        online: true,
        cover: Cover::Covered,
        why: Vec::new(),
        covered_twice: false,
        subscription: None,
        selectable: true,
        blocked: None,
        trial: trial_row("used", None),
        free_plan: None,
        actions: Vec::new(),
    };
    assert_eq!(cover(&row), "covered");
    for (by, said) in [
        (CoverBy::Plan, "covered by a plan"),
        (CoverBy::Code, "covered by a code"),
        (CoverBy::AccountPlan, "covered by the account’s plan"),
        (CoverBy::Trial, "covered by its trial"),
        (CoverBy::FreePlan, "covered by its free plan"),
    ] {
        row.why = vec![CoverReason {
            by,
            cover: Cover::Covered,
            why_not: None,
            subscription: None,
            message: Message::new("said-last"),
        }];
        row.covered_twice = false;
        assert_eq!(cover(&row), said);
        row.covered_twice = true;
        assert_eq!(cover(&row), format!("{said}, twice"));
    }
    row.cover = Cover::NotCovered;
    assert_eq!(cover(&row), "not covered");
}
