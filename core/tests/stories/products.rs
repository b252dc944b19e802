//! Whether a receipt's product is one of ours: said of each receipt, and no reason to keep one from the cloud.

use crate::both::{handed_over, outside, word};
use crate::phone::{Phone, settle};
use crate::world::World;
use serde_json::json;
use tapo_care::id::StoreKind;

// Rules: R7
both_stores!(a_product_on_no_list_is_called_so_and_posted_all_the_same);
async fn a_product_on_no_list_is_called_so_and_posted_all_the_same(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    care.plans().await.unwrap();
    let product = match store {
        StoreKind::AppStore => "care.tapo.20.monthly",
        StoreKind::Play => "tapo_care_20",
    };
    let asked = json!({
        "device": "phone", "store": word(store), "product": product, "app_account_token": world.tag("anna").await,
    });
    let bought = handed_over(store, &world.post("purchases/outside", asked).await);
    care.on_store_transactions(vec![bought]).await.unwrap();
    settle(&care).await;
    let row = care.receipts().remove(0);
    assert_eq!(
        (row.sold.as_deref(), row.answer.as_deref(), row.finished),
        (Some("never_ours"), Some("unknown_product"), false)
    );
    assert_eq!(phone.wire.sent("POST /v1/purchases"), 1);
    assert!(
        phone
            .hands
            .lines
            .lock()
            .unwrap()
            .contains(&"purchase.of_no_product_of_ours".to_owned())
    );
}

// Rules: R7
both_stores!(a_product_that_was_withdrawn_is_still_ours_and_granted);
async fn a_product_that_was_withdrawn_is_still_ours_and_granted(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    outside(store, &world, "phone", Some("anna")).await;
    let care = phone.open_as("anna").await;
    settle(&care).await;
    let sold = |care: &tapo_care::Care| care.receipts().remove(0).sold;
    assert_eq!(
        sold(&care).as_deref(),
        Some("not_loaded"),
        "nobody has asked what is on sale yet"
    );
    care.plans().await.unwrap();
    assert_eq!(sold(&care).as_deref(), Some("on_sale"));
    world.post("catalogue", json!({ "withdraw": "tapo-3-monthly" })).await;
    // What is on sale is asked for anew after a day.
    world.advance("25h").await;
    care.plans().await.unwrap();
    assert_eq!(sold(&care).as_deref(), Some("withdrawn"));
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
}
