//! Dates as each language writes them: the caller of the phrases formats (U17), and a terminal has no platform that would.

use tapo_care::time::Timestamp;

/// The months, as they stand after a day.
const MONTHS: [(&str, [&str; 12]); 5] = [
    (
        "en",
        [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ],
    ),
    (
        "fr",
        [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
    ),
    (
        "pl",
        [
            "stycznia",
            "lutego",
            "marca",
            "kwietnia",
            "maja",
            "czerwca",
            "lipca",
            "sierpnia",
            "września",
            "października",
            "listopada",
            "grudnia",
        ],
    ),
    (
        "ru",
        [
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
        ],
    ),
    (
        "ar",
        [
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "مايو",
            "يونيو",
            "يوليو",
            "أغسطس",
            "سبتمبر",
            "أكتوبر",
            "نوفمبر",
            "ديسمبر",
        ],
    ),
];

/// A date in the language spoken, such as 5 Feb 2026.
pub fn date(at: Timestamp) -> String {
    date_in(locale(), at)
}

/// A date with the time of day.
pub fn moment(at: Timestamp) -> String {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let minutes = at.0.rem_euclid(DAY_MS) / 60_000;
    let comma = match locale() {
        "ar" => "، ",
        "ja" => " ",
        _ => ", ",
    };
    format!("{}{comma}{:02}:{:02} UTC", date(at), minutes / 60, minutes % 60)
}

/// A date in that language; where it is none of ours, as ISO 8601 writes it.
pub fn date_in(locale: &str, at: Timestamp) -> String {
    let Some((year, month, day)) = at.date_at(0) else {
        return at.rfc3339();
    };
    let names = MONTHS.iter().find(|(language, _)| *language == locale);
    let name = names.and_then(|(_, names)| names.get(usize::from(month).checked_sub(1)?));
    match (locale, name) {
        ("ja", _) => format!("{year}年{month}月{day}日"),
        ("fr", Some(name)) if day == 1 => format!("1er {name} {year}"),
        ("ru", Some(name)) => format!("{day} {name} {year} г."),
        (_, Some(name)) => format!("{day} {name} {year}"),
        (_, None) => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// The language spoken.
pub(super) fn locale() -> &'static str {
    super::spoken().map_or("en", |phrases| phrases.locale())
}
