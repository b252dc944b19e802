//! The payment sheet and the money: buying, buying the same again, changing plan within the group.
use super::notification::tell;
use super::products::{Product, product, storefront};
use super::subscription::{Line, Offer, Status, Transaction};
use super::{AskToBuy, Charge, PRODUCTION, environment, trial};
use crate::moment::{MINUTE_MS, nth_after};
use crate::money::share;
use crate::world::World;

/// What the person in front of the sheet does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sheet {
    Pay,
    Cancel,
    Decline,
    Pending,
    Fail,
}

/// How the sheet ended.
#[derive(Debug, PartialEq)]
pub(super) enum Outcome {
    /// The transaction, new or the one that was there already.
    Success(String),
    Cancelled,
    Pending,
    Failed(&'static str),
}

/// Who buys what.
pub(super) struct Order<'a> {
    pub(super) apple_id: &'a str,
    pub(super) product: &'a str,
    pub(super) tag: Option<String>,
    /// Bought through a sheet on sale now; outside the app also what was sold once.
    pub(super) on_sale_only: bool,
    /// Half of the price for one period.
    pub(super) offer: Option<Offer>,
    /// The app's server denied the introductory offer.
    pub(super) full_price: bool,
}

pub(super) fn open_sheet(world: &mut World, order: Order<'_>, sheet: Sheet) -> Outcome {
    let country = country_of(world, order.apple_id);
    let currency = storefront(&country).currency;
    let sold = product(order.product).filter(|product| !(order.on_sale_only && product.withdrawn));
    let Some((product, price)) = sold.and_then(|product| Some((product, product.price_micros(currency)?))) else {
        return Outcome::Failed("product_unavailable");
    };
    match sheet {
        Sheet::Cancel => Outcome::Cancelled,
        Sheet::Decline => Outcome::Failed("payment_declined"),
        Sheet::Fail => Outcome::Failed("store_failed"),
        Sheet::Pending => {
            let at_ms = world.now();
            world.note(format!("store: {} asks to buy {}", order.apple_id, product.id));
            world.store.asks_made += 1;
            let id = format!("ask-{}", world.store.asks_made);
            world.store.asks.push(AskToBuy {
                id,
                apple_id: order.apple_id.to_owned(),
                product: product.id.to_owned(),
                app_account_token: order.tag,
                full_price: order.full_price,
                at_ms,
            });
            Outcome::Pending
        }
        Sheet::Pay => Outcome::Success(pay(world, &order, product, price)),
    }
}

/// Somebody else of the family pays: the Apple ID has the plan, and nobody is charged here. None where it is not sold.
pub(super) fn share_in_family(world: &mut World, apple_id: &str, product_id: &str) -> Option<String> {
    let bought = product(product_id)?;
    let (now, country) = (world.now(), country_of(world, apple_id));
    world.store.transactions_made += 1;
    let id = (2_000_000_000_000_000 + world.store.transactions_made).to_string();
    let expires_ms = nth_after(now, bought.period, 1)?;
    let made = Transaction {
        id: id.clone(),
        original: id.clone(),
        apple_id: apple_id.to_owned(),
        product: bought.id.to_owned(),
        app_account_token: None,
        purchased_ms: now,
        first_purchased_ms: now,
        expires_ms,
        renewal: false,
        upgraded: false,
        revoked_ms: None,
        given_back_micros: 0,
        offer: None,
        trial: false,
        family_shared: true,
        finished: false,
        currency: storefront(&country).currency.to_owned(),
        storefront: country,
        price_micros: 0,
    };
    let line = Line {
        original: id.clone(),
        apple_id: apple_id.to_owned(),
        group: bought.group.to_owned(),
        latest: id.clone(),
        product: bought.id.to_owned(),
        renews_as: bought.id.to_owned(),
        auto_renew: false,
        pays: true,
        until_ms: None,
        expires_ms,
        status: Status::Active,
        anchor_ms: now,
        periods: 1,
        price_micros: None,
        new_price: None,
        refund_decided_ms: None,
    };
    world.store.transactions.insert(id.clone(), made);
    world.store.lines.insert(id.clone(), line);
    world.note(format!("store: {apple_id} has {product_id} from the family"));
    Some(id)
}

/// The parent says yes: it is bought as if the child had paid just now. False where nobody asks, or it is not sold any more.
pub(crate) fn approve(world: &mut World, id: &str) -> bool {
    let Some(ask) = take_ask(world, id) else { return false };
    let order = Order {
        apple_id: &ask.apple_id,
        product: &ask.product,
        tag: ask.app_account_token.clone(),
        on_sale_only: true,
        offer: None,
        full_price: ask.full_price,
    };
    world.note(format!("store: {id} is approved"));
    matches!(open_sheet(world, order, Sheet::Pay), Outcome::Success(_))
}

/// The parent says no, and the store tells nobody. False where nobody asks.
pub(crate) fn refuse(world: &mut World, id: &str) -> bool {
    let refused = take_ask(world, id).is_some();
    if refused {
        world.note(format!("store: {id} is declined"));
    }
    refused
}

fn take_ask(world: &mut World, id: &str) -> Option<AskToBuy> {
    let at = world.store.asks.iter().position(|ask| ask.id == id)?;
    Some(world.store.asks.remove(at))
}

fn pay(world: &mut World, order: &Order<'_>, bought: &'static Product, price: i64) -> String {
    let line = world.store.line_of(order.apple_id, bought.group).cloned();
    let active = line.as_ref().filter(|line| line.is_alive());
    if let Some(line) = active {
        if line.product == bought.id {
            // StoreKit has no "already owned": it answers with the transaction that is there, and resumes renewing as that.
            if let Some(line) = world.store.lines.get_mut(&line.original) {
                line.renews_as = bought.id.to_owned();
            }
            let original = line.original.clone();
            tell(world, &original, "DID_CHANGE_RENEWAL_PREF", None, MINUTE_MS);
            return line.latest.clone();
        }
        if product(&line.product).is_some_and(|current| current.level <= bought.level) {
            // Not an upgrade: it takes effect when the paid period is over, and nothing is charged before.
            let latest = line.latest.clone();
            world.note(format!("store: {} renews as {} from now on", line.original, bought.id));
            if let Some(line) = world.store.lines.get_mut(&line.original) {
                line.renews_as = bought.id.to_owned();
                line.auto_renew = true;
            }
            let original = line.original.clone();
            tell(
                world,
                &original,
                "DID_CHANGE_RENEWAL_PREF",
                Some("DOWNGRADE"),
                MINUTE_MS,
            );
            return latest;
        }
        let now = world.now();
        if let Some(old) = world.store.transactions.get_mut(&line.latest) {
            old.upgraded = true;
            // What is left of the old period goes back, as Apple does it; the larger plan begins a period of its own.
            let rest_ms = (old.expires_ms - now).max(0);
            old.given_back_micros = share(old.price_micros, rest_ms, old.expires_ms - old.purchased_ms);
        }
    }

    let replaced = active.is_some();
    let now = world.now();
    let trial = trial::length_for(world, order.apple_id, bought).filter(|_| order.offer.is_none() && !order.full_price);
    let first_period = trial.unwrap_or(bought.period);
    let country = country_of(world, order.apple_id);
    let id = new_transaction(
        world,
        Transaction {
            id: String::new(),
            original: line.as_ref().map(|line| line.original.clone()).unwrap_or_default(),
            apple_id: order.apple_id.to_owned(),
            product: bought.id.to_owned(),
            app_account_token: order.tag.clone(),
            purchased_ms: now,
            first_purchased_ms: line
                .as_ref()
                .and_then(|line| first_purchase(world, &line.original))
                .unwrap_or(now),
            expires_ms: nth_after(now, first_period, 1).unwrap_or(now),
            renewal: false,
            upgraded: false,
            revoked_ms: None,
            given_back_micros: 0,
            offer: order.offer,
            trial: trial.is_some(),
            family_shared: false,
            finished: false,
            currency: storefront(&country).currency.to_owned(),
            storefront: country,
            price_micros: match order.offer {
                // To the cent.
                Some(_) => price / 2 / 10_000 * 10_000,
                None if trial.is_some() => 0,
                None => price,
            },
        },
    );
    if let Some(made) = world.store.transactions.get(&id).cloned() {
        let line = Line {
            original: made.original.clone(),
            apple_id: made.apple_id,
            group: bought.group.to_owned(),
            latest: made.id,
            product: made.product.clone(),
            renews_as: made.product,
            auto_renew: true,
            pays: true,
            until_ms: None,
            expires_ms: made.expires_ms,
            status: Status::Active,
            // Months are counted from the first one that is paid.
            anchor_ms: if trial.is_some() { made.expires_ms } else { now },
            periods: i64::from(trial.is_none()),
            price_micros: None,
            new_price: None,
            refund_decided_ms: None,
        };
        let original = made.original;
        world.store.lines.insert(original.clone(), line);
        // The store tells of it a minute later.
        match replaced {
            true => tell(world, &original, "DID_CHANGE_RENEWAL_PREF", Some("UPGRADE"), MINUTE_MS),
            false => tell(world, &original, "SUBSCRIBED", Some("INITIAL_BUY"), MINUTE_MS),
        }
    }
    id
}

/// Gives the transaction its id, charges for it and keeps it; an empty `original` makes it the first of its subscription.
pub(super) fn new_transaction(world: &mut World, mut made: Transaction) -> String {
    world.store.transactions_made += 1;
    made.id = (2_000_000_000_000_000 + world.store.transactions_made).to_string();
    if made.original.is_empty() {
        made.original.clone_from(&made.id);
    }
    let charge = Charge {
        transaction: made.id.clone(),
        original: made.original.clone(),
        apple_id: made.apple_id.clone(),
        product: made.product.clone(),
        amount_micros: made.price_micros,
        currency: made.currency.clone(),
        at_ms: made.purchased_ms,
    };
    let word = if made.renewal { "renewed" } else { "bought" };
    let Charge {
        apple_id,
        product,
        amount_micros,
        currency,
        transaction,
        ..
    } = &charge;
    world.note(format!(
        "store: {apple_id} {word} {product} as {transaction}, {amount_micros} {currency}"
    ));
    // In Sandbox nobody pays, and nobody for a trial.
    if environment(world, &made.apple_id) == PRODUCTION && charge.amount_micros > 0 {
        world.store.charges.push(charge);
    }
    let id = made.id.clone();
    world.store.transactions.insert(id.clone(), made);
    id
}

pub(super) fn country_of(world: &World, apple_id: &str) -> String {
    world
        .store
        .apple_ids
        .get(apple_id)
        .map_or_else(|| "USA".to_owned(), |known| known.storefront.clone())
}

fn first_purchase(world: &World, original: &str) -> Option<i64> {
    world
        .store
        .transactions
        .get(original)
        .map(|transaction| transaction.first_purchased_ms)
}
