//! What the store sells, where, for how much, and how it writes a price in each storefront.

/// A product as App Store Connect has it.
pub(super) struct Product {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) period: &'static str,
    pub(super) group: &'static str,
    /// 1 is the most: moving to a lower number is an upgrade.
    pub(super) level: u32,
    /// Not sold any more; who has it keeps it.
    pub(super) withdrawn: bool,
    /// How long its introductory offer is free, where it has one.
    pub(super) trial: Option<&'static str>,
    prices: &'static [(&'static str, i64)],
}

pub(super) const GROUP: &str = "tapo_care";

/// Prices in micros by currency. A currency that is absent: not sold there.
pub(super) const PRODUCTS: [Product; 6] = [
    Product {
        id: "care.tapo.1.monthly",
        title: "Tapo Care, 1 camera",
        period: "P1M",
        group: GROUP,
        level: 3,
        withdrawn: false,
        trial: None,
        prices: &[
            ("USD", 3_490_000),
            ("GBP", 3_290_000),
            ("EUR", 3_490_000),
            ("JPY", 500_000_000),
        ],
    },
    Product {
        id: "care.tapo.3.monthly",
        title: "Tapo Care, 3 cameras",
        period: "P1M",
        group: GROUP,
        level: 2,
        withdrawn: false,
        trial: Some("P1M"),
        prices: &[
            ("USD", 6_990_000),
            ("GBP", 6_490_000),
            ("EUR", 6_990_000),
            ("JPY", 1_000_000_000),
        ],
    },
    Product {
        id: "care.tapo.5.monthly",
        title: "Tapo Care, 5 cameras",
        period: "P1M",
        group: GROUP,
        level: 2,
        withdrawn: true,
        trial: None,
        prices: &[
            ("USD", 8_990_000),
            ("GBP", 8_490_000),
            ("EUR", 8_990_000),
            ("JPY", 1_300_000_000),
        ],
    },
    Product {
        id: "care.tapo.10.monthly",
        title: "Tapo Care, 10 cameras",
        period: "P1M",
        group: GROUP,
        level: 1,
        withdrawn: false,
        trial: None,
        prices: &[
            ("USD", 11_990_000),
            ("GBP", 10_990_000),
            ("EUR", 11_990_000),
            ("JPY", 1_800_000_000),
        ],
    },
    Product {
        id: "care.tapo.10.yearly",
        title: "Tapo Care, 10 cameras, yearly",
        period: "P1Y",
        group: GROUP,
        level: 1,
        withdrawn: false,
        trial: None,
        prices: &[("USD", 119_990_000), ("GBP", 109_990_000), ("EUR", 119_990_000)],
    },
    // In the store and not yet in the cloud's list: what `unknown_product` is about.
    Product {
        id: "care.tapo.20.monthly",
        title: "Tapo Care, 20 cameras",
        period: "P1M",
        group: GROUP,
        level: 1,
        withdrawn: false,
        trial: None,
        prices: &[("USD", 19_990_000)],
    },
];

/// A storefront's currency and Apple's number for it.
pub(crate) struct Storefront {
    pub(crate) currency: &'static str,
    pub(super) id: &'static str,
}

pub(crate) fn storefront(country: &str) -> Storefront {
    let (currency, id) = match country {
        "GBR" => ("GBP", "143444"),
        "DEU" => ("EUR", "143443"),
        "FRA" => ("EUR", "143442"),
        "JPN" => ("JPY", "143462"),
        _ => ("USD", "143441"),
    };
    Storefront { currency, id }
}

pub(super) fn product(id: &str) -> Option<&'static Product> {
    PRODUCTS.iter().find(|product| product.id == id)
}

impl Product {
    pub(super) fn price_micros(&self, currency: &str) -> Option<i64> {
        self.prices
            .iter()
            .find(|(known, _)| *known == currency)
            .map(|(_, micros)| *micros)
    }
}

/// The price as the store itself shows it; the app shows it verbatim (U4).
pub(crate) fn display_price(country: &str, currency: &str, micros: i64) -> String {
    let units = micros / 1_000_000;
    let cents = micros % 1_000_000 / 10_000;
    match (country, currency) {
        (_, "JPY") => format!("¥{}", grouped(units)),
        (_, "GBP") => format!("£{}.{cents:02}", grouped(units)),
        (_, "EUR") => format!("{units},{cents:02}\u{a0}€"),
        _ => format!("${}.{cents:02}", grouped(units)),
    }
}

fn grouped(units: i64) -> String {
    if units < 1000 {
        units.to_string()
    } else {
        format!("{},{:03}", grouped(units / 1000), units % 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_storefront_writes_its_own_price() {
        let shown = |country: &str| {
            let currency = storefront(country).currency;
            let micros = product("care.tapo.3.monthly").unwrap().price_micros(currency).unwrap();
            display_price(country, currency, micros)
        };
        assert_eq!(shown("USA"), "$6.99");
        assert_eq!(shown("GBR"), "£6.49");
        assert_eq!(shown("JPN"), "¥1,000");
        assert_eq!(shown("DEU"), "6,99\u{a0}€");
        assert_eq!(display_price("USA", "USD", 119_990_000), "$119.99");
    }

    #[test]
    fn the_yearly_plan_is_not_sold_in_japan() {
        assert_eq!(product("care.tapo.10.yearly").unwrap().price_micros("JPY"), None);
    }
}
