//! One error at the boundary: what happened, what happened to the money, and what to do next.
//!
//! The seven variants are chosen by what a screen does next. Cancelled and pending are outcomes, never errors.

mod known;

pub use known::{KNOWN, Known, Variant, known, page};

use crate::message::Message;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a call did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CareError {
    /// A rule says no; the problem names the rule's reason and the way out.
    #[error("refused: {}", .0.name)]
    Refused(Problem),
    /// The user has to sign in again.
    #[error("sign in needed: {}", .0.name)]
    SignIn(Problem),
    /// The user has to say yes: call again with the token.
    #[error("confirmation needed: {}", .0.problem.name)]
    ConfirmationNeeded(Confirmation),
    /// Could not be asked now; nothing is wrong with the request.
    #[error("try again: {}", .0.name)]
    TryAgain(Problem),
    /// Another process or call holds what this one needs.
    #[error("busy: {}", .0.name)]
    Busy(Problem),
    /// The folder or a database cannot be used.
    #[error("storage: {}", .0.name)]
    Storage(Problem),
    /// The core contradicts itself.
    #[error("bug: {}", .0.name)]
    Bug(Problem),
}

/// Everything an app needs to react to an error. Holds no secret, no receipt and no e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A stable name such as `slot_taken`.
    pub name: String,
    /// What happened to the money.
    pub money: Money,
    /// Whether, and when, trying again helps.
    pub retry: Retry,
    /// What the user can do.
    pub user_action: UserAction,
    /// What to say, with its arguments.
    pub message: Message,
    /// The call that failed, such as `subscribe`.
    pub operation: String,
    /// What support may need: HTTP status, problem code, redacted identifiers.
    pub ids: Vec<String>,
}

/// A yes that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// What is asked.
    pub kind: ConfirmationKind,
    /// What the user must read before saying yes.
    pub facts: Vec<Message>,
    /// Given back with the repeated call. It holds for these facts only: if they change, the question is asked anew.
    pub token: String,
    /// The error's common part.
    pub problem: Problem,
}

/// What needs a yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmationKind {
    /// A web or code plan already covers cameras (X17).
    AlreadyCovered,
    /// A purchase without an account is to be bound to this one (X11).
    BindPurchase,
    /// A plan that was paid twice is to end and be paid back (X16).
    ReturnDoublePayment,
    /// An account is to be erased from this phone (X18).
    EraseAccount,
    /// A camera's trial is to end now and never start again (T3, R64).
    CancelTrial,
}

/// Whether trying again helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retry {
    /// The same call will be refused again.
    Never,
    /// After that many seconds.
    After(u32),
    /// The core has it queued and goes on by itself.
    Automatic,
    /// Once the user has acted.
    UserAction,
}

/// What the user can do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserAction {
    /// Nothing.
    None,
    /// Sign in again.
    SignIn,
    /// Manage the subscription where it was bought.
    ManageSubscription,
    /// Read that more plans are sold on the portal; no link may be shown in this storefront (U9).
    ReadPortalText,
    /// Open the portal (U9).
    OpenPortal {
        /// Where.
        url: String,
    },
    /// Read and confirm.
    Confirm,
    /// Choose other cameras, or fewer.
    ChangeSelection,
    /// Update the camera's firmware.
    UpdateFirmware,
    /// Connect the camera, or the phone, to the internet.
    CheckInternet,
    /// Wait for an approval or a payment.
    Wait,
    /// Update the app.
    UpdateApp,
    /// Free space, or close the other process.
    FixStorage,
    /// Contact support.
    ContactSupport,
}

impl Problem {
    /// The problem as its row in [`KNOWN`] says it; the builders say more where more is known.
    pub fn new(operation: &str, name: &str) -> Self {
        let row = known(name);
        Self {
            name: name.to_owned(),
            money: row
                .and_then(|row| row.money.first().copied())
                .unwrap_or(Money::NotCharged),
            retry: row.and_then(|row| row.retry.first().copied()).unwrap_or(Retry::Never),
            user_action: row
                .and_then(|row| row.actions.first().cloned())
                .unwrap_or(UserAction::None),
            message: match row.and_then(|row| row.messages.first()) {
                Some(key) => Message::new(key),
                None => Message::new(&name.replace('_', "-")),
            },
            operation: operation.to_owned(),
            ids: Vec::new(),
        }
    }

    /// With another word on the money.
    #[must_use]
    pub fn money(mut self, money: Money) -> Self {
        self.money = money;
        self
    }

    /// With another word on retrying.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// With something for the user to do.
    #[must_use]
    pub fn action(mut self, action: UserAction) -> Self {
        self.user_action = action;
        self
    }

    /// With arguments for the words.
    #[must_use]
    pub fn say(mut self, message: Message) -> Self {
        self.message = message;
        self
    }

    /// With an identifier for support.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.ids.push(id.into());
        self
    }
}

impl CareError {
    /// The common part of every variant.
    pub fn problem(&self) -> &Problem {
        match self {
            Self::Refused(problem)
            | Self::SignIn(problem)
            | Self::TryAgain(problem)
            | Self::Busy(problem)
            | Self::Storage(problem)
            | Self::Bug(problem) => problem,
            Self::ConfirmationNeeded(confirmation) => &confirmation.problem,
        }
    }

    /// The same, said by another call: what several calls share names the one that was made.
    #[must_use]
    pub(crate) fn said_by(mut self, operation: &str) -> Self {
        operation.clone_into(&mut self.problem_mut().operation);
        self
    }

    /// The same, of a call that knows more about the money.
    #[must_use]
    pub(crate) fn with_money(mut self, money: Money) -> Self {
        self.problem_mut().money = money;
        self
    }

    fn problem_mut(&mut self) -> &mut Problem {
        match self {
            Self::Refused(problem)
            | Self::SignIn(problem)
            | Self::TryAgain(problem)
            | Self::Busy(problem)
            | Self::Storage(problem)
            | Self::Bug(problem) => problem,
            Self::ConfirmationNeeded(confirmation) => &mut confirmation.problem,
        }
    }
}
