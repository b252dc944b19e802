//! Plan cards: title, length, price and terms on one card (U1–U4).

use super::PlanCard;
use crate::account::StoreTrial;
use crate::catalogue::PlanOnSale;
use crate::message::Message;
use crate::money::Price;
use crate::period::{Period, PeriodUnit};
use crate::ports::StoreProduct;
use crate::time::TrustedTime;
use crate::trial::store;

/// Whether a free trial may be sold, as far as the account says, and when: what cards are made with beside plan and product.
#[derive(Debug, Clone, Copy, Default)]
pub struct TrialWord<'a> {
    /// The cloud's word.
    pub cloud: Option<&'a StoreTrial>,
    /// Whether it answered when it was last asked.
    pub fresh: bool,
    /// Trusted time.
    pub now: Option<TrustedTime>,
}

/// The card of a plan, priced by the store in its own words.
pub fn plan_card(plan: &PlanOnSale, product: &StoreProduct, word: TrialWord<'_>) -> PlanCard {
    let trial = store::of_plan(store::Word {
        cloud: word.cloud,
        fresh: word.fresh,
        store: product.trial.as_ref(),
    });
    PlanCard {
        id: plan.id.clone(),
        title: plan.title.clone(),
        capacity: plan.capacity,
        cycle: plan.cycle,
        display_price: product.display_price.clone(),
        price: product.price.clone(),
        per_month: per_month(&product.price, plan.cycle),
        terms: match trial.length {
            Some(length) => store::terms(product, plan.cycle, length, word.now),
            None => Message::new("renews-until-cancelled")
                .text("price", &product.display_price)
                .text("period", plan.cycle.iso8601()),
        },
        trial,
        features: plan.features.clone(),
        product: product.id.clone(),
    }
}

/// What a cycle of several months comes to per month, rounded up: never less than what is billed.
fn per_month(price: &Price, cycle: Period) -> Option<Price> {
    let months = match cycle.unit {
        PeriodUnit::Month => i64::from(cycle.count),
        PeriodUnit::Year => i64::from(cycle.count) * 12,
        PeriodUnit::Day | PeriodUnit::Week => return None,
    };
    let micros = price.micros.checked_add(months - 1)?.checked_div(months)?;
    (months > 1).then(|| Price {
        micros,
        currency: price.currency.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Service, TrialState};
    use crate::catalogue::AppStoreProduct;
    use crate::ports::TrialOffer;
    use crate::time::Timestamp;

    fn yearly() -> (PlanOnSale, StoreProduct) {
        let plan = PlanOnSale {
            id: "tapo-10-yearly".into(),
            service: Service::TapoCare,
            title: "Tapo Care · 10 cameras".into(),
            capacity: 10,
            cycle: Period {
                count: 1,
                unit: PeriodUnit::Year,
            },
            features: vec![],
            app_store: Some(AppStoreProduct {
                product: "care.tapo.10.yearly".into(),
                group: "tapo_care".into(),
                level: 3,
            }),
            play: None,
        };
        let product = StoreProduct {
            id: "care.tapo.10.yearly".into(),
            title: "10 cameras, a year".into(),
            display_price: "CHF 119.–".into(),
            price: Price {
                micros: 119_000_000,
                currency: "CHF".into(),
            },
            period: "P1Y".into(),
            trial: None,
        };
        (plan, product)
    }

    // Rules: U1, U2, U3, U4, R10
    #[test]
    fn a_card_shows_title_length_the_stores_own_price_string_and_that_it_renews() {
        let (plan, product) = yearly();
        let card = plan_card(&plan, &product, TrialWord::default());
        assert_eq!(
            (card.title.as_str(), card.cycle.iso8601().as_str()),
            ("Tapo Care · 10 cameras", "P1Y")
        );
        assert_eq!(card.display_price, "CHF 119.–");
        assert_eq!(card.terms.key, "renews-until-cancelled");
        assert_eq!(card.terms.text_arg("price"), Some("CHF 119.–"));
        assert_eq!(
            card.per_month,
            Some(Price {
                micros: 9_916_667,
                currency: "CHF".into()
            })
        );
    }

    // Rules: X12, U2, U10, U11, R66, R67
    #[test]
    fn a_card_with_a_trial_says_its_length_the_price_after_it_and_until_when_to_cancel() {
        let (plan, mut product) = yearly();
        product.trial = Some(TrialOffer {
            id: None,
            length: "P2W".into(),
        });
        let eligible = StoreTrial {
            state: TrialState::Eligible,
            reason: None,
        };
        let now = Timestamp::parse("2026-01-05T09:00:00Z").unwrap();
        let word = TrialWord {
            cloud: Some(&eligible),
            fresh: true,
            now: Some(TrustedTime::vouched(now)),
        };
        let card = plan_card(&plan, &product, word);
        assert_eq!(
            card.display_price, "CHF 119.–",
            "what is billed stays the most prominent price"
        );
        assert_eq!(card.title, "Tapo Care · 10 cameras", "no product is called a trial");
        assert_eq!(
            (card.trial.state.as_str(), card.trial.length),
            ("eligible", Period::parse("P2W"))
        );
        assert_eq!(card.terms.key, "trial-then-renews");
        assert_eq!(card.terms.text_arg("length"), Some("P2W"));
        assert_eq!(card.terms.text_arg("price"), Some("CHF 119.–"));
        assert_eq!(card.terms.text_arg("period"), Some("P1Y"));
        let end = Timestamp::parse("2026-01-19T09:00:00Z").unwrap();
        assert!(card.terms.args.contains(&Message::new("").date("date", end).args[0]));

        let full = plan_card(&plan, &product, TrialWord { fresh: false, ..word });
        assert_eq!(
            (full.terms.key.as_str(), full.trial.length),
            ("renews-until-cancelled", None)
        );
    }

    #[test]
    fn a_monthly_plan_has_no_second_price_beside_the_billed_one() {
        let (mut plan, product) = yearly();
        plan.cycle = Period {
            count: 1,
            unit: PeriodUnit::Month,
        };
        assert_eq!(plan_card(&plan, &product, TrialWord::default()).per_month, None);
    }

    proptest::proptest! {
        // Rules: U2
        #[test]
        fn months_add_up_to_what_is_billed_and_to_less_than_a_millionth_a_month_more(
            micros in 0_i64..=1_000_000_000_000_000,
            count in 1_u32..=120,
            years in proptest::bool::ANY,
        ) {
            let unit = if years { PeriodUnit::Year } else { PeriodUnit::Month };
            let months = i64::from(count) * if years { 12 } else { 1 };
            let price = Price { micros, currency: "JPY".into() };
            match per_month(&price, Period { count, unit }) {
                None => assert_eq!(months, 1, "only a month needs no second price"),
                Some(each) => {
                    let sum = each.micros * months;
                    assert!((micros..micros + months).contains(&sum), "{sum} for {micros}");
                    assert_eq!(each.currency, price.currency);
                }
            }
        }
    }
}
