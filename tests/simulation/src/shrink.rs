//! From a failing schedule to a short one that fails in the same way.

use crate::{Played, Schedule, play};

/// Plays at most this often.
const PLAYS: usize = 250;

/// Drops steps as long as the same invariant breaks without them; the shortest schedule found, and how it went.
#[must_use]
pub fn shrink(failing: &Schedule, played: Played) -> (Schedule, Played) {
    let invariant = played.violation.as_ref().map(|violation| violation.invariant);
    let (mut best, mut best_played) = (failing.clone(), played);
    let mut plays = 0;
    let mut piece = best.steps.len() / 2;
    while piece > 0 && plays < PLAYS {
        let mut dropped = false;
        let mut from = best.steps.len();
        while from > 0 && plays < PLAYS {
            from = from.saturating_sub(piece);
            let mut shorter = best.clone();
            let to = (from + piece).min(shorter.steps.len());
            shorter.steps.drain(from..to);
            plays += 1;
            let played = play(&shorter);
            if played.violation.as_ref().map(|violation| violation.invariant) == invariant {
                (best, best_played) = (shorter, played);
                dropped = true;
            }
        }
        if !dropped || piece > 1 {
            piece /= 2;
        }
    }
    (best, best_played)
}
