//! Things measured in turns, so that whatever else the machine does falls on all alike. A turn is short and there are
//! many: where somebody else has the processor for a while, a few turns are long and the median does not move.

use std::time::{Duration, Instant};

/// Something to measure: what it is called, how often it runs in a turn, and what it does.
pub struct Turn<'a> {
    pub name: &'a str,
    pub times: u32,
    pub run: Box<dyn FnMut() + 'a>,
}

/// What one run of each took, turn by turn.
pub struct Measured<'a> {
    rows: Vec<(&'a str, Vec<Duration>)>,
}

/// Measures all of them in so many turns.
#[allow(dead_code)]
pub fn measure<'a>(rounds: usize, turns: Vec<Turn<'a>>) -> Measured<'a> {
    in_turns(rounds, turns, |turn| {
        let start = Instant::now();
        for _ in 0..turn.times {
            (turn.run)();
        }
        start.elapsed()
    })
}

/// The same, with something to be done after each time that is not measured.
#[allow(dead_code)]
pub fn measure_and<'a>(rounds: usize, turns: Vec<Turn<'a>>, mut after: impl FnMut()) -> Measured<'a> {
    in_turns(rounds, turns, |turn| {
        let mut took = Duration::ZERO;
        for _ in 0..turn.times {
            let start = Instant::now();
            (turn.run)();
            took += start.elapsed();
            after();
        }
        took
    })
}

fn in_turns<'a>(
    rounds: usize,
    mut turns: Vec<Turn<'a>>,
    mut take: impl FnMut(&mut Turn<'a>) -> Duration,
) -> Measured<'a> {
    let mut rows: Vec<(&str, Vec<Duration>)> = turns.iter().map(|turn| (turn.name, Vec::new())).collect();
    for _ in 0..rounds {
        for (turn, (_, took)) in turns.iter_mut().zip(&mut rows) {
            let all = take(turn);
            took.push(all / turn.times);
        }
    }
    Measured { rows }
}

impl Measured<'_> {
    /// The median of one.
    pub fn median(&self, name: &str) -> Duration {
        let mut times = self.times(name).to_vec();
        times.sort();
        times[times.len() / 2]
    }

    /// Prints the median of each.
    pub fn print(&self) {
        for (name, _) in &self.rows {
            println!("{:>10.1} µs  {name}", self.median(name).as_secs_f64() * 1e6);
        }
    }

    /// Prints how many times as long as the second the first took: of the medians, and the middle half of the turns.
    pub fn ratio(&self, name: &str, to: &str) -> f64 {
        let pairs = self.times(name).iter().zip(self.times(to));
        let mut ratios: Vec<f64> = pairs
            .map(|(one, other)| one.as_secs_f64() / other.as_secs_f64())
            .collect();
        ratios.sort_by(f64::total_cmp);
        let (least, most) = (ratios[ratios.len() / 4], ratios[ratios.len() * 3 / 4]);
        let ratio = self.median(name).as_secs_f64() / self.median(to).as_secs_f64();
        println!("{ratio:>10.2}     {name} to {to} (half of the turns {least:.2} to {most:.2})");
        ratio
    }

    fn times(&self, name: &str) -> &[Duration] {
        let row = self.rows.iter().find(|(known, _)| *known == name);
        row.map_or_else(|| panic!("nothing called {name} was measured"), |(_, times)| times)
    }
}
