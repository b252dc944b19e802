//! What may happen to a file: a byte flipped, the end cut off, a stretch overwritten, the whole of it gone.

use crate::dice::Dice;
use std::collections::BTreeMap;

/// The files of a folder, by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// One damage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// Bits of one byte are flipped.
    Flip { file: String, at: usize, bits: u8 },
    /// Only so many bytes are left.
    Cut { file: String, length: usize },
    /// A stretch is overwritten, from `at` on.
    Overwrite { file: String, at: usize, with: Vec<u8> },
    /// A page is where another should be: a write that went astray.
    Astray { file: String, from: usize, to: usize },
    /// The file is gone.
    Gone { file: String },
}

const PAGE: usize = 4096;
/// Each so manyth byte of a shared index.
const INDEX_SAMPLE: usize = 61;

impl Damage {
    /// Every byte of every file flipped in turn, each `every`th of them. Of the shared index (`-shm`), which SQLite makes anew
    /// where nobody has the file open, a sample.
    pub fn flips(files: &Files, every: usize) -> Vec<Self> {
        let places = files.iter().flat_map(|(file, bytes)| {
            let step = if file.ends_with("-shm") { INDEX_SAMPLE } else { 1 };
            (0..bytes.len()).step_by(step).map(move |at| (file, at))
        });
        places
            .step_by(every.max(1))
            .map(|(file, at)| Self::Flip {
                file: file.clone(),
                at,
                bits: 0xff,
            })
            .collect()
    }

    /// Every file cut at each page and the bytes around it, at nothing, and gone; a log at each `every`th byte.
    pub fn cuts(files: &Files, every: usize) -> Vec<Self> {
        let mut cuts = Vec::new();
        for (file, bytes) in files {
            let pages = (0..=bytes.len())
                .step_by(PAGE)
                .flat_map(|at| [at.saturating_sub(1), at, at + 1]);
            let mut lengths: Vec<usize> = [0, 1, 16, 99, 100].into_iter().chain(pages).collect();
            if file.ends_with("-wal") {
                lengths.extend((0..bytes.len()).step_by(every.max(1)));
            }
            lengths.retain(|length| *length < bytes.len());
            lengths.sort_unstable();
            lengths.dedup();
            cuts.extend(lengths.into_iter().map(|length| Self::Cut {
                file: file.clone(),
                length,
            }));
            cuts.push(Self::Gone { file: file.clone() });
        }
        cuts
    }

    /// Any damage.
    pub fn random(files: &Files, dice: &mut Dice) -> Self {
        let names: Vec<&String> = files.keys().collect();
        let file = names[dice.below(names.len())].clone();
        let length = files[&file].len();
        match dice.below(4) {
            0 => Self::Flip {
                at: dice.below(length),
                bits: 1 << dice.below(8),
                file,
            },
            1 => Self::Cut {
                length: dice.below(length),
                file,
            },
            2 => {
                let (at, long) = (dice.below(length), 1 + dice.below(600));
                let with = (0..long).map(|_| dice.below(256) as u8).collect();
                Self::Overwrite { file, at, with }
            }
            _ => {
                let pages = length / PAGE;
                let (from, to) = (dice.below(pages) * PAGE, dice.below(pages) * PAGE);
                Self::Astray { file, from, to }
            }
        }
    }

    /// The files after it.
    pub fn done_to(&self, files: &Files) -> Files {
        let mut files = files.clone();
        let mut change = |file: &String, change: &dyn Fn(&mut Vec<u8>)| {
            if let Some(bytes) = files.get_mut(file) {
                change(bytes);
            }
        };
        match self {
            Self::Flip { file, at, bits } => change(file, &|bytes| {
                if let Some(byte) = bytes.get_mut(*at) {
                    *byte ^= bits;
                }
            }),
            Self::Cut { file, length } => change(file, &|bytes| bytes.truncate(*length)),
            Self::Overwrite { file, at, with } => change(file, &|bytes| {
                for (to, from) in bytes.iter_mut().skip(*at).zip(with) {
                    *to = *from;
                }
            }),
            Self::Astray { file, from, to } => change(file, &|bytes| {
                let page: Vec<u8> = bytes.iter().skip(*from).take(PAGE).copied().collect();
                for (to, from) in bytes.iter_mut().skip(*to).zip(page) {
                    *to = from;
                }
            }),
            Self::Gone { file } => drop(files.remove(file)),
        }
        files
    }
}
