//! `cargo xtask corrupt`: every byte, every cut, thousands of random damages, a disk that fails at every operation.

#![allow(clippy::print_stdout)]

use care_corruption::{Damage, Dice, Failing, Fails, Folder, Judged};
use clap::Parser;
use std::process::ExitCode;
use tapo_care::id::StoreKind;

/// Damages the two databases of a phone in every way there is.
#[derive(Parser)]
#[command(name = "cargo xtask corrupt")]
struct Arguments {
    /// Only each so manyth byte and operation
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// How many random damages
    #[arg(long, default_value_t = 10_000)]
    random: usize,
    /// Where chance begins
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// How often an opened core is followed to its good end.
const FOLLOWED: usize = 50;

#[derive(Default)]
struct Tally {
    opened: usize,
    refused: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn note(&mut self, judged: Result<Judged, String>) {
        match judged {
            Ok(Judged::Opened) => self.opened += 1,
            Ok(Judged::Refused) => self.refused += 1,
            Err(what) => self.wrong.push(what),
        }
    }

    fn tell(&self, name: &str) -> bool {
        println!(
            "{name}: {} opened, {} refused by a typed error, {} wrong",
            self.opened,
            self.refused,
            self.wrong.len()
        );
        for what in self.wrong.iter().take(20) {
            println!("  {what}");
        }
        self.wrong.is_empty()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let asked = Arguments::parse();
    let mut well = true;
    for store in [StoreKind::AppStore, StoreKind::Play] {
        println!(
            "a phone with the {}",
            if store == StoreKind::Play {
                "Play store"
            } else {
                "App Store"
            }
        );
        well &= every_way(&Folder::make(store).await, &asked).await;
    }
    if well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn every_way(folder: &Folder, asked: &Arguments) -> bool {
    let mut well = true;
    for (name, files) in [("closed", &folder.closed), ("killed", &folder.killed)] {
        let kinds = [
            ("flips", Damage::flips(files, asked.every)),
            ("cuts", Damage::cuts(files, asked.every)),
        ];
        for (kind, damages) in kinds {
            let mut tally = Tally::default();
            for (nth, damage) in damages.iter().enumerate() {
                tally.note(folder.judge_damage(files, damage, nth % FOLLOWED == 0).await);
            }
            well &= tally.tell(&format!("{kind}, {name}"));
        }
    }
    let (mut tally, mut dice) = (Tally::default(), Dice::of(asked.seed));
    for nth in 0..asked.random {
        let files = if nth % 2 == 0 { &folder.closed } else { &folder.killed };
        let damage = Damage::random(files, &mut dice);
        tally.note(folder.judge_damage(files, &damage, nth % FOLLOWED == 0).await);
    }
    well &= tally.tell(&format!("random, seed {}", asked.seed));
    for fails in [Fails::Once, Fails::FromThenOn] {
        well &= failing_disk(folder, fails, asked.every)
            .await
            .tell(&format!("disk fails, {fails:?}"));
    }
    well
}

async fn failing_disk(folder: &Folder, fails: Fails, every: usize) -> Tally {
    let mut tally = Tally::default();
    folder.lay_out(&folder.killed);
    let counting = Failing::at(&folder.path(), i64::MAX, Fails::Once);
    tally.note(folder.live().await.map(|()| Judged::Opened));
    let operations = counting.counted();
    drop(counting);
    for nth in (0..operations).step_by(every.max(1)) {
        folder.lay_out(&folder.killed);
        let failing = Failing::at(&folder.path(), nth, fails);
        let lived = folder.live().await;
        drop(failing);
        let judged = match lived {
            Ok(()) => folder.all_is_well_again().await,
            lived => lived,
        };
        tally.note(
            judged
                .map(|()| Judged::Opened)
                .map_err(|what| format!("operation {nth}: {what}")),
        );
    }
    tally
}
