//! JSON as a signed payload may be written (step 10): no key twice at any depth, a bounded depth, nothing after it.
//!
//! Two readers of one payload must never see two values, so a repeated key is a refusal and not a choice.
//!
//! What a payload holds is known: texts, numbers, flags, lists of texts, and objects of those one level further in.
//! That is kept, borrowed from the bytes where it can be; all else is read, asked for repeated keys, and let go. So no
//! payload becomes larger in memory than a small multiple of itself, however it is written.

use super::check::{Check, Refusal};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::hash::{DefaultHasher, Hasher};

/// Deeper than anything a store nests, and far from the stack's end.
const DEEPEST: u8 = 32;
/// Objects are kept in the outermost one, and no further in.
const KEPT_DEPTH: u8 = 2;
/// More fields than any payload has.
const MOST_FIELDS: usize = 256;
/// And more texts in its lists.
const MOST_ENTRIES: usize = 256;

/// An object's fields, in the order of their names.
#[derive(Debug)]
pub(super) struct Object<'a>(Vec<(Cow<'a, str>, Item<'a>)>);

/// What a field holds, as far as it is kept.
#[derive(Debug)]
pub(super) enum Item<'a> {
    Null,
    Flag(bool),
    Whole(i64),
    Float(f64),
    Text(Cow<'a, str>),
    /// Its texts; `None` stands for an entry of another type.
    List(Vec<Option<Cow<'a, str>>>),
    Object(Object<'a>),
    /// Too deep or too long to be a field of ours.
    Other,
}

impl<'a> Object<'a> {
    /// The field of that name.
    pub(super) fn get(&self, name: &str) -> Option<&Item<'a>> {
        let place = self.0.binary_search_by(|(key, _)| key.as_ref().cmp(name)).ok()?;
        self.0.get(place).map(|(_, item)| item)
    }

    /// Whether there is a field of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// Reads an object, or says with `check` that there is none.
pub(super) fn object(bytes: &[u8], check: Check) -> Result<Object<'_>, Refusal> {
    let found = Found::default();
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let read = Strict {
        depth: 0,
        keep: Keep::All,
        found: &found,
    }
    .deserialize(&mut deserializer)
    .and_then(|value| deserializer.end().map(|()| value));
    match read {
        Ok(Item::Object(object)) => Ok(object),
        Ok(_) => Err(Refusal::new(check, "no JSON object")),
        Err(_) if found.repeated.get() => Err(Refusal::new(Check::DuplicateKey, "a key appears twice")),
        Err(_) if found.fields.get() > MOST_FIELDS => {
            Err(Refusal::new(check, format!("more than {MOST_FIELDS} fields")))
        }
        // The place only: serde's message may quote the payload.
        Err(error) => Err(Refusal::new(
            check,
            format!("no JSON at line {}, column {}", error.line(), error.column()),
        )),
    }
}

/// What a reading found on its way.
#[derive(Default)]
struct Found {
    repeated: Cell<bool>,
    fields: Cell<usize>,
    entries: Cell<usize>,
}

/// What is kept of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    All,
    /// In a list: no object and no list.
    Texts,
    Nothing,
}

#[derive(Clone, Copy)]
struct Strict<'c> {
    depth: u8,
    keep: Keep,
    found: &'c Found,
}

impl Strict<'_> {
    /// One level further in.
    fn inside<E: Error>(self, keep: Keep) -> Result<Self, E> {
        if self.depth >= DEEPEST {
            return Err(E::custom("too deep"));
        }
        Ok(Self {
            depth: self.depth + 1,
            keep,
            ..self
        })
    }

    fn twice<E: Error>(self) -> E {
        self.found.repeated.set(true);
        E::custom("a key appears twice")
    }

    /// An object of which nothing is kept. Its keys are compared by their hashes: equal ones always meet, and two that
    /// differ meet once in 2^64, which refuses.
    fn pass_over<'de, A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let mut hashes: Vec<u64> = Vec::new();
        while let Some(KeyHash(hash)) = access.next_key()? {
            hashes.push(hash);
            access.next_value_seed(self)?;
        }
        hashes.sort_unstable();
        if hashes
            .windows(2)
            .any(|pair| matches!(pair, [one, other] if one == other))
        {
            return Err(self.twice());
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Item<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Item<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Item<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Item<'de>, E> {
        Ok(Item::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Item<'de>, E> {
        Ok(Item::Whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Item<'de>, E> {
        Ok(i64::try_from(value).map_or(Item::Float(value as f64), Item::Whole))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Item<'de>, E> {
        if value.is_finite() {
            Ok(Item::Float(value))
        } else {
            Err(E::custom("not a finite number"))
        }
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Item<'de>, E> {
        Ok(Item::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Item<'de>, E> {
        Ok(match self.keep {
            Keep::All | Keep::Texts => Item::Text(Cow::Owned(value.to_owned())),
            Keep::Nothing => Item::Other,
        })
    }

    fn visit_unit<E>(self) -> Result<Item<'de>, E> {
        Ok(Item::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Item<'de>, A::Error> {
        let mut kept = self.keep == Keep::All;
        let inner = self.inside(if kept { Keep::Texts } else { Keep::Nothing })?;
        let mut texts = Vec::new();
        while let Some(item) = access.next_element_seed(inner)? {
            kept = kept && counted(&self.found.entries, MOST_ENTRIES);
            if kept {
                texts.push(match item {
                    Item::Text(text) => Some(text),
                    _ => None,
                });
            }
        }
        Ok(if kept { Item::List(texts) } else { Item::Other })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Item<'de>, A::Error> {
        if self.keep != Keep::All || self.depth >= KEPT_DEPTH {
            self.inside(Keep::Nothing)?.pass_over(access)?;
            return Ok(Item::Other);
        }
        let inner = self.inside(Keep::All)?;
        let mut fields = Vec::new();
        while let Some(Key(key)) = access.next_key()? {
            if !counted(&self.found.fields, MOST_FIELDS) {
                return Err(A::Error::custom("too many fields"));
            }
            fields.push((key, access.next_value_seed(inner)?));
        }
        fields.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        if fields
            .windows(2)
            .any(|pair| matches!(pair, [one, other] if one.0 == other.0))
        {
            return Err(self.twice());
        }
        Ok(Item::Object(Object(fields)))
    }
}

/// Counts one more, and says whether it is still within `most`.
fn counted(count: &Cell<usize>, most: usize) -> bool {
    count.set(count.get() + 1);
    count.get() <= most
}

/// A field's name, borrowed where it has no escape.
struct Key<'a>(Cow<'a, str>);

/// The hash of a field's name.
struct KeyHash(u64);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl<'de> Visitor<'de> for Name {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(Name)
    }
}

impl<'de> Deserialize<'de> for KeyHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = KeyHash;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_str<E>(self, name: &str) -> Result<KeyHash, E> {
                let mut hasher = DefaultHasher::new();
                hasher.write(name.as_bytes());
                Ok(KeyHash(hasher.finish()))
            }
        }
        deserializer.deserialize_str(Name)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
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
    fn what_is_no_field_of_ours_is_read_and_not_kept() {
        let text = r#"{"a":{"b":{"c":1},"d":["x"]},"l":["x",{"y":1},"\n"],"n":[["x"]]}"#;
        let read = object(text.as_bytes(), Check::Payload).unwrap();
        let Some(Item::Object(a)) = read.get("a") else {
            panic!("{read:?}")
        };
        assert!(matches!(a.get("b"), Some(Item::Other)));
        assert!(matches!(a.get("d"), Some(Item::List(texts)) if texts.len() == 1));
        let Some(Item::List(list)) = read.get("l") else {
            panic!("{read:?}")
        };
        let list: Vec<_> = list.iter().map(|text| text.as_deref()).collect();
        assert_eq!(list, [Some("x"), None, Some("\n")]);
        assert!(matches!(read.get("n"), Some(Item::List(texts)) if texts == &[None]));
    }

    #[test]
    fn more_fields_than_any_payload_has_are_refused_and_a_long_list_is_passed_over() {
        let fields = |n: usize| (0..n).map(|n| format!("\"k{n}\":0")).collect::<Vec<_>>().join(",");
        assert!(object(format!("{{{}}}", fields(MOST_FIELDS)).as_bytes(), Check::Payload).is_ok());
        assert_eq!(refused(&format!("{{{}}}", fields(MOST_FIELDS + 1))), Check::Payload);
        let list = format!("{{\"a\":[{}],\"b\":1}}", vec!["\"x\""; MOST_ENTRIES + 1].join(","));
        let read = object(list.as_bytes(), Check::Payload).unwrap();
        assert!(matches!(read.get("a"), Some(Item::Other)) && read.has("b"));
        let deep = format!("{{\"a\":[{{{}}}]}}", fields(5000));
        assert!(
            object(deep.as_bytes(), Check::Payload).is_ok(),
            "what is not kept may be long"
        );
    }

    #[test]
    fn depth_ends_before_the_stack_does() {
        let nested = |n: usize| format!("{{\"a\":{}1{}}}", "[".repeat(n), "]".repeat(n));
        assert!(object(nested(usize::from(DEEPEST) - 1).as_bytes(), Check::Payload).is_ok());
        assert_eq!(refused(&nested(DEEPEST.into())), Check::Payload);
        assert_eq!(refused(&nested(100_000)), Check::Payload);
    }
}
