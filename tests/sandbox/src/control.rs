//! `/control/…`: the hand that moves the world. Its own listener, a bearer token, never a fault.
mod asked;
mod events;
mod ledger;
mod routes;
mod standing;

use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::call::{Answer, Call, malformed, not_found, nothing_here};
use crate::cloud::{self, NewCamera};
use crate::contract::{
    AskedCountry, FreePlanState, Name, Offer, Origin, Phase, Title, TrialReason, TrialState, Uuid, Version, is,
};
use crate::faults::Fault;
use crate::moment;
use crate::play;
use crate::store;
use crate::world::World;
use asked::{
    AccountChange, AnswerPrice, Bought, By, CatalogueChange, Clock, DeviceNamed, NameDevice, NewAccount,
    NewCameraAsked, NewSubscription, OtherCamera, OutsideStore, Pause, Payments, Planted, RaisePrice, SetFreePlan,
    SetPhase, SetTrial, SignAs, SignWith, To, Whose,
};
pub(crate) use ledger::{ChargeRow, ChargeState, FinishRow};
pub(crate) use routes::{ROUTES, TAGS};
pub(crate) use standing::{Standing, StateAtStore};

pub(crate) fn answer(world: &mut World, call: &Call) -> Answer {
    if call.bearer() != Some(world.keys.control_token.as_str()) {
        return Answer::problem(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "The control token is missing or wrong",
            Value::Null,
        );
    }
    ROUTES.answer(world, call, nothing_here)
}

fn clock(world: &World) -> Clock {
    Clock {
        now: moment::rfc3339(world.now()),
        now_ms: world.now(),
        started_ms: world.clock.started_ms,
        world: world.keys.world.clone(),
    }
}

fn move_clock(world: &mut World, call: &Call, how: &str) -> Result<Answer, Answer> {
    let to = match how {
        "advance" => moment::after(world.now(), &body::<By>(call)?.by),
        "to" => moment::parse(&body::<To>(call)?.time).filter(|to| *to >= world.now()),
        "next" => Some(world.next_due().unwrap_or(world.now()).max(world.now())),
        _ => return Err(nothing_here()),
    };
    let to = to.ok_or_else(|| malformed("That is no time, or one that has passed"))?;
    if to > moment::WORLD_END_MS {
        return Err(malformed("No world goes on that long"));
    }
    world.move_to(to);
    world.note("control: the clock stands here");
    Ok(Answer::ok(&clock(world)))
}

fn add_account(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    let asked: NewAccount = body(call)?;
    if !is::<Title>(&asked.name) {
        return Err(malformed("That is no name"));
    }
    let id = cloud::add_account(world, &asked.name);
    let made = cloud::list_accounts(world).into_iter().find(|account| account.id == id);
    Ok(Answer::ok(&made))
}

fn change_account(world: &mut World, call: &Call, name: &str) -> Result<Answer, Answer> {
    let account = account(world, name)?;
    let asked: AccountChange = body(call)?;
    if let Some(tester) = asked.tester {
        cloud::set_tester(world, &account, tester);
    }
    if let Some(trial) = asked.trial {
        let left_ms = left(world, &trial)?;
        let runs = trial.state == "active";
        let trial = cloud::AccountTrial {
            state: trial.state,
            reason: trial.reason,
            ends_ms: runs.then_some(world.now() + left_ms),
        };
        cloud::set_account_trial(world, &account, trial);
    }
    Ok(done())
}

fn expire_sessions(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    let account = account(world, &body::<Whose>(call)?.account)?;
    cloud::expire_sessions(world, &account);
    Ok(done())
}

fn add_camera(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    let asked: NewCameraAsked = body(call)?;
    let account = account(world, &asked.account)?;
    let named = [&asked.name, &asked.model].into_iter().all(|text| is::<Title>(text));
    if !named || !asked.firmware.as_deref().is_none_or(is::<Version>) {
        return Err(malformed("That is no name, no model or no firmware"));
    }
    let new = NewCamera {
        name: asked.name,
        model: asked.model,
        firmware: asked.firmware,
        online: asked.online,
    };
    let id = cloud::add_camera(world, &account, new);
    Ok(Answer::ok(&cloud::shown_camera(world, &id)))
}

fn change_camera(world: &mut World, call: &Call, id: &str) -> Result<Answer, Answer> {
    let asked: OtherCamera = body(call)?;
    if !asked.firmware.as_deref().is_none_or(is::<Version>) || !asked.name.as_deref().is_none_or(is::<Title>) {
        return Err(malformed("That is no firmware, or no name"));
    }
    let change = cloud::CameraChange {
        online: asked.online,
        firmware: asked.firmware,
        name: asked.name,
        account: asked.account.map(|name| account(world, &name)).transpose()?,
    };
    if !cloud::change_camera(world, id, change) {
        return Err(not_found("There is no such camera"));
    }
    Ok(Answer::ok(&cloud::shown_camera(world, id)))
}

fn remove_camera(world: &mut World, id: &str) -> Result<Answer, Answer> {
    if !cloud::remove_camera(world, id) {
        return Err(not_found("There is no such camera"));
    }
    Ok(done())
}

/// How long a trial goes on, in milliseconds.
fn left(world: &World, asked: &SetTrial) -> Result<i64, Answer> {
    if !is::<TrialState>(&asked.state) || !asked.reason.as_deref().is_none_or(is::<TrialReason>) {
        return Err(malformed("That is no state of a trial, or no reason"));
    }
    let until = moment::after(world.now(), asked.left.as_deref().unwrap_or("P30D"));
    let until = until.ok_or_else(|| malformed("That is no length of time"))?;
    Ok(until - world.now())
}

fn set_trial(world: &mut World, call: &Call, id: &str) -> Result<Answer, Answer> {
    let asked: SetTrial = body(call)?;
    let left_ms = left(world, &asked)?;
    if !cloud::set_trial(world, id, &asked.state, left_ms, asked.reason) {
        return Err(not_found("There is no such camera"));
    }
    Ok(Answer::ok(&cloud::shown_camera(world, id)))
}

fn set_free_plan(world: &mut World, call: &Call, id: &str) -> Result<Answer, Answer> {
    let asked: SetFreePlan = body(call)?;
    let until = asked.left.as_deref().map(|left| moment::after(world.now(), left));
    if !is::<FreePlanState>(&asked.state) || until == Some(None) {
        return Err(malformed("That is no state of a free plan, or no length of time"));
    }
    let free = cloud::FreePlan {
        state: asked.state,
        history_h: asked.history_h,
        ends_ms: until.flatten(),
    };
    if !cloud::set_free_plan(world, id, free) {
        return Err(not_found("There is no such camera"));
    }
    Ok(Answer::ok(&cloud::shown_camera(world, id)))
}

fn add_subscription(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    let asked: NewSubscription = body(call)?;
    let account = account(world, &asked.account)?;
    let well_formed = asked.origin.as_deref().is_none_or(is::<Origin>)
        && asked.offer.as_deref().is_none_or(is::<Offer>)
        && asked.phase.as_deref().is_none_or(is::<Phase>);
    if !well_formed {
        return Err(malformed("That is no origin, no offer or no phase"));
    }
    let history = asked.history.as_deref();
    let history = history.map(|kept| moment::after(world.now(), kept));
    if history == Some(None) {
        return Err(malformed("That is no length of time"));
    }
    let given = cloud::Given {
        plan: &asked.plan,
        channel: asked.channel.name(),
        cameras: asked.cameras,
        origin: asked.origin.as_deref(),
        offer: asked.offer.as_deref(),
        renews: asked.renews,
        history_until_ms: history.flatten(),
    };
    let id = cloud::add_subscription(world, &account, given)?;
    if let Some(phase) = &asked.phase {
        cloud::set_phase(world, &id, phase);
    }
    cloud::settle(world);
    Ok(Answer::ok(&cloud::shown_subscription(world, &id)))
}

fn set_phase(world: &mut World, call: &Call, id: &str) -> Result<Answer, Answer> {
    let asked: SetPhase = body(call)?;
    if !is::<Phase>(&asked.phase) {
        return Err(malformed(
            "That is no phase; one of a later version begins with future_",
        ));
    }
    if !cloud::set_phase(world, id, &asked.phase) {
        return Err(not_found("There is no such subscription"));
    }
    cloud::settle(world);
    Ok(Answer::ok(&cloud::shown_subscription(world, id)))
}

fn change_catalogue(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    let asked: CatalogueChange = body(call)?;
    let policy = world.cloud.policy_mut();
    if asked.withdraw.as_deref().is_some_and(|plan| !policy.withdraw(plan)) {
        return Err(not_found("There is no such plan"));
    }
    if let Some(steering) = asked.steering {
        policy.steer(steering.name().to_owned());
    }
    if let Some(least) = asked.least_contract {
        policy.least_contract = least;
    }
    if let Some(sold) = asked.store_trials {
        policy.store_trials = sold;
        world.store.sells_trials = sold;
        cloud::settle(world);
    }
    world.note("control: the catalogue changed");
    Ok(done())
}

fn sign_with(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    let asked: SignWith = body(call)?;
    if !world.keys.answers.iter().any(|answer| answer.id == asked.sign_with) {
        return Err(not_found("There is no such key"));
    }
    world.note(format!("control: {} signs from now on", asked.sign_with));
    world.cloud.policy_mut().sign_with = asked.sign_with;
    Ok(done())
}

fn name_device(world: &mut World, call: &Call, device: &str) -> Result<Answer, Answer> {
    let asked: NameDevice = body(call)?;
    let named = [&asked.apple_id, &asked.google_account]
        .into_iter()
        .flatten()
        .all(|name| is::<Title>(name));
    let at_home = asked.storefront.as_deref().is_none_or(is::<AskedCountry>);
    if !named || !at_home {
        return Err(malformed("That is no store account, or no storefront"));
    }
    let google_account = play::name_device(
        world,
        device,
        asked.google_account,
        asked.storefront.as_ref(),
        asked.tester,
    );
    let (apple_id, storefront) = store::name_device(world, device, asked.apple_id, asked.storefront, asked.tester);
    Ok(Answer::ok(&DeviceNamed {
        device: device.to_owned(),
        apple_id,
        google_account,
        storefront,
    }))
}

fn buy_outside(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    let asked: Bought = body(call)?;
    if !is::<Name>(&asked.device) || !asked.app_account_token.as_deref().is_none_or(is::<Uuid>) {
        return Err(malformed("That is no device, or the tag is no UUID"));
    }
    let (device, product, tag) = (&asked.device, &asked.product, asked.app_account_token);
    let bought = match asked.store.unwrap_or(OutsideStore::AppStore) {
        OutsideStore::Play if asked.family_shared => None,
        OutsideStore::Play => {
            let offer = asked.offer.map(store::Offer::name);
            play::asked_outside(world, device, product, tag, offer).map(|seen| Answer::ok(&seen))
        }
        OutsideStore::AppStore => {
            let given = match asked.offer {
                _ if asked.family_shared => Some(store::Given::FamilyShared),
                offer => offer.map(store::Given::Offer),
            };
            store::asked_outside(world, device, product, tag, given).map(|seen| Answer::ok(&seen))
        }
    };
    bought.ok_or_else(|| malformed("It cannot be bought there"))
}

/// What happens at the store, of which it tells the cloud by a notification.
fn store_event(world: &mut World, call: &Call, original: &str, what: &str) -> Result<Answer, Answer> {
    // Any transaction of it names a subscription.
    let original = &store::original_of(world, original);
    let known = match what {
        "revoke" => store::revoke(world, original),
        "cancel" => store::renewing(world, original, false),
        "restart" => store::renewing(world, original, true),
        "payments" => store::payments(world, original, body::<Payments>(call)?.go_through),
        "price" => {
            let asked: RaisePrice = body(call)?;
            store::raise_price(world, original, asked.price_micros, asked.asks.unwrap_or(true))
        }
        "price-answer" => store::answer_price(world, original, body::<AnswerPrice>(call)?.agrees),
        "approve" => store::approve(world, original),
        "decline" => store::refuse(world, original),
        _ => return Err(nothing_here()),
    };
    if !known {
        return Err(not_found("The store knows no such subscription or Ask to Buy"));
    }
    Ok(done())
}

/// What happens at Play, of which it tells the cloud by a notification.
fn play_event(world: &mut World, call: &Call, token: &str, what: &str) -> Result<Answer, Answer> {
    let unknown = || not_found("Play knows no such purchase in such a state");
    let news = match what {
        "complete" => Some(play::complete(world, token).ok_or_else(unknown)?),
        "decline" => Some(play::decline(world, token).ok_or_else(unknown)?),
        "revoke" => Some(play::revoke(world, token).ok_or_else(unknown)?),
        "cancel" => Some(play::cancel(world, token).ok_or_else(unknown)?),
        "restart" => Some(play::restart(world, token).ok_or_else(unknown)?),
        "payments" => play::payments(world, token, body::<Payments>(call)?.go_through).ok_or_else(unknown)?,
        "price" => {
            let asked: RaisePrice = body(call)?;
            let (micros, asks) = (asked.price_micros, asked.asks.unwrap_or(true));
            Some(play::raise_price(world, token, micros, asks).ok_or_else(unknown)?)
        }
        "price-answer" => {
            let agrees = body::<AnswerPrice>(call)?.agrees;
            Some(play::answer_price(world, token, agrees).ok_or_else(unknown)?)
        }
        "pause" => {
            let length = body::<Pause>(call)?.length;
            let ends = |length: &str| moment::after(world.now(), length);
            let beyond = |length: &str| ends(length).is_none_or(|until| until > moment::WORLD_END_MS);
            if length.as_deref().is_some_and(beyond) {
                return Err(malformed(
                    "That is no length of time, or one past the end of every world",
                ));
            }
            Some(play::pause(world, token, length).ok_or_else(unknown)?)
        }
        // Nobody tells of a state that nobody has heard of: the next question finds it.
        "state" => {
            let asked: SignAs = body(call)?;
            let signed = play::sign_as(world, token, asked.raw, asked.without_acknowledged);
            signed.then_some(None).ok_or_else(unknown)?
        }
        _ => return Err(nothing_here()),
    };
    if let Some(news) = news {
        play::tell(world, token, news);
    }
    Ok(done())
}

fn add_fault(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    let fault: Fault = body(call)?;
    if let Some(objection) = fault.objection() {
        return Err(malformed(objection));
    }
    let line = format!("control: {:?} at {}", fault.kind, fault.endpoint);
    let id = world.faults.add(fault);
    world.note(line);
    Ok(Answer::ok(&Planted { id }))
}

fn account(world: &World, name_or_id: &str) -> Result<String, Answer> {
    cloud::find_account(world, name_or_id).ok_or_else(|| not_found("There is no such account"))
}

fn done() -> Answer {
    Answer::ok(&json!({}))
}

/// A body that is absent counts as one without fields.
fn body<T: DeserializeOwned>(call: &Call) -> Result<T, Answer> {
    let bytes: &[u8] = if call.body.is_empty() { b"{}" } else { &call.body };
    serde_json::from_slice(bytes).map_err(|_| malformed("The body is not as asked"))
}
