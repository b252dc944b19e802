//! The world from outside: real requests through its routers, each signed and each answer's signature checked.
mod cameras;
mod chain;
mod contract;
mod control;
mod faults;
mod play;
mod play_wire;
mod process;
mod purchases;
mod renewals;
mod reservations;
mod signatures;
mod trials;
mod wire;
