//! `care sandbox plan`, `trial` and `free`: states that this world's own clouds and stores would not bring about.

use crate::args::{SandboxFree, SandboxPlan, SandboxTrial};
use crate::commands::sandbox::{camera_id, signed_in, tell};
use crate::failure::Failure;
use crate::shell::Shell;
use serde_json::{Value, json};

/// Gives an account a plan.
///
/// # Errors
/// Control says no.
pub async fn plan(shell: &Shell, what: SandboxPlan) -> Result<(), Failure> {
    let SandboxPlan::Add {
        plan,
        channel,
        cameras,
        origin,
        offer,
        phase,
        renews,
        history,
        account,
    } = what;
    let account = account.map_or_else(|| signed_in(shell), Ok)?;
    let mut ids = Vec::new();
    for camera in &cameras {
        ids.push(camera_id(shell, camera).await?);
    }
    let asked = without_nulls(json!({
        "account": account, "plan": plan, "channel": channel, "cameras": ids, "origin": origin, "offer": offer,
        "phase": phase, "renews": renews, "history": history,
    }));
    let given = shell
        .world
        .control
        .ask("POST", "/control/subscriptions", Some(&asked))
        .await?;
    tell(shell, &given, |given| {
        let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
        vec![format!(
            "{account} has {} from {}. Its id is {}.",
            text(&given["plan"]["title"]),
            sold_by(&channel),
            text(&given["id"])
        )]
    });
    Ok(())
}

/// Where a plan was bought, for a developer.
fn sold_by(channel: &str) -> &str {
    match channel {
        "app_store" => "the App Store",
        "play" => "Google Play",
        "web" => "the web portal",
        "code" => "a redemption code",
        other => other,
    }
}

/// Says how a trial stands.
///
/// # Errors
/// Control says no.
pub async fn trial(shell: &Shell, what: SandboxTrial) -> Result<(), Failure> {
    let SandboxTrial::Set {
        camera,
        stands,
        left,
        reason,
    } = what;
    let trial = without_nulls(json!({ "state": stands, "left": left, "reason": reason }));
    let control = &shell.world.control;
    let told = if camera == "account" {
        let account = signed_in(shell)?;
        let asked = json!({ "trial": trial });
        control
            .ask("POST", &format!("/control/accounts/{account}"), Some(&asked))
            .await?;
        json!({ "account": account, "trial": trial })
    } else {
        let id = camera_id(shell, &camera).await?;
        control
            .ask("POST", &format!("/control/cameras/{id}/trial"), Some(&trial))
            .await?
    };
    tell(shell, &told, |_| {
        vec![format!("The free trial of {camera} is {stands} now.")]
    });
    Ok(())
}

/// Says what a camera's model records for free.
///
/// # Errors
/// Control says no.
pub async fn free(shell: &Shell, what: SandboxFree) -> Result<(), Failure> {
    let SandboxFree::Set {
        camera,
        stands,
        hours,
        left,
    } = what;
    let id = camera_id(shell, &camera).await?;
    let asked = without_nulls(json!({ "state": stands, "history_h": hours, "left": left }));
    let path = format!("/control/cameras/{id}/free-plan");
    let told = shell.world.control.ask("POST", &path, Some(&asked)).await?;
    tell(shell, &told, |_| {
        vec![format!("The free plan of {camera} is {stands} now.")]
    });
    Ok(())
}

fn without_nulls(mut value: Value) -> Value {
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|_, field| !field.is_null());
    }
    value
}
