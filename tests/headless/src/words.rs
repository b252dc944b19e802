//! Every message of the core in English, and the words for its enumerations. Keys and arguments are the core's.
//!
//! A sentence may hold `{name}`, `{name:kind}`, `{name|one|many}` for a number with its noun, and `[…]` around a part that
//! is left out where one of its arguments is missing. The table is `words/english.rs`.

mod english;
pub mod receipt;

use english::SENTENCES;
use tapo_care::error::{Retry, UserAction};
use tapo_care::message::{Message, MessageArg, MessageValue};
use tapo_care::money::{Money, Price};
use tapo_care::period::{Period, PeriodUnit};
use tapo_care::snapshot::{CameraRow, ClockState, Cover, CoverBy, ManageRoute, TrialRow};
use tapo_care::time::Timestamp;
use tapo_care::{Outcome, OutcomeKind, Returned};

/// R18, also where the core gives no picker.
pub const DONT_SEE_YOUR_CAMERA: &str = "Don't see your camera? Update it to the latest firmware, connect it to the internet, and check that it is bound to this TP-Link ID.";

/// The message in words; an unknown key as readable as it can be.
pub fn say(message: &Message) -> String {
    match SENTENCES.iter().find(|(key, _)| *key == message.key) {
        Some((_, sentence)) => fill(sentence, &message.args),
        None => unknown(message),
    }
}

fn unknown(message: &Message) -> String {
    let mut text = message.key.replace(['-', '_'], " ");
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    let shown: Vec<_> = message
        .args
        .iter()
        .map(|arg| format!("{} {}", arg.name, plain(&arg.value)))
        .collect();
    if shown.is_empty() {
        format!("{text}.")
    } else {
        format!("{text} ({}).", shown.join(", "))
    }
}

fn plain(value: &MessageValue) -> String {
    match value {
        MessageValue::Text(text) => text.clone(),
        MessageValue::Count(count) => count.to_string(),
        MessageValue::Date(at) => date(*at),
    }
}

/// Fills a sentence; parts in brackets go where an argument of theirs is missing.
fn fill(sentence: &str, args: &[MessageArg]) -> String {
    let mut text = String::new();
    let mut rest = sentence;
    while let Some(at) = rest.find(['[', '{']) {
        text.push_str(&rest[..at]);
        let closing = if rest[at..].starts_with('[') { ']' } else { '}' };
        let Some(length) = rest[at..].find(closing) else { break };
        let inner = &rest[at + 1..at + length];
        if closing == ']' {
            text.push_str(&optional(inner, args).unwrap_or_default());
        } else {
            text.push_str(&place(inner, args).unwrap_or_else(|| "…".to_owned()));
        }
        rest = &rest[at + length + 1..];
    }
    text.push_str(rest);
    text
}

fn optional(part: &str, args: &[MessageArg]) -> Option<String> {
    let mut text = String::new();
    let mut rest = part;
    while let Some((before, after)) = rest.split_once('{') {
        let (inner, after) = after.split_once('}')?;
        text.push_str(before);
        text.push_str(&place(inner, args).filter(|value| !value.is_empty())?);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

fn place(inner: &str, args: &[MessageArg]) -> Option<String> {
    let value = |name: &str| args.iter().find(|arg| arg.name == name).map(|arg| &arg.value);
    if let Some((name, nouns)) = inner.split_once('|') {
        let (one, many) = nouns.split_once('|')?;
        return match value(name)? {
            MessageValue::Count(number) => Some(count(*number, one, many)),
            other => Some(plain(other)),
        };
    }
    match inner.split_once(':') {
        None => value(inner).map(plain),
        Some((name, kind)) => value(name).map(|value| special(kind, &plain(value))),
    }
}

fn special(kind: &str, raw: &str) -> String {
    match kind {
        "channel" => channel(raw).to_owned(),
        "phase" => phase(raw).to_owned(),
        "blocked" => blocked(raw).to_owned(),
        "each" => Period::parse(raw).map_or_else(|| raw.to_owned(), each),
        "length" => Period::parse(raw).map_or_else(|| raw.to_owned(), length),
        _ => raw.to_owned(),
    }
}

/// A number with its noun.
pub fn count(number: i64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A date, such as 5 Feb 2026.
pub fn date(at: Timestamp) -> String {
    let written = at.date_at(0).and_then(|(year, month, day)| {
        let month = MONTHS.get(usize::from(month).checked_sub(1)?)?;
        Some(format!("{day} {month} {year}"))
    });
    written.unwrap_or_else(|| at.rfc3339())
}

/// A date with the time of day.
pub fn moment(at: Timestamp) -> String {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let minutes = at.0.rem_euclid(DAY_MS) / 60_000;
    format!("{}, {:02}:{:02} UTC", date(at), minutes / 60, minutes % 60)
}

/// An amount for which there is no string of the store's: what a longer cycle comes to, rounded up.
pub fn amount(price: &Price) -> String {
    const UNIT: i64 = 1_000_000;
    if matches!(price.currency.as_str(), "JPY" | "KRW") {
        return format!("{} {}", (price.micros + UNIT - 1) / UNIT, price.currency);
    }
    let cents = (price.micros + 9_999) / 10_000;
    format!("{}.{:02} {}", cents / 100, cents % 100, price.currency)
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

fn length(period: Period) -> String {
    let one = unit(period);
    count(i64::from(period.count), one, &format!("{one}s"))
}

fn unit(period: Period) -> &'static str {
    match period.unit {
        PeriodUnit::Day => "day",
        PeriodUnit::Week => "week",
        PeriodUnit::Month => "month",
        PeriodUnit::Year => "year",
    }
}

/// Where something was bought.
pub fn channel(raw: &str) -> &str {
    match raw {
        "app_store" => "the App Store",
        "play" => "Google Play",
        "web" => "the web portal",
        "code" => "a redemption code",
        "" | "unknown" => "another way",
        other => other,
    }
}

/// Where a subscription stands.
pub fn phase(raw: &str) -> &str {
    match raw {
        "pending" => "waiting for the payment",
        "active" => "active",
        "grace" => "in grace: the renewal failed and is tried again",
        "retry" => "on hold: the renewal failed",
        "paused" => "paused",
        "expired" => "expired",
        "revoked" => "taken back",
        "refunded" => "refunded",
        "superseded" => "replaced by another plan",
        "unknown" => "in a state this version does not know",
        other => other,
    }
}

fn blocked(raw: &str) -> &str {
    match raw {
        "firmware_too_old" => "its firmware is too old. Update it to the latest firmware first",
        "offline" => "it has no internet access. Connect it to the internet first",
        "model_not_supported" => "the plan does not support its model",
        _ => "of a reason this version does not know",
    }
}

/// Whether a camera is covered, and by what.
pub fn cover(row: &CameraRow) -> String {
    let by = row
        .why
        .iter()
        .find(|reason| reason.cover == Cover::Covered)
        .map(|reason| reason.by);
    let by = match (row.cover, by) {
        (Cover::NotCovered, _) => return "not covered".to_owned(),
        (Cover::Unknown, _) => return "not known".to_owned(),
        (Cover::Covered, None) => return "covered".to_owned(),
        (Cover::Covered, Some(CoverBy::Plan)) => "a plan",
        (Cover::Covered, Some(CoverBy::Code)) => "a code",
        (Cover::Covered, Some(CoverBy::AccountPlan)) => "the account's plan",
        (Cover::Covered, Some(CoverBy::Trial)) => "its trial",
        (Cover::Covered, Some(CoverBy::FreePlan)) => "its free plan",
    };
    let twice = if row.covered_twice { ", twice" } else { "" };
    format!("covered by {by}{twice}")
}

/// A camera's free trial in two or three words; the whole sentence is its message.
pub fn trial(trial: &TrialRow) -> String {
    let left = trial
        .days_left
        .map(|days| count(i64::from(days), "day left", "days left"));
    match trial.state.as_str() {
        "eligible" if trial.can_start => "can be started".to_owned(),
        "eligible" => "kept".to_owned(),
        "active" if trial.ends_today => "ends today".to_owned(),
        "active" => left.unwrap_or_else(|| "running".to_owned()),
        "not_offered" => "not offered".to_owned(),
        "paused" => left.map_or_else(|| "paused".to_owned(), |left| format!("paused, {left}")),
        "offline" => "offline".to_owned(),
        "unknown" => "not known".to_owned(),
        other => other.to_owned(),
    }
}

/// Where an open purchase stands.
pub fn purchase_state(raw: &str) -> &str {
    match raw {
        "sheet_open" => "at the sheet",
        "checking" => "being checked",
        "pending" => "pending",
        "confirming" => "paid, being set up",
        "waiting" => "waiting",
        "needs_confirmation" => "needs your yes",
        "refused_here" => "not believed here",
        "not_genuine" => "not genuine",
        other => other,
    }
}

/// The cloud's final answers.
pub fn answer(raw: &str) -> &str {
    match raw {
        "granted" => "granted",
        "already_granted" => "granted before",
        "expired" => "expired",
        "superseded" => "replaced by another purchase",
        "revoked" => "taken back by the store",
        "family_shared" => "shared by a family member, which grants nothing here",
        "test_purchase" => "a test purchase, which grants nothing here",
        "bound_to_other" => "another TP-Link ID's",
        "not_genuine" => "not genuine: the store knows no such purchase",
        "pending_canceled" => "the payment was declined or called off",
        "pending" => "pending",
        "needs_confirmation" => "needs your yes",
        "unknown_product" => "a product the cloud does not know yet",
        other => other,
    }
}

/// How a purchase ended.
pub fn outcome(outcome: &Outcome) -> String {
    match (outcome.kind, &outcome.answer, &outcome.store_code) {
        (OutcomeKind::Granted, _, _) => "Granted: the plan is yours.".to_owned(),
        (OutcomeKind::Scheduled, _, _) => {
            "Accepted: the plan changes when the paid period is over. Nothing is charged before.".to_owned()
        }
        (OutcomeKind::Pending, _, _) => {
            "Pending: it waits for an approval or a payment, and goes on by itself.".to_owned()
        }
        (OutcomeKind::Cancelled, _, _) => "Cancelled: the payment sheet was closed.".to_owned(),
        (OutcomeKind::Failed, _, Some(code)) => format!("Failed: the store could not do it ({code})."),
        (OutcomeKind::Failed, _, None) => "Failed: the store could not do it.".to_owned(),
        (OutcomeKind::NotGranted, Some(said), _) => format!("Not granted: {}.", answer(said)),
        (OutcomeKind::NotGranted, None, _) => "Not granted.".to_owned(),
    }
}

/// What became of a payment that was to be given back.
pub fn returned(returned: Returned) -> &'static str {
    match returned {
        Returned::GivenBack => "The plan has ended, and its money is on its way back.",
        Returned::Requested => "Apple was asked, and decides within two days. Until then both plans stand.",
        Returned::Cancelled => "Nothing was asked for: both plans stand.",
    }
}

/// What happened to the money.
pub fn money(money: Money) -> &'static str {
    match money {
        Money::NotCharged => "Nothing was charged.",
        Money::MaybeCharged => "It may have been charged; that is being found out, and you will be told.",
        Money::Charged => "It was charged.",
    }
}

/// What the user can do about it.
pub fn user_action(action: &UserAction) -> Option<String> {
    let text = match action {
        UserAction::None => return None,
        UserAction::SignIn => "Sign in again: `care sign-in NAME`.",
        UserAction::ManageSubscription => "Manage the subscription where it was bought.",
        UserAction::ReadPortalText => "More plans are sold on the web portal.",
        UserAction::OpenPortal { url } => return Some(format!("More plans are sold on the web portal: {url}")),
        UserAction::Confirm => "Read this and confirm.",
        UserAction::ChangeSelection => "Choose other cameras, or fewer: `care cameras` lists them.",
        UserAction::UpdateFirmware => "Update the camera to the latest firmware.",
        UserAction::CheckInternet => "Check the internet connection.",
        UserAction::Wait => "Wait: it goes on by itself.",
        UserAction::UpdateApp => "Update the app.",
        UserAction::FixStorage => "Free the folder or the disk, then try again.",
        UserAction::ContactSupport => "Contact support.",
    };
    Some(text.to_owned())
}

/// When trying again helps.
pub fn retry(retry: Retry) -> Option<String> {
    match retry {
        Retry::Never | Retry::UserAction => None,
        Retry::After(seconds) => Some(format!(
            "Try again in {}.",
            count(i64::from(seconds), "second", "seconds")
        )),
        Retry::Automatic => Some("It is tried again by itself.".to_owned()),
    }
}

/// Where a plan is managed.
pub fn manage(route: ManageRoute) -> &'static str {
    match route {
        ManageRoute::AppStore => "Manage or cancel it in the App Store.",
        ManageRoute::GooglePlay => "Manage or cancel it in Google Play.",
        ManageRoute::Portal => "Manage or cancel it on the web portal.",
        ManageRoute::KasaPortal => "Manage or cancel it on the Kasa web portal.",
        ManageRoute::Nowhere => "It ends by itself.",
        ManageRoute::Unknown => "Manage it where it was bought.",
    }
}

/// What is to be said about the phone's clock.
pub fn clock(state: ClockState) -> Option<&'static str> {
    match state {
        ClockState::Trusted | ClockState::Suspect => None,
        ClockState::Unknown => Some("The time is not known, so cover cannot be told: it shows once the cloud answers."),
    }
}

#[cfg(test)]
#[path = "words/tests.rs"]
mod tests;
