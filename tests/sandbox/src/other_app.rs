//! Another app than the emulated one, at the real App Store: its notifications are proved up to Apple's own root, and since nobody
//! can ask Apple about it, the last of them stands in for the App Store Server API.
use std::collections::BTreeMap;

/// The app, what it sells, and whose one subscription of it is.
#[derive(Clone, Debug)]
pub struct OtherApp {
    /// Its bundle.
    pub bundle_id: String,
    /// The root its store signs under, DER.
    pub root: Vec<u8>,
    /// Its product.
    pub product: String,
    /// The plan the cloud gives for that product.
    pub plan: String,
    /// The original transaction that an account confirmed as its own (X11).
    pub original: String,
    /// That account, by name.
    pub account: String,
    /// Where the world's clock starts, milliseconds since the epoch.
    pub begins_ms: i64,
}

/// It, and what its store last said.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) app: OtherApp,
    /// By original transaction.
    pub(crate) last: BTreeMap<String, News>,
}

/// A subscription as a verified notification tells it: what the Server API would answer.
#[derive(Clone, Debug)]
pub(crate) struct News {
    pub(crate) status: u8,
    pub(crate) signed_transaction_info: String,
    pub(crate) signed_renewal_info: String,
}

impl Heard {
    pub(crate) fn of(app: OtherApp) -> Heard {
        Heard {
            app,
            last: BTreeMap::new(),
        }
    }
}
