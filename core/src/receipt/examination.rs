//! An examination: every check of one receipt, for `care verify` and whoever else wants to know why.

use super::Verified;
use super::check::{Checked, Ledger, Refusal};
use super::json::Object;

/// Each check of one receipt, and what they lead to.
#[derive(Debug, Clone)]
pub struct Examination<T> {
    /// The checks in the order in which they were made; the last one of a refusal is the one that failed.
    pub checks: Vec<Checked>,
    /// The proof, or the refusal.
    pub result: Result<Verified<T>, Refusal>,
    /// The payload as it stands there, of an authentic receipt.
    pub payload: Option<serde_json::Value>,
}

pub(super) fn examined<T>(read: impl FnOnce(&mut Ledger) -> Result<(Verified<T>, Object), Refusal>) -> Examination<T> {
    let mut ledger = Ledger::keeping();
    let (result, payload) = match read(&mut ledger) {
        Ok((proof, payload)) => (Ok(proof), Some(serde_json::Value::Object(payload))),
        Err(refusal) => (Err(refusal), None),
    };
    Examination {
        checks: ledger.into_lines(),
        result,
        payload,
    }
}
