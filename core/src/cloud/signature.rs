//! The text both sides sign, and an answer kept verbatim so that it can be verified again when it is read from disk.
//!
//! A stored answer proves itself: whoever edits the file changes a byte under the signature, and the answer is gone
//! rather than wrong.

use super::CloudError;
use crate::account::AccountState;
use crate::catalogue::Catalogue;
use crate::id::AccountId;
use crate::seams::HttpResponse;
use crate::time::Timestamp;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

/// A pinned key of the cloud: Ed25519, public half. Two are pinned, so that one can be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloudKey {
    /// What `care-key` calls it.
    pub id: String,
    /// The 32 bytes.
    pub public: Vec<u8>,
}

/// The longest lease the core believes, whatever an answer says.
const LONGEST_LEASE_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Lower hex SHA-256.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(digest(&SHA256, bytes))
}

/// What was asked, as far as the signature covers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) nonce: String,
    pub(super) method: String,
    pub(super) target: String,
    pub(super) request_body_sha256: String,
}

impl Asked {
    /// `care-digest` of the request: what keeps a proxy from altering one.
    pub(super) fn digest(&self, account: Option<&AccountId>, idempotency_key: Option<&str>) -> String {
        let text = [
            "care-request-v1",
            &self.method,
            &self.target,
            account.map_or("", AccountId::as_str),
            idempotency_key.unwrap_or(""),
            &self.request_body_sha256,
        ]
        .join("\n");
        sha256_hex(text.as_bytes())
    }
}

/// One answer of the cloud, verbatim: the question, the signed headers as received, the body.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedAnswer {
    asked: Asked,
    status: u16,
    etag: Option<String>,
    key: String,
    time: String,
    lease_until: Option<String>,
    account: Option<String>,
    signature: String,
    #[serde(with = "base64_text")]
    body: Vec<u8>,
}

impl std::fmt::Debug for SignedAnswer {
    /// A body names cameras, and the headers an account: neither is printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedAnswer")
            .field("status", &self.status)
            .field("time", &self.time)
            .finish_non_exhaustive()
    }
}

impl SignedAnswer {
    /// Takes an answer as it came. Nothing is believed yet.
    pub(super) fn received(asked: Asked, response: HttpResponse) -> Result<Self, CloudError> {
        let header = |name: &str| response.header(name).map(str::to_owned);
        let unsigned = CloudError::NotSigned { reason: "unsigned" };
        let (Some(key), Some(time), Some(signature)) =
            (header("care-key"), header("care-time"), header("care-signature"))
        else {
            return Err(unsigned);
        };
        Ok(Self {
            asked,
            status: response.status,
            etag: header("etag"),
            key,
            time,
            lease_until: header("care-lease-until"),
            account: header("care-account"),
            signature,
            body: response.body,
        })
    }

    /// The text the cloud signed.
    fn text(&self) -> String {
        [
            "care-answer-v1",
            &self.asked.nonce,
            &self.asked.method,
            &self.asked.target,
            &self.asked.request_body_sha256,
            &self.status.to_string(),
            &sha256_hex(&self.body),
            self.etag.as_deref().unwrap_or(""),
            &self.key,
            &self.time,
            self.lease_until.as_deref().unwrap_or(""),
            self.account.as_deref().unwrap_or(""),
        ]
        .join("\n")
    }

    /// Whether one of `keys` signed exactly this, and it is about `account` where one is named. A problem may name no
    /// account: the nonce already ties it to the question.
    ///
    /// # Errors
    /// [`CloudError::NotSigned`]: nothing of it may be used.
    pub fn verify(&self, keys: &[CloudKey], account: Option<&AccountId>) -> Result<(), CloudError> {
        let refused = |reason| Err(CloudError::NotSigned { reason });
        let text = self.text();
        let Ok(signature) = STANDARD.decode(&self.signature) else {
            return refused("altered");
        };
        let mut known = keys.iter().filter(|key| key.id == self.key).peekable();
        if known.peek().is_none() {
            return refused("foreign_key");
        }
        if !known.any(|key| {
            UnparsedPublicKey::new(&ED25519, &key.public)
                .verify(text.as_bytes(), &signature)
                .is_ok()
        }) {
            return refused("altered");
        }
        match (account, self.account.as_deref().filter(|named| !named.is_empty())) {
            (None, _) => Ok(()),
            (Some(asked), Some(named)) if asked.as_str() == named => Ok(()),
            (Some(_), None) if self.status >= 400 => Ok(()),
            (Some(_), _) => refused("other_account"),
        }
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body, as received.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The cloud's time when it answered.
    pub fn server_time(&self) -> Option<Timestamp> {
        Timestamp::parse(&self.time).ok()
    }

    /// Until when the account state may be believed offline: as signed, and at most 7 days from the answer.
    pub fn lease_until(&self) -> Option<Timestamp> {
        let longest = self.server_time()?.plus_ms(LONGEST_LEASE_MS);
        Timestamp::parse(self.lease_until.as_deref()?)
            .ok()
            .map(|until| until.min(longest))
    }

    /// The ETag it carries.
    pub fn etag(&self) -> Option<&str> {
        self.etag.as_deref().filter(|etag| !etag.is_empty())
    }

    /// The account state it holds.
    ///
    /// # Errors
    /// [`CloudError::Unreadable`]: it answers another question, or is not understood.
    pub fn account_state(&self) -> Result<AccountState, CloudError> {
        self.is_the_whole("/v1/account", "an account state")?;
        let state: AccountState = self.read("an account state")?;
        if self.account.as_deref() != Some(state.account.as_str()) {
            return Err(unreadable("an account state of the account that was signed"));
        }
        Ok(state)
    }

    /// The catalogue it holds.
    ///
    /// # Errors
    /// [`CloudError::Unreadable`]: it answers another question, or is not understood.
    pub fn catalogue(&self) -> Result<Catalogue, CloudError> {
        self.is_the_whole("/v1/catalogue", "a catalogue")?;
        self.read("a catalogue")
    }

    /// A genuine answer to one question is no answer to another, also when somebody swaps them on disk.
    fn is_the_whole(&self, path: &str, what: &str) -> Result<(), CloudError> {
        let asked = self.asked.target.split('?').next().unwrap_or("");
        if self.asked.method == "GET" && asked.ends_with(path) && self.status == 200 {
            return Ok(());
        }
        Err(unreadable(what))
    }

    /// The body as JSON of a known shape. The parser's words are left out: they may quote the body.
    pub(super) fn read<'a, T: Deserialize<'a>>(&'a self, what: &str) -> Result<T, CloudError> {
        serde_json::from_slice(&self.body)
            .map_err(|error| unreadable(&format!("{what} (line {}, column {})", error.line(), error.column())))
    }
}

/// Signed, and not what was looked for.
pub(super) fn unreadable(what: &str) -> CloudError {
    CloudError::Unreadable {
        detail: what.to_owned(),
    }
}

/// Bytes as base64 text: a JSON array of numbers would be four times as long.
mod base64_text {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD
            .decode(text)
            .map_err(|_| serde::de::Error::custom("not base64"))
    }
}
