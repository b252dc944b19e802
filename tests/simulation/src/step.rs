//! The steps of a schedule. Each names phones, accounts and purchases by number and means something in any state, so that a
//! schedule stays one when steps are dropped from it.

use std::fmt;

/// What the person in front of the sheet does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Pays.
    Pay,
    /// Closes it.
    Cancel,
    /// The card is declined.
    Decline,
    /// The store fails.
    Fail,
    /// Asks to buy, or pays slowly.
    Pending,
}

impl Sheet {
    /// The sandbox's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Cancel => "cancel",
            Self::Decline => "decline",
            Self::Fail => "fail",
            Self::Pending => "pending",
        }
    }
}

/// What happens to a subscription at its store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtStore {
    /// Renewal is switched off.
    Cancel,
    /// Renewal is switched on again.
    Restart,
    /// The money is given back.
    Revoke,
    /// The next renewal is not paid.
    StopPaying,
    /// What is unpaid is paid.
    PayAgain,
    /// A pause of a month (Play).
    Pause,
    /// A slow payment is made, an Ask to Buy approved.
    Complete,
    /// A slow payment is not made, an Ask to Buy declined.
    Refuse,
    /// A higher price from the next renewal on, to be agreed to.
    RaisePrice,
    /// A higher price from the next renewal on, only told of.
    TellPrice,
    /// The new price is agreed to.
    AgreePrice,
    /// The new price is declined.
    DeclinePrice,
}

/// One step. `phone` and `account` are of those that every schedule has; `nth` counts modulo what there is then.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its numbers are")]
pub enum Step {
    /// An account signs in on a phone.
    SignIn { phone: usize, account: usize },
    /// Nobody is signed in any more.
    SignOut { phone: usize },
    /// A tap on a plan, and what follows in the sheet, which stays open for `hold_s`.
    Buy {
        phone: usize,
        plan: &'static str,
        sheet: Sheet,
        hold_s: u64,
        named: bool,
    },
    /// The plan bought at a store becomes another, and what follows in the sheet.
    Change {
        phone: usize,
        plan: &'static str,
        sheet: Sheet,
        hold_s: u64,
    },
    /// One of two plans that were both paid is given back, with or without a yes to what is asked.
    GiveBack { phone: usize, yes: bool },
    /// The app comes to the foreground: a sweep, and every outcome handled.
    Look { phone: usize },
    /// Restore, with or without a yes to what it asks.
    Restore { phone: usize, yes: bool },
    /// The first cameras are selected for the newest plan.
    Select { phone: usize, count: usize },
    /// A camera's trial is started.
    Trial { phone: usize, nth: usize },
    /// The process dies at its nth touch of disk, vault, network or store from here.
    Kill { phone: usize, after: u32 },
    /// The app sleeps, and wakes when it is next needed.
    Suspend { phone: usize },
    /// The app ends in order.
    Close { phone: usize },
    /// The phone restarts.
    Reboot { phone: usize },
    /// The wall clock is set wrong by this much.
    SetClock { phone: usize, wrong_by_s: i64 },
    /// The network of one phone goes or comes.
    Network { phone: usize, on: bool },
    /// Another store account on the phone.
    StoreAccount { phone: usize, nth: usize },
    /// The phone is gone for good.
    Lose { phone: usize },
    /// Bought outside the app, for an account or for nobody; `handed` tells a running app at once.
    Outside {
        phone: usize,
        product: usize,
        account: Option<usize>,
        handed: bool,
    },
    /// Something happens at the store to the nth subscription.
    AtStore { nth: usize, what: AtStore },
    /// A plan by web or code.
    Portal { account: usize, code: bool },
    /// Every session of an account ends.
    ExpireSessions { account: usize },
    /// Something goes wrong: some times, or in so many percent of the calls until faults end.
    Fault {
        endpoint: &'static str,
        kind: &'static str,
        status: u16,
        times: u32,
        percent: u64,
    },
    /// Nothing goes wrong any more.
    FaultsEnd,
    /// Time passes.
    Pass { seconds: u64 },
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignIn { phone, account } => write!(f, "phone {phone}: account {account} signs in"),
            Self::SignOut { phone } => write!(f, "phone {phone}: signs out"),
            Self::Buy {
                phone,
                plan,
                sheet,
                hold_s,
                named,
            } => {
                let cameras = if *named { ", cameras named" } else { "" };
                write!(
                    f,
                    "phone {phone}: buys {plan}{cameras}; sheet: {} after {hold_s} s",
                    sheet.word()
                )
            }
            Self::Change {
                phone,
                plan,
                sheet,
                hold_s,
            } => write!(
                f,
                "phone {phone}: changes to {plan}; sheet: {} after {hold_s} s",
                sheet.word()
            ),
            Self::GiveBack { phone, yes } => {
                let said = if *yes { "yes" } else { "no" };
                write!(
                    f,
                    "phone {phone}: gives a second plan back, and says {said} to what it asks"
                )
            }
            Self::Look { phone } => write!(f, "phone {phone}: comes to the foreground"),
            Self::Restore { phone, yes } => {
                let said = if *yes { "yes" } else { "no" };
                write!(f, "phone {phone}: restores, and says {said} to what it asks")
            }
            Self::Select { phone, count } => write!(f, "phone {phone}: selects {count} cameras"),
            Self::Trial { phone, nth } => write!(f, "phone {phone}: starts the trial of camera {nth}"),
            Self::Kill { phone, after } => write!(f, "phone {phone}: dies at touch {after} from here"),
            Self::Suspend { phone } => write!(f, "phone {phone}: falls asleep"),
            Self::Close { phone } => write!(f, "phone {phone}: closes the app"),
            Self::Reboot { phone } => write!(f, "phone {phone}: reboots"),
            Self::SetClock { phone, wrong_by_s } => write!(f, "phone {phone}: wall clock wrong by {wrong_by_s} s"),
            Self::Network { phone, on } => write!(f, "phone {phone}: {}", if *on { "online" } else { "offline" }),
            Self::StoreAccount { phone, nth } => write!(f, "phone {phone}: store account {nth}"),
            Self::Lose { phone } => write!(f, "phone {phone}: is lost"),
            Self::Outside {
                phone,
                product,
                account,
                handed,
            } => {
                let whose = account.map_or("nobody".to_owned(), |account| format!("account {account}"));
                let told = if *handed { ", handed over" } else { "" };
                write!(
                    f,
                    "outside the app on phone {phone}: product {product} for {whose}{told}"
                )
            }
            Self::AtStore { nth, what } => write!(f, "at the store, subscription {nth}: {what:?}"),
            Self::Portal { account, code } => {
                write!(
                    f,
                    "account {account} gets a plan by {}",
                    if *code { "code" } else { "web" }
                )
            }
            Self::ExpireSessions { account } => write!(f, "the sessions of account {account} end"),
            Self::Fault {
                endpoint,
                kind,
                status,
                times,
                percent,
            } => {
                let what = if *kind == "error" {
                    format!("error {status}")
                } else {
                    (*kind).to_owned()
                };
                match times {
                    0 => write!(f, "fault: {what} at {endpoint}, {percent} % of the calls"),
                    times => write!(f, "fault: {what} at {endpoint}, {times} times"),
                }
            }
            Self::FaultsEnd => write!(f, "the faults end"),
            Self::Pass { seconds } => match seconds {
                0..600 => write!(f, "{seconds} s pass"),
                600..172_800 => write!(f, "{} h {} min pass", seconds / 3600, seconds % 3600 / 60),
                _ => write!(f, "{} d {} h pass", seconds / 86_400, seconds % 86_400 / 3600),
            },
        }
    }
}
