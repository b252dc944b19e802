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
        "renews-until-cancelled",
        "It renews automatically at {price} {period:each} until cancelled. Cancel at any time in the store.",
    ),
    // A change of plan, and a payment made twice.
    (
        "billed-elsewhere",
        "{plan} is billed through {channel:channel}, so it can only be changed there.",
    ),
    (
        "not-on-this-store-account",
        "{plan} is billed by {channel:channel}, and not to the store account on this phone. Use the phone it was bought with, or manage it in the store.",
    ),
    (
        "plan-not-changeable",
        "{plan} cannot be changed now: it is {phase:phase}. Put the payment right in the store first.",
    ),
    ("plan-is-current", "You have {plan} already."),
    (
        "change-is-scheduled",
        "Your plan changes to {plan} when the paid period is over. That is settled already.",
    ),
    ("changes-on", "Changes to {plan} on {date}. Renews automatically."),
    (
        "cameras-reduced",
        "{plan} covers {capacity|camera|cameras}, so only those selected longest are still covered[: {cameras}]. `care cameras set` chooses others.",
    ),
    (
        "price-change-needs-consent",
        "{plan} is to cost {to} instead of {from} from {date} on. Agree in the store, or the plan ends on that day.",
    ),
    (
        "price-changes",
        "{plan} costs {to} instead of {from} from {date} on. You can cancel in the store before.",
    ),
    (
        "return-double-payment",
        "Two plans were paid. Shall one end now, and its money be given back?",
    ),
    (
        "double-payment-ends",
        "{plan}, bought through {channel:channel}, ends and is paid back.",
    ),
    (
        "double-payment-stays",
        "{plan}, bought through {channel:channel}, stays.",
    ),
    (
        "not-paid-twice",
        "Nothing is paid twice, so there is nothing to give back.",
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
    // What comes next for a plan, and what may be done with it (R10, R11, U11).
    (
        "then-paid",
        "Free until {date}, then {price} {period:each} unless cancelled before.",
    ),
    (
        "grace-until",
        "The renewal was not paid. What it covers stays covered until {date} while the store tries again.",
    ),
    ("resumes-on", "Paused; goes on on {date}."),
    (
        "covers-every-camera",
        "It covers every camera of the account, so there is none to choose.",
    ),
    ("plan-is-over", "It is over."),
    (
        "code-ends-by-itself",
        "It came with a redemption code: it ends by itself and is neither changed nor cancelled.",
    ),
    (
        "code-is-not-refunded",
        "It came with a redemption code, which is not refunded.",
    ),
    ("managed-where-unknown", "Manage it where it was bought."),
    ("renewal-is-off", "It does not renew any more[: it ends on {date}]."),
    (
        "trial-never-comes-back",
        "A free trial that is cancelled ends for good and never comes back.",
    ),
    (
        "legacy-cancels-all",
        "Cancelling ends every legacy plan of the account, at once and for good. What is not used is refunded to the card on file.",
    ),
    (
        "cancels-at-once",
        "Cancelling ends it at once. Recordings outside the free plan are erased for good[; they are kept until {date}].",
    ),
    (
        "cancel-keeps-access",
        "Cancelled[ before {date}], it covers to the end of what is paid and does not renew.",
    ),
    (
        "legacy-is-not-changed",
        "A legacy plan can only be cancelled or migrated.",
    ),
    ("changed-where-bought", "It is changed where it was bought."),
    ("not-changed-while", "It cannot be changed now: it is {phase:phase}."),
    ("not-paid-twice", "It was paid once, so there is nothing to give back."),
    // Why a camera is covered or not (R17, R38).
    ("camera-is-covered", "{camera} ({model}) is covered."),
    ("camera-is-not-covered", "{camera} ({model}) is not covered."),
    (
        "camera-cover-unknown",
        "Whether {camera} ({model}) is covered cannot be said now.",
    ),
    (
        "camera-covered-twice",
        "{camera} ({model}) is covered by two plans; one of them does nothing for it.",
    ),
    ("covered-by-plan", "{plan} covers it."),
    ("covered-by-account-plan", "{plan} covers every camera of the account."),
    ("covered-by-code", "{plan}, from a redemption code, covers it."),
    ("plan-ended", "It is on {plan}, which has ended."),
    (
        "plan-without-access",
        "It is on {plan}, which covers nothing now: it is {phase:phase}.",
    ),
    ("not-on-plan", "It is not among the cameras of {plan}."),
    (
        "plan-not-understood",
        "It is on {plan}, whose state this version does not know.",
    ),
    ("cover-without-time", "The time is not known, so cover cannot be told."),
    (
        "cover-too-old",
        "The cloud was last asked too long ago. Connect to the internet to see what is covered.",
    ),
    ("no-plan-now", "There is no plan that covers cameras now."),
    ("no-plan-to-choose-for", "There is no plan to put it on."),
    ("on-plan-already", "It is on {plan} already."),
    (
        "plan-is-full",
        "{plan} covers {capacity|camera|cameras}, and all are taken. Take one off first.",
    ),
    ("on-no-plan", "It is on no plan."),
    ("camera-can-be-added", "It can be added to a plan."),
    (
        "said-last",
        "The cloud could not be asked just now, so this is what it said last.",
    ),
    // The picker (R16–R20).
    ("picker-choose", "Choose up to {capacity|camera|cameras} for {plan}."),
    (
        "picker-not-all-added",
        "{cameras|camera|cameras} chosen at the purchase could not be added yet.",
    ),
    (
        "picker-changed-elsewhere",
        "The cameras of this plan were changed elsewhere. Here is your choice together with that one.",
    ),
    (
        "picker-changed-and-left-out",
        "The cameras of this plan were changed elsewhere. {cameras|camera|cameras} of your choice did not fit or are no longer there.",
    ),
    // Free plans by model are no trials (R68, R76).
    (
        "free-plan-active",
        "Records to the cloud by its free plan[: the last {hours|hour|hours}][, until {date}].",
    ),
    ("free-plan-ended", "Its free plan has ended."),
    (
        "free-plan-none",
        "Its model has no free cloud recording. A microSD card in it records locally for free.",
    ),
    ("free-plan-unknown", "Whether its model has a free plan is not known."),
    // The account's own trial turns into a paid period (X6).
    (
        "account-trial-eligible",
        "A new plan begins with a free trial[ of {length:length}], then it is paid unless cancelled before.",
    ),
    (
        "account-trial-active",
        "The account's free trial runs[ until {date}], then the plan is paid unless cancelled before.",
    ),
    ("account-trial-paused", "The account's free trial is paused."),
    ("account-trial-used", "This account has had its free trial."),
    ("account-trial-not-offered", "No free trial is offered with a plan."),
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
    ("trial-not-for-model", "No free trial is offered for its model."),
    ("trial-not-in-region", "No free trial is offered in this region."),
    (
        "trial-offline",
        "Connect to the internet to see whether a free trial is offered.",
    ),
    ("trial-runs-already", "Its free trial runs already."),
    ("trial-not-running", "No free trial runs for it."),
    ("confirm-trial-cancel", "Cancel this free trial?"),
    (
        "trial-cancel-is-final",
        "The free trial of {camera} ends at once. It is cancelled for good and cannot be started again.",
    ),
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
