//! How long to wait before asking again: the one retry policy.
//!
//! - **Full jitter**: any wait between nothing and the ceiling is as likely as any other, because phones that lost the
//!   cloud at the same moment must not come back at the same moment.
//! - **Base 500 ms, doubled each time, at most 15 minutes**: a lost answer right after a payment is repaired within a
//!   second or two, and a cloud that is down for a day sees each phone about eight times an hour.
//! - **Retry-After is a minimum**, the jitter comes on top for the reason above; it is cut at one hour, so that no
//!   answer can park a paid purchase for good.

use crate::seams::Entropy;
use std::time::Duration;

const BASE_MS: u64 = 500;
const CEILING_MS: u64 = 15 * 60 * 1000;
const LONGEST_RETRY_AFTER_S: u32 = 60 * 60;

/// The wait before the next try. `attempt` counts the tries that failed before this one's, 0 for the first repeat;
/// `retry_after` is what a signed problem asked for, in seconds.
pub fn delay(attempt: u32, retry_after: Option<u32>, entropy: &dyn Entropy) -> Duration {
    let doubled = BASE_MS.saturating_mul(1u64.checked_shl(attempt.min(32)).unwrap_or(u64::MAX));
    let jitter = entropy.below(doubled.min(CEILING_MS) + 1);
    let least = u64::from(retry_after.unwrap_or(0).min(LONGEST_RETRY_AFTER_S)) * 1000;
    Duration::from_millis(least + jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u64);

    impl Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            for (to, from) in bytes.iter_mut().zip(self.0.to_le_bytes()) {
                *to = from;
            }
        }
    }

    #[test]
    fn the_wait_doubles_up_to_a_quarter_of_an_hour_and_may_be_nothing() {
        assert_eq!(delay(0, None, &Fixed(500)), Duration::from_millis(500));
        assert_eq!(delay(3, None, &Fixed(4000)), Duration::from_millis(4000));
        assert_eq!(delay(0, None, &Fixed(501)), Duration::ZERO);
        assert_eq!(delay(u32::MAX, None, &Fixed(CEILING_MS)), Duration::from_secs(900));
    }

    #[test]
    fn what_the_cloud_asks_for_is_the_least_and_at_most_an_hour() {
        assert_eq!(delay(0, Some(20), &Fixed(0)), Duration::from_secs(20));
        assert_eq!(delay(0, Some(20), &Fixed(300)), Duration::from_millis(20_300));
        assert_eq!(delay(0, Some(u32::MAX), &Fixed(0)), Duration::from_secs(3600));
    }
}
