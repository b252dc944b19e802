//! The calls of contract v1: each is sent under a deadline with a nonce of its own, and verified before it is read.

use super::call::{Address, Call, escaped};
use super::signature::{CloudKey, SignedAnswer, unreadable};
use super::wire::{
    PurchaseAnswer, PurchasePost, RefundAnswer, ReservationAnswer, ReservationRequest, SelectionAnswer,
    SelectionRequest, TrialAnswer, TrialRequest,
};
use super::{CloudError, CloudProblem};
use crate::account::{Subscription, Trial};
use crate::id::{AccountId, CameraId, ReservationId, SubscriptionId};
use crate::ports::{Log, LogLevel, LogLine, Session, SessionError};
use crate::seams::{Seams, Timer, TransportError};
use crate::time::Timestamp;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;

const EXCHANGE_DEADLINE: Duration = Duration::from_secs(30);
const TOKEN_DEADLINE: Duration = Duration::from_secs(15);
const ACCOUNT_LIMIT: usize = 2 * 1024 * 1024;
const CATALOGUE_LIMIT: usize = 8 * 1024 * 1024;

/// Where the cloud is, and by which keys its answers are known.
#[derive(Debug, Clone)]
pub struct CloudConfig {
    /// `https://…`, without a query.
    pub url: String,
    /// The pinned keys; any of them may sign.
    pub keys: Vec<CloudKey>,
    /// What the shell runs on: `linux`, `ios`, `android`.
    pub platform: String,
    /// Whether `http://` is accepted: a sandbox on this machine, never the product.
    pub allow_http: bool,
}

/// The answer to the question for the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountAnswer {
    /// A whole account state.
    New(SignedAnswer),
    /// A 304 that names the ETag asked about: nothing changed, and the lease is renewed.
    Unchanged(SignedAnswer),
}

/// What a call gave, and the cloud's time when it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// What was asked for.
    pub value: T,
    /// The cloud's time.
    pub server_time: Timestamp,
}

/// The cloud's calls. Cheap to make: nothing is opened before the first call.
pub struct Cloud {
    address: Address,
    config: CloudConfig,
    seams: Seams,
    session: Arc<dyn Session>,
    log: Arc<dyn Log>,
}

impl Cloud {
    /// A cloud at `config.url`. No network.
    ///
    /// # Errors
    /// [`CloudError::InsecureUrl`] for anything but `https://`, unless http is allowed.
    pub fn new(
        config: CloudConfig,
        seams: Seams,
        session: Arc<dyn Session>,
        log: Arc<dyn Log>,
    ) -> Result<Self, CloudError> {
        let address = Address::parse(&config.url, config.allow_http).ok_or(CloudError::InsecureUrl)?;
        Ok(Self {
            address,
            config,
            seams,
            session,
            log,
        })
    }

    /// The pinned keys, for verifying what was stored.
    pub fn keys(&self) -> &[CloudKey] {
        &self.config.keys
    }

    /// The account's state, or that it still is the one with this `etag`.
    ///
    /// # Errors
    /// See [`CloudError`].
    pub async fn account(&self, account: &AccountId, etag: Option<&str>) -> Result<AccountAnswer, CloudError> {
        let mut call = Call::new("GET", "/v1/account", "/v1/account").about(account);
        (call.etag, call.limit) = (etag, ACCOUNT_LIMIT);
        let answer = self.in_session(&call, account).await?;
        if answer.lease_until().is_none() {
            return Err(unreadable("a lease"));
        }
        match unchanged(&answer, etag)? {
            true => Ok(AccountAnswer::Unchanged(answer)),
            false => Ok(AccountAnswer::New(answer)),
        }
    }

    /// The catalogue of a storefront; `None` where it still is the one with this `etag`. Needs no session.
    ///
    /// # Errors
    /// See [`CloudError`].
    pub async fn catalogue(
        &self,
        storefront: &str,
        locale: &str,
        etag: Option<&str>,
    ) -> Result<Option<SignedAnswer>, CloudError> {
        let path = format!(
            "/v1/catalogue?storefront={}&locale={}",
            escaped(storefront),
            escaped(locale)
        );
        let mut call = Call::new("GET", path, "/v1/catalogue");
        (call.etag, call.limit) = (etag, CATALOGUE_LIMIT);
        let answer = self.exchange(&call, None).await?;
        Ok((!unchanged(&answer, etag)?).then_some(answer))
    }

    /// Holds the account's in-app slot, or renews the hold of the same intent.
    ///
    /// # Errors
    /// See [`CloudError`]; `slot_taken`, `reserved_elsewhere`, `owned_elsewhere`, `client_too_old` among its problems.
    pub async fn reserve(
        &self,
        account: &AccountId,
        request: &ReservationRequest,
    ) -> Result<Answer<ReservationAnswer>, CloudError> {
        let call = Call::new("POST", "/v1/reservations", "/v1/reservations")
            .about(account)
            .carrying(request)?;
        let held: Answer<ReservationAnswer> = value(&self.in_session(&call, account).await?, "a reservation")?;
        if held.value.reservation.intent != request.intent {
            return Err(unreadable("a reservation of this intent"));
        }
        Ok(held)
    }

    /// Lets the slot go; one that is gone already is no error.
    ///
    /// # Errors
    /// See [`CloudError`].
    pub async fn release(&self, account: &AccountId, id: &ReservationId) -> Result<Answer<()>, CloudError> {
        let path = format!("/v1/reservations/{}", escaped(id.as_str()));
        let call = Call::new("DELETE", path, "/v1/reservations/…").about(account);
        let answer = self.in_session(&call, account).await?;
        Ok(Answer {
            value: (),
            server_time: time_of(&answer)?,
        })
    }

    /// Posts a store's transaction for a grant. Needs no session, and says nothing about who is signed in, unless an
    /// untagged one is to be bound to `bind_to`, which the body then names too (X11).
    ///
    /// # Errors
    /// See [`CloudError`]. The same `idempotency_key` makes a repeat harmless.
    pub async fn post_purchase(
        &self,
        bind_to: Option<&AccountId>,
        purchase: &PurchasePost,
        idempotency_key: &str,
    ) -> Result<Answer<PurchaseAnswer>, CloudError> {
        let mut call = Call::new("POST", "/v1/purchases", "/v1/purchases").carrying(purchase)?;
        call.account = bind_to;
        call.idempotency_key = Some(idempotency_key);
        let answer = match bind_to {
            Some(account) => self.in_session(&call, account).await?,
            None => self.exchange(&call, None).await?,
        };
        value(&answer, "an answer to a purchase")
    }

    /// Puts the whole set of cameras on a subscription (R16), based on the revision the user saw.
    ///
    /// # Errors
    /// See [`CloudError`]; nothing changed then.
    pub async fn select_cameras(
        &self,
        account: &AccountId,
        subscription: &SubscriptionId,
        cameras: &[CameraId],
        based_on: u64,
    ) -> Result<Answer<Subscription>, CloudError> {
        let path = format!("/v1/subscriptions/{}/cameras", escaped(subscription.as_str()));
        let call = Call::new("PUT", path, "/v1/subscriptions/…/cameras")
            .about(account)
            .carrying(&SelectionRequest { cameras, based_on })?;
        let selected: Answer<SelectionAnswer> = value(&self.in_session(&call, account).await?, "a subscription")?;
        if &selected.value.subscription.id != subscription {
            return Err(unreadable("the subscription that was asked about"));
        }
        Ok(Answer {
            value: selected.value.subscription,
            server_time: selected.server_time,
        })
    }

    /// Has the store give a double payment back and ends that subscription (X16); one that was given back already is no
    /// error.
    ///
    /// # Errors
    /// See [`CloudError`]; `not_paid_twice`, `asked_at_store` among its problems.
    pub async fn refund(
        &self,
        account: &AccountId,
        subscription: &SubscriptionId,
    ) -> Result<Answer<Subscription>, CloudError> {
        let path = format!("/v1/subscriptions/{}/refund", escaped(subscription.as_str()));
        let call = Call::new("POST", path, "/v1/subscriptions/…/refund").about(account);
        let answer: Answer<RefundAnswer> = value(&self.in_session(&call, account).await?, "a subscription")?;
        if &answer.value.subscription.id != subscription {
            return Err(unreadable("the subscription that was asked about"));
        }
        Ok(Answer {
            value: answer.value.subscription,
            server_time: answer.server_time,
        })
    }

    /// Starts a camera's trial, or returns the running one (T1).
    ///
    /// # Errors
    /// See [`CloudError`]; `trial_used`, `trial_not_offered`, `trial_covered` among its problems.
    pub async fn start_trial(&self, account: &AccountId, camera: &CameraId) -> Result<Answer<Trial>, CloudError> {
        let call = Call::new("POST", "/v1/trials", "/v1/trials")
            .about(account)
            .carrying(&TrialRequest { camera })?;
        let started: Answer<TrialAnswer> = value(&self.in_session(&call, account).await?, "a trial")?;
        if &started.value.camera != camera {
            return Err(unreadable("the camera that was asked about"));
        }
        Ok(Answer {
            value: started.value.trial,
            server_time: started.server_time,
        })
    }

    /// Cancels a camera's trial for good; one that is over already is no error (T3).
    ///
    /// # Errors
    /// See [`CloudError`]; `trial_not_running` among its problems.
    pub async fn cancel_trial(&self, account: &AccountId, camera: &CameraId) -> Result<Answer<Trial>, CloudError> {
        let path = format!("/v1/trials/{}", escaped(camera.as_str()));
        let call = Call::new("DELETE", path, "/v1/trials/…").about(account);
        let ended: Answer<TrialAnswer> = value(&self.in_session(&call, account).await?, "a trial")?;
        if &ended.value.camera != camera {
            return Err(unreadable("the camera that was asked about"));
        }
        Ok(Answer {
            value: ended.value.trial,
            server_time: ended.server_time,
        })
    }

    /// One call with a token. Only the cloud's own signed word that the token ended asks for a fresh one, and only once.
    async fn in_session(&self, call: &Call<'_>, account: &AccountId) -> Result<SignedAnswer, CloudError> {
        let token = self.token(account, false).await?;
        match self.exchange(call, Some(&token)).await {
            Err(CloudError::Problem(problem)) if problem.status == 401 && problem.code == "session_expired" => {}
            other => return other,
        }
        let token = self.token(account, true).await?;
        match self.exchange(call, Some(&token)).await {
            Err(CloudError::Problem(problem)) if problem.status == 401 => Err(CloudError::SignIn),
            other => other,
        }
    }

    async fn token(&self, account: &AccountId, fresh: bool) -> Result<String, CloudError> {
        match within(
            &*self.seams.timer,
            TOKEN_DEADLINE,
            self.session.token(account.clone(), fresh),
        )
        .await
        {
            Some(Ok(token)) => Ok(token),
            Some(Err(SessionError::SignInNeeded)) => Err(CloudError::SignIn),
            Some(Err(SessionError::Unavailable)) | None => Err(CloudError::SessionUnavailable),
        }
    }

    /// One question with a new nonce, and the verified answer to it; a signed problem is an error.
    async fn exchange(&self, call: &Call<'_>, token: Option<&str>) -> Result<SignedAnswer, CloudError> {
        let mut nonce = [0; 16];
        self.seams.entropy.fill(&mut nonce);
        let asked = call.asked(&self.address, nonce);
        let request = call.request(&self.address, &asked, &self.config.platform, token);
        self.say("cloud.sent", format!("{} {}", call.method, call.route));
        let sent = within(
            &*self.seams.timer,
            EXCHANGE_DEADLINE,
            self.seams.transport.send(request),
        )
        .await;
        let response = match sent {
            Some(Ok(response)) if response.body.len() <= call.limit => Ok(response),
            Some(Ok(_) | Err(TransportError::TooLarge)) => Err(CloudError::TooLarge),
            Some(Err(TransportError::NoAnswer(detail))) => Err(CloudError::NoAnswer { detail }),
            None => Err(CloudError::NoAnswer {
                detail: "deadline".into(),
            }),
        };
        let ended = match &response {
            Ok(response) => response.status.to_string(),
            Err(error) => error.name().to_owned(),
        };
        self.say("cloud.answered", format!("{} {} {ended}", call.method, call.route));
        let response = response?;
        let retry_after = response
            .header("retry-after")
            .and_then(|seconds| seconds.trim().parse().ok());
        let answer = SignedAnswer::received(asked, response)?;
        answer.verify(&self.config.keys, call.account)?;
        let server_time = time_of(&answer)?;
        match answer.status() {
            200..=299 | 304 => Ok(answer),
            status @ 400.. => Err(problem(&answer, status, retry_after, server_time)),
            _ => Err(unreadable("a status")),
        }
    }

    fn say(&self, event: &str, detail: String) {
        self.log.line(LogLine {
            level: LogLevel::Debug,
            event: event.to_owned(),
            detail,
        });
    }
}

/// The future's output, or `None` where the deadline came first. Biased, so that the same seed gives the same run.
async fn within<T>(timer: &dyn Timer, limit: Duration, future: impl Future<Output = T>) -> Option<T> {
    let deadline = timer.sleep(limit);
    tokio::select! {
        biased;
        output = future => Some(output),
        () = deadline => None,
    }
}

/// Whether it is a 304; one that names another ETag renews nothing.
fn unchanged(answer: &SignedAnswer, etag: Option<&str>) -> Result<bool, CloudError> {
    match (answer.status(), etag) {
        (200, _) => Ok(false),
        (304, Some(etag)) if answer.etag() == Some(etag) => Ok(true),
        (304, _) => Err(CloudError::NotSigned { reason: "other_etag" }),
        _ => Err(unreadable("200 or 304")),
    }
}

fn value<T: for<'a> Deserialize<'a>>(answer: &SignedAnswer, what: &str) -> Result<Answer<T>, CloudError> {
    Ok(Answer {
        value: answer.read(what)?,
        server_time: time_of(answer)?,
    })
}

fn time_of(answer: &SignedAnswer) -> Result<Timestamp, CloudError> {
    answer.server_time().ok_or_else(|| unreadable("the cloud's time"))
}

fn problem(answer: &SignedAnswer, status: u16, retry_after: Option<u32>, server_time: Timestamp) -> CloudError {
    match answer.read::<serde_json::Value>("a problem") {
        Ok(body) => match body.get("code").and_then(serde_json::Value::as_str) {
            Some(code) => CloudError::Problem(CloudProblem {
                status,
                code: code.to_owned(),
                retry_after,
                body,
                server_time,
            }),
            None => unreadable("a problem's code"),
        },
        Err(error) => error,
    }
}
