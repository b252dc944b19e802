//! The calls one by one: sessions, deadlines, refusals, and what each says about whom.

use super::*;
use crate::account::Offer;
use crate::id::{CameraId, InstallationId, IntentId, PlanId, ReservationId};

fn reservation() -> ReservationRequest {
    ReservationRequest {
        intent: IntentId::from("intent"),
        installation: InstallationId::from("here"),
        plan: PlanId::from("tapo-3-monthly"),
        store: StoreKind::AppStore,
        store_identity: None,
        confirmed: Vec::new(),
        replaces: None,
        offer: Offer::None,
    }
}

#[tokio::test]
async fn an_ended_session_asks_for_one_fresh_token_and_repeats_with_a_new_nonce() {
    let expired = Reply::new(401, r#"{"code":"session_expired"}"#);
    let (cloud, world) = cloud(move |number, request| {
        let reply = if number == 1 { expired.clone() } else { annas_state() };
        Some(honest(request, &reply))
    });
    assert!(cloud.account(&anna(), None).await.is_ok());
    assert_eq!(*world.tokens.lock().unwrap(), [false, true]);
    let seen = world.seen.lock().unwrap();
    assert_eq!(header(&seen[1], "authorization"), "Bearer token-2");
    assert_ne!(header(&seen[0], "care-nonce"), header(&seen[1], "care-nonce"));
}

#[tokio::test]
async fn a_fresh_token_refused_too_means_signing_in_again() {
    let (cloud, world) = cloud(always(Reply::new(401, r#"{"code":"session_expired"}"#)));
    assert_eq!(cloud.account(&anna(), None).await, Err(CloudError::SignIn));
    assert_eq!(world.seen.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn an_unsigned_401_signs_nobody_out() {
    let body = br#"{"code":"session_expired"}"#.to_vec();
    let (cloud, world) = cloud(move |_, _| {
        Some(HttpResponse {
            status: 401,
            headers: Vec::new(),
            body: body.clone(),
        })
    });
    assert_eq!(cloud.account(&anna(), None).await, Err(not_signed("unsigned")));
    assert_eq!(*world.tokens.lock().unwrap(), [false]);
}

#[tokio::test]
async fn a_signed_problem_keeps_its_code_members_and_retry_after() {
    let body =
        r#"{"type":"urn:care:problem:slot_taken","status":409,"code":"slot_taken","blocked_by":{"channel":"play"}}"#;
    let (cloud, _) = cloud(move |_, request| {
        let mut response = honest(request, &Reply::new(409, body).account("acc_anna"));
        response.headers.push(("retry-after".into(), "7".into()));
        Some(response)
    });
    let error = cloud.reserve(&anna(), &reservation()).await.unwrap_err();
    assert_eq!(
        (error.code(), error.retry_after(), error.name()),
        (Some("slot_taken"), Some(7), "cloud_problem")
    );
    let CloudError::Problem(problem) = error else {
        panic!("no problem")
    };
    assert_eq!(problem.body["blocked_by"]["channel"], "play");
}

#[tokio::test(start_paused = true)]
async fn a_cloud_that_never_answers_is_given_up_after_thirty_seconds() {
    let (cloud, _) = cloud(|_, _| None);
    let began = tokio::time::Instant::now();
    assert_eq!(
        cloud.account(&anna(), None).await,
        Err(CloudError::NoAnswer {
            detail: "deadline".into()
        })
    );
    assert_eq!(began.elapsed().as_secs(), 30);
}

#[tokio::test]
async fn an_answer_longer_than_its_call_allows_is_refused() {
    let (cloud, _) = cloud(always(Reply::new(200, &"x".repeat(256 * 1024 + 1)).account("acc_anna")));
    assert_eq!(cloud.reserve(&anna(), &reservation()).await, Err(CloudError::TooLarge));
}

#[tokio::test]
async fn a_tagged_purchase_is_posted_without_session_or_account() {
    let (cloud, world) = cloud(always(Reply::new(200, r#"{"answer":"granted","transaction":"20001"}"#)));
    let posted = PurchasePost {
        store: StoreKind::AppStore,
        signed_payload: "a.b.c".into(),
        signature: None,
        bind_to: None,
    };
    let answer = cloud.post_purchase(None, &posted, "key-1").await.unwrap();
    assert_eq!(answer.value.answer, AnswerKind::Granted);
    assert_eq!(answer.server_time.rfc3339(), NOW);
    let seen = world.seen.lock().unwrap();
    assert_eq!(header(&seen[0], "care-account"), "");
    assert_eq!(header(&seen[0], "authorization"), "");
    let digest = sha256_hex(
        format!(
            "care-request-v1\nPOST\n/v1/purchases\n\nkey-1\n{}",
            sha256_hex(&seen[0].body)
        )
        .as_bytes(),
    );
    assert_eq!(header(&seen[0], "care-digest"), digest);
    assert!(world.tokens.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_released_reservation_is_believed_only_when_the_204_is_signed() {
    let (signed, world) = cloud(always(Reply::new(204, "").account("acc_anna")));
    assert!(signed.release(&anna(), &ReservationId::from("res 1/2")).await.is_ok());
    assert_eq!(
        world.seen.lock().unwrap()[0].url,
        "https://care.example/v1/reservations/res%201%2F2"
    );
    let lines = world.lines.lock().unwrap().join("\n");
    assert_eq!(
        lines,
        "cloud.sent DELETE /v1/reservations/…\ncloud.answered DELETE /v1/reservations/… 204"
    );
    let (unsigned, _) = cloud(|_, _| {
        Some(HttpResponse {
            status: 204,
            headers: Vec::new(),
            body: Vec::new(),
        })
    });
    let released = unsigned.release(&anna(), &ReservationId::from("res_1")).await;
    assert_eq!(released, Err(not_signed("unsigned")));
}

#[tokio::test]
async fn a_trial_of_another_camera_is_not_taken_for_this_one() {
    let (cloud, _) = cloud(always(
        Reply::new(201, r#"{"camera":"cam_2","trial":{"state":"active"}}"#).account("acc_anna"),
    ));
    assert!(cloud.start_trial(&anna(), &CameraId::from("cam_2")).await.is_ok());
    let other = cloud.start_trial(&anna(), &CameraId::from("cam_1")).await;
    assert!(matches!(other, Err(CloudError::Unreadable { .. })));
}

#[tokio::test]
async fn an_unchanged_catalogue_is_none() {
    let (cloud, _) = cloud(always(Reply::new(304, "").etag("\"c1\"")));
    assert_eq!(cloud.catalogue("USA", "en", Some("\"c1\"")).await, Ok(None));
}
