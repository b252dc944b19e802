//! The lines that only `care` says, with their arguments. Their words are in `lines/*.ftl`, beside those of the core's messages
//! that name this program's commands.

use tapo_care_phrases::Vocabulary;
use tapo_care_phrases::form::{Form, count, date, period, price, text, word};

/// This program's lines.
pub const LINES: Vocabulary = Vocabulary {
    forms: &[STATUS, HEADS, ROWS],
    texts: &[
        ("en", include_str!("lines/en.ftl")),
        ("fr", include_str!("lines/fr.ftl")),
        ("pl", include_str!("lines/pl.ftl")),
        ("ru", include_str!("lines/ru.ftl")),
        ("ar", include_str!("lines/ar.ftl")),
        ("ja", include_str!("lines/ja.ftl")),
    ],
};

/// A trial in two or three words.
const TRIAL_STATES: &[&str] = &[
    "can_start",
    "kept",
    "today",
    "active",
    "paused",
    "used",
    "not_offered",
    "offline",
];

const STATUS: &[Form] = &[
    Form::new("status-of", &[text("who")]),
    Form::plain("nobody"),
    Form::new("fresh", &[text("moment").optional()]),
    Form::new("stale", &[text("moment").optional()]),
    Form::plain("not-loaded"),
    Form::plain("no-plan"),
    Form::plain("no-camera"),
    Form::plain("paid-twice"),
    Form::new("add-plan-off", &[text("reason")]),
    Form::plain("add-plan-on"),
    Form::plain("choose-with"),
    Form::new("plan-covers", &[text("plan"), text("cameras").optional()]),
    Form::new("plans-on-sale", &[text("storefront")]),
    Form::new("links", &[text("terms"), text("privacy")]),
    Form::new("buy-one", &[text("command")]),
];

const HEADS: &[Form] = &[
    Form::plain("head-plan"),
    Form::plain("head-title"),
    Form::plain("head-stands"),
    Form::plain("head-cameras"),
    Form::plain("head-which"),
    Form::plain("head-next"),
    Form::plain("head-id"),
    Form::plain("head-camera"),
    Form::plain("head-model"),
    Form::plain("head-now"),
    Form::plain("head-care"),
    Form::plain("head-cannot-be-added"),
    Form::plain("head-free-trial"),
    Form::plain("head-start-or-cancel-with"),
    Form::plain("head-for-this-plan"),
    Form::plain("head-purchase"),
    Form::plain("head-means"),
    Form::plain("head-refused-by"),
    Form::plain("head-covers"),
    Form::plain("head-price"),
    Form::plain("head-comes-to"),
];

const ROWS: &[Form] = &[
    Form::new("cameras-of", &[count("selected"), count("capacity")]),
    Form::new("cameras-count", &[count("capacity")]),
    Form::new("price-each", &[price("price"), period("period")]),
    Form::new("comes-to", &[price("price")]),
    Form::new("next-renews", &[date("date")]),
    Form::new("next-ends", &[date("date")]),
    Form::plain("next-unknown"),
    Form::plain("camera-is-online"),
    Form::plain("camera-is-offline"),
    Form::plain("on-the-plan"),
    Form::plain("taken-off"),
    Form::plain("chosen"),
    Form::plain("can-be-added"),
    Form::new("cannot-be-added-because", &[text("reason")]),
    Form::plain("a-purchase"),
    Form::new("trial-word", &[word("state", TRIAL_STATES)]),
    Form::new("trial-left", &[count("days")]),
    Form::new("trial-paused-left", &[count("days")]),
    Form::new("trial-cancel-with", &[text("command")]),
    Form::new("trial-hidden", &[text("camera")]),
];
