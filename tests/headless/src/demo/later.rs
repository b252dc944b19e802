//! What comes after the purchase: a start without network, a month later, a camera's trial.

use crate::args::Sheet;
use crate::commands::rows;
use crate::demo::teller::Teller;
use crate::failure::Failure;
use crate::shell::{Running, Shell};
use crate::words;
use serde_json::json;
use std::sync::Arc;
use tapo_care::CareError;
use tapo_care::id::SubscriptionId;
use tapo_care::seams::{HttpRequest, HttpResponse, Transport, TransportError};
use tapo_care::snapshot::{Cover, Freshness, Snapshot};

/// A new start over a network that is gone.
///
/// # Errors
/// The plan is not as it was.
pub async fn offline(shell: &Shell, teller: &mut Teller, subscription: &SubscriptionId) -> Result<(), Failure> {
    teller.begin("offline", "A new start, without network");
    let running = shell.open_over(Sheet::Pay, Arc::new(NoNetwork)).await?;
    // Asked and not answered.
    let asked = running.care.refresh().await;
    let snapshot = running.care.snapshot();
    running.care.close().await;
    teller.expect(
        matches!(asked, Err(CareError::TryAgain(_))),
        "the cloud cannot be reached",
    )?;
    let (header, table) = rows::subscriptions(&snapshot);
    teller.table(&header, table);
    teller.says(format!(
        "The same plan, still covering, marked stale (as of {}).",
        snapshot.as_of.map(words::moment).unwrap_or_default()
    ));
    let Some(plan) = snapshot.subscriptions.iter().find(|plan| &plan.id == subscription) else {
        return Err(teller.broken("the plan is still there"));
    };
    teller.expect(snapshot.freshness == Freshness::Stale, "the snapshot is marked stale")?;
    teller.expect(
        plan.cover == Cover::Covered && plan.cameras.len() == 2,
        "it still covers its cameras",
    )?;
    teller.fact("freshness", json!(snapshot.freshness));
    teller.fact("cameras", json!(plan.cameras));
    teller.end();
    Ok(())
}

/// The world moves on, and the plan renews.
///
/// # Errors
/// It does not.
pub async fn a_month_later(
    shell: &Shell,
    running: &Running,
    teller: &mut Teller,
    subscription: &SubscriptionId,
) -> Result<(), Failure> {
    teller.begin("renewed", "A month later");
    let next = |snapshot: &Snapshot| {
        let plan = snapshot.subscriptions.iter().find(|plan| &plan.id == subscription);
        plan.and_then(|plan| plan.renews_at)
    };
    let before = next(&running.care.snapshot());
    shell
        .world
        .control
        .ask("POST", "/control/clock/advance", Some(&json!({ "by": "P31D" })))
        .await?;
    running.settle().await;
    let snapshot = running.care.snapshot();
    let after = next(&snapshot);
    teller.says(format!(
        "It was to renew on {}. It did, and renews next on {}.",
        before.map(words::date).unwrap_or_default(),
        after.map(words::date).unwrap_or_default()
    ));
    teller.expect(before.is_some() && after > before, "the plan renewed")?;
    teller.expect(snapshot.freshness == Freshness::Fresh, "the cloud was asked")?;
    let receipts = running.care.receipts();
    let genuine = receipts.iter().filter(|receipt| receipt.verified);
    teller.expect(genuine.clone().count() == 2, "the renewal's receipt is verified")?;
    teller.expect(
        genuine.clone().all(|receipt| receipt.finished),
        "both receipts are finished at the store",
    )?;
    teller.says("The renewal's receipt came from the store, was verified, granted and finished like the first.");
    teller.fact("renewed_on", json!(before));
    teller.fact("renews_at", json!(after));
    teller.end();
    Ok(())
}

/// A camera without a plan gets its free trial.
///
/// # Errors
/// It cannot be started.
pub async fn trial(running: &Running, teller: &mut Teller) -> Result<(), Failure> {
    teller.begin("trial", "A free trial for a camera that no plan covers");
    let snapshot = running.care.snapshot();
    let Some(camera) = snapshot.cameras.iter().find(|camera| camera.trial.can_start) else {
        return Err(teller.broken("a camera may have a free trial"));
    };
    running.care.start_trial(camera.id.clone()).await?;
    let snapshot = running.care.snapshot();
    let Some(camera) = snapshot.cameras.iter().find(|row| row.id == camera.id) else {
        return Err(teller.broken("the camera is still there"));
    };
    teller.says(format!("{}: {}", camera.name, words::say(&camera.trial.message)));
    teller.expect(camera.trial.state == "active", "the trial runs")?;
    teller.expect(camera.trial.days_left.is_some_and(|days| days > 0), "days are left")?;
    teller.fact("camera", camera.id.to_string());
    teller.fact("days_left", json!(camera.trial.days_left));
    teller.end();
    Ok(())
}

/// A network that is gone.
struct NoNetwork;

#[async_trait::async_trait]
impl Transport for NoNetwork {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        Err(TransportError::NoAnswer("there is no network".to_owned()))
    }
}
