//! The contract as OpenAPI: what each route takes and answers, the documents made of that, and the check of every exchange against them.
//!
//! A service declares its [`Routes`]: path, handler and [`Operation`] stand together, so that nothing is served that is not
//! documented. `document` writes the OpenAPI of them, `check` holds each exchange to it, `ledger` keeps what came of that.
mod check;
mod document;
mod ledger;
mod operation;
mod routes;
mod schema;
mod words;

use std::sync::LazyLock;

use crate::{cloud, control, play, store};
pub(crate) use check::{Exchange, check};
use document::Document;
pub use ledger::Contract;
pub(crate) use operation::Operation;
pub(crate) use routes::Routes;
pub(crate) use words::*;

/// Every document, in the order in which one would read them.
static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| {
    vec![
        Document::of(
            "care-cloud",
            "Tapo Care cloud",
            include_str!("contract/care-cloud.md"),
            cloud::TAGS,
            vec![&cloud::ROUTES],
        ),
        Document::of(
            "phone",
            "What a phone has beside the Care cloud",
            include_str!("contract/phone.md"),
            &[cloud::SESSION_TAG, store::DEVICE_TAG, play::DEVICE_TAG],
            vec![&cloud::SESSION, &store::DEVICE, &play::DEVICE],
        ),
        Document::of(
            "store-servers",
            "What the Care cloud and the stores' servers ask and tell each other",
            include_str!("contract/store-servers.md"),
            &[store::SERVER_TAG, play::PUBLISHER_TAG, cloud::NOTIFICATIONS_TAG],
            vec![&store::SERVER, &play::PUBLISHER, &cloud::NOTIFICATIONS],
        ),
        Document::of(
            "control",
            "The hand that moves the sandbox's world",
            include_str!("contract/control.md"),
            control::TAGS,
            vec![&control::ROUTES],
        ),
    ]
});

/// An OpenAPI document as it is checked in under `tests/contract`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenApi {
    /// `care-cloud.openapi.json`
    pub file: String,
    /// The document, indented, with a newline at its end.
    pub text: String,
}

/// The documents of everything a sandbox serves, made of its routes and types.
pub fn openapi() -> Vec<OpenApi> {
    DOCUMENTS
        .iter()
        .map(|document| OpenApi {
            file: format!("{}.openapi.json", document.name),
            text: format!("{:#}\n", document.openapi),
        })
        .collect()
}

#[cfg(test)]
mod tests;
