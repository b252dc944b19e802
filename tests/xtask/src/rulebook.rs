//! Reads core/RULES.md: its tables say for each rule who enforces it and how far that is proved.
//!
//! Strict, because a row that is silently skipped would be a rule nobody has to prove.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// A rule's number: `R2`, `T1`, `X5`, `U9`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleId {
    series: Series,
    number: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Series {
    R,
    T,
    X,
    U,
}

impl FromStr for RuleId {
    type Err = String;
    fn from_str(text: &str) -> Result<RuleId, String> {
        let unreadable = || format!("{text:?} is no rule number (R, T, X or U and a number)");
        let series = match text.chars().next() {
            Some('R') => Series::R,
            Some('T') => Series::T,
            Some('X') => Series::X,
            Some('U') => Series::U,
            _ => return Err(unreadable()),
        };
        let number = &text[1..];
        if number.is_empty() || number.starts_with('0') || !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(unreadable());
        }
        Ok(RuleId {
            series,
            number: number.parse().map_err(|_| unreadable())?,
        })
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}{}", self.series, self.number)
    }
}

/// Who enforces a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Enforcer {
    /// The shared Rust core.
    Core,
    /// The Care cloud; here the sandbox's.
    Cloud,
    /// The App Store and Google Play; here the sandbox's.
    Store,
    /// The web pages; here the sandbox's.
    Portal,
}

impl FromStr for Enforcer {
    type Err = String;
    fn from_str(text: &str) -> Result<Enforcer, String> {
        match text {
            "core" => Ok(Enforcer::Core),
            "cloud" => Ok(Enforcer::Cloud),
            "store" => Ok(Enforcer::Store),
            "portal" => Ok(Enforcer::Portal),
            _ => Err(format!("{text:?} enforces nothing; it is core, cloud, store or portal")),
        }
    }
}

impl fmt::Display for Enforcer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Enforcer::Core => "core",
            Enforcer::Cloud => "cloud",
            Enforcer::Store => "store",
            Enforcer::Portal => "portal",
        })
    }
}

/// What the book claims of a rule for one enforcer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A test shows the whole rule.
    Yes,
    /// A test shows some of it.
    Part,
    /// Nothing is claimed yet.
    Later,
}

impl FromStr for Claim {
    type Err = String;
    fn from_str(text: &str) -> Result<Claim, String> {
        match text {
            "yes" => Ok(Claim::Yes),
            "part" => Ok(Claim::Part),
            "later" => Ok(Claim::Later),
            _ => Err(format!("{text:?} claims nothing; it is yes, part or later")),
        }
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Claim::Yes => "yes",
            Claim::Part => "part",
            Claim::Later => "later",
        })
    }
}

/// The book: for each rule its enforcers, and the claim for each.
#[derive(Debug, Default)]
pub struct RuleBook {
    rules: BTreeMap<RuleId, BTreeMap<Enforcer, Claim>>,
}

impl RuleBook {
    /// The enforcers of a rule with their claims; `None` for a number that is not in the book.
    pub fn get(&self, rule: RuleId) -> Option<&BTreeMap<Enforcer, Claim>> {
        self.rules.get(&rule)
    }

    /// Every rule and enforcer, in the order of the numbers.
    pub fn claims(&self) -> impl Iterator<Item = (RuleId, Enforcer, Claim)> {
        self.rules
            .iter()
            .flat_map(|(rule, claims)| claims.iter().map(|(enforcer, claim)| (*rule, *enforcer, *claim)))
    }
}

/// The head of every table.
const HEAD: &str = "| rule | text | enforced by | proved |";
const RULER: &str = "|---|---|---|---|";

/// Reads the book, or says of every line that cannot be read why.
pub fn parse(file: &str, text: &str) -> Result<RuleBook, Vec<String>> {
    let mut book = RuleBook::default();
    let mut problems = Vec::new();
    let mut in_table = false;
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let place = format!("{file}:{}", index + 1);
        if line == HEAD {
            in_table = lines.next().is_some_and(|(_, next)| next == RULER);
            if !in_table {
                problems.push(format!("{place}: {RULER:?} has to follow the head of a table"));
            }
        } else if line.trim_start().starts_with('|') {
            if !in_table {
                problems.push(format!("{place}: a row outside a table with the head {HEAD:?}"));
                continue;
            }
            match row(line) {
                Ok((rule, claims)) => {
                    if book.rules.insert(rule, claims).is_some() {
                        problems.push(format!("{place}: {rule} is there twice"));
                    }
                }
                Err(why) => problems.push(format!("{place}: {why}")),
            }
        } else {
            in_table = false;
        }
    }
    problems.extend(
        gaps(&book)
            .into_iter()
            .map(|rule| format!("{file}: {rule} is missing: no number may be left out")),
    );
    if book.rules.is_empty() {
        problems.push(format!("{file}: no rule in it"));
    }
    if problems.is_empty() { Ok(book) } else { Err(problems) }
}

fn row(line: &str) -> Result<(RuleId, BTreeMap<Enforcer, Claim>), String> {
    let cells = line
        .trim_end()
        .strip_prefix('|')
        .and_then(|l| l.strip_suffix('|'))
        .ok_or("a row begins and ends with |")?;
    let cells: Vec<&str> = cells.split('|').map(str::trim).collect();
    let [rule, text, enforced, proved] = cells[..] else {
        return Err(format!("a row has 4 cells, this one {}", cells.len()));
    };
    let rule: RuleId = rule.parse()?;
    if text.is_empty() {
        return Err(format!("{rule} says nothing"));
    }
    let enforcers = enforced
        .split(',')
        .map(|e| e.trim().parse())
        .collect::<Result<Vec<Enforcer>, String>>()?;
    let mut claims = BTreeMap::new();
    for part in proved.split(',') {
        let (enforcer, claim) = part
            .split_once(':')
            .ok_or(format!("{rule}: {part:?} is not `enforcer: claim`"))?;
        let enforcer: Enforcer = enforcer.trim().parse()?;
        if claims.insert(enforcer, claim.trim().parse()?).is_some() {
            return Err(format!("{rule}: {enforcer} is claimed twice"));
        }
    }
    if enforcers.len() != claims.len() || !enforcers.iter().all(|enforcer| claims.contains_key(enforcer)) {
        return Err(format!(
            "{rule}: \"proved\" and \"enforced by\" name different enforcers"
        ));
    }
    Ok((rule, claims))
}

/// The numbers a series skips.
fn gaps(book: &RuleBook) -> Vec<RuleId> {
    let last = |series: Series| {
        book.rules
            .keys()
            .filter(|rule| rule.series == series)
            .map(|rule| rule.number)
            .max()
    };
    [Series::R, Series::T, Series::X, Series::U]
        .into_iter()
        .flat_map(|series| (1..=last(series).unwrap_or(0)).map(move |number| RuleId { series, number }))
        .filter(|rule| !book.rules.contains_key(rule))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(rows: &str) -> Result<RuleBook, Vec<String>> {
        parse("RULES.md", &format!("# Rules\n\n{HEAD}\n{RULER}\n{rows}"))
    }

    #[test]
    fn a_row_gives_each_enforcer_its_claim() {
        let book = book("| R1 | Channel. | core, cloud | core: yes, cloud: part |\n").unwrap();
        let claims = book.get("R1".parse().unwrap()).unwrap();
        assert_eq!(
            (claims[&Enforcer::Core], claims[&Enforcer::Cloud]),
            (Claim::Yes, Claim::Part)
        );
    }

    #[test]
    fn an_unreadable_row_is_named_with_its_line() {
        let told = |row: &str| book(row).unwrap_err()[0].clone();
        assert_eq!(
            told("| R1 | A. | core | yes |"),
            "RULES.md:5: R1: \"yes\" is not `enforcer: claim`"
        );
        assert!(told("| R1 | A. | core, cloud | core: yes |").contains("name different enforcers"));
        assert!(told("| R1 | A. | core | core: maybe |").contains("\"maybe\" claims nothing"));
        assert!(told("| R1 | A. | phone | phone: yes |").contains("\"phone\" enforces nothing"));
        assert!(told("| R1 | A. | core |").contains("a row has 4 cells, this one 3"));
        assert!(told("| R1 | | core | core: yes |").contains("R1 says nothing"));
        assert!(told("| R1, R2 | A. | core | core: yes |").contains("is no rule number"));
        assert!(told("| R1 | A. | core | core: yes, core: yes |").contains("claimed twice"));
    }

    #[test]
    fn a_number_may_be_neither_repeated_nor_skipped() {
        let twice = book("| R1 | A. | core | core: yes |\n| R1 | B. | core | core: yes |\n").unwrap_err();
        assert_eq!(twice, ["RULES.md:6: R1 is there twice"]);
        let skipped = book("| R2 | A. | core | core: yes |\n").unwrap_err();
        assert_eq!(skipped, ["RULES.md: R1 is missing: no number may be left out"]);
    }

    #[test]
    fn a_row_outside_a_table_is_an_error() {
        let told = parse("RULES.md", "| R1 | A. | core | core: yes |\n").unwrap_err();
        assert!(told[0].starts_with("RULES.md:1: a row outside a table"));
    }

    #[test]
    fn the_projects_own_book_holds_every_number() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/RULES.md");
        let book = parse("core/RULES.md", &std::fs::read_to_string(file).unwrap()).unwrap();
        let count = |series: Series| book.rules.keys().filter(|rule| rule.series == series).count();
        assert_eq!(
            [Series::R, Series::T, Series::X, Series::U].map(count),
            [104, 3, 18, 18]
        );
    }
}
