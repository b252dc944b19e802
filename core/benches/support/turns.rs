//! Things measured in turns, so that whatever else the machine does falls on all alike.

use std::time::{Duration, Instant};

const ROUNDS: usize = 31;

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

/// Measures all of them in turns.
pub fn measure<'a>(mut turns: Vec<Turn<'a>>) -> Measured<'a> {
    let mut rows: Vec<(&str, Vec<Duration>)> = turns.iter().map(|turn| (turn.name, Vec::new())).collect();
    for _ in 0..ROUNDS {
        for (turn, (_, took)) in turns.iter_mut().zip(&mut rows) {
            let start = Instant::now();
            for _ in 0..turn.times {
                (turn.run)();
            }
            took.push(start.elapsed() / turn.times);
        }
    }
    Measured { rows }
}

impl Measured<'_> {
    /// The median of one.
    pub fn median(&self, name: &str) -> Duration {
        let mut times = self.times(name).to_vec();
        times.sort();
        times[ROUNDS / 2]
    }

    /// Prints the median of each.
    pub fn print(&self) {
        for (name, _) in &self.rows {
            println!("{:>10.1} µs  {name}", self.median(name).as_secs_f64() * 1e6);
        }
    }

    /// Prints how many times as long as the second the first took: the median over the turns, and from where to where.
    pub fn ratio(&self, name: &str, to: &str) -> f64 {
        let pairs = self.times(name).iter().zip(self.times(to));
        let mut ratios: Vec<f64> = pairs
            .map(|(one, other)| one.as_secs_f64() / other.as_secs_f64())
            .collect();
        ratios.sort_by(f64::total_cmp);
        let (median, least, most) = (ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
        println!("{median:>10.2}     {name} to {to} ({least:.2} to {most:.2} over {ROUNDS} turns)");
        median
    }

    fn times(&self, name: &str) -> &[Duration] {
        let row = self.rows.iter().find(|(known, _)| *known == name);
        row.map_or_else(|| panic!("nothing called {name} was measured"), |(_, times)| times)
    }
}
