//! The catalogue: plans on sale in this storefront, and every product ever sold. It gates nothing about money.

pub(crate) mod held;
pub(crate) mod portal;

pub(crate) use portal::PortalWords;

use crate::account::Service;
use crate::id::{PlanId, ProductId, StoreKind};
use crate::open_enum::open_enum;
use crate::period::Period;
use serde::{Deserialize, Serialize};

/// What the cloud serves for one storefront and locale (R7): what is not in it is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// The storefront it is for.
    pub storefront: String,
    /// What may be said about the portal in this storefront (U9).
    #[serde(default)]
    pub steering: Steering,
    /// The portal, where a link is allowed.
    #[serde(default)]
    pub portal_url: Option<String>,
    /// Terms of use (U1).
    pub terms_url: String,
    /// Privacy policy (U1).
    pub privacy_url: String,
    /// Plans on sale, as served.
    pub plans: Vec<PlanOnSale>,
    /// Everything ever sold; it only grows.
    #[serde(default)]
    pub products_ever_sold: ProductsEverSold,
}

/// One plan on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOnSale {
    /// The plan.
    pub id: PlanId,
    /// Its line of plans.
    pub service: Service,
    /// Its title.
    pub title: String,
    /// How many cameras it covers (R6).
    pub capacity: u32,
    /// How often it bills.
    pub cycle: Period,
    /// What it brings, by stable names.
    #[serde(default)]
    pub features: Vec<String>,
    /// What the App Store calls it, where it sells it.
    #[serde(default)]
    pub app_store: Option<AppStoreProduct>,
    /// What Google Play calls it, where it sells it.
    #[serde(default)]
    pub play: Option<PlayProduct>,
}

/// A plan at the App Store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppStoreProduct {
    /// The product.
    pub product: ProductId,
    /// Its subscription group.
    pub group: String,
    /// Its level in the group.
    pub level: u32,
}

/// A plan at Google Play.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayProduct {
    /// The product.
    pub product: ProductId,
    /// Its base plan.
    pub base_plan: String,
    /// Its rank among the plans, counted as at the App Store: 1 is the most.
    pub level: u32,
}

/// Every product ever sold, withdrawn ones included, by store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductsEverSold {
    /// At the App Store.
    #[serde(default)]
    pub app_store: Vec<ProductId>,
    /// At Google Play.
    #[serde(default)]
    pub play: Vec<ProductId>,
}

open_enum! {
    /// What may be said about the portal (U9).
    Steering {
        /// Nothing: "You already have a plan", with manage.
        None = "none",
        /// Words without a link.
        TextOnly = "text_only",
        /// Words and a link.
        Link = "link",
    }
}

impl Default for Steering {
    /// Nothing, until the cloud says more (U9).
    fn default() -> Self {
        Self::None
    }
}

impl Catalogue {
    /// The plan of that id, if it is on sale here.
    pub fn plan(&self, id: &PlanId) -> Option<&PlanOnSale> {
        self.plans.iter().find(|plan| &plan.id == id)
    }

    /// The plan of that store product.
    pub fn plan_of(&self, store: StoreKind, product: &ProductId) -> Option<&PlanOnSale> {
        self.plans.iter().find(|plan| plan.product(store) == Some(product))
    }

    /// Plans this store sells, by number of cameras and then by cycle (R6).
    pub fn by_capacity(&self, store: StoreKind) -> Vec<&PlanOnSale> {
        let mut plans: Vec<&PlanOnSale> = self.plans.iter().filter(|plan| plan.product(store).is_some()).collect();
        plans.sort_by(|a, b| (a.capacity, a.cycle.iso8601(), &a.id).cmp(&(b.capacity, b.cycle.iso8601(), &b.id)));
        plans
    }
}

impl PlanOnSale {
    /// What that store calls it; `None` where it does not sell it.
    pub fn product(&self, store: StoreKind) -> Option<&ProductId> {
        match store {
            StoreKind::AppStore => self.app_store.as_ref().map(|sold| &sold.product),
            StoreKind::Play => self.play.as_ref().map(|sold| &sold.product),
        }
    }

    /// The subscription group at that store; Play has none.
    pub fn group(&self, store: StoreKind) -> Option<&str> {
        match store {
            StoreKind::AppStore => self.app_store.as_ref().map(|sold| sold.group.as_str()),
            StoreKind::Play => None,
        }
    }
}
