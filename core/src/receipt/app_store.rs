//! The App Store's verifier: a JWS in, a proof or a named refusal out.

use super::Verified;
use super::app_transaction::{AppTransaction, DeviceId};
use super::authentic::{Authentic, ask_device};
use super::cache::ChainCache;
use super::chain::Root;
use super::check::{Check, Ledger, Refusal};
use super::examination::{Examination, examined};
use super::fields::Fields;
use super::jws::{Kind, Segments};
use super::notification::{Notification, Subject};
use super::renewal::RenewalInfo;
use super::transaction::Transaction;
use super::trust::{AppStoreTrust, Expectations, TrustError};
use crate::time::TrustedTime;

/// Verifies what the App Store signed. Shared between threads; keeps the chains it proved.
#[derive(Debug)]
pub struct AppStoreVerifier {
    roots: Vec<Root>,
    expected: Expectations,
    cache: ChainCache,
}

impl AppStoreVerifier {
    /// A verifier for one app.
    ///
    /// # Errors
    /// The trust names no root, a root that is none, or no bundle.
    pub fn new(trust: AppStoreTrust) -> Result<Self, TrustError> {
        if trust.bundle_id.is_empty() {
            return Err(TrustError::NoBundle);
        }
        let AppStoreTrust {
            roots,
            bundle_id,
            app_id,
            environment,
        } = trust;
        Self::examiner(
            &roots,
            Expectations {
                bundle_id: Some(bundle_id),
                app_id,
                environment,
            },
        )
    }

    /// A verifier for `care verify`, which may be asked about bytes of an app nobody named. Never for a purchase.
    ///
    /// # Errors
    /// There is no root, or one that is none.
    pub fn examiner(roots: &[Vec<u8>], expected: Expectations) -> Result<Self, TrustError> {
        if roots.is_empty() {
            return Err(TrustError::NoRoot);
        }
        let roots = roots
            .iter()
            .map(|der| Root::read(der))
            .collect::<Option<_>>()
            .ok_or(TrustError::UnreadableRoot)?;
        Ok(Self {
            roots,
            expected,
            cache: ChainCache::default(),
        })
    }

    /// Proves a transaction.
    ///
    /// # Errors
    /// The first check that fails. Not final: the bytes still go to the cloud.
    pub fn transaction(&self, jws: &str, now: Option<TrustedTime>) -> Result<Verified<Transaction>, Refusal> {
        self.read_transaction(jws, now, None, &mut Ledger::silent())
            .map(|(transaction, _)| transaction)
    }

    /// Proves a transaction signed for `device`, where the payload says for which.
    ///
    /// # Errors
    /// As [`Self::transaction`]; another device means no local use.
    pub fn transaction_on(
        &self,
        jws: &str,
        now: Option<TrustedTime>,
        device: &DeviceId,
    ) -> Result<Verified<Transaction>, Refusal> {
        self.read_transaction(jws, now, Some(device), &mut Ledger::silent())
            .map(|(transaction, _)| transaction)
    }

    /// Proves a renewal info, and that it speaks `of` the transaction's subscription.
    ///
    /// # Errors
    /// As [`Self::transaction`].
    pub fn renewal(
        &self,
        jws: &str,
        of: Option<&Transaction>,
        now: Option<TrustedTime>,
    ) -> Result<Verified<RenewalInfo>, Refusal> {
        self.read_renewal(jws, of, now, &mut Ledger::silent())
            .map(|(renewal, _)| renewal)
    }

    /// Proves an app transaction.
    ///
    /// # Errors
    /// As [`Self::transaction`].
    pub fn app_transaction(
        &self,
        jws: &str,
        now: Option<TrustedTime>,
        device: Option<&DeviceId>,
    ) -> Result<Verified<AppTransaction>, Refusal> {
        self.read_app_transaction(jws, now, device, &mut Ledger::silent())
            .map(|(app, _)| app)
    }

    /// Proves a notification and, each on its own, what is nested in it.
    ///
    /// # Errors
    /// As [`Self::transaction`]; a nested JWS that fails names its field before what was found.
    pub fn notification(&self, jws: &str, now: Option<TrustedTime>) -> Result<Verified<Notification>, Refusal> {
        self.read_notification(jws, now, &mut Ledger::silent())
            .map(|(notification, _)| notification)
    }

    /// [`Self::transaction`], with every check told.
    pub fn examine_transaction(
        &self,
        jws: &str,
        now: Option<TrustedTime>,
        device: Option<&DeviceId>,
    ) -> Examination<Transaction> {
        examined(|ledger| self.read_transaction(jws, now, device, ledger))
    }

    /// [`Self::renewal`], with every check told.
    pub fn examine_renewal(
        &self,
        jws: &str,
        of: Option<&Transaction>,
        now: Option<TrustedTime>,
    ) -> Examination<RenewalInfo> {
        examined(|ledger| self.read_renewal(jws, of, now, ledger))
    }

    /// [`Self::app_transaction`], with every check told.
    pub fn examine_app_transaction(
        &self,
        jws: &str,
        now: Option<TrustedTime>,
        device: Option<&DeviceId>,
    ) -> Examination<AppTransaction> {
        examined(|ledger| self.read_app_transaction(jws, now, device, ledger))
    }

    /// [`Self::notification`], with every check told.
    pub fn examine_notification(&self, jws: &str, now: Option<TrustedTime>) -> Examination<Notification> {
        examined(|ledger| self.read_notification(jws, now, ledger))
    }

    fn authentic<'a>(
        &self,
        segments: &'a Segments<'_>,
        kind: Kind,
        now: Option<TrustedTime>,
        ledger: &mut Ledger,
    ) -> Result<Authentic<'a>, Refusal> {
        // An examination tells each check, so it proves the chain anew.
        let cache = (!ledger.keeps()).then_some(&self.cache);
        Authentic::read(segments, kind, &self.roots, cache, now, ledger)
    }

    fn read_transaction(
        &self,
        jws: &str,
        now: Option<TrustedTime>,
        device: Option<&DeviceId>,
        ledger: &mut Ledger,
    ) -> Result<(Verified<Transaction>, Vec<u8>), Refusal> {
        let segments = Segments::split(jws, ledger)?;
        let Authentic { payload, date } = self.authentic(&segments, Kind::Transaction, now, ledger)?;
        let fields = Fields(&payload);
        let environment = self
            .expected
            .ask_environment(ledger.tell(fields.text("environment"))?, ledger)?;
        let bundle = self
            .expected
            .ask_bundle(ledger.tell(fields.text("bundleId"))?, ledger)?;
        let transaction = ledger.tell(Transaction::read(fields, environment, bundle, date))?;
        let made_for = transaction.device_verification.as_deref();
        ask_device(
            device,
            made_for,
            transaction.device_verification_nonce.as_deref(),
            ledger,
        )?;
        Ok((Verified::new(transaction), segments.payload))
    }

    fn read_renewal(
        &self,
        jws: &str,
        of: Option<&Transaction>,
        now: Option<TrustedTime>,
        ledger: &mut Ledger,
    ) -> Result<(Verified<RenewalInfo>, Vec<u8>), Refusal> {
        let segments = Segments::split(jws, ledger)?;
        let Authentic { payload, date } = self.authentic(&segments, Kind::Renewal, now, ledger)?;
        let fields = Fields(&payload);
        let environment = self
            .expected
            .ask_environment(ledger.tell(fields.text("environment"))?, ledger)?;
        let renewal = ledger.tell(RenewalInfo::read(fields, environment, date))?;
        match of {
            None => ledger.not_asked(Check::RenewalBelongs),
            Some(of) => {
                // Step 16. Two that name nothing do not belong together either.
                let same = renewal.original_transaction_id.is_some()
                    && renewal.original_transaction_id == of.original_transaction_id
                    && renewal.environment == of.environment;
                ledger.ask(Check::RenewalBelongs, same, || {
                    "another subscription's renewal info".to_owned()
                })?;
            }
        }
        Ok((Verified::new(renewal), segments.payload))
    }

    fn read_app_transaction(
        &self,
        jws: &str,
        now: Option<TrustedTime>,
        device: Option<&DeviceId>,
        ledger: &mut Ledger,
    ) -> Result<(Verified<AppTransaction>, Vec<u8>), Refusal> {
        let segments = Segments::split(jws, ledger)?;
        let Authentic { payload, date } = self.authentic(&segments, Kind::AppTransaction, now, ledger)?;
        let fields = Fields(&payload);
        let environment = self
            .expected
            .ask_environment(ledger.tell(fields.text("receiptType"))?, ledger)?;
        let bundle = self
            .expected
            .ask_bundle(ledger.tell(fields.text("bundleId"))?, ledger)?;
        let app = ledger.tell(AppTransaction::read(fields, environment, bundle, date))?;
        self.expected.ask_app_id(app.app_apple_id, &app.environment, ledger)?;
        ask_device(
            device,
            app.device_verification.as_deref(),
            app.device_verification_nonce.as_deref(),
            ledger,
        )?;
        Ok((Verified::new(app), segments.payload))
    }

    fn read_notification(
        &self,
        jws: &str,
        now: Option<TrustedTime>,
        ledger: &mut Ledger,
    ) -> Result<(Verified<Notification>, Vec<u8>), Refusal> {
        let segments = Segments::split(jws, ledger)?;
        let Authentic { payload, date } = self.authentic(&segments, Kind::Notification, now, ledger)?;
        let fields = Fields(&payload);
        let subject = ledger.tell(Subject::of(fields))?;
        let environment = self
            .expected
            .ask_environment(subject.as_ref().and_then(|subject| subject.environment), ledger)?;
        let Some(subject) = subject.map(|subject| subject.fields) else {
            return Err(ledger.refuse(Refusal::new(Check::Bundle, "none named")));
        };
        let bundle_id = self
            .expected
            .ask_bundle(ledger.tell(subject.text("bundleId"))?, ledger)?;
        let app_apple_id = ledger.tell(subject.number("appAppleId"))?;
        self.expected.ask_app_id(app_apple_id, &environment, ledger)?;

        // Step 17: Apple signs what is nested by itself, and so it is asked by itself.
        let transaction = nested(subject, "signedTransactionInfo", ledger, |jws, silent| {
            self.read_transaction(jws, now, None, silent)
        })?;
        let renewal = nested(subject, "signedRenewalInfo", ledger, |jws, silent| {
            self.read_renewal(jws, transaction.as_deref(), now, silent)
        })?;
        let app_transaction = nested(subject, "signedAppTransactionInfo", ledger, |jws, silent| {
            self.read_app_transaction(jws, now, None, silent)
        })?;
        let notification = Notification {
            environment,
            bundle_id,
            signed_date: date,
            notification_type: ledger.tell(fields.word("notificationType"))?,
            subtype: ledger.tell(fields.word("subtype"))?,
            notification_uuid: ledger.tell(fields.word("notificationUUID"))?,
            app_apple_id,
            status: ledger.tell(subject.coded("status"))?,
            transaction,
            renewal,
            app_transaction,
        };
        Ok((Verified::new(notification), segments.payload))
    }
}

/// A JWS nested in a notification. Its refusal is the notification's, and says where.
fn nested<T>(
    subject: Fields<'_>,
    field: &str,
    ledger: &mut Ledger,
    read: impl FnOnce(&str, &mut Ledger) -> Result<(Verified<T>, Vec<u8>), Refusal>,
) -> Result<Option<Verified<T>>, Refusal> {
    let Some(jws) = ledger.tell(subject.text(field))? else {
        return Ok(None);
    };
    let read = read(jws, &mut Ledger::silent());
    let named = read.map_err(|refusal| Refusal::new(refusal.check, format!("{field}: {}", refusal.found)));
    ledger.tell(named).map(|(proof, _)| Some(proof))
}
