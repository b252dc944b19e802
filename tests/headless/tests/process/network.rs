//! Answers that are lost, late, changed on the way, or signed by somebody else.

use crate::both::Store;
use crate::proxy::Proxy;
use crate::support::{PLAN, Phone, World, chosen};
use serde_json::{Value, json};

/// What a screen shows of an account, without how old it is: what is kept of the cloud's word. A trial that could be started is offered on its fresh word alone, and so is left out.
fn shown(snapshot: &Value) -> Value {
    let camera = |row: &Value| {
        json!([
            row["id"],
            row["name"],
            row["online"],
            row["cover"],
            row["subscription"],
            row["blocked"]
        ])
    };
    let cameras = snapshot["cameras"].as_array().unwrap().iter().map(camera);
    json!([
        snapshot["account"],
        snapshot["subscriptions"],
        cameras.collect::<Vec<_>>(),
        snapshot["as_of"]
    ])
}

fn bought<'w>(store: Store, world: &'w World, device: &str) -> Phone<'w> {
    let phone = Phone::of(world, device).at(store);
    phone.care(&["sign-in", "anna"]).ended(0);
    phone
        .care(&["--json", "subscribe", PLAN, "--cameras", "Porch"])
        .ended(0);
    phone
}

both_stores!(one_changed_byte_of_an_answer_changes_nothing_that_is_kept);
fn one_changed_byte_of_an_answer_changes_nothing_that_is_kept(store: Store) {
    let world = World::up(31);
    let proxy = Proxy::before(&world.cloud);
    let mut phone = bought(store, &world, "answers");
    let before = phone.status();
    // News that only a changed answer would bring.
    world.control("cameras/cam_garden", &json!({ "online": false }));
    phone.cloud = Some(proxy.url.clone());
    let about_the_account = |target: &str| target == "GET /v1/account";
    let refused = |what: &str| {
        let after = phone.status();
        assert!(proxy.changed() > 0, "{what}: nothing was changed");
        assert_eq!(after["freshness"], "stale", "{what}");
        assert_eq!(shown(&after), shown(&before), "{what}");
    };
    for at in [0, 17, 101, 250, 499, 777, 1009, 1500, 2003] {
        proxy.change_answers(move |target, answer| about_the_account(target) && answer.flip_body(at));
        refused(&format!("byte {at} of the body"));
    }
    for header in [
        "care-time",
        "care-lease-until",
        "care-account",
        "etag",
        "care-key",
        "care-signature",
    ] {
        proxy.change_answers(move |target, answer| about_the_account(target) && answer.flip_header(header));
        refused(header);
    }
    proxy.change_answers(move |target, answer| about_the_account(target) && answer.flip_status());
    refused("the status");
    // And the same news, unchanged, is believed.
    phone.cloud = None;
    let after = phone.status();
    assert_eq!(after["freshness"], "fresh");
    assert_ne!(shown(&after), shown(&before));
}

both_stores!(one_changed_byte_of_a_request_changes_nothing_in_the_cloud);
fn one_changed_byte_of_a_request_changes_nothing_in_the_cloud(store: Store) {
    let world = World::up(32);
    let proxy = Proxy::before(&world.cloud);
    let mut phone = bought(store, &world, "requests");
    let before = phone.status();
    phone.cloud = Some(proxy.url.clone());
    for at in [0, 13, 14, 20, 30] {
        proxy.change_requests(move |target, request| target.starts_with("PUT ") && request.flip_body(at));
        let said = phone.care(&["--json", "cameras", "set", "Garden,Hallway"]);
        assert_ne!(said.code, Some(0), "byte {at}: {said:?}");
        assert!(proxy.changed() > 0, "byte {at}");
        phone.cloud = None;
        assert_eq!(shown(&phone.status()), shown(&before), "byte {at}");
        phone.cloud = Some(proxy.url.clone());
    }
    for header in ["care-account", "care-digest"] {
        proxy.change_requests(move |target, request| target.starts_with("PUT ") && request.flip_header(header));
        let said = phone.care(&["--json", "cameras", "set", "Garden,Hallway"]);
        assert_ne!(said.code, Some(0), "{header}: {said:?}");
        assert!(proxy.changed() > 0, "{header}");
    }
    proxy.change_requests(|_, _| false);
    phone.care(&["--json", "cameras", "set", "Garden,Hallway"]).ended(0);
    assert_eq!(chosen(&phone.status()), ["cam_garden", "cam_hallway"]);
}

// Rules: R2
both_stores!(a_changed_reservation_is_refused_before_the_sheet_and_holds_no_slot);
fn a_changed_reservation_is_refused_before_the_sheet_and_holds_no_slot(store: Store) {
    let world = World::up(33);
    let proxy = Proxy::before(&world.cloud);
    let mut phone = Phone::of(&world, "reserving").at(store);
    phone.care(&["sign-in", "anna"]).ended(0);
    phone.cloud = Some(proxy.url.clone());
    proxy.change_requests(|target, request| target == "POST /v1/reservations" && request.flip_body(40));
    let refused = phone.care(&["--json", "subscribe", PLAN]);
    assert!(matches!(refused.code, Some(1 | 4)), "{refused:?}");
    assert_eq!(refused.error()["money"], "not_charged");
    assert!(proxy.changed() > 0);
    let ledger = world.ledger();
    ledger.holds_nothing(&phone.store_account());
    assert_eq!(ledger.reservations("acc_anna"), 0);
}

// Rules: R16
both_stores!(a_paid_purchase_whose_posting_is_changed_on_the_way_is_confirming_and_then_granted_once);
fn a_paid_purchase_whose_posting_is_changed_on_the_way_is_confirming_and_then_granted_once(store: Store) {
    let world = World::up(34);
    let proxy = Proxy::before(&world.cloud);
    let mut phone = Phone::of(&world, "posting").at(store);
    phone.care(&["sign-in", "anna"]).ended(0);
    phone.cloud = Some(proxy.url.clone());
    proxy.change_requests(|target, request| target == "POST /v1/purchases" && request.flip_body(300));
    let said = phone
        .care(&["--json", "subscribe", PLAN, "--wait", "1"])
        .ended(3)
        .json();
    assert_eq!(
        (&said["outcome"], &said["money"]),
        (&"confirming".into(), &"charged".into())
    );
    let charge = &world.ledger().charges(&phone.store_account())[0];
    assert_eq!(world.ledger().grants(charge), Vec::<String>::new());
    let waiting = phone.status();
    assert_eq!(waiting["purchases"][0]["state"], "confirming");
    assert_eq!(waiting["subscriptions"], json!([]));
    phone.cloud = None;
    assert!(phone.status()["picker"].is_object());
    world.ledger().holds_one(&phone.store_account(), "acc_anna");
}

both_stores!(another_worlds_trust_file_is_refused_and_the_old_state_is_kept);
fn another_worlds_trust_file_is_refused_and_the_old_state_is_kept(store: Store) {
    let (world, other) = (World::up(35), World::up(36));
    let mut phone = bought(store, &world, "trusting");
    let before = phone.status();
    phone.trust = Some(other.trust.clone());
    let under_the_other = phone.status();
    assert_ne!(under_the_other["freshness"], "fresh");
    assert_eq!(
        under_the_other["subscriptions"].as_array().map_or(0, Vec::len),
        0,
        "{under_the_other}"
    );
    let refused = phone.care(&["--json", "subscribe", "tapo-1-monthly"]);
    assert!(matches!(refused.code, Some(1 | 4)), "{refused:?}");
    assert_eq!(refused.error()["money"], "not_charged");
    // Back under its own trust and with the cloud down, only what was kept can be shown.
    phone.trust = None;
    world.fault("cloud", "down", None);
    let kept = phone.status();
    assert_eq!(kept["freshness"], "stale");
    assert_eq!(kept["subscriptions"], before["subscriptions"]);
    world.ledger().holds_one(&phone.store_account(), "acc_anna");
}

both_stores!(a_grant_whose_answer_is_lost_is_the_same_grant_again);
fn a_grant_whose_answer_is_lost_is_the_same_grant_again(store: Store) {
    let world = World::up(37);
    for (device, name, endpoint, times) in [
        ("lost1", "luise", "purchases", 1),
        ("lost3", "lena", "purchases", 3),
        ("lostall", "lotte", "cloud", 2),
        ("lostdev", "lilo", "device", 1),
    ] {
        let account = world.newcomer(name);
        let phone = Phone::of(&world, device).at(store);
        phone.care(&["sign-in", name]).ended(0);
        world.fault(endpoint, "lost", Some(times));
        let said = phone.care(&["--json", "subscribe", PLAN]);
        world.clear_faults();
        if said.code == Some(0) {
            assert_eq!(said.json()["outcome"], "granted", "{device}");
        } else {
            // Lost before the sheet: refused, and nothing charged.
            assert_eq!(said.error()["money"], "not_charged", "{device}: {said:?}");
            phone.care(&["--json", "subscribe", PLAN]).ended(0);
        }
        assert!(phone.status()["picker"].is_object(), "{device}");
        world.ledger().holds_one(&phone.store_account(), &account);
    }
}

both_stores!(with_the_cloud_down_the_status_is_as_before_and_a_purchase_is_refused_before_the_sheet);
fn with_the_cloud_down_the_status_is_as_before_and_a_purchase_is_refused_before_the_sheet(store: Store) {
    let world = World::up(38);
    let owner = bought(store, &world, "owner");
    let before = owner.status();
    world.newcomer("nora");
    let newcomer = Phone::of(&world, "newcomer").at(store);
    newcomer.care(&["sign-in", "nora"]).ended(0);
    for kind in ["down", "garbage", "error"] {
        world.clear_faults();
        world.fault("cloud", kind, None);
        let after = owner.status();
        assert_eq!(after["freshness"], "stale", "{kind}");
        assert_eq!(shown(&after), shown(&before), "{kind}");
        let refused = newcomer.care(&["--json", "subscribe", PLAN]).ended(4).error();
        assert_eq!(refused["money"], "not_charged", "{kind}");
        world.ledger().holds_nothing(&newcomer.store_account());
    }
    let words = owner.care(&["status"]).ended(0).out;
    assert!(words.contains("stale"), "{words}");
    world.clear_faults();
    newcomer.care(&["--json", "subscribe", PLAN]).ended(0);
}

// Rules: R16
both_stores!(an_answer_to_a_paid_purchase_that_is_changed_on_the_way_grants_nothing_until_it_comes_unchanged);
fn an_answer_to_a_paid_purchase_that_is_changed_on_the_way_grants_nothing_until_it_comes_unchanged(store: Store) {
    let world = World::up(39);
    let proxy = Proxy::before(&world.cloud);
    let mut phone = Phone::of(&world, "answered").at(store);
    phone.care(&["sign-in", "anna"]).ended(0);
    phone.cloud = Some(proxy.url.clone());
    proxy.change_answers(|target, answer| target == "POST /v1/purchases" && answer.flip_body(12));
    let said = phone
        .care(&["--json", "subscribe", PLAN, "--wait", "1"])
        .ended(3)
        .json();
    assert_eq!(said["outcome"], "confirming");
    assert!(proxy.changed() > 0);
    // Through the same proxy, which now leaves everything as it is.
    proxy.change_answers(|_, _| false);
    assert!(phone.status()["picker"].is_object());
    world.ledger().holds_one(&phone.store_account(), "acc_anna");
}
