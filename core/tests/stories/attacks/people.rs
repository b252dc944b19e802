//! Who is signed in, and what the others may see.

use super::shell::{Shell, idle, refreshing};
use crate::both::{forged, outside};
use crate::phone::{Phone, settle, soon, subscribe};
use crate::world::World;
use tapo_care::CareError;
use tapo_care::id::{AccountId, StoreKind};

both_stores!(a_sign_out_that_came_after_a_sign_in_is_not_undone_by_it);
async fn a_sign_out_that_came_after_a_sign_in_is_not_undone_by_it(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
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

both_stores!(of_two_sign_ins_the_screen_and_the_next_start_show_the_same_account);
async fn of_two_sign_ins_the_screen_and_the_next_start_show_the_same_account(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
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

both_stores!(annas_tap_never_opens_a_sheet_for_ben);
async fn annas_tap_never_opens_a_sheet_for_ben(store: StoreKind) {
    let shell = Shell::at(store);
    let care = shell.open_as("anna").await;
    settle(&care).await;
    shell.hold(&["GET /v1/account"]);
    let refreshing = refreshing(&care);
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

both_stores!(who_has_signed_out_before_the_sheet_is_shown_no_sheet);
async fn who_has_signed_out_before_the_sheet_is_shown_no_sheet(store: StoreKind) {
    let shell = Shell::at(store);
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
both_stores!(a_purchase_bound_to_anna_is_not_shown_to_ben_nor_counted_as_his);
async fn a_purchase_bound_to_anna_is_not_shown_to_ben_nor_counted_as_his(store: StoreKind) {
    let world = World::new();
    outside(store, &world, "phone", None).await;
    let phone = Phone::at(store, &world, "phone");
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

both_stores!(a_broken_copy_of_annas_receipt_is_not_shown_to_ben);
async fn a_broken_copy_of_annas_receipt_is_not_shown_to_ben(store: StoreKind) {
    let shell = Shell::at(store);
    let bought = outside(store, &shell.world, "phone", Some("anna")).await;
    let copy = forged(bought.clone());
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
