//! Some seventy states of an account as a screen shows them, held against `core/tests/goldens/screen/*.txt`. After a change
//! that is meant, `CARE_GOLDENS=write cargo test -p tapo-care --lib golden` writes them anew; read what changed. What each
//! state says stands in `core/tests/goldens/said.jsonl`, from which core/phrases makes its words in every language.

use super::golden_states::{codes_and_kasa, plans, times_and_pickers, trials};
use super::*;
use crate::message::{Message, MessageValue};
use crate::time::Timestamp;
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;

// Rules: R14, R17, R18, R30, R35, R38, R83, R98, R99, U7, U13, U15, U16, X4, X6
#[test]
fn every_state_of_an_account_is_shown_as_it_was_agreed() {
    let (mut count, mut said) = (0, String::new());
    for (file, states) in [
        ("plans.txt", plans()),
        ("codes-and-kasa.txt", codes_and_kasa()),
        ("trials.txt", trials()),
        ("times-and-pickers.txt", times_and_pickers()),
    ] {
        let mut text = String::new();
        for (name, scene) in states {
            count += 1;
            let snapshot = scene.snapshot();
            writeln!(text, "# {name}\n{}", shown(&snapshot)).unwrap();
            writeln!(said, "{}", json!({ "state": name, "says": messages(&snapshot) })).unwrap();
        }
        compare(&format!("screen/{file}"), &text);
    }
    compare("said.jsonl", &said);
    assert!(count > 60, "{count}");
}

// Rules: R18
#[test]
fn in_every_state_what_may_not_be_done_has_its_reason_and_no_plan_has_more_cameras_than_it_covers() {
    let all = [plans(), codes_and_kasa(), trials(), times_and_pickers()];
    for (name, scene) in all.into_iter().flatten() {
        let snapshot = scene.snapshot();
        let of_plans = snapshot.subscriptions.iter().flat_map(|plan| &plan.actions);
        let of_cameras = snapshot.cameras.iter().flat_map(|camera| &camera.actions);
        for action in of_plans.chain(of_cameras) {
            assert_eq!(action.allowed, action.reason.is_none(), "{name}: {action:?}");
        }
        for camera in &snapshot.cameras {
            assert!(!camera.why.is_empty(), "{name}: {} without a why", camera.name);
        }
    }
}

fn compare(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens").join(file);
    if std::env::var_os("CARE_GOLDENS").is_some_and(|what| what == "write") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let agreed = std::fs::read_to_string(&path).unwrap_or_default();
    for (agreed, now) in agreed.split("\n\n").zip(text.split("\n\n")) {
        assert_eq!(now, agreed, "{file}");
    }
    assert_eq!(text.len(), agreed.len(), "{file}");
}

/// Every message of a snapshot once, part of the screen by part.
fn messages(snapshot: &Snapshot) -> Vec<serde_json::Value> {
    let screen = json!(snapshot);
    let parts = [
        "notices",
        "add_plan",
        "subscriptions",
        "cameras",
        "banners",
        "account_trial",
        "picker",
    ];
    let mut found = Vec::new();
    for part in parts {
        collect(&screen[part], &mut found);
    }
    found
}

fn collect(value: &serde_json::Value, found: &mut Vec<serde_json::Value>) {
    if value.get("key").is_some() && value.get("args").is_some() {
        if !found.contains(value) {
            found.push(value.clone());
        }
    } else if let Some(fields) = value.as_object() {
        fields.values().for_each(|value| collect(value, found));
    } else if let Some(values) = value.as_array() {
        values.iter().for_each(|value| collect(value, found));
    }
}

/// A snapshot in lines, each message with its arguments.
fn shown(snapshot: &Snapshot) -> String {
    let mut text = String::new();
    let mut line = |what: String| writeln!(text, "{what}").unwrap();
    line(format!(
        "{}, clock {}",
        word(&snapshot.freshness),
        word(&snapshot.clock)
    ));
    line(format!("+ Add Plan: {}", reason(snapshot.add_plan.reason.as_ref())));
    for plan in &snapshot.subscriptions {
        let dates = [
            ("cancel by", plan.cancel_by),
            ("grace until", plan.grace_until),
            ("resumes", plan.resumes_at),
            ("changes", plan.scheduled.as_ref().map(|change| change.at)),
        ];
        let dates: String = dates
            .iter()
            .filter_map(|(name, at)| at.map(|at| format!(", {name} {}", day(at))))
            .collect();
        line(format!(
            "{} {} {} by {}, {}, managed {}{dates}; {}",
            plan.id,
            plan.service.as_str(),
            word(&plan.cover),
            plan.channel.as_str(),
            plan.phase.as_str(),
            word(&plan.manage),
            said(&plan.terms),
        ));
        actions(&mut line, &plan.actions);
    }
    for camera in &snapshot.cameras {
        let twice = if camera.covered_twice { ", twice" } else { "" };
        line(format!("{}: {}{twice}", camera.name, word(&camera.cover)));
        for why in &camera.why {
            let not = why.why_not.map_or_else(String::new, |not| format!(" {}", word(&not)));
            line(format!("  {}{not}: {}", word(&why.by), said(&why.message)));
        }
        let left = camera
            .trial
            .days_left
            .map_or_else(String::new, |days| format!(", {days} left"));
        line(format!(
            "  trial {}{left}: {}",
            camera.trial.state,
            said(&camera.trial.message)
        ));
        actions(&mut line, &camera.actions);
    }
    for banner in &snapshot.banners {
        line(format!(
            "banner {} {}: {}",
            banner.camera,
            word(&banner.kind),
            said(&banner.message)
        ));
    }
    if let Some(trial) = &snapshot.account_trial {
        line(format!("the account's trial {}: {}", trial.state, said(&trial.message)));
    }
    if let Some(picker) = &snapshot.picker {
        line(format!(
            "picker {} {}: {}",
            picker.subscription,
            word(&picker.reason),
            said(&picker.message)
        ));
        line(format!(
            "  proposed {:?}, left out {:?}",
            ids(&picker.proposed),
            ids(&picker.left_out)
        ));
        for camera in &picker.cameras {
            let may = if camera.selectable {
                "may be ticked".into()
            } else {
                reason(camera.blocked.as_ref())
            };
            line(format!("  {}: {may}, remedy {}", camera.name, word(&camera.remedy)));
        }
    }
    for notice in &snapshot.notices {
        line(format!("! {}", said(notice)));
    }
    text
}

fn actions(line: &mut impl FnMut(String), actions: &[Action]) {
    for action in actions {
        let warning = action
            .warning
            .as_ref()
            .map_or_else(String::new, |warning| format!(" ({})", said(warning)));
        line(format!(
            "  {}: {}{warning}",
            word(&action.kind),
            reason(action.reason.as_ref())
        ));
    }
}

fn reason(reason: Option<&Message>) -> String {
    reason.map_or_else(|| "yes".to_owned(), |reason| format!("no, {}", said(reason)))
}

fn ids(ids: &[crate::id::CameraId]) -> Vec<&str> {
    ids.iter().map(crate::id::CameraId::as_str).collect()
}

fn word(value: &impl serde::Serialize) -> String {
    let written = json!(value);
    written.as_str().map_or_else(|| written.to_string(), str::to_owned)
}

fn day(at: Timestamp) -> String {
    at.rfc3339().chars().take(10).collect()
}

fn said(message: &Message) -> String {
    let args: Vec<String> = message
        .args
        .iter()
        .map(|arg| match &arg.value {
            MessageValue::Text(text) => format!("{} {text}", arg.name),
            MessageValue::Count(count) => format!("{} {count}", arg.name),
            MessageValue::Date(at) => format!("{} {}", arg.name, day(*at)),
        })
        .collect();
    if args.is_empty() {
        return message.key.clone();
    }
    format!("{}({})", message.key, args.join(", "))
}
