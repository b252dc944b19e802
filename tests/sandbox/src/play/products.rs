//! What Play sells: each product with one base plan, priced by currency.

/// A product as the Play console has it.
pub(super) struct Product {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) base_plan: &'static str,
    pub(super) period: &'static str,
    prices: &'static [(&'static str, i64)],
}

const PRODUCTS: [Product; 5] = [
    Product {
        id: "tapo_care_1",
        title: "Tapo Care, 1 camera",
        base_plan: "monthly",
        period: "P1M",
        prices: &[
            ("USD", 3_490_000),
            ("GBP", 3_290_000),
            ("EUR", 3_490_000),
            ("JPY", 500_000_000),
        ],
    },
    Product {
        id: "tapo_care_3",
        title: "Tapo Care, 3 cameras",
        base_plan: "monthly",
        period: "P1M",
        prices: &[
            ("USD", 6_990_000),
            ("GBP", 6_490_000),
            ("EUR", 6_990_000),
            ("JPY", 1_000_000_000),
        ],
    },
    Product {
        id: "tapo_care_10",
        title: "Tapo Care, 10 cameras",
        base_plan: "monthly",
        period: "P1M",
        prices: &[
            ("USD", 11_990_000),
            ("GBP", 10_990_000),
            ("EUR", 11_990_000),
            ("JPY", 1_800_000_000),
        ],
    },
    Product {
        id: "tapo_care_10_year",
        title: "Tapo Care, 10 cameras, yearly",
        base_plan: "yearly",
        period: "P1Y",
        prices: &[("USD", 119_990_000), ("GBP", 109_990_000), ("EUR", 119_990_000)],
    },
    // At Play and not yet in the cloud's list: what `unknown_product` is about.
    Product {
        id: "tapo_care_20",
        title: "Tapo Care, 20 cameras",
        base_plan: "monthly",
        period: "P1M",
        prices: &[("USD", 19_990_000)],
    },
];

pub(super) fn product(id: &str) -> Option<&'static Product> {
    PRODUCTS.iter().find(|product| product.id == id)
}

impl Product {
    /// None where it is not sold for that currency.
    pub(super) fn price_micros(&self, currency: &str) -> Option<i64> {
        let price = self.prices.iter().find(|(known, _)| *known == currency);
        price.map(|(_, micros)| *micros)
    }
}
