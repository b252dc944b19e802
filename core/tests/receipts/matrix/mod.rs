//! The attack matrix: one table of cases, each with the answer it must get, written by hand.
//!
//! `form` bends the JWS, `chain` and `certificate` the certificates, `payload` what is honestly signed, `kinds` renewal infos, downloads
//! and notifications, `play` Google's purchases; `honest` is what must pass. `peers` says what other libraries answer.

pub mod certificate;
pub mod chain;
pub mod form;
pub mod honest;
pub mod kinds;
pub mod payload;
pub mod play;

use crate::authority::{Chain, TAG, at, purchase};
use tapo_care::id::AccountTag;
use tapo_care::receipt::{
    AccessReason, Bound, Check, DeviceId, Kind, PlayVerifier, TrustError, access, bound, play_access,
};
use tapo_care::time::TrustedTime;

/// A case and its answer.
pub struct Case {
    pub name: &'static str,
    pub sent: Sent,
    pub answer: Answer,
}

/// What somebody hands over.
pub enum Sent {
    /// A JWS, read as that kind.
    Jws(Kind, String),
    /// A transaction or download, on a phone that says who it is.
    OnDevice(Kind, String, &'static str),
    /// A renewal info beside the honest transaction.
    Renewal(String),
    /// A Play purchase under a license key.
    Play {
        key: String,
        text: String,
        signature: String,
    },
}

/// What it must get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Not authentic, by the check that is there for it.
    Refused(Check),
    /// Authentic; of a transaction or purchase, with this access at noon of the sixth, and ours.
    Gives(AccessReason),
    /// Authentic, and this account's or not.
    Whose(Bound),
    /// Authentic; there is no access to speak of.
    Authentic,
    /// The key is none to trust.
    NoTrust(TrustError),
}

impl Answer {
    /// Whether the store is believed to have signed it.
    pub fn authentic(&self) -> bool {
        matches!(self, Self::Gives(_) | Self::Whose(_) | Self::Authentic)
    }
}

/// Noon of the day after everything was signed.
pub fn now() -> Option<TrustedTime> {
    at("2026-01-06T12:00:00Z")
}

/// A case of a transaction.
pub fn case(name: &'static str, jws: String, answer: Answer) -> Case {
    let sent = Sent::Jws(Kind::Transaction, jws);
    Case { name, sent, answer }
}

/// A case of a transaction that a check refuses.
pub fn attack(name: &'static str, jws: String, check: Check) -> Case {
    case(name, jws, Answer::Refused(check))
}

/// Every attack.
pub fn attacks() -> Vec<Case> {
    let table = [
        form::cases(),
        chain::cases(),
        certificate::cases(),
        payload::cases(),
        kinds::cases(),
        play::cases(),
    ];
    table.into_iter().flatten().collect()
}

/// Every case: the attacks, then what must pass.
pub fn all() -> Vec<Case> {
    let mut all = attacks();
    all.extend(honest::cases());
    all
}

fn ours() -> Option<AccountTag> {
    Some(AccountTag(TAG.parse().unwrap()))
}

impl Sent {
    /// What the verifier of the honest app answers, after it has seen an honest receipt or not.
    fn answer(&self, warm: bool, like: &Answer) -> Answer {
        let chain = Chain::like_apples();
        let verifier = chain.verifier();
        if warm {
            verifier.transaction(&chain.sign(&purchase()), None).unwrap();
        }
        let authentic = |refused: Option<Check>| refused.map_or(Answer::Authentic, Answer::Refused);
        match self {
            Self::Jws(Kind::Transaction, jws) => match verifier.transaction(jws, now()) {
                Err(refusal) => Answer::Refused(refusal.check),
                Ok(read) => match like {
                    Answer::Gives(_) => Answer::Gives(access(&read, None, now()).reason),
                    Answer::Whose(_) => Answer::Whose(bound(read.app_account_token, ours())),
                    _ => Answer::Authentic,
                },
            },
            Self::Jws(Kind::Renewal, jws) => authentic(verifier.renewal(jws, None, now()).err().map(|r| r.check)),
            Self::Jws(Kind::AppTransaction, jws) => {
                authentic(verifier.app_transaction(jws, now(), None).err().map(|r| r.check))
            }
            Self::Jws(Kind::Notification, jws) => authentic(verifier.notification(jws, now()).err().map(|r| r.check)),
            Self::OnDevice(kind, jws, device) => {
                let device = DeviceId((*device).to_owned());
                authentic(match kind {
                    Kind::AppTransaction => verifier
                        .app_transaction(jws, now(), Some(&device))
                        .err()
                        .map(|r| r.check),
                    _ => verifier.transaction_on(jws, now(), &device).err().map(|r| r.check),
                })
            }
            Self::Renewal(jws) => {
                let of = verifier.transaction(&chain.sign(&purchase()), None).unwrap();
                authentic(verifier.renewal(jws, Some(&of), now()).err().map(|r| r.check))
            }
            Self::Play { key, text, signature } => {
                let verifier = match PlayVerifier::new(&crate::play::trust(key)) {
                    Ok(verifier) => verifier,
                    Err(error) => return Answer::NoTrust(error),
                };
                match verifier.purchase(text, signature) {
                    Err(refusal) => Answer::Refused(refusal.check),
                    Ok(read) => match like {
                        Answer::Whose(_) => Answer::Whose(bound(read.tag, ours())),
                        Answer::Gives(_) => Answer::Gives(play_access(&read).reason),
                        _ => Answer::Authentic,
                    },
                }
            }
        }
    }

    /// The JWS and its kind, for whoever else reads it.
    pub fn jws(&self) -> Option<(Kind, &str)> {
        match self {
            Self::Jws(kind, jws) | Self::OnDevice(kind, jws, _) => Some((*kind, jws)),
            Self::Renewal(jws) => Some((Kind::Renewal, jws)),
            Self::Play { .. } => None,
        }
    }
}

fn assert_each(cases: &[Case]) {
    let mut wrong = Vec::new();
    for Case { name, sent, answer } in cases {
        for warm in [false, true] {
            let found = sent.answer(warm, answer);
            if found != *answer {
                wrong.push(format!("{name}: {found:?} instead of {answer:?} (cache warm: {warm})"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

// Rules: X11, X15
#[test]
fn every_attack_gets_the_answer_written_beside_it_with_a_cold_and_a_warm_cache() {
    let attacks = attacks();
    assert!(attacks.len() >= 80, "{} cases", attacks.len());
    assert!(
        attacks
            .iter()
            .all(|case| !matches!(case.answer, Answer::Gives(reason) if grants(reason)))
    );
    assert_each(&attacks);
}

// Rules: X11, X15
#[test]
fn every_honest_customer_passes_with_a_cold_and_a_warm_cache() {
    let honest = honest::cases();
    assert!(honest.len() >= 25, "{} cases", honest.len());
    assert!(honest.iter().all(|case| case.answer.authentic()));
    assert_each(&honest);
}

fn grants(reason: AccessReason) -> bool {
    matches!(
        reason,
        AccessReason::Active | AccessReason::Grace | AccessReason::Purchased
    )
}

#[test]
fn no_two_cases_are_called_the_same_and_an_examination_ends_with_the_check_that_refused() {
    let all = all();
    let mut names: Vec<_> = all.iter().map(|case| case.name).collect();
    names.sort_unstable();
    for pair in names.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
    let verifier = Chain::like_apples().verifier();
    for case in &all {
        let Sent::Jws(kind, jws) = &case.sent else { continue };
        let (checks, shown) = match kind {
            Kind::Transaction => {
                let examined = verifier.examine_transaction(jws, now(), None);
                (examined.checks, examined.payload)
            }
            Kind::Renewal => {
                let examined = verifier.examine_renewal(jws, None, now());
                (examined.checks, examined.payload)
            }
            Kind::AppTransaction => {
                let examined = verifier.examine_app_transaction(jws, now(), None);
                (examined.checks, examined.payload)
            }
            Kind::Notification => {
                let examined = verifier.examine_notification(jws, now());
                (examined.checks, examined.payload)
            }
        };
        assert_eq!(shown.is_some(), case.answer.authentic(), "{}", case.name);
        if let Answer::Refused(check) = &case.answer {
            assert_eq!(checks.last().map(|line| line.check), Some(*check), "{}", case.name);
        }
    }
}
