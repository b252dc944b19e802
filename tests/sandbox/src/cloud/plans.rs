//! The plans, where they are released, and the catalogue a storefront gets (R6, R7, U9).
use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::malformed;
use super::signed::tagged;
use crate::call::{Answer, Call};
use crate::contract::{self, Country, Locale, is};
use crate::world::World;

pub(super) struct Plan {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) capacity: usize,
    pub(super) cycle: &'static str,
    pub(super) product: &'static str,
    /// Play's product, and which of its base plans.
    pub(super) play: Option<(&'static str, &'static str)>,
    /// Apple's rank in the group: 1 is the most.
    pub(super) level: u32,
    /// What the portal charges, in micros of a US dollar.
    pub(super) portal_price_micros: i64,
    features: &'static [&'static str],
    /// Nowhere, where it is not sold any more.
    released: bool,
    not_in: &'static [&'static str],
    pub(super) service: &'static str,
    /// The cameras selected, or all that are bound to the account.
    pub(super) covers: &'static str,
}

const FEATURES: [&str; 2] = ["30_day_history", "smart_alerts"];

const PLANS: [Plan; 5] = [
    Plan {
        id: "tapo-1-monthly",
        title: "Tapo Care · 1 camera",
        capacity: 1,
        cycle: "P1M",
        product: "care.tapo.1.monthly",
        play: Some(("tapo_care_1", "monthly")),
        level: 3,
        portal_price_micros: 3_490_000,
        features: &FEATURES,
        released: true,
        not_in: &[],
        service: "tapo_care",
        covers: "cameras",
    },
    Plan {
        id: "tapo-3-monthly",
        title: "Tapo Care · 3 cameras",
        capacity: 3,
        cycle: "P1M",
        product: "care.tapo.3.monthly",
        play: Some(("tapo_care_3", "monthly")),
        level: 2,
        portal_price_micros: 6_990_000,
        features: &FEATURES,
        released: true,
        not_in: &[],
        service: "tapo_care",
        covers: "cameras",
    },
    Plan {
        id: "tapo-5-monthly",
        title: "Tapo Care · 5 cameras",
        capacity: 5,
        cycle: "P1M",
        product: "care.tapo.5.monthly",
        play: None,
        level: 2,
        portal_price_micros: 8_990_000,
        features: &FEATURES,
        released: false,
        not_in: &[],
        service: "tapo_care",
        covers: "cameras",
    },
    Plan {
        id: "tapo-10-monthly",
        title: "Tapo Care · 10 cameras",
        capacity: 10,
        cycle: "P1M",
        product: "care.tapo.10.monthly",
        play: Some(("tapo_care_10", "monthly")),
        level: 1,
        portal_price_micros: 11_990_000,
        features: &FEATURES,
        released: true,
        not_in: &[],
        service: "tapo_care",
        covers: "cameras",
    },
    Plan {
        id: "tapo-10-yearly",
        title: "Tapo Care · 10 cameras, yearly",
        capacity: 10,
        cycle: "P1Y",
        product: "care.tapo.10.yearly",
        play: Some(("tapo_care_10_year", "yearly")),
        level: 1,
        portal_price_micros: 119_990_000,
        features: &FEATURES,
        released: true,
        not_in: &["JPN"],
        service: "tapo_care",
        covers: "cameras",
    },
];

/// Plans of Kasa Care, which control gives: their own billing is not played here.
const KASA_PLANS: [Plan; 3] = [
    Plan {
        id: "kasa-plus-monthly",
        title: "Kasa Care Plus",
        capacity: 100,
        cycle: "P1M",
        product: "",
        play: None,
        level: 1,
        portal_price_micros: 2_990_000,
        features: &FEATURES,
        released: false,
        not_in: &[],
        service: "kasa_care",
        covers: "cameras",
    },
    Plan {
        id: "kasa-premium-yearly",
        title: "Kasa Care Premium",
        capacity: 10,
        cycle: "P1Y",
        product: "",
        play: None,
        level: 1,
        portal_price_micros: 99_990_000,
        features: &FEATURES,
        released: false,
        not_in: &[],
        service: "kasa_care",
        covers: "account",
    },
    Plan {
        id: "kasa-legacy-monthly",
        title: "Kasa Care (legacy)",
        capacity: 5,
        cycle: "P1M",
        product: "",
        play: None,
        level: 1,
        portal_price_micros: 9_990_000,
        features: &FEATURES,
        released: false,
        not_in: &[],
        service: "kasa_legacy",
        covers: "cameras",
    },
];

/// Features released in some storefronts only (R7).
const FEATURES_NOT_IN: [(&str, &str); 1] = [("JPN", "smart_alerts")];

/// What control may change about selling.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Policy {
    /// Where set, it holds in every storefront.
    steering: Option<String>,
    steering_by_storefront: BTreeMap<String, String>,
    pub(crate) least_contract: u32,
    withdrawn: BTreeSet<String>,
    /// The key that signs answers.
    pub(crate) sign_with: String,
    /// Whether plans may begin with a free trial that the store sells (X12).
    #[serde(default)]
    pub(crate) store_trials: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            steering: None,
            steering_by_storefront: BTreeMap::from([("USA".to_owned(), "link".to_owned())]),
            least_contract: 1,
            withdrawn: BTreeSet::new(),
            sign_with: "k1".to_owned(),
            store_trials: false,
        }
    }
}

impl Policy {
    pub(crate) fn steer(&mut self, steering: String) {
        self.steering = Some(steering);
    }

    /// False where there is no such plan.
    pub(crate) fn withdraw(&mut self, id: &str) -> bool {
        plan(id).is_some() && {
            self.withdrawn.insert(id.to_owned());
            true
        }
    }

    /// Whether the plan is sold anywhere.
    pub(super) fn sells(&self, plan: &Plan) -> bool {
        plan.released && !self.withdrawn.contains(plan.id)
    }

    fn steering_in(&self, storefront: &str) -> &str {
        let by_storefront = || {
            self.steering_by_storefront
                .get(storefront)
                .map_or("none", String::as_str)
        };
        self.steering.as_deref().unwrap_or_else(by_storefront)
    }
}

pub(super) fn plan(id: &str) -> Option<&'static Plan> {
    PLANS.iter().chain(&KASA_PLANS).find(|plan| plan.id == id)
}

/// What Play sold a plan as besides what it is sold as now: product, base plan, plan.
const ALSO_AT_PLAY: [(&str, &str, &str); 1] = [("tapo_care_10", "yearly", "tapo-10-yearly")];

/// The plan that Play sells as that base plan of that product.
pub(super) fn plan_of_base_plan(product: &str, base_plan: &str) -> Option<&'static Plan> {
    let sold = |plan: &&Plan| plan.play == Some((product, base_plan));
    let also = ALSO_AT_PLAY
        .iter()
        .find(|also| (also.0, also.1) == (product, base_plan));
    PLANS.iter().find(sold).or_else(|| also.and_then(|also| plan(also.2)))
}

/// What an offer at Play is for, by its id; none for one that only begins a subscription.
pub(super) fn offer_kind(id: &str) -> Option<&'static str> {
    match id {
        "promotional-half" => Some("promotional"),
        "code-half" => Some("code"),
        "win-back-half" => Some("win_back"),
        _ => None,
    }
}

/// The plan a product of the App Store stands for; also of plans not sold any more.
pub(super) fn plan_of_product(product: &str) -> Option<&'static Plan> {
    PLANS.iter().find(|plan| plan.product == product)
}

/// What is sold in a storefront. Prices are the store's own (U4).
#[derive(Serialize, JsonSchema)]
pub(super) struct Catalogue {
    #[schemars(with = "contract::Country")]
    storefront: String,
    #[schemars(with = "contract::Locale")]
    locale: String,
    #[schemars(with = "contract::Steering")]
    steering: String,
    #[schemars(with = "contract::Url")]
    portal_url: &'static str,
    #[schemars(with = "contract::Url")]
    terms_url: &'static str,
    #[schemars(with = "contract::Url")]
    privacy_url: &'static str,
    /// Only what is released in the storefront (R7).
    plans: Vec<PlanOnSale>,
    products_ever_sold: ProductsEverSold,
}

/// A plan that can be bought here.
#[derive(Serialize, JsonSchema)]
struct PlanOnSale {
    #[schemars(with = "contract::PlanId")]
    id: &'static str,
    #[schemars(with = "contract::Service")]
    service: &'static str,
    #[schemars(with = "contract::Title")]
    title: &'static str,
    #[schemars(with = "contract::Capacity")]
    capacity: usize,
    #[schemars(with = "contract::Cycle")]
    cycle: &'static str,
    #[schemars(with = "Vec<contract::Feature>")]
    features: Vec<&'static str>,
    /// Null where the App Store does not sell it.
    app_store: Option<AtAppStore>,
    /// Null where Google Play does not sell it.
    play: Option<AtPlay>,
}

/// A plan's product at the App Store.
#[derive(Serialize, JsonSchema)]
struct AtAppStore {
    #[schemars(with = "contract::AppleProduct")]
    product: &'static str,
    #[schemars(with = "contract::Service")]
    group: &'static str,
    #[schemars(with = "contract::Level")]
    level: u32,
}

/// A plan's product at Google Play.
#[derive(Serialize, JsonSchema)]
struct AtPlay {
    #[schemars(with = "contract::PlayProduct")]
    product: &'static str,
    #[schemars(with = "contract::BillingPlan")]
    base_plan: &'static str,
    #[schemars(with = "contract::Level")]
    level: u32,
}

/// Every product that was ever a plan's, sold now or not; it only grows.
#[derive(Serialize, JsonSchema)]
struct ProductsEverSold {
    #[schemars(with = "Vec<contract::AppleProduct>")]
    app_store: Vec<&'static str>,
    #[schemars(with = "Vec<contract::PlayProduct>")]
    play: Vec<&'static str>,
}

/// `GET /v1/catalogue`.
pub(super) fn get(world: &World, call: &Call) -> Result<Answer, Answer> {
    let storefront = call.query("storefront").unwrap_or("USA");
    let locale = call.query("locale").unwrap_or("en");
    if !is::<Country>(storefront) || !is::<Locale>(locale) {
        return Err(malformed("That is no storefront or no locale"));
    }
    let policy = &world.cloud.policy;
    let plans = PLANS
        .iter()
        .filter(|plan| policy.sells(plan) && !plan.not_in.contains(&storefront))
        .map(|plan| PlanOnSale {
            id: plan.id,
            service: plan.service,
            title: plan.title,
            capacity: plan.capacity,
            cycle: plan.cycle,
            features: plan.features_in(storefront),
            app_store: Some(AtAppStore {
                product: plan.product,
                group: "tapo_care",
                level: plan.level,
            }),
            play: plan.play.map(|(product, base_plan)| AtPlay {
                product,
                base_plan,
                level: plan.level,
            }),
        })
        .collect();
    let catalogue = Catalogue {
        storefront: storefront.to_owned(),
        locale: locale.to_owned(),
        steering: policy.steering_in(storefront).to_owned(),
        portal_url: "https://care.tapo.example/plans",
        terms_url: "https://care.tapo.example/terms",
        privacy_url: "https://care.tapo.example/privacy",
        plans,
        products_ever_sold: ProductsEverSold {
            app_store: PLANS.iter().map(|plan| plan.product).collect(),
            play: PLANS.iter().filter_map(|plan| Some(plan.play?.0)).collect(),
        },
    };
    Ok(tagged(call, "", Answer::ok(&catalogue)))
}

impl Plan {
    fn features_in(&self, storefront: &str) -> Vec<&'static str> {
        let released = |feature: &&&str| !FEATURES_NOT_IN.contains(&(storefront, **feature));
        self.features.iter().filter(released).copied().collect()
    }
}
