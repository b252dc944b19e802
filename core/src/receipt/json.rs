//! JSON as a signed payload may be written (step 10): no key twice at any depth, a bounded depth, nothing after it.
//!
//! Two readers of one payload must never see two values, so a repeated key is a refusal and not a choice.

use super::check::{Check, Refusal};
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::Cell;
use std::fmt;

/// Deeper than anything a store nests, and far from the stack's end.
const DEEPEST: usize = 32;

/// An object's keys and values.
pub(super) type Object = Map<String, Value>;

/// Reads an object, or says with `check` that there is none.
pub(super) fn object(bytes: &[u8], check: Check) -> Result<Object, Refusal> {
    let repeated = Cell::new(false);
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let read = Strict {
        depth: 0,
        repeated: &repeated,
    }
    .deserialize(&mut deserializer)
    .and_then(|value| deserializer.end().map(|()| value));
    match read {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Refusal::new(check, "no JSON object")),
        Err(_) if repeated.get() => Err(Refusal::new(Check::DuplicateKey, "a key appears twice")),
        // The place only: serde's message may quote the payload.
        Err(error) => Err(Refusal::new(
            check,
            format!("no JSON at line {}, column {}", error.line(), error.column()),
        )),
    }
}

#[derive(Clone, Copy)]
struct Strict<'c> {
    depth: usize,
    repeated: &'c Cell<bool>,
}

impl Strict<'_> {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth >= DEEPEST {
            return Err(E::custom("too deep"));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("not a finite number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut values = Vec::new();
        while let Some(value) = access.next_element_seed(inner)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut object = Object::new();
        while let Some(key) = access.next_key::<String>()? {
            if object.contains_key(&key) {
                self.repeated.set(true);
                return Err(A::Error::custom("a key appears twice"));
            }
            let value = access.next_value_seed(inner)?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn refused(text: &str) -> Check {
        object(text.as_bytes(), Check::Payload).unwrap_err().check
    }

    #[test]
    fn a_key_written_twice_is_refused_at_every_depth_and_in_every_spelling() {
        assert_eq!(refused(r#"{"a":1,"a":1}"#), Check::DuplicateKey);
        assert_eq!(refused(r#"{"a":{"b":[{"c":1,"c":2}]}}"#), Check::DuplicateKey);
        assert_eq!(refused(r#"{"bundleId":"x","bundle\u0049d":"y"}"#), Check::DuplicateKey);
        assert!(object(br#"{"a":{"b":1},"b":{"a":1}}"#, Check::Payload).is_ok());
    }

    #[test]
    fn what_is_no_single_object_is_refused() {
        for text in [
            "",
            "[]",
            "1",
            "{}{}",
            "{} x",
            "{\"a\":1e999}",
            "{\"a\":NaN}",
            "{'a':1}",
            "{\"a\":\"\\ud800\"}",
        ] {
            assert_eq!(refused(text), Check::Payload, "{text}");
        }
        assert_eq!(
            object(b"{\"a\":\"\xff\"}", Check::Header).unwrap_err().check,
            Check::Header
        );
    }

    #[test]
    fn depth_ends_before_the_stack_does() {
        let nested = |n: usize| format!("{{\"a\":{}1{}}}", "[".repeat(n), "]".repeat(n));
        assert!(object(nested(DEEPEST - 1).as_bytes(), Check::Payload).is_ok());
        assert_eq!(refused(&nested(DEEPEST)), Check::Payload);
        assert_eq!(refused(&nested(100_000)), Check::Payload);
    }
}
