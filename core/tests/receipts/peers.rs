//! What Apple's Node, Python and Java libraries and the crate say to the matrix. `peers/run` wrote `peers.tsv`.
//!
//! Where one of them accepts what is refused here, or refuses what passes here, the reason stands below.

use crate::matrix;
use crate::oracle::Oracle;
use std::collections::{BTreeMap, BTreeSet};

/// Refused here, accepted by at least one of them.
const STRICTER: &[(&str, &[&str])] = &[
    (
        "Signed bytes have one spelling (step 1): two would be two receipts where one is counted.",
        &["padding", "a stray last bit"],
    ),
    (
        "An unknown `crit` forbids to go on (RFC 7515, 4.1.11), and the store sends none.",
        &["an unknown crit", "an empty crit"],
    ),
    (
        "Two readers of one JSON must not see two values (step 10).",
        &[
            "an algorithm named twice",
            "two bundles",
            "two bundles, one of them escaped",
            "an unknown field twice",
            "a key twice further in",
        ],
    ),
    (
        "JSON is one object in UTF-8, with nothing before or behind it and no deeper than a store nests.",
        &[
            "a header nested too deep",
            "JSON nested too deep",
            "JSON nested far too deep",
            "two objects",
            "a mark of byte order",
            "a NUL behind the object",
            "half of a surrogate pair",
            "a number too large for anything",
            "not a number",
            "a payload that is not UTF-8",
        ],
    ),
    (
        "A field of another type is not what the store signs: what it means would be a guess.",
        &[
            "a date as text",
            "a date of 1e300",
            "a date too large for a number",
            "an expiry as text",
            "an expiry of 1e300",
            "an id as a number",
            "a price as text",
            "upgraded as text",
            "an owner as a number",
            "a renewal status as text",
            "a grace period as text",
            "an app number as text",
            "a number in the place of a transaction",
        ],
    ),
    (
        "A certificate is strict DER in strict base64; nobody signed what stands around it (step 3).",
        &[
            "a line break in the chain",
            "a byte behind the leaf",
            "a byte behind the intermediate",
            "a byte behind the third",
            "a certificate of 20 kB",
            "an indefinite length",
            "a length longer than it need be",
            "bytes hidden in the leaf",
            "bytes hidden in the intermediate",
            "an extension twice",
            "a third certificate that is none",
            "another tag of the leaf",
        ],
    ),
    (
        "Inner and outer algorithm are the same (RFC 5280, 4.1.1.2).",
        &[
            "another algorithm inside the leaf",
            "another algorithm outside the leaf",
            "another algorithm outside the intermediate",
            "another tag of the outer algorithm's name",
        ],
    ),
    (
        "Names are compared as they stand: Apple writes them alike in both places.",
        &["an issuer in capitals", "an issuer in another string type"],
    ),
    ("Apple's leaves hold an uncompressed point.", &["a compressed leaf key"]),
    (
        "A certificate is used for what it was made for (steps 4 and 5).",
        &[
            "a leaf that is an authority",
            "a leaf whose constraints are garbled",
            "a leaf that may not sign",
            "a leaf that may only certify",
            "a leaf whose key usage is garbled",
            "an intermediate that may not sign certificates",
            "an intermediate whose key usage is garbled",
        ],
    ),
    (
        "A critical extension nobody looks at is a rule nobody keeps (RFC 5280, 4.2).",
        &[
            "an unknown critical extension on the leaf",
            "an unknown critical extension on the intermediate",
        ],
    ),
    (
        "Every certificate is valid at the payload's own date (step 7): Node asks for the root's dates alone.",
        &[
            "a leaf not yet valid",
            "a leaf no longer valid",
            "an intermediate not yet valid",
            "an intermediate no longer valid",
            "the last date there is",
        ],
    ),
    (
        "What is signed tomorrow is not believed today (step 8): none of them asks.",
        &["signed in the future", "a download of the future"],
    ),
    (
        "A download's date is `receiptCreationDate` (step 7): without it the chain is judged by nothing.",
        &["a download that has only a signed date"],
    ),
    (
        "What is nested in a notification is verified with it (step 17): they leave it to the caller.",
        &[
            "a forged transaction in true news",
            "a forged renewal info in true news",
            "another subscription's renewal info in true news",
            "a transaction of Xcode in true news",
            "a transaction of another app in true news",
        ],
    ),
];

/// Passes here, refused by at least one of them.
const KINDER: &[(&str, &[&str])] = &[
    (
        "Two of Apple's own samples have no key usage; Python's strict checks ask for it.",
        &["certificates without key usage"],
    ),
    (
        "Words and fields nobody knows yet are kept raw: a new one must not cost a customer the plan (step 10).",
        &["an extended commerce object"],
    ),
    (
        "`null` is absence; Node's validator wants the field gone.",
        &["fields written as null"],
    ),
    (
        "Sandbox numbers no app. They ask for the number before the environment, so Production's question ends there.",
        &["a download in Sandbox, which numbers no app"],
    ),
    (
        "A tag is compared as a value; one that is no UUID is another account's, and authentic all the same (X11).",
        &["a tag without hyphens", "a token that is no UUID", "an empty token"],
    ),
];

/// The answers of node, python, java and the crate, by case.
fn table() -> BTreeMap<&'static str, [&'static str; 4]> {
    let rows = include_str!("peers.tsv").lines().skip(1).map(|line| {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap();
        let answers: Vec<_> = cells.collect();
        (name, answers.try_into().unwrap())
    });
    rows.collect()
}

fn listed(reasons: &[(&'static str, &[&'static str])]) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::new();
    for (reason, cases) in reasons {
        assert!(!reason.is_empty());
        for case in *cases {
            assert!(names.insert(*case), "{case} stands there twice");
        }
    }
    names
}

#[test]
fn where_apples_libraries_and_we_differ_the_reason_is_written_down() {
    let table = table();
    let (mut stricter, mut kinder) = (BTreeSet::new(), BTreeSet::new());
    for case in matrix::all().iter().filter(|case| case.sent.jws().is_some()) {
        let answers = table
            .get(case.name)
            .unwrap_or_else(|| panic!("peers.tsv lacks {:?}; run peers/run", case.name));
        let asked_of_them = !matches!(&case.sent, matrix::Sent::OnDevice(..) | matrix::Sent::Renewal(_));
        let accepted = |answer: &&str| *answer == "accepts";
        if !case.answer.authentic() && asked_of_them && answers.iter().any(accepted) {
            stricter.insert(case.name);
        }
        if case.answer.authentic() && !answers.iter().all(accepted) {
            kinder.insert(case.name);
        }
    }
    assert_eq!(stricter, listed(STRICTER), "refused here and accepted there");
    assert_eq!(kinder, listed(KINDER), "accepted here and refused there");
}

#[test]
fn the_table_of_other_libraries_is_of_these_very_cases() {
    let (table, oracle) = (table(), Oracle::new());
    let cases = matrix::all();
    let asked: Vec<_> = cases.iter().filter_map(|case| Some((case, case.sent.jws()?))).collect();
    assert_eq!(asked.len(), table.len());
    for (case, (kind, jws)) in asked {
        assert_eq!(
            oracle.answer(kind, jws),
            table[case.name][3],
            "{}: run peers/run",
            case.name
        );
    }
}
