//! The clock, the log, the seed, the file.
use crate::wire::*;
use care_sandbox::WorldOptions;
use serde_json::{Value, json};

/// Some of everything that draws, signs and logs.
async fn a_busy_month(world: &World) -> Vec<String> {
    let (anna, ben) = (world.sign_in("anna").await, world.sign_in("ben").await);
    world
        .ask(anna.reserves("tapo-3-monthly", "phone", "intent", Value::Null))
        .await;
    let id = world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    world.ask(anna.selects(&id, &["cam_porch", "cam_garden"], 0)).await;
    world
        .ask(ben.asks("POST", "/v1/trials", json!({ "camera": "cam_kitchen" })))
        .await;
    world
        .control(
            "POST",
            "faults",
            json!({ "endpoint": "purchases", "kind": "lost", "chance": 0.5 }),
        )
        .await;
    let transaction = world.buy("tablet", &ben, "care.tapo.1.monthly").await;
    for n in 0..4 {
        world
            .ask(purchase(
                &transaction["signed_transaction"],
                Value::Null,
                &format!("k{n}"),
            ))
            .await;
    }
    world.advance("P31D").await;
    let mut seen = world.log().await;
    seen.push(world.control("GET", "ledger", Value::Null).await.to_string());
    seen.push(transaction.to_string());
    seen
}

#[tokio::test]
async fn the_same_seed_and_the_same_calls_give_the_same_log_byte_for_byte() {
    let (one, two) = (a_busy_month(&world()).await, a_busy_month(&world()).await);
    assert_eq!(one, two);
    assert!(one.len() > 15, "{one:?}");
    let other = a_busy_month(&world_of(WorldOptions { seed: 2, file: None })).await;
    assert_ne!(one, other);
}

#[tokio::test]
async fn a_file_opened_again_goes_on_as_if_it_had_never_been_closed() {
    let folder = tempfile::tempdir().unwrap();
    let file = Some(folder.path().join("world.db"));
    let before = world_of(WorldOptions {
        seed: 5,
        file: file.clone(),
    });
    let through = world_of(WorldOptions { seed: 5, file: None });
    for world in [&before, &through] {
        a_busy_month(world).await;
    }
    drop(before);
    // The file keeps the seed it was made with.
    let after = world_of(WorldOptions { seed: 99, file });
    assert_eq!(after.trust, through.trust);
    assert_eq!(after.sandbox.now_ms(), through.sandbox.now_ms());
    for world in [&after, &through] {
        world.control("DELETE", "faults", Value::Null).await;
        let cara = world.sign_in("cara").await;
        world.subscribe("caras", &cara, "care.tapo.1.monthly").await;
        world.advance("P5D").await;
    }
    assert_eq!(after.log().await, through.log().await);
    assert_eq!(after.ledger("grants").await, through.ledger("grants").await);
}

#[tokio::test]
async fn two_openings_of_one_file_are_one_world() {
    let folder = tempfile::tempdir().unwrap();
    let file = Some(folder.path().join("world.db"));
    let one = world_of(WorldOptions {
        seed: 1,
        file: file.clone(),
    });
    let two = world_of(WorldOptions { seed: 1, file });
    let anna = one.sign_in("anna").await;
    assert_eq!(two.ask(anna.asks("GET", "/v1/account", Value::Null)).await.status, 200);
    two.advance("1h").await;
    assert_eq!(one.sandbox.now_ms(), two.sandbox.now_ms());
    let id = two.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    assert_eq!(one.account(&anna).await["subscriptions"][0]["id"], id.as_str());
    assert_eq!(one.log().await, two.log().await);
}

#[tokio::test]
async fn time_moves_only_forward_and_only_when_told() {
    let world = world();
    let clock = world.control("GET", "clock", Value::Null).await;
    assert_eq!(clock["now"], "2026-01-05T09:00:00Z");
    assert_eq!(clock["now_ms"], clock["started_ms"]);
    assert_eq!(clock["world"], world.sandbox.world_id().as_str());
    let to = world
        .control("POST", "clock/to", json!({ "time": "2026-03-01T00:00:00Z" }))
        .await;
    assert_eq!(to["now"], "2026-03-01T00:00:00Z");
    for (how, body) in [
        ("to", json!({ "time": "2026-02-01T00:00:00Z" })),
        ("advance", json!({ "by": "-1d" })),
        ("advance", json!({})),
    ] {
        assert_eq!(
            world.try_control("POST", &format!("clock/{how}"), body).await.status,
            400
        );
    }
    assert_eq!(
        world.control("POST", "clock/next", Value::Null).await["now"],
        "2026-03-01T00:00:00Z",
        "nothing is due"
    );
    for (by, now) in [
        ("90m", "2026-03-01T01:30:00Z"),
        ("P1M", "2026-04-01T01:30:00Z"),
        ("10s", "2026-04-01T01:30:10Z"),
    ] {
        assert_eq!(
            world.control("POST", "clock/advance", json!({ "by": by })).await["now"],
            now
        );
    }
}

#[tokio::test]
async fn control_wants_its_token() {
    let world = world();
    let request = http::Request::get("/control/clock")
        .body(axum::body::Body::empty())
        .unwrap();
    let response = tower::ServiceExt::oneshot(world.sandbox.control_router(), request)
        .await
        .unwrap();
    assert_eq!(response.status(), 401);
    world.sandbox.contract().off_the_record();
    assert_eq!(
        world.plain("GET", "/control/clock", Value::Null).await.status,
        404,
        "not on the public side"
    );
}

#[tokio::test]
async fn a_new_account_has_a_tag_and_may_sign_in() {
    let world = world();
    let dora = world.control("POST", "accounts", json!({ "name": "dora" })).await;
    assert_eq!(dora["id"], "acc_dora");
    let signed_in = world.sign_in("dora").await;
    assert_eq!(signed_in.tag, dora["tag"]);
    assert_eq!(world.account(&signed_in).await["account_tag"], dora["tag"]);
    assert_eq!(
        world
            .plain("POST", "/session", json!({ "name": "nobody" }))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn an_account_is_shown_whole_without_a_session_as_the_cloud_would_show_it() {
    let world = world();
    let anna = world.sign_in("anna").await;
    world.subscribe("phone", &anna, "care.tapo.3.monthly").await;
    let shown = world.control("GET", "accounts/anna", Value::Null).await;
    assert_eq!(shown, world.account(&anna).await);
    assert_eq!(shown["in_app"]["may_buy"], false);
    let nobody = world.try_control("GET", "accounts/nobody", Value::Null).await;
    assert_eq!(nobody.status, 404);
}

#[tokio::test]
async fn the_books_of_both_stores_say_whether_money_taken_was_kept_and_what_it_gives() {
    let world = world();
    let (anna, ben) = (world.sign_in("anna").await, world.sign_in("ben").await);
    let hers = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    let his = world.paid("other", &ben, "tapo_care_3").await;
    assert_eq!(
        said(&world, &["kept", "kept"]).await,
        [json!(["app_store", "active", true]), json!(["play", "running", true])]
    );
    for row in world.ledger("charges").await {
        let owner = if row["store"] == "play" { &ben } else { &anna };
        assert_eq!(row["tag"], owner.tag.as_str());
        assert_eq!(row["until"], "2026-02-05T09:00:00Z");
    }

    let revoke = format!("store/{}/revoke", hers["id"].as_str().unwrap());
    world.control("POST", &revoke, Value::Null).await;
    world.play_control(&his, "revoke").await;
    assert_eq!(
        said(&world, &["given_back", "given_back"]).await,
        [
            json!(["app_store", "revoked", false]),
            json!(["play", "revoked", false])
        ]
    );
}

/// How subscriptions stand at their stores, after the charges have been found in these states.
async fn said(world: &World, charges: &[&str]) -> Vec<Value> {
    let rows = world.ledger("charges").await;
    let states: Vec<&Value> = rows.iter().map(|row| &row["state"]).collect();
    assert_eq!(states, charges.iter().collect::<Vec<_>>());
    let standings = world.control("GET", "store/subscriptions", Value::Null).await;
    let standings = standings["subscriptions"].as_array().unwrap();
    standings
        .iter()
        .map(|row| json!([row["store"], row["state"], row["access"]]))
        .collect()
}
