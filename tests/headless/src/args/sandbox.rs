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
    /// Plans that were not bought on these phones: from the portal, by a code, of Kasa Care.
    #[command(
        subcommand,
        after_help = "Examples:\n  care sandbox plan add tapo-3-monthly --channel web --cameras Porch\n  care sandbox plan add kasa-premium-yearly --channel web\n  care sandbox plan add kasa-plus-monthly --channel app_store --origin kasa_app_before_dec_2022 --offer trial"
    )]
    Plan(SandboxPlan),
    /// Free trials, of a camera or of the account.
    #[command(
        subcommand,
        after_help = "Examples:\n  care sandbox trial set Porch active --left 3d\n  care sandbox trial set Porch not_offered --reason region_not_supported\n  care sandbox trial set account eligible"
    )]
    Trial(SandboxTrial),
    /// What a camera's model records for free.
    #[command(
        subcommand,
        after_help = "Examples:\n  care sandbox free set Porch active --hours 12 --left 90d\n  care sandbox free set Porch not_for_model"
    )]
    Free(SandboxFree),
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
    /// Give it another name.
    Rename {
        /// Its id or name.
        camera: String,
        /// The new one.
        name: String,
    },
    /// Bind it to another TP-Link ID.
    Move {
        /// Its id or name.
        camera: String,
        /// Whose it is from now on.
        account: String,
    },
    /// Unbind it.
    Remove {
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

/// `care sandbox plan`.
#[derive(Debug, Subcommand)]
pub enum SandboxPlan {
    /// One more.
    Add {
        /// Its id, such as tapo-3-monthly, kasa-plus-monthly, kasa-premium-yearly, kasa-legacy-monthly.
        plan: String,
        /// Where it was bought.
        #[arg(long, value_parser = ["app_store", "play", "web", "code"], default_value = "web")]
        channel: String,
        /// Its cameras, by id or name.
        #[arg(long, value_name = "ID,…", value_delimiter = ',')]
        cameras: Vec<String>,
        /// By which billing of the app.
        #[arg(long, value_parser = ["current", "kasa_app_before_dec_2022"])]
        origin: Option<String>,
        /// What is taken less for the first period.
        #[arg(long, value_parser = ["none", "trial", "intro"])]
        offer: Option<String>,
        /// How it stands: active where nothing is said.
        #[arg(long)]
        phase: Option<String>,
        /// Whether it renews; all but a code's do.
        #[arg(long, value_name = "BOOL")]
        renews: Option<bool>,
        /// How long recordings outside the free plan are kept where it is cancelled: 30d or an ISO 8601 duration.
        #[arg(long, value_name = "LENGTH")]
        history: Option<String>,
        /// Whose; the one signed in where nothing is said.
        #[arg(long, value_name = "NAME")]
        account: Option<String>,
    },
}

/// `care sandbox trial`.
#[derive(Debug, Subcommand)]
pub enum SandboxTrial {
    /// How it stands from now on.
    Set {
        /// A camera's id or name; `account` for the account's own trial.
        camera: String,
        /// eligible, active, paused, used, not_offered, or a word that begins with future_.
        #[arg(value_name = "STATE")]
        stands: String,
        /// What is left of it: 3d, 2h or an ISO 8601 duration.
        #[arg(long, value_name = "LENGTH")]
        left: Option<String>,
        /// Why it is not offered.
        #[arg(long, value_parser = ["used", "covered", "model_not_supported", "region_not_supported"])]
        reason: Option<String>,
    },
}

/// `care sandbox free`.
#[derive(Debug, Subcommand)]
pub enum SandboxFree {
    /// How it stands from now on.
    Set {
        /// A camera's id or name.
        camera: String,
        /// How it stands.
        #[arg(value_name = "STATE", value_parser = ["active", "ended", "not_for_model", "unknown"])]
        stands: String,
        /// Hours of history.
        #[arg(long, value_name = "N")]
        hours: Option<u32>,
        /// How long it goes on: 90d or an ISO 8601 duration.
        #[arg(long, value_name = "LENGTH")]
        left: Option<String>,
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
