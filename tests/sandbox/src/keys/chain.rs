//! The store's certificate chain in the shape of Apple's: a P-384 root and intermediate, a P-256 leaf, the two marking OIDs.
use std::str::FromStr;
use std::time::Duration;

use p256::ecdsa::SigningKey as LeafKey;
use p384::ecdsa::{DerSignature, SigningKey as AuthorityKey};
use x509_cert::builder::{self, Builder, CertificateBuilder, profile::BuilderProfile};
use x509_cert::certificate::TbsCertificate;
use x509_cert::der::{Encode, asn1::OctetString, oid::ObjectIdentifier};
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, BasicConstraints, KeyUsage, KeyUsages, SubjectKeyIdentifier};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfoRef;
use x509_cert::time::{Time, Validity};
use x509_cert::{Certificate, SubjectPublicKeyInfo};

use super::{base64, p256_key};
use crate::SandboxError;
use crate::moment::parse;
use crate::randomness::{fixed, fixed_48};

/// What Apple marks the certificate that signs receipts with.
pub(crate) const LEAF_MARK: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113635.100.6.11.1");
/// What Apple marks the intermediate above it with.
pub(crate) const INTERMEDIATE_MARK: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113635.100.6.2.1");

/// Leaf, intermediate and root, and the key that signs.
#[derive(Debug)]
pub(crate) struct Chain {
    pub(crate) key: LeafKey,
    pub(crate) root: Vec<u8>,
    /// Standard base64 of leaf, intermediate and root, as a JWS header carries them.
    pub(crate) x5c: [String; 3],
}

impl Chain {
    pub(crate) fn mint(seed: u64) -> Result<Chain, SandboxError> {
        let root_key = authority_key(seed, "store-root")?;
        let intermediate_key = authority_key(seed, "store-intermediate")?;
        let key = p256_key(seed, "store-leaf")?;

        let root_name =
            name("CN=Care Sandbox Root CA - G3,OU=Care Sandbox Certification Authority,O=Care Sandbox,C=US")?;
        let intermediate_name =
            name("CN=Care Sandbox Store Relations Certification Authority,OU=G6,O=Care Sandbox,C=US")?;
        let leaf_name =
            name("CN=Care Sandbox App Store Receipt Signing,OU=Care Sandbox Store Relations,O=Care Sandbox,C=US")?;

        let root = Mint {
            seed,
            label: "root",
            issuer: &root_name,
            subject: &root_name,
            kind: Kind::Root,
        }
        .certificate(spki(root_key.verifying_key())?, &root_key)?;
        let intermediate = Mint {
            seed,
            label: "intermediate",
            issuer: &root_name,
            subject: &intermediate_name,
            kind: Kind::Intermediate,
        }
        .certificate(spki(intermediate_key.verifying_key())?, &root_key)?;
        let leaf = Mint {
            seed,
            label: "leaf",
            issuer: &intermediate_name,
            subject: &leaf_name,
            kind: Kind::Leaf,
        }
        .certificate(spki(key.verifying_key())?, &intermediate_key)?;

        let x5c = [base64(&leaf), base64(&intermediate), base64(&root)];
        Ok(Chain { key, root, x5c })
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Root,
    Intermediate,
    Leaf,
}

struct Mint<'a> {
    seed: u64,
    label: &'a str,
    issuer: &'a Name,
    subject: &'a Name,
    kind: Kind,
}

impl Mint<'_> {
    fn certificate(&self, key: SubjectPublicKeyInfo, issuer: &AuthorityKey) -> Result<Vec<u8>, SandboxError> {
        // A serial number is positive: the first byte keeps its high bit clear.
        let mut serial = fixed(self.seed, &format!("serial-{}", self.label));
        serial[0] = (serial[0] & 0x3f) | 0x40;
        let profile = Shape {
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            kind: self.kind,
        };
        let build = || -> builder::Result<Vec<u8>> {
            let serial = SerialNumber::new(&serial[..8])?;
            let validity = Validity::new(time("2025-01-01T00:00:00Z")?, time("2045-01-01T00:00:00Z")?);
            let certificate: Certificate =
                CertificateBuilder::new(profile, serial, validity, key)?.build::<_, DerSignature>(issuer)?;
            Ok(certificate.to_der()?)
        };
        build().map_err(|error| SandboxError::Keys(error.to_string()))
    }
}

struct Shape {
    issuer: Name,
    subject: Name,
    kind: Kind,
}

impl BuilderProfile for Shape {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        issuer_key: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        let subject = tbs.subject();
        let mut extensions = Vec::new();
        let constraints = BasicConstraints {
            ca: self.kind != Kind::Leaf,
            path_len_constraint: (self.kind == Kind::Intermediate).then_some(0),
        };
        let constraints = constraints.to_extension(subject, &extensions)?;
        extensions.push(Extension {
            critical: true,
            ..constraints
        });
        if self.kind != Kind::Root {
            let issuer = SubjectKeyIdentifier::try_from(issuer_key)?;
            let authority = AuthorityKeyIdentifier {
                key_identifier: Some(issuer.0),
                ..Default::default()
            };
            extensions.push(authority.to_extension(subject, &extensions)?);
        }
        extensions.push(SubjectKeyIdentifier::try_from(key)?.to_extension(subject, &extensions)?);
        let usage = match self.kind {
            Kind::Leaf => KeyUsages::DigitalSignature.into(),
            Kind::Root | Kind::Intermediate => KeyUsages::KeyCertSign | KeyUsages::CRLSign,
        };
        extensions.push(KeyUsage(usage).to_extension(subject, &extensions)?);
        match self.kind {
            Kind::Leaf => extensions.push(mark(LEAF_MARK)?),
            Kind::Intermediate => extensions.push(mark(INTERMEDIATE_MARK)?),
            Kind::Root => {}
        }
        Ok(extensions)
    }
}

/// Apple's marks are extensions that hold a NULL.
fn mark(oid: ObjectIdentifier) -> builder::Result<Extension> {
    Ok(Extension {
        extn_id: oid,
        critical: false,
        extn_value: OctetString::new(vec![5, 0])?,
    })
}

fn authority_key(seed: u64, label: &str) -> Result<AuthorityKey, SandboxError> {
    AuthorityKey::from_slice(&fixed_48(seed, label)).map_err(|error| SandboxError::Keys(error.to_string()))
}

fn name(text: &str) -> Result<Name, SandboxError> {
    Name::from_str(text).map_err(|error| SandboxError::Keys(error.to_string()))
}

fn spki<K: x509_cert::spki::EncodePublicKey>(key: &K) -> Result<SubjectPublicKeyInfo, SandboxError> {
    SubjectPublicKeyInfo::from_key(key).map_err(|error| SandboxError::Keys(error.to_string()))
}

fn time(text: &str) -> builder::Result<Time> {
    let seconds = parse(text).unwrap_or_default() / 1000;
    let since = Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
    Ok(Time::try_from(std::time::UNIX_EPOCH + since)?)
}
