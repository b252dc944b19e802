//! From bytes to a payload the store signed (steps 1 to 10), and what a payload must then say (steps 11 to 13).

use super::app_transaction::DeviceId;
use super::cache::ChainCache;
use super::chain::{self, Root};
use super::check::{Check, Ledger, Refusal};
use super::fields::Fields;
use super::json::{self, Object};
use super::jws::{Kind, Segments};
use super::trust::Expectations;
use crate::id::Environment;
use crate::time::{Timestamp, TrustedTime};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

/// A signature may be this much ahead of trusted time: two honest clocks differ.
const AHEAD_MS: i64 = 5 * 60 * 1000;

/// A payload whose signature held. What is left are the questions of its meaning.
pub(super) struct Authentic<'a> {
    pub(super) payload: Object<'a>,
    /// The payload's own date.
    pub(super) date: Timestamp,
}

impl<'a> Authentic<'a> {
    /// Steps 2 to 10.
    pub(super) fn read(
        segments: &'a Segments<'_>,
        kind: Kind,
        roots: &[Root],
        cache: Option<&ChainCache>,
        now: Option<TrustedTime>,
        ledger: &mut Ledger,
    ) -> Result<Self, Refusal> {
        let known = cache.and_then(|cache| cache.chain(segments.raw_header));
        let new = known.is_none();
        let chain = match known {
            Some(chain) => chain,
            None => chain::prove(&segments.certificates(ledger)?, roots, cache, ledger)?,
        };

        // The date is read before the signature, because the chain is judged by it. What else is wrong with the payload
        // waits: a changed byte is a broken signature first, whatever it did to the JSON.
        let payload = json::object(&segments.payload, Check::Payload);
        let date = payload
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|payload| Fields(payload).time(kind.date_field()));
        if let Ok(Some(date)) = date {
            chain.valid_at(date, ledger)?;
            ask_date(date, now, ledger)?;
        }
        // ring refuses what is not exactly 64 bytes; the length is asked first so that the finding says so.
        let length = segments.signature.len();
        ledger.ask(Check::Signature, length == 64, || format!("{length} bytes"))?;
        let signed = es256(&chain.key, segments.signed.as_bytes(), &segments.signature);
        ledger.ask(Check::Signature, signed, || {
            "the leaf did not sign these bytes".to_owned()
        })?;
        if let Some(cache) = cache.filter(|_| new) {
            cache.keep_chain(segments.raw_header, chain);
        }

        let payload = ledger.tell(payload)?;
        let date = ledger.tell(date)?;
        let missing = || Refusal::new(Check::SignedDate, format!("no {}", kind.date_field()));
        let date = ledger.tell(date.ok_or_else(missing))?;
        ledger.ok(Check::DuplicateKey);
        ledger.ok(Check::Payload);
        Ok(Self { payload, date })
    }
}

/// Step 9: `key` is an uncompressed P-256 point, `signature` its r and s.
pub(super) fn es256(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key)
        .verify(message, signature)
        .is_ok()
}

/// Step 8.
fn ask_date(date: Timestamp, now: Option<TrustedTime>, ledger: &mut Ledger) -> Result<(), Refusal> {
    let Some(now) = now else {
        ledger.not_asked(Check::SignedDate);
        return Ok(());
    };
    let latest = now.timestamp().plus_ms(AHEAD_MS);
    ledger.ask(Check::SignedDate, date <= latest, || {
        format!("{} is in the future", date.rfc3339())
    })?;
    ledger.found(Check::SignedDate, || date.rfc3339());
    Ok(())
}

impl Expectations {
    /// Step 11. The libraries of the store skip cryptography for Xcode and LocalTesting: here they are nothing (X15).
    pub(super) fn ask_environment(&self, named: Option<&str>, ledger: &mut Ledger) -> Result<Environment, Refusal> {
        let environment = match named {
            Some("Production") => Some(Environment::Production),
            Some("Sandbox") => Some(Environment::Sandbox),
            _ => None,
        };
        let refusal = || Refusal::new(Check::Environment, named.unwrap_or("none named"));
        let environment =
            environment.filter(|found| self.environment.as_ref().is_none_or(|expected| expected == found));
        let environment = ledger.tell(environment.ok_or_else(refusal))?;
        ledger.ok(Check::Environment);
        ledger.found(Check::Environment, || named.unwrap_or_default().to_owned());
        Ok(environment)
    }

    /// Step 12, the bundle.
    pub(super) fn ask_bundle(&self, named: Option<&str>, ledger: &mut Ledger) -> Result<String, Refusal> {
        let named = ledger.tell(named.ok_or_else(|| Refusal::new(Check::Bundle, "none named")))?;
        match &self.bundle_id {
            Some(expected) => ledger.ask(Check::Bundle, expected == named, || named.to_owned())?,
            None => ledger.not_asked(Check::Bundle),
        }
        ledger.found(Check::Bundle, || named.to_owned());
        Ok(named.to_owned())
    }

    /// Step 12, the app's number: Sandbox does not have it, or has 0.
    pub(super) fn ask_app_id(
        &self,
        named: Option<i64>,
        environment: &Environment,
        ledger: &mut Ledger,
    ) -> Result<(), Refusal> {
        match self.app_id {
            Some(expected) if *environment == Environment::Production => {
                ledger.ask(Check::AppId, named == Some(expected), || {
                    named.map_or_else(|| "none named".to_owned(), |id| id.to_string())
                })
            }
            _ => {
                ledger.not_asked(Check::AppId);
                Ok(())
            }
        }
    }
}

/// Step 13: asked only where the caller names a device and the payload was made for one; a server's copy was not.
pub(super) fn ask_device(
    device: Option<&DeviceId>,
    verification: Option<&str>,
    nonce: Option<&str>,
    ledger: &mut Ledger,
) -> Result<(), Refusal> {
    match device.zip(verification) {
        Some((device, verification)) => ledger.ask(Check::Device, device.made(verification, nonce), || {
            "made for another device".to_owned()
        }),
        None => {
            ledger.not_asked(Check::Device);
            Ok(())
        }
    }
}
