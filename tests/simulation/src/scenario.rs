//! A schedule as a story for `care run` (tests/scenarios/README.md), so that what failed here can be looked at, changed and kept
//! there. Where a story has no words for a step, a comment says what happened.

use crate::schedule::{ACCOUNTS, APP_STORE_PRODUCTS, PLAY_PRODUCTS};
use crate::step::{AtStore, Sheet, Step};
use crate::{Came, Played, Schedule};
use std::fmt::Write as _;
use tapo_care::id::StoreKind;

/// The first cameras of each account, those that may be selected first.
const CAMERAS: [&[&str]; 3] = [&["Porch", "Garden", "Hallway"], &["Kitchen", "Drive"], &[]];

/// The story, as a scenario file.
#[must_use]
pub fn scenario(schedule: &Schedule, played: &Played) -> String {
    let violation = played.violation.as_ref();
    let (invariant, found) = violation.map_or(("nothing", ""), |broken| (broken.invariant, &broken.found));
    let mut writer = Writer {
        text: format!(
            "# Seed {} broke \"{invariant}\": {}\ntitle = \"Whatever happens, the invariant \\\"{invariant}\\\" holds.\"\nrules = [{}]\n",
            schedule.seed,
            found.replace('\n', " "),
            rules(invariant)
        ),
        signed_in: vec![None; schedule.phones.len()],
        troubled: false,
    };
    writer.phones(schedule);
    let none = Came::default();
    for (nth, step) in schedule.steps.iter().enumerate() {
        // A story that broke half way ends there.
        if nth >= played.steps.len() {
            break;
        }
        writer.step(nth, step, played.steps.get(nth).unwrap_or(&none));
    }
    if played.steps.len() > schedule.steps.len() || violation.is_none() {
        writer.end(schedule.phones.len());
    }
    writer.verdict(schedule.phones.len(), invariant, found);
    writer.text
}

fn rules(invariant: &str) -> &'static str {
    match invariant {
        "slot" => "\"R2\", \"X10\"",
        "payer" => "\"X5\"",
        "asked" => "\"X11\"",
        "phone" | "cloud" | "given" => "\"R17 (core, cloud)\"",
        _ => "\"X16 (core, cloud)\"",
    }
}

struct Writer {
    text: String,
    /// The account of each phone, as far as the schedule says.
    signed_in: Vec<Option<usize>>,
    troubled: bool,
}

impl Writer {
    fn comment(&mut self, what: &str) {
        let _ = writeln!(self.text, "\n# {}", what.replace('\n', " "));
    }

    fn scene(&mut self, on: Option<usize>, verb: &str, expect: &str) {
        self.text.push_str("\n[[step]]\n");
        if let Some(phone) = on {
            let _ = writeln!(self.text, "on = \"phone-{phone}\"");
        }
        let _ = writeln!(self.text, "{verb}");
        if !expect.is_empty() {
            let _ = writeln!(self.text, "expect = {{ {expect} }}");
        }
    }

    fn phones(&mut self, schedule: &Schedule) {
        let first = schedule.phones.first().map_or(StoreKind::AppStore, |(store, _)| *store);
        let word = if first == StoreKind::Play { "play" } else { "app-store" };
        let _ = writeln!(self.text, "stores = [\"{word}\"]");
        for (nth, (store, owner)) in schedule.phones.iter().enumerate() {
            if *store != first {
                self.comment(&format!("phone-{nth} has the other store; a story is told at one"));
            }
            let _ = write!(
                self.text,
                "\n[phones.phone-{nth}]\nsigned_in = \"nobody\"\nstore_account = \"account-{owner}\"\n"
            );
        }
    }

    fn step(&mut self, nth: usize, step: &Step, came: &Came) {
        let _ = writeln!(self.text, "\n# {}. {step}", nth + 1);
        let refused = came.refused.as_ref();
        let refused = refused.map_or_else(String::new, |name| format!("error = {{ name = \"{name}\" }}"));
        match *step {
            Step::SignIn { phone, account } => {
                self.signed_in[phone] = Some(account);
                self.scene(Some(phone), &format!("sign_in = \"{}\"", ACCOUNTS[account]), &refused);
            }
            Step::SignOut { phone } => {
                self.signed_in[phone] = None;
                self.scene(Some(phone), "sign_out = true", &refused);
            }
            Step::Buy {
                phone,
                plan,
                sheet,
                hold_s,
                named,
            } => self.buy(phone, plan, sheet, hold_s, named, &refused),
            Step::Change {
                phone,
                plan,
                sheet,
                hold_s,
            } => self.change(phone, plan, sheet, hold_s, &refused),
            Step::GiveBack { phone, yes } => {
                self.scene(Some(phone), &format!("give_back = {{ yes = {yes} }}"), &refused);
            }
            Step::Look { phone } => self.scene(Some(phone), "foreground = true", &refused),
            Step::Restore { phone, yes } => self.scene(Some(phone), &format!("restore = {{ yes = {yes} }}"), &refused),
            Step::Select { phone, count } => match self.cameras(phone, count) {
                Some(cameras) => self.scene(Some(phone), &format!("select = {{ cameras = [{cameras}] }}"), &refused),
                None => self.comment("not told: whoever is signed in has no cameras of a known name"),
            },
            Step::Trial { phone, nth } => {
                let known = self.signed_in[phone].and_then(|account| CAMERAS[account].get(nth));
                match known {
                    Some(camera) => self.scene(Some(phone), &format!("trial = \"{camera}\""), &refused),
                    None => self.comment("not told: that camera has no known name"),
                }
            }
            Step::Kill { .. } => self.comment("told where it dies, below"),
            Step::Suspend { phone } => {
                self.comment("in a story it wakes at once");
                self.scene(Some(phone), "sleep = true", "");
            }
            Step::Close { phone } => self.scene(Some(phone), "close = true", ""),
            Step::Reboot { phone } => self.scene(Some(phone), "reboot = true", ""),
            Step::SetClock { phone, wrong_by_s } => {
                let days = wrong_by_s / 86_400;
                self.scene(Some(phone), &format!("clock = {{ off_by = \"{days}d\" }}"), "");
            }
            Step::Network { phone, on } => {
                let word = if on { "on" } else { "off" };
                self.scene(Some(phone), &format!("network = \"{word}\""), "");
            }
            Step::StoreAccount { phone, nth } => {
                self.scene(Some(phone), &format!("store_account = \"account-{nth}\""), "");
            }
            Step::Lose { phone } => {
                self.comment("nobody opens it any more");
                self.scene(Some(phone), "kill = true", "");
            }
            Step::Outside {
                phone,
                product,
                account,
                handed,
            } => {
                let (app_store, play) = (APP_STORE_PRODUCTS[product], PLAY_PRODUCTS[product]);
                let tag = account.map_or_else(String::new, |account| format!(", tag_of = \"{}\"", ACCOUNTS[account]));
                let verb = format!("outside = {{ app_store = \"{app_store}\", play = \"{play}\"{tag} }}");
                self.scene(Some(phone), &verb, "");
                if handed {
                    self.scene(Some(phone), &format!("keep = \"kept-{nth}\""), "");
                    self.scene(Some(phone), &format!("hand_over = {{ kept = \"kept-{nth}\" }}"), "");
                }
            }
            Step::AtStore { what, .. } => self.at_store(what, came),
            Step::Portal { account, code } => {
                let (name, channel) = (ACCOUNTS[account], if code { "code" } else { "web" });
                let verb = format!(
                    "web_plan = {{ account = \"{name}\", plan = \"tapo-1-monthly\", channel = \"{channel}\" }}"
                );
                self.scene(None, &verb, "");
            }
            Step::ExpireSessions { account } => {
                self.scene(None, &format!("expire_session = \"{}\"", ACCOUNTS[account]), "");
            }
            Step::Fault {
                endpoint,
                kind,
                status,
                times,
                percent,
            } => {
                self.troubled = true;
                let mut verb = format!("fault = {{ endpoint = \"{endpoint}\", kind = \"{kind}\"");
                if kind == "error" {
                    let _ = write!(verb, ", status = {status}, ms = 2000");
                }
                if times > 0 {
                    let _ = write!(verb, ", times = {times}");
                } else if percent < 100 {
                    self.comment(&format!("in a story it strikes each call, not {percent} % of them"));
                }
                self.scene(None, &format!("{verb} }}"), "");
            }
            Step::FaultsEnd => self.calm(),
            Step::Pass { seconds } => self.scene(None, &format!("advance = \"{seconds}s\""), ""),
        }
        for (phone, what) in &came.died {
            self.comment(&format!("{phone} dies: {what}"));
            self.text.push_str("\n[[step]]\n");
            let _ = write!(self.text, "on = \"{phone}\"\nkill = true\n");
        }
    }

    fn buy(&mut self, phone: usize, plan: &str, sheet: Sheet, hold_s: u64, named: bool, refused: &str) {
        // Nobody buys without signing in; who it is hangs on the phone, as in `life`.
        let account = match self.signed_in[phone] {
            Some(account) => account,
            None => {
                let account = phone % ACCOUNTS.len();
                self.signed_in[phone] = Some(account);
                self.scene(Some(phone), &format!("sign_in = \"{}\"", ACCOUNTS[account]), "");
                account
            }
        };
        if refused.is_empty() && self.troubled {
            self.comment("how it ends hangs on which calls the faults strike");
        }
        let first = CAMERAS[account].first().filter(|_| named);
        let cameras = first.map_or_else(String::new, |camera| format!(", cameras = [\"{camera}\"]"));
        let end = match sheet {
            _ if !refused.is_empty() => refused.to_owned(),
            Sheet::Pay => "outcome = { kind = \"granted\" }".to_owned(),
            Sheet::Cancel => "outcome = { kind = \"cancelled\" }".to_owned(),
            Sheet::Decline | Sheet::Fail => "outcome = { kind = \"failed\" }".to_owned(),
            Sheet::Pending => "outcome = { kind = \"pending\" }".to_owned(),
        };
        let subscribe =
            |word: &str| format!("subscribe = {{ plan = \"{plan}\"{cameras}, sheet = \"{word}\", yes = true }}");
        if hold_s == 0 || !refused.is_empty() {
            self.scene(Some(phone), &subscribe(sheet.word()), &end);
            return;
        }
        self.scene(Some(phone), &subscribe("leave"), "");
        self.scene(None, &format!("advance = \"{hold_s}s\""), "");
        self.scene(Some(phone), &format!("at_sheet = \"{}\"", sheet.word()), &end);
    }

    fn change(&mut self, phone: usize, plan: &str, sheet: Sheet, hold_s: u64, refused: &str) {
        let change = |word: &str| format!("change_plan = {{ to = \"{plan}\", sheet = \"{word}\", yes = true }}");
        if hold_s == 0 || !refused.is_empty() {
            self.scene(Some(phone), &change(sheet.word()), refused);
            return;
        }
        self.scene(Some(phone), &change("leave"), "");
        self.scene(None, &format!("advance = \"{hold_s}s\""), "");
        self.scene(Some(phone), &format!("at_sheet = \"{}\"", sheet.word()), "");
    }

    fn cameras(&self, phone: usize, count: usize) -> Option<String> {
        let known = CAMERAS[self.signed_in[phone]?];
        let named: Vec<String> = known.iter().take(count).map(|name| format!("\"{name}\"")).collect();
        (!named.is_empty()).then(|| named.join(", "))
    }

    fn at_store(&mut self, what: AtStore, came: &Came) {
        let event = match what {
            AtStore::Cancel => "cancel",
            AtStore::Restart => "restart",
            AtStore::Revoke => "refund",
            AtStore::StopPaying => "payments_fail",
            AtStore::PayAgain => "payments_go_through",
            AtStore::Pause => "pause",
            AtStore::Complete => "approve",
            AtStore::Refuse => "decline",
            AtStore::AgreePrice => "agree_price",
            AtStore::DeclinePrice => "decline_price",
            AtStore::RaisePrice | AtStore::TellPrice => {
                let asks = what == AtStore::RaisePrice;
                let micros = if asks { 25_990_000 } else { 26_990_000 };
                self.comment("in a story it is the last purchase's");
                self.scene(None, &format!("price = {{ micros = {micros}, asks = {asks} }}"), "");
                return;
            }
        };
        let charge = came
            .charge
            .map_or_else(String::new, |charge| format!(", charge = {charge}"));
        if came.charge.is_none() && !matches!(what, AtStore::Complete | AtStore::Refuse) {
            self.comment("not told: nothing was there for it to happen to");
            return;
        }
        self.scene(None, &format!("store = {{ event = \"{event}\"{charge} }}"), "");
    }

    fn calm(&mut self) {
        self.troubled = false;
        self.scene(None, "clear_faults = true", "");
    }

    /// The quiet end, as `ending` has it.
    fn end(&mut self, phones: usize) {
        self.comment("The end: nothing goes wrong any more, every phone is opened, a week goes by.");
        self.calm();
        for phone in 0..phones {
            self.scene(Some(phone), "network = \"on\"", "");
            self.scene(Some(phone), "clock = { off_by = \"0d\" }", "");
        }
        for passes in ["2h", "7d"] {
            for phone in 0..phones {
                self.scene(Some(phone), "foreground = true", "");
            }
            self.scene(None, &format!("advance = \"{passes}\""), "");
        }
        for phone in 0..phones {
            self.scene(Some(phone), "foreground = true", "");
        }
    }

    fn verdict(&mut self, phones: usize, invariant: &str, found: &str) {
        self.comment(&format!("Here \"{invariant}\" did not hold: {found}"));
        match invariant {
            "ledger" | "given" | "finished" | "once" => {
                self.scene(None, "advance = \"1s\"", "ledger = { settled = true }");
            }
            "told" | "quiet" => {
                for phone in 0..phones {
                    self.scene(Some(phone), "look = true", "status = { purchases = [] }");
                }
            }
            _ => self
                .text
                .push_str("# What ought to be there is for whoever keeps this story to write as its last `expect`.\n"),
        }
    }
}
