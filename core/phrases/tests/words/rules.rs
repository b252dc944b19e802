//! The rule book's words, in all languages: what must be said, and what may not be.

use super::{LOCALES, phrases};
use tapo_care::message::Message;
use tapo_care_phrases::CORE;
use tapo_care_phrases::form::Form;
use tapo_care_phrases::samples::samples;

/// Stems by language, in the order of `LOCALES`.
type Stems = [&'static [&'static str]; 6];

const FREE: Stems = [
    &["free"],
    &["gratuit"],
    &["bezpłat", "darm"],
    &["бесплат"],
    &["مجان"],
    &["無料"],
];
const PORTAL: Stems = [
    &["portal"],
    &["portail"],
    &["portal"],
    &["портал"],
    &["بوابة"],
    &["ポータル"],
];
const NOT_CHARGED: Stems = [
    &["will not be charged"],
    &["ne serez pas débité"],
    &["Nic nie zostanie pobrane", "nic nie zostanie pobrane"],
    &["еньги не спишутся"],
    &["لن تُحصَّل منك أي رسوم"],
    &["料金は請求されません"],
];
const RENEWS: Stems = [
    &["renew"],
    &["renouvelle"],
    &["odnawia"],
    &["продлевается"],
    &["تتجدد"],
    &["更新され"],
];
const DOES_NOT_RENEW: Stems = [
    &["does not renew"],
    &["ne se renouvelle pas"],
    &["nie odnawia się"],
    &["не продлевается"],
    &["ولا تتجدد"],
    &["更新されません"],
];
const CANCEL: Stems = [
    &["cancel"],
    &["résili"],
    &["anuluj", "anulow"],
    &["отмен"],
    &["الإلغاء", "تُلغَ"],
    &["解約"],
];
const AUTOMATICALLY: Stems = [
    &["automatically"],
    &["automatiquement"],
    &["automatycznie"],
    &["автоматически"],
    &["تلقائي"],
    &["自動的に"],
];
const TRIAL: Stems = [
    &["trial"],
    &["essai"],
    &["próbn"],
    &["пробн"],
    &["تجريبي"],
    &["トライアル"],
];

/// Every way a message is said in each language: position in `LOCALES`, words.
fn said(key: &str) -> Vec<(usize, String)> {
    let form = forms().find(|form| form.key == key).unwrap();
    let say = |at: usize| {
        let phrases = phrases(LOCALES[at]);
        let words = samples(form)
            .into_iter()
            .map(move |message| (at, phrases.say(&message, |_| None)));
        words.collect::<Vec<_>>()
    };
    (0..LOCALES.len()).flat_map(say).collect()
}

fn forms() -> impl Iterator<Item = &'static Form> {
    CORE.forms.iter().copied().flatten()
}

fn has(stems: &Stems, at: usize, words: &str) -> bool {
    stems[at]
        .iter()
        .any(|stem| words.to_lowercase().contains(&stem.to_lowercase()))
}

// Rules: T1, U11, X6
#[test]
fn every_offered_and_running_camera_trial_says_that_nothing_will_be_charged() {
    for key in [
        "trial-eligible",
        "trial-active",
        "trial-active-until",
        "trial-ends-today",
    ] {
        for (at, words) in said(key) {
            assert!(has(&NOT_CHARGED, at, &words), "{}: {words}", LOCALES[at]);
        }
    }
}

// Rules: U15
#[test]
fn a_trial_that_nobody_can_tell_of_is_nowhere_called_free() {
    for key in ["trial-unknown", "trial-offline"] {
        for (at, words) in said(key) {
            assert!(!has(&FREE, at, &words), "{}: {words}", LOCALES[at]);
            assert!(has(&TRIAL, at, &words), "{}: {words}", LOCALES[at]);
        }
    }
}

/// Whether a message is of the free plan of a camera's model.
fn is_of_a_free_plan(message: &Message) -> bool {
    message.key.starts_with("free-plan-")
        || message.key == "cancels-at-once"
        || message.text_arg("by") == Some("free_plan")
}

// Rules: U10, R68
#[test]
fn what_is_free_is_a_trial_or_a_models_free_plan_and_never_called_both() {
    let of_a_trial = |key: &str| key.contains("trial") || key == "then-paid";
    for (at, locale) in LOCALES.into_iter().enumerate() {
        let phrases = phrases(locale);
        for message in forms()
            .flat_map(samples)
            .filter(|message| message.key != "action-fix-storage")
        {
            let words = phrases.say(&message, |_| None);
            if is_of_a_free_plan(&message) {
                assert!(!has(&TRIAL, at, &words), "{locale}: {words}");
            } else if has(&FREE, at, &words) {
                assert!(of_a_trial(&message.key), "{locale}: {}: {words}", message.key);
                assert!(has(&TRIAL, at, &words), "{locale}: {words}");
            }
        }
    }
}

// Rules: U11, X6
#[test]
fn a_trial_that_turns_into_a_paid_period_says_until_when_it_can_be_cancelled() {
    for key in ["then-paid", "account-trial-eligible", "account-trial-active"] {
        for (at, words) in said(key) {
            assert!(
                has(&TRIAL, at, &words) && has(&CANCEL, at, &words),
                "{}: {words}",
                LOCALES[at]
            );
            assert!(!has(&NOT_CHARGED, at, &words), "{}: {words}", LOCALES[at]);
        }
    }
    for (at, words) in said("then-paid") {
        assert!(
            words.contains("6.90") && words.contains("2026-02-05"),
            "{}: {words}",
            LOCALES[at]
        );
    }
}

// Rules: R10, R11, U3
#[test]
fn the_terms_of_a_plan_say_that_it_renews_by_itself_until_cancelled() {
    for (at, words) in said("renews-until-cancelled") {
        for stems in [&RENEWS, &AUTOMATICALLY, &CANCEL] {
            assert!(has(stems, at, &words), "{}: {words}", LOCALES[at]);
        }
    }
    for (at, words) in said("renews-on") {
        assert!(
            has(&RENEWS, at, &words) && has(&AUTOMATICALLY, at, &words),
            "{}: {words}",
            LOCALES[at]
        );
        assert!(!has(&DOES_NOT_RENEW, at, &words), "{}: {words}", LOCALES[at]);
    }
}

// Rules: R30
#[test]
fn what_ends_is_never_said_to_renew() {
    for key in [
        "ends-on",
        "ended-on",
        "manage-nowhere",
        "cancel-keeps-access",
        "trial-active",
        "trial-ends-today",
    ] {
        for (at, words) in said(key) {
            let rest = words.replace(DOES_NOT_RENEW[at][0], "");
            assert!(!has(&RENEWS, at, &rest), "{}: {words}", LOCALES[at]);
        }
    }
    for (at, words) in said("ends-on") {
        assert!(has(&DOES_NOT_RENEW, at, &words), "{}: {words}", LOCALES[at]);
    }
}

// Rules: U9
#[test]
fn the_portal_is_named_by_no_message_but_those_for_it_and_of_what_was_bought_there() {
    let may = |key: &str, words: &Message| {
        let of_the_web = ["channel", "where"].map(|name| words.text_arg(name) == Some("web"));
        key.starts_with("portal-")
            || matches!(key, "manage-portal" | "manage-kasa-portal")
            || of_the_web.contains(&true)
    };
    for (at, locale) in LOCALES.into_iter().enumerate() {
        let phrases = phrases(locale);
        for message in forms().flat_map(samples).filter(|message| !may(&message.key, message)) {
            let words = phrases.say(&message, |_| None);
            assert!(
                !has(&PORTAL, at, &words) && !words.contains("http"),
                "{locale}: {words}"
            );
        }
    }
}

// Rules: R42, R66
#[test]
fn no_price_and_no_length_stands_in_the_words_themselves() {
    for (locale, text) in CORE.texts {
        let of_words = text
            .lines()
            .filter(|line| !line.starts_with(['#', ' ']) && !line.starts_with("empty-304"));
        for line in of_words {
            let words = line
                .split_once('=')
                .map_or(line, |(_, words)| words)
                .replace("\\u2068", "")
                .replace("\\u2069", "");
            let bad = words
                .chars()
                .find(|c| c.is_numeric() && !"一".contains(*c) || "€$£¥₽".contains(*c));
            // `$` names an argument.
            let bad = bad.filter(|c| *c != '$' || words.replace("{ $", "").contains('$'));
            assert_eq!(bad, None, "{locale}: {line}");
        }
    }
}

// Rules: R18
#[test]
fn the_picker_help_names_firmware_internet_and_the_id() {
    let remedies: [[&str; 2]; 6] = [
        ["firmware", "internet"],
        ["micrologiciel", "Internet"],
        ["oprogramowanie układowe", "internet"],
        ["прошивк", "интернет"],
        ["برنامج ثابت", "بالإنترنت"],
        ["ファームウェア", "インターネット"],
    ];
    for (at, words) in said("dont-see-your-camera") {
        for remedy in remedies[at] {
            assert!(words.contains(remedy), "{}: {words}", LOCALES[at]);
        }
        assert!(words.contains("TP-Link ID"), "{}: {words}", LOCALES[at]);
    }
}
