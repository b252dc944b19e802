//! The real binary, `care`, against a separate care-sandbox process or its own embedded one.
//!
//! - `changing` one plan for another · `everyday` buying, cameras, words and exit codes · `killed` kill -9 at any instant · `life` unpaid, paused, given
//!   back · `locales` no English in another language · `network` lost, flipped and foreign answers · `people` another account, an ended session · `folder` a folder
//!   that cannot be had · `play` a phone with Google Play · `scenarios` stories as data · `simulated` what the
//!   simulation writes down as one · `story` the demo · `verify`
//!   that cannot be had · `play` a phone with Google Play · `scenarios` stories as data · `screen` cover, trials, picker · `story` the demo · `verify`
//!   receipts of a ticket
//! - `both` tells a story once for each store · `support` starts processes and reads the sandbox's ledger · `proxy` stands between and flips a byte

#[macro_use]
mod both;

mod changing;
mod everyday;
mod folder;
mod killed;
mod life;
mod locales;
mod network;
mod people;
mod play;
mod proxy;
mod scenarios;
mod screen;
mod simulated;
mod story;
mod support;
mod verify;
