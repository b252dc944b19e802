//! Core's plain types as the foreign side sees them. They are declared once more here, so that core knows nothing of
//! UniFFI: a field that is renamed, retyped, added or dropped in core stops this from compiling, and `tests/docs.rs` holds
//! the words equal.
//!
//! Identifiers, points in time, periods and open enums cross as the plain values the contract spells them with.

mod cameras;
mod error;
mod message;
mod names;
mod phrases;
mod plans;
mod purchase;
mod snapshot;
mod store;
