//! The trial of a camera: thirty days, once, paused while a plan covers the camera (T1, T2).
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::camera::{Camera, covering};
use super::shown::TrialShown;
use super::{not_found, refused};
use crate::call::{Answer, Call};
use crate::contract;
use crate::moment::{nth_after, rfc3339};
use crate::world::World;

/// The length is data of the cloud, never a constant of a client (R66).
const LENGTH: &str = "P30D";

/// A trial that was started.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Trial {
    started_ms: i64,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    Active { ends_ms: i64 },
    Paused { remaining_ms: i64 },
    Used { ended_ms: i64 },
}

impl Trial {
    /// When it ends, while it runs.
    pub(super) fn ends_ms(&self) -> Option<i64> {
        match self.state {
            State::Active { ends_ms } => Some(ends_ms),
            State::Paused { .. } | State::Used { .. } => None,
        }
    }
}

/// A state and a reason that control set, and that the cloud says until the trial is touched.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Word {
    state: String,
    reason: Option<String>,
}

pub(super) fn document(camera: &Camera, covered: bool) -> TrialShown {
    let started_at = camera.trial.as_ref().map(|trial| rfc3339(trial.started_ms));
    let (state, reason, ends_at, remaining_s) = match camera.trial.as_ref().map(|trial| &trial.state) {
        Some(State::Active { ends_ms }) => ("active", None, Some(rfc3339(*ends_ms)), None),
        Some(State::Paused { remaining_ms }) => ("paused", None, None, Some(remaining_ms / 1000)),
        Some(State::Used { ended_ms }) => ("used", Some("used"), Some(rfc3339(*ended_ms)), None),
        None => match not_offered(camera, covered) {
            Some(reason) => ("not_offered", Some(reason), None, None),
            None => ("eligible", None, None, None),
        },
    };
    let (state, reason) = match &camera.trial_word {
        Some(word) => (word.state.clone(), word.reason.clone()),
        None => (state.to_owned(), reason.map(str::to_owned)),
    };
    TrialShown {
        state,
        reason,
        length: LENGTH,
        started_at,
        ends_at,
        remaining_s,
    }
}

fn not_offered(camera: &Camera, covered: bool) -> Option<&'static str> {
    match camera.blocked() {
        _ if covered => Some("covered"),
        Some(blocked) if blocked.reason == "model_not_supported" => Some("model_not_supported"),
        _ => None,
    }
}

/// Control's word on a camera's trial; `left_ms` is what is left of it. False where there is no such camera.
pub(crate) fn set(world: &mut World, id: &str, state: &str, left_ms: i64, reason: Option<String>) -> bool {
    let now = world.now();
    let Some(camera) = world.cloud.cameras.iter_mut().find(|camera| camera.id == id) else {
        return false;
    };
    let begun = |state: State| Some(Trial { started_ms: now, state });
    (camera.trial, camera.trial_word) = match state {
        "eligible" => (None, None),
        "active" => (begun(State::Active { ends_ms: now + left_ms }), None),
        "paused" => (begun(State::Paused { remaining_ms: left_ms }), None),
        "used" => (begun(State::Used { ended_ms: now }), None),
        other => {
            let word = Word {
                state: other.to_owned(),
                reason,
            };
            (None, Some(word))
        }
    };
    world.note(format!("control: the trial of {id} is {state}"));
    super::settle(world);
    true
}

/// Which camera's trial begins.
#[derive(Deserialize, JsonSchema)]
pub(super) struct StartTrial {
    #[schemars(with = "contract::CameraId")]
    camera: String,
}

/// The trial as it stands now.
#[derive(Serialize, JsonSchema)]
pub(super) struct StartedTrial {
    #[schemars(with = "contract::CameraId")]
    camera: String,
    trial: TrialShown,
}

/// `POST /v1/trials`.
pub(super) fn post(world: &mut World, call: &Call, account: &str) -> Result<Answer, Answer> {
    let asked: StartTrial = call.asked()?;
    let covered = covering(world, &asked.camera).is_some();
    let now = world.now();
    let camera = world
        .cloud
        .cameras
        .iter_mut()
        .find(|camera| camera.account == account && camera.id == asked.camera);
    let camera = camera.ok_or_else(|| not_found("There is no such camera"))?;
    let status = match &camera.trial {
        Some(Trial {
            state: State::Used { .. },
            ..
        }) => {
            return Err(refused(
                StatusCode::CONFLICT,
                "trial_used",
                "The camera had its trial",
                Value::Null,
            ));
        }
        _ if covered => {
            return Err(refused(
                StatusCode::CONFLICT,
                "trial_covered",
                "A plan covers the camera",
                Value::Null,
            ));
        }
        Some(_) => StatusCode::OK,
        None if camera.trial_word.is_some() || not_offered(camera, covered).is_some() => {
            return Err(refused(
                StatusCode::CONFLICT,
                "trial_not_offered",
                "No trial for this camera",
                Value::Null,
            ));
        }
        None => {
            let ends_ms = nth_after(now, LENGTH, 1).unwrap_or(now);
            camera.trial = Some(Trial {
                started_ms: now,
                state: State::Active { ends_ms },
            });
            StatusCode::CREATED
        }
    };
    let trial = document(camera, covered);
    if status == StatusCode::CREATED {
        world.note(format!("cloud: the trial of {} started", asked.camera));
    }
    let camera = asked.camera;
    Ok(Answer::json(status, &StartedTrial { camera, trial }))
}

/// `DELETE /v1/trials/{camera}`: it ends now, for good (T3). One that is over stays over.
pub(super) fn delete(world: &mut World, account: &str, id: &str) -> Result<Answer, Answer> {
    let now = world.now();
    let mut cameras = world.cloud.cameras.iter_mut();
    let camera = cameras.find(|camera| camera.account == account && camera.id == id);
    let camera = camera.ok_or_else(|| not_found("There is no such camera"))?;
    let Some(trial) = &mut camera.trial else {
        return Err(refused(
            StatusCode::CONFLICT,
            "trial_not_running",
            "No trial runs for this camera",
            Value::Null,
        ));
    };
    let runs = !matches!(trial.state, State::Used { .. });
    if runs {
        trial.state = State::Used { ended_ms: now };
    }
    let trial = document(camera, false);
    if runs {
        world.note(format!("cloud: the trial of {id} was cancelled"));
    }
    let camera = id.to_owned();
    Ok(Answer::ok(&StartedTrial { camera, trial }))
}

/// Ends the trials whose time is up.
pub(super) fn fire(world: &mut World) {
    let now = world.now();
    let mut lines = Vec::new();
    for camera in &mut world.cloud.cameras {
        if let Some(trial) = &mut camera.trial
            && let Some(ends_ms) = trial.ends_ms().filter(|ends| *ends <= now)
        {
            trial.state = State::Used { ended_ms: ends_ms };
            lines.push(format!("cloud: the trial of {} ended", camera.id));
        }
    }
    for line in lines {
        world.note(line);
    }
}

/// A trial is paused exactly while a plan with access names its camera, and resumes at once when none does.
pub(super) fn settle(world: &mut World) {
    let now = world.now();
    let covered: Vec<bool> = world
        .cloud
        .cameras
        .iter()
        .map(|camera| covering(world, &camera.id).is_some())
        .collect();
    let mut lines = Vec::new();
    for (camera, covered) in world.cloud.cameras.iter_mut().zip(covered) {
        let Some(trial) = &mut camera.trial else { continue };
        let (state, word) = match (&trial.state, covered) {
            (State::Active { ends_ms }, true) => (
                State::Paused {
                    remaining_ms: (ends_ms - now).max(0),
                },
                "paused",
            ),
            (State::Paused { remaining_ms }, false) => (
                State::Active {
                    ends_ms: now + remaining_ms,
                },
                "resumed",
            ),
            _ => continue,
        };
        trial.state = state;
        lines.push(format!("cloud: the trial of {} {word}", camera.id));
    }
    for line in lines {
        world.note(line);
    }
}
