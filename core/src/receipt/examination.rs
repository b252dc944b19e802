//! An examination: every check of one receipt, for `care verify` and whoever else wants to know why.

use super::Verified;
use super::check::{Checked, Ledger, Refusal};

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

/// Examines with `read`, which hands back the proof and the bytes of its payload.
pub(super) fn examined<T, P: AsRef<[u8]>>(
    read: impl FnOnce(&mut Ledger) -> Result<(Verified<T>, P), Refusal>,
) -> Examination<T> {
    let mut ledger = Ledger::keeping();
    let (result, payload) = match read(&mut ledger) {
        Ok((proof, payload)) => (Ok(proof), serde_json::from_slice(payload.as_ref()).ok()),
        Err(refusal) => (Err(refusal), None),
    };
    Examination {
        checks: ledger.into_lines(),
        result,
        payload,
    }
}
