//! A phone's two databases on a bad disk. What must hold whatever happens to a file: the core opens, or says in a typed error
//! why not; it never panics; nothing is covered that the cloud did not sign; and money that was taken is granted once.
//!
//! Where to start: [`Folder`] is a folder with a plan, covered cameras and an unsettled purchase, and judges any damage to it.
//! `damage` lists damages, `disk` makes the file system itself fail. `cargo xtask corrupt` does all of it, the tests a sample.

#[path = "../../../core/tests/stories/both.rs"]
#[allow(dead_code, unused_macros)]
mod both;
mod damage;
mod dice;
mod disk;
mod folder;
#[path = "../../../core/tests/stories/phone.rs"]
#[allow(dead_code)]
mod phone;
#[path = "../../../core/tests/stories/world.rs"]
#[allow(dead_code)]
mod world;

pub use damage::Damage;
pub use dice::Dice;
pub use disk::{Failing, Fails};
pub use folder::{Folder, Judged};
