//! The crate `app-store-server-library`, a port of Apple's own libraries, asked as its documentation says: offline,
//! for Production and then, where the environment is another, for Sandbox.

use crate::authority::{APP_ID, BUNDLE, Chain};
use app_store_server_library::models::app_store_environment::Environment;
use app_store_server_library::signed_data_verifier::{SignedDataVerifier, SignedDataVerifierError};
use tapo_care::receipt::Kind;

pub struct Oracle {
    production: SignedDataVerifier,
    sandbox: SignedDataVerifier,
}

impl Oracle {
    /// It, trusting the root of the honest chain.
    pub fn new() -> Self {
        let of = |environment| {
            let roots = vec![Chain::like_apples().root_der()];
            SignedDataVerifier::new(roots, environment, BUNDLE.to_owned(), Some(APP_ID), false).unwrap()
        };
        Self {
            production: of(Environment::Production),
            sandbox: of(Environment::Sandbox),
        }
    }

    /// `accepts`, or the name of its error.
    pub fn answer(&self, kind: Kind, jws: &str) -> String {
        let answer = ask(&self.production, kind, jws);
        match answer {
            Err(SignedDataVerifierError::InvalidEnvironment) => word(ask(&self.sandbox, kind, jws)),
            answer => word(answer),
        }
    }

    /// Whether it believes a transaction.
    pub fn accepts(&self, jws: &str) -> bool {
        self.answer(Kind::Transaction, jws) == "accepts"
    }
}

fn ask(verifier: &SignedDataVerifier, kind: Kind, jws: &str) -> Result<(), SignedDataVerifierError> {
    match kind {
        Kind::Transaction => verifier.verify_and_decode_signed_transaction(jws).map(drop),
        Kind::Renewal => verifier.verify_and_decode_renewal_info(jws).map(drop),
        Kind::AppTransaction => verifier.verify_and_decode_app_transaction(jws).map(drop),
        Kind::Notification => verifier.verify_and_decode_notification(jws).map(drop),
    }
}

fn word(answer: Result<(), SignedDataVerifierError>) -> String {
    let Err(error) = answer else {
        return "accepts".to_owned();
    };
    let text = format!("{error:?}");
    text.split('(').next().unwrap_or_default().to_owned()
}
