//! Receipts end to end: what Apple really signed, what a customer honestly has, and what an attacker would try.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod apple;
mod attacks;
mod authority;
mod bounds;
mod der;
mod differential;
mod examination;
mod forged_chain;
mod honest;
mod matrix;
mod oracle;
mod peers;
mod play;
mod samples;
mod seed;
