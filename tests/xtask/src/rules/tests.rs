use super::*;

const BOOK: &str = "| rule | text | enforced by | proved |\n|---|---|---|---|\n\
                    | R1 | A. | core, cloud | core: yes, cloud: later |\n| R2 | B. | core | core: part |\n";

fn citation(file: &str, test: &str, rule: &str) -> Citation {
    Citation {
        file: file.to_owned(),
        line: 7,
        test: test.to_owned(),
        story: false,
        inline_modules: ["tests".to_owned()].into(),
        rules: vec![(rule.parse().unwrap(), Vec::new())],
    }
}

fn result(target: &str, source: &str, path: &str, outcome: Outcome) -> TestResult {
    TestResult {
        package: "tapo-care".to_owned(),
        target: target.to_owned(),
        path: path.to_owned(),
        source: source.to_owned(),
        ..TestResult::step("", outcome, None)
    }
}

fn judged(citations: Vec<Citation>, tests: Vec<TestResult>) -> (Judgement, Results) {
    let book = rulebook::parse("RULES.md", BOOK).unwrap();
    let mut results = Results::default();
    tests.into_iter().for_each(|test| results.add(test));
    let found = Found {
        citations,
        ..Found::default()
    };
    let folders = [
        ("core".to_owned(), "tapo-care".to_owned()),
        ("tests/sandbox".to_owned(), "care-sandbox".to_owned()),
    ];
    (judge(&book, &found, &mut results, &folders), results)
}

fn both(outcome: Outcome) -> (Judgement, Results) {
    judged(
        vec![
            citation("core/src/purchase/slot.rs", "a", "R1"),
            citation("core/tests/stories.rs", "b", "R2"),
        ],
        vec![
            result("lib", "core/src/lib.rs", "purchase::slot::tests::a", outcome),
            result("test stories", "core/tests/stories.rs", "b", Outcome::Passed),
        ],
    )
}

#[test]
fn claims_whose_tests_passed_are_proved() {
    let (judgement, results) = both(Outcome::Passed);
    assert_eq!(judgement.problems, Vec::<String>::new());
    assert_eq!(judgement.passed.len(), 2);
    assert_eq!(
        results.tests["tapo-care/lib/purchase::slot::tests::a"].rules,
        ["R1 (core)"]
    );
}

#[test]
fn a_claim_whose_test_failed_or_was_left_out_is_a_problem() {
    let told = |outcome| both(outcome).0.problems.join("");
    assert_eq!(
        told(Outcome::Failed),
        "R1 (core) is claimed `yes` without a passing test: core/src/purchase/slot.rs:7 failed"
    );
    assert!(told(Outcome::LeftOut).ends_with("slot.rs:7 left out"));
}

#[test]
fn a_claim_that_no_test_cites_is_a_problem_and_later_is_none() {
    let (judgement, _) = judged(vec![citation("core/src/a.rs", "a", "R1")], vec![]);
    assert_eq!(
        judgement.problems,
        [
            "R1 (core) is claimed `yes` without a passing test: core/src/a.rs:7 not run",
            "R2 (core) is claimed `part` without a passing test: no test cites it"
        ]
    );
}

#[test]
fn a_test_of_the_same_name_elsewhere_proves_nothing() {
    let elsewhere = [
        result("lib", "core/src/lib.rs", "other::tests::a", Outcome::Passed),
        result("lib", "core/src/lib.rs", "purchase::slot::deeper::a", Outcome::Passed),
        result("test stories", "core/tests/stories.rs", "a", Outcome::Passed),
    ];
    for test in elsewhere {
        let (judgement, _) = judged(vec![citation("core/src/purchase/slot.rs", "a", "R1")], vec![test]);
        assert!(judgement.passed.is_empty());
    }
}

#[test]
fn a_test_in_a_module_folder_is_found() {
    for (file, path) in [
        ("core/src/purchase/mod.rs", "purchase::tests::a"),
        ("core/src/purchase/slot/tests.rs", "purchase::slot::tests::a"),
        ("core/src/lib.rs", "tests::a"),
    ] {
        let test = result("lib", "core/src/lib.rs", path, Outcome::Passed);
        let (judgement, _) = judged(vec![citation(file, "a", "R1")], vec![test]);
        assert_eq!(judgement.passed.len(), 1, "{file}");
    }
}

#[test]
fn a_shared_test_proves_only_if_it_passed_wherever_it_ran() {
    let ran = |outcome| result("test other", "core/tests/other.rs", "common::a", outcome);
    let passed = result("test stories", "core/tests/stories.rs", "common::a", Outcome::Passed);
    let cited = || vec![citation("core/tests/common/mod.rs", "a", "R1")];
    assert_eq!(
        judged(cited(), vec![passed.clone(), ran(Outcome::Passed)])
            .0
            .passed
            .len(),
        1
    );
    assert!(judged(cited(), vec![passed, ran(Outcome::Failed)]).0.passed.is_empty());
}

#[test]
fn two_tests_that_a_citation_could_mean_are_a_problem() {
    let mut cited = citation("core/src/slot.rs", "a", "R1");
    cited.inline_modules.insert("more".to_owned());
    let tests = ["slot::tests::a", "slot::more::a"].map(|p| result("lib", "core/src/lib.rs", p, Outcome::Passed));
    let (judgement, _) = judged(vec![cited], tests.to_vec());
    assert!(judgement.problems[0].contains("more than one test is called a; rename one"));
}

#[test]
fn each_story_of_both_stores_is_proved_by_its_own_two_tests() {
    let told = |story: &str, store: &str, rule: &str| Citation {
        inline_modules: [story.to_owned()].into(),
        ..citation("core/tests/stories/slot.rs", store, rule)
    };
    let ran = |story: &str, store: &str, outcome| {
        let path = format!("slot::{story}::{store}");
        result("test stories", "core/tests/stories/main.rs", &path, outcome)
    };
    let (judgement, results) = judged(
        vec![
            told("first", "app_store", "R1"),
            told("first", "play", "R1"),
            told("second", "app_store", "R2"),
            told("second", "play", "R2"),
        ],
        vec![
            ran("first", "app_store", Outcome::Passed),
            ran("first", "play", Outcome::Passed),
            ran("second", "app_store", Outcome::Passed),
            ran("second", "play", Outcome::Passed),
        ],
    );
    assert_eq!(judgement.problems, Vec::<String>::new());
    assert_eq!(judgement.passed.values().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
    let second = &results.tests["tapo-care/test stories/slot::second::play"];
    assert_eq!(second.rules, ["R2 (core)"]);
}
