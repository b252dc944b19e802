//! Identifiers as strings, times as milliseconds, and the enums a newer cloud may extend as the contract's spellings.

use tapo_care::account::{Channel, Covers, Offer, Origin, Phase, PriceConsent, Service};
use tapo_care::id::{AccountId, AccountTag, CameraId, IntentId, PlanId, ProductId, SubscriptionId, TransactionId};
use tapo_care::period::Period;
use tapo_care::time::Timestamp;

uniffi::custom_type!(
    /// A TP-Link ID's account, as the cloud names it.
    AccountId, String, { remote, lower: |id| id.0, try_lift: |text| Ok(AccountId(text)) }
);
uniffi::custom_type!(
    /// A camera bound to an account.
    CameraId, String, { remote, lower: |id| id.0, try_lift: |text| Ok(CameraId(text)) }
);
uniffi::custom_type!(
    /// A subscription in the cloud's account state.
    SubscriptionId, String, { remote, lower: |id| id.0, try_lift: |text| Ok(SubscriptionId(text)) }
);
uniffi::custom_type!(
    /// A plan of the catalogue.
    PlanId, String, { remote, lower: |id| id.0, try_lift: |text| Ok(PlanId(text)) }
);
uniffi::custom_type!(
    /// A product as a store names it.
    ProductId, String, { remote, lower: |id| id.0, try_lift: |text| Ok(ProductId(text)) }
);
uniffi::custom_type!(
    /// One wish to buy, from the tap to its outcome. A UUID; on Play it travels with the purchase.
    IntentId, String, { remote, lower: |id| id.0, try_lift: |text| Ok(IntentId(text)) }
);
uniffi::custom_type!(
    /// A transaction as its store numbers it.
    TransactionId, String, { remote, lower: |id| id.0, try_lift: |text| Ok(TransactionId(text)) }
);
uniffi::custom_type!(
    /// The account's one stable tag (appAccountToken, obfuscatedAccountId). Compared as a value: letter case is nothing.
    AccountTag, String, { remote, lower: |tag| tag.to_string(), try_lift: |text| Ok(AccountTag(text.parse()?)) }
);
uniffi::custom_type!(
    /// A point in time: milliseconds since 1970-01-01T00:00:00Z.
    Timestamp, i64, { remote, lower: |time| time.0, try_lift: |ms| Ok(Timestamp(ms)) }
);
uniffi::custom_type!(
    /// A calendar period such as a month. Never a number of days: months differ. ISO 8601: `P1M`, `P1Y`.
    Period, String, {
        remote,
        lower: |period| period.iso8601(),
        try_lift: |text| Period::parse(&text).ok_or_else(|| uniffi::deps::anyhow::anyhow!("not a period such as P1M")),
    }
);
uniffi::custom_type!(
    /// Where a subscription was bought (R1): it decides where it is managed (R11). `app_store`, `play`, `web`, `code`, or
    /// what a newer cloud calls it.
    Channel, String, {
        remote,
        lower: |channel| channel.as_str().to_owned(),
        try_lift: |text| Ok(Channel::from(text.as_str())),
    }
);
uniffi::custom_type!(
    /// Where a subscription stands. `pending`, `active`, `grace`, `retry`, `paused`, `expired`, `revoked`, `refunded`,
    /// `superseded`, or what a newer cloud calls it.
    Phase, String, {
        remote,
        lower: |phase| phase.as_str().to_owned(),
        try_lift: |text| Ok(Phase::from(text.as_str())),
    }
);
uniffi::custom_type!(
    /// The line of plans a subscription belongs to. `tapo_care`, `kasa_care`, `kasa_legacy`, or what a newer cloud calls it.
    Service, String, {
        remote,
        lower: |service| service.as_str().to_owned(),
        try_lift: |text| Ok(Service::from(text.as_str())),
    }
);
uniffi::custom_type!(
    /// Which billing of the app a subscription comes from. Stored with it, never worked out from a date (X9). `current`,
    /// `kasa_app_before_dec_2022`, or what a newer cloud calls it.
    Origin, String, {
        remote,
        lower: |origin| origin.as_str().to_owned(),
        try_lift: |text| Ok(Origin::from(text.as_str())),
    }
);
uniffi::custom_type!(
    /// The store's offer a period runs under. Only trial and introductory ones are sold by the app (X12); the others are
    /// recognised wherever the store gave them.
    ///
    /// `none`, `trial`, `intro`, `promotional`, `code`, `win_back`, or what a newer cloud calls it.
    Offer, String, {
        remote,
        lower: |offer| offer.as_str().to_owned(),
        try_lift: |text| Ok(Offer::from(text.as_str())),
    }
);
uniffi::custom_type!(
    /// Whether a new price was agreed to. It is asked for by the store, never by the app.
    ///
    /// `needed`, `given`, `not_needed`, or what a newer cloud calls it.
    PriceConsent, String, {
        remote,
        lower: |consent| consent.as_str().to_owned(),
        try_lift: |text| Ok(PriceConsent::from(text.as_str())),
    }
);
uniffi::custom_type!(
    /// How far a plan reaches. `cameras`, `account`, or what a newer cloud calls it.
    Covers, String, {
        remote,
        lower: |covers| covers.as_str().to_owned(),
        try_lift: |text| Ok(Covers::from(text.as_str())),
    }
);
