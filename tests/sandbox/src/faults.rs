//! What goes wrong on purpose: by endpoint, by count or by chance, on the world's own randomness.
use std::collections::BTreeMap;

use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::call::{Answer, Call};
use crate::contract;
use crate::randomness::Randomness;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "FaultKind")]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// The connection ends without an answer, nothing applied.
    Down,
    /// Real time passes first.
    Latency,
    /// An error answer, nothing applied.
    Error,
    /// Applied, then the connection ends without an answer.
    Lost,
    /// Applied, then an HTML page instead of the answer.
    Garbage,
}

/// One fault as control gave it. With neither `times` nor `chance` it lasts until it is cleared.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Fault {
    #[schemars(with = "contract::Endpoint")]
    pub(crate) endpoint: String,
    pub(crate) kind: Kind,
    /// How many calls it strikes.
    #[serde(default)]
    pub(crate) times: Option<u32>,
    /// How likely it strikes a call: 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    #[serde(default)]
    pub(crate) chance: Option<f64>,
    /// Calls it lets pass first.
    #[serde(default)]
    pub(crate) after: Option<u32>,
    /// Of latency, and the `retry-after` of 429.
    #[schemars(with = "Option<contract::Wait>")]
    #[serde(default)]
    pub(crate) ms: Option<u64>,
    /// Of error; 503 where absent.
    #[schemars(with = "Option<contract::HttpStatus>")]
    #[serde(default)]
    pub(crate) status: Option<u16>,
}

/// The fault plan as it stands: counts and letting pass as they are left.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FaultPlan")]
pub(crate) struct Listed {
    faults: Vec<ListedFault>,
}

/// A planted fault.
#[derive(Serialize, JsonSchema)]
struct ListedFault {
    #[schemars(with = "contract::Revision")]
    id: u64,
    #[schemars(with = "contract::Endpoint")]
    endpoint: String,
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[schemars(range(min = 0.0, max = 1.0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    chance: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<u32>,
    #[schemars(with = "contract::Wait")]
    #[serde(skip_serializing_if = "Option::is_none")]
    ms: Option<u64>,
    #[schemars(with = "contract::HttpStatus")]
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
}

/// The longest latency and the latest `retry-after`, in milliseconds.
const LONGEST_MS: u64 = 60_000;

impl Fault {
    /// Why it cannot be planted.
    pub(crate) fn objection(&self) -> Option<&'static str> {
        if !contract::is::<contract::Endpoint>(&self.endpoint) {
            Some("There is no such endpoint")
        } else if self.chance.is_some_and(|chance| !(0.0..=1.0).contains(&chance)) {
            Some("A chance is between 0 and 1")
        } else if self.ms.is_some_and(|ms| ms > LONGEST_MS) {
            Some("At most a minute")
        } else if self.status.is_some_and(|status| !(400..600).contains(&status)) {
            Some("An error has a status of 400 to 599")
        } else {
            None
        }
    }
}

/// The fault plan.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Faults {
    next: u64,
    plan: BTreeMap<u64, Fault>,
}

/// What one call suffers: waiting, and at most one thing more.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Suffered {
    pub(crate) wait_ms: u64,
    pub(crate) harm: Option<Harm>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Harm {
    Down,
    Error { status: u16, wait_ms: u64 },
    Lost,
    Garbage,
}

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) -> u64 {
        self.next += 1;
        self.plan.insert(self.next, fault);
        self.next
    }

    pub(crate) fn clear(&mut self) {
        self.plan.clear();
    }

    pub(crate) fn list(&self) -> Listed {
        let row = |(id, fault): (&u64, &Fault)| ListedFault {
            id: *id,
            endpoint: fault.endpoint.clone(),
            kind: fault.kind,
            times: fault.times,
            chance: fault.chance,
            after: fault.after,
            ms: fault.ms,
            status: fault.status,
        };
        Listed {
            faults: self.plan.iter().map(row).collect(),
        }
    }

    /// Takes what this call suffers out of the plan. Faults are asked in the order they were added; latencies add up, and the
    /// first other one ends the asking, so that a counted fault behind it is kept for the next call.
    pub(crate) fn strike(&mut self, call: &Call, randomness: &mut Randomness) -> Suffered {
        let names = endpoints_of(call);
        let mut suffered = Suffered::default();
        for fault in self.plan.values_mut() {
            if !names.contains(&fault.endpoint.as_str()) || fault.times == Some(0) {
                continue;
            }
            if let Some(after) = fault.after.as_mut().filter(|after| **after > 0) {
                *after -= 1;
                continue;
            }
            if fault.chance.is_some_and(|chance| !randomness.happens(chance)) {
                continue;
            }
            if let Some(times) = &mut fault.times {
                *times -= 1;
            }
            let ms = fault.ms.unwrap_or(0);
            suffered.harm = match fault.kind {
                Kind::Latency => {
                    suffered.wait_ms += ms;
                    continue;
                }
                Kind::Down => Some(Harm::Down),
                Kind::Error => Some(Harm::Error {
                    status: fault.status.unwrap_or(503),
                    wait_ms: ms,
                }),
                Kind::Lost => Some(Harm::Lost),
                Kind::Garbage => Some(Harm::Garbage),
            };
            break;
        }
        self.plan.retain(|_, fault| fault.times != Some(0));
        suffered
    }
}

fn endpoints_of(call: &Call) -> Vec<&'static str> {
    match call.segments()[..] {
        ["v1", "account"] => vec!["cloud", "account"],
        ["v1", "catalogue"] => vec!["cloud", "catalogue"],
        ["v1", "reservations", ..] => vec!["cloud", "reservations"],
        ["v1", "purchases"] => vec!["cloud", "purchases"],
        ["v1", "subscriptions", _, "cameras"] => vec!["cloud", "cameras"],
        ["v1", "subscriptions", _, "refund"] => vec!["cloud", "refunds"],
        ["v1", "trials", ..] => vec!["cloud", "trials"],
        ["v1", ..] => vec!["cloud"],
        ["notifications", ..] => vec!["cloud", "notifications"],
        ["session"] => vec!["session"],
        ["device", ..] => vec!["device"],
        ["app-store" | "app-store-sandbox" | "play", ..] => vec!["store-server"],
        _ => vec![],
    }
}

/// The answer of an `error` fault. What the cloud itself would say is its problem; any other status is somebody's in between.
pub(crate) fn error_answer(call: &Call, status: u16, wait_ms: u64) -> Answer {
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    if matches!(call.segments().first(), Some(&"app-store" | &"app-store-sandbox")) {
        let (number, message) = match status {
            429 => (4_290_000, "Rate limit exceeded."),
            _ => (5_000_001, "An unknown error occurred. Please try again."),
        };
        return Answer::json(code, &json!({ "errorCode": number, "errorMessage": message }));
    }
    match status {
        429 => Answer::problem(code, "slow_down", "Too many requests", Value::Null)
            .with("retry-after", wait_ms.div_ceil(1000).max(1).to_string()),
        500 => Answer::problem(code, "internal", "Something went wrong", Value::Null),
        503 => Answer::problem(code, "unavailable", "Not available now", Value::Null),
        _ => Answer {
            content_type: "text/html",
            body: b"<html><body>error</body></html>".to_vec(),
            ..Answer::empty(code)
        },
    }
}

/// Whether the cloud signs that answer: only what it says itself.
pub(crate) fn error_is_signed(status: u16) -> bool {
    matches!(status, 429 | 500 | 503)
}

/// What a captive portal would show.
pub(crate) fn garbage() -> Answer {
    let body = b"<!DOCTYPE html><html><body><h1>Welcome to the hotel's network</h1></body></html>".to_vec();
    Answer {
        content_type: "text/html; charset=utf-8",
        body,
        ..Answer::empty(StatusCode::OK)
    }
}
