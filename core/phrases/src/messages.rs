//! Every message a user is told, with its arguments: one row each. A row needs its words in each of `locales/*.ftl`.
//!
//! The first table is what core says; a test reads core's source and finds a key or an argument that is in only one of the
//! two. The second is the words for core's enumerations, made by [`crate::words`].

use crate::form::{Arg, Form, count, date, period, price, text, word};

/// Where something was bought (R1).
pub const CHANNELS: &[&str] = &["app_store", "play", "web", "code"];
/// Where a subscription stands.
pub const PHASES: &[&str] = &[
    "pending",
    "active",
    "grace",
    "retry",
    "paused",
    "expired",
    "revoked",
    "refunded",
    "superseded",
];
/// Why a camera cannot be added (R18).
pub const BLOCKED: &[&str] = &["firmware_too_old", "offline", "model_not_supported"];
/// The cloud's answers to a purchase.
pub const ANSWERS: &[&str] = &[
    "granted",
    "already_granted",
    "expired",
    "superseded",
    "revoked",
    "family_shared",
    "test_purchase",
    "bound_to_other",
    "not_genuine",
    "pending_canceled",
    "pending",
    "needs_confirmation",
    "unknown_product",
];
/// Whether a camera is covered.
pub const COVERS: &[&str] = &["covered", "not_covered", "unknown"];
/// Where an open purchase stands.
pub const PURCHASE_STATES: &[&str] = &[
    "sheet_open",
    "checking",
    "pending",
    "confirming",
    "waiting",
    "needs_confirmation",
    "refused_here",
    "not_genuine",
];

const CHANNEL: Arg = word("channel", CHANNELS);
const PHASE: Arg = word("phase", PHASES);
const PLAN: Arg = text("plan");

/// What core says.
pub const SAID: &[Form] = &[
    // Buying, and who holds the one in-app slot (R2, X5, X10, X11).
    Form::new("slot-taken", &[PLAN, CHANNEL, PHASE, text("subscription").unsaid()]),
    Form::new("slot-taken-elsewhere", &[CHANNEL, text("reason").unsaid()]),
    Form::new("slot-pending", &[PLAN]),
    Form::new("slot-being-bought", &[PLAN]),
    Form::plain("slot-being-set-up"),
    Form::plain("owned-elsewhere"),
    Form::plain("unbound-purchase"),
    Form::plain("reserved-elsewhere"),
    Form::plain("plan-not-on-sale"),
    Form::plain("client-too-old"),
    Form::plain("already-covered"),
    Form::new("already-covered-by", &[PLAN, CHANNEL, text("cameras").optional()]),
    Form::new("bind-purchase", &[text("product").optional()]),
    Form::new("renews-until-cancelled", &[price("price"), period("period")]),
    // A change of plan, a change of price, and a payment made twice (X16).
    Form::new("billed-elsewhere", &[PLAN, CHANNEL]),
    Form::new("not-on-this-store-account", &[PLAN, CHANNEL]),
    Form::new("plan-not-changeable", &[PLAN, PHASE]),
    Form::new("plan-is-current", &[PLAN]),
    Form::new("change-is-scheduled", &[PLAN]),
    Form::new("changes-on", &[PLAN, date("date")]),
    Form::new(
        "cameras-reduced",
        &[PLAN, count("capacity"), text("cameras").optional()],
    ),
    Form::new(
        "price-change-needs-consent",
        &[PLAN, date("date"), price("from"), price("to")],
    ),
    Form::new("price-changes", &[PLAN, date("date"), price("from"), price("to")]),
    Form::plain("return-double-payment"),
    Form::new("double-payment-ends", &[PLAN, CHANNEL, text("subscription").unsaid()]),
    Form::new("double-payment-stays", &[PLAN, CHANNEL]),
    Form::plain("not-paid-twice"),
    Form::plain("portal-text"),
    Form::new("portal-link", &[text("url")]),
    // Plans.
    Form::new("renews-on", &[date("date")]),
    Form::new("ends-on", &[date("date")]),
    Form::new("ended-on", &[date("date")]),
    Form::new("plan-phase", &[PHASE]),
    Form::plain("account-not-loaded"),
    Form::plain("not-signed-in"),
    Form::plain("sign-in-needed"),
    // Purchases under way.
    Form::new("purchase-sheet-open", &[PLAN.optional()]),
    Form::new("purchase-checking", &[PLAN.optional()]),
    Form::new("purchase-pending", &[PLAN.optional()]),
    Form::new("purchase-confirming", &[PLAN.optional()]),
    Form::new("purchase-waiting", &[PLAN.optional()]),
    Form::new("purchase-needs-confirmation", &[PLAN.optional()]),
    Form::new("purchase-refused-here", &[PLAN.optional()]),
    Form::new("purchase-not-genuine", &[PLAN.optional()]),
    Form::plain("purchase-of-another-account"),
    Form::plain("clock-suspect"),
    // Cameras.
    Form::new("camera-firmware-too-old", &[text("version").optional()]),
    Form::plain("camera-offline"),
    Form::plain("camera-model-not-supported"),
    Form::new("camera-blocked", &[text("reason").unsaid()]),
    Form::new("camera-cannot-be-added", &[text("camera"), word("reason", BLOCKED)]),
    Form::new("camera-covered", &[text("camera")]),
    Form::new("over-capacity", &[count("capacity"), count("asked").optional()]),
    Form::new("unknown-camera", &[text("camera").optional()]),
    Form::plain("empty-selection"),
    Form::plain("no-access"),
    Form::plain("unknown-subscription"),
    Form::plain("cameras-changed-elsewhere"),
    Form::plain("dont-see-your-camera"),
    // Trials (T1, U11): never charged.
    Form::new("trial-eligible", &[period("length").optional()]),
    Form::plain("trial-covered"),
    Form::new("trial-active", &[count("days"), date("date").optional()]),
    Form::new("trial-active-until", &[date("date").optional()]),
    Form::new("trial-ends-today", &[date("date").unsaid()]),
    Form::plain("trial-over"),
    Form::plain("trial-used"),
    Form::plain("trial-not-offered"),
    Form::plain("trial-unknown"),
    Form::new("trial-paused", &[count("days")]),
    Form::plain("trial-paused-rest-unknown"),
    // What could not be asked.
    Form::plain("cloud-unreachable"),
    Form::plain("cloud-not-understood"),
    Form::plain("cloud-refused"),
    Form::plain("store-unreachable"),
    Form::plain("time-unknown"),
    Form::plain("insecure-url"),
    Form::plain("trust-unusable"),
    // Folder and files.
    Form::plain("folder-in-use"),
    Form::plain("folder-read-only"),
    Form::plain("folder-from-newer-version"),
    Form::plain("journal-from-newer-version"),
    Form::plain("folder-unusable"),
    Form::plain("disk-full"),
    Form::plain("disk-gone"),
    Form::plain("vault-unavailable"),
    Form::plain("closed"),
    // What should not happen.
    Form::plain("task-lost"),
    Form::plain("empty-304"),
    Form::plain("event-unwritable"),
];

/// The words for core's enumerations.
pub const WORDS: &[Form] = &[
    Form::new("phase", &[PHASE]),
    Form::new("cover", &[word("cover", COVERS)]),
    Form::new("answer", &[word("answer", ANSWERS)]),
    Form::new("purchase-state", &[word("state", PURCHASE_STATES)]),
    Form::plain("money-not-charged"),
    Form::plain("money-maybe-charged"),
    Form::plain("money-charged"),
    Form::plain("action-sign-in"),
    Form::plain("action-manage-subscription"),
    Form::plain("action-confirm"),
    Form::plain("action-change-selection"),
    Form::plain("action-update-firmware"),
    Form::plain("action-check-internet"),
    Form::plain("action-wait"),
    Form::plain("action-update-app"),
    Form::plain("action-fix-storage"),
    Form::plain("action-contact-support"),
    Form::new("retry-after", &[count("seconds")]),
    Form::plain("retry-automatic"),
    Form::plain("outcome-granted"),
    Form::plain("outcome-scheduled"),
    Form::plain("outcome-pending"),
    Form::plain("outcome-cancelled"),
    Form::new("outcome-failed", &[text("code").optional()]),
    Form::new("outcome-not-granted", &[word("answer", ANSWERS).optional()]),
    Form::plain("returned-given-back"),
    Form::plain("returned-requested"),
    Form::plain("returned-cancelled"),
    Form::plain("manage-app-store"),
    Form::plain("manage-google-play"),
    Form::plain("manage-portal"),
    Form::plain("manage-nowhere"),
    Form::plain("manage-unknown"),
    Form::plain("clock-unknown"),
];
