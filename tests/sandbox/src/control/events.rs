//! What control has happen at the stores, each call with what is documented of it; the store tells the cloud.
use super::asked::{AnswerPrice, Pause, Payments, RaisePrice, SignAs};
use super::routes::guarded;
use super::standing::{self, Standings};
use super::{play_event, store_event};
use crate::call::Answer;
use crate::contract::{AppleTransactionId, AskId, Nothing, Operation, PurchaseToken, Routes};
use crate::store;

/// What happens to a subscription at the App Store, and what becomes of an Ask to Buy.
pub(super) fn of_app_store(routes: Routes) -> Routes {
    routes
        .get(
            "/control/store/asks",
            |world, _, _| Ok(Answer::ok(&store::asks(world))),
            guarded(
                Operation::new("asksToBuy", "stores", "Who waits for a parent")
                    .describe("An Ask to Buy nobody answers within 24 hours is gone, and nobody hears of it.")
                    .answers::<store::Asks>(200, "Oldest first."),
            ),
        )
        .get(
            "/control/store/subscriptions",
            |world, _, _| Ok(Answer::ok(&standing::of(world))),
            guarded(
                Operation::new(
                    "subscriptionsAtStores",
                    "stores",
                    "How every subscription stands at its store",
                )
                .describe("Whatever the cloud believes of it: for comparing the two.")
                .answers::<Standings>(200, "Of both stores."),
            ),
        )
        .post(
            "/control/store/{ask}/approve",
            |world, call, path| store_event(world, call, path[0], "approve"),
            done_at(
                event("approveAskToBuy", "A parent approves, and it is bought")
                    .path::<AskId>("ask")
                    .may_take::<Nothing>(),
            ),
        )
        .post(
            "/control/store/{ask}/decline",
            |world, call, path| store_event(world, call, path[0], "decline"),
            done_at(
                event("declineAskToBuy", "A parent declines, of which nobody hears")
                    .path::<AskId>("ask")
                    .may_take::<Nothing>(),
            ),
        )
        .post(
            "/control/store/{original}/revoke",
            |world, call, path| store_event(world, call, path[0], "revoke"),
            done_at(at_app_store("revokeAtAppStore", "Refund a subscription").may_take::<Nothing>()),
        )
        .post(
            "/control/store/{original}/cancel",
            |world, call, path| store_event(world, call, path[0], "cancel"),
            done_at(at_app_store("cancelAtAppStore", "Switch a subscription's renewal off").may_take::<Nothing>()),
        )
        .post(
            "/control/store/{original}/restart",
            |world, call, path| store_event(world, call, path[0], "restart"),
            done_at(
                at_app_store("restartAtAppStore", "Switch a subscription's renewal on again").may_take::<Nothing>(),
            ),
        )
        .post(
            "/control/store/{original}/payments",
            |world, call, path| store_event(world, call, path[0], "payments"),
            done_at(at_app_store("paymentsAtAppStore", "Say whether renewals are paid").takes::<Payments>()),
        )
        .post(
            "/control/store/{original}/price",
            |world, call, path| store_event(world, call, path[0], "price"),
            done_at(at_app_store("priceAtAppStore", "Change the price from the next renewal on").takes::<RaisePrice>()),
        )
        .post(
            "/control/store/{original}/price-answer",
            |world, call, path| store_event(world, call, path[0], "price-answer"),
            done_at(
                at_app_store("priceAnswerAtAppStore", "Agree to a new price, or decline it").takes::<AnswerPrice>(),
            ),
        )
}

/// What happens to a purchase at Google Play.
pub(super) fn of_play(routes: Routes) -> Routes {
    routes
        .post(
            "/control/play/{token}/complete",
            |world, call, path| play_event(world, call, path[0], "complete"),
            done_at(at_play("completeAtPlay", "A slow payment is made").may_take::<Nothing>()),
        )
        .post(
            "/control/play/{token}/decline",
            |world, call, path| play_event(world, call, path[0], "decline"),
            done_at(at_play("declineAtPlay", "A slow payment is not made").may_take::<Nothing>()),
        )
        .post(
            "/control/play/{token}/revoke",
            |world, call, path| play_event(world, call, path[0], "revoke"),
            done_at(at_play("revokeAtPlay", "Refund a purchase").may_take::<Nothing>()),
        )
        .post(
            "/control/play/{token}/cancel",
            |world, call, path| play_event(world, call, path[0], "cancel"),
            done_at(at_play("cancelAtPlay", "Switch a purchase's renewal off").may_take::<Nothing>()),
        )
        .post(
            "/control/play/{token}/restart",
            |world, call, path| play_event(world, call, path[0], "restart"),
            done_at(at_play("restartAtPlay", "Switch a purchase's renewal on again").may_take::<Nothing>()),
        )
        .post(
            "/control/play/{token}/payments",
            |world, call, path| play_event(world, call, path[0], "payments"),
            done_at(at_play("paymentsAtPlay", "Say whether renewals are paid").takes::<Payments>()),
        )
        .post(
            "/control/play/{token}/price",
            |world, call, path| play_event(world, call, path[0], "price"),
            done_at(at_play("priceAtPlay", "Change the price from the next renewal on").takes::<RaisePrice>()),
        )
        .post(
            "/control/play/{token}/price-answer",
            |world, call, path| play_event(world, call, path[0], "price-answer"),
            done_at(at_play("priceAnswerAtPlay", "Agree to a new price, or decline it").takes::<AnswerPrice>()),
        )
        .post(
            "/control/play/{token}/pause",
            |world, call, path| play_event(world, call, path[0], "pause"),
            done_at(
                at_play("pauseAtPlay", "Pause a purchase")
                    .describe("Begins when the paid period is over; without a length it ends, or is called off.")
                    .may_take::<Pause>(),
            ),
        )
        .post(
            "/control/play/{token}/state",
            |world, call, path| play_event(world, call, path[0], "state"),
            done_at(
                at_play("stateAtPlay", "Have Play sign a raw purchaseState")
                    .describe("Play's API says SUBSCRIPTION_STATE_UNSPECIFIED meanwhile, and nobody is told.")
                    .may_take::<SignAs>(),
            ),
        )
}

fn event(id: &'static str, summary: &'static str) -> Operation {
    Operation::new(id, "stores", summary)
}

fn at_app_store(id: &'static str, summary: &'static str) -> Operation {
    event(id, summary).path::<AppleTransactionId>("original")
}

fn at_play(id: &'static str, summary: &'static str) -> Operation {
    event(id, summary).path::<PurchaseToken>("token")
}

fn done_at(operation: Operation) -> Operation {
    guarded(operation.answers::<Nothing>(200, "Done; the store tells the cloud."))
}
