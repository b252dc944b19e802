//! What a step does, on its phone or in the world, and what came of it.

use super::events;
use super::format::{Action, ChangePlan, GiveBack, HandOver, Place, Select, Subscribe, words};
use super::hand::forged;
use super::look;
use super::phone::{Running, idle};
use super::read::Scene;
use super::stage::Stage;
use crate::commands::rows;
use crate::failure::Failure;
use serde_json::Value;
use std::time::Duration;
use tapo_care::error::CareError;
use tapo_care::id::{CameraId, IntentId, PlanId, SubscriptionId};
use tapo_care::{ChangePlanRequest, Outcome, OutcomeKind, Restored, ReturnRequest, Returned, SubscribeRequest};

/// How long a shell waits for the end of a purchase, and for everything under way; nothing waits in earnest, see `play`.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long it waits for news that is there already.
const AT_ONCE: Duration = Duration::from_millis(50);

/// What came of a step.
#[derive(Debug, Default)]
pub struct Happened {
    /// How purchases ended, oldest first; null for one that did not end in time.
    pub outcomes: Vec<Value>,
    /// Why it was refused.
    pub error: Option<Value>,
    /// What became of a payment that was to be given back.
    pub returned: Option<Returned>,
    /// What a restore found.
    pub restored: Option<Restored>,
    /// What is on sale.
    pub on_sale: Option<Value>,
    /// Whether the app died on the way.
    pub died: bool,
}

impl Happened {
    fn refused(&mut self, error: CareError) {
        self.error = Some(look::error(&error));
    }
}

/// Does it.
///
/// # Errors
/// It cannot be done at all: the world says no, or the story asks for what is not there.
pub async fn act(stage: &mut Stage, scene: &Scene) -> Result<Happened, Failure> {
    let mut happened = Happened::default();
    if scene.action.place() != Place::App {
        events::happen(stage, scene).await?;
        // What the world tells an open app reaches it when it looks; tasks of its own go on at once.
        idle().await;
        return Ok(happened);
    }
    let phone = stage.phone(&scene.on)?;
    // An app that dies while it is opened has died on the way as well.
    let running = match phone.app(scene.dies_at.clone()).await {
        Ok(running) => running,
        Err(_) if scene.dies_at.is_some() => {
            phone.dead().await;
            happened.died = true;
            return Ok(happened);
        }
        Err(Failure::Core(error)) => {
            happened.refused(*error);
            return Ok(happened);
        }
        Err(failure) => return Err(failure),
    };
    let result = {
        let done = on_phone(stage, scene, &running, &mut happened);
        tokio::select! {
            biased;
            () = running.life.death() => None,
            result = done => Some(result),
        }
    };
    let life = std::sync::Arc::clone(&running.life);
    drop(running);
    match result {
        Some(result) => result?,
        None => {
            stage.phone(&scene.on)?.dead().await;
            happened.died = true;
            return Ok(happened);
        }
    }
    // What follows by itself, such as a finish after a grant, may be what kills it.
    tokio::select! {
        biased;
        () = life.death() => {
            stage.phone(&scene.on)?.dead().await;
            happened.died = true;
        }
        () = idle() => life.dies_at(None),
    }
    Ok(happened)
}

async fn on_phone(stage: &mut Stage, scene: &Scene, running: &Running, happened: &mut Happened) -> Result<(), Failure> {
    let care = &running.care;
    let done = match &scene.action {
        Action::Subscribe(wish) => subscribe(stage, scene, running, wish, happened).await?,
        Action::ChangePlan(wish) => change_plan(stage, scene, running, wish, happened).await?,
        Action::GiveBack(wish) => give_back(stage, scene, running, wish, happened).await?,
        Action::AtSheet(sheet) => {
            stage.phone(&scene.on)?.hand.sheet.send_replace(Option::from(*sheet));
            ended(running, None, happened).await
        }
        Action::Select(choice) => select(running, choice).await?,
        Action::Trial(camera) => {
            let camera = rows::camera_named(&care.snapshot(), camera);
            care.start_trial(camera).await
        }
        Action::CancelTrial(what) => {
            let camera = rows::camera_named(&care.snapshot(), &what.camera);
            with_yes(what.yes, async |yes| care.cancel_trial(camera.clone(), yes).await).await
        }
        Action::CloseBanner(camera) => care.close_banner(rows::camera_named(&care.snapshot(), camera)).await,
        Action::Tick(choice) => {
            let (plan, cameras) = chosen(running, choice)?;
            care.tick_cameras(plan, cameras).await
        }
        Action::Picker(words::PickerDoes::Close) => care.close_picker().await,
        Action::Picker(words::PickerDoes::Open) => {
            let snapshot = care.snapshot();
            let plan = snapshot.subscriptions.first().map(|plan| plan.id.clone());
            let plan = plan.ok_or_else(|| Failure::Usage("the phone shows no plan".to_owned()))?;
            care.open_picker(plan).await
        }
        Action::Restore(asked) => restore(running, asked.yes, happened).await,
        Action::Dismiss(_) => dismiss(running, happened).await,
        Action::Plans(_) => match care.plans().await {
            Ok(plans) => {
                happened.on_sale = Some(look::on_sale(&plans));
                Ok(())
            }
            Err(error) => Err(error),
        },
        Action::Foreground(_) => {
            let swept = care.sweep(PATIENCE).await;
            idle().await;
            told(running, happened).await;
            swept
        }
        Action::SignIn(name) => {
            stage.phone(&scene.on)?.sign_in(name).await?;
            care.refresh().await
        }
        Action::SignOut(_) => {
            stage.phone(&scene.on)?.sign_out().await?;
            Ok(())
        }
        Action::Sleep(_) => match care.suspend().await {
            Ok(()) => care.resume().await,
            asleep => asleep,
        },
        Action::HandOver(what) => hand_over(stage, running, what, happened).await?,
        Action::Look(_) => Ok(()),
        other => return Err(other.not_done()),
    };
    if let Err(error) = done {
        happened.refused(error);
    }
    Ok(())
}

/// Asks, and once more with the question's token where the person says yes to it.
async fn with_yes<T>(yes: bool, ask: impl AsyncFn(Option<String>) -> Result<T, CareError>) -> Result<T, CareError> {
    match ask(None).await {
        Err(CareError::ConfirmationNeeded(question)) if yes => ask(Some(question.token)).await,
        asked => asked,
    }
}

async fn subscribe(
    stage: &mut Stage,
    scene: &Scene,
    running: &Running,
    wish: &Subscribe,
    happened: &mut Happened,
) -> Result<Result<(), CareError>, Failure> {
    stage
        .phone(&scene.on)?
        .hand
        .sheet
        .send_replace(Option::from(wish.sheet));
    let cameras = rows::cameras_named(&running.care.snapshot(), &wish.cameras);
    let asked = with_yes(wish.yes, async |confirmation| {
        let request = SubscribeRequest {
            plan: PlanId::from(wish.plan.as_str()),
            cameras: cameras.clone(),
            trial: wish.trial,
            confirmation,
        };
        running.care.subscribe(request).await
    })
    .await;
    Ok(begun(running, asked, wish.sheet, happened).await)
}

/// Waits for the end, unless the sheet is left open.
async fn begun(
    running: &Running,
    asked: Result<IntentId, CareError>,
    sheet: words::Sheet,
    happened: &mut Happened,
) -> Result<(), CareError> {
    let intent = asked?;
    if sheet == words::Sheet::Leave {
        idle().await;
        return Ok(());
    }
    ended(running, Some(&intent), happened).await
}

async fn change_plan(
    stage: &mut Stage,
    scene: &Scene,
    running: &Running,
    wish: &ChangePlan,
    happened: &mut Happened,
) -> Result<Result<(), CareError>, Failure> {
    let hand = &stage.phone(&scene.on)?.hand;
    hand.sheet.send_replace(Option::from(wish.sheet));
    let subscription = plan_shown(running, wish.from.as_deref())?;
    let asked = with_yes(wish.yes, async |confirmation| {
        let request = ChangePlanRequest {
            subscription: subscription.clone(),
            plan: PlanId::from(wish.to.as_str()),
            confirmation,
        };
        running.care.change_plan(request).await
    })
    .await;
    Ok(begun(running, asked, wish.sheet, happened).await)
}

async fn give_back(
    stage: &mut Stage,
    scene: &Scene,
    running: &Running,
    wish: &GiveBack,
    happened: &mut Happened,
) -> Result<Result<(), CareError>, Failure> {
    let hand = &stage.phone(&scene.on)?.hand;
    hand.sheet.send_replace(Option::from(wish.sheet));
    let subscription = match &wish.plan {
        Some(plan) => Some(plan_shown(running, Some(plan))?),
        None => None,
    };
    let asked = with_yes(wish.yes, async |confirmation| {
        let request = ReturnRequest {
            subscription: subscription.clone(),
            confirmation,
        };
        running.care.return_double_payment(request).await
    });
    Ok(match asked.await {
        Ok(returned) => {
            happened.returned = Some(returned);
            Ok(())
        }
        Err(error) => Err(error),
    })
}

/// The subscription of that plan on the phone; the first where none is named.
fn plan_shown(running: &Running, plan: Option<&str>) -> Result<SubscriptionId, Failure> {
    let snapshot = running.care.snapshot();
    let mut rows = snapshot.subscriptions.iter();
    let row = rows.find(|row| plan.is_none_or(|plan| row.plan.as_str() == plan));
    row.map(|row| row.id.clone())
        .ok_or_else(|| Failure::Usage("the phone shows no such plan".to_owned()))
}

/// Waits for the end of that wish, or of any; what else ended meanwhile is told as well.
async fn ended(running: &Running, intent: Option<&IntentId>, happened: &mut Happened) -> Result<(), CareError> {
    let outcomes = running.care.outcomes();
    let end = tokio::time::Instant::now() + PATIENCE;
    let mut granted = false;
    loop {
        let Ok(Some(outcome)) = tokio::time::timeout_at(end, outcomes.next()).await else {
            happened.outcomes.push(look::outcome(None));
            break;
        };
        let this = intent.is_none_or(|intent| intent == &outcome.intent);
        granted = matches!(
            outcome.kind,
            OutcomeKind::Granted | OutcomeKind::Scheduled | OutcomeKind::Kept
        );
        tell(running, &outcome, happened).await?;
        if this {
            break;
        }
    }
    outcomes.close();
    if granted {
        // As `care subscribe` does: the finish, the cameras named at purchase, and the account follow by themselves.
        let _ = running.care.sweep(PATIENCE).await;
    }
    Ok(())
}

/// What ended since somebody last looked.
async fn told(running: &Running, happened: &mut Happened) {
    let outcomes = running.care.outcomes();
    while let Ok(Some(outcome)) = tokio::time::timeout(AT_ONCE, outcomes.next()).await {
        if tell(running, &outcome, happened).await.is_err() {
            break;
        }
    }
    outcomes.close();
}

async fn tell(running: &Running, outcome: &Outcome, happened: &mut Happened) -> Result<(), CareError> {
    happened.outcomes.push(look::outcome(Some(outcome)));
    let outcomes = running.care.outcomes();
    let handled = outcomes.handled(&outcome.id).await;
    outcomes.close();
    handled
}

async fn select(running: &Running, choice: &Select) -> Result<Result<(), CareError>, Failure> {
    let (plan, cameras) = chosen(running, choice)?;
    Ok(running.care.select_cameras(plan, cameras).await)
}

/// Of the purchase that waits; one that is not there is refused by the core.
async fn dismiss(running: &Running, happened: &mut Happened) -> Result<(), CareError> {
    let waiting = running.care.snapshot().purchases.into_iter();
    let waiting = waiting.filter(|row| row.state == "pending").find_map(|row| row.intent);
    let dismissed = running
        .care
        .dismiss_pending(waiting.unwrap_or_else(|| "none".into()))
        .await;
    told(running, happened).await;
    dismissed
}

fn chosen(running: &Running, choice: &Select) -> Result<(SubscriptionId, Vec<CameraId>), Failure> {
    let plan = plan_shown(running, choice.plan.as_deref())?;
    Ok((plan, rows::cameras_named(&running.care.snapshot(), &choice.cameras)))
}

async fn restore(running: &Running, yes: bool, happened: &mut Happened) -> Result<(), CareError> {
    let asked = with_yes(yes, async |confirmation| running.care.restore(confirmation).await);
    happened.restored = Some(asked.await?);
    told(running, happened).await;
    Ok(())
}

async fn hand_over(
    stage: &mut Stage,
    running: &Running,
    what: &HandOver,
    happened: &mut Happened,
) -> Result<Result<(), CareError>, Failure> {
    let Some(kept) = stage.kept.get(&what.kept) else {
        return Err(Failure::Usage(format!("nothing was kept as `{}`", what.kept)));
    };
    let receipts: Vec<_> = match what.forged {
        true => kept.iter().cloned().map(forged).collect(),
        false => kept.clone(),
    };
    for _ in 0..what.times.unwrap_or(1) {
        if let Err(error) = running.care.on_store_transactions(receipts.clone()).await {
            return Ok(Err(error));
        }
    }
    idle().await;
    told(running, happened).await;
    Ok(Ok(()))
}
