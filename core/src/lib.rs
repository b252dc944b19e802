//! Tapo Care's subscription core.
#![forbid(unsafe_code)]
pub mod id;
pub mod money;
pub mod period;
pub mod time;
