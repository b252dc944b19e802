//! The words of a story: each list is closed.

use serde::{Deserialize, Serialize};

/// `true`, for what is simply done.
#[derive(Debug, Clone, Copy)]
pub struct Always;

impl<'de> Deserialize<'de> for Always {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match bool::deserialize(deserializer)? {
            true => Ok(Self),
            false => Err(serde::de::Error::custom("this is `true`, or not written at all")),
        }
    }
}

/// Which charge of the ledger, counted from 1.
pub type Charge = std::num::NonZeroUsize;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident),+ $(,)? })+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$word_doc])* $word),+ })+
    };
}

words! {
    /// A network that is there or not.
    Network { /// There.
        On, /// Gone: cloud, store and session alike.
        Off }
    /// What the store hands over.
    Receipts { /// As the store signed it.
        Genuine, /// With one byte changed.
        Forged }
    /// What happens to a purchase at its store.
    StoreEvent {
        /// An Ask to Buy is approved; a slow payment is made.
        Approve, /// Or is not.
        Decline, /// Renewal is switched off.
        Cancel, /// And on again.
        Restart, /// The money is given back.
        Refund, /// Renewals are not paid from now on.
        PaymentsFail, /// Renewals are paid again, what waits at once.
        PaymentsGoThrough, /// A pause of a month begins when the paid period is over (Google Play).
        Pause, /// The pause ends, or is called off (Google Play).
        Resume, /// The new price is agreed to.
        AgreePrice, /// Or is not.
        DeclinePrice }
    /// What the store takes less outside the app.
    OfferGiven { /// For somebody who has or had a plan.
        Promotional, /// By an offer code.
        Code, /// For somebody whose plan lapsed.
        WinBack }
    /// The offer a plan runs under.
    Offer { /// None.
        None, /// A free trial.
        Trial, /// An introductory price.
        Intro, /// For somebody who has or had a plan.
        Promotional, /// By an offer code.
        Code, /// For somebody whose plan lapsed.
        WinBack }
    /// Whether a new price was agreed to.
    PriceConsent { /// The store waits.
        Needed, /// Yes.
        Given, /// Nobody asks.
        NotNeeded }
    /// What became of a payment that is to be given back.
    Returned { /// It is on its way.
        GivenBack, /// Apple decides.
        Requested, /// The sheet was closed.
        Cancelled }
    /// Where a plan that no phone of the story bought came from.
    WebChannel { /// The portal.
        Web, /// A redemption code.
        Code, /// Apple's store, once.
        AppStore, /// Google's, once.
        Play }
    /// What becomes of the picker.
    PickerDoes { /// It is opened.
        Open, /// It is closed.
        Close }
    /// Why the picker is open.
    PickerReason { /// The plan never had a selection.
        FirstSelection, /// Not all cameras named at purchase could be added.
        NotAllAdded, /// It was changed elsewhere.
        ChangedElsewhere, /// The user asked.
        Asked }
    /// What a fault does.
    FaultKind { /// No answer, nothing applied.
        Down, /// Late.
        Latency, /// An error, nothing applied.
        Error, /// Applied, and the answer lost.
        Lost, /// Applied, and a page of HTML for an answer.
        Garbage }
    /// What may be said about the portal (U9).
    Steering { /// Nothing.
        None, /// Words.
        TextOnly, /// A link.
        Link }
    /// What happened to the money.
    Money { /// Nothing.
        NotCharged, /// Nobody here can tell.
        MaybeCharged, /// It was taken.
        Charged }
    /// How a wish ended.
    OutcomeKind { /// The plan is theirs.
        Granted, /// It will be when the paid period is over.
        Scheduled, /// It renews as it is: a change that waited was taken back.
        Kept, /// It waits.
        Pending, /// The sheet was closed.
        Cancelled, /// The store failed.
        Failed, /// The cloud's final answer is no.
        NotGranted, /// No approval came, or nobody waits for it.
        NotApproved, /// It has not ended within the time a shell waits.
        Open }
    /// When to try again.
    Retry { /// Not at all.
        Never, /// After a while.
        After, /// By itself.
        Automatic, /// When the user has done something.
        UserAction }
    /// What the user can do.
    UserAction { /// Nothing.
        None, /// Sign in.
        SignIn, /// Look at the plan there is.
        ManageSubscription, /// Read about the portal.
        ReadPortalText, /// Open the portal.
        OpenPortal, /// Say yes.
        Confirm, /// Choose differently.
        ChangeSelection, /// Update the camera.
        UpdateFirmware, /// Look at the network.
        CheckInternet, /// Wait.
        Wait, /// Update the app.
        UpdateApp, /// Make room.
        FixStorage, /// Ask support.
        ContactSupport }
    /// What a yes is asked for.
    Confirmation { /// Cameras are covered already.
        AlreadyCovered, /// A purchase names nobody.
        BindPurchase, /// A plan paid twice is to end.
        ReturnDoublePayment, /// A trial ends for good.
        CancelTrial }
    /// Whether something covers.
    Cover { /// Yes.
        Covered, /// No.
        NotCovered, /// Nobody can tell now.
        Unknown }
    /// Where a plan stands.
    Phase { /// Waits for its payment.
        Pending, /// Paid.
        Active, /// Unpaid, and still covering.
        Grace, /// Unpaid.
        Retry, /// Paused by its owner.
        Paused, /// Over.
        Expired, /// Taken away.
        Revoked, /// Given back.
        Refunded, /// Another took its place.
        Superseded }
    /// Where a plan was bought.
    Channel { /// At the store of this telling.
        ThisStore, /// At Apple's.
        AppStore, /// At Google's.
        Play, /// On the portal.
        Web, /// By a code.
        Code }
    /// Where a plan is managed.
    Manage { /// At the store of this telling.
        ThisStore, /// At Apple's.
        AppStore, /// At Google's.
        GooglePlay, /// On the portal.
        Portal, /// On Kasa's portal.
        KasaPortal, /// Nowhere.
        Nowhere, /// Nobody knows.
        Unknown }
    /// How old what is shown is.
    Freshness { /// The cloud answered.
        Fresh, /// From before.
        Stale, /// Nothing is known.
        NotLoaded }
    /// Whether the phone's clock is believed.
    ClockState { /// It is.
        Trusted, /// It contradicts the cloud.
        Suspect, /// The time is not known.
        Unknown }
    /// Where a trial stands.
    TrialState { /// Can be started.
        Eligible, /// Runs.
        Active, /// Kept for later.
        Paused, /// Over.
        Used, /// There is none.
        NotOffered, /// Nobody can tell.
        Unknown, /// The cloud cannot be asked.
        Offline }
    /// Where an open purchase stands.
    PurchaseState { /// The sheet is open.
        SheetOpen, /// Being found out.
        Checking, /// Waits for a payment or an approval.
        Pending, /// Paid, being set up.
        Confirming, /// The cloud does not know yet.
        Waiting, /// It names nobody.
        NeedsConfirmation, /// The receipt does not hold here.
        RefusedHere, /// Nor in the cloud.
        NotGenuine }
    /// Whose a receipt is.
    Bound { /// The account's that looks.
        Ours, /// Another's.
        Other, /// Nobody's.
        None }
}

/// A store, in the words of `--store`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shop {
    /// Apple's.
    AppStore,
    /// Google's.
    Play,
}

/// What the person in front of the sheet does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sheet {
    /// Pays.
    #[default]
    Pay,
    /// Closes it.
    Cancel,
    /// Meets a store that fails.
    Fail,
    /// Has the payment declined.
    Decline,
    /// Asks for an approval, or pays slowly.
    Pending,
    /// Leaves it open, until a later `at_sheet`.
    Leave,
}

/// The calls that a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Endpoint {
    /// All of the Care cloud.
    Cloud,
    /// The account's state.
    Account,
    /// What is on sale.
    Catalogue,
    /// Reservations.
    Reservations,
    /// The grant.
    Purchases,
    /// Double payments given back.
    Refunds,
    /// The selection.
    Cameras,
    /// Trials.
    Trials,
    /// The TP-Link ID service.
    Session,
    /// The phone's side of the store.
    Device,
    /// The store's side towards the cloud.
    StoreServer,
    /// What the store tells the cloud.
    Notifications,
}

/// A file of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Damage {
    /// Purchases.
    #[serde(rename = "journal.db")]
    Journal,
    /// What the cloud said.
    #[serde(rename = "state.db")]
    State,
}
