//! Privacy: what stays on the phone after a sign-out, what the next person sees, what a log or an error may tell.

use crate::both::{forged, outside, word};
use crate::phone::{Phone, select, settle, subscribe};
use crate::world::World;
use serde_json::json;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use tapo_care::cache::{JournalDb, StateDb};
use tapo_care::error::ConfirmationKind;
use tapo_care::id::{AccountId, StoreKind};
use tapo_care::money::Money;
use tapo_care::ports::{SignedPayload, StoreTransaction, Storefront};
use tapo_care::snapshot::Freshness;
use tapo_care::{Care, CareError};

const CAMERA: &str = "Nora's cot 7731";
/// A person may call a camera anything.
const EMAIL: &str = "nora.cot.7731@mail.example";

/// Every file of the folder that holds one of these, with which.
fn found_in(folder: &Path, secrets: &[(&str, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        for (name, secret) in secrets {
            if bytes.windows(secret.len()).any(|window| window == secret.as_bytes()) {
                found.push(format!("{name} in {}", path.file_name().unwrap().to_string_lossy()));
            }
        }
    }
    found
}

/// A stretch of a receipt that nothing else contains: of its signature.
fn receipt_of(bought: &StoreTransaction) -> String {
    let signed = match &bought.signed {
        SignedPayload::AppStore { transaction, .. } => transaction,
        SignedPayload::Play { signature, .. } => signature,
    };
    signed[signed.len() - 40..signed.len() - 4].to_owned()
}

/// Anna, with a camera whose name is nobody's business, a plan on it, and a purchase that came from outside.
pub(crate) async fn anna_at_home(phone: &Phone, store: StoreKind) -> (Care, StoreTransaction) {
    let world = &phone.world;
    world
        .post("cameras", json!({ "account": "anna", "name": CAMERA, "model": "C210" }))
        .await;
    let bought = outside(store, world, "phone", Some("anna")).await;
    let care = phone.open_as("anna").await;
    care.on_store_transactions(vec![bought.clone()]).await.unwrap();
    settle(&care).await;
    select(&care, &["cam_porch"]).await.unwrap();
    settle(&care).await;
    (care, bought)
}

both_stores!(after_a_sign_out_no_file_names_a_camera_or_holds_a_settled_receipt_or_a_token);
async fn after_a_sign_out_no_file_names_a_camera_or_holds_a_settled_receipt_or_a_token(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let (care, bought) = anna_at_home(&phone, store).await;
    let anna = AccountId(world.account_id("anna").await);
    let token = phone.wire.token(&anna).await.unwrap();
    let secrets = [
        ("the camera", base64_forms(CAMERA)),
        ("the receipt", vec![receipt_of(&bought)]),
        ("a token", vec![token]),
    ];
    let secrets: Vec<(&str, String)> = secrets
        .into_iter()
        .flat_map(|(name, forms)| forms.into_iter().map(move |form| (name, form)))
        .collect();
    let folder = phone.folder().join("care");
    let before = found_in(&folder, &secrets);
    assert!(
        before.iter().any(|line| line.starts_with("the camera")),
        "the test looks for the right thing: {before:?}"
    );
    assert!(!before.iter().any(|line| line.starts_with("a token")), "{before:?}");
    care.sign_out().await.unwrap();
    // While the app runs and its files are open, and after.
    assert_eq!(found_in(&folder, &secrets), Vec::<String>::new());
    care.close().await;
    assert_eq!(found_in(&folder, &secrets), Vec::<String>::new());
}

/// A text as it stands in a file, and inside base64 at each of its three alignments.
fn base64_forms(text: &str) -> Vec<String> {
    use base64::Engine as _;
    let mut forms = vec![text.to_owned()];
    for shift in 0..3 {
        let shifted = format!("{}{text}", "x".repeat(shift));
        let encoded = base64::engine::general_purpose::STANDARD_NO_PAD.encode(shifted);
        let from = (shift * 8).div_ceil(6);
        forms.push(encoded[from..encoded.len() - 1].to_owned());
    }
    forms
}

/// Anna's phone with a purchase in it that the cloud cannot be told of.
async fn paid_and_not_granted(store: StoreKind, world: &World) -> (Phone, Care) {
    let phone = Phone::at(store, world, "phone");
    let bought = outside(store, world, "phone", Some("anna")).await;
    let care = phone.open_as("anna").await;
    settle_quietly(&care).await;
    world.fault("purchases", "down", 1000).await;
    care.on_store_transactions(vec![bought]).await.unwrap();
    (phone, care)
}

both_stores!(an_unsettled_purchase_stays_sealed_and_is_granted_after_its_owner_signed_out);
async fn an_unsettled_purchase_stays_sealed_and_is_granted_after_its_owner_signed_out(store: StoreKind) {
    let world = World::new();
    let (phone, care) = paid_and_not_granted(store, &world).await;
    care.sign_out().await.unwrap();
    assert_eq!(care.snapshot().purchases, vec![], "nobody is shown it");
    care.close().await;
    world.clear_faults().await;
    let care = phone.open_as("ben").await;
    settle(&care).await;
    assert_eq!(world.ledger().await.counts(), (1, 1, 1));
    assert_eq!(
        (care.snapshot().purchases, care.snapshot().subscriptions),
        (vec![], vec![])
    );
}

async fn settle_quietly(care: &Care) {
    care.refresh().await.unwrap();
}

both_stores!(switching_back_and_forth_never_shows_the_other_also_without_a_network);
async fn switching_back_and_forth_never_shows_the_other_also_without_a_network(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let (care, _) = anna_at_home(&phone, store).await;
    let (anna, ben) = (
        AccountId(world.account_id("anna").await),
        AccountId(world.account_id("ben").await),
    );
    for online in [true, false] {
        phone.wire.cut(!online);
        for who in [&ben, &anna, &ben, &anna] {
            care.sign_in(who.clone()).await.unwrap();
            let first = care.snapshot();
            assert_eq!(
                (&first.account, first.freshness),
                (&Some(who.clone()), Freshness::NotLoaded)
            );
            assert_eq!(
                (first.cameras, first.subscriptions, first.purchases),
                (vec![], vec![], vec![])
            );
            let loaded = care.refresh().await;
            assert_eq!(loaded.is_ok(), online);
            let shown = care.snapshot();
            let hers = shown.cameras.iter().any(|camera| camera.name == CAMERA);
            assert_eq!(hers, online && who == &anna, "{:?}", shown.cameras);
        }
    }
}

both_stores!(neither_logs_nor_errors_nor_debug_prints_tell_a_token_a_receipt_a_tag_an_e_mail_or_a_name);
async fn neither_logs_nor_errors_nor_debug_prints_tell_a_token_a_receipt_a_tag_an_e_mail_or_a_name(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    world
        .post("cameras", json!({ "account": "anna", "name": EMAIL, "model": "C210" }))
        .await;
    let (care, bought) = anna_at_home(&phone, store).await;
    let anna = AccountId(world.account_id("anna").await);
    let mut told = String::new();
    // Every screen there is, with every camera on it.
    let subscription = care.snapshot().subscriptions[0].id.clone();
    care.open_picker(subscription.clone()).await.unwrap();
    let shown = care.snapshot();
    let of_each = shown.cameras.iter().map(|camera| care.explain(&camera.id).unwrap());
    let explained: Vec<_> = of_each.collect();
    let named = |name: &str| explained.iter().any(|explained| explained.camera.name == name);
    assert!(named(CAMERA) && named(EMAIL) && shown.picker.is_some());
    write!(
        told,
        "{shown:?} {explained:?} {:?} {:?}",
        care.receipts(),
        care.plans().await
    )
    .unwrap();
    for camera in &shown.cameras {
        write!(told, "{:?}", care.cancel_trial(camera.id.clone(), None).await).unwrap();
        write!(told, "{:?}", care.start_trial(camera.id.clone()).await).unwrap();
        write!(told, "{:?}", care.cancel_trial(camera.id.clone(), None).await).unwrap();
        let one = vec![camera.id.clone()];
        write!(told, "{:?}", care.tick_cameras(subscription.clone(), one).await).unwrap();
    }
    let all = shown.cameras.iter().map(|camera| camera.id.clone()).collect();
    write!(told, "{:?}", care.select_cameras(subscription, all).await).unwrap();
    write!(
        told,
        "{:?} {:?}",
        care.restore(None).await,
        care.erase_account(None).await
    )
    .unwrap();
    write!(told, "{:?}", phone.config()).unwrap();
    what_was_stored_and_sent(&phone, &anna, &mut told).await;
    // Every way in which things go wrong that a shell can bring about from outside.
    care.on_store_transactions(vec![forged(bought.clone())]).await.unwrap();
    settle(&care).await;
    for kind in ["down", "error", "garbage"] {
        world.fault("cloud", kind, 1000).await;
        write!(told, "{:?}", care.refresh().await).unwrap();
        write!(told, "{:?}", subscribe(&care, "tapo-3-monthly").await).unwrap();
        world.clear_faults().await;
    }
    write!(told, "{:?}", subscribe(&care, "tapo-3-monthly").await).unwrap();
    write!(told, "{:?}", select(&care, &["cam_nowhere"]).await).unwrap();
    write!(told, "{:?}", care.start_trial("cam_porch".into()).await).unwrap();
    write!(told, "{:?}", phone.try_open().await.err()).unwrap();
    write!(told, "{:?} {:?}", bought, care.snapshot().purchases).unwrap();
    care.suspend().await.unwrap();
    care.resume().await.unwrap();
    care.sign_out().await.unwrap();
    write!(told, "{:?}", care.refresh().await).unwrap();
    care.close().await;
    let lines = phone.hands.lines.lock().unwrap().join("\n") + &phone.hands.details.lock().unwrap().join("\n");
    assert!(
        lines.contains("cloud.sent") && told.contains("TryAgain") && told.contains("trial-cancel-is-final"),
        "the test looks at the right thing"
    );
    let token = phone.wire.token(&anna).await.unwrap();
    let mut secrets = vec![
        ("the token", token.clone()),
        ("the receipt", receipt_of(&bought)),
        ("the tag", world.tag("anna").await),
        ("the camera", CAMERA.to_owned()),
        ("the e-mail", EMAIL.to_owned()),
        ("the account", anna.0.clone()),
    ];
    if store == StoreKind::Play {
        // The purchase token is as good as the receipt; a log may show where it begins.
        secrets.push(("the purchase token", bought.id.0.clone()));
    }
    for (name, secret) in secrets {
        assert!(!lines.contains(&secret), "{name} in a log line");
        assert!(!told.contains(&secret), "{name} in an error or a debug print");
    }
}

/// Prints what the cache and the journal hold and what a store says of itself, as a developer would who looks for a bug.
async fn what_was_stored_and_sent(phone: &Phone, account: &AccountId, told: &mut String) {
    let folder = phone.folder().join("care");
    let state = StateDb::peek(&folder).unwrap().unwrap();
    let journal = JournalDb::peek(&folder).unwrap().unwrap();
    let stored = state.account(account).unwrap().unwrap();
    write!(
        told,
        "{:?} {stored:?} {:?}",
        stored.full.account_state(),
        journal.rows()
    )
    .unwrap();
    let storefront = Storefront {
        country: "USA".into(),
        app_transaction: Some(CAMERA.to_owned()),
    };
    write!(told, "{storefront:?} {account:?}").unwrap();
}

// Rules: X18 (core)
both_stores!(who_is_about_to_delete_an_account_first_reads_what_still_bills_and_where_to_cancel_it);
async fn who_is_about_to_delete_an_account_first_reads_what_still_bills_and_where_to_cancel_it(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let (care, _) = anna_at_home(&phone, store).await;
    let CareError::ConfirmationNeeded(asked) = care.erase_account(None).await.unwrap_err() else {
        panic!("a question was due");
    };
    assert_eq!(asked.kind, ConfirmationKind::EraseAccount);
    assert_eq!(asked.problem.money, Money::NotCharged);
    let fact = serde_json::to_value(&asked.facts).unwrap();
    assert_eq!(
        (asked.facts.len(), fact[0]["key"].as_str()),
        (1, Some("erase-still-bills")),
        "{fact}"
    );
    let args = fact[0]["args"].to_string();
    assert!(
        args.contains(word(store)) && args.contains("2026-02"),
        "where it is cancelled, and when it bills: {args}"
    );
    assert!(!care.snapshot().subscriptions.is_empty(), "asked, and nothing erased");
    // Another answer than the one that was asked for erases nothing.
    assert!(matches!(
        care.erase_account(Some("yes".into())).await,
        Err(CareError::ConfirmationNeeded(_))
    ));
    care.erase_account(Some(asked.token)).await.unwrap();
    assert_eq!((care.snapshot().account, care.snapshot().cameras), (None, vec![]));
    let secrets = [
        ("the camera", CAMERA.to_owned()),
        ("the account", world.account_id("anna").await),
        ("the tag", world.tag("anna").await),
    ];
    care.close().await;
    assert_eq!(found_in(&phone.folder().join("care"), &secrets), Vec::<String>::new());
    // Signed in again, nothing was lost that the cloud knows, and nothing is granted twice.
    let care = phone.open_as("anna").await;
    settle(&care).await;
    assert_eq!(care.snapshot().subscriptions.len(), 1);
    assert_eq!(
        (world.ledger().await.charges.len(), world.ledger().await.grants.len()),
        (1, 1)
    );
}

// Rules: X18 (core)
both_stores!(money_that_is_under_way_is_named_before_an_account_is_erased_and_outlives_it);
async fn money_that_is_under_way_is_named_before_an_account_is_erased_and_outlives_it(store: StoreKind) {
    let world = World::new();
    let (_phone, care) = paid_and_not_granted(store, &world).await;
    let CareError::ConfirmationNeeded(asked) = care.erase_account(None).await.unwrap_err() else {
        panic!("a question was due");
    };
    assert_eq!(asked.facts[0].key, "erase-unsettled");
    assert_eq!(asked.problem.money, Money::MaybeCharged);
    care.erase_account(Some(asked.token)).await.unwrap();
    assert_eq!(care.snapshot().account, None);
    world.clear_faults().await;
    settle(&care).await;
    assert_eq!(world.ledger().await.counts(), (1, 1, 1), "what was paid is granted");
}

// Rules: X18 (core)
#[tokio::test]
async fn an_account_with_nothing_is_erased_after_one_question_and_not_without_the_cloud() {
    let world = World::new();
    let phone = Phone::new(&world, "phone");
    let care = phone.open_as("cara").await;
    settle(&care).await;
    phone.wire.cut(true);
    assert!(matches!(care.erase_account(None).await, Err(CareError::TryAgain(_))));
    phone.wire.cut(false);
    let CareError::ConfirmationNeeded(asked) = care.erase_account(None).await.unwrap_err() else {
        panic!("a question was due");
    };
    assert_eq!(asked.facts[0].key, "erase-nothing-bills");
    care.erase_account(Some(asked.token)).await.unwrap();
    assert!(matches!(care.erase_account(None).await, Err(CareError::SignIn(_))));
}

both_stores!(signed_in_again_without_a_network_ones_own_purchase_is_still_ones_own);
async fn signed_in_again_without_a_network_ones_own_purchase_is_still_ones_own(store: StoreKind) {
    let world = World::new();
    let phone = Phone::at(store, &world, "phone");
    let care = phone.open_as("anna").await;
    crate::phone::buy(&care, "tapo-3-monthly").await;
    settle(&care).await;
    care.sign_in(AccountId(world.account_id("ben").await)).await.unwrap();
    settle(&care).await;
    assert!(care.receipts().is_empty(), "Ben sees nothing of it");
    phone.wire.cut(true);
    care.sign_in(AccountId(world.account_id("anna").await)).await.unwrap();
    let seen = care.receipts();
    assert_eq!((seen.len(), seen[0].bound.as_str()), (1, "ours"));
}
