//! Reading a payload's known fields, each of its type (step 10).
//!
//! Unknown fields are passed over and `null` is absence, but a known field of another type is a refusal: a number
//! written as text is not what Apple signs.

use super::check::{Check, Refusal};
use super::json::{Item, Object};
use crate::time::Timestamp;

/// The known fields of one object.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a Object<'a>);

impl<'a> Fields<'a> {
    /// Text, as it stands there.
    pub(super) fn text(self, name: &str) -> Result<Option<&'a str>, Refusal> {
        self.read(name, "text", |item| match item {
            Item::Text(text) => Some(text.as_ref()),
            _ => None,
        })
    }

    /// Text of an identifier's or word's type.
    pub(super) fn word<T: From<&'a str>>(self, name: &str) -> Result<Option<T>, Refusal> {
        Ok(self.text(name)?.map(T::from))
    }

    /// True or false.
    pub(super) fn flag(self, name: &str) -> Result<Option<bool>, Refusal> {
        self.read(name, "true or false", |item| match item {
            Item::Flag(flag) => Some(*flag),
            _ => None,
        })
    }

    /// A whole number; a fraction is cut off.
    pub(super) fn number(self, name: &str) -> Result<Option<i64>, Refusal> {
        self.read(name, "a number in range", |item| match item {
            Item::Whole(number) => Some(*number),
            Item::Float(number) => whole(*number),
            _ => None,
        })
    }

    /// A whole number, written as one: what decides about money is not rounded.
    pub(super) fn integer(self, name: &str) -> Result<Option<i64>, Refusal> {
        self.read(name, "a whole number", |item| match item {
            Item::Whole(number) => Some(*number),
            _ => None,
        })
    }

    /// A list of texts.
    pub(super) fn texts(self, name: &str) -> Result<Option<Vec<&'a str>>, Refusal> {
        self.read(name, "a list of texts", |item| match item {
            Item::List(texts) => texts.iter().map(|text| text.as_deref()).collect(),
            _ => None,
        })
    }

    /// A number that stands for a word.
    pub(super) fn coded<T: From<i64>>(self, name: &str) -> Result<Option<T>, Refusal> {
        Ok(self.number(name)?.map(T::from))
    }

    /// A date: milliseconds since the epoch, also as a float.
    pub(super) fn time(self, name: &str) -> Result<Option<Timestamp>, Refusal> {
        Ok(self.number(name)?.map(Timestamp))
    }

    /// A nested object.
    pub(super) fn object(self, name: &str) -> Result<Option<Fields<'a>>, Refusal> {
        self.read(name, "an object", |item| match item {
            Item::Object(object) => Some(Fields(object)),
            _ => None,
        })
    }

    fn read<T>(self, name: &str, kind: &str, read: impl Fn(&'a Item<'a>) -> Option<T>) -> Result<Option<T>, Refusal> {
        match self.0.get(name) {
            None | Some(Item::Null) => Ok(None),
            Some(item) => match read(item) {
                Some(read) => Ok(Some(read)),
                None => Err(Refusal::new(Check::Payload, format!("{name} is not {kind}"))),
            },
        }
    }
}

/// A float's whole milliseconds, where a float still counts them exactly.
fn whole(float: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (float.is_finite() && float.abs() < EXACT).then(|| float.floor() as i64)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn object(text: &str) -> Object<'_> {
        super::super::json::object(text.as_bytes(), Check::Payload).unwrap()
    }

    #[test]
    fn dates_may_be_floats_and_never_text() {
        let read = object(r#"{"a":1697679936049.7297,"b":1697679936049,"c":"1697679936049","d":null,"e":1e300}"#);
        let fields = Fields(&read);
        assert_eq!(fields.time("a").unwrap(), Some(Timestamp(1_697_679_936_049)));
        assert_eq!(fields.time("b").unwrap(), Some(Timestamp(1_697_679_936_049)));
        assert_eq!(fields.time("c").unwrap_err().check, Check::Payload);
        assert_eq!(fields.time("d").unwrap(), None);
        assert_eq!(fields.time("e").unwrap_err().check, Check::Payload);
        assert_eq!(fields.time("missing").unwrap(), None);
    }

    #[test]
    fn a_field_of_another_type_is_refused_by_name_and_without_its_value() {
        let read = object(r#"{"isUpgraded":"secret","bundleId":7}"#);
        assert_eq!(
            Fields(&read).flag("isUpgraded").unwrap_err().found,
            "isUpgraded is not true or false"
        );
        assert_eq!(
            Fields(&read).text("bundleId").unwrap_err().found,
            "bundleId is not text"
        );
    }
}
