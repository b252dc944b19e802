//! The quiet end: nothing goes wrong any more, every phone that is left is opened, and a week goes by. Then:
//!
//! - *ledger*: money taken was granted, given back or replaced. What names nobody, or nothing the cloud sells, is shown waiting
//!   on each phone of whoever paid, and what somebody said yes to is granted (X11).
//! - *finished*: what was granted is finished.
//! - *told*: every wish whose sheet opened has told its end. *word*: never that nothing was charged where money was taken, nor
//!   that a plan is theirs that the cloud did not give.
//! - *quiet*: nothing is being tried any more, and no news is posted again and again.

use crate::books::{Books, Charge};
use crate::life::Life;
use crate::phone::Phone;
use crate::process::lock;
use crate::schedule::{APP_STORE_PRODUCTS, PLAY_PRODUCTS};
use std::collections::BTreeSet;
use tapo_care::OutcomeKind;
use tapo_care::money::Money;

const HOUR_MS: u64 = 3_600_000;
const DAYS: u32 = 7;
/// A transaction may bring news while the week goes by; more than this is a loop.
const POSTS_OF_ONE: u32 = 4;

impl Life {
    /// Ends the life and judges it.
    ///
    /// # Errors
    /// The sandbox does not do as told.
    pub async fn end(&mut self) -> Result<(), String> {
        self.world
            .story
            .note("- the end: faults off, every phone opened, a week goes by");
        self.end_faults().await?;
        for phone in self.phones.iter_mut().filter(|phone| !phone.lost) {
            phone.bury_the_dead();
            phone.fuse = 0;
            if let Some(running) = &phone.running {
                running.process.arm(0);
            }
            let mut held = lock(&phone.hardware.held);
            (held.offline, held.wall_wrong_by_ms, held.sheet_s) = (false, 0, 0);
        }
        // Sheets still open are closed by whoever holds them, and what the stores still had to say is said.
        self.look_everywhere().await;
        self.pass(HOUR_MS).await?;
        for nth in 0..self.phones.len() {
            self.listen(nth).await;
        }
        self.pass(HOUR_MS).await?;
        for phone in &self.phones {
            lock(&phone.hardware.held).heard.clear();
        }
        for _ in 0..DAYS {
            self.look_everywhere().await;
            self.pass(24 * HOUR_MS).await?;
        }
        for nth in 0..self.phones.len() {
            self.listen(nth).await;
        }
        let books = Books::read(&self.world).await?;
        self.ledger(&books);
        self.finished(&books);
        for phone in self.phones.iter().filter(|phone| !phone.lost) {
            self.quiet(phone);
            self.told(phone, &books);
        }
        for charge in &books.charges {
            self.waits_where_it_was_paid(charge, &books).await;
        }
        Ok(())
    }

    async fn look_everywhere(&mut self) {
        for nth in 0..self.phones.len() {
            self.look(nth).await;
        }
    }

    /// Everybody who wished something on that phone hears how it ended.
    async fn listen(&mut self, nth: usize) {
        if self.phones[nth].lost {
            return;
        }
        self.phones[nth].waiting.clear();
        let accounts: BTreeSet<String> = self.phones[nth].all_wishes().into_values().collect();
        for account in accounts {
            let person = self.world.people.iter().find(|person| person.id == account).cloned();
            if let Some(person) = person {
                self.phones[nth].sign_in(&person).await;
                self.look(nth).await;
                let phone = &mut self.phones[nth];
                let shown = phone.awake().map(|care| care.snapshot().purchases).unwrap_or_default();
                let waiting = shown
                    .into_iter()
                    .filter(|row| matches!(row.state.as_str(), "pending" | "waiting"));
                phone
                    .waiting
                    .extend(waiting.filter_map(|row| row.intent).map(|intent| intent.0));
            }
        }
    }

    fn ledger(&self, books: &Books) {
        let claims: BTreeSet<&String> = self.phones.iter().flat_map(|phone| &phone.claimed).collect();
        for charge in books.charges.iter().filter(|charge| charge.state == "kept") {
            if books.grants.contains_key(&charge.transaction) || is_unknown(charge) {
                continue;
            }
            // What names nobody is its claimant's, and its renewals are whoever's it was before (X11).
            let claimed = claims.contains(&charge.transaction) || claims.contains(&charge.original);
            let due =
                charge.tag.is_some() || books.was_somebodys(charge) || claimed && charge.runs(self.world.now_ms());
            if due {
                let found = format!(
                    "{} for {} was taken and nothing given",
                    charge.transaction, charge.product
                );
                self.world.story.broken("ledger", &found);
            }
        }
    }

    /// What cannot be granted yet is to be seen by whoever holds a phone with the store account that paid it, signed in as
    /// the one it names, or as anybody where it names nobody.
    async fn waits_where_it_was_paid(&mut self, charge: &Charge, books: &Books) {
        let waits = charge.runs(self.world.now_ms()) && !books.grants.contains_key(&charge.transaction);
        if !waits || self.world.story.violation().is_some() {
            return;
        }
        let mut people = self.world.people.iter();
        let looks = people.find(|person| charge.tag.as_ref().is_none_or(|tag| *tag == person.tag));
        let Some(looks) = looks.cloned() else { return };
        for nth in 0..self.phones.len() {
            let there = lock(&self.phones[nth].hardware.held).payer == charge.payer;
            if !there || self.phones[nth].lost {
                continue;
            }
            self.phones[nth].sign_in(&looks).await;
            self.look(nth).await;
            let Some(care) = self.phones[nth].awake() else { continue };
            let shown = care.snapshot().purchases;
            // Of several periods that wait, the first is the one shown.
            let products: Vec<&str> = books
                .charges
                .iter()
                .filter(|other| other.original == charge.original)
                .map(|other| other.product.as_str())
                .collect();
            let is_it = |product: &str, state: &str| {
                products.contains(&product) && matches!(state, "waiting" | "needs_confirmation")
            };
            let seen = shown.iter().any(|row| {
                let product = row.product.as_ref();
                product.is_some_and(|product| is_it(product.as_str(), &row.state))
            });
            if !seen {
                let found = format!(
                    "{} for {} waits, and {} shows {} nothing of it",
                    charge.transaction,
                    charge.product,
                    self.phones[nth].name(),
                    looks.name
                );
                self.world.story.broken("ledger", &found);
            }
        }
    }

    fn finished(&self, books: &Books) {
        for transaction in books.grants.keys() {
            let Some(charge) = books.charge(transaction) else {
                continue;
            };
            if charge.state == "kept" && !books.is_finished(charge) {
                self.world
                    .story
                    .broken("finished", &format!("{transaction} was granted and never finished"));
            }
        }
    }

    fn quiet(&self, phone: &Phone) {
        let Some(care) = phone.awake() else {
            self.world
                .story
                .broken("quiet", &format!("{} does not run", phone.name()));
            return;
        };
        for row in care.snapshot().purchases {
            if !matches!(row.state.as_str(), "pending" | "waiting" | "needs_confirmation") {
                let found = format!("{} is still {} on {}", row.message.key, row.state, phone.name());
                self.world.story.broken("quiet", &found);
            }
        }
        for (transaction, posts) in &lock(&phone.hardware.held).heard {
            if *posts > POSTS_OF_ONE {
                let found = format!("{} posted {transaction} {posts} times in a week", phone.name());
                self.world.story.broken("quiet", &found);
            }
        }
    }

    fn told(&self, phone: &Phone, books: &Books) {
        for (intent, account) in phone.all_wishes() {
            let told = phone.told.get(&intent).map(Vec::as_slice).unwrap_or_default();
            let end = told.iter().rev().find(|outcome| outcome.kind != OutcomeKind::Pending);
            let paid = lock(&phone.hardware.held).paid.get(&intent) == Some(&true);
            let Some(end) = end else {
                if !phone.waiting.contains(&intent) {
                    let found = format!("{account} never heard on {} how {intent} ended", phone.name());
                    self.world.story.broken("told", &found);
                }
                continue;
            };
            if end.money == Money::NotCharged && paid {
                let found = format!("{account} was told that nothing was charged for {intent}: {told:?}");
                self.world.story.broken("word", &found);
            }
            let given = |subscription: &str| {
                let mut grants = books.grants.values();
                grants.any(|grant| grant.subscription == subscription && grant.account == account)
            };
            let said = end
                .subscription
                .as_ref()
                .map_or("", |subscription| subscription.as_str());
            if end.kind == OutcomeKind::Granted && !given(said) {
                let found = format!("{account} was told that {intent} is theirs, and {said:?} is not");
                self.world.story.broken("word", &found);
            }
        }
    }
}

/// Of a product the cloud has never heard of.
fn is_unknown(charge: &Charge) -> bool {
    [APP_STORE_PRODUCTS[3], PLAY_PRODUCTS[3]].contains(&charge.product.as_str())
}
