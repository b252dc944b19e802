//! Grants: one per paid period, to the account the store's word names; and what the store says of a subscription later on.
use std::collections::BTreeMap;

use super::people::{account_of_tag, is_tester};
use super::plans::plan;
use super::subscription::{Chosen, DOUBLE_PAID, Subscription, find, slot_taken_by};
use super::word::{self, Environment, FinishDue, NoAnswer, Period, Shop, Standing};
use super::{Declined, Grant};
use crate::moment::nth_after;
use crate::world::World;

/// Gives the account what it paid for, once; the subscription, and whether this call did it. The slot is not asked: money
/// taken is never left without cover (X16).
pub(super) fn grant(world: &mut World, period: &Period, account: &str) -> (String, bool) {
    if let Some(before) = world
        .cloud
        .grants
        .iter()
        .find(|grant| grant.transaction == period.transaction && grant.environment == period.environment)
    {
        return (before.subscription.clone(), false);
    }
    let original = &period.original;
    let id = match running_as(world, period, account) {
        Some(id) => id,
        None => begin(world, period, account),
    };
    take_period(world, &id, period);
    world.cloud.reservations.retain(|_, held| held.account != account);
    if let Ok(standing) = word::standing(world, period.shop, original) {
        believe(world, &id, &standing);
    }
    (id, true)
}

/// The account's subscription that the period goes on in: the same at its store, or the one whose place it took there. A change
/// of plan keeps its subscription, under another purchase token at Play.
fn running_as(world: &mut World, period: &Period, account: &str) -> Option<String> {
    let mut all = world.cloud.subscriptions.iter_mut();
    let same = all.find(|known| {
        let is = |original: &Option<String>| original.is_some() && known.original == *original;
        let runs = is(&Some(period.original.clone())) && !known.is_over();
        // Of the one whose place it took the store may have told before.
        let replaced = is(&period.replaces) && (!known.is_over() || known.phase == "superseded");
        (runs || replaced) && known.environment == period.environment && known.account == account
    })?;
    same.goes_on();
    same.original = Some(period.original.clone());
    Some(same.id.clone())
}

/// Whether the cloud grants it to that account: what was paid for always, a test purchase to whom it was told to (X15). What it
/// declines it enters, once.
pub(super) fn may_have(world: &mut World, period: &Period, account: Option<&str>) -> bool {
    if period.environment == Environment::Production || account.is_some_and(|account| is_tester(world, account)) {
        return true;
    }
    let transaction = period.transaction.clone();
    if !world
        .cloud
        .declined
        .iter()
        .any(|known| known.transaction == transaction)
    {
        world.note(format!("cloud: {transaction} is a test purchase"));
        let at_ms = world.now();
        let account = account.map(str::to_owned);
        world.cloud.declined.push(Declined {
            shop: period.shop,
            transaction,
            account,
            at_ms,
        });
    }
    false
}

pub(super) fn was_granted(world: &World, transaction: &str) -> bool {
    world.cloud.grants.iter().any(|grant| grant.transaction == transaction)
}

fn begin(world: &mut World, period: &Period, account: &str) -> String {
    let now = world.now();
    let original = &period.original;
    for other in world
        .cloud
        .subscriptions
        .iter_mut()
        .filter(|known| known.original.is_some())
        .filter(|known| known.original.as_ref() == Some(original) || known.original == period.replaces)
        .filter(|known| known.environment == period.environment)
    {
        // The same Apple ID bought for another account: ownership follows the newest paid transaction. A linked purchase
        // token has given its place to this one.
        if !other.is_over() {
            other.end("superseded", now);
        }
    }
    let flags = slot_taken_by(world, account)
        .filter(|taken| taken.environment == period.environment)
        .map(|_| DOUBLE_PAID.to_owned())
        .into_iter()
        .collect();
    let id = world.randomness.id("sub");
    world.cloud.subscriptions.push(Subscription {
        id: id.clone(),
        account: account.to_owned(),
        plan: String::new(),
        offer: "none".to_owned(),
        price_micros: 0,
        currency: String::new(),
        channel: period.shop.name().to_owned(),
        origin: "current".to_owned(),
        environment: period.environment,
        phase: "active".to_owned(),
        will_renew: true,
        started_ms: period.from_ms,
        period_start_ms: period.from_ms,
        period_end_ms: period.until_ms,
        periods: 1,
        ended_ms: None,
        grace_until_ms: None,
        resumes_ms: None,
        history_until_ms: None,
        asked_ms: now,
        renews_as: None,
        new_price: None,
        cameras: Vec::new(),
        cameras_revision: 0,
        selected_at: BTreeMap::new(),
        chosen_before: Chosen::default(),
        flags,
        original: Some(original.clone()),
        store_identity: period.identity.clone(),
        ask_again: false,
    });
    id
}

/// Enters a paid period and has the store finish its transaction.
fn take_period(world: &mut World, id: &str, period: &Period) {
    let at_ms = world.now();
    let Some(known) = find(world, id) else { return };
    if period.from_ms >= known.period_start_ms {
        known.phase = "active".to_owned();
        known.grace_until_ms = None;
        known.resumes_ms = None;
        known.ask_again = false;
        known.period_start_ms = period.from_ms;
        known.period_end_ms = period.until_ms;
        known.price_micros = period.price_micros;
        known.currency.clone_from(&period.currency);
        known.store_identity.clone_from(&period.identity);
        known.offer = period.offer.to_owned();
        if let Some(plan) = period.plan.and_then(plan) {
            known.plan = plan.id.to_owned();
            known.keep_cameras(plan.capacity);
        }
    }
    let account = known.account.clone();
    let had_trial = period.offer == "trial";
    if let Some(known) = world.cloud.accounts.get_mut(&account).filter(|_| had_trial) {
        known.had_store_trial = true;
    }
    let transaction = period.transaction.clone();
    world.note(format!("cloud: {transaction} granted to {account} as {id}"));
    world.cloud.grants.push(Grant {
        subscription: id.to_owned(),
        transaction,
        account,
        at_ms,
        shop: period.shop,
        environment: period.environment,
    });
    if let Some(due) = period.finish.clone() {
        finish(world, due);
    }
}

fn finish(world: &mut World, due: FinishDue) {
    if word::finish(world, &due).is_err() {
        world.cloud.finish_due.insert(due);
    }
}

/// Takes the store's word on a whole subscription.
fn believe(world: &mut World, id: &str, standing: &Standing) {
    let now = world.now();
    let latest = &standing.latest;
    let moved = latest.tag.as_deref().and_then(|tag| account_of_tag(world, tag));
    let Some(known) = find(world, id) else { return };
    known.ask_again = false;
    if moved.is_some_and(|account| account != known.account) {
        known.end("superseded", now);
        return;
    }
    if standing.is_paid() && !was_granted(world, &latest.transaction) {
        take_period(world, id, latest);
    }
    let Some(known) = find(world, id) else { return };
    // What went unpaid is over only when the store stops asking for the money.
    let unpaid = matches!(known.phase.as_str(), "grace" | "retry" | "paused");
    let ended_at = if unpaid { now } else { known.period_end_ms.min(now) };
    match standing.phase {
        "expired" => known.end("expired", ended_at),
        over @ ("refunded" | "revoked" | "superseded") => known.end(over, now),
        other => known.phase = other.to_owned(),
    }
    known.asked_ms = now;
    known.grace_until_ms = standing.grace_until_ms.filter(|_| known.phase == "grace");
    known.resumes_ms = standing.resumes_ms.filter(|_| known.phase == "paused");
    if !known.is_over() {
        known.will_renew = standing.will_renew;
        known.renews_as = standing
            .renews_as
            .filter(|next| known.will_renew && *next != known.plan)
            .map(str::to_owned);
        known.new_price = standing.new_price.clone().filter(|_| known.will_renew);
    }
    let line = format!("cloud: {id} is {}", known.phase);
    world.note(line);
}

/// Asks the store about one subscription; where it does not answer, again later.
pub(super) fn refresh(world: &mut World, id: &str) -> Result<(), NoAnswer> {
    let billed = find(world, id).and_then(|known| Some((Shop::of_channel(&known.channel)?, known.original.clone()?)));
    let Some((shop, original)) = billed else { return Ok(()) };
    let standing = word::standing(world, shop, &original);
    match standing {
        Ok(standing) => {
            believe(world, id, &standing);
            if running(world, &original).is_empty() {
                // It may have gone to another account, whose phone need not be there to say so.
                give_to_its_owner(world, &standing);
            }
            Ok(())
        }
        Err(why) => {
            if let Some(known) = find(world, id) {
                known.ask_again = true;
            }
            Err(why)
        }
    }
}

/// Asks the store about every running subscription of an original transaction.
pub(super) fn refresh_original(world: &mut World, original: &str) -> Result<(), NoAnswer> {
    let mut done = Ok(());
    for id in running(world, original) {
        done = done.and(refresh(world, &id));
    }
    done
}

fn running(world: &World, original: &str) -> Vec<String> {
    let running = world.cloud.subscriptions.iter();
    let running = running.filter(|known| known.original.as_deref() == Some(original) && !known.is_over());
    running.map(|known| known.id.clone()).collect()
}

/// A store says that something happened to this subscription, so the cloud asks. It may be the first the cloud hears of a
/// purchase, and then its tag says whose it is, or who confirmed it before: the phone may be gone.
///
/// # Errors
/// The store did not answer; whoever said so says it again.
pub(super) fn told(world: &mut World, shop: Shop, original: &str) -> Result<(), NoAnswer> {
    let told = if running(world, original).is_empty() {
        word::standing(world, shop, original).map(|standing| give_to_its_owner(world, &standing))
    } else {
        refresh_original(world, original)
    };
    super::settle(world);
    told
}

/// Grants what is paid to whoever it belongs to.
fn give_to_its_owner(world: &mut World, standing: &Standing) {
    let period = &standing.latest;
    if standing.is_paid()
        && period.plan.is_some()
        && let Some(account) = owner(world, period)
        && may_have(world, period, Some(&account))
    {
        grant(world, period, &account);
    }
}

/// Whose a purchase is: its tag's, or where that names nobody, the account's that the cloud knows for it (X11).
fn owner(world: &World, period: &Period) -> Option<String> {
    let named = period.tag.as_deref().and_then(|tag| account_of_tag(world, tag));
    named.or_else(|| known_account(world, period))
}

/// The account the cloud knows for the original transaction: bound by a confirmation, or granted to before.
pub(super) fn known_account(world: &World, period: &Period) -> Option<String> {
    let original = &period.original;
    let bound = world.cloud.bindings.get(original).cloned();
    bound.or_else(|| {
        let mut newest_first = world.cloud.subscriptions.iter().rev();
        newest_first
            .find(|known| {
                known.original.is_some()
                    && (known.original.as_ref() == Some(original) || known.original == period.replaces)
            })
            .map(|known| known.account.clone())
    })
}

/// Periods that are over: the store is asked, the portal's plans renew, codes end; what ended long ago is not listed any more.
pub(super) fn fire(world: &mut World) {
    let now = world.now();
    world.cloud.subscriptions.retain(|known| !known.listing_is_over(now));
    let due: Vec<(String, bool)> = world
        .cloud
        .subscriptions
        .iter()
        .filter(|known| known.ended_ms.is_none() && known.next_due().is_some_and(|due| due <= now))
        .map(|known| (known.id.clone(), known.original.is_some()))
        .collect();
    for (id, billed_by_store) in due {
        let answered = billed_by_store && refresh(world, &id).is_ok();
        let Some(known) = find(world, &id) else { continue };
        if known.ended_ms.is_some() || known.period_end_ms > now {
            continue;
        }
        if billed_by_store {
            // Unanswered, or paid for a period that is over: not due again by itself, or time would stand still here.
            known.ask_again = !answered || known.phase == "active";
        } else {
            next_period(known, now);
            let line = format!("cloud: {id} is {} until its period ends", known.phase);
            world.note(line);
        }
    }
}

fn next_period(known: &mut Subscription, now: i64) {
    let cycle = known.terms().map_or("P1M", |plan| plan.cycle);
    match nth_after(known.started_ms, cycle, known.periods + 1).filter(|end| known.will_renew && *end > now) {
        Some(end) => {
            known.periods += 1;
            known.period_start_ms = known.period_end_ms;
            known.period_end_ms = end;
        }
        None => known.end("expired", now),
    }
}

/// What could not be asked or finished when it was due.
pub(super) fn catch_up(world: &mut World) {
    let unasked = world.cloud.subscriptions.iter().filter(|known| known.ask_again);
    let unasked: Vec<String> = unasked.map(|known| known.id.clone()).collect();
    for id in unasked {
        // One that is not answered asks again by itself.
        let _ = refresh(world, &id);
    }
    for due in std::mem::take(&mut world.cloud.finish_due) {
        finish(world, due);
    }
}
