//! Reads `table.txt`. What is said twice, left out or misspelt is an error with its line.

use crate::id::StoreKind;
use std::collections::{BTreeMap, BTreeSet};

/// What a half of a purchase makes of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// It becomes that.
    To(String),
    /// Its word stays.
    Stays,
    /// Nothing changes.
    Ignored,
}

impl Cell {
    /// The word after it.
    pub fn next(&self, now: &str) -> String {
        match self {
            Self::To(next) => next.clone(),
            Self::Stays | Self::Ignored => now.to_owned(),
        }
    }
}

/// One effect that is due, and whether it waits for a date.
#[derive(Debug, Clone)]
pub struct Due {
    pub effect: String,
    pub later: bool,
}

/// By event and state.
type Cells = BTreeMap<(String, String), Cell>;

pub struct Table {
    pub pairs: Vec<(String, String)>,
    pub events: Vec<(String, Option<StoreKind>)>,
    wishes: BTreeSet<String>,
    transactions: BTreeSet<String>,
    groups: BTreeMap<String, Vec<String>>,
    wish_cells: Cells,
    transaction_cells: Cells,
    /// By event and pair.
    both: BTreeMap<(String, String), (Cell, Cell)>,
    due: BTreeMap<(String, String), Vec<Due>>,
}

impl Table {
    pub fn read() -> Self {
        let mut table = Self {
            pairs: Vec::new(),
            events: Vec::new(),
            wishes: BTreeSet::new(),
            transactions: BTreeSet::new(),
            groups: BTreeMap::new(),
            wish_cells: Cells::new(),
            transaction_cells: Cells::new(),
            both: BTreeMap::new(),
            due: BTreeMap::new(),
        };
        for (number, line) in include_str!("table.txt").lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if !line.is_empty() {
                table
                    .line(line)
                    .unwrap_or_else(|why| panic!("table.txt:{}: {why}", number + 1));
            }
        }
        table.check();
        table
    }

    /// The cells of a pair.
    pub fn cells(&self, event: &str, wish: &str, transaction: &str) -> (&Cell, &Cell) {
        if let Some((of_wish, of_transaction)) = self.both.get(&(event.to_owned(), format!("{wish}+{transaction}"))) {
            return (of_wish, of_transaction);
        }
        let of = |cells: &'_ Cells, state: &str| cells.contains_key(&(event.to_owned(), state.to_owned()));
        assert!(of(&self.wish_cells, wish), "{event} says nothing of the wish {wish}");
        assert!(
            of(&self.transaction_cells, transaction),
            "{event} says nothing of the transaction {transaction}"
        );
        (
            &self.wish_cells[&(event.to_owned(), wish.to_owned())],
            &self.transaction_cells[&(event.to_owned(), transaction.to_owned())],
        )
    }

    pub fn due_wish(&self, wish: &str) -> Vec<Due> {
        self.due[&("wish".to_owned(), wish.to_owned())].clone()
    }

    pub fn due_transaction(&self, transaction: &str) -> Vec<Due> {
        self.due[&("transaction".to_owned(), transaction.to_owned())].clone()
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let (first, rest) = line.split_once(' ').ok_or("one word says nothing")?;
        let rest = rest.trim();
        let list = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        match first {
            "wishes:" => self.wishes.extend(list(rest)),
            "transactions:" => self.transactions.extend(list(rest)),
            "group" => {
                let (name, members) = rest.split_once(':').ok_or("a group has a colon")?;
                self.groups.insert(name.to_owned(), list(members));
            }
            "together" => {
                let (wish, transactions) = rest.split_once(':').ok_or("no colon")?;
                for transaction in self.states("transaction", transactions)? {
                    self.pairs.push((wish.to_owned(), transaction));
                }
            }
            "due" => self.due_line(rest)?,
            "event" => {
                let mut words = rest.split_whitespace();
                let name = words.next().unwrap_or_default();
                let store = match words.next() {
                    None => None,
                    Some("play") => Some(StoreKind::Play),
                    Some("app_store") => Some(StoreKind::AppStore),
                    Some(other) => return Err(format!("no store is called {other}")),
                };
                self.events.push((name.to_owned(), store));
            }
            "wish" | "transaction" | "both" => self.cell_line(first, rest)?,
            other => return Err(format!("nobody knows `{other}`")),
        }
        Ok(())
    }

    /// The states named, groups resolved.
    fn states(&self, half: &str, text: &str) -> Result<Vec<String>, String> {
        let known = if half == "wish" {
            &self.wishes
        } else {
            &self.transactions
        };
        let mut states = Vec::new();
        for word in text.split_whitespace() {
            match (word, self.groups.get(word)) {
                // A state's own name comes before a group's.
                (word, _) if known.contains(word) => states.push(word.to_owned()),
                ("all", _) => states.extend(known.iter().cloned()),
                (_, Some(group)) if group.iter().all(|state| known.contains(state)) => states.extend(group.clone()),
                _ => return Err(format!("no {half} is called {word}")),
            }
        }
        Ok(states)
    }

    fn due_line(&mut self, rest: &str) -> Result<(), String> {
        let (half, rest) = rest.split_once(' ').ok_or("whose?")?;
        let (states, effects) = rest.split_once(':').ok_or("no colon")?;
        let mut due: Vec<Due> = Vec::new();
        for word in effects.split_whitespace().filter(|word| *word != "nothing") {
            match (word, due.last_mut()) {
                ("later", Some(effect)) => effect.later = true,
                (effect, _) => due.push(Due {
                    effect: effect.to_owned(),
                    later: false,
                }),
            }
        }
        for state in self.states(half, states)? {
            if self.due.insert((half.to_owned(), state.clone()), due.clone()).is_some() {
                return Err(format!("{state} is said twice"));
            }
        }
        Ok(())
    }

    fn cell_line(&mut self, half: &str, rest: &str) -> Result<(), String> {
        let event = self.events.last().ok_or("no event yet")?.0.clone();
        let marks = ["->", "stays:", "ignored:"];
        let (at, mark) = marks
            .iter()
            .filter_map(|mark| Some((rest.find(mark)?, *mark)))
            .min()
            .ok_or("neither ->, stays: nor ignored:")?;
        let (states, said) = (&rest[..at], rest[at + mark.len()..].trim());
        if said.is_empty() {
            return Err("it gives no reason".to_owned());
        }
        if half == "both" {
            for pair in states.split_whitespace() {
                let next = match (mark, said.split_once('+')) {
                    ("ignored:", _) => (Cell::Ignored, Cell::Ignored),
                    ("->", Some((wish, transaction))) => (Cell::To(wish.to_owned()), Cell::To(transaction.to_owned())),
                    _ => return Err("a pair is ignored, or becomes another pair".to_owned()),
                };
                if self.both.insert((event.clone(), pair.to_owned()), next).is_some() {
                    return Err(format!("{pair} is said twice"));
                }
            }
            return Ok(());
        }
        for state in self.states(half, states)? {
            let kind = state.split('_').next().unwrap_or_default();
            let cell = match mark {
                "->" => Cell::To(said.replace("KIND", kind)),
                "stays:" => Cell::Stays,
                _ => Cell::Ignored,
            };
            let cells = if half == "wish" {
                &mut self.wish_cells
            } else {
                &mut self.transaction_cells
            };
            if cells.insert((event.clone(), state.clone()), cell).is_some() {
                return Err(format!("{state} is said twice"));
            }
        }
        Ok(())
    }

    /// Everything that is written is about something, and every half-state stands in every event.
    fn check(&self) {
        for (event, _) in &self.events {
            let said = |cells: &Cells, states: &BTreeSet<String>, half: &str| {
                for state in states {
                    // No sheet hands anything over without a wish.
                    let aside = event == "sheet_hands_broken" && half == "wish" && state == "none";
                    let key = (event.clone(), state.clone());
                    assert!(
                        aside || cells.contains_key(&key),
                        "{event} says nothing of the {half} {state}"
                    );
                }
            };
            said(&self.wish_cells, &self.wishes, "wish");
            said(&self.transaction_cells, &self.transactions, "transaction");
        }
        let pairs: BTreeSet<String> = self.pairs.iter().map(|(wish, of)| format!("{wish}+{of}")).collect();
        for (event, pair) in self.both.keys() {
            assert!(pairs.contains(pair), "{event} speaks of {pair}, which there is not");
        }
        for (wish, _) in &self.pairs {
            assert!(self.wishes.contains(wish), "no wish is called {wish}");
        }
        let listed: BTreeSet<&String> = self.pairs.iter().map(|(wish, _)| wish).collect();
        assert_eq!(listed.len(), self.wishes.len(), "a wish without a pair");
        for (half, states) in [("wish", &self.wishes), ("transaction", &self.transactions)] {
            for state in states {
                let key = (half.to_owned(), state.clone());
                assert!(
                    self.due.contains_key(&key),
                    "nothing is said of what is due to the {half} {state}"
                );
            }
        }
    }
}
