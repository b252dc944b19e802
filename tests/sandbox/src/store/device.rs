//! `/device/{device}/app-store/…`: what StoreKit is to the app (contract, section 4).
use http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::products::{PRODUCTS, display_price, product, storefront};
use super::sheet::{Order, Outcome, Sheet, country_of, open_sheet};
use super::signed::{app_transaction, as_seen_by_the_phone};
use super::{AppleId, finish};
use crate::call::{Answer, Call};
use crate::moment::DAY_MS;
use crate::world::World;

#[derive(Deserialize)]
struct Ids {
    ids: Vec<String>,
}

#[derive(Deserialize)]
struct Buy {
    product: String,
    #[serde(default)]
    app_account_token: Option<String>,
    #[serde(default)]
    sheet: Option<Sheet>,
}

#[derive(Deserialize)]
struct FinishOne {
    id: String,
}

pub(crate) fn answer(world: &mut World, call: &Call) -> Answer {
    let ["device", device, "app-store", what] = call.segments()[..] else {
        return nothing_here();
    };
    if device.is_empty() {
        return nothing_here();
    }
    let apple_id = apple_id_of(world, device);
    let answered = match (&call.method, what) {
        (&Method::GET, "storefront") => Some(json!({
            "country": country_of(world, &apple_id), "app_transaction": app_transaction(world, &apple_id),
        })),
        (&Method::POST, "products") => call.json::<Ids>().map(|asked| products(world, &apple_id, &asked.ids)),
        (&Method::POST, "buy") => call.json::<Buy>().and_then(|asked| buy(world, &apple_id, asked)),
        (&Method::GET, "unfinished") => {
            let ids = world
                .store
                .transactions
                .values()
                .filter(|known| known.apple_id == apple_id && !known.finished);
            let ids: Vec<String> = ids.map(|known| known.id.clone()).collect();
            Some(transactions(world, &ids))
        }
        (&Method::GET, "owned") => {
            let ids = world.store.lines.values().filter(|line| line.apple_id == apple_id);
            let ids: Vec<String> = ids.map(|line| line.latest.clone()).collect();
            Some(transactions(world, &ids))
        }
        (&Method::POST, "finish") => call.json::<FinishOne>().map(|asked| {
            let own = world
                .store
                .transactions
                .get(&asked.id)
                .is_some_and(|known| known.apple_id == apple_id);
            if own {
                finish(world, &asked.id, "device");
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

fn products(world: &World, apple_id: &str, ids: &[String]) -> Value {
    let country = country_of(world, apple_id);
    let currency = storefront(&country).currency;
    let sold = PRODUCTS
        .iter()
        .filter(|product| !product.withdrawn && ids.iter().any(|id| id == product.id));
    let shown: Vec<Value> = sold
        .filter_map(|product| {
            let micros = product.price_micros(currency)?;
            Some(json!({
                "id": product.id, "title": product.title, "price_micros": micros, "currency": currency,
                "display_price": display_price(&country, currency, micros), "period": product.period,
                "group": product.group, "level": product.level,
            }))
        })
        .collect();
    json!({ "products": shown })
}

/// None for a tag that is no UUID: StoreKit's API takes nothing else.
fn buy(world: &mut World, apple_id: &str, asked: Buy) -> Option<Value> {
    let order = Order {
        apple_id,
        product: &asked.product,
        tag: tag(asked.app_account_token)?,
        on_sale_only: true,
    };
    let outcome = open_sheet(world, order, asked.sheet.unwrap_or(Sheet::Pay));
    Some(match outcome {
        Outcome::Success(id) => json!({ "result": "success", "transaction": as_seen_by_the_phone(world, &id) }),
        Outcome::Cancelled => json!({ "result": "cancelled" }),
        Outcome::Pending => json!({ "result": "pending" }),
        Outcome::Failed(code) => json!({ "result": "failed", "code": code }),
    })
}

fn transactions(world: &World, ids: &[String]) -> Value {
    let shown: Vec<Value> = ids.iter().filter_map(|id| as_seen_by_the_phone(world, id)).collect();
    json!({ "transactions": shown })
}

/// Control's purchase outside the app: `T`, or none where the product or the tag is not one.
pub(crate) fn asked_outside(world: &mut World, device: &str, product_id: &str, token: Option<String>) -> Option<Value> {
    product(product_id)?;
    let apple_id = apple_id_of(world, device);
    let order = Order {
        apple_id: &apple_id,
        product: product_id,
        tag: tag(token)?,
        on_sale_only: false,
    };
    match open_sheet(world, order, Sheet::Pay) {
        Outcome::Success(id) => as_seen_by_the_phone(world, &id),
        _ => None,
    }
}

/// Control's word on a device: whose Apple ID it carries, where that is at home and whether it is a tester's. Answers what holds now.
pub(crate) fn name_device(
    world: &mut World,
    device: &str,
    apple_id: Option<String>,
    country: Option<String>,
    tester: Option<bool>,
) -> Value {
    if let Some(apple_id) = apple_id {
        world.note(format!("control: {device} signs in as {apple_id}"));
        world.store.devices.insert(device.to_owned(), apple_id);
    }
    let apple_id = apple_id_of(world, device);
    if let (Some(country), Some(known)) = (country, world.store.apple_ids.get_mut(&apple_id)) {
        known.storefront = country.to_uppercase();
        let line = format!("control: {apple_id} is at home in {}", known.storefront);
        world.note(line);
    }
    if let (Some(tester), Some(known)) = (tester, world.store.apple_ids.get_mut(&apple_id)) {
        known.tester = tester;
        world.note(format!("control: {apple_id} is a tester: {tester}"));
    }
    json!({ "device": device, "apple_id": apple_id, "storefront": country_of(world, &apple_id) })
}

/// The Apple ID on a device; both appear when first named.
fn apple_id_of(world: &mut World, device: &str) -> String {
    let apple_id = world
        .store
        .devices
        .entry(device.to_owned())
        .or_insert_with(|| format!("apple-{device}"))
        .clone();
    if !world.store.apple_ids.contains_key(&apple_id) {
        let number = 704_000_000_000_001 + world.store.apple_ids.len();
        let known = AppleId {
            storefront: "USA".to_owned(),
            app_transaction_id: number.to_string(),
            first_download_ms: world.clock.started_ms - 90 * DAY_MS,
            tester: false,
        };
        world.store.apple_ids.insert(apple_id.clone(), known);
    }
    apple_id
}

/// The tag as Apple signs it, lower case; the outer none is for what is no UUID.
fn tag(token: Option<String>) -> Option<Option<String>> {
    match token {
        None => Some(None),
        Some(token) => uuid::Uuid::parse_str(&token).ok().map(|tag| Some(tag.to_string())),
    }
}

fn nothing_here() -> Answer {
    Answer::problem(StatusCode::NOT_FOUND, "not_found", "Nothing is here", Value::Null)
}
