//! What must hold at every moment, each by its name. What must hold in the end stands in `ending`; that every exchange was as
//! the contract documents it (*contract*), the sandbox notes by itself.
//!
//! - *cloud*: what the cloud calls active is paid for or in grace at its store.
//! - *phone*: what a phone shows covered was so in a signed answer whose lease still runs.
//! - *double*: of several plans bought in the app that give one account access at once, all but one are flagged.
//! - *leak*: nothing shown or said to one account names anything of another.
//! - *owner*: what carries an account's tag is granted to that account. *asked*: what carries none, only after a yes,
//!   or where the subscription is known to be that account's (X11).
//! - *finish*: nothing is finished that is neither granted nor given back, replaced or used up.
//! - *slot*: no plan is offered and no sheet opens where one is held, nor while a purchase on the same phone is freshly pending.

use crate::phone::Phone;
use crate::world::{World, list, text, time};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tapo_care::snapshot::{Freshness, Snapshot};
use tapo_care::subscription::Cover;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Clocks of phone and cloud agree within this.
const SLACK_MS: i64 = 5 * 60_000;

/// One row of the stores' books.
#[derive(Debug, Clone)]
pub struct Charge {
    pub store: String,
    pub transaction: String,
    pub original: String,
    pub product: String,
    pub tag: Option<String>,
    pub state: String,
    pub until_ms: i64,
}

/// What stores and cloud hold at one moment.
pub struct Books {
    pub charges: Vec<Charge>,
    /// Transaction to account, subscription and when.
    pub grants: BTreeMap<String, (String, String, i64)>,
    /// Store, what was finished (of Play the token) and when.
    pub finishes: Vec<(String, String, String, i64)>,
}

impl Books {
    /// Reads them.
    ///
    /// # Errors
    /// The sandbox does not answer.
    pub async fn read(world: &World) -> Result<Self, String> {
        let ledger = world.control("GET", "ledger", Value::Null).await?;
        let charges = list(&ledger, "charges").into_iter().map(|row| Charge {
            store: text(&row, "store"),
            transaction: text(&row, "transaction"),
            original: text(&row, "original"),
            product: text(&row, "product"),
            tag: row["tag"].as_str().map(str::to_owned),
            state: text(&row, "state"),
            until_ms: time(&row, "until").unwrap_or(i64::MAX),
        });
        let grants = list(&ledger, "grants").into_iter().map(|row| {
            let at = time(&row, "at").unwrap_or(0);
            (
                text(&row, "transaction"),
                (text(&row, "account"), text(&row, "subscription"), at),
            )
        });
        let finishes = list(&ledger, "finishes").into_iter().map(|row| {
            let at = time(&row, "at").unwrap_or(0);
            (text(&row, "store"), text(&row, "transaction"), text(&row, "by"), at)
        });
        Ok(Self {
            charges: charges.collect(),
            grants: grants.collect(),
            finishes: finishes.collect(),
        })
    }

    /// Whether another period of the same subscription is that account's (X11).
    fn known_before(&self, charge: &Charge, account: &str) -> bool {
        let others = self.charges.iter().filter(|other| other.original == charge.original);
        let mut others = others.filter(|other| other.transaction != charge.transaction);
        others.any(|other| {
            self.grants
                .get(&other.transaction)
                .is_some_and(|(owner, _, _)| owner == account)
        })
    }

    /// The row of a transaction.
    pub fn charge(&self, transaction: &str) -> Option<&Charge> {
        self.charges.iter().find(|charge| charge.transaction == transaction)
    }
}

/// Remembers what it has to.
pub struct Judge {
    faults_ended_ms: i64,
    /// Since when a store gives no access, by original.
    lapsed: BTreeMap<String, i64>,
    judged_grants: BTreeSet<String>,
    judged_finishes: usize,
    said_yes: BTreeSet<String>,
    /// Since when an account's slot has been taken.
    taken: BTreeMap<String, i64>,
    /// When each wish was accepted: it is pending since then or later.
    accepted_ms: BTreeMap<String, i64>,
}

impl Judge {
    pub fn new(world: &World) -> Self {
        Self {
            faults_ended_ms: world.now_ms() - 30 * DAY_MS,
            lapsed: BTreeMap::new(),
            judged_grants: BTreeSet::new(),
            judged_finishes: 0,
            said_yes: BTreeSet::new(),
            taken: BTreeMap::new(),
            accepted_ms: BTreeMap::new(),
        }
    }

    /// From here on nothing keeps the cloud from knowing.
    pub fn faults_ended(&mut self, now_ms: i64) {
        self.faults_ended_ms = now_ms;
    }

    /// That account said that what nobody claimed is its own.
    pub fn said_yes(&mut self, account: &str) {
        self.said_yes.insert(account.to_owned());
    }

    /// A wish was accepted on a phone that showed `before`.
    pub fn accepted(&mut self, phone: &Phone, before: &Snapshot, account: &str, intent: &str) {
        let now = phone.world.now_ms();
        self.accepted_ms.insert(intent.to_owned(), now);
        let fresh = before
            .purchases
            .iter()
            .filter(|row| row.state == "pending")
            .find_map(|row| {
                let waiting = row.intent.as_ref().filter(|waiting| waiting.0 != intent)?;
                let since = *self.accepted_ms.get(&waiting.0)?;
                (now - since < DAY_MS - SLACK_MS).then_some(waiting)
            });
        if let Some(waiting) = fresh {
            let found = format!("{account} may buy on {} while {waiting} is pending", phone.name());
            phone.world.story.broken("slot", &found);
        }
    }

    /// Looks at everything.
    ///
    /// # Errors
    /// The sandbox does not answer.
    pub async fn look(&mut self, world: &World, faults: bool, phones: &mut [Phone]) -> Result<(), String> {
        if faults {
            self.faults_ended_ms = world.now_ms();
        }
        let books = Books::read(world).await?;
        self.grants(world, &books);
        self.finishes(world, &books);
        self.cloud(world).await?;
        for phone in phones {
            self.phone(world, phone);
        }
        Ok(())
    }

    fn grants(&mut self, world: &World, books: &Books) {
        for (transaction, (account, subscription, _)) in &books.grants {
            if !self.judged_grants.insert(transaction.clone()) {
                continue;
            }
            world.learn(account, [subscription.clone()]);
            let Some(charge) = books.charge(transaction) else {
                world.story.broken(
                    "cloud",
                    &format!("{transaction} is granted to {account} and was never paid"),
                );
                continue;
            };
            let owner = charge
                .tag
                .as_ref()
                .and_then(|tag| world.people.iter().find(|person| person.tag == *tag));
            match owner {
                Some(owner) if owner.id != *account => {
                    world.story.broken(
                        "owner",
                        &format!("{transaction} of {} is granted to {account}", owner.id),
                    );
                }
                None if !self.said_yes.contains(account) && !books.known_before(charge, account) => {
                    world.story.broken(
                        "asked",
                        &format!("{transaction} of nobody is granted to {account} unasked"),
                    );
                }
                _ => {}
            }
        }
    }

    fn finishes(&mut self, world: &World, books: &Books) {
        for (_, transaction, by, at) in books.finishes.iter().skip(self.judged_finishes) {
            let granted = books
                .grants
                .get(transaction)
                .is_some_and(|(_, _, granted)| granted <= at);
            let over = books
                .charge(transaction)
                .is_none_or(|charge| charge.state != "kept" || charge.until_ms <= *at);
            if !granted && !over {
                world.story.broken(
                    "finish",
                    &format!("{transaction} is finished by the {by} and not granted"),
                );
            }
        }
        self.judged_finishes = books.finishes.len();
    }

    async fn cloud(&mut self, world: &World) -> Result<(), String> {
        let now = world.now_ms();
        let standings = list(
            &world.control("GET", "store/subscriptions", Value::Null).await?,
            "subscriptions",
        );
        let mut gives = BTreeSet::new();
        for one in &standings {
            let original = text(one, "original");
            if one["access"] == true {
                self.lapsed.remove(&original);
                gives.insert(original);
            } else {
                self.lapsed.entry(original).or_insert(now);
            }
        }
        for person in world.people.iter() {
            let document = world
                .control("GET", &format!("accounts/{}", person.id), Value::Null)
                .await?;
            if document["in_app"]["may_buy"] == true {
                self.taken.remove(&person.id);
            } else {
                self.taken.entry(person.id.clone()).or_insert(now);
            }
            let mut unflagged = Vec::new();
            for plan in list(&document, "subscriptions") {
                let access = matches!(text(&plan, "phase").as_str(), "active" | "grace");
                if !access || !matches!(text(&plan, "channel").as_str(), "app_store" | "play") {
                    continue;
                }
                let id = text(&plan, "id");
                if !list(&plan, "flags").iter().any(|flag| flag == "double_paid") {
                    unflagged.push(id.clone());
                }
                let reference = &plan["store_refs"][0];
                let original = [
                    text(reference, "original_transaction_id"),
                    text(reference, "purchase_token"),
                ]
                .concat();
                let known_since = self.lapsed.get(&original).map_or(0, |lapsed| now - lapsed);
                if !gives.contains(&original) && known_since > 2 * HOUR_MS && now - self.faults_ended_ms > 2 * HOUR_MS {
                    world.story.broken(
                        "cloud",
                        &format!(
                            "{id} of {} is {} and its store gives nothing",
                            person.id,
                            text(&plan, "phase")
                        ),
                    );
                }
            }
            if unflagged.len() > 1 {
                world.story.broken(
                    "double",
                    &format!("{} pays for {} and none is flagged", person.id, unflagged.join(" and ")),
                );
            }
        }
        Ok(())
    }

    fn phone(&mut self, world: &World, phone: &mut Phone) {
        let Some(care) = phone.awake().cloned() else { return };
        let (now, shown) = (world.now_ms(), care.snapshot());
        if shown.freshness == Freshness::Fresh && shown.as_of.is_some_and(|at| at.0 + SLACK_MS > now) {
            phone.deceived = false;
        }
        let account = shown.account.clone().map(|account| account.0).unwrap_or_default();
        let taken = self
            .taken
            .get(&account)
            .zip(shown.as_of)
            .is_some_and(|(since, as_of)| as_of.0 > *since);
        if taken && shown.freshness == Freshness::Fresh && shown.add_plan.available {
            world.story.broken(
                "slot",
                &format!("{} offers {account} a plan over the one it has", phone.name()),
            );
        }
        let said = serde_json::to_string(&shown).unwrap_or_default();
        world.must_not_name_another(&account, &format!("a snapshot on {}", phone.name()), &said);
        for row in care.receipts().iter().filter(|row| row.bound == "other") {
            world.story.broken(
                "leak",
                &format!("{account} is shown the receipt {} of another", row.transaction),
            );
        }
        if !phone.deceived {
            cover(world, phone.name(), &shown, now);
        }
    }
}

fn cover(world: &World, name: &str, shown: &Snapshot, now: i64) {
    for plan in shown.subscriptions.iter().filter(|plan| plan.cover == Cover::Covered) {
        let told = |found: String| {
            world
                .story
                .broken("phone", &format!("{name} shows {} covered {found}", plan.id))
        };
        if shown.as_of.is_none_or(|as_of| as_of.0 + 7 * DAY_MS + SLACK_MS < now) {
            told(format!("on an answer of {:?}, its lease over", shown.as_of));
        }
        if !matches!(plan.phase.as_str(), "active" | "grace") {
            told(format!("and it is {}", plan.phase.as_str()));
        }
        if !plan.will_renew && plan.ends_at.is_some_and(|end| end.0 + SLACK_MS < now) && plan.phase.as_str() == "active"
        {
            told("after its end".to_owned());
        }
    }
}
