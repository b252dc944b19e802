//! Every problem there is: what it is called, in which variant it is raised, and what it says by itself.
//!
//! [`super::Problem::new`] reads its row, so the page that is made of the table (`core/ERRORS.md`) says what is raised.

use super::{CareError, Retry, UserAction};
use crate::money::Money;
use std::fmt::Write as _;

/// The variants of [`CareError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// [`CareError::Refused`]
    Refused,
    /// [`CareError::SignIn`]
    SignIn,
    /// [`CareError::ConfirmationNeeded`]
    ConfirmationNeeded,
    /// [`CareError::TryAgain`]
    TryAgain,
    /// [`CareError::Busy`]
    Busy,
    /// [`CareError::Storage`]
    Storage,
    /// [`CareError::Bug`]
    Bug,
}

/// One problem. Where several things are listed the first is said unless more is known, and the others are all there is.
#[derive(Debug)]
pub struct Known {
    /// Its stable name.
    pub name: &'static str,
    /// In which variant.
    pub variant: Variant,
    /// By which calls of `Care`.
    pub calls: &'static str,
    /// What happened to the money.
    pub money: &'static [Money],
    /// Whether trying again helps.
    pub retry: &'static [Retry],
    /// What the user can do.
    pub actions: &'static [UserAction],
    /// The keys of what is said.
    pub messages: &'static [&'static str],
    /// What happened.
    pub happened: &'static str,
}

const NOT_CHARGED: &[Money] = &[Money::NotCharged];
/// Nothing by the call itself; what the store handed over may have been.
const NOT_BY_THIS: &[Money] = &[Money::NotCharged, Money::MaybeCharged];
/// A double payment that is to be given back was charged.
const OR_CHARGED: &[Money] = &[Money::NotCharged, Money::MaybeCharged, Money::Charged];
const MAYBE: &[Money] = &[Money::MaybeCharged];
const NEVER: &[Retry] = &[Retry::Never];
const AFTER: &[Retry] = &[Retry::After(5)];
const BY_ITSELF: &[Retry] = &[Retry::Automatic];
const BY_THE_USER: &[Retry] = &[Retry::UserAction];
const NOTHING: &[UserAction] = &[UserAction::None];
const SIGN_IN: &[UserAction] = &[UserAction::SignIn];
const MANAGE: &[UserAction] = &[UserAction::ManageSubscription];
const CONFIRM: &[UserAction] = &[UserAction::Confirm];
const WAIT: &[UserAction] = &[UserAction::Wait];
const UPDATE: &[UserAction] = &[UserAction::UpdateApp];
const INTERNET: &[UserAction] = &[UserAction::CheckInternet];
const STORAGE: &[UserAction] = &[UserAction::FixStorage];
const SELECTION: &[UserAction] = &[UserAction::ChangeSelection];
const SUPPORT: &[UserAction] = &[UserAction::ContactSupport];

macro_rules! known {
    ($($name:literal $variant:ident by $calls:literal: $money:expr, $retry:expr, $actions:expr, [$($message:literal),+], $happened:literal;)+) => {
        /// Every problem, by what a screen does next and then by name.
        pub static KNOWN: &[Known] = &[$(Known {
            name: $name,
            variant: Variant::$variant,
            calls: $calls,
            money: $money,
            retry: $retry,
            actions: $actions,
            messages: &[$($message),+],
            happened: $happened,
        }),+];
    };
}

known! {
    "billed_elsewhere" Refused by "change_plan": NOT_CHARGED, BY_THE_USER,
        &[UserAction::ManageSubscription, UserAction::ReadPortalText, UserAction::OpenPortal { url: String::new() }],
        ["billed-elsewhere"],
        "Another store, the portal or a code bills that plan, and it is changed there.";
    "camera_blocked" Refused by "select_cameras, tick_cameras": NOT_CHARGED, BY_THE_USER,
        &[UserAction::ChangeSelection, UserAction::UpdateFirmware, UserAction::CheckInternet], ["camera-cannot-be-added"],
        "A camera cannot be added to a plan: old firmware, offline, or a model no plan covers (R18).";
    "camera_covered" Refused by "select_cameras, tick_cameras": NOT_CHARGED, BY_THE_USER, SELECTION, ["camera-covered"],
        "Another plan covers that camera (R17).";
    "change_is_scheduled" Refused by "change_plan": NOT_CHARGED, NEVER, NOTHING, ["change-is-scheduled"],
        "The plan changes to that one already, when the paid period is over.";
    "change_waits_at_store" Refused by "change_plan": NOT_CHARGED, BY_THE_USER, MANAGE, ["change-waits-at-store"],
        "Google Play keeps a change of plan that waits for the renewal, and takes no other until then; it is managed there.";
    "client_too_old" Refused by "subscribe, change_plan": NOT_CHARGED, BY_THE_USER, UPDATE, ["client-too-old"],
        "The cloud sells nothing to this version of the app; all else goes on.";
    "cloud_refused" Refused by "every call that asks the cloud": OR_CHARGED, NEVER, SUPPORT, ["cloud-refused"],
        "The cloud signed a refusal this version has no words for; its status and code stand in the ids.";
    "covers_every_camera" Refused by "open_picker": NOT_CHARGED, NEVER, NOTHING, ["covers-every-camera"],
        "The plan covers every camera of the account, so there is none to choose (R38).";
    "empty_selection" Refused by "select_cameras": NOT_CHARGED, BY_THE_USER, SELECTION, ["empty-selection"],
        "A plan's first selection may not be empty (R16).";
    "insecure_url" Refused by "open": NOT_CHARGED, NEVER, NOTHING, ["insecure-url"],
        "The configured cloud is not reached by https.";
    "legacy_is_not_changed" Refused by "open_picker": NOT_CHARGED, NEVER, NOTHING, ["legacy-is-not-changed"],
        "A legacy plan can only be cancelled or migrated (R83).";
    "no_access" Refused by "select_cameras, tick_cameras, open_picker": NOT_CHARGED, BY_THE_USER, MANAGE, ["no-access"],
        "The plan gives no access now: expired, on hold, paused or taken back.";
    "no_store_trial" Refused by "subscribe": NOT_CHARGED, BY_THE_USER, NOTHING,
        ["account-trial-not-offered", "store-trial-not-offered", "account-trial-used", "trial-unknown"],
        "The plan was chosen with a free trial, and cloud or store do not call the buyer eligible now; it is sold at its full price (X12).";
    "not_on_this_store_account" Refused by "change_plan, return_double_payment": &[Money::NotCharged, Money::Charged], BY_THE_USER,
        MANAGE, ["not-on-this-store-account"],
        "This phone's store account does not pay that plan; the one that does can change it or ask for the money.";
    "not_paid_twice" Refused by "return_double_payment": NOT_CHARGED, NEVER, NOTHING, ["not-paid-twice"],
        "No two plans of the account were paid for the same time (X16).";
    "not_pending" Refused by "dismiss_pending": OR_CHARGED, NEVER, NOTHING, ["not-pending"],
        "The purchase waits for no approval: its sheet is open, or it has gone on or ended meanwhile.";
    "over_capacity" Refused by "select_cameras, tick_cameras": NOT_CHARGED, BY_THE_USER, SELECTION, ["over-capacity"],
        "More cameras than the plan covers (R20).";
    "owned_elsewhere" Refused by "subscribe, change_plan": NOT_CHARGED, BY_THE_USER, MANAGE, ["owned-elsewhere"],
        "This phone's store account pays a plan for another TP-Link ID (X5).";
    "pending_at_store" Refused by "dismiss_pending": NOT_CHARGED, BY_THE_USER, WAIT, ["pending-at-store"],
        "The store shows the payment this purchase waits for, and tells by itself how it ends.";
    "plan_is_current" Refused by "change_plan": NOT_CHARGED, NEVER, NOTHING, ["plan-is-current"],
        "That is the plan already.";
    "plan_not_changeable" Refused by "change_plan": NOT_CHARGED, BY_THE_USER, MANAGE, ["plan-not-changeable"],
        "Only a plan that is paid now can be changed; in grace, on hold or paused its owner settles that first.";
    "plan_not_on_sale" Refused by "subscribe, change_plan": NOT_CHARGED, NEVER, NOTHING, ["plan-not-on-sale"],
        "The plan is not sold in this storefront or at this store (R7).";
    "reserved_elsewhere" Refused by "subscribe, change_plan": NOT_CHARGED, BY_THE_USER, WAIT, ["reserved-elsewhere"],
        "Another phone of this account is about to buy; ten minutes later at most the slot is free (R2).";
    "slot_taken" Refused by "subscribe, change_plan": NOT_CHARGED, BY_THE_USER,
        &[UserAction::ManageSubscription, UserAction::ReadPortalText, UserAction::OpenPortal { url: String::new() }, UserAction::Wait],
        ["slot-taken", "slot-taken-elsewhere", "slot-pending", "slot-being-bought", "slot-being-set-up"],
        "Only one plan can be subscribed to in the app, and something holds that slot (R2, R3, X10); the way out is the storefront's (U9).";
    "trial_covered" Refused by "start_trial, cancel_trial": NOT_CHARGED, NEVER, NOTHING, ["trial-covered"],
        "A plan covers that camera, so its trial does not start (T1).";
    "trial_not_offered" Refused by "start_trial, cancel_trial": NOT_CHARGED, NEVER, NOTHING, ["trial-not-offered"],
        "That camera has no trial (T1).";
    "trial_not_running" Refused by "cancel_trial": NOT_CHARGED, NEVER, NOTHING, ["trial-not-running"],
        "That camera has no trial under way that could be cancelled (T3).";
    "trial_unknown" Refused by "start_trial, cancel_trial": NOT_CHARGED, NEVER, NOTHING, ["trial-unknown"],
        "The cloud named a state of the trial that this version does not know; unknown starts nothing (U15).";
    "trial_used" Refused by "start_trial, cancel_trial": NOT_CHARGED, NEVER, NOTHING, ["trial-used"],
        "That camera has had its trial (T1).";
    "trust_unusable" Refused by "open": NOT_CHARGED, NEVER, NOTHING, ["trust-unusable"],
        "A root or key of the configuration cannot be read.";
    "unbound_purchase" Refused by "subscribe, change_plan": NOT_CHARGED, BY_THE_USER, CONFIRM, ["unbound-purchase"],
        "This phone's store account pays a plan no TP-Link ID has claimed; restore binds it (X11).";
    "unknown_camera" Refused by "select_cameras, start_trial, cancel_trial, close_banner, explain": NOT_CHARGED, &[Retry::UserAction, Retry::Never],
        &[UserAction::ChangeSelection, UserAction::None], ["unknown-camera"],
        "The account has no such camera (any more).";
    "unknown_purchase" Refused by "dismiss_pending": NOT_CHARGED, NEVER, NOTHING, ["unknown-purchase"],
        "The account began no such purchase on this phone.";
    "unknown_subscription" Refused by "select_cameras, tick_cameras, open_picker, change_plan": NOT_CHARGED, NEVER, NOTHING, ["unknown-subscription"],
        "The account has no such subscription (any more).";
    "not_signed_in" SignIn by "every call about an account": OR_CHARGED, BY_THE_USER, SIGN_IN, ["not-signed-in"],
        "Nobody is signed in, or somebody else is by now.";
    "sign_in_needed" SignIn by "every call about an account": OR_CHARGED, BY_THE_USER, SIGN_IN, ["sign-in-needed"],
        "The session ended and cannot be renewed.";
    "already_covered" ConfirmationNeeded by "subscribe": NOT_CHARGED, BY_THE_USER, CONFIRM, ["already-covered"],
        "A web or code plan covers cameras already; the facts name them (X17).";
    "bind_purchase" ConfirmationNeeded by "restore": NOT_BY_THIS, BY_THE_USER, CONFIRM, ["bind-purchase"],
        "Purchases nobody has claimed are to be bound to this account; they were paid before (X11).";
    "confirm_trial_cancel" ConfirmationNeeded by "cancel_trial": NOT_CHARGED, BY_THE_USER, CONFIRM, ["confirm-trial-cancel"],
        "A trial is to end now, and it never starts again (T3, R64, U14).";
    "erase_account" ConfirmationNeeded by "erase_account": OR_CHARGED, BY_THE_USER, CONFIRM, ["erase-account"],
        "Everything of the account is to leave this phone; the facts name what still bills and what is paid and not settled (X18).";
    "return_double_payment" ConfirmationNeeded by "return_double_payment": &[Money::Charged], BY_THE_USER, CONFIRM,
        ["return-double-payment"],
        "A plan that was paid twice is to end and be paid back; the facts name both (X16).";
    "account_not_loaded" TryAgain by "open_picker, tick_cameras, close_picker, close_banner, explain": NOT_CHARGED, AFTER, INTERNET, ["account-not-loaded"],
        "Nothing is known of the account yet; the cloud has to answer once.";
    "cameras_changed_elsewhere" TryAgain by "select_cameras": NOT_CHARGED, BY_THE_USER, SELECTION, ["cameras-changed-elsewhere"],
        "Another phone selected in between; its choice is shown, and the user chooses again.";
    "cloud_not_understood" TryAgain by "every call that asks the cloud": OR_CHARGED, AFTER, INTERNET, ["cloud-not-understood"],
        "An answer came that the cloud did not sign, or that cannot be read: a captive portal, a proxy.";
    "cloud_unreachable" TryAgain by "every call that asks the cloud": OR_CHARGED, AFTER, INTERNET, ["cloud-unreachable"],
        "No answer came in time; after as many seconds as the cloud asked for, where it did.";
    "older_answer" TryAgain by "every call that asks the cloud": OR_CHARGED, AFTER, INTERNET, ["older-answer"],
        "The cloud signed a state older than the one it gave before; what is newer stays.";
    "store_unreachable" TryAgain by "plans, subscribe, change_plan, return_double_payment, sweep, restore": OR_CHARGED, AFTER, INTERNET, ["store-unreachable"],
        "The store did not answer in time.";
    "time_unknown" TryAgain by "subscribe, change_plan": NOT_CHARGED, AFTER, INTERNET, ["time-unknown"],
        "Nobody can say what time it is, so a sheet could not be matched with its purchase.";
    "closed" Busy by "every call": NOT_BY_THIS, NEVER, NOTHING, ["closed"],
        "The core was closed; what was begun goes on at the next open.";
    "folder_in_use" Busy by "open, resume": NOT_BY_THIS, BY_THE_USER, STORAGE, ["folder-in-use"],
        "Another process has the folder.";
    "no_threads" Busy by "open": NOT_CHARGED, AFTER, NOTHING, ["no-threads"],
        "The system gives no thread to run on.";
    "disk_full" Storage by "every call that writes": NOT_BY_THIS, BY_THE_USER, STORAGE, ["disk-full"],
        "There is no space; what was to be written is not.";
    "disk_gone" Storage by "every call that writes": NOT_BY_THIS, BY_THE_USER, STORAGE, ["disk-gone"],
        "The disk's thread ended before it answered.";
    "folder_from_newer_version" Storage by "open, resume": NOT_BY_THIS, BY_THE_USER, UPDATE, ["folder-from-newer-version"],
        "A newer version of the app wrote the files; no byte of them is touched.";
    "folder_read_only" Storage by "open, resume, every call that writes": NOT_BY_THIS, BY_THE_USER, STORAGE, ["folder-read-only"],
        "The folder may not be written.";
    "folder_unusable" Storage by "open, resume, every call that writes": NOT_BY_THIS, BY_THE_USER, STORAGE, ["folder-unusable"],
        "The folder or a file in it cannot be used; the ids say why.";
    "journal_from_newer_version" Storage by "open, resume": MAYBE, BY_THE_USER, UPDATE, ["journal-from-newer-version"],
        "The journal holds an event this version does not know; it is kept, and a newer version reads it.";
    "vault_unavailable" Storage by "sign_in, sign_out": NOT_CHARGED, BY_THE_USER, NOTHING, ["vault-unavailable"],
        "Keychain or keystore cannot be written now, before the first unlock for one.";
    "empty_304" Bug by "every call that asks the cloud": NOT_CHARGED, NEVER, SUPPORT, ["empty-304"],
        "The cloud says that nothing changed, of what was never had.";
    "event_unwritable" Bug by "every call that writes": NOT_BY_THIS, NEVER, SUPPORT, ["event-unwritable"],
        "An event has no JSON; nothing was written.";
    "task_lost" Bug by "subscribe, restore, sweep, on_store_transactions": MAYBE, BY_ITSELF, NOTHING, ["task-lost"],
        "The app is going away: its runtime dropped the work. The next start finds what was written and goes on.";
}

/// The row of that name.
pub fn known(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.name == name)
}

impl CareError {
    /// Its variant.
    pub fn variant(&self) -> Variant {
        match self {
            Self::Refused(_) => Variant::Refused,
            Self::SignIn(_) => Variant::SignIn,
            Self::ConfirmationNeeded(_) => Variant::ConfirmationNeeded,
            Self::TryAgain(_) => Variant::TryAgain,
            Self::Busy(_) => Variant::Busy,
            Self::Storage(_) => Variant::Storage,
            Self::Bug(_) => Variant::Bug,
        }
    }
}

/// The page of all problems, as `core/ERRORS.md` has it.
pub fn page() -> String {
    let mut page = String::from(
        "# Every error\n\n\
         Made from `core/src/error/known.rs` by `cargo run -p tapo-care --example errors > core/ERRORS.md`; a test compares the two.\n\n\
         Cancelled, pending and not approved are outcomes and not here. Where a cell lists several words the first is said unless\n\
         more is known. Every error also carries the call that failed and identifiers for support: HTTP status, problem code, or the\n\
         beginning of an id; never a token, a receipt or a name.\n\n\
         | name | variant | calls | money | retry | user action | message keys | what happened |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for row in KNOWN {
        let _ = writeln!(
            page,
            "| `{}` | {:?} | {} | {} | {} | {} | {} | {} |",
            row.name,
            row.variant,
            row.calls,
            listed(row.money.iter().map(word)),
            listed(row.retry.iter().map(retry_words)),
            listed(row.actions.iter().map(word)),
            listed(row.messages.iter().map(|key| format!("`{key}`"))),
            row.happened,
        );
    }
    page
}

fn listed(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

/// The word that an app sees.
fn word<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(serde_json::Value::Object(members)) => members.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

fn retry_words(retry: &Retry) -> String {
    match retry {
        Retry::After(seconds) => format!("after {seconds} s"),
        other => word(other),
    }
}

#[cfg(test)]
#[path = "known_tests.rs"]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
