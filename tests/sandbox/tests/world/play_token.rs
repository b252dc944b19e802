//! `POST /play/token`: an assertion as Google's own clients sign it gets a bearer, and no other does.
use crate::wire::*;
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::signature::{SignatureEncoding, Signer};
use serde_json::{Value, json};
use sha2::Sha256;
use tower::ServiceExt;

const SERVICE: &str = include_str!("../../keys/test-only-play-service-rsa-2048.pem");
const ANOTHER: &str = include_str!("../../keys/test-only-play-license-odd-rsa-2048.pem");

fn signed(pem: &str, header: &Value, claims: &Value) -> String {
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let key = RsaPrivateKey::from_pkcs8_der(&STANDARD.decode(body).unwrap()).unwrap();
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", part(header), part(claims));
    let signature = SigningKey::<Sha256>::new(key).sign(text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

/// What Google's clients claim, now.
fn claims(world: &World) -> Value {
    let now = world.sandbox.now_ms() / 1000;
    json!({
        "iss": "care-cloud@tapo-care.iam.gserviceaccount.com", "scope": "https://www.googleapis.com/auth/androidpublisher",
        "aud": format!("{}/token", world.trust.play.url), "iat": now, "exp": now + 3600,
    })
}

async fn asked(world: &World, assertion: &str) -> (u16, Value) {
    let form = format!("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={assertion}");
    let request = http::Request::post("/play/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap();
    let answer = world.sandbox.public_router().oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn a_bearer_is_had_for_an_assertion_of_the_service_account_and_opens_the_developer_api() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let purchase = world.paid("pixel", &anna, "tapo_care_3").await;
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "any" });
    let (status, granted) = asked(&world, &signed(SERVICE, &header, &claims(&world))).await;
    assert_eq!((status, &granted["token_type"]), (200, &json!("Bearer")));
    let path = format!(
        "/play/androidpublisher/v3/applications/{}/purchases/subscriptionsv2/tokens/{}",
        world.trust.play.package,
        purchase["token"].as_str().unwrap()
    );
    let request = http::Request::get(path)
        .header(
            "authorization",
            format!("Bearer {}", granted["access_token"].as_str().unwrap()),
        )
        .body(Body::empty())
        .unwrap();
    let answer = world.sandbox.public_router().oneshot(request).await.unwrap();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let told: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(told["subscriptionState"], "SUBSCRIPTION_STATE_ACTIVE");
    assert_eq!(told["acknowledgementState"], "ACKNOWLEDGEMENT_STATE_PENDING");
    assert_eq!(told["lineItems"][0]["offerDetails"]["basePlanId"], "monthly");
    assert_eq!(
        told["lineItems"][0]["autoRenewingPlan"]["recurringPrice"]["units"], "6",
        "int64 is text"
    );
}

#[tokio::test]
async fn no_bearer_is_had_for_anything_else() {
    let world = world();
    let header = json!({ "alg": "RS256", "typ": "JWT" });
    let with = |name: &str, value: Value| {
        let mut changed = claims(&world);
        changed[name] = value;
        signed(SERVICE, &header, &changed)
    };
    let now = world.sandbox.now_ms() / 1000;
    for (why, assertion) in [
        ("another's key", signed(ANOTHER, &header, &claims(&world))),
        (
            "another algorithm",
            signed(SERVICE, &json!({ "alg": "none" }), &claims(&world)),
        ),
        ("another account", with("iss", json!("thief@example.com"))),
        (
            "another API",
            with("scope", json!("https://www.googleapis.com/auth/drive")),
        ),
        ("another address", with("aud", json!("https://example.com/token2"))),
        ("run out", with("exp", json!(now))),
        ("too long", with("exp", json!(now + 7200))),
        ("no dates", with("iat", Value::Null)),
        ("nothing", String::new()),
    ] {
        let (status, said) = asked(&world, &assertion).await;
        assert_eq!((status, &said["error"]), (400, &json!("invalid_grant")), "{why}");
    }
}
