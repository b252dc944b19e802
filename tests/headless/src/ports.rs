//! What this shell provides to the core: the store, a vault, the session and a clock. The log is `crate::trace`.

mod clock;
mod session;
mod store;
mod vault;

pub use clock::{EmbeddedClock, RemoteClock};
pub use session::Sessions;
pub use store::{DeviceStore, transaction_of};
pub use vault::FileVault;
