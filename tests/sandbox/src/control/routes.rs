//! What control serves, each call with what is documented of it.
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::{
    AccountChange, Bought, By, CatalogueChange, Clock, DeviceNamed, NameDevice, NewAccount, NewCameraAsked,
    NewSubscription, OtherCamera, Planted, SetFreePlan, SetPhase, SetTrial, SignWith, To, Whose,
};
use super::events;
use super::ledger::{self, Ledger};
use super::{
    account, add_account, add_camera, add_fault, add_subscription, buy_outside, change_account, change_camera,
    change_catalogue, clock, done, expire_sessions, move_clock, name_device, remove_camera, set_free_plan, set_phase,
    set_trial, sign_with,
};
use crate::call::Answer;
use crate::cloud::{self, AccountNamed, AccountShown, CameraShown, SubscriptionShown};
use crate::contract::{self, CameraId, Name, Nothing, Operation, Routes, SubscriptionId};
use crate::faults::{Fault, Listed};
use crate::{play, store};

/// The document's chapters.
pub(crate) const TAGS: &[(&str, &str)] = &[
    (
        "clock",
        "The world's clock moves only when told; what is due on the way happens in order.",
    ),
    (
        "people",
        "Accounts, sessions, cameras, and plans that were not bought in the app.",
    ),
    (
        "stores",
        "What happens at the stores without the app; they tell the cloud.",
    ),
    (
        "faults",
        "What goes wrong on purpose, by endpoint, by count or by chance, on the world's own randomness.",
    ),
    ("books", "What happened."),
];

/// Accounts as control names them.
#[derive(Serialize, JsonSchema)]
struct Accounts {
    accounts: Vec<AccountNamed>,
}

/// What the Care cloud shows the stores' server APIs; good for five minutes of the world's time.
#[derive(Serialize, JsonSchema)]
struct StoreTokens {
    /// The App Store Server API's bearer.
    #[schemars(with = "contract::Jws")]
    app_store: String,
    /// The assertion for `POST /play/token`.
    #[schemars(with = "contract::Jws")]
    play: String,
}

/// The event log: the same for the same seed and the same calls.
#[derive(Serialize, JsonSchema)]
struct Log<'a> {
    #[schemars(with = "Vec<contract::LogLine>")]
    lines: &'a [String],
}

/// What was bought outside the app, as its store hands it out.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "a schema")]
enum BoughtOutside {
    AppStore(store::Seen),
    Play(play::Seen),
}

/// Everything under `/control`.
pub(crate) static ROUTES: LazyLock<Routes> = LazyLock::new(|| faults(stores(people(clocks(Routes::default())))));

fn clocks(routes: Routes) -> Routes {
    routes
        .get(
            "/control/clock",
            |world, _, _| Ok(Answer::ok(&clock(world))),
            guarded(Operation::new("clock", "clock", "What the clock says").answers::<Clock>(200, "Now.")),
        )
        .post(
            "/control/clock/advance",
            |world, call, _| move_clock(world, call, "advance"),
            moving(Operation::new("advance", "clock", "Move the clock by a period").takes::<By>()),
        )
        .post(
            "/control/clock/to",
            |world, call, _| move_clock(world, call, "to"),
            moving(Operation::new("moveTo", "clock", "Move the clock to a time").takes::<To>()),
        )
        .post(
            "/control/clock/next",
            |world, call, _| move_clock(world, call, "next"),
            moving(Operation::new("next", "clock", "Move the clock to the next due event").may_take::<Nothing>()),
        )
        .get(
            "/control/ledger",
            |world, _, _| Ok(Answer::ok(&ledger::of(world))),
            guarded(
                Operation::new("ledger", "books", "What was charged, granted, finished, reserved")
                    .answers::<Ledger>(200, "The ledger."),
            ),
        )
        .get(
            "/control/log",
            |world, _, _| Ok(Answer::ok(&Log { lines: &world.log })),
            guarded(Operation::new("log", "books", "The event log").answers::<Log<'_>>(200, "Line by line.")),
        )
}

fn moving(operation: Operation) -> Operation {
    guarded(operation.answers::<Clock>(200, "Where it stands now.").refuses(
        400,
        "malformed",
        "That is no time, one that has passed, or one past the end of every world (2040).",
    ))
}

fn people(routes: Routes) -> Routes {
    routes
        .get(
            "/control/accounts",
            |world, _, _| {
                let accounts = cloud::list_accounts(world);
                Ok(Answer::ok(&Accounts { accounts }))
            },
            guarded(Operation::new("accounts", "people", "Everybody's account").answers::<Accounts>(200, "By id.")),
        )
        .post(
            "/control/accounts",
            |world, call, _| add_account(world, call),
            guarded(
                telling::<NewAccount>("addAccount", "people", "Make an account")
                    .answers::<AccountNamed>(200, "Made, or there already."),
            ),
        )
        .get(
            "/control/accounts/{name}",
            |world, _, path| {
                let id = account(world, path[0])?;
                Ok(Answer::ok(&cloud::shown_account(world, &id)))
            },
            guarded(
                Operation::new("accountWhole", "people", "An account's document")
                    .describe("By name or id. What `GET /v1/account` would answer it, unsigned.")
                    .path::<Name>("name")
                    .answers::<AccountShown>(200, "Its document."),
            ),
        )
        .post(
            "/control/accounts/{name}",
            |world, call, path| change_account(world, call, path[0]),
            guarded(
                asking::<AccountChange>(
                    "changeAccount",
                    "people",
                    "Say whose account it is, and how its own trial stands",
                )
                .describe("By name or id. The cloud grants a tester what was bought without paying.")
                .path::<Name>("name")
                .answers::<Nothing>(200, "Changed."),
            ),
        )
        .post(
            "/control/sessions/expire",
            |world, call, _| expire_sessions(world, call),
            guarded(
                telling::<Whose>("expireSessions", "people", "End an account's sessions")
                    .answers::<Nothing>(200, "Its tokens work no more."),
            ),
        )
        .post(
            "/control/cameras",
            |world, call, _| add_camera(world, call),
            guarded(
                telling::<NewCameraAsked>("addCamera", "people", "Bind a camera")
                    .answers::<CameraShown>(200, "The camera."),
            ),
        )
        .post(
            "/control/cameras/{id}",
            |world, call, path| change_camera(world, call, path[0]),
            guarded(
                asking::<OtherCamera>("changeCamera", "people", "Change a camera")
                    .describe("Also its name, and the account it is bound to: then it is on no plan of the other one.")
                    .path::<CameraId>("id")
                    .answers::<CameraShown>(200, "The camera."),
            ),
        )
        .delete(
            "/control/cameras/{id}",
            |world, _, path| remove_camera(world, path[0]),
            guarded(
                Operation::new("removeCamera", "people", "Unbind a camera")
                    .path::<CameraId>("id")
                    .answers::<Nothing>(200, "It is bound to nobody, and on no plan."),
            ),
        )
        .post(
            "/control/cameras/{id}/trial",
            |world, call, path| set_trial(world, call, path[0]),
            guarded(
                telling::<SetTrial>("setTrial", "people", "Say how a camera's trial stands")
                    .describe("A paused one resumes at once where no plan with access names the camera (T2).")
                    .path::<CameraId>("id")
                    .answers::<CameraShown>(200, "The camera."),
            ),
        )
        .post(
            "/control/cameras/{id}/free-plan",
            |world, call, path| set_free_plan(world, call, path[0]),
            guarded(
                telling::<SetFreePlan>("setFreePlan", "people", "Say what a camera's model records for free")
                    .path::<CameraId>("id")
                    .answers::<CameraShown>(200, "The camera."),
            ),
        )
        .post(
            "/control/subscriptions",
            |world, call, _| add_subscription(world, call),
            guarded(
                telling::<NewSubscription>(
                    "addSubscription",
                    "people",
                    "Give an account a plan not bought in the app",
                )
                .answers::<SubscriptionShown>(200, "The subscription.")
                .refuses(404, "unknown_plan", "There is no such plan.")
                .refuses(422, "unknown_camera", "A camera is not the account's.")
                .refuses(422, "over_capacity", "More cameras than the plan covers."),
            ),
        )
        .post(
            "/control/subscriptions/{id}",
            |world, call, path| set_phase(world, call, path[0]),
            guarded(
                telling::<SetPhase>("setPhase", "people", "Say what the cloud believes of a subscription")
                    .path::<SubscriptionId>("id")
                    .answers::<SubscriptionShown>(200, "The subscription."),
            ),
        )
        .post(
            "/control/catalogue",
            |world, call, _| change_catalogue(world, call),
            guarded(
                asking::<CatalogueChange>("changeCatalogue", "people", "Change what is sold")
                    .answers::<Nothing>(200, "Changed."),
            ),
        )
        .post(
            "/control/keys",
            |world, call, _| sign_with(world, call),
            guarded(
                telling::<SignWith>("signWith", "people", "Say which of the cloud's two keys signs answers")
                    .answers::<Nothing>(200, "It signs from now on."),
            ),
        )
}

fn stores(routes: Routes) -> Routes {
    let routes = routes
        .get(
            "/control/store-tokens",
            |world, _, _| {
                let (app_store, play) = cloud::store_tokens(world);
                Ok(Answer::ok(&StoreTokens { app_store, play }))
            },
            guarded(
                Operation::new("storeTokens", "stores", "Sign in at the stores' server APIs")
                    .describe("For whoever tries a cloud of their own on the emulated stores.")
                    .answers::<StoreTokens>(
                        200,
                        "Signed by the world's API key at Apple, and by the cloud's service account at Google.",
                    ),
            ),
        )
        .post(
            "/control/devices/{name}",
            |world, call, path| name_device(world, call, path[0]),
            guarded(
                asking::<NameDevice>("nameDevice", "stores", "Say whose store accounts a device carries")
                    .path::<Name>("name")
                    .answers::<DeviceNamed>(200, "As it stands now."),
            ),
        )
        .post(
            "/control/purchases/outside",
            |world, call, _| buy_outside(world, call),
            guarded(
                telling::<Bought>("buyOutside", "stores", "Buy outside the app")
                    .describe("Also what was sold once: `care.tapo.5.monthly`.")
                    .answers::<BoughtOutside>(200, "The transaction or the purchase."),
            ),
        );
    events::of_play(events::of_app_store(routes))
}

fn faults(routes: Routes) -> Routes {
    routes
        .post(
            "/control/faults",
            |world, call, _| add_fault(world, call),
            guarded(
                Operation::new("plantFault", "faults", "Plant a fault")
                    .describe(
                        "`down`: the connection ends without an answer, nothing applied. `latency`: `ms` of real time pass first. \
                         `error`: that status, nothing applied. `lost`: applied, then the connection ends without an answer. \
                         `garbage`: applied, then an HTML page with status 200. An error of 429, 500 or 503 under /v1 is a \
                         signed problem, any other an unsigned page, as somebody in between would answer.",
                    )
                    .takes::<Fault>()
                    .answers::<Planted>(200, "Planted."),
            ),
        )
        .get(
            "/control/faults",
            |world, _, _| Ok(Answer::ok(&world.faults.list())),
            guarded(Operation::new("faults", "faults", "The fault plan").answers::<Listed>(200, "What is left of it.")),
        )
        .delete(
            "/control/faults",
            |world, _, _| {
                world.faults.clear();
                world.note("control: no faults any more");
                Ok(done())
            },
            guarded(Operation::new("clearFaults", "faults", "Clear the fault plan").answers::<Nothing>(200, "Nothing goes wrong any more.")),
        )
}

fn telling<T: JsonSchema>(id: &'static str, tag: &'static str, summary: &'static str) -> Operation {
    Operation::new(id, tag, summary).takes::<T>()
}

/// A body of which each member may be absent may be absent itself.
fn asking<T: JsonSchema>(id: &'static str, tag: &'static str, summary: &'static str) -> Operation {
    Operation::new(id, tag, summary).may_take::<T>()
}

pub(super) fn guarded(operation: Operation) -> Operation {
    operation
        .secured("control")
        .refuses(400, "malformed", "The body is not as asked.")
        .refuses(401, "unauthorized", "The control token is missing or wrong.")
        .refuses(404, "not_found", "There is no such thing, or nothing at this path.")
}
