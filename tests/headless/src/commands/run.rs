//! `care run`: plays stories of buyers and says which do not hold.

use crate::args::{Global, StoreName, Stores, Stories};
use crate::failure::Failure;
use crate::output::{Output, Paint};
use crate::scenario::{self, Played, Scenario};
use serde_json::json;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Instant;

/// Plays each story at each store it is told at.
///
/// # Errors
/// [`Failure::Usage`] for what is no story, before the first is played; the JUnit file cannot be written.
pub fn run(global: &Global, output: Output, wish: &Stories) -> Result<u8, Failure> {
    if global.cloud.is_some() || global.trust.is_some() || global.state.is_some() {
        return Err(Failure::Usage(
            "Stories are played over worlds and folders of their own: leave --cloud, --trust and --state out."
                .to_owned(),
        ));
    }
    let began = Instant::now();
    let mut scenarios = Vec::new();
    for path in scenario::find(&wish.scenarios)? {
        scenarios.push(scenario::read(&path)?);
    }
    let stores = match global.stores {
        Some(Stores::AppStore) => vec![StoreName::AppStore],
        Some(Stores::Play) => vec![StoreName::Play],
        Some(Stores::Both) | None => vec![StoreName::AppStore, StoreName::Play],
    };
    let tellings: Vec<(&Scenario, StoreName)> = scenarios
        .iter()
        .flat_map(|scenario| stores.iter().map(move |store| (scenario, *store)))
        .filter(|(scenario, store)| scenario.stores.contains(store))
        .collect();
    let played = all(&tellings, wish.seed, output);
    if let Some(file) = &wish.junit {
        std::fs::write(file, scenario::junit(&played)).map_err(|error| {
            Failure::refused(
                "junit_unwritable",
                format!("{} cannot be written: {error}.", file.display()),
            )
        })?;
    }
    let broken = played.iter().filter(|one| one.broken.is_some()).count();
    if !output.json {
        let paint = if broken == 0 { Paint::Good } else { Paint::Bad };
        let sum = format!(
            "{} held, {broken} did not, in {:.1} s.",
            played.len() - broken,
            began.elapsed().as_secs_f64()
        );
        output.line(output.paint(paint, &sum));
    }
    Ok(u8::from(broken > 0))
}

/// Plays them on as many threads as there are processors, and tells of each as soon as those before it are told.
fn all(tellings: &[(&Scenario, StoreName)], seed: u64, output: Output) -> Vec<Played> {
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(tellings.len());
    let next = AtomicUsize::new(0);
    let (done, arrived) = mpsc::channel();
    let mut waiting: Vec<Option<Played>> = tellings.iter().map(|_| None).collect();
    let mut played = Vec::new();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (done, next) = (done.clone(), &next);
            scope.spawn(move || {
                loop {
                    let nth = next.fetch_add(1, Ordering::SeqCst);
                    let Some((scenario, store)) = tellings.get(nth) else {
                        break;
                    };
                    // Nobody listens only when the command itself is over.
                    let _ = done.send((nth, scenario::play(scenario, *store, seed)));
                }
            });
        }
        drop(done);
        for (nth, one) in arrived {
            waiting[nth] = Some(one);
            while let Some(one) = waiting.get_mut(played.len()).and_then(Option::take) {
                tell(output, &one);
                played.push(one);
            }
        }
    });
    played
}

fn tell(output: Output, one: &Played) {
    let store = scenario::store_word(one);
    if output.json {
        let mut line = json!({
            "scenario": one.scenario, "store": store, "outcome": if one.broken.is_some() { "failed" } else { "passed" },
            "title": one.title, "rules": one.rules, "took_ms": u64::try_from(one.took.as_millis()).unwrap_or(u64::MAX),
        });
        if let Some(broken) = &one.broken {
            line["step"] = json!(broken.step);
            line["line"] = json!(broken.line);
            line["verb"] = json!(broken.verb);
            line["differences"] = json!(broken.differences);
            line["why"] = json!(broken.why);
        }
        output.document(&line);
        return;
    }
    let Some(broken) = &one.broken else {
        let held = output.paint(Paint::Good, "held");
        output.line(format!("{held}  {} · {store}", one.scenario));
        return;
    };
    let not = output.paint(Paint::Bad, "NOT ");
    output.line(format!("{not}  {} · {store}: {}", one.scenario, one.title));
    output.line(format!(
        "      step {}, line {}: {}",
        broken.step, broken.line, broken.verb
    ));
    for difference in &broken.differences {
        output.line(format!("        {}", difference.field));
        output.line(format!("          expected {}", difference.expected));
        output.line(format!("          found    {}", difference.found));
    }
    if let Some(why) = &broken.why {
        output.line(format!("        {why}"));
    }
}
