//! Buying, choosing, and what the shell says: on a plain folder, embedded and elsewhere.

use crate::both::Store;
use crate::support::{PLAN, Phone, World, chosen, plain};

fn bought_is_there_in_a_new_process(phone: &Phone<'_>) {
    let said = phone.care(&["--json", "subscribe", PLAN]).ended(0);
    let outcome = said.json();
    assert_eq!(
        (&outcome["outcome"], &outcome["answer"], &outcome["money"]),
        (&"granted".into(), &"granted".into(), &"charged".into())
    );
    assert_eq!(said.err, "");
    let snapshot = phone.status();
    assert_eq!(snapshot["freshness"], "fresh");
    assert_eq!(snapshot["subscriptions"][0]["id"], outcome["subscription"]);
    assert_eq!(snapshot["subscriptions"][0]["plan"], PLAN);
    assert_eq!(snapshot["picker"]["subscription"], outcome["subscription"]);
}

// Rules: R5, R6, R8, R16
both_stores!(a_plan_bought_on_a_plain_folder_is_there_in_a_new_process);
fn a_plan_bought_on_a_plain_folder_is_there_in_a_new_process(store: Store) {
    bought_is_there_in_a_new_process(&Phone::alone().at(store));
}

// Rules: R8, R16
both_stores!(a_plan_bought_at_a_cloud_elsewhere_is_there_in_a_new_process);
fn a_plan_bought_at_a_cloud_elsewhere_is_there_in_a_new_process(store: Store) {
    let world = World::up(11);
    let phone = Phone::of(&world, "everyday").at(store);
    phone.care(&["--json", "sign-in", "anna"]).ended(0);
    bought_is_there_in_a_new_process(&phone);
    world.ledger().holds_one(&phone.store_account(), "acc_anna");
}

#[test]
fn at_a_cloud_elsewhere_nobody_is_signed_in_until_somebody_says_so() {
    let world = World::up(12);
    let said = Phone::of(&world, "stranger").care(&["--json", "status"]).ended(1);
    assert_eq!(said.error()["error"], "not_signed_in");
    assert!(said.error()["message"].as_str().unwrap().contains("sign-in NAME"));
}

// Rules: R7, U1, U3, U4, U10
#[test]
fn plans_carry_the_stores_own_price_and_the_renewal_terms() {
    let phone = Phone::alone();
    let plans = phone.care(&["--json", "plans"]).ended(0).json();
    let three = plans["plans"]
        .as_array()
        .unwrap()
        .iter()
        .find(|plan| plan["id"] == PLAN)
        .unwrap();
    assert_eq!(three["display_price"], "$6.99");
    let words = phone.care(&["plans"]).ended(0).out;
    for part in [
        "$6.99 a month",
        "$119.99 a year",
        "renews automatically",
        "Cancel at any time",
        "Terms: https://",
        "Privacy: https://",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert!(!words.contains("Free Trial"), "{words}");
}

// Rules: R2, R3, X10
both_stores!(a_second_plan_is_refused_before_the_sheet_and_says_who_holds_the_slot);
fn a_second_plan_is_refused_before_the_sheet_and_says_who_holds_the_slot(store: Store) {
    let phone = Phone::alone().at(store);
    phone.care(&["--json", "subscribe", PLAN]).ended(0);
    let refused = phone.care(&["--json", "subscribe", "tapo-1-monthly"]).ended(1).error();
    assert_eq!(
        (&refused["error"], &refused["money"]),
        (&"slot_taken".into(), &"not_charged".into())
    );
    assert_eq!(refused["args"]["plan"], "Tapo Care · 3 cameras");
    assert_eq!(refused["args"]["channel"], store.word());
    let ledger = phone.care(&["--json", "sandbox", "ledger"]).ended(0).json();
    assert_eq!(ledger["charges"].as_array().unwrap().len(), 1);
}

both_stores!(each_way_out_of_the_sheet_has_its_outcome_and_exit_code);
fn each_way_out_of_the_sheet_has_its_outcome_and_exit_code(store: Store) {
    for (sheet, outcome, code) in [
        ("cancel", "cancelled", 1),
        ("fail", "failed", 1),
        ("decline", "failed", 1),
        ("pending", "pending", 3),
    ] {
        let phone = Phone::alone().at(store);
        let said = phone
            .care(&["--json", "subscribe", PLAN, "--sheet", sheet])
            .ended(code)
            .json();
        assert_eq!(said["outcome"], outcome, "{sheet}");
        assert_eq!(said["money"], "not_charged", "{sheet}");
        let ledger = phone.care(&["--json", "sandbox", "ledger"]).ended(0).json();
        assert_eq!(ledger["charges"].as_array().unwrap().len(), 0, "{sheet}");
    }
}

// Rules: R8, R16
both_stores!(after_sheets_that_were_closed_the_next_one_sells_and_says_so);
fn after_sheets_that_were_closed_the_next_one_sells_and_says_so(store: Store) {
    let phone = Phone::alone().at(store);
    // The world's clock stands still, so all five sheets opened in the same millisecond.
    for _ in 0..4 {
        phone.care(&["--json", "subscribe", PLAN, "--sheet", "cancel"]).ended(1);
    }
    let said = phone.care(&["--json", "subscribe", PLAN]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.json()["outcome"], "granted");
}

// Rules: R18, R20
both_stores!(a_selection_that_cannot_be_is_refused_with_its_remedy_and_changes_nothing);
fn a_selection_that_cannot_be_is_refused_with_its_remedy_and_changes_nothing(store: Store) {
    let phone = Phone::alone().at(store);
    phone.care(&["--json", "subscribe", "tapo-1-monthly"]).ended(0);
    for (cameras, error, action) in [
        ("Porch,Garden", "over_capacity", "change_selection"),
        ("cam_of_nobody", "unknown_camera", "change_selection"),
        ("Nursery", "camera_blocked", "update_firmware"),
        ("Shed", "camera_blocked", "check_internet"),
        ("", "empty_selection", "change_selection"),
    ] {
        let refused = phone.care(&["--json", "cameras", "set", cameras]).ended(1).error();
        assert_eq!(
            (&refused["error"], &refused["user_action"]),
            (&error.into(), &action.into()),
            "{cameras}"
        );
        let snapshot = phone.status();
        assert_eq!(chosen(&snapshot), [""; 0], "{cameras}");
        assert!(snapshot["picker"].is_object(), "{cameras}");
    }
}

// Rules: R16, R17, R18, R19
both_stores!(a_selection_is_changed_later_and_a_camera_on_it_may_stay_when_it_goes_offline);
fn a_selection_is_changed_later_and_a_camera_on_it_may_stay_when_it_goes_offline(store: Store) {
    let phone = Phone::alone().at(store);
    phone
        .care(&["--json", "subscribe", PLAN, "--cameras", "Porch,Nursery,Garden"])
        .ended(0);
    // Named at purchase and as far as possible: the one that cannot be added is left out.
    assert_eq!(chosen(&phone.status()), ["cam_porch", "cam_garden"]);
    phone.care(&["sandbox", "camera", "offline", "Porch"]).ended(0);
    phone.care(&["--json", "cameras", "add", "Hallway"]).ended(0);
    phone.care(&["--json", "cameras", "remove", "Garden"]).ended(0);
    let snapshot = phone.status();
    assert_eq!(chosen(&snapshot), ["cam_porch", "cam_hallway"]);
    let covered: Vec<_> = snapshot["cameras"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["cover"] == "covered")
        .map(|row| &row["id"])
        .collect();
    assert_eq!(covered, ["cam_porch", "cam_hallway"]);
}

// Rules: R18
both_stores!(over_an_empty_list_the_picker_still_asks_dont_see_your_camera);
fn over_an_empty_list_the_picker_still_asks_dont_see_your_camera(store: Store) {
    let phone = Phone::alone().at(store);
    phone.care(&["sign-in", "cara"]).ended(0);
    phone.care(&["--json", "subscribe", PLAN]).ended(0);
    let snapshot = phone.status();
    assert_eq!(snapshot["picker"]["cameras"].as_array().unwrap().len(), 0);
    assert_eq!(snapshot["picker"]["help"]["key"], "dont-see-your-camera");
    assert!(phone.care(&["status"]).ended(0).out.contains("Don’t see your camera?"));
}

// Rules: T1, U11
#[test]
fn a_cameras_trial_is_started_once_and_says_that_nothing_is_charged() {
    let phone = Phone::alone();
    let started = phone.care(&["--json", "trial", "start", "Hallway"]).ended(0).json();
    assert_eq!(
        (&started["trial"]["state"], &started["trial"]["days_left"]),
        (&"active".into(), &30.into())
    );
    assert!(phone.care(&["trial"]).ended(0).out.contains("You will not be charged."));
    phone.care(&["sandbox", "clock", "advance", "31d"]).ended(0);
    assert_eq!(
        phone.care(&["--json", "trial", "start", "Hallway"]).ended(1).error()["error"],
        "trial_used"
    );
}

#[test]
fn wrong_arguments_get_a_sentence_and_exit_code_2() {
    let phone = Phone::alone();
    let wrong: [&[&str]; 10] = [
        &["--json", "subscribe"],
        &["--json", "frobnicate"],
        &["--json", "--cloud", "http://127.0.0.1:1", "status"],
        &["--json", "--trust", "/nowhere", "status"],
        &[
            "--json",
            "--cloud",
            "http://127.0.0.1:1",
            "--trust",
            "/nowhere",
            "status",
        ],
        &["--json", "--device", "../x", "status"],
        &["--json", "--store", "moon", "status"],
        &["--json", "sandbox", "fault", "add", "moon", "down"],
        &["--json", "sandbox", "clock", "advance", "soon"],
        &["--json", "cameras", "set", "Porch", "--for", "sub_nobodys"],
    ];
    for arguments in wrong {
        let said = phone.care(arguments).ended(2);
        assert_eq!(said.out, "", "{arguments:?}");
        let error = said.error();
        assert_eq!(
            (&error["error"], &error["money"]),
            (&"wrong_usage".into(), &"not_charged".into()),
            "{arguments:?}"
        );
        assert!(error["message"].as_str().unwrap().contains(' '), "{arguments:?}");
    }
}

#[test]
fn each_command_shows_an_example_in_its_help_and_a_pipe_gets_no_colours() {
    for command in [
        "demo",
        "sign-in",
        "sign-out",
        "plans",
        "subscribe",
        "status",
        "cameras",
        "trial",
        "purchases",
        "restore",
        "explain",
        "sandbox",
        "completions",
    ] {
        let help = plain(&[command, "--help"]).ended(0).out;
        assert!(help.contains("Example"), "{command}: {help}");
    }
    let words = Phone::alone().care(&["status"]).ended(0);
    assert!(
        !words.out.contains('\u{1b}') && !words.err.contains('\u{1b}'),
        "{words:?}"
    );
    assert!(
        Phone::alone()
            .care(&["--color", "always", "status"])
            .ended(0)
            .out
            .contains('\u{1b}')
    );
    assert!(plain(&["completions", "zsh"]).ended(0).out.contains("#compdef care"));
}

// Rules: U5, U17
#[test]
fn every_language_says_what_there_is_and_an_unknown_one_says_so() {
    let phone = Phone::alone();
    phone.care(&["--json", "subscribe", PLAN]).ended(0);
    for (locale, renews, help) in [
        (
            "fr",
            "Se renouvelle automatiquement le 5 février 2026.",
            "Vous ne voyez pas votre caméra",
        ),
        (
            "pl",
            "Odnawia się automatycznie 5 lutego 2026.",
            "Nie widzisz swojej kamery",
        ),
        (
            "ru",
            "5 февраля 2026 г. план автоматически продлевается.",
            "Не видите свою камеру",
        ),
        (
            "ar",
            "تتجدد تلقائيًا في \u{2068}5 فبراير 2026\u{2069}.",
            "ألا ترى كاميرتك",
        ),
        ("ja", "2026年2月5日に自動的に更新されます。", "カメラが見つかりませんか"),
    ] {
        let words = phone.care(&["--locale", locale, "status"]).ended(0).out;
        assert!(words.contains(renews) && words.contains(help), "{locale}: {words}");
    }
    let other = phone.care(&["--locale", "tlh", "status"]).ended(0);
    assert!(
        other.out.contains("Renews automatically on 5 Feb 2026."),
        "{}",
        other.out
    );
    assert!(other.err.contains("There are no words in `tlh`"), "{}", other.err);
}
