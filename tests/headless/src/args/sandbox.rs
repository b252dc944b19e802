//! What can be typed after `care sandbox`.

use super::stores::{SandboxAppStore, SandboxPlay};
use clap::Subcommand;

/// The endpoints that a fault may name (contract, section 6).
const ENDPOINTS: [&str; 12] = [
    "cloud",
    "account",
    "catalogue",
    "reservations",
    "purchases",
    "refunds",
    "cameras",
    "trials",
    "session",
    "device",
    "store-server",
    "notifications",
];
/// The kinds of fault.
const KINDS: [&str; 5] = ["down", "latency", "error", "lost", "garbage"];

/// `care sandbox`.
#[derive(Debug, Subcommand)]
pub enum Sandbox {
    /// The world's clock, which moves only when told.
    #[command(
        subcommand,
        after_help = "Examples:\n  care sandbox clock show\n  care sandbox clock advance 31d\n  care sandbox clock to 2026-03-01T00:00:00Z\n  care sandbox clock next"
    )]
    Clock(SandboxClock),
    /// Cameras of an account.
    #[command(
        subcommand,
        after_help = "Examples:\n  care sandbox camera add Attic --model C210\n  care sandbox camera offline Attic\n  care sandbox camera firmware Attic 1.4.0"
    )]
    Camera(SandboxCamera),
    /// What goes wrong on purpose.
    #[command(
        subcommand,
        after_help = "Examples:\n  care sandbox fault add cloud down\n  care sandbox fault add purchases lost --times 1\n  care sandbox fault add cloud latency --ms 300 --chance 0.5\n  care sandbox fault clear"
    )]
    Fault(SandboxFault),
    /// What happened in the world, line by line.
    Log,
    /// Charges, grants, finishes and reservations.
    Ledger,
    /// What happens to a purchase at Google Play, which tells the cloud.
    #[command(
        subcommand,
        after_help = "Examples:\n  care --store play purchases                 lists the tokens\n  care sandbox play complete 5e0c….AO-J1…\n  care sandbox play decline-payments 5e0c….AO-J1…\n  care sandbox play pause 5e0c….AO-J1… --for P1M\n  care sandbox clock next                     goes to the next renewal, grace, hold or end"
    )]
    Play(SandboxPlay),
    /// What happens to a subscription at the App Store, which tells the cloud.
    #[command(
        subcommand,
        after_help = "Examples:\n  care purchases                              lists the transactions\n  care sandbox app-store asks\n  care sandbox app-store approve ask-1\n  care sandbox app-store decline-payments 2000000000000001"
    )]
    AppStore(SandboxAppStore),
    /// Sessions of the TP-Link ID service.
    #[command(subcommand)]
    Session(SandboxSession),
}

/// `care sandbox clock`.
#[derive(Debug, Subcommand)]
pub enum SandboxClock {
    /// What it says.
    Show,
    /// Forward by a while: 31d, 2h, 90m, 10s or an ISO 8601 duration such as P1M.
    Advance {
        /// How far.
        by: String,
    },
    /// To a time, never backwards.
    To {
        /// RFC 3339, such as 2026-03-01T00:00:00Z.
        time: String,
    },
    /// To the next thing that is due.
    Next,
}

/// `care sandbox camera`.
#[derive(Debug, Subcommand)]
pub enum SandboxCamera {
    /// A new camera.
    Add {
        /// Its name.
        name: String,
        /// Its model.
        #[arg(long, default_value = "C210")]
        model: String,
        /// Its firmware.
        #[arg(long)]
        firmware: Option<String>,
        /// Whether it starts without internet.
        #[arg(long)]
        offline: bool,
        /// Whose; the one signed in where nothing is said.
        #[arg(long, value_name = "NAME")]
        account: Option<String>,
    },
    /// Connect it.
    Online {
        /// Its id or name.
        camera: String,
    },
    /// Disconnect it.
    Offline {
        /// Its id or name.
        camera: String,
    },
    /// Give it a firmware.
    Firmware {
        /// Its id or name.
        camera: String,
        /// Such as 1.4.0.
        version: String,
    },
}

/// `care sandbox fault`.
#[derive(Debug, Subcommand)]
pub enum SandboxFault {
    /// One more; lasts until cleared where neither --times nor --chance is given.
    Add {
        /// Which calls it strikes; `cloud` is all of the Care cloud.
        #[arg(value_parser = ENDPOINTS)]
        endpoint: String,
        /// What happens to them; `lost` is applied, and the answer lost.
        #[arg(value_parser = KINDS)]
        kind: String,
        /// For that many calls.
        #[arg(long, value_name = "N", conflicts_with = "chance")]
        times: Option<u32>,
        /// For each call with this probability.
        #[arg(long, value_name = "P")]
        chance: Option<f64>,
        /// Milliseconds of a latency.
        #[arg(long, value_name = "N")]
        ms: Option<u64>,
        /// Status of an error.
        #[arg(long, value_name = "N")]
        status: Option<u16>,
    },
    /// Those that are set.
    List,
    /// None any more.
    Clear,
}

/// `care sandbox session`.
#[derive(Debug, Subcommand)]
pub enum SandboxSession {
    /// Its tokens stop working.
    Expire {
        /// The TP-Link ID.
        name: String,
    },
}
