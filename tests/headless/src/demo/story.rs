//! The first act, on the App Store, step by step: from the plans on sale to the forged receipt.

use crate::args::Sheet;
use crate::commands::rows;
use crate::demo::forgery::forged;
use crate::demo::teller::Teller;
use crate::demo::{apple, later};
use crate::failure::Failure;
use crate::ports::transaction_of;
use crate::shell::{Running, Shell};
use crate::words;
use serde_json::json;
use std::time::Duration;
use tapo_care::id::{CameraId, IntentId, PlanId, SubscriptionId};
use tapo_care::ports::{SignedPayload, StoreTransaction};
use tapo_care::receipt::{AppStoreVerifier, Verdict};
use tapo_care::snapshot::{Cover, PlanCard};
use tapo_care::time::TrustedTime;
use tapo_care::{CareError, Outcome, OutcomeKind, SubscribeRequest};

/// How many cameras are to be covered.
const WANTED: u32 = 3;
const PATIENCE: Duration = Duration::from_secs(10);

/// Tells it all.
///
/// # Errors
/// The first step that does not go as expected.
pub async fn tell(shell: &Shell, teller: &mut Teller) -> Result<(), Failure> {
    let running = shell.open_signed_in(Sheet::Pay).await?;
    running.settle().await;
    let plan = plans(&running, teller).await?;
    let intent = sheet(&running, teller, &plan).await?;
    let subscription = granted(&running, teller, &intent).await?;
    verified(shell, &running, teller).await?;
    cameras(&running, teller, &subscription).await?;
    second_plan(&running, teller).await?;
    forgery(shell, &running, teller).await?;
    running.care.close().await;

    later::offline(shell, teller, &subscription).await?;

    let running = shell.open_signed_in(Sheet::Pay).await?;
    later::a_month_later(shell, &running, teller, &subscription).await?;
    later::trial(&running, teller).await?;
    running.care.close().await;
    apple::tell(teller)
}

async fn plans(running: &Running, teller: &mut Teller) -> Result<PlanCard, Failure> {
    teller.begin("plans", "Plans on sale");
    let on_sale = running.care.plans().await?;
    let (header, table) = rows::plans(&on_sale.plans);
    teller.table(&header, table);
    teller.fact(
        "plans",
        on_sale.plans.iter().map(|plan| plan.id.to_string()).collect::<Vec<_>>(),
    );
    teller.expect(on_sale.plans.len() > 1, "several plans are on sale")?;
    teller.end();

    teller.begin("choose", "“+ Add Plan”, chosen by the number of cameras");
    let snapshot = running.care.snapshot();
    teller.expect(snapshot.add_plan.available, "a plan may be added")?;
    let chosen = on_sale.plans.iter().find(|plan| plan.capacity >= WANTED).cloned();
    let Some(chosen) = chosen else {
        return Err(teller.broken("a plan covers three cameras"));
    };
    teller.says(format!(
        "For {WANTED} cameras: {} at {} {}.",
        chosen.title,
        chosen.display_price,
        words::each(chosen.cycle)
    ));
    teller.says(words::say(&chosen.terms));
    teller.fact("plan", chosen.id.to_string());
    teller.fact("price", chosen.display_price.clone());
    teller.end();
    Ok(chosen)
}

async fn sheet(running: &Running, teller: &mut Teller, plan: &PlanCard) -> Result<IntentId, Failure> {
    teller.begin("sheet", "“Subscribe”: the App Store's payment sheet");
    let intent = running.care.subscribe(wish(plan.id.clone())).await?;
    teller
        .says("Before it opened: the cloud was asked afresh, the store account was looked at, the slot was reserved.");
    teller.says(format!(
        "The sheet shows {}, and the person in front of it pays.",
        plan.display_price
    ));
    teller.fact("intent", intent.to_string());
    teller.end();
    Ok(intent)
}

/// The plan alone: its cameras are chosen after the payment.
pub fn wish(plan: PlanId) -> SubscribeRequest {
    SubscribeRequest {
        plan,
        cameras: Vec::new(),
        trial: false,
        confirmation: None,
    }
}

/// How that wish ended; handled at once, for the story says it.
///
/// # Errors
/// It does not end in time.
pub async fn ended(running: &Running, teller: &mut Teller, intent: &IntentId) -> Result<Outcome, Failure> {
    let outcomes = running.care.outcomes();
    let ended = tokio::time::timeout(PATIENCE, outcomes.next()).await.ok().flatten();
    let Some(ended) = ended.filter(|ended| &ended.intent == intent) else {
        return Err(teller.broken("the purchase ends within ten seconds"));
    };
    outcomes.handled(&ended.id).await?;
    outcomes.close();
    Ok(ended)
}

async fn granted(running: &Running, teller: &mut Teller, intent: &IntentId) -> Result<SubscriptionId, Failure> {
    teller.begin("granted", "Granted by the Care cloud");
    let ended = ended(running, teller, intent).await?;
    teller.says(words::outcome(&ended));
    teller.expect(ended.kind == OutcomeKind::Granted, "the purchase is granted")?;
    // The finish and the fresh account follow the grant by themselves.
    running.settle().await;
    let Some(subscription) = ended.subscription else {
        return Err(teller.broken("the grant names its subscription"));
    };
    teller.says("The cloud took nothing on trust: it asked the App Store's server about the transaction's number.");
    teller.fact("subscription", subscription.to_string());
    teller.fact("answer", ended.answer);
    teller.end();
    Ok(subscription)
}

async fn verified(shell: &Shell, running: &Running, teller: &mut Teller) -> Result<(), Failure> {
    teller.begin("verified", "What was verified on this phone");
    let receipts = running.care.receipts();
    let [receipt] = &receipts[..] else {
        return Err(teller.broken("there is one receipt"));
    };
    teller.expect(receipt.verified, "the receipt is verified")?;
    teller.says(format!(
        "Receipt {}: {}, {} ledger, bought {}, paid until {}.",
        receipt.transaction,
        receipt.product.as_ref().map(ToString::to_string).unwrap_or_default(),
        receipt
            .environment
            .as_ref()
            .map(|ledger| format!("{ledger:?}"))
            .unwrap_or_default(),
        receipt.purchased_at.map(words::date).unwrap_or_default(),
        receipt.expires_at.map(words::date).unwrap_or_default(),
    ));
    let SignedPayload::AppStore { transaction: jws, .. } = owned(shell, teller).await?.signed else {
        return Err(teller.broken("the receipt is the App Store's"));
    };
    let verifier =
        AppStoreVerifier::new(shell.world.trust()?.app_store).map_err(|error| teller.broken(&error.to_string()))?;
    let now = TrustedTime::vouched(shell.world.clock.read().wall);
    let checks: Vec<_> = verifier.examine_transaction(&jws, Some(now), None).checks;
    let held: Vec<_> = checks
        .iter()
        .filter(|checked| checked.verdict == Verdict::Ok)
        .map(|checked| checked.check.name())
        .collect();
    teller.expect(
        checks.iter().all(|checked| checked.verdict != Verdict::NotOk),
        "every check holds",
    )?;
    teller.says(format!("{} checks hold:", held.len()));
    for line in held.chunks(6) {
        teller.says(format!("  {}", line.join(" · ")));
    }
    teller.says("It carries this account's tag, so it is ours.");
    teller.fact("checks", held);
    teller.says(format!(
        "The cloud says: {}. The store was told: {}.",
        receipt
            .answer
            .as_deref()
            .map_or_else(|| "nothing yet".to_owned(), words::answer),
        if receipt.finished { "finished" } else { "not yet" }
    ));
    teller.expect(receipt.bound == "ours", "it names this account")?;
    teller.expect(receipt.finished, "it is finished at the store")?;
    teller.fact("receipts", json!(receipts));
    teller.end();
    Ok(())
}

async fn cameras(running: &Running, teller: &mut Teller, subscription: &SubscriptionId) -> Result<(), Failure> {
    teller.begin("cameras", "The cameras it covers");
    let snapshot = running.care.snapshot();
    let Some(picker) = &snapshot.picker else {
        return Err(teller.broken("the camera picker opens"));
    };
    let (header, table) = rows::choices(picker);
    teller.table(&header, table);
    teller.says(words::say(&picker.help));
    let Some(blocked) = picker.cameras.iter().find(|camera| camera.blocked.is_some()) else {
        return Err(teller.broken("one camera cannot be added"));
    };
    let refused = running
        .care
        .select_cameras(subscription.clone(), vec![blocked.id.clone()])
        .await;
    let Err(CareError::Refused(problem)) = refused else {
        return Err(teller.broken("a camera that cannot be added is refused"));
    };
    teller.says(format!(
        "Trying {} all the same is refused: {}",
        blocked.name,
        words::say(&problem.message)
    ));
    // One stays free for a trial.
    let able = picker
        .cameras
        .iter()
        .filter(|camera| camera.selectable)
        .map(|camera| camera.id.clone());
    let chosen: Vec<CameraId> = able.take(2).collect();
    running
        .care
        .select_cameras(subscription.clone(), chosen.clone())
        .await?;
    let snapshot = running.care.snapshot();
    teller.says(format!(
        "Chosen: {}. They are covered from now on.",
        rows::names(&snapshot, &chosen)
    ));
    teller.fact(
        "refused",
        json!({ "camera": blocked.id, "error": problem.name, "user_action": problem.user_action }),
    );
    teller.fact("chosen", json!(chosen));
    let covered = |id: &CameraId| {
        snapshot
            .cameras
            .iter()
            .any(|camera| &camera.id == id && camera.cover == Cover::Covered)
    };
    teller.expect(
        chosen.len() == 2 && chosen.iter().all(covered),
        "the chosen cameras are covered",
    )?;
    teller.end();
    Ok(())
}

async fn second_plan(running: &Running, teller: &mut Teller) -> Result<(), Failure> {
    teller.begin(
        "second_plan",
        "A second plan in the app is refused before the sheet opens",
    );
    let refused = running.care.subscribe(wish(PlanId::from("tapo-1-monthly"))).await;
    let Err(CareError::Refused(problem)) = refused else {
        return Err(teller.broken("a second plan is refused"));
    };
    teller.says(words::say(&problem.message));
    teller.says(words::money(problem.money));
    if let Some(helps) = words::user_action(&problem.user_action) {
        teller.says(helps);
    }
    teller.expect(problem.name == "slot_taken", "the refusal is `slot_taken`")?;
    teller.fact("error", problem.name);
    teller.fact("money", json!(problem.money));
    teller.fact("user_action", json!(problem.user_action));
    teller.end();
    Ok(())
}

async fn forgery(shell: &Shell, running: &Running, teller: &mut Teller) -> Result<(), Failure> {
    teller.begin("forged", "A forged receipt gives nothing");
    let before = running.care.snapshot().subscriptions;
    let Some(forgery) = forged(&owned(shell, teller).await?) else {
        return Err(teller.broken("a receipt can be copied with one digit changed"));
    };
    running.care.on_store_transactions(vec![forgery.clone()]).await?;
    running.settle().await;
    let receipts = running.care.receipts();
    let Some(receipt) = receipts.iter().find(|receipt| receipt.transaction == forgery.id) else {
        return Err(teller.broken("the forgery is listed among the receipts"));
    };
    teller.says(format!("The real receipt with one digit changed: {}.", forgery.id));
    teller.says(format!(
        "Here: refused by the check `{}`. The bytes still go to the cloud, for money may have moved.",
        receipt.refused_by.as_deref().unwrap_or("none")
    ));
    teller.says(format!(
        "The cloud: {}.",
        receipt
            .answer
            .as_deref()
            .map_or_else(|| "nothing yet".to_owned(), words::answer)
    ));
    teller.expect(
        !receipt.verified && receipt.refused_by.as_deref() == Some("signature"),
        "the signature does not hold",
    )?;
    teller.expect(
        receipt.answer.as_deref() == Some("not_genuine"),
        "the cloud says that it is not genuine",
    )?;
    teller.expect(!receipt.finished, "it is not finished at the store")?;
    teller.expect(
        running.care.snapshot().subscriptions == before,
        "the plans are as before",
    )?;
    teller.says("The plan is as before.");
    teller.fact("refused_by", receipt.refused_by.clone());
    teller.fact("answer", receipt.answer.clone());
    teller.end();
    Ok(())
}

/// The receipt as the store hands it out.
async fn owned(shell: &Shell, teller: &mut Teller) -> Result<StoreTransaction, Failure> {
    let answer = shell.device().call("GET", "/owned", None).await;
    let (_, owned) = answer.map_err(|error| teller.broken(&error.to_string()))?;
    transaction_of(&owned["transactions"][0]).ok_or_else(|| teller.broken("the store shows the receipt"))
}
