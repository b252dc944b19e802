//! [`CareError`]: one error for every call, its variants chosen by what a screen does next.

use tapo_care::error::{CareError, Confirmation, ConfirmationKind, Problem, Retry, UserAction};
use tapo_care::message::Message;
use tapo_care::money::Money;

/// Why a call did not do what was asked.
#[uniffi::remote(Error)]
pub enum CareError {
    /// A rule says no; the problem names the rule's reason and the way out.
    Refused(Problem),
    /// The user has to sign in again.
    SignIn(Problem),
    /// The user has to say yes: call again with the token.
    ConfirmationNeeded(Confirmation),
    /// Could not be asked now; nothing is wrong with the request.
    TryAgain(Problem),
    /// Another process or call holds what this one needs.
    Busy(Problem),
    /// The folder or a database cannot be used.
    Storage(Problem),
    /// The core contradicts itself.
    Bug(Problem),
}

/// Everything an app needs to react to an error. Holds no secret, no receipt and no e-mail.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Record)]
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
#[uniffi::remote(Enum)]
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
#[uniffi::remote(Enum)]
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
#[uniffi::remote(Enum)]
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
