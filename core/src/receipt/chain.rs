//! The certificates of a JWS: from leaf over intermediate to a pinned root (steps 3 to 7).
//!
//! Nothing here asks the network: there is no OCSP on a phone. The cloud may deny a leaf.

use super::cache::ChainCache;
use super::check::{Check, Ledger, Refusal};
use crate::time::Timestamp;
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::ParsedExtension;
use x509_parser::prelude::FromDer;
use x509_parser::x509::SubjectPublicKeyInfo;

/// Object identifiers, in DER.
mod oid {
    /// 1.2.840.113635.100.6.11.1: signs App Store receipts.
    pub(super) const RECEIPT_SIGNING: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x63, 0x64, 0x06, 0x0b, 0x01];
    /// 1.2.840.113635.100.6.2.1: Apple Worldwide Developer Relations.
    pub(super) const DEVELOPER_RELATIONS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x63, 0x64, 0x06, 0x02, 0x01];
    pub(super) const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
    pub(super) const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
    pub(super) const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
    pub(super) const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    pub(super) const ECDSA_SHA384: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03];
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
    fn of(certificate: &X509Certificate<'_>) -> Self {
        let validity = certificate.validity();
        let milliseconds = |seconds: i64| seconds.saturating_mul(1000);
        Self {
            from: milliseconds(validity.not_before.timestamp()),
            to: milliseconds(validity.not_after.timestamp()).saturating_add(999),
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
        })
    }
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
        let certificate = strict(der)?;
        let (curve, point) = key(certificate.public_key())?;
        // Anchors may be so old as to have no extensions; one that says it is no authority is none.
        let authority = find(&certificate, oid::BASIC_CONSTRAINTS).is_none_or(|extension| match extension {
            ParsedExtension::BasicConstraints(basic) => basic.ca && basic.path_len_constraint != Some(0),
            _ => false,
        });
        authority.then(|| Self {
            subject: certificate.subject().as_raw().to_vec(),
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
    let (Some(leaf), Some(intermediate), Some(_)) = (strict(leaf_der), strict(intermediate_der), strict(unused_root))
    else {
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
        .filter(|root| intermediate.issuer().as_raw() == root.subject)
        .collect();
    let names = leaf.issuer().as_raw() == intermediate.subject().as_raw() && (proved.is_some() || !parents.is_empty());
    ledger.ask(Check::Names, names, || "issuer and subject differ".to_owned())?;
    let algorithms = hash_of(&leaf).zip(hash_of(&intermediate));
    let Some((leaf_hash, intermediate_hash)) = algorithms else {
        let found = "inner and outer differ, or are not ECDSA with SHA-256 or SHA-384";
        return Err(ledger.refuse(Refusal::new(Check::SignatureAlgorithms, found)));
    };
    ledger.ok(Check::SignatureAlgorithms);
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
    let leaf_signed =
        self::key(intermediate.public_key()).is_some_and(|(curve, point)| signed(&leaf, leaf_hash, curve, point));
    ledger.ask(Check::ChainSignature, leaf_signed, || {
        "the intermediate did not sign the leaf".to_owned()
    })?;
    Ok(Chain {
        key,
        windows: [Window::of(&leaf), Window::of(&intermediate), root_window],
    })
}

/// Step 4. The leaf's key.
fn inspect_leaf(leaf: &X509Certificate<'_>, ledger: &mut Ledger) -> Result<Vec<u8>, Refusal> {
    let Some((Curve::P256, key)) = key(leaf.public_key()) else {
        return Err(ledger.refuse(Refusal::new(Check::LeafKey, "not a P-256 key")));
    };
    ledger.ok(Check::LeafKey);
    let marked = find(leaf, oid::RECEIPT_SIGNING).is_some();
    ledger.ask(Check::LeafPurpose, marked, || "no receipt-signing marker".to_owned())?;
    let authority = match find(leaf, oid::BASIC_CONSTRAINTS) {
        None => false,
        Some(ParsedExtension::BasicConstraints(basic)) => basic.ca,
        Some(_) => true,
    };
    ledger.ask(Check::LeafAuthority, !authority, || {
        "the leaf is an authority".to_owned()
    })?;
    ask_extensions(leaf, Check::LeafExtensions, ledger)?;
    let usage = match find(leaf, oid::KEY_USAGE) {
        None => true,
        Some(ParsedExtension::KeyUsage(usage)) => usage.digital_signature(),
        Some(_) => false,
    };
    ledger.ask(Check::LeafKeyUsage, usage, || "no digitalSignature".to_owned())?;
    Ok(key.to_vec())
}

/// Step 5. Any path length allows the one leaf below.
fn inspect_intermediate(intermediate: &X509Certificate<'_>, ledger: &mut Ledger) -> Result<(), Refusal> {
    let marked = find(intermediate, oid::DEVELOPER_RELATIONS).is_some();
    ledger.ask(Check::IntermediatePurpose, marked, || {
        "no developer relations marker".to_owned()
    })?;
    let authority = match find(intermediate, oid::BASIC_CONSTRAINTS) {
        Some(ParsedExtension::BasicConstraints(basic)) => basic.ca,
        _ => false,
    };
    ledger.ask(Check::IntermediateAuthority, authority, || {
        "not an authority".to_owned()
    })?;
    ask_extensions(intermediate, Check::IntermediateExtensions, ledger)?;
    let usage = match find(intermediate, oid::KEY_USAGE) {
        None => true,
        Some(ParsedExtension::KeyUsage(usage)) => usage.key_cert_sign(),
        Some(_) => false,
    };
    ledger.ask(Check::IntermediateKeyUsage, usage, || "no keyCertSign".to_owned())
}

/// A critical extension nobody here looks at is a rule nobody here keeps.
fn ask_extensions(certificate: &X509Certificate<'_>, check: Check, ledger: &mut Ledger) -> Result<(), Refusal> {
    const KNOWN: [&[u8]; 4] = [
        oid::KEY_USAGE,
        oid::BASIC_CONSTRAINTS,
        oid::RECEIPT_SIGNING,
        oid::DEVELOPER_RELATIONS,
    ];
    let unknown = certificate
        .extensions()
        .iter()
        .find(|extension| extension.critical && !KNOWN.contains(&extension.oid.as_bytes()));
    ledger.ask(check, unknown.is_none(), || {
        unknown.map_or_else(String::new, |extension| extension.oid.to_id_string())
    })
}

/// A certificate in strict DER: nothing behind it, nothing behind its signature, no extension twice.
fn strict(der: &[u8]) -> Option<X509Certificate<'_>> {
    let (rest, certificate) = X509Certificate::from_der(der).ok()?;
    // The outer sequence is covered by no signature: bytes hidden behind the last field would go unnoticed.
    let signature = &certificate.signature_value;
    let ends_with_signature = signature.data.as_ptr_range().end == der.as_ptr_range().end && signature.unused_bits == 0;
    let extensions = certificate.extensions();
    let repeated = extensions
        .iter()
        .enumerate()
        .any(|(n, one)| extensions.iter().take(n).any(|other| one.oid == other.oid));
    let sequence = der.first() == Some(&0x30);
    (rest.is_empty() && sequence && ends_with_signature && !repeated).then_some(certificate)
}

fn find<'c>(certificate: &'c X509Certificate<'_>, oid: &[u8]) -> Option<&'c ParsedExtension<'c>> {
    certificate
        .extensions()
        .iter()
        .find(|extension| extension.oid.as_bytes() == oid)
        .map(|extension| extension.parsed_extension())
}

/// A key on one of the two curves, as an uncompressed point.
fn key<'k>(spki: &'k SubjectPublicKeyInfo<'_>) -> Option<(Curve, &'k [u8])> {
    let curve = spki.algorithm.parameters.as_ref()?;
    if spki.algorithm.algorithm.as_bytes() != oid::EC_PUBLIC_KEY || curve.tag().0 != 6 {
        return None;
    }
    let point: &[u8] = &spki.subject_public_key.data;
    match (curve.data, point.len()) {
        (oid::P256, 65) => Some((Curve::P256, point)),
        (oid::P384, 97) => Some((Curve::P384, point)),
        _ => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hash {
    Sha256,
    Sha384,
}

/// Step 6: the one signature algorithm a certificate names, inside and outside.
fn hash_of(certificate: &X509Certificate<'_>) -> Option<Hash> {
    let inner = &certificate.tbs_certificate.signature;
    let (hash, oid) = match inner.algorithm.as_bytes() {
        _ if inner.parameters.is_some() => return None,
        oid::ECDSA_SHA256 => (Hash::Sha256, oid::ECDSA_SHA256),
        oid::ECDSA_SHA384 => (Hash::Sha384, oid::ECDSA_SHA384),
        _ => return None,
    };
    // The outer copy is covered by no signature and the parser is lenient with it: it is compared byte by byte.
    let outer = [&[0x30, 10, 0x06, 8], oid].concat();
    let behind_the_body = certificate.as_raw().get(body_end(certificate)..)?;
    behind_the_body.starts_with(&outer).then_some(hash)
}

/// Where the signed body of a certificate ends in its DER.
fn body_end(certificate: &X509Certificate<'_>) -> usize {
    let body = certificate.tbs_certificate.as_ref().as_ptr_range();
    (body.end as usize).saturating_sub(certificate.as_raw().as_ptr() as usize)
}

fn signed(certificate: &X509Certificate<'_>, hash: Hash, curve: Curve, point: &[u8]) -> bool {
    let algorithm: &'static dyn VerificationAlgorithm = match (curve, hash) {
        (Curve::P256, Hash::Sha256) => &signature::ECDSA_P256_SHA256_ASN1,
        (Curve::P256, Hash::Sha384) => &signature::ECDSA_P256_SHA384_ASN1,
        (Curve::P384, Hash::Sha256) => &signature::ECDSA_P384_SHA256_ASN1,
        (Curve::P384, Hash::Sha384) => &signature::ECDSA_P384_SHA384_ASN1,
    };
    let key = UnparsedPublicKey::new(algorithm, point);
    key.verify(certificate.tbs_certificate.as_ref(), &certificate.signature_value.data)
        .is_ok()
}
