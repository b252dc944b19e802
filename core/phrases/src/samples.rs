//! Every message with sample arguments: each plural, each word, with and without what is optional. For reading a locale
//! through, and for the texts checked in under `tests/read`.

use crate::form::{Arg, Form, Kind, Presence};
use crate::phrases::{Phrases, Vocabulary};
use std::fmt::Write;
use tapo_care::message::{Message, MessageArg, MessageValue};
use tapo_care::time::Timestamp;

/// Each plural of each of our languages is among these.
const NUMBERS: [i64; 8] = [0, 1, 2, 3, 5, 11, 21, 100];
/// 2026-02-05.
const DAY: Timestamp = Timestamp(1_770_282_000_000);

/// All messages of these vocabularies, a line each: what was asked, a tab, what is said.
pub fn read_through(phrases: &Phrases, vocabularies: &[Vocabulary]) -> String {
    let mut read = String::new();
    let forms = vocabularies
        .iter()
        .flat_map(|vocabulary| vocabulary.forms.iter().copied().flatten());
    for message in forms.flat_map(samples) {
        let args: Vec<String> = message.args.iter().map(shown).collect();
        let said = phrases.say(&message, |_| None);
        // A String takes whatever is written to it.
        let _ = writeln!(read, "{}({})\t{said}", message.key, args.join(", "));
    }
    read
}

fn shown(arg: &MessageArg) -> String {
    match &arg.value {
        MessageValue::Text(text) => text.clone(),
        MessageValue::Count(count) => count.to_string(),
        MessageValue::Date(at) => at.rfc3339(),
    }
}

/// One message in all the ways it is said.
pub fn samples(form: &Form) -> Vec<Message> {
    let mut messages = vec![Message::new(form.key)];
    for arg in form.args {
        messages = messages.iter().flat_map(|message| with_each(message, arg)).collect();
    }
    // Each word once is enough; not each beside each.
    messages.retain(|message| form.args.iter().filter(|arg| is_other_word(message, arg)).count() <= 1);
    messages
}

/// Whether the message has another than the first of the argument's words.
fn is_other_word(message: &Message, arg: &Arg) -> bool {
    let Kind::Word(known) = arg.kind else { return false };
    message
        .text_arg(arg.name)
        .is_some_and(|word| known.first() != Some(&word))
}

fn with_each(message: &Message, arg: &Arg) -> Vec<Message> {
    let text = |value: &str| message.clone().text(arg.name, value);
    let mut each = match arg.kind {
        Kind::Text => vec![text(name(arg.name))],
        Kind::Price => vec![text("CHF\u{a0}6.90")],
        Kind::Date => vec![message.clone().date(arg.name, DAY)],
        Kind::Period => ["P1M", "P3M", "P5M", "P1Y", "P2W", "P1D", "P30D"].map(text).into(),
        Kind::Word(known) => known
            .iter()
            .chain(&["of-a-newer-cloud"])
            .map(|word| text(word))
            .collect(),
        // One number beside another is enough; the plurals are the first one's.
        Kind::Count
            if message
                .args
                .iter()
                .any(|other| matches!(other.value, MessageValue::Count(_))) =>
        {
            vec![message.clone().count(arg.name, 4)]
        }
        Kind::Count => NUMBERS.map(|number| message.clone().count(arg.name, number)).into(),
    };
    if arg.presence == Presence::Optional {
        each.push(message.clone());
    }
    each
}

fn name(arg: &str) -> &'static str {
    match arg {
        "plan" => "Tapo Care · 3",
        "camera" => "Porch",
        "model" => "C210",
        "cameras" => "Porch, Hallway",
        "product" => "care.tapo.three.monthly",
        "url" => "https://care.example/plans",
        "version" => "1.4.2",
        "code" => "E_STORE",
        _ => "…",
    }
}
