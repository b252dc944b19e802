//! `care demo`, and what `cargo run` does: the main story on a sandbox of its own, told as it happens.
//!
//! - `story` the purchase on the App Store · `later` without network, a month later, a trial · `play` the act on Google Play
//! - `teller` prints a step, and stops at the first one that did not go as expected
//! - `forgery` a receipt changed by one digit · `apple` what Apple really signed

mod apple;
mod forgery;
mod later;
mod play;
mod story;
mod teller;

use crate::args::{Global, Stores};
use crate::failure::Failure;
use crate::output::{Output, Paint};
use crate::shell::Shell;
use crate::state::StateFolder;
use std::time::Instant;
use teller::Teller;

/// Tells the story. Exit code 0 only where each step went as expected.
///
/// # Errors
/// The step that did not, or a folder that is not fresh.
pub async fn run(global: &Global, output: Output) -> Result<u8, Failure> {
    if global.cloud.is_some() || global.trust.is_some() {
        return Err(Failure::Usage(
            "The demo tells its story on a sandbox of its own: leave --cloud and --trust out.".to_owned(),
        ));
    }
    let began = Instant::now();
    // Kept until the end: dropping it removes the folder.
    let (folder, temporary) = match &global.state {
        Some(named) if named.join("sandbox.db").exists() => {
            return Err(Failure::Usage(format!(
                "The demo wants a fresh folder, and {} already holds a world: name another one, or none.",
                named.display()
            )));
        }
        Some(named) => (StateFolder::choose(Some(named))?, None),
        None => {
            let made = tempfile::Builder::new().prefix("care-demo-").tempdir();
            let made = made.map_err(|error| {
                Failure::refused(
                    "folder_unusable",
                    format!("No temporary folder could be made: {error}."),
                )
            })?;
            (StateFolder::choose(Some(made.path()))?, Some(made))
        }
    };
    // It tells of both stores, whichever was named.
    let mut global = global.clone();
    global.stores = Some(Stores::AppStore);
    let shell = Shell::prepare_in(&global, output, folder)?;
    let mut teller = Teller::new(output);
    if !output.json {
        output.line(output.paint(Paint::Title, "Tapo Care: one plan, from the shelf to the cameras."));
        output.line(output.paint(
            Paint::Quiet,
            "A sandbox stands in for both stores and the Care cloud. It signs like the real ones; nothing is charged.",
        ));
    }
    story::tell(&shell, &mut teller).await?;
    play::tell(&shell, &mut teller).await?;
    if !output.json {
        output.line("");
        output.line(output.paint(
            Paint::Good,
            &format!(
                "Done: {} steps in {:.1} s, each as expected.",
                teller.told(),
                began.elapsed().as_secs_f64()
            ),
        ));
        output.line(match temporary {
            Some(_) => {
                "Now yours: `care plans`, `care subscribe tapo-3-monthly`, `care status`, `care --help`.".to_owned()
            }
            None => format!(
                "Look around in it: `care --state {} status`.",
                shell.folder.path().display()
            ),
        });
    }
    Ok(0)
}
