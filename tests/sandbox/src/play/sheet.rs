//! The payment sheet and the money at Play.
use super::products::{BasePlan, Product, product};
use super::purchase::{Deferred, Mode, Purchase, State};
use super::{Charge, Play};
use crate::keys::BASE64_URL;
use crate::moment::{DAY_MS, nth_after};
use crate::money::share;
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
    /// The purchase it takes the place of, and how.
    pub(super) replaces: Option<String>,
    pub(super) mode: Mode,
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
    let is_new = is_new(world, &order.account, bought.id);
    let offered = |name| terms.offer(name).is_some_and(|offer| is_new || offer.for_anybody);
    if !order.offer.as_deref().is_none_or(offered) {
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
    let old = order
        .replaces
        .as_ref()
        .and_then(|token| world.play.purchases.get(token));
    if old.is_some_and(|old| !may_replace(old, terms, price, order.mode)) {
        return Outcome::Failed("developer_error");
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

/// Whether the account never paid for that product, nor had it free.
pub(super) fn is_new(world: &World, account: &str, product: &str) -> bool {
    let mut before = world.play.purchases.values();
    !before.any(|known| known.account == account && known.product == product && known.order.is_some())
}

/// Google takes a mode only where it fits: prorated for more money a day, and both only over a period that is paid; and none
/// while the purchase waits for a deferred replacement already.
fn may_replace(old: &Purchase, terms: &BasePlan, price: i64, mode: Mode) -> bool {
    let a_year = |terms: &BasePlan, price| share(price, 365 * DAY_MS, terms.length_ms());
    let before = old.terms().map_or(0, |terms| a_year(terms, old.price_micros));
    if old.deferred.is_some() {
        return false;
    }
    match mode {
        Mode::ChargeFullPrice => true,
        Mode::ChargeProratedPrice => old.is_running() && a_year(terms, price) > before,
        Mode::Deferred => old.is_running(),
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
        mode: order.mode,
        deferred: None,
        new_price: None,
        carried_until_ms: None,
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
    let (linked, mode) = (known.linked.clone(), known.mode);
    let old = linked.and_then(|linked| world.play.purchases.get(&linked).cloned());
    match (&old, mode) {
        (Some(old), Mode::ChargeProratedPrice) => charge_the_rest(world, token, old),
        (Some(old), Mode::Deferred) => wait_for_the_renewal(world, token, old),
        _ => drop(charge_period(world, token)),
    }
    if let Some(old) = old.and_then(|old| world.play.purchases.get_mut(&old.token)) {
        old.state = State::Replaced;
        old.auto_renew = false;
        old.until_ms = None;
        old.expires_ms = now;
    }
    true
}

/// The larger plan until the old period is over, less what is left of the old one; the day of the bill stays.
fn charge_the_rest(world: &mut World, token: &str, old: &Purchase) {
    let rest_ms = (old.expires_ms - world.now()).max(0);
    let period_ms = old.expires_ms - old.period_start().unwrap_or(old.started_ms);
    // What was free has nothing to give back.
    let paid = old
        .offer_now()
        .map_or(old.price_micros, |offer| offer.price_micros(old.price_micros));
    let credit = share(paid, rest_ms, period_ms);
    let Some(known) = world.play.purchases.get_mut(token) else {
        return;
    };
    let same_cycle = known.terms().map(|terms| terms.period) == old.terms().map(|terms| terms.period);
    let whole_ms = match known.terms() {
        Some(terms) if !same_cycle => terms.length_ms(),
        _ => period_ms,
    };
    let cost = share(known.price_micros, rest_ms, whole_ms);
    known.periods = 1;
    known.expires_ms = old.expires_ms;
    // In the same cycle the months go on counting from the same day.
    (known.anchor_ms, known.since_anchor) = match same_cycle {
        true => (old.anchor_ms, old.since_anchor),
        false => (old.expires_ms, 0),
    };
    charge(world, token, (cost - credit).max(0));
}

/// The old plan under a new token until its period is over, and then the new one.
fn wait_for_the_renewal(world: &mut World, token: &str, old: &Purchase) {
    let Some(known) = world.play.purchases.get_mut(token) else {
        return;
    };
    known.deferred = Some(Deferred {
        product: std::mem::replace(&mut known.product, old.product.clone()),
        base_plan: std::mem::replace(&mut known.base_plan, old.base_plan.clone()),
        price_micros: std::mem::replace(&mut known.price_micros, old.price_micros),
    });
    known.periods = 1;
    known.expires_ms = old.expires_ms;
    known.carried_until_ms = Some(old.expires_ms);
    known.anchor_ms = old.anchor_ms;
    known.since_anchor = old.since_anchor;
    let line = format!("play: {} waits for the end of the paid period", known.account);
    world.note(line);
}

/// Takes the money for the next period. False where the product is not sold any more.
pub(super) fn charge_period(world: &mut World, token: &str) -> bool {
    let Some(known) = world.play.purchases.get_mut(token) else {
        return false;
    };
    if let Some(next) = known.deferred.take() {
        (known.product, known.base_plan, known.price_micros) = (next.product, next.base_plan, next.price_micros);
        (known.anchor_ms, known.since_anchor, known.offer) = (known.expires_ms, 0, None);
    }
    if let Some(new) = known.new_price.take() {
        known.price_micros = new.micros;
    }
    let terms = known.terms();
    let next = terms.and_then(|terms| nth_after(known.anchor_ms, terms.period, known.since_anchor + 1));
    let Some(expires_ms) = next else { return false };
    known.periods += 1;
    known.since_anchor += 1;
    known.expires_ms = expires_ms;
    let amount = known
        .offer_now()
        .map_or(known.price_micros, |offer| offer.price_micros(known.price_micros));
    charge(world, token, amount);
    true
}

/// Takes that much for the period that begins; a tester pays nothing.
fn charge(world: &mut World, token: &str, amount_micros: i64) {
    let at_ms = world.now();
    let Some(known) = world.play.purchases.get(token) else {
        return;
    };
    if known.test {
        let line = format!("play: {} for a tester, who pays nothing", known.product);
        return world.note(line);
    }
    let charge = Charge {
        order: known.latest_order().unwrap_or_default(),
        token: known.token.clone(),
        account: known.account.clone(),
        product: known.product.clone(),
        amount_micros,
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
}

impl Play {
    pub(super) fn country_of(&self, account: &str) -> String {
        self.accounts.get(account).cloned().unwrap_or_else(|| "USA".to_owned())
    }
}
