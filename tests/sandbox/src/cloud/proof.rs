//! Proof of a store-signed JWS: its chain up to the pinned root, its marks, its dates, its signature. A verifier of the cloud's own.
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode, oid::ObjectIdentifier};
use x509_cert::ext::pkix::BasicConstraints;

use crate::keys::{BASE64_URL, INTERMEDIATE_MARK, LEAF_MARK};
use crate::world::World;

#[derive(Deserialize)]
struct Header {
    alg: String,
    x5c: [String; 3],
}

/// A chain that was proved: whose key it vouches for, and when.
#[derive(Clone, Debug)]
pub(crate) struct ProvedChain {
    x5c: [String; 3],
    key: VerifyingKey,
    from: Duration,
    until: Duration,
}

/// The payload, where the store really signed it.
pub(super) fn proved<T: DeserializeOwned>(world: &World, jws: &str) -> Option<T> {
    let (signed, signature) = jws.rsplit_once('.')?;
    let (header, payload) = signed.split_once('.')?;
    let header: Header = serde_json::from_slice(&BASE64_URL.decode(header).ok()?).ok()?;
    if header.alg != "ES256" {
        return None;
    }
    // Proving a P-384 chain costs more than all the rest; the same three certificates prove the same thing.
    let fresh;
    let chain = match world.keys.proved.get().filter(|chain| chain.x5c == header.x5c) {
        Some(chain) => chain,
        None => {
            fresh = prove(header.x5c, world.app_store_root())?;
            world.keys.proved.get_or_init(|| fresh.clone());
            &fresh
        }
    };
    let now = Duration::from_millis(u64::try_from(world.now()).ok()?);
    if now < chain.from || now > chain.until {
        return None;
    }
    let signature = Signature::from_slice(&BASE64_URL.decode(signature).ok()?).ok()?;
    chain.key.verify(signed.as_bytes(), &signature).ok()?;
    serde_json::from_slice(&BASE64_URL.decode(payload).ok()?).ok()
}

fn prove(x5c: [String; 3], root: &[u8]) -> Option<ProvedChain> {
    let certificate = |text: &String| Certificate::from_der(&STANDARD.decode(text).ok()?).ok();
    // The root is the pinned one, never the one that came along.
    let root = Certificate::from_der(root).ok()?;
    let (leaf, intermediate) = (certificate(&x5c[0])?, certificate(&x5c[1])?);
    let marked = has(&leaf, LEAF_MARK) && has(&intermediate, INTERMEDIATE_MARK);
    let authority = is_authority(&intermediate) && !is_authority(&leaf);
    if !marked || !authority || !issued(&root, &intermediate) || !issued(&intermediate, &leaf) {
        return None;
    }
    let point = leaf
        .tbs_certificate()
        .subject_public_key_info()
        .subject_public_key
        .as_bytes()?;
    let key = VerifyingKey::from_sec1_bytes(point).ok()?;
    let dates = |certificate: &Certificate| {
        let validity = certificate.tbs_certificate().validity();
        (
            validity.not_before.to_unix_duration(),
            validity.not_after.to_unix_duration(),
        )
    };
    let all = [dates(&leaf), dates(&intermediate), dates(&root)];
    let from = all.iter().map(|(from, _)| *from).max()?;
    let until = all.iter().map(|(_, until)| *until).min()?;
    Some(ProvedChain { x5c, key, from, until })
}

fn issued(issuer: &Certificate, subject: &Certificate) -> bool {
    let checked = || {
        let named = subject.tbs_certificate().issuer() == issuer.tbs_certificate().subject();
        let point = issuer
            .tbs_certificate()
            .subject_public_key_info()
            .subject_public_key
            .as_bytes()?;
        let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
        let signature = p384::ecdsa::Signature::from_der(subject.signature().as_bytes()?).ok()?;
        key.verify(&subject.tbs_certificate().to_der().ok()?, &signature).ok()?;
        named.then_some(())
    };
    checked().is_some()
}

fn is_authority(certificate: &Certificate) -> bool {
    let constraints = certificate.tbs_certificate().get_extension::<BasicConstraints>();
    constraints
        .ok()
        .flatten()
        .is_some_and(|(_, constraints)| constraints.ca)
}

fn has(certificate: &Certificate, mark: ObjectIdentifier) -> bool {
    let extensions = certificate.tbs_certificate().extensions();
    extensions.is_some_and(|extensions| extensions.iter().any(|extension| extension.extn_id == mark))
}
