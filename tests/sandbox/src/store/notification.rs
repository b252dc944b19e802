//! App Store Server Notifications V2: what the store tells the cloud by itself, with everything nested that Apple nests.
use serde::Serialize;
use serde_json::{Value, json};

use super::signed::{renewal_info, sign, transaction};
use super::{APP_ID, BUNDLE_ID, environment};
use crate::cloud::Shop;
use crate::news::{self, Item};
use crate::world::World;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    notification_type: &'a Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    subtype: &'a Value,
    #[serde(rename = "notificationUUID")]
    notification_uuid: &'a str,
    version: &'static str,
    signed_date: i64,
    data: Data,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    app_apple_id: u64,
    bundle_id: &'static str,
    bundle_version: &'static str,
    environment: &'static str,
    signed_transaction_info: String,
    signed_renewal_info: String,
    status: u8,
}

/// Has the store tell the cloud; `after_ms` from now.
pub(super) fn tell(world: &mut World, original: &str, kind: &str, subtype: Option<&str>, after_ms: i64) {
    let kind = json!({ "type": kind, "subtype": subtype });
    news::tell(world, Shop::AppStore, original, kind, after_ms);
}

/// `responseBodyV2`, signed anew at each sending under the same UUID.
pub(crate) fn notification(world: &World, item: &Item) -> Option<Value> {
    let line = world.store.lines.get(&item.subject)?;
    let latest = world.store.transactions.get(&line.latest)?;
    let payload = Payload {
        notification_type: &item.kind["type"],
        subtype: &item.kind["subtype"],
        notification_uuid: &item.id,
        version: "2.0",
        signed_date: world.now(),
        data: Data {
            app_apple_id: APP_ID,
            bundle_id: BUNDLE_ID,
            bundle_version: "3.9.114",
            environment: environment(world, &line.apple_id),
            signed_transaction_info: transaction(world, latest),
            signed_renewal_info: renewal_info(world, line),
            status: line.status.number(),
        },
    };
    Some(json!({ "signedPayload": sign(world, &payload) }))
}
