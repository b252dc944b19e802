//! Reads what a Rust test executable prints, run with `--show-output`.
//!
//! libtest's JSON needs a nightly, so its human output is read: `test NAME ... ok`, then the captured output of each
//! test, then `test result: …`. That last line is held against what was read, so that a line torn by other output, or
//! an executable that died half way, shows as a failure and never as a smaller number of tests.

use std::collections::BTreeMap;

/// How one test came out, in libtest's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// `ok`
    Ok,
    /// `FAILED`
    Failed,
    /// `ignored`, with the reason if the attribute gives one.
    Ignored(Option<String>),
}

/// Everything read from one executable.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Transcript {
    /// The tests, in the order they ended.
    pub tests: Vec<(String, Verdict)>,
    /// What a test wrote while it ran, by its name.
    pub captured: BTreeMap<String, String>,
    /// Whether libtest spoke at all: an executable with `harness = false` has only an exit code.
    pub announced: bool,
    rounds: usize,
    summaries: Vec<Summary>,
}

#[derive(Debug, PartialEq, Eq)]
struct Summary {
    passed: usize,
    failed: usize,
    ignored: usize,
}

impl Transcript {
    /// The reason a test that passed gives for having left its work out: a line that starts with `left out:`.
    pub fn left_out(&self, test: &str) -> Option<&str> {
        let captured = self.captured.get(test)?;
        captured
            .lines()
            .find_map(|line| line.strip_prefix("left out:"))
            .map(str::trim)
    }

    /// The first line a failed test panicked with, for the list of failures at the end.
    pub fn panic(&self, test: &str) -> Option<&str> {
        let mut lines = self
            .captured
            .get(test)?
            .lines()
            .skip_while(|line| !line.contains(" panicked at "));
        lines.nth(1).map(str::trim).filter(|line| !line.is_empty())
    }

    /// What contradicts itself between the tests read and libtest's own sums, if anything.
    pub fn contradiction(&self) -> Option<String> {
        if self.summaries.len() < self.rounds {
            return Some(format!("it ended before its result, after {} tests", self.tests.len()));
        }
        let count = |wanted: fn(&Verdict) -> bool| self.tests.iter().filter(|(_, v)| wanted(v)).count();
        let read = [
            count(|v| *v == Verdict::Ok),
            count(|v| *v == Verdict::Failed),
            count(|v| matches!(v, Verdict::Ignored(_))),
        ];
        let said = self.summaries.iter().fold([0, 0, 0], |sum, s| {
            [sum[0] + s.passed, sum[1] + s.failed, sum[2] + s.ignored]
        });
        (read != said)
            .then(|| format!("{read:?} tests were read as passed, failed and ignored, and its result says {said:?}"))
    }
}

/// Reads line by line, and says of each line whether a person wants to see it.
#[derive(Debug, Default)]
pub struct Reader {
    transcript: Transcript,
    part: Part,
}

#[derive(Debug, Default, PartialEq)]
enum Part {
    /// Tests are running.
    #[default]
    Running,
    /// The captured output of tests that passed: read, not shown.
    Successes(Option<String>),
    /// The captured output of tests that failed: read and shown.
    Failures(Option<String>),
}

impl Reader {
    /// Takes the next line, without its end. True if it belongs on the screen.
    pub fn line(&mut self, line: &str) -> bool {
        if line.starts_with("running ") && (line.ends_with(" tests") || line.ends_with(" test")) {
            self.transcript.announced = true;
            self.transcript.rounds += 1;
            self.part = Part::Running;
            return true;
        }
        if let Some(summary) = line.strip_prefix("test result: ").and_then(summary) {
            self.transcript.summaries.push(summary);
            self.part = Part::Running;
            return true;
        }
        match (&mut self.part, line) {
            (_, "successes:") => self.part = Part::Successes(None),
            (_, "failures:") => self.part = Part::Failures(None),
            (Part::Running, _) => {
                self.transcript.tests.extend(verdict(line));
                return true;
            }
            (Part::Successes(open) | Part::Failures(open), _) => {
                if let Some(name) = section(line) {
                    *open = Some(name.to_owned());
                } else if let Some(name) = open {
                    let text = self.transcript.captured.entry(name.clone()).or_default();
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
        matches!(self.part, Part::Failures(_))
    }

    /// What was read.
    pub fn finish(self) -> Transcript {
        self.transcript
    }
}

fn verdict(line: &str) -> Option<(String, Verdict)> {
    let (name, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    let verdict = match outcome {
        "ok" => Verdict::Ok,
        "FAILED" => Verdict::Failed,
        "ignored" => Verdict::Ignored(None),
        other => Verdict::Ignored(Some(other.strip_prefix("ignored, ")?.to_owned())),
    };
    Some((name.trim_end_matches(" - should panic").to_owned(), verdict))
}

fn section(line: &str) -> Option<&str> {
    line.strip_prefix("---- ")?.strip_suffix(" stdout ----")
}

fn summary(line: &str) -> Option<Summary> {
    let (_, counts) = line.split_once(". ")?;
    let count = |what: &str| -> Option<usize> {
        let part = counts.split(';').find(|part| part.trim().ends_with(what))?;
        part.split_whitespace().next()?.parse().ok()
    };
    Some(Summary {
        passed: count(" passed")?,
        failed: count(" failed")?,
        ignored: count(" ignored")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIXED: &str = "
running 4 tests
test slot::tests::second_plan_is_refused ... ok
test receipt::tests::apple_signed_it ... ok
test trial::tests::trial_ends_by_itself ... FAILED
test trial::tests::takes_an_hour ... ignored, run by hand

successes:

---- receipt::tests::apple_signed_it stdout ----
looking for vectors
left out: no folder of Apple's vectors at ../shared/apple


successes:
    receipt::tests::apple_signed_it
    slot::tests::second_plan_is_refused

failures:

---- trial::tests::trial_ends_by_itself stdout ----
thread 'trial' panicked at src/trial.rs:3:5:
it did not end


failures:
    trial::tests::trial_ends_by_itself

test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s
";

    fn read(text: &str) -> (Transcript, String) {
        let mut reader = Reader::default();
        let shown: Vec<&str> = text.lines().filter(|line| reader.line(line)).collect();
        (reader.finish(), shown.join("\n"))
    }

    #[test]
    fn every_test_is_read_with_its_verdict() {
        let (transcript, _) = read(MIXED);
        let verdicts: Vec<&Verdict> = transcript.tests.iter().map(|(_, verdict)| verdict).collect();
        let by_hand = Verdict::Ignored(Some("run by hand".to_owned()));
        assert_eq!(verdicts, [&Verdict::Ok, &Verdict::Ok, &Verdict::Failed, &by_hand]);
        assert_eq!(transcript.tests[0].0, "slot::tests::second_plan_is_refused");
        assert_eq!(transcript.contradiction(), None);
    }

    #[test]
    fn a_test_that_left_its_work_out_says_why() {
        let (transcript, _) = read(MIXED);
        let reason = transcript.left_out("receipt::tests::apple_signed_it");
        assert_eq!(reason, Some("no folder of Apple's vectors at ../shared/apple"));
        assert_eq!(transcript.left_out("slot::tests::second_plan_is_refused"), None);
    }

    #[test]
    fn a_test_that_failed_says_what_it_panicked_with() {
        let (transcript, _) = read(MIXED);
        assert_eq!(
            transcript.panic("trial::tests::trial_ends_by_itself"),
            Some("it did not end")
        );
    }

    #[test]
    fn the_screen_shows_what_failed_and_not_what_passing_tests_wrote() {
        let (_, shown) = read(MIXED);
        assert!(shown.contains("it did not end"));
        assert!(!shown.contains("looking for vectors"));
    }

    #[test]
    fn an_executable_that_died_half_way_is_a_contradiction() {
        let (transcript, _) = read("running 2 tests\ntest a ... ok\n");
        assert_eq!(
            transcript.contradiction().as_deref(),
            Some("it ended before its result, after 1 tests")
        );
    }

    #[test]
    fn a_torn_line_is_a_contradiction() {
        let (transcript, _) = read(
            "running 1 test\ntest a ... hello from a child\nok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\n",
        );
        assert!(transcript.contradiction().is_some());
    }

    #[test]
    fn output_of_a_test_that_looks_like_a_test_is_not_counted() {
        let text = "running 1 test\ntest a ... ok\n\nsuccesses:\n\n---- a stdout ----\ntest b ... ok\n\n\nsuccesses:\n    a\n\n\
                    test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        let (transcript, _) = read(text);
        assert_eq!(transcript.tests, [("a".to_owned(), Verdict::Ok)]);
    }

    #[test]
    fn doc_tests_in_two_rounds_are_summed() {
        let text = "running 1 test\ntest core/src/lib.rs - open (line 3) ... ok\n\n\
                    test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\n\
                    running 1 test\ntest core/src/id.rs - Id (line 9) - compile fail ... ok\n\n\
                    test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\n";
        let (transcript, _) = read(text);
        assert_eq!((transcript.tests.len(), transcript.contradiction()), (2, None));
    }
}
