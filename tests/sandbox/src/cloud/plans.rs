//! The plans, where they are released, and the catalogue a storefront gets (R6, R7, U9).
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::signed::tagged;
use crate::call::{Answer, Call};
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
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            steering: None,
            steering_by_storefront: BTreeMap::from([("USA".to_owned(), "link".to_owned())]),
            least_contract: 1,
            withdrawn: BTreeSet::new(),
            sign_with: "k1".to_owned(),
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
    PLANS.iter().find(|plan| plan.id == id)
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

/// The plan a product of the App Store stands for; also of plans not sold any more.
pub(super) fn plan_of_product(product: &str) -> Option<&'static Plan> {
    PLANS.iter().find(|plan| plan.product == product)
}

/// `GET /v1/catalogue`.
pub(super) fn get(world: &World, call: &Call) -> Answer {
    let storefront = call.query("storefront").unwrap_or("USA");
    let locale = call.query("locale").unwrap_or("en");
    let policy = &world.cloud.policy;
    let plans: Vec<Value> = PLANS
        .iter()
        .filter(|plan| policy.sells(plan) && !plan.not_in.contains(&storefront))
        .map(|plan| {
            let features: Vec<&str> =
                plan.features.iter().filter(|feature| !FEATURES_NOT_IN.contains(&(storefront, feature))).copied().collect();
            json!({
                "id": plan.id, "service": "tapo_care", "title": plan.title, "capacity": plan.capacity, "cycle": plan.cycle,
                "features": features,
                "app_store": { "product": plan.product, "group": "tapo_care", "level": plan.level },
                "play": plan.play.map(|(product, base_plan)| {
                    json!({ "product": product, "base_plan": base_plan, "level": plan.level })
                }),
            })
        })
        .collect();
    let ever: Vec<&str> = PLANS.iter().map(|plan| plan.product).collect();
    let ever_at_play: Vec<&str> = PLANS.iter().filter_map(|plan| Some(plan.play?.0)).collect();
    let body = json!({
        "storefront": storefront, "locale": locale, "steering": policy.steering_in(storefront),
        "portal_url": "https://care.tapo.example/plans", "terms_url": "https://care.tapo.example/terms",
        "privacy_url": "https://care.tapo.example/privacy",
        "plans": plans, "products_ever_sold": { "app_store": ever, "play": ever_at_play },
    });
    tagged(call, "", Answer::ok(&body))
}
