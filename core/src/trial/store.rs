//! A free trial sold through a store: shown only where cloud and store both say eligible, else the full price (X12). It turns
//! into a paid period, and its words say so (X6).

use crate::account::{StoreTrial, TrialState};
use crate::message::Message;
use crate::period::Period;
use crate::ports::{StoreProduct, TrialOffer};
use crate::snapshot::PlanTrial;
use crate::time::TrustedTime;

/// What there is to go by.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// The cloud's word on the account; `None` where nobody is signed in, or it says nothing about it.
    pub cloud: Option<&'a StoreTrial>,
    /// Whether the cloud answered when it was last asked: a trial is offered on its fresh word alone (U15).
    pub fresh: bool,
    /// The store's word on this store account.
    pub store: Option<&'a TrialOffer>,
}

/// What a plan card says about a trial: its state is `eligible` where it is to be had, else `used`, `not_offered`, `unknown`
/// or `offline`, and then the plan is sold at its full price.
pub fn of_plan(word: Word<'_>) -> PlanTrial {
    let store = word.store.map(|offer| Period::parse(&offer.length));
    let said = |state: &str, message: Message| PlanTrial {
        state: state.to_owned(),
        reason: word.cloud.and_then(|cloud| cloud.reason.clone()),
        length: None,
        message,
    };
    match (word.cloud.map(|cloud| &cloud.state), store) {
        (Some(TrialState::Used), _) => said("used", Message::new("account-trial-used")),
        (Some(TrialState::NotOffered), _) => said("not_offered", Message::new("account-trial-not-offered")),
        (Some(TrialState::Eligible), _) if !word.fresh => said("offline", Message::new("trial-offline")),
        (Some(TrialState::Eligible), None) => said("not_offered", Message::new("store-trial-not-offered")),
        (Some(TrialState::Eligible), Some(Some(length))) => PlanTrial {
            length: Some(length),
            ..said(
                "eligible",
                Message::new("account-trial-eligible").text("length", length.iso8601()),
            )
        },
        // A length nobody can read is no offer, and what is not known is never one.
        (Some(TrialState::Eligible), Some(None))
        | (Some(TrialState::Active | TrialState::Paused | TrialState::Unknown(_)) | None, _) => {
            said("unknown", Message::new("trial-unknown"))
        }
    }
}

/// What a card with a trial says of the money: nothing for so long, then the price, and until when to cancel (U11, R67).
pub fn terms(product: &StoreProduct, cycle: Period, length: Period, now: Option<TrustedTime>) -> Message {
    let message = Message::new("trial-then-renews")
        .text("length", length.iso8601())
        .text("price", &product.display_price)
        .text("period", cycle.iso8601());
    match now.and_then(|now| length.after(now.timestamp())) {
        Some(end) => message.date("date", end),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cloud(state: TrialState, reason: Option<&str>) -> StoreTrial {
        StoreTrial {
            state,
            reason: reason.map(str::to_owned),
        }
    }

    fn month(length: &str) -> TrialOffer {
        TrialOffer {
            id: Some("free-month".into()),
            length: length.into(),
        }
    }

    fn shown(cloud: Option<&StoreTrial>, fresh: bool, store: Option<&TrialOffer>) -> (String, String) {
        let trial = of_plan(Word { cloud, fresh, store });
        assert_eq!(trial.length.is_some(), trial.state == "eligible", "{trial:?}");
        (trial.state, trial.message.key)
    }

    // Rules: X12, U15
    #[test]
    fn a_stores_trial_is_shown_only_where_cloud_and_store_both_say_eligible() {
        let eligible = cloud(TrialState::Eligible, None);
        let offered = month("P1M");
        let says = |state: &str, key: &str| (state.to_owned(), key.to_owned());
        assert_eq!(
            shown(Some(&eligible), true, Some(&offered)),
            says("eligible", "account-trial-eligible")
        );
        assert_eq!(
            shown(Some(&eligible), true, None),
            says("not_offered", "store-trial-not-offered")
        );
        assert_eq!(
            shown(Some(&eligible), false, Some(&offered)),
            says("offline", "trial-offline")
        );
        let used = cloud(TrialState::Used, Some("used"));
        assert_eq!(
            shown(Some(&used), true, Some(&offered)),
            says("used", "account-trial-used")
        );
        let not_here = cloud(TrialState::NotOffered, None);
        assert_eq!(
            shown(Some(&not_here), true, Some(&offered)),
            says("not_offered", "account-trial-not-offered")
        );
    }

    // Rules: X12, U15
    #[test]
    fn what_is_not_known_never_offers_a_trial() {
        let offered = month("P1M");
        for state in [
            TrialState::Active,
            TrialState::Paused,
            TrialState::Unknown("future_gift".into()),
        ] {
            assert_eq!(shown(Some(&cloud(state, None)), true, Some(&offered)).0, "unknown");
        }
        assert_eq!(shown(None, true, Some(&offered)).0, "unknown", "nobody is signed in");
        let eligible = cloud(TrialState::Eligible, None);
        assert_eq!(shown(Some(&eligible), true, Some(&month("a month"))).0, "unknown");
    }

    // Rules: U15
    #[test]
    fn the_clouds_reason_is_passed_on() {
        let used = cloud(TrialState::Used, Some("used"));
        let trial = of_plan(Word {
            cloud: Some(&used),
            fresh: false,
            store: None,
        });
        assert_eq!((trial.state.as_str(), trial.reason.as_deref()), ("used", Some("used")));
    }
}
