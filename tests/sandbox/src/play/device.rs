//! `/device/{device}/play/…`: what the billing library is to the app (contract, section 8).
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::products::{BasePlan, product};
use super::publisher::phase;
use super::purchase::{Mode, Seen};
use super::sheet::{Order, Outcome, Sheet, is_new, open_sheet};
use super::{acknowledge, tell_of_purchase};
use crate::call::{Answer, Call, malformed, nothing_here};
use crate::contract::{self, Name, Nothing, Operation, Routes};
use crate::store::{display_price, storefront};
use crate::world::World;

/// Which products the app asks about.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PlayProductIds")]
struct Ids {
    /// Unknown ones are left out of the answer.
    #[schemars(with = "Vec<contract::AnyText>")]
    ids: Vec<String>,
}

/// Opens the payment sheet.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PlayBuy")]
struct Buy {
    #[schemars(with = "contract::AnyText")]
    product: String,
    /// The product's first where absent.
    #[schemars(with = "Option<contract::AnyText>")]
    #[serde(default)]
    base_plan: Option<String>,
    /// One of the base plan's, for a Google account's first purchase of the product.
    #[schemars(with = "Option<contract::AnyText>")]
    #[serde(default)]
    offer: Option<String>,
    /// The account's tag.
    #[schemars(with = "Option<contract::Obfuscated>")]
    #[serde(default)]
    obfuscated_account_id: Option<String>,
    /// The intent.
    #[schemars(with = "Option<contract::Obfuscated>")]
    #[serde(default)]
    obfuscated_profile_id: Option<String>,
    /// The purchase it takes the place of, by its token.
    #[schemars(with = "Option<contract::AnyText>")]
    #[serde(default)]
    replaces: Option<String>,
    /// When and for what; `charge_full_price` where absent.
    #[serde(default)]
    replacement_mode: Option<Mode>,
    /// `pay` where absent.
    #[serde(default)]
    sheet: Option<Sheet>,
}

/// Which purchase is acknowledged.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PlayAcknowledge")]
struct Acknowledge {
    /// A purchase's.
    #[schemars(with = "contract::AnyText")]
    token: String,
}

/// Where the Google account is at home.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PlayStorefront")]
struct AtHome {
    #[schemars(with = "contract::Country")]
    country: String,
}

/// What is on sale to the Google account.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PlayProducts")]
struct Sold {
    products: Vec<ProductSold>,
}

/// A product, with the prices of the Google account's country; the flat members are the first base plan's.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PlayProductOnSale")]
struct ProductSold {
    #[schemars(with = "contract::PlayProduct")]
    id: &'static str,
    #[schemars(with = "contract::Title")]
    title: &'static str,
    #[schemars(with = "contract::BillingPlan")]
    base_plan: &'static str,
    #[schemars(with = "contract::Micros")]
    price_micros: i64,
    #[schemars(with = "contract::Currency")]
    currency: &'static str,
    #[schemars(with = "contract::DisplayPrice")]
    display_price: String,
    #[schemars(with = "contract::Duration")]
    period: &'static str,
    base_plans: Vec<BasePlanSold>,
}

/// One way to be billed for a product.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PlayBasePlan")]
struct BasePlanSold {
    #[schemars(with = "contract::BillingPlan")]
    id: &'static str,
    #[schemars(with = "contract::Duration")]
    period: &'static str,
    #[schemars(with = "contract::Micros")]
    price_micros: i64,
    #[schemars(with = "contract::Currency")]
    currency: &'static str,
    #[schemars(with = "contract::DisplayPrice")]
    display_price: String,
    offers: Vec<OfferOnSale>,
}

/// What the first periods cost this Google account.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PlayOffer")]
struct OfferOnSale {
    #[schemars(with = "contract::PlayOfferId")]
    id: &'static str,
    #[schemars(with = "contract::PlayOfferPhase")]
    phase: &'static str,
    /// How many periods it lasts.
    #[schemars(with = "contract::Periods")]
    periods: i64,
    #[schemars(with = "contract::Micros")]
    price_micros: i64,
    #[schemars(with = "contract::DisplayPrice")]
    display_price: String,
}

/// How the sheet ended.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "result", rename_all = "snake_case")]
#[schemars(rename = "PlaySheetEnd")]
enum SheetEnd {
    Success {
        purchase: Seen,
    },
    /// A slow payment: the purchase waits for it.
    Pending {
        purchase: Seen,
    },
    Cancelled,
    Failed {
        #[schemars(with = "contract::PlayFailure")]
        code: &'static str,
    },
}

/// Purchases of the Google account.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PlayPurchases")]
struct Purchases {
    purchases: Vec<Seen>,
}

/// The billing library's chapter in the phone's document.
pub(crate) const DEVICE_TAG: (&str, &str) = ("play", "Stands in for the Play billing library on one device.");

/// What the billing library is to the app.
pub(crate) static DEVICE: LazyLock<Routes> = LazyLock::new(|| {
    Routes::default()
        .get(
            "/device/{device}/play/storefront",
            |world, _, path| {
                let account = account_of(world, path[0]);
                let country = world.play.country_of(&account);
                Ok(Answer::ok(&AtHome { country }))
            },
            of_device(
                Operation::new("playStorefront", "play", "Where the Google account is at home")
                    .answers::<AtHome>(200, "Its country."),
            ),
        )
        .post(
            "/device/{device}/play/products",
            |world, call, path| {
                let asked: Ids = call.asked()?;
                let account = account_of(world, path[0]);
                Ok(Answer::ok(&products(world, &account, &asked.ids)))
            },
            of_device(
                taking::<Ids>("playProducts", "Ask for products and their prices")
                    .answers::<Sold>(200, "Those that are sold to the Google account."),
            ),
        )
        .post(
            "/device/{device}/play/buy",
            |world, call, path| {
                let asked = call.asked()?;
                let account = account_of(world, path[0]);
                let end = buy(world, account, asked).ok_or_else(|| malformed("The body is not as asked"))?;
                Ok(Answer::ok(&end))
            },
            of_device(
                taking::<Buy>("playBuy", "Open the payment sheet")
                    .describe(
                        "Charges once per successful call. Other products than the ones owned may be bought beside them; \
                         `replaces` ends the old token at once, and `replacement_mode` says what becomes of the paid period. Not acknowledged within three days, a paid purchase is refunded.",
                    )
                    .answers::<SheetEnd>(200, "How the sheet ended."),
            ),
        )
        .get(
            "/device/{device}/play/purchases",
            |world, _, path| {
                let account = account_of(world, path[0]);
                let own = world.play.purchases.values();
                let own = own.filter(|known| known.account == account && known.is_listed());
                let purchases = own.map(|known| known.as_seen_by_the_phone(world.keys.seed)).collect();
                Ok(Answer::ok(&Purchases { purchases }))
            },
            of_device(
                Operation::new("playPurchases", "play", "What the Google account owns")
                    .answers::<Purchases>(200, "Paid and running, unpaid, suspended, or waiting for their first payment."),
            ),
        )
        .post(
            "/device/{device}/play/acknowledge",
            |world, call, path| {
                let asked: Acknowledge = call.asked()?;
                let account = account_of(world, path[0]);
                let known = world.play.purchases.get(&asked.token);
                if known.is_some_and(|known| known.account == account) {
                    acknowledge(world, &asked.token, "device");
                }
                Ok(Answer::ok(&serde_json::json!({})))
            },
            of_device(
                taking::<Acknowledge>("playAcknowledge", "Acknowledge a purchase")
                    .answers::<Nothing>(200, "Also for one Play does not know, or that is not paid."),
            ),
        )
});

fn taking<T: JsonSchema>(id: &'static str, summary: &'static str) -> Operation {
    Operation::new(id, "play", summary).takes::<T>()
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

fn products(world: &World, account: &str, ids: &[String]) -> Sold {
    let country = world.play.country_of(account);
    let currency = storefront(&country).currency;
    let sold = ids.iter().filter_map(|id| product(id));
    let products = sold
        .filter_map(|sold| {
            let is_new = is_new(world, account, sold.id);
            let shown = |terms: &BasePlan| base_plan(terms, &country, currency, is_new);
            let base_plans: Vec<BasePlanSold> = sold.base_plans.iter().filter_map(shown).collect();
            let first = base_plans.first()?;
            Some(ProductSold {
                id: sold.id,
                title: sold.title,
                base_plan: first.id,
                price_micros: first.price_micros,
                currency,
                display_price: first.display_price.clone(),
                period: first.period,
                base_plans,
            })
        })
        .collect();
    Sold { products }
}

/// None where it is not sold for that currency.
fn base_plan(terms: &BasePlan, country: &str, currency: &'static str, is_new: bool) -> Option<BasePlanSold> {
    let full = terms.price_micros(currency)?;
    // The billing library tells an account only of what it may have.
    let offered = terms.offers.iter().filter(|offer| is_new || offer.for_anybody);
    let offers = offered.map(|offer| {
        let micros = offer.price_micros(full);
        OfferOnSale {
            id: offer.id,
            phase: phase(offer),
            periods: offer.periods,
            price_micros: micros,
            display_price: display_price(country, currency, micros),
        }
    });
    Some(BasePlanSold {
        id: terms.id,
        period: terms.period,
        price_micros: full,
        currency,
        display_price: display_price(country, currency, full),
        offers: offers.collect(),
    })
}

/// None for an obfuscated id the billing library would not take.
fn buy(world: &mut World, account: String, asked: Buy) -> Option<SheetEnd> {
    let named = [&asked.obfuscated_account_id, &asked.obfuscated_profile_id];
    if !named
        .into_iter()
        .flatten()
        .all(|id| contract::is::<contract::Obfuscated>(id))
    {
        return None;
    }
    let order = Order {
        account,
        product: asked.product,
        base_plan: asked.base_plan,
        offer: asked.offer,
        tag: asked.obfuscated_account_id,
        profile: asked.obfuscated_profile_id,
        replaces: asked.replaces,
        mode: asked.replacement_mode.unwrap_or_default(),
    };
    Some(match open_sheet(world, order, asked.sheet.unwrap_or(Sheet::Pay)) {
        Outcome::Success(token) => {
            tell_of_purchase(world, &token);
            let purchase = seen(world, &token)?;
            SheetEnd::Success { purchase }
        }
        Outcome::Pending(token) => SheetEnd::Pending {
            purchase: seen(world, &token)?,
        },
        Outcome::Cancelled => SheetEnd::Cancelled,
        Outcome::Failed(code) => SheetEnd::Failed { code },
    })
}

fn seen(world: &World, token: &str) -> Option<Seen> {
    let known = world.play.purchases.get(token)?;
    Some(known.as_seen_by_the_phone(world.keys.seed))
}

/// Control's purchase outside the app: `P`, or none where it cannot be bought.
pub(crate) fn asked_outside(
    world: &mut World,
    device: &str,
    product: &str,
    tag: Option<String>,
    offer: Option<&str>,
) -> Option<Seen> {
    let order = Order {
        account: account_of(world, device),
        product: product.to_owned(),
        base_plan: None,
        offer: offer.map(str::to_owned),
        tag,
        profile: None,
        replaces: None,
        mode: Mode::default(),
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
