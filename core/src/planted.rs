//! Bugs planted on purpose, so that the simulation shows that it finds such bugs. Each is named where it is planted; none is
//! active until [`plant`] names it, and only on the thread that does. Exists under the feature `planted` alone.

use std::cell::Cell;

/// Every planted bug.
pub const BUGS: [&str; 24] = [
    "account_unbound",
    "account_of_another_shown",
    "binds_unasked",
    "finish_before_grant",
    "given_back_unasked",
    "handled_forgotten",
    "lease_ignored",
    "open_sheet_closed",
    "outcome_to_anybody",
    "phase_ignored",
    "purchase_shown_to_anybody",
    "queue_trimmed",
    "restart_forgets_sheet",
    "revision_by_bytes",
    "sheet_before_intent",
    "sheet_replayed",
    "slot_ignores_hold",
    "slot_ignores_pending",
    "store_account_ignored",
    "unknown_product_finished",
    "unsigned_answer_final",
    "waiting_hidden",
    "wall_clock_trusted",
    "yes_forgotten",
];

thread_local! {
    static PLANTED: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// Makes that bug active on this thread, and every other one inactive. A name that is none plants nothing.
pub fn plant(bug: Option<&str>) {
    PLANTED.set(bug.and_then(|bug| BUGS.into_iter().find(|known| *known == bug)));
}

/// Whether that bug is active on this thread.
pub(crate) fn is(bug: &str) -> bool {
    PLANTED.get() == Some(bug)
}
