//! What can be typed: every command and option of `care`, with examples.

mod sandbox;
mod stores;
mod verify;

pub use sandbox::{
    Sandbox, SandboxCamera, SandboxClock, SandboxFault, SandboxFree, SandboxPlan, SandboxSession, SandboxTrial,
};
pub use stores::{Named, Price, SandboxAppStore, SandboxPlay};
pub use verify::Verify;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;
use tapo_care::id::StoreKind;

const EXAMPLES: &str =
    "Without --cloud it works on a sandbox of its own, kept in the state folder: nothing is ever really charged.

Examples:
  care
      The whole story in a few seconds, in a fresh folder.
  care plans
      What is on sale, with the store's own prices.
  care subscribe tapo-3-monthly --cameras Porch,Garden
      Buys a plan; whoever stands in front of the payment sheet pays.
  care sandbox clock advance 31d && care status
      A month later, renewed.
  care --store play subscribe tapo-3-monthly
      The same on a phone whose store is Google Play.
  care --cloud http://127.0.0.1:4010 --trust trust.json sign-in anna
      Against a care-sandbox of its own, with the file that `care-sandbox up --trust FILE` writes.

Exit codes: 0 done · 1 refused · 2 wrong usage or input · 3 pending · 4 could not ask, try again.";

/// The Tapo Care core on a desktop: plans, purchases, cameras and trials.
#[derive(Debug, Parser)]
#[command(name = "care", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Arguments {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do; `demo` where nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// Folder that holds everything; a temporary one for `demo`, else one in your data folder.
    #[arg(long, value_name = "DIR", global = true)]
    pub state: Option<PathBuf>,
    /// A Care cloud elsewhere; needs --trust.
    #[arg(long, value_name = "URL", global = true)]
    pub cloud: Option<String>,
    /// The trust file that `care-sandbox up --trust FILE` wrote; needs --cloud.
    #[arg(long, value_name = "FILE", global = true)]
    pub trust: Option<PathBuf>,
    /// The phone: each name is one of its own, with its folder and its store, in the same world.
    #[arg(long, value_name = "NAME", global = true, default_value = crate::shell::FIRST_DEVICE)]
    pub device: String,
    /// The store on it: app-store (where nothing is said) or play; `run` also takes both. Each has files of its own in the
    /// state folder; nothing remembers which.
    #[arg(
        long = "store",
        value_enum,
        value_name = "STORE",
        global = true,
        hide_possible_values = true
    )]
    pub stores: Option<Stores>,
    /// The language spoken and asked for in the catalogue: en, fr, pl, ru, ar, ja. `demo`, `run`, `sandbox`, `verify` and help keep to English.
    #[arg(long, value_name = "L", global = true, default_value = "en")]
    pub locale: String,
    /// One JSON document on stdout; an error as one on stderr.
    #[arg(long, global = true)]
    pub json: bool,
    /// Colours: auto, always or never; NO_COLOR is honoured.
    #[arg(long, value_enum, value_name = "WHEN", global = true, default_value_t = Colour::Auto, hide_possible_values = true)]
    pub color: Colour,
}

/// Which store a phone has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StoreName {
    /// Apple's.
    AppStore,
    /// Google Play.
    Play,
}

impl StoreName {
    /// The core's word for it.
    pub fn kind(self) -> StoreKind {
        match self {
            Self::AppStore => StoreKind::AppStore,
            Self::Play => StoreKind::Play,
        }
    }
}

/// What `--store` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stores {
    /// Apple's.
    AppStore,
    /// Google Play.
    Play,
    /// One after the other, for `run` alone.
    Both,
}

impl From<StoreName> for Stores {
    fn from(store: StoreName) -> Self {
        match store {
            StoreName::AppStore => Self::AppStore,
            StoreName::Play => Self::Play,
        }
    }
}

impl Global {
    /// The store on the phone.
    pub fn store(&self) -> StoreName {
        match self.stores {
            Some(Stores::Play) => StoreName::Play,
            Some(Stores::AppStore | Stores::Both) | None => StoreName::AppStore,
        }
    }
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The main story on a sandbox of its own, told as it happens.
    #[command(
        after_help = "Examples:\n  care demo\n  care --state ./story demo      keeps the folder, to look around in afterwards\n  care --json demo               one object a line"
    )]
    Demo,
    /// Sign in with a TP-Link ID of the world: anna, ben or cara.
    #[command(after_help = "Example:\n  care sign-in ben")]
    SignIn {
        /// The TP-Link ID.
        name: String,
    },
    /// Sign out; what was bought stays with the account.
    #[command(after_help = "Example:\n  care sign-out")]
    SignOut,
    /// Remove everything of the account from this phone, after reading what still bills; for whoever deletes a TP-Link ID.
    #[command(after_help = "Examples:\n  care erase\n  care erase --yes")]
    Erase {
        /// Say yes to what is asked
        #[arg(long)]
        yes: bool,
    },
    /// The plans on sale here, by number of cameras.
    #[command(after_help = "Examples:\n  care plans\n  care --json plans")]
    Plans,
    /// Buy a plan. Waits for the end and says how it went.
    #[command(
        after_help = "Examples:\n  care subscribe tapo-3-monthly\n  care subscribe tapo-3-monthly --cameras Porch,Garden\n  care subscribe tapo-3-monthly --sheet cancel\n  care subscribe tapo-10-monthly --replace sub_1      a larger plan takes over at once, any other at the renewal\n  care --store play subscribe tapo-3-monthly --sheet pending\n\nExit codes: 0 granted, or a change that waits for the renewal · 3 pending, or paid and not yet granted · 1 else."
    )]
    Subscribe(Subscribe),
    /// The account as the app shows it: plans, cameras, trials, open purchases.
    #[command(
        after_help = "Examples:\n  care status\n  care --json status\n  care status --watch            once more with every change, until Ctrl-C\n  care status --peek             what was known last, also beside a running `care`"
    )]
    Status {
        /// Again with every change, until Ctrl-C; with --json one object a line.
        #[arg(long, conflicts_with = "peek")]
        watch: bool,
        /// What was known last, read beside whoever has the folder; asks neither cloud nor store.
        #[arg(long)]
        peek: bool,
    },
    /// The cameras of a plan: list them, or choose.
    #[command(
        after_help = "Examples:\n  care cameras\n  care cameras set Porch,Garden\n  care cameras add cam_3 --for sub_1\n  care cameras remove Porch\n  care cameras open              the picker, to choose anew"
    )]
    Cameras(Cameras),
    /// Free trials, one for each camera: list them, start one, or cancel one for good.
    #[command(
        after_help = "Examples:\n  care trial\n  care trial start Hallway\n  care trial cancel Hallway --yes\n  care trial hide Hallway      says no more about it"
    )]
    Trial {
        /// What to do; lists where nothing is said.
        #[command(subcommand)]
        action: Option<Trial>,
    },
    /// Purchases under way, and what was verified of each receipt.
    #[command(
        after_help = "Examples:\n  care purchases\n  care --json purchases\n  care purchases --return --yes            gives the newer of two plans back that were both paid\n  care purchases --return sub_1 --yes      or this one\n  care purchases --dismiss ID              a purchase that waits for an approval ends; `care --json purchases` has its `intent`"
    )]
    Purchases(Purchases),
    /// Look for purchases of this phone's store account and have them granted.
    #[command(
        after_help = "Examples:\n  care restore\n  care restore --yes             binds a purchase that names no account to this one"
    )]
    Restore {
        /// Says yes where a question would be asked.
        #[arg(long)]
        yes: bool,
    },
    /// Why a camera is covered, or is not, and what helps.
    #[command(after_help = "Example:\n  care explain Nursery")]
    Explain {
        /// Its id or name.
        camera: String,
    },
    /// Play purchase stories, each over a sandbox and phones of its own.
    #[command(
        after_help = "Examples:\n  care run tests/scenarios\n  care --store play run tests/scenarios/slot/second-plan-refused.toml\n  care --json run tests/scenarios --junit stories.xml\n\nExit codes: 0 each story held · 1 one did not · 2 a file is no story."
    )]
    Run(Stories),
    /// Move the world: its clock, cameras, faults, sessions.
    #[command(
        subcommand,
        after_help = "Examples:\n  care sandbox clock advance 31d\n  care sandbox camera offline Porch\n  care sandbox fault add purchases lost --times 1\n  care sandbox play complete TOKEN\n  care sandbox ledger"
    )]
    Sandbox(Sandbox),
    /// Whether a store really signed a receipt, check by check: an App Store JWS or a Play purchase.
    #[command(after_help = verify::EXAMPLES)]
    Verify(Verify),
    /// Completions for your shell, on stdout.
    #[command(after_help = "Example:\n  care completions bash > ~/.local/share/bash-completion/completions/care")]
    Completions {
        /// Which shell.
        shell: Shell,
    },
}

/// `care run`.
#[derive(Debug, Args)]
pub struct Stories {
    /// Scenario files, or folders of them.
    #[arg(value_name = "SCENARIO", required = true)]
    pub scenarios: Vec<PathBuf>,
    /// Of the world and of every phone in it: the same seed gives the same run.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Writes the results there, as JUnit does.
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
}

/// `care subscribe`.
#[derive(Debug, Args)]
pub struct Subscribe {
    /// The plan's id, as `care plans` lists it.
    pub plan: String,
    /// Cameras to put on it at once, by id or name.
    #[arg(long, value_name = "ID,…", value_delimiter = ',', conflicts_with = "replace")]
    pub cameras: Vec<String>,
    /// With the store's free trial, where `care plans` shows one; it is sold with that or not at all.
    #[arg(long, conflicts_with = "replace")]
    pub trial: bool,
    /// A change of plan: the subscription whose place it takes, as `care status` lists it.
    #[arg(long, value_name = "SUBSCRIPTION")]
    pub replace: Option<String>,
    /// What the person at the payment sheet does: pay, cancel, fail, decline, or pending (Ask to Buy, a slow payment).
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = Sheet::Pay, hide_possible_values = true)]
    pub sheet: Sheet,
    /// Says yes where a question would be asked.
    #[arg(long)]
    pub yes: bool,
    /// How long to wait for the end once the sheet is open.
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    pub wait: u64,
}

/// What the person in front of the sheet does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sheet {
    /// Pays.
    Pay,
    /// Closes it.
    Cancel,
    /// Meets a store that fails.
    Fail,
    /// Has the payment declined.
    Decline,
    /// Asks for an approval (Ask to Buy), or pays slowly.
    Pending,
}

impl Sheet {
    /// The word of the contract, the same at both stores.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Cancel => "cancel",
            Self::Fail => "fail",
            Self::Decline => "decline",
            Self::Pending => "pending",
        }
    }
}

/// `care purchases`.
#[derive(Debug, Args)]
pub struct Purchases {
    /// Gives one of two plans back that were both paid: the newer, or this one.
    #[arg(long = "return", value_name = "SUBSCRIPTION", num_args = 0..=1)]
    pub give_back: Option<Option<String>>,
    /// Stops waiting for the approval of that purchase (Ask to Buy). One that comes late is granted all the same.
    #[arg(long, value_name = "ID", conflicts_with = "give_back")]
    pub dismiss: Option<String>,
    /// What the person at the App Store's refund sheet does: asks, or closes it.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = RefundSheet::Ask, requires = "give_back", hide_possible_values = true)]
    pub sheet: RefundSheet,
    /// Says yes where a question would be asked.
    #[arg(long, requires = "give_back")]
    pub yes: bool,
}

/// What the person in front of the sheet that asks for money back does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RefundSheet {
    /// Asks.
    Ask,
    /// Closes it.
    Cancel,
}

/// `care cameras`.
#[derive(Debug, Args)]
pub struct Cameras {
    /// What to do; lists where nothing is said.
    #[command(subcommand)]
    pub action: Option<Choice>,
    /// The subscription, where there are several.
    #[arg(long = "for", value_name = "SUBSCRIPTION", global = true)]
    pub subscription: Option<String>,
}

/// How a selection changes.
#[derive(Debug, Subcommand)]
pub enum Choice {
    /// Exactly these.
    Set(Chosen),
    /// These too.
    Add(Chosen),
    /// Not these.
    Remove(Chosen),
    /// Remember these as chosen, and tell nobody yet.
    Tick(Chosen),
    /// Open the picker; it stays open until cameras are set or it is closed.
    Open,
    /// Close the picker.
    Close,
}

/// Cameras by id or name.
#[derive(Debug, Args)]
pub struct Chosen {
    /// Ids or names, separated by commas; "" for none.
    #[arg(value_name = "ID,…", value_delimiter = ',', required = true)]
    pub cameras: Vec<String>,
}

/// `care trial`.
#[derive(Debug, Subcommand)]
pub enum Trial {
    /// Start a camera's free trial: it ends by itself and is never charged.
    Start {
        /// Its id or name.
        camera: String,
    },
    /// Cancel it: it ends at once, for good, and cannot be started again.
    Cancel {
        /// Its id or name.
        camera: String,
        /// Says yes where a question would be asked.
        #[arg(long)]
        yes: bool,
    },
    /// Close what is said about it over the camera, for good.
    Hide {
        /// Its id or name.
        camera: String,
    },
}
