//! Stories through `Care` over a real sandbox world in this process: what a user would notice, and what store and cloud hold.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)]

#[macro_use]
mod both;

mod attacks;
mod beside;
mod buying;
mod cameras;
mod fresh;
mod interruptions;
mod journal;
mod later;
mod offline;
mod pending;
mod phone;
mod play;
mod private;
mod products;
mod slot;
mod world;
