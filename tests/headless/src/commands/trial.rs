//! `care trial`: a camera's free trial (T1).

use crate::args::Trial;
use crate::commands::{rows, with_core};
use crate::failure::Failure;
use crate::output::Paint;
use crate::shell::Shell;
use crate::words;
use serde_json::json;
use tapo_care::snapshot::{CameraRow, Snapshot};

/// Lists the trials, or starts one.
///
/// # Errors
/// The trial cannot be started.
pub async fn run(shell: &Shell, action: Option<Trial>) -> Result<u8, Failure> {
    with_core(shell, async |running| {
        let snapshot = running.care.snapshot();
        let Some(Trial::Start { camera }) = &action else {
            list(shell, &snapshot);
            return Ok(0);
        };
        let camera = rows::camera_named(&snapshot, camera);
        running.care.start_trial(camera.clone()).await?;
        let snapshot = running.care.snapshot();
        let row = snapshot.cameras.iter().find(|row| row.id == camera);
        if shell.output.json {
            shell
                .output
                .document(&json!({ "camera": camera, "trial": row.map(|row| &row.trial) }));
        } else if let Some(row) = row {
            shell.output.line(shell.output.paint(
                Paint::Good,
                &format!("{}: {}", row.name, words::say(&row.trial.message)),
            ));
        }
        Ok(0)
    })
    .await
}

fn list(shell: &Shell, snapshot: &Snapshot) {
    let output = shell.output;
    if output.json {
        let each = |row: &CameraRow| json!({ "camera": row.id, "name": row.name, "trial": row.trial });
        output.document(&json!({ "trials": snapshot.cameras.iter().map(each).collect::<Vec<_>>() }));
        return;
    }
    if snapshot.cameras.is_empty() {
        output.line(words::line("no-camera"));
    }
    let row = |camera: &CameraRow| {
        let can = if camera.trial.can_start {
            format!("`care trial start {}`", camera.name)
        } else {
            String::new()
        };
        vec![camera.name.clone(), words::say(&camera.trial.message), can]
    };
    output.table(
        &rows::heads(["camera", "free-trial", "start-with"]),
        snapshot.cameras.iter().map(row).collect(),
        "",
    );
}
