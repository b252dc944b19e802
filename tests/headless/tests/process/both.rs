//! What is told of both stores: one story, two tests.

/// Which store is on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// The shell's own choice where no option names one.
    AppStore,
    /// `--store play`.
    Play,
}

impl Store {
    /// What shell and sandbox call it.
    pub fn word(self) -> &'static str {
        match self {
            Store::AppStore => "app_store",
            Store::Play => "play",
        }
    }

    /// What it sells the plan of these tests as.
    pub fn product(self) -> &'static str {
        match self {
            Store::AppStore => "care.tapo.3.monthly",
            Store::Play => "tapo_care_3",
        }
    }
}

/// Above `fn story(store: Store)`: makes the tests `story::app_store` and `story::play` of it.
macro_rules! both_stores {
    ($story:ident) => {
        mod $story {
            #[test]
            fn app_store() {
                super::$story(crate::both::Store::AppStore);
            }

            #[test]
            fn play() {
                super::$story(crate::both::Store::Play);
            }
        }
    };
}
