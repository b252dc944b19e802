//! The world's clock as the phone's: it moves only when told, also while the cloud is down.

use care_sandbox::Sandbox;
use serde::Deserialize;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tapo_care::ports::Clock;
use tapo_care::time::{ClockReading, Timestamp};

/// How long one reading of a clock elsewhere is used.
const FRESH: Duration = Duration::from_millis(3);
/// How long a clock that could not be read is left alone.
const LEFT_ALONE: Duration = Duration::from_millis(500);
const DEADLINE: Duration = Duration::from_secs(2);

/// The embedded sandbox's clock.
pub struct EmbeddedClock {
    sandbox: Sandbox,
}

impl EmbeddedClock {
    /// Of this world.
    pub fn new(sandbox: Sandbox) -> Self {
        Self { sandbox }
    }
}

impl Clock for EmbeddedClock {
    fn read(&self) -> ClockReading {
        let now = self.sandbox.now_ms();
        ClockReading {
            wall: Timestamp(now),
            utc_offset_s: 0,
            elapsed_ms: now - self.sandbox.started_ms(),
            boot_id: self.sandbox.world_id(),
        }
    }
}

/// The clock of a world elsewhere, asked through its control.
pub struct RemoteClock {
    agent: ureq::Agent,
    url: String,
    bearer: String,
    last: Mutex<Last>,
}

#[derive(Default)]
struct Last {
    reading: Option<ClockReading>,
    asked: Option<(Instant, Duration)>,
}

#[derive(Deserialize)]
struct Answer {
    now_ms: i64,
    started_ms: i64,
    world: String,
}

impl RemoteClock {
    /// Behind this control.
    pub fn new(control: &str, token: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(DEADLINE))
            .proxy(None)
            .build();
        Self {
            agent: config.into(),
            url: format!("{}/control/clock", control.trim_end_matches('/')),
            bearer: format!("Bearer {token}"),
            last: Mutex::default(),
        }
    }

    fn ask(&self) -> Result<ClockReading, ureq::Error> {
        let mut answer = self.agent.get(&self.url).header("authorization", &self.bearer).call()?;
        let answer: Answer = answer.body_mut().read_json()?;
        Ok(ClockReading {
            wall: Timestamp(answer.now_ms),
            utc_offset_s: 0,
            elapsed_ms: answer.now_ms - answer.started_ms,
            boot_id: answer.world,
        })
    }
}

impl Clock for RemoteClock {
    fn read(&self) -> ClockReading {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let due = last.asked.is_none_or(|(at, kept)| at.elapsed() >= kept);
        if due {
            let answered = self.ask();
            let kept = if answered.is_ok() { FRESH } else { LEFT_ALONE };
            last.asked = Some((Instant::now(), kept));
            if let Ok(reading) = answered {
                last.reading = Some(reading);
            }
        }
        // A clock nobody can read says so: another boot, long before any mark, so that trusted time is unknown.
        last.reading.clone().unwrap_or_else(|| ClockReading {
            wall: Timestamp(0),
            utc_offset_s: 0,
            elapsed_ms: 0,
            boot_id: "no clock".to_owned(),
        })
    }
}
