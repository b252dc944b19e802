use super::*;
use crate::rulebook::parse;

fn book() -> RuleBook {
    let rows = "| R1 | A. | core, cloud | core: yes, cloud: yes |\n| R2 | B. | store | store: yes |\n\
                | R3 | C. | core | core: yes |\n";
    parse(
        "RULES.md",
        &format!("| rule | text | enforced by | proved |\n|---|---|---|---|\n{rows}"),
    )
    .unwrap()
}

fn rust(file: &str, text: &str) -> Found {
    let mut found = Found::default();
    read_rust(file, text, &mut found);
    found
}

fn proved(file: &str, citation: &str) -> Result<Vec<String>, String> {
    let found = rust(file, &format!("// Rules: {citation}\n#[test]\nfn a() {{}}\n"));
    let proved = found.citations[0].proves(&book())?;
    Ok(proved
        .iter()
        .map(|(rule, enforcer)| format!("{rule} ({enforcer})"))
        .collect())
}

#[test]
fn a_citation_belongs_to_the_test_below_its_attributes() {
    let text = "mod tests {\n  // Rules: R1, R2 (store)\n  /// A sentence.\n  #[tokio::test(\n    start_paused = true,\n  )]\n  \
                #[should_panic]\n  async fn second_plan_is_refused() {\n";
    let found = rust("core/src/slot.rs", text);
    let citation = &found.citations[0];
    assert_eq!(
        (citation.test.as_str(), citation.place().as_str()),
        ("second_plan_is_refused", "core/src/slot.rs:2")
    );
    assert_eq!(citation.rules[1], ("R2".parse().unwrap(), vec![Enforcer::Store]));
    assert!(citation.inline_modules.contains("tests"));
}

#[test]
fn a_citation_over_a_story_of_both_stores_belongs_to_both_tests_of_that_story() {
    let text = "// Rules: R1\nboth_stores!(second_plan_is_refused);\nfn second_plan_is_refused(store: Store) {\n";
    let found = rust("core/tests/slot.rs", text);
    let tests: Vec<&str> = found.citations.iter().map(|citation| citation.test.as_str()).collect();
    assert_eq!(tests, ["app_store", "play"]);
    for citation in &found.citations {
        assert!(citation.inline_modules.contains("second_plan_is_refused"));
    }
}

#[test]
fn a_citation_that_stands_over_no_test_is_an_error_with_its_line() {
    let loose = rust("core/src/slot.rs", "\n// Rules: R1\n\n#[test]\nfn a() {}\n");
    assert_eq!(
        loose.problems,
        ["core/src/slot.rs:2: no test directly below this citation"]
    );
    let code = rust("core/src/slot.rs", "// Rules: R1\npub fn enforce() {}\n");
    assert_eq!(
        code.problems,
        ["core/src/slot.rs:1: no test directly below this citation"]
    );
}

#[test]
fn an_unreadable_citation_is_an_error() {
    for unreadable in ["R1 R2", "R1,", "R1 (core", "R1 (phone)", "1", "", "R01", "R1-R3"] {
        assert!(parse_list(unreadable).is_err(), "{unreadable:?}");
    }
}

#[test]
fn a_comment_inside_a_text_is_no_citation() {
    assert!(
        rust("core/src/a.rs", "let x = \"// Rules: R1\";\n/// Rules: R1\n")
            .citations
            .is_empty()
    );
}

#[test]
fn without_an_enforcer_the_place_of_the_test_decides() {
    assert_eq!(
        proved("core/tests/stories.rs", "R1, R3").unwrap(),
        ["R1 (core)", "R3 (core)"]
    );
    assert_eq!(
        proved("tests/sandbox/src/cloud.rs", "R1, R2").unwrap(),
        ["R1 (cloud)", "R2 (store)"]
    );
    assert_eq!(
        proved("tests/headless/tests/buy.rs", "R1 (core, cloud)").unwrap(),
        ["R1 (core)", "R1 (cloud)"]
    );
}

#[test]
fn a_rule_cited_for_one_who_does_not_enforce_it_is_an_error() {
    let told = proved("core/src/a.rs", "R2").unwrap_err();
    assert!(
        told.starts_with("core/src/a.rs:1: R2 is not enforced by core but by store"),
        "{told}"
    );
    let told = proved("tests/sandbox/src/a.rs", "R3").unwrap_err();
    assert!(
        told.contains("R3 is not enforced by cloud or store but by core"),
        "{told}"
    );
}

#[test]
fn a_rule_that_is_not_in_the_book_is_an_error() {
    assert_eq!(
        proved("core/src/a.rs", "R9").unwrap_err(),
        "core/src/a.rs:1: there is no rule R9 in the book"
    );
}

#[test]
fn a_story_cites_by_its_key() {
    for line in [
        "rules = [\"R1\", \"R2 (store)\"]",
        "rules: [R1, R2 (store)]",
        "  \"rules\": [\"R1\", \"R2 (store)\"],",
    ] {
        let mut found = Found::default();
        read_story(
            "tests/scenarios/first-plan.toml",
            &format!("title = 1\n{line}\n"),
            &mut found,
        );
        assert_eq!(found.citations.len(), 1, "{line}: {:?}", found.problems);
        let citation = &found.citations[0];
        assert_eq!(
            (citation.test.as_str(), citation.line, citation.rules.len()),
            ("first_plan", 2, 2)
        );
    }
}

#[test]
fn a_module_kept_in_a_file_of_another_name_is_noted() {
    let found = rust("core/src/slot.rs", "#[path = \"slot_tests.rs\"]\nmod tests;\n");
    assert!(found.moved.contains("core/src/slot_tests.rs"));
}
