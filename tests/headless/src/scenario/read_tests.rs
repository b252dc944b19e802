//! Every mistake in a story is told with its line and column.

use super::*;

const GOOD: &str = r#"title = "A plan is bought."
rules = ["R2", "X5 (core, cloud)"]

[phones.tablet]
signed_in = "ben"

[[step]]
subscribe = { plan = "tapo-3-monthly" }
expect = { outcome = { kind = "granted" }, sheets = 1 }

[[step]]
on = "tablet"
only = "play"
look = true
"#;

fn mistake(text: &str) -> String {
    parse("story".into(), text).unwrap_err().told("story.toml", text)
}

#[test]
fn a_story_is_read_with_its_rules_its_phones_and_its_steps() {
    let story = parse("story".into(), GOOD).unwrap();
    assert_eq!(story.rules, ["R2", "X5 (core, cloud)"]);
    assert_eq!(story.stores, [StoreName::AppStore, StoreName::Play]);
    assert_eq!(story.phones.keys().collect::<Vec<_>>(), ["phone", "tablet"]);
    assert_eq!((story.steps[0].verb, story.steps[0].line), ("subscribe", 7));
    assert_eq!(story.steps[1].on, "tablet");
    assert_eq!(story.steps[1].only, Some(StoreName::Play));
}

#[test]
fn an_unknown_key_is_told_with_its_line_and_column() {
    let step = mistake(&GOOD.replace("look = true", "lok = true"));
    assert!(step.starts_with("story.toml:14:1: unknown field `lok`"), "{step}");
    let inside = mistake(&GOOD.replace("kind = \"granted\"", "kinds = \"granted\""));
    assert!(inside.starts_with("story.toml:9:24: unknown field `kinds`"), "{inside}");
    let head = mistake(&GOOD.replace("rules =", "rule ="));
    assert!(head.starts_with("story.toml:2:1: unknown field `rule`"), "{head}");
}

#[test]
fn an_unknown_word_is_told_with_its_line_and_column() {
    let outcome = mistake(&GOOD.replace("\"granted\"", "\"grantet\""));
    assert!(
        outcome.starts_with("story.toml:9:31: unknown variant `grantet`"),
        "{outcome}"
    );
    let store = mistake(&GOOD.replace("only = \"play\"", "only = \"google\""));
    assert!(
        store.starts_with("story.toml:13:8: unknown variant `google`"),
        "{store}"
    );
}

#[test]
fn a_step_does_exactly_one_thing() {
    let two = mistake(&GOOD.replace("look = true", "look = true\nkill = true"));
    assert!(two.starts_with("story.toml:11:"), "{two}");
    assert!(
        two.ends_with("a step does one thing, and this one does look, kill"),
        "{two}"
    );
    let none = mistake(&GOOD.replace("look = true\n", ""));
    assert!(none.ends_with("a step does something: it has one verb"), "{none}");
}

#[test]
fn a_phone_that_the_story_does_not_have_is_told_with_its_place() {
    let phone = mistake(&GOOD.replace("on = \"tablet\"", "on = \"watch\""));
    assert_eq!(
        phone,
        "story.toml:12:6: there is no phone `watch`; the story has phone, tablet"
    );
}

#[test]
fn a_rule_that_is_none_and_a_story_without_rules_are_refused() {
    let rule = mistake(&GOOD.replace("\"R2\"", "\"Q2\""));
    assert_eq!(rule, "story.toml:2:10: `Q2` is no rule such as `R2` or `X5 (cloud)`");
    let by = mistake(&GOOD.replace("(core, cloud)", "(nobody)"));
    assert!(by.starts_with("story.toml:2:16: "), "{by}");
    let none = mistake(&GOOD.replace("[\"R2\", \"X5 (core, cloud)\"]", "[]"));
    assert_eq!(none, "story.toml:2:9: a story names the rules it shows");
}

#[test]
fn what_is_simply_done_is_true_and_a_wrong_length_of_time_is_refused() {
    let not = mistake(&GOOD.replace("look = true", "look = false"));
    assert_eq!(not, "story.toml:14:8: this is `true`, or not written at all");
    let clock = mistake(&GOOD.replace("look = true", "clock = { off_by = \"two days\" }"));
    assert!(clock.starts_with("story.toml:14:20: "), "{clock}");
}

#[test]
fn text_that_is_no_toml_is_told_with_its_place() {
    let broken = mistake("title = \"A story\nrules = []\n");
    assert!(broken.starts_with("story.toml:1:"), "{broken}");
}

#[test]
fn every_verb_of_the_format_is_documented() {
    let page = include_str!("../../../scenarios/README.md");
    for verb in crate::scenario::format::VERBS {
        assert!(
            page.contains(&format!("`{verb}`")),
            "tests/scenarios/README.md does not tell of `{verb}`"
        );
    }
}
