//! `care explain`: why a camera is covered or not, and what helps.

use crate::commands::{rows, with_core};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::words;
use serde_json::json;
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
                    words::DONT_SEE_YOUR_CAMERA
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
    let mut sentences = vec![match (row.cover, plan) {
        (Cover::Covered, Some(plan)) => format!("{name} is covered by {}, which {}.", plan.title, rows::renewal(plan)),
        (Cover::Covered, None) => format!("{name} is covered."),
        (Cover::Unknown, _) => {
            format!("Whether {name} is covered cannot be said now: the time, or the cloud's last word, is not known.")
        }
        (Cover::NotCovered, Some(plan)) => {
            format!(
                "{name} is on {}, which does not cover it now: {}.",
                plan.title,
                words::phase(plan.phase.as_str())
            )
        }
        (Cover::NotCovered, None) => format!("{name} is on no plan."),
    }];
    if freshness != Freshness::Fresh {
        sentences.push("The cloud could not be asked just now, so this is what it said last.".to_owned());
    }
    match &row.blocked {
        Some(reason) => sentences.push(format!("It cannot be added to a plan: {}", words::say(reason))),
        None if row.selectable && row.subscription.is_none() => sentences.push("It can be added to a plan.".to_owned()),
        None => {}
    }
    sentences.push(words::say(&row.trial.message));
    sentences
}
