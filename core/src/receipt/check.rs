//! The named checks a receipt passes, and the one it failed.

use std::fmt;

macro_rules! checks {
    ($($(#[$doc:meta])* $check:ident = $name:literal),+ $(,)?) => {
        /// One check of a receipt. Names are stable: they appear in logs and in `care verify`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Check {
            $($(#[$doc])* $check),+
        }

        impl Check {
            /// Every check, in the order in which they are made.
            pub const ALL: &[Self] = &[$(Self::$check),+];

            /// The check's stable name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$check => $name),+ }
            }
        }
    };
}

checks! {
    /// Step 1, P1: the whole is no longer than anything a store sends.
    Size = "size",
    /// Step 1: three segments.
    Segments = "segments",
    /// Step 1: strict unpadded base64url.
    Encoding = "encoding",
    /// Step 2: the header is a JSON object.
    Header = "header",
    /// Step 2: `alg` is ES256.
    Algorithm = "algorithm",
    /// Step 2: no `crit`.
    CriticalHeader = "critical_header",
    /// Step 3: three certificates.
    ChainLength = "chain_length",
    /// Step 3: strict base64 of strict DER.
    CertificateEncoding = "certificate_encoding",
    /// Step 4: the leaf's key is P-256.
    LeafKey = "leaf_key",
    /// Step 4: the leaf carries the receipt-signing marker.
    LeafPurpose = "leaf_purpose",
    /// Step 4: the leaf is no authority.
    LeafAuthority = "leaf_authority",
    /// Step 4: the leaf has no unknown critical extension.
    LeafExtensions = "leaf_extensions",
    /// Step 4: the leaf's key usage, where present, has digitalSignature.
    LeafKeyUsage = "leaf_key_usage",
    /// Step 5: the intermediate carries the WWDR marker.
    IntermediatePurpose = "intermediate_purpose",
    /// Step 5: the intermediate is an authority.
    IntermediateAuthority = "intermediate_authority",
    /// Step 5: the intermediate has no unknown critical extension.
    IntermediateExtensions = "intermediate_extensions",
    /// Step 5: the intermediate's key usage, where present, has keyCertSign.
    IntermediateKeyUsage = "intermediate_key_usage",
    /// Step 6: issuer and subject names chain up to a pinned root.
    Names = "names",
    /// Step 6: inner and outer algorithm agree, and are ECDSA with SHA-256 or SHA-384.
    SignatureAlgorithms = "signature_algorithms",
    /// Step 6: the certificates' signatures hold, up to a pinned root.
    ChainSignature = "chain_signature",
    /// Step 7: all three certificates are valid at the payload's date.
    Validity = "validity",
    /// Step 8: the payload has a date, and it is not in the future.
    SignedDate = "signed_date",
    /// P3: the signature is base64, MIME's line breaks aside.
    SignatureEncoding = "signature_encoding",
    /// P3: the signature is as long as the key's modulus.
    SignatureLength = "signature_length",
    /// Step 9, P3: the leaf, or the app's license key, signed exactly these bytes.
    Signature = "signature",
    /// Step 10, P4: no key appears twice.
    DuplicateKey = "duplicate_key",
    /// Step 10, P4: the payload is JSON, its known fields of their type.
    Payload = "payload",
    /// Step 11: Production or Sandbox, as expected.
    Environment = "environment",
    /// Step 12: the app's bundle.
    Bundle = "bundle",
    /// Step 12: the app's App Store number.
    AppId = "app_id",
    /// P4: the app's package.
    Package = "package",
    /// Step 13: made for this device.
    Device = "device",
    /// Step 16: the renewal info belongs to the transaction.
    RenewalBelongs = "renewal_belongs",
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why bytes are not believed on this device. Not final: the cloud asks the store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{check}: {found}")]
pub struct Refusal {
    /// The check that failed.
    pub check: Check,
    /// What was found there: short, printable, never a token or a payload.
    pub found: String,
}

impl Refusal {
    pub(super) fn new(check: Check, found: impl AsRef<str>) -> Self {
        Self {
            check,
            found: shown(found.as_ref()),
        }
    }
}

/// How one check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Ok,
    /// It does not: the receipt is refused.
    NotOk,
    /// Nobody gave an expectation, or the payload has nothing to compare.
    NotAsked,
}

/// One line of an examination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Which check.
    pub check: Check,
    /// How it ended.
    pub verdict: Verdict,
    /// What was found; empty where there is nothing to say.
    pub found: String,
}

/// Walks through the checks. The ordinary path keeps no lines; an examination keeps each.
pub(super) struct Ledger {
    lines: Option<Vec<Checked>>,
}

impl Ledger {
    pub(super) fn silent() -> Self {
        Self { lines: None }
    }

    pub(super) fn keeping() -> Self {
        Self {
            lines: Some(Vec::with_capacity(Check::ALL.len())),
        }
    }

    pub(super) fn keeps(&self) -> bool {
        self.lines.is_some()
    }

    /// Records that `check` holds.
    pub(super) fn ok(&mut self, check: Check) {
        self.note(check, Verdict::Ok, "");
    }

    /// Says what was found where `check` holds; asked for only where lines are kept.
    pub(super) fn found(&mut self, check: Check, found: impl FnOnce() -> String) {
        let line = self
            .lines
            .as_mut()
            .and_then(|lines| lines.iter_mut().find(|line| line.check == check));
        if let Some(line) = line {
            line.found = shown(&found());
        }
    }

    /// Records that `check` was not asked.
    pub(super) fn not_asked(&mut self, check: Check) {
        self.note(check, Verdict::NotAsked, "");
    }

    /// `check` holds if `held`, else it is the refusal, with what was `found`.
    pub(super) fn ask(&mut self, check: Check, held: bool, found: impl FnOnce() -> String) -> Result<(), Refusal> {
        if held {
            self.ok(check);
            return Ok(());
        }
        Err(self.refuse(Refusal::new(check, found())))
    }

    /// Records a refusal.
    pub(super) fn refuse(&mut self, refusal: Refusal) -> Refusal {
        self.note(refusal.check, Verdict::NotOk, &refusal.found);
        refusal
    }

    /// Passes a reading on, recording its refusal.
    pub(super) fn tell<T>(&mut self, read: Result<T, Refusal>) -> Result<T, Refusal> {
        read.map_err(|refusal| self.refuse(refusal))
    }

    pub(super) fn into_lines(self) -> Vec<Checked> {
        self.lines.unwrap_or_default()
    }

    fn note(&mut self, check: Check, verdict: Verdict, found: &str) {
        if let Some(lines) = &mut self.lines {
            // A check of several parts has one line.
            lines.retain(|line| line.check != check);
            lines.push(Checked {
                check,
                verdict,
                found: found.to_owned(),
            });
        }
    }
}

/// A stranger's text made fit for a log: short and printable.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 120;
    let mut shown: String = text
        .chars()
        .take(MOST)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}
