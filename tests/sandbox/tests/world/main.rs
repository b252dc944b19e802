//! The world from outside: real requests through its routers, each signed and each answer's signature checked.
mod cameras;
mod chain;
mod control;
mod faults;
mod notifications;
mod play;
mod play_wire;
mod process;
mod purchases;
mod renewals;
mod reservations;
mod signatures;
mod testers;
mod trials;
mod unpaid;
mod wire;
