//! The outer form of an App Store JWS: three segments and their header (steps 1 to 3), before any cryptography.

use super::check::{Check, Ledger, Refusal};
use super::json::{self, Item};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// Seven times the longest that Apple is known to send (a notification with two JWS in it).
const LONGEST: usize = 128 * 1024;

/// Base64 of a certificate: Apple's are below 1500.
const LONGEST_CERTIFICATE: usize = 8 * 1024;

/// What a signed payload is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A purchase or renewal.
    Transaction,
    /// What happens at a subscription's end.
    Renewal,
    /// The download of the app.
    AppTransaction,
    /// News of the store.
    Notification,
}

impl Kind {
    /// The kind's stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Transaction => "transaction",
            Self::Renewal => "renewal",
            Self::AppTransaction => "app_transaction",
            Self::Notification => "notification",
        }
    }

    /// What `jws` claims to be, by the fields of its payload. A claim only: nothing is verified.
    pub fn claimed(jws: &str) -> Option<Self> {
        let parts = Segments::split(jws, &mut Ledger::silent()).ok()?;
        let payload = json::object(&parts.payload, Check::Payload).ok()?;
        Some(if payload.has("notificationType") {
            Self::Notification
        } else if payload.has("receiptType") {
            Self::AppTransaction
        } else if payload.has("bundleId") {
            Self::Transaction
        } else {
            Self::Renewal
        })
    }

    /// The payload's own date, at which the chain must be valid.
    pub(super) fn date_field(self) -> &'static str {
        match self {
            Self::AppTransaction => "receiptCreationDate",
            _ => "signedDate",
        }
    }
}

/// A JWS taken apart, nothing in it believed.
pub(super) struct Segments<'a> {
    /// The header as it came: the key of the chain cache.
    pub(super) raw_header: &'a str,
    /// What was signed: `header.payload` as they came.
    pub(super) signed: &'a str,
    pub(super) payload: Vec<u8>,
    pub(super) signature: Vec<u8>,
}

fn decoded(name: &str, segment: &str) -> Result<Vec<u8>, Refusal> {
    let decoded = URL_SAFE_NO_PAD.decode(segment);
    decoded.map_err(|_| Refusal::new(Check::Encoding, format!("the {name} is not strict base64url")))
}

impl<'a> Segments<'a> {
    /// Step 1.
    pub(super) fn split(jws: &'a str, ledger: &mut Ledger) -> Result<Self, Refusal> {
        ledger.ask(Check::Size, jws.len() <= LONGEST, || format!("{} bytes", jws.len()))?;
        ledger.found(Check::Size, || format!("{} bytes", jws.len()));
        let dots = jws.bytes().filter(|byte| *byte == b'.').count();
        ledger.ask(Check::Segments, dots == 2, || format!("{} segments", dots + 1))?;
        ledger.found(Check::Segments, || "3".to_owned());
        let (signed, signature) = jws.rsplit_once('.').unwrap_or_default();
        let (raw_header, payload) = signed.split_once('.').unwrap_or_default();
        let payload = ledger.tell(decoded("payload", payload))?;
        let signature = ledger.tell(decoded("signature", signature))?;
        ledger.ok(Check::Encoding);
        Ok(Self {
            raw_header,
            signed,
            payload,
            signature,
        })
    }

    /// Steps 2 and 3: the certificates the header carries, as DER. `jwk`, `jku` and `x5u` are never looked at. Only here
    /// is the header decoded: one that is known needs to be compared and no more.
    pub(super) fn certificates(&self, ledger: &mut Ledger) -> Result<[Vec<u8>; 3], Refusal> {
        let header = ledger.tell(decoded("header", self.raw_header))?;
        let header = ledger.tell(json::object(&header, Check::Header))?;
        ledger.ok(Check::Header);
        let algorithm = match header.get("alg") {
            Some(Item::Text(algorithm)) => Some(algorithm.as_ref()),
            _ => None,
        };
        ledger.ask(Check::Algorithm, algorithm == Some("ES256"), || {
            algorithm.unwrap_or("none named").to_owned()
        })?;
        ledger.found(Check::Algorithm, || "ES256".to_owned());
        ledger.ask(Check::CriticalHeader, !header.has("crit"), || "crit".to_owned())?;
        let chain = match header.get("x5c") {
            Some(Item::List(chain)) => chain.as_slice(),
            _ => &[],
        };
        ledger.ask(Check::ChainLength, chain.len() == 3, || {
            format!("{} certificates", chain.len())
        })?;
        ledger.found(Check::ChainLength, || "3 certificates".to_owned());
        let mut certificates = [const { Vec::new() }; 3];
        for (der, encoded) in certificates.iter_mut().zip(chain) {
            let text = encoded.as_deref().filter(|text| text.len() <= LONGEST_CERTIFICATE);
            match text.and_then(|text| STANDARD.decode(text).ok()) {
                Some(decoded) => *der = decoded,
                None => return Err(ledger.refuse(Refusal::new(Check::CertificateEncoding, "not strict base64"))),
            }
        }
        Ok(certificates)
    }
}
