//! An app transaction as the App Store signs it: a store account's download of this app, and the device check.

use super::check::Refusal;
use super::fields::Fields;
use crate::id::Environment;
use crate::time::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{Context, SHA384};

/// This device as StoreKit names it to this app (`AppStore.deviceVerificationID`): a UUID as text.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceId(pub String);

/// The download of the app by one store account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppTransaction {
    /// The ledger it stands in (X15); `receiptType` in the payload.
    pub environment: Environment,
    /// The app.
    pub bundle_id: String,
    /// When the store made it.
    pub receipt_creation_date: Timestamp,
    /// The app's number in the App Store; Sandbox has none.
    pub app_apple_id: Option<i64>,
    /// The store account's download, the same on all its devices.
    pub app_transaction_id: Option<String>,
    /// The version running.
    pub application_version: Option<String>,
    /// The version first downloaded.
    pub original_application_version: Option<String>,
    /// When it was first downloaded.
    pub original_purchase_date: Option<Timestamp>,
    /// When it was ordered ahead.
    pub preorder_date: Option<Timestamp>,
    /// Where it was first downloaded.
    pub original_platform: Option<String>,
    /// What ties it to a device (step 13).
    pub device_verification: Option<String>,
    /// The salt of `device_verification`.
    pub device_verification_nonce: Option<String>,
}

impl AppTransaction {
    pub(super) fn read(
        fields: Fields<'_>,
        environment: Environment,
        bundle_id: String,
        created: Timestamp,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            environment,
            bundle_id,
            receipt_creation_date: created,
            app_apple_id: fields.number("appAppleId")?,
            app_transaction_id: fields.word("appTransactionId")?,
            application_version: fields.word("applicationVersion")?,
            original_application_version: fields.word("originalApplicationVersion")?,
            original_purchase_date: fields.time("originalPurchaseDate")?,
            preorder_date: fields.time("preorderDate")?,
            original_platform: fields.word("originalPlatform")?,
            device_verification: fields.word("deviceVerification")?,
            device_verification_nonce: fields.word("deviceVerificationNonce")?,
        })
    }
}

impl DeviceId {
    /// Step 13: whether `verification` is base64(SHA-384(lower(nonce) ‖ lower(device))).
    pub(super) fn made(&self, verification: &str, nonce: Option<&str>) -> bool {
        let Some(nonce) = nonce else { return false };
        let mut hash = Context::new(&SHA384);
        hash.update(nonce.to_ascii_lowercase().as_bytes());
        hash.update(self.0.to_ascii_lowercase().as_bytes());
        STANDARD.encode(hash.finish()) == verification
    }
}

impl std::fmt::Debug for DeviceId {
    /// Says nothing: a log must not tell devices apart.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeviceId(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with Python's hashlib: sha384(nonce + device), both in lower case.
    const VERIFICATION: &str = "W3kAh15G7znyjkdoG/4mbg2XK9G+bVVPMyQjJHMo6y1US7iaAUvpEHLKT/43nrkZ";

    #[test]
    fn a_device_is_recognised_whatever_the_letter_case() {
        let device = DeviceId("5F3C1B2A-0D4E-4F60-8A71-92B3C4D5E6F7".into());
        let nonce = Some("7EDEA87D-98F0-42D0-9682-49CA81022F73");
        assert!(device.made(VERIFICATION, nonce));
        assert!(!DeviceId("5f3c1b2a-0d4e-4f60-8a71-92b3c4d5e6f8".into()).made(VERIFICATION, nonce));
        assert!(!device.made(VERIFICATION, None));
    }
}
