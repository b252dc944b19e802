//! The shell's own calls, JSON both ways: the phone's store, the session service and control.

use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tapo_care::seams::{HttpRequest, Transport, TransportError};

/// A ledger of a long test run is the largest answer asked for.
const ANSWER_LIMIT: usize = 16 * 1024 * 1024;
const DEADLINE: Duration = Duration::from_secs(15);

/// Why no document came.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// No whole answer.
    #[error("{0}")]
    Transport(#[from] TransportError),
    /// None in time.
    #[error("no answer in time")]
    Late,
    /// Something else than JSON.
    #[error("the answer is not JSON")]
    NotJson,
}

/// One service, reached through the world's transport.
#[derive(Clone)]
pub struct Wire {
    transport: Arc<dyn Transport>,
    base: String,
    bearer: Option<String>,
}

impl Wire {
    /// The service at `base`.
    pub fn new(transport: Arc<dyn Transport>, base: &str) -> Self {
        Self {
            transport,
            base: base.trim_end_matches('/').to_owned(),
            bearer: None,
        }
    }

    /// With a bearer token.
    #[must_use]
    pub fn bearing(mut self, token: &str) -> Self {
        self.bearer = Some(token.to_owned());
        self
    }

    /// Status and document of one call.
    ///
    /// # Errors
    /// See [`WireError`]; whether the call was applied is then unknown.
    pub async fn call(
        &self,
        method: &'static str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<(u16, Value), WireError> {
        self.call_with(method, path, Vec::new(), body).await
    }

    /// The same with headers of its own.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub async fn call_with(
        &self,
        method: &'static str,
        path: &str,
        mut headers: Vec<(&'static str, String)>,
        body: Option<&Value>,
    ) -> Result<(u16, Value), WireError> {
        if body.is_some() {
            headers.push(("content-type", "application/json".to_owned()));
        }
        if let Some(token) = &self.bearer {
            headers.push(("authorization", format!("Bearer {token}")));
        }
        let request = HttpRequest {
            method,
            url: format!("{}{path}", self.base),
            headers,
            body: body.map(|body| body.to_string().into_bytes()).unwrap_or_default(),
            answer_limit: ANSWER_LIMIT,
        };
        let sent = self.transport.send(request);
        let answer = tokio::time::timeout(DEADLINE, sent)
            .await
            .map_err(|_| WireError::Late)??;
        if answer.body.is_empty() {
            return Ok((answer.status, Value::Null));
        }
        let document = serde_json::from_slice(&answer.body).map_err(|_| WireError::NotJson)?;
        Ok((answer.status, document))
    }
}
