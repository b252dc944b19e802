//! A phone and a control hand for the tests, written from the contract alone.
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use care_sandbox::{Sandbox, TrustFile, WorldOptions};
use ed25519_dalek::{Signature, VerifyingKey};
use http::{HeaderMap, Request};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};
use tower::ServiceExt;

pub struct World {
    pub sandbox: Sandbox,
    pub trust: TrustFile,
    nonces: AtomicU64,
}

/// An answer, read whole; `broken` when its body broke off.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub broken: bool,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Somebody signed in.
#[derive(Clone)]
pub struct Person {
    pub account: String,
    pub tag: String,
    pub token: String,
}

/// One request under `/v1`, with everything that can be wrong about it.
#[derive(Clone, Default)]
pub struct Asking {
    pub method: &'static str,
    pub target: String,
    pub account: String,
    pub token: Option<String>,
    pub key: Option<String>,
    pub etag: Option<String>,
    pub body: Vec<u8>,
    pub digest: Option<String>,
    pub contract: Option<&'static str>,
}

pub fn sha(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

pub fn world() -> World {
    world_of(WorldOptions::default())
}

pub fn world_of(options: WorldOptions) -> World {
    world_over(Sandbox::open(options).unwrap())
}

pub fn world_over(sandbox: Sandbox) -> World {
    let trust = sandbox.trust("http://sandbox.invalid", "http://sandbox.invalid");
    World {
        sandbox,
        trust,
        nonces: AtomicU64::new(0),
    }
}

/// Whatever was asked and answered in a test was as documented.
impl Drop for World {
    fn drop(&mut self) {
        let contract = self.sandbox.contract();
        if contract.on_the_record() && !std::thread::panicking() {
            assert_eq!(contract.breaches(), Vec::<String>::new());
        }
    }
}

impl World {
    async fn send(&self, public: bool, request: Request<Body>) -> Answer {
        let router = if public {
            self.sandbox.public_router()
        } else {
            self.sandbox.control_router()
        };
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let (bytes, broken) = match axum::body::to_bytes(body, usize::MAX).await {
            Ok(bytes) => (bytes.to_vec(), false),
            Err(_) => (Vec::new(), true),
        };
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            bytes,
            broken,
        }
    }

    /// The control API; must succeed.
    pub async fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.try_control(method, path, body).await;
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.bytes));
        answer.json()
    }

    pub async fn try_control(&self, method: &str, path: &str, body: Value) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(format!("/control/{path}"))
            .header("authorization", format!("Bearer {}", self.trust.control.token))
            .body(if body.is_null() {
                Body::empty()
            } else {
                Body::from(body.to_string())
            })
            .unwrap();
        self.send(false, request).await
    }

    pub async fn advance(&self, by: &str) {
        self.control("POST", "clock/advance", json!({ "by": by })).await;
    }

    pub async fn plain(&self, method: &str, path: &str, body: Value) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .body(if body.is_null() {
                Body::empty()
            } else {
                Body::from(body.to_string())
            })
            .unwrap();
        self.send(true, request).await
    }

    pub async fn device(&self, device: &str, method: &str, what: &str, body: Value) -> Value {
        let answer = self
            .plain(method, &format!("/device/{device}/app-store/{what}"), body)
            .await;
        assert_eq!(answer.status, 200, "{what}: {}", String::from_utf8_lossy(&answer.bytes));
        answer.json()
    }

    pub async fn sign_in(&self, name: &str) -> Person {
        let session = self.plain("POST", "/session", json!({ "name": name })).await.json();
        let accounts = self.control("GET", "accounts", Value::Null).await;
        let account = accounts["accounts"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["name"] == name)
            .unwrap()
            .clone();
        Person {
            account: session["account"].as_str().unwrap().to_owned(),
            tag: account["tag"].as_str().unwrap().to_owned(),
            token: session["token"].as_str().unwrap().to_owned(),
        }
    }

    /// Asks and checks that whatever came back whole is signed for this very request.
    pub async fn ask(&self, asking: Asking) -> Answer {
        let answer = self.ask_unchecked(&asking).await;
        if !answer.0.broken {
            self.assert_signed(&asking, &answer.1, &answer.0);
        }
        answer.0
    }

    pub async fn ask_unchecked(&self, asking: &Asking) -> (Answer, String) {
        let n = self.nonces.fetch_add(1, Ordering::Relaxed);
        let nonce = URL_SAFE_NO_PAD.encode(u128::from(n).to_be_bytes());
        let key = asking.key.clone().unwrap_or_default();
        let text = [
            "care-request-v1",
            asking.method,
            &asking.target,
            &asking.account,
            &key,
            &sha(&asking.body),
        ]
        .join("\n");
        let digest = asking.digest.clone().unwrap_or_else(|| sha(text.as_bytes()));
        let mut request = Request::builder()
            .method(asking.method)
            .uri(&asking.target)
            .header("care-contract", asking.contract.unwrap_or("1"))
            .header("care-core", "0.1.0")
            .header("care-platform", "linux")
            .header("care-nonce", &nonce)
            .header("care-digest", digest);
        for (name, value) in [
            (
                "care-account",
                (!asking.account.is_empty()).then(|| asking.account.clone()),
            ),
            (
                "authorization",
                asking.token.as_ref().map(|token| format!("Bearer {token}")),
            ),
            ("idempotency-key", asking.key.clone()),
            ("if-none-match", asking.etag.clone()),
        ] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        (
            self.send(true, request.body(Body::from(asking.body.clone())).unwrap())
                .await,
            nonce,
        )
    }

    fn assert_signed(&self, asking: &Asking, nonce: &str, answer: &Answer) {
        let status = answer.status.to_string();
        let text = [
            "care-answer-v1",
            nonce,
            asking.method,
            &asking.target,
            &sha(&asking.body),
            &status,
            &sha(&answer.bytes),
            answer.header("etag"),
            answer.header("care-key"),
            answer.header("care-time"),
            answer.header("care-lease-until"),
            answer.header("care-account"),
        ]
        .join("\n");
        let pinned = self
            .trust
            .cloud
            .keys
            .iter()
            .find(|key| key.id == answer.header("care-key"))
            .expect("a pinned key");
        let key: [u8; 32] = STANDARD.decode(&pinned.public).unwrap().try_into().unwrap();
        let signature: [u8; 64] = STANDARD
            .decode(answer.header("care-signature"))
            .unwrap()
            .try_into()
            .unwrap();
        VerifyingKey::from_bytes(&key)
            .unwrap()
            .verify_strict(text.as_bytes(), &Signature::from_bytes(&signature))
            .unwrap();
        assert_eq!(answer.header("care-account"), asking.account);
    }

    pub async fn account(&self, person: &Person) -> Value {
        let answer = self.ask(person.asks("GET", "/v1/account", Value::Null)).await;
        assert_eq!(answer.status, 200);
        answer.json()
    }

    /// Buys on a device, with the person's tag; the transaction.
    pub async fn buy(&self, device: &str, person: &Person, product: &str) -> Value {
        let bought = self
            .device(
                device,
                "POST",
                "buy",
                json!({ "product": product, "app_account_token": person.tag, "sheet": "pay" }),
            )
            .await;
        assert_eq!(bought["result"], "success");
        bought["transaction"].clone()
    }

    /// Posts a transaction without any session.
    pub async fn post(&self, transaction: &Value, key: &str) -> Value {
        let answer = self
            .ask(purchase(&transaction["signed_transaction"], Value::Null, key))
            .await;
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.bytes));
        answer.json()
    }

    /// Buys and posts: the subscription's id.
    pub async fn subscribe(&self, device: &str, person: &Person, product: &str) -> String {
        let transaction = self.buy(device, person, product).await;
        let key = format!("subscribe {}", transaction["id"]);
        let answer = self.post(&transaction, &key).await;
        assert_eq!(answer["answer"], "granted");
        answer["subscription"].as_str().unwrap().to_owned()
    }

    pub async fn log(&self) -> Vec<String> {
        serde_json::from_value(self.control("GET", "log", Value::Null).await["lines"].clone()).unwrap()
    }

    pub async fn ledger(&self, what: &str) -> Vec<Value> {
        self.control("GET", "ledger", Value::Null).await[what]
            .as_array()
            .unwrap()
            .clone()
    }
}

impl Person {
    pub fn asks(&self, method: &'static str, target: &str, body: Value) -> Asking {
        Asking {
            method,
            target: target.to_owned(),
            account: self.account.clone(),
            token: Some(self.token.clone()),
            body: if body.is_null() {
                Vec::new()
            } else {
                body.to_string().into_bytes()
            },
            ..Asking::default()
        }
    }

    pub fn reserves(&self, plan: &str, installation: &str, intent: &str, identity: Value) -> Asking {
        self.asks(
            "POST",
            "/v1/reservations",
            json!({ "intent": intent, "installation": installation, "plan": plan, "store": "app_store",
                    "store_identity": identity, "confirmed": [] }),
        )
    }

    pub fn selects(&self, subscription: &str, cameras: &[&str], based_on: u64) -> Asking {
        let target = format!("/v1/subscriptions/{subscription}/cameras");
        self.asks("PUT", &target, json!({ "cameras": cameras, "based_on": based_on }))
    }
}

/// A purchase posted without a session.
pub fn purchase(payload: &Value, bind_to: Value, key: &str) -> Asking {
    Asking {
        method: "POST",
        target: "/v1/purchases".to_owned(),
        key: Some(key.to_owned()),
        body: json!({ "store": "app_store", "signed_payload": payload, "bind_to": bind_to })
            .to_string()
            .into_bytes(),
        ..Asking::default()
    }
}

/// The payload of a JWS, unproved.
pub fn claims(jws: &Value) -> Value {
    let part = jws.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// The same JWS with other claims and the old signature.
pub fn tampered(jws: &Value, change: impl FnOnce(&mut Value)) -> Value {
    let parts: Vec<&str> = jws.as_str().unwrap().split('.').collect();
    let mut claims = claims(jws);
    change(&mut claims);
    json!(format!(
        "{}.{}.{}",
        parts[0],
        URL_SAFE_NO_PAD.encode(claims.to_string()),
        parts[2]
    ))
}

pub fn camera<'a>(account: &'a Value, id: &str) -> &'a Value {
    account["cameras"]
        .as_array()
        .unwrap()
        .iter()
        .find(|camera| camera["id"] == id)
        .unwrap()
}

pub fn subscription<'a>(account: &'a Value, id: &str) -> &'a Value {
    account["subscriptions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|known| known["id"] == id)
        .unwrap()
}
