//! What stores and cloud hold at one moment, read from the sandbox's own books.

use crate::world::{World, list, text, time};
use serde_json::Value;
use std::collections::BTreeMap;

/// One row of the stores' books.
#[derive(Debug, Clone)]
pub struct Charge {
    pub store: String,
    pub transaction: String,
    pub original: String,
    /// The Apple ID or Google account.
    pub payer: String,
    pub product: String,
    pub tag: Option<String>,
    pub state: String,
    pub at_ms: i64,
    pub until_ms: i64,
    /// It goes on under a new token, and was charged under another.
    pub carried: bool,
}

impl Charge {
    /// Whether its money is kept and the period it pays runs.
    pub fn runs(&self, now_ms: i64) -> bool {
        self.state == "kept" && self.at_ms <= now_ms && now_ms < self.until_ms
    }
}

/// What the cloud gave for a transaction.
#[derive(Debug, Clone)]
pub struct Grant {
    pub account: String,
    pub subscription: String,
    pub at_ms: i64,
}

/// What stores and cloud hold at one moment.
pub struct Books {
    pub charges: Vec<Charge>,
    /// By transaction.
    pub grants: BTreeMap<String, Grant>,
    /// What was finished (of Play one order of the token), by whom and when.
    pub finishes: Vec<(String, String, i64)>,
}

impl Books {
    /// Reads them.
    ///
    /// # Errors
    /// The sandbox does not answer.
    pub async fn read(world: &World) -> Result<Self, String> {
        let ledger = world.control("GET", "ledger", Value::Null).await?;
        let charges = list(&ledger, "charges").into_iter().map(|row| (row, false));
        let carried = list(&ledger, "carried").into_iter().map(|row| (row, true));
        let charges = charges.chain(carried).map(|(row, carried)| Charge {
            store: text(&row, "store"),
            transaction: text(&row, "transaction"),
            original: text(&row, "original"),
            payer: [text(&row, "apple_id"), text(&row, "google_account")].concat(),
            product: text(&row, "product"),
            tag: row["tag"].as_str().map(str::to_owned),
            state: text(&row, "state"),
            at_ms: time(&row, "at").unwrap_or(0),
            until_ms: time(&row, "until").unwrap_or(i64::MAX),
            carried,
        });
        let mut grants = BTreeMap::new();
        for row in list(&ledger, "grants") {
            let grant = Grant {
                account: text(&row, "account"),
                subscription: text(&row, "subscription"),
                at_ms: time(&row, "at").unwrap_or(0),
            };
            let transaction = text(&row, "transaction");
            if let Some(before) = grants.insert(transaction.clone(), grant) {
                let found = format!("{transaction} is granted twice, first to {}", before.account);
                world.story.broken("once", &found);
            }
        }
        let finishes = list(&ledger, "finishes").into_iter().map(|row| {
            let at = time(&row, "at").unwrap_or(0);
            (text(&row, "transaction"), text(&row, "by"), at)
        });
        Ok(Self {
            charges: charges.collect(),
            grants,
            finishes: finishes.collect(),
        })
    }

    /// Whether another period of the same subscription is that account's (X11).
    pub fn known_before(&self, charge: &Charge, account: &str) -> bool {
        let others = self.charges.iter().filter(|other| other.original == charge.original);
        let mut others = others.filter(|other| other.transaction != charge.transaction);
        others.any(|other| {
            let grant = self.grants.get(&other.transaction);
            grant.is_some_and(|grant| grant.account == account)
        })
    }

    /// Whether the subscription was somebody's already when this period of it was charged (X11).
    pub fn was_somebodys(&self, charge: &Charge) -> bool {
        let mut others = self.charges.iter().filter(|other| other.original == charge.original);
        others.any(|other| {
            let grant = self.grants.get(&other.transaction);
            grant.is_some_and(|grant| grant.at_ms < charge.at_ms)
        })
    }

    /// Whether that was finished; at Play a token is acknowledged once, whichever of its orders it was granted by.
    pub fn is_finished(&self, charge: &Charge) -> bool {
        self.finishes.iter().any(|(finished, ..)| match charge.store.as_str() {
            "play" => self
                .charge(finished)
                .is_some_and(|other| other.original == charge.original),
            _ => *finished == charge.transaction,
        })
    }

    /// The row of a transaction.
    pub fn charge(&self, transaction: &str) -> Option<&Charge> {
        self.charges.iter().find(|charge| charge.transaction == transaction)
    }
}
