//! Secrets stay out of what is printed, and the vault keeps what it has.

use super::shell::Shell;
use tapo_care::id::StoreKind;
use tapo_care::ports::{SignedPayload, StoreTransaction};
use tapo_care::seams::HttpRequest;

#[test]
fn neither_a_receipt_nor_a_token_shows_in_a_debug_print() {
    let transaction = StoreTransaction {
        id: "1".into(),
        signed: SignedPayload::AppStore {
            transaction: "eyJsecret".into(),
            renewal: Some("eyJsecret".into()),
        },
    };
    let request = HttpRequest {
        method: "POST",
        url: "https://care.example/v1/purchases".into(),
        headers: vec![("authorization", "Bearer eyJsecret".into())],
        body: b"{}".to_vec(),
        answer_limit: 1,
    };
    let printed = format!("{transaction:?} {request:?}");
    assert!(!printed.contains("eyJsecret"), "{printed}");
}

#[tokio::test]
async fn a_vault_that_fails_one_read_does_not_lose_the_installations_id() {
    let shell = Shell::at(StoreKind::AppStore);
    shell.open().await.close().await;
    let id = shell.vault.lock().unwrap().get("installation").cloned();
    assert!(id.is_some());
    *shell.vault_reads_fail.lock().unwrap() = true;
    shell.open().await.close().await;
    *shell.vault_reads_fail.lock().unwrap() = false;
    assert_eq!(shell.vault.lock().unwrap().get("installation").cloned(), id);
}
