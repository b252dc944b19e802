//! What each effect does. All of them may run twice: after a crash nobody knows whether the first time was heard.

use super::driver::Driver;
use super::event::Event;
use super::machine::Effect;
use super::pump::Ran;
use super::state::{Answer, Delivery, PurchaseId};
use super::sweep::SweepReason;
use crate::cloud::{CloudError, PurchaseAnswer, PurchasePost};
use crate::id::{AccountId, AccountTag, IntentId, ReservationId, Revision, StoreKind, SubscriptionId, TransactionId};
use crate::planted;
use crate::ports::SignedPayload;
use crate::receipt::Sold;
use crate::work::PORT_DEADLINE;
use ring::digest::{Context, SHA256};
use std::time::Duration;

/// How often a selection named at purchase is tried before it is left to the picker.
const SELECTION_TRIES: u32 = 4;
/// How long the word "granted" waits for the account's document.
const BEFORE_THE_WORD: Duration = Duration::from_secs(3);
/// Tried again after a pause that grows with each failure of this run.
pub(super) const AGAIN: Ran = Ran::Again {
    journalled: 0,
    retry_after: None,
};

impl Driver {
    pub(super) async fn perform(&self, id: &PurchaseId, effect: &Effect) -> Ran {
        match effect {
            Effect::ResolveSheet => self.resolve_sheet().await,
            Effect::GiveUpPending => self.give_up_pending(id).await,
            Effect::Post {
                transaction,
                revision,
                bind_to,
            } => self.post(id, transaction, revision, bind_to.as_ref()).await,
            Effect::Finish { transaction, revision } => self.finish(id, transaction, revision).await,
            Effect::Release { reservation } => self.release(id, reservation).await,
            Effect::SelectCameras { subscription } => self.select_named_cameras(id, subscription).await,
        }
    }

    /// Nobody knows how the sheet ended, so the store account is looked at. A clean look closes the intent.
    async fn resolve_sheet(&self) -> Ran {
        match self.sweep(SweepReason::AfterSheet).await {
            Ok(_) => Ran::Done,
            Err(_) => AGAIN,
        }
    }

    async fn post(
        &self,
        id: &PurchaseId,
        transaction: &TransactionId,
        revision: &Revision,
        bind_to: Option<&AccountId>,
    ) -> Ran {
        let Some(purchase) = self.purchase(id) else {
            return Ran::Parked;
        };
        // Newer news has an effect of its own.
        let posted = purchase
            .delivery(transaction)
            .filter(|delivery| &delivery.revision == revision);
        let Some(delivery) = posted else {
            return Ran::Done;
        };
        let Some(signed) = &delivery.signed else {
            return Ran::Parked;
        };
        let unasked = self.0.account.signed_in().filter(|_| planted::is("binds_unasked"));
        let bind_to = bind_to.or(unasked.as_ref());
        let post = as_posted(signed, bind_to);
        let change = purchase.intent.as_ref().filter(|intent| intent.change.is_some());
        let key = idempotency_key(delivery, &post, change.map(|intent| &intent.id));
        if let Some(facts) = &delivery.facts
            && self.0.catalogue.sold(&facts.product) == Sold::NeverOurs
        {
            // The cloud decides: it may know a product that this phone's list does not.
            self.0
                .platform
                .log("purchase.of_no_product_of_ours", facts.product.as_str());
        }
        self.0.platform.log("purchase.posting", transaction.logged());
        let asked_at = self.0.clock.read();
        let posted = self.0.cloud.post_purchase(bind_to, &post, &key).await;
        let answer = match posted {
            Ok(answer) => answer,
            Err(error) => return self.post_failed(id, delivery, &error).await,
        };
        self.0.clock.heard(answer.server_time, &asked_at);
        let verdict = answer.value;
        self.0.platform.log("purchase.answered", verdict.answer.as_str());
        if !fits(&verdict, purchase.tag) {
            self.0.platform.log("purchase.answer_for_another", transaction.logged());
            let reason = "other_account";
            return self.post_failed(id, delivery, &CloudError::NotSigned { reason }).await;
        }
        let granted = verdict.answer.is_granted();
        let answer = Answer {
            kind: verdict.answer,
            subscription: verdict.subscription,
            owner_has_it: verdict.owner_has_it,
            account_tag: verdict.account_tag,
            at: answer.server_time,
            offer: verdict.offer,
        };
        let event = Event::Answered {
            transaction: transaction.clone(),
            revision: revision.clone(),
            answer,
        };
        if granted {
            // The account's document is fetched before the end is told, so that the shell finds its plan in the snapshot.
            // It may fail or be late, and the end is written down and told all the same.
            let fetched = self.0.account.refresh("refresh");
            let _ = self.0.platform.within(BEFORE_THE_WORD, fetched).await;
        }
        match self.record("post", id, event).await {
            Ok(()) => Ran::Done,
            Err(_) => AGAIN,
        }
    }

    async fn post_failed(&self, id: &PurchaseId, delivery: &Delivery, error: &CloudError) -> Ran {
        self.0.platform.log("purchase.post_failed", error.name());
        if matches!(error, CloudError::SignIn) {
            // Only binding an untagged purchase needs a session; the user is asked to sign in, and then to restore.
            return Ran::Parked;
        }
        let event = Event::PostFailed {
            transaction: delivery.transaction.clone(),
        };
        if planted::is("unsigned_answer_final") && matches!(error, CloudError::NotSigned { .. }) {
            let answer = Answer {
                kind: crate::cloud::AnswerKind::Expired,
                subscription: None,
                owner_has_it: false,
                account_tag: None,
                at: self.0.clock.read().wall,
                offer: None,
            };
            let (transaction, revision) = (delivery.transaction.clone(), delivery.revision.clone());
            let event = Event::Answered {
                transaction,
                revision,
                answer,
            };
            let _ = self.record("post", id, event).await;
            return Ran::Done;
        }
        // Not counting a failure is no loss: the pause is then a shorter one.
        let _ = self.record("post", id, event).await;
        Ran::Again {
            journalled: delivery.attempts.saturating_add(1),
            retry_after: error.retry_after(),
        }
    }

    async fn finish(&self, id: &PurchaseId, transaction: &TransactionId, revision: &Revision) -> Ran {
        self.0.platform.log("store.finishing", transaction.logged());
        let asked = self.0.platform.ports.store.finish(transaction.clone());
        match self.0.platform.within(PORT_DEADLINE, asked).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) | Err(_) => {
                return AGAIN;
            }
        }
        self.0.platform.log("store.finished", transaction.logged());
        match self
            .record(
                "finish",
                id,
                Event::Finished {
                    transaction: transaction.clone(),
                    revision: revision.clone(),
                },
            )
            .await
        {
            Ok(()) => Ran::Done,
            Err(_) => AGAIN,
        }
    }

    async fn release(&self, id: &PurchaseId, reservation: &ReservationId) -> Ran {
        let Some(account) = self.purchase(id).and_then(|purchase| Some(purchase.intent?.account)) else {
            return Ran::Parked;
        };
        let _after_its_renewal = self.0.reserving.lock().await;
        // A reservation ends by itself in ten minutes, so giving it back is tried once and never holds anything up.
        if let Err(error) = self.0.cloud.release(&account, reservation).await {
            self.0.platform.log("reservation.left_to_expire", error.name());
        }
        match self.record("release", id, Event::ReservationReleased).await {
            Ok(()) => Ran::Done,
            Err(_) => Ran::Parked,
        }
    }

    /// Cameras named at purchase are applied as far as still possible; the picker opens for the rest.
    async fn select_named_cameras(&self, id: &PurchaseId, subscription: &SubscriptionId) -> Ran {
        let Some(intent) = self.purchase(id).and_then(|purchase| purchase.intent) else {
            return Ran::Parked;
        };
        for attempt in 1..=SELECTION_TRIES {
            let outcome = self
                .0
                .account
                .select_named(&intent.account, subscription, &intent.cameras)
                .await;
            match outcome {
                Ok(()) => break,
                Err(error) => {
                    self.0.platform.log("cameras.not_applied", error.name());
                    let transient = matches!(error, CloudError::NoAnswer { .. } | CloudError::NotSigned { .. });
                    if !transient || attempt == SELECTION_TRIES {
                        break;
                    }
                    let pause = crate::cloud::delay(attempt, None, &*self.0.platform.seams.entropy);
                    self.0.platform.seams.timer.sleep(pause).await;
                }
            }
        }
        match self.record("select_cameras", id, Event::CamerasDealtWith).await {
            Ok(()) => Ran::Done,
            Err(_) => AGAIN,
        }
    }
}

fn as_posted(signed: &SignedPayload, bind_to: Option<&AccountId>) -> PurchasePost {
    let (store, signed_payload, signature) = match signed {
        SignedPayload::AppStore { transaction, .. } => (StoreKind::AppStore, transaction, None),
        SignedPayload::Play {
            original_json,
            signature,
        } => (StoreKind::Play, original_json, Some(signature.clone())),
    };
    PurchasePost {
        store,
        signed_payload: signed_payload.clone(),
        signature,
        bind_to: bind_to.cloned(),
    }
}

/// Whether an answer speaks of the account this purchase carries. A grant that names another one is nobody's.
fn fits(answer: &PurchaseAnswer, tag: Option<AccountTag>) -> bool {
    !answer.answer.is_granted() || tag.is_none() || tag == answer.account_tag
}

/// The same news has the same key, so that posting it again is asking again: store, environment, id, revision and the
/// account to bind to; for bytes that could not be verified, the bytes. A change of plan is news each time it is wished for.
fn idempotency_key(delivery: &Delivery, post: &PurchasePost, change: Option<&IntentId>) -> String {
    let mut hash = Context::new(&SHA256);
    let mut add = |part: &str| {
        hash.update(part.as_bytes());
        hash.update(b"\n");
    };
    match &delivery.facts {
        Some(facts) => {
            add("facts");
            add(&format!("{:?}/{:?}", facts.key.store, facts.key.environment));
            add(facts.transaction.as_str());
            add(delivery.revision.as_str());
        }
        None => {
            add("bytes");
            add(&post.signed_payload);
        }
    }
    add(post.bind_to.as_ref().map_or("", AccountId::as_str));
    if let Some(intent) = change {
        add(intent.as_str());
    }
    hex::encode(hash.finish())
}
