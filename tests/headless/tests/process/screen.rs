//! What a terminal shows of cover, trials, the picker and plans of other kinds.

use crate::support::Phone;
use serde_json::Value;

fn camera<'a>(snapshot: &'a Value, name: &str) -> &'a Value {
    let mut cameras = snapshot["cameras"].as_array().unwrap().iter();
    cameras.find(|camera| camera["name"] == name).unwrap()
}

// Rules: T3, R64, U14
#[test]
fn a_trial_is_cancelled_only_after_a_yes_and_says_that_it_never_comes_back() {
    let phone = Phone::alone();
    phone.care(&["trial", "start", "Hallway"]).ended(0);
    let asked = phone.care(&["--json", "trial", "cancel", "Hallway"]).ended(2).error();
    assert_eq!(
        (&asked["error"], &asked["confirm"]),
        (&"confirm_trial_cancel".into(), &"cancel_trial".into())
    );
    let fact = asked["facts"][0].as_str().unwrap();
    assert!(
        fact.contains("Hallway") && fact.contains("cannot be started again"),
        "{fact}"
    );
    let said = phone
        .care(&["--json", "trial", "cancel", "Hallway", "--yes"])
        .ended(0)
        .json();
    assert_eq!(said["trial"]["state"], "used");
    let again = phone.care(&["--json", "trial", "start", "Hallway"]).ended(1).error();
    assert_eq!(again["error"], "trial_used");
}

// Rules: U16
#[test]
fn what_is_said_about_a_trial_is_hidden_for_good() {
    let phone = Phone::alone();
    let banners = |snapshot: &Value| snapshot["banners"].as_array().unwrap().len();
    let before = banners(&phone.status());
    phone.care(&["trial", "hide", "Porch"]).ended(0);
    assert_eq!(banners(&phone.status()), before - 1);
}

// Rules: R38, R98, X4
#[test]
fn plans_of_kasa_free_plans_and_codes_are_explained_in_words() {
    let phone = Phone::alone();
    phone
        .care(&[
            "sandbox", "free", "set", "Porch", "active", "--hours", "12", "--left", "90d",
        ])
        .ended(0);
    let free = phone.care(&["explain", "Porch"]).ended(0).out;
    assert!(
        free.contains("Porch (C210) is covered.") && free.contains("the last 12 hours"),
        "{free}"
    );
    phone
        .care(&["sandbox", "free", "set", "Garden", "not_for_model"])
        .ended(0);
    let none = phone.care(&["explain", "Garden"]).ended(0).out;
    assert!(none.contains("microSD") && none.contains("There is no plan"), "{none}");
    phone.care(&["sandbox", "plan", "add", "kasa-premium-yearly"]).ended(0);
    let status = phone.care(&["status"]).ended(0).out;
    assert!(status.contains("on the Kasa web portal"), "{status}");
    assert!(status.contains("covered by the account’s plan"), "{status}");
    let covered = phone.status();
    assert_eq!(camera(&covered, "Shed")["cover"], "covered");
}

// Rules: R16, R19
#[test]
fn the_picker_is_opened_kept_and_closed_from_the_command_line() {
    let phone = Phone::alone();
    phone
        .care(&["--json", "subscribe", "tapo-3-monthly", "--cameras", "Porch"])
        .ended(0);
    assert!(phone.status()["picker"].is_null());
    phone.care(&["cameras", "tick", "Porch,Garden"]).ended(0);
    let picker = phone.status()["picker"].clone();
    assert_eq!(picker["reason"], "asked");
    assert_eq!(picker["proposed"], serde_json::json!(["cam_porch", "cam_garden"]));
    phone.care(&["cameras", "close"]).ended(0);
    assert!(phone.status()["picker"].is_null());
    phone.care(&["cameras", "open"]).ended(0);
    assert!(phone.status()["picker"].is_object());
}

#[test]
fn an_id_is_never_cut_in_two_however_narrow_the_terminal_is() {
    let phone = Phone::alone();
    let bought = phone.care(&["--json", "subscribe", "tapo-3-monthly"]).ended(0).json();
    let subscription = bought["subscription"].as_str().unwrap();
    let receipts = phone.care(&["--json", "purchases"]).ended(0).json();
    let product = receipts["receipts"][0]["product"].as_str().unwrap().to_owned();
    for columns in ["40", "60", "80", "110"] {
        for locale in ["en", "ru", "ar", "ja"] {
            let shown = |command| {
                phone
                    .care_with(&[("COLUMNS", columns)], &["--locale", locale, command])
                    .ended(0)
                    .out
            };
            let (status, purchases) = (shown("status"), shown("purchases"));
            assert!(status.contains(subscription), "{columns} {locale}: {status}");
            assert!(purchases.contains(&product), "{columns} {locale}: {purchases}");
        }
    }
}
