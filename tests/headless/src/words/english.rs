//! The sentences, by the core's message keys.

/// Key and sentence. A unit test looks for keys of the core that have none.
pub const SENTENCES: &[(&str, &str)] = &[
    // Buying, and who holds the one in-app slot (R2, X5, X10, X11).
    (
        "slot-taken",
        "You already have a plan in the app: {plan}, bought through {channel:channel}, {phase:phase}. Only one plan can be subscribed to in the app.",
    ),
    (
        "slot-taken-elsewhere",
        "You already have a plan in the app, bought through {channel:channel}. Only one plan can be subscribed to in the app.",
    ),
    (
        "slot-pending",
        "A purchase of {plan} is pending: it waits for an approval or a payment. Only one plan can be subscribed to in the app.",
    ),
    (
        "slot-being-bought",
        "{plan} is being bought already. Only one plan can be subscribed to in the app.",
    ),
    (
        "slot-being-set-up",
        "This phone's store account already pays a plan of this account, which is being set up.",
    ),
    (
        "owned-elsewhere",
        "This phone's store account already pays a plan for another TP-Link ID. Nothing is moved from one to the other.",
    ),
    (
        "unbound-purchase",
        "This phone's store account pays a plan that no TP-Link ID has claimed. `care restore` binds it to this one, after you say yes.",
    ),
    (
        "reserved-elsewhere",
        "A plan is being bought for this account on another phone right now.",
    ),
    (
        "plan-not-on-sale",
        "That plan is not on sale here. `care plans` lists those that are.",
    ),
    (
        "client-too-old",
        "This version is too old to buy a plan. What you have goes on as before.",
    ),
    (
        "already-covered",
        "A plan bought elsewhere covers cameras already. Do you want another plan in the app?",
    ),
    (
        "already-covered-by",
        "{plan}, bought through {channel:channel}, covers already[: {cameras}].",
    ),
    (
        "bind-purchase",
        "A purchase that names no TP-Link ID was found[: {product}]. Shall it be bound to this account? That is done once and not undone.",
    ),
    (
        "erase-account",
        "Everything of this account is removed from this phone. Do you want that?",
    ),
    (
        "erase-still-bills",
        "{plan} goes on billing[, next on {date}]. It is cancelled where it was bought: {where:channel}.",
    ),
    (
        "erase-plan-lost",
        "{plan} is paid until {date}; whoever deletes the account loses it.",
    ),
    (
        "erase-unsettled",
        "A purchase is paid and not settled yet[: {plan}]. It is settled all the same.",
    ),
    ("erase-nothing-bills", "Nothing bills this account."),
    (
        "older-answer",
        "The cloud contradicts what it said a moment ago. Try again.",
    ),
    (
        "renews-until-cancelled",
        "It renews automatically at {price} {period:each} until cancelled. Cancel at any time in the store.",
    ),
    ("portal-text", "More plans are sold on the web portal."),
    ("portal-link", "More plans are sold on the web portal: {url}"),
    // Plans.
    ("renews-on", "Renews automatically on {date}."),
    ("ends-on", "Ends on {date} and does not renew."),
    ("ended-on", "Ended on {date}."),
    ("plan-phase", "It is {phase:phase}."),
    (
        "account-not-loaded",
        "What this account has is not known yet: the cloud could not be asked.",
    ),
    ("not-signed-in", "Nobody is signed in. `care sign-in NAME` signs in."),
    ("sign-in-needed", "You have to sign in again."),
    // Purchases under way.
    ("purchase-sheet-open", "[{plan}: ]the payment sheet is open."),
    (
        "purchase-checking",
        "[{plan}: ]the store and the cloud are being asked.",
    ),
    ("purchase-pending", "[{plan}: ]it waits for an approval or a payment."),
    (
        "purchase-confirming",
        "[{plan}: ]paid, being set up. It shows as soon as the cloud confirms it.",
    ),
    (
        "purchase-waiting",
        "[{plan}: ]the cloud has it and cannot say more yet. It is asked again by itself.",
    ),
    (
        "purchase-needs-confirmation",
        "[{plan}: ]it names no TP-Link ID. `care restore` binds it to this one.",
    ),
    (
        "purchase-refused-here",
        "[{plan}: ]its receipt is not believed on this phone. The cloud asks the store what is true.",
    ),
    (
        "purchase-not-genuine",
        "[{plan}: ]the store knows no such purchase. It gives nothing, and nothing else changes.",
    ),
    (
        "purchase-of-another-account",
        "A purchase of another TP-Link ID is waiting on this phone.",
    ),
    (
        "clock-suspect",
        "This phone's clock does not agree with the cloud's. What you have does not depend on it.",
    ),
    // Cameras.
    (
        "camera-firmware-too-old",
        "its firmware is too old. Update it to the latest firmware[, {version} or later].",
    ),
    (
        "camera-offline",
        "it has no internet access. Connect it to the internet.",
    ),
    ("camera-model-not-supported", "its model is not supported by the plan."),
    ("camera-blocked", "of a reason this version does not know[ ({reason})]."),
    ("camera-cannot-be-added", "{camera} cannot be added: {reason:blocked}."),
    ("camera-covered", "{camera} is covered by another plan already."),
    (
        "over-capacity",
        "The plan covers {capacity|camera|cameras}[; {asked} were chosen].",
    ),
    ("unknown-camera", "This account has no camera[ {camera}]."),
    ("empty-selection", "Choose at least one camera for a new plan."),
    (
        "no-access",
        "The plan gives no access now, so its cameras cannot be chosen.",
    ),
    ("unknown-subscription", "This account has no such plan."),
    (
        "cameras-changed-elsewhere",
        "The cameras of this plan were changed elsewhere just now. Look again and choose once more.",
    ),
    ("dont-see-your-camera", super::DONT_SEE_YOUR_CAMERA),
    // Trials (T1, U11): never charged.
    (
        "trial-eligible",
        "Free trial[ of {length:length}] can be started. It ends by itself and is never charged.",
    ),
    ("trial-covered", "A plan covers it, so no free trial is needed."),
    (
        "trial-active",
        "Free trial: {days|day|days} left[, ends on {date}]. You will not be charged.",
    ),
    (
        "trial-active-until",
        "Free trial[, ends on {date}]. You will not be charged.",
    ),
    ("trial-ends-today", "Free trial: ends today. You will not be charged."),
    ("trial-over", "The free trial is over."),
    ("trial-used", "It has had its free trial."),
    ("trial-not-offered", "No free trial is offered for it."),
    ("trial-unknown", "Whether a free trial is offered is not known now."),
    (
        "trial-paused",
        "Free trial paused, {days|day|days} left, while a plan covers it.",
    ),
    (
        "trial-paused-rest-unknown",
        "Free trial paused, while a plan covers it.",
    ),
    // What could not be asked.
    ("cloud-unreachable", "The Care cloud cannot be reached."),
    (
        "cloud-not-understood",
        "What answered is not the Care cloud, or its answer was changed on the way. Nothing of it was believed.",
    ),
    ("cloud-refused", "The Care cloud refused this."),
    ("store-unreachable", "The store cannot be reached."),
    (
        "time-unknown",
        "The time is not known yet. Try again once the cloud has answered.",
    ),
    ("insecure-url", "The cloud's address is not a secure one."),
    (
        "trust-unusable",
        "The trust given cannot be used: a root certificate or the bundle id is missing or unreadable.",
    ),
    // Folder and files.
    (
        "folder-in-use",
        "The state folder is in use by another `care`. End that one, or name another folder with --state.",
    ),
    (
        "folder-read-only",
        "The state folder is read-only. Nothing was touched.",
    ),
    (
        "folder-from-newer-version",
        "The state folder comes from a newer version. Nothing was touched.",
    ),
    (
        "journal-from-newer-version",
        "The purchase journal comes from a newer version. Nothing was touched.",
    ),
    ("folder-unusable", "The state folder cannot be used."),
    ("disk-full", "The disk is full."),
    ("disk-gone", "Files can no longer be written. Start again."),
    ("vault-unavailable", "The vault is locked."),
    ("closed", "It is closed already."),
    // What should not happen.
    (
        "task-lost",
        "Something went wrong inside: a task was lost. What was bought is not.",
    ),
    (
        "empty-304",
        "Something went wrong inside: an answer without a question.",
    ),
    (
        "event-unwritable",
        "Something went wrong inside: an event could not be written down.",
    ),
];
