//! What happens to a purchase. Each event is one row of the journal; the time is in the event.
//!
//! Rows are read by later versions too: an event is never renamed and a field never changes its meaning. An event this
//! version does not know stops the driver and is kept.

use super::state::{Answer, Facts, Intent, Purchase};
use crate::id::{AccountId, Revision, TransactionId};
use crate::ports::SignedPayload;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Everything was checked and reserved; the sheet opens next.
    SheetOpened {
        /// The wish, whole.
        intent: Box<Intent>,
    },
    /// The user left the sheet without buying, or the store failed.
    SheetLeft {
        /// The store's code, where it failed.
        failure: Option<String>,
    },
    /// The store waits for an approval or a payment.
    SheetPending {
        /// Since when.
        at: Timestamp,
    },
    /// A sweep found nothing bought.
    SweptClean,
    /// The user does not wait for the approval any more.
    PendingDismissed,
    /// No approval came in its time, and a sweep found nothing bought.
    PendingLapsed,
    /// A transaction was seen, new or with news.
    Seen(Box<Seen>),
    /// Posting it failed in a way that says nothing about the purchase.
    PostFailed {
        /// Which transaction.
        transaction: TransactionId,
    },
    /// The cloud answered.
    Answered {
        /// Which transaction.
        transaction: TransactionId,
        /// Which news of it was posted: an answer about older news, or about a broken copy, says nothing of the newest.
        revision: Revision,
        /// What.
        answer: Answer,
    },
    /// The bytes are to be posted again: the user asked to restore, or said yes to binding (X11).
    AskAgain {
        /// Which transaction.
        transaction: TransactionId,
        /// The account to bind it to, after the user's yes.
        bind_to: Option<AccountId>,
    },
    /// The store was told that the transaction is done.
    Finished {
        /// Which.
        transaction: TransactionId,
        /// Which news of it was done with.
        revision: Revision,
    },
    /// The reservation is gone.
    ReservationReleased,
    /// The cameras named at purchase were selected, or left to the picker.
    CamerasDealtWith,
    /// The shell handled the word "pending".
    PendingHandled,
    /// The shell handled the end.
    EndHandled {
        /// Which end, by its word: another one since is still to be told.
        end: String,
    },
    /// Everything before, in one.
    Folded {
        /// The state that the replaced rows led to.
        purchase: Box<Purchase>,
    },
}

impl Event {
    /// Its name for the log; its content stays out.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SheetOpened { .. } => "sheet_opened",
            Self::SheetLeft { .. } => "sheet_left",
            Self::SheetPending { .. } => "sheet_pending",
            Self::SweptClean => "swept_clean",
            Self::PendingDismissed => "pending_dismissed",
            Self::PendingLapsed => "pending_lapsed",
            Self::Seen(_) => "seen",
            Self::PostFailed { .. } => "post_failed",
            Self::Answered { .. } => "answered",
            Self::AskAgain { .. } => "ask_again",
            Self::Finished { .. } => "finished",
            Self::ReservationReleased => "reservation_released",
            Self::CamerasDealtWith => "cameras_dealt_with",
            Self::PendingHandled => "pending_handled",
            Self::EndHandled { .. } => "end_handled",
            Self::Folded { .. } => "folded",
        }
    }
}

/// A transaction as it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The id to finish it by.
    pub transaction: TransactionId,
    /// Hash of its facts, or of its bytes.
    pub revision: Revision,
    /// What was verified.
    pub facts: Option<Facts>,
    /// Which check refused it.
    pub refused_by: Option<String>,
    /// What the store signed.
    pub signed: SignedPayload,
    /// Whether it settles the purchase's intent.
    pub settles: bool,
}
