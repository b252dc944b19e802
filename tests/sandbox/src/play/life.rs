//! What happens to a purchase by itself or from outside: it renews, it is not paid and recovers, it pauses, it ends, it is given
//! back. Each change answers with the notification Play sends of it (contract, section 10).
use super::purchase::{NewPrice, Purchase, State};
use super::sheet::{charge_period, pay};
use crate::moment::{DAY_MS, after};
use crate::world::World;

/// How long access goes on after a renewal was not paid, and how long Play then goes on asking for the money.
const GRACE_MS: i64 = 7 * DAY_MS;
const HOLD_MS: i64 = 30 * DAY_MS;

/// Google's `SubscriptionNotificationType`, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    Recovered = 1,
    Renewed = 2,
    Canceled = 3,
    Purchased = 4,
    OnHold = 5,
    InGracePeriod = 6,
    Restarted = 7,
    Paused = 10,
    PauseScheduleChanged = 11,
    PriceChangeUpdated = 19,
    Revoked = 12,
    Expired = 13,
    PendingPurchaseCanceled = 20,
}

/// Carries out what is due.
pub(crate) fn fire(world: &mut World) {
    let now = world.now();
    let due: Vec<Purchase> = world
        .play
        .purchases
        .values()
        .filter(|known| known.next_due().is_some_and(|due| due <= now))
        .cloned()
        .collect();
    for known in due {
        let token = known.token.clone();
        let news = match known.state {
            State::Running if known.refund_due().is_some_and(|due| due <= now) => {
                world.note(format!(
                    "play: nobody acknowledged {}",
                    known.latest_order().unwrap_or_default()
                ));
                revoke(world, &token)
            }
            State::Running if !known.auto_renew => end(world, &token),
            State::Running if known.new_price.is_some_and(|new| new.asks && !new.agreed) => end(world, &token),
            State::Running if known.pause.is_some() => begin_pause(world, &known),
            State::Running if !known.pays => Some(wait(world, &token, State::Grace, known.expires_ms + GRACE_MS)),
            State::Running => renew(world, &known),
            State::Grace => Some(wait(world, &token, State::OnHold, now + HOLD_MS)),
            State::Paused if known.pays => recover(world, &token),
            State::Paused => Some(wait(world, &token, State::OnHold, now + HOLD_MS)),
            _ => end(world, &token),
        };
        if let Some(news) = news {
            super::tell(world, &token, news);
        }
    }
}

/// The next period, paid; a product that is not sold any more ends.
fn renew(world: &mut World, known: &Purchase) -> Option<News> {
    if charge_period(world, &known.token) {
        return Some(News::Renewed);
    }
    end(world, &known.token)
}

fn end(world: &mut World, token: &str) -> Option<News> {
    change(
        world,
        token,
        |_| true,
        |known| {
            known.state = State::Expired;
            known.auto_renew = false;
            known.until_ms = None;
        },
    )
    .then_some(News::Expired)
}

/// Puts it into grace, on hold or into a pause until then.
fn wait(world: &mut World, token: &str, state: State, until_ms: i64) -> News {
    change(
        world,
        token,
        |_| true,
        |known| {
            known.state = state;
            known.until_ms = Some(until_ms);
        },
    );
    match state {
        State::Grace => News::InGracePeriod,
        State::Paused => News::Paused,
        _ => News::OnHold,
    }
}

fn begin_pause(world: &mut World, known: &Purchase) -> Option<News> {
    let until = after(known.expires_ms, known.pause.as_deref()?)?;
    change(world, &known.token, |_| true, |known| known.pause = None);
    Some(wait(world, &known.token, State::Paused, until))
}

/// The payment that was missing is made: out of grace the months go on as they were, out of a hold or a pause they count from now.
fn recover(world: &mut World, token: &str) -> Option<News> {
    let now = world.now();
    let known = world.play.purchases.get_mut(token)?;
    if known.is_suspended() {
        known.anchor_ms = now;
        known.since_anchor = 0;
    }
    known.state = State::Running;
    known.until_ms = None;
    charge_period(world, token).then_some(News::Recovered)
}

/// Play is to take another price from the next renewal on, and asks for a yes where it has to. None where nothing renews.
pub(crate) fn raise_price(world: &mut World, token: &str, micros: i64, asks: bool) -> Option<News> {
    let may = |known: &Purchase| known.is_running() && known.auto_renew;
    let new = NewPrice {
        micros,
        asks,
        agreed: false,
    };
    change(world, token, may, |known| known.new_price = Some(new)).then_some(News::PriceChangeUpdated)
}

/// The person agrees to the new price, or declines it: then it ends when the paid period is over. None where nobody asked.
pub(crate) fn answer_price(world: &mut World, token: &str, agrees: bool) -> Option<News> {
    if !agrees {
        world.play.purchases.get(token)?.new_price?;
        return cancel(world, token);
    }
    let may = |known: &Purchase| known.new_price.is_some();
    change(world, token, may, |known| {
        known.new_price = known.new_price.map(|new| NewPrice { agreed: true, ..new });
    })
    .then_some(News::PriceChangeUpdated)
}

/// A slow payment is made. None where Play awaits none.
pub(crate) fn complete(world: &mut World, token: &str) -> Option<News> {
    pay(world, token).then_some(News::Purchased)
}

/// A slow payment is not made. None where Play awaits none.
pub(crate) fn decline(world: &mut World, token: &str) -> Option<News> {
    change(
        world,
        token,
        |known| known.state == State::Pending,
        |known| {
            known.state = State::PendingCanceled;
            known.auto_renew = false;
        },
    )
    .then_some(News::PendingPurchaseCanceled)
}

/// The person switches renewal off; the paid period stays, and what is on hold or paused ends. None where Play knows no such
/// purchase.
pub(crate) fn cancel(world: &mut World, token: &str) -> Option<News> {
    let told = change(world, token, Purchase::is_alive, |known| {
        known.auto_renew = false;
        known.pause = None;
        if known.state != State::Running {
            known.state = State::Expired;
            known.until_ms = None;
        }
    });
    told.then_some(News::Canceled)
}

/// The person switches renewal on again before the paid period is over. None where Play knows no such purchase.
pub(crate) fn restart(world: &mut World, token: &str) -> Option<News> {
    let may = |known: &Purchase| known.is_running() && !known.auto_renew;
    change(world, token, may, |known| known.auto_renew = true).then_some(News::Restarted)
}

/// Gives the money back and ends it at once. None where Play knows no such purchase.
pub(crate) fn revoke(world: &mut World, token: &str) -> Option<News> {
    change(world, token, Purchase::is_alive, |known| {
        known.state = State::Revoked;
        known.auto_renew = false;
        known.until_ms = None;
    })
    .then_some(News::Revoked)
}

/// From now on its payments go through, or do not: the next renewal then leads into grace and on to a hold, and a payment that
/// goes through again leads out of both at once. None where Play knows no such purchase; the inner none is nothing to tell.
pub(crate) fn payments(world: &mut World, token: &str, go_through: bool) -> Option<Option<News>> {
    if !change(world, token, Purchase::is_alive, |known| known.pays = go_through) {
        return None;
    }
    let state = world.play.purchases.get(token)?.state;
    let waits = matches!(state, State::Grace | State::OnHold);
    Some(if go_through && waits {
        recover(world, token)
    } else {
        None
    })
}

/// A pause of that length, beginning when the paid period is over; with none, the pause that is or was to be ends now. None where
/// Play knows no such purchase.
pub(crate) fn pause(world: &mut World, token: &str, length: Option<String>) -> Option<News> {
    if let Some(length) = length {
        let may = |known: &Purchase| known.is_running() && known.auto_renew;
        return change(world, token, may, |known| known.pause = Some(length)).then_some(News::PauseScheduleChanged);
    }
    let known = world.play.purchases.get(token)?;
    match (known.state, &known.pause) {
        (State::Paused, _) => recover(world, token),
        (State::Running, Some(_)) => {
            change(world, token, |_| true, |known| known.pause = None).then_some(News::PauseScheduleChanged)
        }
        _ => None,
    }
}

/// Signs the purchase with a raw state of its own from now on, and where asked without a word on its acknowledgement. False where Play knows no such purchase.
pub(crate) fn sign_as(world: &mut World, token: &str, raw: Option<i64>, silent: bool) -> bool {
    change(
        world,
        token,
        |_| true,
        |known| {
            known.signed_as = raw;
            known.silent = silent;
        },
    )
}

fn change(world: &mut World, token: &str, may: impl Fn(&Purchase) -> bool, act: impl FnOnce(&mut Purchase)) -> bool {
    let Some(known) = world.play.purchases.get_mut(token).filter(|known| may(known)) else {
        return false;
    };
    act(known);
    let line = format!(
        "play: {} is {:?}, renews {}",
        known.product, known.state, known.auto_renew
    );
    world.note(line);
    true
}
