//! What this shell provides to the core: the store, a vault, the session and a clock. The log is `crate::trace`.

mod clock;
mod play;
mod session;
mod store;
mod vault;

pub use clock::{EmbeddedClock, RemoteClock};
pub use play::{PlayStore, purchase_of};
pub use session::Sessions;
pub use store::{AppStore, transaction_of};
pub use vault::FileVault;
