//! One call as it is sent: its headers, its digest, and an address that is secure and sent exactly as it was hashed.

use super::CloudError;
use super::signature::{Asked, sha256_hex, unreadable};
use crate::id::AccountId;
use crate::seams::HttpRequest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt::Write as _;

/// What most answers may be long.
const ANSWER_LIMIT: usize = 256 * 1024;

/// One question, before it has a nonce.
pub(super) struct Call<'a> {
    pub(super) method: &'static str,
    pub(super) path: String,
    /// The path without ids, for the log.
    pub(super) route: &'static str,
    /// The account it is about.
    pub(super) account: Option<&'a AccountId>,
    pub(super) body: Vec<u8>,
    pub(super) idempotency_key: Option<&'a str>,
    pub(super) etag: Option<&'a str>,
    pub(super) limit: usize,
}

impl<'a> Call<'a> {
    pub(super) fn new(method: &'static str, path: impl Into<String>, route: &'static str) -> Self {
        let (account, idempotency_key, etag) = (None, None, None);
        let (path, body, limit) = (path.into(), Vec::new(), ANSWER_LIMIT);
        Self {
            method,
            path,
            route,
            account,
            body,
            idempotency_key,
            etag,
            limit,
        }
    }

    pub(super) fn about(mut self, account: &'a AccountId) -> Self {
        self.account = Some(account);
        self
    }

    pub(super) fn carrying<T: serde::Serialize>(mut self, body: &T) -> Result<Self, CloudError> {
        self.body = serde_json::to_vec(body).map_err(|_| unreadable("the request"))?;
        Ok(self)
    }

    /// The question with its nonce: what an answer has to be the answer to.
    pub(super) fn asked(&self, at: &Address, nonce: [u8; 16]) -> Asked {
        Asked {
            nonce: URL_SAFE_NO_PAD.encode(nonce),
            method: self.method.to_owned(),
            target: format!("{}{}", at.prefix, self.path),
            request_body_sha256: sha256_hex(&self.body),
        }
    }

    pub(super) fn request(&self, at: &Address, asked: &Asked, platform: &str, token: Option<&str>) -> HttpRequest {
        let mut headers = vec![
            ("care-contract", "1".to_owned()),
            ("care-core", env!("CARGO_PKG_VERSION").to_owned()),
            ("care-platform", platform.to_owned()),
            ("care-nonce", asked.nonce.clone()),
            ("care-digest", asked.digest(self.account, self.idempotency_key)),
        ];
        let mut optional = |name, value: Option<String>| headers.extend(value.map(|value| (name, value)));
        optional("care-account", self.account.map(|account| account.0.clone()));
        optional("authorization", token.map(|token| format!("Bearer {token}")));
        optional("idempotency-key", self.idempotency_key.map(str::to_owned));
        optional("if-none-match", self.etag.map(str::to_owned));
        optional(
            "content-type",
            (!self.body.is_empty()).then(|| "application/json".to_owned()),
        );
        HttpRequest {
            method: self.method,
            url: format!("{}{}", at.origin, asked.target),
            headers,
            body: self.body.clone(),
            answer_limit: self.limit,
        }
    }
}

/// Where the cloud is: `https://host`, and the path every call's path is appended to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    origin: String,
    prefix: String,
}

impl Address {
    /// An address the core may talk to: `https://`, or `http://` where that is allowed.
    pub(super) fn parse(url: &str, allow_http: bool) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let secure = scheme == "https" || (allow_http && scheme == "http");
        let clean = rest
            .chars()
            .all(|c| c.is_ascii_graphic() && !matches!(c, '?' | '#' | '@' | '\\'));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if !secure || !clean || host.is_empty() {
            return None;
        }
        let path = path.trim_end_matches('/');
        let prefix = if path.is_empty() {
            String::new()
        } else {
            format!("/{path}")
        };
        Some(Self {
            origin: format!("{scheme}://{host}"),
            prefix,
        })
    }
}

/// Percent-encoded, so that the target is sent exactly as it was hashed.
pub(super) fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => escaped.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => drop(write!(escaped, "%{byte:02X}")),
        }
        escaped
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clean_secure_address_is_taken() {
        let bad = [
            "",
            "care.example",
            "ftp://a",
            "https://",
            "https:///v1",
            "https://a@b",
            "https://a?b",
            "https://a b",
        ];
        for url in bad {
            assert_eq!(Address::parse(url, true), None, "{url}");
        }
        assert_eq!(Address::parse("http://care.example", false), None);
        assert!(Address::parse("http://127.0.0.1:8080", true).is_some());
        let address = Address::parse("HTTPS://care.example/eu/", false).unwrap();
        assert_eq!(
            (address.origin.as_str(), address.prefix.as_str()),
            ("https://care.example", "/eu")
        );
    }
}
