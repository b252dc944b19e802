//! Records as rows of a table, the same in every command.

use crate::words;
use tapo_care::id::CameraId;
use tapo_care::snapshot::{CameraRow, Picker, PickerCamera, PlanCard, PurchaseRow, Snapshot, SubscriptionRow};

/// A header and its rows.
pub type Rows = (Vec<&'static str>, Vec<Vec<String>>);

/// Plans on sale: the billed amount is the price (U2), and it is the store's own string (U4).
pub fn plans(plans: &[PlanCard]) -> Rows {
    let row = |plan: &PlanCard| {
        let comes_to = plan
            .per_month
            .as_ref()
            .map(|price| format!("{} a month", words::amount(price)));
        vec![
            plan.id.to_string(),
            plan.title.clone(),
            words::count(i64::from(plan.capacity), "camera", "cameras"),
            format!("{} {}", plan.display_price, words::each(plan.cycle)),
            comes_to.unwrap_or_default(),
        ]
    };
    (
        vec!["Plan", "Title", "Covers", "Price", "Comes to"],
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
            words::phase(subscription.phase.as_str()).to_owned(),
            format!("{} of {}", subscription.cameras.len(), subscription.capacity),
            names(snapshot, &subscription.cameras),
            renewal(subscription),
            subscription.id.to_string(),
        ]
    };
    let header = vec!["Plan", "Stands", "Cameras", "Which", "Next", "Id"];
    (header, snapshot.subscriptions.iter().map(row).collect())
}

/// When it renews or ends.
pub fn renewal(subscription: &SubscriptionRow) -> String {
    match (subscription.renews_at, subscription.ends_at) {
        (Some(at), _) => format!("renews on {}", words::date(at)),
        (None, Some(at)) => format!("ends on {}", words::date(at)),
        (None, None) => "not known".to_owned(),
    }
}

/// Cameras, those that cannot be selected with the reason (R18).
pub fn cameras(cameras: &[CameraRow]) -> Rows {
    let row = |camera: &CameraRow| {
        vec![
            camera.name.clone(),
            camera.model.clone(),
            if camera.online { "online" } else { "offline" }.to_owned(),
            words::cover(camera),
            camera.blocked.as_ref().map(words::say).unwrap_or_default(),
            words::trial(&camera.trial),
            camera.id.to_string(),
        ]
    };
    let header = vec![
        "Camera",
        "Model",
        "Now",
        "Care",
        "Cannot be added because",
        "Free trial",
        "Id",
    ];
    (header, cameras.iter().map(row).collect())
}

/// What a picker shows of each camera.
pub fn choices(picker: &Picker) -> Rows {
    let row = |camera: &PickerCamera| {
        let state = match (&camera.blocked, camera.selected, camera.proposed) {
            (_, true, true) => "on the plan".to_owned(),
            (_, true, false) => "on the plan, taken off".to_owned(),
            (_, false, true) => "chosen".to_owned(),
            (Some(reason), _, _) => format!("cannot be added: {}", words::say(reason)),
            (None, _, _) => "can be added".to_owned(),
        };
        vec![camera.name.clone(), camera.model.clone(), state, camera.id.to_string()]
    };
    (
        vec!["Camera", "Model", "For this plan", "Id"],
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
                .unwrap_or_else(|| "a purchase".to_owned()),
            words::purchase_state(&purchase.state).to_owned(),
            words::say(&purchase.message),
            purchase.refused_by.clone().unwrap_or_default(),
        ]
    };
    (
        vec!["Purchase", "Stands", "What that means", "Refused here by"],
        purchases.iter().map(row).collect(),
    )
}

/// The camera's name, where known, else its id.
pub fn name(snapshot: &Snapshot, id: &CameraId) -> String {
    let known = snapshot.cameras.iter().find(|camera| &camera.id == id);
    known.map_or_else(|| id.to_string(), |camera| camera.name.clone())
}

/// The cameras' names, where known.
pub fn names(snapshot: &Snapshot, ids: &[CameraId]) -> String {
    let each: Vec<_> = ids.iter().map(|id| name(snapshot, id)).collect();
    each.join(", ")
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
