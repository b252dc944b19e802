//! Prints the page of every error: `cargo run -p tapo-care --example errors > core/ERRORS.md`.

#![allow(clippy::print_stdout)]

fn main() {
    print!("{}", tapo_care::error::page());
}
