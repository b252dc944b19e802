//! Selecting cameras for a plan.
use crate::wire::*;
use serde_json::{Value, json};

#[tokio::test]
async fn the_account_lists_every_camera_with_why_it_cannot_be_selected() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let account = world.account(&anna).await;
    let ids: Vec<&str> = account["cameras"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids,
        ["cam_porch", "cam_garden", "cam_hallway", "cam_nursery", "cam_shed"]
    );
    assert_eq!(camera(&account, "cam_porch")["blocked"], Value::Null);
    let old = json!({ "reason": "firmware_too_old", "remedy": "update_firmware", "firmware_needed": "1.2.0" });
    assert_eq!(camera(&account, "cam_nursery")["blocked"], old);
    let offline = json!({ "reason": "offline", "remedy": "connect_to_internet" });
    assert_eq!(camera(&account, "cam_shed")["blocked"], offline);
    let kettle = json!({ "account": "anna", "name": "Porch", "model": "K100" });
    let kettle = world.control("POST", "cameras", kettle).await;
    assert_eq!(kettle["id"], "cam_porch_2");
    assert_eq!(
        kettle["blocked"],
        json!({ "reason": "model_not_supported", "remedy": "none" })
    );
    assert_eq!(world.account(&world.sign_in("cara").await).await["cameras"], json!([]));
}

// Rules: R16, R17, R19, R20
#[tokio::test]
async fn a_selection_is_refused_for_every_reason_and_changes_nothing_then() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let web = json!({ "account": "anna", "plan": "tapo-1-monthly", "channel": "web", "cameras": ["cam_hallway"] });
    let web = world.control("POST", "subscriptions", web).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let id = world.subscribe("phone", &anna, "care.tapo.3.monthly").await;

    let four: &[&str] = &["cam_porch", "cam_garden", "cam_nursery", "cam_shed"];
    let refusals: [(&[&str], u64, u16, &str, Value); 7] = [
        (
            &["cam_porch"],
            7,
            409,
            "cameras_conflict",
            json!({ "cameras_revision": 0 }),
        ),
        (&[], 0, 422, "empty_selection", json!({})),
        (four, 0, 422, "over_capacity", json!({ "capacity": 3 })),
        (
            &["cam_kitchen"],
            0,
            422,
            "unknown_camera",
            json!({ "camera": "cam_kitchen" }),
        ),
        (
            &["cam_porch", "cam_shed"],
            0,
            422,
            "camera_blocked",
            json!({ "camera": "cam_shed", "reason": "offline", "remedy": "connect_to_internet" }),
        ),
        (
            &["cam_nursery"],
            0,
            422,
            "camera_blocked",
            json!({ "camera": "cam_nursery", "reason": "firmware_too_old", "remedy": "update_firmware" }),
        ),
        (
            &["cam_hallway"],
            0,
            409,
            "camera_covered",
            json!({ "camera": "cam_hallway", "subscription": web }),
        ),
    ];
    for (cameras, based_on, status, code, extra) in refusals {
        let answer = world.ask(anna.selects(&id, cameras, based_on)).await;
        assert_eq!((answer.status, answer.code()), (status, code.to_owned()), "{cameras:?}");
        for (name, value) in extra.as_object().unwrap() {
            assert_eq!(&answer.json()[name], value, "{code}");
        }
    }
    let account = world.account(&anna).await;
    assert_eq!(subscription(&account, &id)["cameras"], json!([]));
    assert_eq!(subscription(&account, &id)["cameras_revision"], 0);

    let chosen = world.ask(anna.selects(&id, &["cam_porch", "cam_garden"], 0)).await;
    assert_eq!(chosen.status, 200);
    assert_eq!(
        chosen.json()["subscription"]["cameras"],
        json!(["cam_porch", "cam_garden"])
    );
    assert_eq!(chosen.json()["subscription"]["cameras_revision"], 1);
    // Changed later, down to none.
    assert_eq!(
        world.ask(anna.selects(&id, &["cam_porch"], 0)).await.code(),
        "cameras_conflict"
    );
    assert_eq!(world.ask(anna.selects(&id, &["cam_porch"], 1)).await.status, 200);
    assert_eq!(
        world.ask(anna.selects(&id, &[], 2)).await.json()["subscription"]["cameras_revision"],
        3
    );
    assert_eq!(world.ask(anna.selects("sub_nobody", &[], 2)).await.status, 404);
}

#[tokio::test]
async fn a_camera_already_on_the_plan_may_stay_although_it_is_blocked_now() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    world.ask(anna.selects(&id, &["cam_porch"], 0)).await;
    world
        .control("POST", "cameras/cam_porch", json!({ "online": false }))
        .await;
    let answer = world.ask(anna.selects(&id, &["cam_porch", "cam_garden"], 1)).await;
    assert_eq!(answer.status, 200);
    world.ask(anna.selects(&id, &["cam_garden"], 2)).await;
    assert_eq!(
        world
            .ask(anna.selects(&id, &["cam_porch", "cam_garden"], 3))
            .await
            .code(),
        "camera_blocked"
    );
}

#[tokio::test]
async fn a_plan_without_access_takes_no_selection() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    world
        .control("POST", &format!("subscriptions/{id}"), json!({ "phase": "retry" }))
        .await;
    let answer = world.ask(anna.selects(&id, &["cam_porch"], 0)).await;
    assert_eq!((answer.status, answer.code()), (409, "no_access".to_owned()));
    world
        .control("POST", &format!("subscriptions/{id}"), json!({ "phase": "grace" }))
        .await;
    assert_eq!(world.ask(anna.selects(&id, &["cam_porch"], 0)).await.status, 200);
}

#[tokio::test]
async fn a_selection_whose_answer_was_lost_holds_and_may_be_sent_again() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    world
        .control(
            "POST",
            "faults",
            json!({ "endpoint": "cameras", "kind": "lost", "times": 1 }),
        )
        .await;
    assert!(world.ask(anna.selects(&id, &["cam_porch"], 0)).await.broken);
    let again = world.ask(anna.selects(&id, &["cam_porch"], 0)).await;
    assert_eq!(again.status, 200);
    assert_eq!(again.json()["subscription"]["cameras_revision"], 1);
}
