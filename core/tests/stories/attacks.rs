//! Attacks: races, lost words and storms, told on a shell of their own whose every exchange can be held back.

mod keeping;
mod money;
mod people;
mod shell;
mod time;

pub(crate) use shell::{Shell, idle, refreshing, settle_account};
