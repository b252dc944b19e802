//! `care verify`: receipts as they come out of a ticket, Apple's own, the sandbox's, and bytes that are none.

use crate::support::{Said, World, care, plain};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;

/// A file with that in it, and its folder.
fn file(bytes: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("receipt");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn verify(before: &[&str], path: &Path, after: &[&str]) -> Said {
    let mut command = care();
    command.args(before).arg("verify").arg(path).args(after);
    Said::of(&command.output().unwrap())
}

/// A receipt that the sandbox's store signed outside the app; of Play as its document.
fn bought(world: &World, store: &str, product: &str, tag: Option<&str>) -> String {
    let wish = json!({ "device": "ticket", "product": product, "store": store, "app_account_token": tag });
    let bought = world.control("purchases/outside", &wish);
    if store == "play" {
        json!({ "originalJson": bought["original_json"], "signature": bought["signature"] }).to_string()
    } else {
        bought["signed_transaction"].as_str().unwrap().to_owned()
    }
}

fn checks(document: &Value) -> Vec<(&str, &Value)> {
    let checks = document["checks"].as_array().unwrap();
    checks
        .iter()
        .map(|line| (line["name"].as_str().unwrap(), &line["ok"]))
        .collect()
}

const TAG: &str = "7e3fb20b-4cdb-47cc-936d-99d65f608138";

// Rules: X15
#[test]
fn every_notification_apple_really_signed_is_authentic_under_apples_own_root() {
    let folder = std::env::var_os("CARE_APPLE_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/apple"),
        PathBuf::from,
    );
    if !folder.join("01-test.jws").exists() {
        println!("left out: Apple's signed notifications are not in {}", folder.display());
        return;
    }
    let mut asked = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "jws") {
            continue;
        }
        let document = verify(&["--json"], &path, &[]).ended(0).json();
        assert_eq!(document["verdict"], "authentic", "{}", path.display());
        assert_eq!(
            (&document["store"], &document["kind"]),
            (&json!("app_store"), &json!("notification"))
        );
        assert!(checks(&document).iter().all(|(_, ok)| **ok != json!(false)));
        let data = &document["payload"]["data"];
        assert_eq!(data["environment"], "Sandbox");
        let nested = &data["signedTransactionInfo"];
        assert!(
            nested.is_null() || nested["bundleId"] == data["bundleId"],
            "what is nested is opened"
        );
        asked += 1;
    }
    assert_eq!(asked, 5);

    let expired = folder.join("05-expired-voluntary.jws");
    let words = verify(&[], &expired, &["--at", "2025-10-02T07:09:00Z"]).ended(0).out;
    for part in [
        "✓ chain_signature",
        "· bundle                 com.loki-project.loki-messenger (not asked)",
        "Authentic: App Store signed exactly this.",
        "Signed        2025-10-02T07:10:41.604Z",
        "Asked as of   2025-10-02T07:09:00Z",
        "Access        yes: the paid period runs",
        "Renews        no",
    ] {
        assert!(words.contains(part), "{part} in\n{words}");
    }
    let refused = verify(&[], &expired, &["--bundle-id", "com.example.care"]).ended(1).out;
    for part in [
        "✗ bundle",
        "Refused by `bundle`: it is another app's.",
        "This is not final",
        "Compare --bundle-id",
    ] {
        assert!(refused.contains(part), "{part} in\n{refused}");
    }
    let early = verify(&["--json"], &expired, &["--at", "2025-10-02T07:00:00Z"])
        .ended(1)
        .json();
    assert_eq!(early["reason"], "signed_date");
}

// Rules: X11
#[test]
fn a_receipt_of_the_sandbox_is_told_authentic_whose_and_what_it_gives() {
    let world = World::up(71);
    let trust = world.trust.to_str().unwrap().to_owned();
    let (_folder, path) = file(bought(&world, "app_store", "care.tapo.3.monthly", Some(TAG)));
    let before = ["--json", "--trust", &trust];
    let asked = |more: &[&str]| verify(&before, &path, &[more, &["--at", "2026-01-06T00:00:00Z"]].concat());

    let document = asked(&["--account-tag", &TAG.to_uppercase()]).ended(0).json();
    assert_eq!(
        (&document["verdict"], &document["bound"]),
        (&json!("authentic"), &json!("ours"))
    );
    assert_eq!(document["access"], json!({ "granted": true, "reason": "active" }));
    assert_eq!(document["payload"]["productId"], "care.tapo.3.monthly");
    let other = asked(&["--account-tag", "7e3fb20b-4cdb-47cc-936d-99d65f608139"])
        .ended(1)
        .json();
    assert_eq!(
        (&other["verdict"], &other["bound"]),
        (&json!("authentic"), &json!("other"))
    );
    assert_eq!(asked(&[]).ended(0).json()["bound"], "not_asked");

    let later = verify(&before, &path, &["--at", "2026-03-06T00:00:00Z"])
        .ended(0)
        .json();
    assert_eq!(later["access"], json!({ "granted": false, "reason": "expired" }));
    let under_apples_root = verify(&["--json"], &path, &[]).ended(1).json();
    assert_eq!(
        (&under_apples_root["verdict"], &under_apples_root["reason"]),
        (&json!("refused"), &json!("names"))
    );
    assert!(under_apples_root["next"].as_str().unwrap().contains("--trust FILE"));
    assert_eq!(
        (&under_apples_root["access"], &under_apples_root["payload"]),
        (&Value::Null, &json!({}))
    );

    let jws = std::fs::read_to_string(&path).unwrap();
    let (head, tail) = jws.split_at(jws.rfind('.').unwrap() - 1);
    let (_folder, forged) = file(format!(
        "{head}{}{}",
        if tail.starts_with('A') { "B" } else { "A" },
        &tail[1..]
    ));
    let forged = verify(&before, &forged, &[]).ended(1).json();
    assert!(
        ["signature", "encoding"].contains(&forged["reason"].as_str().unwrap()),
        "{forged}"
    );
}

// Rules: X11
#[test]
fn a_play_purchase_of_the_sandbox_is_told_authentic_as_document_and_as_pair_of_files() {
    let world = World::up(72);
    let trust = world.trust.to_str().unwrap().to_owned();
    let document = bought(&world, "play", "tapo_care_3", Some(TAG));
    let (_folder, path) = file(&document);
    let before = ["--json", "--trust", &trust];
    let told = verify(&before, &path, &["--account-tag", TAG]).ended(0).json();
    assert_eq!(
        (&told["store"], &told["kind"], &told["bound"]),
        (&json!("play"), &json!("purchase"), &json!("ours"))
    );
    assert_eq!(told["access"], json!({ "granted": true, "reason": "purchased" }));

    let parts: Value = serde_json::from_str(&document).unwrap();
    let (_one, original) = file(parts["originalJson"].as_str().unwrap());
    let (_two, signature) = file(format!("{}\n", parts["signature"].as_str().unwrap()));
    let pair = ["--signature", signature.to_str().unwrap()];
    assert_eq!(
        verify(&before, &original, &pair).ended(0).json()["verdict"],
        "authentic"
    );
    let other_app = [&pair[..], &["--package", "com.example.other"]].concat();
    assert_eq!(
        verify(&before, &original, &other_app).ended(1).json()["reason"],
        "package"
    );
    let alone = verify(&before, &original, &[]).ended(1).json();
    assert_eq!(alone["reason"], "signature_length", "Play's JSON without its signature");

    let (_three, anew) = file(json!({ "originalJson": format!("{} ", parts["originalJson"].as_str().unwrap()), "signature": parts["signature"] }).to_string());
    let words = verify(&["--trust", &trust], &anew, &[]).ended(1).out;
    assert!(
        words.contains("✗ signature") && words.contains("the store did not sign these bytes"),
        "{words}"
    );
    assert!(!words.contains("purchaseToken"), "what is refused is not shown");
    let no_key = verify(&["--json"], &path, &[]).ended(2).error();
    assert!(no_key["message"].as_str().unwrap().contains("--play-key"), "{no_key}");
}

#[test]
fn any_bytes_get_a_verdict_and_what_cannot_be_read_is_wrong_usage() {
    for bytes in [&b""[..], b"hello", b"a.b.c", b"\xff\xfe\0", b"....", &[b'A'; 300_000]] {
        let (_folder, path) = file(bytes);
        let document = verify(&["--json"], &path, &[]).ended(1).json();
        assert_eq!(
            (&document["verdict"], &document["access"]),
            (&json!("refused"), &Value::Null)
        );
        let refused: Vec<_> = checks(&document)
            .into_iter()
            .filter(|(_, ok)| **ok == json!(false))
            .collect();
        assert_eq!(refused, [(document["reason"].as_str().unwrap(), &json!(false))]);
    }
    for kind in ["transaction", "renewal", "app_transaction", "notification"] {
        let (_folder, path) = file("x");
        assert_eq!(
            verify(&["--json"], &path, &["--kind", kind]).ended(1).json()["kind"],
            kind
        );
    }
    let wrong = plain(&["--json", "verify", "no-such-file"]).ended(2).error();
    assert_eq!(wrong["error"], "wrong_usage");
    let (_folder, path) = file("x");
    for options in [
        ["--at", "yesterday"],
        ["--account-tag", "anna"],
        ["--root", path.to_str().unwrap()],
        ["--app-id", "many"],
        ["--environment", "staging"],
        ["--kind", "receipt"],
    ] {
        assert_eq!(
            verify(&["--json"], &path, &options).ended(2).error()["error"],
            "wrong_usage",
            "{options:?}"
        );
    }
    let mut child = care()
        .args(["--json", "verify", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"a.b").unwrap();
    let said = Said::of(&child.wait_with_output().unwrap()).ended(1);
    assert_eq!(said.json()["reason"], "segments");
}

// Rules: R7
#[test]
fn a_receipts_product_is_ours_withdrawn_or_not_when_somebody_asks() {
    let world = World::up(72);
    let trust = world.trust.to_str().unwrap().to_owned();
    let (_receipt, path) = file(bought(&world, "app_store", "care.tapo.3.monthly", Some(TAG)));
    let sold = |products: &[&str]| {
        let at = ["--at", "2026-01-06T00:00:00Z"];
        let said = verify(&["--json", "--trust", &trust], &path, &[products, &at].concat());
        said.ended(0).json()["sold"].clone()
    };
    assert_eq!(sold(&[]), "not_asked");
    assert_eq!(
        sold(&["--products", "care.tapo.1.monthly, care.tapo.3.monthly"]),
        "on_sale"
    );
    assert_eq!(sold(&["--products", "care.tapo.1.monthly"]), "never_ours");
    let catalogue = |ever: &str| {
        json!({
            "storefront": "USA", "terms_url": "t", "privacy_url": "p", "plans": [],
            "products_ever_sold": { "app_store": [ever], "play": [] },
        })
    };
    for (ever, said) in [
        ("care.tapo.3.monthly", "withdrawn"),
        ("care.tapo.1.monthly", "never_ours"),
    ] {
        let (_folder, listed) = file(catalogue(ever).to_string());
        assert_eq!(sold(&["--products", listed.to_str().unwrap()]), said);
    }
    let (_folder, no_catalogue) = file("[1]");
    for wrong in [no_catalogue.to_str().unwrap(), "no/such/file.json", ","] {
        let refused = verify(&["--json"], &path, &["--products", wrong]).ended(2).error();
        assert_eq!(refused["error"], "wrong_usage", "{wrong}");
    }
    let words = verify(&["--trust", &trust], &path, &["--at", "2026-01-06T00:00:00Z"])
        .ended(0)
        .out;
    assert!(words.contains("Our product   not asked; --products"), "{words}");
}
