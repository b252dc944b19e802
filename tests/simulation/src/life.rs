//! A schedule as it runs: each step done, everything looked at after each, and the quiet end.

use crate::books::Books;
use crate::judge::Judge;
use crate::phone::Phone;
use crate::ports::handed_over;
use crate::process::lock;
use crate::schedule::{ACCOUNTS, APP_STORE_PRODUCTS, PLAY_PRODUCTS, Schedule};
use crate::step::{AtStore, Step};
use crate::story::Story;
use crate::trouble::Trouble;
use crate::world::{World, list, text};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tapo_care::id::StoreKind;

/// A schedule while it runs.
pub struct Life {
    pub world: World,
    pub phones: Vec<Phone>,
    pub judge: Judge,
    trouble: Trouble,
}

impl Life {
    /// The world and the phones of a schedule, with their files in `folder`.
    ///
    /// # Errors
    /// The sandbox does not do as told.
    pub async fn begin(schedule: &Schedule, story: Arc<Story>, folder: &Path) -> Result<Self, String> {
        let world = World::new(schedule.seed, story, &ACCOUNTS).await?;
        let mut phones = Vec::new();
        for (nth, (store, owner)) in schedule.phones.iter().enumerate() {
            let seed = schedule.seed.wrapping_mul(31).wrapping_add(nth as u64);
            let name = format!("phone-{nth}");
            let phone = Phone::new(&world, name.clone(), *store, folder.join(&name), seed);
            name_store_account(&phone, *owner).await?;
            phones.push(phone);
        }
        let judge = Judge::new(&world);
        Ok(Self {
            world,
            phones,
            judge,
            trouble: Trouble::default(),
        })
    }

    /// Does one step, lets a moment pass and looks at everything.
    ///
    /// # Errors
    /// The sandbox does not do as told.
    pub async fn step(&mut self, step: &Step) -> Result<(), String> {
        self.world.catch_up();
        self.world.story.note(&format!("- {step}"));
        self.act(step).await?;
        self.pass(200).await?;
        Ok(())
    }

    async fn act(&mut self, step: &Step) -> Result<(), String> {
        match *step {
            Step::SignIn { phone, account } => {
                let person = self.world.people[account].clone();
                self.phones[phone].sign_in(&person).await;
            }
            Step::SignOut { phone } => {
                if let Some(care) = self.phones[phone].open().await {
                    self.phones[phone].living(care.sign_out()).await;
                }
            }
            Step::Buy {
                phone,
                plan,
                sheet,
                hold_s,
                named,
            } => self.buy(phone, plan, sheet, hold_s, named).await,
            Step::Change {
                phone,
                plan,
                sheet,
                hold_s,
            } => self.change(phone, plan, sheet, hold_s).await,
            Step::GiveBack { phone, yes } => self.give_back(phone, yes).await,
            Step::Look { phone } => self.look(phone).await,
            Step::Restore { phone, yes } => self.restore(phone, yes).await,
            Step::Select { phone, count } => self.select(phone, count).await,
            Step::Trial { phone, nth } => self.trial(phone, nth).await,
            Step::Kill { phone, after } => match &self.phones[phone].running {
                Some(running) => running.process.arm(after),
                None => self.phones[phone].fuse = after,
            },
            Step::Suspend { phone } => self.suspend(phone).await,
            Step::Close { phone } => self.phones[phone].close().await,
            Step::Reboot { phone } => self.reboot(phone),
            Step::SetClock { phone, wrong_by_s } => {
                lock(&self.phones[phone].hardware.held).wall_wrong_by_ms = wrong_by_s * 1000;
            }
            Step::Network { phone, on } => lock(&self.phones[phone].hardware.held).offline = !on,
            Step::StoreAccount { phone, nth } => name_store_account(&self.phones[phone], nth).await?,
            Step::Lose { phone } => {
                if self.phones.iter().filter(|phone| !phone.lost).count() > 1 {
                    self.phones[phone].kill("lost");
                    self.phones[phone].lost = true;
                }
            }
            Step::Outside {
                phone,
                product,
                account,
                handed,
            } => self.outside(phone, product, account, handed).await,
            Step::AtStore { nth, what } => self.at_store(nth, what).await?,
            Step::Portal { account, code } => {
                let id = self.world.people[account].id.clone();
                let channel = if code { "code" } else { "web" };
                let body = json!({ "account": id, "plan": "tapo-1-monthly", "channel": channel });
                let made = self.world.control("POST", "subscriptions", body).await?;
                self.world.got_on_portal(&id, text(&made, "id"));
            }
            Step::ExpireSessions { account } => {
                let id = self.world.people[account].id.clone();
                self.world
                    .control("POST", "sessions/expire", json!({ "account": id }))
                    .await?;
            }
            Step::Fault {
                endpoint,
                kind,
                status,
                times,
                percent,
            } => {
                if !self.trouble.begin(self.world.now_ms()) {
                    self.world.story.note("no more goes wrong before everybody was heard");
                    return Ok(());
                }
                let mut body = json!({ "endpoint": endpoint, "kind": kind });
                if kind == "error" {
                    (body["status"], body["ms"]) = (json!(status), json!(2000));
                }
                match times {
                    0 => body["chance"] = json!(f64::from(u32::try_from(percent).unwrap_or(100)) / 100.0),
                    times => body["times"] = json!(times),
                }
                self.world.control("POST", "faults", body).await?;
            }
            Step::FaultsEnd => self.end_faults().await?,
            Step::Pass { seconds } => self.pass(seconds.saturating_mul(1000)).await?,
        }
        Ok(())
    }

    /// Nothing goes wrong at any service any more.
    ///
    /// # Errors
    /// The sandbox does not do as told.
    pub async fn end_faults(&mut self) -> Result<(), String> {
        self.world.control("DELETE", "faults", Value::Null).await?;
        if self.trouble.end(self.world.now_ms()) {
            self.judge.faults_ended(self.world.now_ms());
        }
        Ok(())
    }

    /// Time passes for everybody; in pieces, so that faults end in time and what is left behind is seen.
    ///
    /// # Errors
    /// The sandbox does not do as told.
    pub async fn pass(&mut self, ms: u64) -> Result<(), String> {
        const PIECE_MS: u64 = 24 * 3_600_000;
        let mut left = ms;
        while left > 0 {
            let now = self.world.now_ms();
            let faults_left = self
                .trouble
                .ends_ms()
                .map_or(u64::MAX, |end| u64::try_from(end - now).unwrap_or(0).max(1));
            let piece = left.min(PIECE_MS).min(faults_left);
            tokio::time::sleep(Duration::from_millis(piece)).await;
            left -= piece;
            self.world.catch_up();
            if self.trouble.ends_ms().is_some_and(|end| end <= self.world.now_ms()) {
                self.end_faults().await?;
            }
            self.observe().await?;
        }
        Ok(())
    }

    /// Looks at everything there is to see.
    ///
    /// # Errors
    /// The sandbox does not do as told.
    pub async fn observe(&mut self) -> Result<(), String> {
        for phone in &mut self.phones {
            phone.bury_the_dead();
        }
        self.judge
            .look(&self.world, self.trouble.is_on(), &mut self.phones)
            .await
    }

    /// The app comes to the foreground.
    pub async fn look(&mut self, nth: usize) {
        let phone = &mut self.phones[nth];
        let Some(care) = phone.open().await else { return };
        if let Some(Err(error)) = phone.living(care.sweep(Duration::from_secs(60))).await {
            let account = care.snapshot().account.map(|account| account.0).unwrap_or_default();
            phone.refused(&account, "sweep", &error);
        }
        phone.hear().await;
    }

    async fn suspend(&mut self, nth: usize) {
        let phone = &mut self.phones[nth];
        phone.bury_the_dead();
        if let Some(care) = phone.awake().cloned()
            && let Some(Ok(())) = phone.living(care.suspend()).await
            && let Some(running) = &mut phone.running
        {
            running.asleep = true;
        }
    }

    fn reboot(&mut self, nth: usize) {
        let now = self.world.now_ms();
        let phone = &mut self.phones[nth];
        phone.kill("reboot");
        let mut held = lock(&phone.hardware.held);
        held.boot += 1;
        held.booted_ms = now;
        phone.deceived |= held.wall_wrong_by_ms < 0;
    }

    async fn outside(&mut self, nth: usize, product: usize, account: Option<usize>, handed: bool) {
        let phone = &mut self.phones[nth];
        let (store, products) = match phone.hardware.store {
            StoreKind::AppStore => ("app_store", APP_STORE_PRODUCTS),
            StoreKind::Play => ("play", PLAY_PRODUCTS),
        };
        let tag = account.map(|account| self.world.people[account].tag.clone());
        let body = json!({
            "device": phone.name(), "store": store, "product": products[product], "app_account_token": tag,
        });
        // Refused where the store account owns it already.
        let Ok(bought) = self.world.control("POST", "purchases/outside", body).await else {
            return;
        };
        phone.bury_the_dead();
        if let (true, Some(care)) = (handed, phone.running.as_ref().map(|running| running.care.clone())) {
            let bought = handed_over(phone.hardware.store, &bought);
            phone.living(care.on_store_transactions(vec![bought])).await;
        }
    }

    async fn at_store(&mut self, nth: usize, what: AtStore) -> Result<(), String> {
        let world = &self.world;
        if matches!(what, AtStore::Complete | AtStore::Refuse) {
            let asks = list(&world.control("GET", "store/asks", Value::Null).await?, "asks");
            if let Some(ask) = asks.get(nth % asks.len().max(1)) {
                let verb = if what == AtStore::Complete {
                    "approve"
                } else {
                    "decline"
                };
                let path = format!("store/{}/{verb}", text(ask, "id"));
                let _ = world.control("POST", &path, Value::Null).await;
            }
        }
        let all = list(
            &world.control("GET", "store/subscriptions", Value::Null).await?,
            "subscriptions",
        );
        let Some(one) = all.get(nth % all.len().max(1)) else {
            return Ok(());
        };
        let original = text(one, "original");
        let books = Books::read(world).await?;
        let charge = books.charges.iter().position(|charge| charge.original == original);
        world.story.came(|step| step.charge = charge.map(|nth| nth + 1));
        let play = text(one, "store") == "play";
        let (verb, body) = match what {
            AtStore::Cancel => ("cancel", Value::Null),
            AtStore::Restart => ("restart", Value::Null),
            AtStore::Revoke => ("revoke", Value::Null),
            AtStore::StopPaying => ("payments", json!({ "go_through": false })),
            AtStore::PayAgain => ("payments", json!({ "go_through": true })),
            AtStore::RaisePrice => ("price", json!({ "price_micros": 25_990_000 })),
            AtStore::TellPrice => ("price", json!({ "price_micros": 26_990_000, "asks": false })),
            AtStore::AgreePrice => ("price-answer", json!({ "agrees": true })),
            AtStore::DeclinePrice => ("price-answer", json!({ "agrees": false })),
            AtStore::Pause if play => ("pause", json!({ "for": "P1M" })),
            AtStore::Complete if play => ("complete", Value::Null),
            AtStore::Refuse if play => ("decline", Value::Null),
            AtStore::Pause | AtStore::Complete | AtStore::Refuse => return Ok(()),
        };
        let path = format!("{}/{}/{verb}", if play { "play" } else { "store" }, original);
        // Refused where it is in no such state.
        let _ = world.control("POST", &path, body).await;
        Ok(())
    }
}

async fn name_store_account(phone: &Phone, nth: usize) -> Result<(), String> {
    let (apple, google) = (format!("apple-{nth}"), format!("google-{nth}"));
    let body = json!({ "apple_id": apple, "google_account": google });
    lock(&phone.hardware.held).payer = match phone.hardware.store {
        StoreKind::AppStore => apple,
        StoreKind::Play => google,
    };
    phone
        .world
        .control("POST", &format!("devices/{}", phone.name()), body)
        .await
        .map(|_| ())
}
