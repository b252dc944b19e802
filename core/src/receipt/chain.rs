//! The certificates of a JWS: from leaf over intermediate to a pinned root (steps 3 to 7).
//!
//! Nothing here asks the network: there is no OCSP on a phone. The cloud may deny a leaf.

use super::cache::ChainCache;
use super::check::{Check, Ledger, Refusal};
use super::der::{self, Certificate, PublicKey};
use crate::time::Timestamp;
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};

/// Object identifiers, in DER.
mod oid {
    /// 1.2.840.113635.100.6.11.1: signs App Store receipts.
    pub(super) const RECEIPT_SIGNING: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x63, 0x64, 0x06, 0x0b, 0x01];
    /// 1.2.840.113635.100.6.2.1: Apple Worldwide Developer Relations.
    pub(super) const DEVELOPER_RELATIONS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x63, 0x64, 0x06, 0x02, 0x01];
    pub(super) const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
    /// With tag and length, as they stand for a curve or an algorithm.
    pub(super) const P256: &[u8] = &[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
    pub(super) const P384: &[u8] = &[0x06, 5, 0x2b, 0x81, 0x04, 0x00, 0x22];
    pub(super) const ECDSA_SHA256: &[u8] = &[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    pub(super) const ECDSA_SHA384: &[u8] = &[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03];
    pub(super) const KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x0f];
    pub(super) const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];
}

/// When a certificate is valid, in milliseconds, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    from: i64,
    to: i64,
}

impl Window {
    fn of(certificate: &Certificate<'_>) -> Self {
        let milliseconds = |seconds: i64| seconds.saturating_mul(1000);
        Self {
            from: milliseconds(certificate.not_before),
            to: milliseconds(certificate.not_after).saturating_add(999),
        }
    }

    fn holds(self, at: Timestamp) -> bool {
        (self.from..=self.to).contains(&at.0)
    }
}

/// What a proved chain amounts to: the key that signs payloads, and when each certificate of it is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chain {
    /// The leaf's P-256 key, uncompressed.
    pub(super) key: Vec<u8>,
    /// Leaf, intermediate, root.
    windows: [Window; 3],
}

impl Chain {
    /// Any chain at all: what a cache keeps does not depend on it.
    #[cfg(test)]
    pub(super) fn any() -> Self {
        Self {
            key: Vec::new(),
            windows: [Window { from: 0, to: 0 }; 3],
        }
    }

    /// Step 7, asked on every call, also of a chain from the cache.
    pub(super) fn valid_at(&self, date: Timestamp, ledger: &mut Ledger) -> Result<(), Refusal> {
        let invalid = ["leaf", "intermediate", "root"]
            .into_iter()
            .zip(self.windows)
            .find(|(_, w)| !w.holds(date));
        ledger.ask(Check::Validity, invalid.is_none(), || {
            format!(
                "the {} is not valid at {}",
                invalid.map_or("chain", |(name, _)| name),
                date.rfc3339()
            )
        })?;
        ledger.found(Check::Validity, || {
            let [leaf, intermediate, root] = self.windows.map(|window| day(Timestamp(window.to)));
            format!(
                "on {}: leaf to {leaf}, intermediate to {intermediate}, root to {root}",
                day(date)
            )
        });
        Ok(())
    }
}

/// The day alone, for people.
fn day(at: Timestamp) -> String {
    at.rfc3339().split('T').next().unwrap_or_default().to_owned()
}

/// A pinned root: a name, a key and its dates.
#[derive(Debug)]
pub(super) struct Root {
    subject: Vec<u8>,
    curve: Curve,
    point: Vec<u8>,
    window: Window,
}

impl Root {
    /// Reads a trust anchor from DER; `None` if it is no certificate of an ECDSA authority.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let certificate = Certificate::read(der)?;
        let (curve, point) = key(&certificate.key)?;
        // Anchors may be so old as to have no extensions; one that says it is no authority is none.
        let authority = match certificate.extension(oid::BASIC_CONSTRAINTS) {
            None => true,
            Some(extension) => {
                constraints(extension.value).is_some_and(|basic| basic.authority && basic.path != Some(0))
            }
        };
        authority.then(|| Self {
            subject: certificate.subject.to_vec(),
            curve,
            point: point.to_vec(),
            window: Window::of(&certificate),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Curve {
    P256,
    P384,
}

/// Proves leaf and intermediate up to a pinned root (steps 3 to 6). `x5c[2]` is read only to be well-formed.
///
/// With a cache, an intermediate proved before is not proved again.
pub(super) fn prove(
    der: &[Vec<u8>; 3],
    roots: &[Root],
    cache: Option<&ChainCache>,
    ledger: &mut Ledger,
) -> Result<Chain, Refusal> {
    let [leaf_der, intermediate_der, unused_root] = der;
    let read = (
        Certificate::read(leaf_der),
        Certificate::read(intermediate_der),
        Certificate::read(unused_root),
    );
    let (Some(leaf), Some(intermediate), Some(_)) = read else {
        return Err(ledger.refuse(Refusal::new(
            Check::CertificateEncoding,
            "not a certificate in strict DER",
        )));
    };
    ledger.ok(Check::CertificateEncoding);
    let key = inspect_leaf(&leaf, ledger)?;
    let proved = cache.and_then(|cache| cache.intermediate(intermediate_der));
    if proved.is_none() {
        inspect_intermediate(&intermediate, ledger)?;
    }
    let parents: Vec<&Root> = roots
        .iter()
        .filter(|root| intermediate.issuer == root.subject)
        .collect();
    let names = leaf.issuer == intermediate.subject && (proved.is_some() || !parents.is_empty());
    ledger.ask(Check::Names, names, || "issuer and subject differ".to_owned())?;
    let algorithms = hash_of(&leaf).zip(hash_of(&intermediate));
    let Some((leaf_hash, intermediate_hash)) = algorithms else {
        let found = "inner and outer differ, or are not ECDSA with SHA-256 or SHA-384";
        return Err(ledger.refuse(Refusal::new(Check::SignatureAlgorithms, found)));
    };
    ledger.ok(Check::SignatureAlgorithms);
    ledger.found(Check::SignatureAlgorithms, || {
        format!("ECDSA with {leaf_hash:?} and {intermediate_hash:?}")
    });
    let root_window = proved.or_else(|| {
        let parent = parents
            .into_iter()
            .find(|root| signed(&intermediate, intermediate_hash, root.curve, &root.point));
        parent.map(|root| root.window)
    });
    let Some(root_window) = root_window else {
        return Err(ledger.refuse(Refusal::new(
            Check::ChainSignature,
            "no pinned root signed the intermediate",
        )));
    };
    if let Some(cache) = cache.filter(|_| proved.is_none()) {
        cache.keep_intermediate(intermediate_der, root_window);
    }
    let leaf_signed = self::key(&intermediate.key).is_some_and(|(curve, point)| signed(&leaf, leaf_hash, curve, point));
    ledger.ask(Check::ChainSignature, leaf_signed, || {
        "the intermediate did not sign the leaf".to_owned()
    })?;
    ledger.found(Check::ChainSignature, || "up to a root believed here".to_owned());
    Ok(Chain {
        key,
        windows: [Window::of(&leaf), Window::of(&intermediate), root_window],
    })
}

/// Step 4. The leaf's key.
fn inspect_leaf(leaf: &Certificate<'_>, ledger: &mut Ledger) -> Result<Vec<u8>, Refusal> {
    let Some((Curve::P256, key)) = key(&leaf.key) else {
        return Err(ledger.refuse(Refusal::new(Check::LeafKey, "not a P-256 key")));
    };
    ledger.ok(Check::LeafKey);
    ledger.found(Check::LeafKey, || "P-256".to_owned());
    let marked = leaf.extension(oid::RECEIPT_SIGNING).is_some();
    ledger.ask(Check::LeafPurpose, marked, || "no receipt-signing marker".to_owned())?;
    let authority = match leaf.extension(oid::BASIC_CONSTRAINTS) {
        None => false,
        Some(extension) => constraints(extension.value).is_none_or(|basic| basic.authority),
    };
    ledger.ask(Check::LeafAuthority, !authority, || {
        "the leaf is an authority".to_owned()
    })?;
    ask_extensions(leaf, Check::LeafExtensions, ledger)?;
    ledger.ask(Check::LeafKeyUsage, may(leaf, DIGITAL_SIGNATURE), || {
        "no digitalSignature".to_owned()
    })?;
    Ok(key.to_vec())
}

/// Step 5. Any path length allows the one leaf below.
fn inspect_intermediate(intermediate: &Certificate<'_>, ledger: &mut Ledger) -> Result<(), Refusal> {
    let marked = intermediate.extension(oid::DEVELOPER_RELATIONS).is_some();
    ledger.ask(Check::IntermediatePurpose, marked, || {
        "no developer relations marker".to_owned()
    })?;
    let authority = intermediate
        .extension(oid::BASIC_CONSTRAINTS)
        .and_then(|extension| constraints(extension.value))
        .is_some_and(|basic| basic.authority);
    ledger.ask(Check::IntermediateAuthority, authority, || {
        "not an authority".to_owned()
    })?;
    ask_extensions(intermediate, Check::IntermediateExtensions, ledger)?;
    ledger.ask(Check::IntermediateKeyUsage, may(intermediate, KEY_CERT_SIGN), || {
        "no keyCertSign".to_owned()
    })
}

/// A critical extension nobody here looks at is a rule nobody here keeps.
fn ask_extensions(certificate: &Certificate<'_>, check: Check, ledger: &mut Ledger) -> Result<(), Refusal> {
    const KNOWN: [&[u8]; 4] = [
        oid::KEY_USAGE,
        oid::BASIC_CONSTRAINTS,
        oid::RECEIPT_SIGNING,
        oid::DEVELOPER_RELATIONS,
    ];
    let unknown = certificate
        .extensions()
        .find(|extension| extension.critical && !KNOWN.contains(&extension.oid));
    ledger.ask(check, unknown.is_none(), || {
        unknown.map_or_else(String::new, |extension| der::dotted(extension.oid))
    })
}

/// BasicConstraints.
struct Constraints {
    authority: bool,
    path: Option<u8>,
}

fn constraints(value: &[u8]) -> Option<Constraints> {
    der::all(value, |reader| {
        reader.next(der::SEQUENCE)?.all(|basic| {
            let authority = match basic.optional(der::BOOLEAN)? {
                Some(flag) => der::boolean(flag)?,
                None => false,
            };
            let path = match basic.optional(der::INTEGER)? {
                Some(length) => match length.content {
                    [length @ ..0x80] => Some(*length),
                    _ => return None,
                },
                None => None,
            };
            Some(Constraints { authority, path })
        })
    })
}

/// Bits of the first byte of KeyUsage.
const DIGITAL_SIGNATURE: u8 = 0x80;
const KEY_CERT_SIGN: u8 = 0x04;

/// Whether a certificate's key may be used so: where it names no use, it may.
fn may(certificate: &Certificate<'_>, usage: u8) -> bool {
    certificate.extension(oid::KEY_USAGE).is_none_or(|extension| {
        der::all(extension.value, |reader| match reader.next(der::BIT_STRING)?.content {
            [0..8, first, ..] => Some(first & usage != 0),
            _ => None,
        })
        .unwrap_or(false)
    })
}

/// A key on one of the two curves, as an uncompressed point.
fn key<'k>(key: &PublicKey<'k>) -> Option<(Curve, &'k [u8])> {
    if key.algorithm != oid::EC_PUBLIC_KEY {
        return None;
    }
    match (key.parameters, key.bytes.len()) {
        (oid::P256, 65) => Some((Curve::P256, key.bytes)),
        (oid::P384, 97) => Some((Curve::P384, key.bytes)),
        _ => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hash {
    Sha256,
    Sha384,
}

/// Step 6: the one signature algorithm a certificate names, inside and outside.
fn hash_of(certificate: &Certificate<'_>) -> Option<Hash> {
    match certificate.algorithm? {
        oid::ECDSA_SHA256 => Some(Hash::Sha256),
        oid::ECDSA_SHA384 => Some(Hash::Sha384),
        _ => None,
    }
}

/// Whether the key made an ECDSA signature in DER.
fn ecdsa(body: &[u8], signature: &[u8], hash: Hash, curve: Curve, point: &[u8]) -> bool {
    let algorithm: &'static dyn VerificationAlgorithm = match (curve, hash) {
        (Curve::P256, Hash::Sha256) => &signature::ECDSA_P256_SHA256_ASN1,
        (Curve::P256, Hash::Sha384) => &signature::ECDSA_P256_SHA384_ASN1,
        (Curve::P384, Hash::Sha256) => &signature::ECDSA_P384_SHA256_ASN1,
        (Curve::P384, Hash::Sha384) => &signature::ECDSA_P384_SHA384_ASN1,
    };
    UnparsedPublicKey::new(algorithm, point).verify(body, signature).is_ok()
}

fn signed(certificate: &Certificate<'_>, hash: Hash, curve: Curve, point: &[u8]) -> bool {
    ecdsa(certificate.body, certificate.signature, hash, curve, point)
}

#[cfg(test)]
#[path = "wycheproof_tests.rs"]
mod wycheproof_tests;
