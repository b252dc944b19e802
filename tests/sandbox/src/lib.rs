//! The other side of the wire: the Care cloud, the App Store and Google Play, emulated, really signing, on a clock that moves only when told.
//!
//! Where to start: [`Sandbox::open`] makes a world, [`Sandbox::public_router`] is what a phone talks to, [`Sandbox::control_router`]
//! is what a test or a console moves the world with, [`serve`] puts both on sockets. The wire is `tests/contract/cloud-v1.md`;
//! nothing here is shared with the core, so that neither side can hide a mistake in the other.
//!
//! - `world` one isolated world: clock, randomness, faults, log, store, cloud · `disk` keeps it in SQLite
//! - `front` from HTTP to the world and back, faults included · `call` one request and one answer
//! - `keys` everything that signs, from the seed · `randomness`, `moment`
//! - `store` the App Store: the phone's side, the server API, renewals
//! - `play` Google Play: the phone's side, the developer API, slow payments, renewals
//! - `cloud` the Care cloud: account, purchases, reservations, cameras, trials
//! - `news` what the stores tell the cloud by themselves · `other_app` an app of the real App Store instead
//! - `control` the hand that moves the world
//! - `contract` all of it as OpenAPI, and every exchange held to that

mod call;
mod cloud;
mod contract;
mod control;
mod disk;
mod error;
mod faults;
mod front;
mod keys;
mod moment;
mod money;
mod news;
mod other_app;
mod play;
mod randomness;
mod sandbox;
mod serve;
mod store;
mod trust;
mod world;

pub use contract::{Contract, OpenApi, openapi};
pub use error::SandboxError;
pub use other_app::OtherApp;
pub use sandbox::{Sandbox, WorldOptions};
pub use serve::serve;
pub use trust::{AppStoreTrust, CloudKey, CloudTrust, ControlTrust, PlayTrust, TrustFile};
