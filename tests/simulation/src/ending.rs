//! The quiet end: nothing goes wrong any more, every phone that is left is opened, and a week goes by. Then:
//!
//! - *ledger*: money taken was granted, given back or replaced; what names nobody, or nothing the cloud sells, waits.
//! - *finished*: what was granted is finished.
//! - *told*: every accepted wish has told its end. *word*: never that nothing was charged where money was taken.
//! - *quiet*: nothing is being tried any more, and no news is posted again and again.

use crate::judge::Books;
use crate::life::Life;
use crate::phone::Phone;
use crate::process::lock;
use std::collections::BTreeSet;
use tapo_care::OutcomeKind;

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
            self.told(phone);
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
        let accounts: BTreeSet<String> = self.phones[nth].wishes.values().cloned().collect();
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
        for charge in &books.charges {
            let granted = books.grants.contains_key(&charge.transaction);
            let nobodys = charge.tag.is_none();
            let unknown = charge.product.contains("20");
            if !granted && !nobodys && !unknown && charge.state == "kept" {
                let found = format!(
                    "{} for {} was taken and nothing given",
                    charge.transaction, charge.product
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
            let same = |finished: &str| match charge.store.as_str() {
                // At Play a token is acknowledged once, whichever of its orders it was granted by.
                "play" => books
                    .charge(finished)
                    .is_some_and(|other| other.original == charge.original),
                _ => finished == transaction,
            };
            let done = books.finishes.iter().any(|(_, finished, _, _)| same(finished));
            if !done && charge.state == "kept" {
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

    fn told(&self, phone: &Phone) {
        for (intent, account) in &phone.wishes {
            let told = phone.told.get(intent).map(Vec::as_slice).unwrap_or_default();
            let end = told.iter().rev().find(|kind| **kind != OutcomeKind::Pending);
            let pending = phone.waiting.contains(intent);
            let paid = lock(&phone.hardware.held).paid.get(intent).copied();
            match end {
                None if !pending => {
                    let found = format!("{account} never heard on {} how {intent} ended", phone.name());
                    self.world.story.broken("told", &found);
                }
                Some(OutcomeKind::Cancelled | OutcomeKind::Failed) if paid == Some(true) => {
                    let found = format!("{account} was told that nothing was charged for {intent}: {told:?}");
                    self.world.story.broken("word", &found);
                }
                Some(OutcomeKind::Granted) if told.iter().filter(|kind| **kind == OutcomeKind::Granted).count() > 1 => {
                    // Said again only where nobody could write down that it was handled.
                    self.world.story.trace(format!("{intent} granted twice"));
                }
                _ => {}
            }
        }
    }
}
