//! One purchase: the wish to buy, if it began in the app, and every transaction its store showed for it.

use crate::account::Offer;
use crate::cloud::AnswerKind;
use crate::id::{
    AccountId, AccountTag, CameraId, IntentId, PlanId, ProductId, ReservationId, Revision, StoreKey, StoreKind,
    SubscriptionId, TransactionId,
};
use crate::planted;
use crate::ports::{Replacement, ReplacementMode, SignedPayload, TrialOffer};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The key of a purchase in the journal: the intent's id where the app began it, else the store's name for it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PurchaseId(pub String);

impl std::fmt::Debug for PurchaseId {
    /// The store's name for it ends in an account's tag, and on Play holds the purchase token: only an intent's is printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.contains('/') {
            true => f.write_str("PurchaseId(…)"),
            false => write!(f, "PurchaseId({})", self.0),
        }
    }
}

impl From<&IntentId> for PurchaseId {
    fn from(intent: &IntentId) -> Self {
        Self(intent.0.clone())
    }
}

/// Everything known of one purchase.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// The wish, where the app began it.
    pub intent: Option<Intent>,
    /// The account's tag that the store carries, or the intent bound.
    pub tag: Option<AccountTag>,
    /// Its transactions, in the order they were first seen.
    pub deliveries: Vec<Delivery>,
}

/// The wish to buy one plan for one account. What is bound here never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// Its id.
    pub id: IntentId,
    /// For whom: also when somebody else has signed in since.
    pub account: AccountId,
    /// The account's tag, which the sheet carries.
    pub tag: AccountTag,
    /// Where.
    pub store: StoreKind,
    /// The plan.
    pub plan: PlanId,
    /// The plan's title.
    pub title: String,
    /// The product.
    pub product: ProductId,
    /// Its subscription group; empty on Play, which has none.
    pub group: String,
    /// Cameras named at purchase, applied as far as still possible.
    pub cameras: Vec<CameraId>,
    /// What holds the slot in the cloud while the sheet is open.
    pub reservation: Option<ReservationId>,
    /// When the sheet opened.
    pub opened_at: Timestamp,
    /// Where it stands.
    pub stage: Stage,
    /// How it ended, once it has.
    pub end: Option<End>,
    /// Whether the shell has handled the word that it is pending.
    pub pending_handled: bool,
    /// Whether the shell has handled its end.
    pub end_handled: bool,
    /// Whether the cameras named at purchase have been dealt with.
    pub cameras_dealt_with: bool,
    /// What it takes the place of, where it is a change of plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// The free trial that was chosen with it (X12); `None` is the full price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial: Option<TrialOffer>,
}

/// A change of plan: which subscription, what the store calls it, and how it is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The subscription whose plan changes.
    pub subscription: SubscriptionId,
    /// Its key at the store when the sheet opened.
    pub key: StoreKey,
    /// What the sheet is told.
    pub replacement: Replacement,
}

/// Where an intent stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The sheet is open, or was when the app died.
    Open,
    /// The user left the sheet without buying; provisional until a sweep agrees.
    Left {
        /// The store's code, where it failed and was not cancelled.
        failure: Option<String>,
    },
    /// Waiting for an approval or a slow payment.
    Pending {
        /// Since when.
        since: Timestamp,
    },
    /// A transaction has settled it.
    Settled {
        /// Which.
        transaction: TransactionId,
    },
    /// Nothing was bought.
    Closed,
}

/// The failure of a sheet that said success and showed a transaction of something else. StoreKit has no word for it.
pub(crate) const ALREADY_OWNED: &str = "already_owned";

/// How long a request may wait for its approval: an Ask to Buy ends after a day, and a declined one is never reported.
pub(crate) const APPROVAL_MS: i64 = 24 * 60 * 60 * 1000;

/// How an intent ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The plan is theirs.
    Granted {
        /// The subscription.
        subscription: Option<SubscriptionId>,
    },
    /// The user closed the sheet.
    Cancelled,
    /// The store failed and took nothing.
    Failed {
        /// The store's code.
        code: String,
    },
    /// The cloud's final answer is another one.
    NotGranted {
        /// Which.
        answer: AnswerKind,
    },
    /// No approval came in its time, or the user does not wait for it any more. One that comes late is still granted.
    NotApproved,
}

/// One transaction of the store, from its first sight to its finish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The id to finish it by.
    pub transaction: TransactionId,
    /// Hash of its facts; of its bytes where they could not be verified.
    pub revision: Revision,
    /// What was verified; `None` where verification refused it.
    pub facts: Option<Facts>,
    /// Which check refused it here. The cloud still decides.
    pub refused_by: Option<String>,
    /// The signed bytes, until they are no longer needed.
    pub signed: Option<SignedPayload>,
    /// How often posting failed.
    pub attempts: u32,
    /// The account to bind an untagged one to, after the user's yes (X11).
    pub bind_to: Option<AccountId>,
    /// The cloud's answer.
    pub answer: Option<Answer>,
    /// Whether the store was told that it is done.
    pub finished: bool,
}

/// What a verified transaction says, as far as the machine needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The subscription's key at its store.
    pub key: StoreKey,
    /// The transaction.
    pub transaction: TransactionId,
    /// The product.
    pub product: ProductId,
    /// Its group.
    pub group: Option<String>,
    /// Whose it is, if it carries a tag.
    pub tag: Option<AccountTag>,
    /// When it was bought.
    pub purchased_at: Option<Timestamp>,
    /// When its period ends.
    pub expires_at: Option<Timestamp>,
    /// Whether it gives access by itself, ignoring time: not revoked, not upgraded, not family-shared; on Play paid.
    pub sound: bool,
    /// The wish it was bought with, where the store carries it (Play).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<IntentId>,
    /// Whether it waits for a payment (Play): then nothing was charged, and it gives nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pending: bool,
    /// The product it renews as, where that is another (App Store).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews_as: Option<ProductId>,
    /// Whether the store signed that it renews as the same product (App Store): a change that waited was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub renews_unchanged: bool,
    /// The offer it was bought under, where the store signs that (App Store). No news by itself: a renewal has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
}

/// The cloud's answer to a posted transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Which.
    pub kind: AnswerKind,
    /// The subscription it is about.
    pub subscription: Option<SubscriptionId>,
    /// Whether another owner has it: then it is finished here too.
    pub owner_has_it: bool,
    /// The tag of the account it belongs to: whose an untagged purchase became (X11).
    pub account_tag: Option<AccountTag>,
    /// The cloud's time of the answer.
    pub at: Timestamp,
    /// The offer that the period was bought under, where the cloud says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
}

impl Answer {
    /// Whether the transaction is to be finished at the store. Money taken and neither granted, given back nor used up
    /// is never finished.
    pub fn finishes(&self) -> bool {
        match self.kind {
            AnswerKind::Granted
            | AnswerKind::AlreadyGranted
            | AnswerKind::Expired
            | AnswerKind::Superseded
            | AnswerKind::Revoked
            | AnswerKind::FamilyShared
            | AnswerKind::TestPurchase
            | AnswerKind::PendingCanceled => true,
            AnswerKind::BoundToOther => self.owner_has_it,
            AnswerKind::UnknownProduct if planted::is("unknown_product_finished") => true,
            AnswerKind::NotGenuine
            | AnswerKind::Pending
            | AnswerKind::NeedsConfirmation
            | AnswerKind::UnknownProduct
            | AnswerKind::Unknown(_) => false,
        }
    }

    /// Whether the purchase was granted, now or before.
    pub fn granted(&self) -> bool {
        self.kind.is_granted()
    }

    /// After how many milliseconds the same bytes are posted again; `None` for never.
    pub fn asks_again_after_ms(&self) -> Option<i64> {
        const HOUR_MS: i64 = 3_600_000;
        match self.kind {
            AnswerKind::Pending => Some(HOUR_MS),
            AnswerKind::UnknownProduct | AnswerKind::Unknown(_) => Some(24 * HOUR_MS),
            _ => None,
        }
    }
}

impl Purchase {
    /// The transaction of that id.
    pub fn delivery(&self, transaction: &TransactionId) -> Option<&Delivery> {
        self.deliveries
            .iter()
            .find(|delivery| &delivery.transaction == transaction)
    }

    pub(super) fn delivery_mut(&mut self, transaction: &TransactionId) -> Option<&mut Delivery> {
        self.deliveries
            .iter_mut()
            .find(|delivery| &delivery.transaction == transaction)
    }

    /// Whose it is: by the store's tag, else by the cloud's word for an untagged one (X11).
    pub fn owner(&self) -> Option<AccountTag> {
        let told = || {
            self.deliveries
                .iter()
                .rev()
                .find_map(|delivery| delivery.answer.as_ref()?.account_tag)
        };
        self.tag.or_else(told)
    }

    /// The transaction that settled the intent.
    pub fn settling(&self) -> Option<&Delivery> {
        match &self.intent.as_ref()?.stage {
            Stage::Settled { transaction } => self.delivery(transaction),
            Stage::Open | Stage::Left { .. } | Stage::Pending { .. } | Stage::Closed => None,
        }
    }

    /// The offer that its sheet sold: by the cloud's word, else by what the store signed. `None` where neither says it, and
    /// for a change of plan, which has none.
    pub fn sold(&self) -> Option<&Offer> {
        let wish = self.intent.as_ref().filter(|intent| intent.change.is_none());
        let bought = wish.and(self.settling())?;
        let told = bought.answer.as_ref().and_then(|answer| answer.offer.as_ref());
        told.or_else(|| bought.facts.as_ref()?.offer.as_ref())
    }

    /// Whether it is a change of plan that was accepted and waits for the paid period to end.
    pub fn is_scheduled(&self) -> bool {
        let Some(intent) = &self.intent else { return false };
        let deferred = |change: &Change| change.replacement.mode == ReplacementMode::Deferred;
        let bought = self.settling().and_then(|delivery| delivery.facts.as_ref());
        intent.change.as_ref().is_some_and(deferred) && bought.is_none_or(|facts| facts.product != intent.product)
    }

    /// Whether it took a waiting change of plan back: what the store shows is the payment from before. Where that was given
    /// back while the sheet was open, the sheet sold the plan anew.
    pub fn kept_its_plan(&self) -> bool {
        let Some(intent) = self.intent.as_ref().filter(|intent| intent.keeps_plan()) else {
            return false;
        };
        let before = intent.change.as_ref().map(|change| &change.replacement.transaction);
        matches!(&intent.stage, Stage::Settled { transaction } if Some(transaction) == before)
    }

    /// Whether the store shows it while it waits for its payment: then the store also tells how it ends.
    pub fn is_seen_waiting(&self) -> bool {
        self.deliveries.iter().any(Delivery::is_pending)
    }

    /// Whether nothing is left to do: then its rows fold into one.
    pub fn is_settled(&self) -> bool {
        let intent_done = self.intent.as_ref().is_none_or(|intent| {
            intent.end.is_some() && intent.end_handled && intent.cameras_dealt_with && intent.reservation.is_none()
        });
        intent_done && self.deliveries.iter().all(Delivery::is_settled)
    }
}

impl Delivery {
    /// Answered for good, and finished where it had to be.
    pub fn is_settled(&self) -> bool {
        self.is_final() && self.finished
    }

    /// Answered for good.
    pub fn is_final(&self) -> bool {
        self.answer.as_ref().is_some_and(Answer::finishes)
    }

    /// Whether it waits for a payment.
    pub fn is_pending(&self) -> bool {
        self.facts.as_ref().is_some_and(|facts| facts.pending)
    }

    /// Whether its news is that it renews as another product.
    pub fn schedules_a_change(&self) -> bool {
        self.facts.as_ref().is_some_and(|facts| facts.renews_as.is_some())
    }

    /// Paid as far as this phone can tell, and the cloud has not spoken: "paid, being set up".
    pub fn is_confirming(&self) -> bool {
        self.answer.is_none() && self.facts.as_ref().is_some_and(|facts| facts.sound)
    }
}

impl End {
    /// Its word, in the id of its outcome.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Granted { .. } => "granted",
            Self::Cancelled => "cancelled",
            Self::Failed { .. } => "failed",
            Self::NotGranted { .. } => "not_granted",
            Self::NotApproved => "not_approved",
        }
    }
}

impl Intent {
    /// Whether it is the wish to keep the plan there is, and so to take back a change that waits.
    pub fn keeps_plan(&self) -> bool {
        let same = |change: &Change| change.replacement.product == self.product;
        self.change.as_ref().is_some_and(same)
    }

    /// Whether money may still move, or has moved without an end: it holds the slot (X10).
    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }
}
