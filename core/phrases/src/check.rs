//! Words held against the table of messages: no key without words, no words without a key, every argument said, every
//! plural of the language there, every term (U5). What a shell brings along is checked as strictly as our own.

use crate::form::{Arg, Form, Kind, Presence};
use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use std::collections::{BTreeMap, BTreeSet};
use unic_langid::LanguageIdentifier;

/// Deep enough for a message in a part in a part; deeper is a circle.
const DEEPEST: usize = 8;

/// Why words cannot be used. Nothing of them is: the shell that brought them mends them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// The locale is no BCP 47 language tag.
    #[error("`{locale}` is no language tag")]
    NotALocale {
        /// What was given.
        locale: String,
    },
    /// The text is no Fluent.
    #[error("{locale}: line {line} is no Fluent")]
    Syntax {
        /// Of which locale.
        locale: String,
        /// Counted from 1.
        line: u32,
    },
    /// There is no such message, term (`-name`) or part in use.
    #[error("{locale}: there is no message `{key}`")]
    UnknownKey {
        /// Of which locale.
        locale: String,
        /// The message, term or part.
        key: String,
    },
    /// A message, a term or an attribute has no words.
    #[error("{locale}: `{key}` has no words")]
    MissingKey {
        /// Of which locale.
        locale: String,
        /// The message, term or attribute.
        key: String,
    },
    /// The message has no such argument.
    #[error("{locale}: `{key}` has no argument `{argument}`")]
    UnknownArgument {
        /// Of which locale.
        locale: String,
        /// The message.
        key: String,
        /// The argument.
        argument: String,
    },
    /// The words leave an argument out.
    #[error("{locale}: `{key}` does not say `{argument}`")]
    MissingArgument {
        /// Of which locale.
        locale: String,
        /// The message.
        key: String,
        /// The argument.
        argument: String,
    },
    /// The words choose by an argument and leave out a case: a plural of the language, or a known word.
    #[error("{locale}: `{key}` has no words for `{argument}` where it is `{value}`")]
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
    #[error("{locale}: `{key}`: {what}")]
    NotAllowed {
        /// Of which locale.
        locale: String,
        /// The message.
        key: String,
        /// What it is.
        what: String,
    },
}

/// All words of one locale, later ones in place of earlier ones.
pub(crate) struct Text<'a> {
    locale: &'a str,
    messages: BTreeMap<&'a str, &'a Message<&'a str>>,
    terms: BTreeSet<&'a str>,
    /// Ids that the last resource brought.
    new: BTreeSet<&'a str>,
    plurals: Plurals,
}

/// What a pattern makes use of.
#[derive(Default)]
struct Usage<'a> {
    shown: BTreeSet<&'a str>,
    chosen_by: Vec<(&'a str, Vec<String>)>,
    referred: BTreeSet<&'a str>,
    terms: BTreeSet<&'a str>,
    not_allowed: Option<String>,
}

impl<'a> Text<'a> {
    /// The words of these resources together.
    pub(crate) fn new(locale: &'a str, resources: &[&'a FluentResource]) -> Self {
        let mut text = Self {
            locale,
            messages: BTreeMap::new(),
            terms: BTreeSet::new(),
            new: BTreeSet::new(),
            plurals: Plurals::of(locale),
        };
        for resource in resources {
            text.new.clear();
            for entry in resource.entries() {
                match entry {
                    Entry::Message(message) => {
                        text.messages.insert(message.id.name, message);
                        text.new.insert(message.id.name);
                    }
                    Entry::Term(term) => {
                        text.terms.insert(term.id.name);
                    }
                    Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
                }
            }
        }
        text
    }

    /// The terms it defines.
    pub(crate) fn terms(&self) -> &BTreeSet<&'a str> {
        &self.terms
    }

    /// Checks it against the table, and its terms against a full set.
    pub(crate) fn check(&self, forms: &[&Form], terms: &BTreeSet<&str>) -> Result<(), PhraseError> {
        if let Some(term) = terms.difference(&self.terms).next() {
            return Err(self.missing(&format!("-{term}")));
        }
        if let Some(term) = self.terms.difference(terms).next() {
            return Err(self.unknown(&format!("-{term}")));
        }
        let mut referred = BTreeSet::new();
        for form in forms {
            let message = self.messages.get(form.key).ok_or_else(|| self.missing(form.key))?;
            self.message(form, message, &mut referred)?;
        }
        let known = |id: &str| forms.iter().any(|form| form.key == id);
        match self.new.iter().find(|id| !known(id) && !referred.contains(**id)) {
            Some(id) => Err(self.unknown(id)),
            None => Ok(()),
        }
    }

    fn message(
        &self,
        form: &Form,
        message: &'a Message<&'a str>,
        referred: &mut BTreeSet<&'a str>,
    ) -> Result<(), PhraseError> {
        let value = message.value.as_ref().ok_or_else(|| self.missing(form.key))?;
        referred.extend(self.pattern(form, value, None)?);
        let without = form.optional().map(|arg| (arg, format!("without-{}", arg.name)));
        if let Some((arg, name)) = &without {
            let attribute = message.attributes.iter().find(|attribute| attribute.id.name == name);
            let attribute = attribute.ok_or_else(|| self.missing(&format!("{}.{name}", form.key)))?;
            referred.extend(self.pattern(form, &attribute.value, Some(arg))?);
        }
        let expected = without.as_ref().map(|(_, name)| name.as_str());
        match message
            .attributes
            .iter()
            .find(|attribute| Some(attribute.id.name) != expected)
        {
            Some(other) => Err(self.unknown(&format!("{}.{}", form.key, other.id.name))),
            None => Ok(()),
        }
    }

    /// One sentence of a message; gives the parts it refers to.
    fn pattern(
        &self,
        form: &Form,
        pattern: &'a Pattern<&'a str>,
        absent: Option<&Arg>,
    ) -> Result<BTreeSet<&'a str>, PhraseError> {
        let mut usage = Usage::default();
        self.read(pattern, &mut usage, 0);
        if let Some(what) = usage.not_allowed {
            return Err(self.not_allowed(form.key, what));
        }
        if let Some(id) = usage.referred.iter().find(|id| !self.messages.contains_key(**id)) {
            return Err(self.unknown(id));
        }
        if let Some(term) = usage.terms.difference(&self.terms).next() {
            return Err(self.unknown(&format!("-{term}")));
        }
        let present = |arg: &&Arg| absent.is_none_or(|absent| absent.name != arg.name);
        let args: Vec<&Arg> = form.args.iter().filter(present).collect();
        let chosen_by = usage.chosen_by.iter().map(|(name, _)| *name);
        let used: BTreeSet<&str> = usage.shown.iter().copied().chain(chosen_by).collect();
        for name in &used {
            if !args
                .iter()
                .any(|arg| arg.variables().iter().any(|variable| variable == name))
            {
                return Err(self.unknown_argument(form.key, name));
            }
        }
        for arg in args.iter().filter(|arg| arg.presence != Presence::Unsaid) {
            if !arg.variables().iter().any(|variable| used.contains(variable.as_str())) {
                return Err(PhraseError::MissingArgument {
                    locale: self.locale.to_owned(),
                    key: form.key.to_owned(),
                    argument: arg.name.to_owned(),
                });
            }
        }
        self.raw(form, &args, &usage.shown)?;
        for (variable, cases) in &usage.chosen_by {
            self.cases(form, &args, variable, cases)?;
        }
        Ok(usage.referred)
    }

    /// A word of the contract, a plural's number or a unit's name is chosen by and never shown.
    fn raw(&self, form: &Form, args: &[&Arg], shown: &BTreeSet<&str>) -> Result<(), PhraseError> {
        let raw = shown.iter().find(|name| {
            !args
                .iter()
                .any(|arg| arg.name == **name && !matches!(arg.kind, Kind::Word(_)))
        });
        raw.map_or(Ok(()), |name| {
            Err(self.not_allowed(form.key, format!("`{name}` is to choose by, not to be shown")))
        })
    }

    fn cases(&self, form: &Form, args: &[&Arg], variable: &str, cases: &[String]) -> Result<(), PhraseError> {
        let has = |case: &str| cases.iter().any(|known| known == case);
        let missing = args.iter().find_map(|arg| match arg.kind {
            Kind::Word(known) if arg.name == variable => {
                known.iter().find(|word| !has(word)).map(|word| (*word).to_owned())
            }
            Kind::Period if crate::form::unit(arg.name) == variable => {
                let unit = ["day", "week", "month", "year"].into_iter().find(|unit| !has(unit));
                unit.map(str::to_owned)
            }
            Kind::Count | Kind::Period if crate::form::number(arg.name) == variable => self.plurals.lacking(cases),
            _ => None,
        });
        match missing {
            Some(case) => Err(PhraseError::MissingCase {
                locale: self.locale.to_owned(),
                key: form.key.to_owned(),
                argument: variable.to_owned(),
                value: case,
            }),
            None => Ok(()),
        }
    }

    fn read(&self, pattern: &'a Pattern<&'a str>, usage: &mut Usage<'a>, depth: usize) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression, usage, depth);
            }
        }
    }

    fn expression(&self, expression: &'a Expression<&'a str>, usage: &mut Usage<'a>, depth: usize) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, usage, depth),
            Expression::Select { selector, variants } => {
                match selector {
                    InlineExpression::VariableReference { id } => {
                        let case = |key: &VariantKey<&'a str>| match key {
                            VariantKey::Identifier { name } => (*name).to_owned(),
                            VariantKey::NumberLiteral { value } => (*value).to_owned(),
                        };
                        let cases = variants.iter().map(|variant| case(&variant.key)).collect();
                        usage.chosen_by.push((id.name, cases));
                    }
                    _ => usage.not_allowed = Some("only an argument can be chosen by".to_owned()),
                }
                for variant in variants {
                    self.read(&variant.value, usage, depth);
                }
            }
        }
    }

    fn inline(&self, inline: &'a InlineExpression<&'a str>, usage: &mut Usage<'a>, depth: usize) {
        match inline {
            InlineExpression::VariableReference { id } => {
                usage.shown.insert(id.name);
            }
            InlineExpression::MessageReference { id, attribute: None } if depth < DEEPEST => {
                usage.referred.insert(id.name);
                if let Some(value) = self.messages.get(id.name).and_then(|message| message.value.as_ref()) {
                    self.read(value, usage, depth + 1);
                }
            }
            InlineExpression::MessageReference { id, .. } => {
                usage.not_allowed = Some(format!("it refers to `{}` in a circle, or to an attribute", id.name));
            }
            InlineExpression::TermReference { id, .. } => {
                usage.terms.insert(id.name);
            }
            InlineExpression::FunctionReference { id, .. } => {
                usage.not_allowed = Some(format!("the caller formats, so there is no function {}", id.name));
            }
            InlineExpression::Placeable { expression } => self.expression(expression, usage, depth),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn missing(&self, key: &str) -> PhraseError {
        PhraseError::MissingKey {
            locale: self.locale.to_owned(),
            key: key.to_owned(),
        }
    }

    fn unknown(&self, key: &str) -> PhraseError {
        PhraseError::UnknownKey {
            locale: self.locale.to_owned(),
            key: key.to_owned(),
        }
    }

    fn unknown_argument(&self, key: &str, argument: &str) -> PhraseError {
        PhraseError::UnknownArgument {
            locale: self.locale.to_owned(),
            key: key.to_owned(),
            argument: argument.to_owned(),
        }
    }

    fn not_allowed(&self, key: &str, what: String) -> PhraseError {
        PhraseError::NotAllowed {
            locale: self.locale.to_owned(),
            key: key.to_owned(),
            what,
        }
    }
}

/// The plurals that whole numbers take in a language, with the numbers up to 200 that take each.
pub(crate) struct Plurals(BTreeMap<&'static str, BTreeSet<String>>);

impl Plurals {
    /// Those of the CLDR; English's where it does not know the language, as Fluent does it.
    pub(crate) fn of(locale: &str) -> Self {
        let exact: Option<LanguageIdentifier> = locale.parse().ok();
        let language = exact.as_ref().and_then(|exact| exact.language.as_str().parse().ok());
        let english = "en".parse().ok();
        let rules = [exact, language, english]
            .into_iter()
            .flatten()
            .find_map(|tag: LanguageIdentifier| PluralRules::create(tag, PluralRuleType::CARDINAL).ok());
        let mut plurals: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
        if let Some(rules) = rules {
            for number in (0..=200_u32).chain([1_000_000]) {
                let category = rules.select(number).unwrap_or(PluralCategory::OTHER);
                plurals.entry(name(category)).or_default().insert(number.to_string());
            }
        }
        Self(plurals)
    }

    /// The first plural with no words: neither it nor each of its numbers is among the cases.
    fn lacking(&self, cases: &[String]) -> Option<String> {
        let has = |case: &str| cases.iter().any(|known| known == case);
        let lacking = self
            .0
            .iter()
            .find(|(category, numbers)| !has(category) && !numbers.iter().all(|number| has(number)));
        lacking.map(|(category, _)| (*category).to_owned())
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    }
}
