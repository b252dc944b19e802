//! The sandbox's world on tokio's paused clock: one time for timers, stores and cloud; and what is known of whose each id is.

use crate::posted::posted;
use crate::process::lock;
use crate::story::Story;
use axum::Router;
use axum::body::Body;
use care_sandbox::{Sandbox, WorldOptions};
use http_body_util::BodyExt as _;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use tapo_care::seams::{HttpRequest, HttpResponse, TransportError};
use tapo_care::time::Timestamp;
use tokio::time::Instant;
use tower::ServiceExt as _;

/// Where everything is; nothing listens there.
pub const ORIGIN: &str = "http://sandbox.invalid";

thread_local! {
    /// One set of keys for all worlds of a thread.
    static KEYS: RefCell<Option<Sandbox>> = const { RefCell::new(None) };
}

/// An account as everybody knows it.
#[derive(Debug, Clone)]
pub struct Person {
    pub name: &'static str,
    pub id: String,
    pub tag: String,
}

/// One world. Clones are the same.
#[derive(Clone)]
pub struct World {
    pub sandbox: Sandbox,
    pub story: Arc<Story>,
    public: Router,
    control: Router,
    token: String,
    began: Instant,
    began_ms: i64,
    pub people: Arc<Vec<Person>>,
    /// Ids by the account they belong to.
    ids: Arc<Mutex<BTreeMap<String, BTreeSet<String>>>>,
    /// Plans by web or code.
    portal: Arc<Mutex<BTreeSet<String>>>,
}

impl World {
    /// A new world of that seed.
    ///
    /// # Errors
    /// The sandbox cannot make its keys, or answers control with an error.
    pub async fn new(seed: u64, story: Arc<Story>, names: &[&'static str]) -> Result<Self, String> {
        let keys = KEYS.with(|keys| -> Result<Sandbox, String> {
            let mut keys = keys.borrow_mut();
            if keys.is_none() {
                let options = WorldOptions { seed: 1, file: None };
                *keys = Some(Sandbox::open(options).map_err(|error| error.to_string())?);
            }
            keys.clone().ok_or_else(String::new)
        })?;
        let sandbox = keys.another(seed).map_err(|error| error.to_string())?;
        let mut world = Self {
            public: sandbox.public_router(),
            control: sandbox.control_router(),
            token: sandbox.control_token(),
            began: Instant::now(),
            began_ms: sandbox.started_ms(),
            sandbox,
            story,
            people: Arc::default(),
            ids: Arc::default(),
            portal: Arc::default(),
        };
        let accounts = world.control("GET", "accounts", Value::Null).await?;
        let mut people = Vec::new();
        for name in names {
            let found = list(&accounts, "accounts")
                .into_iter()
                .find(|account| account["name"] == *name);
            let found = found.ok_or_else(|| format!("nobody is called {name}"))?;
            let person = Person {
                name,
                id: text(&found, "id"),
                tag: text(&found, "tag"),
            };
            world.learn(&person.id, [person.id.clone(), person.tag.clone()]);
            let document = world
                .control("GET", &format!("accounts/{}", person.id), Value::Null)
                .await?;
            world.learn(
                &person.id,
                list(&document, "cameras").iter().map(|camera| text(camera, "id")),
            );
            people.push(person);
        }
        world.people = Arc::new(people);
        Ok(world)
    }

    /// The time, everywhere.
    pub fn now_ms(&self) -> i64 {
        let passed = self.began.elapsed().as_millis();
        self.began_ms + i64::try_from(passed).unwrap_or(i64::MAX / 2)
    }

    /// When the world began.
    pub fn began_ms(&self) -> i64 {
        self.began_ms
    }

    /// Milliseconds since the world began.
    pub fn age_ms(&self) -> i64 {
        self.now_ms() - self.began_ms
    }

    /// Has stores and cloud catch up with the time that has passed.
    pub fn catch_up(&self) {
        let now = self.now_ms();
        self.story.at(now - self.began_ms);
        if self.sandbox.now_ms() < now
            && let Err(error) = self.sandbox.move_to(now)
        {
            self.story.broken("harness", &error.to_string());
        }
    }

    /// One call to control.
    ///
    /// # Errors
    /// Anything but success, in words.
    pub async fn control(&self, method: &str, path: &str, body: Value) -> Result<Value, String> {
        self.catch_up();
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let request = axum::http::Request::builder()
            .method(method)
            .uri(format!("/control/{path}"))
            .header("authorization", format!("Bearer {}", self.token))
            .body(Body::from(body))
            .map_err(|error| error.to_string())?;
        let Ok(answer) = self.control.clone().oneshot(request).await;
        let status = answer.status();
        let body = answer
            .into_body()
            .collect()
            .await
            .map_err(|error| error.to_string())?
            .to_bytes();
        if !status.is_success() {
            return Err(format!("{status} {}", String::from_utf8_lossy(&body)));
        }
        Ok(serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    /// One exchange of a phone with the public side.
    ///
    /// # Errors
    /// The answer broke off.
    pub async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.catch_up();
        let lost = |why: String| TransportError::NoAnswer(why);
        let path = request.url.strip_prefix(ORIGIN).unwrap_or("/").to_owned();
        let about = request
            .headers
            .iter()
            .find(|(name, _)| *name == "care-account")
            .map(|(_, id)| id.clone());
        // A purchase is posted under any session, and its answer is about whoever it names.
        let about = match path.as_str() {
            "/v1/purchases" => posted(&request.body)
                .and_then(|posted| {
                    self.people
                        .iter()
                        .find(|person| posted.tag.as_ref() == Some(&person.tag))
                })
                .map(|person| person.id.clone()),
            _ => about,
        };
        let mut built = axum::http::Request::builder().method(request.method).uri(&path);
        for (name, value) in &request.headers {
            built = built.header(*name, value);
        }
        let built = built
            .body(Body::from(request.body))
            .map_err(|error| lost(error.to_string()))?;
        let Ok(answer) = self.public.clone().oneshot(built).await;
        let status = answer.status().as_u16();
        let headers = answer
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
        let headers = headers.collect();
        let body = answer
            .into_body()
            .collect()
            .await
            .map_err(|_| lost("broken off".into()))?
            .to_bytes()
            .to_vec();
        if let Some(account) = about {
            self.must_not_name_another(
                &account,
                &format!("the answer to {} {path}", request.method),
                &String::from_utf8_lossy(&body),
            );
        }
        Ok(HttpResponse { status, headers, body })
    }

    /// These ids are that account's.
    pub fn learn(&self, account: &str, ids: impl IntoIterator<Item = String>) {
        lock(&self.ids).entry(account.to_owned()).or_default().extend(ids);
    }

    /// That account got this plan on the portal.
    pub fn got_on_portal(&self, account: &str, subscription: String) {
        lock(&self.portal).insert(subscription.clone());
        self.learn(account, [subscription]);
    }

    /// Whether somebody got it on the portal.
    pub fn is_of_portal(&self, subscription: &str) -> bool {
        lock(&self.portal).contains(subscription)
    }

    /// *leak*: what is shown or said to one account names nothing of another.
    pub fn must_not_name_another(&self, account: &str, what: &str, said: &str) {
        let ids = lock(&self.ids);
        let foreign = ids
            .iter()
            .filter(|(owner, _)| *owner != account)
            .flat_map(|(owner, ids)| ids.iter().map(move |id| (owner, id)));
        for (owner, id) in foreign {
            if said.contains(id.as_str()) {
                self.story
                    .broken("leak", &format!("{what} of {account} names {id} of {owner}"));
                return;
            }
        }
    }
}

/// A field as text; empty where there is none.
pub fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

/// A field as milliseconds.
pub fn time(value: &Value, name: &str) -> Option<i64> {
    Timestamp::parse(value[name].as_str()?).ok().map(|at| at.0)
}

/// A field as a list.
pub fn list(value: &Value, name: &str) -> Vec<Value> {
    value[name].as_array().cloned().unwrap_or_default()
}
