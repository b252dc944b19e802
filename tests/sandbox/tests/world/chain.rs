//! The store's certificates and server API, looked at from outside.
use crate::wire::*;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use p256::ecdsa::signature::Verifier;
use serde_json::{Value, json};
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, BasicConstraints, KeyUsage, SubjectKeyIdentifier};

const ECDSA_WITH_SHA384: &str = "1.2.840.10045.4.3.3";

async fn chain(world: &World) -> (Vec<Certificate>, String) {
    let storefront = world.device("phone", "GET", "storefront", Value::Null).await;
    let jws = storefront["app_transaction"].as_str().unwrap().to_owned();
    let header: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jws.split('.').next().unwrap()).unwrap()).unwrap();
    assert_eq!(header["alg"], "ES256");
    let x5c = header["x5c"].as_array().unwrap();
    assert_eq!(x5c.len(), 3);
    assert_eq!(x5c[2], world.trust.app_store.root.as_str());
    let certificates = x5c
        .iter()
        .map(|one| Certificate::from_der(&STANDARD.decode(one.as_str().unwrap()).unwrap()).unwrap());
    (certificates.collect(), jws)
}

#[tokio::test]
async fn the_chain_is_shaped_like_apples_and_signs_what_the_phone_gets() {
    let (certificates, jws) = chain(&world()).await;
    let [leaf, intermediate, root] = &certificates[..] else {
        panic!("three")
    };
    for (subject, issuer) in [(leaf, intermediate), (intermediate, root), (root, root)] {
        assert_eq!(subject.signature_algorithm().oid.to_string(), ECDSA_WITH_SHA384);
        assert_eq!(subject.tbs_certificate().signature(), subject.signature_algorithm());
        assert_eq!(subject.tbs_certificate().issuer(), issuer.tbs_certificate().subject());
        let point = issuer
            .tbs_certificate()
            .subject_public_key_info()
            .subject_public_key
            .raw_bytes();
        let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point).unwrap();
        let signature = p384::ecdsa::Signature::from_der(subject.signature().raw_bytes()).unwrap();
        key.verify(&subject.tbs_certificate().to_der().unwrap(), &signature)
            .unwrap();
    }
    let constraints = |one: &Certificate| {
        one.tbs_certificate()
            .get_extension::<BasicConstraints>()
            .unwrap()
            .unwrap()
    };
    assert_eq!(
        constraints(leaf),
        (
            true,
            BasicConstraints {
                ca: false,
                path_len_constraint: None
            }
        )
    );
    assert_eq!(
        constraints(intermediate),
        (
            true,
            BasicConstraints {
                ca: true,
                path_len_constraint: Some(0)
            }
        )
    );
    assert_eq!(
        constraints(root),
        (
            true,
            BasicConstraints {
                ca: true,
                path_len_constraint: None
            }
        )
    );
    let usage = |one: &Certificate| one.tbs_certificate().get_extension::<KeyUsage>().unwrap().unwrap().1;
    assert!(usage(leaf).digital_signature() && !usage(leaf).key_cert_sign());
    assert!(usage(intermediate).key_cert_sign() && usage(root).key_cert_sign());
    let marks = |one: &Certificate| -> Vec<String> {
        one.tbs_certificate()
            .extensions()
            .unwrap()
            .iter()
            .map(|extension| extension.extn_id.to_string())
            .collect()
    };
    assert!(marks(leaf).contains(&"1.2.840.113635.100.6.11.1".to_owned()));
    assert!(marks(intermediate).contains(&"1.2.840.113635.100.6.2.1".to_owned()));
    for (subject, issuer) in [(leaf, intermediate), (intermediate, root)] {
        let (_, authority) = subject
            .tbs_certificate()
            .get_extension::<AuthorityKeyIdentifier>()
            .unwrap()
            .unwrap();
        let (_, own) = issuer
            .tbs_certificate()
            .get_extension::<SubjectKeyIdentifier>()
            .unwrap()
            .unwrap();
        assert_eq!(authority.key_identifier.unwrap(), own.0);
    }

    let point = leaf
        .tbs_certificate()
        .subject_public_key_info()
        .subject_public_key
        .raw_bytes();
    let (signed, signature) = jws.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    assert_eq!(signature.len(), 64);
    let signature = p256::ecdsa::Signature::from_slice(&signature).unwrap();
    p256::ecdsa::VerifyingKey::from_sec1_bytes(point)
        .unwrap()
        .verify(signed.as_bytes(), &signature)
        .unwrap();
}

#[tokio::test]
async fn a_transaction_has_apples_fields() {
    let world = world();
    let anna = world.sign_in("anna").await;
    let transaction = world.buy("phone", &anna, "care.tapo.3.monthly").await;
    let payload = claims(&transaction["signed_transaction"]);
    let app = world.device("phone", "GET", "storefront", Value::Null).await;
    let app = claims(&app["app_transaction"]);
    assert_eq!(payload["bundleId"], "com.tplink.tapo");
    assert_eq!(payload["environment"], "Production");
    assert_eq!(payload["appAccountToken"], anna.tag.as_str());
    assert_eq!(payload["inAppOwnershipType"], "PURCHASED");
    assert_eq!(payload["type"], "Auto-Renewable Subscription");
    assert_eq!((&payload["price"], &payload["currency"]), (&json!(6990), &json!("USD")));
    assert_eq!(payload["appTransactionId"], app["appTransactionId"]);
    assert_eq!(payload["originalTransactionId"], payload["transactionId"]);
    assert_eq!(
        (&app["receiptType"], &app["appAppleId"]),
        (&json!("Production"), &json!(1_472_718_009))
    );
    let renewal = claims(&transaction["signed_renewal_info"]);
    assert_eq!(
        (&renewal["autoRenewStatus"], &renewal["originalTransactionId"]),
        (&json!(1), &transaction["id"])
    );
    assert_eq!(transaction["status"], 1);
}

#[tokio::test]
async fn the_server_api_answers_nobody_without_its_key() {
    let world = world();
    let answer = world
        .plain("GET", "/app-store/inApps/v1/transactions/2000000000000001", Value::Null)
        .await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("content-type"), "application/json");
    assert!(answer.json()["errorCode"].is_u64());
}
