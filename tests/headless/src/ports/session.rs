//! The TP-Link ID service: tokens for whoever is signed in, kept in memory only.

use crate::failure::Failure;
use crate::state::Person;
use crate::words;
use crate::world::Wire;
use async_trait::async_trait;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tapo_care::id::AccountId;
use tapo_care::message::Message;
use tapo_care::ports::{Session, SessionError};

/// Knows who is signed in, and asks for their tokens.
#[derive(Clone)]
pub struct Sessions {
    wire: Wire,
    signed_in: Arc<Mutex<Option<SignedIn>>>,
}

struct SignedIn {
    person: Person,
    token: Option<String>,
}

impl Sessions {
    /// Of the service behind `wire`.
    pub fn new(wire: Wire, person: Option<Person>) -> Self {
        let signed_in = person.map(|person| SignedIn { person, token: None });
        Self {
            wire,
            signed_in: Arc::new(Mutex::new(signed_in)),
        }
    }

    /// Signs in by name. The caller remembers who that is.
    ///
    /// # Errors
    /// The world knows no such name, or the service cannot be reached.
    pub async fn sign_in(&self, name: &str) -> Result<Person, Failure> {
        let unreachable =
            |why: String| Failure::Unreachable(words::say(&Message::new("sign-in-unreachable").text("why", why)));
        let asked = json!({ "name": name });
        let (status, answer) = self
            .wire
            .call("POST", "/session", Some(&asked))
            .await
            .map_err(|error| unreachable(error.to_string()))?;
        match (status, read(&answer)) {
            (200..300, Some((account, token))) => {
                let person = Person {
                    account,
                    name: name.to_owned(),
                };
                *self.lock() = Some(SignedIn {
                    person: person.clone(),
                    token: Some(token),
                });
                Ok(person)
            }
            (404, _) => Err(Failure::refused(
                "unknown_name",
                words::say(&Message::new("unknown-name").text("name", name)),
            )),
            (status, _) => Err(unreachable(format!("status {status}"))),
        }
    }

    /// Forgets who was signed in.
    pub fn sign_out(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<SignedIn>> {
        self.signed_in.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(answer: &Value) -> Option<(AccountId, String)> {
    Some((
        AccountId::from(answer["account"].as_str()?),
        answer["token"].as_str()?.to_owned(),
    ))
}

#[async_trait]
impl Session for Sessions {
    async fn token(&self, account: AccountId, fresh: bool) -> Result<String, SessionError> {
        let name = {
            let signed_in = self.lock();
            let Some(known) = signed_in.as_ref().filter(|known| known.person.account == account) else {
                return Err(SessionError::SignInNeeded);
            };
            match &known.token {
                Some(token) if !fresh => return Ok(token.clone()),
                _ => known.person.name.clone(),
            }
        };
        let asked = json!({ "name": name });
        let (status, answer) = self
            .wire
            .call("POST", "/session", Some(&asked))
            .await
            .map_err(|_| SessionError::Unavailable)?;
        match (status, read(&answer)) {
            (200..300, Some((named, token))) if named == account => {
                if let Some(known) = self.lock().as_mut().filter(|known| known.person.account == account) {
                    known.token = Some(token.clone());
                }
                Ok(token)
            }
            (200..300 | 401 | 403 | 404, _) => Err(SessionError::SignInNeeded),
            _ => Err(SessionError::Unavailable),
        }
    }
}
