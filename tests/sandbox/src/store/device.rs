//! `/device/{device}/app-store/…`: what StoreKit is to the app (contract, section 4).
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::products::{PRODUCTS, display_price, product, storefront};
use super::renewal::ask_for_refund;
use super::sheet::{Order, Outcome, Sheet, country_of, open_sheet, share_in_family};
use super::signed::{Seen, app_transaction, as_seen_by_the_phone};
use super::trial::IntroductoryOffer;
use super::{AppleId, Offer, finish, trial};
use crate::call::{Answer, Call, malformed, nothing_here};
use crate::contract::{self, Name, Nothing, Operation, Routes};
use crate::moment::DAY_MS;
use crate::world::World;

/// Which products the app asks about.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AppStoreProductIds")]
struct Ids {
    /// Unknown ones are left out of the answer.
    #[schemars(with = "Vec<contract::AnyText>")]
    ids: Vec<String>,
}

/// Opens the payment sheet.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AppStoreBuy")]
struct Buy {
    #[schemars(with = "contract::AnyText")]
    product: String,
    /// The account's tag.
    #[schemars(with = "Option<contract::Uuid>")]
    #[serde(default)]
    app_account_token: Option<String>,
    /// The server's word on the introductory offer of this purchase; where absent, whoever is eligible gets it.
    #[schemars(with = "Option<contract::AnyText>")]
    #[serde(default)]
    introductory_offer_eligibility: Option<String>,
    /// `pay` where absent.
    #[serde(default)]
    sheet: Option<Sheet>,
}

/// Which transaction is finished.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AppStoreFinish")]
struct FinishOne {
    /// A transaction's.
    #[schemars(with = "contract::AnyText")]
    id: String,
}

/// Where the Apple ID is at home, and the app's own receipt.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AppStoreStorefront")]
struct AtHome {
    #[schemars(with = "contract::Country")]
    country: String,
    /// Apple's AppTransaction.
    #[schemars(with = "contract::Jws")]
    app_transaction: String,
}

/// What is on sale to the Apple ID.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AppStoreProducts")]
struct Sold {
    products: Vec<ProductSold>,
}

/// A product, with the price of the Apple ID's storefront.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AppStoreProduct")]
struct ProductSold {
    #[schemars(with = "contract::AppleProduct")]
    id: &'static str,
    #[schemars(with = "contract::Title")]
    title: &'static str,
    #[schemars(with = "contract::Micros")]
    price_micros: i64,
    #[schemars(with = "contract::Currency")]
    currency: &'static str,
    #[schemars(with = "contract::DisplayPrice")]
    display_price: String,
    #[schemars(with = "contract::Cycle")]
    period: &'static str,
    #[schemars(with = "contract::Service")]
    group: &'static str,
    #[schemars(with = "contract::Level")]
    level: u32,
    /// None where it has none.
    introductory_offer: Option<IntroductoryOffer>,
}

/// Opens the sheet that asks for money back.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AppStoreRefundRequest")]
struct AskRefund {
    /// A transaction's.
    #[schemars(with = "contract::AnyText")]
    id: String,
    /// What the person does: `true` where absent.
    #[serde(default)]
    asks: Option<bool>,
}

/// How that sheet ended.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "result", rename_all = "snake_case")]
#[schemars(rename = "AppStoreRefundSheetEnd")]
enum RefundSheetEnd {
    /// Apple decides within a day of the world's time, and says yes.
    Requested,
    Cancelled,
    /// Nothing of that id runs.
    Failed,
}

/// How a purchase outside the app comes about, where it is not simply bought.
#[derive(Clone, Copy)]
pub(crate) enum Given {
    Offer(Offer),
    FamilyShared,
}

/// How the sheet ended.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "result", rename_all = "snake_case")]
#[schemars(rename = "AppStoreSheetEnd")]
enum SheetEnd {
    /// Paid, or owned already: the transaction.
    Success {
        transaction: Seen,
    },
    Cancelled,
    /// Ask to Buy: somebody else decides.
    Pending,
    Failed {
        #[schemars(with = "contract::AppStoreFailure")]
        code: &'static str,
    },
}

/// Transactions of the Apple ID.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AppStoreTransactions")]
struct Transactions {
    transactions: Vec<Seen>,
}

/// StoreKit's chapter in the phone's document.
pub(crate) const DEVICE_TAG: (&str, &str) = ("app-store", "Stands in for StoreKit on one device.");

/// What StoreKit is to the app.
pub(crate) static DEVICE: LazyLock<Routes> = LazyLock::new(|| {
    Routes::default()
        .get(
            "/device/{device}/app-store/storefront",
            |world, _, path| {
                let apple_id = apple_id_of(world, path[0]);
                Ok(Answer::ok(&AtHome {
                    country: country_of(world, &apple_id),
                    app_transaction: app_transaction(world, &apple_id),
                }))
            },
            of_device(
                Operation::new("appStoreStorefront", "app-store", "Where the Apple ID is at home")
                    .answers::<AtHome>(200, "Its country, and the app's own receipt."),
            ),
        )
        .post(
            "/device/{device}/app-store/products",
            |world, call, path| {
                let asked: Ids = call.asked()?;
                let apple_id = apple_id_of(world, path[0]);
                Ok(Answer::ok(&products(world, &apple_id, &asked.ids)))
            },
            of_device(
                taking::<Ids>("appStoreProducts", "Ask for products and their prices")
                    .answers::<Sold>(200, "Those that are sold to the Apple ID."),
            ),
        )
        .post(
            "/device/{device}/app-store/buy",
            |world, call, path| {
                let asked = call.asked()?;
                let apple_id = apple_id_of(world, path[0]);
                let end = buy(world, &apple_id, asked).ok_or_else(|| malformed("The body is not as asked"))?;
                Ok(Answer::ok(&end))
            },
            of_device(
                taking::<Buy>("appStoreBuy", "Open the payment sheet")
                    .describe(
                        "Charges once per successful call. The same product again answers with the transaction that is there; \
                         another of the group replaces it, a larger one at once, any other at the next renewal.",
                    )
                    .answers::<SheetEnd>(200, "How the sheet ended."),
            ),
        )
        .get(
            "/device/{device}/app-store/unfinished",
            |world, _, path| {
                let apple_id = apple_id_of(world, path[0]);
                let known = world.store.transactions.values();
                let known = known.filter(|known| known.apple_id == apple_id && !known.finished);
                let ids: Vec<String> = known.map(|known| known.id.clone()).collect();
                Ok(Answer::ok(&transactions(world, &ids)))
            },
            of_device(
                Operation::new("appStoreUnfinished", "app-store", "Transactions nobody has finished")
                    .answers::<Transactions>(200, "Each signed anew."),
            ),
        )
        .get(
            "/device/{device}/app-store/owned",
            |world, _, path| {
                let apple_id = apple_id_of(world, path[0]);
                let lines = world.store.lines.values().filter(|line| line.apple_id == apple_id);
                let ids: Vec<String> = lines.map(|line| line.latest.clone()).collect();
                Ok(Answer::ok(&transactions(world, &ids)))
            },
            of_device(
                Operation::new("appStoreOwned", "app-store", "The statuses of the group")
                    .answers::<Transactions>(200, "The newest transaction of each subscription, lapsed or not."),
            ),
        )
        .post(
            "/device/{device}/app-store/finish",
            |world, call, path| {
                let asked: FinishOne = call.asked()?;
                let apple_id = apple_id_of(world, path[0]);
                let known = world.store.transactions.get(&asked.id);
                if known.is_some_and(|known| known.apple_id == apple_id) {
                    finish(world, &asked.id, "device");
                }
                Ok(Answer::ok(&serde_json::json!({})))
            },
            of_device(
                taking::<FinishOne>("appStoreFinish", "Finish a transaction")
                    .answers::<Nothing>(200, "Also for one the store does not know."),
            ),
        )
        .post(
            "/device/{device}/app-store/refund-request",
            |world, call, path| {
                let asked: AskRefund = call.asked()?;
                let apple_id = apple_id_of(world, path[0]);
                let own = world.store.transactions.get(&asked.id);
                let own = own.is_some_and(|known| known.apple_id == apple_id);
                Ok(Answer::ok(&match asked.asks {
                    Some(false) => RefundSheetEnd::Cancelled,
                    _ if own && ask_for_refund(world, &asked.id) => RefundSheetEnd::Requested,
                    _ => RefundSheetEnd::Failed,
                }))
            },
            of_device(
                taking::<AskRefund>("appStoreRefundRequest", "Open the sheet that asks for money back")
                    .answers::<RefundSheetEnd>(200, "How the sheet ended."),
            ),
        )
});

fn taking<T: JsonSchema>(id: &'static str, summary: &'static str) -> Operation {
    Operation::new(id, "app-store", summary).takes::<T>()
}

fn of_device(operation: Operation) -> Operation {
    operation
        .path::<Name>("device")
        .refuses(400, "malformed", "The body is not as asked.")
        .refuses(404, "not_found", "Nothing at this path.")
}

pub(crate) fn answer(world: &mut World, call: &Call) -> Answer {
    DEVICE.answer(world, call, nothing_here)
}

fn products(world: &World, apple_id: &str, ids: &[String]) -> Sold {
    let country = country_of(world, apple_id);
    let currency = storefront(&country).currency;
    let sold = PRODUCTS
        .iter()
        .filter(|product| !product.withdrawn && ids.iter().any(|id| id == product.id));
    let products = sold
        .filter_map(|product| {
            let micros = product.price_micros(currency)?;
            Some(ProductSold {
                id: product.id,
                title: product.title,
                price_micros: micros,
                currency,
                display_price: display_price(&country, currency, micros),
                period: product.period,
                group: product.group,
                level: product.level,
                introductory_offer: trial::shown(world, apple_id, product),
            })
        })
        .collect();
    Sold { products }
}

/// None for a tag that is no UUID: StoreKit's API takes nothing else.
fn buy(world: &mut World, apple_id: &str, asked: Buy) -> Option<SheetEnd> {
    let word = asked.introductory_offer_eligibility.as_deref();
    let denied = word.map(|word| trial::denied(world, apple_id, &asked.product, word));
    if denied == Some(None) {
        return Some(SheetEnd::Failed {
            code: "invalid_offer_signature",
        });
    }
    let order = Order {
        apple_id,
        product: &asked.product,
        tag: tag(asked.app_account_token)?,
        on_sale_only: true,
        offer: None,
        full_price: denied == Some(Some(true)),
    };
    Some(match open_sheet(world, order, asked.sheet.unwrap_or(Sheet::Pay)) {
        Outcome::Success(id) => SheetEnd::Success {
            transaction: as_seen_by_the_phone(world, &id)?,
        },
        Outcome::Cancelled => SheetEnd::Cancelled,
        Outcome::Pending => SheetEnd::Pending,
        Outcome::Failed(code) => SheetEnd::Failed { code },
    })
}

fn transactions(world: &World, ids: &[String]) -> Transactions {
    let transactions = ids.iter().filter_map(|id| as_seen_by_the_phone(world, id)).collect();
    Transactions { transactions }
}

/// Control's purchase outside the app: `T`, or none where the product or the tag is not one.
pub(crate) fn asked_outside(
    world: &mut World,
    device: &str,
    product_id: &str,
    token: Option<String>,
    given: Option<Given>,
) -> Option<Seen> {
    product(product_id)?;
    let apple_id = apple_id_of(world, device);
    let offer = match given {
        Some(Given::FamilyShared) => {
            let id = share_in_family(world, &apple_id, product_id)?;
            return as_seen_by_the_phone(world, &id);
        }
        Some(Given::Offer(offer)) => Some(offer),
        None => None,
    };
    let order = Order {
        apple_id: &apple_id,
        product: product_id,
        tag: tag(token)?,
        on_sale_only: false,
        offer,
        full_price: false,
    };
    match open_sheet(world, order, Sheet::Pay) {
        Outcome::Success(id) => as_seen_by_the_phone(world, &id),
        _ => None,
    }
}

/// Control's word on a device: whose Apple ID it carries, where that is at home and whether it is a tester's. Answers the Apple ID
/// and its country.
pub(crate) fn name_device(
    world: &mut World,
    device: &str,
    apple_id: Option<String>,
    country: Option<String>,
    tester: Option<bool>,
) -> (String, String) {
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
    let country = country_of(world, &apple_id);
    (apple_id, country)
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
