//! Both signatures of section 1: the digest a request carries and the signature every answer under `/v1` leaves with.
use ed25519_dalek::Signer;
use sha2::{Digest, Sha256};

use crate::call::{Answer, Call};
use crate::keys::base64;
use crate::moment::rfc3339;
use crate::world::World;

pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

pub(super) fn digest_is_right(call: &Call) -> bool {
    let text = [
        "care-request-v1",
        call.method.as_str(),
        &call.target,
        call.header("care-account"),
        call.header("idempotency-key"),
        &sha256_hex(&call.body),
    ]
    .join("\n");
    call.header("care-digest") == sha256_hex(text.as_bytes())
}

/// Signs an answer for the call it answers. The account it names is the one the request was about, on problems too.
pub(crate) fn sign(world: &World, call: &Call, answer: Answer) -> Answer {
    let key = world.keys.answer_key(&world.cloud.policy.sign_with);
    let time = rfc3339(world.now());
    let account = call.header("care-account");
    let status = answer.status.as_u16().to_string();
    let text = [
        "care-answer-v1",
        call.header("care-nonce"),
        call.method.as_str(),
        &call.target,
        &sha256_hex(&call.body),
        &status,
        &sha256_hex(&answer.body),
        answer.header("etag"),
        key.id,
        &time,
        answer.header("care-lease-until"),
        account,
    ]
    .join("\n");
    let signature = base64(&key.key.sign(text.as_bytes()).to_bytes());
    let account = account.to_owned();
    let answer = answer
        .with("care-time", time)
        .with("care-key", key.id)
        .with("care-signature", signature);
    if account.is_empty() {
        answer
    } else {
        answer.with("care-account", account)
    }
}

/// An answer with its ETag, or 304 where the caller has it already. The ETag covers the body and the account.
pub(super) fn tagged(call: &Call, account: &str, answer: Answer) -> Answer {
    let mut hash = Sha256::new();
    hash.update(account.as_bytes());
    hash.update([0]);
    hash.update(&answer.body);
    let etag = format!("\"{}\"", &hex::encode(hash.finalize())[..32]);
    if call.header("if-none-match") == etag {
        Answer::empty(http::StatusCode::NOT_MODIFIED).with("etag", etag)
    } else {
        answer.with("etag", etag)
    }
}
