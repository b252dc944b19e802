//! Tells one step after the other: a heading, lines as they happen, and whether it went as expected.

use crate::failure::Failure;
use crate::output::{Output, Paint};
use serde::Serialize;
use serde_json::{Map, Value};

/// The teller of the story.
pub struct Teller {
    output: Output,
    told: usize,
    step: Option<Step>,
}

struct Step {
    name: &'static str,
    facts: Map<String, Value>,
}

/// One line of `--json demo`.
#[derive(Serialize)]
struct Told<'a> {
    step: &'static str,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    facts: &'a Map<String, Value>,
}

impl Teller {
    /// To this output.
    pub fn new(output: Output) -> Self {
        Self {
            output,
            told: 0,
            step: None,
        }
    }

    /// Steps told to their end.
    pub fn told(&self) -> usize {
        self.told
    }

    /// Begins an act: the steps are counted on.
    pub fn act(&self, title: &str) {
        if !self.output.json {
            self.output.line("");
            self.output.line(self.output.paint(Paint::Title, title));
        }
    }

    /// Begins a step.
    pub fn begin(&mut self, name: &'static str, heading: &str) {
        self.step = Some(Step {
            name,
            facts: Map::new(),
        });
        if !self.output.json {
            self.output.line("");
            self.output.line(
                self.output
                    .paint(Paint::Title, &format!("{}. {heading}", self.told + 1)),
            );
        }
    }

    /// A line of it.
    pub fn says(&self, line: impl AsRef<str>) {
        if !self.output.json {
            self.output.line(format!("   {}", line.as_ref()));
        }
    }

    /// A table of it.
    pub fn table(&self, header: &[impl AsRef<str>], rows: Vec<Vec<String>>) {
        if !self.output.json {
            self.output.table(header, rows, "   ");
        }
    }

    /// A fact of it, for `--json`.
    pub fn fact(&mut self, name: &str, value: impl Into<Value>) {
        if let Some(step) = &mut self.step {
            step.facts.insert(name.to_owned(), value.into());
        }
    }

    /// Goes on only where that holds.
    ///
    /// # Errors
    /// It does not: the story ends here.
    pub fn expect(&mut self, holds: bool, what: &str) -> Result<(), Failure> {
        if holds {
            return Ok(());
        }
        Err(self.broken(what))
    }

    /// The failure of the step that is being told.
    pub fn broken(&mut self, what: &str) -> Failure {
        let name = self.step.as_ref().map_or("start", |step| step.name);
        if self.output.json {
            let facts = self.step.take().map(|step| step.facts).unwrap_or_default();
            self.output.document(&Told {
                step: name,
                ok: false,
                why: Some(what),
                facts: &facts,
            });
        }
        Failure::refused(
            "demo_broken",
            format!("The step `{name}` did not go as expected: {what}."),
        )
    }

    /// Ends a step that went as expected.
    pub fn end(&mut self) {
        self.told += 1;
        if let Some(step) = self.step.take().filter(|_| self.output.json) {
            self.output.document(&Told {
                step: step.name,
                ok: true,
                why: None,
                facts: &step.facts,
            });
        }
    }
}
