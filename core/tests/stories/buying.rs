//! From "+ Add Plan" to covered cameras, and how a sheet may end.

use crate::both::channel;
use crate::phone::{Phone, buy, ended, select, settle, soon, subscribe};
use crate::world::World;
use serde_json::json;
use tapo_care::OutcomeKind;
use tapo_care::id::StoreKind;
use tapo_care::money::Money;
use tapo_care::snapshot::Cover;

// Rules: R1 (core, cloud), R4 (core), R5 (core), R6 (core, cloud), R8 (core), R9 (store), R10 (core, store), R11 (core)
// Rules: R16 (core, cloud), R17 (core, cloud), R19 (core, cloud)
both_stores!(a_plan_chosen_by_cameras_is_paid_granted_put_on_cameras_and_says_that_it_renews);
async fn a_plan_chosen_by_cameras_is_paid_granted_put_on_cameras_and_says_that_it_renews(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    assert!(care.snapshot().add_plan.available);
    let plans = care.plans().await.unwrap().plans;
    let capacities: Vec<u32> = plans.iter().map(|plan| plan.capacity).collect();
    assert!(
        capacities.is_sorted() && capacities.contains(&3),
        "by number of cameras: {capacities:?}"
    );

    let outcome = buy(&care, "tapo-3-monthly").await;
    assert_eq!((outcome.kind, outcome.money), (OutcomeKind::Granted, Money::Charged));
    settle(&care).await;
    let snapshot = care.snapshot();
    let row = &snapshot.subscriptions[0];
    assert_eq!(Some(&row.id), outcome.subscription.as_ref());
    assert_eq!((row.channel.clone(), row.manage), channel(store));
    assert_eq!(row.capacity, 3);
    assert!(row.will_renew && row.renews_at.is_some());
    assert!(snapshot.picker.is_some(), "cameras are chosen after payment");
    assert!(snapshot.cameras.iter().all(|camera| camera.cover == Cover::NotCovered));

    select(&care, &["cam_porch", "cam_garden"]).await.unwrap();
    let covered = |snapshot: tapo_care::Snapshot| -> Vec<String> {
        let covered = snapshot
            .cameras
            .into_iter()
            .filter(|camera| camera.cover == Cover::Covered);
        covered.map(|camera| camera.name).collect()
    };
    assert_eq!(covered(care.snapshot()), ["Porch", "Garden"]);
    assert_eq!(care.snapshot().picker, None);
    select(&care, &["cam_hallway"]).await.unwrap();
    assert_eq!(covered(care.snapshot()), ["Hallway"], "the choice can be changed later");
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}

// Rules: R16
both_stores!(cameras_named_with_the_tap_are_selected_as_far_as_possible);
async fn cameras_named_with_the_tap_are_selected_as_far_as_possible(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    let request = tapo_care::SubscribeRequest {
        plan: "tapo-3-monthly".into(),
        cameras: ["cam_porch", "cam_nursery"].map(Into::into).to_vec(),
        trial: false,
        confirmation: None,
    };
    care.subscribe(request).await.unwrap();
    assert_eq!(ended(&care).await.kind, OutcomeKind::Granted);
    settle(&care).await;
    let cameras: Vec<String> = care.snapshot().subscriptions[0]
        .cameras
        .iter()
        .map(|id| id.as_str().to_owned())
        .collect();
    assert_eq!(cameras, ["cam_porch"], "the one with old firmware stays out");
}

// Rules: R7, U1, U2, U3, U4
both_stores!(only_what_is_released_here_is_shown_with_the_stores_own_price);
async fn only_what_is_released_here_is_shown_with_the_stores_own_price(store: StoreKind) {
    let world = World::new();
    world.post("devices/phone-jp", json!({ "storefront": "JPN" })).await;
    let american = Phone::at(store, &world, "phone")
        .open_as("anna")
        .await
        .plans()
        .await
        .unwrap();
    let japanese = Phone::at(store, &world, "phone-jp")
        .open_as("ben")
        .await
        .plans()
        .await
        .unwrap();
    let ids = |plans: &tapo_care::PlansOnSale| -> Vec<String> {
        plans.plans.iter().map(|plan| plan.id.as_str().to_owned()).collect()
    };
    assert!(ids(&american).contains(&"tapo-10-yearly".to_owned()));
    assert!(!ids(&japanese).contains(&"tapo-10-yearly".to_owned()));
    let card = american
        .plans
        .iter()
        .find(|plan| plan.id.as_str() == "tapo-3-monthly")
        .unwrap();
    assert_eq!((card.display_price.as_str(), card.price.micros), ("$6.99", 6_990_000));
    assert_eq!(card.terms.text_arg("price"), Some("$6.99"));
    assert!(!card.title.is_empty() && card.cycle.iso8601() == "P1M");
    assert!(american.terms_url.starts_with("https://") && american.privacy_url.starts_with("https://"));
    let yearly = american
        .plans
        .iter()
        .find(|plan| plan.id.as_str() == "tapo-10-yearly")
        .unwrap();
    assert!(
        yearly
            .per_month
            .as_ref()
            .is_some_and(|month| month.micros < yearly.price.micros)
    );
}

both_stores!(a_sheet_left_without_buying_costs_nothing_and_frees_the_slot);
async fn a_sheet_left_without_buying_costs_nothing_and_frees_the_slot(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    for (sheet, kind) in [
        ("cancel", OutcomeKind::Cancelled),
        ("fail", OutcomeKind::Failed),
        ("decline", OutcomeKind::Failed),
    ] {
        phone.sheet(sheet);
        let outcome = buy(&care, "tapo-3-monthly").await;
        assert_eq!((outcome.kind, outcome.money), (kind, Money::NotCharged), "{sheet}");
        settle(&care).await;
    }
    assert_eq!(world.ledger().await.counts(), (0, 0, 0));
    phone.sheet("pay");
    assert_eq!(buy(&care, "tapo-3-monthly").await.kind, OutcomeKind::Granted);
}

both_stores!(the_same_outcome_comes_until_it_is_handled_also_after_a_restart);
async fn the_same_outcome_comes_until_it_is_handled_also_after_a_restart(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    subscribe(&care, "tapo-3-monthly").await.unwrap();
    let first = soon(care.outcomes().next()).await.unwrap();
    assert_eq!(soon(care.outcomes().next()).await.unwrap(), first);
    care.close().await;
    let care = phone.open().await;
    assert_eq!(soon(care.outcomes().next()).await.unwrap(), first);
    care.outcomes().handled(&first.id).await.unwrap();
    settle(&care).await;
    let outcomes = care.outcomes();
    outcomes.close();
    assert_eq!(outcomes.next().await, None);
}

// Rules: R10 (core, store)
both_stores!(a_month_later_it_has_renewed_by_itself);
async fn a_month_later_it_has_renewed_by_itself(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    buy(&care, "tapo-3-monthly").await;
    settle(&care).await;
    let before = care.snapshot().subscriptions[0].renews_at.unwrap();
    world.advance("31d").await;
    settle(&care).await;
    let row = care.snapshot().subscriptions.remove(0);
    assert!(row.renews_at.unwrap() > before);
    assert_eq!(row.cover, Cover::Covered);
    // At Play a renewal asks for no acknowledgement.
    let finishes = if store == StoreKind::AppStore { 2 } else { 1 };
    assert_eq!(
        world.ledger().await.counts(),
        (2, 2, finishes),
        "each period is charged, granted and finished once"
    );
}

both_stores!(pending_is_an_outcome_that_holds_the_slot_over_a_restart);
async fn pending_is_an_outcome_that_holds_the_slot_over_a_restart(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    phone.sheet("pending");
    let care = phone.open_as("anna").await;
    let outcome = buy(&care, "tapo-3-monthly").await;
    assert_eq!((outcome.kind, outcome.money), (OutcomeKind::Pending, Money::NotCharged));
    care.close().await;
    let care = phone.open().await;
    settle(&care).await;
    assert_eq!(care.snapshot().purchases[0].state, "pending");
    let refused = subscribe(&care, "tapo-10-monthly").await.unwrap_err();
    assert_eq!(refused.problem().message.key, "slot-pending");
    assert_eq!(*phone.hands.sheets_shown.lock().unwrap(), 1);
}
