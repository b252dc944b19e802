//! The refusals of buying, in words an app can act on: who holds the slot, and the way out (R3, U9).

use super::offer::NO_STORE_TRIAL;
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
        "trial_not_eligible" => CareError::Refused(refused(NO_STORE_TRIAL).say(Message::new("account-trial-used"))),
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
    // Not as they print for debugging: there what is personal is left out, and a yes to one name would do for another.
    let shown = serde_json::to_string(&facts).unwrap_or_default();
    let bound = format!("{kind:?}\n{account}\n{shown}");
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Phase;
    use crate::catalogue::Steering;
    use crate::cloud::CloudProblem;
    use crate::money::Money;
    use crate::snapshot::samples;
    use crate::time::Timestamp;
    use serde_json::{Value, json};

    fn portal(steering: Steering) -> PortalWords {
        PortalWords {
            steering,
            url: Some("https://care.example/plans".into()),
        }
    }

    fn plan() -> Holder {
        Holder::Subscription {
            subscription: "sub_1".into(),
            channel: Channel::Play,
            plan: "Three cameras".into(),
            phase: Phase::Grace,
        }
    }

    fn cloud_says(code: &str, body: Value) -> CareError {
        let problem = CloudProblem {
            status: 409,
            code: code.into(),
            retry_after: None,
            body,
            server_time: Timestamp(0),
        };
        reservation(&CloudError::Problem(problem), &portal(Steering::Link))
    }

    // Rules: R2, R3, U9
    #[test]
    fn a_second_plan_is_refused_naming_the_first_and_the_portal_only_as_far_as_it_may_be_named() {
        for (steering, action) in [
            (Steering::None, UserAction::ManageSubscription),
            (Steering::TextOnly, UserAction::ReadPortalText),
            (
                Steering::Link,
                UserAction::OpenPortal {
                    url: "https://care.example/plans".into(),
                },
            ),
        ] {
            let refused = slot_taken(&plan(), &portal(steering));
            let problem = refused.problem();
            assert_eq!(
                (problem.name.as_str(), problem.money),
                ("slot_taken", Money::NotCharged)
            );
            assert_eq!(problem.user_action, action);
            for (name, value) in [("plan", "Three cameras"), ("channel", "play"), ("phase", "grace")] {
                assert_eq!(problem.message.text_arg(name), Some(value));
            }
        }
    }

    // Rules: R2, X5, X10, X11
    #[test]
    fn each_holder_of_the_slot_has_its_own_words_and_its_own_way_out() {
        let wish = |pending| Holder::Intent {
            intent: "i".into(),
            plan: "Three cameras".into(),
            pending,
        };
        let cloud = Holder::Cloud {
            channel: Channel::Unknown(String::new()),
            reason: "hold".into(),
        };
        for (holder, name, key, action) in [
            (wish(true), "slot_taken", "slot-pending", UserAction::Wait),
            (wish(false), "slot_taken", "slot-being-bought", UserAction::Wait),
            (Holder::BeingSetUp, "slot_taken", "slot-being-set-up", UserAction::Wait),
            (
                cloud,
                "slot_taken",
                "slot-taken-elsewhere",
                UserAction::ManageSubscription,
            ),
            (
                Holder::OtherAccount,
                "owned_elsewhere",
                "owned-elsewhere",
                UserAction::ManageSubscription,
            ),
            (
                Holder::Unbound,
                "unbound_purchase",
                "unbound-purchase",
                UserAction::Confirm,
            ),
        ] {
            let refused = slot_taken(&holder, &PortalWords::default());
            let problem = refused.problem();
            assert_eq!((problem.name.as_str(), problem.message.key.as_str()), (name, key));
            assert_eq!(
                (&problem.user_action, problem.retry),
                (&action, Retry::UserAction),
                "{key}"
            );
        }
    }

    // Rules: R2, X5, X12
    #[test]
    fn the_clouds_refusals_of_a_reservation_keep_their_meaning() {
        let taken = cloud_says(
            "slot_taken",
            json!({ "blocked_by": { "channel": "play", "reason": "paused" } }),
        );
        assert_eq!(taken.problem().message.text_arg("channel"), Some("play"));
        assert_eq!(taken.problem().message.text_arg("reason"), Some("paused"));
        let unsaid = cloud_says("slot_taken", json!({}));
        assert_eq!(unsaid.problem().message.text_arg("reason"), Some("unknown"));
        for (code, name) in [
            ("owned_elsewhere", "owned_elsewhere"),
            ("reserved_elsewhere", "reserved_elsewhere"),
            ("client_too_old", "client_too_old"),
            ("trial_not_eligible", "no_store_trial"),
            ("unknown_plan", "plan_not_on_sale"),
            ("not_released", "plan_not_on_sale"),
            ("a_new_one", "cloud_refused"),
        ] {
            let refused = cloud_says(code, json!({}));
            assert_eq!(refused.problem().name, name);
            assert_eq!(refused.problem().money, Money::NotCharged, "{code}");
        }
    }

    // Rules: X17
    #[test]
    fn a_web_or_code_plan_is_asked_about_by_its_cameras_names_and_a_store_plan_or_one_without_access_is_not() {
        let mut state = samples::account();
        assert_eq!(confirm_already_covered(&state), None);
        let mut web = samples::subscription("sub_1", Channel::Web);
        web.cameras = vec!["cam_porch".into(), "cam_garden".into(), "cam_gone".into()];
        state.subscriptions = vec![web.clone(), samples::subscription("sub_2", Channel::AppStore)];
        let asked = confirm_already_covered(&state).map(|asked| (asked.kind, asked.facts, asked.token));
        let (kind, facts, token) = asked.unwrap();
        assert_eq!((kind, facts.len()), (ConfirmationKind::AlreadyCovered, 1));
        assert_eq!(facts[0].text_arg("cameras"), Some("Porch, Garden"));
        state.subscriptions[0].cameras.pop();
        state.subscriptions[0].cameras.pop();
        let other = confirm_already_covered(&state).unwrap();
        assert_ne!(other.token, token, "a yes holds for what was shown");
        state.subscriptions[0].phase = Phase::Expired;
        assert_eq!(confirm_already_covered(&state), None);
    }
}
