//! `/device/{device}/play/…`: what the billing library is to the app (contract, section 8).
use http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::products::{BasePlan, product};
use super::publisher::phase;
use super::sheet::{Order, Outcome, Sheet, open_sheet};
use super::{acknowledge, tell_of_purchase};
use crate::call::{Answer, Call};
use crate::store::{display_price, storefront};
use crate::world::World;

#[derive(Deserialize)]
struct Ids {
    ids: Vec<String>,
}

#[derive(Deserialize)]
struct Buy {
    product: String,
    #[serde(default)]
    base_plan: Option<String>,
    #[serde(default)]
    offer: Option<String>,
    #[serde(default)]
    obfuscated_account_id: Option<String>,
    #[serde(default)]
    obfuscated_profile_id: Option<String>,
    #[serde(default)]
    replaces: Option<String>,
    #[serde(default)]
    sheet: Option<Sheet>,
}

#[derive(Deserialize)]
struct Acknowledge {
    token: String,
}

pub(crate) fn answer(world: &mut World, call: &Call) -> Answer {
    let ["device", device, "play", what] = call.segments()[..] else {
        return nothing_here();
    };
    if device.is_empty() {
        return nothing_here();
    }
    let account = account_of(world, device);
    let answered = match (&call.method, what) {
        (&Method::GET, "storefront") => Some(json!({ "country": world.play.country_of(&account) })),
        (&Method::POST, "products") => call.json::<Ids>().map(|asked| products(world, &account, &asked.ids)),
        (&Method::POST, "buy") => call.json::<Buy>().map(|asked| buy(world, account, asked)),
        (&Method::GET, "purchases") => {
            let own = world.play.purchases.values();
            let own = own.filter(|known| known.account == account && known.is_listed());
            let shown: Vec<Value> = own.map(|known| known.as_seen_by_the_phone(world.keys.seed)).collect();
            Some(json!({ "purchases": shown }))
        }
        (&Method::POST, "acknowledge") => call.json::<Acknowledge>().map(|asked| {
            let known = world.play.purchases.get(&asked.token);
            if known.is_some_and(|known| known.account == account) {
                acknowledge(world, &asked.token, "device");
            }
            json!({})
        }),
        _ => return nothing_here(),
    };
    match answered {
        Some(body) => Answer::ok(&body),
        None => Answer::problem(
            StatusCode::BAD_REQUEST,
            "malformed",
            "The body is not as asked",
            Value::Null,
        ),
    }
}

fn products(world: &World, account: &str, ids: &[String]) -> Value {
    let country = world.play.country_of(account);
    let currency = storefront(&country).currency;
    let sold = ids.iter().filter_map(|id| product(id));
    let shown: Vec<Value> = sold
        .filter_map(|sold| {
            let shown = |terms: &BasePlan| base_plan(terms, &country, currency);
            let base_plans: Vec<Value> = sold.base_plans.iter().filter_map(shown).collect();
            let first = base_plans.first()?;
            Some(json!({
                "id": sold.id, "title": sold.title, "base_plan": first["id"], "price_micros": first["price_micros"],
                "currency": currency, "display_price": first["display_price"], "period": first["period"],
                "base_plans": base_plans,
            }))
        })
        .collect();
    json!({ "products": shown })
}

/// None where it is not sold for that currency.
fn base_plan(terms: &BasePlan, country: &str, currency: &str) -> Option<Value> {
    let full = terms.price_micros(currency)?;
    let offers = terms.offers.iter().map(|offer| {
        let micros = offer.price_micros(full);
        json!({
            "id": offer.id, "phase": phase(offer), "periods": offer.periods, "price_micros": micros,
            "display_price": display_price(country, currency, micros),
        })
    });
    Some(json!({
        "id": terms.id, "period": terms.period, "price_micros": full, "currency": currency,
        "display_price": display_price(country, currency, full), "offers": offers.collect::<Vec<Value>>(),
    }))
}

fn buy(world: &mut World, account: String, asked: Buy) -> Value {
    let order = Order {
        account,
        product: asked.product,
        base_plan: asked.base_plan,
        offer: asked.offer,
        tag: asked.obfuscated_account_id,
        profile: asked.obfuscated_profile_id,
        replaces: asked.replaces,
    };
    match open_sheet(world, order, asked.sheet.unwrap_or(Sheet::Pay)) {
        Outcome::Success(token) => {
            tell_of_purchase(world, &token);
            json!({ "result": "success", "purchase": seen(world, &token) })
        }
        Outcome::Pending(token) => json!({ "result": "pending", "purchase": seen(world, &token) }),
        Outcome::Cancelled => json!({ "result": "cancelled" }),
        Outcome::Failed(code) => json!({ "result": "failed", "code": code }),
    }
}

fn seen(world: &World, token: &str) -> Option<Value> {
    let known = world.play.purchases.get(token)?;
    Some(known.as_seen_by_the_phone(world.keys.seed))
}

/// Control's purchase outside the app: `P`, or none where it cannot be bought.
pub(crate) fn asked_outside(world: &mut World, device: &str, product: &str, tag: Option<String>) -> Option<Value> {
    let order = Order {
        account: account_of(world, device),
        product: product.to_owned(),
        base_plan: None,
        offer: None,
        tag,
        profile: None,
        replaces: None,
    };
    match open_sheet(world, order, Sheet::Pay) {
        Outcome::Success(token) => {
            tell_of_purchase(world, &token);
            seen(world, &token)
        }
        _ => None,
    }
}

/// Control's word on a device: whose Google account it carries, where that is at home and whether it is a license tester's.
/// Answers the account.
pub(crate) fn name_device(
    world: &mut World,
    device: &str,
    account: Option<String>,
    country: Option<&String>,
    tester: Option<bool>,
) -> String {
    if let Some(account) = account {
        world.note(format!("control: {device} signs in as {account}"));
        world.play.devices.insert(device.to_owned(), account);
    }
    let account = account_of(world, device);
    if let Some(country) = country {
        world.play.accounts.insert(account.clone(), country.to_uppercase());
    }
    match tester {
        Some(true) => world.play.testers.insert(account.clone()),
        Some(false) => world.play.testers.remove(&account),
        None => false,
    };
    account
}

/// The Google account on a device; it appears when first named.
fn account_of(world: &mut World, device: &str) -> String {
    let account = world.play.devices.entry(device.to_owned());
    account.or_insert_with(|| format!("google-{device}")).clone()
}

fn nothing_here() -> Answer {
    Answer::problem(StatusCode::NOT_FOUND, "not_found", "Nothing is here", Value::Null)
}
