//! Writes DER by hand, because most certificates of the attack matrix are ones no builder would write.

/// A tag, a length, a content.
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        short @ 0..=127 => out.push(short as u8),
        long => {
            let bytes: Vec<u8> = long.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
            out.push(0x80 | bytes.len() as u8);
            out.extend(bytes);
        }
    }
    out.extend(content);
    out
}

pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

pub fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> = dotted.split('.').map(|arc| arc.parse().unwrap()).collect();
    let mut content = vec![(arcs[0] * 40 + arcs[1]) as u8];
    for arc in &arcs[2..] {
        let mut groups = vec![(arc & 0x7f) as u8];
        let mut rest = arc >> 7;
        while rest > 0 {
            groups.push(0x80 | (rest & 0x7f) as u8);
            rest >>= 7;
        }
        content.extend(groups.iter().rev());
    }
    tlv(0x06, &content)
}

pub fn boolean(value: bool) -> Vec<u8> {
    tlv(0x01, &[if value { 0xff } else { 0 }])
}

/// A name of one common name.
pub fn name(common_name: &str) -> Vec<u8> {
    name_as(0x0c, common_name)
}

/// A name of one common name in a string of that type: 0x0c UTF-8, 0x13 printable.
pub fn name_as(string: u8, common_name: &str) -> Vec<u8> {
    let attribute = sequence(&[oid("2.5.4.3"), tlv(string, common_name.as_bytes())]);
    sequence(&[tlv(0x31, &attribute)])
}

/// `2025-01-01T00:00:00Z` as GeneralizedTime.
pub fn time(rfc3339: &str) -> Vec<u8> {
    let digits: String = rfc3339.chars().filter(char::is_ascii_digit).collect();
    tlv(0x18, format!("{digits}Z").as_bytes())
}

/// The same as UTCTime, whose year has two digits.
pub fn utc_time(rfc3339: &str) -> Vec<u8> {
    let digits: String = rfc3339.chars().filter(char::is_ascii_digit).skip(2).collect();
    tlv(0x17, format!("{digits}Z").as_bytes())
}

/// A bit string of whole bytes.
pub fn bits(content: &[u8]) -> Vec<u8> {
    tlv(0x03, &[&[0], content].concat())
}

/// SubjectPublicKeyInfo of a key on a named curve, its point as given.
pub fn ec_key(curve: &str, point: &[u8]) -> Vec<u8> {
    let algorithm = sequence(&[oid("1.2.840.10045.2.1"), oid(curve)]);
    sequence(&[algorithm, bits(point)])
}

/// A certificate's extension.
#[derive(Clone)]
pub struct Extension {
    pub oid: &'static str,
    pub critical: bool,
    pub value: Vec<u8>,
}

impl Extension {
    pub fn der(&self) -> Vec<u8> {
        let mut parts = vec![oid(self.oid)];
        if self.critical {
            parts.push(boolean(true));
        }
        parts.push(tlv(0x04, &self.value));
        sequence(&parts)
    }
}

pub const RECEIPT_SIGNING: &str = "1.2.840.113635.100.6.11.1";
pub const DEVELOPER_RELATIONS: &str = "1.2.840.113635.100.6.2.1";
pub const BASIC_CONSTRAINTS: &str = "2.5.29.19";
pub const KEY_USAGE: &str = "2.5.29.15";

/// Apple's markers hold nothing but their name.
pub fn marker(oid: &'static str) -> Extension {
    Extension {
        oid,
        critical: false,
        value: vec![0x05, 0x00],
    }
}

pub fn basic_constraints(authority: bool, path_length: Option<u8>) -> Extension {
    let mut parts = Vec::new();
    if authority {
        parts.push(boolean(true));
    }
    parts.extend(path_length.map(|length| tlv(0x02, &[length])));
    Extension {
        oid: BASIC_CONSTRAINTS,
        critical: true,
        value: sequence(&parts),
    }
}

/// The key usage whose first byte of bits is `bits`: 0x80 digitalSignature, 0x04 keyCertSign, 0x02 cRLSign.
pub fn key_usage(bits: u8) -> Extension {
    Extension {
        oid: KEY_USAGE,
        critical: true,
        value: tlv(0x03, &[bits.trailing_zeros() as u8, bits]),
    }
}

/// Subject and authority key identifier, as Apple's certificates have them and OpenSSL's strict checks want them.
pub fn key_identifiers(subject: &[u8], authority: &[u8]) -> [Extension; 2] {
    let extension = |oid, value| Extension {
        oid,
        critical: false,
        value,
    };
    [
        extension("2.5.29.14", tlv(0x04, subject)),
        extension("2.5.29.35", sequence(&[tlv(0x80, authority)])),
    ]
}
