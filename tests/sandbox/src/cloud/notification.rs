//! `/notifications/…`: what a store sends unasked. It is a reason to ask the store, and nothing in it is believed (contract,
//! section 10).
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::grant::told;
use super::proof::proved;
use super::store_client::through_faults;
use super::word::{NoAnswer, Shop};
use super::{malformed, notified, problem};
use crate::call::{Answer, Call};
use crate::contract::{self, PurchaseToken, is};
use crate::other_app::News;
use crate::play::PACKAGE;
use crate::world::World;

/// Apple's responseBodyV2.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "AppStoreNotification")]
pub(super) struct Signed {
    /// Transaction and renewal info are nested in it, and signed as well.
    #[schemars(with = "contract::Jws")]
    signed_payload: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    #[serde(rename = "notificationUUID")]
    notification_uuid: String,
    data: Data,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    bundle_id: String,
    /// A TEST notification has none.
    #[serde(default)]
    signed_transaction_info: Option<String>,
    #[serde(default)]
    signed_renewal_info: Option<String>,
    #[serde(default)]
    status: Option<u8>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transaction {
    original_transaction_id: String,
}

/// A Pub/Sub push.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PlayNotification")]
pub(super) struct Push {
    message: Message,
    /// Which subscription of Pub/Sub it comes by; not looked at.
    #[schemars(with = "Option<contract::AnyText>")]
    #[serde(default, rename = "subscription")]
    _subscription: Option<String>,
}

/// What Play published.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "PubSubMessage")]
struct Message {
    /// A DeveloperNotification.
    #[schemars(with = "contract::Base64")]
    data: String,
    /// The same at every sending.
    #[schemars(with = "contract::AnyText")]
    message_id: String,
    /// Not looked at.
    #[schemars(with = "Option<contract::AnyText>")]
    #[serde(default, rename = "publishTime")]
    _publish_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DeveloperNotification {
    package_name: String,
    #[serde(default)]
    subscription_notification: Option<SubscriptionNotification>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SubscriptionNotification {
    purchase_token: String,
}

/// Which notification it is, and which subscription it is about.
struct About {
    id: String,
    shop: Shop,
    /// None where it is about nothing the cloud sells.
    subject: Option<String>,
}

pub(super) fn from_app_store(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    let about = of_the_app_store(world, call);
    take_in(world, about)
}

pub(super) fn from_play(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    take_in(world, of_play(call))
}

/// 204 once it is taken in; 503 where the store could not be asked, so that it is sent again.
fn take_in(world: &mut World, about: Option<About>) -> Result<Answer, Answer> {
    let about = about.ok_or_else(|| malformed("That is no notification for this app"))?;
    if world.cloud.notified.contains(&about.id) {
        return Ok(Answer::empty(StatusCode::NO_CONTENT));
    }
    if let Some(subject) = &about.subject
        && told(world, about.shop, subject) == Err(NoAnswer::Unavailable)
    {
        return Err(problem(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "The store does not answer",
        ));
    }
    world.cloud.notified.insert(about.id);
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// A store's own sending, with whatever the fault plan has for it: whether the cloud says it took it in.
pub(crate) fn taken_in(world: &mut World, call: &Call) -> bool {
    through_faults(world, call, notified).is_ok_and(|answer| answer.status.is_success())
}

/// Signed by Apple, or it is none.
fn of_the_app_store(world: &mut World, call: &Call) -> Option<About> {
    let signed: Signed = call.json()?;
    let payload: Payload = proved(world, &signed.signed_payload)?;
    let data = payload.data;
    if data.bundle_id != world.bundle_id() {
        return None;
    }
    let subject = match &data.signed_transaction_info {
        Some(signed) => Some(proved::<Transaction>(world, signed)?.original_transaction_id),
        None => None,
    };
    if let (Some(heard), Some(original)) = (&mut world.heard, &subject)
        && let (Some(status), Some(transaction), Some(renewal)) =
            (data.status, data.signed_transaction_info, data.signed_renewal_info)
    {
        let news = News {
            status,
            signed_transaction_info: transaction,
            signed_renewal_info: renewal,
        };
        heard.last.insert(original.clone(), news);
    }
    Some(About {
        id: payload.notification_uuid,
        shop: Shop::AppStore,
        subject,
    })
}

/// Nobody signs it: whoever sends one has the cloud ask Google, and no more.
fn of_play(call: &Call) -> Option<About> {
    let push: Push = call.json()?;
    let data: Value = serde_json::from_slice(&STANDARD.decode(push.message.data).ok()?).ok()?;
    let data: DeveloperNotification = serde_json::from_value(data).ok()?;
    (data.package_name == PACKAGE).then(|| About {
        id: push.message.message_id,
        shop: Shop::Play,
        subject: data
            .subscription_notification
            .map(|about| about.purchase_token)
            .filter(|token| is::<PurchaseToken>(token)),
    })
}
