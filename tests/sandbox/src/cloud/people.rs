//! Accounts, sessions and the people every world starts with.
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::camera::NewCamera;
use super::{camera, problem, settle};
use crate::call::{Answer, Call};
use crate::contract;
use crate::moment::{DAY_MS, rfc3339};
use crate::randomness::{fixed, uuid_from};
use crate::world::World;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Account {
    pub(super) id: String,
    pub(super) name: String,
    /// The one stable tag purchases of this account carry.
    pub(super) tag: String,
    /// Whether the cloud grants what it bought without paying (X15).
    pub(super) tester: bool,
    /// Control's word on the account's own trial; Tapo has none (R61).
    #[serde(default)]
    pub(super) trial: Option<AccountTrial>,
    /// Whether it had a free trial that a store sold (X12).
    #[serde(default)]
    pub(super) had_store_trial: bool,
    pub(super) revision: u64,
    /// Hash of the document as of that revision.
    pub(super) content: String,
}

/// The account's own trial, as control set it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AccountTrial {
    pub(crate) state: String,
    pub(crate) reason: Option<String>,
    pub(crate) ends_ms: Option<i64>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Session {
    pub(super) account: String,
    pub(super) expires_ms: i64,
}

/// The people of a new world, with cameras in every state the picker knows.
pub(crate) fn settle_in(world: &mut World) {
    let anna = add_account(world, "anna");
    let ben = add_account(world, "ben");
    add_account(world, "cara");
    let cameras = [
        (&anna, "Porch", "C210", "1.3.9", true),
        (&anna, "Garden", "C320WS", "1.3.9", true),
        (&anna, "Hallway", "C225", "1.3.9", true),
        (&anna, "Nursery", "C110", "1.0.4", true),
        (&anna, "Shed", "C420", "1.3.9", false),
        (&ben, "Kitchen", "C210", "1.3.9", true),
        (&ben, "Drive", "C325WB", "1.3.9", true),
    ];
    for (account, name, model, firmware, online) in cameras {
        let new = NewCamera {
            name: name.to_owned(),
            model: model.to_owned(),
            firmware: Some(firmware.to_owned()),
            online: Some(online),
        };
        camera::add(world, account, new);
    }
    settle(world);
    world.log.clear();
}

/// The id of the account of that name, made where there is none.
pub(crate) fn add_account(world: &mut World, name: &str) -> String {
    if let Some(known) = find_account(world, name) {
        return known;
    }
    let slug = slug(name);
    let mut id = format!("acc_{slug}");
    for n in 2.. {
        if !world.cloud.accounts.contains_key(&id) {
            break;
        }
        id = format!("acc_{slug}_{n}");
    }
    let tag = uuid_from(fixed(world.randomness.seed(), &format!("tag {id}")));
    let account = Account {
        id: id.clone(),
        name: name.to_owned(),
        tag,
        tester: false,
        trial: None,
        had_store_trial: false,
        revision: 0,
        content: String::new(),
    };
    world.note(format!("cloud: {id} is new"));
    world.cloud.accounts.insert(id.clone(), account);
    settle(world);
    id
}

/// The id of an account given by name or id.
pub(crate) fn find_account(world: &World, name_or_id: &str) -> Option<String> {
    let mut accounts = world.cloud.accounts.values();
    accounts
        .find(|known| known.id == name_or_id || known.name == name_or_id)
        .map(|known| known.id.clone())
}

/// An account as control names it.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AccountNamed {
    #[schemars(with = "contract::AccountId")]
    pub(crate) id: String,
    /// What its person signs in as.
    #[schemars(with = "contract::Title")]
    name: String,
    #[schemars(with = "contract::AccountTag")]
    tag: String,
}

pub(crate) fn list_accounts(world: &World) -> Vec<AccountNamed> {
    let accounts = world.cloud.accounts.values();
    accounts
        .map(|account| AccountNamed {
            id: account.id.clone(),
            name: account.name.clone(),
            tag: account.tag.clone(),
        })
        .collect()
}

pub(crate) fn expire_sessions(world: &mut World, account: &str) {
    world.cloud.sessions.retain(|_, session| session.account != account);
    world.note(format!("control: the sessions of {account} ended"));
}

/// Control's word on whom the cloud grants test purchases.
pub(crate) fn set_tester(world: &mut World, account: &str, tester: bool) {
    if let Some(known) = world.cloud.accounts.get_mut(account) {
        known.tester = tester;
    }
    world.note(format!("control: {account} is granted test purchases: {tester}"));
}

/// Control's word on the account's own trial.
pub(crate) fn set_trial(world: &mut World, account: &str, trial: AccountTrial) {
    let line = format!("control: the trial of {account} is {}", trial.state);
    if let Some(known) = world.cloud.accounts.get_mut(account) {
        known.trial = Some(trial);
    }
    world.note(line);
    settle(world);
}

pub(super) fn is_tester(world: &World, account: &str) -> bool {
    world.cloud.accounts.get(account).is_some_and(|known| known.tester)
}

pub(super) fn account_of_tag(world: &World, tag: &str) -> Option<String> {
    let mut accounts = world.cloud.accounts.values();
    accounts
        .find(|account| account.tag.eq_ignore_ascii_case(tag))
        .map(|account| account.id.clone())
}

pub(super) fn tag_of(world: &World, account: &str) -> Option<String> {
    world.cloud.accounts.get(account).map(|account| account.tag.clone())
}

/// Who signs in; a world asks for no password.
#[derive(Deserialize, JsonSchema)]
pub(super) struct SignIn {
    #[schemars(with = "contract::Title")]
    name: String,
}

/// A session of 24 hours of the world's time, or until control ends it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Session")]
pub(super) struct SessionOpened {
    #[schemars(with = "contract::AccountId")]
    account: String,
    #[schemars(with = "contract::Title")]
    name: String,
    /// The bearer token of the Care cloud's calls.
    #[schemars(with = "contract::SessionToken")]
    token: String,
    #[schemars(with = "contract::Moment")]
    expires_at: String,
}

/// `POST /session`, which stands in for the TP-Link ID service.
pub(super) fn open_session(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    let asked: SignIn = call.asked()?;
    let mut accounts = world.cloud.accounts.values();
    let account = accounts.find(|account| account.name == asked.name).cloned();
    let account = account.ok_or_else(|| super::not_found("Nobody of that name lives here"))?;
    let token = hex::encode(&world.randomness.draw("token")[..24]);
    let expires_ms = world.now() + DAY_MS;
    world.cloud.sessions.insert(
        token.clone(),
        Session {
            account: account.id.clone(),
            expires_ms,
        },
    );
    world.note(format!("cloud: {} signed in", account.id));
    Ok(Answer::ok(&SessionOpened {
        account: account.id,
        name: account.name,
        token,
        expires_at: rfc3339(expires_ms),
    }))
}

/// The account the call is about, where its token is that account's.
pub(super) fn signed_in(world: &World, call: &Call) -> Result<String, Answer> {
    let account = call.header("care-account");
    session_of(world, call, account)?;
    Ok(account.to_owned())
}

/// Whether the call carries a session of this account.
pub(super) fn session_of(world: &World, call: &Call, account: &str) -> Result<(), Answer> {
    let session = call.bearer().and_then(|token| world.cloud.sessions.get(token));
    match session.filter(|session| session.expires_ms > world.now()) {
        None => Err(problem(
            StatusCode::UNAUTHORIZED,
            "session_expired",
            "The session is over",
        )),
        Some(session) if session.account != account => Err(problem(
            StatusCode::FORBIDDEN,
            "wrong_account",
            "The session is another account's",
        )),
        Some(_) => Ok(()),
    }
}

/// A name as an id can carry it.
pub(super) fn slug(name: &str) -> String {
    let slug: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect();
    let slug = slug.trim_matches('_');
    if slug.is_empty() {
        "nameless".to_owned()
    } else {
        slug.to_owned()
    }
}
