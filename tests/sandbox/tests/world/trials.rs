//! The trial of a camera.
use crate::wire::*;
use serde_json::{Value, json};

fn start(person: &Person, camera: &str) -> Asking {
    person.asks("POST", "/v1/trials", json!({ "camera": camera }))
}

// Rules: T1, R66
#[tokio::test]
async fn a_trial_runs_thirty_days_once_per_camera_and_ends_by_itself() {
    let world = world();
    let anna = world.sign_in("anna").await;
    assert_eq!(
        camera(&world.account(&anna).await, "cam_porch")["trial"]["state"],
        "eligible"
    );
    let started = world.ask(start(&anna, "cam_porch")).await;
    assert_eq!(started.status, 201);
    let running = json!({ "state": "active", "reason": null, "length": "P30D", "started_at": "2026-01-05T09:00:00Z",
                          "ends_at": "2026-02-04T09:00:00Z", "remaining_s": null });
    assert_eq!(started.json(), json!({ "camera": "cam_porch", "trial": running }));
    assert_eq!(world.ask(start(&anna, "cam_porch")).await.status, 200);
    assert_eq!(
        world.ask(start(&anna, "cam_garden")).await.status,
        201,
        "each camera has its own"
    );
    assert_eq!(
        world.ask(start(&anna, "cam_kitchen")).await.status,
        404,
        "another account's camera"
    );
    assert_eq!(world.ledger("charges").await, Vec::<Value>::new());

    let clock = world.control("POST", "clock/next", Value::Null).await;
    assert_eq!(clock["now"], "2026-02-04T09:00:00Z");
    let anna = world.sign_in("anna").await;
    let account = world.account(&anna).await;
    assert_eq!(camera(&account, "cam_porch")["trial"]["state"], "used");
    let again = world.ask(start(&anna, "cam_porch")).await;
    assert_eq!((again.status, again.code()), (409, "trial_used".to_owned()));
}

// Rules: T2
#[tokio::test]
async fn a_plan_pauses_the_trial_of_its_cameras_and_the_rest_resumes_when_it_ends() {
    let world = world();
    let anna = world.sign_in("anna").await;
    world.ask(start(&anna, "cam_porch")).await;
    world.advance("P10D").await;
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.1.monthly").await;
    assert_eq!(
        camera(&world.account(&anna).await, "cam_porch")["trial"]["state"],
        "active",
        "not before it is named"
    );
    world.ask(anna.selects(&id, &["cam_porch"], 0)).await;
    let paused = camera(&world.account(&anna).await, "cam_porch")["trial"].clone();
    assert_eq!(
        (&paused["state"], &paused["remaining_s"], &paused["ends_at"]),
        (&json!("paused"), &json!(20 * 86_400), &Value::Null)
    );
    assert_eq!(world.ask(start(&anna, "cam_porch")).await.code(), "trial_covered");

    // A hold resumes it at once, access again pauses it.
    world
        .control("POST", &format!("subscriptions/{id}"), json!({ "phase": "retry" }))
        .await;
    assert_eq!(
        camera(&world.account(&anna).await, "cam_porch")["trial"]["ends_at"],
        "2026-02-04T09:00:00Z"
    );
    world
        .control("POST", &format!("subscriptions/{id}"), json!({ "phase": "active" }))
        .await;

    let original = world.ledger("charges").await[0]["original"]
        .as_str()
        .unwrap()
        .to_owned();
    world
        .control("POST", &format!("store/{original}/cancel"), Value::Null)
        .await;
    world.advance("P40D").await;
    let anna = world.sign_in("anna").await;
    // The plan ended on 15 February, in the middle of the forty days: twenty days were left from there.
    let resumed = camera(&world.account(&anna).await, "cam_porch")["trial"].clone();
    assert_eq!(
        (&resumed["state"], &resumed["ends_at"]),
        (&json!("active"), &json!("2026-03-07T09:00:00Z"))
    );
}

#[tokio::test]
async fn a_camera_that_a_plan_covers_or_no_plan_can_cover_is_offered_no_trial() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let id = world.subscribe("phone", &anna, "care.tapo.1.monthly").await;
    world.ask(anna.selects(&id, &["cam_garden"], 0)).await;
    let trial = camera(&world.account(&anna).await, "cam_garden")["trial"].clone();
    assert_eq!(
        (&trial["state"], &trial["reason"]),
        (&json!("not_offered"), &json!("covered"))
    );
    assert_eq!(world.ask(start(&anna, "cam_garden")).await.code(), "trial_covered");
    world
        .control(
            "POST",
            "cameras",
            json!({ "account": "anna", "name": "Kettle", "model": "K100" }),
        )
        .await;
    assert_eq!(world.ask(start(&anna, "cam_kettle")).await.code(), "trial_not_offered");
}
