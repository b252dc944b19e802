//! Stories of buyers as data: what `care run` reads, plays over a world of its own, and compares.
//!
//! - `format` what may be written · `read` from text to a story, every mistake with its line and column
//! - `stage` one world and its phones · `phone`, `hand` a phone that may die, be cut off or be lied to
//! - `act`, `events`, `device` what a step does, in the app, in the world, to the phone · `look` what is then there · `compare` what is not as expected
//! - `play` one story on one store, from its first step to the first that does not hold · `junit` for CI

mod act;
mod compare;
mod device;
mod events;
mod format;
mod hand;
mod junit;
mod look;
mod phone;
mod play;
mod read;
mod stage;

pub use junit::{junit, store_word};
pub use play::{Played, play};
pub use read::{Scenario, find, read};
