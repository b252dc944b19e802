//! Chains proved before, in memory: a known header leaves one signature of three to check.
//!
//! A chain is kept under the raw header segment that carried it, compared and never decoded. Only what led to a valid
//! signature is kept, so nobody can fill the cache with variants of Apple's header. Dates are not part of the answer:
//! they are asked on every call. Nothing is written to disk, so nobody can plant a key there.

use super::chain::{Chain, Window};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// Apple signs with one or two leaves at a time.
const MOST: usize = 8;
/// A longer header is proved again each time.
const LONGEST_HEADER: usize = 16 * 1024;

/// The newest few chains and intermediates.
#[derive(Debug, Default)]
pub(super) struct ChainCache {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    chains: VecDeque<(String, Chain)>,
    /// Intermediates a pinned root signed, with that root's window.
    intermediates: VecDeque<(Vec<u8>, Window)>,
}

impl ChainCache {
    /// The chain a raw header segment proved to be.
    pub(super) fn chain(&self, raw_header: &str) -> Option<Chain> {
        self.kept()
            .chains
            .iter()
            .find(|(header, _)| header == raw_header)
            .map(|(_, chain)| chain.clone())
    }

    pub(super) fn keep_chain(&self, raw_header: &str, chain: Chain) {
        if raw_header.len() > LONGEST_HEADER {
            return;
        }
        let mut kept = self.kept();
        if kept.chains.iter().all(|(header, _)| header != raw_header) {
            kept.chains.push_front((raw_header.to_owned(), chain));
            kept.chains.truncate(MOST);
        }
    }

    /// The window of the root that signed this intermediate, where that was proved.
    pub(super) fn intermediate(&self, der: &[u8]) -> Option<Window> {
        self.kept()
            .intermediates
            .iter()
            .find(|(known, _)| known == der)
            .map(|(_, window)| *window)
    }

    pub(super) fn keep_intermediate(&self, der: &[u8], root: Window) {
        let mut kept = self.kept();
        if kept.intermediates.iter().all(|(known, _)| known != der) {
            kept.intermediates.push_front((der.to_vec(), root));
            kept.intermediates.truncate(MOST);
        }
    }

    /// Every write is whole, so a thread that died holding the lock left nothing half done.
    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_few_are_kept_once_each_and_no_long_header_is() {
        let cache = ChainCache::default();
        for name in ["a", "a", "b", "c", "d", "e", "f", "g", "h", "i"] {
            cache.keep_chain(name, Chain::any());
        }
        let kept = |name: &str| cache.chain(name).is_some();
        assert!(!kept("a") && kept("b") && kept("i"), "eight, the oldest goes first");
        // Apple's has four kilobytes.
        for length in [8 * 1024, LONGEST_HEADER, LONGEST_HEADER + 1, 2 * LONGEST_HEADER] {
            let header = "h".repeat(length);
            cache.keep_chain(&header, Chain::any());
            assert_eq!(kept(&header), length <= LONGEST_HEADER, "{length}");
        }
    }
}
