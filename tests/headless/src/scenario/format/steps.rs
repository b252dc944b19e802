//! The table of what a step can do: its key, what it takes, its name in the code, and who does it.

use super::expect::Expect;
use super::words::*;
use super::*;
use crate::failure::Failure;
use serde::Deserialize;
use toml::Spanned;

/// Who does what a step says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The app, through the core.
    App,
    /// The phone, the app aside.
    Phone,
    /// The world around it: clock, stores, cloud.
    World,
}

/// One table of what a step can do: the key, what it takes, its name in the code, and where it happens.
macro_rules! steps {
    ($($place:ident { $($(#[$doc:meta])* $verb:ident: $takes:ty => $action:ident,)+ })+) => {
        /// One step: one thing that happens, and what is then to be there.
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Step {
            /// On which phone; on `phone` where nothing is said.
            pub on: Option<Spanned<String>>,
            /// At this store only.
            pub only: Option<Shop>,
            /// The line of the app's log at which it dies: an event, or `event#2` for its second.
            pub dies_at: Option<Spanned<String>>,
            /// What is then to be there.
            #[serde(default)]
            pub expect: Expect,
            $($($(#[$doc])* $verb: Option<$takes>,)+)+
        }

        /// What a step does.
        #[derive(Debug, Clone)]
        pub enum Action {
            $($($(#[$doc])* $action($takes),)+)+
        }

        impl Action {
            /// It stands in the table for a place that does not do it: a mistake in this program, never in a story.
            pub fn not_done(&self) -> Failure {
                Failure::Usage(format!("no {:?} does {self:?}", self.place()))
            }

            /// Where it happens.
            pub fn place(&self) -> Place {
                match self {
                    $($(Self::$action(_))|+ => Place::$place,)+
                }
            }
        }

        /// Every verb of the format.
        #[cfg(test)]
        pub const VERBS: &[&str] = &[$($(stringify!($verb)),+),+];

        impl Step {
            /// What is written in it, by its verb.
            pub fn actions(&self) -> Vec<(&'static str, Action)> {
                let mut written = Vec::new();
                $($(if let Some(takes) = &self.$verb {
                    written.push((stringify!($verb), Action::$action(takes.clone())));
                })+)+
                written
            }
        }
    };
}

steps! {
    App {
        /// Buys a plan and waits for its end.
        subscribe: Subscribe => Subscribe,
        /// Changes the plan and waits for its end.
        change_plan: ChangePlan => ChangePlan,
        /// Gives one of two plans back that were both paid.
        give_back: GiveBack => GiveBack,
        /// What the person does at a sheet that was left open.
        at_sheet: Sheet => AtSheet,
        /// Chooses the cameras of a plan.
        select: Select => Select,
        /// Remembers cameras as ticked in the picker.
        tick: Select => Tick,
        /// Opens the picker, or closes it.
        picker: PickerDoes => Picker,
        /// Starts a camera's free trial.
        trial: String => Trial,
        /// Cancels a camera's free trial.
        cancel_trial: CancelTrial => CancelTrial,
        /// Closes a camera's banner.
        close_banner: String => CloseBanner,
        /// The user asks to restore.
        restore: Restore => Restore,
        /// The user stops waiting for the approval of the pending purchase.
        dismiss: Always => Dismiss,
        /// Asks what is on sale.
        plans: Always => Plans,
        /// The app comes to the foreground: it sweeps, and asks the cloud.
        foreground: Always => Foreground,
        /// Nobody does anything but look.
        look: Always => Look,
        /// Signs in, whoever was before.
        sign_in: String => SignIn,
        /// Signs out.
        sign_out: Always => SignOut,
        /// The app is suspended, and resumed.
        sleep: Always => Sleep,
        /// The store hands kept receipts to the app.
        hand_over: HandOver => HandOver,
    }
    Phone {
        /// The app is closed in good order.
        close: Always => Close,
        /// The app is killed.
        kill: Always => Kill,
        /// The app is removed and installed again; its vault goes with it.
        reinstall: Always => Reinstall,
        /// A file of the closed app is overwritten with noise.
        damage: Damage => Damage,
        /// The phone's network.
        network: Network => Network,
        /// What the store hands over from now on.
        receipts: Receipts => Receipts,
        /// Keeps what the phone's store shows now, under a name.
        keep: String => Keep,
        /// The phone's own clock is wrong.
        clock: PhoneClock => Clock,
        /// The phone starts anew.
        reboot: Always => Reboot,
        /// The phone's store account becomes this one.
        store_account: String => StoreAccount,
    }
    World {
        /// The world's clock moves by this: `31d`, `2h`, `90m`, `10s`, or ISO 8601.
        advance: String => Advance,
        /// The world's clock moves to this time.
        until: String => Until,
        /// The world's clock moves to the next thing that is due, so many times.
        next_due: u32 => NextDue,
        /// Something happens to a purchase at its store, which tells the cloud.
        store: AtStore => Store,
        /// The store is to charge another price for the last purchase.
        price: Price => Price,
        /// The phone's store account buys outside the app.
        outside: Outside => Outside,
        /// A plan from the portal or from a code.
        web_plan: WebPlan => WebPlan,
        /// A camera is new, or changes.
        camera: Camera => Camera,
        /// How a free trial stands from now on.
        trial_state: TrialSet => TrialState,
        /// What a camera's model records for free from now on.
        free_plan: FreePlanSet => FreePlan,
        /// Something goes wrong on purpose.
        fault: Fault => Fault,
        /// Nothing goes wrong any more.
        clear_faults: Always => ClearFaults,
        /// That TP-Link ID's tokens stop working.
        expire_session: String => ExpireSession,
        /// What is sold changes.
        catalogue: Catalogue => Catalogue,
        /// Which of its two keys the cloud signs with: `k1` or `k2`.
        cloud_key: String => CloudKey,
    }
}
