//! Whether the product a receipt names is one of ours: an answer of its own beside *authentic*, *bound* and *access*.
//!
//! The catalogue lists what is on sale in this storefront and everything ever sold, which only grows. No answer decides
//! about money: a product that is on no list is still posted, for the cloud may know what this phone's list does not.

use crate::catalogue::Catalogue;
use crate::id::{ProductId, StoreKind};

/// What the catalogue says of a receipt's product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sold {
    /// It is on sale in this storefront.
    OnSale,
    /// It was sold, and is not on sale here (any more). Whoever bought it keeps it.
    Withdrawn,
    /// It was never one of ours.
    NeverOurs,
    /// There is no catalogue here to ask.
    NotLoaded,
}

impl Sold {
    /// The answer's stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::OnSale => "on_sale",
            Self::Withdrawn => "withdrawn",
            Self::NeverOurs => "never_ours",
            Self::NotLoaded => "not_loaded",
        }
    }
}

/// One store's products, as the catalogue lists them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Products {
    /// On sale in the catalogue's storefront.
    pub on_sale: Vec<ProductId>,
    /// Ever sold, withdrawn ones included.
    pub ever_sold: Vec<ProductId>,
}

impl Products {
    /// What the catalogue lists for that store.
    pub fn of(catalogue: &Catalogue, store: StoreKind) -> Self {
        let on_sale = catalogue.plans.iter().filter_map(|plan| plan.product(store));
        let ever_sold = match store {
            StoreKind::AppStore => &catalogue.products_ever_sold.app_store,
            StoreKind::Play => &catalogue.products_ever_sold.play,
        };
        Self {
            on_sale: on_sale.cloned().collect(),
            ever_sold: ever_sold.clone(),
        }
    }
}

/// What the list says of that product.
pub fn sold(product: &ProductId, products: Option<&Products>) -> Sold {
    match products {
        None => Sold::NotLoaded,
        Some(listed) if listed.on_sale.contains(product) => Sold::OnSale,
        Some(listed) if listed.ever_sold.contains(product) => Sold::Withdrawn,
        Some(_) => Sold::NeverOurs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{AppStoreProduct, PlanOnSale, ProductsEverSold};
    use crate::period::Period;

    fn catalogue() -> Catalogue {
        let plan = PlanOnSale {
            id: "tapo-3-monthly".into(),
            service: crate::account::Service::TapoCare,
            title: "Tapo Care · 3 cameras".into(),
            capacity: 3,
            cycle: Period::parse("P1M").unwrap(),
            features: vec![],
            app_store: Some(AppStoreProduct {
                product: "care.3".into(),
                group: "tapo_care".into(),
                level: 2,
            }),
            play: None,
        };
        Catalogue {
            storefront: "USA".into(),
            steering: Default::default(),
            portal_url: None,
            terms_url: String::new(),
            privacy_url: String::new(),
            plans: vec![plan],
            products_ever_sold: ProductsEverSold {
                app_store: vec!["care.3".into(), "care.2019".into()],
                play: vec!["care_2019".into()],
            },
        }
    }

    // Rules: R7
    #[test]
    fn a_receipts_product_is_on_sale_withdrawn_never_ours_or_nobody_can_say() {
        let catalogue = catalogue();
        let said = |store, product: &str| sold(&product.into(), Some(&Products::of(&catalogue, store)));
        assert_eq!(said(StoreKind::AppStore, "care.3"), Sold::OnSale);
        assert_eq!(said(StoreKind::AppStore, "care.2019"), Sold::Withdrawn);
        assert_eq!(said(StoreKind::AppStore, "storage.200gb"), Sold::NeverOurs);
        assert_eq!(said(StoreKind::Play, "care_2019"), Sold::Withdrawn);
        assert_eq!(
            said(StoreKind::Play, "care.3"),
            Sold::NeverOurs,
            "a store's name is that store's"
        );
        assert_eq!(sold(&"care.3".into(), None), Sold::NotLoaded);
    }
}
