//! `POST /v1/subscriptions/{id}/refund`: one of two plans that were both paid is given back, on the person's word (X16).
use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use super::grant::refresh;
use super::shown::SubscriptionShown;
use super::subscription::{self, DOUBLE_PAID, Subscription, shown};
use super::word::{self, NoAnswer, Shop};
use super::{not_found, problem};
use crate::call::Answer;
use crate::world::World;

/// The plan that was given back.
#[derive(Serialize, JsonSchema)]
pub(super) struct GivenBack {
    subscription: SubscriptionShown,
}

/// Has Play pay back; the App Store does that on its customer's word alone.
pub(super) fn post(world: &mut World, account: &str, id: &str) -> Result<Answer, Answer> {
    let mut own = world
        .cloud
        .subscriptions
        .iter()
        .filter(|known| known.account == account);
    let chosen = own.find(|known| known.id == id).cloned();
    let chosen = chosen.ok_or_else(|| not_found("There is no such subscription"))?;
    if chosen.phase != "refunded" {
        if !is_paid_twice(world, &chosen) {
            let title = "Nothing was paid twice";
            return Err(problem(StatusCode::CONFLICT, "not_paid_twice", title));
        }
        let billed = Shop::of_channel(&chosen.channel).zip(chosen.original.as_deref());
        let given_back = billed.map(|(shop, original)| word::give_back(world, shop, original));
        match given_back {
            Some(Ok(())) => {}
            Some(Err(NoAnswer::Unavailable)) => {
                let title = "The store does not answer";
                return Err(problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable", title));
            }
            Some(Err(NoAnswer::NoSuchTransaction)) | None => {
                let title = "The App Store gives back to whoever asks it";
                return Err(problem(StatusCode::CONFLICT, "asked_at_store", title));
            }
        }
        world.note(format!("cloud: {id} of {account} is given back"));
        // Where Play is silent now it tells of it by itself.
        let _ = refresh(world, id);
        subscription::settle(world);
    }
    let subscription = shown(world, id).ok_or_else(|| not_found("There is no such subscription"))?;
    Ok(Answer::ok(&GivenBack { subscription }))
}

/// Whether it is one of several plans bought in the app that the account pays at once.
fn is_paid_twice(world: &World, chosen: &Subscription) -> bool {
    let same = |known: &&Subscription| {
        known.account == chosen.account && known.environment == chosen.environment && known.occupies_slot()
    };
    let paid: Vec<&Subscription> = world.cloud.subscriptions.iter().filter(same).collect();
    chosen.occupies_slot()
        && paid.len() > 1
        && paid
            .iter()
            .any(|known| known.flags.iter().any(|flag| flag == DOUBLE_PAID))
}
