//! The payment sheet and the money at Play.
use super::products::{BasePlan, Product, product};
use super::purchase::{Purchase, State};
use super::{Charge, Play};
use crate::keys::BASE64_URL;
use crate::moment::nth_after;
use crate::store::storefront;
use crate::world::World;
use base64::Engine;

/// What the person in front of the sheet does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[schemars(rename = "PlaySheet")]
#[serde(rename_all = "snake_case")]
pub(super) enum Sheet {
    Pay,
    Cancel,
    Decline,
    /// A slow payment, in cash for instance.
    Pending,
    Fail,
}

/// How the sheet ended; a purchase by its token.
pub(super) enum Outcome {
    Success(String),
    Pending(String),
    Cancelled,
    Failed(&'static str),
}

/// Who buys what.
pub(super) struct Order {
    pub(super) account: String,
    pub(super) product: String,
    /// By name; the product's first where none is named.
    pub(super) base_plan: Option<String>,
    pub(super) offer: Option<String>,
    pub(super) tag: Option<String>,
    pub(super) profile: Option<String>,
    /// The purchase it takes the place of.
    pub(super) replaces: Option<String>,
}

pub(super) fn open_sheet(world: &mut World, order: Order, sheet: Sheet) -> Outcome {
    let currency = storefront(&world.play.country_of(&order.account)).currency;
    let sold = product(&order.product).and_then(|product| {
        let terms = product.base_plan(order.base_plan.as_deref())?;
        Some((product, terms, terms.price_micros(currency)?))
    });
    let Some((bought, terms, price)) = sold else {
        return Outcome::Failed("item_unavailable");
    };
    let mut before = world
        .play
        .purchases
        .values()
        .filter(|known| known.account == order.account && known.product == bought.id);
    let is_new = !before.any(|known| known.order.is_some());
    if order
        .offer
        .as_deref()
        .is_some_and(|name| !is_new || terms.offer(name).is_none())
    {
        return Outcome::Failed("offer_unavailable");
    }
    let mut own = world
        .play
        .purchases
        .values()
        .filter(|known| known.account == order.account);
    if own.any(|known| known.product == bought.id && known.is_listed()) {
        return Outcome::Failed("item_already_owned");
    }
    let replaced = |token: &String| world.play.purchases.get(token).is_some_and(Purchase::is_alive);
    if !order.replaces.as_ref().is_none_or(replaced) {
        return Outcome::Failed("item_not_owned");
    }
    match sheet {
        Sheet::Cancel => Outcome::Cancelled,
        Sheet::Decline => Outcome::Failed("payment_declined"),
        Sheet::Fail => Outcome::Failed("billing_unavailable"),
        Sheet::Pending => Outcome::Pending(begin(world, order, bought, terms, price)),
        Sheet::Pay => {
            let token = begin(world, order, bought, terms, price);
            pay(world, &token);
            Outcome::Success(token)
        }
    }
}

/// A purchase that awaits its payment.
fn begin(
    world: &mut World,
    order: Order,
    bought: &'static Product,
    terms: &'static BasePlan,
    price_micros: i64,
) -> String {
    let drawn = world.randomness.draw("play-purchase");
    let token = format!("{}.AO-J1{}", hex::encode(&drawn[..6]), BASE64_URL.encode(&drawn[6..]));
    let now = world.now();
    let country = world.play.country_of(&order.account);
    world.note(format!("play: {} orders {}", order.account, bought.id));
    let test = world.play.testers.contains(&order.account);
    let made = Purchase {
        token: token.clone(),
        account: order.account,
        product: bought.id.to_owned(),
        base_plan: terms.id.to_owned(),
        offer: order.offer,
        tag: order.tag,
        profile: order.profile,
        order: None,
        bought_ms: now,
        started_ms: now,
        periods: 0,
        expires_ms: now,
        anchor_ms: now,
        since_anchor: 0,
        state: State::Pending,
        auto_renew: true,
        until_ms: None,
        pause: None,
        pays: true,
        test,
        acknowledged: false,
        currency: storefront(&country).currency.to_owned(),
        country,
        price_micros,
        linked: order.replaces,
        signed_as: None,
        silent: false,
    };
    world.play.purchases.insert(token.clone(), made);
    token
}

/// The first payment. False where none is awaited.
pub(super) fn pay(world: &mut World, token: &str) -> bool {
    let now = world.now();
    world.play.orders_made += 1;
    let number = world.play.orders_made;
    let awaited = world
        .play
        .purchases
        .get_mut(token)
        .filter(|known| known.state == State::Pending);
    let Some(known) = awaited else { return false };
    known.state = State::Running;
    known.order = Some(format!("GPA.3300-0000-0000-{number:05}"));
    known.started_ms = now;
    known.anchor_ms = now;
    let linked = known.linked.clone();
    charge_period(world, token);
    if let Some(old) = linked.and_then(|linked| world.play.purchases.get_mut(&linked)) {
        old.state = State::Replaced;
        old.auto_renew = false;
        old.until_ms = None;
        old.expires_ms = now;
    }
    true
}

/// Takes the money for the next period. False where the product is not sold any more.
pub(super) fn charge_period(world: &mut World, token: &str) -> bool {
    let at_ms = world.now();
    let Some(known) = world.play.purchases.get_mut(token) else {
        return false;
    };
    let terms = known.terms();
    let next = terms.and_then(|terms| nth_after(known.anchor_ms, terms.period, known.since_anchor + 1));
    let Some(expires_ms) = next else { return false };
    known.periods += 1;
    known.since_anchor += 1;
    known.expires_ms = expires_ms;
    if known.test {
        let line = format!("play: {} for a tester, who pays nothing", known.product);
        world.note(line);
        return true;
    }
    let charge = Charge {
        order: known.latest_order().unwrap_or_default(),
        token: known.token.clone(),
        account: known.account.clone(),
        product: known.product.clone(),
        amount_micros: known
            .offer_now()
            .map_or(known.price_micros, |offer| offer.price_micros(known.price_micros)),
        currency: known.currency.clone(),
        at_ms,
        until_ms: known.expires_ms,
    };
    world.note(format!(
        "play: {} pays {} {} for {} as {}",
        charge.account, charge.amount_micros, charge.currency, charge.product, charge.order
    ));
    // A free period takes no money.
    if charge.amount_micros > 0 {
        world.play.charges.push(charge);
    }
    true
}

impl Play {
    pub(super) fn country_of(&self, account: &str) -> String {
        self.accounts.get(account).cloned().unwrap_or_else(|| "USA".to_owned())
    }
}
