//! Google Play's verifier: the purchase's JSON and its signature in, a proof or a named refusal out (P1 to P6).
//!
//! A valid signature proves that Play issued these bytes for this app. It proves no access: the JSON has no expiry, and
//! somebody may keep it for ever. What a purchase is worth now, a fresh query or the cloud says.

mod key;
mod purchase;

pub use purchase::{PendingUpdate, PlayPurchase, PurchaseState, play_access, play_revision};

use super::Verified;
use super::check::{Check, Ledger, Refusal};
use super::examination::{Examination, examined};
use super::fields::Fields;
use super::json;
use super::trust::{PlayTrust, TrustError};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use key::LicenseKey;

/// Longer than any purchase, and than the signature of any key that is taken.
const LONGEST_JSON: usize = 64 * 1024;
const LONGEST_SIGNATURE: usize = 4 * 1024;

/// Verifies what Google Play signed. Shared between threads.
#[derive(Debug)]
pub struct PlayVerifier {
    key: LicenseKey,
    package: Option<String>,
}

impl PlayVerifier {
    /// A verifier for one app.
    ///
    /// # Errors
    /// The key is no RSA key of 2048 to 8192 bits, or no package is named.
    pub fn new(trust: &PlayTrust) -> Result<Self, TrustError> {
        if trust.package.is_empty() {
            return Err(TrustError::NoPackage);
        }
        Self::examiner(&trust.key, Some(trust.package.clone()))
    }

    /// A verifier for `care verify`, which may be asked about bytes of an app nobody named. Never for a purchase.
    ///
    /// # Errors
    /// The key is no RSA key of 2048 to 8192 bits.
    pub fn examiner(key: &str, package: Option<String>) -> Result<Self, TrustError> {
        let key = LicenseKey::read(key)?;
        Ok(Self { key, package })
    }

    /// Proves a purchase. `original_json` is what Play handed over, byte for byte: written anew it does not verify.
    ///
    /// # Errors
    /// The first check that fails. Not final: the bytes still go to the cloud.
    pub fn purchase(&self, original_json: &str, signature: &str) -> Result<Verified<PlayPurchase>, Refusal> {
        self.read(original_json, signature, &mut Ledger::silent())
            .map(|(purchase, _)| purchase)
    }

    /// [`Self::purchase`], with every check told.
    pub fn examine_purchase(&self, original_json: &str, signature: &str) -> Examination<PlayPurchase> {
        examined(|ledger| self.read(original_json, signature, ledger))
    }

    fn read<'a>(
        &self,
        original_json: &'a str,
        signature: &str,
        ledger: &mut Ledger,
    ) -> Result<(Verified<PlayPurchase>, &'a str), Refusal> {
        let sized = original_json.len() <= LONGEST_JSON && signature.len() <= LONGEST_SIGNATURE;
        ledger.ask(Check::Size, sized, || {
            format!("{} and {} bytes", original_json.len(), signature.len())
        })?;
        ledger.found(Check::Size, || format!("{} bytes", original_json.len()));
        self.ask_signature(original_json.as_bytes(), signature, ledger)?;
        let payload = ledger.tell(json::object(original_json.as_bytes(), Check::Payload))?;
        let fields = Fields(&payload);
        let package = ledger.tell(fields.text("packageName"))?;
        let purchase = ledger.tell(PlayPurchase::read(fields, package.unwrap_or_default()))?;
        ledger.ok(Check::DuplicateKey);
        ledger.ok(Check::Payload);
        match (&self.package, package) {
            (_, None) => return Err(ledger.refuse(Refusal::new(Check::Package, "none named"))),
            (Some(expected), Some(named)) => ledger.ask(Check::Package, expected == named, || named.to_owned())?,
            (None, Some(_)) => ledger.not_asked(Check::Package),
        }
        ledger.found(Check::Package, || package.unwrap_or_default().to_owned());
        Ok((Verified::new(purchase), original_json))
    }

    /// P3. Line breaks as MIME encoders write them are passed over; everything else of the signature is strict.
    fn ask_signature(&self, message: &[u8], signature: &str, ledger: &mut Ledger) -> Result<(), Refusal> {
        let text: String = signature.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
        let decoded = STANDARD
            .decode(text)
            .map_err(|_| Refusal::new(Check::SignatureEncoding, "not base64"));
        let bytes = ledger.tell(decoded)?;
        ledger.ok(Check::SignatureEncoding);
        ledger.ask(Check::SignatureLength, bytes.len() == self.key.modulus_bytes(), || {
            format!("{} bytes", bytes.len())
        })?;
        ledger.found(Check::SignatureLength, || format!("{} bits", bytes.len() * 8));
        ledger.ask(Check::Signature, self.key.signed(message, &bytes), || {
            "the app's key did not sign these bytes".to_owned()
        })
    }
}
