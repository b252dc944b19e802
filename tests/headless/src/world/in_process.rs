//! Carries an exchange to a sandbox in this process: the same router as on a socket, without the socket.

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tapo_care::seams::{HttpRequest, HttpResponse, Transport, TransportError};
use tower::ServiceExt;

/// A transport over a router.
pub struct InProcess {
    router: Router,
}

impl InProcess {
    /// Over this router.
    pub fn new(router: Router) -> Self {
        Self { router }
    }
}

#[async_trait]
impl Transport for InProcess {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let no_answer = |error: &dyn std::fmt::Display| TransportError::NoAnswer(error.to_string());
        let mut builder = Request::builder().method(request.method).uri(&request.url);
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        let asked = builder
            .body(Body::from(request.body))
            .map_err(|error| no_answer(&error))?;
        let answered = self
            .router
            .clone()
            .oneshot(asked)
            .await
            .map_err(|error| no_answer(&error))?;
        let status = answered.status().as_u16();
        let headers = answered
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        let body = match Limited::new(answered.into_body(), request.answer_limit).collect().await {
            Ok(body) => body.to_bytes().to_vec(),
            Err(error) if error.is::<LengthLimitError>() => return Err(TransportError::TooLarge),
            // A body that breaks off is an answer that never came.
            Err(error) => return Err(TransportError::NoAnswer(error.to_string())),
        };
        Ok(HttpResponse { status, headers, body })
    }
}
