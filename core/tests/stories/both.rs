//! What is told of both stores: one story, two tests, and the words in which the stores differ.

use crate::world::World;
use serde_json::{Value, json};
use tapo_care::account::Channel;
use tapo_care::id::{IntentId, StoreKind};
use tapo_care::ports::{SignedPayload, StoreTransaction};
use tapo_care::snapshot::ManageRoute;

/// Above `async fn story(store: StoreKind)`: makes the tests `story::app_store` and `story::play` of it.
macro_rules! both_stores {
    ($story:ident) => {
        mod $story {
            #[tokio::test]
            async fn app_store() {
                super::$story(tapo_care::id::StoreKind::AppStore).await;
            }

            #[tokio::test]
            async fn play() {
                super::$story(tapo_care::id::StoreKind::Play).await;
            }
        }
    };
}

/// The channel a plan bought there has, and where it is managed.
pub fn channel(store: StoreKind) -> (Channel, ManageRoute) {
    match store {
        StoreKind::AppStore => (Channel::AppStore, ManageRoute::AppStore),
        StoreKind::Play => (Channel::Play, ManageRoute::GooglePlay),
    }
}

/// The contract's word for it.
pub fn word(store: StoreKind) -> &'static str {
    match store {
        StoreKind::AppStore => "app_store",
        StoreKind::Play => "play",
    }
}

/// Bought on a device without the app, for the account of that name or for nobody, and not yet handed over.
pub async fn outside(store: StoreKind, world: &World, device: &str, name: Option<&str>) -> StoreTransaction {
    let tag = match name {
        Some(name) => json!(world.tag(name).await),
        None => Value::Null,
    };
    let product = match store {
        StoreKind::AppStore => "care.tapo.3.monthly",
        StoreKind::Play => "tapo_care_3",
    };
    let asked = json!({ "device": device, "store": word(store), "product": product, "app_account_token": tag });
    let bought = world.post("purchases/outside", asked).await;
    handed_over(store, &bought)
}

/// The sheet of that intent was closed, and the store took the money all the same.
pub async fn paid_after_all(store: StoreKind, world: &World, name: &str, intent: &IntentId) -> StoreTransaction {
    if store == StoreKind::AppStore {
        return outside(store, world, "phone", Some(name)).await;
    }
    let order = json!({
        "product": "tapo_care_3", "obfuscated_account_id": world.tag(name).await, "obfuscated_profile_id": intent,
        "sheet": "pay",
    });
    let bought = world.public("POST", "/device/phone/play/buy", &order).await;
    handed_over(store, &bought["purchase"])
}

/// The contract's `T` or `P` as a phone hands it over.
pub fn handed_over(store: StoreKind, bought: &Value) -> StoreTransaction {
    let text = |name: &str| bought[name].as_str().unwrap().to_owned();
    match store {
        StoreKind::AppStore => StoreTransaction {
            id: text("id").into(),
            signed: SignedPayload::AppStore {
                transaction: text("signed_transaction"),
                renewal: bought["signed_renewal_info"].as_str().map(str::to_owned),
            },
        },
        StoreKind::Play => StoreTransaction {
            id: text("token").into(),
            signed: SignedPayload::Play {
                original_json: text("original_json"),
                signature: text("signature"),
            },
        },
    }
}

/// The same receipt with one byte of what was signed, or of its signature, changed.
pub fn forged(mut receipt: StoreTransaction) -> StoreTransaction {
    match &mut receipt.signed {
        SignedPayload::AppStore { transaction, .. } => *transaction = changed(transaction),
        // One camera becomes ten.
        SignedPayload::Play { original_json, .. } => {
            *original_json = original_json
                .replace("tapo_care_1\"", "tapo_care_10\"")
                .replace("\"quantity\":1", "\"quantity\":2");
        }
    }
    receipt
}

/// One character of a JWS's signature changed.
pub fn changed(jws: &str) -> String {
    let mut bytes = jws.as_bytes().to_vec();
    let at = bytes.len() - 20;
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    String::from_utf8(bytes).unwrap()
}
