//! The states of the golden files: what an account may hold, told one change at a time.

use super::*;
use crate::account::held::{AccountView, Believed};
use crate::account::{
    AccountState, AccountTrial, Camera, Channel, Covers, FreePlan, FreePlanState, Offer, Origin, Phase, Scheduled,
    Service, Subscription, TrialState,
};
use crate::camera::Kept;
use crate::camera::picker::Draft;
use crate::catalogue::PortalWords;
use crate::period::Period;
use crate::time::{Timestamp, TrustedTime};
use std::collections::BTreeMap;

const DAY_MS: i64 = 86_400_000;

/// What is shown: an account at noon of day 1, as the cloud signed it on day 0 for a week.
pub(super) struct Scene {
    state: AccountState,
    now: Option<Timestamp>,
    fresh: bool,
    known: bool,
    clock_suspect: bool,
    utc_offset_s: i32,
    kept: Kept,
}

impl Scene {
    fn new() -> Self {
        let mut state = samples::account();
        // Two cameras that can be added, one that cannot.
        state.cameras.truncate(3);
        Self {
            state,
            now: Some(Timestamp(DAY_MS + DAY_MS / 2)),
            fresh: true,
            known: true,
            clock_suspect: false,
            utc_offset_s: 0,
            kept: Kept::default(),
        }
    }

    fn plan(mut self, channel: Channel, change: impl FnOnce(&mut Subscription)) -> Self {
        let mut plan = samples::subscription(&format!("sub_{}", self.state.subscriptions.len() + 1), channel);
        (plan.cameras, plan.cameras_revision) = (vec!["cam_porch".into()], 1);
        change(&mut plan);
        self.state.subscriptions.push(plan);
        self
    }

    fn in_phase(self, phase: Phase) -> Self {
        self.plan(Channel::AppStore, |plan| plan.phase = phase)
    }

    fn porch(mut self, change: impl FnOnce(&mut Camera)) -> Self {
        change(&mut self.state.cameras[0]);
        self
    }

    fn trial(self, state: TrialState) -> Self {
        self.porch(|camera| camera.trial.state = state)
    }

    fn not_offered(self, reason: &str) -> Self {
        self.porch(|camera| {
            (camera.trial.state, camera.trial.reason) = (TrialState::NotOffered, Some(reason.into()));
        })
    }

    fn running(self, ends_at: i64) -> Self {
        self.porch(|camera| (camera.trial.state, camera.trial.ends_at) = (TrialState::Active, Some(Timestamp(ends_at))))
    }

    fn free(self, state: FreePlanState, ends_at: Option<i64>) -> Self {
        self.porch(|camera| {
            camera.free_plan = Some(FreePlan {
                state,
                history_h: Some(12),
                ends_at: ends_at.map(Timestamp),
            });
        })
    }

    fn account_trial(mut self, state: TrialState) -> Self {
        self.state.account_trial = Some(AccountTrial {
            state,
            reason: None,
            length: Period::parse("P30D"),
            ends_at: Some(Timestamp(20 * DAY_MS)),
        });
        self
    }

    fn at(mut self, now: Option<i64>) -> Self {
        self.now = now.map(Timestamp);
        self
    }

    fn stale(mut self) -> Self {
        self.fresh = false;
        self
    }

    pub(super) fn snapshot(self) -> Snapshot {
        let account = self.known.then(|| self.state.account.clone());
        let believed = self.known.then(|| Believed {
            state: self.state.into(),
            // The cloud has just said so again, or not since.
            as_of: self.now.filter(|_| self.fresh).unwrap_or(Timestamp(0)),
            lease_until: Timestamp(7 * DAY_MS),
        });
        let view = AccountView {
            account,
            believed,
            answered: self.fresh,
        };
        project(&Known {
            account: &view,
            purchases: &BTreeMap::new(),
            portal: &PortalWords::default(),
            kept: &self.kept,
            now: self.now.map(TrustedTime::vouched),
            clock_suspect: self.clock_suspect,
            utc_offset_s: self.utc_offset_s,
        })
    }
}

pub(super) type States = Vec<(&'static str, Scene)>;

pub(super) fn plans() -> States {
    let ends = |day: i64| {
        move |plan: &mut Subscription| {
            (plan.will_renew, plan.renews_at, plan.ends_at) = (false, None, Some(Timestamp(day * DAY_MS)));
        }
    };
    vec![
        ("no plan", Scene::new()),
        ("active, from the App Store", Scene::new().in_phase(Phase::Active)),
        ("active, from Google Play", Scene::new().plan(Channel::Play, |_| {})),
        ("active, from the portal", Scene::new().plan(Channel::Web, |_| {})),
        (
            "active, of a channel nobody knows",
            Scene::new().plan(Channel::Unknown("kiosk".into()), |_| {}),
        ),
        (
            "in grace",
            Scene::new().plan(Channel::Play, |plan| {
                (plan.phase, plan.grace_until) = (Phase::Grace, Some(Timestamp(5 * DAY_MS)));
            }),
        ),
        ("on hold", Scene::new().in_phase(Phase::Retry)),
        (
            "paused until a day",
            Scene::new().plan(Channel::Play, |plan| {
                (plan.phase, plan.resumes_at) = (Phase::Paused, Some(Timestamp(9 * DAY_MS)));
            }),
        ),
        ("pending", Scene::new().in_phase(Phase::Pending)),
        (
            "expired",
            Scene::new().plan(Channel::AppStore, |plan| {
                ends(1)(plan);
                (plan.phase, plan.cameras) = (Phase::Expired, vec![]);
            }),
        ),
        ("revoked", Scene::new().in_phase(Phase::Revoked)),
        ("refunded", Scene::new().in_phase(Phase::Refunded)),
        ("superseded", Scene::new().in_phase(Phase::Superseded)),
        (
            "in a phase nobody knows",
            Scene::new().in_phase(Phase::Unknown("hibernating".into())),
        ),
        (
            "cancelled, ends on day 3",
            Scene::new().plan(Channel::AppStore, ends(3)),
        ),
        (
            "cancelled, ended before the cloud said so",
            Scene::new().plan(Channel::AppStore, ends(1)),
        ),
        (
            "a change is scheduled",
            Scene::new().plan(Channel::AppStore, |plan| {
                plan.scheduled = Some(Scheduled {
                    plan: "tapo-1-monthly".into(),
                    title: "Tapo Care · 1 camera".into(),
                    capacity: 1,
                    at: Timestamp(30 * DAY_MS),
                });
            }),
        ),
        (
            "at an introductory price",
            Scene::new().plan(Channel::Play, |plan| plan.offer = Offer::Intro),
        ),
        (
            "a store's trial",
            Scene::new().plan(Channel::AppStore, |plan| plan.offer = Offer::Trial),
        ),
        (
            "paid twice",
            Scene::new().in_phase(Phase::Active).plan(Channel::Play, |plan| {
                (plan.flags, plan.cameras) = (vec!["double_paid".into()], vec!["cam_garden".into()]);
            }),
        ),
        (
            "two plans cover one camera",
            Scene::new().plan(Channel::Web, |_| {}).in_phase(Phase::Active),
        ),
        (
            "a full plan",
            Scene::new().plan(Channel::AppStore, |plan| plan.plan.capacity = 1),
        ),
        (
            "a camera on the plan that could not be added again",
            Scene::new().plan(Channel::AppStore, |plan| {
                plan.cameras = vec!["cam_nursery".into()];
            }),
        ),
    ]
}

pub(super) fn codes_and_kasa() -> States {
    let code = |plan: &mut Subscription| {
        (plan.will_renew, plan.renews_at, plan.ends_at) = (false, None, Some(Timestamp(6 * DAY_MS)));
    };
    let kasa = |service: Service| move |plan: &mut Subscription| plan.service = service;
    let premium = |capacity: u32| {
        move |plan: &mut Subscription| {
            (plan.service, plan.covers, plan.cameras) = (Service::KasaCare, Covers::Account, vec![]);
            plan.plan.capacity = capacity;
        }
    };
    vec![
        ("a code's plan", Scene::new().plan(Channel::Code, code)),
        (
            "a code's plan that is over",
            Scene::new().plan(Channel::Code, code).at(Some(6 * DAY_MS)),
        ),
        (
            "a code's plan that renews by its own terms",
            Scene::new().plan(Channel::Code, |_| {}),
        ),
        (
            "a code and a plan of the store",
            Scene::new().plan(Channel::Code, code).plan(Channel::AppStore, |plan| {
                plan.cameras = vec!["cam_garden".into()];
            }),
        ),
        (
            "Kasa Plus from the portal",
            Scene::new().plan(Channel::Web, kasa(Service::KasaCare)),
        ),
        (
            "Kasa Plus from the store",
            Scene::new().plan(Channel::AppStore, kasa(Service::KasaCare)),
        ),
        (
            "Kasa Plus from the app of before December 2022",
            Scene::new().plan(Channel::Play, |plan| {
                (plan.service, plan.origin) = (Service::KasaCare, Origin::KasaAppBeforeDec2022);
            }),
        ),
        (
            "Kasa Plus in the account's trial",
            Scene::new()
                .account_trial(TrialState::Active)
                .plan(Channel::Web, |plan| {
                    (plan.service, plan.offer) = (Service::KasaCare, Offer::Trial);
                }),
        ),
        (
            "Kasa Premium for the account",
            Scene::new().plan(Channel::Web, premium(10)),
        ),
        (
            "Kasa Premium with more cameras than it covers",
            Scene::new().plan(Channel::Web, premium(2)),
        ),
        (
            "Kasa Premium and a plan of the store",
            Scene::new().plan(Channel::Web, premium(10)).in_phase(Phase::Active),
        ),
        (
            "a legacy plan",
            Scene::new().plan(Channel::Web, kasa(Service::KasaLegacy)),
        ),
        (
            "a plan of a service nobody knows",
            Scene::new().plan(Channel::Web, kasa(Service::Unknown("tapo_home".into()))),
        ),
        (
            "the account's trial: eligible",
            Scene::new().account_trial(TrialState::Eligible),
        ),
        (
            "the account's trial: eligible, offline",
            Scene::new().account_trial(TrialState::Eligible).stale(),
        ),
        (
            "the account's trial: used",
            Scene::new().account_trial(TrialState::Used),
        ),
        (
            "the account's trial: a state nobody knows",
            Scene::new().account_trial(TrialState::Unknown("gift".into())),
        ),
        (
            "a free plan",
            Scene::new().free(FreePlanState::Active, Some(90 * DAY_MS)),
        ),
        (
            "a free plan beside a paid one",
            Scene::new().free(FreePlanState::Active, None).in_phase(Phase::Active),
        ),
        (
            "a free plan whose years are over",
            Scene::new().free(FreePlanState::Ended, Some(DAY_MS)),
        ),
        (
            "a free plan that ended today",
            Scene::new().free(FreePlanState::Active, Some(DAY_MS)),
        ),
        (
            "a model without a free plan",
            Scene::new().free(FreePlanState::NotForModel, None),
        ),
        (
            "a model nobody has heard of",
            Scene::new().free(FreePlanState::Unknown("unknown".into()), None),
        ),
    ]
}

pub(super) fn trials() -> States {
    let paused = |left: Option<i64>| {
        let scene = Scene::new().in_phase(Phase::Active).trial(TrialState::Paused);
        scene.porch(|camera| camera.trial.remaining_s = left)
    };
    let mut closed = Scene::new();
    closed.kept.close_banner(&"cam_porch".into());
    let mut east = Scene::new().running(2 * DAY_MS + 3_600_000);
    east.utc_offset_s = 13 * 3600;
    vec![
        (
            "eligible, of another length",
            Scene::new().porch(|camera| camera.trial.length = Period::parse("P14D")),
        ),
        ("eligible, offline", Scene::new().stale()),
        ("eligible, and the banner is closed", closed),
        ("30 days left", Scene::new().running(31 * DAY_MS)),
        (
            "one day and a moment left",
            Scene::new().running(2 * DAY_MS + DAY_MS / 2 + 1),
        ),
        ("ends today", Scene::new().running(2 * DAY_MS - 1)),
        ("ends today where the sun is further on", east),
        ("over before the cloud said so", Scene::new().running(DAY_MS)),
        ("running, offline", Scene::new().running(20 * DAY_MS).stale()),
        (
            "running, the lease over",
            Scene::new().running(20 * DAY_MS).at(Some(8 * DAY_MS)).stale(),
        ),
        ("running, the time unknown", Scene::new().running(20 * DAY_MS).at(None)),
        ("paused by a plan", paused(Some(86_401))),
        ("paused, the rest unknown", paused(None)),
        ("used", Scene::new().trial(TrialState::Used)),
        (
            "not offered: the model",
            Scene::new().not_offered("model_not_supported"),
        ),
        (
            "not offered: the region",
            Scene::new().not_offered("region_not_supported"),
        ),
        (
            "not offered: of a reason nobody knows",
            Scene::new().not_offered("weather"),
        ),
        (
            "a state nobody knows",
            Scene::new().trial(TrialState::Unknown("future_gift".into())),
        ),
        ("running without an end", Scene::new().trial(TrialState::Active)),
    ]
}

pub(super) fn times_and_pickers() -> States {
    let mut nobody = Scene::new();
    nobody.known = false;
    let mut suspect = Scene::new().in_phase(Phase::Active);
    suspect.clock_suspect = true;
    let first = || {
        Scene::new().plan(Channel::AppStore, |plan| {
            (plan.cameras, plan.cameras_revision) = (vec![], 0)
        })
    };
    let drafted = |base: &[&str], ticks: &[&str], based_on: u64| {
        let ids = |names: &[&str]| names.iter().map(|name| (*name).into()).collect();
        let mut scene = Scene::new().in_phase(Phase::Active);
        scene.kept.open_picker(Draft {
            subscription: "sub_1".into(),
            reason: PickerReason::Asked,
            base: ids(base),
            based_on,
            ticks: ids(ticks),
        });
        scene
    };
    let mut closed = first();
    closed.kept.close_picker(&"sub_1".into(), 0);
    let mut bare = first();
    bare.state.cameras.clear();
    vec![
        ("nobody signed in", nobody),
        ("stale", Scene::new().in_phase(Phase::Active).stale()),
        (
            "the lease over",
            Scene::new().in_phase(Phase::Active).at(Some(8 * DAY_MS)).stale(),
        ),
        ("the time unknown", Scene::new().in_phase(Phase::Active).at(None)),
        ("the clock suspect", suspect),
        ("the picker after payment", first()),
        ("the picker over no camera", bare),
        ("the picker closed for now", closed),
        (
            "the picker with ticks",
            drafted(&["cam_porch"], &["cam_porch", "cam_garden"], 1),
        ),
        ("the picker, changed elsewhere", drafted(&[], &["cam_garden"], 0)),
        (
            "the picker, a camera gone",
            drafted(&["cam_porch"], &["cam_porch", "cam_of_old"], 0),
        ),
    ]
}
