//! `care explain`: why a camera is covered or not, and what helps.

use crate::commands::{rows, with_core};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::words;
use serde_json::json;
use tapo_care::message::Message;

/// Explains one camera.
///
/// # Errors
/// The account has no such camera.
pub async fn run(shell: &Shell, camera: &str) -> Result<u8, Failure> {
    with_core(shell, async |running| {
        let snapshot = running.care.snapshot();
        let id = rows::camera_named(&snapshot, camera);
        let Ok(explained) = running.care.explain(&id) else {
            let known: Vec<_> = snapshot.cameras.iter().map(|row| row.name.clone()).collect();
            let unknown = Message::new("no-camera-of-that-name").text("camera", camera);
            let unknown = if known.is_empty() {
                unknown
            } else {
                unknown.text("cameras", words::list(&known))
            };
            let sentence = format!("{} {}", words::say(&unknown), words::line("dont-see-your-camera"));
            return Err(Failure::refused("unknown_camera", sentence));
        };
        let sentences: Vec<_> = explained.sentences.iter().map(words::say).collect();
        if shell.output.json {
            let row = &explained.camera;
            let plan = snapshot
                .subscriptions
                .iter()
                .find(|plan| Some(&plan.id) == row.subscription.as_ref());
            shell
                .output
                .document(&json!({ "camera": row, "subscription": plan, "sentences": sentences }));
        } else {
            for sentence in sentences {
                shell.output.line(sentence);
            }
        }
        Ok(0)
    })
    .await
}
