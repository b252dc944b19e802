//! A phone that buys at Google Play, written from the contract alone.
use crate::wire::{Asking, Person, World};
use serde_json::{Value, json};

impl World {
    pub async fn play(&self, device: &str, method: &str, what: &str, body: Value) -> Value {
        let answer = self.plain(method, &format!("/device/{device}/play/{what}"), body).await;
        assert_eq!(answer.status, 200, "{what}: {}", String::from_utf8_lossy(&answer.bytes));
        answer.json()
    }

    pub async fn order(&self, device: &str, person: &Person, product: &str, sheet: &str) -> Value {
        let body = json!({
            "product": product, "obfuscated_account_id": person.tag, "obfuscated_profile_id": "intent-1", "sheet": sheet,
        });
        self.play(device, "POST", "buy", body).await
    }

    pub async fn paid(&self, device: &str, person: &Person, product: &str) -> Value {
        let bought = self.order(device, person, product, "pay").await;
        assert_eq!(bought["result"], "success", "{bought}");
        bought["purchase"].clone()
    }

    pub async fn post_play(&self, purchase: &Value, key: &str) -> Value {
        let answer = self.ask(posted(&purchase["original_json"], key)).await;
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.bytes));
        answer.json()
    }

    pub async fn listed(&self, device: &str) -> Vec<Value> {
        let listed = self.play(device, "GET", "purchases", Value::Null).await;
        listed["purchases"].as_array().unwrap().clone()
    }

    pub async fn play_control(&self, purchase: &Value, what: &str) {
        let path = format!("play/{}/{what}", purchase["token"].as_str().unwrap());
        self.control("POST", &path, Value::Null).await;
    }

    pub async fn counts(&self) -> (usize, usize, usize) {
        (
            self.ledger("charges").await.len(),
            self.ledger("grants").await.len(),
            self.ledger("finishes").await.len(),
        )
    }
}

pub fn posted(original_json: &Value, key: &str) -> Asking {
    Asking {
        method: "POST",
        target: "/v1/purchases".to_owned(),
        key: Some(key.to_owned()),
        body: json!({ "store": "play", "signed_payload": original_json, "signature": "unread", "bind_to": null })
            .to_string()
            .into_bytes(),
        ..Asking::default()
    }
}

pub fn written(purchase: &Value) -> Value {
    serde_json::from_str(purchase["original_json"].as_str().unwrap()).unwrap()
}
