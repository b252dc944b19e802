//! `POST /v1/purchases`: only the transaction id is read from what a phone sends; what it is worth, the store says.
use base64::Engine;
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::grant::{grant, known_account, may_have, refresh_original, was_granted};
use super::people::{account_of_tag, session_of, tag_of};
use super::signed::sha256_hex;
use super::word::{self, NoAnswer, Period, Shop, Worth};
use super::{malformed, problem, reservation};
use crate::call::{Answer, Call};
use crate::contract::{self, AppleTransactionId, PurchaseToken, is};
use crate::keys::BASE64_URL;
use crate::world::World;

/// A final answer, for whoever asks again with the same key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Answered {
    body: String,
    /// Whose session the first asking needed.
    session: Option<String>,
    answer: Value,
}

/// A purchase as its store signed it. The cloud reads only which one it is, and asks the store.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PostPurchase")]
pub(super) struct Asked {
    store: Shop,
    /// The App Store's JWS, or Play's `originalJson`, byte for byte.
    #[schemars(with = "contract::SignedPayload")]
    signed_payload: String,
    /// Play's signature over it; the App Store's is in the JWS.
    #[schemars(with = "Option<contract::AnyText>")]
    #[serde(default)]
    #[expect(dead_code, reason = "the store is asked, not the signature")]
    signature: Option<String>,
    /// The account an untagged purchase is to be bound to, on the person's word (X11).
    #[schemars(with = "Option<contract::AccountId>")]
    #[serde(default)]
    bind_to: Option<String>,
}

/// What the cloud makes of a purchase.
#[derive(Default, Serialize, JsonSchema)]
#[schemars(rename = "PurchaseVerdict")]
pub(super) struct Verdict {
    #[schemars(with = "contract::PurchaseAnswer")]
    answer: &'static str,
    /// The transaction id, or of Play the purchase token, that the payload named.
    #[schemars(with = "Option<contract::PurchaseId>")]
    transaction: Option<String>,
    /// Whose purchase it is, where that is known and may be said.
    #[schemars(with = "Option<contract::AccountTag>")]
    account_tag: Option<String>,
    #[schemars(with = "Option<contract::SubscriptionId>")]
    subscription: Option<String>,
    /// What the paid period was bought under, where the store says so of that one: Play only of the newest.
    #[schemars(with = "Option<contract::Offer>")]
    offer: Option<&'static str>,
    /// With `bound_to_other` alone: whether its owner was granted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner_has_it: Option<bool>,
    /// Whose session it took.
    #[serde(skip)]
    session: Option<String>,
}

impl Verdict {
    fn is_final(&self) -> bool {
        !matches!(self.answer, "pending" | "needs_confirmation" | "unknown_product")
    }
}

pub(super) fn post(world: &mut World, call: &Call) -> Result<Answer, Answer> {
    let key = call.header("idempotency-key");
    if key.is_empty() {
        return Err(malformed("idempotency-key is missing"));
    }
    let asked: Asked = call.asked()?;
    let body = fingerprint(call, &asked);
    if let Some(before) = world.cloud.answered.get(key) {
        if before.body != body {
            let title = "The key was used for another purchase";
            return Err(problem(StatusCode::UNPROCESSABLE_ENTITY, "key_reused", title));
        }
        if let Some(account) = &before.session {
            session_of(world, call, account)?;
        }
        return Ok(Answer::ok(&before.answer));
    }
    let verdict = decide(world, call, &asked)?;
    let answer = serde_json::to_value(&verdict).unwrap_or_default();
    world.note(format!(
        "cloud: {} for {} of {}",
        verdict.answer,
        verdict.transaction.as_deref().unwrap_or("no transaction"),
        verdict.account_tag.as_deref().unwrap_or("nobody"),
    ));
    if verdict.is_final() {
        let session = verdict.session;
        world.cloud.answered.insert(
            key.to_owned(),
            Answered {
                body,
                session,
                answer: answer.clone(),
            },
        );
    }
    Ok(Answer::ok(&answer))
}

/// What a key stands for: one purchase, bound to one account. Stores write the same purchase anew, so bytes will not do,
/// except where they name none.
fn fingerprint(call: &Call, asked: &Asked) -> String {
    match named_by(asked.store, &asked.signed_payload) {
        Some(id) => sha256_hex(format!("{:?}\n{id}\n{:?}", asked.store, asked.bind_to).as_bytes()),
        None => sha256_hex(&call.body),
    }
}

fn decide(world: &mut World, call: &Call, asked: &Asked) -> Result<Verdict, Answer> {
    let Some(id) = named_by(asked.store, &asked.signed_payload) else {
        return Ok(Verdict {
            answer: "not_genuine",
            ..Verdict::default()
        });
    };
    let named = |answer| Verdict {
        answer,
        transaction: Some(id.clone()),
        ..Verdict::default()
    };
    let claim = match word::claim(world, asked.store, &id) {
        Ok(claim) => claim,
        Err(NoAnswer::NoSuchTransaction) => return Ok(named("not_genuine")),
        Err(NoAnswer::Unavailable) => {
            return Err(problem(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "The store does not answer",
            ));
        }
    };
    let period = claim.period;
    let owner = period.tag.as_deref().and_then(|tag| account_of_tag(world, tag));
    let known = known_account(world, &period);
    let account = owner.clone().or_else(|| known.clone());
    let about = |world: &World, answer| Verdict {
        account_tag: account.as_deref().and_then(|account| tag_of(world, account)),
        subscription: subscription_of(world, &period),
        ..named(answer)
    };
    match claim.worth {
        Worth::Paid => {}
        Worth::Over(answer) => {
            // The store's word on one period may be the first the cloud hears of the whole subscription. Where it is silent now
            // it is asked again.
            let _ = refresh_original(world, &period.original);
            return Ok(about(world, answer));
        }
        Worth::NotCharged(answer) => {
            if let Some(account) = owner.filter(|_| answer == "pending") {
                reservation::hold_for_payment(world, &account);
            }
            return Ok(about(world, answer));
        }
    }
    let to_be = account.as_deref().or(asked.bind_to.as_deref());
    if !may_have(world, &period, to_be) {
        return Ok(about(world, "test_purchase"));
    }
    if period.plan.is_none() {
        return Ok(about(world, "unknown_product"));
    }
    let to = match owner {
        Some(owner) => Owner {
            account: owner,
            session: None,
        },
        None => match untagged(world, call, asked, &period, known)? {
            Untagged::Grant(to) => to,
            Untagged::Answer(answer, owner_has_it) => {
                return Ok(Verdict {
                    owner_has_it,
                    session: asked.bind_to.clone(),
                    ..named(answer)
                });
            }
        },
    };
    let (subscription, newly) = grant(world, &period, &to.account);
    if !newly {
        // Paid and granted before, so what is new about it is elsewhere: a change of plan that waits, for instance.
        let _ = refresh_original(world, &period.original);
    }
    Ok(Verdict {
        account_tag: tag_of(world, &to.account),
        subscription: Some(subscription),
        session: to.session,
        offer: (!is_renewal(&period)).then_some(period.offer),
        ..named(if newly { "granted" } else { "already_granted" })
    })
}

struct Owner {
    account: String,
    session: Option<String>,
}

enum Untagged {
    Grant(Owner),
    Answer(&'static str, Option<bool>),
}

/// X11: an untagged purchase goes to the account known for it, else, once, to the one that confirmed it.
fn untagged(
    world: &mut World,
    call: &Call,
    asked: &Asked,
    period: &Period,
    known: Option<String>,
) -> Result<Untagged, Answer> {
    if let Some(account) = &asked.bind_to {
        session_of(world, call, account)?;
    }
    let asking = asked
        .bind_to
        .as_deref()
        .or(Some(call.header("care-account")))
        .filter(|account| !account.is_empty());
    match (known, &asked.bind_to) {
        (Some(known), _) if asking.is_some_and(|asking| asking != known) => {
            // Paid is paid: the account it belongs to gets it, whoever brought it.
            grant(world, period, &known);
            Ok(Untagged::Answer(
                "bound_to_other",
                Some(was_granted(world, &period.transaction)),
            ))
        }
        (Some(known), bind_to) => Ok(Untagged::Grant(Owner {
            account: known,
            session: bind_to.clone(),
        })),
        (None, None) => Ok(Untagged::Answer("needs_confirmation", None)),
        (None, Some(account)) => {
            world.cloud.bindings.insert(period.original.clone(), account.clone());
            world.note(format!("cloud: {} bound to {account}", period.original));
            Ok(Untagged::Grant(Owner {
                account: account.clone(),
                session: Some(account.clone()),
            }))
        }
    }
}

/// A renewal at Play, which goes on under the first token: what was sold with that, the store does not say any more.
fn is_renewal(period: &Period) -> bool {
    period.shop == Shop::Play && period.transaction.contains("..")
}

fn subscription_of(world: &World, period: &Period) -> Option<String> {
    let mut grants = world.cloud.grants.iter();
    grants
        .find(|grant| grant.transaction == period.transaction)
        .map(|grant| grant.subscription.clone())
}

/// The transaction id or purchase token a payload names, whoever signed it and whether or not anybody did; one of that form,
/// since it goes into the path of a question.
fn named_by(shop: Shop, payload: &str) -> Option<String> {
    match shop {
        Shop::AppStore => transaction_named(payload),
        Shop::Play => token_named(payload),
    }
}

fn token_named(original_json: &str) -> Option<String> {
    let purchase: Value = serde_json::from_str(original_json).ok()?;
    let token = purchase.get("purchaseToken")?.as_str()?;
    is::<PurchaseToken>(token).then(|| token.to_owned())
}

fn transaction_named(payload: &str) -> Option<String> {
    let claims = BASE64_URL.decode(payload.split('.').nth(1)?).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    let id = claims.get("transactionId")?.as_str()?;
    is::<AppleTransactionId>(id).then(|| id.to_owned())
}
