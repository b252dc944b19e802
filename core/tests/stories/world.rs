//! A sandbox world in this process: its public side as a transport the test can cut, bend and count, its control side to move it.

#[path = "config.rs"]
mod config;

use async_trait::async_trait;
use care_sandbox::{Sandbox, WorldOptions};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tapo_care::id::{AccountId, StoreKind};
use tapo_care::ports::{SessionError, StoreError};
use tapo_care::seams::{HttpRequest, HttpResponse, Transport, TransportError};
use tower::ServiceExt as _;

pub use config::config;

pub const ORIGIN: &str = "http://sandbox.invalid";

/// One isolated world.
#[derive(Clone)]
pub struct World {
    pub sandbox: Sandbox,
}

/// Whatever was asked and answered in a story was as the contract documents it.
impl Drop for World {
    fn drop(&mut self) {
        let contract = self.sandbox.contract();
        if contract.on_the_record() && !std::thread::panicking() {
            assert_eq!(contract.breaches(), Vec::<String>::new());
        }
    }
}

impl World {
    pub fn new() -> Self {
        Self::seeded(1)
    }

    pub fn seeded(seed: u64) -> Self {
        Self {
            sandbox: Sandbox::open(WorldOptions { seed, file: None }).unwrap(),
        }
    }

    /// One call to the control API; anything but success fails the test.
    pub async fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let request = axum::http::Request::builder()
            .method(method)
            .uri(format!("/control/{path}"))
            .header("authorization", format!("Bearer {}", self.sandbox.control_token()))
            .header("content-type", "application/json")
            .body(axum::body::Body::from(if body.is_null() {
                String::new()
            } else {
                body.to_string()
            }))
            .unwrap();
        let answer = self.sandbox.control_router().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        assert!(
            status.is_success(),
            "{method} {path}: {status} {}",
            String::from_utf8_lossy(&body)
        );
        serde_json::from_slice(&body).unwrap_or(Value::Null)
    }

    /// What a phone could ask of the public side.
    pub async fn get(&self, path: &str) -> Value {
        self.public("GET", path, &Value::Null).await
    }

    /// As `get`, with a body.
    pub async fn public(&self, method: &str, path: &str, body: &Value) -> Value {
        let request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .body(axum::body::Body::from(if body.is_null() {
                String::new()
            } else {
                body.to_string()
            }))
            .unwrap();
        let answer = self.sandbox.public_router().oneshot(request).await.unwrap();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        serde_json::from_slice(&body).unwrap_or(Value::Null)
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.control("POST", path, body).await
    }

    pub async fn fault(&self, endpoint: &str, kind: &str, times: u32) {
        self.post("faults", json!({ "endpoint": endpoint, "kind": kind, "times": times }))
            .await;
    }

    pub async fn clear_faults(&self) {
        self.control("DELETE", "faults", Value::Null).await;
    }

    pub async fn advance(&self, by: &str) {
        self.post("clock/advance", json!({ "by": by })).await;
    }

    /// What the store and the cloud hold: charges, grants, finishes.
    pub async fn ledger(&self) -> Ledger {
        let ledger = self.control("GET", "ledger", Value::Null).await;
        let list = |name: &str| ledger[name].as_array().cloned().unwrap_or_default();
        Ledger {
            charges: list("charges"),
            grants: list("grants"),
            finishes: list("finishes"),
        }
    }

    pub async fn account_id(&self, name: &str) -> String {
        self.of_account(name, "id").await
    }

    /// The stable tag that a transaction of that account carries.
    pub async fn tag(&self, name: &str) -> String {
        self.of_account(name, "tag").await
    }

    async fn of_account(&self, name: &str, what: &str) -> String {
        let accounts = self.control("GET", "accounts", Value::Null).await;
        let found = accounts["accounts"]
            .as_array()
            .unwrap()
            .iter()
            .find(|account| account["name"] == name);
        found.unwrap()[what].as_str().unwrap().to_owned()
    }

    pub fn transport(&self) -> Arc<Wire> {
        Arc::new(Wire {
            world: self.clone(),
            state: Mutex::default(),
        })
    }
}

/// What store and cloud hold.
pub struct Ledger {
    pub charges: Vec<Value>,
    pub grants: Vec<Value>,
    pub finishes: Vec<Value>,
}

impl Ledger {
    /// How many charges, grants and finishes there are.
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.charges.len(), self.grants.len(), self.finishes.len())
    }
}

/// The wire between one phone and the world.
pub struct Wire {
    world: World,
    state: Mutex<WireState>,
}

#[derive(Default)]
struct WireState {
    cut: bool,
    bend: Option<Bend>,
    sent: Vec<String>,
    carried: usize,
}

/// Changes one exchange on its way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bend {
    /// One byte of the body of each answer of the cloud.
    Answers,
    /// One byte of the body of each request to the cloud.
    Requests,
    /// Each answer of the cloud is longer than any may be.
    Swell,
}

impl Wire {
    pub fn cut(&self, cut: bool) {
        self.state.lock().unwrap().cut = cut;
    }

    pub fn bend(&self, bend: Option<Bend>) {
        self.state.lock().unwrap().bend = bend;
    }

    /// How many requests of this phone began with that method and path.
    pub fn sent(&self, start: &str) -> usize {
        self.state
            .lock()
            .unwrap()
            .sent
            .iter()
            .filter(|line| line.starts_with(start))
            .count()
    }

    /// How many bytes went to the cloud and came back, as HTTP/1.1 writes them.
    pub fn carried(&self) -> usize {
        self.state.lock().unwrap().carried
    }

    /// One call of that device to its store.
    pub async fn ask_store(
        &self,
        store: StoreKind,
        device: &str,
        method: &'static str,
        path: &str,
        body: Value,
    ) -> Result<Value, StoreError> {
        let place = match store {
            StoreKind::AppStore => "app-store",
            StoreKind::Play => "play",
        };
        let request = asking(method, &format!("/device/{device}/{place}/{path}"), &body);
        let answer = self.send(request).await.map_err(|_| StoreError::Unavailable)?;
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        Ok(serde_json::from_slice(&answer.body).unwrap())
    }

    /// A token of whoever has that account, from the TP-Link ID service.
    pub async fn token(&self, account: &AccountId) -> Result<String, SessionError> {
        let accounts = self.world.control("GET", "accounts", Value::Null).await;
        let mut accounts = accounts["accounts"].as_array().unwrap().iter();
        let found = accounts.find(|known| known["id"] == account.as_str());
        let name = &found.ok_or(SessionError::SignInNeeded)?["name"];
        let request = asking("POST", "/session", &json!({ "name": name }));
        let answer = self.send(request).await.map_err(|_| SessionError::Unavailable)?;
        let value: Value = serde_json::from_slice(&answer.body).map_err(|_| SessionError::Unavailable)?;
        Ok(value["token"].as_str().ok_or(SessionError::Unavailable)?.to_owned())
    }
}

fn asking(method: &'static str, path: &str, body: &Value) -> HttpRequest {
    HttpRequest {
        method,
        url: format!("{ORIGIN}{path}"),
        headers: vec![("content-type", "application/json".into())],
        body: if body.is_null() {
            vec![]
        } else {
            body.to_string().into_bytes()
        },
        answer_limit: 1 << 20,
    }
}

#[async_trait]
impl Transport for Wire {
    async fn send(&self, mut request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let path = request
            .url
            .strip_prefix(ORIGIN)
            .expect("only the sandbox is asked")
            .to_owned();
        let (cut, bend) = {
            let mut state = self.state.lock().unwrap();
            state.sent.push(format!("{} {path}", request.method));
            (state.cut, state.bend.filter(|_| path.starts_with("/v1")))
        };
        if cut {
            return Err(TransportError::NoAnswer("unplugged".into()));
        }
        if bend == Some(Bend::Requests) {
            flip(&mut request.body);
        }
        let asked = request.method.len() + path.len() + headers_len(&request.headers) + request.body.len();
        let mut built = axum::http::Request::builder().method(request.method).uri(&path);
        for (name, value) in &request.headers {
            built = built.header(*name, value);
        }
        let built = built.body(axum::body::Body::from(request.body)).unwrap();
        let answer = self.world.sandbox.public_router().oneshot(built).await.unwrap();
        let status = answer.status().as_u16();
        let mut headers: Vec<(String, String)> = answer
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap().to_owned()))
            .collect();
        let body = answer.into_body().collect().await;
        let mut body = body
            .map_err(|_| TransportError::NoAnswer("broken off".into()))?
            .to_bytes()
            .to_vec();
        if bend == Some(Bend::Swell) {
            body.resize(9 * 1024 * 1024, b' ');
        }
        if bend == Some(Bend::Answers) {
            flip(&mut body);
            // An answer without a body, a 304, carries its news in what is signed beside it.
            let empty = body.is_empty();
            for (_, value) in headers
                .iter_mut()
                .filter(|(name, _)| empty && name == "care-lease-until")
            {
                *value = value.replace("2026", "2027");
            }
        }
        if path.starts_with("/v1") {
            // The two first lines: a version, spaces and line ends.
            let carried = asked + headers_len(&headers) + body.len() + 2 * "HTTP/1.1 200 \r\n\r\n".len();
            self.state.lock().unwrap().carried += carried;
        }
        Ok(HttpResponse { status, headers, body })
    }
}

fn headers_len<N: AsRef<str>>(headers: &[(N, String)]) -> usize {
    let lines = headers
        .iter()
        .map(|(name, value)| name.as_ref().len() + value.len() + ": \r\n".len());
    lines.sum()
}

fn flip(body: &mut [u8]) {
    let middle = body.len() / 2;
    if let Some(byte) = body.get_mut(middle) {
        *byte ^= 1;
    }
}
