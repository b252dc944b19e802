//! The table against core's own source: no key and no argument that is in only one of the two.

use crate::source::{arguments, calls, literals, shipped};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tapo_care_phrases::form::Kind;
use tapo_care_phrases::messages::{SAID, WORDS};

/// Calls whose text argument becomes a message key.
const MAKERS: [&str; 6] = [
    "Message::new(",
    "Problem::new(",
    "problem(",
    "refused(",
    "dated(",
    "confirmation(",
];

/// Files whose refusals are not said to a user: samples for tests, and why a signature is not believed.
const BESIDE: [&str; 2] = ["samples.rs", "signature.rs"];

/// What of core's source ships, file by file.
fn core() -> Vec<(PathBuf, String)> {
    shipped(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("../src")], &BESIDE)
}

fn keys_of(code: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for arguments in MAKERS.into_iter().flat_map(|maker| calls(code, maker)) {
        // `Problem::new(operation, "name")`: the last literal of the call's own arguments.
        let operation = |text: &&str| ["subscribe", "open", "restore"].contains(text);
        let literal = literals(arguments).filter(|text| !operation(text)).last();
        // A question named as its call: `confirmation(OPERATION, kind, OPERATION, …)`.
        let constant = code
            .split("const OPERATION: &str = \"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let named = constant.filter(|_| literal.is_none() && arguments.matches("OPERATION").count() == 2);
        keys.extend(named.map(|name| name.replace('_', "-")));
        if let Some(key) = literal.filter(|_| !arguments.contains("format!") && !arguments.contains("replace(")) {
            keys.insert(key.replace('_', "-"));
        }
    }
    for chosen in code.split("let key =").skip(1) {
        keys.extend(literals(chosen.split(';').next().unwrap_or_default()).map(str::to_owned));
    }
    keys
}

/// States of a purchase become keys as well.
fn purchase_keys(source: &str) -> BTreeSet<String> {
    let after = |name: &str| source.split(name).nth(1).unwrap_or_default().to_owned();
    let rows = after("fn purchase_row");
    let rows = rows.split("let title").next().unwrap();
    let states = after("fn delivery_state");
    let states = states.split("\n}").next().unwrap();
    literals(rows)
        .chain(literals(states))
        // A planted bug has a name, and no words.
        .filter(|text| !source.contains(&format!("planted::is(\"{text}\")")))
        .map(|state| format!("purchase-{}", state.replace('_', "-")))
        .collect()
}

// Rules: U5
#[test]
fn every_message_and_problem_of_the_core_is_in_the_table() {
    let mut keys = BTreeSet::new();
    for (path, code) in core() {
        keys.extend(keys_of(&code));
        if path.ends_with("snapshot/project.rs") {
            keys.extend(purchase_keys(&code));
        }
    }
    for sure in [
        "slot-taken",
        "folder-in-use",
        "trial-ends-today",
        "slot-pending",
        "purchase-refused-here",
        "bind-purchase",
    ] {
        assert!(keys.contains(sure), "the search no longer finds {sure}");
    }
    let known: BTreeSet<_> = SAID.iter().map(|form| form.key.to_owned()).collect();
    let silent: Vec<_> = keys.difference(&known).collect();
    assert!(silent.is_empty(), "without a row in messages.rs: {silent:?}");
    let unused: Vec<_> = known.difference(&keys).collect();
    assert!(unused.is_empty(), "rows for nothing: {unused:?}");
}

// Rules: U5
#[test]
fn every_word_for_an_enumeration_is_in_the_table_and_no_other() {
    let source = include_str!("../../src/words.rs");
    let keys: BTreeSet<&str> = literals(source).collect();
    let known = |key: &&str| SAID.iter().chain(WORDS).any(|form| form.key == *key);
    let silent: Vec<_> = keys.iter().filter(|key| key.contains('-') && !known(key)).collect();
    assert!(silent.is_empty(), "without a row in messages.rs: {silent:?}");
    let unused: Vec<_> = WORDS
        .iter()
        .map(|form| form.key)
        .filter(|key| !keys.contains(key))
        .collect();
    assert!(unused.is_empty(), "rows for nothing: {unused:?}");
}

/// `("plan", "text")` for every `.text("plan", …)` of code that makes messages.
fn arguments_of(code: &str) -> BTreeSet<(String, &'static str)> {
    let mut found = BTreeSet::new();
    for maker in ["text", "count", "date"] {
        for (at, call) in code.match_indices(&format!(".{maker}(\"")) {
            let name = code[at + call.len()..].split('"').next().unwrap();
            found.insert((name.to_owned(), maker));
        }
    }
    found
}

// Rules: U5
#[test]
fn every_argument_the_core_gives_is_in_the_table_with_its_type() {
    let makes = |code: &&(PathBuf, String)| code.1.contains("Message::new(") || code.1.contains("dated(");
    let given: BTreeSet<_> = core()
        .iter()
        .filter(makes)
        .flat_map(|(_, code)| arguments_of(code))
        .collect();
    assert!(
        given.contains(&("plan".into(), "text")),
        "the search no longer finds arguments"
    );
    let maker = |kind: Kind| match kind {
        Kind::Text | Kind::Price | Kind::Period | Kind::Word(_) => "text",
        Kind::Count => "count",
        Kind::Date => "date",
    };
    let rows = SAID.iter().flat_map(|form| form.args);
    let known: BTreeSet<_> = rows.map(|arg| (arg.name.to_owned(), maker(arg.kind))).collect();
    assert_eq!(
        given.difference(&known).collect::<Vec<_>>(),
        Vec::<&(String, &str)>::new(),
        "without a place in a row"
    );
    assert_eq!(
        known.difference(&given).collect::<Vec<_>>(),
        Vec::<&(String, &str)>::new(),
        "given by nobody"
    );
}

/// Reads `.text("name", …).count(…)` from where it begins.
fn read_chain(mut chain: &str, args: &mut BTreeSet<(String, &'static str)>) {
    while let Some((name, call)) = ["text", "count", "date"].into_iter().find_map(|maker| {
        let call = chain
            .trim_start()
            .strip_prefix('.')?
            .strip_prefix(maker)?
            .strip_prefix('(')?;
        Some((maker, call))
    }) {
        let inner = arguments(call);
        args.insert((literals(inner).next().unwrap_or_default().to_owned(), name));
        chain = call[inner.len()..].trim_start_matches(')');
    }
}

/// What `titled` of `titled(Message::new(…))` adds, where it is `let titled = |message: Message| message.text(…)`.
fn helper_around(code: &str, at: usize) -> Option<&str> {
    let before = code[..at].strip_suffix('(')?;
    let name = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    let helper = format!("let {name} = |message: Message| message");
    // The nearest one above.
    code[..at].rsplit_once(helper.as_str()).map(|(_, more)| more)
}

/// The key and arguments of each message made of a literal, also where a `let` keeps it and the function goes on with it.
fn made_of_a_literal(code: &str) -> Vec<(String, BTreeSet<(String, &'static str)>)> {
    let mut made = Vec::new();
    for (at, maker) in code.match_indices("Message::new(\"") {
        let rest = &code[at + maker.len()..];
        let key = rest.split('"').next().unwrap();
        let mut args = BTreeSet::new();
        let chain = rest[key.len() + 1..].trim_start().strip_prefix(')').unwrap_or_default();
        read_chain(chain, &mut args);
        if let Some(more) = helper_around(code, at) {
            read_chain(more, &mut args);
            let inside = arguments(&code[at..]);
            read_chain(code[at + inside.len()..].trim_start_matches(')'), &mut args);
        }
        let bound = code[..at].trim_end().strip_suffix('=').map(str::trim_end);
        let kept = bound
            .and_then(|before| before.rsplit_once("let "))
            .map(|(_, name)| name);
        if let Some(name) = kept.filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_')) {
            let function = chain.split("\n}\n").next().unwrap_or_default();
            for (at, _) in function.match_indices(name) {
                read_chain(&function[at + name.len()..], &mut args);
            }
        }
        made.push((key.to_owned(), args));
    }
    made
}

// Rules: U5
#[test]
fn every_message_made_of_a_literal_has_the_arguments_of_its_row() {
    let made: Vec<_> = core().iter().flat_map(|(_, code)| made_of_a_literal(code)).collect();
    assert!(made.len() > 30, "{}", made.len());
    for (key, args) in made {
        let form = SAID.iter().find(|form| form.key == key).unwrap();
        for (name, _) in &args {
            assert!(
                form.args.iter().any(|arg| arg.name == name),
                "{key} has no argument {name}"
            );
        }
        // Some get their optional argument later; what is not optional is given at once.
        for arg in form.args.iter().filter(|arg| form.optional() != Some(arg)) {
            assert!(
                args.iter().any(|(name, _)| name == arg.name),
                "{key} lacks {}",
                arg.name
            );
        }
    }
}
