//! Apple's own samples, as the crate `app-store-server-library` ships them in its tests: read there, none copied here.

use crate::authority::Chain;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use tapo_care::id::Environment;
use tapo_care::receipt::{AccessReason, AppStoreTrust, AppStoreVerifier, Check, Kind, TrustError, access};

/// The folder of the crate's tests, as cargo knows it.
fn folder() -> &'static Path {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        // For this machine alone: what other platforms need may not be here.
        let rustc = said(Command::new("rustc").arg("-vV"));
        let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args([
            "metadata",
            "--format-version",
            "1",
            "--offline",
            "--filter-platform",
            host,
        ]);
        cargo.args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")]);
        let metadata: Value = serde_json::from_str(&said(&mut cargo)).unwrap();
        let packages = metadata["packages"].as_array().unwrap();
        let named = |package: &&Value| package["name"] == "app-store-server-library";
        let package = packages.iter().find(named).unwrap();
        PathBuf::from(package["manifest_path"].as_str().unwrap()).with_file_name("tests")
    });
    &FOLDER
}

fn said(command: &mut Command) -> String {
    let told = command.output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8(told.stdout).unwrap()
}

fn sample(name: &str) -> String {
    let text = std::fs::read_to_string(folder().join("resources").join(name)).unwrap();
    text.trim().to_owned()
}

/// As Apple's tests configure their verifier.
fn verifier(bundle: &str, app_id: i64, environment: Environment) -> AppStoreVerifier {
    let root = std::fs::read(folder().join("resources/certs/testCA.der")).unwrap();
    let trust = AppStoreTrust {
        roots: vec![root],
        bundle_id: bundle.to_owned(),
        app_id: Some(app_id),
        environment: Some(environment),
    };
    AppStoreVerifier::new(trust).unwrap()
}

fn verdict(verifier: &AppStoreVerifier, kind: Kind, jws: &str) -> Result<(), Check> {
    let refusal = match kind {
        Kind::Transaction => verifier.transaction(jws, None).err(),
        Kind::Renewal => verifier.renewal(jws, None, None).err(),
        Kind::AppTransaction => verifier.app_transaction(jws, None, None).err(),
        Kind::Notification => verifier.notification(jws, None).err(),
    };
    refusal.map_or(Ok(()), |refusal| Err(refusal.check))
}

/// Each with what Apple's library says in its own tests, and what is said here.
#[test]
fn apples_mock_signatures_get_apples_verdict_or_a_reason_is_written_down() {
    use Kind::{AppTransaction, Notification, Renewal, Transaction};
    let apples = verifier("com.example", 1234, Environment::Sandbox);
    let table = [
        ("mock_signed_data/testNotification", Notification, Ok(())),
        ("mock_signed_data/transactionInfo", Transaction, Ok(())),
        ("mock_signed_data/renewalInfo", Renewal, Ok(())),
        // VERIFICATION_FAILURE: no x5c.
        (
            "mock_signed_data/missingX5CHeaderClaim",
            Notification,
            Err(Check::ChainLength),
        ),
        // INVALID_APP_IDENTIFIER there. Here the date comes first, and this one has none.
        ("mock_signed_data/wrongBundleId", Notification, Err(Check::SignedDate)),
        // Property lists of before StoreKit 2, which their utility reads and verifies not at all.
        ("mock_signed_data/legacyTransaction", Transaction, Err(Check::Segments)),
        // Accepted there where the caller names the environment Xcode, for then nothing is verified. Never here (X15).
        ("xcode/xcode-signed-transaction", Transaction, Err(Check::ChainLength)),
        ("xcode/xcode-signed-renewal-info", Renewal, Err(Check::ChainLength)),
        (
            "xcode/xcode-signed-app-transaction",
            AppTransaction,
            Err(Check::ChainLength),
        ),
        // PKCS #7 receipts, which nobody verifies.
        ("xcode/xcode-app-receipt-empty", Transaction, Err(Check::Segments)),
        (
            "xcode/xcode-app-receipt-with-transaction",
            Transaction,
            Err(Check::Segments),
        ),
        ("xcode/xcode-app-receipt-legacy", Transaction, Err(Check::Segments)),
    ];
    for (name, kind, expected) in &table {
        assert_eq!(&verdict(&apples, *kind, &sample(name)), expected, "{name}");
    }
    let shipped = ["mock_signed_data", "xcode"].map(|part| {
        std::fs::read_dir(folder().join("resources").join(part))
            .unwrap()
            .count()
    });
    assert_eq!(
        shipped.iter().sum::<usize>(),
        table.len(),
        "every one that ships is asked"
    );

    let refused = |verifier: &AppStoreVerifier, kind, name| verdict(verifier, kind, &sample(name)).unwrap_err();
    let production = verifier("com.example", 1234, Environment::Production);
    assert_eq!(
        refused(&production, Notification, "mock_signed_data/testNotification"),
        Check::Environment
    );
    let other = verifier("com.example.x", 1234, Environment::Sandbox);
    assert_eq!(
        refused(&other, Transaction, "mock_signed_data/transactionInfo"),
        Check::Bundle
    );
    for jws in ["a.b.c", "a.b.c.d"] {
        assert!(verdict(&apples, Notification, jws).is_err());
    }
    let bare = apples
        .transaction(&sample("mock_signed_data/transactionInfo"), None)
        .unwrap();
    assert_eq!(access(&bare, None, None).reason, AccessReason::Incomplete);
}

/// The payloads that Apple's tests sign themselves, signed here, with LocalTesting turned into Sandbox.
#[test]
fn every_payload_of_apples_samples_is_read_under_our_own_signature() {
    // Their payloads are dated 2023.
    let mut chain = Chain::like_apples();
    chain.leaf.from = "20220101000000";
    let trust = AppStoreTrust {
        bundle_id: "com.example".to_owned(),
        app_id: None,
        ..chain.trust()
    };
    let verifier = AppStoreVerifier::new(trust).unwrap();
    let table = [
        ("signedTransaction", Kind::Transaction),
        ("signedTransactionWithRevocation", Kind::Transaction),
        ("signedRenewalInfo", Kind::Renewal),
        ("appTransaction", Kind::AppTransaction),
        ("signedNotification", Kind::Notification),
        ("signedSummaryNotification", Kind::Notification),
        ("signedConsumptionRequestNotification", Kind::Notification),
        ("signedRescindConsentNotification", Kind::Notification),
        ("signedExternalPurchaseTokenNotification", Kind::Notification),
        ("signedExternalPurchaseTokenSandboxNotification", Kind::Notification),
    ];
    for (name, kind) in table {
        let text = sample(&format!("models/{name}.json"));
        if text.contains("LocalTesting") {
            let local = verdict(&verifier, kind, &chain.sign(&serde_json::from_str(&text).unwrap()));
            assert_eq!(local, Err(Check::Environment), "{name}: LocalTesting is no store");
        }
        let mut payload: Value = serde_json::from_str(&text.replace("LocalTesting", "Sandbox")).unwrap();
        // Nested where a JWS stands are words, not signatures.
        for part in ["data", "appData"] {
            if let Some(part) = payload.get_mut(part).and_then(Value::as_object_mut) {
                assert_ne!(part.values().count(), 0);
                part.retain(|name, _| !name.starts_with("signed"));
            }
        }
        assert_eq!(verdict(&verifier, kind, &chain.sign(&payload)), Ok(()), "{name}");
    }
}

/// A constant of the crate's tests.
fn certificate(name: &str) -> String {
    let source = std::fs::read_to_string(folder().join("common/mod.rs")).unwrap();
    let start = format!("pub const {name}: &str = \"");
    let (_, rest) = source.split_once(&start).unwrap_or_else(|| panic!("no {name}"));
    rest.split('"').next().unwrap().to_owned()
}

/// Chains without a payload: where a chain is good, the signature is what fails.
#[test]
fn apples_sample_chains_are_good_or_refused_by_the_check_apple_means() {
    let asked = |root: &str, leaf: &str, intermediate: &str, signed_s: i64| {
        let trust = AppStoreTrust {
            roots: vec![STANDARD.decode(certificate(root)).unwrap()],
            bundle_id: "com.example".to_owned(),
            app_id: None,
            environment: None,
        };
        let header = json!({ "alg": "ES256", "x5c": [leaf, intermediate, certificate(root)] });
        let payload = json!({ "signedDate": signed_s * 1000 });
        let parts = [header, payload].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let jws = format!("{}.{}", parts.join("."), URL_SAFE_NO_PAD.encode([1; 64]));
        AppStoreVerifier::new(trust)
            .unwrap()
            .transaction(&jws, None)
            .unwrap_err()
            .check
    };
    const DATE: i64 = 1_761_962_975;
    let (root, real_root) = ("ROOT_CA_BASE64_ENCODED", "REAL_APPLE_ROOT_BASE64_ENCODED");
    let leaf = certificate("LEAF_CERT_BASE64_ENCODED");
    let intermediate = certificate("INTERMEDIATE_CA_BASE64_ENCODED");
    assert_eq!(
        asked(root, &leaf, &intermediate, DATE),
        Check::Signature,
        "a good chain"
    );
    assert_eq!(asked(root, &leaf, &intermediate, 2_280_946_846), Check::Validity);
    assert_eq!(asked(real_root, &leaf, &intermediate, DATE), Check::Names);
    let no_purpose = certificate("INTERMEDIATE_CA_INVALID_OID_BASE64_ENCODED");
    let its_leaf = certificate("LEAF_CERT_FOR_INTERMEDIATE_CA_INVALID_OID_BASE64_ENCODED");
    assert_eq!(asked(root, &its_leaf, &no_purpose, DATE), Check::IntermediatePurpose);
    let leaf_without = certificate("LEAF_CERT_INVALID_OID_BASE64_ENCODED");
    assert_eq!(asked(root, &leaf_without, &intermediate, DATE), Check::LeafPurpose);
    for bad in ["abc", "YWJj"] {
        assert_eq!(asked(root, bad, &intermediate, DATE), Check::CertificateEncoding);
    }
    let trust = AppStoreTrust {
        roots: vec![b"abc".to_vec()],
        ..Chain::like_apples().trust()
    };
    assert_eq!(AppStoreVerifier::new(trust).err(), Some(TrustError::UnreadableRoot));

    let real_leaf = certificate("REAL_APPLE_SIGNING_CERTIFICATE_BASE64_ENCODED");
    let real_intermediate = certificate("REAL_APPLE_INTERMEDIATE_BASE64_ENCODED");
    assert_eq!(
        asked(real_root, &real_leaf, &real_intermediate, DATE),
        Check::Signature,
        "Apple's own chain"
    );
    assert_eq!(asked(root, &real_leaf, &real_intermediate, DATE), Check::Names);
}
