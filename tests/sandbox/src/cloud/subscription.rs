//! A subscription as the cloud keeps it: phase, period, cameras; and the one in-app slot it may occupy (R1, R2, X10, X17).
use std::collections::BTreeMap;

use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::plans::{Plan, plan};
use super::problem;
use super::shown::{
    AppStoreRef, BlockReason, BlockedBy, MoneyShown, PlanShown, PlayRef, PriceChange, Scheduled, Span, StoreRef,
    SubscriptionShown,
};
use super::word::{Environment, NewPrice};
use crate::call::Answer;
use crate::moment::{DAY_MS, nth_after, rfc3339};
use crate::world::World;

/// How long an ended subscription stays listed.
const LISTED_MS: i64 = 30 * DAY_MS;
/// Paid although the slot was taken (X16).
pub(super) const DOUBLE_PAID: &str = "double_paid";
/// A smaller plan took effect and covers fewer cameras than were selected.
pub(super) const CAMERAS_REDUCED: &str = "cameras_reduced";
/// What control's `grace` gives.
const GRACE_MS: i64 = 16 * DAY_MS;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Subscription {
    pub(super) id: String,
    pub(super) account: String,
    pub(super) plan: String,
    /// What the store takes less for this period: `none`, `trial`, `intro`.
    pub(super) offer: String,
    pub(super) price_micros: i64,
    pub(super) currency: String,
    pub(super) channel: String,
    pub(super) environment: Environment,
    /// Which billing of the app it comes from (X9).
    #[serde(default = "current")]
    pub(super) origin: String,
    /// As the document says it; control may set one nobody has heard of.
    pub(super) phase: String,
    pub(super) will_renew: bool,
    pub(super) started_ms: i64,
    pub(super) period_start_ms: i64,
    pub(super) period_end_ms: i64,
    /// Periods since `started_ms`; counted only where the cloud itself renews.
    pub(super) periods: i64,
    pub(super) ended_ms: Option<i64>,
    pub(super) grace_until_ms: Option<i64>,
    /// When a pause ends.
    pub(super) resumes_ms: Option<i64>,
    /// Until when recordings outside the free plan are kept where it is cancelled (R93).
    #[serde(default)]
    pub(super) history_until_ms: Option<i64>,
    /// When the store last answered about it.
    pub(super) asked_ms: i64,
    /// The plan it renews as, where that is another.
    pub(super) renews_as: Option<String>,
    /// What it is to cost from the next period on.
    pub(super) new_price: Option<NewPrice>,
    pub(super) cameras: Vec<String>,
    pub(super) cameras_revision: u64,
    /// The revision at which each camera was selected: the least was selected longest.
    pub(super) selected_at: BTreeMap<String, u64>,
    /// What was chosen when another purchase took its place: the store may tell of the old one first.
    #[serde(default)]
    pub(super) chosen_before: Chosen,
    pub(super) flags: Vec<String>,
    /// Original transaction id or purchase token, where a store bills it.
    pub(super) original: Option<String>,
    /// The store account that pays: Apple's appTransactionId.
    pub(super) store_identity: Option<String>,
    /// The period is over and the store could not be asked.
    pub(super) ask_again: bool,
}

fn current() -> String {
    "current".to_owned()
}

/// What control gives an account; nobody paid for it here.
pub(crate) struct Given<'a> {
    pub(crate) plan: &'a str,
    pub(crate) channel: &'a str,
    pub(crate) cameras: Vec<String>,
    pub(crate) origin: Option<&'a str>,
    pub(crate) offer: Option<&'a str>,
    pub(crate) renews: Option<bool>,
    pub(crate) history_until_ms: Option<i64>,
}

/// Cameras, and since which revision each.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Chosen {
    cameras: Vec<String>,
    at: BTreeMap<String, u64>,
}

impl Subscription {
    /// Access is had in active and grace.
    pub(super) fn has_access(&self) -> bool {
        matches!(self.phase.as_str(), "active" | "grace")
    }

    pub(super) fn is_over(&self) -> bool {
        matches!(self.phase.as_str(), "expired" | "revoked" | "refunded" | "superseded")
    }

    /// Whether it takes the account's one in-app slot: whatever was bought in the app and is not over, a phase nobody knows included.
    pub(super) fn occupies_slot(&self) -> bool {
        matches!(self.channel.as_str(), "app_store" | "play") && !self.is_over()
    }

    pub(super) fn next_due(&self) -> Option<i64> {
        match self.ended_ms {
            Some(ended) => Some(ended + LISTED_MS),
            None if self.ask_again => None,
            // A store is asked once at each of these moments; what comes between, it tells.
            None if self.original.is_some() => [Some(self.period_end_ms), self.grace_until_ms, self.resumes_ms]
                .into_iter()
                .flatten()
                .filter(|due| *due > self.asked_ms)
                .min(),
            None => Some(self.period_end_ms),
        }
    }

    pub(super) fn listing_is_over(&self, now: i64) -> bool {
        self.ended_ms.is_some_and(|ended| ended + LISTED_MS <= now)
    }

    /// Ends it: it covers nothing any more and stays listed for a while.
    pub(super) fn end(&mut self, phase: &str, at_ms: i64) {
        self.phase = phase.to_owned();
        self.will_renew = false;
        self.renews_as = None;
        self.new_price = None;
        self.grace_until_ms = None;
        self.resumes_ms = None;
        self.ask_again = false;
        self.ended_ms.get_or_insert(at_ms);
        if phase == "superseded" {
            self.chosen_before = Chosen {
                cameras: self.cameras.clone(),
                at: self.selected_at.clone(),
            };
        }
        self.name_cameras(Vec::new());
    }

    /// It goes on after all, in the purchase that took its place, with the cameras that had been chosen.
    pub(super) fn goes_on(&mut self) {
        if self.ended_ms.take().is_some() {
            let Chosen { cameras, at } = std::mem::take(&mut self.chosen_before);
            self.selected_at = at;
            self.name_cameras(cameras);
        }
    }

    /// Replaces the selection; the revision counts changes.
    pub(super) fn name_cameras(&mut self, cameras: Vec<String>) {
        if self.cameras != cameras {
            self.cameras = cameras;
            self.cameras_revision += 1;
            let (cameras, revision) = (&self.cameras, self.cameras_revision);
            self.selected_at.retain(|id, _| cameras.contains(id));
            for id in cameras {
                self.selected_at.entry(id.clone()).or_insert(revision);
            }
        }
    }

    /// A smaller plan took effect: it keeps the cameras selected longest, in the order they were named, and says so until
    /// somebody chooses.
    pub(super) fn keep_cameras(&mut self, capacity: usize) {
        if self.cameras.len() <= capacity {
            return;
        }
        let mut longest: Vec<&String> = self.cameras.iter().collect();
        longest.sort_by_key(|id| self.selected_at.get(*id));
        longest.truncate(capacity);
        let kept = self.cameras.iter().filter(|id| longest.contains(id)).cloned().collect();
        self.name_cameras(kept);
        self.flag(CAMERAS_REDUCED);
    }

    pub(super) fn flag(&mut self, flag: &str) {
        if !self.flags.iter().any(|known| known == flag) {
            self.flags.push(flag.to_owned());
        }
    }

    pub(super) fn unflag(&mut self, flag: &str) {
        self.flags.retain(|known| known != flag);
    }

    pub(super) fn terms(&self) -> Option<&'static Plan> {
        plan(&self.plan)
    }

    pub(super) fn capacity(&self) -> usize {
        self.terms().map_or(0, |plan| plan.capacity)
    }
}

/// A payment is double while another plan bought in the app is paid as well, in the same ledger of the store.
pub(super) fn settle(world: &mut World) {
    let paid: Vec<(String, String, Environment)> = world
        .cloud
        .subscriptions
        .iter()
        .filter(|known| known.occupies_slot())
        .map(|known| (known.id.clone(), known.account.clone(), known.environment))
        .collect();
    for known in &mut world.cloud.subscriptions {
        let another = |(id, account, environment): &(String, String, Environment)| {
            *id != known.id && *account == known.account && *environment == known.environment
        };
        if !known.occupies_slot() || !paid.iter().any(another) {
            known.unflag(DOUBLE_PAID);
        }
    }
}

/// The subscription that takes the account's in-app slot, if one does.
pub(super) fn slot_taken_by<'a>(world: &'a World, account: &str) -> Option<&'a Subscription> {
    world
        .cloud
        .subscriptions
        .iter()
        .find(|known| known.account == account && known.occupies_slot())
}

pub(super) fn blocked_by(taken: &Subscription) -> BlockedBy {
    let reason = match taken.phase.as_str() {
        "active" => BlockReason::Active,
        "grace" => BlockReason::Grace,
        "hold" => BlockReason::Hold,
        "retry" => BlockReason::Retry,
        "paused" => BlockReason::Paused,
        "pending" => BlockReason::Pending,
        _ => BlockReason::Unknown,
    };
    BlockedBy {
        subscription: Some(taken.id.clone()),
        channel: taken.channel.clone(),
        reason,
    }
}

pub(super) fn find<'a>(world: &'a mut World, id: &str) -> Option<&'a mut Subscription> {
    world.cloud.subscriptions.iter_mut().find(|known| known.id == id)
}

/// The subscription as the account document and the camera answer show it.
pub(crate) fn shown(world: &World, id: &str) -> Option<SubscriptionShown> {
    let known = world.cloud.subscriptions.iter().find(|known| known.id == id);
    known.map(document)
}

pub(super) fn document(known: &Subscription) -> SubscriptionShown {
    let renews_at = (known.will_renew && !known.is_over()).then(|| rfc3339(known.period_end_ms));
    let ends_at = renews_at
        .is_none()
        .then(|| rfc3339(known.ended_ms.unwrap_or(known.period_end_ms)));
    let title = known.terms().map_or("", |plan| plan.title);
    let cycle = known.terms().map_or("P1M", |plan| plan.cycle);
    let environment = known.environment.name();
    let store_ref = |original: &String| match known.channel.as_str() {
        "play" => StoreRef::Play(PlayRef {
            environment,
            purchase_token: original.clone(),
        }),
        _ => StoreRef::AppStore(AppStoreRef {
            environment,
            original_transaction_id: original.clone(),
        }),
    };
    let actions: &[&str] = match known.channel.as_str() {
        _ if known.is_over() => &[],
        "app_store" | "play" => &["manage_in_store"],
        "web" => &["manage_on_portal"],
        _ => &[],
    };
    SubscriptionShown {
        id: known.id.clone(),
        service: known.terms().map_or("tapo_care", |plan| plan.service),
        plan: PlanShown {
            id: known.plan.clone(),
            title: title.to_owned(),
            capacity: known.capacity(),
            cycle,
            price_micros: known.price_micros,
            currency: known.currency.clone(),
        },
        channel: known.channel.clone(),
        origin: known.origin.clone(),
        environment,
        phase: known.phase.clone(),
        offer: known.offer.clone(),
        will_renew: known.will_renew,
        started_at: rfc3339(known.started_ms),
        period: Span {
            start: rfc3339(known.period_start_ms),
            end: rfc3339(known.period_end_ms),
        },
        cancel_by: renews_at.clone(),
        renews_at,
        ends_at,
        grace_until: known.grace_until_ms.map(rfc3339),
        resumes_at: known.resumes_ms.map(rfc3339),
        scheduled: known.renews_as.as_deref().and_then(plan).map(|next| Scheduled {
            plan: next.id,
            title: next.title,
            capacity: next.capacity,
            at: rfc3339(known.period_end_ms),
        }),
        price_change: known.new_price.as_ref().map(|new| PriceChange {
            from: MoneyShown::of(known.price_micros, &known.currency),
            to: MoneyShown::of(new.micros, &known.currency),
            at: rfc3339(known.period_end_ms),
            consent: new.consent,
        }),
        covers: known.terms().map_or("cameras", |plan| plan.covers),
        cameras: known.cameras.clone(),
        cameras_revision: known.cameras_revision,
        history_retained_until: known.history_until_ms.map(rfc3339),
        flags: known.flags.clone(),
        store_refs: known.original.iter().map(store_ref).collect(),
        actions,
    }
}

/// Control's plan that was not bought in the app (X17).
pub(crate) fn add_outside(world: &mut World, account: &str, given: Given<'_>) -> Result<String, Answer> {
    let (channel, cameras) = (given.channel, given.cameras);
    let plan =
        plan(given.plan).ok_or_else(|| problem(StatusCode::NOT_FOUND, "unknown_plan", "There is no such plan"))?;
    let owned = |id: &String| {
        world
            .cloud
            .cameras
            .iter()
            .any(|camera| camera.account == account && camera.id == *id)
    };
    if !cameras.iter().all(owned) {
        return Err(problem(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unknown_camera",
            "A camera is not the account's",
        ));
    }
    if cameras.len() > plan.capacity {
        return Err(problem(
            StatusCode::UNPROCESSABLE_ENTITY,
            "over_capacity",
            "More cameras than the plan covers",
        ));
    }
    let now = world.now();
    let id = world.randomness.id("sub");
    let mut made = Subscription {
        id: id.clone(),
        account: account.to_owned(),
        plan: plan.id.to_owned(),
        offer: given.offer.unwrap_or("none").to_owned(),
        origin: given.origin.unwrap_or("current").to_owned(),
        price_micros: plan.portal_price_micros,
        currency: "USD".to_owned(),
        channel: channel.to_owned(),
        environment: Environment::Production,
        phase: "active".to_owned(),
        will_renew: given.renews.unwrap_or(channel != "code"),
        started_ms: now,
        period_start_ms: now,
        period_end_ms: nth_after(now, plan.cycle, 1).unwrap_or(now),
        periods: 1,
        ended_ms: None,
        grace_until_ms: None,
        resumes_ms: None,
        history_until_ms: given.history_until_ms,
        asked_ms: now,
        renews_as: None,
        new_price: None,
        cameras: Vec::new(),
        cameras_revision: 0,
        selected_at: BTreeMap::new(),
        chosen_before: Chosen::default(),
        flags: Vec::new(),
        original: None,
        store_identity: None,
        ask_again: false,
    };
    made.name_cameras(cameras);
    world.cloud.subscriptions.push(made);
    world.note(format!("cloud: {account} has {} by {channel} as {id}", plan.id));
    Ok(id)
}

/// Control's word on what the cloud believes; the store corrects it when it is next asked. False for an unknown subscription.
pub(crate) fn set_phase(world: &mut World, id: &str, phase: &str) -> bool {
    let now = world.now();
    let Some(known) = find(world, id) else { return false };
    known.grace_until_ms = (phase == "grace").then_some(now + GRACE_MS);
    known.phase = phase.to_owned();
    if known.is_over() {
        known.end(phase, now);
    } else {
        known.ended_ms = None;
    }
    world.note(format!("control: {id} is {phase}"));
    true
}
