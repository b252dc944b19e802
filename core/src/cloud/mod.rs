//! The Care cloud, contract v1: calls that name what they ask, and answers that are believed only when signed.
//!
//! An answer is verified over its nonce, target, account, status and body before anything of it is looked at, problems
//! and 204 included. A captive portal, a proxy or a foreign server can therefore delay a purchase, and decide nothing.

mod call;
mod client;
mod meaning;
mod retry;
mod signature;
mod wire;

pub use client::{AccountAnswer, Answer, Cloud, CloudConfig};
pub(crate) use meaning::care_error;
pub use retry::delay;
pub use signature::{CloudKey, SignedAnswer};
pub use wire::{AnswerKind, PurchaseAnswer, PurchasePost, Reservation, ReservationAnswer, ReservationRequest};

use crate::time::Timestamp;
use thiserror::Error;

/// Why a call gave no answer that may be used. No text in it comes from a token, a receipt or a person.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum CloudError {
    /// The configured address is not `https://`, or no address at all.
    #[error("the cloud's address is not secure")]
    InsecureUrl,
    /// No whole answer came in time; whether the request was applied is unknown.
    #[error("no answer: {detail}")]
    NoAnswer {
        /// What the transport said.
        detail: String,
    },
    /// The answer was longer than this call allows.
    #[error("the answer is too large")]
    TooLarge,
    /// Unsigned, of a foreign key, altered, or the answer to another question. Nothing of it was taken.
    #[error("the answer is not the cloud's: {reason}")]
    NotSigned {
        /// A stable word: `unsigned`, `foreign_key`, `altered`, `other_account`, `other_etag`.
        reason: &'static str,
    },
    /// The cloud says no, and signed it.
    #[error("the cloud refused: {}", .0.code)]
    Problem(CloudProblem),
    /// Signed, and not understood.
    #[error("the answer is not understood: {detail}")]
    Unreadable {
        /// What was looked for.
        detail: String,
    },
    /// The user has to sign in again.
    #[error("the user has to sign in")]
    SignIn,
    /// The session service gave no token in time.
    #[error("the session service cannot be reached")]
    SessionUnavailable,
}

/// A signed refusal (RFC 9457).
#[derive(Clone, PartialEq)]
pub struct CloudProblem {
    /// The HTTP status.
    pub status: u16,
    /// The contract's stable code, such as `slot_taken`.
    pub code: String,
    /// How long the cloud asks to be left alone, in seconds. The one thing taken from an unsigned header: it only delays.
    pub retry_after: Option<u32>,
    /// The whole problem, with the members that stand beside `code`.
    pub body: serde_json::Value,
    /// The cloud's time when it answered.
    pub server_time: Timestamp,
}

impl std::fmt::Debug for CloudProblem {
    /// Beside its code a problem may name anything: that is not printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CloudProblem")
            .field("status", &self.status)
            .field("code", &self.code)
            .field("retry_after", &self.retry_after)
            .finish_non_exhaustive()
    }
}

impl CloudError {
    /// The code of a signed problem.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Problem(problem) => Some(&problem.code),
            _ => None,
        }
    }

    /// How long a signed problem asks to be left alone, in seconds.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Problem(problem) => problem.retry_after,
            _ => None,
        }
    }

    /// A stable name for logs and support; a signed problem's own name is [`CloudError::code`].
    pub fn name(&self) -> &'static str {
        match self {
            Self::InsecureUrl => "insecure_url",
            Self::NoAnswer { .. } => "no_answer",
            Self::TooLarge => "answer_too_large",
            Self::NotSigned { .. } => "not_signed",
            Self::Problem(_) => "cloud_problem",
            Self::Unreadable { .. } => "unreadable_answer",
            Self::SignIn => "sign_in_needed",
            Self::SessionUnavailable => "session_unavailable",
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
