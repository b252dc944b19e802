//! A year of monthly renewals at each store, with the app asleep until the end: what it takes, with every day looked at by the judge.
#![allow(clippy::print_stdout, missing_docs)]

use care_simulation::{Schedule, Sheet, Step, play};
use std::process::ExitCode;
use std::time::Instant;
use tapo_care::id::StoreKind;

const ROUNDS: u32 = 10;
const DAY_S: u64 = 86_400;

fn main() -> ExitCode {
    let mut sound = true;
    for store in [StoreKind::AppStore, StoreKind::Play] {
        let (phone, account) = (0, 0);
        let schedule = Schedule {
            seed: 1,
            phones: vec![(store, 0)],
            steps: vec![
                Step::SignIn { phone, account },
                Step::Buy {
                    phone,
                    plan: "tapo-1-monthly",
                    sheet: Sheet::Pay,
                    hold_s: 0,
                    named: false,
                },
                Step::Suspend { phone },
                Step::Pass { seconds: 364 * DAY_S },
                Step::Look { phone },
            ],
        };
        // The first round compiles the contract's schemas and makes the keys.
        let mut took = Vec::new();
        for round in 0..=ROUNDS {
            let began = Instant::now();
            let played = play(&schedule);
            if let Some(broken) = played.violation {
                println!("{store:?}: {} does not hold: {}", broken.invariant, broken.found);
                sound = false;
            }
            if round > 0 {
                took.push(began.elapsed());
            }
        }
        took.sort();
        println!(
            "a year of months, {store:?}: median {:?}, slowest {:?} of {ROUNDS}",
            took[took.len() / 2],
            took[took.len() - 1]
        );
    }
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
