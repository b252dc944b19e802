//! What local verification makes of what a store handed over: facts, or the check that refused it. One way for each store.

use super::driver::Driver;
use super::state::Facts;
use crate::account::Offer;
use crate::config::Trust;
use crate::id::{ProductId, Revision};
use crate::ports::{SignedPayload, Storefront};
use crate::receipt::{
    AppStoreVerifier, OfferDiscount, OfferType, Ownership, PlayPurchase, PlayVerifier, PurchaseState, RenewalInfo,
    Transaction, TrustError, Verified, access, play_access, play_revision, revision,
};
use crate::time::TrustedTime;
use ring::digest::{SHA256, digest};

/// Who proves what each store signed.
pub(crate) struct Verifiers {
    app_store: AppStoreVerifier,
    /// Absent where the shell trusts nobody at Play: then nothing of Play is believed here.
    play: Option<PlayVerifier>,
}

/// A transaction as verified here.
pub(super) struct Read {
    pub facts: Option<Facts>,
    pub refused_by: Option<String>,
    pub revision: Revision,
    /// Whether it still bills: paid, in grace, in billing retry, or waiting for its payment; unknown time counts as yes.
    pub bills: bool,
}

impl Verifiers {
    /// # Errors
    /// Some of the trust is unusable.
    pub fn new(trust: &Trust) -> Result<Self, TrustError> {
        Ok(Self {
            app_store: AppStoreVerifier::new(trust.app_store.clone())?,
            play: trust.play.as_ref().map(PlayVerifier::new).transpose()?,
        })
    }

    /// Who the store account is to this app (X5), believed only after verification. Play says nothing about it.
    pub(super) fn store_identity(&self, storefront: &Storefront, now: Option<TrustedTime>) -> Option<String> {
        let jws = storefront.app_transaction.as_ref()?;
        let verified = self.app_store.app_transaction(jws, now, None).ok()?;
        verified.app_transaction_id.clone()
    }

    fn read(&self, signed: &SignedPayload, now: Option<TrustedTime>) -> Read {
        match signed {
            SignedPayload::AppStore { transaction, renewal } => self.app_store(transaction, renewal.as_deref(), now),
            SignedPayload::Play {
                original_json,
                signature,
            } => self.play(original_json, signature),
        }
    }

    fn app_store(&self, jws: &str, renewal: Option<&str>, now: Option<TrustedTime>) -> Read {
        let verified = match self.app_store.transaction(jws, now) {
            Ok(verified) => verified,
            Err(refusal) => return Read::unproved(refusal.check.name(), jws),
        };
        // A renewal info that fails its checks says nothing; the transaction stands by itself.
        let renewal = renewal.and_then(|jws| self.app_store.renewal(jws, Some(&verified), now).ok());
        let Some(mut facts) = app_store_facts(&verified) else {
            return Read::unproved("incomplete", jws);
        };
        facts.renews_as = renewal.as_ref().and_then(|renewal| renews_as(&facts, renewal));
        facts.renews_unchanged = renewal.as_ref().is_some_and(|renewal| {
            renewal.will_renew() == Some(true) && renewal.auto_renew_product_id.as_ref() == Some(&facts.product)
        });
        Read {
            bills: facts.sound && bills(&verified, renewal.as_ref(), now),
            revision: with_change(revision(&verified), facts.renews_as.as_ref()),
            facts: Some(facts),
            refused_by: None,
        }
    }

    fn play(&self, original_json: &str, signature: &str) -> Read {
        let Some(verifier) = &self.play else {
            return Read::unproved("no_license_key", original_json);
        };
        let verified = match verifier.purchase(original_json, signature) {
            Ok(verified) => verified,
            Err(refusal) => return Read::unproved(refusal.check.name(), original_json),
        };
        let Some(facts) = play_facts(&verified) else {
            return Read::unproved("incomplete", original_json);
        };
        Read {
            // What Play's query lists has not ended, and the JSON knows no date.
            bills: facts.sound || facts.pending,
            revision: play_revision(&verified),
            facts: Some(facts),
            refused_by: None,
        }
    }
}

impl Read {
    fn unproved(check: &str, bytes: &str) -> Self {
        Self {
            facts: None,
            refused_by: Some(check.to_owned()),
            revision: Revision(format!("bytes-{}", hex::encode(digest(&SHA256, bytes.as_bytes())))),
            bills: false,
        }
    }
}

impl Driver {
    /// What local verification makes of the bytes. A refusal is not final: the bytes still go to the cloud.
    pub(super) fn read(&self, signed: &SignedPayload) -> Read {
        let read = self.0.verifiers.read(signed, self.0.clock.now());
        match (&read.facts, &read.refused_by) {
            (Some(facts), _) => self.0.platform.log("receipt.verified", facts.transaction.logged()),
            (None, check) => self
                .0
                .platform
                .log("receipt.refused", check.as_deref().unwrap_or_default()),
        }
        read
    }
}

/// The facts of a transaction that names itself, its subscription and its product.
fn app_store_facts(transaction: &Verified<Transaction>) -> Option<Facts> {
    Some(Facts {
        key: transaction.key()?,
        transaction: transaction.transaction_id.clone()?,
        product: transaction.product_id.clone()?,
        group: transaction.group.clone(),
        tag: transaction.app_account_token,
        purchased_at: transaction.purchase_date,
        expires_at: transaction.expires_date,
        sound: !transaction.is_revoked()
            && !transaction.is_upgraded
            && transaction.ownership == Some(Ownership::Purchased),
        intent: None,
        pending: false,
        renews_as: None,
        renews_unchanged: false,
        offer: Some(offer(transaction)),
    })
}

/// The offer a period was bought under, in the cloud's words; one nobody knows is none that is sold here.
fn offer(transaction: &Transaction) -> Offer {
    match (&transaction.offer_type, &transaction.offer_discount) {
        (None, _) => Offer::None,
        (Some(OfferType::Introductory), Some(OfferDiscount::FreeTrial)) => Offer::Trial,
        (Some(OfferType::Introductory), _) => Offer::Intro,
        (Some(OfferType::Promotional), _) => Offer::Promotional,
        (Some(OfferType::Code), _) => Offer::Code,
        (Some(OfferType::WinBack), _) => Offer::WinBack,
        (Some(OfferType::Unknown(number)), _) => Offer::Unknown(number.to_string()),
    }
}

/// The facts of a purchase that names itself and its product. Its token is transaction and subscription in one.
fn play_facts(purchase: &Verified<PlayPurchase>) -> Option<Facts> {
    let key = purchase.key()?;
    Some(Facts {
        transaction: key.original.clone(),
        key,
        product: purchase.products.first()?.clone(),
        group: None,
        tag: purchase.tag,
        purchased_at: purchase.purchased_at,
        expires_at: None,
        sound: play_access(purchase).granted,
        intent: purchase.intent.clone(),
        pending: purchase.state == Some(PurchaseState::Pending),
        renews_as: None,
        renews_unchanged: false,
        // What Play signs says nothing about it; the cloud does.
        offer: None,
    })
}

/// The product of the next period, where it is another: a change of plan that waits for the renewal.
fn renews_as(facts: &Facts, renewal: &RenewalInfo) -> Option<ProductId> {
    let next = renewal
        .auto_renew_product_id
        .clone()
        .filter(|next| *next != facts.product);
    next.filter(|_| renewal.will_renew() == Some(true))
}

/// A change that waits shows in the renewal info alone, and is news of the purchase all the same.
fn with_change(revision: Revision, renews_as: Option<&ProductId>) -> Revision {
    match renews_as {
        Some(next) => Revision(format!("{revision}+{next}")),
        None => revision,
    }
}

fn bills(transaction: &Transaction, renewal: Option<&Verified<RenewalInfo>>, now: Option<TrustedTime>) -> bool {
    let Some(now) = now else { return true };
    let access = access(transaction, renewal.map(|renewal| &**renewal), Some(now));
    access.granted || renewal.is_some_and(|renewal| renewal.is_in_billing_retry == Some(true))
}
