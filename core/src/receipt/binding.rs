//! Whose purchase it is (step 15): the transaction's tag against the account's one stable tag (X11).
//!
//! No tag is *unbound*, which the cloud may bind once; another tag is another account's and refused. The two must
//! never be confused, so a token that is no UUID is not dropped: it reads as [`NOBODY`], a tag no account has.

use crate::id::AccountTag;
use uuid::Uuid;

/// The tag of a token that is no UUID. No account carries it, so it is always another's.
pub const NOBODY: AccountTag = AccountTag(Uuid::nil());

/// Whose a transaction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// This account's.
    Ours,
    /// Another account's, or it cannot be said whose: nobody is signed in.
    Other,
    /// It names no account (X11).
    None,
}

impl Bound {
    /// The answer's stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Other => "other",
            Self::None => "none",
        }
    }
}

/// Whose a transaction with `tag` is, for the account whose tag is `ours`.
pub fn bound(tag: Option<AccountTag>, ours: Option<AccountTag>) -> Bound {
    match tag {
        None => Bound::None,
        Some(tag) if tag != NOBODY && Some(tag) == ours => Bound::Ours,
        Some(_) => Bound::Other,
    }
}

/// A token's tag: the UUID's value, or [`NOBODY`].
pub(super) fn tag(token: &str) -> AccountTag {
    Uuid::try_parse(token).map_or(NOBODY, AccountTag)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "7e3fb20b-4cdb-47cc-936d-99d65f608138";

    // Rules: X11
    #[test]
    fn a_tag_is_compared_as_a_value() {
        assert_eq!(bound(Some(tag(&OURS.to_uppercase())), Some(tag(OURS))), Bound::Ours);
    }

    // Rules: X11
    #[test]
    fn no_tag_is_unbound_and_another_tag_is_anothers() {
        assert_eq!(bound(None, Some(tag(OURS))), Bound::None);
        assert_eq!(bound(None, None), Bound::None);
        assert_eq!(
            bound(Some(tag("7e3fb20b-4cdb-47cc-936d-99d65f608139")), Some(tag(OURS))),
            Bound::Other
        );
        assert_eq!(bound(Some(tag(OURS)), None), Bound::Other);
    }

    // Rules: X11
    #[test]
    fn a_token_that_is_no_uuid_is_nobodys_and_never_unbound() {
        for token in ["", "42", "user@example.com", "7e3fb20b-4cdb-47cc-936d"] {
            assert_eq!(bound(Some(tag(token)), Some(tag(OURS))), Bound::Other, "{token}");
            assert_eq!(bound(Some(tag(token)), Some(NOBODY)), Bound::Other, "{token}");
        }
    }
}
