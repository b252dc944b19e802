//! What must hold at every moment, each by its name. What must hold in the end stands in `ending`; that every exchange was as
//! the contract documents it (*contract*), the sandbox notes by itself.
//!
//! - *cloud*: what the cloud calls active is paid for or in grace at its store, or was got on the portal.
//! - *given*: what is granted gives access while the period it was paid for runs.
//! - *phone*: what a phone shows covered was so in a signed answer whose lease still runs, and the cloud had not ended it by then.
//! - *double*: of several paid periods that run over one slot at once, all but one are flagged.
//! - *once*: nothing is granted twice.
//! - *leak*: nothing shown or said to one account names anything of another.
//! - *owner*: what carries an account's tag is granted to that account. *asked*: what carries none, only after a yes,
//!   or where the subscription is known to be that account's (X11).
//! - *finish*: nothing is finished that is neither granted nor given back, replaced or used up.
//! - *finished*: what is granted is finished within a day of anybody being able to, well before a store gives it back by itself.
//! - *slot*: no plan is offered and no sheet opens where one is held, nor while a purchase on the same phone is freshly pending.

use crate::books::Books;
use crate::phone::Phone;
use crate::world::{World, list, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tapo_care::account::Covers;
use tapo_care::snapshot::{Freshness, Snapshot};
use tapo_care::subscription::Cover;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Clocks of phone and cloud agree within this.
const SLACK_MS: i64 = 5 * 60_000;

/// Remembers what it has to.
pub struct Judge {
    faults_ended_ms: i64,
    /// Since when a store gives no access, by original.
    lapsed: BTreeMap<String, i64>,
    judged_grants: BTreeSet<String>,
    judged_finishes: usize,
    said_yes: BTreeSet<String>,
    /// What has held an account's slot, and since when.
    taken: BTreeMap<String, (Value, i64)>,
    /// Since when the cloud gives no access by a subscription that it once gave.
    ended: BTreeMap<String, i64>,
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
            ended: BTreeMap::new(),
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
        self.cloud(world, &books).await?;
        for phone in phones {
            self.phone(world, phone);
        }
        Ok(())
    }

    fn grants(&mut self, world: &World, books: &Books) {
        for (transaction, grant) in &books.grants {
            if !self.judged_grants.insert(transaction.clone()) {
                continue;
            }
            let account = &grant.account;
            world.learn(account, [grant.subscription.clone()]);
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
        for (transaction, by, at) in books.finishes.iter().skip(self.judged_finishes) {
            let granted = books.grants.get(transaction).is_some_and(|grant| grant.at_ms <= *at);
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
        for (transaction, grant) in &books.grants {
            let Some(charge) = books.charge(transaction) else {
                continue;
            };
            let since = grant.at_ms.max(self.faults_ended_ms);
            if charge.state == "kept" && since + DAY_MS < world.now_ms() && !books.is_finished(charge) {
                let found = format!("{transaction} was granted a day ago and is not finished");
                world.story.broken("finished", &found);
            }
        }
    }

    async fn cloud(&mut self, world: &World, books: &Books) -> Result<(), String> {
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
            let holder = &document["in_app"]["blocked_by"];
            if document["in_app"]["may_buy"] == true {
                self.taken.remove(&person.id);
            } else if self.taken.get(&person.id).is_none_or(|(known, _)| known != holder) {
                // Between two holders it may have been free for a moment.
                self.taken.insert(person.id.clone(), (holder.clone(), now));
            }
            let plans = list(&document, "subscriptions");
            let mut accessible = BTreeMap::new();
            for plan in &plans {
                let (id, phase) = (text(plan, "id"), text(plan, "phase"));
                if !matches!(phase.as_str(), "active" | "grace") {
                    self.ended.entry(id).or_insert(now);
                    continue;
                }
                self.ended.remove(&id);
                let flagged = list(plan, "flags").iter().any(|flag| flag == "double_paid");
                accessible.insert(id.clone(), flagged);
                if !matches!(text(plan, "channel").as_str(), "app_store" | "play") {
                    if !world.is_of_portal(&id) {
                        let found = format!("{id} of {} is {phase}, and nobody got it on the portal", person.id);
                        world.story.broken("cloud", &found);
                    }
                    continue;
                }
                let original = original_of(plan);
                let lapsed_for = self.lapsed.get(&original).map_or(0, |lapsed| now - lapsed);
                if !gives.contains(&original) && lapsed_for > 2 * HOUR_MS && self.is_quiet(now) {
                    let found = format!("{id} of {} is {phase} and its store gives nothing", person.id);
                    world.story.broken("cloud", &found);
                }
            }
            self.running(world, books, &person.id, &accessible);
        }
        Ok(())
    }

    /// For two hours nothing has kept stores and cloud from telling each other.
    fn is_quiet(&self, now: i64) -> bool {
        now - self.faults_ended_ms > 2 * HOUR_MS
    }

    /// The paid periods that run now are each given, and of several all but one are flagged.
    fn running(&self, world: &World, books: &Books, account: &str, accessible: &BTreeMap<String, bool>) {
        let now = world.now_ms();
        let mut unflagged = BTreeMap::new();
        for charge in books.charges.iter().filter(|charge| charge.runs(now)) {
            let Some(grant) = books.grants.get(&charge.transaction) else {
                continue;
            };
            if grant.account != account {
                continue;
            }
            match accessible.get(&grant.subscription) {
                // Charged once, under the token before.
                Some(_) if charge.carried => {}
                Some(true) => {}
                Some(false) => {
                    unflagged.insert(charge.original.clone(), grant.subscription.clone());
                }
                None if self.is_quiet(now) => {
                    let found = format!(
                        "{} of {account} is paid to {} and {} gives nothing",
                        charge.transaction,
                        crate::story::clock(charge.until_ms - world.began_ms()),
                        grant.subscription
                    );
                    world.story.broken("given", &found);
                }
                None => {}
            }
        }
        if unflagged.len() > 1 {
            let both: Vec<String> = unflagged.into_values().collect();
            let found = format!("{account} pays for {} and none is flagged", both.join(" and "));
            world.story.broken("double", &found);
        }
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
            .is_some_and(|((_, since), as_of)| as_of.0 > *since);
        if taken && shown.add_plan.available {
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
            self.outlived(world, phone.name(), &shown);
        }
    }

    /// Nothing is shown covered by an answer from after the cloud ended it.
    fn outlived(&self, world: &World, name: &str, shown: &Snapshot) {
        for plan in shown.subscriptions.iter().filter(|plan| plan.cover == Cover::Covered) {
            let ended = self.ended.get(plan.id.as_str()).copied();
            if ended.zip(shown.as_of).is_some_and(|(ended, as_of)| ended < as_of.0) {
                let found = format!("{name} shows {} covered by an answer from after its end", plan.id);
                world.story.broken("phone", &found);
            }
        }
        for camera in shown.cameras.iter().filter(|camera| camera.cover == Cover::Covered) {
            let mut covering = shown.subscriptions.iter().filter(|plan| plan.cover == Cover::Covered);
            let by_plan = covering.any(|plan| plan.covers != Covers::Cameras || plan.cameras.contains(&camera.id));
            let by_trial = camera.trial.state == "active";
            let free = camera.free_plan.as_ref().is_some_and(|plan| plan.state == "active");
            if !by_plan && !by_trial && !free {
                let found = format!("{name} shows {} covered by no plan and no trial that covers", camera.id);
                world.story.broken("phone", &found);
            }
        }
    }
}

/// What its store calls a subscription.
fn original_of(plan: &Value) -> String {
    let reference = &plan["store_refs"][0];
    [
        text(reference, "original_transaction_id"),
        text(reference, "purchase_token"),
    ]
    .concat()
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
    for camera in shown.cameras.iter().filter(|camera| camera.cover == Cover::Covered) {
        if camera.trial.state == "active" && camera.trial.ends_at.is_none_or(|end| end.0 + SLACK_MS < now) {
            let found = format!("{name} shows {} covered by a trial after its end", camera.id);
            world.story.broken("phone", &found);
        }
    }
}
