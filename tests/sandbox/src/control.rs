//! `/control/…`: the hand that moves the world (contract, section 6). Its own listener, a bearer token, never a fault.
use http::{Method, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::call::{Answer, Call};
use crate::cloud::{self, NewCamera};
use crate::faults::{ENDPOINTS, Fault};
use crate::moment;
use crate::play;
use crate::store;
use crate::world::World;

pub(crate) fn answer(world: &mut World, call: &Call) -> Answer {
    if call.bearer() != Some(world.keys.control_token.as_str()) {
        return Answer::problem(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "The control token is missing or wrong",
            Value::Null,
        );
    }
    match dispatch(world, call) {
        Ok(body) => Answer::ok(&body),
        Err(refused) => refused,
    }
}

fn dispatch(world: &mut World, call: &Call) -> Result<Value, Answer> {
    let segments = call.segments();
    let Some((&"control", path)) = segments.split_first() else {
        return Err(not_found("Nothing is here"));
    };
    match (&call.method, path) {
        (&Method::GET, ["clock"]) => Ok(clock(world)),
        (&Method::POST, ["clock", how]) => move_clock(world, call, how),
        (&Method::GET, ["accounts"]) => Ok(json!({ "accounts": cloud::list_accounts(world) })),
        (&Method::POST, ["accounts"]) => add_account(world, call),
        (&Method::GET, ["accounts", name]) => account(world, name).map(|id| cloud::shown_account(world, &id)),
        (&Method::POST, ["accounts", name]) => change_account(world, call, name),
        (&Method::POST, ["sessions", "expire"]) => expire_sessions(world, call),
        (&Method::POST, ["cameras"]) => add_camera(world, call),
        (&Method::POST, ["cameras", id]) => change_camera(world, call, id),
        (&Method::POST, ["subscriptions"]) => add_subscription(world, call),
        (&Method::POST, ["subscriptions", id]) => set_phase(world, call, id),
        (&Method::POST, ["catalogue"]) => change_catalogue(world, call),
        (&Method::POST, ["keys"]) => sign_with(world, call),
        (&Method::POST, ["devices", name]) => name_device(world, call, name),
        (&Method::POST, ["purchases", "outside"]) => buy_outside(world, call),
        (&Method::GET, ["store", "asks"]) => Ok(store::asks(world)),
        (&Method::GET, ["store", "subscriptions"]) => {
            Ok(json!({ "subscriptions": both(world.store.standings(), world.play.standings()) }))
        }
        (&Method::POST, ["store", original, what]) => store_event(world, call, original, what),
        (&Method::POST, ["play", token, what]) => play_event(world, call, token, what),
        (&Method::POST, ["faults"]) => add_fault(world, call),
        (&Method::GET, ["faults"]) => Ok(world.faults.list()),
        (&Method::DELETE, ["faults"]) => {
            world.faults.clear();
            world.note("control: no faults any more");
            Ok(json!({}))
        }
        (&Method::GET, ["ledger"]) => Ok(json!({
            "charges": both(world.store.charges(), world.play.charges()), "grants": world.cloud.grants(),
            "finishes": both(world.store.finishes(), world.play.finishes()),
            "test_purchases": world.cloud.test_purchases(), "reservations": world.cloud.reservations(world.now()),
        })),
        (&Method::GET, ["log"]) => Ok(json!({ "lines": world.log })),
        _ => Err(not_found("Nothing is here")),
    }
}

/// One store's rows behind the other's.
fn both(app_store: Vec<Value>, play: Vec<Value>) -> Value {
    app_store.into_iter().chain(play).collect()
}

fn clock(world: &World) -> Value {
    json!({
        "now": moment::rfc3339(world.now()), "now_ms": world.now(), "started_ms": world.clock.started_ms,
        "world": world.keys.world,
    })
}

fn move_clock(world: &mut World, call: &Call, how: &str) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct By {
        by: String,
    }
    #[derive(Deserialize)]
    struct To {
        time: String,
    }
    let to = match how {
        "advance" => moment::after(world.now(), &body::<By>(call)?.by),
        "to" => moment::parse(&body::<To>(call)?.time).filter(|to| *to >= world.now()),
        "next" => Some(world.next_due().unwrap_or(world.now()).max(world.now())),
        _ => return Err(not_found("Nothing is here")),
    };
    let to = to.ok_or_else(|| malformed("That is no time, or one that has passed"))?;
    world.move_to(to);
    world.note("control: the clock stands here");
    Ok(clock(world))
}

fn add_account(world: &mut World, call: &Call) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct New {
        name: String,
    }
    let id = cloud::add_account(world, &body::<New>(call)?.name);
    let accounts = cloud::list_accounts(world);
    let made = accounts
        .as_array()
        .and_then(|all| all.iter().find(|account| account["id"] == id.as_str()).cloned());
    Ok(made.unwrap_or(Value::Null))
}

fn change_account(world: &mut World, call: &Call, name: &str) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct Change {
        tester: bool,
    }
    let account = account(world, name)?;
    cloud::set_tester(world, &account, body::<Change>(call)?.tester);
    Ok(json!({}))
}

fn expire_sessions(world: &mut World, call: &Call) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct Whose {
        account: String,
    }
    let account = account(world, &body::<Whose>(call)?.account)?;
    cloud::expire_sessions(world, &account);
    Ok(json!({}))
}

fn add_camera(world: &mut World, call: &Call) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct New {
        account: String,
        name: String,
        model: String,
        #[serde(default)]
        firmware: Option<String>,
        #[serde(default)]
        online: Option<bool>,
    }
    let New {
        account: whose,
        name,
        model,
        firmware,
        online,
    } = body(call)?;
    let account = account(world, &whose)?;
    let id = cloud::add_camera(
        world,
        &account,
        NewCamera {
            name,
            model,
            firmware,
            online,
        },
    );
    Ok(cloud::shown_camera(world, &id))
}

fn change_camera(world: &mut World, call: &Call, id: &str) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct Change {
        #[serde(default)]
        online: Option<bool>,
        #[serde(default)]
        firmware: Option<String>,
    }
    let asked: Change = body(call)?;
    if !cloud::change_camera(world, id, asked.online, asked.firmware) {
        return Err(not_found("There is no such camera"));
    }
    Ok(cloud::shown_camera(world, id))
}

fn add_subscription(world: &mut World, call: &Call) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct New {
        account: String,
        plan: String,
        channel: String,
        #[serde(default)]
        cameras: Vec<String>,
    }
    let asked: New = body(call)?;
    let account = account(world, &asked.account)?;
    let made = cloud::add_subscription(world, &account, &asked.plan, &asked.channel, asked.cameras);
    let id = made.map_err(|(status, code, title)| Answer::problem(status, code, title, Value::Null))?;
    cloud::settle(world);
    Ok(cloud::shown_subscription(world, &id))
}

fn set_phase(world: &mut World, call: &Call, id: &str) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct Phase {
        phase: String,
    }
    if !cloud::set_phase(world, id, &body::<Phase>(call)?.phase) {
        return Err(not_found("There is no such subscription"));
    }
    cloud::settle(world);
    Ok(cloud::shown_subscription(world, id))
}

fn change_catalogue(world: &mut World, call: &Call) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct Change {
        #[serde(default)]
        steering: Option<String>,
        #[serde(default)]
        least_contract: Option<u32>,
        #[serde(default)]
        withdraw: Option<String>,
    }
    let asked: Change = body(call)?;
    if asked
        .steering
        .as_deref()
        .is_some_and(|steering| !matches!(steering, "none" | "text_only" | "link"))
    {
        return Err(malformed("Steering is none, text_only or link"));
    }
    let policy = world.cloud.policy_mut();
    if asked.withdraw.as_deref().is_some_and(|plan| !policy.withdraw(plan)) {
        return Err(not_found("There is no such plan"));
    }
    if let Some(steering) = asked.steering {
        policy.steer(steering);
    }
    if let Some(least) = asked.least_contract {
        policy.least_contract = least;
    }
    world.note("control: the catalogue changed");
    Ok(json!({}))
}

fn sign_with(world: &mut World, call: &Call) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct With {
        sign_with: String,
    }
    let asked: With = body(call)?;
    if !world.keys.answers.iter().any(|answer| answer.id == asked.sign_with) {
        return Err(not_found("There is no such key"));
    }
    world.note(format!("control: {} signs from now on", asked.sign_with));
    world.cloud.policy_mut().sign_with = asked.sign_with;
    Ok(json!({}))
}

fn name_device(world: &mut World, call: &Call, device: &str) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct Named {
        #[serde(default)]
        apple_id: Option<String>,
        #[serde(default)]
        google_account: Option<String>,
        #[serde(default)]
        storefront: Option<String>,
        #[serde(default)]
        tester: Option<bool>,
    }
    let asked: Named = body(call)?;
    let account = play::name_device(
        world,
        device,
        asked.google_account,
        asked.storefront.as_ref(),
        asked.tester,
    );
    let mut named = store::name_device(world, device, asked.apple_id, asked.storefront, asked.tester);
    named["google_account"] = json!(account);
    Ok(named)
}

fn buy_outside(world: &mut World, call: &Call) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct Bought {
        device: String,
        product: String,
        #[serde(default)]
        app_account_token: Option<String>,
        #[serde(default)]
        store: Option<String>,
    }
    let asked: Bought = body(call)?;
    let bought = match asked.store.as_deref() {
        Some("play") => play::asked_outside(world, &asked.device, &asked.product, asked.app_account_token),
        None | Some("app_store") => store::asked_outside(world, &asked.device, &asked.product, asked.app_account_token),
        Some(_) => return Err(malformed("There is no such store")),
    };
    bought.ok_or_else(|| malformed("There is no such product there, or the tag is no UUID"))
}

#[derive(Deserialize)]
struct Payments {
    go_through: bool,
}

/// What happens at the store, of which it tells the cloud by a notification.
fn store_event(world: &mut World, call: &Call, original: &str, what: &str) -> Result<Value, Answer> {
    // Any transaction of it names a subscription.
    let original = &store::original_of(world, original);
    let known = match what {
        "revoke" => store::revoke(world, original),
        "cancel" => store::renewing(world, original, false),
        "restart" => store::renewing(world, original, true),
        "payments" => store::payments(world, original, body::<Payments>(call)?.go_through),
        "approve" => store::approve(world, original),
        "decline" => store::refuse(world, original),
        _ => return Err(not_found("Nothing is here")),
    };
    if !known {
        return Err(not_found("The store knows no such subscription or Ask to Buy"));
    }
    Ok(json!({}))
}

/// What happens at Play, of which it tells the cloud by a notification.
fn play_event(world: &mut World, call: &Call, token: &str, what: &str) -> Result<Value, Answer> {
    #[derive(Deserialize)]
    struct Pause {
        #[serde(default, rename = "for")]
        length: Option<String>,
    }
    #[derive(Deserialize)]
    struct SignAs {
        #[serde(default)]
        raw: Option<i64>,
        #[serde(default)]
        without_acknowledged: bool,
    }
    let unknown = || not_found("Play knows no such purchase in such a state");
    let news = match what {
        "complete" => Some(play::complete(world, token).ok_or_else(unknown)?),
        "decline" => Some(play::decline(world, token).ok_or_else(unknown)?),
        "revoke" => Some(play::revoke(world, token).ok_or_else(unknown)?),
        "cancel" => Some(play::cancel(world, token).ok_or_else(unknown)?),
        "restart" => Some(play::restart(world, token).ok_or_else(unknown)?),
        "payments" => play::payments(world, token, body::<Payments>(call)?.go_through).ok_or_else(unknown)?,
        "pause" => {
            let length = body::<Pause>(call)?.length;
            if length
                .as_deref()
                .is_some_and(|length| moment::after(world.now(), length).is_none())
            {
                return Err(malformed("That is no length of time"));
            }
            Some(play::pause(world, token, length).ok_or_else(unknown)?)
        }
        // Nobody tells of a state that nobody has heard of: the next question finds it.
        "state" => {
            let signed = {
                let SignAs {
                    raw,
                    without_acknowledged,
                } = body(call)?;
                play::sign_as(world, token, raw, without_acknowledged)
            };
            signed.then_some(None).ok_or_else(unknown)?
        }
        _ => return Err(not_found("Nothing is here")),
    };
    if let Some(news) = news {
        play::tell(world, token, news);
    }
    Ok(json!({}))
}

fn add_fault(world: &mut World, call: &Call) -> Result<Value, Answer> {
    let fault: Fault = body(call)?;
    if !ENDPOINTS.contains(&fault.endpoint.as_str()) {
        return Err(malformed("There is no such endpoint"));
    }
    let line = format!("control: {:?} at {}", fault.kind, fault.endpoint);
    let id = world.faults.add(fault);
    world.note(line);
    Ok(json!({ "id": id }))
}

fn account(world: &World, name_or_id: &str) -> Result<String, Answer> {
    cloud::find_account(world, name_or_id).ok_or_else(|| not_found("There is no such account"))
}

/// A body that is absent counts as one without fields.
fn body<T: DeserializeOwned>(call: &Call) -> Result<T, Answer> {
    let bytes: &[u8] = if call.body.is_empty() { b"{}" } else { &call.body };
    serde_json::from_slice(bytes).map_err(|error| malformed(&error.to_string()))
}

fn not_found(title: &str) -> Answer {
    Answer::problem(StatusCode::NOT_FOUND, "not_found", title, Value::Null)
}

fn malformed(title: &str) -> Answer {
    Answer::problem(StatusCode::BAD_REQUEST, "malformed", title, Value::Null)
}
