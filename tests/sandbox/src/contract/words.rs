//! The words of the wire as schemas: what an id, a time, a price looks like, said once.
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use jsonschema::Validator;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// A string of one form.
macro_rules! form {
    ($($name:ident: $pattern:literal, $example:literal, $says:literal;)+) => { $(
        #[doc = $says]
        pub(crate) struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "description": $says, "pattern": $pattern, "examples": [$example] })
            }
        }
    )+ };
}

/// A string that is one of a few.
macro_rules! choice {
    ($($name:ident: $($word:literal)|+, $says:literal;)+) => { $(
        #[doc = $says]
        pub(crate) struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "description": $says, "enum": [$($word),+] })
            }
        }
    )+ };
}

/// A whole number within bounds.
macro_rules! number {
    ($($name:ident: $least:literal to $most:literal, $says:literal;)+) => { $(
        #[doc = $says]
        pub(crate) struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "integer", "description": $says, "minimum": ($least as i64), "maximum": ($most as i64),
                })
            }
        }
    )+ };
}

form! {
    Moment: r"^2[0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{3})?Z$", "2026-01-05T09:00:00Z",
        "A time: RFC 3339 in UTC, with milliseconds where they matter.";
    Uuid: r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
        "5f0c3a52-9d4e-4f0b-8a61-2d6c1e7b9a30", "A UUID, hyphenated.";
    AccountTag: r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "5f0c3a52-9d4e-4f0b-8a61-2d6c1e7b9a30",
        "The one stable tag of an account, which its purchases carry: appAccountToken, obfuscatedAccountId. A UUID in lower case.";
    AccountId: r"^acc_[a-z0-9_]{1,128}$", "acc_anna", "A TP-Link ID's account at the Care cloud.";
    AccountAsked: r"^[\t -~]+$", "acc_anna",
        "The request's own `care-account`, exactly as sent, on problems too; absent where the request had none.";
    SubscriptionId: r"^sub_[0-9a-f]{12}$", "sub_4f2a90c1d3e8",
        "A subscription; what is bought after one ended is another.";
    CameraId: r"^cam_[a-z0-9_]{1,128}$", "cam_porch", "A camera bound to an account.";
    ReservationId: r"^res_[0-9a-f]{12}$", "res_4f2a90c1d3e8", "A reservation of an account's in-app slot.";
    IntentId: r"^[!-~]{1,64}$", "5f0c3a52-9d4e-4f0b-8a61-2d6c1e7b9a30", "A wish to buy; a UUID where the core makes it.";
    InstallationId: r"^[!-~]{1,64}$", "5f0c3a52-9d4e-4f0b-8a61-2d6c1e7b9a30",
        "An installation of the app; a UUID where the core makes it.";
    StoreIdentity: r"^[!-~]{1,64}$", "704000000000001", "Who the store account is to this app: appTransactionId.";
    Confirmed: r"^[!-~]{1,256}$", "covered_elsewhere", "What was confirmed.";
    SignedPayload: r"^[\s\S]{0,65536}$", "e30.e30.AAAA", "What a store signed, as received.";
    SessionToken: r"^[0-9a-f]{48}$", "000102030405060708090a0b0c0d0e0f1011121314151617", "A session's token.";
    PlanId: r"^(tapo|kasa)-[a-z0-9]{1,16}-(monthly|yearly)$", "tapo-3-monthly", "A plan, the same in every store.";
    Duration: r"^P([0-9]{1,3}[YMWD])+$", "P1M", "A calendar period: ISO 8601.";
    Currency: r"^[A-Z]{3}$", "USD", "ISO 4217.";
    Country: r"^[A-Z]{3}$", "USA", "A storefront: ISO 3166-1 alpha-3.";
    Locale: r"^[a-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$", "en", "A BCP 47 language tag.";
    Version: r"^[0-9]{1,4}(\.[0-9]{1,4}){1,3}$", "0.1.0", "A version, number by number.";
    Count: r"^[0-9]{1,9}$", "1", "A whole number in a header.";
    CoreVersion: r"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}([-+][0-9A-Za-z.-]{1,32})?$", "0.1.0", "The version of the core that asks.";
    Platform: r"^[a-z][a-z0-9_-]{0,31}$", "ios", "What the core runs on: ios, android, linux.";
    WaitSeconds: r"^[0-9]{1,6}$", "3", "Seconds to wait before asking again.";
    Nonce: r"^[A-Za-z0-9_-]{22}$", "AAAAAAAAAAAAAAAAAAAAAA",
        "16 random bytes, base64url without padding; new for each request, a retry included.";
    Digest: r"^[0-9a-f]{64}$", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "SHA-256 over the request text, lower hex (section 1 of the wire).";
    IdempotencyKey: r"^[!-~]([ -~]{0,254}[!-~])?$", "0c0ffee0",
        "The same for the same purchase, however often it is posted.";
    Etag: "^\"[0-9a-f]{32}\"$", "\"0123456789abcdef0123456789abcdef\"", "An ETag over account and body.";
    KeyId: r"^k[0-9]{1,3}$", "k1", "Which of the two pinned keys signed.";
    AnswerSignature: r"^[A-Za-z0-9+/]{86}==$",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
        "64 bytes of Ed25519 over the answer text, standard base64 (section 1 of the wire).";
    Jws: r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$", "e30.e30.AAAA", "A JWS in compact form.";
    Base64: r"^[A-Za-z0-9+/]+={0,2}$", "AAAA", "Standard base64.";
    AppleTransactionId: r"^[0-9]{1,32}$", "2000000000000001", "A transaction id of the App Store.";
    AskId: r"^ask-[0-9]{1,9}$", "ask-1", "An Ask to Buy.";
    PurchaseToken: r"^[A-Za-z0-9._-]{1,512}$", "0123456789ab.AO-J1example", "A purchase token of Google Play.";
    OrderId: r"^GPA\.[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{5}(\.\.[0-9]{1,4})?$", "GPA.3300-0000-0000-00001..0",
        "An order of Google Play; renewals count up behind the first.";
    Transaction: r"^([0-9]{1,32}|GPA\.[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{5}(\.\.[0-9]{1,4})?)$", "2000000000000001",
        "A paid period: the App Store's transaction id, Google Play's order id.";
    PurchaseId: r"^[A-Za-z0-9._-]{1,512}$", "2000000000000001",
        "What a store's server API is asked by: the App Store's transaction id, Google Play's purchase token.";
    AppleProduct: r"^care\.tapo\.[0-9]{1,3}\.(monthly|yearly)$", "care.tapo.3.monthly", "A product of the App Store.";
    PlayProduct: r"^tapo_care_[0-9]{1,3}(_year)?$", "tapo_care_3", "A subscription product of Google Play.";
    Product: r"^(care\.tapo\.[0-9]{1,3}\.(monthly|yearly)|tapo_care_[0-9]{1,3}(_year)?)$", "care.tapo.3.monthly",
        "A product of either store.";
    Obfuscated: r"^[!-~]{1,64}$", "5f0c3a52-9d4e-4f0b-8a61-2d6c1e7b9a30", "An id Play carries for the app: at most 64 characters.";
    Int64: r"^-?[0-9]{1,19}$", "6", "An int64 as text.";
    PlayBearer: r"^ya29\.[0-9a-f]{48}$", "ya29.000102030405060708090a0b0c0d0e0f1011121314151617", "An access token.";
    WorldId: r"^w-[0-9a-f]{1,32}$", "w-0123456789ab", "A world; the same for the same seed.";
    MoveBy: r"^(P([0-9]{1,4}[YMWD])*(T([0-9]{1,6}[HMS])+)?|[0-9]{1,9}[dhms])$", "31d", "A period: ISO 8601, or `31d`, `2h`, `90m`, `10s`.";
    AskedMoment: r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$",
        "2026-02-05T09:00:00Z", "A time: RFC 3339.";
    AskedCountry: r"^[A-Za-z]{3}$", "USA", "A storefront; kept in upper case.";
    LogLine: r"^2[0-9T:.Z-]{18,23} [\s\S]+$", "2026-01-05T09:00:00Z cloud: acc_anna signed in", "What happened, and when.";
    Title: r"^[^\x00-\x1f\x7f]{1,200}$", "Tapo Care · 3 cameras", "Words for a person.";
    DisplayPrice: r"^[^\x00-\x1f\x7f]{2,32}$", "$6.99", "The price as the store itself writes it; shown verbatim (U4).";
    Url: r"^https://[^\s]+$", "https://care.tapo.example/terms", "An https URL.";
    Name: r"^[^/?#%\x00-\x20\x7f]{1,128}$", "phone", "A name that stands in a path as it is.";
    AnyText: r"^[\s\S]*$", "text", "Whatever the caller has there.";
}

choice! {
    StoreName: "app_store" | "play", "A store that sells in the app.";
    Channel: "app_store" | "play" | "web" | "code", "Where a plan was bought; only app_store and play take the in-app slot.";
    Environment: "production" | "sandbox", "The store's environment.";
    Service: "tapo_care" | "kasa_care" | "kasa_legacy", "The service a plan belongs to.";
    Steering: "none" | "text_only" | "link", "What may be said of buying elsewhere in this storefront (U9).";
    PurchaseAnswer: "granted" | "already_granted" | "expired" | "superseded" | "revoked" | "family_shared" | "test_purchase"
        | "pending_canceled" | "bound_to_other" | "not_genuine" | "pending" | "needs_confirmation" | "unknown_product",
        "What the cloud makes of a purchase. All are final but the last three.";
    Origin: "current" | "kasa_app_before_dec_2022", "Which billing of the app it comes from; Tapo has had one (X9).";
    Offer: "none" | "trial" | "intro" | "promotional" | "code" | "win_back", "The store's offer it runs under.";
    Covers: "cameras" | "account", "What the plan covers: the cameras selected, or all that are bound to the account (R38).";
    TrialReason: "used" | "covered" | "model_not_supported" | "region_not_supported",
        "Why there is no trial; `covered`: a plan with access names the camera, and it had none.";
    FreePlanState: "active" | "ended" | "not_for_model" | "unknown", "How the free plan of a camera's model stands (R70 to R81).";
    Flag: "double_paid" | "cameras_reduced",
        "What is out of the ordinary: paid although the slot was taken (X16); covers fewer cameras than were selected, since a \
         smaller plan took effect, until a selection is made.";
    Action: "manage_in_store" | "manage_on_portal", "Where the person can change it (U7).";
    BlockedReason: "firmware_too_old" | "offline" | "model_not_supported", "Why a camera cannot be selected now.";
    Remedy: "update_firmware" | "connect_to_internet" | "none", "What would help.";
    OfferPaymentMode: "free_trial", "How StoreKit's introductory offer is paid.";
    StoreTrialState: "eligible" | "used" | "not_offered", "Whether a plan may begin with a free trial that the store sells (X12).";
    SoldUnder: "none" | "trial", "What the payment sheet is to sell a plan under: its full price, or the store's free trial.";
    AppStoreFailure: "product_unavailable" | "payment_declined" | "store_failed" | "invalid_offer_signature", "Why the sheet failed.";
    PlayFailure: "item_unavailable" | "item_already_owned" | "item_not_owned" | "payment_declined" | "billing_unavailable"
        | "offer_unavailable" | "developer_error",
        "Why the sheet failed.";
    AppId: "com.tplink.tapo" | "com.tplink.iot", "The app: its bundle id at Apple's, its package at Google's.";
    GrantType: "urn:ietf:params:oauth:grant-type:jwt-bearer", "OAuth's JWT bearer grant.";
    Bearer: "Bearer", "OAuth's token type.";
    OAuthErrorCode: "invalid_grant", "OAuth's error code.";
    PurchaseKind: "androidpublisher#subscriptionPurchaseV2", "Google's kind.";
    PlayState: "SUBSCRIPTION_STATE_UNSPECIFIED" | "SUBSCRIPTION_STATE_PENDING" | "SUBSCRIPTION_STATE_PENDING_PURCHASE_CANCELED"
        | "SUBSCRIPTION_STATE_ACTIVE" | "SUBSCRIPTION_STATE_CANCELED" | "SUBSCRIPTION_STATE_EXPIRED"
        | "SUBSCRIPTION_STATE_IN_GRACE_PERIOD" | "SUBSCRIPTION_STATE_ON_HOLD" | "SUBSCRIPTION_STATE_PAUSED", "How it stands.";
    PlayAcknowledgement: "ACKNOWLEDGEMENT_STATE_ACKNOWLEDGED" | "ACKNOWLEDGEMENT_STATE_PENDING", "Whether somebody acknowledged it.";
    PlayErrorStatus: "UNAUTHENTICATED" | "NOT_FOUND" | "INVALID_ARGUMENT", "Google's canonical code.";
    Endpoint: "cloud" | "account" | "catalogue" | "reservations" | "purchases" | "refunds" | "cameras" | "trials" | "session"
        | "device" | "store-server" | "notifications",
        "Where a fault strikes: `cloud` is all of /v1 and the notifications, `store-server` both stores' server APIs.";
    FinishedBy: "device" | "cloud", "Who came first.";
    Cycle: "P1M" | "P1Y", "How often a plan renews.";
    BillingPlan: "monthly" | "yearly" | "weekly", "Google Play's base plan.";
    PlayOfferId: "free-month" | "half-price" | "promotional-half" | "code-half" | "win-back-half", "An offer of a base plan.";
    PriceChangeMode: "PRICE_INCREASE" | "OPT_OUT_PRICE_INCREASE", "Whether Google asks for a yes, or only tells.";
    PriceChangeState: "OUTSTANDING" | "CONFIRMED", "Whether the customer agreed.";
    PriceConsent: "needed" | "given" | "not_needed", "Whether the store waits for a yes to the new price; without it the plan ends.";
    PlayOfferPhase: "freeTrial" | "introductoryPrice", "What an offer takes less: all of the price, or half.";
    TestAnswer: "granted" | "test_purchase", "What the cloud made of a purchase nobody paid for (X15).";
    AppleEnvironment: "Production" | "Sandbox", "Apple's environment.";
    Feature: "30_day_history" | "smart_alerts", "What a plan gives; only what is released in the storefront is listed (R7).";
}

number! {
    Micros: 0 to 1_000_000_000_000_000, "An amount of money in millionths of the currency's unit.";
    Millis: 0 to 9_007_199_254_740_991, "Milliseconds since 1970-01-01T00:00:00Z.";
    Wait: 0 to 60_000, "Milliseconds of real time.";
    Periods: 1 to 100, "How many periods.";
    Hours: 1 to 8_760, "Hours of history that are kept.";
    Capacity: 0 to 100, "How many cameras a plan covers.";
    Level: 1 to 100, "Rank within the group as Apple counts: 1 is the most.";
    Revision: 0 to 9_007_199_254_740_991, "Counts up with every change.";
    AppleStatus: 1 to 5, "Apple's number of a subscription's status: 1 active, 2 expired, 3 billing retry, 4 grace, 5 revoked.";
    AppleErrorCode: 4_000_000 to 5_999_999, "Apple's error code.";
    HttpStatus: 400 to 599, "The HTTP status.";
    VoidedReason: 0 to 8, "Google's number of the reason; 0 for any other.";
    Nanos: 0 to 999_999_999, "Billionths.";
    ContractVersion: 1 to 1_000_000, "A version of the contract.";
    Seconds: 0 to 31_622_400, "Seconds.";
}

/// An object without members.
pub(crate) struct Nothing;

impl JsonSchema for Nothing {
    fn schema_name() -> Cow<'static, str> {
        "Nothing".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "description": "Done; nothing to tell.", "properties": {}, "additionalProperties": false })
    }
}

/// A subscription's phase.
pub(crate) struct Phase;

/// The phases of version 1.
const PHASES: [&str; 10] = [
    "pending",
    "active",
    "grace",
    "retry",
    "hold",
    "paused",
    "expired",
    "revoked",
    "refunded",
    "superseded",
];

impl JsonSchema for Phase {
    fn schema_name() -> Cow<'static, str> {
        "Phase".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Access is had in active and grace. A word that begins with future_ stands for the phases a later \
                            version may add; only the sandbox's control API makes one.",
            "anyOf": [{ "enum": PHASES }, { "pattern": "^future_[a-z]{1,32}$" }],
        })
    }
}

/// A trial's state.
pub(crate) struct TrialState;

impl JsonSchema for TrialState {
    fn schema_name() -> Cow<'static, str> {
        "TrialState".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "How a trial stands. A word that begins with future_ stands for the states a later version may add; only \
                            the sandbox's control API makes one.",
            "anyOf": [
                { "enum": ["eligible", "active", "paused", "used", "not_offered"] },
                { "pattern": "^future_[a-z]{1,32}$" },
            ],
        })
    }
}

/// Whether a text has the form its schema asks for; whoever takes one looks at the same pattern that is documented.
pub(crate) fn is<T: JsonSchema>(text: &str) -> bool {
    static COMPILED: LazyLock<Mutex<BTreeMap<Cow<'static, str>, Option<Validator>>>> = LazyLock::new(Mutex::default);
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let schema = compiled.entry(T::schema_name()).or_insert_with(|| {
        let schema = T::json_schema(&mut SchemaGenerator::default());
        jsonschema::draft202012::new(schema.as_value()).ok()
    });
    schema.as_ref().is_some_and(|schema| schema.is_valid(&text.into()))
}
