//! Records as rows of a table, the same in every command.

use crate::words;
use tapo_care::ReceiptRow;
use tapo_care::id::CameraId;
use tapo_care::message::Message;
use tapo_care::snapshot::{CameraRow, Picker, PickerCamera, PlanCard, PurchaseRow, Snapshot, SubscriptionRow};

/// A header and its rows.
pub type Rows = (Vec<String>, Vec<Vec<String>>);

/// The headings of these columns.
pub fn heads<const N: usize>(keys: [&str; N]) -> Vec<String> {
    keys.iter().map(|key| words::line(&format!("head-{key}"))).collect()
}

/// Plans on sale: the billed amount is the price (U2), and it is the store's own string (U4).
pub fn plans(plans: &[PlanCard]) -> Rows {
    let row = |plan: &PlanCard| {
        let comes_to = plan
            .per_month
            .as_ref()
            .map(|price| words::say(&Message::new("comes-to").text("price", words::amount(price))));
        vec![
            plan.id.to_string(),
            plan.title.clone(),
            words::say(&Message::new("cameras-count").count("capacity", i64::from(plan.capacity))),
            words::say(
                &Message::new("price-each")
                    .text("price", &plan.display_price)
                    .text("period", plan.cycle.iso8601()),
            ),
            comes_to.unwrap_or_default(),
        ]
    };
    (
        heads(["plan", "title", "covers", "price", "comes-to"]),
        plans.iter().map(row).collect(),
    )
}

/// The renewal sentences of these plans, each once (U3).
pub fn terms(plans: &[PlanCard]) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for plan in plans {
        let sentence = words::say(&plan.terms);
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}

/// Subscriptions.
pub fn subscriptions(snapshot: &Snapshot) -> Rows {
    let row = |subscription: &SubscriptionRow| {
        vec![
            subscription.title.clone(),
            words::phase(subscription.phase.as_str()),
            words::say(
                &Message::new("cameras-of")
                    .count(
                        "selected",
                        i64::try_from(subscription.cameras.len()).unwrap_or(i64::MAX),
                    )
                    .count("capacity", i64::from(subscription.capacity)),
            ),
            names(snapshot, &subscription.cameras),
            renewal(subscription),
            subscription.id.to_string(),
        ]
    };
    let header = heads(["plan", "stands", "cameras", "which", "next", "id"]);
    (header, snapshot.subscriptions.iter().map(row).collect())
}

/// When it renews or ends.
pub fn renewal(subscription: &SubscriptionRow) -> String {
    words::say(&match (subscription.renews_at, subscription.ends_at) {
        (Some(at), _) => Message::new("next-renews").date("date", at),
        (None, Some(at)) => Message::new("next-ends").date("date", at),
        (None, None) => Message::new("next-unknown"),
    })
}

/// Cameras, those that cannot be selected with the reason (R18).
pub fn cameras(cameras: &[CameraRow]) -> Rows {
    let row = |camera: &CameraRow| {
        vec![
            camera.name.clone(),
            camera.model.clone(),
            words::line(if camera.online {
                "camera-is-online"
            } else {
                "camera-is-offline"
            }),
            words::cover(camera),
            camera.blocked.as_ref().map(words::say).unwrap_or_default(),
            words::trial(&camera.trial),
            camera.id.to_string(),
        ]
    };
    let header = heads(["camera", "model", "now", "care", "cannot-be-added", "free-trial", "id"]);
    (header, cameras.iter().map(row).collect())
}

/// What a picker shows of each camera.
pub fn choices(picker: &Picker) -> Rows {
    let row = |camera: &PickerCamera| {
        let state = match (&camera.blocked, camera.selected, camera.proposed) {
            (_, true, true) => words::line("on-the-plan"),
            (_, true, false) => words::line("taken-off"),
            (_, false, true) => words::line("chosen"),
            (Some(reason), false, false) => {
                words::say(&Message::new("cannot-be-added-because").text("reason", words::say(reason)))
            }
            (None, false, false) => words::line("can-be-added"),
        };
        vec![camera.name.clone(), camera.model.clone(), state, camera.id.to_string()]
    };
    (
        heads(["camera", "model", "for-this-plan", "id"]),
        picker.cameras.iter().map(row).collect(),
    )
}

/// Open purchases.
pub fn purchases(purchases: &[PurchaseRow]) -> Rows {
    let row = |purchase: &PurchaseRow| {
        let product = || purchase.product.as_ref().map(ToString::to_string);
        vec![
            purchase
                .title
                .clone()
                .or_else(product)
                .unwrap_or_else(|| words::line("a-purchase")),
            words::purchase_state(&purchase.state),
            words::say(&purchase.message),
            purchase.refused_by.clone().unwrap_or_default(),
        ]
    };
    (
        heads(["purchase", "stands", "means", "refused-by"]),
        purchases.iter().map(row).collect(),
    )
}

/// Receipts: what this phone's store showed, and what verification and the cloud made of it.
pub fn receipts(receipts: &[ReceiptRow]) -> Rows {
    let row = |receipt: &ReceiptRow| {
        let product = receipt.product.as_ref().map(ToString::to_string);
        // The stores' own names of their ledgers.
        let ledger = receipt
            .environment
            .as_ref()
            .map(|environment| format!("{environment:?}"));
        let cloud = receipt.answer.as_deref();
        vec![
            receipt.transaction.to_string(),
            product.unwrap_or_default(),
            ledger.unwrap_or_default(),
            match (&receipt.refused_by, receipt.verified) {
                (_, true) => words::line("verified"),
                (Some(check), false) => words::say(&Message::new("not-verified").text("check", check)),
                (None, false) => words::line("not-verified"),
            },
            receipt.expires_at.map(words::date).unwrap_or_default(),
            cloud.map_or_else(|| words::line("nothing-said-yet"), words::answer),
            words::line(if receipt.finished {
                "finished"
            } else {
                "not-finished-at-store"
            }),
        ]
    };
    let header = heads([
        "receipt",
        "product",
        "ledger",
        "verified",
        "paid-until",
        "cloud-says",
        "at-store",
    ]);
    (header, receipts.iter().map(row).collect())
}

/// The camera's name, where known, else its id.
pub fn name(snapshot: &Snapshot, id: &CameraId) -> String {
    let known = snapshot.cameras.iter().find(|camera| &camera.id == id);
    known.map_or_else(|| id.to_string(), |camera| camera.name.clone())
}

/// The cameras' names, where known.
pub fn names(snapshot: &Snapshot, ids: &[CameraId]) -> String {
    let each: Vec<_> = ids.iter().map(|id| name(snapshot, id)).collect();
    words::list(&each)
}

/// The camera of that id or name. What nobody knows is taken as an id, so that the core says so.
pub fn camera_named(snapshot: &Snapshot, typed: &str) -> CameraId {
    let typed = typed.trim();
    let by_id = snapshot.cameras.iter().find(|camera| camera.id.as_str() == typed);
    let by_name = || {
        snapshot
            .cameras
            .iter()
            .find(|camera| camera.name.eq_ignore_ascii_case(typed))
    };
    by_id
        .or_else(by_name)
        .map_or_else(|| CameraId::from(typed), |camera| camera.id.clone())
}

/// The same for a list, each once; empty texts are none.
pub fn cameras_named(snapshot: &Snapshot, typed: &[String]) -> Vec<CameraId> {
    let mut ids = Vec::new();
    for text in typed.iter().filter(|text| !text.trim().is_empty()) {
        let id = camera_named(snapshot, text);
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}
