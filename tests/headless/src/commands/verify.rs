//! `care verify`: a receipt pasted from a ticket, check by check. It needs no state folder, no cloud and no account.

mod app_store;
mod input;
mod play;

use crate::args::{Global, Verify};
use crate::failure::Failure;
use crate::output::{Output, Paint};
use crate::words::{self, receipt};
use input::{Asked, Pasted};
use serde_json::{Value, json};
use tapo_care::receipt::{Access, Bound, Checked, Examination, Refusal, Sold, Verdict};
use tapo_care::time::Timestamp;

/// What was found.
struct Report {
    store: &'static str,
    kind: &'static str,
    bytes: usize,
    checks: Vec<Checked>,
    refusal: Option<Refusal>,
    /// None where nobody asked, or nothing names an account.
    bound: Option<Bound>,
    /// None where nobody asked, or nothing names a product.
    sold: Option<Sold>,
    /// None where a receipt of its kind gives none, and of a refused one.
    access: Option<Access>,
    payload: Option<Value>,
    /// What a support engineer looks for, in order; of a refused one nothing.
    facts: Vec<(&'static str, String)>,
}

/// Verifies one receipt and prints the verdict.
///
/// # Errors
/// A file or an option that cannot be used. Any bytes get a verdict.
pub fn run(wish: &Verify, global: &Global, output: Output) -> Result<u8, Failure> {
    let asked = Asked::read(wish, global)?;
    let report = match Pasted::read(wish)? {
        Pasted::AppStore(jws) => app_store::examine(&jws, &asked)?,
        Pasted::Play { json, signature } => play::examine(&json, &signature, &asked)?,
    };
    if output.json {
        output.document(&report.document());
    } else {
        report.print(output, &asked);
    }
    let theirs = report.bound == Some(Bound::Other);
    Ok(u8::from(report.refusal.is_some() || theirs))
}

impl Report {
    /// What an examination found; of an authentic receipt `tell` adds what it says.
    fn of<T>(
        store: &'static str,
        kind: &'static str,
        bytes: usize,
        examined: Examination<T>,
        tell: impl FnOnce(&T, &mut Self),
    ) -> Self {
        let mut report = Self {
            store,
            kind,
            bytes,
            checks: examined.checks,
            refusal: None,
            bound: None,
            sold: None,
            access: None,
            payload: examined.payload,
            facts: Vec::new(),
        };
        match examined.result {
            Ok(read) => tell(&read, &mut report),
            Err(refusal) => report.refusal = Some(refusal),
        }
        report
    }

    fn document(&self) -> Value {
        let checks = self.checks.iter().map(|line| {
            let ok = match line.verdict {
                Verdict::Ok => json!(true),
                Verdict::NotOk => json!(false),
                Verdict::NotAsked => json!("not asked"),
            };
            json!({ "name": line.check.name(), "ok": ok, "found": line.found })
        });
        let access = self
            .access
            .map(|access| json!({ "granted": access.granted, "reason": access.reason.name() }));
        json!({
            "verdict": if self.refusal.is_none() { "authentic" } else { "refused" },
            "reason": self.refusal.as_ref().map(|refusal| refusal.check.name()),
            "store": self.store,
            "kind": self.kind,
            "bound": self.bound.map_or("not_asked", Bound::name),
            "sold": self.sold.map_or("not_asked", Sold::name),
            "access": access,
            "checks": checks.collect::<Vec<_>>(),
            "payload": self.payload.as_ref().unwrap_or(&json!({})),
            "next": self.refusal.as_ref().map(|refusal| receipt::next(refusal.check)),
        })
    }

    fn print(&self, output: Output, asked: &Asked) {
        let store = if self.store == "play" {
            "Google Play"
        } else {
            "App Store"
        };
        let head = format!("{store} {}, {} bytes", self.kind.replace('_', " "), self.bytes);
        output.line(output.paint(Paint::Title, &head));
        for line in &self.checks {
            let (mark, paint, otherwise) = match line.verdict {
                Verdict::Ok => ("✓", Paint::Good, ""),
                Verdict::NotOk => ("✗", Paint::Bad, ""),
                Verdict::NotAsked => ("·", Paint::Quiet, "not asked"),
            };
            let found = match (line.verdict, line.found.as_str()) {
                (Verdict::NotAsked, "") => otherwise.to_owned(),
                (Verdict::NotAsked, found) => format!("{found} ({otherwise})"),
                (_, found) => found.to_owned(),
            };
            let text = format!("  {} {:<23}{found}", output.paint(paint, mark), line.check.name());
            output.line(text.trim_end());
        }
        output.line("");
        if let Some(refusal) = &self.refusal {
            let (check, meaning) = (refusal.check, receipt::meaning(refusal.check));
            output.line(output.paint(Paint::Bad, &format!("Refused by `{check}`: {meaning}.")));
            output.line(receipt::next(check));
            output.line(receipt::NOT_FINAL);
            output.line(format!("  {:<14}{}", "Asked as of", asked.at.rfc3339()));
            return;
        }
        output.line(output.paint(Paint::Good, &format!("Authentic: {store} signed exactly this.")));
        let mut facts = self.facts.clone();
        facts.push(("Asked as of", asked.at.rfc3339()));
        facts.push(("Account", receipt::whose(self.bound).to_owned()));
        facts.push(("Our product", receipt::sold(self.sold).to_owned()));
        if let Some(access) = self.access {
            let word = if access.granted { "yes" } else { "none" };
            facts.push(("Access", format!("{word}: {}", receipt::access(access.reason))));
        }
        for (name, value) in facts {
            output.line(format!("  {name:<14}{value}"));
        }
    }
}

/// A date for people who compare it with a bill: as signed, and in words.
fn dated(at: Timestamp) -> String {
    format!("{} ({})", at.rfc3339(), words::date(at))
}
