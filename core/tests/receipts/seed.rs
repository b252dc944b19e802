//! Randomness that says where it began: `CARE_SEED` replays a run.

/// SplitMix64.
pub struct Seed(u64);

impl Seed {
    /// From `CARE_SEED`, else from the clock; printed either way.
    pub fn from_environment() -> Self {
        let given = std::env::var("CARE_SEED")
            .ok()
            .map(|seed| seed.parse().expect("CARE_SEED is a number"));
        let clock = || std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64;
        let seed = given.unwrap_or_else(clock);
        println!("CARE_SEED={seed} replays this");
        Self(seed)
    }

    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.number() % end.max(1) as u64) as usize
    }

    /// One of them.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}
