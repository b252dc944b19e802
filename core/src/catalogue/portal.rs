//! What may be said about the web portal in this storefront: data from the cloud, and nothing by default (U9).

use super::Steering;
use crate::error::UserAction;
use crate::message::Message;

/// What may be said about the portal in this storefront, and where it is (U9). Without a catalogue: nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PortalWords {
    pub steering: Steering,
    pub url: Option<String>,
}

impl PortalWords {
    /// The way out of "only one plan in the app" (R3).
    pub fn action(&self) -> UserAction {
        match (&self.steering, &self.url) {
            (Steering::Link, Some(url)) => UserAction::OpenPortal { url: url.clone() },
            (Steering::TextOnly, _) | (Steering::Link, None) => UserAction::ReadPortalText,
            (Steering::None | Steering::Unknown(_), _) => UserAction::ManageSubscription,
        }
    }
}

impl PortalWords {
    /// What a screen may say about the portal; `None` where nothing may be said.
    pub fn message(&self) -> Option<Message> {
        match (&self.steering, &self.url) {
            (Steering::Link, Some(url)) => Some(Message::new("portal-link").text("url", url)),
            (Steering::TextOnly, _) | (Steering::Link, None) => Some(Message::new("portal-text")),
            (Steering::None | Steering::Unknown(_), _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rules: R3, U9
    #[test]
    fn the_portal_is_named_only_as_far_as_the_storefront_allows() {
        let url = Some("https://care.example/plans".to_owned());
        let words = |steering, url: &Option<String>| PortalWords {
            steering,
            url: url.clone(),
        };
        assert_eq!(PortalWords::default().action(), UserAction::ManageSubscription);
        assert_eq!(PortalWords::default().message(), None);
        let unheard_of = words(Steering::Unknown("banner".into()), &url);
        assert_eq!(
            (unheard_of.action(), unheard_of.message()),
            (UserAction::ManageSubscription, None)
        );
        let text = words(Steering::TextOnly, &url);
        assert_eq!(text.action(), UserAction::ReadPortalText);
        assert_eq!(
            text.message()
                .and_then(|message| message.text_arg("url").map(str::to_owned)),
            None
        );
        let link = words(Steering::Link, &url);
        assert_eq!(
            link.action(),
            UserAction::OpenPortal {
                url: "https://care.example/plans".into()
            }
        );
        assert_eq!(words(Steering::Link, &None).action(), UserAction::ReadPortalText);
    }
}
