//! What happens to a purchase by itself or from outside: it renews, it ends, it is given back, a slow payment is made or not.
use super::purchase::{Purchase, State};
use super::sheet::{charge_period, pay};
use crate::world::World;

/// Renews, ends or gives back what is due. The tokens that Play tells the cloud about: it does not tell of renewals here,
/// the cloud asks at the end of each period.
pub(crate) fn fire(world: &mut World) -> Vec<String> {
    let now = world.now();
    let due: Vec<Purchase> = world
        .play
        .purchases
        .values()
        .filter(|known| known.next_due().is_some_and(|due| due <= now))
        .cloned()
        .collect();
    let mut told = Vec::new();
    for known in due {
        if known.refund_due().is_some_and(|due| due <= now) {
            world.note(format!(
                "play: nobody acknowledged {}",
                known.order.as_deref().unwrap_or("")
            ));
            revoke(world, &known.token);
            told.push(known.token);
            continue;
        }
        if known.auto_renew && charge_period(world, &known.token) {
            continue;
        }
        if let Some(ended) = world.play.purchases.get_mut(&known.token) {
            ended.state = State::Expired;
            ended.auto_renew = false;
            world.note(format!("play: {} expired", known.order.as_deref().unwrap_or("")));
        }
    }
    told
}

/// A slow payment is made. False where Play awaits none.
pub(crate) fn complete(world: &mut World, token: &str) -> bool {
    pay(world, token)
}

/// A slow payment is not made. False where Play awaits none.
pub(crate) fn decline(world: &mut World, token: &str) -> bool {
    change(
        world,
        token,
        |known| known.state == State::Pending,
        |known| {
            known.state = State::PendingCanceled;
            known.auto_renew = false;
        },
    )
}

/// The person switches renewal off; the paid period stays. False where Play knows no such running purchase.
pub(crate) fn cancel(world: &mut World, token: &str) -> bool {
    change(world, token, Purchase::is_running, |known| known.auto_renew = false)
}

/// Gives the money back and ends it at once. False where Play knows no such running purchase.
pub(crate) fn revoke(world: &mut World, token: &str) -> bool {
    change(world, token, Purchase::is_running, |known| {
        known.state = State::Revoked;
        known.auto_renew = false;
    })
}

/// Signs the purchase with a raw state of its own from now on. False where Play knows no such purchase.
pub(crate) fn sign_as(world: &mut World, token: &str, raw: Option<i64>) -> bool {
    change(world, token, |_| true, |known| known.signed_as = raw)
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
