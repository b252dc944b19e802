//! Two things measured in turns, so that whatever else the machine does falls on both alike.

use std::time::{Duration, Instant};

const ROUNDS: usize = 31;

/// Runs both in turns and prints the median of each and of their ratio.
pub fn compare(name: &str, other_name: &str, times: u32, mut one: impl FnMut(), mut other: impl FnMut()) {
    let time = |what: &mut dyn FnMut()| {
        let start = Instant::now();
        for _ in 0..times {
            what();
        }
        start.elapsed() / times
    };
    let (mut ones, mut others, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (first, second) = (time(&mut one), time(&mut other));
        ones.push(first);
        others.push(second);
        ratios.push(second.as_secs_f64() / first.as_secs_f64());
    }
    ratios.sort_by(f64::total_cmp);
    println!("{name}: {:?}", median(&mut ones));
    println!("{other_name}: {:?}", median(&mut others));
    println!(
        "ratio: {:.2} ({:.2} to {:.2} over {ROUNDS} rounds)",
        ratios[ROUNDS / 2],
        ratios[0],
        ratios[ROUNDS - 1]
    );
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}
