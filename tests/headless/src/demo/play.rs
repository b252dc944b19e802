//! The second act, on Google Play: a plan bought on an Android phone, refused a second time on an iPhone, and a slow payment.

use crate::args::{Sheet, StoreName};
use crate::commands::rows;
use crate::demo::story::{ended, wish};
use crate::demo::teller::Teller;
use crate::failure::Failure;
use crate::ports::purchase_of;
use crate::shell::{Running, Shell};
use crate::words;
use serde_json::{Value, json};
use tapo_care::id::PlanId;
use tapo_care::money::Money;
use tapo_care::ports::SignedPayload;
use tapo_care::receipt::{PlayVerifier, Verdict};
use tapo_care::snapshot::{Freshness, PlanCard};
use tapo_care::{CareError, Outcome, OutcomeKind};

/// How many cameras are to be covered.
const WANTED: u32 = 2;

/// Tells it all.
///
/// # Errors
/// The first step that does not go as expected.
pub async fn tell(shell: &Shell, teller: &mut Teller) -> Result<(), Failure> {
    teller.act("The same core on Google Play: ben's Android phone, then cara's.");
    let phone = shell.on_phone("pixel", StoreName::Play)?;
    let running = opened_by(&phone, "ben", Sheet::Pay).await?;
    let plan = plan(&running, teller).await?;
    let outcome = sheet(&running, teller, &plan).await?;
    verified(&phone, &running, teller).await?;
    granted(&phone, &running, teller, &outcome).await?;
    running.care.close().await;
    second_plan(shell, teller).await?;
    slow_payment(shell, teller).await
}

async fn opened_by(phone: &Shell, name: &str, sheet: Sheet) -> Result<Running, Failure> {
    let mut running = phone.open(sheet).await?;
    running.sign_in(name).await?;
    running.settle().await;
    Ok(running)
}

async fn plan(running: &Running, teller: &mut Teller) -> Result<PlanCard, Failure> {
    teller.begin("play_plan", "The same plans, sold by Google Play");
    let on_sale = running.care.plans().await?.plans;
    let Some(chosen) = on_sale.iter().find(|plan| plan.capacity >= WANTED).cloned() else {
        return Err(teller.broken("a plan covers two cameras"));
    };
    teller.says(format!(
        "For ben's {WANTED} cameras: {} at {} {}; Play sells it as `{}`.",
        chosen.title,
        chosen.display_price,
        words::each(chosen.cycle),
        chosen.product
    ));
    teller.says(words::say(&chosen.terms));
    teller.fact("plan", chosen.id.to_string());
    teller.fact("product", chosen.product.to_string());
    teller.end();
    Ok(chosen)
}

async fn sheet(running: &Running, teller: &mut Teller, plan: &PlanCard) -> Result<Outcome, Failure> {
    teller.begin("play_sheet", "Google Play's payment sheet");
    let intent = running.care.subscribe(wish(plan.id.clone())).await?;
    let outcome = ended(running, teller, &intent).await?;
    running.settle().await;
    teller
        .says("Slot reserved, sheet shown, paid. The wish itself travels with the purchase, as `obfuscatedProfileId`.");
    teller.expect(outcome.money == Money::Charged, "it was charged")?;
    teller.fact("intent", intent.to_string());
    teller.end();
    Ok(outcome)
}

async fn verified(phone: &Shell, running: &Running, teller: &mut Teller) -> Result<(), Failure> {
    teller.begin("play_verified", "The purchase, verified on this phone");
    let listed = phone.device().call("GET", "/purchases", None).await;
    let (_, listed) = listed.map_err(|error| teller.broken(&error.to_string()))?;
    let purchase = purchase_of(&listed["purchases"][0]).map(|purchase| purchase.signed);
    let Some(SignedPayload::Play {
        original_json,
        signature,
    }) = purchase
    else {
        return Err(teller.broken("Play shows the purchase"));
    };
    let Some(trust) = phone.world.trust()?.play else {
        return Err(teller.broken("the trust file has Play's license key"));
    };
    let verifier = PlayVerifier::new(&trust).map_err(|error| teller.broken(&error.to_string()))?;
    let examined = verifier.examine_purchase(&original_json, &signature);
    let held: Vec<_> = examined
        .checks
        .iter()
        .filter(|checked| checked.verdict == Verdict::Ok)
        .map(|checked| checked.check.name())
        .collect();
    teller.says(format!(
        "RSA with SHA-1 by the app's license key, over exactly the {} bytes of originalJson. {} checks hold:",
        original_json.len(),
        held.len()
    ));
    teller.says(format!("  {}", held.join(" · ")));
    teller.expect(
        examined.result.is_ok() && held.len() == examined.checks.len(),
        "every check holds",
    )?;
    // The same document to a JSON reader, and not the same bytes.
    let respaced = original_json.replacen(':', ": ", 1);
    let refused = verifier
        .purchase(&respaced, &signature)
        .err()
        .map(|refusal| refusal.check.name());
    teller.says(format!(
        "With one space more, the same JSON is refused by `{}`.",
        refused.unwrap_or("none")
    ));
    teller.expect(refused == Some("signature"), "the signature is over the exact bytes")?;
    let receipts = running.care.receipts();
    let believed = |receipt: &tapo_care::ReceiptRow| receipt.verified && receipt.bound == "ours";
    teller.expect(
        receipts.len() == 1 && receipts.iter().all(believed),
        "it is verified, and names this account",
    )?;
    teller.says("It carries ben's tag, so it is his. It has no end in it: what it is worth now, the cloud says.");
    teller.fact("checks", held);
    teller.fact("respaced_refused_by", refused);
    teller.end();
    Ok(())
}

async fn granted(phone: &Shell, running: &Running, teller: &mut Teller, outcome: &Outcome) -> Result<(), Failure> {
    teller.begin("play_granted", "Granted, and acknowledged at Play");
    teller.says(words::outcome(outcome));
    teller.expect(outcome.kind == OutcomeKind::Granted, "the purchase is granted")?;
    let snapshot = running.care.snapshot();
    let (header, table) = rows::subscriptions(&snapshot);
    teller.table(&header, table);
    let receipts = running.care.receipts();
    let Some(receipt) = receipts.first().filter(|receipt| receipt.finished) else {
        return Err(teller.broken("the purchase is acknowledged"));
    };
    let ledger = phone.world.control.ask("GET", "/control/ledger", None).await?;
    let told = rows_of(&ledger, "finishes", receipt.transaction.as_str());
    let [acknowledged] = &told[..] else {
        return Err(teller.broken("Play was told exactly once"));
    };
    let by = acknowledged["by"].as_str().unwrap_or("?").to_owned();
    teller.says(format!(
        "The cloud asked Play about the token, granted it, and Play was told once, by the {by}: else Play pays back after three days."
    ));
    teller.fact("answer", outcome.answer.clone());
    teller.fact("acknowledged_by", by);
    teller.end();
    Ok(())
}

/// The rows of Play in one book that are about that purchase token.
fn rows_of<'l>(ledger: &'l Value, book: &str, token: &str) -> Vec<&'l Value> {
    let rows = ledger[book].as_array().into_iter().flatten();
    rows.filter(|row| row["store"] == "play" && row["original"] == token)
        .collect()
}

async fn second_plan(shell: &Shell, teller: &mut Teller) -> Result<(), Failure> {
    teller.begin(
        "play_second_plan",
        "ben on an iPhone: a second plan is refused there too",
    );
    let phone = shell.on_phone("iphone", StoreName::AppStore)?;
    let running = opened_by(&phone, "ben", Sheet::Pay).await?;
    let refused = running.care.subscribe(wish(PlanId::from("tapo-1-monthly"))).await;
    running.care.close().await;
    let Err(CareError::Refused(problem)) = refused else {
        return Err(teller.broken("a second plan is refused"));
    };
    let said = words::say(&problem.message);
    teller.says(&said);
    teller.says(words::money(problem.money));
    teller.expect(problem.name == "slot_taken", "the refusal is `slot_taken`")?;
    teller.expect(said.contains("Google Play"), "it names Google Play as the holder")?;
    teller.fact("error", problem.name);
    teller.fact("channel", problem.message.text_arg("channel"));
    teller.end();
    Ok(())
}

async fn slow_payment(shell: &Shell, teller: &mut Teller) -> Result<(), Failure> {
    teller.begin("play_pending", "A slow payment: cara pays in cash, at a shop");
    let phone = shell.on_phone("galaxy", StoreName::Play)?;
    let running = opened_by(&phone, "cara", Sheet::Pending).await?;
    let plan = PlanId::from("tapo-1-monthly");
    let intent = running.care.subscribe(wish(plan)).await?;
    let pending = ended(&running, teller, &intent).await?;
    running.settle().await;
    teller.says(words::outcome(&pending));
    teller.says(words::money(pending.money));
    teller.expect(pending.kind == OutcomeKind::Pending, "it is pending")?;
    teller.expect(pending.money == Money::NotCharged, "nothing is charged")?;
    let token = running
        .care
        .receipts()
        .first()
        .map(|receipt| receipt.transaction.clone());
    running.care.close().await;
    let Some(token) = token else {
        return Err(teller.broken("the purchase has its token"));
    };
    teller.says("The app is closed.");
    teller.fact("token", token.to_string());
    teller.end();

    teller.begin(
        "play_completed",
        "A day later the payment is made, and the app is opened again",
    );
    let control = &shell.world.control;
    let a_day = json!({ "by": "P1D" });
    control.ask("POST", "/control/clock/advance", Some(&a_day)).await?;
    control
        .ask("POST", &format!("/control/play/{token}/complete"), None)
        .await?;
    let running = phone.open_signed_in(Sheet::Pay).await?;
    running.settle().await;
    let outcome = ended(&running, teller, &intent).await?;
    running.settle().await;
    let (snapshot, receipts) = (running.care.snapshot(), running.care.receipts());
    running.care.close().await;
    teller.says(words::outcome(&outcome));
    let (header, table) = rows::subscriptions(&snapshot);
    teller.table(&header, table);
    teller.expect(outcome.kind == OutcomeKind::Granted, "the same wish is granted")?;
    teller.expect(
        snapshot.freshness == Freshness::Fresh && snapshot.subscriptions.len() == 1 && snapshot.purchases.is_empty(),
        "there is one plan, and nothing is under way",
    )?;
    teller.expect(
        receipts.iter().all(|receipt| receipt.verified && receipt.finished),
        "the purchase is verified and acknowledged",
    )?;
    let ledger = control.ask("GET", "/control/ledger", None).await?;
    for book in ["charges", "finishes"] {
        teller.expect(
            rows_of(&ledger, book, token.as_str()).len() == 1,
            "it was charged once and acknowledged once",
        )?;
    }
    teller.says("Charged once, granted once, acknowledged once, to the wish of the day before.");
    teller.fact("answer", outcome.answer);
    teller.fact("money", json!(outcome.money));
    teller.end();
    Ok(())
}
