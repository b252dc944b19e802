//! `care trial`: a camera's free trial (T1).

use crate::args::Trial;
use crate::commands::{rows, with_core, with_yes};
use crate::failure::Failure;
use crate::output::Paint;
use crate::shell::Shell;
use crate::words;
use serde_json::json;
use tapo_care::message::Message;
use tapo_care::snapshot::{CameraRow, Snapshot};

/// Lists the trials, starts or cancels one, or hides what is said about it.
///
/// # Errors
/// The trial cannot be started or cancelled, or a yes is missing.
pub async fn run(shell: &Shell, action: Option<Trial>) -> Result<u8, Failure> {
    with_core(shell, async |running| {
        let snapshot = running.care.snapshot();
        let Some(action) = &action else {
            list(shell, &snapshot);
            return Ok(0);
        };
        let (Trial::Start { camera } | Trial::Cancel { camera, .. } | Trial::Hide { camera }) = action;
        let camera = rows::camera_named(&snapshot, camera);
        match action {
            Trial::Start { .. } => running.care.start_trial(camera.clone()).await?,
            Trial::Cancel { yes, .. } => {
                with_yes(shell.output, *yes, async |confirmation| {
                    running.care.cancel_trial(camera.clone(), confirmation).await
                })
                .await?;
            }
            Trial::Hide { .. } => running.care.close_banner(camera.clone()).await?,
        }
        let snapshot = running.care.snapshot();
        let row = snapshot.cameras.iter().find(|row| row.id == camera);
        if shell.output.json {
            shell.output.document(
                &json!({ "camera": camera, "trial": row.map(|row| &row.trial), "banners": snapshot.banners }),
            );
        } else if let Some(row) = row {
            let said = match action {
                Trial::Hide { .. } => words::say(&Message::new("trial-hidden").text("camera", &row.name)),
                _ => words::say(
                    &Message::new("camera-says")
                        .text("camera", &row.name)
                        .text("said", words::say(&row.trial.message)),
                ),
            };
            shell.output.line(shell.output.paint(Paint::Good, &said));
        }
        Ok(0)
    })
    .await
}

fn list(shell: &Shell, snapshot: &Snapshot) {
    let output = shell.output;
    if output.json {
        let each = |row: &CameraRow| json!({ "camera": row.id, "name": row.name, "trial": row.trial });
        output.document(&json!({
            "trials": snapshot.cameras.iter().map(each).collect::<Vec<_>>(), "account_trial": snapshot.account_trial,
            "banners": snapshot.banners,
        }));
        return;
    }
    if snapshot.cameras.is_empty() {
        output.line(words::line("no-camera"));
    }
    let row = |camera: &CameraRow| {
        let can = if camera.trial.can_start {
            format!("`care trial start {}`", camera.name)
        } else if camera.trial.can_cancel {
            let command = format!("`care trial cancel {}`", camera.name);
            words::say(&Message::new("trial-cancel-with").text("command", command))
        } else {
            String::new()
        };
        vec![camera.name.clone(), words::say(&camera.trial.message), can]
    };
    output.table(
        &rows::heads(["camera", "free-trial", "start-or-cancel-with"]),
        snapshot.cameras.iter().map(row).collect(),
        "",
    );
    if let Some(trial) = &snapshot.account_trial {
        output.line(words::say(&trial.message));
    }
}
