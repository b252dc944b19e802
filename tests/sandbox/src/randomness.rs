//! Every id, key and token of a world, from its seed: the same seed and the same calls give the same bytes.
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha384};

/// The seeded generator. `draws` is kept with the world, so that a world opened again goes on and never repeats itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Randomness {
    seed: u64,
    draws: u64,
}

impl Randomness {
    pub(crate) fn new(seed: u64) -> Self {
        Randomness { seed, draws: 0 }
    }

    pub(crate) fn seed(&self) -> u64 {
        self.seed
    }

    /// The next 32 bytes; the label keeps ids of different kinds apart.
    pub(crate) fn draw(&mut self, label: &str) -> [u8; 32] {
        self.draws += 1;
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(self.draws.to_be_bytes());
        hash.update(label.as_bytes());
        hash.finalize().into()
    }

    /// A new id such as `sub_4f2a90c1d3e8`.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        let bytes = self.draw(prefix);
        format!("{prefix}_{}", hex::encode(&bytes[..6]))
    }

    /// True with the given probability (0 to 1).
    pub(crate) fn happens(&mut self, chance: f64) -> bool {
        let bytes = self.draw("chance");
        let mut high = [0u8; 8];
        high.copy_from_slice(&bytes[..8]);
        // 53 bits are what an f64 holds exactly.
        ((u64::from_be_bytes(high) >> 11) as f64) / ((1u64 << 53) as f64) < chance
    }
}

/// 32 bytes that hang on the seed and a label alone: keys and tokens that a reopened world must have again.
pub(crate) fn fixed(seed: u64, label: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"fixed");
    hash.update(seed.to_be_bytes());
    hash.update(label.as_bytes());
    hash.finalize().into()
}

/// 48 bytes of the same kind, for a P-384 key.
pub(crate) fn fixed_48(seed: u64, label: &str) -> [u8; 48] {
    let mut hash = Sha384::new();
    hash.update(b"fixed");
    hash.update(seed.to_be_bytes());
    hash.update(label.as_bytes());
    hash.finalize().into()
}

/// A UUID in the shape of version 4, lower case.
pub(crate) fn uuid_from(bytes: [u8; 32]) -> String {
    let mut sixteen = [0u8; 16];
    sixteen.copy_from_slice(&bytes[..16]);
    sixteen[6] = (sixteen[6] & 0x0f) | 0x40;
    sixteen[8] = (sixteen[8] & 0x3f) | 0x80;
    uuid::Uuid::from_bytes(sixteen).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_worlds_of_one_seed_draw_the_same_and_never_the_same_twice() {
        let (mut a, mut b) = (Randomness::new(7), Randomness::new(7));
        assert_eq!(a.id("sub"), b.id("sub"));
        assert_ne!(a.id("sub"), a.id("sub"));
        assert_ne!(Randomness::new(8).id("sub"), Randomness::new(7).id("sub"));
    }

    #[test]
    fn a_tag_is_shaped_like_a_random_uuid() {
        let tag = uuid_from(fixed(1, "tag"));
        assert_eq!(&tag[14..15], "4");
        assert!("89ab".contains(&tag[19..20]));
    }

    #[test]
    fn a_chance_of_none_never_happens_and_of_one_always() {
        let mut randomness = Randomness::new(1);
        assert!(!randomness.happens(0.0));
        assert!(randomness.happens(1.0));
    }
}
