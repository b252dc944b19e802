//! A receipt that nobody signed: a real one, with one digit of its transaction's number changed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tapo_care::id::TransactionId;
use tapo_care::ports::{SignedPayload, StoreTransaction};

/// The forgery, or nothing where the receipt is not of the shape of one.
pub fn forged(real: &StoreTransaction) -> Option<StoreTransaction> {
    let SignedPayload::AppStore { transaction, .. } = &real.signed else {
        return None;
    };
    let [header, payload, signature] = transaction.split('.').collect::<Vec<_>>()[..] else {
        return None;
    };
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let mut digits = real.id.0.clone();
    let last = digits.pop()?;
    digits.push(if last == '9' { '8' } else { '9' });
    let changed = text.replace(
        &format!("\"transactionId\":\"{}\"", real.id),
        &format!("\"transactionId\":\"{digits}\""),
    );
    if changed == text {
        return None;
    }
    let payload = URL_SAFE_NO_PAD.encode(changed);
    let signed = SignedPayload::AppStore {
        transaction: format!("{header}.{payload}.{signature}"),
        renewal: None,
    };
    Some(StoreTransaction {
        id: TransactionId(digits),
        signed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forgery_differs_from_the_real_receipt_in_one_character() {
        let payload = URL_SAFE_NO_PAD.encode(r#"{"transactionId":"2000000000000001","productId":"p"}"#);
        let signed = SignedPayload::AppStore {
            transaction: format!("h.{payload}.s"),
            renewal: None,
        };
        let real = StoreTransaction {
            id: TransactionId("2000000000000001".into()),
            signed,
        };
        let forged = forged(&real).unwrap();
        assert_eq!(forged.id.0, "2000000000000009");
        let SignedPayload::AppStore { transaction, .. } = &forged.signed else {
            panic!("an App Store receipt stays one")
        };
        let payload = transaction.split('.').nth(1).unwrap();
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
        assert_eq!(text, r#"{"transactionId":"2000000000000009","productId":"p"}"#);
    }
}
