//! What is there after a step, in the words of the format: on the phone, in the ledgers, in the cloud.

use super::stage::Stage;
use crate::args::StoreName;
use crate::commands::rows;
use crate::failure::Failure;
use crate::ports::{purchase_of, transaction_of};
use crate::world::{Wire, World};
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use tapo_care::error::{CareError, Retry};
use tapo_care::id::CameraId;
use tapo_care::message::Message;
use tapo_care::ports::StoreTransaction;
use tapo_care::snapshot::{Action, Banner, CameraRow, CoverReason, PurchaseRow, Snapshot, SubscriptionRow};
use tapo_care::{Outcome, PlansOnSale, ReceiptRow};

/// What is not there, in a story.
const NONE: &str = "none";

/// The end of a purchase; of none, that it is still open.
pub fn outcome(outcome: Option<&Outcome>) -> Value {
    match outcome {
        None => json!({ "kind": "open" }),
        Some(outcome) => json!({
            "kind": outcome.kind, "money": outcome.money, "answer": outcome.answer.as_deref().unwrap_or(NONE),
            "plan": outcome.plan, "store_code": outcome.store_code.as_deref().unwrap_or(NONE),
            "sold_otherwise": key(outcome.sold_otherwise.as_ref()),
        }),
    }
}

/// An error of the core.
pub fn error(error: &CareError) -> Value {
    let problem = error.problem();
    let retry = match problem.retry {
        Retry::After(_) => json!("after"),
        other => json!(other),
    };
    // An action with an address in it is told by its name.
    let action = json!(problem.user_action);
    let action = action
        .as_object()
        .and_then(|action| action.keys().next().map(|name| json!(name)))
        .unwrap_or(action);
    let mut told = json!({
        "name": problem.name, "money": problem.money, "retry": retry, "user_action": action,
        "message": problem.message.key,
    });
    if let CareError::ConfirmationNeeded(asked) = error {
        told["confirm"] = json!(asked.kind);
    }
    told
}

/// What is on sale.
pub fn on_sale(plans: &PlansOnSale) -> Value {
    let each = plans.plans.iter().map(|plan| {
        json!({
            "plan": plan.id, "capacity": plan.capacity, "price": plan.display_price, "features": plan.features,
            "trial": plan.trial.state, "terms": plan.terms.key,
            "trial_length": plan.trial.length.map_or_else(|| NONE.to_owned(), |length| length.iso8601()),
        })
    });
    each.collect()
}

fn key(message: Option<&Message>) -> Value {
    json!(message.map_or(NONE, |message| message.key.as_str()))
}

fn date(at: Option<tapo_care::time::Timestamp>) -> Value {
    json!(at.map_or_else(|| NONE.to_owned(), |at| at.rfc3339().chars().take(10).collect()))
}

/// What the phone shows; `account` is the name of whoever is signed in.
pub fn status(snapshot: &Snapshot, account: Option<&str>) -> Value {
    let signed_in = snapshot.account.as_ref().and(account);
    let cameras: Map<String, Value> = snapshot
        .cameras
        .iter()
        .map(|row| (row.name.clone(), camera(row)))
        .collect();
    json!({
        "account": signed_in.unwrap_or("nobody"), "freshness": snapshot.freshness, "clock": snapshot.clock,
        "add_plan": snapshot.add_plan.available, "add_plan_reason": key(snapshot.add_plan.reason.as_ref()),
        "subscriptions": snapshot.subscriptions.iter().map(|row| subscription(row, snapshot)).collect::<Vec<_>>(),
        "cameras": cameras, "picker": snapshot.picker.is_some(),
        "picker_reason": snapshot.picker.as_ref().map(|picker| picker.reason),
        "picker_proposed": snapshot.picker.as_ref().map(|picker| named(&picker.proposed, snapshot)),
        "picker_left_out": snapshot.picker.as_ref().map(|picker| picker.left_out.len()),
        "banners": snapshot.banners.iter().map(|banner| banner_said(banner, snapshot)).collect::<Vec<_>>(),
        "account_trial": snapshot.account_trial.as_ref().map_or(NONE, |trial| trial.state.as_str()),
        "purchases": snapshot.purchases.iter().map(purchase).collect::<Vec<_>>(),
        "notices": snapshot.notices.iter().map(|notice| &notice.key).collect::<Vec<_>>(),
    })
}

fn named(ids: &[CameraId], snapshot: &Snapshot) -> Vec<String> {
    ids.iter().map(|id| rows::name(snapshot, id)).collect()
}

fn banner_said(banner: &Banner, snapshot: &Snapshot) -> String {
    format!("{}: {}", rows::name(snapshot, &banner.camera), word(&banner.kind))
}

/// How it is spelled.
fn word(value: &impl Serialize) -> String {
    json!(value).as_str().unwrap_or_default().to_owned()
}

fn allowed(actions: &[Action]) -> Vec<String> {
    let allowed = actions.iter().filter(|action| action.allowed);
    allowed.map(|action| word(&action.kind)).collect()
}

fn why(reason: &CoverReason) -> String {
    match &reason.why_not {
        Some(why_not) => format!("{}: {}", word(&reason.by), word(why_not)),
        None => word(&reason.by),
    }
}

fn subscription(row: &SubscriptionRow, snapshot: &Snapshot) -> Value {
    let cameras = named(&row.cameras, snapshot);
    json!({
        "plan": row.plan, "channel": row.channel, "phase": row.phase, "cover": row.cover, "will_renew": row.will_renew,
        "renews_on": date(row.renews_at), "ends_on": date(row.ends_at), "days_left": row.days_left,
        "cameras": cameras, "terms": row.terms.key, "manage": row.manage,
        "flags": row.flags, "offer": row.offer,
        "scheduled": row.scheduled.as_ref().map_or(NONE, |next| next.plan.as_str()),
        "scheduled_on": date(row.scheduled.as_ref().map(|next| next.at)),
        "new_price": row.price_change.as_ref().map_or(NONE.to_owned(), |change| change.to.plain()),
        "price_consent": row.price_change.as_ref().map(|change| &change.consent),
        "service": row.service, "cancel_by": date(row.cancel_by), "allowed": allowed(&row.actions),
    })
}

fn camera(row: &CameraRow) -> Value {
    json!({
        "cover": row.cover, "selectable": row.selectable, "blocked": key(row.blocked.as_ref()),
        "trial": row.trial.state, "can_start_trial": row.trial.can_start, "trial_days_left": row.trial.days_left,
        "trial_ends_today": row.trial.ends_today, "trial_message": row.trial.message.key,
        "trial_reason": row.trial.reason.as_deref().unwrap_or(NONE), "covered_twice": row.covered_twice,
        "why": row.why.iter().map(why).collect::<Vec<_>>(), "allowed": allowed(&row.actions),
        "free_plan": row.free_plan.as_ref().map_or(NONE, |free| free.state.as_str()),
    })
}

fn purchase(row: &PurchaseRow) -> Value {
    json!({
        "state": row.state, "refused_by": row.refused_by.as_deref().unwrap_or(NONE), "message": row.message.key,
    })
}

/// The receipts that a phone knows.
pub fn receipts(rows: &[ReceiptRow]) -> Value {
    let each = rows.iter().map(|row| {
        json!({
            "verified": row.verified, "refused_by": row.refused_by.as_deref().unwrap_or(NONE),
            "answer": row.answer.as_deref().unwrap_or(NONE), "finished": row.finished, "bound": row.bound,
        })
    });
    each.collect()
}

/// What the stores and the cloud hold, in numbers.
///
/// # Errors
/// The world cannot be asked.
pub async fn ledger(stage: &Stage) -> Result<Value, Failure> {
    let ledger = stage.ask("ledger").await?;
    let accounts = stage.ask("accounts").await?;
    let names: BTreeMap<&str, &str> = accounts["accounts"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|account| Some((account["id"].as_str()?, account["name"].as_str()?)))
        .collect();
    let rows = |name: &str| ledger[name].as_array().map_or(&[][..], Vec::as_slice).to_vec();
    let count = |name: &str| rows(name).len();
    let sum = |name: &str| -> i64 { rows("charges").iter().filter_map(|row| row[name].as_i64()).sum() };
    let granted: BTreeSet<String> = rows("grants")
        .iter()
        .filter_map(|grant| grant["account"].as_str())
        .map(|id| names.get(id).copied().unwrap_or(id).to_owned())
        .collect();
    Ok(json!({
        "charges": count("charges"), "grants": count("grants"), "finishes": count("finishes"),
        "charged_micros": sum("amount_micros"), "given_back_micros": sum("given_back_micros"),
        "reservations": count("reservations"), "test_purchases": count("test_purchases"), "granted_to": granted,
        "settled": settled(&rows("charges"), &rows("carried"), &rows("grants"), &rows("finishes")),
    }))
}

/// Whether every period that is paid or goes on was granted, and its store told so: at Play once for a purchase token.
fn settled(charges: &[Value], carried: &[Value], grants: &[Value], finishes: &[Value]) -> bool {
    let mut kept = charges.iter().chain(carried).filter(|row| row["state"] == "kept");
    kept.all(|row| {
        let granted = grants.iter().any(|grant| grant["transaction"] == row["transaction"]);
        let told = |finish: &Value| match row["store"].as_str() {
            Some("play") => finish["original"] == row["original"],
            _ => finish["transaction"] == row["transaction"],
        };
        granted && finishes.iter().any(told)
    })
}

/// What a store showed, as a phone hands it over.
pub fn receipts_of(store: StoreName, shown: &Value) -> Vec<StoreTransaction> {
    let (list, read): (_, fn(&Value) -> Option<StoreTransaction>) = match store {
        StoreName::AppStore => (&shown["transactions"], transaction_of),
        StoreName::Play => (&shown["purchases"], purchase_of),
    };
    list.as_array().into_iter().flatten().filter_map(read).collect()
}

/// The cloud, asked from elsewhere and by hand (contract, sections 1 and 2), so that no phone's core stands in between.
pub struct Cloud {
    wire: Wire,
}

impl Cloud {
    /// Of that world.
    pub fn of(world: &World) -> Self {
        Self { wire: world.session() }
    }

    /// The account's state.
    ///
    /// # Errors
    /// The cloud does not answer, which a fault may have been asked for.
    pub async fn state(&self, name: &str) -> Result<Value, Failure> {
        let why = |what: String| Failure::Unreachable(format!("the cloud cannot be asked about {name}: {what}"));
        let asked = json!({ "name": name });
        let session = self.wire.call("POST", "/session", Some(&asked)).await;
        let (_, session) = session.map_err(|error| why(error.to_string()))?;
        let (Some(account), Some(token)) = (session["account"].as_str(), session["token"].as_str()) else {
            return Err(why("no such TP-Link ID".to_owned()));
        };
        let empty = hex(&Sha256::digest(b""));
        let text = format!("care-request-v1\nGET\n/v1/account\n{account}\n\n{empty}");
        let headers = vec![
            ("care-contract", "1".to_owned()),
            ("care-core", env!("CARGO_PKG_VERSION").to_owned()),
            ("care-platform", "linux".to_owned()),
            // Nobody verifies this answer, so nothing is gained by a new one each time.
            ("care-nonce", "AAAAAAAAAAAAAAAAAAAAAA".to_owned()),
            ("care-account", account.to_owned()),
            ("care-digest", hex(&Sha256::digest(text))),
        ];
        let wire = self.wire.clone().bearing(token);
        let answer = wire.call_with("GET", "/v1/account", headers, None).await;
        let (status, state) = answer.map_err(|error| why(error.to_string()))?;
        if status == 200 {
            return Ok(state);
        }
        Err(why(format!("status {status}")))
    }

    /// The account's state, in the words of the format.
    ///
    /// # Errors
    /// As [`Self::state`].
    pub async fn account(&self, name: &str) -> Result<Value, Failure> {
        let state = self.state(name).await?;
        let list = |name: &str| state[name].as_array().cloned().unwrap_or_default();
        let cameras = list("cameras");
        let named = |id: &Value| {
            let known = cameras.iter().find(|camera| &camera["id"] == id);
            known.map_or_else(|| id.clone(), |camera| camera["name"].clone())
        };
        let held = list("subscriptions").into_iter().map(|plan| {
            let on = plan["cameras"].as_array().cloned().unwrap_or_default();
            let scheduled = plan["scheduled"]["plan"].as_str().unwrap_or(NONE);
            json!({
                "plan": plan["plan"]["id"], "channel": plan["channel"], "phase": plan["phase"],
                "will_renew": plan["will_renew"], "cameras": on.iter().map(named).collect::<Vec<_>>(),
                "flags": plan["flags"], "scheduled": scheduled,
            })
        });
        Ok(json!({ "may_buy": state["in_app"]["may_buy"], "subscriptions": held.collect::<Vec<_>>() }))
    }

    /// The id of that camera, where the account has it.
    ///
    /// # Errors
    /// As [`Self::state`].
    pub async fn camera(&self, account: &str, name: &str) -> Result<Option<String>, Failure> {
        let state = self.state(account).await?;
        let mut cameras = state["cameras"].as_array().into_iter().flatten();
        let found = cameras.find(|camera| camera["name"] == name);
        Ok(found.and_then(|camera| camera["id"].as_str()).map(str::to_owned))
    }

    /// The ids of those cameras.
    ///
    /// # Errors
    /// As [`Self::state`], or the account has no such camera.
    pub async fn cameras(&self, account: &str, names: &[String]) -> Result<Vec<String>, Failure> {
        let mut ids = Vec::new();
        for name in names {
            let found = self.camera(account, name).await?;
            ids.push(found.ok_or_else(|| Failure::Usage(format!("{account} has no camera `{name}`")))?);
        }
        Ok(ids)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
