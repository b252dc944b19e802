//! What `care verify` is given: bytes of a ticket, and what to expect of them.

use crate::args::{Global, Verify};
use crate::failure::Failure;
use crate::world::trust_file;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::io::Read;
use std::path::Path;
use std::time::SystemTime;
use tapo_care::catalogue::Catalogue;
use tapo_care::id::{AccountTag, ProductId, StoreKind};
use tapo_care::receipt::{Bound, Expectations, Kind, Products, Sold, apple_roots, bound, sold};
use tapo_care::time::{Timestamp, TrustedTime};

/// More than this is read of nothing; a verifier takes much less.
const MOST: u64 = 1024 * 1024;

/// The bytes, and whose they look like.
pub enum Pasted {
    /// A JWS, or what is to be refused as one.
    AppStore(String),
    /// A Play purchase.
    Play {
        /// Byte for byte.
        json: String,
        /// In base64.
        signature: String,
    },
}

impl Pasted {
    /// Reads the file or stdin and finds out which store's it is.
    pub fn read(wish: &Verify) -> Result<Self, Failure> {
        let bytes = read(&wish.file)?;
        if let Some(signature) = &wish.signature {
            let signature = text(&read(signature)?).trim().to_owned();
            return Ok(Self::Play {
                json: text(&bytes),
                signature,
            });
        }
        let pasted = text(&bytes);
        let document: Option<Value> = serde_json::from_str(&pasted).ok();
        let member = |name: &str| Some(document.as_ref()?.get(name)?.as_str()?.to_owned());
        let of_play = wish.kind.is_some_and(|kind| kind.app_store().is_none());
        Ok(match (member("originalJson"), document.is_some() || of_play) {
            (Some(json), _) => Self::Play {
                json,
                signature: member("signature").unwrap_or_default(),
            },
            // Play's own JSON without its signature: refused for want of one.
            (None, true) => Self::Play {
                json: pasted,
                signature: String::new(),
            },
            // What a mail program puts around it is no part of it.
            (None, false) => Self::AppStore(pasted.trim().to_owned()),
        })
    }
}

/// What `--products` names.
enum Listed {
    /// As the cloud serves it.
    Catalogue(Box<Catalogue>),
    /// Ids.
    OnSale(Vec<ProductId>),
}

impl Listed {
    fn read(named: &str) -> Result<Self, Failure> {
        let path = Path::new(named);
        if !path.is_file() {
            let ids = named.split(',').map(str::trim).filter(|id| !id.is_empty());
            let ids: Vec<ProductId> = ids.map(ProductId::from).collect();
            // A path that is mistyped must not become a product nobody sells.
            let is_path = named.contains(['/', '\\']) || named.ends_with(".json");
            return if ids.is_empty() || is_path {
                Err(unusable(
                    path,
                    "is neither a catalogue's file nor a list of product ids",
                ))
            } else {
                Ok(Self::OnSale(ids))
            };
        }
        serde_json::from_slice(&read(path)?)
            .map(|catalogue| Self::Catalogue(Box::new(catalogue)))
            .map_err(|error| unusable(path, &format!("is no catalogue as the cloud serves it: {error}")))
    }
}

/// What to expect.
pub struct Asked {
    /// The roots to believe, DER.
    pub roots: Vec<Vec<u8>>,
    /// Of the App Store.
    pub expected: Expectations,
    /// Play's license key.
    pub play_key: Option<String>,
    /// Play's package.
    pub package: Option<String>,
    /// The account.
    pub tag: Option<AccountTag>,
    /// Our products: a catalogue, or what is on sale.
    products: Option<Listed>,
    /// As of when.
    pub at: Timestamp,
    /// What it is, where somebody says.
    pub kind: Option<Kind>,
}

impl Asked {
    /// Reads the options; a trust file gives what they leave open.
    pub fn read(wish: &Verify, global: &Global) -> Result<Self, Failure> {
        let world = global.trust.as_deref().map(trust_file).transpose()?;
        let mut roots = Vec::new();
        for path in &wish.root {
            roots.push(der(&read(path)?).ok_or_else(|| unusable(path, "is no certificate in DER or PEM"))?);
        }
        if let (true, Some(world)) = (roots.is_empty(), &world) {
            let root = STANDARD.decode(&world.app_store.root);
            roots.push(root.map_err(|_| Failure::Usage("The trust file's App Store root is not base64.".to_owned()))?);
        }
        let play_key = match &wish.play_key {
            Some(path) => Some(armoured(&text(&read(path)?))),
            None => world.as_ref().map(|world| world.play.key.clone()),
        };
        let at = match &wish.at {
            Some(text) => Timestamp::parse(text).map_err(|_| {
                Failure::Usage(format!("--at takes a time such as 2026-01-06T12:00:00Z, not `{text}`."))
            })?,
            None => now(),
        };
        let tag = match &wish.account_tag {
            Some(text) => Some(
                serde_json::from_value(Value::from(text.as_str()))
                    .map_err(|_| Failure::Usage(format!("--account-tag takes a UUID, not `{text}`.")))?,
            ),
            None => None,
        };
        let of_app_store = |value: &care_sandbox::TrustFile| value.app_store.bundle_id.clone();
        Ok(Self {
            roots: if roots.is_empty() { apple_roots() } else { roots },
            expected: Expectations {
                bundle_id: wish.bundle_id.clone().or_else(|| world.as_ref().map(of_app_store)),
                app_id: wish
                    .app_id
                    .or_else(|| i64::try_from(world.as_ref()?.app_store.app_id).ok()),
                environment: wish.environment.map(|ledger| ledger.environment()),
            },
            play_key,
            package: wish
                .package
                .clone()
                .or_else(|| Some(world.as_ref()?.play.package.clone())),
            tag,
            products: wish.products.as_deref().map(Listed::read).transpose()?,
            at,
            kind: wish.kind.and_then(|kind| kind.app_store()),
        })
    }

    /// Whose a receipt that names `tag` is; none where nobody asked.
    pub fn whose(&self, tag: Option<AccountTag>) -> Option<Bound> {
        self.tag.map(|ours| bound(tag, Some(ours)))
    }

    /// Whether that store's product is one of ours; none where nobody asked.
    pub fn sold(&self, store: StoreKind, product: &ProductId) -> Option<Sold> {
        let products = match self.products.as_ref()? {
            Listed::Catalogue(catalogue) => Products::of(catalogue, store),
            Listed::OnSale(ids) => Products {
                on_sale: ids.clone(),
                ever_sold: Vec::new(),
            },
        };
        Some(sold(product, Some(&products)))
    }

    /// The time it is asked as of: whoever asks vouches for it.
    pub fn time(&self) -> Option<TrustedTime> {
        Some(TrustedTime::vouched(self.at))
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(MOST).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes))
    };
    read.map_err(|error| unusable(path, &format!("cannot be read: {error}")))?;
    Ok(bytes)
}

/// Bytes that are no text were signed by nobody: what is lost of them changes no verdict.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What stands between PEM's lines, or the text as it is.
fn armoured(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
    lines.collect()
}

fn der(bytes: &[u8]) -> Option<Vec<u8>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => STANDARD.decode(armoured(text)).ok(),
        Err(_) => Some(bytes.to_vec()),
    }
}

fn unusable(path: &Path, why: &str) -> Failure {
    Failure::Usage(format!("{} {why}.", path.display()))
}
