//! One story on one store, from its first step to the first that does not hold.
//!
//! It is played on one thread whose time stands still: a retry, a deadline or a late answer comes the moment nothing else
//! can happen, so nobody waits, and the same seed gives the same run. The world has a clock of its own, moved by the story.

use super::act::{Happened, act};
use super::compare::{Difference, at_this_store, differences};
use super::hand::lock;
use super::look;
use super::read::{Scenario, Scene};
use super::stage::Stage;
use crate::args::StoreName;
use crate::failure::Failure;
use serde_json::{Map, Value, json};
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

/// How one telling went.
#[derive(Debug)]
pub struct Played {
    /// The story's name.
    pub scenario: String,
    /// Its sentence.
    pub title: String,
    /// The rules it shows.
    pub rules: Vec<String>,
    /// At which store.
    pub store: StoreName,
    /// The first step that did not hold; none where each did.
    pub broken: Option<Broken>,
    /// How long it took.
    pub took: Duration,
}

/// The step that did not hold.
#[derive(Debug)]
pub struct Broken {
    /// Which, from 1.
    pub step: usize,
    /// Its line in the file.
    pub line: usize,
    /// Its verb.
    pub verb: String,
    /// Fields that are not as expected.
    pub differences: Vec<Difference>,
    /// What went wrong beside them.
    pub why: Option<String>,
}

/// Plays it.
pub fn play(scenario: &Scenario, store: StoreName, seed: u64) -> Played {
    let began = Instant::now();
    let told = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build();
        match runtime {
            Ok(runtime) => runtime.block_on(tell(scenario, store, seed)),
            Err(error) => Some(Broken::before(format!("no runtime: {error}"))),
        }
    }));
    Played {
        scenario: scenario.name.clone(),
        title: scenario.title.clone(),
        rules: scenario.rules.clone(),
        store,
        broken: told.unwrap_or_else(|_| Some(Broken::before("it panicked".to_owned()))),
        took: began.elapsed(),
    }
}

impl Broken {
    fn before(why: String) -> Self {
        Self {
            step: 0,
            line: 1,
            verb: "start".to_owned(),
            differences: Vec::new(),
            why: Some(why),
        }
    }
}

async fn tell(scenario: &Scenario, store: StoreName, seed: u64) -> Option<Broken> {
    let mut stage = match Stage::set(scenario, store, seed).await {
        Ok(stage) => stage,
        Err(failure) => return Some(Broken::before(said(&failure))),
    };
    let mut broken = None;
    for (nth, scene) in scenario.steps.iter().enumerate() {
        if scene.only.is_some_and(|only| only != store) {
            continue;
        }
        let (differences, why) = match holds(&mut stage, scene).await {
            Ok(differences) if differences.is_empty() => continue,
            Ok(differences) => (differences, None),
            Err(failure) => (Vec::new(), Some(said(&failure))),
        };
        broken = Some(Broken {
            step: nth + 1,
            line: scene.line,
            verb: scene.verb.to_owned(),
            differences,
            why,
        });
        break;
    }
    stage.strike().await;
    broken
}

fn said(failure: &Failure) -> String {
    match failure {
        Failure::Core(error) => error.to_string(),
        other => other.sentence(),
    }
}

/// Does the step and compares.
async fn holds(stage: &mut Stage, scene: &Scene) -> Result<Vec<Difference>, Failure> {
    let phone = stage.phone(&scene.on)?;
    let sheets_before = phone.sheets();
    lock(&phone.hand.requests).clear();
    let happened = act(stage, scene).await?;
    let expect = &scene.expect;
    let mut found = surprises(scene, &happened);
    if let Some(wanted) = &expect.outcome
        && let [only] = &happened.outcomes[..]
    {
        found.extend(compared(stage, "outcome", json!(wanted), only));
    }
    if let Some(wanted) = &expect.error {
        let there = happened.error.as_ref().unwrap_or(&Value::Null);
        found.extend(compared(stage, "error", json!(wanted), there));
    }
    if let Some(wanted) = &expect.returned {
        found.extend(compared(stage, "returned", json!(wanted), &json!(happened.returned)));
    }
    if let Some(wanted) = &expect.restored {
        found.extend(compared(stage, "restored", json!(wanted), &json!(happened.restored)));
    }
    if let Some(wanted) = &expect.on_sale {
        let there = happened.on_sale.as_ref().unwrap_or(&Value::Null);
        found.extend(compared(stage, "on_sale", json!(wanted), there));
    }
    let phone = stage.phone(&scene.on)?;
    if let Some(wanted) = expect.sheets {
        let there = phone.sheets() - sheets_before;
        found.extend(differences("sheets", &json!(wanted), &json!(there)));
    }
    if let Some(wanted) = &expect.requests {
        let there = lock(&phone.hand.requests).clone();
        let there: Map<String, Value> = wanted
            .keys()
            .map(|line| (line.clone(), json!(there.get(line).copied().unwrap_or(0))))
            .collect();
        found.extend(differences("requests", &json!(wanted), &Value::Object(there)));
    }
    found.extend(what_is_there(stage, scene).await?);
    Ok(found)
}

/// What is shown, known, held and said after the step.
async fn what_is_there(stage: &mut Stage, scene: &Scene) -> Result<Vec<Difference>, Failure> {
    let (expect, mut found) = (&scene.expect, Vec::new());
    if expect.status.is_some() || expect.receipts.is_some() {
        let phone = stage.phone(&scene.on)?;
        let running = phone.app(None).await?;
        let name = phone.person.as_ref().map(|person| person.name.clone());
        let status = look::status(&running.care.snapshot(), name.as_deref());
        let receipts = look::receipts(&running.care.receipts());
        if let Some(wanted) = &expect.status {
            found.extend(compared(stage, "status", json!(wanted), &status));
        }
        if let Some(wanted) = &expect.receipts {
            found.extend(compared(stage, "receipts", json!(wanted), &receipts));
        }
    }
    if let Some(wanted) = &expect.ledger {
        let there = look::ledger(stage).await?;
        found.extend(compared(stage, "ledger", json!(wanted), &there));
    }
    for (name, wanted) in expect.cloud.iter().flatten() {
        let there = stage.cloud.account(name).await?;
        found.extend(compared(stage, &format!("cloud.{name}"), json!(wanted), &there));
    }
    Ok(found)
}

fn compared(stage: &Stage, field: &str, mut wanted: Value, there: &Value) -> Vec<Difference> {
    at_this_store(&mut wanted, stage.store);
    differences(field, &wanted, there)
}

/// What nobody expected: an error, an end other than a grant, or no death where one was to come.
fn surprises(scene: &Scene, happened: &Happened) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut surprise = |field: &str, expected: Value, there: Value| {
        found.push(Difference {
            field: field.to_owned(),
            expected,
            found: there,
        });
    };
    if happened.died != scene.dies_at.is_some() {
        surprise("died", json!(scene.dies_at.is_some()), json!(happened.died));
    }
    if let (None, Some(error)) = (&scene.expect.error, &happened.error) {
        surprise("error", Value::Null, error.clone());
    }
    match (&scene.expect.outcome, &happened.outcomes[..]) {
        (None, [ended]) if ended["kind"] == "granted" => {}
        (None, []) | (Some(_), [_]) => {}
        (None, ends) => surprise("outcome", Value::Null, json!(ends)),
        (Some(wanted), ends) => surprise("outcome", json!(wanted), json!(ends)),
    }
    found
}
