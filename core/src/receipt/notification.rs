//! A server notification as the App Store signs it, and which part of it names the app.

use super::Verified;
use super::app_transaction::AppTransaction;
use super::check::Refusal;
use super::fields::Fields;
use super::renewal::RenewalInfo;
use super::transaction::Transaction;
use super::words::SubscriptionStatus;
use crate::id::Environment;
use crate::time::Timestamp;

/// News of the store. The same news may come again: `notification_uuid` tells (step 17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// The ledger it stands in (X15).
    pub environment: Environment,
    /// The app.
    pub bundle_id: String,
    /// When the store signed it.
    pub signed_date: Timestamp,
    /// What happened, as the store writes it.
    pub notification_type: Option<String>,
    /// What exactly, as the store writes it.
    pub subtype: Option<String>,
    /// The notification itself: a repetition keeps it.
    pub notification_uuid: Option<String>,
    /// The app's number in the App Store.
    pub app_apple_id: Option<i64>,
    /// The subscription's status.
    pub status: Option<SubscriptionStatus>,
    /// The transaction nested in it, proved on its own.
    pub transaction: Option<Verified<Transaction>>,
    /// The renewal info nested in it, proved on its own.
    pub renewal: Option<Verified<RenewalInfo>>,
    /// The app transaction nested in it, proved on its own.
    pub app_transaction: Option<Verified<AppTransaction>>,
}

/// The part of a notification that names app and environment: exactly one of four, by the kind of news.
pub(super) struct Subject<'a> {
    /// Its fields.
    pub(super) fields: Fields<'a>,
    /// The environment it names.
    pub(super) environment: Option<&'a str>,
}

impl<'a> Subject<'a> {
    /// Finds it; `None` where the payload has no such part.
    pub(super) fn of(payload: Fields<'a>) -> Result<Option<Self>, Refusal> {
        for part in ["data", "summary", "appData"] {
            if let Some(fields) = payload.object(part)? {
                return Ok(Some(Self {
                    fields,
                    environment: fields.text("environment")?,
                }));
            }
        }
        let Some(fields) = payload.object("externalPurchaseToken")? else {
            return Ok(None);
        };
        // These tokens say their environment in their name only.
        let environment = fields.text("externalPurchaseId")?.map(|id| {
            if id.starts_with("SANDBOX") {
                "Sandbox"
            } else {
                "Production"
            }
        });
        Ok(Some(Self { fields, environment }))
    }
}
