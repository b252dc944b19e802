//! What Play sells: products, the base plans of each, and the offers on those, by name; priced by currency.
use crate::moment::DAY_MS;

/// A product as the Play console has it.
pub(super) struct Product {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// The first is the one a buyer gets who names none.
    pub(super) base_plans: &'static [BasePlan],
}

/// One way to be billed for a product.
pub(super) struct BasePlan {
    pub(super) id: &'static str,
    pub(super) period: &'static str,
    prices: &'static [(&'static str, i64)],
    pub(super) offers: &'static [Offer],
}

/// What the first periods cost, once for each Google account and product.
pub(super) struct Offer {
    pub(super) id: &'static str,
    pub(super) phase: Phase,
    /// How many periods it lasts.
    pub(super) periods: i64,
    /// Also for a Google account that had the product before: a promotion, a code, a win-back.
    pub(super) for_anybody: bool,
}

/// The kinds of an offer's phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing is charged.
    FreeTrial,
    /// Half of the price.
    Introductory,
}

const FREE_MONTH: Offer = Offer {
    id: "free-month",
    phase: Phase::FreeTrial,
    periods: 1,
    for_anybody: false,
};
const HALF_PRICE: Offer = Offer {
    id: "half-price",
    phase: Phase::Introductory,
    periods: 3,
    for_anybody: false,
};

const fn half_for_a_month(id: &'static str) -> Offer {
    Offer {
        id,
        phase: Phase::Introductory,
        periods: 1,
        for_anybody: true,
    }
}

const fn plan(
    id: &'static str,
    period: &'static str,
    prices: &'static [(&'static str, i64)],
    offers: &'static [Offer],
) -> BasePlan {
    BasePlan {
        id,
        period,
        prices,
        offers,
    }
}

const YEAR_OF_TEN: &[(&str, i64)] = &[("USD", 119_990_000), ("GBP", 109_990_000), ("EUR", 119_990_000)];

const PRODUCTS: [Product; 5] = [
    Product {
        id: "tapo_care_1",
        title: "Tapo Care, 1 camera",
        base_plans: &[plan(
            "monthly",
            "P1M",
            &[
                ("USD", 3_490_000),
                ("GBP", 3_290_000),
                ("EUR", 3_490_000),
                ("JPY", 500_000_000),
            ],
            &[],
        )],
    },
    Product {
        id: "tapo_care_3",
        title: "Tapo Care, 3 cameras",
        base_plans: &[plan(
            "monthly",
            "P1M",
            &[
                ("USD", 6_990_000),
                ("GBP", 6_490_000),
                ("EUR", 6_990_000),
                ("JPY", 1_000_000_000),
            ],
            &[
                FREE_MONTH,
                HALF_PRICE,
                half_for_a_month("promotional-half"),
                half_for_a_month("code-half"),
                half_for_a_month("win-back-half"),
            ],
        )],
    },
    Product {
        id: "tapo_care_10",
        title: "Tapo Care, 10 cameras",
        base_plans: &[
            plan(
                "monthly",
                "P1M",
                &[
                    ("USD", 11_990_000),
                    ("GBP", 10_990_000),
                    ("EUR", 11_990_000),
                    ("JPY", 1_800_000_000),
                ],
                &[],
            ),
            plan("yearly", "P1Y", YEAR_OF_TEN, &[]),
            // At Play and not yet in the cloud's list.
            plan("weekly", "P1W", &[("USD", 3_990_000)], &[]),
        ],
    },
    Product {
        id: "tapo_care_10_year",
        title: "Tapo Care, 10 cameras, yearly",
        base_plans: &[plan("yearly", "P1Y", YEAR_OF_TEN, &[])],
    },
    // At Play and not yet in the cloud's list: what `unknown_product` is about.
    Product {
        id: "tapo_care_20",
        title: "Tapo Care, 20 cameras",
        base_plans: &[plan("monthly", "P1M", &[("USD", 19_990_000)], &[])],
    },
];

pub(super) fn product(id: &str) -> Option<&'static Product> {
    PRODUCTS.iter().find(|product| product.id == id)
}

impl Product {
    /// The base plan of that name; the first where none is named.
    pub(super) fn base_plan(&self, name: Option<&str>) -> Option<&'static BasePlan> {
        match name {
            Some(name) => self.base_plans.iter().find(|plan| plan.id == name),
            None => self.base_plans.first(),
        }
    }
}

impl BasePlan {
    /// How long its period is as Google compares prices: a month is a twelfth of a year.
    pub(super) fn length_ms(&self) -> i64 {
        match self.period {
            "P1Y" => 365 * DAY_MS,
            "P1W" => 7 * DAY_MS,
            _ => 365 * DAY_MS / 12,
        }
    }

    /// None where it is not sold for that currency.
    pub(super) fn price_micros(&self, currency: &str) -> Option<i64> {
        let price = self.prices.iter().find(|(known, _)| *known == currency);
        price.map(|(_, micros)| *micros)
    }

    pub(super) fn offer(&self, name: &str) -> Option<&'static Offer> {
        self.offers.iter().find(|offer| offer.id == name)
    }
}

impl Offer {
    /// What a period in it costs, of a base plan at that price.
    pub(super) fn price_micros(&self, full: i64) -> i64 {
        match self.phase {
            Phase::FreeTrial => 0,
            // To the cent.
            Phase::Introductory => full / 2 / 10_000 * 10_000,
        }
    }
}
