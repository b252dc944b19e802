//! [`Phrases`]: one locale, open. Which one is negotiated and said; a shell may bring words of its own.

use crate::check::{PhraseError, Text};
use crate::form::{Arg, Form, Kind, misfit, number, unit};
use crate::messages;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::collections::BTreeMap;
use tapo_care::message::{Message, MessageArg, MessageValue};
use tapo_care::period::{Period, PeriodUnit};
use unic_langid::LanguageIdentifier;

/// Spoken where nothing nearer is.
const ENGLISH: &str = "en";
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// Messages and their words: core's, and what a shell that has screens of its own in Rust adds to them.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary {
    /// The tables.
    pub forms: &'static [&'static [Form]],
    /// Locale and Fluent text, English among them. A later vocabulary may put other words for an earlier one's messages.
    pub texts: &'static [(&'static str, &'static str)],
}

/// Core's own.
pub const CORE: Vocabulary = Vocabulary {
    forms: &[messages::SAID, messages::WORDS],
    texts: &[
        ("en", include_str!("../locales/en.ftl")),
        ("fr", include_str!("../locales/fr.ftl")),
        ("pl", include_str!("../locales/pl.ftl")),
        ("ru", include_str!("../locales/ru.ftl")),
        ("ar", include_str!("../locales/ar.ftl")),
        ("ja", include_str!("../locales/ja.ftl")),
    ],
};

/// Words a shell brings along: some in place of ours, or a whole locale more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseSource {
    /// A BCP 47 language tag.
    pub locale: String,
    /// Fluent text.
    pub text: String,
}

/// How near the locale spoken is to the one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocaleMatch {
    /// It is the one asked for.
    Exact,
    /// The same language without its region or script.
    Language,
    /// English, for there are no words in the language asked for.
    English,
}

/// One locale's words. May be used from any thread.
pub struct Phrases {
    bundle: FluentBundle<FluentResource>,
    forms: BTreeMap<&'static str, &'static Form>,
    locale: String,
    locale_match: LocaleMatch,
}

impl Phrases {
    /// Opens the nearest locale there are words in: the one asked for, else its language, else English. A shell's words
    /// for a locale of ours go in place of ours; those for another locale are a locale more, and have to be complete.
    ///
    /// # Errors
    /// [`PhraseError`], naming locale, key and argument, where a shell's words do not fit the messages.
    pub fn open(locale: &str, vocabularies: &[Vocabulary], sources: &[PhraseSource]) -> Result<Self, PhraseError> {
        let forms: BTreeMap<&'static str, &'static Form> = vocabularies
            .iter()
            .flat_map(|vocabulary| vocabulary.forms.iter().copied().flatten())
            .map(|form| (form.key, form))
            .collect();
        check_sources(vocabularies, sources, &forms)?;
        let (locale, locale_match) = negotiate(locale, vocabularies, sources);
        let tag: LanguageIdentifier = locale.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Names and prices are isolated where they come in, so that brands and plurals are not.
        bundle.set_use_isolating(false);
        for resource in resources(&locale, vocabularies, sources)? {
            bundle.add_resource_overriding(resource);
        }
        Ok(Self {
            bundle,
            forms,
            locale,
            locale_match,
        })
    }

    /// The locale spoken.
    pub fn locale(&self) -> &str {
        &self.locale
    }

    /// How near it is to the one asked for.
    pub fn locale_match(&self) -> LocaleMatch {
        self.locale_match
    }

    /// The message in words. `formatted` gives dates and numbers as the user writes them; without it a date is ISO 8601 and
    /// a number plain digits. Names, prices and dates are isolated (U+2068 … U+2069), a price is verbatim (U4).
    ///
    /// A key nobody knows is still readable, and an argument that is not there is `…`: rendering fails nobody.
    pub fn say(&self, message: &Message, formatted: impl Fn(&MessageArg) -> Option<String>) -> String {
        self.words(message, &formatted).unwrap_or_else(|| bare(message))
    }

    /// Why a message is none of the table's, for tests and debug builds.
    pub fn misfit(&self, message: &Message) -> Option<String> {
        match self.forms.get(message.key.as_str()) {
            None => Some(format!("there is no message {}", message.key)),
            Some(form) => misfit(form, message),
        }
    }

    fn words(&self, message: &Message, formatted: &impl Fn(&MessageArg) -> Option<String>) -> Option<String> {
        let form = self.forms.get(message.key.as_str())?;
        let given = |arg: &Arg| message.args.iter().find(|given| given.name == arg.name && said(given));
        let words = self.bundle.get_message(form.key)?;
        let without = form.optional().filter(|arg| given(arg).is_none());
        let pattern = match without {
            Some(arg) => words.get_attribute(&format!("without-{}", arg.name))?.value(),
            None => words.value()?,
        };
        let mut args = FluentArgs::new();
        for arg in form.args {
            match given(arg) {
                Some(given) => set(&mut args, arg, given, formatted(given)),
                None => args.set(arg.name, "…"),
            }
        }
        // An argument of another type than its form's leaves Fluent's own mark in the sentence, never nothing.
        let mut errors = Vec::new();
        Some(
            self.bundle
                .format_pattern(pattern, Some(&args), &mut errors)
                .into_owned(),
        )
    }
}

/// An empty text is none.
fn said(arg: &MessageArg) -> bool {
    !matches!(&arg.value, MessageValue::Text(text) if text.is_empty())
}

fn set(args: &mut FluentArgs<'_>, arg: &Arg, given: &MessageArg, formatted: Option<String>) {
    let name = arg.name;
    match (&given.value, arg.kind) {
        (MessageValue::Text(text), Kind::Price) => args.set(name, isolated(text)),
        (MessageValue::Text(word), Kind::Word(_)) => args.set(name, word.clone()),
        (MessageValue::Text(text), Kind::Period) => match Period::parse(text) {
            Some(period) => {
                args.set(name, formatted.unwrap_or_else(|| period.count.to_string()));
                args.set(number(name), period.count);
                args.set(unit(name), unit_word(period.unit));
            }
            None => args.set(name, isolated(text)),
        },
        (MessageValue::Text(text), _) => args.set(name, isolated(&balanced(text))),
        (MessageValue::Count(count), _) => {
            args.set(name, formatted.unwrap_or_else(|| count.to_string()));
            args.set(number(name), *count);
        }
        (MessageValue::Date(at), _) => {
            let iso = || at.rfc3339().chars().take_while(|c| *c != 'T').collect();
            args.set(name, isolated(&formatted.unwrap_or_else(iso)));
        }
    }
}

fn unit_word(unit: PeriodUnit) -> &'static str {
    match unit {
        PeriodUnit::Day => "day",
        PeriodUnit::Week => "week",
        PeriodUnit::Month => "month",
        PeriodUnit::Year => "year",
    }
}

fn isolated(text: &str) -> String {
    format!("{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}")
}

/// A name without marks that would reach beyond it: embeddings, overrides, and isolates unless each is closed, as in a
/// sentence within a sentence.
fn balanced(name: &str) -> String {
    let reaching = |c: char| matches!(c, '\u{202a}'..='\u{202e}');
    let isolate = |c: char| matches!(c, '\u{2066}'..='\u{2069}');
    let mut open = 0_u32;
    let mut closed = true;
    for c in name.chars().filter(|c| isolate(*c)) {
        match (c, open.checked_sub(1)) {
            (POP_ISOLATE, Some(less)) => open = less,
            (POP_ISOLATE, None) => closed = false,
            _ => open += 1,
        }
    }
    let closed = closed && open == 0;
    name.replace(|c| reaching(c) || (isolate(c) && !closed), "")
}

fn bare(message: &Message) -> String {
    let text = message.key.replace(['-', '_'], " ");
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// A shell's words, each locale of them together with what they stand in for.
fn check_sources(
    vocabularies: &[Vocabulary],
    sources: &[PhraseSource],
    forms: &BTreeMap<&'static str, &'static Form>,
) -> Result<(), PhraseError> {
    let forms: Vec<&Form> = forms.values().copied().collect();
    for source in sources {
        let locale = tag(&source.locale).ok_or_else(|| PhraseError::NotALocale {
            locale: source.locale.clone(),
        })?;
        check(&locale, vocabularies, sources, &forms)?;
    }
    Ok(())
}

/// Holds all words of a locale against the tables.
///
/// # Errors
/// The first misfit.
fn check(
    locale: &str,
    vocabularies: &[Vocabulary],
    sources: &[PhraseSource],
    forms: &[&Form],
) -> Result<(), PhraseError> {
    let english = resources(ENGLISH, vocabularies, &[])?;
    let theirs = resources(locale, vocabularies, sources)?;
    let (english, theirs): (Vec<_>, Vec<_>) = (english.iter().collect(), theirs.iter().collect());
    let terms = Text::new(ENGLISH, &english);
    Text::new(locale, &theirs).check(forms, terms.terms())
}

/// Checks what ships, for a test: every locale of these vocabularies.
///
/// # Errors
/// The first misfit.
pub fn check_all(vocabularies: &[Vocabulary]) -> Result<(), PhraseError> {
    let all = || {
        vocabularies
            .iter()
            .flat_map(|vocabulary| vocabulary.forms.iter().copied().flatten())
    };
    let forms: Vec<&Form> = all().collect();
    for (locale, _) in vocabularies.iter().flat_map(|vocabulary| vocabulary.texts) {
        check(locale, vocabularies, &[], &forms)?;
    }
    Ok(())
}

/// Everything that says something in a locale, the later in place of the earlier.
fn resources(
    locale: &str,
    vocabularies: &[Vocabulary],
    sources: &[PhraseSource],
) -> Result<Vec<FluentResource>, PhraseError> {
    let language = language(locale);
    let ours = vocabularies.iter().flat_map(|vocabulary| vocabulary.texts);
    let mut found = Vec::new();
    for (_, text) in ours.filter(|(ours, _)| *ours == locale || *ours == language) {
        found.push(parsed(locale, text)?);
    }
    for wanted in [language.as_str(), locale] {
        for source in sources
            .iter()
            .filter(|source| tag(&source.locale).as_deref() == Some(wanted))
        {
            found.push(parsed(locale, &source.text)?);
        }
        if language == locale {
            break;
        }
    }
    Ok(found)
}

fn parsed(locale: &str, text: &str) -> Result<FluentResource, PhraseError> {
    FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
        let at = errors.first().map_or(0, |error| error.pos.start);
        let before = text.as_bytes().iter().take(at);
        PhraseError::Syntax {
            locale: locale.to_owned(),
            line: before.filter(|byte| **byte == b'\n').fold(1, |line, _| line + 1),
        }
    })
}

fn negotiate(asked: &str, vocabularies: &[Vocabulary], sources: &[PhraseSource]) -> (String, LocaleMatch) {
    let ours = vocabularies.iter().flat_map(|vocabulary| vocabulary.texts);
    let theirs = sources.iter().filter_map(|source| tag(&source.locale));
    let spoken: Vec<String> = ours.map(|(locale, _)| (*locale).to_owned()).chain(theirs).collect();
    let Some(exact) = tag(asked) else {
        return (ENGLISH.to_owned(), LocaleMatch::English);
    };
    let nearer = [exact.clone(), with_script(&exact), language(&exact)];
    match nearer.into_iter().find(|nearer| spoken.contains(nearer)) {
        Some(found) if found == exact => (found, LocaleMatch::Exact),
        Some(found) => (found, LocaleMatch::Language),
        None => (ENGLISH.to_owned(), LocaleMatch::English),
    }
}

/// A language tag as it is written: `pt_br` is `pt-BR`.
fn tag(locale: &str) -> Option<String> {
    let tag: LanguageIdentifier = locale.parse().ok()?;
    (!tag.language.is_empty()).then(|| tag.to_string())
}

fn language(locale: &str) -> String {
    let tag: Option<LanguageIdentifier> = locale.parse().ok();
    tag.map_or_else(|| locale.to_owned(), |tag| tag.language.to_string())
}

fn with_script(locale: &str) -> String {
    let tag: LanguageIdentifier = locale.parse().unwrap_or_default();
    LanguageIdentifier::from_parts(tag.language, tag.script, None, &[]).to_string()
}
