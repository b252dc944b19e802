//! Core's enumerations as messages: what a screen says of money, of a phase, of where a plan is managed.

use tapo_care::error::{Retry, UserAction};
use tapo_care::message::Message;
use tapo_care::money::Money;
use tapo_care::snapshot::{CameraRow, ClockState, Cover, CoverBy, ManageRoute};
use tapo_care::{Outcome, OutcomeKind, Returned};

/// What happened to the money.
pub fn money(money: Money) -> Message {
    Message::new(match money {
        Money::NotCharged => "money-not-charged",
        Money::MaybeCharged => "money-maybe-charged",
        Money::Charged => "money-charged",
    })
}

/// What the user can do about it; the portal only as far as the storefront allows (U9).
pub fn user_action(action: &UserAction) -> Option<Message> {
    let key = match action {
        UserAction::None => return None,
        UserAction::OpenPortal { url } => return Some(Message::new("portal-link").text("url", url)),
        UserAction::ReadPortalText => "portal-text",
        UserAction::SignIn => "action-sign-in",
        UserAction::ManageSubscription => "action-manage-subscription",
        UserAction::Confirm => "action-confirm",
        UserAction::ChangeSelection => "action-change-selection",
        UserAction::UpdateFirmware => "action-update-firmware",
        UserAction::CheckInternet => "action-check-internet",
        UserAction::Wait => "action-wait",
        UserAction::UpdateApp => "action-update-app",
        UserAction::FixStorage => "action-fix-storage",
        UserAction::ContactSupport => "action-contact-support",
    };
    Some(Message::new(key))
}

/// When trying again helps.
pub fn retry(retry: Retry) -> Option<Message> {
    match retry {
        Retry::Never | Retry::UserAction => None,
        Retry::After(seconds) => Some(Message::new("retry-after").count("seconds", i64::from(seconds))),
        Retry::Automatic => Some(Message::new("retry-automatic")),
    }
}

/// How a purchase ended.
pub fn outcome(outcome: &Outcome) -> Message {
    let text = |key: &str, name: &str, value: &Option<String>| match value {
        Some(value) => Message::new(key).text(name, value),
        None => Message::new(key),
    };
    match outcome.kind {
        OutcomeKind::Granted => Message::new("outcome-granted"),
        OutcomeKind::Scheduled => Message::new("outcome-scheduled"),
        OutcomeKind::Kept => Message::new("outcome-kept"),
        OutcomeKind::Pending => Message::new("outcome-pending"),
        OutcomeKind::Cancelled => Message::new("outcome-cancelled"),
        OutcomeKind::Failed => text("outcome-failed", "code", &outcome.store_code),
        OutcomeKind::NotGranted => text("outcome-not-granted", "answer", &outcome.answer),
        OutcomeKind::NotApproved => Message::new("outcome-not-approved"),
    }
}

/// What became of a payment that was to be given back (X16).
pub fn returned(returned: Returned) -> Message {
    Message::new(match returned {
        Returned::GivenBack => "returned-given-back",
        Returned::Requested => "returned-requested",
        Returned::Cancelled => "returned-cancelled",
    })
}

/// Where a subscription stands, as a word.
pub fn phase(phase: &str) -> Message {
    Message::new("phase").text("phase", phase)
}

/// Whether a camera is covered, as a word.
pub fn cover(cover: Cover) -> Message {
    Message::new("cover").text(
        "cover",
        match cover {
            Cover::Covered => "covered",
            Cover::NotCovered => "not_covered",
            Cover::Unknown => "unknown",
        },
    )
}

/// Whether a camera is covered, and by what, in a few words; its `why` has the sentences (R17, R38).
pub fn camera_cover(row: &CameraRow) -> Message {
    let covers = row.why.iter().find(|reason| reason.cover == Cover::Covered);
    match covers {
        Some(reason) if row.cover == Cover::Covered => {
            let key = if row.covered_twice {
                "covered-twice-by"
            } else {
                "covered-by"
            };
            Message::new(key).text("by", covered_by(reason.by))
        }
        _ => cover(row.cover),
    }
}

fn covered_by(by: CoverBy) -> &'static str {
    match by {
        CoverBy::Plan => "plan",
        CoverBy::Code => "code",
        CoverBy::AccountPlan => "account_plan",
        CoverBy::Trial => "trial",
        CoverBy::FreePlan => "free_plan",
    }
}

/// The cloud's answer to a purchase.
pub fn answer(answer: &str) -> Message {
    Message::new("answer").text("answer", answer)
}

/// Where an open purchase stands, as a word.
pub fn purchase_state(state: &str) -> Message {
    Message::new("purchase-state").text("state", state)
}

/// Where a plan is managed and cancelled (R11, U7).
pub fn manage(route: ManageRoute) -> Message {
    Message::new(match route {
        ManageRoute::AppStore => "manage-app-store",
        ManageRoute::GooglePlay => "manage-google-play",
        ManageRoute::Portal => "manage-portal",
        ManageRoute::KasaPortal => "manage-kasa-portal",
        ManageRoute::Nowhere => "manage-nowhere",
        ManageRoute::Unknown => "manage-unknown",
    })
}

/// What is to be said about the phone's clock beside the notices; `None` where nothing is.
pub fn clock(state: ClockState) -> Option<Message> {
    match state {
        ClockState::Trusted | ClockState::Suspect => None,
        ClockState::Unknown => Some(Message::new("clock-unknown")),
    }
}
