//! From a seed to a schedule: who is there, and what happens to them. Chosen before anything runs, so that steps can be dropped.

use crate::dice::Dice;
use crate::step::{AtStore, Sheet, Step};
use tapo_care::id::StoreKind;

/// The people of every world.
pub const ACCOUNTS: [&str; 3] = ["anna", "ben", "cara"];

/// The plans bought in the app.
const PLANS: [&str; 4] = ["tapo-1-monthly", "tapo-3-monthly", "tapo-10-monthly", "tapo-10-yearly"];

/// The products bought outside it; the last is one the cloud has never heard of.
pub const APP_STORE_PRODUCTS: [&str; 4] = [
    "care.tapo.1.monthly",
    "care.tapo.3.monthly",
    "care.tapo.10.monthly",
    "care.tapo.20.monthly",
];
/// As `APP_STORE_PRODUCTS`, at Play.
pub const PLAY_PRODUCTS: [&str; 4] = ["tapo_care_1", "tapo_care_3", "tapo_care_10", "tapo_care_20"];

/// One life of a few phones.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// Of the world, and of everything drawn while it runs.
    pub seed: u64,
    /// The store of each phone, and which store account it carries.
    pub phones: Vec<(StoreKind, usize)>,
    /// What happens.
    pub steps: Vec<Step>,
}

impl Schedule {
    /// The schedule of that seed.
    pub fn of_seed(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let count = 1 + dice.index(3);
        let phones: Vec<(StoreKind, usize)> = (0..count)
            .map(|nth| {
                let store = dice.one_of(&[StoreKind::AppStore, StoreKind::Play]);
                (store, if dice.happens(30) { 0 } else { nth })
            })
            .collect();
        let people = 1 + dice.index(ACCOUNTS.len());
        let mut steps: Vec<Step> = (0..count)
            .map(|phone| Step::SignIn {
                phone,
                account: dice.index(people),
            })
            .collect();
        let length = 10 + dice.index(26);
        let mut maker = Maker {
            dice,
            phones: count,
            people,
        };
        while steps.len() < length {
            maker.add(&mut steps);
        }
        Self { seed, phones, steps }
    }
}

struct Maker {
    dice: Dice,
    phones: usize,
    people: usize,
}

#[derive(Clone, Copy)]
enum Kind {
    Account,
    Buy,
    Change,
    GiveBack,
    Pass,
    Look,
    Restore,
    Cameras,
    Kill,
    Rest,
    Clock,
    Network,
    StoreAccount,
    Lose,
    Outside,
    AtStore,
    Portal,
    Sessions,
    Fault,
    FaultsEnd,
}

const KINDS: [(u64, Kind); 20] = [
    (9, Kind::Account),
    (22, Kind::Buy),
    (8, Kind::Change),
    (2, Kind::GiveBack),
    (20, Kind::Pass),
    (12, Kind::Look),
    (5, Kind::Restore),
    (4, Kind::Cameras),
    (9, Kind::Kill),
    (4, Kind::Rest),
    (4, Kind::Clock),
    (5, Kind::Network),
    (2, Kind::StoreAccount),
    (1, Kind::Lose),
    (8, Kind::Outside),
    (14, Kind::AtStore),
    (2, Kind::Portal),
    (2, Kind::Sessions),
    (9, Kind::Fault),
    (3, Kind::FaultsEnd),
];

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

impl Maker {
    fn add(&mut self, steps: &mut Vec<Step>) {
        let phone = self.dice.index(self.phones);
        let account = self.dice.index(self.people);
        let nth = self.dice.index(8);
        let kind = self.dice.weighted(&KINDS);
        let step = match kind {
            Kind::Account if self.dice.happens(30) => Step::SignOut { phone },
            Kind::Account => Step::SignIn { phone, account },
            Kind::Buy => self.buy(phone),
            Kind::Change => self.change(phone),
            Kind::GiveBack => Step::GiveBack {
                phone,
                yes: self.dice.happens(70),
            },
            Kind::Pass => self.pass(),
            Kind::Look => Step::Look { phone },
            Kind::Restore => Step::Restore {
                phone,
                yes: self.dice.happens(60),
            },
            Kind::Cameras if self.dice.happens(40) => Step::Trial { phone, nth },
            Kind::Cameras => Step::Select {
                phone,
                count: 1 + self.dice.index(3),
            },
            Kind::Kill => {
                steps.push(Step::Kill {
                    phone,
                    after: self.after(),
                });
                self.dice.weighted(&[
                    (50, Self::buy as fn(&mut Self, usize) -> Step),
                    (15, Self::change),
                    (35, |_, phone| Step::Look { phone }),
                ])(self, phone)
            }
            Kind::Rest if self.dice.happens(50) => Step::Suspend { phone },
            Kind::Rest => Step::Close { phone },
            Kind::Clock if self.dice.happens(50) => Step::Reboot { phone },
            Kind::Clock => Step::SetClock {
                phone,
                wrong_by_s: self.wrong_by(),
            },
            Kind::Network => Step::Network {
                phone,
                on: self.dice.happens(55),
            },
            Kind::StoreAccount => Step::StoreAccount {
                phone,
                nth: self.dice.index(3),
            },
            Kind::Lose => Step::Lose { phone },
            Kind::Outside => Step::Outside {
                phone,
                product: self.dice.weighted(&[(4, 0), (4, 1), (4, 2), (1, 3)]),
                account: self.dice.happens(65).then_some(account),
                handed: self.dice.happens(50),
            },
            Kind::AtStore => Step::AtStore {
                nth,
                what: self.at_store(),
            },
            Kind::Portal => Step::Portal {
                account,
                code: self.dice.happens(40),
            },
            Kind::Sessions => Step::ExpireSessions { account },
            Kind::Fault => self.fault(),
            Kind::FaultsEnd => Step::FaultsEnd,
        };
        steps.push(step);
    }

    fn buy(&mut self, phone: usize) -> Step {
        let sheet = self.dice.weighted(&[
            (60, Sheet::Pay),
            (12, Sheet::Cancel),
            (5, Sheet::Decline),
            (5, Sheet::Fail),
            (18, Sheet::Pending),
        ]);
        Step::Buy {
            phone,
            plan: self.dice.one_of(&PLANS),
            sheet,
            hold_s: self
                .dice
                .weighted(&[(50, 0), (20, 5), (15, 3 * MINUTE), (15, 20 * MINUTE)]),
            named: self.dice.happens(30),
        }
    }

    fn change(&mut self, phone: usize) -> Step {
        Step::Change {
            phone,
            plan: self.dice.one_of(&PLANS),
            sheet: self.dice.weighted(&[
                (70, Sheet::Pay),
                (10, Sheet::Cancel),
                (5, Sheet::Fail),
                (15, Sheet::Pending),
            ]),
            hold_s: self.dice.weighted(&[(60, 0), (25, 5), (15, 20 * MINUTE)]),
        }
    }

    /// Mostly within what one purchase touches.
    fn after(&mut self) -> u32 {
        let bound = self.dice.one_of(&[12, 40, 90]);
        1 + u32::try_from(self.dice.below(bound)).unwrap_or(0)
    }

    fn pass(&mut self) -> Step {
        let around = self.dice.one_of(&[
            1,
            20,
            3 * MINUTE,
            11 * MINUTE,
            HOUR,
            7 * HOUR,
            25 * HOUR,
            3 * DAY,
            8 * DAY,
            17 * DAY,
            32 * DAY,
        ]);
        Step::Pass {
            seconds: around + self.dice.below(around / 2 + 1),
        }
    }

    fn wrong_by(&mut self) -> i64 {
        let days = self.dice.one_of(&[-400, -10, -1, 0, 1, 10, 400]);
        days * 86_400
    }

    fn at_store(&mut self) -> AtStore {
        self.dice.weighted(&[
            (3, AtStore::Cancel),
            (2, AtStore::Restart),
            (3, AtStore::Revoke),
            (3, AtStore::StopPaying),
            (2, AtStore::PayAgain),
            (1, AtStore::Pause),
            (6, AtStore::Complete),
            (3, AtStore::Refuse),
            (2, AtStore::RaisePrice),
            (1, AtStore::TellPrice),
            (2, AtStore::AgreePrice),
            (1, AtStore::DeclinePrice),
        ])
    }

    fn fault(&mut self) -> Step {
        const ENDPOINTS: [&str; 11] = [
            "cloud",
            "account",
            "catalogue",
            "reservations",
            "purchases",
            "purchases",
            "cameras",
            "session",
            "device",
            "store-server",
            "notifications",
        ];
        let often = self.dice.happens(35);
        Step::Fault {
            endpoint: self.dice.one_of(&ENDPOINTS),
            kind: self
                .dice
                .weighted(&[(3, "down"), (3, "error"), (4, "lost"), (2, "garbage")]),
            status: self.dice.one_of(&[401, 403, 429, 500, 503, 502]),
            times: if often {
                0
            } else {
                1 + u32::try_from(self.dice.below(4)).unwrap_or(0)
            },
            percent: self.dice.one_of(&[20, 60, 100]),
        }
    }
}
