//! The plain records of cameras: what covers each and why, its trial, its banner, and the picker.

use crate::error::UserAction;
use crate::id::{CameraId, SubscriptionId};
use crate::message::Message;
use crate::period::Period;
use crate::subscription::Cover;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One camera.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CameraRow {
    /// Its id.
    pub id: CameraId,
    /// Its name.
    pub name: String,
    /// Its model.
    pub model: String,
    /// Whether it is connected.
    pub online: bool,
    /// Whether a plan, a code, a trial or its free plan covers it now.
    pub cover: Cover,
    /// What covers it; where nothing does, each reason why not.
    pub why: Vec<CoverReason>,
    /// Whether two plans cover it, one of them for nothing.
    pub covered_twice: bool,
    /// The subscription that names it.
    pub subscription: Option<SubscriptionId>,
    /// Whether it can be added to a plan.
    pub selectable: bool,
    /// Why it cannot, and the remedy (R18).
    pub blocked: Option<Message>,
    /// Its free trial.
    pub trial: TrialRow,
    /// What its model records for free; never a trial (R68).
    pub free_plan: Option<FreePlanRow>,
    /// What may be done with it, and why something may not.
    pub actions: Vec<Action>,
}

impl fmt::Debug for CameraRow {
    /// Without its name, which a person gave it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CameraRow")
            .field("id", &self.id)
            .field("model", &self.model)
            .field("online", &self.online)
            .field("cover", &self.cover)
            .field("why", &self.why)
            .field("covered_twice", &self.covered_twice)
            .field("subscription", &self.subscription)
            .field("selectable", &self.selectable)
            .field("blocked", &self.blocked)
            .field("trial", &self.trial)
            .field("free_plan", &self.free_plan)
            .field("actions", &self.actions)
            .finish_non_exhaustive()
    }
}

/// One reason why a camera is covered, or is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverReason {
    /// What it is about.
    pub by: CoverBy,
    /// Whether that covers the camera now.
    pub cover: Cover,
    /// Why not, where it does not, or where nobody can say.
    pub why_not: Option<WhyNot>,
    /// The subscription, where it is about one.
    pub subscription: Option<SubscriptionId>,
    /// The sentence to show.
    pub message: Message,
}

/// What may cover a camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CoverBy {
    /// A plan that names it (R17).
    Plan,
    /// A plan of a redemption code that names it.
    Code,
    /// A plan that reaches every camera of the account (R38).
    AccountPlan,
    /// Its own free trial (T1).
    Trial,
    /// The free plan of its model (R70–R81).
    FreePlan,
}

/// Why something does not cover a camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// The account has no plan that gives access.
    NoPlan,
    /// It is not among the cameras of that plan.
    NotSelected,
    /// The plan gives no access in its phase.
    NoAccess,
    /// It has ended.
    Ended,
    /// The cloud's last word may not be relied on any longer.
    LeaseOver,
    /// The time is not known.
    TimeUnknown,
    /// What the cloud says of it is not known to this version, or it could not be asked.
    NotKnown,
    /// The trial was not started.
    NotStarted,
    /// The trial is paused.
    Paused,
    /// The trial was had.
    Used,
    /// There is none for this camera.
    NotOffered,
}

/// Something the user may do, or may not for the reason given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Action {
    /// What.
    pub kind: ActionKind,
    /// Whether it may be done now, as far as is known.
    pub allowed: bool,
    /// Why not; always there where it is not allowed.
    pub reason: Option<Message>,
    /// What to read before it is done.
    pub warning: Option<Message>,
}

/// What may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// Choose the cameras of a plan (R19).
    SelectCameras,
    /// Open the place where a plan is managed (U7).
    Manage,
    /// End its renewal there (R11).
    Cancel,
    /// Change to another plan.
    ChangePlan,
    /// Taking back a change of plan that waits for the renewal: a change to the plan there is.
    KeepPlan,
    /// Give one of two payments back (X16).
    ReturnPayment,
    /// Put a camera on a plan.
    AddToPlan,
    /// Take a camera off its plan.
    RemoveFromPlan,
    /// Start a camera's trial (T1).
    StartTrial,
    /// Cancel a camera's trial for good (T3).
    CancelTrial,
}

/// A camera's free trial (T1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrialRow {
    /// Where it stands: `eligible`, `active`, `paused`, `used`, `not_offered`, `unknown` or `offline`. The last two never
    /// offer one (U15).
    pub state: String,
    /// Why it is not eligible, by the cloud's stable name.
    pub reason: Option<String>,
    /// How long it lasts, from the cloud (R66).
    pub length: Option<Period>,
    /// Whether it can be started now.
    pub can_start: bool,
    /// Whether there is something to cancel, for good (T3).
    pub can_cancel: bool,
    /// When it ends by itself.
    pub ends_at: Option<Timestamp>,
    /// Whole days left, rounded up (U12); of a paused one the days kept (U13).
    pub days_left: Option<u32>,
    /// Whether it ends on today's date, which wins over the days (U12).
    pub ends_today: bool,
    /// The sentence to show.
    pub message: Message,
}

/// What a camera's model records for free (R70–R81).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FreePlanRow {
    /// Where it stands: `active`, `ended`, `not_for_model` or `unknown`.
    pub state: String,
    /// How many hours of history it keeps.
    pub history_h: Option<u32>,
    /// When it ends.
    pub ends_at: Option<Timestamp>,
    /// The sentence to show.
    pub message: Message,
}

/// The account's own free trial (R61), which turns into a paid period: its words are not a camera trial's (X6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountTrialRow {
    /// Where it stands, in the words of `TrialRow.state`.
    pub state: String,
    /// Why it is not eligible, by the cloud's stable name.
    pub reason: Option<String>,
    /// How long it lasts, from the cloud (R66).
    pub length: Option<Period>,
    /// When it ends, and the paid period begins.
    pub ends_at: Option<Timestamp>,
    /// Whole days left, rounded up (U12).
    pub days_left: Option<u32>,
    /// The sentence to show.
    pub message: Message,
}

/// What a camera's live view says about its trial. One for each camera, and one that was closed stays closed (U16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Banner {
    /// Whose; also what to close it by.
    pub camera: CameraId,
    /// What it is about.
    pub kind: BannerKind,
    /// The sentence to show.
    pub message: Message,
}

/// What a banner is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BannerKind {
    /// A trial can be started.
    TrialOffered,
    /// A trial runs.
    TrialRunning,
    /// A trial ends on today's date.
    TrialEndsToday,
    /// A trial has just ended.
    TrialOver,
}

/// The camera picker, open for one plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picker {
    /// For which subscription.
    pub subscription: SubscriptionId,
    /// Its plan's title.
    pub title: String,
    /// Why it is open.
    pub reason: PickerReason,
    /// How many may be selected (R20).
    pub capacity: u32,
    /// What is selected already.
    pub selected: Vec<CameraId>,
    /// What to begin with: the selection, and what the user has chosen and could not be applied. Never more than the
    /// capacity.
    pub proposed: Vec<CameraId>,
    /// What the user chose that no longer fits, or is no longer there.
    pub left_out: Vec<CameraId>,
    /// Every camera, those that cannot be selected with their reason (R18).
    pub cameras: Vec<PickerCamera>,
    /// The sentence to show over the list.
    pub message: Message,
    /// "Don't see your camera?", always there, also over an empty list (R18).
    pub help: Message,
}

/// Why the picker is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PickerReason {
    /// The plan never had a selection (R16).
    FirstSelection,
    /// Of the cameras named at purchase some could not be added.
    NotAllAdded,
    /// The selection was changed elsewhere, or a camera went, while the user chose.
    ChangedElsewhere,
    /// The user asked for it (R19).
    Asked,
}

/// A camera as the picker shows it for one plan.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PickerCamera {
    /// Its id.
    pub id: CameraId,
    /// Its name.
    pub name: String,
    /// Its model.
    pub model: String,
    /// Whether it is on the plan.
    pub selected: bool,
    /// Whether the picker begins with it ticked.
    pub proposed: bool,
    /// Whether it may be ticked for this plan. One that is on it may stay (R18).
    pub selectable: bool,
    /// Why not, and the remedy (R18).
    pub blocked: Option<Message>,
    /// What helps, where it is not selectable.
    pub remedy: UserAction,
}

impl fmt::Debug for PickerCamera {
    /// Without its name, which a person gave it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PickerCamera")
            .field("id", &self.id)
            .field("model", &self.model)
            .field("selected", &self.selected)
            .field("proposed", &self.proposed)
            .field("selectable", &self.selectable)
            .field("blocked", &self.blocked)
            .field("remedy", &self.remedy)
            .finish_non_exhaustive()
    }
}

/// Why one camera is covered, or is not, and what helps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The camera.
    pub camera: CameraRow,
    /// The words, in the order to be read.
    pub sentences: Vec<Message>,
}
