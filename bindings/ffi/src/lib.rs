//! The foreign boundary: everything Kotlin, Swift and Python see of the core, and nothing that decides anything.
//!
//! # Where to start
//! [`open_care`] takes a [`Config`] and the shell's [`Ports`] and gives [`Care`]; everything else hangs on it.
//!
//! | module | is |
//! |---|---|
//! | [`care`] | [`Care`]: the core's calls, one to one |
//! | [`observe`] | [`Changes`] and [`Outcomes`]: pulled, never pushed |
//! | [`phrases`] | [`Phrases`]: messages in words |
//! | [`config`] | [`Config`]: Apple's root and https, and no way to say otherwise |
//! | [`ports`] | what a shell implements, and the errors it may answer with |
//! | [`screen`] | the calls of [`Care`] about cameras, trials and the picker |
//! | `adapters` | the shell's ports as core's |
//! | `panics` | what is told of a bug: where, and not what it was about |
//! | `remote` | core's plain types, declared once more for UniFFI |
//! | `runtime` | the one tokio runtime, on which everything is polled |
//! | `sandbox` | trust in an emulated world; only under the feature of that name |
//!
//! # Rules
//! - **Nothing is polled on the caller's thread.** UniFFI polls an exported future where it is awaited, which is a screen's
//!   thread: so each call is a task of the runtime here, and the caller awaits its end.
//! - **What changes something outlives its caller; what only reads ends with it.** Kotlin's `cancel` drops the future here,
//!   Swift's does nothing: neither may tear a purchase.
//! - **Every port method can fail.** An exception that is not the port's own error becomes one; without that it would be a
//!   panic. Panics unwind and reach the caller as UniFFI's internal error, with the app alive, and without their words.

uniffi::setup_scaffolding!();

mod adapters;
pub mod care;
pub mod config;
pub mod observe;
mod panics;
pub mod phrases;
pub mod ports;
mod remote;
mod runtime;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod screen;

pub use care::{Care, open_care, peek_care};
pub use config::{AppStoreApp, Config};
pub use observe::{Changes, Outcomes};
pub use phrases::{Phrases, open_phrases};
pub use ports::{Clock, Log, PortError, Ports, Session, SessionError, Store, StoreError, Vault, VaultError};
