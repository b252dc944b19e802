//! The refusals of buying, in words an app can act on: who holds the slot, and the way out (R3, U9).

use super::slot::Holder;
use crate::account::{AccountState, Channel, Subscription};
use crate::catalogue::PortalWords;
use crate::cloud::{CloudError, care_error};
use crate::error::{CareError, Confirmation, ConfirmationKind, Problem, Retry, UserAction};
use crate::message::Message;
use crate::subscription::has_access;
use ring::digest::{SHA256, digest};

/// "You already have a plan", with who holds the slot (R2, X5, X10, X11).
pub(crate) fn slot_taken(holder: &Holder, portal: &PortalWords) -> CareError {
    let problem = |name: &str| Problem::new("subscribe", name).retry(Retry::UserAction);
    CareError::Refused(match holder {
        Holder::Subscription {
            subscription,
            channel,
            plan,
            phase,
        } => {
            let said = Message::new("slot-taken")
                .text("plan", plan)
                .text("channel", channel.as_str())
                .text("phase", phase.as_str())
                .text("subscription", subscription.as_str());
            problem("slot_taken")
                .say(said)
                .action(portal.action())
                .id(subscription.as_str())
        }
        Holder::Cloud { channel, reason } => {
            let said = Message::new("slot-taken-elsewhere")
                .text("channel", channel_word(channel))
                .text("reason", reason);
            problem("slot_taken").say(said).action(portal.action())
        }
        Holder::Intent { intent, plan, pending } => {
            let key = if *pending { "slot-pending" } else { "slot-being-bought" };
            let said = Message::new(key).text("plan", plan);
            problem("slot_taken")
                .say(said)
                .action(UserAction::Wait)
                .id(intent.as_str())
        }
        Holder::BeingSetUp => problem("slot_taken")
            .say(Message::new("slot-being-set-up"))
            .action(UserAction::Wait),
        Holder::OtherAccount => problem("owned_elsewhere").action(UserAction::ManageSubscription),
        Holder::Unbound => problem("unbound_purchase").action(UserAction::Confirm),
    })
}

/// What the cloud's refusal of a reservation means.
pub(crate) fn reservation(error: &CloudError, portal: &PortalWords) -> CareError {
    let CloudError::Problem(problem) = error else {
        return care_error("subscribe", error);
    };
    let refused = |name: &str| Problem::new("subscribe", name).retry(Retry::UserAction);
    match problem.code.as_str() {
        "slot_taken" => {
            let text = |name: &str| {
                problem
                    .body
                    .get("blocked_by")
                    .and_then(|by| by.get(name))
                    .and_then(|word| word.as_str())
                    .unwrap_or("unknown")
            };
            let holder = Holder::Cloud {
                channel: Channel::from(text("channel")),
                reason: text("reason").to_owned(),
            };
            slot_taken(&holder, portal)
        }
        "owned_elsewhere" => slot_taken(&Holder::OtherAccount, portal),
        "reserved_elsewhere" => CareError::Refused(refused("reserved_elsewhere").action(UserAction::Wait)),
        "client_too_old" => CareError::Refused(refused("client_too_old").action(UserAction::UpdateApp)),
        "unknown_plan" | "not_released" => CareError::Refused(Problem::new("subscribe", "plan_not_on_sale")),
        _ => care_error("subscribe", error),
    }
}

/// The question to ask where a web or code plan covers cameras already (X17); `None` where none does.
pub(crate) fn confirm_already_covered(state: &AccountState) -> Option<Confirmation> {
    let covering: Vec<&Subscription> = state
        .subscriptions
        .iter()
        .filter(|subscription| !subscription.channel.is_in_app() && has_access(subscription))
        .collect();
    if covering.is_empty() {
        return None;
    }
    let facts: Vec<Message> = covering
        .iter()
        .map(|subscription| {
            let names: Vec<&str> = subscription
                .cameras
                .iter()
                .filter_map(|id| state.camera(id).map(|camera| camera.name.as_str()))
                .collect();
            Message::new("already-covered-by")
                .text("plan", &subscription.plan.title)
                .text("channel", subscription.channel.as_str())
                .text("cameras", names.join(", "))
        })
        .collect();
    Some(confirmation(
        "subscribe",
        ConfirmationKind::AlreadyCovered,
        "already_covered",
        state.account.as_str(),
        facts,
    ))
}

/// A question whose token holds for this account and these facts only.
pub(crate) fn confirmation(
    operation: &str,
    kind: ConfirmationKind,
    name: &str,
    account: &str,
    facts: Vec<Message>,
) -> Confirmation {
    let bound = format!("{kind:?}\n{account}\n{facts:?}");
    let token = hex::encode(&digest(&SHA256, bound.as_bytes()).as_ref()[..16]);
    let problem = Problem::new(operation, name)
        .retry(Retry::UserAction)
        .action(UserAction::Confirm);
    Confirmation {
        kind,
        facts,
        token,
        problem,
    }
}

fn channel_word(channel: &Channel) -> &str {
    match channel.as_str() {
        "" => "unknown",
        word => word,
    }
}
