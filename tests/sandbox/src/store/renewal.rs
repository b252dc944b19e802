//! What happens to a subscription by itself or from outside: it renews, it ends, it is switched off, it is refunded.
use super::products::product;
use super::sheet::new_transaction;
use super::subscription::{Line, Status, Transaction};
use crate::moment::nth_after;
use crate::world::World;

/// Renews or ends every subscription whose period is over.
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
        if let Some(renewed) = line.auto_renew.then(|| renew(world, &line)).flatten() {
            world.store.lines.insert(renewed.original.clone(), renewed);
        } else if let Some(line) = world.store.lines.get_mut(&line.original) {
            line.status = Status::Expired;
            line.auto_renew = false;
            let original = line.original.clone();
            world.note(format!("store: {original} expired"));
        }
    }
}

/// The line after its renewal; none where its product cannot be charged for any more.
fn renew(world: &mut World, line: &Line) -> Option<Line> {
    let last = world.store.transactions.get(&line.latest)?.clone();
    let product = product(&line.renews_as)?;
    let price_micros = product.price_micros(&last.currency)?;
    // A change of plan starts counting anew; the same plan goes on counting from its anchor, so that the 31st comes back.
    let (anchor_ms, periods) = if line.renews_as == line.product {
        (line.anchor_ms, line.periods + 1)
    } else {
        (line.expires_ms, 1)
    };
    let expires_ms = nth_after(anchor_ms, product.period, periods)?;
    let id = new_transaction(
        world,
        Transaction {
            id: String::new(),
            product: product.id.to_owned(),
            purchased_ms: line.expires_ms,
            expires_ms,
            renewal: true,
            upgraded: false,
            revoked_ms: None,
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
        expires_ms,
        anchor_ms,
        periods,
        ..line.clone()
    })
}

/// The person switches renewal off in the store; the paid period stays. False where the store knows no such subscription.
pub(crate) fn cancel(world: &mut World, original: &str) -> bool {
    let Some(line) = world.store.lines.get_mut(original) else {
        return false;
    };
    line.auto_renew = false;
    world.note(format!("store: {original} will not renew"));
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
    if let Some(transaction) = world.store.transactions.get_mut(&line.latest) {
        transaction.revoked_ms.get_or_insert(now);
    }
    world.note(format!("store: {original} refunded"));
    true
}
