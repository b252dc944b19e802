//! Who is signed in, and what the others may see.

use super::shell::{Shell, idle, outside};
use crate::phone::{Phone, forged, settle, soon, subscribe};
use crate::world::World;
use serde_json::json;
use tapo_care::CareError;
use tapo_care::id::AccountId;
use tapo_care::ports::SignedPayload;

#[tokio::test]
async fn a_sign_out_that_came_after_a_sign_in_is_not_undone_by_it() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    let anna = AccountId(world.account_id("anna").await);
    let (signed_in, signed_out) = tokio::join!(care.sign_in(anna), care.sign_out());
    signed_in.unwrap();
    signed_out.unwrap();
    let shown = care.snapshot();
    assert_eq!(
        shown.account,
        None,
        "signed out, and {} cameras shown",
        shown.cameras.len()
    );
}

#[tokio::test]
async fn of_two_sign_ins_the_screen_and_the_next_start_show_the_same_account() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    let (anna, ben) = (
        AccountId(world.account_id("anna").await),
        AccountId(world.account_id("ben").await),
    );
    let (first, second) = tokio::join!(care.sign_in(anna), care.sign_in(ben.clone()));
    first.unwrap();
    second.unwrap();
    assert_eq!(care.snapshot().account, Some(ben), "the last sign-in holds");
}

#[tokio::test]
async fn annas_tap_never_opens_a_sheet_for_ben() {
    let shell = Shell::new();
    let care = shell.open_as("anna").await;
    settle(&care).await;
    shell.hold(&["GET /v1/account"]);
    let refreshing = tokio::spawn({
        let care = care.clone();
        async move { care.refresh().await }
    });
    shell.until_held("GET /v1/account").await;
    let tapped = tokio::spawn({
        let care = care.clone();
        async move { subscribe(&care, "tapo-3-monthly").await }
    });
    idle().await;
    let ben = AccountId(shell.world.account_id("ben").await);
    care.sign_in(ben).await.unwrap();
    shell.hold(&[]);
    let _ = soon(refreshing).await.unwrap();
    let tapped = soon(tapped).await.unwrap();
    idle().await;
    let ben = shell.world.tag("ben").await;
    let orders = shell.orders.lock().unwrap().clone();
    assert!(
        orders.iter().all(|order| order.tag.to_string() != ben),
        "a sheet opened for ben, who never tapped: {tapped:?}"
    );
}

#[tokio::test]
async fn who_has_signed_out_before_the_sheet_is_shown_no_sheet() {
    let shell = Shell::new();
    let care = shell.open_as("anna").await;
    settle(&care).await;
    shell.hold(&["before GET /v1/catalogue"]);
    let tapped = tokio::spawn({
        let care = care.clone();
        async move { subscribe(&care, "tapo-3-monthly").await }
    });
    shell.until_held("before GET /v1/catalogue").await;
    care.sign_in(AccountId(shell.world.account_id("ben").await))
        .await
        .unwrap();
    shell.hold(&[]);
    let tapped = soon(tapped).await.unwrap();
    idle().await;
    assert!(
        shell.orders.lock().unwrap().is_empty(),
        "ben looks at anna's payment sheet: {tapped:?}"
    );
}

// Rules: X11 (core)
#[tokio::test]
async fn a_purchase_bound_to_anna_is_not_shown_to_ben_nor_counted_as_his() {
    let world = World::new();
    let outside = json!({ "device": "phone", "product": "care.tapo.3.monthly", "app_account_token": null });
    world.post("purchases/outside", outside).await;
    let phone = Phone::new(&world, "phone");
    let care = phone.open_as("anna").await;
    settle(&care).await;
    let CareError::ConfirmationNeeded(asked) = care.restore(None).await.unwrap_err() else {
        panic!("a question was due")
    };
    assert_eq!(care.restore(Some(asked.token)).await.unwrap().granted, 1);
    settle(&care).await;
    care.sign_in(AccountId(world.account_id("ben").await)).await.unwrap();
    settle(&care).await;
    let restored = care.restore(None).await.unwrap();
    assert_eq!(
        (restored.granted, care.receipts().len()),
        (0, 0),
        "ben is told of anna's purchase"
    );
}

#[tokio::test]
async fn a_broken_copy_of_annas_receipt_is_not_shown_to_ben() {
    let shell = Shell::new();
    let bought = outside(&shell.world, "anna").await;
    let mut copy = bought.clone();
    let SignedPayload::AppStore { transaction, .. } = &mut copy.signed else {
        panic!("the App Store signed it")
    };
    *transaction = forged(transaction);
    let care = shell.open_as("anna").await;
    care.on_store_transactions(vec![bought]).await.unwrap();
    settle(&care).await;
    care.on_store_transactions(vec![copy]).await.unwrap();
    settle(&care).await;
    let ben = AccountId(shell.world.account_id("ben").await);
    care.sign_in(ben).await.unwrap();
    settle(&care).await;
    assert_eq!((care.receipts(), care.snapshot().purchases), (vec![], vec![]));
}
