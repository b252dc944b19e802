//! kill -9 at any instant of a purchase: at each named point, and at lines of the trace drawn from a seed, half of them at each
//! store. `cargo xtask kill` plays as many rounds as one likes.
//!
//! One round in three, what carries on is killed as well. Afterwards the sandbox's books hold at most one charge, and for each
//! charge exactly one grant and one finish; what was granted shows its picker. Three days later, when a store gives back what
//! nobody acknowledged, all of it is still so. One care-sandbox serves a hundred rounds, each with an account, a phone and a folder
//! of its own.

use crate::both::Store;
use crate::support::{PLAN, Phone, World};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many random instants at each store, and how often each named point, where `CARE_KILL_ROUNDS` and `CARE_KILL_EACH` do not say.
const ROUNDS: usize = 100;
const EACH: usize = 1;
const SEED: u64 = 20_260_105;
/// How many rounds one care-sandbox serves.
const A_WORLD: usize = 100;
/// How many lines carrying on takes, about.
const CARRIED_ON: u64 = 20;
/// Two processes at a time: there is a sandbox to be fed as well.
const THREADS: usize = 2;

/// A number from the environment.
fn asked<T: std::str::FromStr>(variable: &str, otherwise: T) -> T {
    std::env::var(variable).map_or(otherwise, |text| {
        text.parse().unwrap_or_else(|_| panic!("{variable} is a number"))
    })
}

/// One purchase that was killed, and what the next start made of it.
struct Round {
    at: String,
    account: String,
    payer: String,
    killed: bool,
    reached_the_sheet: bool,
    snapshot: Value,
}

fn prepared<'w>(world: &'w World, store: Store, name: &str) -> (Phone<'w>, String) {
    let account = world.newcomer(name);
    let phone = Phone::of(world, name).at(store);
    phone.care(&["sign-in", name]).ended(0);
    (phone, account)
}

fn trace_of(phone: &Phone<'_>) -> Vec<String> {
    let text = std::fs::read_to_string(phone.state.join("trace")).unwrap_or_default();
    text.lines()
        .map(|line| line.split('\t').next().unwrap().to_owned())
        .collect()
}

fn killed_at<'w>(world: &'w World, store: Store, name: &str, at: &str, again_at: Option<u64>) -> (Phone<'w>, Round) {
    let (phone, account) = prepared(world, store, name);
    let trace = phone.state.join("trace");
    let said = phone.care_with(
        &[("CARE_KILL_AT", at), ("CARE_TRACE", trace.to_str().unwrap())],
        &["--json", "subscribe", PLAN],
    );
    assert!(matches!(said.code, None | Some(0)), "{at}: {said:?}");
    let reached_the_sheet = trace_of(&phone).iter().any(|event| event == "store.buying");
    if let Some(line) = again_at {
        let said = phone.care_with(&[("CARE_KILL_AT", &line.to_string())], &["--json", "status"]);
        assert!(matches!(said.code, None | Some(0)), "{at}, then {line}: {said:?}");
    }
    let snapshot = phone.status();
    let payer = phone.store_account();
    let at = again_at.map_or_else(|| at.to_owned(), |line| format!("{at}, and carrying on at {line}"));
    let round = Round {
        at,
        account,
        payer,
        killed: said.code.is_none(),
        reached_the_sheet,
        snapshot,
    };
    (phone, round)
}

/// What must hold after every round. Gives whether money moved.
fn judge(round: &Round, world: &World) -> bool {
    let (ledger, at) = (world.ledger(), &round.at);
    let charges = ledger.charges(&round.payer);
    assert!(charges.len() <= 1, "killed at {at}: charged {} times", charges.len());
    assert!(
        round.killed || charges.len() == 1,
        "not killed at {at}, and not charged"
    );
    assert!(
        round.reached_the_sheet || charges.is_empty(),
        "killed at {at}: charged without a sheet"
    );
    assert_eq!(
        round.snapshot["purchases"],
        json!([]),
        "killed at {at}: something is still under way"
    );
    if charges.is_empty() {
        assert_eq!(
            round.snapshot["add_plan"]["available"], true,
            "killed at {at}: nothing bought, and the slot is not free"
        );
        assert_eq!(round.snapshot["subscriptions"], json!([]), "killed at {at}");
        return false;
    }
    assert_eq!(
        ledger.grants(&charges[0]),
        [round.account.as_str()],
        "killed at {at}: grants"
    );
    assert_eq!(ledger.finishes(&charges[0]), 1, "killed at {at}: finishes");
    assert!(
        round.snapshot["picker"].is_object(),
        "killed at {at}: granted, and no picker"
    );
    true
}

/// After three days a store gives back what nobody acknowledged, and of these it gives back nothing.
fn three_days_later(world: &World, rounds: &[Round]) {
    world.control("clock/advance", &json!({ "by": "73h" }));
    let ledger = world.ledger();
    for Round { at, account, payer, .. } in rounds {
        for charge in ledger.charges(payer) {
            assert_eq!(ledger.state(&charge), "kept", "killed at {at}: three days later");
            assert_eq!(
                ledger.grants(&charge),
                [account.as_str()],
                "killed at {at}: three days later"
            );
            assert_eq!(ledger.finishes(&charge), 1, "killed at {at}: three days later");
        }
    }
}

/// Plays so many rounds on every thread there is, a hundred in a world, and judges each; those whose money moved.
fn played(seed: u64, rounds: usize, play: impl Fn(&World, usize) -> Round + Sync) -> usize {
    let paid = AtomicUsize::new(0);
    for (nth, first) in (0..rounds).step_by(A_WORLD).enumerate() {
        let world = &World::up(seed + nth as u64);
        let (next, last) = (AtomicUsize::new(first), rounds.min(first + A_WORLD));
        let done: Mutex<Vec<Round>> = Mutex::default();
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::SeqCst);
                        if number >= last {
                            return;
                        }
                        let round = play(world, number);
                        paid.fetch_add(usize::from(judge(&round, world)), Ordering::SeqCst);
                        done.lock().unwrap().push(round);
                    }
                });
            }
        });
        three_days_later(world, &done.into_inner().unwrap());
    }
    paid.into_inner()
}

/// The trace of a purchase that nobody disturbs.
fn clean_run(world: &World, store: Store) -> Vec<String> {
    let (phone, _) = prepared(world, store, "clean");
    let trace = phone.state.join("trace");
    phone
        .care_with(
            &[("CARE_TRACE", trace.to_str().unwrap())],
            &["--json", "subscribe", PLAN],
        )
        .ended(0);
    trace_of(&phone)
}

// Rules: R8, R16
both_stores!(killed_at_each_named_point_a_purchase_is_carried_on_by_the_next_call);
fn killed_at_each_named_point_a_purchase_is_carried_on_by_the_next_call(store: Store) {
    let clean = World::up(51);
    let mut names = BTreeMap::new();
    let went_through: Mutex<BTreeSet<String>> = Mutex::default();
    for event in clean_run(&clean, store) {
        *names.entry(event).or_insert(0) += 1;
    }
    for sure in [
        "store.buying",
        "store.bought",
        "purchase.posting",
        "purchase.answered",
        "journal.appended",
        "store.finishing",
    ] {
        assert!(
            names.contains_key(sure),
            "a purchase no longer passes {sure}: {names:?}"
        );
    }
    drop(clean);
    let names: Vec<String> = names.into_keys().collect();
    let rounds = names.len() * asked("CARE_KILL_EACH", EACH);
    let paid = played(51, rounds, |world, number| {
        let event = &names[number % names.len()];
        let (phone, round) = killed_at(world, store, &format!("named-{number}"), event, None);
        assert!(round.killed, "{event} was not reached");
        if world.ledger().charges(&round.payer).is_empty() {
            // Nothing was bought: the next tap buys, once.
            judge(&round, world);
            phone.care(&["--json", "subscribe", PLAN]).ended(0);
            world.ledger().holds_one(&round.payer, &round.account);
            let snapshot = phone.status();
            return Round {
                reached_the_sheet: true,
                snapshot,
                ..round
            };
        }
        went_through.lock().unwrap().insert(event.clone());
        round
    });
    let went_through = went_through.into_inner().unwrap().len();
    println!(
        "killed {rounds} times at {} named points, at {went_through} of them after the money had moved",
        names.len()
    );
    assert_eq!(paid, rounds, "each bought in the end");
    assert!(went_through > 0 && went_through < names.len());
}

// Rules: R8, R16
both_stores!(killed_at_random_instants_a_purchase_is_charged_granted_and_finished_at_most_once);
fn killed_at_random_instants_a_purchase_is_charged_granted_and_finished_at_most_once(store: Store) {
    let (seed, rounds) = (asked("CARE_KILL_SEED", SEED), asked("CARE_KILL_ROUNDS", ROUNDS));
    println!("CARE_KILL_SEED={seed}");
    let lines = clean_run(&World::up(52), store).len() as u64;
    let (killed, instants) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()));
    let paid = played(52, rounds, |world, number| {
        let line = 1 + drawn(seed, number as u64) % lines;
        let again_at = (number % 3 == 0).then(|| 1 + drawn(!seed, number as u64) % CARRIED_ON);
        let (_, round) = killed_at(world, store, &format!("random-{number}"), &line.to_string(), again_at);
        killed.fetch_add(usize::from(round.killed), Ordering::SeqCst);
        instants.lock().unwrap().insert(line);
        round
    });
    let (killed, distinct) = (killed.into_inner(), instants.into_inner().unwrap().len());
    println!(
        "{rounds} rounds at {distinct} of {lines} instants: {killed} killed, {paid} of all after the money had moved"
    );
    assert!(killed > rounds * 9 / 10, "only {killed} were killed");
    assert!(
        paid > rounds / 10 && paid < rounds * 9 / 10,
        "{paid} reached the money: the draw is lopsided"
    );
}

/// The draw of round `number` (SplitMix64): the same for the same seed, whichever thread plays it.
fn drawn(seed: u64, number: u64) -> u64 {
    let mut x = seed.wrapping_add(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
