//! `cargo xtask package`: the shipped library in the form each platform takes.

mod android;
mod apple;
pub mod jvm;
mod python;
pub mod targets;

use clap::ValueEnum;

use crate::problem::Problem;
use crate::shipped;
use crate::terminal::{say, strong};
use crate::workspace::Workspace;

pub use python::wheel;

/// For whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// A wheel for this machine
    Python,
    /// Jars for this machine: the Kotlin package, and its bindings with the library in them
    Jvm,
    /// An XCFramework and the Swift side, for device and simulator
    Apple,
    /// Libraries by ABI for an AAR, and the Kotlin side; needs ANDROID_NDK_HOME
    Android,
}

/// Builds the package and says what it is made of.
pub fn package(kind: Kind) -> Result<(), Problem> {
    let workspace = Workspace::find()?;
    let folder = match kind {
        Kind::Python => python::package(&workspace)?,
        Kind::Jvm => jvm::package(&workspace)?,
        Kind::Apple => apple::package(&workspace)?,
        Kind::Android => android::package(&workspace)?,
    };
    say("");
    say(&strong(&workspace.relative(&folder)));
    shipped::list(&workspace, &folder)
}
