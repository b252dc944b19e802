//! kill -9 at any instant of a purchase: at each named point, and at 340 lines of the trace drawn from a seed, half of them
//! at each store.
//!
//! One round in three, what carries on is killed as well. Afterwards the sandbox's books hold at most one charge, and for each charge exactly one grant and one finish; what was
//! granted shows its picker. One care-sandbox serves all rounds, each with an account, a phone and a folder of its own.

use crate::both::Store;
use crate::support::{PLAN, Phone, World};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// At each store.
const ROUNDS: usize = 170;
const SEED: u64 = 20_260_105;
/// How many lines carrying on takes, about.
const CARRIED_ON: u64 = 20;
/// Two processes at a time: there is a sandbox to be fed as well.
const THREADS: usize = 2;

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
    let world = &World::up(51);
    let mut names = BTreeMap::new();
    for event in clean_run(world, store) {
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
    let (mut killed, mut paid) = (0, 0);
    for (number, event) in names.keys().enumerate() {
        let (phone, round) = killed_at(world, store, &format!("named-{number}"), event, None);
        assert!(round.killed, "{event} was not reached");
        killed += 1;
        if judge(&round, world) {
            paid += 1;
            continue;
        }
        // Nothing was bought: the next tap buys, once.
        phone.care(&["--json", "subscribe", PLAN]).ended(0);
        world.ledger().holds_one(&round.payer, &round.account);
    }
    println!("killed at {killed} named points, {paid} of them after the money had moved");
    assert!(paid > 0 && paid < killed);
}

// Rules: R8, R16
both_stores!(killed_at_170_random_instants_a_purchase_is_charged_granted_and_finished_at_most_once);
fn killed_at_170_random_instants_a_purchase_is_charged_granted_and_finished_at_most_once(store: Store) {
    let world = &World::up(52);
    let seed = std::env::var("CARE_KILL_SEED")
        .ok()
        .map_or(SEED, |text| text.parse().expect("CARE_KILL_SEED is a number"));
    println!("CARE_KILL_SEED={seed}");
    let lines = clean_run(world, store).len() as u64;
    let (next, killed, paid) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let by_line: Mutex<BTreeMap<u64, usize>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= ROUNDS {
                        return;
                    }
                    let line = 1 + drawn(seed, number as u64) % lines;
                    let again_at = (number % 3 == 0).then(|| 1 + drawn(!seed, number as u64) % CARRIED_ON);
                    let (_, round) = killed_at(world, store, &format!("random-{number}"), &line.to_string(), again_at);
                    killed.fetch_add(usize::from(round.killed), Ordering::SeqCst);
                    paid.fetch_add(usize::from(judge(&round, world)), Ordering::SeqCst);
                    *by_line.lock().unwrap().entry(line).or_default() += 1;
                }
            });
        }
    });
    let (killed, paid, distinct) = (
        killed.into_inner(),
        paid.into_inner(),
        by_line.into_inner().unwrap().len(),
    );
    println!(
        "{ROUNDS} rounds at {distinct} of {lines} instants: {killed} killed, {paid} of all after the money had moved"
    );
    assert!(killed > ROUNDS * 9 / 10, "only {killed} were killed");
    assert!(
        paid > ROUNDS / 10 && paid < ROUNDS * 9 / 10,
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
