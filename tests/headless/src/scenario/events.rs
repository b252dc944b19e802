//! What happens around the app: in the world, its clock, its stores, its cloud, or to the phone (`device`).

use super::device::{go_through, unreachable};
use super::format::words::{Charge, StoreEvent};
use super::format::{Action, AtStore, Camera, Outside, Place, TrialSet};
use super::read::Scene;
use super::stage::Stage;
use crate::args::StoreName;
use crate::failure::Failure;
use serde_json::{Value, json};

/// Has it happen.
///
/// # Errors
/// The world says no.
pub async fn happen(stage: &mut Stage, scene: &Scene) -> Result<(), Failure> {
    if scene.action.place() == Place::Phone {
        return go_through(stage, scene).await;
    }
    match &scene.action {
        Action::Advance(by) => stage.control("clock/advance", json!({ "by": by })).await?,
        Action::Until(time) => stage.control("clock/to", json!({ "time": time })).await?,
        Action::NextDue(times) => {
            for _ in 0..*times {
                stage.control("clock/next", json!({})).await?;
            }
            Value::Null
        }
        Action::Store(what) => at_store(stage, scene, what).await?,
        Action::Price(what) => {
            let last = charged(stage, None).await?;
            let id = last.ok_or_else(|| Failure::Usage("price: nothing was charged yet".to_owned()))?;
            let body = json!({ "price_micros": what.micros, "asks": what.asks });
            stage
                .control(&format!("{}/{id}/price", place(stage.store)), body)
                .await?
        }
        Action::Outside(what) => outside(stage, scene, what).await?,
        Action::WebPlan(what) => {
            let cameras = stage.cloud.cameras(&what.account, &what.cameras).await?;
            let mut body = json!({
                "account": what.account, "plan": what.plan, "channel": what.channel, "cameras": cameras,
            });
            for (name, word) in [("origin", &what.origin), ("offer", &what.offer), ("phase", &what.phase)] {
                if let Some(word) = word {
                    body[name] = json!(word);
                }
            }
            if let Some(renews) = what.renews {
                body["renews"] = json!(renews);
            }
            stage.control("subscriptions", body).await?
        }
        Action::Camera(what) => camera(stage, what).await?,
        Action::TrialState(what) => trial_state(stage, what).await?,
        Action::FreePlan(what) => {
            let id = camera_id(stage, &what.account, &what.camera).await?;
            let mut body = json!({ "state": what.state });
            if let Some(hours) = what.hours {
                body["history_h"] = json!(hours);
            }
            if let Some(left) = &what.left {
                body["left"] = json!(left);
            }
            stage.control(&format!("cameras/{id}/free-plan"), body).await?
        }
        Action::Fault(what) => {
            let mut body = json!({ "endpoint": what.endpoint, "kind": what.kind });
            for (name, value) in [
                ("times", what.times.map(Value::from)),
                ("after", what.after.map(Value::from)),
                ("ms", what.ms.map(Value::from)),
                ("status", what.status.map(Value::from)),
            ] {
                if let Some(value) = value {
                    body[name] = value;
                }
            }
            stage.control("faults", body).await?
        }
        Action::ClearFaults(_) => stage.world.control.ask("DELETE", "/control/faults", None).await?,
        Action::ExpireSession(name) => stage.control("sessions/expire", json!({ "account": name })).await?,
        Action::Catalogue(what) => {
            let mut body = json!({});
            if let Some(steering) = what.steering {
                body["steering"] = json!(steering);
            }
            if let Some(least) = what.least_contract {
                body["least_contract"] = json!(least);
            }
            if let Some(plan) = &what.withdraw {
                body["withdraw"] = json!(plan);
            }
            if let Some(sold) = what.store_trials {
                body["store_trials"] = json!(sold);
            }
            stage.control("catalogue", body).await?
        }
        Action::CloudKey(key) => stage.control("keys", json!({ "sign_with": key })).await?,
        other => return Err(other.not_done()),
    };
    Ok(())
}

async fn at_store(stage: &mut Stage, scene: &Scene, what: &AtStore) -> Result<Value, Failure> {
    let missing = |what: &str| Failure::Usage(format!("{what}: nothing there for this to happen to"));
    let decided = matches!(what.event, StoreEvent::Approve | StoreEvent::Decline);
    let id = match (stage.store, decided) {
        (StoreName::AppStore, true) => {
            let asks = stage.ask("store/asks").await?;
            last(&asks["asks"], "id").ok_or_else(|| missing("Ask to Buy"))?
        }
        (StoreName::Play, true) => {
            let device = stage.phone(&scene.on)?.device();
            let (_, shown) = device.call("GET", "/purchases", None).await.map_err(unreachable)?;
            waiting(&shown["purchases"]).ok_or_else(|| missing("the phone's purchases"))?
        }
        (_, false) => charged(stage, what.charge)
            .await?
            .ok_or_else(|| missing("the ledger's charges"))?,
    };
    let nothing = json!({});
    let (verb, body) = match (what.event, stage.store) {
        (StoreEvent::Approve, StoreName::AppStore) => ("approve", nothing),
        (StoreEvent::Approve, StoreName::Play) => ("complete", nothing),
        (StoreEvent::Decline, _) => ("decline", nothing),
        (StoreEvent::Cancel, _) => ("cancel", nothing),
        (StoreEvent::Restart, _) => ("restart", nothing),
        (StoreEvent::Refund, _) => ("revoke", nothing),
        (StoreEvent::PaymentsFail, _) => ("payments", json!({ "go_through": false })),
        (StoreEvent::PaymentsGoThrough, _) => ("payments", json!({ "go_through": true })),
        (StoreEvent::Pause, _) => ("pause", json!({ "for": "P1M" })),
        (StoreEvent::Resume, _) => ("pause", nothing),
        (StoreEvent::AgreePrice, _) => ("price-answer", json!({ "agrees": true })),
        (StoreEvent::DeclinePrice, _) => ("price-answer", json!({ "agrees": false })),
    };
    let place = place(stage.store);
    stage.control(&format!("{place}/{id}/{verb}"), body).await
}

/// Where control has that store.
fn place(store: StoreName) -> &'static str {
    match store {
        StoreName::AppStore => "store",
        StoreName::Play => "play",
    }
}

/// The subscription of that charge: the App Store's original transaction, Google Play's purchase token. Where nothing was
/// charged yet, as in a trial, the last one the store has.
async fn charged(stage: &Stage, charge: Option<Charge>) -> Result<Option<String>, Failure> {
    let ledger = stage.ask("ledger").await?;
    let charges = ledger["charges"].as_array().map_or(&[][..], Vec::as_slice);
    let charge = match charge {
        Some(nth) => charges.get(nth.get() - 1),
        None => charges.last(),
    };
    if charge.is_none() {
        let standing = stage.ask("store/subscriptions").await?;
        return Ok(last(&standing["subscriptions"], "original"));
    }
    Ok(charge.and_then(|charge| charge["original"].as_str()).map(str::to_owned))
}

fn last(list: &Value, name: &str) -> Option<String> {
    Some(list.as_array()?.last()?[name].as_str()?.to_owned())
}

/// The token of the last purchase that waits for its payment.
fn waiting(purchases: &Value) -> Option<String> {
    let state =
        |one: &Value| serde_json::from_str::<Value>(one["original_json"].as_str()?).ok()?["purchaseState"].as_i64();
    let mut all = purchases.as_array()?.iter().rev();
    let waiting = all.find(|one| state(one) == Some(4))?;
    waiting["token"].as_str().map(str::to_owned)
}

async fn outside(stage: &mut Stage, scene: &Scene, what: &Outside) -> Result<Value, Failure> {
    let (store, product) = match stage.store {
        StoreName::AppStore => ("app_store", &what.app_store),
        StoreName::Play => ("play", &what.play),
    };
    let tag = match &what.tag_of {
        None => Value::Null,
        Some(name) => {
            let accounts = stage.ask("accounts").await?;
            let mut all = accounts["accounts"].as_array().into_iter().flatten();
            let found = all.find(|account| account["name"] == name.as_str());
            found
                .map(|account| account["tag"].clone())
                .ok_or_else(|| Failure::Usage(format!("the world has no TP-Link ID `{name}`")))?
        }
    };
    let body = json!({
        "device": scene.on, "store": store, "product": product, "app_account_token": tag, "offer": what.offer,
        "family_shared": what.family_shared,
    });
    stage.control("purchases/outside", body).await
}

async fn camera_id(stage: &Stage, account: &str, name: &str) -> Result<String, Failure> {
    let found = stage.cloud.camera(account, name).await?;
    found.ok_or_else(|| Failure::Usage(format!("{account} has no camera `{name}`")))
}

async fn trial_state(stage: &mut Stage, what: &TrialSet) -> Result<Value, Failure> {
    let mut trial = json!({ "state": what.state });
    for (name, word) in [("left", &what.left), ("reason", &what.reason)] {
        if let Some(word) = word {
            trial[name] = json!(word);
        }
    }
    match &what.camera {
        Some(camera) => {
            let id = camera_id(stage, &what.account, camera).await?;
            stage.control(&format!("cameras/{id}/trial"), trial).await
        }
        None => {
            let path = format!("accounts/{}", what.account);
            stage.control(&path, json!({ "trial": trial })).await
        }
    }
}

async fn camera(stage: &mut Stage, what: &Camera) -> Result<Value, Failure> {
    let mut body = json!({});
    if let Some(online) = what.online {
        body["online"] = json!(online);
    }
    if let Some(firmware) = &what.firmware {
        body["firmware"] = json!(firmware);
    }
    if let Some(id) = stage.cloud.camera(&what.account, &what.name).await? {
        if what.model.is_some() {
            return Err(Failure::Usage(format!(
                "`{}` is there already; its model stays",
                what.name
            )));
        }
        if what.removed {
            let path = format!("/control/cameras/{id}");
            return stage.world.control.ask("DELETE", &path, None).await;
        }
        for (name, word) in [("name", &what.new_name), ("account", &what.moves_to)] {
            if let Some(word) = word {
                body[name] = json!(word);
            }
        }
        return stage.control(&format!("cameras/{id}"), body).await;
    }
    let Some(model) = &what.model else {
        return Err(Failure::Usage(format!(
            "there is no camera `{}`; a new one has a model",
            what.name
        )));
    };
    body["account"] = json!(what.account);
    body["name"] = json!(what.name);
    body["model"] = json!(model);
    stage.control("cameras", body).await
}
