//! What happens to a subscription by itself or from outside: it renews, it is not paid and recovers, it ends, it is switched off,
//! it is refunded. The store tells the cloud of each.
use super::notification::tell;
use super::products::product;
use super::sheet::new_transaction;
use super::subscription::{Line, NewPrice, Status, Transaction};
use crate::moment::{DAY_MS, nth_after};
use crate::world::World;

/// How long access goes on after a renewal was not paid, and how long the store asks for the money at all.
const GRACE_MS: i64 = 16 * DAY_MS;
const RETRY_MS: i64 = 60 * DAY_MS;

/// How long Apple takes over a request for money back.
const REFUND_DECIDED_MS: i64 = DAY_MS;

/// The customer asks for the money of a subscription back, by any of its transactions; Apple says yes a day later. False where
/// the store knows no such transaction, or nothing runs any more.
pub(super) fn ask_for_refund(world: &mut World, transaction: &str) -> bool {
    let original = super::original_of(world, transaction);
    let decided_ms = world.now() + REFUND_DECIDED_MS;
    let Some(line) = world.store.lines.get_mut(&original).filter(|line| line.is_alive()) else {
        return false;
    };
    line.refund_decided_ms.get_or_insert(decided_ms);
    world.note(format!("store: the money of {original} is asked back"));
    true
}

/// The store is to take another price from the next renewal on, and asks for a yes where it has to. False where nothing renews.
pub(crate) fn raise_price(world: &mut World, original: &str, micros: i64, asks: bool) -> bool {
    let running = world.store.lines.get_mut(original);
    let Some(line) = running.filter(|line| line.status == Status::Active && line.auto_renew) else {
        return false;
    };
    line.new_price = Some(NewPrice { micros, agreed: !asks });
    world.note(format!("store: {original} is to cost {micros}"));
    let subtype = if asks { "PENDING" } else { "ACCEPTED" };
    tell(world, original, "PRICE_INCREASE", Some(subtype), 0);
    true
}

/// The customer agrees to the new price, or declines it: then it ends when the paid period is over. False where nobody asked.
pub(crate) fn answer_price(world: &mut World, original: &str, agrees: bool) -> bool {
    let asked = world.store.lines.get_mut(original);
    let Some(line) = asked.filter(|line| line.new_price.is_some()) else {
        return false;
    };
    let told = if agrees {
        line.new_price = line.new_price.map(|new| NewPrice { agreed: true, ..new });
        ("PRICE_INCREASE", "ACCEPTED")
    } else {
        line.auto_renew = false;
        ("DID_CHANGE_RENEWAL_STATUS", "AUTO_RENEW_DISABLED")
    };
    world.note(format!("store: the new price of {original} is agreed to: {agrees}"));
    tell(world, original, told.0, Some(told.1), 0);
    true
}

/// Renews every subscription whose period is over, or ends it, or goes on asking for its money.
pub(crate) fn fire(world: &mut World) {
    let now = world.now();
    let due: Vec<Line> = world
        .store
        .lines
        .values()
        .filter(|line| line.next_due().is_some_and(|due| due <= now))
        .cloned()
        .collect();
    for line in due {
        let original = line.original.clone();
        if line.refund_decided_ms.is_some_and(|decided| decided <= now) {
            revoke(world, &original);
            continue;
        }
        match line.status {
            Status::Active if line.auto_renew && line.new_price.is_some_and(|new| !new.agreed) => {
                expire(world, &original, "PRICE_INCREASE");
            }
            Status::Active if line.auto_renew && !line.pays => {
                wait(world, &original, Status::Grace, line.expires_ms + GRACE_MS);
                tell(world, &original, "DID_FAIL_TO_RENEW", Some("GRACE_PERIOD"), 0);
            }
            Status::Active if line.auto_renew => {
                if renewed(world, &line) {
                    tell(world, &original, "DID_RENEW", None, 0);
                } else {
                    expire(world, &original, "PRODUCT_NOT_FOR_SALE");
                }
            }
            Status::Active => expire(world, &original, "VOLUNTARY"),
            Status::Grace => {
                wait(world, &original, Status::Retry, line.expires_ms + RETRY_MS);
                tell(world, &original, "GRACE_PERIOD_EXPIRED", None, 0);
            }
            _ => expire(world, &original, "BILLING_RETRY"),
        }
    }
    let asked_since = now - DAY_MS;
    world.store.asks.retain(|ask| ask.at_ms > asked_since);
}

fn wait(world: &mut World, original: &str, status: Status, until_ms: i64) {
    if let Some(line) = world.store.lines.get_mut(original) {
        line.status = status;
        line.until_ms = Some(until_ms);
    }
    world.note(format!("store: {original} is not paid: {status:?}"));
}

fn expire(world: &mut World, original: &str, why: &str) {
    if let Some(line) = world.store.lines.get_mut(original) {
        line.status = Status::Expired;
        line.refund_decided_ms = None;
        line.auto_renew = false;
        line.until_ms = None;
    }
    world.note(format!("store: {original} expired"));
    tell(world, original, "EXPIRED", Some(why), 0);
}

fn renewed(world: &mut World, line: &Line) -> bool {
    let renewed = renew(world, line, line.expires_ms);
    let done = renewed.is_some();
    if let Some(renewed) = renewed {
        world.store.lines.insert(renewed.original.clone(), renewed);
    }
    done
}

/// The line after its renewal at that moment; none where its product cannot be charged for any more.
fn renew(world: &mut World, line: &Line, from_ms: i64) -> Option<Line> {
    let last = world.store.transactions.get(&line.latest)?.clone();
    let product = product(&line.renews_as)?;
    let own_price = (line.renews_as == line.product)
        .then(|| line.new_price.map(|new| new.micros).or(line.price_micros))
        .flatten();
    let price_micros = own_price.or_else(|| product.price_micros(&last.currency))?;
    // A change of plan starts counting anew, and so does a payment made late; else it goes on counting from its anchor, so that
    // the 31st comes back.
    let (anchor_ms, periods) = if line.renews_as == line.product && from_ms == line.expires_ms {
        (line.anchor_ms, line.periods + 1)
    } else {
        (from_ms, 1)
    };
    let expires_ms = nth_after(anchor_ms, product.period, periods)?;
    let id = new_transaction(
        world,
        Transaction {
            id: String::new(),
            product: product.id.to_owned(),
            purchased_ms: from_ms,
            expires_ms,
            renewal: true,
            upgraded: false,
            revoked_ms: None,
            given_back_micros: 0,
            offer: None,
            trial: false,
            finished: false,
            price_micros,
            ..last
        },
    );
    let product = product.id.to_owned();
    Some(Line {
        latest: id,
        renews_as: product.clone(),
        product,
        status: Status::Active,
        until_ms: None,
        expires_ms,
        anchor_ms,
        periods,
        price_micros: own_price,
        new_price: None,
        ..line.clone()
    })
}

/// The person switches renewal off in the store, or on again; the paid period stays. False where the store knows no such
/// subscription.
pub(crate) fn renewing(world: &mut World, original: &str, on: bool) -> bool {
    let Some(line) = world.store.lines.get_mut(original) else {
        return false;
    };
    line.auto_renew = on && line.status == Status::Active;
    let ends_now = !on && matches!(line.status, Status::Grace | Status::Retry);
    let word = if on { "will renew" } else { "will not renew" };
    world.note(format!("store: {original} {word}"));
    let subtype = if on {
        "AUTO_RENEW_ENABLED"
    } else {
        "AUTO_RENEW_DISABLED"
    };
    if ends_now {
        expire(world, original, "VOLUNTARY");
    } else {
        tell(world, original, "DID_CHANGE_RENEWAL_STATUS", Some(subtype), 0);
    }
    true
}

/// From now on its payments go through, or do not: the next renewal then leads into grace and on to billing retry, and a payment
/// that goes through again leads out of both at once. False where the store knows no such subscription.
pub(crate) fn payments(world: &mut World, original: &str, go_through: bool) -> bool {
    let now = world.now();
    let Some(line) = world.store.lines.get_mut(original).filter(|line| line.is_alive()) else {
        return false;
    };
    line.pays = go_through;
    let line = line.clone();
    if go_through && line.status != Status::Active {
        // In grace the period goes on as if it had been paid in time.
        let from_ms = if line.status == Status::Grace {
            line.expires_ms
        } else {
            now
        };
        if let Some(renewed) = renew(world, &line, from_ms) {
            world.store.lines.insert(renewed.original.clone(), renewed);
            tell(world, original, "DID_RENEW", Some("BILLING_RECOVERY"), 0);
        }
    }
    true
}

/// Refunds the newest period of a subscription. False where the store knows no such subscription.
pub(crate) fn revoke(world: &mut World, original: &str) -> bool {
    let now = world.now();
    let Some(line) = world.store.lines.get_mut(original) else {
        return false;
    };
    line.status = Status::Revoked;
    line.auto_renew = false;
    line.until_ms = None;
    line.refund_decided_ms = None;
    if let Some(transaction) = world.store.transactions.get_mut(&line.latest) {
        transaction.revoked_ms.get_or_insert(now);
        transaction.given_back_micros = transaction.price_micros;
    }
    world.note(format!("store: {original} refunded"));
    tell(world, original, "REFUND", None, 0);
    true
}
