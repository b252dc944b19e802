//! One request and one answer, read whole: the world is asked synchronously, so that no call sees another half done.
use axum::body::{Body, Bytes};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The largest body anyone may send; a real purchase is about 6 KB.
pub(crate) const BODY_LIMIT: usize = 1024 * 1024;

/// A request, read to its end.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// Path and query exactly as sent: the digest and the signature are over it.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Call {
    pub(crate) fn new(method: Method, target: impl Into<String>, headers: HeaderMap, body: Bytes) -> Self {
        Call {
            method,
            target: target.into(),
            headers,
            body,
        }
    }

    /// None where the body breaks off or is too large.
    pub(crate) async fn read(request: Request<Body>) -> Option<Call> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, BODY_LIMIT).await.ok()?;
        let target = parts
            .uri
            .path_and_query()
            .map_or_else(|| "/".to_owned(), ToString::to_string);
        Some(Call::new(parts.method, target, parts.headers, body))
    }

    /// A header as text; empty where absent or not text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }

    /// The token behind `authorization: Bearer`.
    pub(crate) fn bearer(&self) -> Option<&str> {
        let value = self.header("authorization");
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    }

    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or("")
    }

    /// The parts of the path: `/v1/account` is `["v1", "account"]`.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path().trim_matches('/').split('/').collect()
    }

    /// One field of the query. Values here are country codes and locales, so nothing is percent-decoded.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let query = self.target.split_once('?')?.1;
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The body, or the refusal of one that is not as asked.
    pub(crate) fn asked<T: DeserializeOwned>(&self) -> Result<T, Answer> {
        self.json().ok_or_else(|| malformed("The body is not as asked"))
    }
}

/// An answer, before anybody signs it or breaks it off.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Members come in the order of their names, so that the same body is the same bytes.
    pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Answer {
        // What is answered has only text for names, so it always becomes JSON.
        let body = serde_json::to_value(body).unwrap_or_default();
        Answer {
            status,
            content_type: "application/json",
            headers: Vec::new(),
            body: body.to_string().into_bytes(),
        }
    }

    pub(crate) fn ok(body: &impl Serialize) -> Answer {
        Answer::json(StatusCode::OK, body)
    }

    pub(crate) fn empty(status: StatusCode) -> Answer {
        Answer {
            status,
            content_type: "",
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// An RFC 9457 problem; `extra` stands beside `code`.
    pub(crate) fn problem(status: StatusCode, code: &str, title: &str, extra: Value) -> Answer {
        let mut body = json!({
            "type": format!("urn:care:problem:{code}"), "title": title, "status": status.as_u16(), "code": code,
        });
        if let (Some(body), Value::Object(extra)) = (body.as_object_mut(), extra) {
            body.extend(extra);
        }
        Answer {
            content_type: "application/problem+json",
            ..Answer::json(status, &body)
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Answer {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value)
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        let mut response = Response::builder().status(self.status);
        if !self.content_type.is_empty() {
            response = response.header("content-type", self.content_type);
        }
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response.body(Body::from(self.body)).unwrap_or_else(|_| {
            // Only a header value with control characters gets here, and it came from the caller.
            let mut plain = Response::new(Body::empty());
            *plain.status_mut() = StatusCode::BAD_REQUEST;
            plain
        })
    }
}

pub(crate) fn malformed(title: &str) -> Answer {
    Answer::problem(StatusCode::BAD_REQUEST, "malformed", title, Value::Null)
}

pub(crate) fn not_found(title: &str) -> Answer {
    Answer::problem(StatusCode::NOT_FOUND, "not_found", title, Value::Null)
}

/// Where no route is.
pub(crate) fn nothing_here() -> Answer {
    not_found("Nothing is here")
}
