//! What the Care cloud serves, each call with what is documented of it.
use std::sync::LazyLock;

use super::account::AccountShown;
use super::camera::{Selected, Selection};
use super::notification::{Push, Signed};
use super::people::{SessionOpened, SignIn, open_session, signed_in};
use super::plans::Catalogue;
use super::purchase::{Asked, Verdict};
use super::refund::GivenBack;
use super::reservation::{Reserve, Reserved};
use super::shown::BlockedBy;
use super::trial::{StartTrial, StartedTrial};
use super::{account, camera, catch_up, notification, plans, purchase, refund, reservation, trial};
use crate::contract::{
    self, AccountId, AnswerSignature, BlockedReason, CameraId, Capacity, CoreVersion, Count, Country, Digest, Etag,
    IdempotencyKey, KeyId, Locale, Moment, Nonce, Operation, Platform, Remedy, ReservationId, Revision, Routes,
    SubscriptionId, WaitSeconds,
};

/// The document's chapters.
pub(crate) const TAGS: &[(&str, &str)] = &[
    ("account", "The account's state, in one document, under a lease."),
    ("catalogue", "What is sold in a storefront."),
    (
        "purchases",
        "Reserving the slot before the sheet, and granting what was paid.",
    ),
    ("cameras", "Which cameras a plan covers."),
    ("trials", "The free trial of a camera."),
];

/// The session's chapter in the phone's document.
pub(crate) const SESSION_TAG: (&str, &str) = ("session", "Stands in for the TP-Link ID service.");

/// Everything under `/v1`.
pub(crate) static ROUTES: LazyLock<Routes> = LazyLock::new(|| {
    Routes::default()
        .get(
            "/v1/account",
            |world, call, _| {
                let account = signed_in(world, call)?;
                catch_up(world);
                Ok(account::get(world, call, &account))
            },
            of_account(
                Operation::new("getAccount", "account", "The whole state of the account")
                    .describe(
                        "Cover is had from this answer alone, until its lease ends. Nothing in it changes merely because \
                         time passes; asked again with its ETag it is 304, and the lease is renewed.",
                    )
                    .may_have::<Etag>("if-none-match")
                    .answers::<AccountShown>(200, "The account's state.")
                    .with::<Etag>("etag")
                    .with::<Moment>("care-lease-until")
                    .answers_empty(304, "Nothing changed; the lease is renewed.")
                    .with::<Etag>("etag")
                    .with::<Moment>("care-lease-until"),
            ),
        )
        .get(
            "/v1/catalogue",
            |world, call, _| plans::get(world, call),
            call(
                Operation::new("getCatalogue", "catalogue", "The plans on sale in a storefront")
                    .describe("Plans and features not released in the storefront are absent (R7). Needs no session.")
                    .query::<Country>("storefront")
                    .query::<Locale>("locale")
                    .may_have::<Etag>("if-none-match")
                    .answers::<Catalogue>(200, "The catalogue.")
                    .with::<Etag>("etag")
                    .answers_empty(304, "Nothing changed.")
                    .with::<Etag>("etag"),
            ),
        )
        .post(
            "/v1/reservations",
            |world, call, _| {
                let account = signed_in(world, call)?;
                reservation::post(world, call, &account)
            },
            of_account(
                Operation::new("reserve", "purchases", "Reserve the account's in-app slot")
                    .describe(
                        "Asked before a payment sheet opens, and renewed while it is open. A reservation lives 10 minutes and \
                         is idempotent by account, installation and intent; a grant to the account uses it up, and while a \
                         pending purchase of the account is posted it lives a day longer each time.",
                    )
                    .takes::<Reserve>()
                    .answers::<Reserved>(201, "Reserved.")
                    .answers::<Reserved>(200, "The same again, renewed.")
                    .refuses(404, "unknown_plan", "There is no such plan.")
                    .refuses(409, "not_released", "The plan is not sold.")
                    .refuses(409, "slot_taken", "A plan was bought in the app already (R2).")
                    .beside::<BlockedBy>("blocked_by")
                    .refuses(409, "reserved_elsewhere", "Another installation holds the account's slot.")
                    .beside::<Moment>("expires_at")
                    .refuses(409, "trial_not_eligible", "The account may not begin with a store's free trial (X12).")
                    .refuses(409, "owned_elsewhere", "The store account pays for another TP-Link ID (X5).")
                    .refuses(426, "client_too_old", "`care-contract` is below the cloud's least; only this call says so.")
                    .beside::<contract::ContractVersion>("least_contract"),
            ),
        )
        .delete(
            "/v1/reservations/{id}",
            |world, call, path| {
                let account = signed_in(world, call)?;
                Ok(reservation::delete(world, path[0], &account))
            },
            of_account(
                Operation::new("giveBack", "purchases", "Give a reservation back")
                    .describe("One that is gone, or another account's, is no news.")
                    .path::<ReservationId>("id")
                    .answers_empty(204, "Given back, or gone already."),
            ),
        )
        .post(
            "/v1/purchases",
            |world, call, _| purchase::post(world, call),
            call(
                Operation::new("postPurchase", "purchases", "Have a paid purchase granted")
                    .describe(
                        "Needs no session for a tagged purchase: the cloud believes only what the store's server API answers \
                         for the id the payload names. The same key with a final answer behind it gives the same answer \
                         again. `bind_to` needs a session of that account and is looked at only for an untagged purchase. \
                         A grant over a taken slot is made and flagged `double_paid` (X16).",
                    )
                    .may_be_secured("session")
                    .may_have::<AccountId>("care-account")
                    .header::<IdempotencyKey>("idempotency-key")
                    .takes::<Asked>()
                    .answers::<Verdict>(200, "What the purchase is worth.")
                    .refuses(401, "session_expired", "`bind_to` without a session.")
                    .refuses(403, "wrong_account", "`bind_to` with a session of another account.")
                    .refuses(422, "key_reused", "The key was used for another purchase."),
            ),
        )
        .post(
            "/v1/subscriptions/{id}/refund",
            |world, call, path| {
                let account = signed_in(world, call)?;
                refund::post(world, &account, path[0])
            },
            of_account(
                Operation::new("refundDoublePayment", "purchases", "Give a double payment back")
                    .describe(
                        "Of several plans bought in the app that are paid at once (X16), on the person's word. Google Play pays \
                         back at once and the plan ends; the App Store is asked by its customer, on the phone. What was given \
                         back already is 200.",
                    )
                    .path::<SubscriptionId>("id")
                    .answers::<GivenBack>(200, "It is given back and has ended, as far as the store says so already.")
                    .refuses(409, "not_paid_twice", "No other plan bought in the app is paid.")
                    .refuses(409, "asked_at_store", "The App Store bills it; the phone asks there."),
            ),
        )
        .put(
            "/v1/subscriptions/{id}/cameras",
            |world, call, path| {
                let account = signed_in(world, call)?;
                camera::put(world, call, &account, path[0])
            },
            of_account(
                Operation::new("selectCameras", "cameras", "Select the cameras a plan covers")
                    .describe(
                        "The whole set. A selection that holds already is 200 with any `based_on`: its answer was lost. A \
                         refused one changes nothing.",
                    )
                    .path::<SubscriptionId>("id")
                    .takes::<Selection>()
                    .answers::<Selected>(200, "It holds.")
                    .refuses(409, "no_access", "The plan gives no access now.")
                    .refuses(409, "cameras_conflict", "The selection was changed elsewhere.")
                    .beside::<Revision>("cameras_revision")
                    .refuses(409, "camera_covered", "Another plan with access names the camera.")
                    .beside::<CameraId>("camera")
                    .beside::<SubscriptionId>("subscription")
                    .refuses(422, "over_capacity", "More cameras than the plan covers.")
                    .beside::<Capacity>("capacity")
                    .refuses(422, "unknown_camera", "The account has no such camera.")
                    .beside::<contract::AnyText>("camera")
                    .refuses(422, "camera_blocked", "The camera cannot be added now.")
                    .beside::<CameraId>("camera")
                    .beside::<BlockedReason>("reason")
                    .beside::<Remedy>("remedy")
                    .refuses(422, "empty_selection", "A first selection names a camera."),
            ),
        )
        .post(
            "/v1/trials",
            |world, call, _| {
                let account = signed_in(world, call)?;
                trial::post(world, call, &account)
            },
            of_account(
                Operation::new("startTrial", "trials", "Start a camera's trial")
                    .describe("Once per camera (T1); while it runs, asked again it is 200.")
                    .takes::<StartTrial>()
                    .answers::<StartedTrial>(201, "It began.")
                    .answers::<StartedTrial>(200, "It runs already.")
                    .refuses(409, "trial_used", "The camera had its trial.")
                    .refuses(409, "trial_covered", "A plan covers the camera.")
                    .refuses(409, "trial_not_offered", "No trial for this camera."),
            ),
        )
        .delete(
            "/v1/trials/{id}",
            |world, call, path| {
                let account = signed_in(world, call)?;
                trial::delete(world, &account, path[0])
            },
            of_account(
                Operation::new("cancelTrial", "trials", "Cancel a camera's trial")
                    .describe("At once and for good (T3), also while it is paused; one that is over stays over, and is 200.")
                    .path::<CameraId>("id")
                    .answers::<StartedTrial>(200, "It is over.")
                    .refuses(409, "trial_not_running", "There is none to cancel."),
            ),
        )
});

/// What stands in for the TP-Link ID service.
pub(crate) static SESSION: LazyLock<Routes> = LazyLock::new(|| {
    Routes::default().post(
        "/session",
        |world, call, _| open_session(world, call),
        Operation::new("signIn", "session", "Open a session")
            .describe("A token lives 24 hours of the world's time, or until control ends it.")
            .takes::<SignIn>()
            .answers::<SessionOpened>(200, "Signed in.")
            .refuses(400, "malformed", "The body is not as asked.")
            .refuses(404, "not_found", "The world has nobody of that name."),
    )
});

/// The chapter of what stores send the cloud, in the stores' document.
pub(crate) const NOTIFICATIONS_TAG: (&str, &str) = (
    "notifications",
    "What the stores tell the Care cloud by themselves: a reason to ask them, and nothing in it is believed.",
);

/// What the stores tell the cloud by themselves.
pub(crate) static NOTIFICATIONS: LazyLock<Routes> = LazyLock::new(|| {
    Routes::default()
        .post(
            "/notifications/app-store",
            |world, call, _| notification::from_app_store(world, call),
            told(
                Operation::new("appStoreNotification", "notifications", "App Store Server Notifications V2")
                    .describe("Signed by the App Store, or it is none.")
                    .takes::<Signed>(),
            ),
        )
        .post(
            "/notifications/play",
            |world, call, _| notification::from_play(world, call),
            told(
                Operation::new("playNotification", "notifications", "Real-time developer notifications")
                    .describe("A push of Pub/Sub. Nobody signs it here: whoever sends one has the cloud ask Google, and no more.")
                    .takes::<Push>(),
            ),
        )
});

fn told(operation: Operation) -> Operation {
    operation
        .answers_empty(204, "Taken in, now or before.")
        .refuses(400, "malformed", "That is no notification, or one for another app.")
        .refuses(503, "unavailable", "The store could not be asked; to be sent again.")
}

/// A call that is about an account and needs a session of it.
fn of_account(operation: Operation) -> Operation {
    call(
        operation
            .secured("session")
            .header::<AccountId>("care-account")
            .refuses(401, "session_expired", "No session, or one that is over.")
            .refuses(403, "wrong_account", "The session is another account's."),
    )
}

/// What every call under `/v1` has: signed both ways.
fn call(operation: Operation) -> Operation {
    operation
        .header::<Count>("care-contract")
        .header::<CoreVersion>("care-core")
        .header::<Platform>("care-platform")
        .header::<Nonce>("care-nonce")
        .header::<Digest>("care-digest")
        .refuses(
            400,
            "digest_mismatch",
            "The request is not what its digest says; nothing was applied.",
        )
        .refuses(400, "malformed", "A header or the body is not as asked.")
        .refuses(404, "not_found", "There is no such thing, or nothing at this path.")
        .refuses(429, "slow_down", "Too many requests.")
        .with::<WaitSeconds>("retry-after")
        .refuses(500, "internal", "Something went wrong; asked again it may go well.")
        .refuses(503, "unavailable", "Not available now, or the store does not answer.")
        .always_with::<Moment>("care-time", true)
        .always_with::<KeyId>("care-key", true)
        .always_with::<AnswerSignature>("care-signature", true)
        .always_with::<contract::AccountAsked>("care-account", false)
}
