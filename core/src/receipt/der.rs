//! A strict reader of DER that allocates nothing, and the two things of X.509 a receipt needs: a certificate and a key.
//!
//! A certificate's outer sequence is covered by no signature, so a second way to write the same thing there would be an
//! attacker's room: a length has one spelling, and every sequence ends where its last field does.

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
/// `[0]`: the version.
const VERSION: u8 = 0xa0;
/// `[1]` and `[2]`: identifiers nobody uses.
const UNIQUE_IDS: [u8; 2] = [0x81, 0x82];
/// `[3]`: the extensions.
const EXTENSIONS: u8 = 0xa3;

/// A tag with its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub(super) content: &'a [u8],
    /// With tag and length, as it stands there.
    pub(super) whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// What is in it, if `read` takes all of it.
    pub(super) fn all<T>(self, read: impl FnOnce(&mut Reader<'a>) -> Option<T>) -> Option<T> {
        all(self.content, read)
    }

    /// A bit string's bytes, where it has whole bytes only.
    pub(super) fn bytes(self) -> Option<&'a [u8]> {
        match self.content {
            [0, bytes @ ..] => Some(bytes),
            _ => None,
        }
    }
}

/// Reads `bytes` with `read`, which must take all of them.
pub(super) fn all<'a, T>(bytes: &'a [u8], read: impl FnOnce(&mut Reader<'a>) -> Option<T>) -> Option<T> {
    let mut reader = Reader(bytes);
    let value = read(&mut reader)?;
    reader.0.is_empty().then_some(value)
}

/// What is left to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// The next element if it has this tag; otherwise nothing is read.
    pub(super) fn optional(&mut self, tag: u8) -> Option<Option<Element<'a>>> {
        if self.0.first() == Some(&tag) {
            self.next(tag).map(Some)
        } else {
            Some(None)
        }
    }

    /// The next element, which must have this tag.
    pub(super) fn next(&mut self, tag: u8) -> Option<Element<'a>> {
        let (found, behind) = self.0.split_first()?;
        let (length, behind) = length(behind)?;
        if *found != tag || length > behind.len() {
            return None;
        }
        let (content, rest) = behind.split_at(length);
        let whole = self.0.get(..self.0.len() - rest.len())?;
        self.0 = rest;
        Some(Element { content, whole })
    }
}

/// A length as DER writes it: as short as can be, and here below 64 KiB.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    match bytes {
        [short @ ..=0x7f, rest @ ..] => Some((usize::from(*short), rest)),
        [0x81, length @ 0x80..=0xff, rest @ ..] => Some((usize::from(*length), rest)),
        [0x82, high @ 1..=0xff, low, rest @ ..] => Some((usize::from(u16::from_be_bytes([*high, *low])), rest)),
        _ => None,
    }
}

/// A certificate's parts, nothing in it believed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Certificate<'a> {
    /// What its issuer signed.
    pub(super) body: &'a [u8],
    /// The content of the one AlgorithmIdentifier that stands inside and outside; `None` where the two differ.
    pub(super) algorithm: Option<&'a [u8]>,
    pub(super) issuer: &'a [u8],
    pub(super) subject: &'a [u8],
    /// Seconds since the epoch.
    pub(super) not_before: i64,
    pub(super) not_after: i64,
    pub(super) key: PublicKey<'a>,
    pub(super) signature: &'a [u8],
    extensions: &'a [u8],
}

/// A SubjectPublicKeyInfo.
#[derive(Debug, Clone, Copy)]
pub(super) struct PublicKey<'a> {
    /// The content of the algorithm's OID.
    pub(super) algorithm: &'a [u8],
    /// What stands behind it, as DER; empty where nothing does.
    pub(super) parameters: &'a [u8],
    pub(super) bytes: &'a [u8],
}

/// An extension of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extension<'a> {
    /// The content of its OID.
    pub(super) oid: &'a [u8],
    pub(super) critical: bool,
    pub(super) value: &'a [u8],
}

impl<'a> Certificate<'a> {
    /// Reads one certificate and nothing behind it. No extension may stand there twice.
    pub(super) fn read(der: &'a [u8]) -> Option<Self> {
        let certificate = all(der, |outer| outer.next(SEQUENCE)?.all(Self::parts))?;
        let repeated = certificate
            .extensions()
            .enumerate()
            .any(|(n, one)| certificate.extensions().take(n).any(|other| other.oid == one.oid));
        (!repeated).then_some(certificate)
    }

    fn parts(outer: &mut Reader<'a>) -> Option<Self> {
        let body = outer.next(SEQUENCE)?;
        let outside = outer.next(SEQUENCE)?.content;
        let signature = outer.next(BIT_STRING)?.bytes()?;
        body.all(|body_reader| {
            if let Some(version) = body_reader.optional(VERSION)? {
                version.all(|version| version.next(INTEGER))?;
            }
            body_reader.next(INTEGER)?;
            let inside = body_reader.next(SEQUENCE)?.content;
            let issuer = body_reader.next(SEQUENCE)?.whole;
            let (not_before, not_after) = body_reader
                .next(SEQUENCE)?
                .all(|validity| Some((moment(validity)?, moment(validity)?)))?;
            let subject = body_reader.next(SEQUENCE)?.whole;
            let key = PublicKey::next(body_reader)?;
            for tag in UNIQUE_IDS {
                body_reader.optional(tag)?;
            }
            let extensions = match body_reader.optional(EXTENSIONS)? {
                Some(tagged) => tagged.all(|tagged| tagged.next(SEQUENCE))?.content,
                None => &[],
            };
            all(extensions, |reader| {
                while !reader.0.is_empty() {
                    Extension::next(reader)?;
                }
                Some(())
            })?;
            Some(Self {
                body: body.whole,
                algorithm: (inside == outside).then_some(inside),
                issuer,
                subject,
                not_before,
                not_after,
                key,
                signature,
                extensions,
            })
        })
    }

    /// Its extensions. [`Self::read`] has read them once, so none is left out.
    pub(super) fn extensions(&self) -> impl Iterator<Item = Extension<'a>> + use<'a> {
        let mut reader = Reader(self.extensions);
        std::iter::from_fn(move || Extension::next(&mut reader))
    }

    /// The extension of that name.
    pub(super) fn extension(&self, oid: &[u8]) -> Option<Extension<'a>> {
        self.extensions().find(|extension| extension.oid == oid)
    }
}

impl<'a> PublicKey<'a> {
    /// Reads one key and nothing behind it.
    pub(super) fn read(der: &'a [u8]) -> Option<Self> {
        all(der, Self::next)
    }

    fn next(reader: &mut Reader<'a>) -> Option<Self> {
        reader.next(SEQUENCE)?.all(|info| {
            let (algorithm, parameters) = info.next(SEQUENCE)?.all(|identifier| {
                let algorithm = identifier.next(OID)?.content;
                Some((algorithm, std::mem::take(&mut identifier.0)))
            })?;
            let bytes = info.next(BIT_STRING)?.bytes()?;
            Some(Self {
                algorithm,
                parameters,
                bytes,
            })
        })
    }
}

impl<'a> Extension<'a> {
    fn next(reader: &mut Reader<'a>) -> Option<Self> {
        reader.next(SEQUENCE)?.all(|extension| {
            let oid = extension.next(OID)?.content;
            let critical = match extension.optional(BOOLEAN)? {
                Some(flag) => boolean(flag)?,
                None => false,
            };
            let value = extension.next(OCTET_STRING)?.content;
            Some(Self { oid, critical, value })
        })
    }
}

/// DER's two truths.
pub(super) fn boolean(element: Element<'_>) -> Option<bool> {
    match element.content {
        [0] => Some(false),
        [0xff] => Some(true),
        _ => None,
    }
}

/// A time in UTC, in seconds since the epoch. UTCTime counts its years from 1950 to 2049.
fn moment(reader: &mut Reader<'_>) -> Option<i64> {
    let (years, text) = match reader.optional(UTC_TIME)? {
        Some(short) => {
            let (years, rest) = short.content.split_at_checked(2)?;
            let years = number(years)?;
            (if years < 50 { 2000 + years } else { 1900 + years }, rest)
        }
        None => {
            let (years, rest) = reader.next(GENERALIZED_TIME)?.content.split_at_checked(4)?;
            (number(years)?, rest)
        }
    };
    let [month @ .., b'Z'] = text else { return None };
    let mut parts = month.chunks(2).map(number);
    let mut part = || parts.next().flatten();
    let (month, day, hour, minute, second) = (part()?, part()?, part()?, part()?, part()?);
    if text.len() != 11 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = time::Date::from_calendar_date(i32::from(years), month, u8::try_from(day).ok()?).ok()?;
    let midnight = date.midnight().assume_utc().unix_timestamp();
    Some(midnight + i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second))
}

fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0_i16, |sum, digit| {
        let digit = digit.is_ascii_digit().then(|| i16::from(digit - b'0'))?;
        sum.checked_mul(10)?.checked_add(digit)
    })
}

/// The dotted form of an OID's content, for people; a name that is none of ours may be as odd as it likes.
pub(super) fn dotted(oid: &[u8]) -> String {
    let mut arcs: Vec<u64> = Vec::new();
    let mut arc = 0_u64;
    for byte in oid.iter().take(32) {
        arc = arc.wrapping_shl(7) | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            match arcs.is_empty() {
                true => arcs.extend([(arc / 40).min(2), arc - (arc / 40).min(2) * 40]),
                false => arcs.push(arc),
            }
            arc = 0;
        }
    }
    arcs.iter().map(u64::to_string).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_has_one_spelling() {
        for (bytes, read) in [
            (&[0x04, 0x01, 0xaa][..], true),
            (&[0x04, 0x81, 0x01, 0xaa], false),
            (&[0x04, 0x82, 0x00, 0x01, 0xaa], false),
            (&[0x04, 0x80, 0xaa, 0, 0], false),
            (&[0x04, 0x02, 0xaa], false),
            (&[0x04], false),
            (&[], false),
        ] {
            assert_eq!(
                all(bytes, |reader| reader.next(OCTET_STRING)).is_some(),
                read,
                "{bytes:?}"
            );
        }
        for length in [127_usize, 128, 255, 256, 65_535] {
            let head = match length {
                0..=0x7f => vec![0x04, length as u8],
                0x80..=0xff => vec![0x04, 0x81, length as u8],
                _ => vec![0x04, 0x82, (length >> 8) as u8, length as u8],
            };
            let bytes = [head, vec![7; length]].concat();
            let read = all(&bytes, |reader| reader.next(OCTET_STRING));
            assert_eq!(read.map(|element| element.content.len()), Some(length));
        }
    }

    #[test]
    fn times_are_read_in_both_forms_and_odd_ones_are_not() {
        let read = |tag: u8, text: &str| {
            let bytes = [&[tag, text.len() as u8], text.as_bytes()].concat();
            all(&bytes, moment)
        };
        assert_eq!(read(UTC_TIME, "700101000000Z"), Some(0));
        assert_eq!(read(UTC_TIME, "491231235959Z"), Some(2_524_607_999));
        assert_eq!(read(UTC_TIME, "500101000000Z"), Some(-631_152_000));
        assert_eq!(read(GENERALIZED_TIME, "20390430181906Z"), Some(2_187_800_346));
        assert_eq!(read(GENERALIZED_TIME, "99991231235959Z"), Some(253_402_300_799));
        for odd in [
            "20390430181906",
            "20390430181906+0000",
            "20390430181906.5Z",
            "20390431181906Z",
            "20391330181906Z",
            "20390430241906Z",
            "2039043018190Z",
            "203904301819066Z",
            "2039 430181906Z",
            "",
        ] {
            assert_eq!(read(GENERALIZED_TIME, odd), None, "{odd}");
        }
    }

    #[test]
    fn a_truth_is_all_bits_or_none() {
        for (content, read) in [(0, Some(false)), (0xff, Some(true)), (1, None), (0x7f, None)] {
            let bytes = [0x01, 0x01, content];
            let element = all(&bytes, |reader| reader.next(0x01)).unwrap();
            assert_eq!(boolean(element), read, "{content}");
        }
    }

    #[test]
    fn an_oid_is_shown_with_dots() {
        assert_eq!(
            dotted(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x63, 0x64, 0x06, 0x0b, 0x01]),
            "1.2.840.113635.100.6.11.1"
        );
        assert_eq!(dotted(&[0x55, 0x1d, 0x13]), "2.5.29.19");
        assert_eq!(dotted(&[]), "");
    }
}
