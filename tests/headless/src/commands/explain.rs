//! `care explain`: why a camera is covered or not, and what helps.

use crate::commands::{rows, with_core};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::words;
use serde_json::json;
use tapo_care::message::Message;
use tapo_care::snapshot::{CameraRow, Cover, Freshness, SubscriptionRow};

/// Explains one camera.
///
/// # Errors
/// The account has no such camera.
pub async fn run(shell: &Shell, camera: &str) -> Result<u8, Failure> {
    with_core(shell, async |running| {
        let snapshot = running.care.snapshot();
        let id = rows::camera_named(&snapshot, camera);
        let Some(row) = snapshot.cameras.iter().find(|row| row.id == id) else {
            let known: Vec<_> = snapshot.cameras.iter().map(|row| row.name.as_str()).collect();
            let listed = if known.is_empty() {
                "none".to_owned()
            } else {
                known.join(", ")
            };
            return Err(Failure::refused(
                "unknown_camera",
                format!(
                    "This account has no camera `{camera}`; it has: {listed}. {}",
                    words::line("dont-see-your-camera")
                ),
            ));
        };
        let plan = snapshot
            .subscriptions
            .iter()
            .find(|plan| Some(&plan.id) == row.subscription.as_ref());
        let sentences = sentences(snapshot.freshness, row, plan);
        if shell.output.json {
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

fn sentences(freshness: Freshness, row: &CameraRow, plan: Option<&SubscriptionRow>) -> Vec<String> {
    let name = format!("{} ({})", row.name, row.model);
    let of_camera = |key: &str| Message::new(key).text("camera", &name);
    let mut sentences = vec![words::say(&match (row.cover, plan) {
        (Cover::Covered, Some(plan)) => of_camera("explain-covered")
            .text("plan", &plan.title)
            .text("terms", words::say(&plan.terms)),
        (Cover::Covered, None) => of_camera("explain-covered-somehow"),
        (Cover::Unknown, _) => of_camera("explain-unknown"),
        (Cover::NotCovered, Some(plan)) => of_camera("explain-not-covering")
            .text("plan", &plan.title)
            .text("phase", plan.phase.as_str()),
        (Cover::NotCovered, None) => of_camera("explain-no-plan"),
    })];
    if freshness != Freshness::Fresh {
        sentences.push(words::line("explain-last-word"));
    }
    match &row.blocked {
        Some(reason) => {
            let cannot = Message::new("explain-cannot-be-added").text("reason", words::say(reason));
            sentences.push(words::say(&cannot));
        }
        None if row.selectable && row.subscription.is_none() => sentences.push(words::line("explain-can-be-added")),
        None => {}
    }
    sentences.push(words::say(&row.trial.message));
    sentences
}
