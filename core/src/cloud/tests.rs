//! The cloud's calls against a transport that signs as the contract writes it, and lies where a test wants it to.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod calls;

use super::signature::{Asked, sha256_hex};
use super::*;
use crate::id::{AccountId, StoreKind};
use crate::ports::{Log, LogLine, Session, SessionError};
use crate::seams::{
    HttpRequest, HttpResponse, InlineDisk, Seams, SystemEntropy, TokioSpawner, TokioTimer, Transport, TransportError,
};
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use std::sync::{Arc, Mutex};

const NOW: &str = "2026-01-05T09:00:00Z";
const LEASE: &str = "2026-01-12T09:00:00Z";
const TAG: &str = "0e4c2f6a-3b51-4a77-9d0c-5f1f1e6a7b88";

fn pair(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

/// The two pinned keys.
pub(crate) fn keys() -> Vec<CloudKey> {
    [(1, "k1"), (2, "k2")]
        .map(|(seed, id)| CloudKey {
            id: id.into(),
            public: pair(seed).public_key().as_ref().to_vec(),
        })
        .into()
}

/// A cloud's reply before it is signed.
#[derive(Clone)]
pub(crate) struct Reply {
    status: u16,
    body: Vec<u8>,
    etag: Option<String>,
    lease: Option<String>,
    account: Option<String>,
    key: (u8, &'static str),
    time: &'static str,
}

impl Reply {
    pub(crate) fn new(status: u16, body: &str) -> Self {
        let (etag, lease, account) = (None, None, None);
        Self {
            status,
            body: body.into(),
            etag,
            lease,
            account,
            key: (1, "k1"),
            time: NOW,
        }
    }

    pub(crate) fn at(mut self, time: &'static str) -> Self {
        self.time = time;
        self
    }

    pub(crate) fn account(mut self, account: &str) -> Self {
        self.account = Some(account.into());
        self
    }

    pub(crate) fn etag(mut self, etag: &str) -> Self {
        self.etag = Some(etag.into());
        self
    }

    pub(crate) fn lease(mut self, until: &str) -> Self {
        self.lease = Some(until.into());
        self
    }

    /// Signed by the contract's text, written out here a second time on purpose.
    fn signed(&self, nonce: &str, method: &str, target: &str, request_body: &[u8]) -> HttpResponse {
        let text = format!(
            "care-answer-v1\n{nonce}\n{method}\n{target}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}",
            sha256_hex(request_body),
            self.status,
            sha256_hex(&self.body),
            self.etag.clone().unwrap_or_default(),
            self.key.1,
            self.time,
            self.lease.clone().unwrap_or_default(),
            self.account.clone().unwrap_or_default(),
        );
        let signature = STANDARD.encode(pair(self.key.0).sign(text.as_bytes()));
        let mut headers = vec![
            ("care-time".to_owned(), self.time.to_owned()),
            ("care-key".into(), self.key.1.into()),
            ("care-signature".into(), signature),
        ];
        let optional = [
            ("etag", &self.etag),
            ("care-lease-until", &self.lease),
            ("care-account", &self.account),
        ];
        headers.extend(
            optional
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))),
        );
        HttpResponse {
            status: self.status,
            headers,
            body: self.body.clone(),
        }
    }
}

/// A stored answer for the tests of the cache.
pub(crate) fn stored(target: &str, reply: &Reply) -> SignedAnswer {
    let response = reply.signed("nonce", "GET", target, b"");
    let asked = Asked {
        nonce: "nonce".into(),
        method: "GET".into(),
        target: target.into(),
        request_body_sha256: sha256_hex(b""),
    };
    SignedAnswer::received(asked, response).unwrap()
}

/// The account state of an account with nothing.
pub(crate) fn state(account: &str) -> String {
    format!(r#"{{"revision":1,"account":"{account}","account_tag":"{TAG}","in_app":{{"may_buy":true}}}}"#)
}

type Answering = dyn Fn(usize, &HttpRequest) -> Option<HttpResponse> + Send + Sync;

/// Answers by a closure over the exchange's number; `None` never answers.
struct World {
    answering: Box<Answering>,
    seen: Mutex<Vec<HttpRequest>>,
    tokens: Mutex<Vec<bool>>,
    lines: Mutex<Vec<String>>,
}

#[async_trait]
impl Transport for World {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let number = {
            let mut seen = self.seen.lock().unwrap();
            seen.push(request.clone());
            seen.len()
        };
        match (self.answering)(number, &request) {
            Some(response) => Ok(response),
            None => std::future::pending().await,
        }
    }
}

#[async_trait]
impl Session for World {
    async fn token(&self, _: AccountId, fresh: bool) -> Result<String, SessionError> {
        self.tokens.lock().unwrap().push(fresh);
        Ok(if fresh { "token-2".into() } else { "token-1".into() })
    }
}

impl Log for World {
    fn line(&self, line: LogLine) {
        self.lines
            .lock()
            .unwrap()
            .push(format!("{} {}", line.event, line.detail));
    }
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> &'a str {
    request
        .headers
        .iter()
        .find(|(key, _)| *key == name)
        .map_or("", |(_, value)| value)
}

/// The honest cloud: signs what was asked.
fn honest(request: &HttpRequest, reply: &Reply) -> HttpResponse {
    let target = request.url.strip_prefix("https://care.example").unwrap();
    reply.signed(header(request, "care-nonce"), request.method, target, &request.body)
}

fn config(url: &str) -> CloudConfig {
    CloudConfig {
        url: url.into(),
        keys: keys(),
        platform: "linux".into(),
        allow_http: false,
    }
}

fn world(
    answering: impl Fn(usize, &HttpRequest) -> Option<HttpResponse> + Send + Sync + 'static,
) -> (Seams, Arc<World>) {
    let world = Arc::new(World {
        answering: Box::new(answering),
        seen: Mutex::new(Vec::new()),
        tokens: Mutex::new(Vec::new()),
        lines: Mutex::new(Vec::new()),
    });
    let seams = Seams {
        transport: world.clone(),
        timer: Arc::new(TokioTimer),
        entropy: Arc::new(SystemEntropy::default()),
        disk: Arc::new(InlineDisk),
        spawner: Arc::new(TokioSpawner(tokio::runtime::Handle::current())),
    };
    (seams, world)
}

fn cloud(
    answering: impl Fn(usize, &HttpRequest) -> Option<HttpResponse> + Send + Sync + 'static,
) -> (Cloud, Arc<World>) {
    let (seams, world) = world(answering);
    (
        Cloud::new(config("https://care.example/"), seams, world.clone(), world.clone()).unwrap(),
        world,
    )
}

fn always(reply: Reply) -> impl Fn(usize, &HttpRequest) -> Option<HttpResponse> + Send + Sync {
    move |_, request| Some(honest(request, &reply))
}

fn anna() -> AccountId {
    "acc_anna".into()
}

fn annas_state() -> Reply {
    Reply::new(200, &state("acc_anna"))
        .account("acc_anna")
        .etag("\"e1\"")
        .lease(LEASE)
}

fn not_signed(reason: &'static str) -> CloudError {
    CloudError::NotSigned { reason }
}

#[tokio::test]
async fn a_signed_account_state_is_taken_and_verifies_again_from_disk() {
    let (cloud, world) = cloud(always(annas_state()));
    let AccountAnswer::New(answer) = cloud.account(&anna(), None).await.unwrap() else {
        panic!("unchanged")
    };
    let kept: SignedAnswer = serde_json::from_str(&serde_json::to_string(&answer).unwrap()).unwrap();
    assert_eq!(kept.verify(cloud.keys(), Some(&anna())), Ok(()));
    assert_eq!(kept.account_state().unwrap().account, anna());
    assert_eq!(kept.etag(), Some("\"e1\""));
    assert_eq!(kept.server_time().unwrap().rfc3339(), NOW);
    assert_eq!(kept.lease_until().unwrap().rfc3339(), LEASE);
    let seen = world.seen.lock().unwrap();
    let digest = sha256_hex(format!("care-request-v1\nGET\n/v1/account\nacc_anna\n\n{}", sha256_hex(b"")).as_bytes());
    assert_eq!(header(&seen[0], "care-digest"), digest);
    assert_eq!(header(&seen[0], "authorization"), "Bearer token-1");
    assert_eq!(seen[0].url, "https://care.example/v1/account");
}

#[tokio::test]
async fn an_answer_altered_anywhere_is_not_taken() {
    type Alter = fn(&mut HttpResponse);
    fn set(response: &mut HttpResponse, name: &str, value: &str) {
        response.headers.retain(|(key, _)| key != name);
        response.headers.push((name.into(), value.into()));
    }
    let alterations: [(Alter, &'static str); 9] = [
        (|response| response.body[10] ^= 1, "altered"),
        (|response| response.status = 201, "altered"),
        (|response| set(response, "care-time", "2026-01-05T09:00:01Z"), "altered"),
        (
            |response| set(response, "care-lease-until", "2027-01-05T09:00:00Z"),
            "altered",
        ),
        (|response| set(response, "care-account", "acc_ben"), "altered"),
        (|response| set(response, "etag", "\"e2\""), "altered"),
        (|response| set(response, "care-key", "k2"), "altered"),
        (|response| set(response, "care-key", "k3"), "foreign_key"),
        (
            |response| response.headers.retain(|(key, _)| key != "care-signature"),
            "unsigned",
        ),
    ];
    for (alter, reason) in alterations {
        let (cloud, _) = cloud(move |_, request| {
            let mut response = honest(request, &annas_state());
            alter(&mut response);
            Some(response)
        });
        assert_eq!(cloud.account(&anna(), None).await, Err(not_signed(reason)));
    }
}

#[tokio::test]
async fn the_answer_to_another_request_is_not_taken() {
    let (cloud, _) = cloud(|_, _| Some(annas_state().signed("AAAAAAAAAAAAAAAAAAAAAA", "GET", "/v1/account", b"")));
    assert_eq!(cloud.account(&anna(), None).await, Err(not_signed("altered")));
}

#[tokio::test]
async fn an_answer_about_another_account_is_not_taken_though_it_is_signed() {
    for reply in [
        annas_state().account("acc_ben"),
        Reply {
            account: None,
            ..annas_state()
        },
    ] {
        let (cloud, _) = cloud(always(reply));
        assert_eq!(cloud.account(&anna(), None).await, Err(not_signed("other_account")));
    }
}

#[tokio::test]
async fn a_captive_portals_page_is_not_taken() {
    let page = HttpResponse {
        status: 200,
        headers: Vec::new(),
        body: b"<html>Sign in to the hotel".to_vec(),
    };
    let (cloud, _) = cloud(move |_, _| Some(page.clone()));
    let posted = PurchasePost {
        store: StoreKind::AppStore,
        signed_payload: "a.b.c".into(),
        signature: None,
        bind_to: None,
    };
    assert_eq!(
        cloud.post_purchase(None, &posted, "key").await,
        Err(not_signed("unsigned"))
    );
}

#[tokio::test]
async fn either_pinned_key_may_sign() {
    let (cloud, _) = cloud(always(Reply {
        key: (2, "k2"),
        ..annas_state()
    }));
    assert!(cloud.account(&anna(), None).await.is_ok());
}

#[tokio::test]
async fn only_a_304_that_names_the_etag_asked_about_renews_the_lease() {
    let renewal = Reply::new(304, "").account("acc_anna").etag("\"e1\"").lease(LEASE);
    let (cloud, world) = cloud(always(renewal));
    assert!(matches!(
        cloud.account(&anna(), Some("\"e1\"")).await,
        Ok(AccountAnswer::Unchanged(_))
    ));
    assert_eq!(header(&world.seen.lock().unwrap()[0], "if-none-match"), "\"e1\"");
    assert_eq!(
        cloud.account(&anna(), Some("\"e0\"")).await,
        Err(not_signed("other_etag"))
    );
    assert_eq!(cloud.account(&anna(), None).await, Err(not_signed("other_etag")));
}

#[tokio::test]
async fn a_lease_longer_than_seven_days_is_cut_there() {
    let (cloud, _) = cloud(always(annas_state().lease("2030-01-01T00:00:00Z")));
    let Ok(AccountAnswer::New(answer)) = cloud.account(&anna(), None).await else {
        panic!("no answer")
    };
    assert_eq!(answer.lease_until().unwrap().rfc3339(), LEASE);
}

#[test]
fn a_genuine_answer_to_another_question_is_no_account_state() {
    let answer = stored("/v1/other", &annas_state());
    assert_eq!(answer.verify(&keys(), Some(&anna())), Ok(()));
    assert!(matches!(answer.account_state(), Err(CloudError::Unreadable { .. })));
}

#[tokio::test]
async fn an_address_that_is_not_secure_is_refused_before_any_call() {
    let (seams, world) = world(|_, _| None);
    let made = Cloud::new(config("http://care.example"), seams, world.clone(), world.clone());
    assert_eq!(made.err(), Some(CloudError::InsecureUrl));
    assert!(world.seen.lock().unwrap().is_empty());
}
